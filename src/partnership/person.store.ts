import { sql, type RawBuilder } from 'kysely';
import type { IsoDate, PartialDate, Role } from '../duty/index.ts';
import { reading, type ReadWork, type Work } from '../platform/database/work.ts';
import type { Json } from '../platform/database/schema.ts';
import { foldedName, removedName, type Namesake, type Person, type PersonState } from './person.ts';
import type { OtherName } from './organisation.ts';
import { inParts } from './organisation.store.ts';
import type { Post } from './post.ts';
import { dateOf, runs, spanOf, toKeep } from './register.store.ts';
import type { Span } from './span.ts';

type Reads = ReadWork<'partnership'>;
type Writes = Work<'partnership'>;

export interface PersonFilter {
  /** Part of a name, of an email address or of the title of a post. */
  readonly words?: string | undefined;
  readonly organisation?: string | undefined;
  /** Undefined: everybody but those who have left. */
  readonly state?: PersonState | 'all' | undefined;
}

export interface PersonOrder {
  readonly by: 'name' | 'organisation' | 'since';
  readonly descending: boolean;
}

/** A post as a list shows it, with the organisation's name of that day. */
export interface PostListed extends Span {
  readonly title: string;
  readonly organisation: string;
}

export interface PersonListed {
  readonly id: string;
  readonly name: string;
  readonly email: string | null;
  readonly phone: string | null;
  readonly hasLivedExperience: boolean;
  readonly state: PersonState;
  /** Those that run on the day of the list. */
  readonly posts: readonly PostListed[];
}

const like = (words: string): string => `%${words.toLowerCase().replaceAll(/[\\%_]/g, '\\$&')}%`;

/**
 * One page of the people as they stood on a day, and how many there are on all of them. In two steps of one question:
 * which people, in which order; then, for those of this page only, what they were.
 */
export async function listPeople(
  work: Reads,
  day: IsoDate,
  filter: PersonFilter,
  order: PersonOrder,
  page: { readonly limit: number; readonly offset: number },
): Promise<{ readonly people: readonly PersonListed[]; readonly count: number }> {
  const needsPosts = order.by !== 'name' || (filter.state !== undefined && filter.state !== 'all');
  const held = sql`left join (
      select post.person_id, min(lower(o.name)) as organisation, min(post.since->>'earliest') as since
      from partnership.post join partnership.organisation o on o.id = post.organisation_id
      where ${runs('post', day)} group by post.person_id) held on held.person_id = p.id`;
  const direction = order.descending ? sql`desc` : sql`asc`;
  const sorted = {
    name: sql`lower(p.name) ${direction}`,
    organisation: sql`held.organisation ${direction} nulls last, lower(p.name)`,
    since: sql`held.since ${direction} nulls last, lower(p.name)`,
  }[order.by];
  const asked = sql<Listed>`(
    select page.*, posts.posts,
      exists (select from partnership.post a where a.person_id = page.id and a.since->>'earliest' > ${day}) as "isAhead"
    from (
      select p.id, p.name, p.email, p.phone, p.has_lived_experience as "hasLivedExperience", p.left_on as "leftOn",
        count(*) over () as count, row_number() over (order by ${sorted}, p.id) as place
      from partnership.person p ${needsPosts ? held : sql``}
      where ${sql.join(conditions(filter, day), sql` and `)}
      order by place limit ${page.limit} offset ${page.offset}
    ) page
    left join lateral (
      select jsonb_agg(jsonb_build_object('title', x.title, 'since', x.since, 'until', x.until,
          'organisation', ${nameThen(day)}) order by x.since->>'earliest' desc nulls last, x.id) as posts
      from partnership.post x join partnership.organisation o on o.id = x.organisation_id
      where x.person_id = page.id and ${runs('x', day)}) posts on true
    )`;
  const rows = await work.selectFrom(asked.as('listed')).selectAll('listed').orderBy('listed.place').execute();
  return { count: rows[0]?.count ?? 0, people: rows.map((row) => listed(row, day)) };
}

