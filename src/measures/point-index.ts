import type { PlanarPoints } from './planar-points.ts';

/**
 * Points sorted into square cells, so that a search within a distance looks at a few cells instead of every point. Only
 * cells that hold a point exist: one outlier far away costs nothing.
 */
export interface PointIndex {
  readonly cells: number;
  /** The points of a cell: members[starts[cell]] … members[starts[cell + 1] − 1], in rising order. */
  readonly starts: Int32Array;
  readonly members: Int32Array;
  readonly cellOfPoint: Int32Array;
  /** The number of the cell so many columns east and rows north of a cell, −1 where no point lies. */
  readonly cellBeside: (cell: number, columnsEast: number, rowsNorth: number) => number;
}

// A list of rows and columns has this margin on every side, so that a step off the map stays in the list.
const margin = 8;

/** Builds the index; `points` must have been checked, `cellMetres` is above nought; steps may be up to eight cells long. */
export function pointIndex({ eastings, northings }: PlanarPoints, cellMetres: number): PointIndex {
  const points = eastings.length;
  let west = Infinity;
  let east = -Infinity;
  let south = Infinity;
  let north = -Infinity;
  for (let i = 0; i < points; i++) {
    west = Math.min(west, eastings[i] ?? 0);
    east = Math.max(east, eastings[i] ?? 0);
    south = Math.min(south, northings[i] ?? 0);
    north = Math.max(north, northings[i] ?? 0);
  }
  const columns = Math.floor((east - west) / cellMetres) + 2 * margin + 1;
  const rows = Math.floor((north - south) / cellMetres) + 2 * margin + 1;
  const numbers = columns * rows <= 16 * points + 1_000_000 ? listOfCells(columns, rows) : hashOfCells();
  const columnOfCell: number[] = [];
  const rowOfCell: number[] = [];
  const cellOfPoint = new Int32Array(points);
  for (let i = 0; i < points; i++) {
    const column = Math.floor(((eastings[i] ?? 0) - west) / cellMetres) + margin;
    const row = Math.floor(((northings[i] ?? 0) - south) / cellMetres) + margin;
    let cell = numbers.get(column, row);
    if (cell < 0) {
      cell = columnOfCell.length;
      numbers.set(column, row, cell);
      columnOfCell.push(column);
      rowOfCell.push(row);
    }
    cellOfPoint[i] = cell;
  }
  const cells = columnOfCell.length;
  const starts = new Int32Array(cells + 1);
  for (const cell of cellOfPoint) starts[cell + 1] = (starts[cell + 1] ?? 0) + 1;
  for (let cell = 0; cell < cells; cell++) starts[cell + 1] = (starts[cell + 1] ?? 0) + (starts[cell] ?? 0);
  const next = starts.slice();
  const members = new Int32Array(points);
  for (let i = 0; i < points; i++) {
    const cell = cellOfPoint[i] ?? 0;
    const at = next[cell] ?? 0;
    members[at] = i;
    next[cell] = at + 1;
  }
  const cellBeside = (cell: number, columnsEast: number, rowsNorth: number): number =>
    numbers.get((columnOfCell[cell] ?? 0) + columnsEast, (rowOfCell[cell] ?? 0) + rowsNorth);
  return { cells, starts, members, cellOfPoint, cellBeside };
}

/** Which cell lies at a column and row of the map, −1 for none. */
interface CellNumbers {
  readonly get: (column: number, row: number) => number;
  readonly set: (column: number, row: number, cell: number) => void;
}

/** For a map that is filled well enough. */
function listOfCells(columns: number, rows: number): CellNumbers {
  const list = new Int32Array(columns * rows).fill(-1);
  return {
    get: (column, row) => list[column + columns * row] ?? -1,
    set: (column, row, cell) => (list[column + columns * row] = cell),
  };
}

/** For a map that is mostly empty. By rows, for one key of both would pass the whole numbers that a float can hold. */
function hashOfCells(): CellNumbers {
  const byRow = new Map<number, Map<number, number>>();
  return {
    get: (column, row) => byRow.get(row)?.get(column) ?? -1,
    set: (column, row, cell) => {
      const cells = byRow.get(row) ?? new Map<number, number>();
      byRow.set(row, cells.set(column, cell));
    },
  };
}
