import { benjaminiHochberg } from './multiple-testing.ts';
import type { Method } from './estimate.ts';
import { areFinite } from './input.ts';
import { normalTwoSided } from './normal-distribution.ts';
import { isRefusal, refuse, type Refusal } from './refusal.ts';
import type { SpatialNeighbours } from './spatial-neighbours.ts';

export interface GiStar {
  readonly method: Method;
  /** Standard deviates: above 0 more than its surroundings would have by chance, below 0 less. */
  readonly z: Float64Array;
  readonly pTwoSided: Float64Array;
  /** Benjamini-Hochberg: every cell is a test, and a map makes thousands. */
  readonly qValue: Float64Array;
}

/**
 * Says of each place whether it and its neighbours together hold more (or less) than chance would put there.
 *
 * Gi* = (Σj wij xj − Wi x̄) / (s √((n Wi − Wi²)/(n − 1))), wij = 1 for the place and its neighbours, Wi their number,
 * s² = Σ(x − x̄)²/n. With `withSelf: false` it is Gi, where mean and variance leave the place itself out.
 * Do not use it on rates of small places (the variance is not equal), nor on a grid with empty sea and countryside: clip
 * to the partnership's boundary first and say so, for x̄ and s are those of every cell given.
 * Unit: standard deviations. Not for fewer than about thirty places. Source: Getis and Ord (1992); Ord and Getis (1995),
 * Geographical Analysis 27, 286-306.
 *
 * @example giStar([9, 8, 1, 0], neighboursFromLists([[1], [0, 2], [1, 3], [2]])).z[0].toFixed(3) // => '1.719'
 */
export function giStar(
  values: ArrayLike<number>,
  neighbours: SpatialNeighbours,
  { withSelf = true }: { readonly withSelf?: boolean } = {},
): GiStar | Refusal {
  const z = giStarDeviates(values, neighbours, { withSelf });
  if (isRefusal(z)) return z;
  const pTwoSided = z.map((deviate) => normalTwoSided(deviate));
  const qValue = benjaminiHochberg(pTwoSided);
  if (isRefusal(qValue)) return qValue;
  return {
    method: { name: withSelf ? 'gi-star' : 'gi', version: '1' },
    z,
    pTwoSided,
    qValue,
  };
}

/**
 * The deviates alone, for series of maps where p comes later. Formula and warnings as for {@link giStar}.
 *
 * z = Gi*. Unit: standard deviations. Not on rates of small places. Source: as there.
 *
 * @example giStarDeviates([9, 8, 1, 0], neighboursFromLists([[1], [0, 2], [1, 3], [2]]))[3].toFixed(3) // => '-1.719'
 */
export function giStarDeviates(
  values: ArrayLike<number>,
  neighbours: SpatialNeighbours,
  { withSelf = true }: { readonly withSelf?: boolean } = {},
): Float64Array | Refusal {
  const places = values.length;
  const { starts, indices } = neighbours;
  if (neighbours.places !== places) {
    return refuse('mismatched-lengths', 'The number of values differs from the number of places.');
  }
  if (places < 3) return refuse('too-few-places', 'A hot spot needs at least three places to stand out from.');
  if (!areFinite(values)) return refuse('not-finite', 'Some of the values are missing or not finite.');
  let sum = 0;
  for (let i = 0; i < places; i++) sum += values[i] ?? 0;
  const mean = sum / places;
  let squares = 0;
  for (let i = 0; i < places; i++) squares += ((values[i] ?? 0) - mean) ** 2;
  if (!(squares > 0)) return refuse('no-variation', 'Every place has the same value, so none stands out.');
  const z = new Float64Array(places);
  for (let i = 0; i < places; i++) {
    const own = values[i] ?? 0;
    const end = starts[i + 1] ?? 0;
    let weight = withSelf ? 1 : 0;
    let local = withSelf ? own : 0;
    for (let k = starts[i] ?? 0; k < end; k++) {
      local += values[indices[k] ?? 0] ?? 0;
      weight++;
    }
    const others = withSelf ? places : places - 1;
    const centre = withSelf ? mean : (sum - own) / others;
    // Leaving the place out of Σ(x − x̄)² moves the mean too: Σ' = Σ − (x − x̄)² n/(n − 1).
    const around = withSelf ? squares : squares - ((own - mean) ** 2 * places) / others;
    const variance = ((around / others) * (others * weight - weight * weight)) / (others - 1);
    // A place that neighbours every other has no surroundings to differ from.
    z[i] = variance > 0 ? (local - weight * centre) / Math.sqrt(variance) : 0;
  }
  return z;
}
