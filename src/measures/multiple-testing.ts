/* eslint-disable @typescript-eslint/no-non-null-assertion -- every index below is bounded by its loop */
import { type Refusal, refuse } from './refusal.ts';

function badP(pValues: ArrayLike<number>): Refusal | undefined {
  for (let i = 0; i < pValues.length; i += 1)
    if (!(pValues[i]! >= 0 && pValues[i]! <= 1))
      return refuse('not-a-probability', 'A p value must lie between 0 and 1.');
  return undefined;
}

/** The places of the p values, smallest p first. */
function ascending(pValues: ArrayLike<number>): Uint32Array {
  const order = Uint32Array.from({ length: pValues.length }, (_, i) => i);
  return order.sort((a, b) => pValues[a]! - pValues[b]!);
}

/** Steps up from the largest p: each adjusted value is the least of those at or above it. */
function stepUp(pValues: ArrayLike<number>, factor: number): Float64Array {
  const order = ascending(pValues);
  const adjusted = new Float64Array(order.length);
  let least = 1;
  for (let rank = order.length; rank >= 1; rank -= 1) {
    const at = order[rank - 1]!;
    least = Math.min(least, pValues[at]! * ((order.length * factor) / rank));
    adjusted[at] = least;
  }
  return adjusted;
}

/**
 * Benjamini and Hochberg's q values: of the results with q at or under 0.05, about one in twenty is expected to be chance.
 *
 *     q₍ᵢ₎ = min over k ≥ i of p₍ₖ₎ m / k
 *
 * For every screening run; the report says how many tests were made. Holds for independent tests and for those that lean
 * the same way, as neighbouring areas do. Unit: none, 0 to 1. Not for tests chosen after looking. Source: Benjamini &
 * Hochberg 1995.
 *
 * @example benjaminiHochberg([0.01, 0.02, 0.03]) // => Float64Array.of(0.03, 0.03, 0.03)
 */
export function benjaminiHochberg(pValues: ArrayLike<number>): Float64Array | Refusal {
  return badP(pValues) ?? stepUp(pValues, 1);
}

/**
 * The same for tests that depend on each other in any way: q values larger by Σ 1/k. Source: Benjamini & Yekutieli 2001.
 *
 * Unit: none, 0 to 1. Not needed for tests that lean the same way.
 *
 * @example benjaminiYekutieli([0.01, 0.5])[0].toFixed(3) // => '0.030'
 */
export function benjaminiYekutieli(pValues: ArrayLike<number>): Float64Array | Refusal {
  let harmonic = 0;
  for (let k = 1; k <= pValues.length; k += 1) harmonic += 1 / k;
  return badP(pValues) ?? stepUp(pValues, harmonic);
}

/**
 * Holm's p values, which keep the chance of even one false finding under the level. Source: Holm 1979.
 *
 * p₍ᵢ₎ = max over k ≤ i of (m − k + 1) p₍ₖ₎, at most 1. Unit: none, a probability. Not for screening many areas.
 *
 * @example holm([0.01, 0.04])[1] // => 0.04
 */
export function holm(pValues: ArrayLike<number>): Float64Array | Refusal {
  const bad = badP(pValues);
  if (bad) return bad;
  const order = ascending(pValues);
  const adjusted = new Float64Array(order.length);
  let greatest = 0;
  order.forEach((at, rank) => {
    greatest = Math.max(greatest, Math.min(1, pValues[at]! * (order.length - rank)));
    adjusted[at] = greatest;
  });
  return adjusted;
}

/**
 * Bonferroni's p values: each times the number of tests.
 *
 * p = min(1, m p). Unit: none, a probability. Not for screening many areas: it misses much. Source: Dunn 1961.
 *
 * @example bonferroni([0.01, 0.5])[0] // => 0.02
 */
export function bonferroni(pValues: ArrayLike<number>): Float64Array | Refusal {
  return badP(pValues) ?? Float64Array.from(pValues, (p) => Math.min(1, p * pValues.length));
}
