import { sql } from 'kysely';
import { personOf } from '../database/person-of.ts';
import type { ReadWork } from '../database/work.ts';
import type { RoleEvent } from './role-history.ts';

export const accessStates = ['active', 'invited', 'expired', 'disabled', 'ended'] as const;
export type AccessState = (typeof accessStates)[number];

export const accessSorts = ['name', 'email', 'since', 'signedIn', 'state'] as const;
export type AccessSort = (typeof accessSorts)[number];

export interface AccessFilter {
  /** Part of a name or an email address. */
  readonly words?: string | undefined;
  readonly role?: string | undefined;
  /** Undefined: all but those whose access has ended. */
  readonly state?: AccessState | undefined;
}

/** Somebody who can sign in here, could, or is invited to. */
export interface AccessLine {
  readonly kind: 'person' | 'invitation';
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly roles: readonly string[];
  /** Of an invitation: when it was first sent. Of somebody who has left: until when. */
  readonly since: string;
  readonly lastSignedInAt: string | null;
  readonly state: AccessState;
}

const filtered = (work: ReadWork<'platform'>, { words, role, state }: AccessFilter) => {
  let query = work.selectFrom('platform.access_here');
  query = state === undefined ? query.where('state', '<>', 'ended') : query.where('state', '=', state);
  if (role !== undefined) query = query.where(sql<boolean>`${role} = any(roles)`);
  if (words !== undefined)
    query = query.where(
      sql<boolean>`strpos(lower(name), lower(${words})) > 0 or strpos(lower(email), lower(${words})) > 0`,
    );
  return query;
};

const columns = {
  name: sql`lower(name)`,
  email: sql`lower(email)`,
  since: sql`since`,
  signedIn: sql`last_signed_in_at`,
  state: sql`state`,
} as const;

/** In the asked order; whoever never signed in comes first where the earliest do. */
export async function listAccess(
  work: ReadWork<'platform'>,
  filter: AccessFilter,
  sort: { readonly by: AccessSort; readonly order: 'ascending' | 'descending' },
  page: { readonly limit: number; readonly offset: number },
): Promise<readonly AccessLine[]> {
  return filtered(work, filter)
    .select(['kind', 'id', 'name', 'email', 'roles', 'since', 'state'])
    .select(sql<string | null>`last_signed_in_at`.as('lastSignedInAt'))
    .$narrowType<Pick<AccessLine, 'kind' | 'state'>>()
    .orderBy(columns[sort.by], (by) => (sort.order === 'ascending' ? by.asc().nullsFirst() : by.desc().nullsLast()))
    .orderBy(sql`lower(name)`)
    .orderBy('id')
    .limit(page.limit)
    .offset(page.offset)
    .execute();
}

export async function countAccess(work: ReadWork<'platform'>, filter: AccessFilter): Promise<number> {
  const { count } = await filtered(work, filter)
    .select((select) => select.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  return count;
}

/** Somebody who has or had a role here. */
export interface PersonHere {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly roles: readonly string[];
  readonly since: string | null;
  readonly endedAt: string | null;
  readonly lastSignedInAt: string | null;
  readonly isDisabled: boolean;
}

const peopleHere = (work: ReadWork<'platform'>) =>
  work
    .selectFrom('platform.person_here')
    .select(['id', 'name', 'email', 'roles', 'is_disabled as isDisabled'])
    .select([
      sql<string | null>`since`.as('since'),
      sql<string | null>`ended_at`.as('endedAt'),
      sql<string | null>`last_signed_in_at`.as('lastSignedInAt'),
    ]);

/** @throws NoResultError for somebody who never had a role here */
export const getPersonHere = (work: ReadWork<'platform'>, person: string): Promise<PersonHere> =>
  peopleHere(work).where('id', '=', person).executeTakeFirstOrThrow();

export const findPersonHere = (work: ReadWork<'platform'>, email: string): Promise<PersonHere | undefined> =>
  peopleHere(work)
    .where(sql`lower(email)`, '=', email.toLowerCase())
    .executeTakeFirst();

/** Everybody who has a role here now, by name. */
export const listPeopleHere = (work: ReadWork<'platform'>): Promise<readonly PersonHere[]> =>
  peopleHere(work)
    .where(sql<boolean>`roles <> '{}'`)
    .orderBy(sql`lower(name)`)
    .orderBy('id')
    .execute();

/** Every role that was given or taken here: of one person, or of all. Of no order. */
export async function roleEvents(work: ReadWork<'platform'>, person?: string): Promise<readonly RoleEvent[]> {
  let query = work
    .selectFrom('platform.role_event as event')
    .innerJoin('platform.shared_person as somebody', 'somebody.id', 'event.person_id')
    .leftJoin('platform.shared_person as actor', (join) => join.on('actor.id', '=', personOf(sql.ref('event.actor'))))
    .select(['event.at', 'event.kind', 'event.role', 'event.person_id as person', 'somebody.name'])
    .select(
      sql<string>`coalesce(actor.name, case event.actor when 'system' then 'Concord itself' else 'Somebody who has left' end)`.as(
        'by',
      ),
    )
    .$narrowType<Pick<RoleEvent, 'kind'>>();
  if (person !== undefined) query = query.where('event.person_id', '=', person);
  return query.execute();
}
