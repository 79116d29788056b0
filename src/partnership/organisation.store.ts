import { sql, type SqlBool } from 'kysely';
import { type AuthorityKind, type AuthorityStanding, type IsoDate, type PartialDate } from '../duty/index.ts';
import type { ReadWork, Work } from '../platform/database/work.ts';
import {
  kindsOfStanding,
  type Membership,
  type MembershipWanted,
  type NewOrganisation,
  type OtherName,
} from './organisation.ts';
import { dateOf, runs, spanOf, toKeep } from './register.store.ts';
import type { Span } from './span.ts';

type Reads = ReadWork<'partnership'>;
type Writes = Work<'partnership'>;

export interface OrganisationFilter {
  readonly words?: string | undefined;
  readonly standing?: AuthorityStanding | undefined;
  readonly state?: 'members' | 'former' | 'others' | 'all' | undefined;
}

export interface OrganisationListed {
  readonly id: string;
  readonly name: string;
  readonly ended: PartialDate | null;
  readonly memberships: readonly Pick<Membership, 'capacity' | 'areaName' | 'since' | 'until'>[];
}

export interface OrganisationOrder {
  readonly by: 'name' | 'capacity' | 'since';
  readonly descending: boolean;
}

/** One page of the organisations, and how many there are on all of them. */
export async function listOrganisations(
  work: Reads,
  day: IsoDate,
  filter: OrganisationFilter,
  order: OrganisationOrder,
  page: { readonly limit: number; readonly offset: number },
): Promise<{ readonly organisations: readonly OrganisationListed[]; readonly count: number }> {
  const isMember = sql<SqlBool>`exists (select from partnership.membership m where m.organisation_id = o.id and ${runs('m', day)})`;
  const wasOne = sql<SqlBool>`exists (select from partnership.membership m where m.organisation_id = o.id)`;
  let query = work
    .selectFrom('partnership.organisation as o')
    // By its index, organisation by organisation: right after a large file PostgreSQL does not know the sizes yet, and
    // joining two whole tables went wrong by a factor of fifty.
    .leftJoinLateral(
      (from) =>
        from
          .selectFrom('partnership.membership as m')
          .leftJoin('partnership.area as a', 'a.id', 'm.area_id')
          .select([
            sql<string>`min(m.capacity)`.as('capacity'),
            sql<string>`min(m.since->>'earliest')`.as('since'),
            sql<Membership[]>`jsonb_agg(jsonb_build_object('capacity', m.capacity, 'areaName', a.name, 'since', m.since,
              'until', m.until) order by m.capacity, a.name)`.as('all'),
          ])
          .whereRef('m.organisation_id', '=', 'o.id')
          .as('held'),
      (join) => join.onTrue(),
    )
    .select(['o.id', 'o.name', 'o.ended', 'held.all as memberships', sql<number>`count(*) over ()`.as('count')]);
  if (filter.words !== undefined) {
    const like = `%${filter.words.toLowerCase().replaceAll(/[\\%_]/g, '\\$&')}%`;
    query = query.where((is) =>
      is.or([
        is(sql`lower(o.name)`, 'like', like),
        is.exists(
          is
            .selectFrom('partnership.other_name as n')
            .select('n.id')
            .whereRef('n.organisation_id', '=', 'o.id')
            .where(sql`lower(n.name)`, 'like', like),
        ),
      ]),
    );
  }
  if (filter.standing !== undefined) {
    const kinds = kindsOfStanding(filter.standing);
    query = query.where(
      sql<SqlBool>`exists (select from partnership.membership m where m.organisation_id = o.id and m.capacity = any(${[...kinds]}))`,
    );
  }
  if (filter.state === 'members') query = query.where(isMember);
  if (filter.state === 'former') query = query.where(sql<SqlBool>`not ${isMember} and ${wasOne}`);
  if (filter.state === 'others') query = query.where(sql<SqlBool>`not ${wasOne}`);
  const direction = order.descending ? 'desc' : 'asc';
  if (order.by === 'capacity') query = query.orderBy('held.capacity', (by) => by[direction]().nullsLast());
  if (order.by === 'since') query = query.orderBy('held.since', (by) => by[direction]().nullsLast());
  const rows = await query
    .orderBy(sql`lower(o.name)`, order.by === 'name' ? direction : 'asc')
    .orderBy('o.id')
    .limit(page.limit)
    .offset(page.offset)
    .execute();
  return {
    count: rows[0]?.count ?? 0,
    organisations: rows.map(({ id, name, ended, memberships }) => ({
      id,
      name,
      ended: dateOf(ended),
      memberships: memberships ?? [],
    })),
  };
}

