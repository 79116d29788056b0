import { gaussianDensityAt } from './kernel-density.ts';
import { distancesToNearest } from './nearest-neighbour-index.ts';
import { refusePoints, refuseWindow, windowArea, type MapWindow, type PlanarPoints } from './planar-points.ts';
import { isRefusal, refuse, type Refusal } from './refusal.ts';
import { ripleyK } from './ripley-k.ts';

// A bandwidth is the standard deviation of a Gaussian kernel unless its name says otherwise.

function standardDeviation(values: ArrayLike<number>): number {
  const n = values.length;
  let mean = 0;
  for (let i = 0; i < n; i++) mean += (values[i] ?? 0) / n;
  let squares = 0;
  for (let i = 0; i < n; i++) squares += ((values[i] ?? 0) - mean) ** 2;
  return Math.sqrt(squares / (n - 1));
}

/** The quantile of Hyndman and Fan's type 7: linear between the order statistics. */
function quantile(sorted: Float64Array, share: number): number {
  const at = (sorted.length - 1) * share;
  const low = Math.floor(at);
  const from = sorted[low] ?? 0;
  return from + (at - low) * ((sorted[low + 1] ?? from) - from);
}

/**
 * Scott's rule for each axis: σ = s n^(−1/6), s the standard deviation along the axis. Too wide where events cluster. Source: Scott (1992).
 *
 * Unit: metres. Not for hot spots.
 *
 * @example scottBandwidth({ eastings: [0, 1], northings: [0, 1] })[0].toFixed(4) // => '0.6300'
 */
export function scottBandwidth(points: PlanarPoints): readonly [number, number] | Refusal {
  const bad = refusePoints(points, 2);
  if (bad) return bad;
  const shrink = points.eastings.length ** (-1 / 6);
  return [standardDeviation(points.eastings) * shrink, standardDeviation(points.northings) * shrink];
}

/**
 * The normal reference rule for each axis, as the full width of a kernel (four standard deviations):
 * width = 4 × 1.06 min(s, IQR/1.34) n^(−1/5). Source: Venables and Ripley (2002), Modern Applied Statistics with S, p. 127.
 *
 * Unit: metres. Not where events cluster in several places: too wide.
 *
 * @example normalReferenceWidth({ eastings: [0, 1], northings: [0, 1] })[0].toFixed(4) // => '1.3773'
 */
export function normalReferenceWidth(points: PlanarPoints): readonly [number, number] | Refusal {
  const bad = refusePoints(points, 2);
  if (bad) return bad;
  const width = (values: ArrayLike<number>) => {
    const sorted = Float64Array.from(values).sort();
    const range = (quantile(sorted, 0.75) - quantile(sorted, 0.25)) / 1.34;
    return 4 * 1.06 * Math.min(standardDeviation(values), range) * values.length ** -0.2;
  };
  return [width(points.eastings), width(points.northings)];
}

/**
 * Chooses the bandwidth under which each event is best foretold by the others (likelihood cross-validation).
 *
 * The greatest Σ ln λ(−i)(xi) − ∫ λ over `steps` bandwidths in geometric steps from the least distance between two places to half the
 * window's diagonal, λ corrected for the edge. Work is steps × events²: sample a large set first. Unit: metres. Not on
 * snapped points: their repeats draw it to the least bandwidth tried. Source: Loader (1999), section 5.3.
 *
 * @example likelihoodBandwidth({ eastings: [20, 21, 80, 81], northings: [50, 50, 50, 50] }, { westMetres: 0, eastMetres: 100, southMetres: 0, northMetres: 100 }).toFixed(1) // => '1.0'
 */
