import type { Role } from '../../duty/index.ts';
import { sql } from 'kysely';
import type { ReadWork, Work } from '../database/work.ts';

export interface NewAccount {
  readonly email: string;
  readonly name: string;
  /** As `hashPassword` gives it. */
  readonly passwordHash: string;
}

/** Makes an account that can sign in. Gives the person's id. */
export async function addAccount(work: Work<'identity'>, account: NewAccount): Promise<string> {
  const { id } = await work
    .insertInto('identity.person')
    .values({ email: account.email, name: account.name })
    .returning('id')
    .executeTakeFirstOrThrow();
  await work.insertInto('identity.credential').values({ person_id: id, password_hash: account.passwordHash }).execute();
  return id;
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

/** Gives people roles in the bound partnership. */
export async function giveRoles(
  work: Work<'platform'>,
  partnership: string,
  held: readonly { readonly person: string; readonly role: Role }[],
): Promise<void> {
  if (held.length === 0) return;
  await work
    .insertInto('platform.role_held')
    .values(held.map(({ person, role }) => ({ partnership_id: partnership, person_id: person, role })))
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
