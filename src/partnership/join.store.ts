import { sql } from 'kysely';
import type { Work } from '../platform/database/work.ts';

/**
 * Lets the register and the accounts meet: the person with this email address is the one who signs in as it. Whoever is
 * not in the register yet is added to it.
 */
export async function linkAccount(
  work: Work<'partnership'>,
  partnership: string,
  { person, name, email }: { readonly person: string; readonly name: string; readonly email: string },
): Promise<void> {
  const known = await work
    .selectFrom('partnership.person')
    .select('id')
    .where('account_id', '=', person)
    .executeTakeFirst();
  if (known !== undefined) return;
  const { numUpdatedRows } = await work
    .updateTable('partnership.person')
    .set({ account_id: person })
    .where(sql`lower(email)`, '=', email.toLowerCase())
    .where('account_id', 'is', null)
    .executeTakeFirst();
  if (numUpdatedRows > 0n) return;
  await work
    .insertInto('partnership.person')
    .values({ partnership_id: partnership, name, email, account_id: person })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}
