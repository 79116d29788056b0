import type { Method } from './estimate.ts';
import { areFinite } from './input.ts';
import { normalUpper } from './normal-distribution.ts';
import { refuse, type Refusal } from './refusal.ts';
import type { SpatialNeighbours } from './spatial-neighbours.ts';

export interface GeneralG {
  readonly method: Method;
  readonly G: number;
  readonly expected: number;
  readonly variance: number;
  readonly z: number;
  /** One-sided: high beside high more than chance would put it. */
  readonly pGreater: number;
}

/**
 * Says in one number whether high values lie beside high ones (z above 0) or low beside low (z below 0).
 *
 * G = Σij wij xi xj / Σ(i≠j) xi xj with wij = 1 for neighbours, and the moments of Getis and Ord. Not for values
 * below 0. Unit: none; z in standard deviations. Source: Getis and Ord (1992), Geographical Analysis 24, 189-206.
 *
 * @example generalG([9, 8, 1, 0], neighboursFromLists([[1], [0, 2], [1, 3], [2]])).G.toFixed(3) // => '0.899'
 */
export function generalG(values: ArrayLike<number>, neighbours: SpatialNeighbours): GeneralG | Refusal {
  const n = values.length;
  if (neighbours.places !== n) {
    return refuse('mismatched-lengths', 'The number of values differs from the number of places.');
  }
  if (n < 4) return refuse('too-few-places', 'The general G needs at least four places.');
  if (!areFinite(values)) return refuse('not-finite', 'Some of the values are missing or not finite.');
  const { starts, indices } = neighbours;
  // Sums of powers of x, named as in the paper.
  let m1 = 0;
  let m2 = 0;
  let m3 = 0;
  let m4 = 0;
  for (let i = 0; i < n; i++) {
    const x = values[i] ?? 0;
    if (x < 0) return refuse('negative-values', 'The general G is only for counts: some values are below zero.');
    m1 += x;
    m2 += x * x;
    m3 += x ** 3;
    m4 += x ** 4;
  }
  const pairs = m1 * m1 - m2;
  if (!(pairs > 0)) return refuse('too-few-events', 'Fewer than two places hold any event.');
  const linked = new Set<number>();
  for (let i = 0; i < n; i++) {
    for (let k = starts[i] ?? 0; k < (starts[i + 1] ?? 0); k++) linked.add(i * n + (indices[k] ?? 0));
  }
  const columnSums = new Float64Array(n);
  let weight = 0;
  let s1 = 0;
  let products = 0;
  for (let i = 0; i < n; i++) {
    for (let k = starts[i] ?? 0; k < (starts[i + 1] ?? 0); k++) {
      const j = indices[k] ?? 0;
      weight++;
      s1 += linked.has(j * n + i) ? 2 : 1;
      columnSums[j] = (columnSums[j] ?? 0) + 1;
      products += (values[i] ?? 0) * (values[j] ?? 0);
    }
  }
  if (weight === 0) return refuse('no-neighbours', 'No place has a neighbour to be compared with.');
  let s2 = 0;
  for (let i = 0; i < n; i++) s2 += ((starts[i + 1] ?? 0) - (starts[i] ?? 0) + (columnSums[i] ?? 0)) ** 2;
  const square = weight * weight;
  const b0 = (n * n - 3 * n + 3) * s1 - n * s2 + 3 * square;
  const b1 = -((n * n - n) * s1 - 2 * n * s2 + 6 * square);
  const b2 = -(2 * n * s1 - (n + 3) * s2 + 6 * square);
  const b3 = 4 * (n - 1) * s1 - 2 * (n + 1) * s2 + 8 * square;
  const b4 = s1 - s2 + square;
  const expected = weight / (n * (n - 1));
  const secondMoment =
    (b0 * m2 * m2 + b1 * m4 + b2 * m1 * m1 * m2 + b3 * m1 * m3 + b4 * m1 ** 4) /
    (pairs * pairs * n * (n - 1) * (n - 2) * (n - 3));
  const variance = secondMoment - expected * expected;
  // Where every order of the values gives the same, rounding leaves a hair of variance.
  if (!(variance > 1e-12 * expected * expected))
    return refuse('no-variance', 'The places are too few or too alike to test for clustering.');
  const G = products / pairs;
  const z = (G - expected) / Math.sqrt(variance);
  return { method: { name: 'general-g', version: '2' }, G, expected, variance, z, pGreater: normalUpper(z) };
}
