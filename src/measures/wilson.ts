import type { Estimate, Method } from './estimate.ts';
import { isCount, isPositive, refuseLevel } from './input.ts';
import { normalDeviate } from './normal-distribution.ts';
import { type Refusal, refuse } from './refusal.ts';

/** A share of a whole with its interval, each times `per` (100 for per cent). */
export interface Proportion extends Estimate {
  readonly method: Method;
  readonly count: number;
  readonly whole: number;
  readonly per: number;
}

/**
 * A proportion with Wilson's score interval, which stays between nought and the whole.
 *
 *     (2x + z² ∓ z √(z² + 4x(1 − x/n))) / (2(n + z²))
 *
 * Not for rates in which one person can count twice. Unit: for each `per`. Source: Wilson 1927.
 *
 * @example wilsonProportion({ count: 2, whole: 40, per: 100 }).upper.toFixed(4) // => '16.5039'
 */
export function wilsonProportion(input: {
  readonly count: number;
  readonly whole: number;
  readonly per?: number;
  readonly level?: number;
}): Proportion | Refusal {
  const { count, whole, per = 1, level = 0.95 } = input;
  const badLevel = refuseLevel(level);
  if (badLevel) return badLevel;
  if (!isCount(count) || !isCount(whole))
    return refuse('not-a-count', 'Both numbers of a share must be whole numbers from nought up.');
  if (whole === 0) return refuse('no-denominator', 'There is nothing to take a share of.');
  if (count > whole) return refuse('share-over-whole', 'The part is greater than the whole.');
  if (!isPositive(per)) return refuse('per-out-of-range', 'A share must be for a number of people.');
  const z = normalDeviate(level);
  const square = z * z;
  const reach = z * Math.sqrt(square + 4 * count * (1 - count / whole));
  const bottom = 2 * (whole + square);
  return {
    method: { name: 'wilson-proportion', version: '1' },
    estimate: (per * count) / whole,
    // At the ends the formula gives nought and one but for rounding.
    lower: count === 0 ? 0 : (per * (2 * count + square - reach)) / bottom,
    upper: count === whole ? per : (per * (2 * count + square + reach)) / bottom,
    level,
    count,
    whole,
    per,
  };
}
