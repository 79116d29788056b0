import { sql, type RawBuilder, type SqlBool } from 'kysely';
import type { IsoDate, PartialDate } from '../duty/index.ts';
import type { ReadWork, Work } from '../platform/database/work.ts';
import type { Belonging, BodyKind, BodyWanted, Frequency, Reporting } from './body.ts';
import type { OtherName } from './organisation.ts';
import { dateOf, runs, spanOf, toKeep } from './register.store.ts';
import type { Span } from './span.ts';

type Reads = ReadWork<'partnership'>;
type Writes = Work<'partnership'>;

export interface BodyFilter {
  readonly words?: string | undefined;
  readonly kind?: BodyKind | undefined;
  readonly belongs?: Belonging | undefined;
  readonly state?: 'running' | 'ended' | 'all' | undefined;
}

export const bodyOrders = ['name', 'kind', 'frequency', 'members', 'review'] as const;
export interface BodyOrder {
  readonly by: (typeof bodyOrders)[number];
  readonly descending: boolean;
}

export interface BodyListed extends Span, Reporting {
  readonly kind: BodyKind;
  readonly isOwn: boolean;
  readonly frequency: Frequency;
  /** The name of what it reports to. */
  readonly superior: string | null;
  readonly termsReview: PartialDate | null;
  /** Seats of the day that are no secretary's and no guest's. */
  readonly members: number;
  readonly chair: {
    readonly title: string | null;
    readonly organisation: string | null;
    readonly person: string | null;
    readonly hasLivedExperience: boolean;
  } | null;
}

/** The seat of the chair on a day, with the post in which that person sits: one row for a body, or none. */
const chairOn = (day: IsoDate): RawBuilder<BodyListed['chair']> => sql`(
  select jsonb_build_object('title', post.title, 'organisation', coalesce(o.name, po.name), 'person', p.name,
    'hasLivedExperience', coalesce(p.has_lived_experience, false))
  from partnership.seat s
    left join partnership.organisation o on o.id = s.organisation_id
    left join partnership.person p on p.id = s.person_id
    left join lateral (
      select x.title, x.organisation_id from partnership.post x
      where x.person_id = s.person_id and ${runs('x', day)}
        and (s.organisation_id is null or x.organisation_id = s.organisation_id)
      order by x.id limit 1) post on true
    left join partnership.organisation po on po.id = post.organisation_id
  where s.body_id = b.id and s.role = 'chair' and ${runs('s', day)}
  order by s.since->>'earliest' desc nulls last, s.id desc limit 1)`;

const membersOn = (day: IsoDate): RawBuilder<number> => sql<number>`(
  select count(*)::int from partnership.seat s
  where s.body_id = b.id and s.role in ('chair', 'deputy-chair', 'member') and ${runs('s', day)})`;

/** How often bodies meet, the most often first: the order in which the list sorts them. */
const oftenFirst = sql`array_position(array['daily', 'weekly', 'fortnightly', 'monthly', 'every-two-months', 'quarterly',
  'twice-a-year', 'yearly', 'as-needed'], b.frequency)`;

/** One page of the bodies, and how many there are on all of them. */
export async function listBodies(
  work: Reads,
  day: IsoDate,
  filter: BodyFilter,
  order: BodyOrder,
  page: { readonly limit: number; readonly offset: number },
): Promise<{ readonly bodies: readonly BodyListed[]; readonly count: number }> {
  const members = membersOn(day);
  let query = work
    .selectFrom('partnership.body as b')
    .leftJoin('partnership.body as up', 'up.id', 'b.reports_to_id')
    .select(['b.id', 'b.name', 'b.kind', 'b.is_own', 'b.frequency', 'b.reports_to_id', 'up.name as superior'])
    .select(['b.terms_review', 'b.since', 'b.until'])
    .select([members.as('members'), chairOn(day).as('chair'), sql<number>`count(*) over ()`.as('count')]);
  if (filter.words !== undefined) {
    const like = `%${filter.words.toLowerCase().replaceAll(/[\\%_]/g, '\\$&')}%`;
    query = query.where((is) =>
      is.or([
        is(sql`lower(b.name)`, 'like', like),
        is(sql`lower(b.purpose)`, 'like', like),
        is.exists(
          is
            .selectFrom('partnership.other_name as n')
            .select('n.id')
            .whereRef('n.body_id', '=', 'b.id')
            .where(sql`lower(n.name)`, 'like', like),
        ),
      ]),
    );
  }
  if (filter.kind !== undefined) query = query.where('b.kind', '=', filter.kind);
  if (filter.belongs !== undefined) query = query.where('b.is_own', '=', filter.belongs === 'own');
  const isOver = sql<SqlBool>`coalesce(b.until->>'latest', '9999') collate "C" < ${day}`;
  if (filter.state === 'running') query = query.where(sql<SqlBool>`not ${isOver}`);
  if (filter.state === 'ended') query = query.where(isOver);
  const direction = order.descending ? 'desc' : 'asc';
  if (order.by === 'kind') query = query.orderBy('b.kind', direction);
  if (order.by === 'frequency') query = query.orderBy(oftenFirst, direction);
  if (order.by === 'members') query = query.orderBy(members, direction);
  if (order.by === 'review') query = query.orderBy(sql`b.terms_review->>'latest'`, (by) => by[direction]().nullsLast());
  const rows = await query
    .orderBy(sql`lower(b.name)`, order.by === 'name' ? direction : 'asc')
    .orderBy('b.id')
    .limit(page.limit)
    .offset(page.offset)
    .execute();
  return {
    count: rows[0]?.count ?? 0,
    bodies: rows.map((row) => ({
      id: row.id,
      name: row.name,
      kind: row.kind as BodyKind,
      isOwn: row.is_own,
      frequency: row.frequency as Frequency,
      reportsTo: row.reports_to_id,
      superior: row.superior,
      termsReview: dateOf(row.terms_review),
      members: row.members,
      chair: row.chair,
      ...spanOf(row),
    })),
  };
}

