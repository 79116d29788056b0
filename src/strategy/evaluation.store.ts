import { sql } from 'kysely';
import type { IsoDate, Month } from '../duty/index.ts';
import type { ReadWork, Work } from '../platform/database/work.ts';
import type { Design, EvaluationPlan, EvaluationState, Power } from './evaluation.ts';
import type { CountedMonth, EvaluationResult, PlaceRole } from './evaluation-result.ts';
import type { Better } from './measure.ts';
import type { WorkedOn } from './approach.store.ts';

type Reads = ReadWork<'strategy'>;
type Writes = Work<'strategy'>;

export interface Evaluation extends EvaluationPlan {
  readonly id: string;
  readonly actionId: string | null;
  readonly interventionId: string | null;
  /** Of the action or the intervention. */
  readonly ofTitle: string;
  readonly measureQuestion: string | null;
  readonly state: EvaluationState;
  readonly power: Power | null;
  readonly agreedOn: IsoDate | null;
  readonly beganOn: IsoDate | null;
  readonly endedOn: IsoDate | null;
  readonly result: EvaluationResult | null;
  readonly decision: string | null;
  readonly stoppedBecause: string | null;
}

const evaluations = (work: Reads) =>
  work
    .selectFrom('strategy.evaluation as e')
    .leftJoin('strategy.action as a', 'a.id', 'e.action_id')
    .leftJoin('strategy.intervention as i', 'i.id', 'e.intervention_id')
    .leftJoin('strategy.measure as m', 'm.id', 'e.measure_id')
    .selectAll('e')
    .select([sql<string>`coalesce(a.title, i.title)`.as('of_title'), 'm.question as measure_question']);
type Row = Awaited<ReturnType<ReturnType<typeof evaluations>['execute']>>[number];

const evaluationOf = (row: Row): Evaluation => ({
  id: row.id,
  title: row.title,
  actionId: row.action_id,
  interventionId: row.intervention_id,
  ofTitle: row.of_title,
  owner: row.owner,
  design: row.design as Design,
  comparison: row.comparison,
  outcome: row.outcome,
  better: row.better as Better,
  measureId: row.measure_id,
  measureQuestion: row.measure_question,
  begins: row.begins,
  monthsBefore: row.months_before,
  monthsAfter: row.months_after,
  expectedBefore: row.expected_before,
  expectedAfter: row.expected_after,
  comparisonBefore: row.comparison_before,
  comparisonAfter: row.comparison_after,
  dispersion: Number(row.dispersion),
  state: row.state as EvaluationState,
  power: row.power as unknown as Power | null,
  agreedOn: row.agreed_on,
  beganOn: row.began_on,
  endedOn: row.ended_on,
  result: row.result as unknown as EvaluationResult | null,
  decision: row.decision,
  stoppedBecause: row.stopped_because,
});

/** Open ones first. */
export async function listEvaluations(work: Reads): Promise<readonly Evaluation[]> {
  const rows = await evaluations(work)
    .orderBy(sql`array_position(array['under-way', 'planned', 'draft', 'reported', 'stopped'], e.state)`)
    .orderBy('e.added_at')
    .orderBy('e.id')
    .limit(500)
    .execute();
  return rows.map(evaluationOf);
}

/** @throws where the bound partnership has none of that id */
export async function getEvaluation(work: Reads, id: string): Promise<Evaluation> {
  return evaluationOf(await evaluations(work).where('e.id', '=', id).executeTakeFirstOrThrow());
}

export async function evaluationsOf(work: Reads, on: WorkedOn): Promise<readonly Evaluation[]> {
  const query =
    'actionId' in on
      ? evaluations(work).where('e.action_id', '=', on.actionId)
      : evaluations(work).where('e.intervention_id', '=', on.interventionId);
  return (await query.orderBy('e.added_at').orderBy('e.id').limit(100).execute()).map(evaluationOf);
}

export async function holdEvaluation(work: Writes, id: string): Promise<void> {
  await work.selectFrom('strategy.evaluation').select('id').where('id', '=', id).forUpdate().execute();
}

