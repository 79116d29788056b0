import type { Method } from './estimate.ts';
import { areFinite } from './input.ts';
import { middleResiduals } from './middle-residuals.ts';
import { type Refusal, refuse } from './refusal.ts';

const method: Method = { name: 'stl', version: '1' };

/** A series taken apart: values = trend + seasonal + remainder. */
export interface LoessDecomposition {
  readonly method: Method;
  readonly seasonal: Float64Array;
  readonly trend: Float64Array;
  readonly remainder: Float64Array;
  /** How far each point was trusted in the last round, 0 to 1; all 1 when not robust. */
  readonly weights: Float64Array;
}

export interface LoessOptions {
  /** Points in a cycle: 12 for months. */
  readonly period: number;
  /** `periodic`: the same season every year. Else the span, in years, over which the season may drift: odd, 7 or more. */
  readonly seasonalWindow: 'periodic' | number;
  /** Trust outlying points less. */
  readonly robust?: boolean;
}

interface Smoother {
  readonly window: number;
  readonly degree: 0 | 1;
  readonly jump: number;
}

function nextOdd(value: number): number {
  const whole = Math.round(value);
  return whole % 2 === 0 ? whole + 1 : whole;
}

// The loess value at x, from the points left..right (positions from 1); undefined when all their weights are nought.
function loessAt(
  values: Float64Array,
  n: number,
  { window, degree }: Smoother,
  x: number,
  left: number,
  right: number,
  weights: Float64Array,
  trust: Float64Array | undefined,
): number | undefined {
  let h = Math.max(x - left, right - x);
  if (window > n) h += Math.floor((window - n) / 2);
  const far = 0.999 * h;
  const near = 0.001 * h;
  let total = 0;
  for (let j = left; j <= right; j += 1) {
    const distance = Math.abs(j - x);
    let weight = 0;
    if (distance <= far) {
      if (distance <= near) weight = 1;
      else {
        const cube = 1 - (distance / h) ** 3;
        weight = cube * cube * cube;
      }
      if (trust !== undefined) weight *= trust[j - 1] ?? 0;
      total += weight;
    }
    weights[j] = weight;
  }
  if (total <= 0) return undefined;
  for (let j = left; j <= right; j += 1) weights[j] = (weights[j] ?? 0) / total;
  if (h > 0 && degree > 0) {
    let mean = 0;
    for (let j = left; j <= right; j += 1) mean += (weights[j] ?? 0) * j;
    let spread = 0;
    for (let j = left; j <= right; j += 1) spread += (weights[j] ?? 0) * (j - mean) ** 2;
    if (Math.sqrt(spread) > 0.001 * (n - 1)) {
      const slope = (x - mean) / spread;
      for (let j = left; j <= right; j += 1) weights[j] = (weights[j] ?? 0) * (slope * (j - mean) + 1);
    }
  }
  let smooth = 0;
  for (let j = left; j <= right; j += 1) smooth += (weights[j] ?? 0) * (values[j - 1] ?? 0);
  return smooth;
}

// Loess at every `jump`th point and straight lines between. Writes n values into `into` from `offset` on.
function loess(
  values: Float64Array,
  n: number,
  smoother: Smoother,
  weights: Float64Array,
  trust: Float64Array | undefined,
  into: Float64Array,
  offset = 0,
): void {
  if (n < 2) {
    into[offset] = values[0] ?? 0;
    return;
  }
  const { window } = smoother;
  const jump = Math.min(smoother.jump, n - 1);
  const half = Math.floor((window + 1) / 2);
  let left = 1;
  let right = Math.min(window, n);
  for (let i = 1; i <= n; i += jump) {
    if (window < n) {
      if (jump === 1) {
        if (i > half && right !== n) {
          left += 1;
          right += 1;
        }
      } else if (i < half) {
        left = 1;
        right = window;
      } else if (i >= n - half + 1) {
        left = n - window + 1;
        right = n;
      } else {
        left = i - half + 1;
        right = window + i - half;
      }
    }
    into[offset + i - 1] = loessAt(values, n, smoother, i, left, right, weights, trust) ?? values[i - 1] ?? 0;
  }
  if (jump === 1) return;
  function line(from: number, to: number): void {
    const start = into[offset + from - 1] ?? 0;
    const step = ((into[offset + to - 1] ?? 0) - start) / (to - from);
    for (let j = from + 1; j < to; j += 1) into[offset + j - 1] = start + step * (j - from);
  }
  for (let i = 1; i <= n - jump; i += jump) line(i, i + jump);
  const last = Math.floor((n - 1) / jump) * jump + 1;
  if (last === n) return;
  into[offset + n - 1] = loessAt(values, n, smoother, n, left, right, weights, trust) ?? values[n - 1] ?? 0;
  if (last !== n - 1) line(last, n);
}

// Smooths the Januaries, the Februaries and so on, each series one step longer at both ends.
function smoothCycles(
  values: Float64Array,
  n: number,
  period: number,
  smoother: Smoother,
  weights: Float64Array,
  trust: Float64Array | undefined,
  into: Float64Array,
): void {
  const cycles = Math.floor((n - 1) / period) + 1;
  const part = new Float64Array(cycles);
  const partTrust = trust === undefined ? undefined : new Float64Array(cycles);
  const smooth = new Float64Array(cycles + 2);
  for (let j = 0; j < period; j += 1) {
    const k = Math.floor((n - 1 - j) / period) + 1;
    for (let i = 0; i < k; i += 1) {
      part[i] = values[i * period + j] ?? 0;
      if (partTrust !== undefined && trust !== undefined) partTrust[i] = trust[i * period + j] ?? 0;
    }
    loess(part, k, smoother, weights, partTrust, smooth, 1);
    const right = Math.min(smoother.window, k);
    smooth[0] = loessAt(part, k, smoother, 0, 1, right, weights, partTrust) ?? smooth[1] ?? 0;
    const left = Math.max(1, k - smoother.window + 1);
    smooth[k + 1] = loessAt(part, k, smoother, k + 1, left, k, weights, partTrust) ?? smooth[k] ?? 0;
    for (let m = 0; m < k + 2; m += 1) into[m * period + j] = smooth[m] ?? 0;
  }
}

