/* eslint-disable @typescript-eslint/no-non-null-assertion -- every index below is bounded by its loop */
import type { Method } from './estimate.ts';
import { type Glm, fitGlm } from './generalised-linear-model.ts';
import { areCounts } from './input.ts';
import { matrixOf } from './matrix.ts';
import { negativeBinomialQuantile } from './negative-binomial-distribution.ts';
import { normalQuantile } from './normal-distribution.ts';
import { poissonQuantile } from './poisson-distribution.ts';
import { type Refusal, isRefusal, refuse } from './refusal.ts';
import { tTwoSided } from './t-distribution.ts';

/** Whether the count of one point is above what past years foretell. */
export interface Exceedance {
  readonly method: Method;
  readonly observed: number;
  readonly expected: number;
  /** A count above this is an exceedance. */
  readonly threshold: number;
  readonly exceeds: boolean;
  /** Quasi-Poisson dispersion, never under 1. */
  readonly dispersion: number;
  /** Whether a trend was kept in the model. */
  readonly trend: boolean;
  /** Under five events in four points nothing is called an exceedance. */
  readonly enoughEvents: boolean;
  readonly alpha: number;
}

/** What an exceedance is judged on. */
export interface ExceedanceInput {
  readonly counts: readonly number[];
  /** The place (from 0) of the point to judge. */
  readonly at: number;
  /** 12 for months, 52 for weeks. */
  readonly pointsPerYear: number;
  readonly yearsBack: number;
  /** Points on each side of the same time in past years. */
  readonly halfWindow: number;
  readonly alpha?: number;
}

/** The points of the past that a model is fitted to, and the season of each. */
interface Reference {
  readonly places: readonly number[];
  readonly seasons: readonly number[];
  /** The season of the point to judge. */
  readonly own: number;
}

interface WeightedFit {
  readonly fit: Glm;
  readonly dispersion: number;
  readonly predictor: (place: number) => Float64Array;
}

/** With fewer past years their scatter, and so the threshold, is not known (analysis.md, section 0). */
const fewestYears = 3;
const enough = { events: 5, points: 4 };

function design(reference: Reference, trend: boolean): (place: number, season: number) => number[] {
  const seasons = [...new Set(reference.seasons)].sort((a, b) => a - b);
  return (place, season) => [
    1,
    ...(trend ? [place + 1] : []),
    // The first season is the one that the others are compared with.
    ...seasons.slice(1).map((one) => (one === season ? 1 : 0)),
  ];
}

/** Past outbreaks would raise the threshold: points with a large Anscombe residual count less (Farrington et al. 1996). */
function downWeights(
  fit: Glm,
  counts: readonly number[],
  rows: readonly number[][],
  dispersion: number,
  over: number,
): number[] {
  const k = fit.unscaledCovariance.columns;
  const residuals = counts.map((y, i) => {
    const mu = fit.fitted[i]!;
    const row = rows[i]!;
    let leverage = 0;
    for (let a = 0; a < k; a += 1)
      for (let b = 0; b < k; b += 1) leverage += row[a]! * fit.unscaledCovariance.values[a * k + b]! * row[b]!;
    const anscombe = 1.5 * (y ** (2 / 3) * mu ** (-1 / 6) - mu ** 0.5);
    return anscombe / Math.sqrt(dispersion * Math.max(1e-12, 1 - mu * leverage));
  });
  const raw = residuals.map((s) => (s > over ? s ** -2 : 1));
  const scale = raw.length / raw.reduce((sum, w) => sum + w, 0);
  return raw.map((w) => w * scale);
}

