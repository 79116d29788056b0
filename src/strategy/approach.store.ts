import { sql, type SqlBool } from 'kysely';
import type { IsoDate } from '../duty/index.ts';
import type { ReadWork, Work } from '../platform/database/work.ts';
import type { Tier } from './action.ts';
import type { ApproachImpact, ApproachKind, ApproachOrigin, ApproachWanted } from './approach.ts';
import { defaultApproaches } from './approach-defaults.ts';

type Reads = ReadWork<'strategy'>;
type Writes = Work<'strategy'>;

export interface Approach extends ApproachWanted {
  readonly id: string;
  readonly origin: ApproachOrigin;
  readonly term: string | null;
  readonly endedOn: IsoDate | null;
}

type Row = Awaited<ReturnType<ReturnType<typeof approaches>['execute']>>[number];
const approaches = (work: Reads) => work.selectFrom('strategy.approach as a').selectAll('a');

const approachOf = (row: Row): Approach => ({
  id: row.id,
  kind: row.kind as ApproachKind,
  title: row.title,
  about: row.about,
  toldBy: row.told_by,
  impact: row.impact as ApproachImpact,
  security: row.security,
  cost: row.cost,
  tiers: row.tiers as Tier[],
  source: row.source,
  sourceAddress: row.source_address,
  checkedOn: row.checked_on,
  isShared: row.is_shared,
  origin: row.origin as ApproachOrigin,
  term: row.term,
  endedOn: row.ended_on,
});

export interface ApproachFilter {
  readonly words?: string | undefined;
  readonly impact?: ApproachImpact | undefined;
  readonly kind?: ApproachKind | undefined;
}

const mostListed = 1_000;

/** Those that are in use, by title. */
export async function listApproaches(work: Reads, filter: ApproachFilter = {}): Promise<readonly Approach[]> {
  let query = approaches(work).where('a.ended_on', 'is', null);
  if (filter.words !== undefined) {
    const like = `%${filter.words.toLowerCase().replaceAll(/[\\%_]/g, '\\$&')}%`;
    query = query.where(
      sql<SqlBool>`(lower(a.title) like ${like} or lower(coalesce(a.about, '')) like ${like} or lower(a.source) like ${like})`,
    );
  }
  if (filter.impact !== undefined) query = query.where('a.impact', '=', filter.impact);
  if (filter.kind !== undefined) query = query.where('a.kind', '=', filter.kind);
  const rows = await query
    .orderBy(sql`lower(a.title)`)
    .limit(mostListed)
    .execute();
  return rows.map(approachOf);
}

/** @throws where the bound partnership has none of that id */
export async function getApproach(work: Reads, id: string): Promise<Approach> {
  return approachOf(await approaches(work).where('a.id', '=', id).executeTakeFirstOrThrow());
}

export async function isApproachTaken(work: Reads, title: string, but?: string): Promise<boolean> {
  const row = await work
    .selectFrom('strategy.approach')
    .select('id')
    .where(sql<SqlBool>`lower(title) = lower(${title})`)
    .where('ended_on', 'is', null)
    .executeTakeFirst();
  return row !== undefined && row.id !== but;
}

const columnsOf = (wanted: ApproachWanted) => ({
  kind: wanted.kind,
  title: wanted.title,
  about: wanted.about,
  told_by: wanted.toldBy,
  impact: wanted.impact,
  security: wanted.security,
  cost: wanted.cost,
  tiers: [...wanted.tiers],
  source: wanted.source,
  source_address: wanted.sourceAddress,
  checked_on: wanted.checkedOn,
  is_shared: wanted.isShared,
});

/** The hub sees at once what is shared with it. */
const share = (work: Writes) => sql`select strategy.share_approaches()`.execute(work);

