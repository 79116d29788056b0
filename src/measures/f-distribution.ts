import { incompleteBeta, inverseIncompleteBeta } from './beta-function.ts';

/**
 * The probability of an F value above f, on `between` and `within` degrees of freedom.
 *
 * P(F > f) = 1 − Iₓ(d₁/2, d₂/2), x = d₁f/(d₁f + d₂). Unit: none, a probability from 0 to 1. Not for degrees of 0 or less.
 * Source: NIST Digital Library of Mathematical Functions, section 8.17.
 *
 * @example fUpper(4.1028210151304, 2, 10).toFixed(9) // => '0.050000000'
 */
export function fUpper(f: number, between: number, within: number): number {
  if (!(between > 0 && within > 0)) return Number.NaN;
  if (f <= 0) return 1;
  const sum = within + between * f;
  return incompleteBeta(within / 2, between / 2, within / sum, (between * f) / sum).lower;
}

/**
 * The probability of an F value at or below f.
 *
 * P(F ≤ f) = Iₓ(d₁/2, d₂/2), x = d₁f/(d₁f + d₂). Unit: none, a probability from 0 to 1. Not for degrees of 0 or less.
 * Source: NIST Digital Library of Mathematical Functions, section 8.17.
 *
 * @example fCumulative(4.1028210151304, 2, 10).toFixed(9) // => '0.950000000'
 */
export function fCumulative(f: number, between: number, within: number): number {
  if (!(between > 0 && within > 0)) return Number.NaN;
  if (f <= 0) return 0;
  const sum = within + between * f;
  return incompleteBeta(within / 2, between / 2, within / sum, (between * f) / sum).upper;
}

/**
 * The F value with a share p below it.
 *
 * The f with P(F ≤ f) = p. Unit: a ratio of variances. Not for degrees of 0 or less. Source: NIST Digital Library of
 * Mathematical Functions, section 8.17.
 *
 * @example fQuantile(0.95, 2, 10).toFixed(6) // => '4.102821'
 */
export function fQuantile(p: number, between: number, within: number): number {
  const x = inverseIncompleteBeta(between / 2, within / 2, p);
  if (x < 0.9) return (within * x) / (between * (1 - x));
  const y = inverseIncompleteBeta(within / 2, between / 2, 1 - p, p);
  return (within * (1 - y)) / (between * y);
}
