import { sql, type SqlBool } from 'kysely';
import type { IsoDate, Pence } from '../duty/index.ts';
import { reading, type ReadWork, type Work } from '../platform/database/work.ts';
import {
  hiddenOf,
  type Hidden,
  type How,
  type InterventionState,
  type Quarter,
  type QuarterKept,
  type QuarterWanted,
} from './intervention.ts';

type Reads = ReadWork<'strategy' | 'partnership' | 'directory'>;
type Writes = Work<'strategy' | 'partnership' | 'directory'>;

export interface InterventionWanted {
  readonly title: string;
  readonly about: string | null;
  readonly forWhom: string;
  readonly how: How;
  readonly state: InterventionState;
  readonly providerId: string | null;
  readonly serviceId: string | null;
  readonly grantId: string | null;
  readonly starts: IsoDate | null;
  readonly ends: IsoDate | null;
  readonly costPence: Pence | null;
  readonly outcome: string;
  readonly actionIds: readonly string[];
}

export interface Intervention extends InterventionWanted {
  readonly id: string;
  readonly providerName: string | null;
  readonly serviceName: string | null;
  readonly grantName: string | null;
  readonly quarters: readonly QuarterKept[];
}

const interventions = (work: Reads) =>
  work
    .selectFrom('strategy.intervention as i')
    .leftJoin('partnership.shared_organisation as o', 'o.id', 'i.provider_id')
    .leftJoin('directory.shared_service as s', 's.id', 'i.service_id')
    .leftJoin('strategy.grant_fund as g', 'g.id', 'i.grant_id')
    .selectAll('i')
    .select(['o.name as provider_name', 's.name as service_name', 'g.name as grant_name'])
    .select([
      sql<string[]>`array(select t.action_id from strategy.intervention_action t
        where t.intervention_id = i.id order by t.action_id)`.as('action_ids'),
      sql<QuarterKept[]>`(select coalesce(jsonb_agg(jsonb_build_object('quarter', q.quarter, 'referred', q.referred,
          'started', q.started, 'completed', q.completed, 'outcome', q.outcome, 'spentPence', q.spent_pence,
          'words', q.words, 'hidden', q.hidden) order by q.quarter), '[]')
        from strategy.intervention_quarter q where q.intervention_id = i.id)`.as('quarters'),
    ]);
type Row = Awaited<ReturnType<ReturnType<typeof interventions>['execute']>>[number];

const interventionOf = (row: Row): Intervention => ({
  id: row.id,
  title: row.title,
  about: row.about,
  forWhom: row.for_whom,
  how: row.how as How,
  state: row.state as InterventionState,
  providerId: row.provider_id,
  serviceId: row.service_id,
  grantId: row.grant_id,
  starts: row.starts,
  ends: row.ends,
  costPence: row.cost_pence,
  outcome: row.outcome,
  actionIds: row.action_ids,
  providerName: row.provider_name,
  serviceName: row.service_name,
  grantName: row.grant_name,
  quarters: row.quarters,
});

/** Those that run first; a partnership has some dozens. */
export async function listInterventions(work: Reads): Promise<readonly Intervention[]> {
  const rows = await interventions(work)
    .orderBy(sql`array_position(array['running', 'planned', 'ended'], i.state)`)
    .orderBy(sql`lower(i.title)`)
    .limit(500)
    .execute();
  return rows.map(interventionOf);
}

/** @throws where the bound partnership has none of that id */
export async function getIntervention(work: Reads, id: string): Promise<Intervention> {
  return interventionOf(await interventions(work).where('i.id', '=', id).executeTakeFirstOrThrow());
}

/** Holds it until the unit of work ends: what is hidden is decided against what is there. */
export async function holdIntervention(work: Writes, id: string): Promise<void> {
  await work.selectFrom('strategy.intervention').select('id').where('id', '=', id).forUpdate().execute();
}

export async function isTitleTaken(work: Reads, title: string, but?: string): Promise<boolean> {
  const row = await work
    .selectFrom('strategy.intervention')
    .select('id')
    .where(sql<SqlBool>`lower(title) = lower(${title})`)
    .executeTakeFirst();
  return row !== undefined && row.id !== but;
}

const columnsOf = (wanted: InterventionWanted) => ({
  title: wanted.title,
  about: wanted.about,
  for_whom: wanted.forWhom,
  how: wanted.how,
  state: wanted.state,
  provider_id: wanted.providerId,
  service_id: wanted.serviceId,
  grant_id: wanted.grantId,
  starts: wanted.starts,
  ends: wanted.ends,
  cost_pence: wanted.costPence,
  outcome: wanted.outcome,
});