function fitReference(
  counts: readonly number[],
  reference: Reference,
  trend: boolean,
  over: number,
): WeightedFit | Refusal {
  const rowOf = design(reference, trend);
  const rows = reference.places.map((place, i) => rowOf(place, reference.seasons[i]!));
  const response = reference.places.map((place) => counts[place]!);
  const matrix = matrixOf(rows);
  const first = fitGlm({ design: matrix, response, family: 'poisson' });
  if (isRefusal(first)) return first;
  const weights = downWeights(first, response, rows, Math.max(1, first.pearsonDispersion), over);
  const fit = fitGlm({ design: matrix, response, family: 'poisson', weights, start: first.coefficients });
  if (isRefusal(fit)) return fit;
  return {
    fit,
    dispersion: Math.max(1, fit.pearsonDispersion),
    predictor: (place) => Float64Array.from(rowOf(place, reference.own)),
  };
}

/** The expected count at a place, and the standard error of its logarithm. */
function predict({ fit, dispersion, predictor }: WeightedFit, place: number): { mean: number; logError: number } {
  const row = predictor(place);
  const k = row.length;
  let eta = 0;
  let variance = 0;
  for (let a = 0; a < k; a += 1) {
    eta += row[a]! * fit.coefficients[a]!;
    for (let b = 0; b < k; b += 1) variance += row[a]! * fit.unscaledCovariance.values[a * k + b]! * row[b]!;
  }
  return { mean: Math.exp(eta), logError: Math.sqrt(variance * dispersion) };
}

/** A trend stays only if its p value is under `mostP` and it foretells nothing higher than has been seen. */
function chosenModel(
  input: ExceedanceInput,
  reference: Reference,
  over: number,
  mostP: number,
): { model: WeightedFit; trend: boolean } | Refusal {
  const { counts, at } = input;
  const withTrend = fitReference(counts, reference, true, over);
  if (!isRefusal(withTrend)) {
    const { fit } = withTrend;
    const k = fit.unscaledCovariance.columns;
    const error = Math.sqrt(fit.unscaledCovariance.values[k + 1]! * fit.pearsonDispersion);
    const significant = tTwoSided(fit.coefficients[1]! / error, fit.residualDegrees) < mostP;
    const highest = Math.max(...reference.places.map((place) => counts[place]!));
    if (significant && predict(withTrend, at).mean <= highest) return { model: withTrend, trend: true };
  }
  const level = fitReference(counts, reference, false, over);
  return isRefusal(level) ? level : { model: level, trend: false };
}

function badInput(input: ExceedanceInput): Refusal | undefined {
  const { counts, at, pointsPerYear, yearsBack, halfWindow, alpha = 0.01 } = input;
  if (!areCounts(counts)) return refuse('not-a-count', 'The number of events must be a whole number from nought up.');
  if (!Number.isInteger(at) || at < 0 || at >= counts.length)
    return refuse('no-such-point', 'The point to judge is not in the series.');
  if (!(alpha > 0 && alpha < 0.5)) return refuse('alpha-out-of-range', 'The chance of a false alarm must be small.');
  for (const whole of [pointsPerYear, yearsBack])
    if (!Number.isInteger(whole) || whole < 1)
      return refuse(
        'no-years',
        'The years looked back on, and the points of a year, must be whole numbers from one up.',
      );
  if (yearsBack < fewestYears)
    return refuse(
      'too-few-years',
      `At least ${fewestYears} past years are needed to say what this one should be like.`,
    );
  if (!Number.isInteger(halfWindow) || halfWindow < 0 || 2 * halfWindow + 1 > pointsPerYear)
    return refuse('window-out-of-range', 'The window of past points must fit into a year.');
  if (at - yearsBack * pointsPerYear - halfWindow < 0)
    return refuse('too-few-points', `The series does not reach back ${yearsBack} years before the point to judge.`);
  return undefined;
}

function enoughEvents(counts: readonly number[], at: number): boolean {
  return counts.slice(Math.max(0, at - enough.points + 1), at + 1).reduce((sum, y) => sum + y, 0) >= enough.events;
}