/** Who reports to whom, by name: for a list to choose from, and to see a circle before it closes. */
export async function reportingOf(work: Reads): Promise<readonly (Reporting & Span)[]> {
  const rows = await work
    .selectFrom('partnership.body')
    .select(['id', 'name', 'reports_to_id', 'since', 'until'])
    .orderBy(sql`lower(name)`)
    .execute();
  return rows.map(({ reports_to_id, ...row }) => ({ ...row, reportsTo: reports_to_id, ...spanOf(row) }));
}

/** People to give a seat to: all who have not left, under the name that lists may show. */
export const personChoices = (
  work: Reads,
  day: IsoDate,
): Promise<readonly { readonly id: string; readonly name: string }[]> =>
  work
    .selectFrom('partnership.person')
    .select(['id', 'name'])
    .where(sql<SqlBool>`coalesce(left_on->>'latest', '9999') collate "C" >= ${day}`)
    .orderBy(sql`lower(name)`)
    .orderBy('id')
    .execute();

export interface BodySeen extends BodyWanted {
  readonly id: string;
  readonly terms: string | null;
  readonly termsReview: PartialDate | null;
  readonly superior: NamedRecord | null;
  readonly hostOrganisation: NamedRecord | null;
  readonly subordinates: readonly (NamedRecord & Span)[];
  readonly otherNames: readonly OtherName[];
}

export interface NamedRecord {
  readonly id: string;
  readonly name: string;
}

/** @throws where there is no such body in the bound partnership */
export async function getBody(work: Reads, id: string): Promise<BodySeen> {
  const row = await work
    .selectFrom('partnership.body as b')
    .leftJoin('partnership.body as up', 'up.id', 'b.reports_to_id')
    .leftJoin('partnership.organisation as host', 'host.id', 'b.host_id')
    .selectAll('b')
    .select(['up.name as superior', 'host.name as hostName'])
    .where('b.id', '=', id)
    .executeTakeFirstOrThrow();
  const subordinates = await work
    .selectFrom('partnership.body')
    .select(['id', 'name', 'since', 'until'])
    .where('reports_to_id', '=', id)
    .orderBy(sql`lower(name)`)
    .execute();
  const names = await otherNamesOf(work, [id]);
  return {
    id: row.id,
    name: row.name,
    kind: row.kind as BodyKind,
    isOwn: row.is_own,
    purpose: row.purpose,
    terms: row.terms,
    termsReview: dateOf(row.terms_review),
    frequency: row.frequency as Frequency,
    reportsTo: row.reports_to_id,
    superior: named(row.reports_to_id, row.superior),
    host: row.host_id,
    hostOrganisation: named(row.host_id, row.hostName),
    isPublic: row.is_public,
    ...spanOf(row),
    subordinates: subordinates.map((each) => ({ ...each, ...spanOf(each) })),
    otherNames: names.get(id) ?? [],
  };
}
const named = (id: string | null, name: string | null): NamedRecord | null =>
  id === null || name === null ? null : { id, name };

