import { sql } from 'kysely';
import type { Role } from '../../duty/index.ts';
import type { ReadWork, Work } from '../database/work.ts';

export interface NewAccount {
  readonly email: string;
  readonly name: string;
  /** As `hashPassword` gives it. */
  readonly passwordHash: string;
  /** Of an example, which others point at. */
  readonly id?: string;
  readonly lastSignedInAt?: string | null;
}

/** Makes an account that can sign in. Gives the person's id; undefined where the email address has an account already. */
export async function addAccountUnlessThere(work: Work<'identity'>, account: NewAccount): Promise<string | undefined> {
  const added = await work
    .insertInto('identity.person')
    .values({
      ...(account.id !== undefined && { id: account.id }),
      email: account.email,
      name: account.name,
      last_signed_in_at: account.lastSignedInAt ?? null,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst();
  if (added === undefined) return undefined;
  await work
    .insertInto('identity.credential')
    .values({ person_id: added.id, password_hash: account.passwordHash })
    .execute();
  return added.id;
}

/** The same where nobody can have the address yet. @throws Error where somebody has it */
export async function addAccount(work: Work<'identity'>, account: NewAccount): Promise<string> {
  const id = await addAccountUnlessThere(work, account);
  if (id === undefined) throw new Error('there is an account with this email address');
  return id;
}

/** The email address by which a person signs in. @throws NoResultError where there is no such account */
export async function emailOf(work: ReadWork<'identity'>, person: string): Promise<string> {
  const { email } = await work
    .selectFrom('identity.person')
    .select('email')
    .where('id', '=', person)
    .executeTakeFirstOrThrow();
  return email;
}

/** Sets a new password. @param passwordHash as `hashPassword` gives it */
export async function setPassword(work: Work<'identity'>, person: string, passwordHash: string): Promise<void> {
  await work
    .updateTable('identity.credential')
    .set({ password_hash: passwordHash, changed_at: sql`now()` })
    .where('person_id', '=', person)
    .execute();
}

export interface NewPartnership {
  readonly slug: string;
  readonly name: string;
  /** A hub has local partnerships under it. */
  readonly kind?: 'hub' | 'area';
  /** The hub that it belongs to. */
  readonly hub?: string | undefined;
}

/** Makes a partnership, and its public row beside it. Gives its id. */
export async function addPartnership(
  work: Work<'platform' | 'published'>,
  { slug, name, kind = 'area', hub }: NewPartnership,
): Promise<string> {
  const { id } = await work
    .insertInto('platform.partnership')
    .values({ slug, name, kind, hub_id: hub ?? null })
    .returning('id')
    .executeTakeFirstOrThrow();
  await work
    .insertInto('published.partnership')
    .values({ id, slug, name, kind, hub_id: hub ?? null })
    .execute();
  return id;
}

/** Gives people roles in the bound partnership. @param since when they got them; now where it is left out */
export async function giveRoles(
  work: Work<'platform'>,
  partnership: string,
  held: readonly { readonly person: string; readonly role: Role; readonly since?: string | undefined }[],
): Promise<void> {
  if (held.length === 0) return;
  await work
    .insertInto('platform.role_held')
    .values(
      held.map(({ person, role, since }) => ({
        partnership_id: partnership,
        person_id: person,
        role,
        given_at: since ?? sql<string>`now()`,
      })),
    )
    .execute();
}

/** The id of whoever signs in with this email address; undefined when nobody does, or no longer. */
export async function findPerson(work: ReadWork<'identity'>, email: string): Promise<string | undefined> {
  const found = await work
    .selectFrom('identity.person')
    .select('id')
    .where(sql<string>`lower(email)`, '=', email.trim().toLowerCase())
    .where('disabled_at', 'is', null)
    .executeTakeFirst();
  return found?.id;
}