/** The organisation's name on the day: an earlier one where its last day had not come yet. The same rule as `nameOn`. */
const nameThen = (day: IsoDate): RawBuilder<string> => sql<string>`coalesce((
  select n.name from partnership.other_name n
  where n.organisation_id = o.id and n.use = 'former' and n.until->>'latest' >= ${day}
  order by n.until->>'latest', n.id limit 1), o.name)`;

interface Listed extends Omit<PersonListed, 'state' | 'posts'> {
  readonly leftOn: Json;
  readonly isAhead: boolean;
  readonly posts: readonly PostListed[] | null;
  readonly count: number;
  readonly place: number;
}

function listed({ leftOn, isAhead, posts, id, name, email, phone, hasLivedExperience }: Listed, day: IsoDate) {
  const left = dateOf(leftOn);
  const hasLeft = left?.latest != null && left.latest < day;
  const state: PersonState = hasLeft ? 'left' : posts !== null ? 'in-post' : isAhead ? 'ahead' : 'no-post';
  return { id, name, email, phone, hasLivedExperience, state, posts: posts ?? [] };
}

function conditions({ words, organisation, state }: PersonFilter, day: IsoDate): readonly RawBuilder<unknown>[] {
  const hasLeft = sql`coalesce(p.left_on->>'latest', '9999') < ${day}`;
  const comes = sql`exists (select from partnership.post a where a.person_id = p.id and a.since->>'earliest' > ${day})`;
  const wanted = {
    'in-post': sql`not (${hasLeft}) and held.person_id is not null`,
    'no-post': sql`not (${hasLeft}) and held.person_id is null and not ${comes}`,
    ahead: sql`not (${hasLeft}) and held.person_id is null and ${comes}`,
    left: hasLeft,
    all: sql`true`,
  };
  return [
    sql`p.removed_at is null`,
    state === undefined ? sql`not (${hasLeft})` : wanted[state],
    ...(words === undefined
      ? []
      : [
          sql`(lower(p.name) like ${like(words)} or lower(p.email) like ${like(words)} or p.id in (
            select w.person_id from partnership.post w where lower(w.title) like ${like(words)} and ${runs('w', day)}))`,
        ]),
    ...(organisation === undefined
      ? []
      : [
          sql`p.id in (select w.person_id from partnership.post w where w.organisation_id = ${organisation} and ${runs('w', day)})`,
        ]),
  ];
}

export interface SeatHeld extends Span {
  readonly id: string;
  readonly bodyId: string;
  readonly body: string;
  readonly role: string;
}

export interface PersonSeen extends Person {
  /** The newest first. */
  readonly posts: readonly Post[];
  readonly seats: readonly SeatHeld[];
}

const personColumns = [
  'id',
  'name',
  'email',
  'phone',
  'has_lived_experience as hasLivedExperience',
  'account_id as accountId',
  'left_on as leftOn',
  sql<boolean>`removed_at is not null`.as('isRemoved'),
] as const;

/** @throws where there is no such person in the bound partnership */
export async function getPerson(work: Reads, id: string): Promise<PersonSeen> {
  const found = await work
    .selectFrom('partnership.person')
    .select(personColumns)
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  return { ...found, leftOn: dateOf(found.leftOn), posts: await postsOf(work, id), seats: await seatsOf(work, id) };
}

/**
 * Holds a person until the unit of work ends, so that two who change them take turns.
 * @throws where there is no such person in the bound partnership
 */
export async function holdPerson(work: Writes, id: string): Promise<PersonSeen> {
  await work.selectFrom('partnership.person').select('id').where('id', '=', id).forUpdate().executeTakeFirstOrThrow();
  return getPerson(reading(work), id);
}

async function postsOf(work: Reads, person: string): Promise<readonly Post[]> {
  const rows = await work
    .selectFrom('partnership.post as post')
    .innerJoin('partnership.organisation as o', 'o.id', 'post.organisation_id')
    .select(['post.id', 'post.title', 'post.since', 'post.until', 'o.id as organisationId', 'o.name as organisation'])
    .select(
      sql<
        OtherName[]
      >`coalesce((select jsonb_agg(jsonb_build_object('id', n.id, 'name', n.name, 'use', n.use, 'until', n.until))
        from partnership.other_name n where n.organisation_id = o.id and n.use = 'former'), '[]')`.as('otherNames'),
    )
    .where('post.person_id', '=', person)
    .orderBy(sql`post.since->>'earliest'`, (by) => by.desc().nullsLast())
    .orderBy('post.id')
    .execute();
  return rows.map((row) => ({ ...row, ...spanOf(row) }));
}

