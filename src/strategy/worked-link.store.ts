import { isUuid, noLinks, type Knot, type Ref, type ThreadLinks } from '../duty/index.ts';
import type { ReadWork } from '../platform/database/work.ts';
import { approachImpactLabels, type ApproachImpact } from './approach.ts';
import { evaluationStateLabels, type EvaluationState } from './evaluation.ts';
import { evaluationVerdictLabels, type EvaluationVerdict } from './evaluation-result.ts';
import { interventionStateLabels, type InterventionState } from './intervention.ts';

type Reads = ReadWork<'strategy'>;

/** Most records of one kind on either side: a page is read by people. */
const most = 200;

/**
 * What interventions, approaches and evaluations know of the golden thread: approach and grant → action → intervention →
 * evaluation, and a measure before the evaluation that counts by it.
 */
export async function workedLinks(work: Reads, { kind, id }: Ref): Promise<ThreadLinks> {
  if (!isUuid(id)) return noLinks;
  switch (kind) {
    case 'intervention':
      return ofIntervention(work, id);
    case 'approach':
      return ofApproach(work, id);
    case 'evaluation':
      return ofEvaluation(work, id);
    case 'action':
      return {
        ...noLinks,
        before: (await approaches(work).where('u.action_id', '=', id).execute()).map(approachKnot),
        after: [
          ...(await doneBy(work, id)),
          ...(await evaluations(work).where('e.action_id', '=', id).execute()).map(evaluationKnot),
        ],
      };
    case 'grant':
      return {
        ...noLinks,
        after: (await interventions(work).where('i.grant_id', '=', id).execute()).map(interventionKnot),
      };
    case 'measure':
      return {
        ...noLinks,
        after: (await evaluations(work).where('e.measure_id', '=', id).execute()).map(evaluationKnot),
      };
    case 'service':
      return {
        ...noLinks,
        after: (await interventions(work).where('i.service_id', '=', id).execute()).map(interventionKnot),
      };
    default:
      return noLinks;
  }
}

const interventions = (work: Reads) =>
  work.selectFrom('strategy.intervention as i').select(['i.id', 'i.title', 'i.state']).orderBy('i.title').limit(most);
/** Approaches that something builds on. */
const approaches = (work: Reads) =>
  work
    .selectFrom('strategy.approach as p')
    .innerJoin('strategy.approach_use as u', 'u.approach_id', 'p.id')
    .select(['p.id', 'p.title', 'p.impact'])
    .orderBy('p.title')
    .limit(most);
const evaluations = (work: Reads) =>
  work
    .selectFrom('strategy.evaluation as e')
    .select(['e.id', 'e.title', 'e.state', 'e.result'])
    .orderBy('e.added_at')
    .orderBy('e.id')
    .limit(most);

const interventionKnot = (row: { readonly id: string; readonly title: string; readonly state: string }): Knot => ({
  ref: { kind: 'intervention', id: row.id },
  title: row.title,
  href: `/interventions/${row.id}`,
  state: interventionStateLabels[row.state as InterventionState],
});
const approachKnot = (row: { readonly id: string; readonly title: string; readonly impact: string }): Knot => ({
  ref: { kind: 'approach', id: row.id },
  title: row.title,
  href: `/what-works/${row.id}`,
  state: approachImpactLabels[row.impact as ApproachImpact],
});
const evaluationKnot = (row: {
  readonly id: string;
  readonly title: string;
  readonly state: string;
  readonly result: unknown;
}): Knot => ({
  ref: { kind: 'evaluation', id: row.id },
  title: row.title,
  href: `/evaluations/${row.id}`,
  state:
    row.result === null
      ? evaluationStateLabels[row.state as EvaluationState]
      : evaluationVerdictLabels[(row.result as { readonly verdict: EvaluationVerdict }).verdict],
});

const doneBy = async (work: Reads, action: string): Promise<readonly Knot[]> =>
  (
    await interventions(work)
      .innerJoin('strategy.intervention_action as t', 't.intervention_id', 'i.id')
      .where('t.action_id', '=', action)
      .execute()
  ).map(interventionKnot);

/** A record of this slice that an older table names. */
const named = (kind: 'grant' | 'measure' | 'action', id: string, title: string): Knot => ({
  ref: { kind, id },
  title,
  href: `/${kind}s/${id}`,
  state: null,
});

async function actionKnots(work: Reads, ids: readonly string[]): Promise<readonly Knot[]> {
  if (ids.length === 0) return [];
  const rows = await work
    .selectFrom('strategy.action')
    .select(['id', 'number', 'title'])
    .where('id', 'in', ids)
    .orderBy('number')
    .limit(most)
    .execute();
  return rows.map(({ id, number, title }) => named('action', id, `A${number} ${title}`));
}

async function ofIntervention(work: Reads, id: string): Promise<ThreadLinks> {
  const row = await interventions(work).where('i.id', '=', id).select('i.grant_id').executeTakeFirst();
  if (row === undefined) return noLinks;
  const serves = await work
    .selectFrom('strategy.intervention_action')
    .select('action_id')
    .where('intervention_id', '=', id)
    .execute();
  const money =
    row.grant_id === null
      ? []
      : await work.selectFrom('strategy.grant_fund').select(['id', 'name']).where('id', '=', row.grant_id).execute();
  return {
    knot: interventionKnot(row),
    before: [
      ...(await actionKnots(
        work,
        serves.map(({ action_id }) => action_id),
      )),
      ...money.map(({ id: grant, name }) => named('grant', grant, name)),
      ...(await approaches(work).where('u.intervention_id', '=', id).execute()).map(approachKnot),
    ],
    after: (await evaluations(work).where('e.intervention_id', '=', id).execute()).map(evaluationKnot),
  };
}

async function ofApproach(work: Reads, id: string): Promise<ThreadLinks> {
  const row = await work
    .selectFrom('strategy.approach')
    .select(['id', 'title', 'impact'])
    .where('id', '=', id)
    .executeTakeFirst();
  if (row === undefined) return noLinks;
  const uses = await work
    .selectFrom('strategy.approach_use')
    .select(['action_id', 'intervention_id'])
    .where('approach_id', '=', id)
    .execute();
  const onIts = uses.flatMap(({ intervention_id }) => intervention_id ?? []);
  return {
    knot: approachKnot(row),
    before: [],
    after: [
      ...(await actionKnots(
        work,
        uses.flatMap(({ action_id }) => action_id ?? []),
      )),
      ...(onIts.length === 0
        ? []
        : (await interventions(work).where('i.id', 'in', onIts).execute()).map(interventionKnot)),
    ],
  };
}

async function ofEvaluation(work: Reads, id: string): Promise<ThreadLinks> {
  const row = await evaluations(work)
    .where('e.id', '=', id)
    .select(['e.action_id', 'e.intervention_id', 'e.measure_id'])
    .executeTakeFirst();
  if (row === undefined) return noLinks;
  const measure =
    row.measure_id === null
      ? []
      : await work.selectFrom('strategy.measure').select(['id', 'question']).where('id', '=', row.measure_id).execute();
  return {
    knot: evaluationKnot(row),
    before: [
      ...(await actionKnots(work, row.action_id === null ? [] : [row.action_id])),
      ...(row.intervention_id === null
        ? []
        : (await interventions(work).where('i.id', '=', row.intervention_id).execute()).map(interventionKnot)),
      ...measure.map(({ id: each, question }) => named('measure', each, question)),
    ],
    after: [],
  };
}
