import { z } from 'zod';
import { formatDate } from '../duty/index.ts';
import { chosenField, nameField, textField, tickField, type Cells } from '../partnership/index.ts';
import { historyOf, versionOf } from '../partnership/index.store.ts';
import { reading, type ReadWork } from '../platform/database/work.ts';
import { csvOf } from '../platform/files/csv.ts';
import { again, changedMeanwhile, typedAgain, type Typed } from '../platform/http/form.page.tsx';
import { partnershipParams, recordParams, rowsOf } from '../platform/http/rows.ts';
import { notFound, type Route } from '../platform/http/route.ts';
import { mayPlan, openToMembers, seenByAll, writtenByPlanners } from './action.routes.ts';
import { actionHref } from './plan-address.ts';
import { getAction } from './action.store.ts';
import { strategyWords } from './action-words.ts';
import { tiers, type Tier } from './action.ts';
import { approachImpacts, approachKinds, asksOf, whyNotChosen, type ApproachWanted } from './approach.ts';
import { defaultApproaches } from './approach-defaults.ts';
import { approachCells, approachColumns, readApproachRow } from './approach-rows.ts';
import {
  approachCrumbs,
  approachesHref,
  approachesPage,
  approachFormPage,
  approachPage,
  chooseApproachPage,
} from './approach.page.tsx';
import {
  addApproach,
  addDefaults,
  changeApproach,
  holdApproach,
  chooseApproach,
  getApproach,
  isApproachTaken,
  listApproaches,
  providersOfApproach,
  offeredByOthers,
  usesOfApproach,
  type WorkedOn,
} from './approach.store.ts';
import { evaluationsOf } from './evaluation.store.ts';
import { dayField, isStale, versionField, wordsField } from './fields.ts';
import { interventionHref } from './intervention.page.tsx';
import { getIntervention } from './intervention.store.ts';
import { rowsFileRoutes, type RowDone } from './rows-file.routes.ts';

const { get, post } = rowsOf<'strategy' | 'partnership' | 'platform' | 'directory' | 'published'>();
type Reads = ReadWork<'strategy' | 'partnership' | 'directory'>;

const empty = (text: string | undefined) => (text === '' ? undefined : text);
const listQuery = z.object({
  words: z.string().trim().max(200).optional().transform(empty),
  impact: z
    .enum(['', ...approachImpacts])
    .optional()
    .transform((impact) => (impact === '' ? undefined : impact)),
  kind: z
    .enum(['', ...approachKinds])
    .optional()
    .transform((kind) => (kind === '' ? undefined : kind)),
});

const scaleField = (what: string, most: number) =>
  z
    .string()
    .trim()
    .default('')
    .refine((text) => text === '' || (/^\d$/.test(text) && Number(text) >= 1 && Number(text) <= most), `Choose ${what}`)
    .transform((text) => (text === '' ? null : Number(text)));
const tiersField = z
  .union([z.enum(tiers), z.array(z.enum(tiers)).max(3)], 'Choose from the list')
  .optional()
  .transform((chosen): readonly Tier[] => (chosen === undefined ? [] : typeof chosen === 'string' ? [chosen] : chosen));
