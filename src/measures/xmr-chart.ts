import type { Method } from './estimate.ts';
import { areFinite } from './input.ts';
import { type Refusal, refuse } from './refusal.ts';

const method: Method = { name: 'xmr-chart', version: '1' };

// 2.66 = 3/1.128, the mean moving range of two normal values in standard deviations; 3.267 the upper limit of that range.
const limitFactor = 2.66;
const nearFactor = (2 * limitFactor) / 3;
const rangeFactor = 3.267;
const runLength = 7;
const fewestPoints = 12;

/** Why a point stands out, the first rule that holds; `none` is common cause. */
export type SpecialCause =
  | 'none'
  | 'above-limit'
  | 'below-limit'
  | 'rising-run'
  | 'falling-run'
  | 'two-of-three-high'
  | 'two-of-three-low'
  | 'seven-above-mean'
  | 'seven-below-mean';

/** A point of an XmR chart, with the limits of its part of the series. */
export interface XmrPoint {
  readonly value: number;
  readonly mean: number;
  readonly lower: number;
  readonly upper: number;
  readonly specialCause: SpecialCause;
  /** What the special cause means when a fall (or a rise) is what is wanted. */
  readonly verdict: 'common-cause' | 'improvement' | 'concern' | 'high' | 'low';
}

export interface XmrChart {
  readonly method: Method;
  readonly points: readonly XmrPoint[];
  /** A part of the series has a mean under 10: counts so small need `countChart` or `daysBetweenChart` instead. */
  readonly tooFewForXmr: boolean;
}

export interface XmrOptions {
  /** Positions, from 0, at which new limits begin: only by hand with a reason, or at a dated change. */
  readonly rebaseAt?: readonly number[];
  /** Limits from the first so many points of each part only. */
  readonly baselinePoints?: number;
  /** Leave moving ranges of 3.267 times their mean or more out of the limits, once. On unless said otherwise. */
  readonly screenRanges?: boolean;
  readonly improvement?: 'decrease' | 'increase' | 'neither';
}

