import { type GridPlace, refuseGrid } from './cell-counts.ts';
import type { Method } from './estimate.ts';
import { areFinite, isPositive } from './input.ts';
import { normalCumulative } from './normal-distribution.ts';
import { isDistance, refusePoints, refuseWindow, type MapWindow, type PlanarPoints } from './planar-points.ts';
import { pointIndex } from './point-index.ts';
import { refuse, type Refusal } from './refusal.ts';

export interface KernelDensity {
  readonly method: Method;
  /** Events per square metre; times 1,000,000 for events per km². */
  readonly perSquareMetre: Float64Array;
}

const badBandwidth = refuse('bad-bandwidth', 'The bandwidth must be a distance above nought.');

/**
 * Smooths events into a density at the centres of a grid's cells, by the exact quartic kernel.
 *
 * Density = Σ 3/(π h²) (1 − (d/h)²)² over events nearer than h, per square metre. h is the radius at which an event stops
 * counting: 800 m for a city, 400 m for a centre. (Some programs' "scaled" quartic is 7.25 times too big.) A map of volume,
 * not of risk: it follows people. Unit: events a square metre. Not for risk: divide by people with {@link densityRatio}.
 * Source: Silverman (1986), Density Estimation, p. 76.
 *
 * @example quarticDensityGrid({ eastings: [50], northings: [50] }, { columns: 1, rows: 1, cellMetres: 100, westMetres: 0, southMetres: 0 }, 100).perSquareMetre[0].toFixed(7) // => '0.0000955'
 */
export function quarticDensityGrid(
  points: PlanarPoints,
  grid: GridPlace,
  bandwidthMetres: number,
): KernelDensity | Refusal {
  const bad = refusePoints(points, 0);
  if (bad) return bad;
  if (!isDistance(bandwidthMetres)) return badBandwidth;
  const { columns, rows, cellMetres, westMetres, southMetres } = grid;
  const badGrid = refuseGrid(grid);
  if (badGrid) return badGrid;
  const density = new Float64Array(columns * rows);
  const { eastings, northings } = points;
  const h2 = bandwidthMetres * bandwidthMetres;
  for (let i = 0; i < eastings.length; i++) {
    const x = (eastings[i] ?? 0) - westMetres - cellMetres / 2;
    const y = (northings[i] ?? 0) - southMetres - cellMetres / 2;
    const firstRow = Math.max(0, Math.ceil((y - bandwidthMetres) / cellMetres));
    const lastRow = Math.min(rows - 1, Math.floor((y + bandwidthMetres) / cellMetres));
    const firstColumn = Math.max(0, Math.ceil((x - bandwidthMetres) / cellMetres));
    const lastColumn = Math.min(columns - 1, Math.floor((x + bandwidthMetres) / cellMetres));
    for (let row = firstRow; row <= lastRow; row++) {
      const dy = row * cellMetres - y;
      const left = h2 - dy * dy;
      for (let column = firstColumn; column <= lastColumn; column++) {
        const dx = column * cellMetres - x;
        const inner = left - dx * dx;
        if (inner > 0) {
          const cell = column + columns * row;
          density[cell] = (density[cell] ?? 0) + inner * inner;
        }
      }
    }
  }
  const scale = 3 / (Math.PI * h2 * h2 * h2);
  for (let cell = 0; cell < density.length; cell++) density[cell] = (density[cell] ?? 0) * scale;
  return { method: { name: 'quartic-kernel-density', version: '1' }, perSquareMetre: density };
}

/**
 * Smooths events into a density at any places, by the exact quartic kernel. Formula as {@link quarticDensityGrid}.
 *
 * Density = Σ 3/(π h²)(1 − (d/h)²)². Unit: events a square metre. Not a map of risk. Source: Silverman (1986), Density
 * Estimation, p. 76.
 *
 * @example quarticDensityAt({ eastings: [0], northings: [0] }, { eastings: [0, 100], northings: [0, 0] }, 100).perSquareMetre[1] // => 0
 */
