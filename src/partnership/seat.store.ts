import { sql } from 'kysely';
import type { IsoDate } from '../duty/index.ts';
import type { ReadWork, Work } from '../platform/database/work.ts';
import { runs, spanOf, toKeep } from './register.store.ts';
import type { PostHeld, Seat, SeatEnd, SeatRole, SeatWanted } from './seat.ts';

type Reads = ReadWork<'partnership'>;
type Writes = Work<'partnership'>;

const asSeats = (work: Reads) =>
  work
    .selectFrom('partnership.seat as s')
    .leftJoin('partnership.organisation as o', 'o.id', 's.organisation_id')
    .leftJoin('partnership.person as p', 'p.id', 's.person_id')
    .select(['s.id', 's.body_id', 's.role', 's.organisation_id', 's.person_id', 's.since', 's.until'])
    .select(['o.name as organisation', 'p.name as person', 'p.has_lived_experience']);

type SeatRow = Awaited<ReturnType<ReturnType<typeof asSeats>['executeTakeFirstOrThrow']>>;
const seatOf = (row: SeatRow): Seat => ({
  id: row.id,
  role: row.role as SeatRole,
  organisationId: row.organisation_id,
  personId: row.person_id,
  organisation: row.organisation,
  person: row.person,
  hasLivedExperience: row.has_lived_experience ?? false,
  ...spanOf(row),
});

/** Every seat that a body has or had, the newest first. */
export async function seatsOf(work: Reads, body: string): Promise<readonly Seat[]> {
  const rows = await asSeats(work)
    .where('s.body_id', '=', body)
    .orderBy(sql`s.since->>'earliest'`, (by) => by.desc().nullsLast())
    .orderBy(sql`lower(coalesce(o.name, p.name))`)
    .orderBy('s.id')
    .execute();
  return rows.map(seatOf);
}

/** @throws where there is no such seat in the bound partnership */
export async function getSeat(work: Reads, id: string): Promise<Seat & { readonly bodyId: string }> {
  const row = await asSeats(work).where('s.id', '=', id).executeTakeFirstOrThrow();
  return { ...seatOf(row), bodyId: row.body_id };
}

/** The body that a seat is on; undefined where there is no such seat. */
export async function bodyOfSeat(work: Reads, id: string): Promise<string | undefined> {
  const row = await work.selectFrom('partnership.seat').select('body_id').where('id', '=', id).executeTakeFirst();
  return row?.body_id;
}

/** The posts, present and past, of people by their id; the newest first. */
export async function postsOf(
  work: Reads,
  people: readonly string[],
): Promise<ReadonlyMap<string, readonly (PostHeld & { readonly organisation: string })[]>> {
  if (people.length === 0) return new Map();
  const rows = await work
    .selectFrom('partnership.post as post')
    .innerJoin('partnership.organisation as o', 'o.id', 'post.organisation_id')
    .select(['post.person_id', 'post.title', 'post.organisation_id', 'o.name as organisation'])
    .select(['post.since', 'post.until'])
    .where('post.person_id', 'in', people)
    .orderBy(sql`post.since->>'earliest'`, (by) => by.desc().nullsLast())
    .orderBy('post.id')
    .execute();
  const posts = rows.map(({ organisation_id, ...row }) => ({
    ...row,
    organisationId: organisation_id,
    ...spanOf(row),
  }));
  return Map.groupBy(posts, (post) => post.person_id);
}

const columnsOf = (wanted: SeatWanted) => ({
  organisation_id: wanted.organisationId,
  person_id: wanted.personId,
  role: wanted.role,
  since: toKeep(wanted.since),
  until: toKeep(wanted.until),
});

export async function addSeat(
  work: Writes,
  body: string,
  wanted: SeatWanted & { readonly id?: string },
): Promise<string> {
  const { id } = await work
    .insertInto('partnership.seat')
    .values({ ...(wanted.id !== undefined && { id: wanted.id }), body_id: body, ...columnsOf(wanted) })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

export async function changeSeat(work: Writes, id: string, wanted: SeatWanted): Promise<void> {
  await work.updateTable('partnership.seat').set(columnsOf(wanted)).where('id', '=', id).execute();
}

export async function endSeats(work: Writes, ends: readonly SeatEnd[]): Promise<void> {
  for (const { id, until } of ends)
    await work
      .updateTable('partnership.seat')
      .set({ until: toKeep(until) })
      .where('id', '=', id)
      .execute();
}

/** For what was entered by mistake: its history stays. False where it is gone already. */
export async function removeSeat(work: Writes, id: string): Promise<boolean> {
  const { numDeletedRows } = await work.deleteFrom('partnership.seat').where('id', '=', id).executeTakeFirst();
  return numDeletedRows > 0n;
}

export interface OrganisationToSeat {
  readonly id: string;
  readonly name: string;
  readonly isMember: boolean;
}

/** Organisations that go on, members of the partnership or not, by name. */
export const organisationsToSeat = (work: Reads, day: IsoDate): Promise<readonly OrganisationToSeat[]> =>
  work
    .selectFrom('partnership.organisation as o')
    .select(['o.id', 'o.name'])
    .select(
      sql<boolean>`exists (select from partnership.membership m where m.organisation_id = o.id and ${runs('m', day)})`.as(
        'isMember',
      ),
    )
    .where(sql<boolean>`coalesce(o.ended->>'latest', '9999') collate "C" >= ${day}`)
    .orderBy(sql`lower(o.name)`)
    .execute();

/** Every seat of the partnership with the name of its body, for a file. */
export async function seatsToExport(work: Reads): Promise<readonly (Seat & { readonly body: string })[]> {
  const rows = await asSeats(work)
    .innerJoin('partnership.body as b', 'b.id', 's.body_id')
    .select('b.name as body')
    .orderBy(sql`lower(b.name)`)
    .orderBy(sql`s.since->>'earliest'`, (by) => by.asc().nullsFirst())
    .orderBy('s.id')
    .execute();
  return rows.map((row) => ({ ...seatOf(row), body: row.body }));
}

/** Ids of everybody in the register, those who left too, by the name that lists may show. */
export async function peopleByName(work: Reads): Promise<ReadonlyMap<string, string>> {
  const rows = await work.selectFrom('partnership.person').select(['id', 'name']).execute();
  return new Map(rows.map(({ id, name }) => [name, id]));
}
