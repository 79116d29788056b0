import type { Estimate, Method } from './estimate.ts';
import { gammaCumulative, gammaQuantile } from './gamma-distribution.ts';
import { areFinite, refuseLevel } from './input.ts';
import { isRefusal, refuse, type Refusal } from './refusal.ts';

export interface ReproductionNumber {
  readonly method: Method;
  /** The chance that a follow-on event comes so many days after the first; index 0 is the same day, always 0. */
  readonly serialInterval: Float64Array;
  /** From the first window that ends later than a mean serial interval after the start: before that, too few can have followed. */
  readonly windows: readonly ReproductionWindow[];
}

export interface ReproductionWindow {
  /** First and last day of the window, the first day of the series being day 1. */
  readonly fromDay: number;
  readonly toDay: number;
  /** Posterior mean with its credible interval. */
  readonly mean: Estimate;
  readonly median: number;
  readonly standardDeviation: number;
}

/** A hundred years. */
const mostDays = 36_525;

/**
 * Spreads a gamma-distributed serial interval, shifted by a day, over whole days.
 *
 * w(k) is the gamma mass in the triangle round k days (Cori 2013, web appendix 11); it sums to less than 1 by what lies
 * beyond the last day. w(k) = k F(k) + (k − 2) F(k − 2) − 2(k − 1) F(k − 1) + αβ(2G(k − 1) − G(k − 2) − G(k)), F the gamma
 * distribution of shape α and scale β with mean one day less, G that of shape α + 1. Unit: share of follow-on events a
 * day. Not for intervals under a day. Source: Cori and others (2013), web appendix 11.
 *
 * @example serialIntervalByDay(4, 2.5, 3)[1].toFixed(4) // => '0.0919'
 */
export function serialIntervalByDay(
  meanDays: number,
  standardDeviationDays: number,
  days: number,
): Float64Array | Refusal {
  if (!(
    meanDays > 1.001 &&
    meanDays <= mostDays &&
    standardDeviationDays >= 0.001 &&
    standardDeviationDays <= mostDays
  )) {
    return refuse('bad-serial-interval', 'The serial interval needs a mean over one day and a spread above nought.');
  }
  if (!(Number.isInteger(days) && days >= 1 && days <= mostDays))
    return refuse('bad-days', 'The number of days must be a whole number from 1 to 36,525.');
  const shape = ((meanDays - 1) / standardDeviationDays) ** 2;
  const scale = (standardDeviationDays * standardDeviationDays) / (meanDays - 1);
  const mass = (k: number, more: number) => (k > 0 ? gammaCumulative(k, shape + more, scale) : 0);
  return Float64Array.from({ length: days }, (_, k) =>
    Math.max(
      0,
      k * mass(k, 0) +
        (k - 2) * mass(k - 2, 0) -
        2 * (k - 1) * mass(k - 1, 0) +
        shape * scale * (2 * mass(k - 1, 1) - mass(k - 2, 1) - mass(k, 1)),
    ),
  );
}

export interface ReproductionOptions {
  readonly serialMeanDays: number;
  readonly serialStandardDeviationDays: number;
  readonly windowDays: number;
  readonly priorMean?: number;
  readonly priorStandardDeviation?: number;
  readonly level?: number;
}

/**
 * Estimates how many further events each event was followed by, window by window, as epidemiologists do.
 *
 * Posterior Gamma(a + Σ I, 1/(1/b + Σ Λ)), Λt = Σs I(t−s) ws, over each window of days from the second day on. Windows
 * that end within a mean serial interval of the start are left out, as EpiEstim leaves them.
 * For violence it is an analogy: nothing is passed on in the way of a germ, and season or recording move it too. Take the
 * serial interval from a fitted Hawkes kernel; Not for the default report. Unit: follow-on events an event. Source: Cori,
 * Ferguson, Fraser and Cauchemez (2013), American Journal of Epidemiology 178, 1505-1512.
 *
 * @example reproductionNumber([3, 1, 3, 0, 0, 0, 3, 0], { serialMeanDays: 4, serialStandardDeviationDays: 2.5, windowDays: 7 }).windows[0].mean.estimate.toFixed(3) // => '1.248'
 */
export function reproductionNumber(
  eventsByDay: ArrayLike<number>,
  options: ReproductionOptions,
): ReproductionNumber | Refusal {
  const { windowDays, priorMean = 5, priorStandardDeviation = 5, level = 0.95 } = options;
  const days = eventsByDay.length;
  const badLevel = refuseLevel(level);
  if (badLevel) return badLevel;
  if (days > mostDays) return refuse('too-long', 'The series is too long: give a hundred years of days at most.');
  if (!areFinite(eventsByDay)) return refuse('not-finite', 'Some of the daily counts are missing or not finite.');
  for (let day = 0; day < days; day++) {
    if ((eventsByDay[day] ?? 0) < 0) return refuse('negative-values', 'Some of the daily counts are below zero.');
  }
  if (!Number.isInteger(windowDays) || windowDays < 1 || days < windowDays + 1) {
    return refuse('too-short', 'The series must be longer than the window by at least a day.');
  }
  if (![priorMean, priorStandardDeviation].every((one) => one >= 1e-3 && one <= 1e6)) {
    return refuse('bad-prior', 'The prior needs a mean and a spread above nought.');
  }
  const known = serialIntervalByDay(options.serialMeanDays, options.serialStandardDeviationDays, days);
  if (isRefusal(known)) return known;
  const serialInterval = new Float64Array(days + 1);
  serialInterval.set(known);
  const infectivity = new Float64Array(days);
  let total = 0;
  for (let day = 0; day < days; day++) {
    total += eventsByDay[day] ?? 0;
    let sum = 0;
    for (let lag = 1; lag <= day; lag++) sum += (eventsByDay[day - lag] ?? 0) * (serialInterval[lag] ?? 0);
    infectivity[day] = sum;
  }
  if (!(total > 0)) return refuse('no-events', 'There are no events in this period.');
  const shape = (priorMean / priorStandardDeviation) ** 2;
  const rate = priorMean / (priorStandardDeviation * priorStandardDeviation);
  const windows: ReproductionWindow[] = [];
  const meanInterval = serialInterval.reduce((sum, share, lag) => sum + share * lag, 0);
  const first = Math.max(1, Math.floor(meanInterval) + 1 - windowDays);
  for (let from = first; from + windowDays <= days; from++) {
    let events = 0;
    let exposure = 0;
    for (let day = from; day < from + windowDays; day++) {
      events += eventsByDay[day] ?? 0;
      exposure += infectivity[day] ?? 0;
    }
    const a = shape + events;
    const scale = 1 / (rate + exposure);
    windows.push({
      fromDay: from + 1,
      toDay: from + windowDays,
      mean: {
        estimate: a * scale,
        lower: gammaQuantile((1 - level) / 2, a, scale),
        upper: gammaQuantile(1 - (1 - level) / 2, a, scale),
        level,
      },
      median: gammaQuantile(0.5, a, scale),
      standardDeviation: Math.sqrt(a) * scale,
    });
  }
  return { method: { name: 'reproduction-number', version: '1' }, serialInterval, windows };
}
