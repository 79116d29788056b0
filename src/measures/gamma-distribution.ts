import { incompleteGamma, inverseIncompleteGamma, poissonTerm } from './gamma-function.ts';

/**
 * The height of the gamma density with this shape and scale (mean = shape × scale) at x.
 *
 * f(x) = x^(shape−1) e^(−x/scale)/(scale^shape Γ(shape)). Unit: one over that of x. Not for a shape or scale of 0 or less.
 * Source: NIST Digital Library of Mathematical Functions, section 5.2.
 *
 * @example gammaDensity(0, 1, 4) // => 0.25
 */
export function gammaDensity(x: number, shape: number, scale: number): number {
  if (!(shape > 0 && scale > 0)) return Number.NaN;
  if (x < 0) return 0;
  if (x === 0) return shape === 1 ? 1 / scale : shape < 1 ? Infinity : 0;
  return (poissonTerm(shape, x / scale) * shape) / x;
}

/**
 * The probability of a gamma value at or below x.
 *
 * P(X ≤ x) = P(shape, x/scale), the regularised lower incomplete gamma function. Unit: none, a probability from 0 to 1.
 * Not for a shape or scale of 0 or less. Source: NIST Digital Library of Mathematical Functions, section 8.2.
 *
 * @example gammaCumulative(Math.LN2, 1, 1).toFixed(12) // => '0.500000000000'
 */
export function gammaCumulative(x: number, shape: number, scale: number): number {
  return scale > 0 ? incompleteGamma(shape, x / scale).lower : Number.NaN;
}

/**
 * The probability of a gamma value above x.
 *
 * P(X > x) = Q(shape, x/scale), the regularised upper incomplete gamma function. Unit: none, a probability from 0 to 1.
 * Not for a shape or scale of 0 or less. Source: NIST Digital Library of Mathematical Functions, section 8.2.
 *
 * @example gammaUpper(Math.LN2, 1, 1).toFixed(12) // => '0.500000000000'
 */
export function gammaUpper(x: number, shape: number, scale: number): number {
  return scale > 0 ? incompleteGamma(shape, x / scale).upper : Number.NaN;
}

/**
 * The gamma value with a share p below it.
 *
 * The x with P(X ≤ x) = p. Unit: that of the scale. Not for a shape or scale of 0 or less. Source: NIST Digital Library of
 * Mathematical Functions, section 8.2.
 *
 * @example gammaQuantile(0.5, 1, 1).toFixed(12) // => Math.LN2.toFixed(12)
 */
export function gammaQuantile(p: number, shape: number, scale: number): number {
  return (scale > 0 ? scale : Number.NaN) * inverseIncompleteGamma(shape, p);
}
