import type { Method } from './estimate.ts';
import { areFinite } from './input.ts';
import { refusePoints, refuseWindow, windowArea, type MapWindow, type PlanarPoints } from './planar-points.ts';
import { refuse, type Refusal } from './refusal.ts';

export type RipleyEdge = 'none' | 'border' | 'isotropic';

export interface RipleyK {
  readonly method: Method;
  /** K at each radius in square metres: π r² under complete randomness, more where events cluster. */
  readonly K: Float64Array;
  /** Besag's √(K/π) − r in metres: 0 under complete randomness. */
  readonly lMinusR: Float64Array;
}

// Near a corner a circle may keep so little of its edge inside that one pair would outweigh all others.
const heaviestWeight = 100;

/** How much of the circle of this radius round a point lies inside the window, from 0 to 1. */
function arcShare(x: number, y: number, radius: number, window: MapWindow): number {
  if (radius <= 0) return 1;
  // The half angle of the arc beyond each side, in the order in which the sides meet.
  const beyond = [window.eastMetres - x, window.northMetres - y, x - window.westMetres, y - window.southMetres].map(
    (distance) => (distance < radius ? Math.acos(Math.max(0, distance) / radius) : 0),
  );
  let lost = 0;
  for (let side = 0; side < 4; side++) {
    const here = beyond[side] ?? 0;
    const next = beyond[(side + 1) % 4] ?? 0;
    // Beyond both sides of a corner: counted once.
    lost += 2 * here - Math.max(0, here + next - Math.PI / 2);
  }
  // From corner to corner none is inside, and rounding may make that less than none.
  return Math.max(0, 1 - lost / (2 * Math.PI));
}

/**
 * Says at which distances events cluster: the mean number of further events within r of an event, over the density.
 *
 * K(r) = A/(n(n−1)) Σ(i≠j) w 1(d ≤ r); w = 1 (`none`), 1/share of the circle inside the rectangle (`isotropic`, Ripley),
 * or only events more than r from the edge (`border`, A/n × pairs/such events). Needs a rectangle and true places; work grows with the
 * square of events. It takes the density as even: a town centre alone makes K rise. Unit: square metres. Not for snapped
 * points. Source: Ripley (1976), Journal of Applied Probability 13, 255-266.
 *
 * @example ripleyK({ eastings: [40, 43], northings: [50, 54] }, { westMetres: 0, eastMetres: 100, southMetres: 0, northMetres: 100 }, [4, 6]).K.join() // => '0,10000'
 */
export function ripleyK(
  points: PlanarPoints,
  window: MapWindow,
  radiiMetres: readonly number[],
  edge: RipleyEdge = 'isotropic',
): RipleyK | Refusal {
  const bad = refusePoints(points, 2) ?? refuseWindow(window, points);
  if (bad) return bad;
  const rising = radiiMetres.every((radius, i) => radius >= 0 && (i === 0 || radius > (radiiMetres[i - 1] ?? 0)));
  if (radiiMetres.length === 0 || !rising || !areFinite(radiiMetres)) {
    return refuse('bad-radii', 'The distances must rise from nought or more.');
  }
  const x = Float64Array.from(points.eastings);
  const y = Float64Array.from(points.northings);
  const n = x.length;
  const area = windowArea(window);
  const bins = radiiMetres.length;
  const largest = radiiMetres[bins - 1] ?? 0;
  // Every pair goes into the first radius that holds it; sums over radii come after.
  const added = new Float64Array(bins + 1);
  const firstAtLeast = (value: number) => {
    let low = 0;
    let high = bins;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((radiiMetres[middle] ?? 0) < value) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  const pairsFromInside = new Float64Array(bins);
  const inside = new Float64Array(bins);
  for (let i = 0; i < n; i++) {
    const xi = x[i] ?? 0;
    const yi = y[i] ?? 0;
    const toEdge = Math.min(
      xi - window.westMetres,
      window.eastMetres - xi,
      yi - window.southMetres,
      window.northMetres - yi,
    );
    // The radii under the distance from the edge.
    const usable = firstAtLeast(toEdge);
    for (let bin = 0; bin < usable; bin++) inside[bin] = (inside[bin] ?? 0) + 1;
    for (let j = 0; j < n; j++) {
      if (i === j) continue;
      const dx = (x[j] ?? 0) - xi;
      const dy = (y[j] ?? 0) - yi;
      const distance = Math.sqrt(dx * dx + dy * dy);
      if (distance > largest) continue;
      const bin = firstAtLeast(distance);
      if (edge === 'border') {
        for (let at = bin; at < usable; at++) pairsFromInside[at] = (pairsFromInside[at] ?? 0) + 1;
      } else {
        const weight = edge === 'none' ? 1 : Math.min(heaviestWeight, 1 / arcShare(xi, yi, distance, window));
        added[bin] = (added[bin] ?? 0) + weight;
      }
    }
  }
  const K = new Float64Array(bins);
  let sum = 0;
  for (let bin = 0; bin < bins; bin++) {
    sum += added[bin] ?? 0;
    if (edge === 'border') {
      if ((inside[bin] ?? 0) === 0) {
        return refuse('radius-too-large', 'At the largest distance no event lies far enough from the edge.');
      }
      K[bin] = ((area / n) * (pairsFromInside[bin] ?? 0)) / (inside[bin] ?? 1);
    } else K[bin] = (area / (n * (n - 1))) * sum;
  }
  return {
    method: { name: `ripley-k-${edge}`, version: '2' },
    K,
    lMinusR: K.map((value, bin) => Math.sqrt(value / Math.PI) - (radiiMetres[bin] ?? 0)),
  };
}
