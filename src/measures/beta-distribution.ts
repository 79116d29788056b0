import { incompleteBeta, inverseIncompleteBeta } from './beta-function.ts';

/**
 * The probability of a beta(a, b) value at or below x.
 *
 * @example betaCumulative(0.5, 2, 2).toFixed(12) // => '0.500000000000'
 */
export function betaCumulative(x: number, a: number, b: number): number {
  return incompleteBeta(a, b, x).lower;
}

/**
 * The probability of a beta(a, b) value above x.
 *
 * @example betaUpper(0.25, 1, 1).toFixed(12) // => '0.750000000000'
 */
export function betaUpper(x: number, a: number, b: number): number {
  return incompleteBeta(a, b, x).upper;
}

/**
 * The beta(a, b) value with a share p below it.
 *
 * @example betaQuantile(0.5, 3, 3).toFixed(12) // => '0.500000000000'
 */
export function betaQuantile(p: number, a: number, b: number): number {
  return inverseIncompleteBeta(a, b, p);
}

/**
 * The beta(a, b) value with a share p above it.
 *
 * @example betaUpperQuantile(0.25, 1, 1).toFixed(12) // => '0.750000000000'
 */
export function betaUpperQuantile(p: number, a: number, b: number): number {
  return inverseIncompleteBeta(a, b, 1 - p, p);
}
