import { sql } from 'kysely';
import { personOf } from '../database/person-of.ts';
import type { ReadWork } from '../database/work.ts';
import type { AuditEntry } from './chain.ts';

/** The chain of events that belong to no partnership. */
export const noPartnership = '00000000-0000-0000-0000-000000000000';

const moment = sql<string>`to_char(entry.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;

/** Entries after a sequence number, oldest first, as they are exported. */
export async function entriesAfter(
  work: ReadWork<'platform'>,
  seq: number,
  limit: number,
): Promise<readonly AuditEntry[]> {
  const rows = await work
    .selectFrom('platform.audit_entry as entry')
    .select([
      'seq',
      moment.as('at'),
      'partnership_id',
      'actor',
      'action',
      'subject',
      'outcome',
      'fields',
      'prev',
      'hash',
    ])
    .where('seq', '>', seq)
    .orderBy('seq')
    .limit(limit)
    .execute();
  return rows.map(({ partnership_id, fields, prev, hash, outcome, ...entry }) => ({
    ...entry,
    outcome: outcome as AuditEntry['outcome'], // the table's own check allows no other
    partnership: partnership_id,
    ...(fields !== null && { fields }),
    prev: prev.toString('hex'),
    hash: hash.toString('hex'),
  }));
}

export interface AuditFilter {
  readonly action?: string | undefined;
  readonly outcome?: string | undefined;
  readonly subject?: string | undefined;
}

export interface AuditLine {
  readonly seq: number;
  readonly at: string;
  readonly actor: string;
  readonly action: string;
  readonly subject: string | null;
  readonly outcome: string;
  readonly fields: readonly string[] | null;
}

const filtered = (work: ReadWork<'platform'>, filter: AuditFilter) => {
  let query = work.selectFrom('platform.audit_entry as entry');
  if (filter.action !== undefined) query = query.where('entry.action', '=', filter.action);
  if (filter.outcome !== undefined) query = query.where('entry.outcome', '=', filter.outcome);
  if (filter.subject !== undefined) query = query.where('entry.subject', '=', filter.subject);
  return query;
};

/** The newest first, with names where the person still has a role here. */
export const listEntries = (
  work: ReadWork<'platform'>,
  filter: AuditFilter,
  page: { readonly limit: number; readonly offset: number },
): Promise<readonly AuditLine[]> =>
  filtered(work, filter)
    .leftJoin('platform.shared_person as person', (join) => join.on('person.id', '=', personOf(sql.ref('entry.actor'))))
    .select([
      'entry.seq',
      moment.as('at'),
      sql<string>`coalesce(person.name, entry.actor)`.as('actor'),
      'entry.action',
      'entry.subject',
      'entry.outcome',
      'entry.fields',
    ])
    .orderBy('entry.seq', 'desc')
    .limit(page.limit)
    .offset(page.offset)
    .execute();

export async function countEntries(work: ReadWork<'platform'>, filter: AuditFilter): Promise<number> {
  const { count } = await filtered(work, filter)
    .select((select) => select.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  return count;
}

/** How many entries a verification has before it. */
export async function lastSeq(work: ReadWork<'platform'>): Promise<number> {
  const row = await work
    .selectFrom('platform.audit_entry')
    .select('seq')
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.seq ?? 0;
}
