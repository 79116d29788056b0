import { sql } from 'kysely';
import type { IsoDate } from '../duty/index.ts';
import type { ReadWork, Work } from '../platform/database/work.ts';
import type { MatrixCell } from './action.ts';
import type { Axis } from './aim.ts';

type Reads = ReadWork<'strategy' | 'partnership'>;
type Writes = Work<'strategy' | 'partnership'>;

/** An aim or a priority: one point of an axis. */
export interface Aim {
  readonly id: string;
  readonly axis: Axis;
  readonly place: number;
  readonly title: string;
  readonly words: string | null;
  readonly leadId: string | null;
  readonly leadName: string | null;
  readonly hub: HubAim | null;
  readonly elsewhere: string | null;
  readonly endedOn: IsoDate | null;
  /** Open actions that serve it. */
  readonly actions: number;
}

/** The aim of the hub that a local one was taken over from, as it was published then. */
export interface HubAim {
  readonly aim: string;
  readonly strategy: string;
  readonly version: number;
  readonly title: string;
  readonly words: string | null;
}

export interface AimWanted {
  readonly title: string;
  readonly words: string | null;
  readonly leadId: string | null;
  readonly elsewhere: string | null;
}

const aims = (work: Reads) =>
  work
    .selectFrom('strategy.aim as m')
    .leftJoin('partnership.shared_body as b', 'b.id', 'm.lead_id')
    .selectAll('m')
    .select('b.name as lead_name')
    .select(
      sql<number>`(select count(*)::int from strategy.action_aim t join strategy.action a on a.id = t.action_id
        where t.aim_id = m.id and a.closed_on is null)`.as('actions'),
    );
type Row = Awaited<ReturnType<ReturnType<typeof aims>['execute']>>[number];

const aimOf = (row: Row): Aim => ({
  id: row.id,
  axis: row.axis as Axis,
  place: row.place,
  title: row.title,
  words: row.words,
  leadId: row.lead_id,
  leadName: row.lead_name,
  hub: row.hub as unknown as HubAim | null,
  elsewhere: row.elsewhere,
  endedOn: row.ended_on,
  actions: row.actions,
});

/** Both axes, in their order; those that ended only where they are asked for. */
export async function listAims(work: Reads, { ended = false } = {}): Promise<readonly Aim[]> {
  const rows = await aims(work)
    .$if(!ended, (query) => query.where('m.ended_on', 'is', null))
    .orderBy('m.axis')
    .orderBy('m.place')
    .orderBy('m.id')
    .execute();
  return rows.map(aimOf);
}

/** @throws where the bound partnership has none of that id */
export async function getAim(work: Reads, id: string): Promise<Aim> {
  return aimOf(await aims(work).where('m.id', '=', id).executeTakeFirstOrThrow());
}

export async function addAim(
  work: Writes,
  axis: Axis,
  wanted: AimWanted & { readonly id?: string; readonly hub?: HubAim | null },
): Promise<string> {
  await sql`select pg_advisory_xact_lock(7283, hashtext(partnership.bound()::text))`.execute(work);
  const { last } = await work
    .selectFrom('strategy.aim')
    .select((is) => is.fn.coalesce(is.fn.max('place'), sql<number>`0`).as('last'))
    .where('axis', '=', axis)
    .executeTakeFirstOrThrow();
  const { id } = await work
    .insertInto('strategy.aim')
    .values({
      ...(wanted.id !== undefined && { id: wanted.id }),
      axis,
      place: last + 1,
      ...columnsOf(wanted),
      hub: wanted.hub == null ? null : JSON.stringify(wanted.hub),
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

export async function changeAim(work: Writes, id: string, wanted: AimWanted & { readonly endedOn: IsoDate | null }) {
  await work
    .updateTable('strategy.aim')
    .set({ ...columnsOf(wanted), ended_on: wanted.endedOn })
    .where('id', '=', id)
    .execute();
}

const columnsOf = ({ title, words, leadId, elsewhere }: AimWanted) => ({ title, words, lead_id: leadId, elsewhere });

/** How many open actions serve each pair of an aim and a priority. */
export const matrixCells = (work: Reads): Promise<readonly MatrixCell[]> =>
  work
    .selectFrom('strategy.action as a')
    .innerJoin('strategy.action_aim as x', 'x.action_id', 'a.id')
    .innerJoin('strategy.aim as aim', (join) => join.onRef('aim.id', '=', 'x.aim_id').on('aim.axis', '=', 'aim'))
    .innerJoin('strategy.action_aim as y', 'y.action_id', 'a.id')
    .innerJoin('strategy.aim as priority', (join) =>
      join.onRef('priority.id', '=', 'y.aim_id').on('priority.axis', '=', 'priority'),
    )
    .where('a.closed_on', 'is', null)
    .groupBy(['aim.id', 'priority.id'])
    .select(['aim.id as aimId', 'priority.id as priorityId', sql<number>`count(*)::int`.as('count')])
    .execute();

/** Bodies that may lead on a priority. */
export const leadChoices = (work: Reads): Promise<readonly { readonly id: string; readonly name: string }[]> =>
  work
    .selectFrom('partnership.shared_body')
    .select(['id', 'name'])
    .orderBy(sql`lower(name)`)
    .orderBy('id')
    .execute();