// Moving averages of `length` values; returns how many there are.
function movingAverage(values: Float64Array, n: number, length: number, into: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < length; i += 1) sum += values[i] ?? 0;
  into[0] = sum / length;
  for (let i = length; i < n; i += 1) {
    sum += (values[i] ?? 0) - (values[i - length] ?? 0);
    into[i - length + 1] = sum / length;
  }
  return n - length + 1;
}

function trustOf(values: Float64Array, fitted: Float64Array, into: Float64Array): void {
  const residuals = values.map((value, i) => Math.abs(value - (fitted[i] ?? 0)));
  // Six times the median residual.
  const limit = 3 * middleResiduals(residuals.slice());
  residuals.forEach((residual, i) => {
    if (residual <= 0.001 * limit) into[i] = 1;
    else if (residual <= 0.999 * limit) into[i] = (1 - (residual / limit) ** 2) ** 2;
    else into[i] = 0;
  });
}

/**
 * Takes a series apart into trend, season and remainder with loess (STL).
 *
 * Inner loops 2, or 1 inside 15 outer ones when robust; seasonal loess of degree 0, trend and low-pass of degree 1; the
 * trend's window is the next odd number from 1.5 period/(1 − 1.5/seasonal window). Unit: that of the series. Not under two
 * full cycles. Under five years use `periodic`. Value = trend + season + remainder. Source: Cleveland, Cleveland, McRae &
 * Terpenning 1990.
 *
 * @example loessDecomposition([1, 3, 1, 3, 1, 3, 1, 3], { period: 2, seasonalWindow: 'periodic' }).trend[4].toFixed(6) // => '2.000000'
 */
export function loessDecomposition(series: ArrayLike<number>, options: LoessOptions): LoessDecomposition | Refusal {
  const { period, seasonalWindow, robust = false } = options;
  const n = series.length;
  if (!(Number.isInteger(period) && period >= 2 && period <= 1000)) {
    return refuse('period', 'A season needs at least two points in a cycle.');
  }
  if (n < 2 * period) {
    return refuse('too-few-cycles', `A season needs at least two full cycles, ${2 * period} points; there are ${n}.`);
  }
  if (!areFinite(series)) return refuse('not-finite', 'Every point needs a number.');
  if (seasonalWindow !== 'periodic' && !(Number.isInteger(seasonalWindow) && seasonalWindow >= 3)) {
    return refuse('seasonal-window', 'The window of the season must be a whole number from 3 up.');
  }
  const values = Float64Array.from(series);
  const seasonalSpan = seasonalWindow === 'periodic' ? 10 * n + 1 : nextOdd(seasonalWindow);
  const smoother = (window: number, degree: 0 | 1): Smoother => ({ window, degree, jump: Math.ceil(window / 10) });
  const seasonalSmoother = smoother(seasonalSpan, 0);
  const trendSmoother = smoother(nextOdd(Math.ceil((1.5 * period) / (1 - 1.5 / seasonalSpan))), 1);
  const lowPass = smoother(nextOdd(period), 1);

  const longer = n + 2 * period;
  const seasonal = new Float64Array(n);
  const trend = new Float64Array(n);
  const cycles = new Float64Array(longer);
  const first = new Float64Array(longer);
  const second = new Float64Array(longer);
  const weights = new Float64Array(longer + 1);
  const trust = new Float64Array(n).fill(1);
  let trusted: Float64Array | undefined;

  const rounds = robust ? 15 : 0;
  for (let round = 0; round <= rounds; round += 1) {
    for (let inner = 0; inner < (robust ? 1 : 2); inner += 1) {
      for (let i = 0; i < n; i += 1) first[i] = (values[i] ?? 0) - (trend[i] ?? 0);
      smoothCycles(first, n, period, seasonalSmoother, weights, trusted, cycles);
      let length = movingAverage(cycles, longer, period, first);
      length = movingAverage(first, length, period, second);
      movingAverage(second, length, 3, first);
      loess(first, n, lowPass, weights, undefined, second);
      for (let i = 0; i < n; i += 1) {
        seasonal[i] = (cycles[period + i] ?? 0) - (second[i] ?? 0);
        first[i] = (values[i] ?? 0) - (seasonal[i] ?? 0);
      }
      loess(first, n, trendSmoother, weights, trusted, trend);
    }
    if (round < rounds) {
      trustOf(
        values,
        trend.map((level, i) => level + (seasonal[i] ?? 0)),
        trust,
      );
      trusted = trust;
    }
  }
  if (seasonalWindow === 'periodic') repeatMeans(seasonal, period);
  return {
    method,
    seasonal,
    trend,
    remainder: values.map((value, i) => value - (seasonal[i] ?? 0) - (trend[i] ?? 0)),
    weights: trust,
  };
}

function repeatMeans(seasonal: Float64Array, period: number): void {
  for (let j = 0; j < period; j += 1) {
    let sum = 0;
    let count = 0;
    for (let i = j; i < seasonal.length; i += period) {
      sum += seasonal[i] ?? 0;
      count += 1;
    }
    for (let i = j; i < seasonal.length; i += period) seasonal[i] = sum / count;
  }
}
