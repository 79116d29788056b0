import { sql, type SqlBool } from 'kysely';
import type { IsoDate, PartialDate } from '../duty/index.ts';
import type { ReadWork, Work } from '../platform/database/work.ts';
import {
  freshSince,
  type Action,
  type ActionWanted,
  type Closing,
  type Funding,
  type OpenStatus,
  type Origin,
  type Status,
  type Theme,
  type Tier,
} from './action.ts';

type Reads = ReadWork<'strategy' | 'partnership'>;
type Writes = Work<'strategy' | 'partnership'>;

const keep = (date: PartialDate | null): string | null => (date === null ? null : JSON.stringify(date));
const idsIn = (table: string, column: string) => sql<string[]>`array(select t.${sql.ref(column)}
  from ${sql.table(`strategy.${table}`)} t where t.action_id = a.id order by t.${sql.ref(column)})`;

const actions = (work: Reads) =>
  work
    .selectFrom('strategy.action as a')
    .leftJoin('partnership.shared_organisation as o', 'o.id', 'a.lead_id')
    .selectAll('a')
    .select([
      'o.name as lead_name',
      idsIn('action_aim', 'aim_id').as('aim_ids'),
      idsIn('action_partner', 'organisation_id').as('partner_ids'),
      idsIn('action_need', 'needs_id').as('needs_ids'),
    ]);
type Row = Awaited<ReturnType<ReturnType<typeof actions>['execute']>>[number];

const actionOf = (row: Row): Action => ({
  id: row.id,
  number: row.number,
  title: row.title,
  about: row.about,
  leadId: row.lead_id,
  leadName: row.lead_name,
  owner: row.owner,
  ownerEmail: row.owner_email,
  starts: row.starts as unknown as PartialDate | null,
  due: row.due as unknown as PartialDate | null,
  origin: row.origin as Origin,
  funding: row.funding as Funding,
  costPence: row.cost_pence,
  status: row.status as Status,
  reason: row.reason,
  theme: row.theme as Theme,
  tiers: row.tiers as Tier[],
  isNamed: row.is_named,
  needsDecision: row.needs_decision,
  evidence: row.evidence,
  indicatorId: row.indicator_id,
  effect: row.effect,
  effectBy: row.effect_by as unknown as PartialDate | null,
  aimIds: row.aim_ids,
  partnerIds: row.partner_ids,
  needsIds: row.needs_ids,
  closedOn: row.closed_on,
  result: row.result,
  learned: row.learned,
  updatedOn: row.updated_on,
});

export interface ActionFilter {
  readonly words?: string | undefined;
  readonly state: 'open' | 'late' | 'stale' | 'orphans' | 'closed' | 'all' | Status;
  readonly aim?: string | undefined;
  readonly second?: string | undefined;
  readonly theme?: Theme | undefined;
  readonly lead?: string | undefined;
}

const orphan = sql<SqlBool>`not exists (select from strategy.action_aim t join strategy.aim m on m.id = t.aim_id
  where t.action_id = a.id and m.axis = 'aim')`;

function stateIs(state: ActionFilter['state'], today: IsoDate) {
  if (state === 'all') return sql<SqlBool>`true`;
  if (state === 'open') return sql<SqlBool>`a.closed_on is null`;
  if (state === 'closed') return sql<SqlBool>`a.closed_on is not null`;
  if (state === 'late') return sql<SqlBool>`a.closed_on is null and a.due_latest < ${today}::date`;
  if (state === 'stale')
    return sql<SqlBool>`a.closed_on is null and (a.updated_on is null or a.updated_on < ${freshSince(today)}::date)`;
  if (state === 'orphans') return sql<SqlBool>`a.closed_on is null and ${orphan}`;
  return sql<SqlBool>`a.status = ${state}`;
}

export const actionOrders = ['number', 'title', 'due', 'status', 'updated'] as const;
export interface ActionOrder {
  readonly by: (typeof actionOrders)[number];
  readonly descending: boolean;
}

