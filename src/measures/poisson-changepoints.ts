import type { Estimate, Method } from './estimate.ts';
import { areCounts, arePositive, refuseLevel } from './input.ts';
import { normalDeviate } from './normal-distribution.ts';
import { type Refusal, refuse } from './refusal.ts';

const method: Method = { name: 'poisson-changepoints', version: '1' };

/** Points between two changes, by position from 0, both ends included. */
export interface Segment {
  readonly first: number;
  readonly last: number;
  readonly count: number;
  readonly expected: number;
  /** Count over expected, with a quasi-Poisson interval. */
  readonly level: Estimate;
}

export interface Changepoints {
  readonly method: Method;
  /** Positions from 0 of the first point of each new level. */
  readonly changes: readonly number[];
  readonly segments: readonly Segment[];
  readonly penalty: number;
  readonly dispersion: number;
}

/** `scaled`: 3 ln n times the dispersion. `bic`: 2 ln n. `mbic`: 3 ln n and the log of each segment's length. */
export type Penalty = 'scaled' | 'bic' | 'mbic';

export interface ChangepointOptions {
  /** What each point would be at a constant level, such as days × season. Any scale. */
  readonly expected?: ArrayLike<number>;
  readonly penalty?: Penalty;
  readonly leastSegment?: number;
  /** At most one change. */
  readonly single?: boolean;
  readonly level?: number;
}

function median(values: readonly number[]): number {
  const sorted = Float64Array.from(values).sort();
  const half = sorted.length >> 1;
  return sorted.length % 2 === 1 ? (sorted[half] ?? 0) : ((sorted[half - 1] ?? 0) + (sorted[half] ?? 0)) / 2;
}

/**
 * How much more a series varies from month to month than Poisson counts do, blind to slow changes and steps.
 *
 * φ = max(1, (MAD(Δz)/√2)²), z = 2(√(y + 3/8) − √(μ + 3/8)), MAD × 1.4826. Unit: ratio of variances. Not for fewer than
 * about 20 points: the median of few differences is rough. Source: square root as Anscombe 1948; median absolute deviation
 * as Hampel 1974.
 *
 * @example successiveDispersion([9, 10, 11, 10, 9, 10], [10, 10, 10, 10, 10, 10]) // => 1
 */
export function successiveDispersion(counts: ArrayLike<number>, means: ArrayLike<number>): number | Refusal {
  if (counts.length !== means.length)
    return refuse('lengths-differ', 'There must be one expected count for each point.');
  if (!areCounts(counts)) return refuse('not-counts', 'Every point needs a count, a whole number from 0 up.');
  if (!arePositive(means)) return refuse('no-expected-count', 'The expected counts must be above 0.');
  return dispersionOfSteps(counts, means);
}

function spread(values: ArrayLike<number>): number {
  const sorted = Float64Array.from(values).sort();
  return (sorted.at(-1) ?? 1) / (sorted[0] ?? 1);
}

function dispersionOfSteps(counts: ArrayLike<number>, means: ArrayLike<number>): number {
  const z = Array.from(counts, (y, t) => 2 * (Math.sqrt(y + 0.375) - Math.sqrt((means[t] ?? 0) + 0.375)));
  const steps = z.slice(1).map((value, t) => value - (z[t] ?? 0));
  if (steps.length === 0) return 1;
  const centre = median(steps);
  const deviation = 1.4826 * median(steps.map((step) => Math.abs(step - centre)));
  return Math.max(1, deviation ** 2 / 2);
}

function penaltyOf(penalty: Penalty, n: number, dispersion: number): number {
  if (penalty === 'bic') return 2 * Math.log(n);
  return 3 * Math.log(n) * (penalty === 'scaled' ? dispersion : 1);
}

/** A table of running sums, so that the sum over any stretch is one subtraction. */
function runningSums(values: ArrayLike<number>): Float64Array {
  const sums = new Float64Array(values.length + 1);
  for (let i = 0; i < values.length; i += 1) sums[i + 1] = (sums[i] ?? 0) + (values[i] ?? 0);
  return sums;
}

interface Costs {
  readonly counts: Float64Array;
  readonly expected: Float64Array;
  readonly lengthTerm: boolean;
}

// Twice the negative log likelihood of the stretch from `from` up to but without `to`, but for terms of the points alone.
function costOf({ counts, expected, lengthTerm }: Costs, from: number, to: number): number {
  const s = (counts[to] ?? 0) - (counts[from] ?? 0);
  const e = (expected[to] ?? 0) - (expected[from] ?? 0);
  const cost = s === 0 ? 0 : 2 * (s - s * Math.log(s / e));
  return lengthTerm ? cost + Math.log(to - from) : cost;
}

