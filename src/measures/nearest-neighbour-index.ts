import type { Method } from './estimate.ts';
import { normalTwoSided } from './normal-distribution.ts';
import { refusePoints, refuseWindow, windowArea, type MapWindow, type PlanarPoints } from './planar-points.ts';
import { pointIndex } from './point-index.ts';
import { refuse, type Refusal } from './refusal.ts';

export interface NearestNeighbourIndex {
  readonly method: Method;
  /** Below 1 clustered, above 1 spaced out; without correction for the edge. */
  readonly index: number;
  /** The same against Donnelly's expectation, which allows for the edge of a rectangle. */
  readonly indexDonnelly: number;
  readonly meanDistanceMetres: number;
  /** Of the corrected index, under complete randomness. */
  readonly z: number;
  readonly pTwoSided: number;
}

/**
 * The distance from each point to its nearest other point; 0 where two share a place. Points must have been checked.
 *
 * dᵢ = min over j ≠ i of the distance. Unit: metres. Not for snapped points. Source: Clark and Evans (1954).
 *
 * @example nearestNeighbourDistances({ eastings: [0, 3, 3], northings: [0, 4, 4] }, 100).join() // => '5,0,0'
 */
export function nearestNeighbourDistances(points: PlanarPoints, areaSquareMetres: number): Float64Array | Refusal {
  const bad = refusePoints(points, 2);
  if (bad) return bad;
  if (!(areaSquareMetres >= 1e-6 && areaSquareMetres <= 1e16))
    return refuse('bad-area', 'The study area needs a size above nought, in square metres.');
  return distancesToNearest(points, areaSquareMetres);
}

/** The distances between points that have been checked. */
export function distancesToNearest(points: PlanarPoints, areaSquareMetres: number): Float64Array {
  const { eastings, northings } = points;
  const n = eastings.length;
  // Two points a cell on average: the nearest is then mostly in the first ring.
  const cellMetres = Math.sqrt((2 * areaSquareMetres) / n);
  const index = pointIndex(points, cellMetres);
  return Float64Array.from({ length: n }, (_, i) => {
    let nearest2 = Infinity;
    const look = (cell: number) => {
      if (cell < 0) return;
      for (let k = index.starts[cell] ?? 0; k < (index.starts[cell + 1] ?? 0); k++) {
        const j = index.members[k] ?? 0;
        if (j === i) continue;
        const dx = (eastings[j] ?? 0) - (eastings[i] ?? 0);
        const dy = (northings[j] ?? 0) - (northings[i] ?? 0);
        nearest2 = Math.min(nearest2, dx * dx + dy * dy);
      }
    };
    const home = index.cellOfPoint[i] ?? 0;
    for (let ring = 0; ring <= 8; ring++) {
      for (let rows = -ring; rows <= ring; rows++) {
        const step = Math.abs(rows) === ring ? 1 : 2 * ring;
        for (let columns = -ring; columns <= ring; columns += Math.max(1, step)) {
          look(index.cellBeside(home, columns, rows));
        }
      }
      // Whatever lies beyond this ring is at least so far away.
      if (nearest2 <= (ring * cellMetres) ** 2) return Math.sqrt(nearest2);
    }
    for (let cell = 0; cell < index.cells; cell++) look(cell);
    return Math.sqrt(nearest2);
  });
}

/**
 * Says whether events lie nearer to each other than chance would put them.
 *
 * Index = mean nearest distance × 2√(n/A); Donnelly's divides by ½√(A/n) + (0.0514 + 0.0412/√n) P/n, P the perimeter of
 * the rectangle. Not for snapped points (police.uk), which are clustered by construction. It depends on the rectangle drawn.
 * Unit: none, 1 by chance. Source: Clark and Evans (1954), Ecology 35, 445-453; Donnelly (1978).
 *
 * @example nearestNeighbourIndex({ eastings: [10, 13], northings: [10, 14] }, { westMetres: 0, eastMetres: 20, southMetres: 0, northMetres: 20 }).meanDistanceMetres // => 5
 */
export function nearestNeighbourIndex(points: PlanarPoints, window: MapWindow): NearestNeighbourIndex | Refusal {
  const bad = refusePoints(points, 2) ?? refuseWindow(window, points);
  if (bad) return bad;
  const n = points.eastings.length;
  const area = windowArea(window);
  const perimeter = 2 * (window.eastMetres - window.westMetres) + 2 * (window.northMetres - window.southMetres);
  const distances = distancesToNearest(points, area);
  let sum = 0;
  for (const distance of distances) sum += distance;
  const mean = sum / n;
  const expected = 0.5 * Math.sqrt(area / n) + (0.0514 + 0.0412 / Math.sqrt(n)) * (perimeter / n);
  // Donnelly's variance of the mean, by simulation.
  const variance = (0.07 * area + 0.037 * perimeter * Math.sqrt(area / n)) / (n * n);
  if (!(variance > 0)) return refuse('no-variance', 'The study area is too small to test for clustering.');
  const z = (mean - expected) / Math.sqrt(variance);
  return {
    method: { name: 'nearest-neighbour-index', version: '1' },
    index: mean * 2 * Math.sqrt(n / area),
    indexDonnelly: mean / expected,
    meanDistanceMetres: mean,
    z,
    pTwoSided: normalTwoSided(z),
  };
}
