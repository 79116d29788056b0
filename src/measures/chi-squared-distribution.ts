import { incompleteGamma, inverseIncompleteGamma } from './gamma-function.ts';

/** The probability of a chi-squared value above x, on `degrees` degrees of freedom. */
export function chiSquaredUpper(x: number, degrees: number): number {
  return incompleteGamma(degrees / 2, x / 2).upper;
}

/** The probability of a chi-squared value at or below x. */
export function chiSquaredCumulative(x: number, degrees: number): number {
  return incompleteGamma(degrees / 2, x / 2).lower;
}

/**
 * The chi-squared value with a share p below it.
 *
 * @example chiSquaredQuantile(0.95, 1).toFixed(6) // => '3.841459'
 */
export function chiSquaredQuantile(p: number, degrees: number): number {
  return 2 * inverseIncompleteGamma(degrees / 2, p);
}

/** The chi-squared value with a share p above it: keeps its digits when p is tiny. */
export function chiSquaredUpperQuantile(p: number, degrees: number): number {
  return 2 * inverseIncompleteGamma(degrees / 2, 1 - p, p);
}
