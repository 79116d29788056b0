import { z } from 'zod';
import { done, formatPeriod, isMonth, refused, type Month, type Outcome } from '../duty/index.ts';
import { monthlyViews } from '../evidence/index.store.ts';
import { chosenField, textField } from '../partnership/index.ts';
import { historyOf, versionOf } from '../partnership/index.store.ts';
import { reading, type ReadWork } from '../platform/database/work.ts';
import { csvOf } from '../platform/files/csv.ts';
import { again, changedMeanwhile, typedAgain } from '../platform/http/form.page.tsx';
import { partnershipParams, recordParams, rowsOf } from '../platform/http/rows.ts';
import { notFound, type Route } from '../platform/http/route.ts';
import { toSvg } from '../pictures/index.ts';
import { actionChoices, indicatorChoices } from './action.store.ts';
import { mayPlan, openToMembers, seenByAll, writtenByPlanners } from './action.routes.ts';
import { strategyWords } from './action-words.ts';
import { listAims } from './aim.store.ts';
import { dayField, isStale, versionField, wordsField } from './fields.ts';
import {
  accountabilities,
  accountabilityWords,
  againstBaseline,
  judge,
  targetLabels,
  verdictLabels,
} from './measure.ts';
import {
  addMeasurePage,
  measurePage,
  measureSourcePage,
  measuresHref,
  measuresPage,
  pictureOf,
  valuesPage,
  type MeasureChoices,
} from './measure.page.tsx';
import { addMeasure, getMeasure, keepSource, keepValues, listMeasures, scopeBreaks } from './measure.store.ts';

const { get, post } = rowsOf<'strategy' | 'evidence' | 'partnership' | 'platform'>();
type Reads = ReadWork<'strategy' | 'evidence' | 'partnership'>;

/** A whole number of at most nine digits, or nothing. */
const countField = (most: number) =>
  z
    .string()
    .trim()
    .default('')
    .refine(
      (text) => text === '' || (/^\d{1,9}$/.test(text) && Number(text) <= most),
      `Enter a whole number up to ${most.toLocaleString('en-GB')}`,
    )
    .transform((text) => (text === '' ? null : Number(text)));

const measureForm = z.object({
  question: wordsField('the question', 300),
  accountability: z.enum(accountabilities, 'Choose whose question it is'),
  aimId: chosenField(),
  actionId: chosenField(),
  indicatorId: chosenField(),
  unit: wordsField('what is counted', 100),
  better: z.enum(['lower', 'higher'], 'Choose what is better'),
  target: countField(999_999_999),
  targetBy: dayField(),
  tolerance: countField(100),
});

const mostMonths = 600;

/** `2026-04 17`, a line each. */
function readValues(typed: string): Outcome<readonly { readonly month: Month; readonly value: number }[], 'not-valid'> {
  const lines = typed
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
  if (lines.length === 0) return refused('not-valid', 'Enter at least one month and its number, such as 2026-04 17');
  if (lines.length > mostMonths) return refused('not-valid', `Enter ${mostMonths} months or fewer`);
  const values = new Map<Month, number>();
  for (const [at, line] of lines.entries()) {
    const [, month = '', number = ''] = /^(\d{4}-\d\d)[\s,;:]+(\d{1,9})$/.exec(line) ?? [];
    if (!isMonth(month))
      return refused(
        'not-valid',
        `Line ${at + 1}, “${line.slice(0, 30)}”, is no month with a number. Enter it as 2026-04 17`,
      );
    if (values.has(month)) return refused('not-valid', `${month} stands there twice. Enter each month once`);
    values.set(month, Number(number));
  }
  return done([...values].map(([month, value]) => ({ month, value })));
}

const choicesFor = async (work: Reads): Promise<MeasureChoices> => ({
  aims: await listAims(work),
  actions: await actionChoices(work),
  indicators: await indicatorChoices(work),
});

const measureColumns = [
  'Question',
  'Whose question',
  'About',
  'From',
  'What the numbers say',
  'In words',
  'Months compared',
  'Latest',
  'Before',
  'Baseline',
  'Against the baseline',
  'Target in a year',
  'Target by',
  'Target met',
];

const monthField = () =>
  z
    .string()
    .trim()
    .default('')
    .refine((text) => text === '' || isMonth(text), 'Enter a month as year and month, such as 2024-04')
    .transform((text): Month | null => (text === '' ? null : text));
const sourceForm = z.object({
  view: z.union([z.literal(''), z.string().regex(/^sha256:[0-9a-f]{64}$/)], 'Choose from the list').default(''),
  baselineFrom: monthField(),
  baselineTo: monthField(),
  version: versionField(),
});

