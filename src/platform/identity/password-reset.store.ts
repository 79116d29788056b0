import { sql } from 'kysely';
import { randomBytes } from 'node:crypto';
import { sessionHash } from '../database/door.ts';
import type { ReadWork, Work } from '../database/work.ts';
import { keyed } from './session.store.ts';

const linkMinutes = 60;
/** Letters that one network address may ask for, to one account and in all, in this while. */
const asksOfPair = 3;
const asksOfAddress = 50;
/** Letters to one account, whoever asks: each of them opens, so nobody is kept out by what others ask for. */
const asksOfAccount = 10;
const windowMinutes = 60;

export interface ResetAsked {
  readonly email: string;
  /** Network address that the request came from. */
  readonly address: string;
  readonly key: string;
  readonly moment: Date;
  /** The letter's words around the path of the link. */
  readonly letter: (path: string) => { readonly subject: string; readonly body: string };
}

/**
 * Puts a letter with a link into the outbox, if somebody signs in with this email address. It gives nothing back and runs
 * the same statements either way, so neither the answer nor its time says whether there is an account.
 */
export async function askForReset(work: Work<'identity' | 'platform'>, asked: ResetAsked): Promise<void> {
  const email = asked.email.trim().toLowerCase();
  const account_hash = keyed(asked.key, `account ${email}`);
  const address_hash = keyed(asked.key, `address ${asked.address}`);
  await sql`select pg_advisory_xact_lock(7277, ${account_hash.readInt32BE()})`.execute(work);
  const isTooMuch = await hasAskedTooMuch(work, account_hash, address_hash);
  await work.insertInto('identity.password_reset_asked').values({ account_hash, address_hash }).execute();
  const token = randomBytes(32).toString('base64url');
  const expires = new Date(asked.moment.getTime() + linkMinutes * 60_000);
  const { subject, body } = asked.letter(`/sign-in/new-password/${token}`);
  await sql`
    with person as (
      select p.id, p.email from identity.person p join identity.credential c on c.person_id = p.id
      where lower(p.email) = ${email} and p.disabled_at is null and not ${isTooMuch}::boolean
    ), link as (
      insert into identity.password_reset (token_hash, person_id, expires_at)
      select ${sessionHash(token)}, person.id, ${expires.toISOString()}::timestamptz from person
    )
    insert into platform.mail (recipient, subject, body)
    select person.email, ${subject}, ${body} from person`.execute(work);
}

async function hasAskedTooMuch(work: Work<'identity'>, account_hash: Buffer, address_hash: Buffer): Promise<boolean> {
  await work
    .deleteFrom('identity.password_reset_asked')
    .where('at', '<', sql<string>`now() - make_interval(mins => ${windowMinutes})`)
    .execute();
  const counted = await work
    .selectFrom('identity.password_reset_asked')
    .where((is) => is.or([is('address_hash', '=', address_hash), is('account_hash', '=', account_hash)]))
    .select((select) => [
      select.fn.countAll<number>().filterWhere('address_hash', '=', address_hash).as('ofAddress'),
      select.fn.countAll<number>().filterWhere('account_hash', '=', account_hash).as('ofAccount'),
      select.fn
        .countAll<number>()
        .filterWhere((is) => is.and([is('address_hash', '=', address_hash), is('account_hash', '=', account_hash)]))
        .as('ofPair'),
    ])
    .executeTakeFirstOrThrow();
  return counted.ofPair >= asksOfPair || counted.ofAddress >= asksOfAddress || counted.ofAccount >= asksOfAccount;
}

/** Whether a link still sets a password. */
export async function canReset(work: ReadWork<'identity'>, token: string, moment: Date): Promise<boolean> {
  const found = await work
    .selectFrom('identity.password_reset as reset')
    .innerJoin('identity.person as person', 'person.id', 'reset.person_id')
    .select('reset.person_id')
    .where('reset.token_hash', '=', sessionHash(token))
    .where('reset.used_at', 'is', null)
    .where('reset.expires_at', '>', moment.toISOString())
    .where('person.disabled_at', 'is', null)
    .executeTakeFirst();
  return found !== undefined;
}

/**
 * Uses a link up, and with it all others that the person was sent. Of two who come with it at the same time, one succeeds.
 * @returns the person, or undefined where the link opens nothing
 */
export async function takeReset(work: Work<'identity'>, token: string, moment: Date): Promise<string | undefined> {
  const owner = await work
    .selectFrom('identity.password_reset')
    .select('person_id')
    .where('token_hash', '=', sessionHash(token))
    .executeTakeFirst();
  if (owner === undefined) return undefined;
  // The links of one person take turns, for each ends the others.
  await sql`select pg_advisory_xact_lock(7275, hashtext(${owner.person_id}))`.execute(work);
  const taken = await work
    .updateTable('identity.password_reset as reset')
    .from('identity.person as person')
    .set({ used_at: sql`now()` })
    .whereRef('person.id', '=', 'reset.person_id')
    .where('person.disabled_at', 'is', null)
    .where('reset.token_hash', '=', sessionHash(token))
    .where('reset.used_at', 'is', null)
    .where('reset.expires_at', '>', moment.toISOString())
    .returning('reset.person_id')
    .executeTakeFirst();
  if (taken === undefined) return undefined;
  await work
    .deleteFrom('identity.password_reset')
    .where('person_id', '=', taken.person_id)
    .where('used_at', 'is', null)
    .execute();
  return taken.person_id;
}