interface Limits {
  readonly mean: number;
  readonly range: number;
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function limitsOf(baseline: readonly number[], screenRanges: boolean): Limits | undefined {
  const ranges: number[] = [];
  for (let i = 1; i < baseline.length; i += 1) ranges.push(Math.abs((baseline[i] ?? 0) - (baseline[i - 1] ?? 0)));
  if (ranges.length === 0) return undefined;
  const all = meanOf(ranges);
  if (all === 0) return undefined;
  const range = meanOf(screenRanges ? ranges.filter((each) => each < rangeFactor * all) : ranges);
  // One jump in an otherwise flat series leaves limits without width, which would flag every point.
  return range > 0 ? { mean: meanOf(baseline), range } : undefined;
}

// Marks every member of each full run of seven, not only the point that completes it.
function membersOfRuns(length: number, completes: (end: number) => boolean): boolean[] {
  const members = new Array<boolean>(length).fill(false);
  for (let end = runLength - 1; end < length; end += 1) {
    if (completes(end)) members.fill(true, end - runLength + 1, end + 1);
  }
  return members;
}

function causesOf(values: readonly number[], { mean, range }: Limits): SpecialCause[] {
  const at = (i: number): number => values[i] ?? 0;
  const side = values.map((value) => Math.sign(value - mean));
  // A point that lies on a limit to the last digits is not beyond it, whichever way the arithmetic rounds.
  const beyond = (value: number, factor: number): boolean => Math.abs(value - mean) > factor * range * (1 + 1e-9);
  const outside = values.map((value) => beyond(value, limitFactor));
  const near = values.map((value, i) => outside[i] === false && beyond(value, nearFactor));

  const step = (i: number): number => Math.sign(at(i) - at(i - 1));
  const runs = membersOfRuns(values.length, (end) => {
    const direction = step(end);
    if (direction === 0) return false;
    for (let i = end - runLength + 2; i < end; i += 1) if (step(i) !== direction) return false;
    return true;
  });
  const oneSided = membersOfRuns(values.length, (end) => {
    if (side[end] === 0) return false;
    for (let i = end - runLength + 1; i < end; i += 1) if (side[i] !== side[end]) return false;
    return true;
  });
  const twoOfThree = values.map((_value, i) => {
    if (near[i] !== true) return false;
    for (let start = Math.max(0, i - 2); start <= i && start + 2 < values.length; start += 1) {
      const three = [start, start + 1, start + 2];
      if (three.filter((j) => near[j]).length >= 2 && three.every((j) => side[j] === side[i])) return true;
    }
    return false;
  });

  return values.map((value, i) => {
    const high = value > mean;
    if (outside[i] === true) return high ? 'above-limit' : 'below-limit';
    if (runs[i] === true) {
      // A peak that ends one run and begins another belongs to the one that follows.
      const direction = runs[i + 1] === true && step(i + 1) !== 0 ? step(i + 1) : step(i);
      return direction > 0 ? 'rising-run' : 'falling-run';
    }
    if (twoOfThree[i] === true) return high ? 'two-of-three-high' : 'two-of-three-low';
    if (oneSided[i] === true) return high ? 'seven-above-mean' : 'seven-below-mean';
    return 'none';
  });
}

const highCauses: readonly SpecialCause[] = ['above-limit', 'rising-run', 'two-of-three-high', 'seven-above-mean'];

function verdictOf(cause: SpecialCause, improvement: 'decrease' | 'increase' | 'neither'): XmrPoint['verdict'] {
  if (cause === 'none') return 'common-cause';
  const high = highCauses.includes(cause);
  if (improvement === 'neither') return high ? 'high' : 'low';
  return high === (improvement === 'increase') ? 'improvement' : 'concern';
}

/**
 * The XmR control chart with the rules of NHS England's Making Data Count: which points are more than ordinary variation.
 *
 * Limits = mean ∓ 2.66 × mean moving range. Rules in order: outside the limits; seven points rising or falling; two of three
 * points beyond two thirds of the way to a limit, all three on one side; seven points on one side of the mean. Unit: that of
 * the series. Not for counts under about 10 a point (the lower limit falls below 0: use `countChart`), nor for raw monthly
 * offences with a season (divide by the season first). Source: Shewhart 1931; NHS England, Making Data Count.
 *
 * @example xmrChart([9, 11, 9, 11, 9, 11, 9, 11, 9, 11, 9, 30]).points[11].specialCause // => 'above-limit'
 */
export function xmrChart(values: ArrayLike<number>, options: XmrOptions = {}): XmrChart | Refusal {
  const { rebaseAt = [], baselinePoints, screenRanges = true, improvement = 'decrease' } = options;
  if (values.length < fewestPoints) {
    return refuse(
      'too-few-points',
      `A control chart needs at least ${fewestPoints} points; there are ${values.length}.`,
    );
  }
  if (!areFinite(values)) return refuse('not-finite', 'Every point needs a number.');
  if (rebaseAt.some((start) => !Number.isInteger(start) || start < 1 || start >= values.length)) {
    return refuse('rebase-outside', 'New limits must begin at a point of the series after the first.');
  }
  if (baselinePoints !== undefined && !(Number.isInteger(baselinePoints) && baselinePoints >= 2)) {
    return refuse('baseline-points', 'The baseline needs at least two points.');
  }
  const starts = [0, ...new Set([...rebaseAt].sort((a, b) => a - b))];
  const series = Array.from(values);
  const points: XmrPoint[] = [];
  let tooFewForXmr = false;
  for (const [part, start] of starts.entries()) {
    const members = series.slice(start, starts[part + 1] ?? series.length);
    const limits = limitsOf(members.slice(0, baselinePoints ?? members.length), screenRanges);
    if (limits === undefined) {
      return refuse(
        'no-variation',
        'A part of the series has a single point or hardly changes, so it has no limits to judge by.',
      );
    }
    if (limits.mean < 10) tooFewForXmr = true;
    const causes = causesOf(members, limits);
    for (const [i, value] of members.entries()) {
      const specialCause = causes[i] ?? 'none';
      points.push({
        value,
        mean: limits.mean,
        lower: limits.mean - limitFactor * limits.range,
        upper: limits.mean + limitFactor * limits.range,
        specialCause,
        verdict: verdictOf(specialCause, improvement),
      });
    }
  }
  return { method, points, tooFewForXmr };
}
