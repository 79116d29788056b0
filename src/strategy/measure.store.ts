import { sql } from 'kysely';
import type { IsoDate, Month } from '../duty/index.ts';
import type { ReadWork, Work } from '../platform/database/work.ts';
import type { Accountability, Better, MonthValue } from './measure.ts';

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
  readonly values: readonly MonthValue[];
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

const measureOf = (row: Row): Measure => ({
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
  values: row.points,
});

/** Population first, then performance; a partnership has some dozens. */
export async function listMeasures(work: Reads): Promise<readonly Measure[]> {
  const rows = await measures(work)
    .where('m.ended_on', 'is', null)
    .orderBy('m.accountability')
    .orderBy('m.added_at')
    .orderBy('m.id')
    .limit(500)
    .execute();
  return rows.map(measureOf);
}

/** @throws where the bound partnership has none of that id */
export async function getMeasure(work: Reads, id: string): Promise<Measure> {
  return measureOf(await measures(work).where('m.id', '=', id).executeTakeFirstOrThrow());
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
