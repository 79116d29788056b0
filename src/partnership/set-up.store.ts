import { sql } from 'kysely';
import { inPartnership, reading, type ReadWork, type Work } from '../platform/database/work.ts';
import { addAccount, addPartnership, giveRoles } from '../platform/identity/account.store.ts';
import { hashPassword } from '../platform/identity/password.ts';
import { linkAccount } from './join.store.ts';

/** Whether anybody has an account yet. */
export async function isEmpty(work: ReadWork<'identity'>): Promise<boolean> {
  return (await work.selectFrom('identity.person').select('id').limit(1).executeTakeFirst()) === undefined;
}

export interface FirstPartnership {
  readonly slug: string;
  readonly partnership: string;
  readonly kind: 'hub' | 'area';
  readonly name: string;
  readonly email: string;
  readonly password: string;
}

/**
 * Makes the first partnership and its administrator, all or nothing. Of two who try at the same time, one succeeds.
 * @returns the administrator's id, or undefined when somebody was there before
 */
export async function setUp(
  work: Work<'identity' | 'platform' | 'published'>,
  first: FirstPartnership,
): Promise<string | undefined> {
  await sql`select pg_advisory_xact_lock(7272)`.execute(work);
  if (!(await isEmpty(reading(work)))) return undefined;
  const partnership = await addPartnership(work, { slug: first.slug, name: first.partnership, kind: first.kind });
  const person = await addAccount(work, {
    email: first.email,
    name: first.name,
    passwordHash: await hashPassword(first.password),
  });
  await inPartnership(work, partnership, async (bound) => {
    await giveRoles(bound, partnership, [{ person, role: 'administrator' }]);
    await linkAccount(bound, partnership, { person, name: first.name, email: first.email });
  });
  return person;
}
