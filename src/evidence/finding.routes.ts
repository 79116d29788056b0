import { z } from 'zod';
import type { ChangeWords } from '../partnership/index.ts';
import { historyOf, versionOf } from '../partnership/index.store.ts';
import { reading, type ReadWork } from '../platform/database/work.ts';
import { csvOf } from '../platform/files/csv.ts';
import { again, changedMeanwhile, differingOf, typedAgain, type Typed } from '../platform/http/form.page.tsx';
import { partnershipParams, recordParams, rowsOf } from '../platform/http/rows.ts';
import type { Route, Visitor } from '../platform/http/route.ts';
import { changeFindingForm, findingForm, withdrawFindingForm } from './finding-form.ts';
import { addFindingPage, changeFindingPage, findingPage, findingsPage } from './finding.page.tsx';
import { findingAfter, findingStateLabels, findingStates, strengthLabels, type Strength } from './finding.ts';
import {
  addFinding,
  changeFinding,
  figureAndView,
  figuresWithNewer,
  findingChoices,
  getFinding,
  holdFinding,
  listFindings,
  moveFinding,
  usesOfFinding,
  type FindingKept,
} from './finding.store.ts';
import { mayWorkOnFigures } from './view.ts';

const { get, post } = rowsOf<'evidence' | 'partnership' | 'platform'>();
type Reads = ReadWork<'evidence' | 'partnership' | 'platform'>;

const works = { anyOf: mayWorkOnFigures } as const;
export const mayWorkHere = (visitor: Visitor) => mayWorkOnFigures.some((role) => visitor.roles.includes(role));
const byOf = (visitor: Visitor) => visitor.person?.id ?? 'system';
const hrefOf = (slug: string, id: string) => `/${slug}/findings/${id}`;

const findingWords: ChangeWords = {
  kinds: { finding: 'Finding' },
  columns: {
    sentence: 'Sentence',
    question: 'Answers',
    strength: 'Evidence',
    strength_because: 'Why',
    state: 'State',
    state_because: 'Because',
  },
  said(column, value) {
    if (column === 'strength') return strengthLabels[value as Strength].label;
    if (column === 'state') return findingStateLabels[value as keyof typeof findingStateLabels];
    return undefined;
  },
};

const typedFinding = (finding: FindingKept): Typed => ({
  sentence: finding.sentence,
  question: finding.question ?? '',
  strength: finding.strength,
  strengthBecause: finding.strengthBecause ?? '',
});

async function recordPage(
  work: Reads,
  { slug, id, visitor }: { readonly slug: string; readonly id: string; readonly visitor: Visitor },
  state: { readonly typed?: Typed; readonly errors?: Readonly<Record<string, string>> } = {},
) {
  const finding = await getFinding(work, id);
  const newer = await figuresWithNewer(work, finding.figure === null ? [] : [finding.figure]);
  return findingPage({
    slug,
    finding,
    hasNewer: finding.figure !== null && newer.has(finding.figure),
    changes: await historyOf(work, id, findingWords),
    mayWrite: mayWorkHere(visitor),
    mayCheck: mayWorkHere(visitor) && finding.author !== byOf(visitor),
    uses: (await usesOfFinding(work, id)).map(({ kind, id: of, name }) => ({
      text: name,
      href: kind === 'priority' ? `/${slug}/priorities/${of}` : `/${slug}/workbench/${of}`,
    })),
    ...state,
  });
}

const exampleOf = (id: (kind: string) => string, partnership: string) => ({
  params: { partnership, id: id('finding') },
});

