import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import pg from 'pg';
import type { Door } from './migrate.ts';

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

export const nobody: Entered = { person: undefined, partnership: undefined, roles: [] };

/** What the table of sessions knows of a token. */
export const sessionHash = (token: string): Buffer => createHash('sha256').update(token).digest();

/** What the door is asked about an entry; undefined where nothing has to be looked up. */
export function questionOf(entry: Entry): string | undefined {
  if ('actor' in entry || (entry.session === undefined && entry.slug === undefined)) return undefined;
  const hash = entry.session === undefined ? 'null' : `'\\x${sessionHash(entry.session).toString('hex')}'::bytea`;
  const slug = entry.slug === undefined ? 'null' : pg.escapeLiteral(entry.slug);
  return `execute concord_door(${hash}, ${slug})`;
}

/**
 * Makes the question to the door ready on a new connection: planning it takes PostgreSQL longer than answering it, and every
 * page asks it. In a transaction of its own, because only the role of the door may name what it asks.
 */
export const readyDoor = `begin; set local role concord_identity;
prepare concord_door(bytea, text) as
  select entered.*, look.accent, look.logo_hash, look.logo_alt
  from identity.enter($1, $2) entered left join published.partnership look on look.id = entered.partnership;
commit`;

const transaction = {
  read: 'begin isolation level repeatable read read only',
  write: 'begin isolation level read committed read write',
} as const;

/**
 * Begins and binds in one message. No parameter can travel in a message of several statements, so every value is a quoted
 * literal; SET LOCAL ROLE takes a constant. The role of the door comes last: only the door may look up a session.
 *
 * @param question what `questionOf` made of the entry
 */
export async function enter(
  client: pg.ClientBase,
  entry: Entry,
  question: string | undefined,
  mode: 'read' | 'write',
): Promise<Entered> {
  if (question === undefined) {
    const [person, partnership] = 'actor' in entry ? [entry.actor, entry.partnership ?? ''] : ['', ''];
    const bind = `select set_config('concord.person', ${pg.escapeLiteral(person)}, true), set_config('concord.partnership', ${pg.escapeLiteral(partnership)}, true)`;
    await client.query(`${transaction[mode]}; set local role ${entry.door}; ${bind}`);
    return nobody;
  }
  const results = (await client.query(
    `${transaction[mode]}; set local role concord_identity; ${question}; set local role ${entry.door}`,
  )) as unknown as pg.QueryResult<Answer>[];
  return enteredOf(results[2]?.rows[0]);
}

interface Answer {
  readonly person: string | null;
  readonly person_name: string | null;
  readonly partnership: string | null;
  readonly partnership_name: string | null;
  readonly accent: string | null;
  readonly logo_hash: string | null;
  readonly logo_alt: string | null;
  readonly roles: readonly string[];
}

function enteredOf(row: Answer | undefined): Entered {
  return {
    person: row?.person == null ? undefined : { id: row.person, name: row.person_name ?? '' },
    partnership:
      row?.partnership == null
        ? undefined
        : { id: row.partnership, name: row.partnership_name ?? '', look: lookOf(row) },
    roles: row?.roles ?? [],
  };
}

const lookOf = ({ accent, logo_hash, logo_alt }: Answer): Look => ({
  accent,
  logo: logo_hash === null ? null : { hash: logo_hash, alt: logo_alt ?? '' },
});

/** Whether two answers of the door say the same in every word. */
export const isSame = (one: Entered, other: Entered): boolean => isDeepStrictEqual(one, other);