const columnsOf = (plan: EvaluationPlan) => ({
  title: plan.title,
  owner: plan.owner,
  design: plan.design,
  comparison: plan.comparison,
  outcome: plan.outcome,
  better: plan.better,
  measure_id: plan.measureId,
  begins: plan.begins,
  months_before: plan.monthsBefore,
  months_after: plan.monthsAfter,
  expected_before: plan.expectedBefore,
  expected_after: plan.expectedAfter,
  comparison_before: plan.comparisonBefore,
  comparison_after: plan.comparisonAfter,
  dispersion: String(plan.dispersion),
});

export async function addEvaluation(
  work: Writes,
  on: WorkedOn,
  plan: EvaluationPlan & { readonly id?: string },
): Promise<string> {
  const { id } = await work
    .insertInto('strategy.evaluation')
    .values({
      ...(plan.id !== undefined && { id: plan.id }),
      ...columnsOf(plan),
      action_id: 'actionId' in on ? on.actionId : null,
      intervention_id: 'interventionId' in on ? on.interventionId : null,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

/** Only a draft: what was agreed stays. */
export async function changeEvaluation(work: Writes, id: string, plan: EvaluationPlan): Promise<void> {
  await work
    .updateTable('strategy.evaluation')
    .set(columnsOf(plan))
    .where('id', '=', id)
    .where('state', '=', 'draft')
    .execute();
}

/** Keeps the state after a step, and what belongs to it. */
export async function keepState(
  work: Writes,
  id: string,
  state: EvaluationState,
  given: {
    readonly today: IsoDate;
    readonly power?: Power;
    readonly result?: EvaluationResult;
    readonly decision?: string;
    readonly because?: string;
  },
): Promise<void> {
  const { today, power, result, decision, because } = given;
  await work
    .updateTable('strategy.evaluation')
    .set({
      state,
      ...(state === 'planned' && { agreed_on: today, power: JSON.stringify(power) }),
      ...(state === 'draft' && { agreed_on: null, power: null }),
      ...(state === 'under-way' && { began_on: today }),
      ...(state === 'reported' && { ended_on: today, result: JSON.stringify(result), decision: decision ?? null }),
      ...(state === 'stopped' && { ended_on: today, stopped_because: because ?? null }),
    })
    .where('id', '=', id)
    .where('state', 'not in', ['reported', 'stopped'])
    .execute();
}

export async function countsOf(work: Reads, id: string): Promise<readonly CountedMonth[]> {
  const rows = await work
    .selectFrom('strategy.evaluation_month')
    .select(['place', 'role', 'month', 'count'])
    .where('evaluation_id', '=', id)
    .orderBy('role')
    .orderBy('place')
    .orderBy('month')
    .execute();
  return rows.map((row) => ({ ...row, role: row.role as PlaceRole }));
}

/** Puts counts in the place of all that were there. */
export async function keepCounts(work: Writes, id: string, rows: readonly CountedMonth[]): Promise<void> {
  await work.deleteFrom('strategy.evaluation_month').where('evaluation_id', '=', id).execute();
  for (let from = 0; from < rows.length; from += 500)
    await work
      .insertInto('strategy.evaluation_month')
      .values(
        rows.slice(from, from + 500).map(({ place, role, month, count }) => ({
          evaluation_id: id,
          place,
          role,
          month,
          count,
        })),
      )
      .execute();
}

/** Whole counts of a measure, month by month. */
export async function monthsOfMeasure(
  work: Reads,
  measure: string,
): Promise<readonly { readonly month: Month; readonly count: number }[]> {
  const rows = await work
    .selectFrom('strategy.measure_value')
    .select(['month', 'value'])
    .where('measure_id', '=', measure)
    .where('out_of', 'is', null)
    .orderBy('month')
    .execute();
  return rows
    .map(({ month, value }) => ({ month, count: Number(value) }))
    .filter(({ count }) => Number.isInteger(count));
}
