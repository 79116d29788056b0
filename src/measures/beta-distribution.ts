import { incompleteBeta, inverseIncompleteBeta } from './beta-function.ts';

/**
 * The probability of a beta(a, b) value at or below x.
 *
 * Iₓ(a, b) = ∫₀ˣ t^(a−1)(1−t)^(b−1) dt / B(a, b). Unit: none, a probability from 0 to 1. Not for a or b of 0 or less.
 * Source: NIST Digital Library of Mathematical Functions, section 8.17.
 *
 * @example betaCumulative(0.5, 2, 2).toFixed(12) // => '0.500000000000'
 */
export function betaCumulative(x: number, a: number, b: number): number {
  return incompleteBeta(a, b, x).lower;
}

/**
 * The probability of a beta(a, b) value above x.
 *
 * 1 − Iₓ(a, b) = I₁₋ₓ(b, a), with all its digits when it is tiny. Unit: none, a probability from 0 to 1. Not for a or b of
 * 0 or less. Source: NIST Digital Library of Mathematical Functions, section 8.17.
 *
 * @example betaUpper(0.25, 1, 1).toFixed(12) // => '0.750000000000'
 */
export function betaUpper(x: number, a: number, b: number): number {
  return incompleteBeta(a, b, x).upper;
}

/**
 * The beta(a, b) value with a share p below it.
 *
 * The x with Iₓ(a, b) = p. Unit: none, a share from 0 to 1. Not for a or b of 0 or less. Source: NIST Digital Library of
 * Mathematical Functions, section 8.17.
 *
 * @example betaQuantile(0.5, 3, 3).toFixed(12) // => '0.500000000000'
 */
export function betaQuantile(p: number, a: number, b: number): number {
  return inverseIncompleteBeta(a, b, p);
}

/**
 * The beta(a, b) value with a share p above it.
 *
 * The x with 1 − Iₓ(a, b) = p. Unit: none, a share from 0 to 1. Not for a or b of 0 or less. Source: NIST Digital Library
 * of Mathematical Functions, section 8.17.
 *
 * @example betaUpperQuantile(0.25, 1, 1).toFixed(12) // => '0.750000000000'
 */
export function betaUpperQuantile(p: number, a: number, b: number): number {
  return inverseIncompleteBeta(a, b, 1 - p, p);
}
