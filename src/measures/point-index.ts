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

// Keys of neighbouring rows must not run into each other for steps of up to this many columns.
const widestStep = 64;

/** Builds the index; `points` must have been checked, `cellMetres` is above nought. */
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
  const stride = Math.floor((east - west) / cellMetres) + 2 * widestStep + 1;
  const keysAcross = stride * (Math.floor((north - south) / cellMetres) + 2 * widestStep + 1);
  const cellOfKey = cellNumbers(keysAcross <= 16 * points + 1_000_000 ? keysAcross : undefined);
  const keys: number[] = [];
  const cellOfPoint = new Int32Array(points);
  for (let i = 0; i < points; i++) {
    const column = Math.floor(((eastings[i] ?? 0) - west) / cellMetres) + widestStep;
    const row = Math.floor(((northings[i] ?? 0) - south) / cellMetres) + widestStep;
    const key = column + stride * row;
    let cell = cellOfKey.get(key);
    if (cell < 0) {
      cell = keys.length;
      cellOfKey.set(key, cell);
      keys.push(key);
    }
    cellOfPoint[i] = cell;
  }
  const starts = new Int32Array(keys.length + 1);
  for (const cell of cellOfPoint) starts[cell + 1] = (starts[cell + 1] ?? 0) + 1;
  for (let cell = 0; cell < keys.length; cell++) starts[cell + 1] = (starts[cell + 1] ?? 0) + (starts[cell] ?? 0);
  const next = starts.slice();
  const members = new Int32Array(points);
  for (let i = 0; i < points; i++) {
    const cell = cellOfPoint[i] ?? 0;
    const at = next[cell] ?? 0;
    members[at] = i;
    next[cell] = at + 1;
  }
  const cellBeside = (cell: number, columnsEast: number, rowsNorth: number): number =>
    cellOfKey.get((keys[cell] ?? 0) + columnsEast + stride * rowsNorth);
  return { cells: keys.length, starts, members, cellOfPoint, cellBeside };
}

/** Which cell has a key, −1 for none: a plain list where the map is filled well enough, a hash where it is mostly empty. */
function cellNumbers(keys: number | undefined): {
  get: (key: number) => number;
  set: (key: number, cell: number) => void;
} {
  if (keys === undefined) {
    const map = new Map<number, number>();
    return { get: (key) => map.get(key) ?? -1, set: (key, cell) => map.set(key, cell) };
  }
  const list = new Int32Array(keys).fill(-1);
  return { get: (key) => list[key] ?? -1, set: (key, cell) => (list[key] = cell) };
}
