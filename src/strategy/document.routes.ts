import type { Work } from '../platform/database/work.ts';
import type { Jobs } from '../platform/jobs/jobs.ts';
import { partnershipParams, rowsOf } from '../platform/http/rows.ts';
import { notFound, type Route, type Shown, type Visitor } from '../platform/http/route.ts';
import { strategyDocuments } from './document.job.ts';
import { documentForms, documentKept, planSubject, type DocumentForm } from './document.store.ts';
import { publishedPlan } from './public.store.ts';
import { inForce } from './strategy.ts';
import { publishedStrategies } from './strategy.store.ts';

const { get } = rowsOf<'published'>();

const forms: Readonly<Record<DocumentForm, { readonly about: string; readonly type: string }>> = {
  pdf: { about: 'to print (PDF)', type: 'application/pdf' },
  docx: {
    about: 'for Word',
    type: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  },
};

/** A file of a document; what is not made yet is not there. */
export const fileShown = (name: string, form: DocumentForm, body: Uint8Array<ArrayBuffer> | undefined): Shown =>
  body === undefined ? notFound : { file: { name: `${name}.${form}`, type: forms[form].type, body } };

/** Has the files made of what was published or ended in this unit of work. */
export async function askForDocuments(work: Work<'platform'>, jobs: Jobs, visitor: Visitor): Promise<void> {
  await jobs.ask(work, {
    definition: strategyDocuments,
    payload: {},
    title: 'Make the PDF and the Word file of what was published',
    partnership: visitor.partnership?.id ?? '',
    askedBy: visitor.person?.id ?? 'system',
  });
}

export const documentRoutes: readonly Route[] = documentForms.flatMap((form) => [
  get({
    path: `/:partnership/strategy.${form}`,
    about: `The strategy, for everybody, ${forms[form].about}`,
    access: 'public',
    audit: { none: 'public' },
    params: partnershipParams,
    example: ({ partnership }) => ({ params: { partnership } }),
    async handle({ work, visitor: { partnership } }) {
      const strategy = partnership && inForce(await publishedStrategies(work, partnership.id));
      if (partnership === undefined || strategy === undefined) return notFound;
      const subject = `strategy/${strategy.id}`;
      return fileShown(
        `${partnership.slug}-strategy-${strategy.publishedOn}`,
        form,
        await documentKept(work, partnership.id, { subject, form }),
      );
    },
  }),
  get({
    path: `/:partnership/our-plan.${form}`,
    about: `What the partnership does, for everybody, ${forms[form].about}`,
    access: 'public',
    audit: { none: 'public' },
    params: partnershipParams,
    example: ({ partnership }) => ({ params: { partnership } }),
    async handle({ work, visitor: { partnership } }) {
      const plan = partnership && (await publishedPlan(work, partnership.id));
      if (partnership === undefined || plan === undefined) return notFound;
      return fileShown(
        `${partnership.slug}-plan`,
        form,
        await documentKept(work, partnership.id, { subject: planSubject(plan.shown), form }),
      );
    },
  }),
]);