export function likelihoodBandwidth(
  points: PlanarPoints,
  window: MapWindow,
  { steps = 16 }: { readonly steps?: number } = {},
): number | Refusal {
  const bad = refusePoints(points, 2) ?? refuseWindow(window, points);
  if (bad) return bad;
  if (!(Number.isInteger(steps) && steps >= 1 && steps <= 1000))
    return refuse('bad-settings', 'The number of bandwidths to try must be a whole number from 1 to 1,000.');
  let least = Infinity;
  for (const distance of distancesToNearest(points, windowArea(window))) {
    if (distance > 0) least = Math.min(least, distance);
  }
  const width = window.eastMetres - window.westMetres;
  const height = window.northMetres - window.southMetres;
  const most = Math.sqrt(width * width + height * height) / 2;
  if (!(least < most)) return refuse('one-place', 'All events share a place, so no bandwidth can be chosen.');
  const tiles = 48;
  const tileOf = (from: number, length: number, tile: number) => from + ((tile + 0.5) * length) / tiles;
  const lattice = {
    eastings: Float64Array.from({ length: tiles * tiles }, (_, i) => tileOf(window.westMetres, width, i % tiles)),
    northings: Float64Array.from({ length: tiles * tiles }, (_, i) =>
      tileOf(window.southMetres, height, Math.floor(i / tiles)),
    ),
  };
  let best = -Infinity;
  let chosen = most;
  for (let step = 0; step < steps; step++) {
    const sigma = least * (most / least) ** (steps > 1 ? step / (steps - 1) : 0);
    const others = gaussianDensityAt(points, points, sigma, { edge: 'uniform', window, leaveOneOut: true });
    const everywhere = gaussianDensityAt(points, lattice, sigma, { edge: 'uniform', window });
    if (isRefusal(others)) return others;
    if (isRefusal(everywhere)) return everywhere;
    let score = 0;
    for (const density of others.perSquareMetre) score += Math.log(density);
    for (const density of everywhere.perSquareMetre) score -= (density * width * height) / (tiles * tiles);
    if (score > best) {
      best = score;
      chosen = sigma;
    }
  }
  return best > -Infinity ? chosen : refuse('no-bandwidth', 'No bandwidth foretells these events.');
}

/**
 * Chooses the bandwidth with the least mean square error of the density, taking events as a Cox process.
 *
 * M(h) = (1/λ − 2 K(h))/(π h²) + ∫ (area common to two discs of radius h a distance t apart) dK(t)/(π h²)², least over
 * 512 values of h up to half of Ripley's greatest distance; σ = h/2. Apt to be small: it sees anchors as clusters.
 * Unit: metres. Not on snapped points. Source: Berman and Diggle (1989), JRSS B 51, 81-92.
 *
 * @example meanSquareErrorBandwidth({ eastings: [20, 21, 80, 81], northings: [50, 50, 50, 50] }, { westMetres: 0, eastMetres: 100, southMetres: 0, northMetres: 100 }).toFixed(1) // => '0.5'
 */
export function meanSquareErrorBandwidth(points: PlanarPoints, window: MapWindow): number | Refusal {
  const bad = refusePoints(points, 2) ?? refuseWindow(window, points);
  if (bad) return bad;
  const width = window.eastMetres - window.westMetres;
  const height = window.northMetres - window.southMetres;
  const intensity = points.eastings.length / windowArea(window);
  const greatest = Math.min(Math.min(width, height) / 4, Math.sqrt(1000 / (Math.PI * intensity)));
  const steps = 512;
  const radii = Array.from({ length: steps }, (_, i) => (greatest * i) / (steps - 1));
  const found = ripleyK(points, window, radii, 'isotropic');
  if (isRefusal(found)) return found;
  const { K } = found;
  let best = Infinity;
  let chosen = 0;
  for (let at = 1; at < steps && (radii[at] ?? 0) <= greatest / 2; at++) {
    const h = radii[at] ?? 0;
    let common = 0;
    for (let j = 0; j + 1 < steps; j++) {
      const t = radii[j + 1] ?? 0;
      if (t > 2 * h) break;
      const half = t / (2 * h);
      const lens = 2 * h * h * (Math.acos(Math.min(1, half)) - half * Math.sqrt(Math.max(0, 1 - half * half)));
      common += lens * ((K[j + 1] ?? 0) - (K[j] ?? 0));
    }
    const disc = Math.PI * h * h;
    const error = (1 / intensity - 2 * (K[at] ?? 0)) / disc + common / (disc * disc);
    if (error < best) {
      best = error;
      chosen = h / 2;
    }
  }
  return chosen > 0 ? chosen : refuse('no-bandwidth', 'No bandwidth can be chosen from these events.');
}
