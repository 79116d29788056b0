import type { Estimate, Method } from './estimate.ts';
import { areFinite, refuseLevel } from './input.ts';
import { normalDeviate } from './normal-distribution.ts';
import { refuse, type Refusal } from './refusal.ts';
import { fewestPointsForVerdict } from './trend-verdict.ts';

export interface TheilSen {
  readonly method: Method;
  readonly points: number;
  /** Under 12 points the figures stand, but nothing may be said of a trend: see trendVerdict. */
  readonly enoughForVerdict: boolean;
  /** Change of the series a step, with Sen's interval. */
  readonly slope: Estimate;
  /** The median of the series less slope × the median of the times. */
  readonly intercept: number;
}

function median(sorted: Float64Array): number {
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? 0) + upper) / 2;
}

function roundHalfEven(value: number): number {
  const down = Math.floor(value);
  const rest = value - down;
  return rest > 0.5 || (rest === 0.5 && down % 2 !== 0) ? down + 1 : down;
}

function tieTerm(sorted: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < sorted.length;) {
    let same = 1;
    while (i + same < sorted.length && sorted[i + same] === sorted[i]) same++;
    sum += same * (same - 1) * (2 * same + 5);
    i += same;
  }
  return sum;
}

/**
 * Finds the steady change of a series a step as the median of the slopes between all pairs: outliers hardly move it.
 *
 * Slope = median((yj − yi)/(tj − ti)); limits are the order statistics of the slopes at (N ∓ z √var)/2, var of Kendall's S.
 * Times are 0, 1, 2 … unless given. The interval takes the points as independent: with a season or autocorrelation it is
 * too narrow. Unit: that of the series a step. Not with a season in it, nor
 * for a verdict under 12 points. Source: Theil (1950); Sen (1968), JASA 63,
 * 1379-1389.
 *
 * @example theilSen([1, 3, 5, 7]).slope.estimate // => 2
 */
export function theilSen(
  series: ArrayLike<number>,
  { times, level = 0.95 }: { readonly times?: ArrayLike<number>; readonly level?: number } = {},
): TheilSen | Refusal {
  const n = series.length;
  const badLevel = refuseLevel(level);
  if (badLevel) return badLevel;
  if (times !== undefined && times.length !== n) {
    return refuse('mismatched-lengths', 'There is not one time for each value.');
  }
  const t = times === undefined ? Float64Array.from({ length: n }, (_, i) => i) : Float64Array.from(times);
  if (!areFinite(series) || !areFinite(t)) {
    return refuse('not-finite', 'Some of the values are missing or not finite.');
  }
  const slopes = new Float64Array((n * (n - 1)) / 2);
  let used = 0;
  for (let i = 0; i < n; i++) {
    for (let j = i + 1; j < n; j++) {
      const apart = (t[j] ?? 0) - (t[i] ?? 0);
      if (apart !== 0) slopes[used++] = ((series[j] ?? 0) - (series[i] ?? 0)) / apart;
    }
  }
  if (used < 1 || n < 3) return refuse('too-few-points', 'A slope needs at least three points at different times.');
  const sorted = slopes.subarray(0, used).sort();
  if (!Number.isFinite(sorted[0]) || !Number.isFinite(sorted[used - 1])) {
    return refuse('too-large', 'The values differ by more than can be computed.');
  }
  const slope = median(sorted);
  const values = Float64Array.from(series).sort();
  const variance = (n * (n - 1) * (2 * n + 5) - tieTerm(Float64Array.from(t).sort()) - tieTerm(values)) / 18;
  const spread = normalDeviate(level) * Math.sqrt(Math.max(0, variance));
  const low = Math.max(roundHalfEven((used - spread) / 2) - 1, 0);
  const high = Math.min(roundHalfEven((used + spread) / 2), used - 1);
  return {
    method: { name: 'theil-sen', version: '1' },
    points: n,
    enoughForVerdict: n >= fewestPointsForVerdict,
    // Rounding may put a rank past the median when nearly all is tied: the interval still holds its estimate.
    slope: {
      estimate: slope,
      lower: Math.min(slope, sorted[low] ?? slope),
      upper: Math.max(slope, sorted[high] ?? slope),
      level,
    },
    intercept: median(values) - slope * median(t.slice().sort()),
  };
}
