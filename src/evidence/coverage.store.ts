import { sql } from 'kysely';
import type { IsoDate, Month, Period } from '../duty/index.ts';
import { personOf } from '../platform/database/person-of.ts';
import type { ReadWork, Work } from '../platform/database/work.ts';
import {
  coverageOf,
  type CoverageCalendar,
  type CoverageNote,
  type CoverageState,
  type Expectation,
  type ExpectedSource,
} from './coverage.ts';
import { formatOf } from './formats/index.ts';
import { monthsOf } from './release.store.ts';
import type { FormatName } from './source.ts';

type Reads = ReadWork<'evidence' | 'platform'>;

/** The calendar of a source as it is known on a day. */
export async function calendarOf(
  work: Reads,
  source: FormatName,
  { today, period }: { readonly today: IsoDate; readonly period?: Period | undefined },
): Promise<CoverageCalendar> {
  const counts = await monthsOf(work, source);
  const expectations = await expectedSources(work, source);
  const notes = await coverageNotes(work, source);
  return coverageOf({
    source,
    counts,
    expectations,
    confirmations: notes.filter(({ undoneOn }) => undoneOn === null),
    today,
    period,
    everyMonths: formatOf(source).everyMonths,
  });
}

/** Sources of which anything is loaded or expected, by name. */
export async function coveredSources(work: Reads): Promise<readonly FormatName[]> {
  const rows = await work
    .selectFrom('evidence.release')
    .select('source')
    .union(work.selectFrom('evidence.expected_source').select('source'))
    .orderBy('source')
    .execute();
  return rows.map(({ source }) => source as FormatName);
}

const expected = (work: Reads) => work.selectFrom('evidence.expected_source').selectAll();
type ExpectedRow = Awaited<ReturnType<ReturnType<typeof expected>['execute']>>[number];

const expectedOf = (row: ExpectedRow): ExpectedSource => ({
  id: row.id,
  source: row.source as FormatName,
  provider: row.provider,
  from: row.from_month,
  to: row.to_month,
  everyMonths: row.every_months as Expectation['everyMonths'],
  lagDays: row.lag_days,
  askedOf: row.asked_of,
});

export async function expectedSources(work: Reads, source?: FormatName): Promise<readonly ExpectedSource[]> {
  const rows = await expected(work)
    .$if(source !== undefined, (query) => query.where('source', '=', source ?? ''))
    .orderBy('source')
    .orderBy('provider')
    .orderBy('from_month')
    .execute();
  return rows.map(expectedOf);
}

export async function findExpectedSource(work: Reads, id: string): Promise<ExpectedSource | undefined> {
  const row = await expected(work).where('id', '=', id).executeTakeFirst();
  return row === undefined ? undefined : expectedOf(row);
}

/** Confirmations of a source, oldest first, with those that were undone. */
export async function coverageNotes(work: Reads, source: FormatName): Promise<readonly CoverageNote[]> {
  const rows = await work
    .selectFrom('evidence.coverage_note as n')
    .leftJoin('platform.shared_person as p', (join) => join.on('p.id', '=', personOf(sql.ref('n.confirmed_by'))))
    .leftJoin('platform.shared_person as u', (join) => join.on('u.id', '=', personOf(sql.ref('n.undone_by'))))
    .selectAll('n')
    .select(['p.name as confirmer', 'u.name as undoer'])
    .where('n.source', '=', source)
    .orderBy('n.added_at')
    .orderBy('n.id')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    source: row.source as FormatName,
    provider: row.provider,
    from: row.from_month,
    to: row.to_month,
    state: row.state as CoverageState,
    reason: row.reason,
    by: row.confirmer ?? row.confirmed_by,
    on: row.confirmed_on,
    undoneOn: row.undone_on,
    undoneBy: row.undone_by === null ? null : (row.undoer ?? row.undone_by),
  }));
}

/** The source and the first month of a confirmation. */
export async function findCoverageNote(
  work: Reads,
  id: string,
): Promise<Pick<CoverageNote, 'source' | 'from'> | undefined> {
  const row = await work
    .selectFrom('evidence.coverage_note')
    .select(['source', 'from_month as from'])
    .where('id', '=', id)
    .executeTakeFirst();
  return row === undefined ? undefined : { source: row.source as FormatName, from: row.from };
}

export interface NoteWanted {
  readonly source: FormatName;
  readonly provider: string | null;
  readonly from: Month;
  readonly to: Month;
  readonly state: CoverageState;
  readonly reason: string;
}

export async function addCoverageNote(
  work: Work<'evidence'>,
  note: NoteWanted & { readonly id?: string },
  { by, on }: { readonly by: string; readonly on: IsoDate },
): Promise<string> {
  const { id } = await work
    .insertInto('evidence.coverage_note')
    .values({
      ...(note.id !== undefined && { id: note.id }),
      source: note.source,
      provider: note.provider,
      from_month: note.from,
      to_month: note.to,
      state: note.state,
      reason: note.reason,
      confirmed_by: by,
      confirmed_on: on,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

/** @returns whether it was there to be undone */
export async function undoCoverageNote(
  work: Work<'evidence'>,
  id: string,
  { by, on }: { readonly by: string; readonly on: IsoDate },
): Promise<boolean> {
  const { numUpdatedRows } = await work
    .updateTable('evidence.coverage_note')
    .set({ undone_by: by, undone_on: on })
    .where('id', '=', id)
    .where('undone_on', 'is', null)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

export type ExpectedWanted = Omit<ExpectedSource, 'id'>;

const columnsOf = (wanted: ExpectedWanted) => ({
  source: wanted.source,
  provider: wanted.provider,
  from_month: wanted.from,
  to_month: wanted.to,
  every_months: wanted.everyMonths,
  lag_days: wanted.lagDays,
  asked_of: wanted.askedOf,
});

/** @returns its id; undefined when the same source is expected of the provider from that month already */
export async function addExpectedSource(
  work: Work<'evidence'>,
  wanted: ExpectedWanted & { readonly id?: string },
): Promise<string | undefined> {
  const row = await work
    .insertInto('evidence.expected_source')
    .values({ ...(wanted.id !== undefined && { id: wanted.id }), ...columnsOf(wanted) })
    .onConflict((conflict) => conflict.columns(['partnership_id', 'source', 'provider', 'from_month']).doNothing())
    .returning('id')
    .executeTakeFirst();
  return row?.id;
}

export async function changeExpectedSource(work: Work<'evidence'>, id: string, wanted: ExpectedWanted): Promise<void> {
  await work.updateTable('evidence.expected_source').set(columnsOf(wanted)).where('id', '=', id).execute();
}

export async function removeExpectedSource(work: Work<'evidence'>, id: string): Promise<void> {
  await work.deleteFrom('evidence.expected_source').where('id', '=', id).execute();
}
