import { sql } from 'kysely';
import type { IsoDate } from '../duty/index.ts';
import type { ReadWork, Work } from '../platform/database/work.ts';
import { mostDimensions, suggestedDimensions, type Dimension, type DimensionStanding } from './readiness.ts';

type Reads = ReadWork<'strategy' | 'partnership'>;
type Writes = Work<'strategy' | 'partnership'>;

export interface Round {
  readonly id: string;
  readonly number: number;
  readonly openedOn: IsoDate;
  readonly closedOn: IsoDate | null;
}

/** The newest first. */
export async function listRounds(work: Reads): Promise<readonly Round[]> {
  return work
    .selectFrom('strategy.readiness_round')
    .select(['id', 'number', 'opened_on as openedOn', 'closed_on as closedOn'])
    .orderBy('number', 'desc')
    .limit(100)
    .execute();
}

export async function listDimensions(work: Reads): Promise<readonly Dimension[]> {
  const rows = await work
    .selectFrom('strategy.readiness_dimension')
    .select(['id', 'title', 'levels'])
    .where('ended_on', 'is', null)
    .orderBy('place')
    .orderBy('id')
    .execute();
  return rows.map((row) => ({ ...row, levels: row.levels as unknown as readonly string[] }));
}

/** @throws where the bound partnership has none of that id */
export async function getDimension(work: Reads, id: string): Promise<Dimension> {
  const row = await work
    .selectFrom('strategy.readiness_dimension')
    .select(['id', 'title', 'levels'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  return { ...row, levels: row.levels as unknown as readonly string[] };
}

/** Whether there was room for another. */
export async function addDimension(
  work: Writes,
  { id, title, levels }: Omit<Dimension, 'id'> & { readonly id?: string },
): Promise<boolean> {
  await hold(work);
  const { count, last } = await work
    .selectFrom('strategy.readiness_dimension')
    .select([
      sql<number>`(count(*) filter (where ended_on is null))::int`.as('count'),
      sql<number>`coalesce(max(place), 0)`.as('last'),
    ])
    .executeTakeFirstOrThrow();
  if (count >= mostDimensions) return false;
  await work
    .insertInto('strategy.readiness_dimension')
    .values({ ...(id !== undefined && { id }), place: last + 1, title, levels: JSON.stringify(levels) })
    .execute();
  return true;
}

const hold = (work: Writes) =>
  sql`select pg_advisory_xact_lock(7291, hashtext(partnership.bound()::text))`.execute(work);

/** Other words for a dimension. Its levels stay as many as they are where they were scored already. */
export async function changeDimension(
  work: Writes,
  id: string,
  { title, levels }: Omit<Dimension, 'id'>,
): Promise<void> {
  await work
    .updateTable('strategy.readiness_dimension')
    .set({ title, levels: JSON.stringify(levels) })
    .where('id', '=', id)
    .execute();
}

/** Opens a round, with the suggested dimensions where there are none. Undefined where one is open already. */
export async function openRound(
  work: Writes,
  on: IsoDate,
  { id }: { readonly id?: string } = {},
): Promise<string | undefined> {
  await hold(work);
  const found = await work.selectFrom('strategy.readiness_dimension').select('id').limit(1).executeTakeFirst();
  if (found === undefined) for (const dimension of suggestedDimensions) await addDimension(work, dimension);
  const row = await work
    .insertInto('strategy.readiness_round')
    .values({
      ...(id !== undefined && { id }),
      number: sql<number>`(select coalesce(max(number), 0) + 1 from strategy.readiness_round)`,
      opened_on: on,
    })
    .onConflict((there) => there.doNothing())
    .returning('id')
    .executeTakeFirst();
  return row?.id;
}

/** Whether one was open. */
export async function closeRound(work: Writes, on: IsoDate): Promise<boolean> {
  const row = await work
    .updateTable('strategy.readiness_round')
    .set({ closed_on: on })
    .where('closed_on', 'is', null)
    .returning('id')
    .executeTakeFirst();
  return row !== undefined;
}

/** Every dimension as it stands in a round, beside what was agreed in the one before. */
export async function standingIn(work: Reads, round: Round): Promise<readonly DimensionStanding[]> {
  const rows = await work
    .selectFrom('strategy.readiness_dimension as d')
    .leftJoin('strategy.readiness_agreed as g', (join) =>
      join.onRef('g.dimension_id', '=', 'd.id').on('g.round_id', '=', round.id),
    )
    .leftJoin('strategy.action as a', 'a.id', 'g.action_id')
    .select(['d.id', 'd.title', 'd.levels', 'g.level', 'g.target', 'g.note', 'g.action_id', 'a.title as action_title'])
    .select(
      sql<
        DimensionStanding['scores']
      >`(select coalesce(jsonb_agg(jsonb_build_object('organisationId', s.organisation_id,
          'organisation', o.name, 'level', s.level, 'evidence', s.evidence) order by o.name), '[]')
        from strategy.readiness_score s join partnership.shared_organisation o on o.id = s.organisation_id
        where s.dimension_id = d.id and s.round_id = ${round.id})`.as('scores'),
    )
    .select(
      sql<
        number | null
      >`(select b.level from strategy.readiness_agreed b join strategy.readiness_round r on r.id = b.round_id
        where b.dimension_id = d.id and r.number < ${round.number} order by r.number desc limit 1)`.as('before'),
    )
    .where((is) => is.or([is('d.ended_on', 'is', null), is('g.level', 'is not', null)]))
    .orderBy('d.place')
    .orderBy('d.id')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    title: row.title,
    levels: row.levels as unknown as readonly string[],
    scores: row.scores,
    agreed:
      row.level === null
        ? null
        : {
            level: row.level,
            target: row.target ?? row.level,
            note: row.note ?? '',
            actionId: row.action_id,
            actionTitle: row.action_title,
          },
    before: row.before,
  }));
}

