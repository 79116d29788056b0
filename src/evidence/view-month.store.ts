import { sql } from 'kysely';
import type { Month } from '../duty/index.ts';
import type { ReadWork } from '../platform/database/work.ts';
import type { FigureRow } from './figure.ts';

/** A count month by month that was let out to partners or to everybody, so that its small numbers are hidden already. */
export interface MonthlyView {
  readonly id: string;
  readonly title: string;
}

const most = 500;

const monthly = (work: ReadWork<'evidence'>) =>
  work
    .selectFrom('evidence.view as v')
    .innerJoin('evidence.figure as f', (join) =>
      join.onRef('f.partnership_id', '=', 'v.partnership_id').onRef('f.id', '=', 'v.figure_id'),
    )
    .innerJoin('evidence.published_view as p', (join) =>
      join.onRef('p.partnership_id', '=', 'v.partnership_id').onRef('p.view_id', '=', 'v.id'),
    )
    .where(sql<boolean>`f.question #>> '{measure,name}' = 'count' and f.question -> 'by' = '["month"]'`);

/** What a measure of another slice may take its values from, the newest first. */
export async function monthlyViews(work: ReadWork<'evidence'>): Promise<readonly MonthlyView[]> {
  return monthly(work).select(['v.id', 'f.title']).orderBy('p.seq', 'desc').limit(most).execute();
}

/** The months of such views, by id. A month that is hidden, refused or not known is not among them: it is not zero. */
export async function viewMonths(
  work: ReadWork<'evidence'>,
  ids: readonly string[],
): Promise<
  ReadonlyMap<
    string,
    {
      readonly title: string;
      readonly months: readonly { readonly month: Month; readonly value: number }[];
      readonly withheld: number;
    }
  >
> {
  if (ids.length === 0) return new Map();
  const rows = await monthly(work)
    .select(['v.id', 'f.title', 'v.answer'])
    .where('v.id', 'in', [...new Set(ids)])
    .execute();
  return new Map(
    rows.map(({ id, title, answer }) => {
      const cells = (JSON.parse(answer) as { readonly rows: readonly FigureRow[] }).rows;
      const months = cells.flatMap(({ month, state, count }) =>
        state === 'shown' && month !== undefined && count !== null ? [{ month, value: count }] : [],
      );
      return [id, { title, months, withheld: cells.filter(({ state }) => state === 'hidden').length }];
    }),
  );
}
