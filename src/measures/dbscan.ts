import type { Method } from './estimate.ts';
import { refusePoints, type PlanarPoints } from './planar-points.ts';
import { pointIndex } from './point-index.ts';
import { refuse, type Refusal } from './refusal.ts';

export interface Dbscan {
  readonly method: Method;
  /** 1, 2, … in the order of each cluster's first core point; 0 for noise. */
  readonly cluster: Int32Array;
  /** 1 for a core point. */
  readonly core: Uint8Array;
  readonly clusters: number;
  readonly noise: number;
}

/**
 * Finds clusters of any shape: places where at least `minPoints` events lie within a distance of each other, chained.
 *
 * A core point has `minPoints` points (itself among them) within `withinMetres`; core points within that distance share a
 * cluster; a point near a core point joins the nearest one's cluster (of two as near, the first); the rest is noise. It
 * tests nothing: a cluster may be chance, see the spatial scan. On police.uk's anchor points every busy anchor is a
 * cluster of its own. Core = #{j: d(i, j) ≤ withinMetres} ≥ minPoints. Unit: metres; cluster numbers from 1, 0 for noise.
 * Not for unlike densities: one distance cannot suit a town and its villages. Source: Ester, Kriegel, Sander and Xu
 * (1996); cells as Gunawan (2013).
 *
 * @example dbscan({ eastings: [0, 1, 2, 90], northings: [0, 0, 0, 0] }, { withinMetres: 5, minPoints: 3 }).cluster.join() // => '1,1,1,0'
 */
export function dbscan(
  points: PlanarPoints,
  { withinMetres, minPoints }: { readonly withinMetres: number; readonly minPoints: number },
): Dbscan | Refusal {
  const bad = refusePoints(points);
  if (bad) return bad;
  if (!(withinMetres > 0 && withinMetres < Infinity) || !Number.isInteger(minPoints) || minPoints < 1) {
    return refuse('bad-settings', 'The distance must be above nought and the least number of points at least one.');
  }
  const x = Float64Array.from(points.eastings);
  const y = Float64Array.from(points.northings);
  const within2 = withinMetres * withinMetres;
  // Two points of one cell are always within the distance: its diagonal is a hair shorter.
  const index = pointIndex(points, withinMetres / 1.4143);
  const { cells, starts, members, cellOfPoint } = index;

  // The cells that may hold a point within the distance of one in the cell: near[nearStarts[cell]] …
  const nearStarts = new Int32Array(cells + 1);
  const near = new Int32Array(cells * 24);
  let used = 0;
  for (let cell = 0; cell < cells; cell++) {
    for (let rows = -2; rows <= 2; rows++) {
      for (let columns = -2; columns <= 2; columns++) {
        const beside = rows === 0 && columns === 0 ? -1 : index.cellBeside(cell, columns, rows);
        if (beside >= 0) near[used++] = beside;
      }
    }
    nearStarts[cell + 1] = used;
  }

  const core = new Uint8Array(x.length);
  for (let cell = 0; cell < cells; cell++) {
    const start = starts[cell] ?? 0;
    const end = starts[cell + 1] ?? 0;
    for (let k = start; k < end; k++) {
      const i = members[k] ?? 0;
      core[i] = countWithin(i, end - start) >= minPoints ? 1 : 0;
    }
  }

  /** The points within the distance of point i; no more are counted than are needed. */
  function countWithin(i: number, own: number): number {
    let count = own;
    const xi = x[i] ?? 0;
    const yi = y[i] ?? 0;
    const cell = cellOfPoint[i] ?? 0;
    const last = nearStarts[cell + 1] ?? 0;
    for (let c = nearStarts[cell] ?? 0; c < last && count < minPoints; c++) {
      const beside = near[c] ?? 0;
      const end = starts[beside + 1] ?? 0;
      for (let k = starts[beside] ?? 0; k < end; k++) {
        const j = members[k] ?? 0;
        const dx = (x[j] ?? 0) - xi;
        const dy = (y[j] ?? 0) - yi;
        if (dx * dx + dy * dy <= within2) count++;
      }
    }
    return count;
  }

  const parent = Int32Array.from({ length: cells }, (_, cell) => cell);
  function root(cell: number): number {
    let at = cell;
    while (parent[at] !== at) {
      parent[at] = parent[parent[at] ?? 0] ?? 0;
      at = parent[at] ?? 0;
    }
    return at;
  }
  const hasCore = new Uint8Array(cells);
  for (const [i, cell] of cellOfPoint.entries()) if (core[i] === 1) hasCore[cell] = 1;
  for (let cell = 0; cell < cells; cell++) {
    if (hasCore[cell] === 0) continue;
    for (let c = nearStarts[cell] ?? 0; c < (nearStarts[cell + 1] ?? 0); c++) {
      const beside = near[c] ?? 0;
      if (beside <= cell || hasCore[beside] === 0 || root(cell) === root(beside)) continue;
      if (touch(cell, beside)) parent[root(beside)] = root(cell);
    }
  }

  /** Whether a core point of one cell lies within the distance of one of the other. */
  function touch(here: number, there: number): boolean {
    for (let k = starts[here] ?? 0; k < (starts[here + 1] ?? 0); k++) {
      const i = members[k] ?? 0;
      if (core[i] === 0) continue;
      for (let m = starts[there] ?? 0; m < (starts[there + 1] ?? 0); m++) {
        const j = members[m] ?? 0;
        const dx = (x[j] ?? 0) - (x[i] ?? 0);
        const dy = (y[j] ?? 0) - (y[i] ?? 0);
        if (core[j] === 1 && dx * dx + dy * dy <= within2) return true;
      }
    }
    return false;
  }

  const cluster = new Int32Array(x.length);
  const numberOfRoot = new Int32Array(cells);
  let clusters = 0;
  for (let i = 0; i < x.length; i++) {
    if (core[i] !== 1) continue;
    const own = root(cellOfPoint[i] ?? 0);
    if (numberOfRoot[own] === 0) numberOfRoot[own] = ++clusters;
    cluster[i] = numberOfRoot[own] ?? 0;
  }
  let noise = 0;
  for (let i = 0; i < x.length; i++) {
    if (core[i] === 1) continue;
    let nearest = within2;
    let joined = -1;
    const cell = cellOfPoint[i] ?? 0;
    for (let c = (nearStarts[cell] ?? 0) - 1; c < (nearStarts[cell + 1] ?? 0); c++) {
      const beside = c < (nearStarts[cell] ?? 0) ? cell : (near[c] ?? 0);
      if (hasCore[beside] === 0) continue;
      for (let k = starts[beside] ?? 0; k < (starts[beside + 1] ?? 0); k++) {
        const j = members[k] ?? 0;
        if (core[j] === 0) continue;
        const dx = (x[j] ?? 0) - (x[i] ?? 0);
        const dy = (y[j] ?? 0) - (y[i] ?? 0);
        const squared = dx * dx + dy * dy;
        if (squared < nearest || (squared === nearest && (joined < 0 || j < joined))) {
          nearest = squared;
          joined = j;
        }
      }
    }
    if (joined >= 0) cluster[i] = cluster[joined] ?? 0;
    else noise++;
  }
  return { method: { name: 'dbscan', version: '1' }, cluster, core, clusters, noise };
}
