import { sql } from 'kysely';
import type { Role } from '../../duty/index.ts';
import type { Work } from '../database/work.ts';

export interface RolesWanted {
  readonly partnership: string;
  /** Who changes them. */
  readonly actor: string;
  /** One of these roles allows it: looked at again when the turn has come. */
  readonly allowedTo: readonly [Role, ...Role[]];
  readonly person: string;
  /** All that the person shall have here; none ends their access. */
  readonly roles: readonly Role[];
  /** What the form showed, where it has to be the same still. */
  readonly madeFrom?: readonly string[] | undefined;
}

/** What became of it: which roles were given and taken, or why none were. */
export type RolesSet =
  | { readonly given: readonly string[]; readonly taken: readonly string[] }
  | 'not-here'
  | 'not-allowed'
  | 'changed-meanwhile'
  | 'last-administrator';

/**
 * Gives and takes roles in the bound partnership. Changes of one partnership take turns: of two administrators who remove
 * each other at the same moment, the second finds that the first was quicker.
 */
export async function setRoles(work: Work<'platform'>, wanted: RolesWanted): Promise<RolesSet> {
  const { partnership, actor, person } = wanted;
  await sql`select pg_advisory_xact_lock(7273, hashtext(${partnership}))`.execute(work);
  const allowed = await work
    .selectFrom('platform.role_held')
    .select('role')
    .where('person_id', '=', actor)
    .where('role', 'in', [...wanted.allowedTo])
    .executeTakeFirst();
  if (allowed === undefined) return 'not-allowed';
  const found = await work
    .selectFrom('platform.person_here')
    .select('roles')
    .where('id', '=', person)
    .executeTakeFirst();
  if (found === undefined) return 'not-here';
  if (wanted.madeFrom !== undefined && !isSame(wanted.madeFrom, found.roles)) return 'changed-meanwhile';
  const given = wanted.roles.filter((role) => !found.roles.includes(role));
  const taken = found.roles.filter((role) => !(wanted.roles as readonly string[]).includes(role));
  if (taken.includes('administrator') && !(await hasOtherAdministrator(work, person))) return 'last-administrator';
  if (given.length > 0)
    await work
      .insertInto('platform.role_held')
      .values(given.map((role) => ({ partnership_id: partnership, person_id: person, role })))
      .execute();
  if (taken.length > 0)
    await work.deleteFrom('platform.role_held').where('person_id', '=', person).where('role', 'in', taken).execute();
  if (wanted.roles.length === 0) await sql`select platform.end_sessions_without_role(${person})`.execute(work);
  return { given, taken };
}

/** Somebody whose account is disabled cannot act, so they do not count. */
async function hasOtherAdministrator(work: Work<'platform'>, person: string): Promise<boolean> {
  const other = await work
    .selectFrom('platform.person_here')
    .select('id')
    .where('id', '<>', person)
    .where('is_disabled', '=', false)
    .where(sql<boolean>`'administrator' = any(roles)`)
    .limit(1)
    .executeTakeFirst();
  return other !== undefined;
}

const isSame = (a: readonly string[], b: readonly string[]): boolean =>
  [...a].sort().join(' ') === [...b].sort().join(' ');

/** Names of what changed, for the audit: `given analyst`, `taken partner`. */
export const roleChangesNamed = (set: { readonly given: readonly string[]; readonly taken: readonly string[] }) => [
  ...set.given.map((role) => `given ${role}`),
  ...set.taken.map((role) => `taken ${role}`),
];
