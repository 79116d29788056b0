import { Kysely, NoResultError, type Transaction } from 'kysely';
import pg from 'pg';
import { OneClientDialect, typeParsers } from './dialect.ts';
import { enter, isSame, questionOf, readyDoor, type Entered, type Entry } from './door.ts';
import { Expectations } from './expectations.ts';
import { gatheringSocket } from './gathering-socket.ts';
import type { Database } from './schema.ts';
import type { ReadWork, Schema, Work } from './work.ts';

export type { Entered, Entry } from './door.ts';

/**
 * The only way to the records. Everything that reads or writes is a *unit of work*: one transaction, begun and bound to a
 * person, a partnership and a role in one round trip, and ended together with its audit entry in another.
 */
export interface Records {
  /**
   * A unit that cannot write: by type, and because PostgreSQL was told so. Sees one moment throughout. `act` asks and answers
   * and does nothing else, for it may run twice: see `Expectations`.
   */
  readonly read: <T>(entry: Entry, act: (unit: ReadUnit) => Promise<T>) => Promise<T>;
  /** A unit that may write. What it did and `audit` commit together, or not at all. */
  readonly write: <T>(entry: Entry, act: (unit: WriteUnit) => Promise<T>) => Promise<T>;
  readonly close: () => Promise<void>;
}

export interface ReadUnit {
  readonly entered: Entered;
  readonly work: <S extends Schema>() => ReadWork<S>;
}

export interface WriteUnit {
  readonly entered: Entered;
  readonly work: <S extends Schema>() => Work<S>;
  /** Appended to the partnership's chain as the last statement before the commit. A second call replaces the first. */
  readonly audit: (event: AuditEvent) => void;
  /** Commits nothing, though the unit ends without a fault: for a refusal that is a value. The audit is not written either. */
  readonly discard: () => void;
}

/** Ids and names of fields only, never anybody's words. */
export interface AuditEvent {
  readonly action: string;
  readonly subject?: string | undefined;
  readonly outcome: 'done' | 'seen' | 'refused' | 'failed';
  readonly fields?: readonly string[] | undefined;
}

/** The records cannot be reached at the moment: the page says so and asks to try again. */
export class RecordsUnavailable extends Error {}

/** A connection whose last unit may still be open on it is nobody's to use. */
class EndedBadly extends Error {}

/** A store asked for a row that is not there, or that row security hides: for the visitor the same. */
export const isMissingRow = (error: unknown): boolean => error instanceof NoResultError;

/** Where and as whom the serving process logs in. */
export type Login = pg.ClientConfig;

export interface RecordsOptions {
  readonly connections?: number;
  /** Longest time that one statement may take, in milliseconds; 0 is for ever. */
  readonly statementMilliseconds?: number;
}