export const findingRoutes: readonly Route[] = [
  get({
    path: '/:partnership/findings',
    about: 'Findings: what the figures say, with how strong it is',
    access: works,
    audit: 'FINDINGS_SEEN',
    params: partnershipParams,
    query: z.object({
      words: z.string().trim().max(200).catch('').default(''),
      state: z.enum(findingStates).optional().catch(undefined),
      page: z.coerce.number().int().min(1).max(10_000).catch(1).default(1),
    }),
    example: ({ partnership }) => ({ params: { partnership } }),
    async handle({ work, params, query, visitor }) {
      const asked = { words: query.words, state: query.state, page: query.page };
      const { findings, total } = await listFindings(work, asked);
      const newer = await figuresWithNewer(
        work,
        findings.flatMap(({ figure }) => (figure === null ? [] : [figure])),
      );
      return {
        page: findingsPage({ slug: params.partnership, findings, total, newer, asked, mayWrite: mayWorkHere(visitor) }),
      };
    },
  }),
  get({
    path: '/:partnership/findings/export.csv',
    about: 'Findings as a file',
    access: works,
    audit: 'FINDINGS_SEEN',
    params: partnershipParams,
    example: ({ partnership }) => ({ params: { partnership } }),
    async handle({ work, params }) {
      const rows = (await findingChoices(work)).map((each) => [
        each.sentence,
        each.question ?? '',
        strengthLabels[each.strength].label,
        each.strengthBecause ?? '',
        findingStateLabels[each.state],
        each.authorName,
        each.figure ?? '',
        each.view ?? '',
        each.area ?? '',
        each.from ?? '',
        each.to ?? '',
      ]);
      return {
        file: {
          name: `findings-${params.partnership}.csv`,
          type: 'text/csv; charset=utf-8',
          body: csvOf(
            ['Finding', 'Answers', 'Evidence', 'Why', 'State', 'By', 'Figure', 'View', 'Area', 'From', 'To'],
            rows,
          ),
        },
      };
    },
  }),
  get({
    path: '/:partnership/findings/new',
    about: 'Add a finding',
    access: works,
    audit: { none: 'shows an empty form' },
    params: partnershipParams,
    query: z.object({
      figure: z.string().max(80).catch('').default(''),
      view: z.string().max(80).catch('').default(''),
      sentence: z.string().max(1_000).catch('').default(''),
      question: z.string().max(300).catch('').default(''),
      area: z.string().max(20).catch('').default(''),
      from: z.string().max(7).catch('').default(''),
      to: z.string().max(7).catch('').default(''),
    }),
    example: ({ partnership }) => ({ params: { partnership } }),
    handle: ({ params, query }) => ({ page: addFindingPage(params.partnership, { typed: query }) }),
  }),
  post({
    path: '/:partnership/findings',
    about: 'Keep what a figure says as a finding',
    access: works,
    audit: 'FINDING_ADDED',
    params: partnershipParams,
    body: findingForm,
    example: ({ partnership }) => ({
      params: { partnership },
      body: {
        sentence: 'More people are hurt at night in summer than in winter.',
        question: 'When?',
        strength: 'weak',
      },
    }),
    async handle({ work, params, body, visitor }) {
      const named = await figureAndView(reading(work), body);
      if (named === undefined)
        return again(
          addFindingPage(params.partnership, {
            typed: typedAgain(body),
            errors: {
              '': 'The figure is not one of this partnership. Open it here, then keep the finding from its page',
            },
          }),
        );
      const id = await addFinding(work, { ...body, ...named }, byOf(visitor));
      return { seeOther: hrefOf(params.partnership, id), subject: `finding/${id}`, fields: ['sentence'] };
    },
    invalid: ({ params, errors, typed }) => ({ page: addFindingPage(params.partnership, { typed, errors }) }),
  }),
  get({
    path: '/:partnership/findings/:id',
    about: 'One finding: its sentence, its figure, and how far it can be trusted',
    access: works,
    audit: 'FINDING_SEEN',
    params: recordParams,
    example: ({ partnership, idOf }) => exampleOf(idOf, partnership),
    handle: async ({ work, params: { partnership, id }, visitor }) => ({
      page: await recordPage(work, { slug: partnership, id, visitor }),
      subject: `finding/${id}`,
    }),
  }),
  get({
    path: '/:partnership/findings/:id/change',
    about: 'Change a finding',
    access: works,
    audit: 'FINDING_SEEN',
    params: recordParams,
    example: ({ partnership, idOf }) => exampleOf(idOf, partnership),
    async handle({ work, params: { partnership, id } }) {
      const finding = await getFinding(work, id);
      return {
        page: changeFindingPage(partnership, finding, {
          typed: typedFinding(finding),
          version: await versionOf(work, id),
        }),
        subject: `finding/${id}`,
      };
    },
  }),
  post({
    path: '/:partnership/findings/:id/change',
    about: 'Change a finding',
    access: works,
    audit: 'FINDING_CHANGED',
    params: recordParams,
    body: changeFindingForm,
    example: ({ partnership, idOf }) => ({
      ...exampleOf(idOf, partnership),
      body: { sentence: 'Violence is highest on Saturday nights.', strength: 'fair' },
    }),
    async handle({ work, params: { partnership, id }, body }) {
      await holdFinding(work, id);
      const finding = await getFinding(reading(work), id);
      const version = await versionOf(reading(work), id);
      const typed = typedAgain(body);
      if (body.version !== '' && body.version !== version)
        return again(
          changeFindingPage(partnership, finding, {
            typed,
            errors: { '': changedMeanwhile },
            version,
            differing: differingOf(typedFinding(finding), typed, {
              sentence: 'The finding',
              question: 'Answers',
              strength: 'Evidence',
              strengthBecause: 'Why',
            }),
          }),
          409,
        );
      await changeFinding(work, id, body);
      return {
        seeOther: hrefOf(partnership, id),
        subject: `finding/${id}`,
        fields: Object.entries(typedFinding(finding)).flatMap(([name, was]) => (typed[name] === was ? [] : [name])),
      };
    },
    invalid: async ({ work, params: { partnership, id }, errors, typed }) => ({
      page: changeFindingPage(partnership, await getFinding(work, id), {
        typed,
        errors,
        version: String(typed['version'] ?? ''),
      }),
    }),
  }),
  post({
    path: '/:partnership/findings/:id/check',
    about: 'Say that a finding was checked against its figure',
    access: works,
    audit: 'FINDING_CHECKED',
    params: recordParams,
    body: z.object({}),
    example: ({ partnership, idOf }) => ({ params: { partnership, id: idOf('finding-to-check') }, body: {} }),
    async handle({ work, params: { partnership, id }, visitor }) {
      await holdFinding(work, id);
      const after = findingAfter(await getFinding(reading(work), id), { step: 'check', by: byOf(visitor) });
      if (!after.done)
        return again(
          await recordPage(reading(work), { slug: partnership, id, visitor }, { errors: { '': after.sentence } }),
          409,
        );
      await moveFinding(work, id, { state: after.value, because: null, checkedBy: byOf(visitor) });
      return { seeOther: hrefOf(partnership, id), subject: `finding/${id}`, fields: ['state'] };
    },
    invalid: ({ params }) => ({ seeOther: hrefOf(params.partnership, params.id) }),
  }),
  post({
    path: '/:partnership/findings/:id/withdraw',
    about: 'Withdraw a finding, with the reason',
    access: works,
    audit: 'FINDING_WITHDRAWN',
    params: recordParams,
    body: withdrawFindingForm,
    example: ({ partnership, idOf }) => ({
      params: { partnership, id: idOf('finding-to-withdraw') },
      body: { because: 'Counted twice' },
    }),
    async handle({ work, params: { partnership, id }, body, visitor }) {
      await holdFinding(work, id);
      const because = body.because ?? '';
      const after = findingAfter(await getFinding(reading(work), id), { step: 'withdraw', because });
      if (!after.done)
        return again(
          await recordPage(
            reading(work),
            { slug: partnership, id, visitor },
            { typed: typedAgain(body), errors: { because: after.sentence } },
          ),
        );
      await moveFinding(work, id, { state: after.value, because, checkedBy: null });
      return { seeOther: hrefOf(partnership, id), subject: `finding/${id}`, fields: ['state'] };
    },
    invalid: async ({ work, params: { partnership, id }, visitor, typed, errors }) => ({
      page: await recordPage(work, { slug: partnership, id, visitor }, { typed, errors }),
    }),
  }),
  post({
    path: '/:partnership/findings/:id/take-up',
    about: 'Take up a finding again that was withdrawn',
    access: works,
    audit: 'FINDING_TAKEN_UP',
    params: recordParams,
    body: z.object({}),
    example: ({ partnership, idOf }) => ({ params: { partnership, id: idOf('finding-to-withdraw') }, body: {} }),
    async handle({ work, params: { partnership, id }, visitor }) {
      await holdFinding(work, id);
      const after = findingAfter(await getFinding(reading(work), id), { step: 'take-up' });
      if (!after.done)
        return again(
          await recordPage(reading(work), { slug: partnership, id, visitor }, { errors: { because: after.sentence } }),
          409,
        );
      await moveFinding(work, id, { state: after.value, because: null, checkedBy: null });
      return { seeOther: hrefOf(partnership, id), subject: `finding/${id}`, fields: ['state'] };
    },
    invalid: ({ params }) => ({ seeOther: hrefOf(params.partnership, params.id) }),
  }),
];