export function quarticDensityAt(
  points: PlanarPoints,
  places: PlanarPoints,
  bandwidthMetres: number,
): KernelDensity | Refusal {
  const bad = refusePoints(points, 0) ?? refusePoints(places, 0);
  if (bad) return bad;
  if (!isDistance(bandwidthMetres)) return badBandwidth;
  const h2 = bandwidthMetres * bandwidthMetres;
  const density = new Float64Array(places.eastings.length);
  // The index is built over the places: each event then reaches out to the nine cells of places round it.
  const joined = {
    eastings: [...Array.from(places.eastings), ...Array.from(points.eastings)],
    northings: [...Array.from(places.northings), ...Array.from(points.northings)],
  };
  const index = pointIndex(joined, bandwidthMetres);
  const placesCount = density.length;
  for (let i = placesCount; i < joined.eastings.length; i++) {
    const x = joined.eastings[i] ?? 0;
    const y = joined.northings[i] ?? 0;
    for (let side = 0; side < 9; side++) {
      const cell = index.cellBeside(index.cellOfPoint[i] ?? 0, (side % 3) - 1, Math.floor(side / 3) - 1);
      if (cell < 0) continue;
      for (let k = index.starts[cell] ?? 0; k < (index.starts[cell + 1] ?? 0); k++) {
        const place = index.members[k] ?? 0;
        if (place >= placesCount) break;
        const dx = (joined.eastings[place] ?? 0) - x;
        const dy = (joined.northings[place] ?? 0) - y;
        const inner = h2 - dx * dx - dy * dy;
        if (inner > 0) density[place] = (density[place] ?? 0) + inner * inner;
      }
    }
  }
  const scale = 3 / (Math.PI * h2 * h2 * h2);
  return {
    method: { name: 'quartic-kernel-density', version: '1' },
    perSquareMetre: density.map((sum) => sum * scale),
  };
}

export interface GaussianDensityOptions {
  /**
   * What is done where the kernel reaches over the edge of the study area. `uniform` divides a place's density by the
   * kernel's share inside; `diggle` (Diggle 1985) divides each event's kernel by its own share, so that the total stays.
   */
  readonly edge?: 'none' | 'uniform' | 'diggle';
  readonly window?: MapWindow;
  /** Leaves out the event that lies at the place itself: places must then be the events, in the same order. */
  readonly leaveOneOut?: boolean;
}

/**
 * Smooths events into a density at any places, by the exact Gaussian kernel (every pair is summed, no cut-off).
 *
 * Density = Σ exp(−d²/(2σ²))/(2π σ²), per square metre. The edge corrections need a rectangular window. Meant for
 * thousands of events: the work is events × places. Unit: events a square metre. Not a map of risk. Source: Diggle (1985),
 * Applied Statistics 34, 138-147.
 *
 * @example gaussianDensityAt({ eastings: [0], northings: [0] }, { eastings: [0], northings: [0] }, 100).perSquareMetre[0].toFixed(7) // => '0.0000159'
 */