export function openRecords(login: Login, options: RecordsOptions = {}): Records {
  const pool = new pg.Pool({
    ...login,
    max: options.connections ?? 16,
    connectionTimeoutMillis: 5_000,
    idleTimeoutMillis: 60_000,
    types: typeParsers,
    pipeline: true,
    stream: () => gatheringSocket(),
    options: `-c timezone=UTC -c datestyle=ISO -c statement_timeout=${options.statementMilliseconds ?? 30_000} -c idle_in_transaction_session_timeout=120000`,
  });
  pool.on('error', () => undefined); // an idle connection died; the next unit finds out by itself
  // A connection that dies in the hands of a unit says so twice: to the statement, and as an event that ends the process
  // when nobody hears it.
  pool.on('connect', (client) => {
    client.on('error', () => undefined);
    // Asked first, so it is there before any unit; where it fails, the units hear of it.
    client.query(readyDoor).catch(() => undefined);
  });

  const expectations = new Expectations();
  /** How the last read on a connection ended: its visitor did not wait for that, whoever has the connection next does. */
  const endings = new WeakMap<pg.PoolClient, Promise<unknown>>();

  async function onConnection<T>(act: (client: pg.PoolClient) => Promise<T>): Promise<T> {
    const client = await connect(pool);
    let broken: Error | undefined;
    try {
      return await act(client);
    } catch (error) {
      if (isConnectionFault(error) || error instanceof EndedBadly) {
        broken = error as Error;
        throw new RecordsUnavailable('The records cannot be reached.', { cause: error });
      }
      await client.query('rollback').catch((fault: unknown) => (broken = fault as Error));
      throw error;
    } finally {
      client.release(broken);
    }
  }

  /** Begins, and hears how the unit before on this connection ended: that was asked first, so it is answered first. */
  async function begin(client: pg.PoolClient, entry: Entry, question: string | undefined, mode: 'read' | 'write') {
    const [entered] = await Promise.all([enter(client, entry, question, mode), endings.get(client)]);
    endings.delete(client);
    return entered;
  }

  function write<T>(entry: Entry, act: (unit: WriteUnit) => Promise<T>): Promise<T> {
    return onConnection(async (client) => {
      const entered = await begin(client, entry, questionOf(entry), 'write');
      const end: { keep: boolean; event: AuditEvent | undefined } = { keep: true, event: undefined };
      const result = await act({
        entered,
        work: workOn(client),
        audit: (event) => (end.event = event),
        discard: () => (end.keep = false),
      });
      await client.query(end.keep ? (end.event ? commitWithAudit(end.event) : 'commit') : 'rollback');
      return result;
    });
  }

  async function read<T>(entry: Entry, act: (unit: ReadUnit) => Promise<T>): Promise<T> {
    const question = questionOf(entry);
    const attempt = (expected: Entered | undefined): Promise<{ readonly given: T } | undefined> =>
      onConnection(async (client) => {
        const entering = begin(client, entry, question, 'read');
        const ask = async (entered: Entered) => {
          const unit: unknown = { entered, work: workOn(client) };
          return { given: await act(unit as ReadUnit) };
        };
        const answer =
          expected === undefined ? await ask(await entering) : await answerTo(expected, entering, ask(expected));
        if (question !== undefined) expectations.learn(question, await entering);
        // Nothing is lost where a read does not end well, so nobody waits for it.
        const ending = client.query('commit').catch((cause: unknown) => {
          throw new EndedBadly('The unit before on this connection did not end.', { cause });
        });
        ending.catch(() => undefined);
        endings.set(client, ending);
        return answer;
      });
    const answer = (await attempt(expectations.of(question))) ?? (await attempt(undefined));
    if (answer === undefined) throw new Error('Without an expectation there is always an answer.');
    return answer.given;
  }

  return { read, write, close: () => pool.end() };
}

// The one cast of the house: the client is inside a transaction, and these types say which tables it may name.
const workOn = (client: pg.ClientBase) => {
  const kysely = new Kysely<Database>({ dialect: new OneClientDialect(client) });
  return <S extends Schema>() => kysely as unknown as Transaction<Database> as unknown as Work<S>;
};

/** What was answered for `expected`, or undefined when it was not they who came in. */
async function answerTo<T>(
  expected: Entered,
  entering: Promise<Entered>,
  answering: Promise<T>,
): Promise<T | undefined> {
  // Both are waited for, whatever becomes of them: no connection is given back with a question still on it.
  const [entered, answer] = await Promise.allSettled([entering, answering]);
  if (entered.status === 'rejected') throw entered.reason;
  if (!isSame(entered.value, expected)) return undefined;
  if (answer.status === 'rejected') throw answer.reason;
  return answer.value;
}

async function connect(pool: pg.Pool): Promise<pg.PoolClient> {
  try {
    return await pool.connect();
  } catch (error) {
    throw new RecordsUnavailable('The records cannot be reached.', { cause: error });
  }
}

/**
 * Appends the audit entry and commits, in one message, and is answered when both are on the disk.
 *
 * Writers to one chain take turns, and a turn lasts until the commit. If each waited for the disk within its turn, the
 * disk would set the pace: one writer at a time. So the commit itself does not wait (its turn ends at once); the empty
 * message to the log that follows does. The log is written in order, so what it waits for includes the commit, and
 * PostgreSQL lets all who wait share one write. A crash in between loses the last entries whole, from the end of the
 * chain, and nobody was told that they were kept.
 */
function commitWithAudit(event: AuditEvent): string {
  const text = (value: string | undefined) => (value === undefined ? 'null' : pg.escapeLiteral(value));
  const fields = event.fields === undefined ? 'null' : `array[${event.fields.map(text).join(', ')}]::text[]`;
  const append = `select platform.audit_append(${text(event.action)}, ${text(event.subject)}, ${text(event.outcome)}, ${fields})`;
  return `set local synchronous_commit = off; ${append}; commit; select pg_logical_emit_message(true, 'concord', '')`;
}

const faults = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOENT',
  'EPIPE',
  'ETIMEDOUT',
  '57P01',
  '57P02',
  '57P03',
  '53300',
]);
function isConnectionFault(error: unknown): boolean {
  const { code, message } = error as { code?: unknown; message?: unknown };
  if (typeof code === 'string' && (faults.has(code) || code.startsWith('08'))) return true;
  return (
    typeof message === 'string' &&
    /^(Connection terminated|Client has encountered a connection error|timeout exceeded when trying to connect)/.test(
      message,
    )
  );
}