const addressField = textField(500).refine(
  (address) => address === null || (/^https?:\/\/[^\s"<>]+$/i.test(address) && URL.canParse(address)),
  'Enter a web address that begins with https:// or http://',
);
const approachForm = z.object({
  kind: z.enum(approachKinds, 'Choose what it is'),
  title: nameField('what it is called'),
  about: textField(4_000),
  toldBy: textField(200),
  impact: z.enum(approachImpacts, 'Choose the impact'),
  security: scaleField('how sure that is', 5),
  cost: scaleField('the cost', 3),
  tiers: tiersField,
  source: wordsField('the source', 500),
  sourceAddress: addressField,
  checkedOn: dayField(),
  isShared: tickField(),
  version: versionField(),
});
type ApproachForm = z.infer<typeof approachForm>;

const typedOf = (body: ApproachForm): Typed => ({
  ...typedAgain(body),
  security: body.security === null ? '' : String(body.security),
  cost: body.cost === null ? '' : String(body.cost),
  checkedOn: body.checkedOn === null ? '' : formatDate(body.checkedOn),
});
const errorsOf = async (work: Reads, body: ApproachForm, today: string, but?: string) => ({
  ...((await isApproachTaken(work, body.title, but)) && {
    title: 'There is one of this name already. Open it, or enter another name',
  }),
  ...(body.checkedOn !== null &&
    body.checkedOn > today && { checkedOn: 'That day is still to come. Enter a day up to today' }),
});

const chooseForm = z.object({ approachId: chosenField(), override: textField(2_000) });
type ChooseForm = z.infer<typeof chooseForm>;

/** Both kinds of work choose on a page of the same shape. */
const choosing = (
  path: 'actions' | 'interventions',
  about: string,
  example: string,
  {
    on,
    find,
  }: {
    readonly on: (id: string) => WorkedOn;
    readonly find: (
      work: Reads,
      slug: string,
      id: string,
    ) => Promise<{ readonly title: string; readonly href: string }>;
  },
): readonly Route[] => [
  get({
    path: `/:partnership/${path}/:id/approach`,
    about,
    access: writtenByPlanners,
    audit: openToMembers,
    params: recordParams,
    example: ({ partnership, idOf }) => ({ params: { partnership, id: idOf(example) } }),
    handle: async ({ work, params: { partnership, id } }) => ({
      page: chooseApproachPage(partnership, await find(work, partnership, id), await listApproaches(work)),
    }),
  }),
  post({
    path: `/:partnership/${path}/:id/approach`,
    about,
    access: writtenByPlanners,
    audit: 'APPROACH_CHOSEN',
    params: recordParams,
    body: chooseForm,
    example: ({ partnership, idOf }) => ({
      params: { partnership, id: idOf(example) },
      body: { approachId: idOf('approach') },
    }),
    async handle({ work, params: { partnership: slug, id }, body, today, visitor }) {
      const target = await find(reading(work), slug, id);
      const approaches = await listApproaches(reading(work));
      const chosen = approaches.find(({ id: each }) => each === body.approachId);
      const errors = whyNotChosen(chosen, body);
      if (chosen === undefined || Object.keys(errors).length > 0)
        return again(chooseApproachPage(slug, target, approaches, { typed: typedOfChoice(body), errors }));
      const asks = asksOf(chosen.impact);
      await chooseApproach(work, on(id), {
        approachId: chosen.id,
        override: asks === 'override' ? body.override : null,
        on: today,
        by: visitor.person?.id ?? 'system',
      });
      const isEvaluated = (await evaluationsOf(reading(work), on(id))).length > 0;
      const plan = `/${slug}/evaluations/new?${path === 'actions' ? 'action' : 'intervention'}=${id}`;
      return {
        // Too little evidence asks for a plan at once.
        seeOther: asks === 'evaluation' && !isEvaluated ? plan : target.href,
        subject: `${path === 'actions' ? 'action' : 'intervention'}/${id}`,
        fields: Object.keys(body),
      };
    },
    invalid: async ({ work, params: { partnership, id }, errors, typed }) => ({
      page: chooseApproachPage(partnership, await find(work, partnership, id), await listApproaches(work), {
        typed,
        errors,
      }),
    }),
  }),
];
const typedOfChoice = (body: ChooseForm): Typed => typedAgain(body);

const exampleForm = {
  kind: 'case-study',
  title: 'A boxing club by the sea',
  impact: 'moderate',
  source: 'Its report of 2025',
};

export const approachRoutes: readonly Route[] = [
  get({
    path: '/:partnership/what-works',
    about: 'What works: approaches and case studies, how sure one can be, and the source',
    access: seenByAll,
    audit: openToMembers,
    params: partnershipParams,
    query: listQuery,
    example: ({ partnership }) => ({ params: { partnership } }),
    async handle({ work, params, query, today, visitor }) {
      const all = await listApproaches(work);
      const titles = new Set(all.map(({ title }) => title.toLowerCase()));
      return {
        page: approachesPage({
          slug: params.partnership,
          approaches: await listApproaches(work, query),
          shared: await offeredByOthers(work, visitor.partnership?.id ?? ''),
          filter: query,
          today,
          mayWrite: mayPlan(visitor),
          lacksDefaults: defaultApproaches.some(({ title }) => !titles.has(title.toLowerCase())),
        }),
      };
    },
  }),
  get({
    path: '/:partnership/what-works/export.csv',
    about: 'What works as a file, which can be read in again',
    access: seenByAll,
    audit: openToMembers,
    params: partnershipParams,
    example: ({ partnership }) => ({ params: { partnership } }),
    handle: async ({ work, params }) => ({
      file: {
        name: `what-works-${params.partnership}.csv`,
        type: 'text/csv; charset=utf-8',
        body: csvOf(
          approachColumns.map(({ name }) => name),
          (await listApproaches(work)).map(approachCells),
        ),
      },
    }),
  }),
  get({
    path: '/:partnership/what-works/new',
    about: 'Add an approach or a case study',
    access: writtenByPlanners,
    audit: { none: 'shows an empty form' },
    params: partnershipParams,
    example: ({ partnership }) => ({ params: { partnership } }),
    handle: ({ params }) => ({ page: approachFormPage(params.partnership, undefined) }),
  }),
  post({
    path: '/:partnership/what-works/new',
    about: 'Add an approach or a case study',
    access: writtenByPlanners,
    audit: 'APPROACH_ADDED',
    params: partnershipParams,
    body: approachForm,
    example: ({ partnership }) => ({ params: { partnership }, body: exampleForm }),
    async handle({ work, params: { partnership: slug }, body, today }) {
      const errors = await errorsOf(reading(work), body, today);
      if (Object.keys(errors).length > 0)
        return again(approachFormPage(slug, undefined, { typed: typedOf(body), errors }));
      const id = await addApproach(work, body);
      return { seeOther: `${approachesHref(slug)}/${id}`, subject: `approach/${id}`, fields: Object.keys(body) };
    },
    invalid: ({ params, errors, typed }) => ({
      page: approachFormPage(params.partnership, undefined, { typed, errors }),
    }),
  }),
  post({
    path: '/:partnership/what-works/defaults',
    about: 'Add common approaches as a start, none of them verified',
    access: writtenByPlanners,
    audit: 'APPROACHES_ADDED',
    params: partnershipParams,
    body: z.object({}),
    example: ({ partnership }) => ({ params: { partnership }, body: {} }),
    async handle({ work, params: { partnership: slug } }) {
      await addDefaults(work);
      return { seeOther: approachesHref(slug), subject: 'approach/defaults', fields: ['title'] };
    },
    invalid: () => notFound,
  }),
  post({
    path: '/:partnership/what-works/take',
    about: 'Take over what another partnership of the hub shares',
    access: writtenByPlanners,
    audit: 'APPROACH_TAKEN_OVER',
    params: partnershipParams,
    body: z.object({ partnership: z.uuid(), id: z.uuid() }),
    example: ({ partnership, idOf }) => ({
      params: { partnership },
      body: { partnership: idOf('approach'), id: idOf('approach-shared') },
    }),
    async handle({ work, params: { partnership: slug }, body, visitor }) {
      const shared = await offeredByOthers(reading(work), visitor.partnership?.id ?? '');
      const taken = shared.find(({ id }) => id === body.id);
      if (taken === undefined)
        return { refused: 'conflict', sentence: 'It is not shared any more, or you have taken it over already.' };
      if (await isApproachTaken(reading(work), taken.title))
        return {
          refused: 'conflict',
          sentence: `You have “${taken.title}” already. Rename yours, or look at what theirs says beside it.`,
        };
      const { id: theirs, partnership, partnershipName, ...rest } = taken;
      const wanted: ApproachWanted = {
        ...rest,
        toldBy: rest.toldBy ?? partnershipName,
        // They checked it, and nobody here did.
        checkedOn: null,
        isShared: false,
      };
      const id = await addApproach(work, { ...wanted, origin: 'hub', of: { partnership, id: theirs } });
      return { seeOther: `${approachesHref(slug)}/${id}`, subject: `approach/${id}`, fields: ['title', 'source'] };
    },
    invalid: () => notFound,
  }),
  ...rowsFileRoutes({
    kind: 'approaches',
    path: 'what-works',
    place: (slug) => ({
      href: approachesHref(slug),
      crumbs: approachCrumbs(slug),
      title: 'approaches and case studies',
      columns: approachColumns,
    }),
    columns: approachColumns,
    audit: 'APPROACHES_FILE_TAKEN',
    access: writtenByPlanners,
    async reader(work) {
      const known = new Map((await listApproaches(reading(work))).map((each) => [each.title.toLowerCase(), each]));
      const one = async (cells: Cells): Promise<RowDone> => {
        const read = readApproachRow(cells, (title) => known.get(title));
        if (read.does === 'refused') return { refused: read.reason };
        const there = known.get(read.wanted.title.toLowerCase());
        if (there !== undefined && read.does === 'changed') await changeApproach(work, there.id, read.wanted);
        const id = there?.id ?? (await addApproach(work, { ...read.wanted, origin: 'file' }));
        known.set(read.wanted.title.toLowerCase(), await getApproach(reading(work), id));
        return read.does;
      };
      return { read: one };
    },
    example: 'Approach,Impact,Source\nA night bus,insufficient,Our own count\n',
    exampleId: 'approaches-file',
  }),
  get({
    path: '/:partnership/what-works/:id',
    about: 'One approach or case study: what it does, how sure that is, who builds on it',
    access: seenByAll,
    audit: openToMembers,
    params: recordParams,
    example: ({ partnership, idOf }) => ({ params: { partnership, id: idOf('approach') } }),
    async handle({ work, params: { partnership, id }, today, visitor }) {
      const approach = await getApproach(work, id);
      return {
        page: approachPage({
          slug: partnership,
          approach,
          uses: await usesOfApproach(work, id),
          services: approach.term === null ? [] : await providersOfApproach(work, approach.term),
          changes: await historyOf(work, id, strategyWords),
          today,
          mayWrite: mayPlan(visitor),
        }),
      };
    },
  }),
  get({
    path: '/:partnership/what-works/:id/change',
    about: 'Change an approach or a case study, or say that it was checked',
    access: writtenByPlanners,
    audit: openToMembers,
    params: recordParams,
    example: ({ partnership, idOf }) => ({ params: { partnership, id: idOf('approach') } }),
    handle: async ({ work, params: { partnership, id } }) => ({
      page: approachFormPage(partnership, await getApproach(work, id), { version: await versionOf(work, id) }),
    }),
  }),
  post({
    path: '/:partnership/what-works/:id/change',
    about: 'Change an approach or a case study, or say that it was checked',
    access: writtenByPlanners,
    audit: 'APPROACH_CHANGED',
    params: recordParams,
    body: approachForm,
    example: ({ partnership, idOf }) => ({
      params: { partnership, id: idOf('approach-to-change') },
      body: { ...exampleForm, title: 'Detached youth work at stations' },
    }),
    async handle({ work, params: { partnership: slug, id }, body, today }) {
      await holdApproach(work, id);
      const approach = await getApproach(reading(work), id);
      const version = await versionOf(reading(work), id);
      const typed = typedOf(body);
      if (isStale(body.version, version))
        return again(approachFormPage(slug, approach, { typed, errors: { '': changedMeanwhile }, version }), 409);
      const errors = await errorsOf(reading(work), body, today, id);
      if (Object.keys(errors).length > 0) return again(approachFormPage(slug, approach, { typed, errors, version }));
      await changeApproach(work, id, body);
      return { seeOther: `${approachesHref(slug)}/${id}`, subject: `approach/${id}`, fields: Object.keys(body) };
    },
    invalid: async ({ work, params: { partnership, id }, errors, typed }) => ({
      page: approachFormPage(partnership, await getApproach(work, id), { typed, errors }),
    }),
  }),
  ...choosing('actions', 'Choose what an action builds on', 'action-to-change', {
    on: (id) => ({ actionId: id }),
    find: async (work, slug, id) => ({ title: (await getAction(work, id)).title, href: actionHref(slug, id) }),
  }),
  ...choosing('interventions', 'Choose what an intervention builds on', 'intervention', {
    on: (id) => ({ interventionId: id }),
    find: async (work, slug, id) => ({
      title: (await getIntervention(work, id)).title,
      href: interventionHref(slug, id),
    }),
  }),
];