/** Organisations for which somebody speaks on a day. */
export const spokenFor = (
  work: ReadWork<'partnership'>,
  account: string,
  day: IsoDate,
): Promise<readonly { readonly id: string; readonly name: string }[]> =>
  work
    .selectFrom('partnership.shared_speaker as s')
    .innerJoin('partnership.shared_organisation as o', 'o.id', 's.organisation_id')
    .select(['o.id', 'o.name'])
    .distinct()
    .where('s.account_id', '=', account)
    .where(sql<boolean>`partnership.runs_on(s.since, s.until, ${day}::date)`)
    .orderBy('o.name')
    .execute();

export async function keepScores(
  work: Writes,
  { round, organisation, on }: { readonly round: string; readonly organisation: string; readonly on: IsoDate },
  scores: readonly { readonly dimension: string; readonly level: number; readonly evidence: string | null }[],
): Promise<void> {
  for (const { dimension, level, evidence } of scores)
    await work
      .insertInto('strategy.readiness_score')
      .values({
        round_id: round,
        dimension_id: dimension,
        organisation_id: organisation,
        level,
        evidence,
        scored_on: on,
      })
      .onConflict((there) =>
        there
          .columns(['partnership_id', 'round_id', 'dimension_id', 'organisation_id'])
          .doUpdateSet({ level, evidence, scored_on: on }),
      )
      .execute();
}

export async function keepAgreed(
  work: Writes,
  { round, dimension, on }: { readonly round: string; readonly dimension: string; readonly on: IsoDate },
  {
    level,
    target,
    note,
    actionId,
  }: { readonly level: number; readonly target: number; readonly note: string; readonly actionId: string | null },
): Promise<void> {
  const kept = { level, target, note, action_id: actionId, agreed_on: on };
  await work
    .insertInto('strategy.readiness_agreed')
    .values({ round_id: round, dimension_id: dimension, ...kept })
    .onConflict((there) => there.columns(['partnership_id', 'round_id', 'dimension_id']).doUpdateSet(kept))
    .execute();
}
