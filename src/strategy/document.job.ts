import { z } from 'zod';
import { check, toPdf, toWord, type DocumentModel } from '../documents/index.ts';
import { getPartnership } from '../platform/installation.store.ts';
import { defineJob } from '../platform/jobs/job.ts';
import { documentForms, formsKept, keepDocument, planSubject, type DocumentForm } from './document.store.ts';
import { planOut, strategyOut } from './public-document.ts';
import { publishedPlan } from './public.store.ts';
import { reviewsWithoutFiles, keepReviewFiles } from './review.store.ts';
import { inForce } from './strategy.ts';
import { publishedStrategies } from './strategy.store.ts';

/**
 * A document as a file. The same model gives the same bytes.
 * @throws Error that says what is wrong with a document that cannot be set
 */
export function fileOf(model: DocumentModel, form: DocumentForm): Uint8Array {
  const faults = check(model);
  if (faults.length > 0) throw new Error(`The document cannot be set: ${faults.join(' ')}`);
  return form === 'pdf' ? toPdf(model) : toWord(model);
}

/** Makes the files of what is published and of reviews that ended, where they are not made yet. A second run makes nothing. */
export const strategyDocuments = defineJob({
  kind: 'strategy-documents',
  payload: z.object({}),
  retries: 3,
  async run({ partnership, read, write, progress, signal }) {
    const { name, wanted, reviews } = await read(async ({ work }) => {
      const { name: publisher } = await getPartnership(work<'platform'>(), partnership);
      const published = await publishedStrategies(work<'published'>(), partnership);
      const strategy = inForce(published);
      const plan = await publishedPlan(work<'published'>(), partnership);
      const all = [
        ...(strategy === undefined
          ? []
          : [{ subject: `strategy/${strategy.id}`, model: strategyOut(strategy, publisher) }]),
        ...(plan === undefined ? [] : [{ subject: planSubject(plan.shown), model: planOut(plan.shown) }]),
      ];
      const missing = [];
      for (const { subject, model } of all) {
        const kept = await formsKept(work<'published'>(), partnership, subject);
        for (const form of documentForms) if (!kept.includes(form)) missing.push({ subject, model, form });
      }
      return { name: publisher, wanted: missing, reviews: await reviewsWithoutFiles(work<'strategy'>()) };
    });
    const total = wanted.length + reviews.length;
    for (const [place, { subject, model, form }] of wanted.entries()) {
      signal.throwIfAborted();
      const body = fileOf(model, form);
      await write(async ({ work, audit }) => {
        await keepDocument(work<'strategy'>(), subject, form, body);
        audit({ action: 'DOCUMENT_MADE', subject, fields: [form], outcome: 'done' });
      });
      progress(place + 1, total, 'files');
    }
    for (const { id, report } of reviews) {
      signal.throwIfAborted();
      const files = { pdf: fileOf(report, 'pdf'), docx: fileOf(report, 'docx') };
      await write(async ({ work, audit }) => {
        await keepReviewFiles(work<'strategy'>(), id, files);
        audit({ action: 'DOCUMENT_MADE', subject: `review/${id}`, outcome: 'done' });
      });
    }
    return { note: total === 0 ? `All documents of ${name} are there.` : `${total} documents were made.` };
  },
});
