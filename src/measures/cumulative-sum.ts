import type { Method } from './estimate.ts';
import { areCounts, areFinite, arePositive, isNumber, isPositive } from './input.ts';
import { type Refusal, refuse } from './refusal.ts';

const likelihoodMethod: Method = { name: 'poisson-cusum', version: '1' };
const tabularMethod: Method = { name: 'tabular-cusum', version: '1' };
const standardisedMethod: Method = { name: 'standardised-cusum', version: '1' };

const seriesTooShort = refuse('too-few-points', 'A cumulative sum needs at least two points.');

function refuseSeries(counts: ArrayLike<number>): Refusal | undefined {
  if (counts.length < 2) return seriesTooShort;
  if (!areCounts(counts)) return refuse('not-counts', 'Every point needs a count, a whole number from 0 up.');
  return undefined;
}

/** A cumulative sum at each point, and where it has passed its threshold. */
export interface CumulativeSum {
  readonly method: Method;
  readonly sums: readonly number[];
  readonly threshold: number;
  /** True from a point where the sum is over the threshold to the point where it is back under. */
  readonly signals: readonly boolean[];
}

/**
 * How strongly each month, with those before it, speaks for a rate multiplied by `rateRatio` rather than the expected one.
 *
 * Cₜ = max(0, Cₜ₋₁ + yₜ ln RR − μₜ(RR − 1)), μ the expected count. Unit: log likelihood ratio. RR above 1 watches for a rise,
 * below 1 for a fall. Give a mean for each point when months or populations differ. Not for counts that vary more than
 * Poisson counts do: alarms come too often. Source: Page 1954; Lucas 1985.
 *
 * @example poissonCusum([3, 9], { expected: 3, rateRatio: 2, threshold: 3 }).signals // => [false, true]
 */
export function poissonCusum(
  counts: ArrayLike<number>,
  options: { readonly expected: number | ArrayLike<number>; readonly rateRatio: number; readonly threshold: number },
): CumulativeSum | Refusal {
  const refusal = refuseSeries(counts);
  if (refusal !== undefined) return refusal;
  const { expected, rateRatio, threshold } = options;
  const means = typeof expected === 'number' ? new Float64Array(counts.length).fill(expected) : expected;
  if (means.length !== counts.length) {
    return refuse('lengths-differ', 'There must be one expected count for each point.');
  }
  if (!arePositive(means)) {
    return refuse('no-expected-count', 'The expected counts must be above 0.');
  }
  const bad = badRatio(rateRatio);
  if (bad) return bad;
  if (!isNumber(threshold)) return refuse('threshold', 'The threshold must be a number.');
  const gain = Math.log(rateRatio);
  const sums: number[] = [];
  let sum = 0;
  for (let t = 0; t < counts.length; t += 1) {
    sum = Math.max(0, sum + (counts[t] ?? 0) * gain - (means[t] ?? 0) * (rateRatio - 1));
    sums.push(sum);
  }
  return { method: likelihoodMethod, sums, threshold, signals: sums.map((value) => value > threshold) };
}

/** The refusal for a count or a ratio of which no run length can be reckoned, or nothing. */
function refuseDesign(expected: number, rateRatio: number): Refusal | undefined {
  if (!(expected >= 1e-6 && expected <= 10_000))
    return refuse('no-expected-count', 'The expected count of a point must be above 0, and 10,000 at most.');
  return badRatio(rateRatio);
}

/** Farther from 1 there is nothing to watch for, and nearer nothing to see. */
function badRatio(rateRatio: number): Refusal | undefined {
  const seen = rateRatio >= 0.01 && rateRatio <= 100 && Math.abs(rateRatio - 1) >= 0.001;
  return seen
    ? undefined
    : refuse('rate-ratio', 'The rate ratio to watch for must lie between 0.01 and 100, and not be 1.');
}

/**
 * The mean number of points until a Poisson CUSUM alarms when the rate stays as expected (the in-control run length).
 *
 * The sum is rounded down to a grid of `steps` to the threshold and treated as a Markov chain from 0. Unit: points.
 * Run length = first entry of (I − Q)⁻¹ 1, Q the chances of moving between sums under the threshold. Not for thresholds of
 * many hundred points: the sum is then cut coarsely. Source: Brook & Evans 1972.
 *
 * @example inControlRunLength({ expected: 4, rateRatio: 1.5, threshold: 0.1 }) < 5 // => true
 */
