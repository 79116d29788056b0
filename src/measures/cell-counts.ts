import { isDistance, refusePoints } from './planar-points.ts';
import { refuse, type Refusal } from './refusal.ts';

/** Where a grid of square cells lies: the south-west corner and the width of a cell in metres. */
export interface GridPlace {
  readonly columns: number;
  readonly rows: number;
  readonly cellMetres: number;
  readonly westMetres: number;
  readonly southMetres: number;
}

export interface CellCounts {
  /** Events of each cell; cell (column, row) has the number column + columns × row. */
  readonly counts: Float64Array;
  /** Events that fell on no cell: they are not lost silently. */
  readonly outside: number;
}

/** More cells than this no map shows and no machine should be asked for. */
export const mostCells = 20_000_000;

/** Refuses a grid without cells, or with too many. */
export function refuseGrid({ columns, rows, cellMetres, westMetres, southMetres }: GridPlace): Refusal | undefined {
  const whole = Number.isInteger(columns) && Number.isInteger(rows) && columns > 0 && rows > 0;
  if (!whole || !isDistance(cellMetres))
    return refuse('bad-grid', 'The grid needs at least one cell of a width above nought.');
  if (columns * rows > mostCells)
    return refuse('too-many-cells', 'The grid has too many cells: choose wider cells or a smaller area.');
  return refusePoints({ eastings: [westMetres], northings: [southMetres] });
}

/**
 * Counts events in the cells of a grid. A point on a line between two cells belongs to the cell east or north of it, so
 * that no point counts twice.
 *
 * Column = ⌊(easting − west)/cell⌋, row likewise. Unit: events a cell. Not with cells finer than the places are true: 200
 * m for police.uk. Source: by definition.
 *
 * @example cellCounts([50, 150, 950], [50, 50, 50], { columns: 2, rows: 1, cellMetres: 100, westMetres: 0, southMetres: 0 }).outside // => 1
 */
export function cellCounts(
  eastings: ArrayLike<number>,
  northings: ArrayLike<number>,
  grid: GridPlace,
): CellCounts | Refusal {
  const { columns, rows, cellMetres, westMetres, southMetres } = grid;
  const bad = refusePoints({ eastings, northings }, 0) ?? refuseGrid(grid);
  if (bad) return bad;
  const counts = new Float64Array(columns * rows);
  let outside = 0;
  for (let i = 0; i < eastings.length; i++) {
    const column = Math.floor(((eastings[i] ?? 0) - westMetres) / cellMetres);
    const row = Math.floor(((northings[i] ?? 0) - southMetres) / cellMetres);
    if (column < 0 || row < 0 || column >= columns || row >= rows) outside++;
    else {
      const cell = column + columns * row;
      counts[cell] = (counts[cell] ?? 0) + 1;
    }
  }
  return { counts, outside };
}