/** One page of the plan, and how many actions there are on all of them. */
export async function listActions(
  work: Reads,
  today: IsoDate,
  filter: ActionFilter,
  order: ActionOrder,
  page: { readonly limit: number; readonly offset: number },
): Promise<{ readonly actions: readonly Action[]; readonly count: number }> {
  let query = actions(work)
    .select(sql<number>`(count(*) over ())::int`.as('count'))
    .where(stateIs(filter.state, today));
  if (filter.words !== undefined) {
    const like = `%${filter.words.toLowerCase().replaceAll(/[\\%_]/g, '\\$&')}%`;
    query = query.where(
      sql<SqlBool>`(lower(a.title) like ${like} or lower(coalesce(a.owner, '')) like ${like} or lower(coalesce(o.name, '')) like ${like})`,
    );
  }
  for (const aim of [filter.aim, filter.second])
    if (aim !== undefined)
      query = query.where(
        sql<SqlBool>`exists (select from strategy.action_aim t where t.action_id = a.id and t.aim_id = ${aim}::uuid)`,
      );
  if (filter.theme !== undefined) query = query.where('a.theme', '=', filter.theme);
  if (filter.lead !== undefined) query = query.where('a.lead_id', '=', filter.lead);
  const direction = order.descending ? 'desc' : 'asc';
  const columns = {
    number: sql`a.number`,
    title: sql`lower(a.title)`,
    due: sql`a.due_latest`,
    status: sql`a.status`,
    updated: sql`a.updated_on`,
  };
  const rows = await query
    .orderBy(columns[order.by], (by) => by[direction]().nullsLast())
    .orderBy('a.number')
    .limit(page.limit)
    .offset(page.offset)
    .execute();
  return { actions: rows.map(actionOf), count: rows[0]?.count ?? 0 };
}

/** @throws where the bound partnership has none of that id */
export async function getAction(work: Reads, id: string): Promise<Action> {
  return actionOf(await actions(work).where('a.id', '=', id).executeTakeFirstOrThrow());
}

/** Every open action with its aims, for the check before publishing and for the public plan. */
export async function openActions(work: Reads): Promise<readonly Action[]> {
  return (await actions(work).where('a.closed_on', 'is', null).orderBy('a.number').execute()).map(actionOf);
}

/** Holds an action until the unit of work ends. @throws where there is none of that id */
export async function holdAction(work: Writes, id: string): Promise<void> {
  await work.selectFrom('strategy.action').select('id').where('id', '=', id).forUpdate().executeTakeFirstOrThrow();
}

/** Whoever adds actions waits for whoever does, so that numbers are given once. */
export async function holdPlan(work: Writes): Promise<void> {
  await sql`select pg_advisory_xact_lock(7284, hashtext(partnership.bound()::text))`.execute(work);
}

export async function nextNumber(work: Writes): Promise<number> {
  const { last } = await work
    .selectFrom('strategy.action')
    .select((is) => is.fn.coalesce(is.fn.max('number'), sql<number>`0`).as('last'))
    .executeTakeFirstOrThrow();
  return last + 1;
}