export async function addApproach(
  work: Writes,
  wanted: ApproachWanted & {
    readonly id?: string;
    readonly origin?: ApproachOrigin;
    readonly term?: string | null;
    readonly of?: { readonly partnership: string; readonly id: string };
  },
): Promise<string> {
  const { id } = await work
    .insertInto('strategy.approach')
    .values({
      ...(wanted.id !== undefined && { id: wanted.id }),
      ...columnsOf(wanted),
      origin: wanted.origin ?? 'own',
      term: wanted.term ?? null,
      of_partnership: wanted.of?.partnership ?? null,
      of_id: wanted.of?.id ?? null,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  if (wanted.isShared) await share(work);
  return id;
}

/** Holds it until the unit of work ends. */
export async function holdApproach(work: Writes, id: string): Promise<void> {
  await work.selectFrom('strategy.approach').select('id').where('id', '=', id).forUpdate().execute();
}

export async function changeApproach(work: Writes, id: string, wanted: ApproachWanted): Promise<void> {
  await work.updateTable('strategy.approach').set(columnsOf(wanted)).where('id', '=', id).execute();
  await share(work);
}

/**
 * Adds what comes with the product and is not there by its title, none of it as checked.
 * @param idOf for the example, whose ids are fixed
 * @returns how many were added
 */
export async function addDefaults(work: Writes, idOf?: (at: number) => string): Promise<number> {
  let added = 0;
  for (const [at, wanted] of defaultApproaches.entries()) {
    if (await isApproachTaken(work as unknown as Reads, wanted.title)) continue;
    await addApproach(work, { ...wanted, origin: 'default', ...(idOf !== undefined && { id: idOf(at) }) });
    added += 1;
  }
  return added;
}

export interface ApproachOffered extends Omit<ApproachWanted, 'isShared'> {
  readonly id: string;
  readonly partnership: string;
  readonly partnershipName: string;
}

/** What other partnerships of the same hub share, and is not taken over yet. */
export async function offeredByOthers(
  work: ReadWork<'strategy' | 'published'>,
  partnership: string,
): Promise<readonly ApproachOffered[]> {
  const here = await work
    .selectFrom('published.partnership')
    .select(['id', 'hub_id'])
    .where('id', '=', partnership)
    .executeTakeFirst();
  if (here === undefined) return [];
  const rows = await work
    .selectFrom('published.approach')
    .selectAll()
    .where('hub_id', '=', here.hub_id ?? here.id)
    .where('partnership_id', '<>', partnership)
    .orderBy(sql`lower(title)`)
    .orderBy('id')
    .limit(mostListed)
    .execute();
  const taken = new Set(
    (await work.selectFrom('strategy.approach').select('of_id').where('of_id', 'is not', null).execute()).map(
      ({ of_id }) => of_id,
    ),
  );
  return rows
    .filter(({ id }) => !taken.has(id))
    .map((row) => ({
      id: row.id,
      partnership: row.partnership_id,
      partnershipName: row.partnership_name,
      kind: row.kind as ApproachKind,
      title: row.title,
      about: row.about,
      toldBy: row.told_by,
      impact: row.impact as ApproachImpact,
      security: row.security,
      cost: row.cost,
      tiers: row.tiers as Tier[],
      source: row.source,
      sourceAddress: row.source_address,
      checkedOn: row.checked_on,
    }));
}

/** What an action or an intervention builds on. */
export interface ApproachUse {
  readonly id: string;
  readonly approachId: string;
  readonly approachTitle: string;
  readonly impact: ApproachImpact;
  readonly override: string | null;
  readonly chosenOn: IsoDate;
  readonly actionId: string | null;
  readonly interventionId: string | null;
  /** Of the action or the intervention. */
  readonly title: string;
}

export type WorkedOn = { readonly actionId: string } | { readonly interventionId: string };

const uses = (work: Reads) =>
  work
    .selectFrom('strategy.approach_use as u')
    .innerJoin('strategy.approach as p', 'p.id', 'u.approach_id')
    .leftJoin('strategy.action as a', 'a.id', 'u.action_id')
    .leftJoin('strategy.intervention as i', 'i.id', 'u.intervention_id')
    .select([
      'u.id',
      'u.approach_id',
      'p.title as approach_title',
      'p.impact',
      'u.override',
      'u.chosen_on',
      'u.action_id',
      'u.intervention_id',
      sql<string>`coalesce(a.title, i.title)`.as('title'),
    ]);
const useOf = (row: Awaited<ReturnType<ReturnType<typeof uses>['execute']>>[number]): ApproachUse => ({
  id: row.id,
  approachId: row.approach_id,
  approachTitle: row.approach_title,
  impact: row.impact as ApproachImpact,
  override: row.override,
  chosenOn: row.chosen_on,
  actionId: row.action_id,
  interventionId: row.intervention_id,
  title: row.title,
});

export async function usesOfApproach(work: Reads, approach: string): Promise<readonly ApproachUse[]> {
  return (await uses(work).where('u.approach_id', '=', approach).orderBy('u.chosen_on').orderBy('u.id').execute()).map(
    useOf,
  );
}

export async function approachOfWork(work: Reads, on: WorkedOn): Promise<ApproachUse | undefined> {
  const query =
    'actionId' in on
      ? uses(work).where('u.action_id', '=', on.actionId)
      : uses(work).where('u.intervention_id', '=', on.interventionId);
  const row = await query.executeTakeFirst();
  return row === undefined ? undefined : useOf(row);
}

/** Puts an approach in the place of the one before; the history keeps that one with its reason. */
export async function chooseApproach(
  work: Writes,
  on: WorkedOn,
  chosen: {
    readonly approachId: string;
    readonly override: string | null;
    readonly on: IsoDate;
    readonly by: string;
  },
): Promise<void> {
  const values = {
    approach_id: chosen.approachId,
    override: chosen.override,
    chosen_on: chosen.on,
    chosen_by: chosen.by,
  };
  await work
    .insertInto('strategy.approach_use')
    .values({
      ...values,
      action_id: 'actionId' in on ? on.actionId : null,
      intervention_id: 'interventionId' in on ? on.interventionId : null,
    })
    .onConflict((there) =>
      there.columns(['partnership_id', 'actionId' in on ? 'action_id' : 'intervention_id']).doUpdateSet(values),
    )
    .execute();
}

/** Services of the directory that do it, by the word of the directory's taxonomy. */
export async function providersOfApproach(
  work: ReadWork<'directory'>,
  term: string,
): Promise<readonly { readonly id: string; readonly name: string }[]> {
  return work
    .selectFrom('directory.shared_service')
    .select(['id', 'name'])
    .where('state', '=', 'live')
    .where(sql<SqlBool>`approach ? ${term}`)
    .orderBy('name')
    .limit(200)
    .$narrowType<{ id: string; name: string }>()
    .execute();
}