export async function addIntervention(
  work: Writes,
  wanted: InterventionWanted & { readonly id?: string },
): Promise<string> {
  const { id } = await work
    .insertInto('strategy.intervention')
    .values({ ...(wanted.id !== undefined && { id: wanted.id }), ...columnsOf(wanted) })
    .returning('id')
    .executeTakeFirstOrThrow();
  await keepActions(work, id, [], wanted.actionIds);
  return id;
}

export async function changeIntervention(
  work: Writes,
  before: Intervention,
  wanted: InterventionWanted,
): Promise<void> {
  await work.updateTable('strategy.intervention').set(columnsOf(wanted)).where('id', '=', before.id).execute();
  await keepActions(work, before.id, before.actionIds, wanted.actionIds);
}

async function keepActions(
  work: Writes,
  id: string,
  before: readonly string[],
  wanted: readonly string[],
): Promise<void> {
  for (const action of before.filter((each) => !wanted.includes(each)))
    await work
      .deleteFrom('strategy.intervention_action')
      .where('intervention_id', '=', id)
      .where('action_id', '=', action)
      .execute();
  for (const action of wanted.filter((each) => !before.includes(each)))
    await work.insertInto('strategy.intervention_action').values({ intervention_id: id, action_id: action }).execute();
}

/**
 * Keeps quarters, new or put right, and decides what of them, and of those after them, may be shown below the restricted
 * audience: once for all of them.
 * @param wanted each quarter once
 * @param hideTo the greatest count that is small there
 */
export async function keepQuarters(
  work: Writes,
  id: string,
  wanted: readonly QuarterWanted[],
  { hideTo, today }: { readonly hideTo: number; readonly today: IsoDate },
): Promise<void> {
  const { quarters } = await getIntervention(reading(work), id);
  const isWanted = new Set(wanted.map(({ quarter }) => quarter));
  const all = [...quarters.filter(({ quarter }) => !isWanted.has(quarter)), ...wanted].sort((a, b) =>
    a.quarter.localeCompare(b.quarter),
  );
  const decided = hiddenOf(all, hideTo, quarters);
  for (const each of wanted) {
    const values = {
      referred: each.referred,
      started: each.started,
      completed: each.completed,
      outcome: each.outcome,
      spent_pence: each.spentPence,
      words: each.words,
      hidden: hiddenIn(decided, each.quarter),
    };
    await work
      .insertInto('strategy.intervention_quarter')
      .values({ intervention_id: id, quarter: each.quarter, recorded_on: today, ...values })
      .onConflict((there) => there.columns(['partnership_id', 'intervention_id', 'quarter']).doUpdateSet(values))
      .execute();
  }
  const first = [...isWanted].sort()[0] ?? '';
  for (const { quarter } of all.filter((each) => each.quarter > first && !isWanted.has(each.quarter)))
    await work
      .updateTable('strategy.intervention_quarter')
      .set({ hidden: hiddenIn(decided, quarter) })
      .where('intervention_id', '=', id)
      .where('quarter', '=', quarter)
      .execute();
}

/** Keeps one quarter, new or put right. */
export const keepQuarter = (
  work: Writes,
  id: string,
  wanted: QuarterWanted,
  how: { readonly hideTo: number; readonly today: IsoDate },
): Promise<void> => keepQuarters(work, id, [wanted], how);

const hiddenIn = (decided: ReadonlyMap<Quarter, readonly Hidden[]>, quarter: Quarter): string[] => [
  ...(decided.get(quarter) ?? []),
];

/** Services of the directory that an intervention can be delivered by. */
export async function directoryChoices(
  work: Reads,
): Promise<readonly { readonly id: string; readonly name: string }[]> {
  return work
    .selectFrom('directory.shared_service')
    .select(['id', 'name'])
    .where('state', '=', 'live')
    .orderBy('name')
    .limit(5_000)
    .$narrowType<{ id: string; name: string }>()
    .execute();
}

/** Those that an action is done by. */
export async function interventionsOfAction(
  work: ReadWork<'strategy'>,
  action: string,
): Promise<readonly { readonly id: string; readonly title: string }[]> {
  return work
    .selectFrom('strategy.intervention as i')
    .innerJoin('strategy.intervention_action as t', 't.intervention_id', 'i.id')
    .select(['i.id', 'i.title'])
    .where('t.action_id', '=', action)
    .orderBy('i.title')
    .execute();
}