export const measureRoutes: readonly Route[] = [
  get({
    path: '/:partnership/measures',
    about: 'Measures and targets: is the town safer, and did the service deliver?',
    access: seenByAll,
    audit: openToMembers,
    params: partnershipParams,
    example: ({ partnership }) => ({ params: { partnership } }),
    handle: async ({ work, params, visitor }) => ({
      page: measuresPage({
        slug: params.partnership,
        judged: (await listMeasures(work)).map((measure) => ({ measure, judgement: judge(measure.values, measure) })),
        mayWrite: mayPlan(visitor),
      }),
    }),
  }),
  get({
    path: '/:partnership/measures.csv',
    about: 'Measures, and what their numbers say, as a table',
    access: seenByAll,
    audit: openToMembers,
    params: partnershipParams,
    example: ({ partnership }) => ({ params: { partnership } }),
    async handle({ work }) {
      const rows = (await listMeasures(work)).map((measure) => {
        const said = judge(measure.values, measure);
        return [
          measure.question,
          accountabilityWords[measure.accountability].label,
          measure.aboutTitle,
          measure.figure?.title ?? measure.indicatorName ?? 'Typed in',
          verdictLabels[said.verdict],
          said.sentence,
          said.months,
          said.latest,
          said.before,
          measure.baseline === null ? null : formatPeriod(measure.baseline),
          againstBaseline(measure.values, measure.baseline, measure),
          measure.target,
          measure.targetBy,
          said.target === 'none' ? null : targetLabels[said.target],
        ];
      });
      return {
        file: { name: 'measures.csv', type: 'text/csv; charset=utf-8', body: csvOf(measureColumns, rows) },
      };
    },
  }),
  get({
    path: '/:partnership/measures/new',
    about: 'Add a measure',
    access: writtenByPlanners,
    audit: { none: 'shows an empty form' },
    params: partnershipParams,
    query: z.object({ aim: z.uuid().optional() }),
    example: ({ partnership }) => ({ params: { partnership } }),
    handle: async ({ work, params, query }) => ({
      page: addMeasurePage(params.partnership, await choicesFor(work), { typed: { aimId: query.aim ?? '' } }),
    }),
  }),
  post({
    path: '/:partnership/measures/new',
    about: 'Add a measure',
    access: writtenByPlanners,
    audit: 'MEASURE_ADDED',
    params: partnershipParams,
    body: measureForm,
    example: ({ partnership, idOf }) => ({
      params: { partnership },
      body: {
        question: 'Are fewer people hurt at night?',
        accountability: 'population',
        aimId: idOf('aim'),
        unit: 'assaults',
        better: 'lower',
      },
    }),
    async handle({ work, params: { partnership: slug }, body }) {
      const choices = await choicesFor(reading(work));
      const errors: Record<string, string> = {};
      const isKnown = (id: string | null, all: readonly { readonly id: string }[]) =>
        id === null || all.some((each) => each.id === id);
      if (!isKnown(body.aimId, choices.aims)) errors['aimId'] = 'Choose from the list';
      if (!isKnown(body.actionId, choices.actions)) errors['actionId'] = 'Choose from the list';
      if (!isKnown(body.indicatorId, choices.indicators)) errors['indicatorId'] = 'Choose from the list';
      if ((body.aimId === null) === (body.actionId === null))
        errors['aimId'] = 'Choose either the aim or the action that it is about';
      if (Object.keys(errors).length > 0)
        return again(addMeasurePage(slug, choices, { typed: typedAgain(body), errors }));
      const id = await addMeasure(work, { ...body, tolerance: (body.tolerance ?? 0) / 100 });
      return { seeOther: `${measuresHref(slug)}/${id}`, subject: `measure/${id}`, fields: Object.keys(body) };
    },
    invalid: async ({ work, params, errors, typed }) => ({
      page: addMeasurePage(params.partnership, await choicesFor(work), { typed, errors }),
    }),
  }),
  get({
    path: '/:partnership/measures/:id.svg',
    about: 'The months of a measure as a picture',
    access: seenByAll,
    audit: openToMembers,
    params: recordParams,
    example: ({ partnership, idOf }) => ({ params: { partnership, id: idOf('measure') } }),
    async handle({ work, params: { id } }) {
      const measure = await getMeasure(work, id);
      if (measure.values.length < 2) return notFound;
      const picture = pictureOf(measure, judge(measure.values, measure), await scopeBreaks(work));
      const body = toSvg(picture, { width: 640 });
      return { part: { type: 'image/svg+xml', body, forAnySite: false } };
    },
  }),
  get({
    path: '/:partnership/measures/:id',
    about: 'One measure: what the numbers say, and what they do not',
    access: seenByAll,
    audit: openToMembers,
    params: recordParams,
    example: ({ partnership, idOf }) => ({ params: { partnership, id: idOf('measure') } }),
    async handle({ work, params: { partnership: slug, id }, visitor }) {
      const measure = await getMeasure(work, id);
      return {
        page: measurePage({
          slug,
          measure,
          judgement: judge(measure.values, measure),
          breaks: await scopeBreaks(work),
          changes: await historyOf(work, id, strategyWords),
          mayWrite: mayPlan(visitor),
        }),
      };
    },
  }),
  get({
    path: '/:partnership/measures/:id/values',
    about: 'Enter the values of a measure',
    access: writtenByPlanners,
    audit: openToMembers,
    params: recordParams,
    example: ({ partnership, idOf }) => ({ params: { partnership, id: idOf('measure') } }),
    handle: async ({ work, params: { partnership, id } }) => ({
      page: valuesPage(partnership, await getMeasure(work, id)),
    }),
  }),
  post({
    path: '/:partnership/measures/:id/values',
    about: 'Enter the values of a measure',
    access: writtenByPlanners,
    audit: 'MEASURE_VALUES_KEPT',
    params: recordParams,
    body: z.object({ values: z.string().max(20_000).default(''), source: textField(200) }),
    example: ({ partnership, idOf }) => ({
      params: { partnership, id: idOf('measure') },
      body: { values: '2026-05 11' },
    }),
    async handle({ work, params: { partnership: slug, id }, body }) {
      const measure = await getMeasure(reading(work), id);
      const read = readValues(body.values);
      if (!read.done)
        return again(valuesPage(slug, measure, { typed: typedAgain(body), errors: { values: read.sentence } }));
      await keepValues(work, id, read.value, body.source);
      return { seeOther: `${measuresHref(slug)}/${id}`, subject: `measure/${id}`, fields: ['values'] };
    },
    invalid: async ({ work, params: { partnership, id }, errors, typed }) => ({
      page: valuesPage(partnership, await getMeasure(work, id), { typed, errors }),
    }),
  }),
  get({
    path: '/:partnership/measures/:id/source',
    about: 'Where the values of a measure come from, and its baseline',
    access: writtenByPlanners,
    audit: openToMembers,
    params: recordParams,
    example: ({ partnership, idOf }) => ({ params: { partnership, id: idOf('measure') } }),
    handle: async ({ work, params: { partnership, id } }) => ({
      page: measureSourcePage(partnership, await getMeasure(work, id), await monthlyViews(work), {
        version: await versionOf(work, id),
      }),
    }),
  }),
  post({
    path: '/:partnership/measures/:id/source',
    about: 'Take the values of a measure from a figure, or set its baseline',
    access: writtenByPlanners,
    audit: 'MEASURE_SOURCE_KEPT',
    params: recordParams,
    body: sourceForm,
    example: ({ partnership, idOf }) => ({
      params: { partnership, id: idOf('measure') },
      body: { view: '', baselineFrom: '2023-04', baselineTo: '2024-03' },
    }),
    async handle({ work, params: { partnership: slug, id }, body }) {
      const measure = await getMeasure(reading(work), id);
      const views = await monthlyViews(reading(work));
      const version = await versionOf(reading(work), id);
      const typed = typedAgain(body);
      if (isStale(body.version, version))
        return again(
          measureSourcePage(slug, measure, views, { typed, errors: { '': changedMeanwhile }, version }),
          409,
        );
      const errors: Record<string, string> = {};
      if (body.view !== '' && !views.some((view) => view.id === body.view)) errors['view'] = 'Choose from the list';
      const { baselineFrom: from, baselineTo: to } = body;
      if (from === null && to !== null) errors['baselineFrom'] = 'Enter the first month of the baseline';
      if (from !== null && to === null) errors['baselineTo'] = 'Enter the last month of the baseline';
      if (from !== null && to !== null && to < from) errors['baselineTo'] = 'The last month is before the first';
      if (Object.keys(errors).length > 0)
        return again(measureSourcePage(slug, measure, views, { typed, errors, version }));
      await keepSource(work, id, {
        view: body.view === '' ? null : body.view,
        baseline: from === null || to === null ? null : { from, to },
      });
      return {
        seeOther: `${measuresHref(slug)}/${id}`,
        subject: `measure/${id}`,
        fields: ['view', 'baselineFrom', 'baselineTo'],
      };
    },
    invalid: async ({ work, params: { partnership, id }, errors, typed }) => ({
      page: measureSourcePage(partnership, await getMeasure(work, id), await monthlyViews(work), { typed, errors }),
    }),
  }),
];