/**
 * Farrington's algorithm as first published: is a count above what the same weeks of past years foretell?
 * Quasi-Poisson model of the reference points with or without a trend, past outbreaks down-weighted, threshold by the
 * two-thirds power: (μ^⅔ + z √(4/9 μ^⅓ τ))^{3/2}, τ = φ + var(μ̂)/μ. Kept beside the flexible one, which has fewer false alarms.
 * Source: Farrington, Andrews, Beale & Catchpole 1996.
 *
 * Unit: events. Not for counts near 0; refused with fewer than three past years.
 *
 * @example farrington({ counts: new Array(60).fill(16), at: 59, pointsPerYear: 12, yearsBack: 3, halfWindow: 2 }).expected.toFixed(6) // => '16.000000'
 */
export function farrington(input: ExceedanceInput): Exceedance | Refusal {
  const bad = badInput(input);
  if (bad) return bad;
  const { counts, at, alpha = 0.01 } = input;
  const places: number[] = [];
  for (let year = input.yearsBack; year >= 1; year -= 1)
    for (let gap = -input.halfWindow; gap <= input.halfWindow; gap += 1)
      places.push(at - year * input.pointsPerYear + gap);
  const chosen = chosenModel(input, { places, seasons: places.map(() => 0), own: 0 }, 1, 0.05);
  if (isRefusal(chosen)) return chosen;
  const { mean, logError } = predict(chosen.model, at);
  const { dispersion } = chosen.model;
  // The standard error of the mean itself is mean × logError.
  const spread = dispersion + logError * logError * mean;
  const z = -normalQuantile(alpha / 2);
  const threshold = (mean ** (2 / 3) + z * Math.sqrt((4 / 9) * mean ** (1 / 3) * spread)) ** 1.5;
  const many = enoughEvents(counts, at);
  return {
    method: { name: 'farrington', version: '1' },
    observed: counts[at]!,
    expected: mean,
    threshold,
    exceeds: many && counts[at]! > threshold,
    dispersion,
    trend: chosen.trend,
    enoughEvents: many,
    alpha,
  };
}

/** Each past year is cut into this many seasons around the window; points too near to the one judged are left out. */
function seasonalReference(input: ExceedanceInput & { seasons: number; leftOut: number }): Reference {
  const { at, pointsPerYear, yearsBack, halfWindow: w, seasons } = input;
  const season = new Map<number, number>();
  for (let place = at - w; place <= at; place += 1) season.set(place, seasons);
  for (let year = 1; year <= yearsBack; year += 1) {
    const middle = at - year * pointsPerYear;
    for (let place = middle - w; place <= middle + w; place += 1) season.set(place, seasons);
    if (seasons === 1) continue;
    const between = pointsPerYear - 2 * w - 1;
    const length = Math.floor(between / (seasons - 1));
    let place = middle + w + 1;
    // What does not divide evenly goes to the first seasons.
    for (let one = 1; one < seasons; one += 1) {
      const own = length + (one <= between % (seasons - 1) ? 1 : 0);
      for (let step = 0; step < own; step += 1, place += 1) if (place < at - w) season.set(place, one);
    }
  }
  const learned = [...season.keys()].filter((place) => place >= 0 && place < at - input.leftOut);
  // A season without any event tells nothing but that: its level has no finite estimate, and would spoil the others'.
  const withEvents = new Set(learned.filter((place) => input.counts[place]! > 0).map((place) => season.get(place)));
  const places = learned.filter((place) => withEvents.has(season.get(place))).sort((a, b) => a - b);
  return { places, seasons: places.map((place) => season.get(place)!), own: seasons };
}

