import { type Refusal, refuse } from './refusal.ts';

/** More than the world holds of anything that is counted here. Sums over more would take too long. */
const mostEvents = 1e10;

/**
 * True for a whole number from 0 up to ten billion: what a count of events must be.
 *
 * @example isCount(-1) // => false
 */
export function isCount(value: number): boolean {
  return Number.isInteger(value) && value >= 0 && value <= mostEvents;
}

/** Fourth powers of numbers up to this, and their sums, are still numbers. */
const greatest = 1e70;

/**
 * True for a number that can be reckoned with: finite, and not so large that its powers are not.
 *
 * @example isNumber(1e308) // => false
 */
export function isNumber(value: number): boolean {
  return Number.isFinite(value) && Math.abs(value) <= greatest;
}

/**
 * True for a number above 0 that can be divided by.
 *
 * @example isPositive(0) // => false
 */
export function isPositive(value: number): boolean {
  return value >= 1 / greatest && value <= greatest;
}

/**
 * True when every value is a number that can be reckoned with.
 *
 * @example areFinite([1, NaN]) // => false
 */
export function areFinite(values: ArrayLike<number>): boolean {
  for (let i = 0; i < values.length; i += 1) if (!isNumber(values[i] ?? Number.NaN)) return false;
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
 * True when every value is above 0 and can be divided by.
 *
 * @example arePositive([0, 12]) // => false
 */
export function arePositive(values: ArrayLike<number>): boolean {
  for (let i = 0; i < values.length; i += 1) if (!isPositive(values[i] ?? Number.NaN)) return false;
  return true;
}

/** The refusal for a confidence level outside 0 to 1, or nothing. */
export function refuseLevel(level: number): Refusal | undefined {
  // Nearer to 0 or 1 the deviate is 0 or has no end.
  return level >= 1e-9 && level <= 1 - 1e-12
    ? undefined
    : refuse('level-out-of-range', 'The confidence level must lie between 0 and 1.');
}

/** The refusal for a count that is none, or nothing. */
export function refuseCount(...counts: readonly number[]): Refusal | undefined {
  return counts.every(isCount)
    ? undefined
    : refuse('not-a-count', 'The number of events must be a whole number from nought to ten billion.');
}

const mostDraws = 1_000_000;

/** The refusal for a seed that cannot be recorded, or for a number of draws that is none, or nothing. */
export function refuseDraws(seed: number, draws: number): Refusal | undefined {
  if (!Number.isSafeInteger(seed))
    return refuse('bad-seed', 'The seed must be a whole number, so that it can be recorded.');
  return Number.isInteger(draws) && draws >= 1 && draws <= mostDraws
    ? undefined
    : refuse('no-draws', 'The number of draws must be a whole number from 1 to 1,000,000.');
}

/** The refusal for a year that cannot be cut into so many waves, or nothing. */
export function refuseSeasons(pointsPerYear: number, harmonics: number): Refusal | undefined {
  if (!(pointsPerYear >= 1 && pointsPerYear <= 366))
    return refuse('bad-year', 'A year must have from 1 to 366 points: 12 for months, 52 for weeks.');
  return Number.isInteger(harmonics) && harmonics >= 0 && harmonics <= pointsPerYear / 2
    ? undefined
    : refuse(
        'bad-season',
        'The season must be made of a whole number of waves, no more than half the points of a year.',
      );
}

/** The refusal for a lag that the series does not have, or nothing. */
export function refuseLag(lag: number, points: number): Refusal | undefined {
  return Number.isInteger(lag) && lag >= 0 && lag < points
    ? undefined
    : refuse('bad-lag', 'The lag must be a whole number of points from nought up, fewer than the series has.');
}

/** The refusal for a stretch of replicates that is none, or nothing. A worker may be given none to run. */
export function refuseReplicates(seed: number, from: number, to: number): Refusal | undefined {
  const whole = Number.isInteger(from) && Number.isInteger(to) && from >= 0 && to >= from;
  return whole && to <= mostDraws ? refuseDraws(seed, Math.max(1, to)) : refuseDraws(seed, Number.NaN);
}
