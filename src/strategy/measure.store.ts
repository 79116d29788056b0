import { sql } from 'kysely';
import type { IsoDate, Month, Period } from '../duty/index.ts';
import { viewMonths } from '../evidence/index.store.ts';
import type { ReadWork, Work } from '../platform/database/work.ts';
import { areEndsHidden, type Accountability, type Better, type MonthValue } from './measure.ts';

type Reads = ReadWork<'strategy' | 'evidence'>;
type Writes = Work<'strategy' | 'evidence'>;

export interface MeasureWanted {
  readonly question: string;
  readonly accountability: Accountability;
  readonly indicatorId: string | null;
  readonly aimId: string | null;
  readonly actionId: string | null;
  readonly unit: string;
  readonly better: Better;
  readonly target: number | null;
  readonly targetBy: IsoDate | null;
  readonly tolerance: number;
}

export interface Measure extends MeasureWanted {
  readonly id: string;
  readonly indicatorName: string | null;
  readonly aboutTitle: string;
  readonly endedOn: IsoDate | null;
  /** The figure of the evidence that the values come from; null where they are typed in. */
  readonly figure: { readonly view: string; readonly title: string; readonly withheld: number } | null;
  /** The months that are held against; null where the latest year is held against the one before only. */
  readonly baseline: Period | null;
  readonly values: readonly MonthValue[];
  /** Whether months of the figure before the first value or after the last are hidden. */
  readonly endsHidden: boolean;
}

const measures = (work: Reads) =>
  work
    .selectFrom('strategy.measure as m')
    .leftJoin('evidence.shared_indicator as i', 'i.id', 'm.indicator_id')
    .leftJoin('strategy.aim as g', 'g.id', 'm.aim_id')
    .leftJoin('strategy.action as a', 'a.id', 'm.action_id')
    .selectAll('m')
    .select(['i.name as indicator_name', 'g.title as aim_title', 'a.title as action_title'])
    .select(
      sql<
        MonthValue[]
      >`(select coalesce(jsonb_agg(jsonb_build_object('month', v.month, 'value', v.value) order by v.month), '[]')
        from strategy.measure_value v where v.measure_id = m.id)`.as('points'),
    );
type Row = Awaited<ReturnType<ReturnType<typeof measures>['execute']>>[number];

async function measuresOf(work: Reads, rows: readonly Row[]): Promise<readonly Measure[]> {
  const figures = await viewMonths(
    work,
    rows.flatMap(({ view_id }) => view_id ?? []),
  );
  return rows.map((row) => {
    const figure = row.view_id === null ? undefined : figures.get(row.view_id);
    return {
      id: row.id,
      question: row.question,
      accountability: row.accountability as Accountability,
      indicatorId: row.indicator_id,
      indicatorName: row.indicator_name,
      aimId: row.aim_id,
      actionId: row.action_id,
      aboutTitle: row.aim_title ?? row.action_title ?? '',
      unit: row.unit,
      better: row.better as Better,
      target: row.target === null ? null : Number(row.target),
      targetBy: row.target_by,
      tolerance: Number(row.tolerance),
      endedOn: row.ended_on,
      figure:
        row.view_id === null || figure === undefined
          ? null
          : { view: row.view_id, title: figure.title, withheld: figure.withheld },
      baseline:
        row.baseline_from === null || row.baseline_to === null
          ? null
          : { from: row.baseline_from, to: row.baseline_to },
      // Never of two sources at once: a figure takes the place of what was typed in.
      values: row.view_id === null ? row.points : (figure?.months ?? []),
      endsHidden: figure !== undefined && areEndsHidden(figure.months, figure.withheld),
    };
  });
}

/** Population first, then performance; a partnership has some dozens. */
export async function listMeasures(work: Reads): Promise<readonly Measure[]> {
  const rows = await measures(work)
    .where('m.ended_on', 'is', null)
    .orderBy('m.accountability')
    .orderBy('m.added_at')
    .orderBy('m.id')
    .limit(500)
    .execute();
  return measuresOf(work, rows);
}

/** @throws where the bound partnership has none of that id */
export async function getMeasure(work: Reads, id: string): Promise<Measure> {
  const row = await measures(work).where('m.id', '=', id).executeTakeFirstOrThrow();
  const [measure] = await measuresOf(work, [row]);
  if (measure === undefined) throw new Error(`no measure ${id}`);
  return measure;
}

/** Where the values come from, and what they are held against. */
export async function keepSource(
  work: Writes,
  id: string,
  { view, baseline }: { readonly view: string | null; readonly baseline: Period | null },
): Promise<void> {
  await work
    .updateTable('strategy.measure')
    .set({ view_id: view, baseline_from: baseline?.from ?? null, baseline_to: baseline?.to ?? null })
    .where('id', '=', id)
    .execute();
}

/** A change of what or whom a strategy covers, from a day on: before and after are two series. */
export interface ScopeBreak {
  readonly month: Month;
  readonly words: string;
}

/** Breaks of scope between a predecessor and what followed it: at the day on which the next strategy was published. */
export async function scopeBreaks(work: Reads): Promise<readonly ScopeBreak[]> {
  const rows = await work
    .selectFrom('strategy.strategy as s')
    .select('s.scope_break')
    .select(
      sql<IsoDate | null>`coalesce(case when s.imported_from is null then s.published_on end,
        (select min(n.published_on) from strategy.strategy n where n.imported_from is null and n.published_on > s.published_on))`.as(
        'on_day',
      ),
    )
    .where('s.scope_break', 'is not', null)
    .execute();
  return rows.flatMap(({ scope_break, on_day }) =>
    scope_break === null || on_day === null ? [] : [{ month: on_day.slice(0, 7), words: scope_break }],
  );
}

export async function addMeasure(work: Writes, wanted: MeasureWanted & { readonly id?: string }): Promise<string> {
  const { id } = await work
    .insertInto('strategy.measure')
    .values({
      ...(wanted.id !== undefined && { id: wanted.id }),
      question: wanted.question,
      accountability: wanted.accountability,
      indicator_id: wanted.indicatorId,
      aim_id: wanted.aimId,
      action_id: wanted.actionId,
      unit: wanted.unit,
      better: wanted.better,
      target: wanted.target === null ? null : String(wanted.target),
      target_by: wanted.targetBy,
      tolerance: String(wanted.tolerance),
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

/** Puts values in the place of those of the same months. */
export async function keepValues(
  work: Writes,
  measureId: string,
  values: readonly { readonly month: Month; readonly value: number }[],
  source: string | null,
): Promise<void> {
  for (const { month, value } of values)
    await work
      .insertInto('strategy.measure_value')
      .values({ measure_id: measureId, month, value: String(value), source })
      .onConflict((there) =>
        there.columns(['partnership_id', 'measure_id', 'month']).doUpdateSet({ value: String(value), source }),
      )
      .execute();
}
