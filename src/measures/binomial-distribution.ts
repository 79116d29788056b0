import { binomialTerm, incompleteBeta } from './beta-function.ts';
import { leastAtOrAbove } from './discrete-quantile.ts';
import { normalQuantile } from './normal-distribution.ts';

function isBinomial(n: number, p: number): boolean {
  return Number.isFinite(n) && n >= 0 && p >= 0 && p <= 1;
}

/**
 * The probability of exactly k successes in n trials, each with probability p.
 *
 * P(K = k) = C(n, k) pᵏ (1−p)ⁿ⁻ᵏ. Unit: none, a probability from 0 to 1. Not for trials that depend on each other. Source:
 * NIST Digital Library of Mathematical Functions, section 8.17.
 *
 * @example binomialProbability(2, 4, 0.5).toFixed(12) // => '0.375000000000'
 */
export function binomialProbability(k: number, n: number, p: number): number {
  if (!isBinomial(n, p) || Number.isNaN(k)) return Number.NaN;
  return k < 0 || k > n || !Number.isInteger(k) ? 0 : binomialTerm(k, n, p, 1 - p);
}

/**
 * The probability of k successes or fewer.
 *
 * P(K ≤ k) = Σ over i ≤ k of C(n, i) pⁱ (1−p)ⁿ⁻ⁱ. Unit: none, a probability from 0 to 1. Not for trials that depend on
 * each other. Source: NIST Digital Library of Mathematical Functions, section 8.17.
 *
 * @example binomialCumulative(2, 4, 0.5).toFixed(12) // => '0.687500000000'
 */
export function binomialCumulative(k: number, n: number, p: number): number {
  if (!isBinomial(n, p)) return Number.NaN;
  const whole = Math.floor(k);
  if (whole < 0) return 0;
  if (whole >= n) return 1;
  return incompleteBeta(whole + 1, n - whole, p).upper;
}

/**
 * The probability of more than k successes.
 *
 * P(K > k) = 1 − P(K ≤ k), with all its digits when it is tiny. Unit: none, a probability from 0 to 1. Not for trials that
 * depend on each other. Source: NIST Digital Library of Mathematical Functions, section 8.17.
 *
 * @example binomialUpper(2, 4, 0.5).toFixed(12) // => '0.312500000000'
 */
export function binomialUpper(k: number, n: number, p: number): number {
  if (!isBinomial(n, p)) return Number.NaN;
  const whole = Math.floor(k);
  if (whole < 0) return 1;
  if (whole >= n) return 0;
  return incompleteBeta(whole + 1, n - whole, p).lower;
}

/**
 * The least k with a share `share` of the distribution at or below it.
 *
 * The least k with P(K ≤ k) ≥ share. Unit: successes. Not for trials that depend on each other. Source: NIST Digital
 * Library of Mathematical Functions, section 8.17.
 *
 * @example binomialQuantile(0.5, 10, 0.5) // => 5
 */
export function binomialQuantile(share: number, n: number, p: number): number {
  if (!isBinomial(n, p) || !(share >= 0 && share <= 1)) return Number.NaN;
  if (share === 0 || p === 0) return 0;
  if (share === 1 || p === 1) return n;
  const sd = Math.sqrt(n * p * (1 - p));
  return leastAtOrAbove(share, n * p + normalQuantile(share) * sd, sd * 0.1, (k) => binomialCumulative(k, n, p));
}
