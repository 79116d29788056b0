import { type Refusal, refuse } from './refusal.ts';

/**
 * True for a whole number from 0 up: what a count of events must be.
 *
 * @example isCount(-1) // => false
 */
export function isCount(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0;
}

/**
 * True when every value is a finite number.
 *
 * @example areFinite([1, NaN]) // => false
 */
export function areFinite(values: ArrayLike<number>): boolean {
  for (let i = 0; i < values.length; i += 1) if (!Number.isFinite(values[i])) return false;
  return true;
}

/**
 * True when every value is a count.
 *
 * @example areCounts([0, 12]) // => true
 */
export function areCounts(values: ArrayLike<number>): boolean {
  for (let i = 0; i < values.length; i += 1) if (!isCount(values[i] ?? Number.NaN)) return false;
  return true;
}

/**
 * True when every value is finite and above 0.
 *
 * @example arePositive([0, 12]) // => false
 */
export function arePositive(values: ArrayLike<number>): boolean {
  for (let i = 0; i < values.length; i += 1) {
    const value = values[i] ?? Number.NaN;
    if (!Number.isFinite(value) || value <= 0) return false;
  }
  return true;
}

/** The refusal for a confidence level outside 0 to 1, or nothing. */
export function refuseLevel(level: number): Refusal | undefined {
  return level > 0 && level < 1
    ? undefined
    : refuse('level-out-of-range', 'The confidence level must lie between 0 and 1.');
}
