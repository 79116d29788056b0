import { z } from 'zod';
import { isMonth, type Outcome } from '../duty/index.ts';
import { mayWorkOnFigures } from '../evidence/index.ts';
import { chosenField, nameField, textField, tickField } from '../partnership/index.ts';
import { historyOf, versionOf } from '../partnership/index.store.ts';
import { reading, type ReadWork } from '../platform/database/work.ts';
import { again, changedMeanwhile, typedAgain, type Typed } from '../platform/http/form.page.tsx';
import { partnershipParams, recordParams, rowsOf } from '../platform/http/rows.ts';
import { notFound, type Refused, type Route, type Visitor } from '../platform/http/route.ts';
import { actionChoices } from './action.store.ts';
import { mayPlan, openToMembers, seenByAll, writtenByPlanners } from './action.routes.ts';
import { strategyWords } from './action-words.ts';
import type { WorkedOn } from './approach.store.ts';
import { designs, mayChangePlan, powerOf, takeStep, type EvaluationPlan } from './evaluation.ts';
import { placeRoles, readCounts, windowOf, workOut, type CountedMonth } from './evaluation-result.ts';
import {
  countsPage,
  evaluationFormPage,
  evaluationHref,
  evaluationPage,
  evaluationsPage,
  reportPage,
  stopEvaluationPage,
  type EvaluationChoices,
} from './evaluation.page.tsx';
import {
  addEvaluation,
  changeEvaluation,
  countsOf,
  getEvaluation,
  holdEvaluation,
  keepCounts,
  keepState,
  listEvaluations,
  monthsOfMeasure,
  type Evaluation,
} from './evaluation.store.ts';
import { isStale, versionField, wordsField } from './fields.ts';
import { listInterventions } from './intervention.store.ts';
import { addLesson, lessonsOf } from './lesson.store.ts';
import { listMeasures } from './measure.store.ts';

const { get, post } = rowsOf<'strategy' | 'evidence' | 'partnership' | 'platform' | 'directory'>();
type Reads = ReadWork<'strategy' | 'evidence' | 'partnership' | 'directory'>;

/** What was counted, month by month and place by place, has small numbers in it. */
const countedBy = { anyOf: mayWorkOnFigures } as const;
const mayCount = (visitor: Visitor): boolean => mayWorkOnFigures.some((role) => visitor.roles.includes(role));

const wholeField = (most: number) =>
  z
    .string()
    .trim()
    .default('')
    .refine(
      (text) => text === '' || (/^\d{1,9}$/.test(text) && Number(text) <= most),
      `Enter a whole number up to ${most.toLocaleString('en-GB')}`,
    )
    .transform((text) => (text === '' ? null : Number(text)));
const monthsField = () => wholeField(240).refine((count) => count !== 0, 'Enter at least 1 month');

const planFields = {
  title: wordsField('the question', 300),
  owner: textField(200),
  design: z.enum(designs, 'Choose the design'),
  comparison: textField(1_000),
  outcome: nameField('what is counted'),
  better: z.enum(['lower', 'higher'], 'Choose what is better'),
  measureId: chosenField(),
  begins: z
    .string()
    .trim()
    .default('')
    .refine((text) => text === '' || isMonth(text), 'Enter a month as year and month, such as 2026-09')
    .transform((text) => (text === '' ? null : text)),
  monthsBefore: monthsField(),
  monthsAfter: monthsField(),
  expectedBefore: wholeField(999_999_999),
  expectedAfter: wholeField(999_999_999),
  comparisonBefore: wholeField(999_999_999),
  comparisonAfter: wholeField(999_999_999),
  dispersion: z
    .string()
    .trim()
    .default('1')
    .refine(
      (text) => /^\d{1,2}(\.\d{1,2})?$/.test(text) && Number(text) >= 0.1,
      'Enter a number from 0.1 to 99, such as 2',
    )
    .transform(Number),
};
const planForm = z.object({ ...planFields, version: versionField() });
const newForm = z.object({ ...planFields, actionId: chosenField(), interventionId: chosenField() });

