import { incompleteGamma, inverseIncompleteGamma } from './gamma-function.ts';

/**
 * The probability of a chi-squared value above x, on `degrees` degrees of freedom.
 *
 * P(X > x) = Q(degrees/2, x/2), the regularised upper incomplete gamma function. Unit: none, a probability from 0 to 1.
 * Not for degrees of 0 or less. Source: NIST Digital Library of Mathematical Functions, section 8.2.
 *
 * @example chiSquaredUpper(3.841458820694124, 1).toFixed(9) // => '0.050000000'
 */
export function chiSquaredUpper(x: number, degrees: number): number {
  return incompleteGamma(degrees / 2, x / 2).upper;
}

/**
 * The probability of a chi-squared value at or below x.
 *
 * P(X ≤ x) = P(degrees/2, x/2), the regularised lower incomplete gamma function. Unit: none, a probability from 0 to 1.
 * Not for degrees of 0 or less. Source: NIST Digital Library of Mathematical Functions, section 8.2.
 *
 * @example chiSquaredCumulative(3.841458820694124, 1).toFixed(9) // => '0.950000000'
 */
export function chiSquaredCumulative(x: number, degrees: number): number {
  return incompleteGamma(degrees / 2, x / 2).lower;
}

/**
 * The chi-squared value with a share p below it.
 *
 * The x with P(X ≤ x) = p. Unit: that of the statistic. Not for degrees of 0 or less. Source: NIST Digital Library of
 * Mathematical Functions, section 8.2.
 *
 * @example chiSquaredQuantile(0.95, 1).toFixed(6) // => '3.841459'
 */
export function chiSquaredQuantile(p: number, degrees: number): number {
  return 2 * inverseIncompleteGamma(degrees / 2, p);
}

/**
 * The chi-squared value with a share p above it: keeps its digits when p is tiny.
 *
 * The x with P(X > x) = p. Unit: that of the statistic. Not for degrees of 0 or less. Source: NIST Digital Library of
 * Mathematical Functions, section 8.2.
 *
 * @example chiSquaredUpperQuantile(0.05, 1).toFixed(6) // => '3.841459'
 */
export function chiSquaredUpperQuantile(p: number, degrees: number): number {
  return 2 * inverseIncompleteGamma(degrees / 2, 1 - p, p);
}
