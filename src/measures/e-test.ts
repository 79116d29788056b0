/* eslint-disable @typescript-eslint/no-non-null-assertion -- every index below is bounded by its loop */
import { poissonTerm } from './gamma-function.ts';
import { normalTwoSided } from './normal-distribution.ts';
import { type Exposed, refuseExposed } from './rate-ratio.ts';
import type { Refusal } from './refusal.ts';

/** The chances of counts around a mean, from `start` up, down to chances of `least` on both sides. */
interface Table {
  readonly start: number;
  readonly chance: Float64Array;
}

function poissonTable(mean: number, least: number): Table {
  const mode = Math.floor(mean);
  const peak = poissonTerm(mode, mean);
  let start = mode;
  for (let p = peak; start > 0 && p > least; start -= 1) p *= start / mean;
  let end = mode;
  for (let p = peak; p > least; end += 1) p *= mean / (end + 1);
  const chance = new Float64Array(end - start + 1);
  chance[mode - start] = peak;
  for (let k = mode; k > start; k -= 1) chance[k - 1 - start] = (chance[k - start]! * k) / mean;
  for (let k = mode; k < end; k += 1) chance[k + 1 - start] = (chance[k - start]! * mean) / (k + 1);
  return { start, chance };
}

/** Above this mean the sums gain nothing over the normal approximation. */
const largestMean = 1e7;

/**
 * The E-test's two-sided p value that two Poisson rates are the same.
 *
 *     T = |x₁/t₁ − x₂/t₂| / √L,  L = (x₁+x₂)/(t₁+t₂)
 *     p = Σ Poisson(i; t₁L) Poisson(j; t₂L) over all (i, j) with T(i, j) ≥ T seen
 *
 * The score form pools the variance (Gu, Ng, Tang & Schucany 2008): unlike the published form (`wald`) its true size stays
 * under the nominal level with periods of different lengths, and unlike the exact test it does not waste power.
 * Unit: none, a probability. Not for counts that come in bursts, nor when both are 0. Source: Krishnamoorthy & Thomson
 * 2004. Own code: the sums run along the two borders, so a test costs microseconds.
 *
 * @example eTest({ events: 0, exposure: 1 }, { events: 4, exposure: 1 }).toFixed(6) // => '0.041259'
 */
export function eTest(first: Exposed, second: Exposed, form: 'score' | 'wald' = 'score'): number | Refusal {
  return refuseExposed(first, second) ?? eTestP(first, second, form);
}

/** The E-test's p value of counts and exposures that have been checked. */
export function eTestP(first: Exposed, second: Exposed, form: 'score' | 'wald' = 'score'): number {
  // Only the ratio of the exposures matters.
  const a = first.exposure / (first.exposure + second.exposure);
  const b = second.exposure / (first.exposure + second.exposure);
  const total = first.events + second.events;
  if (total === 0) return 1;
  if (total * Math.max(a, b) > largestMean) return scoreP(first, second);

  // T² times a²b², with its sign: (ib − ja)² over the spread, so that no root and no division stands in the loops.
  const weightI = form === 'score' ? a * b : b * b;
  const weightJ = form === 'score' ? a * b : a * a;
  const gap = first.events * b - second.events * a;
  // Ties with what was seen must count, whatever the rounding.
  const far = ((gap * gap) / (first.events * weightI + second.events * weightJ)) * (1 - 1e-10);
  // Equal rates, but for the rounding of the exposures: every outcome is at least as far apart.
  if (Math.abs(gap) <= 1e-12 * total) return 1;

  // What was seen is itself part of the sum: chances far below its own cannot change the answer.
  const least = poissonTerm(first.events, total * a) * poissonTerm(second.events, total * b) * 1e-16;
  const one = poissonTable(total * a, least);
  const two = poissonTable(total * b, least);
  const size = two.chance.length;
  // Each tail is added from its far end, to keep the digits of the small.
  const atOrBelow = new Float64Array(size);
  const atOrAbove = new Float64Array(size + 1);
  for (let j = 0, sum = 0; j < size; j += 1) atOrBelow[j] = sum += two.chance[j]!;
  for (let j = size - 1, sum = 0; j >= 0; j -= 1) atOrAbove[j] = sum += two.chance[j]!;

  const reaches = (i: number, j: number, sign: number): boolean => {
    const apart = sign * (i * b - j * a);
    return apart > 0 && apart * apart >= far * (i * weightI + j * weightJ);
  };
  let p = 0;
  // T falls as j grows and rises as i grows: both borders move one way only.
  let lastHigh = -1; // the last j whose T is at least +far
  let firstLow = 0; // the first j whose T is at most −far
  for (let at = 0; at < one.chance.length; at += 1) {
    const i = one.start + at;
    while (firstLow < size && !reaches(i, two.start + firstLow, -1)) firstLow += 1;
    while (lastHigh + 1 < size && reaches(i, two.start + lastHigh + 1, 1)) lastHigh += 1;
    p += one.chance[at]! * (atOrAbove[firstLow]! + (lastHigh < 0 ? 0 : atOrBelow[lastHigh]!));
  }
  return Math.min(1, p);
}

/**
 * The score test's p value, by the normal approximation: what the E-test comes to for large counts.
 *
 * p = P(|Z| ≥ |score statistic|). Unit: none, a probability. Not for counts under about 400: use {@link eTest}. Source:
 * Gu, Ng, Tang & Schucany 2008.
 *
 * @example scoreTest({ events: 5, exposure: 1 }, { events: 14, exposure: 1 }).toFixed(6) // => '0.038947'
 */
export function scoreTest(first: Exposed, second: Exposed): number | Refusal {
  return refuseExposed(first, second) ?? scoreP(first, second);
}

function scoreP(first: Exposed, second: Exposed): number {
  return normalTwoSided(scoreZ(first, second));
}

/**
 * (x₁/t₁ − x₂/t₂) / √(L (1/t₁ + 1/t₂)), L the pooled rate.
 *
 * Unit: standard deviations. Not for small counts: use {@link eTest}. Source: Gu, Ng, Tang & Schucany 2008.
 *
 * @example scoreStatistic({ events: 0, exposure: 1 }, { events: 4, exposure: 1 }) // => -2
 */
export function scoreStatistic(first: Exposed, second: Exposed): number | Refusal {
  return refuseExposed(first, second) ?? scoreZ(first, second);
}

function scoreZ(first: Exposed, second: Exposed): number {
  const pooled = (first.events + second.events) / (first.exposure + second.exposure);
  if (pooled === 0) return 0;
  const gap = first.events / first.exposure - second.events / second.exposure;
  return gap / Math.sqrt(pooled * (1 / first.exposure + 1 / second.exposure));
}
