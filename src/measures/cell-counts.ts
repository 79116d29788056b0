import { areFinite } from './input.ts';
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
  if (eastings.length !== northings.length) {
    return refuse('mismatched-lengths', 'The lists of eastings and northings differ in length.');
  }
  if (!areFinite(eastings) || !areFinite(northings)) {
    return refuse('not-finite', 'Some of the coordinates are missing or not finite.');
  }
  const shaped = Number.isInteger(columns) && Number.isInteger(rows) && columns > 0 && rows > 0 && cellMetres > 0;
  if (!shaped || !areFinite([cellMetres, westMetres, southMetres])) {
    return refuse('bad-grid', 'The grid needs at least one cell of a width above nought.');
  }
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