const countsForm = z.object({
  useMeasure: tickField(),
  ...Object.fromEntries(placeRoles.map((role) => [role, z.string().max(400_000).default('')])),
});
const reportForm = z.object({
  decision: wordsField('what was decided', 2_000),
  lessonTitle: nameField('what was learned, in a few words'),
  lesson: wordsField('what you would do differently', 4_000),
});

const typedOf = (body: Readonly<Record<string, unknown>>): Typed => ({
  ...typedAgain(body),
  ...Object.fromEntries(
    Object.entries(body).flatMap(([name, value]) => (typeof value === 'number' ? [[name, String(value)]] : [])),
  ),
});

const choicesFor = async (work: Reads): Promise<EvaluationChoices> => ({
  actions: await actionChoices(work),
  interventions: await listInterventions(work),
  measures: await listMeasures(work),
});

const isMeasureKnown = (id: string | null, { measures }: EvaluationChoices, kept?: Evaluation): boolean =>
  id === null || id === kept?.measureId || measures.some((measure) => measure.id === id);

function workedOn(
  body: { readonly actionId: string | null; readonly interventionId: string | null },
  { actions, interventions }: EvaluationChoices,
): Outcome<WorkedOn, 'not-valid'> {
  const { actionId, interventionId } = body;
  const refuse = (sentence: string) => ({ done: false, reason: 'not-valid', sentence }) as const;
  if (actionId !== null && interventionId !== null)
    return refuse('Choose either an intervention or an action, not both');
  if (interventionId !== null)
    return interventions.some(({ id }) => id === interventionId)
      ? { done: true, value: { interventionId } }
      : refuse('Choose from the list');
  if (actionId !== null && actions.some(({ id }) => id === actionId)) return { done: true, value: { actionId } };
  return refuse('Choose the intervention or the action that it is of');
}

/**
 * The answer as the numbers stand, for those alone who see what was counted; what was reported stays as it was. Undefined
 * while nothing is counted.
 */
async function resultOf(work: Reads, evaluation: Evaluation) {
  if (evaluation.result !== null) return evaluation.result;
  const counts = await countsOf(work, evaluation.id);
  return counts.length === 0 ? undefined : workOut(evaluation, counts);
}

const refusedStep = ({ sentence }: { readonly sentence: string }): Refused => ({
  refused: 'conflict',
  sentence: `${sentence}.`,
});
const planIsFixed: Refused = {
  refused: 'conflict',
  sentence: 'This plan is agreed, so it is not changed. Open it again first, as long as it has not begun.',
};
const notUnderWay: Refused = {
  refused: 'conflict',
  sentence: 'Counts are entered while an evaluation is under way. Its page says what comes next.',
};

const example = {
  title: 'Do more lights make Sallow safer?',
  design: 'before-and-after',
  outcome: 'assaults at night',
  better: 'lower',
};

