import type { Method } from './estimate.ts';
import { areCounts, arePositive } from './input.ts';
import { poissonCumulative, poissonQuantile, poissonUpper } from './poisson-distribution.ts';
import { type Refusal, refuse } from './refusal.ts';

const method: Method = { name: 'poisson-count-chart', version: '1' };
const fewestPoints = 12;

/** A count with the limits that chance alone would keep it within. */
export interface CountPoint {
  readonly count: number;
  readonly exposure: number;
  readonly expected: number;
  /** The least and the greatest count that chance explains at this coverage. */
  readonly lower: number;
  readonly upper: number;
  readonly signal: 'none' | 'high' | 'low';
}

export interface CountChart {
  readonly method: Method;
  readonly coverage: number;
  /** Events a unit of exposure over the baseline. */
  readonly rate: number;
  readonly points: readonly CountPoint[];
  /** Variance over mean of the baseline, after exposure: well above 1 says that Poisson limits are too narrow. */
  readonly dispersion: number;
}

/**
 * The control chart for small counts: a c-chart, or a u-chart when exposures differ, with exact Poisson limits.
 *
 * μₜ = exposureₜ × Σy/Σexposure; a count is high when P(Y ≥ y) < (1 − coverage)/2, low when P(Y ≤ y) is. Unit: events a point.
 * Exposure is days, people or both. Coverage 0.998 by default. Not when `dispersion` is well above 1, nor for series with a
 * season. Source: Shewhart 1931; exact limits as Ryan 2011, Statistical Methods for Quality Improvement.
 *
 * @example countChart([2, 1, 3, 2, 1, 2, 3, 1, 2, 2, 1, 12]).points[11].signal // => 'high'
 */
export function countChart(
  counts: ArrayLike<number>,
  options: {
    readonly exposure?: ArrayLike<number>;
    readonly baselinePoints?: number;
    readonly coverage?: number;
  } = {},
): CountChart | Refusal {
  const { exposure, coverage = 0.998 } = options;
  const n = counts.length;
  if (n < fewestPoints) {
    return refuse('too-few-points', `A control chart needs at least ${fewestPoints} points; there are ${n}.`);
  }
  if (!areCounts(counts)) return refuse('not-counts', 'Every point needs a count, a whole number from 0 up.');
  if (exposure !== undefined && exposure.length !== n) {
    return refuse('lengths-differ', 'There must be one exposure for each point.');
  }
  if (exposure !== undefined && !arePositive(exposure)) return refuse('no-exposure', 'Every exposure must be above 0.');
  const { baselinePoints = n } = options;
  if (!(Number.isInteger(baselinePoints) && baselinePoints >= 2 && baselinePoints <= n)) {
    return refuse('baseline-points', 'The baseline needs at least two points and no more than the series has.');
  }
  if (!(coverage > 0 && coverage < 1)) return refuse('coverage', 'The coverage must lie between 0 and 1.');
  const exposures = exposure === undefined ? new Float64Array(n).fill(1) : Float64Array.from(exposure);
  let events = 0;
  let exposed = 0;
  for (let t = 0; t < baselinePoints; t += 1) {
    events += counts[t] ?? 0;
    exposed += exposures[t] ?? 0;
  }
  if (events === 0) return refuse('no-events', 'The baseline has no events, so it has no rate to judge by.');
  const rate = events / exposed;
  const tail = (1 - coverage) / 2;
  const points: CountPoint[] = [];
  let squares = 0;
  for (let t = 0; t < n; t += 1) {
    const count = counts[t] ?? 0;
    const expected = rate * (exposures[t] ?? 0);
    if (t < baselinePoints) squares += (count - expected) ** 2 / expected;
    const high = poissonUpper(count - 1, expected) < tail;
    const low = poissonCumulative(count, expected) < tail;
    points.push({
      count,
      exposure: exposures[t] ?? 0,
      expected,
      lower: poissonQuantile(tail, expected),
      upper: poissonQuantile(1 - tail, expected),
      signal: high ? 'high' : low ? 'low' : 'none',
    });
  }
  return { method, coverage, rate, points, dispersion: squares / (baselinePoints - 1) };
}
