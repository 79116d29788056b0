import type { Method } from './estimate.ts';
import { areFinite } from './input.ts';
import { normalTwoSided, normalUpper } from './normal-distribution.ts';
import { refuse, type Refusal } from './refusal.ts';
import type { SpatialNeighbours } from './spatial-neighbours.ts';

export type MoranQuadrant = 'High-High' | 'High-Low' | 'Low-High' | 'Low-Low';

export interface LocalMoran {
  readonly method: Method;
  /** Above 0 where a place is like its neighbours, below 0 where it differs from them. */
  readonly I: Float64Array;
  readonly expected: Float64Array;
  readonly variance: Float64Array;
  readonly z: Float64Array;
  readonly pTwoSided: Float64Array;
  /** The place against the mean of places, then its neighbours' mean against the mean of such means. */
  readonly quadrant: readonly MoranQuadrant[];
}

export interface GlobalMoran {
  readonly method: Method;
  readonly I: number;
  readonly expected: number;
  readonly variance: number;
  readonly z: number;
  /** One-sided: like beside like more than chance would put it. */
  readonly pGreater: number;
}

interface Deviations {
  readonly deviations: Float64Array;
  /** Mean of the neighbours' deviations; 0 for a place without neighbours. */
  readonly lags: Float64Array;
  readonly sumOfSquares: number;
}

function deviationsOf(values: ArrayLike<number>, neighbours: SpatialNeighbours): Deviations | Refusal {
  const places = values.length;
  if (neighbours.places !== places) {
    return refuse('mismatched-lengths', 'The number of values differs from the number of places.');
  }
  if (places < 4) return refuse('too-few-places', 'Moran’s I needs at least four places.');
  if (!areFinite(values)) return refuse('not-finite', 'Some of the values are missing or not finite.');
  let sum = 0;
  for (let i = 0; i < places; i++) sum += values[i] ?? 0;
  const mean = sum / places;
  const deviations = new Float64Array(places);
  let sumOfSquares = 0;
  for (let i = 0; i < places; i++) {
    const deviation = (values[i] ?? 0) - mean;
    deviations[i] = deviation;
    sumOfSquares += deviation * deviation;
  }
  if (!(sumOfSquares > 0)) return refuse('no-variation', 'Every place has the same value, so none stands out.');
  const { starts, indices } = neighbours;
  if (indices.length === 0) return refuse('no-neighbours', 'No place has a neighbour to be compared with.');
  const lags = new Float64Array(places);
  for (let i = 0; i < places; i++) {
    const start = starts[i] ?? 0;
    const end = starts[i + 1] ?? 0;
    let lag = 0;
    for (let k = start; k < end; k++) lag += deviations[indices[k] ?? 0] ?? 0;
    lags[i] = end > start ? lag / (end - start) : 0;
  }
  return { deviations, lags, sumOfSquares };
}

/**
 * Says of each place whether it is like its neighbours (high among high, low among low) or unlike them.
 *
 * Ii = (zi/m2) Σj wij zj with z the deviations from the mean, wij = 1/number of neighbours, m2 = Σz²/n. The moments are
 * the conditional ones (the place keeps its value, the others are shuffled): E = −zi²/((n−1) m2),
 * var = (zi/m2)² (n/(n−2)) (1/ki − 1/(n−1)) (m2 − zi²/(n−1)). Older tables use the unconditional moments: do not mix.
 * A place without neighbours gets I = 0 and p = 1. Adjust p for the number of places before naming any.
 * Unit: none. Not on rates of small places. Source: Anselin (1995), Geographical Analysis 27, 93-115; moments Sokal, Oden
 * and Thomson (1998).
 *
 * @example localMoran([9, 8, 1, 0], neighboursFromLists([[1], [0, 2], [1, 3], [2]])).quadrant[0] // => 'High-High'
 */
