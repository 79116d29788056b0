import { createHash, createHmac, randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import { sessionHash } from '../database/door.ts';
import type { ReadWork, Work } from '../database/work.ts';
import { isPassword } from './password.ts';

/** A working day: people sign in once in the morning. */
export const sessionHours = 10;
/** Failures of one account from one address, and of all accounts from one address, before it has to wait. */
const failuresOfPair = 5;
const failuresOfAddress = 50;
export const windowMinutes = 15;

export interface PasswordTried {
  readonly email: string;
  readonly password: string;
  /** Network address that the request came from. */
  readonly address: string;
  /** Secret of the installation: addresses and accounts of failures are kept as keyed hashes. */
  readonly key: string;
}

export type SignedIn = { readonly token: string; readonly expires: Date; readonly person: string };

/** Checks a password and opens a session, or says why not. A failure is recorded in the same unit of work. */
export async function signIn(
  work: Work<'identity'>,
  tried: PasswordTried & { readonly moment: Date },
): Promise<SignedIn | 'wrong' | 'wait'> {
  const proved = await provePassword(work, tried);
  return typeof proved === 'string' ? proved : openSession(work, proved.person, tried.moment);
}

/** Whose password it is; or that it is nobody's, or that whoever tries has to wait. Failures are counted. */
export async function provePassword(
  work: Work<'identity'>,
  tried: PasswordTried,
): Promise<{ readonly person: string } | 'wrong' | 'wait'> {
  const account_hash = keyed(tried.key, `account ${tried.email.trim().toLowerCase()}`);
  const address_hash = keyed(tried.key, `address ${tried.address}`);
  // Tries of one account from one address take turns: twenty at once are counted as twenty after each other.
  const pair = createHash('sha256').update(account_hash).update(address_hash).digest().readInt32BE();
  await sql`select pg_advisory_xact_lock(7272, ${pair})`.execute(work);
  if (await mustWait(work, account_hash, address_hash)) return 'wait';
  const found = await work
    .selectFrom('identity.person as person')
    .innerJoin('identity.credential as credential', 'credential.person_id', 'person.id')
    .select(['person.id', 'credential.password_hash'])
    .where(sql<string>`lower(person.email)`, '=', tried.email.trim().toLowerCase())
    .where('person.disabled_at', 'is', null)
    .executeTakeFirst();
  const right = await isPassword(tried.password, found?.password_hash);
  if (found === undefined || !right) {
    await work.insertInto('identity.sign_in_failure').values({ account_hash, address_hash }).execute();
    return 'wrong';
  }
  await work
    .deleteFrom('identity.sign_in_failure')
    .where('account_hash', '=', account_hash)
    .where('address_hash', '=', address_hash)
    .execute();
  return { person: found.id };
}

async function mustWait(work: Work<'identity'>, account_hash: Buffer, address_hash: Buffer): Promise<boolean> {
  await work
    .deleteFrom('identity.sign_in_failure')
    .where('at', '<', sql<string>`now() - make_interval(mins => ${windowMinutes})`)
    .execute();
  const { pair, all } = await work
    .selectFrom('identity.sign_in_failure')
    .where('address_hash', '=', address_hash)
    .select((select) => [
      select.fn.countAll<number>().as('all'),
      select.fn.countAll<number>().filterWhere('account_hash', '=', account_hash).as('pair'),
    ])
    .executeTakeFirstOrThrow();
  return pair >= failuresOfPair || all >= failuresOfAddress;
}

/** Opens a session. The token leaves once, in the cookie; the records keep its hash. */
export async function openSession(work: Work<'identity'>, person: string, moment: Date): Promise<SignedIn> {
  const token = randomBytes(32).toString('base64url');
  const expires = new Date(moment.getTime() + sessionHours * 3_600_000);
  await work.deleteFrom('identity.session').where('expires_at', '<', moment.toISOString()).execute();
  await work
    .insertInto('identity.session')
    .values({ token_hash: sessionHash(token), person_id: person, expires_at: expires.toISOString() })
    .execute();
  await work
    .updateTable('identity.person')
    .set({ last_signed_in_at: moment.toISOString() })
    .where('id', '=', person)
    .execute();
  return { token, expires, person };
}

/** Ends one session. A token that is used again afterwards is nobody's. */
export async function endSession(work: Work<'identity'>, token: string): Promise<void> {
  await work.deleteFrom('identity.session').where('token_hash', '=', sessionHash(token)).execute();
}

/** Ends all sessions of a person, or all but the one of this token. */
export async function endSessionsOf(work: Work<'identity'>, person: string, butToken?: string): Promise<void> {
  let ending = work.deleteFrom('identity.session').where('person_id', '=', person);
  if (butToken !== undefined) ending = ending.where('token_hash', '<>', sessionHash(butToken));
  await ending.execute();
}

export interface OpenSession {
  readonly since: string;
  readonly until: string;
  /** Whether it is the one that asks. */
  readonly isThis: boolean;
}

/** The open sessions of a person, the newest first. */
export async function sessionsOf(
  work: ReadWork<'identity'>,
  person: string,
  { token, moment }: { readonly token: string | undefined; readonly moment: Date },
): Promise<readonly OpenSession[]> {
  const rows = await work
    .selectFrom('identity.session')
    .select(['created_at as since', 'expires_at as until', 'token_hash'])
    .where('person_id', '=', person)
    .where('expires_at', '>', moment.toISOString())
    .orderBy('created_at', 'desc')
    .execute();
  const mine = token === undefined ? undefined : sessionHash(token);
  return rows.map(({ token_hash, ...session }) => ({ ...session, isThis: mine?.equals(token_hash) === true }));
}

/** Disables an account: the next request of any of its sessions is refused, whatever process it reaches. */
export async function disablePerson(work: Work<'identity'>, person: string): Promise<void> {
  await work
    .updateTable('identity.person')
    .set({ disabled_at: sql`now()` })
    .where('id', '=', person)
    .execute();
  await endSessionsOf(work, person);
}

export interface PlaceOfPerson {
  readonly slug: string;
  readonly name: string;
  readonly roles: readonly string[];
}

/** The partnerships in which a person has a role. */
export async function partnershipsOf(work: ReadWork<'identity'>, person: string): Promise<readonly PlaceOfPerson[]> {
  const { rows } = await sql<PlaceOfPerson>`select slug, name, roles from identity.partnerships_of(${person})`.execute(
    work as unknown as Work<'identity'>,
  );
  return rows;
}

/** How accounts and network addresses are counted: under a secret, so that a copy of the table names nobody. */
export const keyed = (key: string, text: string): Buffer => createHmac('sha256', key).update(text).digest();