// Optimal partitioning (Jackson et al. 2005). PELT reaches the same minimum with fewer steps; a series of months is short
// enough to try every start, which also stays exact with a least segment and with MBIC's length term.
function bestPartition(costs: Costs, n: number, penalty: number, least: number): number[] {
  const best = new Float64Array(n + 1).fill(Infinity);
  const start = new Int32Array(n + 1);
  best[0] = -penalty;
  for (let to = least; to <= n; to += 1) {
    for (let from = 0; from <= to - least; from += from === 0 ? least : 1) {
      const total = (best[from] ?? Infinity) + costOf(costs, from, to) + penalty;
      if (total < (best[to] ?? Infinity)) {
        best[to] = total;
        start[to] = from;
      }
    }
  }
  const changes: number[] = [];
  for (let to = start[n] ?? 0; to > 0; to = start[to] ?? 0) changes.unshift(to);
  return changes;
}

function bestSplit(costs: Costs, n: number, penalty: number, least: number): number[] {
  let best = costOf(costs, 0, n) - penalty;
  let found: number[] = [];
  for (let at = least; at <= n - least; at += 1) {
    const total = costOf(costs, 0, at) + costOf(costs, at, n);
    if (total < best) {
      best = total;
      found = [at];
    }
  }
  return found;
}

function levelOf(count: number, expected: number, dispersion: number, level: number): Estimate {
  const tail = (1 - level) / 2;
  const estimate = count / expected;
  // No events: the rate at which none would be seen with the chance of one tail.
  if (count === 0) return { estimate, lower: 0, upper: (-Math.log(tail) * dispersion) / expected, level };
  const reach = normalDeviate(level) * Math.sqrt(dispersion / count);
  return { estimate, lower: estimate * Math.exp(-reach), upper: estimate * Math.exp(reach), level };
}

/**
 * When the level of a series of counts changed: the partition into stretches of constant level with the least penalised cost.
 *
 * cost(a..b) = 2(S − S ln(S/E)), S = Σy, E = Σexpected, plus a penalty for each change: 3 ln n × φ by default (`scaled`), least
 * segment 6. Unit: positions; levels are ratios to `expected`. The plain penalties (`bic`, `mbic`) see changes where there are
 * none in large series: they are for comparison only. Under 30 events a point, fewer than half of changes by a quarter to a
 * half are found: say so, never "no change". Not on raw counts with a season: give `expected`. Source: Killick, Fearnhead
 * & Eckley 2012; Zhang & Siegmund 2007 (mbic).
 *
 * @example poissonChangepoints([9, 10, 11, 10, 9, 11, 10, 31, 30, 29, 31, 30, 28, 30]).changes // => [7]
 */
export function poissonChangepoints(
  counts: ArrayLike<number>,
  options: ChangepointOptions = {},
): Changepoints | Refusal {
  const { expected, penalty = 'scaled', leastSegment = 6, single = false, level = 0.95 } = options;
  const n = counts.length;
  if (!(Number.isInteger(leastSegment) && leastSegment >= 1 && leastSegment <= 1000)) {
    return refuse('least-segment', 'A stretch must be from 1 to 1,000 points long.');
  }
  if (n < Math.max(12, 2 * leastSegment)) {
    return refuse(
      'too-few-points',
      `A change of level needs at least ${Math.max(12, 2 * leastSegment)} points; there are ${n}.`,
    );
  }
  if (!areCounts(counts)) return refuse('not-counts', 'Every point needs a count, a whole number from 0 up.');
  if (expected !== undefined && expected.length !== n) {
    return refuse('lengths-differ', 'There must be one expected count for each point.');
  }
  // A stretch that is expected to hold a billionth of another is lost in the sums.
  if (expected !== undefined && !(arePositive(expected) && spread(expected) <= 1e9)) {
    return refuse('no-expected-count', 'The expected counts must be above 0, and of much the same size.');
  }
  const badLevel = refuseLevel(level);
  if (badLevel) return badLevel;
  const offsets = expected === undefined ? new Float64Array(n).fill(1) : Float64Array.from(expected);
  const sums: Costs = {
    counts: runningSums(counts),
    expected: runningSums(offsets),
    lengthTerm: penalty === 'mbic',
  };
  const events = sums.counts[n] ?? 0;
  if (events === 0) return refuse('no-events', 'There are no events, so there is no level to change.');
  const overall = events / (sums.expected[n] ?? 1);
  const dispersion = dispersionOfSteps(
    counts,
    offsets.map((offset) => offset * overall),
  );
  const amount = penaltyOf(penalty, n, dispersion);
  const changes = single ? bestSplit(sums, n, amount, leastSegment) : bestPartition(sums, n, amount, leastSegment);
  const bounds = [0, ...changes, n];
  const segments: Segment[] = [];
  for (let k = 0; k + 1 < bounds.length; k += 1) {
    const from = bounds[k] ?? 0;
    const to = bounds[k + 1] ?? n;
    const count = (sums.counts[to] ?? 0) - (sums.counts[from] ?? 0);
    const exposure = (sums.expected[to] ?? 0) - (sums.expected[from] ?? 0);
    segments.push({
      first: from,
      last: to - 1,
      count,
      expected: exposure,
      level: levelOf(count, exposure, dispersion, level),
    });
  }
  return { method, changes, segments, penalty: amount, dispersion };
}