export function localMoran(values: ArrayLike<number>, neighbours: SpatialNeighbours): LocalMoran | Refusal {
  const found = deviationsOf(values, neighbours);
  if ('refused' in found) return found;
  const { deviations, lags, sumOfSquares } = found;
  const places = values.length;
  const m2 = sumOfSquares / places;
  const I = new Float64Array(places);
  const expected = new Float64Array(places);
  const variance = new Float64Array(places);
  const z = new Float64Array(places);
  const pTwoSided = new Float64Array(places).fill(1);
  const quadrant: MoranQuadrant[] = [];
  let lagSum = 0;
  for (const lag of lags) lagSum += lag;
  const meanLag = lagSum / places;
  for (let i = 0; i < places; i++) {
    const deviation = deviations[i] ?? 0;
    const lag = lags[i] ?? 0;
    const ends = `${deviation > 0 ? 'High' : 'Low'}-${lag > meanLag ? 'High' : 'Low'}` as const;
    quadrant.push(ends);
    const degree = (neighbours.starts[i + 1] ?? 0) - (neighbours.starts[i] ?? 0);
    if (degree === 0) continue;
    const squared = deviation * deviation;
    I[i] = (deviation / m2) * lag;
    expected[i] = -squared / ((places - 1) * m2);
    const spread =
      (squared / (m2 * m2)) * (places / (places - 2)) * (1 / degree - 1 / (places - 1)) * (m2 - squared / (places - 1));
    variance[i] = Math.max(0, spread);
    if (spread > 0) {
      z[i] = ((I[i] ?? 0) - (expected[i] ?? 0)) / Math.sqrt(spread);
      pTwoSided[i] = normalTwoSided(z[i] ?? 0);
    }
  }
  return { method: { name: 'local-moran', version: '1' }, I, expected, variance, z, pTwoSided, quadrant };
}

/**
 * Says in one number whether like lies beside like over the whole map.
 *
 * I = (n/S0) Σij wij zi zj / Σ zi², wij = 1/number of neighbours; E = −1/(n−1), variance under randomisation; p one-sided
 * for clustering. Places without neighbours are left out of n. It says nothing of where: see {@link localMoran}.
 * Unit: none, about −1 to 1. Not on rates of small places. Source: Moran (1950); Cliff and Ord (1981), Spatial Processes,
 * chapter 2.
 *
 * @example globalMoran([9, 8, 1, 0], neighboursFromLists([[1], [0, 2], [1, 3], [2]])).I.toFixed(3) // => '0.538'
 */
export function globalMoran(values: ArrayLike<number>, neighbours: SpatialNeighbours): GlobalMoran | Refusal {
  const found = deviationsOf(values, neighbours);
  if ('refused' in found) return found;
  const { deviations, lags, sumOfSquares } = found;
  const { starts, indices, places } = neighbours;
  const degreeOf = (i: number) => (starts[i + 1] ?? 0) - (starts[i] ?? 0);
  // Σ of the weights, of their symmetrised squares, and of squared row plus column sums (Cliff and Ord's S0, S1, S2).
  let s0 = 0;
  let s1 = 0;
  const columnSums = new Float64Array(places);
  const linked = new Set<number>();
  for (let i = 0; i < places; i++) {
    for (let k = starts[i] ?? 0; k < (starts[i + 1] ?? 0); k++) linked.add(i * places + (indices[k] ?? 0));
  }
  for (let i = 0; i < places; i++) {
    const weight = 1 / degreeOf(i);
    for (let k = starts[i] ?? 0; k < (starts[i + 1] ?? 0); k++) {
      const j = indices[k] ?? 0;
      const back = linked.has(j * places + i) ? 1 / degreeOf(j) : 0;
      columnSums[j] = (columnSums[j] ?? 0) + weight;
      s0 += weight;
      // (wij + wji)² is met twice when the tie goes both ways, and S1 is half the sum over both.
      s1 += back > 0 ? (weight + back) ** 2 / 2 : weight * weight;
    }
  }
  let s2 = 0;
  let n = 0;
  let products = 0;
  let fourth = 0;
  for (let i = 0; i < places; i++) {
    const degree = degreeOf(i);
    s2 += ((degree > 0 ? 1 : 0) + (columnSums[i] ?? 0)) ** 2;
    if (degree > 0) n++;
    products += (deviations[i] ?? 0) * (lags[i] ?? 0);
    fourth += (deviations[i] ?? 0) ** 4;
  }
  if (n < 4) return refuse('too-few-places', 'Moran’s I needs at least four places with neighbours.');
  // The mean and the sums are of every value, those of places without neighbours among them.
  const kurtosis = (places * fourth) / (sumOfSquares * sumOfSquares);
  const I = ((n / s0) * products) / sumOfSquares;
  const expected = -1 / (n - 1);
  const upperPart =
    n * ((n * n - 3 * n + 3) * s1 - n * s2 + 3 * s0 * s0) - kurtosis * (n * (n - 1) * s1 - 2 * n * s2 + 6 * s0 * s0);
  const variance = upperPart / ((n - 1) * (n - 2) * (n - 3) * s0 * s0) - expected * expected;
  // Where every order of the values gives the same, rounding leaves a hair of variance.
  if (!(variance > 1e-12 * expected * expected))
    return refuse('no-variance', 'The places are too few or too alike to test for clustering.');
  const z = (I - expected) / Math.sqrt(variance);
  return { method: { name: 'global-moran', version: '2' }, I, expected, variance, z, pGreater: normalUpper(z) };
}