async function seatsOf(work: Reads, person: string): Promise<readonly SeatHeld[]> {
  const rows = await work
    .selectFrom('partnership.seat as seat')
    .innerJoin('partnership.body as body', 'body.id', 'seat.body_id')
    .select(['seat.id', 'seat.role', 'seat.since', 'seat.until', 'body.id as bodyId', 'body.name as body'])
    .where('seat.person_id', '=', person)
    .orderBy(sql`seat.since->>'earliest'`, (by) => by.desc().nullsLast())
    .orderBy('seat.id')
    .execute();
  return rows.map((row) => ({ ...row, ...spanOf(row) }));
}

/** The account with which a person signs in, as far as it still has a role here. */
export interface AccountSeen {
  readonly id: string;
  readonly name: string;
  readonly roles: readonly Role[];
}

export async function findAccount(
  work: ReadWork<'platform'>,
  account: string | null,
): Promise<AccountSeen | undefined> {
  if (account === null) return undefined;
  const rows = await work
    .selectFrom('platform.shared_person as person')
    .innerJoin('platform.role_held as held', 'held.person_id', 'person.id')
    .select(['person.id', 'person.name', 'held.role'])
    .where('person.id', '=', account)
    .orderBy('held.role')
    .execute();
  const first = rows[0];
  return first && { id: first.id, name: first.name, roles: rows.map(({ role }) => role as Role) };
}

/** Accounts with a role here with which nobody in the register signs in yet, but for this person. */
export const accountChoices = (
  work: ReadWork<'partnership' | 'platform'>,
  person: string,
): Promise<readonly { readonly id: string; readonly name: string }[]> =>
  work
    .selectFrom('platform.shared_person as account')
    .select(['account.id', 'account.name'])
    .where((is) =>
      is.not(
        is.exists(
          is
            .selectFrom('partnership.person as p')
            .select('p.id')
            .whereRef('p.account_id', '=', 'account.id')
            .where('p.id', '<>', person),
        ),
      ),
    )
    .orderBy(sql`lower(account.name)`)
    .execute();

/** Those with this name or this email address, but for one. */
export const namesakesOf = (
  work: Reads,
  asked: { readonly name: string; readonly email: string | null },
  day: IsoDate,
  but?: string,
): Promise<readonly Namesake[]> =>
  work
    .selectFrom('partnership.person as p')
    .select(['p.id', 'p.name', 'p.email'])
    .select(
      sql<string[]>`coalesce((
        select array_agg(distinct o.name)
        from partnership.post x join partnership.organisation o on o.id = x.organisation_id
        where x.person_id = p.id and ${runs('x', day)}), '{}')`.as('organisations'),
    )
    .where('p.removed_at', 'is', null)
    .where((is) =>
      is.or([
        is(sql`lower(p.name)`, '=', foldedName(asked.name)),
        is(sql`lower(p.email)`, '=', asked.email?.toLowerCase() ?? null),
      ]),
    )
    .$if(but !== undefined, (query) => query.where('p.id', '<>', but ?? ''))
    .orderBy('p.id')
    .limit(20)
    .execute();

/** The labels that stand in place of names. */
export const labelsTaken = (work: Reads): Promise<readonly string[]> =>
  work
    .selectFrom('partnership.person')
    .select('name')
    .where('has_lived_experience', '=', true)
    .execute()
    .then((rows) => rows.map(({ name }) => name));

export interface NewPerson {
  /** The example names its own; all others get one. */
  readonly id?: string;
  readonly name: string;
  readonly email: string | null;
  readonly phone: string | null;
  readonly accountId?: string | null;
}

