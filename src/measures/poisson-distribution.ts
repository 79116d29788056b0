import { leastAtOrAbove } from './discrete-quantile.ts';
import { incompleteGamma, poissonTerm } from './gamma-function.ts';
import { normalQuantile } from './normal-distribution.ts';

/**
 * The probability of exactly k events when `mean` are expected.
 *
 * P(K = k) = meanᵏ e^(−mean)/k!. Unit: none, a probability from 0 to 1. Not for events that set off further ones: they
 * vary more. Source: NIST Digital Library of Mathematical Functions, section 8.2.
 *
 * @example poissonProbability(0, 2).toFixed(12) // => Math.exp(-2).toFixed(12)
 */
export function poissonProbability(k: number, mean: number): number {
  if (!(mean >= 0) || Number.isNaN(k)) return Number.NaN;
  return k < 0 || !Number.isInteger(k) ? 0 : poissonTerm(k, mean);
}

/**
 * The probability of k events or fewer.
 *
 * P(K ≤ k) = Q(k + 1, mean), the regularised upper incomplete gamma function. Unit: none, a probability from 0 to 1. Not
 * for events that set off further ones: they vary more. Source: NIST Digital Library of Mathematical Functions, section
 * 8.2.
 *
 * @example poissonCumulative(0, 2).toFixed(9) // => '0.135335283'
 */
export function poissonCumulative(k: number, mean: number): number {
  if (!(mean >= 0)) return Number.NaN;
  return k < 0 ? 0 : incompleteGamma(Math.floor(k) + 1, mean).upper;
}

/**
 * The probability of more than k events.
 *
 * P(K > k) = P(k + 1, mean), the regularised lower incomplete gamma function. Unit: none, a probability from 0 to 1. Not
 * for events that set off further ones: they vary more. Source: NIST Digital Library of Mathematical Functions, section
 * 8.2.
 *
 * @example poissonUpper(0, 2).toFixed(9) // => '0.864664717'
 */
export function poissonUpper(k: number, mean: number): number {
  if (!(mean >= 0)) return Number.NaN;
  return k < 0 ? 1 : incompleteGamma(Math.floor(k) + 1, mean).lower;
}

/**
 * The least k with a share p of the distribution at or below it.
 *
 * The least k with P(K ≤ k) ≥ p. Unit: events. Not for events that set off further ones: they vary more. Source: NIST
 * Digital Library of Mathematical Functions, section 8.2.
 *
 * @example poissonQuantile(0.999, 20) // => 35
 */
export function poissonQuantile(p: number, mean: number): number {
  if (!(p >= 0 && p <= 1 && mean >= 0)) return Number.NaN;
  if (p === 0 || mean === 0) return 0;
  if (p === 1) return Infinity;
  const sd = Math.sqrt(mean);
  return leastAtOrAbove(p, mean + normalQuantile(p) * sd, sd * 0.1, (k) => poissonCumulative(k, mean));
}
