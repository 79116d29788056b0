import { sql, type Kysely, type Transaction } from 'kysely';
import type { ReadonlyTransaction } from 'kysely/readonly';
import type { Database } from './schema.ts';

/** A schema of the database: a slice, or what all slices stand on. */
export type Schema = keyof Database extends infer Table ? (Table extends `${infer S}.${string}` ? S : never) : never;

/** The tables and views of the named schemas, and nothing else. */
export type Owned<S extends Schema> = Pick<Database, Extract<keyof Database, `${S}.${string}`>>;

/**
 * A unit of work of a store: one transaction, bound to a person, a partnership and a role, over its own tables. Work on
 * more schemas may stand in for work on fewer, never the other way round: `in` says so. Without it the compiler would
 * compare Kysely's transactions member by member, loosely, and for minutes.
 */
// @ts-expect-error -- the annotation is a rule of ours, not what Kysely's own members imply.
export interface Work<in S extends Schema> extends Transaction<Owned<S>> {}

/** The same, and it cannot write: not by type, and not in PostgreSQL. */
// @ts-expect-error -- as above.
export interface ReadWork<in S extends Schema> extends ReadonlyTransaction<Owned<S>> {}

/** A store that only reads asks for ReadWork; this hands it work that can write. */
export const reading = <S extends Schema>(work: Work<S>): ReadWork<S> => work as unknown as ReadWork<S>;

/** The role that a statement of a unit of work needs when its table belongs to nobody's slice: the queue's. */
export async function asQueue<T>(work: Work<'platform'>, act: (queue: Kysely<unknown>) => Promise<T>): Promise<T> {
  const become = (role: string) => sql`select set_config('role', ${role}, true)`.execute(work);
  await become('concord_jobs');
  const result = await act(work as unknown as Kysely<unknown>);
  await become('concord_member');
  return result;
}

/** What a member's work may name: all but the door. */
type Inside = Exclude<Schema, 'identity'>;

/** Work at the identity door that also concerns one partnership, such as its first role: bound to it for as long as `act` takes. */
export async function inPartnership<T>(
  work: Work<'identity'>,
  partnership: string,
  act: (work: Work<Inside>) => Promise<T>,
): Promise<T> {
  const bind = (role: string, id: string) =>
    sql`select set_config('role', ${role}, true), set_config('concord.partnership', ${id}, true)`.execute(work);
  await bind('concord_member', partnership);
  const result = await act(work as unknown as Work<Inside>);
  await bind('concord_identity', '');
  return result;
}

/** The same for a page at the identity door, which shows something of one partnership and writes nothing. */
export const readInPartnership = <T>(
  work: ReadWork<'identity'>,
  partnership: string,
  act: (work: ReadWork<Inside>) => Promise<T>,
): Promise<T> =>
  inPartnership(work as unknown as Work<'identity'>, partnership, (bound) => act(bound as unknown as ReadWork<Inside>));

/**
 * Work that began at the identity door and knows by now who is at work, and where: it goes on as that person in that
 * partnership, to its end. What it changes, and its audit entry, carry that name.
 */
export async function goOnAs(
  work: Work<'identity'>,
  { person, partnership }: { readonly person: string; readonly partnership: string },
): Promise<Work<Inside>> {
  await sql`
    select set_config('role', 'concord_member', true), set_config('concord.person', ${person}, true),
      set_config('concord.partnership', ${partnership}, true)`.execute(work);
  return work as unknown as Work<Inside>;
}
