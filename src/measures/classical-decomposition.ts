import type { Method } from './estimate.ts';
import { areFinite } from './input.ts';
import { type Refusal, refuse } from './refusal.ts';

const method: Method = { name: 'classical-decomposition', version: '1' };

/** A series taken apart by moving averages. The first and last half cycle have no trend: `null` there. */
export interface ClassicalDecomposition {
  readonly method: Method;
  readonly model: 'additive' | 'multiplicative';
  /** The season at each place in the cycle: they sum to 0, or average 1 when multiplicative. */
  readonly figure: readonly number[];
  readonly trend: readonly (number | null)[];
  readonly remainder: readonly (number | null)[];
}

/**
 * Takes a series apart into trend, season and remainder by centred moving averages.
 *
 * Trend = mean over one cycle (the two end points halved when the cycle is even); the season is the mean of value − trend, or
 * of value/trend, for each place in the cycle. Unit: that of the series, or none. Not for a season that drifts, nor with
 * outliers: use `loessDecomposition`. Source: Kendall & Stuart 1983.
 *
 * @example classicalDecomposition([1, 3, 1, 3, 1, 3], { period: 2 }).figure // => [-1, 1]
 */
export function classicalDecomposition(
  series: ArrayLike<number>,
  options: { readonly period: number; readonly model?: 'additive' | 'multiplicative' },
): ClassicalDecomposition | Refusal {
  const { period, model = 'additive' } = options;
  const n = series.length;
  if (!(Number.isInteger(period) && period >= 2 && period <= 1000)) {
    return refuse('period', 'A season needs at least two points in a cycle.');
  }
  if (n < 2 * period) {
    return refuse('too-few-cycles', `A season needs at least two full cycles, ${2 * period} points; there are ${n}.`);
  }
  if (!areFinite(series)) return refuse('not-finite', 'Every point needs a number.');
  const values = Array.from(series);
  const even = period % 2 === 0;
  const half = Math.floor(period / 2);
  const trend = values.map((_value, t) => {
    if (t < half || t + half >= n) return null;
    let sum = 0;
    for (let i = t - half; i <= t + half; i += 1) {
      const end = i === t - half || i === t + half;
      sum += (values[i] ?? 0) * (even && end ? 0.5 : 1);
    }
    return sum / period;
  });
  const additive = model === 'additive';
  if (!additive && trend.some((level) => level !== null && level <= 0)) {
    return refuse('trend-not-positive', 'A season in ratios needs a trend above 0 throughout.');
  }
  const raw: number[] = [];
  for (let place = 0; place < period; place += 1) {
    let sum = 0;
    let count = 0;
    for (let t = place; t < n; t += period) {
      const level = trend[t];
      if (level === null || level === undefined) continue;
      sum += additive ? (values[t] ?? 0) - level : (values[t] ?? 0) / level;
      count += 1;
    }
    raw.push(sum / count);
  }
  const centre = raw.reduce((sum, value) => sum + value, 0) / period;
  if (!additive && centre === 0) return refuse('no-events', 'There are no events, so there is no season.');
  const figure = raw.map((value) => (additive ? value - centre : value / centre));
  const remainder = trend.map((level, t) => {
    const season = figure[t % period] ?? 0;
    if (level === null) return null;
    if (additive) return (values[t] ?? 0) - level - season;
    return season === 0 ? null : (values[t] ?? 0) / (level * season);
  });
  return { method, model, figure, trend, remainder };
}