/** Every organisation by name, for a list to choose from. */
export const organisationChoices = (work: Reads): Promise<readonly { readonly id: string; readonly name: string }[]> =>
  work
    .selectFrom('partnership.organisation')
    .select(['id', 'name'])
    .orderBy(sql`lower(name)`)
    .execute();

export interface OrganisationSeen {
  readonly id: string;
  readonly name: string;
  readonly website: string | null;
  readonly isPublic: boolean;
  readonly ended: PartialDate | null;
  readonly memberships: readonly Membership[];
  readonly otherNames: readonly OtherName[];
  /** What it came from, and what became of it. */
  readonly predecessors: readonly Succeeding[];
  readonly successors: readonly Succeeding[];
  readonly people: readonly (Span & { readonly id: string; readonly name: string; readonly title: string })[];
  readonly seats: readonly (Span & { readonly bodyId: string; readonly body: string; readonly role: string })[];
}

export interface Succeeding {
  readonly id: string;
  readonly name: string;
  readonly on: PartialDate;
}

/** @throws where there is no such organisation in the bound partnership */
export async function getOrganisation(work: Reads, id: string): Promise<OrganisationSeen> {
  const found = await work
    .selectFrom('partnership.organisation')
    .select(['id', 'name', 'website', 'is_public as isPublic', 'ended'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  const memberships = await membershipsOf(work, id);
  const otherNames = await work
    .selectFrom('partnership.other_name')
    .select(['id', 'name', 'use', 'until'])
    .where('organisation_id', '=', id)
    .orderBy(sql`until->>'latest'`, (by) => by.desc().nullsLast())
    .orderBy(sql`lower(name)`)
    .execute();
  const people = await work
    .selectFrom('partnership.post as post')
    .innerJoin('partnership.person as person', 'person.id', 'post.person_id')
    .select(['person.id', 'person.name', 'post.title', 'post.since', 'post.until'])
    .where('post.organisation_id', '=', id)
    .orderBy(sql`lower(person.name)`)
    .orderBy('post.id')
    .execute();
  const seats = await work
    .selectFrom('partnership.seat as seat')
    .innerJoin('partnership.body as body', 'body.id', 'seat.body_id')
    .select(['body.id as bodyId', 'body.name as body', 'seat.role', 'seat.since', 'seat.until'])
    .where('seat.organisation_id', '=', id)
    .orderBy(sql`lower(body.name)`)
    .orderBy('seat.id')
    .execute();
  return {
    ...found,
    ended: dateOf(found.ended),
    memberships,
    otherNames: otherNames.map(({ until, use, ...rest }) => ({
      ...rest,
      use: use as OtherName['use'],
      until: dateOf(until),
    })),
    predecessors: await succeeding(work, 'successor_id', 'predecessor_id', id),
    successors: await succeeding(work, 'predecessor_id', 'successor_id', id),
    people: people.map((row) => ({ ...row, ...spanOf(row) })),
    seats: seats.map((row) => ({ ...row, ...spanOf(row) })),
  };
}

export async function membershipsOf(work: Reads, organisation: string): Promise<readonly Membership[]> {
  const rows = await work
    .selectFrom('partnership.membership as m')
    .leftJoin('partnership.area as area', 'area.id', 'm.area_id')
    .select(['m.id', 'm.capacity', 'm.area_id', 'area.name as areaName', 'm.opted_in_because', 'm.since', 'm.until'])
    .where('m.organisation_id', '=', organisation)
    .orderBy(sql`m.since->>'earliest'`, (by) => by.desc().nullsLast())
    .orderBy('m.capacity')
    .orderBy('m.id')
    .execute();
  return rows.map(({ id, capacity, area_id, areaName, opted_in_because, ...span }) => ({
    id,
    capacity: capacity as AuthorityKind,
    areaId: area_id,
    areaName,
    optedInBecause: opted_in_because,
    ...spanOf(span),
  }));
}

async function succeeding(
  work: Reads,
  mine: 'predecessor_id' | 'successor_id',
  other: 'predecessor_id' | 'successor_id',
  id: string,
): Promise<readonly Succeeding[]> {
  const rows = await work
    .selectFrom('partnership.succession as s')
    .innerJoin('partnership.organisation as o', 'o.id', `s.${other}`)
    .select(['o.id', 'o.name', 's.on_day'])
    .where(`s.${mine}`, '=', id)
    .orderBy(sql`lower(o.name)`)
    .execute();
  return rows.map(({ on_day, ...rest }) => ({ ...rest, on: dateOf(on_day) as PartialDate }));
}

/** The organisation that has this name now, had it, or is also called so; undefined when none. */
export async function findByName(
  work: Reads,
  name: string,
): Promise<{ readonly id: string; readonly name: string } | undefined> {
  const words = name.trim().toLowerCase();
  const now = await work
    .selectFrom('partnership.organisation')
    .select(['id', 'name'])
    .where(sql`lower(name)`, '=', words)
    .executeTakeFirst();
  if (now !== undefined) return now;
  return work
    .selectFrom('partnership.other_name as n')
    .innerJoin('partnership.organisation as o', 'o.id', 'n.organisation_id')
    .select(['o.id', 'o.name'])
    .where(sql`lower(n.name)`, '=', words)
    .orderBy('o.id')
    .executeTakeFirst();
}

/**
 * Holds an organisation until the unit of work ends, so that two who change it take turns.
 * @throws where there is no such organisation in the bound partnership
 */
export const holdOrganisation = (work: Writes, id: string) =>
  work
    .selectFrom('partnership.organisation')
    .select(['id', 'name', 'website', 'is_public as isPublic', 'ended'])
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirstOrThrow()
    .then((row) => ({ ...row, ended: dateOf(row.ended) }));

/** Gives its id, or undefined where the name is taken. */
export async function addOrganisation(work: Writes, added: NewOrganisation): Promise<string | undefined> {
  const row = await work
    .insertInto('partnership.organisation')
    .values({
      ...(added.id !== undefined && { id: added.id }),
      name: added.name,
      website: added.website,
      is_public: added.isPublic,
    })
    .onConflict((taken) => taken.doNothing())
    .returning('id')
    .executeTakeFirst();
  return row?.id;
}

/** False where the name is another's. */
export async function changeOrganisation(
  work: Writes,
  id: string,
  change: Partial<Omit<NewOrganisation, 'id'>> & { readonly ended?: PartialDate | null },
): Promise<boolean> {
  if (change.name !== undefined) {
    const other = await work
      .selectFrom('partnership.organisation')
      .select('id')
      .where(sql`lower(name)`, '=', change.name.toLowerCase())
      .where('id', '<>', id)
      .executeTakeFirst();
    if (other !== undefined) return false;
  }
  await work
    .updateTable('partnership.organisation')
    .set({
      ...(change.name !== undefined && { name: change.name }),
      ...(change.website !== undefined && { website: change.website }),
      ...(change.isPublic !== undefined && { is_public: change.isPublic }),
      ...(change.ended !== undefined && { ended: toKeep(change.ended) }),
    })
    .where('id', '=', id)
    .execute();
  return true;
}

const columnsOf = (wanted: MembershipWanted) => ({
  capacity: wanted.capacity,
  area_id: wanted.areaId,
  opted_in_because: wanted.optedInBecause,
  since: toKeep(wanted.since),
  until: toKeep(wanted.until),
});

/** @param id the example names its own; all others get one */
export async function addMembership(
  work: Writes,
  organisation: string,
  wanted: MembershipWanted,
  id?: string,
): Promise<void> {
  await work
    .insertInto('partnership.membership')
    .values({ ...(id !== undefined && { id }), organisation_id: organisation, ...columnsOf(wanted) })
    .execute();
}

export async function changeMembership(work: Writes, id: string, wanted: MembershipWanted): Promise<void> {
  await work.updateTable('partnership.membership').set(columnsOf(wanted)).where('id', '=', id).execute();
}

/** For what was entered by mistake: its history stays. */
export async function removeMembership(work: Writes, id: string): Promise<void> {
  await work.deleteFrom('partnership.membership').where('id', '=', id).execute();
}

/** Another name of an organisation, of a body, or (neither) of the partnership itself. */
export async function addOtherName(
  work: Writes,
  of: { readonly organisation?: string; readonly body?: string },
  added: Omit<OtherName, 'id'> & { readonly id?: string },
): Promise<void> {
  await work
    .insertInto('partnership.other_name')
    .values({
      ...(added.id !== undefined && { id: added.id }),
      organisation_id: of.organisation ?? null,
      body_id: of.body ?? null,
      name: added.name,
      use: added.use,
      until: toKeep(added.until),
    })
    .execute();
}

export async function removeOtherName(work: Writes, id: string): Promise<void> {
  await work.deleteFrom('partnership.other_name').where('id', '=', id).execute();
}

/** Every succession of the partnership: few, and a circle may run through all of them. */
export const successions = (
  work: Reads,
): Promise<readonly { readonly predecessor: string; readonly successor: string }[]> =>
  work
    .selectFrom('partnership.succession')
    .select(['predecessor_id as predecessor', 'successor_id as successor'])
    .execute();

/** Those who change the successions take turns: a circle is made by two who each see only their own half. */
export async function holdSuccessions(work: Writes): Promise<void> {
  await sql`select pg_advisory_xact_lock(7273, hashtext(partnership.bound()::text))`.execute(work);
}

export async function addSuccession(
  work: Writes,
  predecessor: string,
  successor: string,
  on: PartialDate,
): Promise<void> {
  await work
    .insertInto('partnership.succession')
    .values({ predecessor_id: predecessor, successor_id: successor, on_day: JSON.stringify(on) })
    .execute();
}

/** A membership with all that a file says of it; an organisation without one has a row too. */
export interface OrganisationRow extends Span {
  readonly id: string;
  readonly name: string;
  readonly website: string | null;
  readonly isPublic: boolean;
  readonly otherNames: readonly string[];
  readonly capacity: AuthorityKind | null;
  readonly areaCode: string | null;
  readonly optedInBecause: string | null;
}

/** The rows of these organisations for a file, by name. */
export async function organisationsByName(work: Reads, ids: readonly string[]): Promise<readonly OrganisationRow[]> {
  const rows = await work
    .selectFrom('partnership.organisation as o')
    .leftJoin('partnership.membership as m', 'm.organisation_id', 'o.id')
    .leftJoin('partnership.area as a', 'a.id', 'm.area_id')
    .select([
      'o.id',
      'o.name',
      'o.website',
      'o.is_public as isPublic',
      'm.capacity',
      'a.code as areaCode',
      'm.opted_in_because as optedInBecause',
      'm.since',
      'm.until',
      sql<
        string[]
      >`array(select n.name from partnership.other_name n where n.organisation_id = o.id order by lower(n.name))`.as(
        'otherNames',
      ),
    ])
    .where(sql<SqlBool>`o.id = any(${[...ids]}::uuid[])`)
    .orderBy(sql`lower(o.name)`)
    .orderBy(sql`m.since->>'earliest'`)
    .orderBy('m.id')
    .execute();
  return rows.map(({ capacity, since, until, ...row }) => ({
    ...row,
    capacity: capacity as AuthorityKind | null,
    ...spanOf({ since, until }),
  }));
}

/** The whole register of organisations, for a file to be compared with. */
export async function everyOrganisation(work: Reads): Promise<
  readonly {
    readonly id: string;
    readonly name: string;
    readonly website: string | null;
    readonly isPublic: boolean;
    readonly ended: PartialDate | null;
    readonly otherNames: readonly string[];
    readonly memberships: readonly Membership[];
  }[]
> {
  const organisations = await work
    .selectFrom('partnership.organisation')
    .select(['id', 'name', 'website', 'is_public as isPublic', 'ended'])
    .execute();
  const names = await work
    .selectFrom('partnership.other_name')
    .select(['organisation_id', 'name'])
    .where('organisation_id', 'is not', null)
    .execute();
  const memberships = await work
    .selectFrom('partnership.membership')
    .select(['id', 'organisation_id', 'capacity', 'area_id', 'opted_in_because', 'since', 'until'])
    .execute();
  const namesOf = Map.groupBy(names, ({ organisation_id }) => organisation_id);
  const heldBy = Map.groupBy(memberships, ({ organisation_id }) => organisation_id);
  return organisations.map(({ ended, ...organisation }) => ({
    ...organisation,
    ended: dateOf(ended),
    otherNames: (namesOf.get(organisation.id) ?? []).map(({ name }) => name),
    memberships: (heldBy.get(organisation.id) ?? []).map((held) => ({
      id: held.id,
      capacity: held.capacity as AuthorityKind,
      areaId: held.area_id,
      areaName: null,
      optedInBecause: held.opted_in_because,
      ...spanOf(held),
    })),
  }));
}

/** One statement takes this many rows: PostgreSQL allows 65,535 values in one. */
const rowsAtOnce = 5_000;
export const inParts = <T>(rows: readonly T[]): T[][] =>
  Array.from({ length: Math.ceil(rows.length / rowsAtOnce) }, (_, at) =>
    rows.slice(at * rowsAtOnce, (at + 1) * rowsAtOnce),
  );

export async function addAllOrganisations(
  work: Writes,
  added: readonly (NewOrganisation & { readonly id: string })[],
): Promise<void> {
  for (const part of inParts(added))
    await work
      .insertInto('partnership.organisation')
      .values(part.map(({ id, name, website, isPublic }) => ({ id, name, website, is_public: isPublic })))
      .execute();
}

export async function addAllMemberships(
  work: Writes,
  added: readonly { readonly id: string; readonly organisation: string; readonly wanted: MembershipWanted }[],
): Promise<void> {
  for (const part of inParts(added))
    await work
      .insertInto('partnership.membership')
      .values(part.map(({ id, organisation, wanted }) => ({ id, organisation_id: organisation, ...columnsOf(wanted) })))
      .execute();
}

export async function addAllNames(
  work: Writes,
  added: readonly { readonly organisation: string; readonly name: string }[],
): Promise<void> {
  for (const part of inParts(added))
    await work
      .insertInto('partnership.other_name')
      .values(part.map(({ organisation, name }) => ({ organisation_id: organisation, name, use: 'also' })))
      .execute();
}