export async function addAction(
  work: Writes,
  wanted: ActionWanted & { readonly id?: string; readonly number?: number; readonly updatedOn?: IsoDate | null },
): Promise<string> {
  await holdPlan(work);
  const { id } = await work
    .insertInto('strategy.action')
    .values({
      ...(wanted.id !== undefined && { id: wanted.id }),
      number: wanted.number ?? (await nextNumber(work)),
      ...columnsOf(wanted),
      updated_on: wanted.updatedOn ?? null,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await keepLinks(work, id, wanted);
  return id;
}

export async function changeAction(work: Writes, id: string, wanted: ActionWanted): Promise<void> {
  await work.updateTable('strategy.action').set(columnsOf(wanted)).where('id', '=', id).execute();
  await keepLinks(work, id, wanted);
}

const columnsOf = (wanted: ActionWanted) => ({
  title: wanted.title,
  about: wanted.about,
  lead_id: wanted.leadId,
  owner: wanted.owner,
  owner_email: wanted.ownerEmail,
  starts: keep(wanted.starts),
  due: keep(wanted.due),
  due_latest: wanted.due?.latest ?? null,
  origin: wanted.origin,
  funding: wanted.funding,
  cost_pence: wanted.costPence,
  status: wanted.status,
  reason: wanted.reason,
  theme: wanted.theme,
  tiers: [...wanted.tiers],
  is_named: wanted.isNamed,
  needs_decision: wanted.needsDecision,
  evidence: wanted.evidence,
  indicator_id: wanted.indicatorId,
  effect: wanted.effect,
  effect_by: keep(wanted.effectBy),
});

/** Links that stay keep their ids, so that the history shows only what changed. */
async function keepLinks(work: Writes, id: string, wanted: ActionWanted): Promise<void> {
  await work
    .deleteFrom('strategy.action_aim')
    .where('action_id', '=', id)
    .$if(wanted.aimIds.length > 0, (query) => query.where('aim_id', 'not in', wanted.aimIds))
    .execute();
  for (const aim_id of wanted.aimIds)
    await work
      .insertInto('strategy.action_aim')
      .values({ action_id: id, aim_id })
      .onConflict((there) => there.doNothing())
      .execute();
  await work
    .deleteFrom('strategy.action_partner')
    .where('action_id', '=', id)
    .$if(wanted.partnerIds.length > 0, (query) => query.where('organisation_id', 'not in', wanted.partnerIds))
    .execute();
  for (const organisation_id of wanted.partnerIds)
    await work
      .insertInto('strategy.action_partner')
      .values({ action_id: id, organisation_id })
      .onConflict((there) => there.doNothing())
      .execute();
  await work
    .deleteFrom('strategy.action_need')
    .where('action_id', '=', id)
    .$if(wanted.needsIds.length > 0, (query) => query.where('needs_id', 'not in', wanted.needsIds))
    .execute();
  for (const needs_id of wanted.needsIds)
    await work
      .insertInto('strategy.action_need')
      .values({ action_id: id, needs_id })
      .onConflict((there) => there.doNothing())
      .execute();
}

/** What each action needs, by id: to see a circle before it is made. */
export async function needsByAction(work: Reads): Promise<ReadonlyMap<string, readonly string[]>> {
  const rows = await work
    .selectFrom('strategy.action_need')
    .select(['action_id', sql<string[]>`array_agg(needs_id)`.as('needs')])
    .groupBy('action_id')
    .execute();
  return new Map(rows.map(({ action_id, needs }) => [action_id, needs]));
}

export async function closeAction(
  work: Writes,
  id: string,
  closing: { readonly status: Closing; readonly on: IsoDate; readonly result: string; readonly learned: string },
): Promise<void> {
  await work
    .updateTable('strategy.action')
    .set({
      status: closing.status,
      closed_on: closing.on,
      result: closing.result,
      learned: closing.learned,
      updated_on: closing.on,
      needs_decision: null,
    })
    .where('id', '=', id)
    .execute();
}

export interface Update {
  readonly id: string;
  readonly on: IsoDate;
  readonly status: OpenStatus;
  readonly words: string;
  readonly by: string;
}

/** What an owner says: kept for ever, and the action stands as it says. */
export async function addUpdate(work: Writes, actionId: string, update: Omit<Update, 'id'>): Promise<void> {
  await work
    .insertInto('strategy.action_update')
    .values({ action_id: actionId, on_day: update.on, status: update.status, words: update.words, by: update.by })
    .execute();
  await work
    .updateTable('strategy.action')
    .set({ status: update.status, reason: update.words, updated_on: update.on })
    .where('id', '=', actionId)
    .execute();
}

/** What it needs decided; null: nothing. */
export async function changeDecision(work: Writes, actionId: string, needsDecision: string | null): Promise<void> {
  await work.updateTable('strategy.action').set({ needs_decision: needsDecision }).where('id', '=', actionId).execute();
}

/** The newest updates of an action. */
export async function updatesOf(work: Reads, actionId: string, limit = 30): Promise<readonly Update[]> {
  const rows = await work
    .selectFrom('strategy.action_update')
    .select(['id', 'on_day as on', 'status', 'words', 'by'])
    .where('action_id', '=', actionId)
    .orderBy('added_at', 'desc')
    .orderBy('id')
    .limit(limit)
    .execute();
  return rows.map((row) => ({ ...row, status: row.status as OpenStatus }));
}

export interface Milestone {
  readonly id: string;
  readonly title: string;
  readonly due: PartialDate | null;
  readonly doneOn: IsoDate | null;
}

export async function milestonesOf(work: Reads, actionId: string): Promise<readonly Milestone[]> {
  const rows = await work
    .selectFrom('strategy.milestone')
    .select(['id', 'title', 'due', 'done_on as doneOn'])
    .where('action_id', '=', actionId)
    .orderBy('due_latest', (by) => by.asc().nullsLast())
    .orderBy('id')
    .execute();
  return rows.map((row) => ({ ...row, due: row.due as unknown as PartialDate | null }));
}

export async function addMilestone(
  work: Writes,
  actionId: string,
  { id, title, due }: { readonly id?: string; readonly title: string; readonly due: PartialDate | null },
): Promise<void> {
  await work
    .insertInto('strategy.milestone')
    .values({
      ...(id !== undefined && { id }),
      action_id: actionId,
      title,
      due: keep(due),
      due_latest: due?.latest ?? null,
    })
    .execute();
}

/** Whether there was such a milestone of the action that was still open. */
export async function reachMilestone(work: Writes, actionId: string, id: string, on: IsoDate): Promise<boolean> {
  const row = await work
    .updateTable('strategy.milestone')
    .set({ done_on: on })
    .where('id', '=', id)
    .where('action_id', '=', actionId)
    .where('done_on', 'is', null)
    .returning('id')
    .executeTakeFirst();
  return row !== undefined;
}

/** How many actions there are of each kind that the board asks about. */
export interface BoardCounts {
  readonly open: number;
  readonly late: number;
  readonly atRisk: number;
  readonly stale: number;
  readonly unfunded: number;
  readonly orphans: number;
  readonly done: number;
}

export async function boardCounts(work: Reads, today: IsoDate, since: IsoDate): Promise<BoardCounts> {
  const count = (condition: ReturnType<typeof stateIs>) => sql<number>`(count(*) filter (where ${condition}))::int`;
  return work
    .selectFrom('strategy.action as a')
    .select([
      count(stateIs('open', today)).as('open'),
      count(stateIs('late', today)).as('late'),
      count(sql<SqlBool>`a.status in ('at-risk', 'blocked')`).as('atRisk'),
      count(stateIs('stale', today)).as('stale'),
      count(sql<SqlBool>`a.closed_on is null and a.funding = 'unfunded'`).as('unfunded'),
      count(stateIs('orphans', today)).as('orphans'),
      count(sql<SqlBool>`a.closed_on >= ${since}::date`).as('done'),
    ])
    .executeTakeFirstOrThrow();
}

/** The lists of the board, each cut at `most`: counts say how many there are. */
export async function boardLists(
  work: Reads,
  today: IsoDate,
  since: IsoDate,
  most: number,
): Promise<Readonly<Record<'late' | 'atRisk' | 'done' | 'decisions', readonly Action[]>>> {
  const of = async (condition: ReturnType<typeof stateIs>, order: 'due' | 'closed') =>
    (
      await actions(work)
        .where(condition)
        .orderBy(order === 'due' ? sql`a.due_latest` : sql`a.closed_on`, (by) =>
          order === 'due' ? by.asc().nullsLast() : by.desc(),
        )
        .orderBy('a.number')
        .limit(most)
        .execute()
    ).map(actionOf);
  return {
    late: await of(stateIs('late', today), 'due'),
    atRisk: await of(sql<SqlBool>`a.status in ('at-risk', 'blocked')`, 'due'),
    done: await of(sql<SqlBool>`a.closed_on >= ${since}::date`, 'closed'),
    decisions: await of(sql<SqlBool>`a.closed_on is null and a.needs_decision is not null`, 'due'),
  };
}

/** Organisations to choose a lead or a partner from. */
export const organisationChoices = (work: Reads): Promise<readonly { readonly id: string; readonly name: string }[]> =>
  work
    .selectFrom('partnership.shared_organisation')
    .select(['id', 'name'])
    .orderBy(sql`lower(name)`)
    .orderBy('id')
    .execute();

/** Indicators on which an action should show. */
export const indicatorChoices = (
  work: ReadWork<'evidence'>,
): Promise<readonly { readonly id: string; readonly name: string }[]> =>
  work
    .selectFrom('evidence.shared_indicator')
    .select(['id', 'name'])
    .where('ended_on', 'is', null)
    .orderBy(sql`lower(name)`)
    .orderBy('id')
    .execute();

/** Other actions to choose what one needs from. */
export const actionChoices = (
  work: Reads,
): Promise<readonly { readonly id: string; readonly number: number; readonly title: string }[]> =>
  work
    .selectFrom('strategy.action')
    .select(['id', 'number', 'title'])
    .where('closed_on', 'is', null)
    .orderBy('number')
    .limit(3_000)
    .execute();

/** Puts the plan out, in the unit of work that was asked to. @param shown see `PlanShown` */
export async function publishPlan(work: Writes, day: IsoDate, shown: unknown): Promise<void> {
  await sql`select strategy.publish_plan(${day}::date, ${JSON.stringify(shown)}::jsonb)`.execute(work);
}