/**
 * The flexible Farrington algorithm: is the count above what past years foretell?
 *
 *     ln μ = level + trend + season, quasi-Poisson, past outbreaks (Anscombe residual over 2.58) down-weighted
 *     threshold = 1 − alpha quantile of the negative binomial with mean μ and variance φ μ
 *
 * The trend is kept whether significant or not, as the authors found best. `seasons` parts the year (10 for weeks, 1 for months); the `leftOut` points just before are not learned from, so that a
 * rise does not hide itself. An exceedance is a reason to look, not a verdict, and at
 * a dated change of recording it may be nothing but that. Unit: events. Not with fewer than three past years. Source:
 * Noufaily, Enki, Farrington, Garthwaite, Andrews & Charlett 2013.
 *
 * @example farringtonFlexible({ counts: new Array(60).fill(16), at: 59, pointsPerYear: 12, yearsBack: 3, halfWindow: 2, seasons: 1, leftOut: 3 }).threshold // => 27
 */
export function farringtonFlexible(
  input: ExceedanceInput & { readonly seasons: number; readonly leftOut: number },
): Exceedance | Refusal {
  const bad = badInput(input);
  if (bad) return bad;
  const { counts, at, alpha = 0.005, seasons, leftOut } = input;
  if (!Number.isInteger(seasons) || seasons < 1 || seasons - 1 > input.pointsPerYear - 2 * input.halfWindow - 1)
    return refuse('window-out-of-range', 'The year cannot be cut into so many seasons.');
  if (!Number.isInteger(leftOut) || leftOut < 0)
    return refuse('window-out-of-range', 'The number of points left out must be a whole number from nought up.');
  const reference = seasonalReference(input);
  if (!reference.seasons.includes(seasons))
    return refuse('no-events', 'There were no events at this time of year in the years looked back on.');
  const chosen = chosenModel(input, reference, 2.58, Infinity);
  if (isRefusal(chosen)) return chosen;
  const { mean } = predict(chosen.model, at);
  const { dispersion } = chosen.model;
  const threshold =
    dispersion > 1
      ? negativeBinomialQuantile(1 - alpha, mean, mean / (dispersion - 1))
      : poissonQuantile(1 - alpha, mean);
  const many = enoughEvents(counts, at);
  return {
    method: { name: 'farrington-flexible', version: '1' },
    observed: counts[at]!,
    expected: mean,
    threshold,
    exceeds: many && counts[at]! > threshold,
    dispersion,
    trend: chosen.trend,
    enoughEvents: many,
    alpha,
  };
}

/**
 * EARS C1: is the count above the mean of the `baseline` points before it by more than z standard deviations?
 * For series too short for anything else; it knows no season and few points. Source: Hutwagner et al. 2003.
 *
 * Threshold = mean + z s of the baseline. Unit: events. Not where there is a season or a trend.
 *
 * @example earsC1({ counts: [2, 2, 2, 4, 6, 6, 6, 11], at: 7 }).threshold.toFixed(2) // => '10.18'
 */
export function earsC1(input: {
  readonly counts: readonly number[];
  readonly at: number;
  readonly baseline?: number;
  readonly alpha?: number;
}): { readonly method: Method; readonly threshold: number; readonly exceeds: boolean } | Refusal {
  const { counts, at, baseline = 7, alpha = 0.001 } = input;
  if (!areCounts(counts)) return refuse('not-a-count', 'The number of events must be a whole number from nought up.');
  if (!Number.isInteger(baseline) || baseline < 2 || baseline > 1000)
    return refuse('baseline-points', 'The baseline must be a whole number of points from 2 to 1,000.');
  if (!Number.isInteger(at) || at >= counts.length || at < baseline)
    return refuse('too-few-points', `There are fewer than ${baseline} points before the one to judge.`);
  if (!(alpha > 0 && alpha < 0.5)) return refuse('alpha-out-of-range', 'The chance of a false alarm must be small.');
  const past = counts.slice(at - baseline, at);
  const mean = past.reduce((sum, y) => sum + y, 0) / baseline;
  const deviation = Math.sqrt(past.reduce((sum, y) => sum + (y - mean) ** 2, 0) / (baseline - 1));
  const threshold = mean - normalQuantile(alpha) * deviation;
  return { method: { name: 'ears-c1', version: '1' }, threshold, exceeds: counts[at]! > threshold };
}