export function inControlRunLength(design: {
  readonly expected: number;
  readonly rateRatio: number;
  readonly threshold: number;
  readonly steps?: number;
}): number | Refusal {
  const { expected, rateRatio, threshold, steps = 100 } = design;
  const bad = refuseDesign(expected, rateRatio);
  if (bad) return bad;
  if (!(threshold >= 1e-9 && threshold <= 1e6)) return refuse('threshold', 'The threshold must be above 0.');
  if (!(Number.isInteger(steps) && steps >= 1 && steps <= 1000))
    return refuse('bad-steps', 'The grid must have a whole number of steps from 1 to 1,000.');
  const width = threshold / steps;
  const gain = Math.log(rateRatio);
  const drift = expected * (rateRatio - 1);
  // Transition chances between the middles of the grid's cells; state 0 is the sum at nought.
  const states = steps + 1;
  const chances = Array.from({ length: states }, () => new Float64Array(states));
  const most = Math.ceil(expected + 12 * Math.sqrt(expected) + 12);
  for (let from = 0; from < states; from += 1) {
    const start = from === 0 ? 0 : (from - 0.5) * width;
    const row = chances[from];
    if (row === undefined) continue;
    let logTerm = -expected;
    for (let y = 0; y <= most; y += 1) {
      if (y > 0) logTerm += Math.log(expected / y);
      const next = start + y * gain - drift;
      if (next > threshold) continue;
      const to = next <= 0 ? 0 : Math.min(steps, Math.ceil(next / width));
      row[to] = (row[to] ?? 0) + Math.exp(logTerm);
    }
  }
  return meanStepsToLeave(chances);
}

// Solves (I − P) r = 1 by elimination; r₀ is the mean number of steps from the first state.
function meanStepsToLeave(chances: readonly Float64Array[]): number {
  const n = chances.length;
  const rows = chances.map((chance, i) => {
    const row = new Float64Array(n + 1);
    for (let j = 0; j < n; j += 1) row[j] = (i === j ? 1 : 0) - (chance[j] ?? 0);
    row[n] = 1;
    return row;
  });
  // From the last state up, so that the first is left; diagonal dominance makes swaps needless.
  for (let k = n - 1; k > 0; k -= 1) {
    const pivot = rows[k];
    if (pivot === undefined) continue;
    for (let i = 0; i < k; i += 1) {
      const row = rows[i];
      if (row === undefined) continue;
      const factor = (row[k] ?? 0) / (pivot[k] ?? 1);
      if (factor === 0) continue;
      for (let j = 0; j < k; j += 1) row[j] = (row[j] ?? 0) - factor * (pivot[j] ?? 0);
      row[n] = (row[n] ?? 0) - factor * (pivot[n] ?? 0);
    }
  }
  return (rows[0]?.[n] ?? 0) / (rows[0]?.[0] ?? 1);
}

/**
 * The threshold at which a Poisson CUSUM alarms about once in `runLength` points while nothing has changed.
 *
 * The least h with an in-control run length of at least `runLength` (60 months by default), by halving. Unit: log
 * likelihood ratio. Threshold = least h with run length(h) ≥ the one wanted. Not for expected counts that differ from
 * point to point. Source: Brook & Evans 1972.
 *
 * @example poissonCusumThreshold({ expected: 4, rateRatio: 1.5 }) > 1 // => true
 */
export function poissonCusumThreshold(design: {
  readonly expected: number;
  readonly rateRatio: number;
  readonly runLength?: number;
}): number | Refusal {
  const { expected, rateRatio, runLength = 60 } = design;
  if (!(runLength >= 1.01 && runLength <= 1e6)) {
    return refuse('run-length', 'The run length must be more than one point, and a million at most.');
  }
  let low = 0;
  let high = 1;
  for (let doubling = 0; doubling < 12; doubling += 1) {
    const reached = inControlRunLength({ expected, rateRatio, threshold: high });
    if (typeof reached !== 'number') return reached;
    if (reached >= runLength) break;
    low = high;
    high *= 2;
  }
  for (let halving = 0; halving < 30; halving += 1) {
    const middle = (low + high) / 2;
    const reached = inControlRunLength({ expected, rateRatio, threshold: middle });
    if (typeof reached !== 'number') return reached;
    if (reached >= runLength) high = middle;
    else low = middle;
  }
  return high;
}

/** Upward and downward sums in standard deviations of the baseline. */
export interface TabularCusum {
  readonly method: Method;
  readonly up: readonly number[];
  readonly down: readonly number[];
  readonly threshold: number;
  readonly signals: readonly ('none' | 'up' | 'down')[];
  readonly baseline: { readonly mean: number; readonly standardDeviation: number };
}

/**
 * The sums of how far each point lies above and below its baseline, beyond an allowance.
 *
 * z = (y − m)/s over the baseline points; C⁺ₜ = max(0, C⁺ₜ₋₁ + zₜ − k), C⁻ₜ = max(0, C⁻ₜ₋₁ − zₜ − k). Unit: standard
 * deviations. k = 0.5 and h = 4 or 5 by custom. Not for small counts (use `poissonCusum`). Source: Page 1954.
 *
 * @example tabularCusum([1, 3, 1, 3, 9], { baselinePoints: 4 }).signals[4] // => 'up'
 */
