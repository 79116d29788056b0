import { sql } from 'kysely';
import type { IsoDate, Month } from '../duty/index.ts';
import type { ReadWork, Work } from '../platform/database/work.ts';
import type {
  Comparator,
  Counted,
  Denominator,
  Indicator,
  IndicatorWanted,
  MethodBreak,
  PeriodType,
  Polarity,
  Target,
  Unit,
} from './indicator.ts';
import type { DisclosureClass, FormatName } from './source.ts';

export interface IndicatorKept extends Indicator {
  readonly recordId: string;
  /** The last day on which it was watched. */
  readonly endedOn: IsoDate | null;
}

const indicators = (work: ReadWork<'evidence'>) => work.selectFrom('evidence.indicator').selectAll();
type Row = Awaited<ReturnType<ReturnType<typeof indicators>['execute']>>[number];

const keptOf = (row: Row): IndicatorKept => ({
  recordId: row.id,
  id: row.line,
  name: row.name,
  why: row.why,
  source: row.source as FormatName,
  counted: row.counted as unknown as Counted,
  denominator: row.denominator as unknown as Denominator,
  unit: row.unit as Unit,
  polarity: row.polarity as Polarity,
  period: row.period as PeriodType,
  target: row.target as unknown as Target | null,
  comparator: row.comparator as Comparator,
  breaks: row.breaks as unknown as readonly MethodBreak[],
  owner: row.owner,
  disclosure: row.disclosure as DisclosureClass,
  isNational: row.is_national,
  endedOn: row.ended_on,
});

/** The national ones first, then by name. */
export async function listIndicators(work: ReadWork<'evidence'>): Promise<readonly IndicatorKept[]> {
  const rows = await indicators(work)
    .orderBy('is_national', 'desc')
    .orderBy(sql`lower(name)`)
    .orderBy('id')
    .execute();
  return rows.map(keptOf);
}

/** @throws where the bound partnership has none of that record id */
export async function getIndicator(work: ReadWork<'evidence'>, recordId: string): Promise<IndicatorKept> {
  return keptOf(await indicators(work).where('id', '=', recordId).executeTakeFirstOrThrow());
}

const columnsOf = (indicator: IndicatorWanted) => ({
  name: indicator.name,
  why: indicator.why,
  source: indicator.source,
  counted: JSON.stringify(indicator.counted),
  denominator: JSON.stringify(indicator.denominator),
  unit: indicator.unit,
  polarity: indicator.polarity,
  period: indicator.period,
  target: indicator.target === null ? null : JSON.stringify(indicator.target),
  comparator: indicator.comparator,
  breaks: JSON.stringify(indicator.breaks),
  owner: indicator.owner,
  disclosure: indicator.disclosure,
});

/** Gives its record id, or undefined where the name for commands is taken. The example names its own record ids. */
export async function addIndicator(
  work: Work<'evidence'>,
  added: Indicator & { readonly recordId?: string },
): Promise<string | undefined> {
  const row = await work
    .insertInto('evidence.indicator')
    .values({
      ...(added.recordId !== undefined && { id: added.recordId }),
      line: added.id,
      is_national: added.isNational,
      ...columnsOf(added),
    })
    .onConflict((taken) => taken.columns(['partnership_id', 'line']).doNothing())
    .returning('id')
    .executeTakeFirst();
  return row?.id;
}

/** Holds an indicator until the unit of work ends. @throws where there is none of that record id */
export async function holdIndicator(work: Work<'evidence'>, recordId: string): Promise<void> {
  await work
    .selectFrom('evidence.indicator')
    .select('id')
    .where('id', '=', recordId)
    .forUpdate()
    .executeTakeFirstOrThrow();
}

export async function changeIndicator(
  work: Work<'evidence'>,
  recordId: string,
  wanted: IndicatorWanted,
): Promise<void> {
  await work.updateTable('evidence.indicator').set(columnsOf(wanted)).where('id', '=', recordId).execute();
}

/** Ends the watch over it, or takes it up again. */
export async function endIndicator(work: Work<'evidence'>, recordId: string, endedOn: IsoDate | null): Promise<void> {
  await work.updateTable('evidence.indicator').set({ ended_on: endedOn }).where('id', '=', recordId).execute();
}

export interface LoadedSource {
  readonly from: Month;
  readonly to: Month;
  readonly rows: number;
  /** When the newest release of it came: a moment in UTC. */
  readonly newest: string;
}

/** What is there of each source, by its name: months and rows that count today. */
export async function loadedSources(work: ReadWork<'evidence'>): Promise<ReadonlyMap<string, LoadedSource>> {
  const rows = await work
    .selectFrom('evidence.release_month as m')
    .innerJoin('evidence.release as r', (join) =>
      join.onRef('r.partnership_id', '=', 'm.partnership_id').onRef('r.id', '=', 'm.release_id'),
    )
    .select(['r.source', sql<Month>`min(m.month)`.as('from'), sql<Month>`max(m.month)`.as('to')])
    .select(sql<string>`sum(m.rows)`.as('rows'))
    .select(sql<Date>`max(r.imported_at)`.as('newest'))
    .where('m.superseded_by', 'is', null)
    .groupBy('r.source')
    .execute();
  return new Map(
    rows.map(({ source, from, to, rows: counted, newest }) => [
      source,
      { from, to, rows: Number(counted), newest: new Date(newest).toISOString() },
    ]),
  );
}
