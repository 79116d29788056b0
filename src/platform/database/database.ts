import { createHash } from 'node:crypto';
import { Kysely, NoResultError, type Transaction } from 'kysely';
import pg from 'pg';
import { OneClientDialect, typeParsers } from './dialect.ts';
import type { Door } from './migrate.ts';
import type { Database } from './schema.ts';
import type { ReadWork, Schema, Work } from './work.ts';

/**
 * The only way to the records. Everything that reads or writes is a *unit of work*: one transaction, begun and bound to a
 * person, a partnership and a role in one round trip, and ended together with its audit entry in another.
 */
export interface Records {
  /** A unit that cannot write: by type, and because PostgreSQL was told so. Sees one moment throughout. */
  readonly read: <T>(entry: Entry, act: (unit: ReadUnit) => Promise<T>) => Promise<T>;
  /** A unit that may write. What it did and `audit` commit together, or not at all. */
  readonly write: <T>(entry: Entry, act: (unit: WriteUnit) => Promise<T>) => Promise<T>;
  readonly close: () => Promise<void>;
}

/** Who comes in, by which door (a role in PostgreSQL that sees some schemas and not others). */
export type Entry =
  /** A visitor with a session (or none), at an address that names a partnership (or none). */
  | { readonly door: Door; readonly session: string | undefined; readonly slug: string | undefined }
  /** Work on behalf of somebody already known: a job, a command, a signed link. */
  | { readonly door: Door; readonly actor: string; readonly partnership: string | undefined };

/** What the door found out. */
export interface Entered {
  readonly person: { readonly id: string; readonly name: string } | undefined;
  readonly partnership: { readonly id: string; readonly name: string; readonly look: Look } | undefined;
  readonly roles: readonly string[];
}

/** What the frame of every page of a partnership shows beside its name. */
export interface Look {
  /** `#rrggbb`; null where Concord's own colour serves. */
  readonly accent: string | null;
  readonly logo: { readonly hash: string; readonly alt: string } | null;
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
    options: `-c timezone=UTC -c datestyle=ISO -c statement_timeout=${options.statementMilliseconds ?? 30_000} -c idle_in_transaction_session_timeout=120000`,
  });
  pool.on('error', () => undefined); // an idle connection died; the next unit finds out by itself
  // A connection that dies in the hands of a unit says so twice: to the statement, and as an event that ends the process
  // when nobody hears it.
  pool.on('connect', (client) => void client.on('error', () => undefined));

  async function unit<T>(entry: Entry, mode: 'read' | 'write', act: (unit: WriteUnit) => Promise<T>): Promise<T> {
    const client = await connect(pool);
    let broken: Error | undefined;
    try {
      const entered = await begin(client, entry, mode);
      const end: { keep: boolean; event: AuditEvent | undefined } = { keep: true, event: undefined };
      const kysely = new Kysely<Database>({ dialect: new OneClientDialect(client) });
      // The one cast of the house: the client is inside a transaction, and these types say which tables it may name.
      const work = <S extends Schema>() => kysely as unknown as Transaction<Database> as unknown as Work<S>;
      const result = await act({
        entered,
        work,
        audit: (event) => (end.event = event),
        discard: () => (end.keep = false),
      });
      await client.query(end.keep ? (end.event ? commitWithAudit(end.event) : 'commit') : 'rollback');
      return result;
    } catch (error) {
      if (isConnectionFault(error)) {
        broken = error as Error;
        throw new RecordsUnavailable('The records cannot be reached.', { cause: error });
      }
      await client.query('rollback').catch((fault: unknown) => (broken = fault as Error));
      throw error;
    } finally {
      client.release(broken);
    }
  }

  return {
    read: (entry, act) => unit(entry, 'read', (u) => act(u as unknown as ReadUnit)),
    write: (entry, act) => unit(entry, 'write', act),
    close: () => pool.end(),
  };
}

async function connect(pool: pg.Pool): Promise<pg.PoolClient> {
  try {
    return await pool.connect();
  } catch (error) {
    throw new RecordsUnavailable('The records cannot be reached.', { cause: error });
  }
}

const transaction = {
  read: 'begin isolation level repeatable read read only',
  write: 'begin isolation level read committed read write',
} as const;

/**
 * Begins and binds in one message. No parameter can travel in a message of several statements, so every value is a quoted
 * literal; SET LOCAL ROLE takes a constant. The role of the door comes last: only the door may look up a session.
 */
async function begin(client: pg.ClientBase, entry: Entry, mode: 'read' | 'write'): Promise<Entered> {
  if ('actor' in entry) {
    const bind = `select set_config('concord.person', ${pg.escapeLiteral(entry.actor)}, true), set_config('concord.partnership', ${pg.escapeLiteral(entry.partnership ?? '')}, true)`;
    await client.query(`${transaction[mode]}; set local role ${entry.door}; ${bind}`);
    return { person: undefined, partnership: undefined, roles: [] };
  }
  if (entry.session === undefined && entry.slug === undefined) {
    await client.query(
      `${transaction[mode]}; set local role ${entry.door}; select set_config('concord.person', '', true), set_config('concord.partnership', '', true)`,
    );
    return { person: undefined, partnership: undefined, roles: [] };
  }
  const hash = entry.session === undefined ? 'null' : `'\\x${sessionHash(entry.session).toString('hex')}'::bytea`;
  const slug = entry.slug === undefined ? 'null' : pg.escapeLiteral(entry.slug);
  const enter = `set local role concord_identity; select entered.*, look.accent, look.logo_hash, look.logo_alt from identity.enter(${hash}, ${slug}) entered left join published.partnership look on look.id = entered.partnership`;
  const results = (await client.query(
    `${transaction[mode]}; ${enter}; set local role ${entry.door}`,
  )) as unknown as pg.QueryResult<Door_>[];
  return enteredOf(results[2]?.rows[0]);
}

interface Door_ {
  readonly person: string | null;
  readonly person_name: string | null;
  readonly partnership: string | null;
  readonly partnership_name: string | null;
  readonly accent: string | null;
  readonly logo_hash: string | null;
  readonly logo_alt: string | null;
  readonly roles: readonly string[];
}

function enteredOf(row: Door_ | undefined): Entered {
  return {
    person: row?.person == null ? undefined : { id: row.person, name: row.person_name ?? '' },
    partnership:
      row?.partnership == null
        ? undefined
        : { id: row.partnership, name: row.partnership_name ?? '', look: lookOf(row) },
    roles: row?.roles ?? [],
  };
}

const lookOf = ({ accent, logo_hash, logo_alt }: Door_): Look => ({
  accent,
  logo: logo_hash === null ? null : { hash: logo_hash, alt: logo_alt ?? '' },
});

/** What the table of sessions knows of a token. */
export const sessionHash = (token: string): Buffer => createHash('sha256').update(token).digest();

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