export function tabularCusum(
  values: ArrayLike<number>,
  options: { readonly baselinePoints: number; readonly allowance?: number; readonly threshold?: number },
): TabularCusum | Refusal {
  const { baselinePoints, allowance = 0.5, threshold = 5 } = options;
  if (values.length < 2) return seriesTooShort;
  if (!areFinite(values)) return refuse('not-finite', 'Every point needs a number.');
  if (!(allowance >= 0 && isNumber(allowance) && threshold > 0 && isNumber(threshold)))
    return refuse('threshold', 'The allowance and the threshold must be numbers from 0 up.');
  if (!(Number.isInteger(baselinePoints) && baselinePoints >= 2 && baselinePoints <= values.length)) {
    return refuse('baseline-points', 'The baseline needs at least two points and no more than the series has.');
  }
  const baseline = Array.from(values).slice(0, baselinePoints);
  const mean = baseline.reduce((sum, y) => sum + y, 0) / baselinePoints;
  const variance = baseline.reduce((sum, y) => sum + (y - mean) ** 2, 0) / (baselinePoints - 1);
  if (!isPositive(variance)) {
    return refuse('no-variation', 'The points of the baseline are all the same, so there is no scale to judge by.');
  }
  const standardDeviation = Math.sqrt(variance);
  const up: number[] = [];
  const down: number[] = [];
  let high = 0;
  let low = 0;
  for (let t = 0; t < values.length; t += 1) {
    const z = ((values[t] ?? 0) - mean) / standardDeviation;
    high = Math.max(0, high + z - allowance);
    low = Math.max(0, low - z - allowance);
    up.push(high);
    down.push(low);
  }
  const signals = up.map((sum, t) => {
    const fallen = down[t] ?? 0;
    if (sum <= threshold && fallen <= threshold) return 'none';
    return sum >= fallen ? 'up' : 'down';
  });
  return { method: tabularMethod, up, down, threshold, signals, baseline: { mean, standardDeviation } };
}

/** Alarms of a CUSUM on transformed counts, from the first point after the baseline. */
export interface StandardisedCusum {
  readonly method: Method;
  readonly expected: number;
  readonly sums: readonly number[];
  readonly alarms: readonly boolean[];
  /**
   * The count at which the point would have alarmed, as R's surveillance package states it: rounded up with `standard`.
   * With `rossi`, once the sum alone is far over the threshold, it is not a count to compare with: use `alarms`.
   */
  readonly alarmCounts: readonly number[];
}

/**
 * A CUSUM on counts brought to roughly standard normal values, as public health agencies use it.
 *
 * z = (y − m)/√m (`standard`) or (y − 3m + 2√(ym))/(2√m) (`rossi`); Cₜ = max(0, Cₜ₋₁ + zₜ − k), alarm while Cₜ is at or
 * over h; m the mean of the baseline. Defaults k = 1.04, h = 2.26: a doubled rate is found in about 3 points, a false
 * alarm comes about once in 100. Not for means under about 4. Unit: standard deviations. Source: Rossi, Lampugnani &
 * Marchi 1999.
 *
 * @example standardisedCusum([4, 4, 4, 40], { baselinePoints: 3, transform: 'standard' }).alarms // => [true]
 */
export function standardisedCusum(
  counts: ArrayLike<number>,
  options: {
    readonly baselinePoints: number;
    readonly transform: 'standard' | 'rossi';
    readonly reference?: number;
    readonly threshold?: number;
  },
): StandardisedCusum | Refusal {
  const refusal = refuseSeries(counts);
  if (refusal !== undefined) return refusal;
  const { baselinePoints, transform, reference = 1.04, threshold = 2.26 } = options;
  if (!(Number.isInteger(baselinePoints) && baselinePoints >= 1 && baselinePoints < counts.length)) {
    return refuse('baseline-points', 'The baseline needs at least one point and must leave one to judge.');
  }
  let total = 0;
  for (let t = 0; t < baselinePoints; t += 1) total += counts[t] ?? 0;
  const expected = total / baselinePoints;
  if (!(isNumber(reference) && isNumber(threshold)))
    return refuse('threshold', 'The reference and the threshold must be numbers.');
  if (expected === 0) {
    return refuse('no-expected-count', 'The baseline has no events, so any event would alarm.');
  }
  const root = Math.sqrt(expected);
  const sums: number[] = [];
  const alarms: boolean[] = [];
  const alarmCounts: number[] = [];
  let sum = 0;
  for (let t = baselinePoints; t < counts.length; t += 1) {
    const y = counts[t] ?? 0;
    const needed = threshold + reference - sum;
    const square = 4 * expected + 2 * root * needed;
    const rossi = square > 0 ? (Math.sqrt(square) - root) ** 2 : 0;
    const standard = Math.max(0, Math.ceil(needed * root + expected));
    alarmCounts.push(transform === 'standard' ? standard : rossi);
    const z =
      transform === 'standard' ? (y - expected) / root : (y - 3 * expected + 2 * Math.sqrt(y * expected)) / (2 * root);
    sum = Math.max(0, sum + z - reference);
    sums.push(sum);
    alarms.push(sum >= threshold);
  }
  return { method: standardisedMethod, expected, sums, alarms, alarmCounts };
}
