import { binomialTerm, incompleteBeta } from './beta-function.ts';
import { leastAtOrAbove } from './discrete-quantile.ts';
import { normalQuantile } from './normal-distribution.ts';
import { poissonCumulative, poissonProbability, poissonUpper } from './poisson-distribution.ts';

// Of mean `mean` and variance mean + mean²/size (NB2). A size without bound is the Poisson distribution.

/**
 * The probability of exactly k events.
 *
 * P(K = k) = Γ(k + size)/(Γ(size) k!) xˢⁱᶻᵉ (1 − x)ᵏ, x = size/(size + mean); variance mean + mean²/size. Unit: none, a
 * probability from 0 to 1. Not for a mean below 0 or a size of 0 or less. Source: Johnson, Kemp & Kotz 2005, Univariate
 * Discrete Distributions.
 *
 * @example negativeBinomialProbability(0, 1, 1).toFixed(12) // => '0.500000000000'
 */
export function negativeBinomialProbability(k: number, mean: number, size: number): number {
  if (!(mean >= 0 && size > 0) || Number.isNaN(k)) return Number.NaN;
  if (k < 0 || !Number.isInteger(k)) return 0;
  if (size === Infinity) return poissonProbability(k, mean);
  const sum = size + mean;
  return (size / (size + k)) * binomialTerm(size, size + k, size / sum, mean / sum);
}

/**
 * The probability of k events or fewer.
 *
 * P(K ≤ k) = Iₓ(size, k + 1), x = size/(size + mean). Unit: none, a probability from 0 to 1. Not for a mean below 0 or a
 * size of 0 or less. Source: Johnson, Kemp & Kotz 2005, Univariate Discrete Distributions.
 *
 * @example negativeBinomialCumulative(1, 1, 1).toFixed(12) // => '0.750000000000'
 */
export function negativeBinomialCumulative(k: number, mean: number, size: number): number {
  if (!(mean >= 0 && size > 0)) return Number.NaN;
  if (k < 0) return 0;
  if (size === Infinity) return poissonCumulative(k, mean);
  const sum = size + mean;
  return incompleteBeta(size, Math.floor(k) + 1, size / sum, mean / sum).lower;
}

/**
 * The probability of more than k events.
 *
 * P(K > k) = 1 − P(K ≤ k), with all its digits when it is tiny. Unit: none, a probability from 0 to 1. Not for a mean
 * below 0 or a size of 0 or less. Source: Johnson, Kemp & Kotz 2005, Univariate Discrete Distributions.
 *
 * @example negativeBinomialUpper(1, 1, 1).toFixed(12) // => '0.250000000000'
 */
export function negativeBinomialUpper(k: number, mean: number, size: number): number {
  if (!(mean >= 0 && size > 0)) return Number.NaN;
  if (k < 0) return 1;
  if (size === Infinity) return poissonUpper(k, mean);
  const sum = size + mean;
  return incompleteBeta(size, Math.floor(k) + 1, size / sum, mean / sum).upper;
}

/**
 * The least k with a share p of the distribution at or below it.
 *
 * The least k with P(K ≤ k) ≥ p. Unit: events. Not for a mean below 0 or a size of 0 or less. Source: Johnson, Kemp & Kotz
 * 2005, Univariate Discrete Distributions.
 *
 * @example negativeBinomialQuantile(0.995, 20, 5.5) // => 52
 */
export function negativeBinomialQuantile(p: number, mean: number, size: number): number {
  if (!(p >= 0 && p <= 1 && mean >= 0 && size > 0)) return Number.NaN;
  if (p === 0 || mean === 0) return 0;
  if (p === 1) return Infinity;
  const sd = Math.sqrt(mean + (size === Infinity ? 0 : (mean * mean) / size));
  return leastAtOrAbove(p, mean + normalQuantile(p) * sd, sd * 0.1, (k) => negativeBinomialCumulative(k, mean, size));
}
