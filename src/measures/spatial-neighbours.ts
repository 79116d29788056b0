import { mostCells } from './cell-counts.ts';
import { refuse, type Refusal } from './refusal.ts';

/**
 * Who borders whom, without the place itself: the neighbours of place i are
 * `indices[starts[i]] … indices[starts[i + 1] - 1]`. Every statistic of spatial association reads this one form, so that
 * the choice of neighbourhood is made once and can be named beside the result.
 */
export interface SpatialNeighbours {
  readonly places: number;
  readonly starts: Int32Array;
  readonly indices: Int32Array;
}

/** A grid of square cells; cell (column, row) has the number column + columns × row. */
export interface CellGrid {
  readonly columns: number;
  readonly rows: number;
  /** 1 for a cell inside the partnership's boundary. Cells outside take no part: empty sea would make every street hot. */
  readonly inside?: Uint8Array;
}

/**
 * Finds the neighbours of each cell of a grid: those whose centres lie within so many cell widths.
 *
 * 1.5 gives queen contiguity, 1 rook. Never use √2 itself: it is exactly the diagonal, so rounding would decide whether
 * corners are neighbours. With `inside`, place i is the i-th cell inside, in cell order. Neighbours = cells with distance
 * ≤ withinCells. Unit: cell widths. Source: Cliff and Ord (1981), Spatial Processes.
 *
 * @example gridNeighbours({ columns: 3, rows: 3 }).indices.length // => 40
 */
export function gridNeighbours(grid: CellGrid, withinCells = 1.5): SpatialNeighbours | Refusal {
  const { columns, rows, inside } = grid;
  const cells = columns * rows;
  const whole = Number.isInteger(columns) && Number.isInteger(rows) && columns >= 1 && rows >= 1;
  if (!whole) return refuse('bad-grid', 'The grid needs at least one cell of a width above nought.');
  if (!(withinCells >= 0 && withinCells <= 50))
    return refuse('bad-distance', 'The distance between neighbours must be from 0 to 50 cells.');
  // Each cell has π r² neighbours: the list of all must fit into memory.
  if (cells * (1 + 4 * withinCells ** 2) > 20 * mostCells)
    return refuse('too-many-cells', 'The grid has too many cells: choose wider cells or a smaller area.');
  if (inside !== undefined && inside.length !== cells)
    return refuse('lengths-differ', 'The boundary must say of each cell of the grid whether it lies inside.');
  const placeOfCell = new Int32Array(cells).fill(-1);
  let places = 0;
  for (let cell = 0; cell < cells; cell++) {
    if (inside === undefined || inside[cell] === 1) placeOfCell[cell] = places++;
  }
  const reach = Math.floor(withinCells);
  const offsets: { column: number; row: number }[] = [];
  for (let row = -reach; row <= reach; row++) {
    for (let column = -reach; column <= reach; column++) {
      const squared = column * column + row * row;
      if (squared > 0 && squared <= withinCells * withinCells) offsets.push({ column, row });
    }
  }
  const starts = new Int32Array(places + 1);
  const indices = new Int32Array(places * offsets.length);
  let place = 0;
  let used = 0;
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      if ((placeOfCell[column + columns * row] ?? -1) < 0) continue;
      for (const offset of offsets) {
        const toColumn = column + offset.column;
        const toRow = row + offset.row;
        if (toColumn < 0 || toRow < 0 || toColumn >= columns || toRow >= rows) continue;
        const neighbour = placeOfCell[toColumn + columns * toRow] ?? -1;
        if (neighbour >= 0) indices[used++] = neighbour;
      }
      starts[++place] = used;
    }
  }
  return { places, starts, indices: indices.slice(0, used) };
}

/**
 * Turns lists of neighbours (as a boundary file gives them) into the form the statistics read.
 *
 * Refuses a list that names the place itself, a place that does not exist, or the same neighbour twice: each would count
 * a place more than once without a word. wᵢⱼ = 1 for each j in list i. Unit: indices from 0. Source: Cliff and Ord (1981),
 * Spatial Processes.
 *
 * @example neighboursFromLists([[1], [0, 2], [1]]).indices.join() // => '1,0,2,1'
 */
export function neighboursFromLists(lists: readonly (readonly number[])[]): SpatialNeighbours | Refusal {
  const starts = new Int32Array(lists.length + 1);
  const indices: number[] = [];
  for (const [place, list] of lists.entries()) {
    const seen = new Set<number>();
    for (const neighbour of list) {
      const exists = Number.isInteger(neighbour) && neighbour >= 0 && neighbour < lists.length;
      if (!exists || neighbour === place || seen.has(neighbour)) {
        return refuse('bad-neighbours', 'The list of neighbouring places names a place twice, itself or one unknown.');
      }
      seen.add(neighbour);
      indices.push(neighbour);
    }
    starts[place + 1] = indices.length;
  }
  return { places: lists.length, starts, indices: Int32Array.from(indices) };
}