export async function addPerson(work: Writes, added: NewPerson): Promise<string> {
  const { id } = await work
    .insertInto('partnership.person')
    .values({
      ...(added.id !== undefined && { id: added.id }),
      name: added.name,
      email: added.email,
      phone: added.phone,
      account_id: added.accountId ?? null,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

export async function addAllPeople(
  work: Writes,
  added: readonly (Omit<NewPerson, 'accountId'> & { readonly id: string })[],
): Promise<void> {
  for (const part of inParts(added))
    await work
      .insertInto('partnership.person')
      .values(part.map(({ id, name, email, phone }) => ({ id, name, email, phone })))
      .execute();
}

/** Everybody with all their posts, for a file to be compared with. */
export async function everyPerson(
  work: Reads,
): Promise<readonly (NewPerson & { readonly id: string; hasLivedExperience: boolean; posts: readonly Post[] })[]> {
  const people = await work
    .selectFrom('partnership.person')
    .select(['id', 'name', 'email', 'phone', 'has_lived_experience as hasLivedExperience'])
    .where('removed_at', 'is', null)
    .orderBy('id')
    .execute();
  const posts = await work
    .selectFrom('partnership.post as post')
    .innerJoin('partnership.organisation as o', 'o.id', 'post.organisation_id')
    .select(['post.person_id', 'post.id', 'post.title', 'post.since', 'post.until'])
    .select(['o.id as organisationId', 'o.name as organisation'])
    .orderBy('post.id')
    .execute();
  const heldBy = Map.groupBy(posts, ({ person_id }) => person_id);
  return people.map((person) => ({
    ...person,
    posts: (heldBy.get(person.id) ?? []).map(({ id, title, organisationId, organisation, ...dates }) => ({
      id,
      title,
      organisationId,
      organisation,
      otherNames: [],
      ...spanOf(dates),
    })),
  }));
}

/** What stands under lock: whoever it is, and how to reach them. */
export interface ProtectedName {
  readonly name: string;
  readonly email: string | null;
  readonly phone: string | null;
}

/** Adds somebody who takes part with lived experience: the label to the register, all else under lock. */
export async function addProtectedPerson(
  work: Writes,
  { id, label, ...kept }: ProtectedName & { readonly id?: string; readonly label: string },
): Promise<string> {
  const person = await work
    .insertInto('partnership.person')
    .values({ ...(id !== undefined && { id }), name: label, has_lived_experience: true })
    .returning('id')
    .executeTakeFirstOrThrow();
  await work
    .insertInto('partnership.protected_name')
    .values({ person_id: person.id, ...kept })
    .execute();
  return person.id;
}

/** Undefined where the name of this person is not protected. */
export const findProtectedName = (work: Reads, person: string): Promise<ProtectedName | undefined> =>
  work
    .selectFrom('partnership.protected_name')
    .select(['name', 'email', 'phone'])
    .where('person_id', '=', person)
    .executeTakeFirst();

export async function changeProtectedName(work: Writes, person: string, kept: ProtectedName): Promise<void> {
  await work.updateTable('partnership.protected_name').set(kept).where('person_id', '=', person).execute();
}

export async function changePerson(
  work: Writes,
  id: string,
  change: Partial<Omit<NewPerson, 'id'>> & { readonly leftOn?: PartialDate | null },
): Promise<void> {
  await work
    .updateTable('partnership.person')
    .set({
      ...(change.name !== undefined && { name: change.name }),
      ...(change.email !== undefined && { email: change.email }),
      ...(change.phone !== undefined && { phone: change.phone }),
      ...(change.accountId !== undefined && { account_id: change.accountId }),
      ...(change.leftOn !== undefined && { left_on: toKeep(change.leftOn) }),
    })
    .where('id', '=', id)
    .execute();
}

/**
 * Puts a label in the place of a person's name, in the register and in its history; the name goes under lock.
 * See migrations/0005_people.sql.
 */
export async function protectPerson(work: Writes, id: string, label: string): Promise<void> {
  await sql`select partnership.protect_person(${id}::uuid, ${label})`.execute(work);
}

/** Destroys what the register and its history know of a person, but for posts and seats. Cannot be undone. */
export async function forgetPerson(work: Writes, id: string): Promise<void> {
  await sql`select partnership.forget_person(${id}::uuid, ${removedName})`.execute(work);
}