export function gaussianDensityAt(
  points: PlanarPoints,
  places: PlanarPoints,
  sigmaMetres: number,
  { edge = 'none', window, leaveOneOut = false }: GaussianDensityOptions = {},
): KernelDensity | Refusal {
  const bad = refusePoints(points, 0) ?? refusePoints(places, 0);
  if (bad) return bad;
  if (!isDistance(sigmaMetres)) return badBandwidth;
  if (edge !== 'none') {
    if (window === undefined) return refuse('no-window', 'An edge correction needs the study area.');
    const outside = refuseWindow(window, points) ?? refuseWindow(window, places);
    if (outside) return outside;
  }
  const { eastings, northings } = points;
  const shares = edge === 'diggle' && window ? sharesInside(points, window, sigmaMetres) : undefined;
  const density = new Float64Array(places.eastings.length);
  const scale = 1 / (2 * Math.PI * sigmaMetres * sigmaMetres);
  const exponent = -1 / (2 * sigmaMetres * sigmaMetres);
  for (let place = 0; place < density.length; place++) {
    const x = places.eastings[place] ?? 0;
    const y = places.northings[place] ?? 0;
    let sum = 0;
    for (let i = 0; i < eastings.length; i++) {
      if (leaveOneOut && i === place) continue;
      const dx = (eastings[i] ?? 0) - x;
      const dy = (northings[i] ?? 0) - y;
      const kernel = Math.exp((dx * dx + dy * dy) * exponent);
      sum += shares ? kernel / (shares[i] ?? 1) : kernel;
    }
    density[place] = sum * scale;
  }
  if (edge === 'uniform' && window) {
    const inside = sharesInside(places, window, sigmaMetres);
    for (let place = 0; place < density.length; place++) {
      density[place] = (density[place] ?? 0) / (inside[place] ?? 1);
    }
  }
  return { method: { name: 'gaussian-kernel-density', version: '1' }, perSquareMetre: density };
}

/**
 * The share of each point's Gaussian kernel that falls inside the window.
 *
 * Share = [Φ((east − x)/σ) − Φ((west − x)/σ)] × the same from south to north. Unit: none, 0 to 1. Not for a window that is
 * no rectangle. Source: Diggle (1985).
 *
 * @example gaussianShares({ eastings: [0], northings: [50] }, { westMetres: 0, eastMetres: 100, southMetres: 0, northMetres: 100 }, 1)[0].toFixed(3) // => '0.500'
 */
export function gaussianShares(points: PlanarPoints, window: MapWindow, sigmaMetres: number): Float64Array | Refusal {
  const bad = refusePoints(points, 0) ?? refuseWindow(window, points);
  if (bad) return bad;
  return isDistance(sigmaMetres) ? sharesInside(points, window, sigmaMetres) : badBandwidth;
}

/** The shares of kernels of points, in a window and with a width that have been checked. */
export function sharesInside(
  { eastings, northings }: PlanarPoints,
  { westMetres, eastMetres, southMetres, northMetres }: MapWindow,
  sigmaMetres: number,
): Float64Array {
  const share = (from: number, to: number, at: number) =>
    normalCumulative((to - at) / sigmaMetres) - normalCumulative((from - at) / sigmaMetres);
  return Float64Array.from(
    { length: eastings.length },
    (_, i) => share(westMetres, eastMetres, eastings[i] ?? 0) * share(southMetres, northMetres, northings[i] ?? 0),
  );
}

/**
 * Divides one density by another (crime by the people there), so that the map shows risk and not volume.
 *
 * Where the lower density falls under `floorPerSquareMetre` the answer is `null`, not a number: a handful of people makes
 * any risk. Both densities must share places, kernel and bandwidth. Ratio = events/people at each place. Unit: events a
 * person. Not with two bandwidths. Source: Bithell (1990), Statistics in Medicine 9, 691-701.
 *
 * @example densityRatio([2, 2], [4, 0.01], 0.1).join() // => '0.5,'
 */
export function densityRatio(
  eventsPerSquareMetre: ArrayLike<number>,
  peoplePerSquareMetre: ArrayLike<number>,
  floorPerSquareMetre: number,
): readonly (number | null)[] | Refusal {
  if (eventsPerSquareMetre.length !== peoplePerSquareMetre.length) {
    return refuse('mismatched-lengths', 'The two densities are not of the same places.');
  }
  if (!areFinite(eventsPerSquareMetre) || !areFinite(peoplePerSquareMetre)) {
    return refuse('not-finite', 'Some of the densities are missing or not finite.');
  }
  if (!isPositive(floorPerSquareMetre)) return refuse('bad-floor', 'The least density of people must be above nought.');
  return Array.from(eventsPerSquareMetre, (events, i) => {
    const people = peoplePerSquareMetre[i] ?? 0;
    const ratio = events / people;
    return people >= floorPerSquareMetre ? ratio : null;
  });
}
