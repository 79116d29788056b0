import { normalQuantile, normalUpper } from './normal-distribution.ts';
import { incompleteBeta, inverseIncompleteBeta } from './beta-function.ts';

/** With so many degrees of freedom t differs from the normal distribution in the tenth digit. */
const asGoodAsNormal = 1e10;

/**
 * The probability of Student's t above `t`, on `degrees` degrees of freedom.
 *
 * P(T > t) = ½ Iₓ(degrees/2, ½) for t ≥ 0, x = degrees/(degrees + t²). Unit: none, a probability from 0 to 1. Not for
 * degrees of 0 or less. Source: NIST Digital Library of Mathematical Functions, section 8.17.
 *
 * @example tUpper(2.228138851986274, 10).toFixed(9) // => '0.025000000'
 */
export function tUpper(t: number, degrees: number): number {
  if (degrees > asGoodAsNormal) return normalUpper(t);
  const square = t * t;
  const tail = 0.5 * incompleteBeta(degrees / 2, 0.5, degrees / (degrees + square), square / (degrees + square)).lower;
  return t >= 0 ? tail : 1 - tail;
}

/**
 * The probability of Student's t at or below `t`.
 *
 * P(T ≤ t) = 1 − ½ Iₓ(degrees/2, ½) for t ≥ 0, x = degrees/(degrees + t²). Unit: none, a probability from 0 to 1. Not for
 * degrees of 0 or less. Source: NIST Digital Library of Mathematical Functions, section 8.17.
 *
 * @example tCumulative(2.228138851986274, 10).toFixed(9) // => '0.975000000'
 */
export function tCumulative(t: number, degrees: number): number {
  return tUpper(-t, degrees);
}

/**
 * The two-sided p value of Student's t.
 *
 * P(|T| ≥ |t|) = Iₓ(degrees/2, ½), x = degrees/(degrees + t²). Unit: none, a probability from 0 to 1. Not for degrees of 0
 * or less. Source: NIST Digital Library of Mathematical Functions, section 8.17.
 *
 * @example tTwoSided(2.228138851986274, 10).toFixed(9) // => '0.050000000'
 */
export function tTwoSided(t: number, degrees: number): number {
  return Math.min(1, 2 * tUpper(Math.abs(t), degrees));
}

/**
 * The t with a share p below it.
 *
 * The t with P(T ≤ t) = p. Unit: standard errors. Not for degrees of 0 or less. Source: NIST Digital Library of
 * Mathematical Functions, section 8.17.
 *
 * @example tQuantile(0.975, 10).toFixed(6) // => '2.228139'
 */
export function tQuantile(p: number, degrees: number): number {
  if (degrees > asGoodAsNormal) return normalQuantile(p);
  const tail = Math.min(p, 1 - p);
  // 1 − x is asked for directly, by the mirror of the beta function, so that a t near 0 keeps its digits.
  const y = inverseIncompleteBeta(0.5, degrees / 2, 1 - 2 * tail, 2 * tail);
  const t =
    y < 0.5
      ? Math.sqrt((degrees * y) / (1 - y))
      : Math.sqrt(degrees / inverseIncompleteBeta(degrees / 2, 0.5, 2 * tail) - degrees);
  return p < 0.5 ? -t : t;
}