/** Other names of organisations and bodies by the id of the record, the newest first. */
export async function otherNamesOf(
  work: Reads,
  ids: readonly string[],
): Promise<ReadonlyMap<string, readonly OtherName[]>> {
  if (ids.length === 0) return new Map();
  const rows = await work
    .selectFrom('partnership.other_name')
    .select(['id', 'name', 'use', 'until'])
    .select(sql<string>`coalesce(organisation_id, body_id)`.as('of'))
    .where((is) => is.or([is('organisation_id', 'in', ids), is('body_id', 'in', ids)]))
    .orderBy(sql`until->>'latest'`, (by) => by.desc().nullsLast())
    .orderBy(sql`lower(name)`)
    .execute();
  const names = rows.map(({ use, until, ...row }) => ({ ...row, use: use as OtherName['use'], until: dateOf(until) }));
  return Map.groupBy(names, (name) => name.of);
}

/**
 * Those who change what reports to what take turns: a circle is made by two who each see only their own half. Called
 * before `holdBody`, so that nobody waits for whoever waits for them.
 */
export async function holdReporting(work: Writes): Promise<void> {
  await sql`select pg_advisory_xact_lock(7274, hashtext(partnership.bound()::text))`.execute(work);
}

/**
 * Holds a body until the unit of work ends, so that two who change it or its seats take turns.
 * @throws where there is no such body in the bound partnership
 */
export async function holdBody(work: Writes, id: string): Promise<void> {
  await work.selectFrom('partnership.body').select('id').where('id', '=', id).forUpdate().executeTakeFirstOrThrow();
}

/** The newest change of one row of a body, its own or a seat's: what happens beside it does not make a form old. */
export async function versionOfRow(work: Reads, body: string, row: string): Promise<string> {
  const change = await work
    .selectFrom('partnership.change')
    .select('id')
    .where('subject_id', '=', body)
    .where('row_id', '=', row)
    .orderBy('at', 'desc')
    .orderBy('id')
    .limit(1)
    .executeTakeFirst();
  return change?.id ?? '';
}

/** Gives its id, or undefined where the name is taken. The example names its own ids; all others get one. */
export async function addBody(work: Writes, added: BodyWanted & { readonly id?: string }): Promise<string | undefined> {
  const row = await work
    .insertInto('partnership.body')
    .values({ ...(added.id !== undefined && { id: added.id }), ...columnsOf(added) })
    .onConflict((taken) => taken.doNothing())
    .returning('id')
    .executeTakeFirst();
  return row?.id;
}

const columnsOf = (body: BodyWanted) => ({
  name: body.name,
  kind: body.kind,
  is_own: body.isOwn,
  purpose: body.purpose,
  frequency: body.frequency,
  reports_to_id: body.reportsTo,
  host_id: body.host,
  is_public: body.isPublic,
  since: toKeep(body.since),
  until: toKeep(body.until),
});

/** False where the name is another's. */
export async function changeBody(work: Writes, id: string, wanted: BodyWanted): Promise<boolean> {
  const other = await work
    .selectFrom('partnership.body')
    .select('id')
    .where(sql`lower(name)`, '=', wanted.name.toLowerCase())
    .where('id', '<>', id)
    .executeTakeFirst();
  if (other !== undefined) return false;
  await work.updateTable('partnership.body').set(columnsOf(wanted)).where('id', '=', id).execute();
  return true;
}

export async function changeTerms(
  work: Writes,
  id: string,
  { terms, termsReview }: Pick<BodySeen, 'terms' | 'termsReview'>,
): Promise<void> {
  await work
    .updateTable('partnership.body')
    .set({ terms, terms_review: toKeep(termsReview) })
    .where('id', '=', id)
    .execute();
}

/**
 * Ends a body: its open seats end with it, and what reported to it reports elsewhere.
 * @param instead null: to nothing
 */
export async function endBody(work: Writes, id: string, until: PartialDate, instead: string | null): Promise<void> {
  const end = toKeep(until);
  await work.updateTable('partnership.body').set({ until: end }).where('id', '=', id).execute();
  await work
    .updateTable('partnership.seat')
    .set({ until: end })
    .where('body_id', '=', id)
    .where('until', 'is', null)
    .execute();
  await work
    .updateTable('partnership.body')
    .set({ reports_to_id: instead })
    .where('reports_to_id', '=', id)
    .where((is) => is.or([is('until', 'is', null), is(sql`until->>'latest'`, '>', until.latest ?? '')]))
    .execute();
}

/** What the files of bodies hold beside what the list shows, by id. */
export async function bodiesToExport(
  work: Reads,
): Promise<
  ReadonlyMap<string, { readonly purpose: string | null; readonly host: string | null; readonly isPublic: boolean }>
> {
  const rows = await work
    .selectFrom('partnership.body as b')
    .leftJoin('partnership.organisation as host', 'host.id', 'b.host_id')
    .select(['b.id', 'b.purpose', 'host.name as host', 'b.is_public as isPublic'])
    .execute();
  return new Map(rows.map(({ id, ...row }) => [id, row]));
}