export const evaluationRoutes: readonly Route[] = [
  get({
    path: '/:partnership/evaluations',
    about: 'Evaluations: what is to be found out, how, and what was',
    access: seenByAll,
    audit: openToMembers,
    params: partnershipParams,
    example: ({ partnership }) => ({ params: { partnership } }),
    handle: async ({ work, params, visitor }) => ({
      page: evaluationsPage({
        slug: params.partnership,
        evaluations: await listEvaluations(work),
        mayWrite: mayPlan(visitor),
      }),
    }),
  }),
  get({
    path: '/:partnership/evaluations/new',
    about: 'Plan an evaluation',
    access: writtenByPlanners,
    audit: { none: 'shows an empty form' },
    params: partnershipParams,
    query: z.object({ action: z.uuid().optional(), intervention: z.uuid().optional() }),
    example: ({ partnership }) => ({ params: { partnership } }),
    handle: async ({ work, params, query }) => ({
      page: evaluationFormPage(params.partnership, undefined, await choicesFor(work), {
        typed: { actionId: query.action ?? '', interventionId: query.intervention ?? '' },
      }),
    }),
  }),
  post({
    path: '/:partnership/evaluations/new',
    about: 'Plan an evaluation',
    access: writtenByPlanners,
    audit: 'EVALUATION_ADDED',
    params: partnershipParams,
    body: newForm,
    example: ({ partnership, idOf }) => ({ params: { partnership }, body: { ...example, actionId: idOf('action') } }),
    async handle({ work, params: { partnership: slug }, body }) {
      const choices = await choicesFor(reading(work));
      const on = workedOn(body, choices);
      const errors = {
        ...(!on.done && { interventionId: on.sentence }),
        ...(!isMeasureKnown(body.measureId, choices) && { measureId: 'Choose from the list' }),
      };
      if (!on.done || Object.keys(errors).length > 0)
        return again(evaluationFormPage(slug, undefined, choices, { typed: typedOf(body), errors }));
      const { actionId: _, interventionId: __, ...plan } = body;
      const id = await addEvaluation(work, on.value, plan satisfies EvaluationPlan);
      return { seeOther: evaluationHref(slug, id), subject: `evaluation/${id}`, fields: Object.keys(body) };
    },
    invalid: async ({ work, params, errors, typed }) => ({
      page: evaluationFormPage(params.partnership, undefined, await choicesFor(work), { typed, errors }),
    }),
  }),
  get({
    path: '/:partnership/evaluations/:id',
    about: 'One evaluation: the plan, what it would see, and the answer with how strong it is',
    access: seenByAll,
    audit: openToMembers,
    params: recordParams,
    example: ({ partnership, idOf }) => ({ params: { partnership, id: idOf('evaluation') } }),
    async handle({ work, params: { partnership: slug, id }, visitor }) {
      const evaluation = await getEvaluation(work, id);
      const counts = await countsOf(work, id);
      return {
        page: evaluationPage({
          slug,
          evaluation,
          counted: {
            months: new Set(counts.map(({ month }) => month)).size,
            places: new Set(counts.map(({ place }) => place)).size,
          },
          result: mayCount(visitor) ? await resultOf(work, evaluation) : (evaluation.result ?? undefined),
          lessons: await lessonsOf(work, id),
          changes: await historyOf(work, id, strategyWords),
          mayWrite: mayPlan(visitor),
          mayCount: mayCount(visitor),
        }),
      };
    },
  }),
  get({
    path: '/:partnership/evaluations/:id/change',
    about: 'Change the plan of an evaluation',
    access: writtenByPlanners,
    audit: openToMembers,
    params: recordParams,
    example: ({ partnership, idOf }) => ({ params: { partnership, id: idOf('evaluation-draft') } }),
    async handle({ work, params: { partnership, id } }) {
      const evaluation = await getEvaluation(work, id);
      if (!mayChangePlan(evaluation.state)) return planIsFixed;
      return {
        page: evaluationFormPage(partnership, evaluation, await choicesFor(work), {
          version: await versionOf(work, id),
        }),
      };
    },
  }),
  post({
    path: '/:partnership/evaluations/:id/change',
    about: 'Change the plan of an evaluation',
    access: writtenByPlanners,
    audit: 'EVALUATION_CHANGED',
    params: recordParams,
    body: planForm,
    example: ({ partnership, idOf }) => ({ params: { partnership, id: idOf('evaluation-draft') }, body: example }),
    async handle({ work, params: { partnership: slug, id }, body }) {
      await holdEvaluation(work, id);
      const evaluation = await getEvaluation(reading(work), id);
      if (!mayChangePlan(evaluation.state)) return planIsFixed;
      const choices = await choicesFor(reading(work));
      const version = await versionOf(reading(work), id);
      const typed = typedOf(body);
      if (isStale(body.version, version))
        return again(
          evaluationFormPage(slug, evaluation, choices, { typed, errors: { '': changedMeanwhile }, version }),
          409,
        );
      if (!isMeasureKnown(body.measureId, choices, evaluation))
        return again(
          evaluationFormPage(slug, evaluation, choices, {
            typed,
            errors: { measureId: 'Choose from the list' },
            version,
          }),
        );
      const { version: _, ...plan } = body;
      await changeEvaluation(work, id, plan);
      return { seeOther: evaluationHref(slug, id), subject: `evaluation/${id}`, fields: Object.keys(body) };
    },
    invalid: async ({ work, params: { partnership, id }, errors, typed }) => ({
      page: evaluationFormPage(partnership, await getEvaluation(work, id), await choicesFor(work), { typed, errors }),
    }),
  }),
  post({
    path: '/:partnership/evaluations/:id/steps',
    about: 'Agree the plan of an evaluation, open it again, or begin it',
    access: writtenByPlanners,
    audit: 'EVALUATION_STEP_TAKEN',
    params: recordParams,
    body: z.object({ step: z.enum(['agree', 'reopen', 'begin']) }),
    example: ({ partnership, idOf }) => ({
      params: { partnership, id: idOf('evaluation-planned') },
      body: { step: 'reopen' },
    }),
    async handle({ work, params: { partnership: slug, id }, body, today }) {
      await holdEvaluation(work, id);
      const plan = await getEvaluation(reading(work), id);
      const next = takeStep(plan.state, body.step, { plan, hasResult: false, because: null, today });
      if (!next.done) return refusedStep(next);
      const power = powerOf(plan);
      await keepState(work, id, next.value, { today, ...(power.done && { power: power.value }) });
      return { seeOther: evaluationHref(slug, id), subject: `evaluation/${id}`, fields: ['state'] };
    },
    invalid: () => notFound,
  }),
  get({
    path: '/:partnership/evaluations/:id/counts',
    about: 'Enter what was counted for an evaluation',
    access: countedBy,
    audit: openToMembers,
    params: recordParams,
    example: ({ partnership, idOf }) => ({ params: { partnership, id: idOf('evaluation') } }),
    async handle({ work, params: { partnership, id } }) {
      const evaluation = await getEvaluation(work, id);
      if (evaluation.state !== 'under-way') return notUnderWay;
      return { page: countsPage(partnership, evaluation, await countsOf(work, id)) };
    },
  }),
  post({
    path: '/:partnership/evaluations/:id/counts',
    about: 'Enter what was counted for an evaluation',
    access: countedBy,
    audit: 'EVALUATION_COUNTS_KEPT',
    params: recordParams,
    body: countsForm,
    example: ({ partnership, idOf }) => ({
      params: { partnership, id: idOf('evaluation') },
      body: { treated: '2026-04 Sallow estate 17' },
    }),
    async handle({ work, params: { partnership: slug, id }, body, today }) {
      await holdEvaluation(work, id);
      const evaluation = await getEvaluation(reading(work), id);
      if (evaluation.state !== 'under-way') return notUnderWay;
      const typed = typedAgain(body);
      const errors: Record<string, string> = {};
      const rows: CountedMonth[] = [];
      if (body.useMeasure && evaluation.measureId !== null) {
        const window = windowOf(evaluation);
        const months = (await monthsOfMeasure(reading(work), evaluation.measureId)).filter(
          ({ month }) => window !== undefined && month >= window.before.from && month <= window.after.to,
        );
        rows.push(...months.map((each) => ({ place: 'The measure', role: 'treated' as const, ...each })));
      }
      const places = new Map<string, string>(rows.map(({ place }) => [place.toLowerCase(), 'treated']));
      for (const role of placeRoles) {
        const given = (body as Readonly<Record<string, unknown>>)[role];
        // The measure takes the place of what was typed for where the work is done.
        if (typeof given !== 'string' || (role === 'treated' && body.useMeasure)) continue;
        const read = readCounts(given, role);
        if ('error' in read) {
          errors[role] = read.error;
          continue;
        }
        const other = read.rows.find(({ place }) => (places.get(place.toLowerCase()) ?? role) !== role);
        if (other !== undefined) errors[role] = `${other.place} stands in two boxes. A place is one or the other`;
        const later = read.rows.find(({ month }) => month >= today.slice(0, 7));
        if (later !== undefined) errors[role] = `${later.month} is not over. Enter months that are`;
        for (const row of read.rows) places.set(row.place.toLowerCase(), role);
        rows.push(...read.rows);
      }
      if (rows.length === 0 && Object.keys(errors).length === 0)
        errors['treated'] = 'Enter at least one month, such as 2026-04 Sallow estate 17';
      if (Object.keys(errors).length > 0) return again(countsPage(slug, evaluation, rows, { typed, errors }));
      await keepCounts(work, id, rows);
      return { seeOther: evaluationHref(slug, id), subject: `evaluation/${id}`, fields: ['counts'] };
    },
    invalid: async ({ work, params: { partnership, id }, errors, typed }) => ({
      page: countsPage(partnership, await getEvaluation(work, id), await countsOf(work, id), { typed, errors }),
    }),
  }),
  get({
    path: '/:partnership/evaluations/:id/report',
    about: 'Report the answer of an evaluation, with what was decided and learned',
    // Whoever reports an answer sees it before anybody else.
    access: countedBy,
    audit: openToMembers,
    params: recordParams,
    example: ({ partnership, idOf }) => ({ params: { partnership, id: idOf('evaluation-to-report') } }),
    async handle({ work, params: { partnership, id }, today }) {
      const plan = await getEvaluation(work, id);
      const result = await resultOf(work, plan);
      const next = takeStep(plan.state, 'report', { plan, hasResult: result !== undefined, because: null, today });
      if (!next.done) return refusedStep(next);
      return result === undefined ? notFound : { page: reportPage(partnership, plan, result) };
    },
  }),
  post({
    path: '/:partnership/evaluations/:id/report',
    about: 'Report the answer of an evaluation, with what was decided and learned',
    // Whoever reports an answer sees it before anybody else.
    access: countedBy,
    audit: 'EVALUATION_REPORTED',
    params: recordParams,
    body: reportForm,
    example: ({ partnership, idOf }) => ({
      params: { partnership, id: idOf('evaluation-to-report') },
      body: { decision: 'It goes on for a year.', lessonTitle: 'Too few', lesson: 'Count more places.' },
    }),
    async handle({ work, params: { partnership: slug, id }, body, today }) {
      await holdEvaluation(work, id);
      const plan = await getEvaluation(reading(work), id);
      const result = await resultOf(reading(work), plan);
      const next = takeStep(plan.state, 'report', { plan, hasResult: result !== undefined, because: null, today });
      if (!next.done) return refusedStep(next);
      if (result === undefined) return notFound;
      await keepState(work, id, next.value, { today, result, decision: body.decision });
      await addLesson(work, {
        title: body.lessonTitle,
        words: body.lesson,
        learnedOn: today,
        of: { kind: 'evaluation', id },
      });
      return { seeOther: evaluationHref(slug, id), subject: `evaluation/${id}`, fields: Object.keys(body) };
    },
    async invalid({ work, params: { partnership, id }, errors, typed }) {
      const evaluation = await getEvaluation(work, id);
      const result = await resultOf(work, evaluation);
      return result === undefined ? notFound : { page: reportPage(partnership, evaluation, result, { typed, errors }) };
    },
  }),
  get({
    path: '/:partnership/evaluations/:id/stop',
    about: 'Stop an evaluation, with why',
    access: writtenByPlanners,
    audit: openToMembers,
    params: recordParams,
    example: ({ partnership, idOf }) => ({ params: { partnership, id: idOf('evaluation-draft') } }),
    handle: async ({ work, params: { partnership, id } }) => ({
      page: stopEvaluationPage(partnership, await getEvaluation(work, id)),
    }),
  }),
  post({
    path: '/:partnership/evaluations/:id/stop',
    about: 'Stop an evaluation, with why',
    access: writtenByPlanners,
    audit: 'EVALUATION_STOPPED',
    params: recordParams,
    body: z.object({ because: wordsField('why it is stopped', 1_000) }),
    example: ({ partnership, idOf }) => ({
      params: { partnership, id: idOf('evaluation-to-stop') },
      body: { because: 'The service has closed.' },
    }),
    async handle({ work, params: { partnership: slug, id }, body, today }) {
      await holdEvaluation(work, id);
      const plan = await getEvaluation(reading(work), id);
      const next = takeStep(plan.state, 'stop', { plan, hasResult: false, because: body.because, today });
      if (!next.done) return refusedStep(next);
      await keepState(work, id, next.value, { today, because: body.because });
      return { seeOther: evaluationHref(slug, id), subject: `evaluation/${id}`, fields: ['state', 'stopped_because'] };
    },
    invalid: async ({ work, params: { partnership, id }, errors, typed }) => ({
      page: stopEvaluationPage(partnership, await getEvaluation(work, id), { typed, errors }),
    }),
  }),
];
