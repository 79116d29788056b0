/* eslint-disable @typescript-eslint/no-non-null-assertion -- every index below is bounded by its loop */
import { logGamma } from './gamma-function.ts';
import { areFinite, isPositive } from './input.ts';
import { type Matrix, leastSquares, zeros } from './matrix.ts';
import { type Refusal, refuse } from './refusal.ts';

/** What a generalised linear model needs: a row of the design for each response. */
export interface GlmInput {
  readonly design: Matrix;
  readonly response: ArrayLike<number>;
  /** Added to the linear predictor: ln(person-days) makes a model of counts a model of rates. */
  readonly offset?: ArrayLike<number>;
  /** How much each row counts; 1 when absent. */
  readonly weights?: ArrayLike<number>;
  /** Log link, variance μ for Poisson, μ + μ²/size for the negative binomial. */
  readonly family: 'poisson' | { readonly negativeBinomialSize: number };
  /** Coefficients to start from, such as those of a nearby fit. */
  readonly start?: ArrayLike<number>;
}

/** A fitted model of counts. */
export interface Glm {
  readonly coefficients: Float64Array;
  /** (XᵀWX)⁻¹: the covariance of the coefficients when the dispersion is 1. */
  readonly unscaledCovariance: Matrix;
  /** The means that the model gives each row. */
  readonly fitted: Float64Array;
  readonly deviance: number;
  readonly logLikelihood: number;
  /** Pearson's X² over its degrees of freedom: 1 for a Poisson count, more when counts vary more. */
  readonly pearsonDispersion: number;
  readonly residualDegrees: number;
  /** What each row adds to the score, row after row: the meat of every robust covariance. */
  readonly scores: Matrix;
}

/** Twice what a row lacks of a perfect log-likelihood. */
function rowDeviance(y: number, mu: number, size: number): number {
  const first = y > 0 ? y * Math.log(y / mu) : 0;
  if (size === Infinity) return 2 * (first - (y - mu));
  return 2 * (first - (y + size) * Math.log((y + size) / (mu + size)));
}

function rowLogLikelihood(y: number, mu: number, size: number): number {
  const first = y > 0 ? y * Math.log(mu) : 0;
  if (size === Infinity) return first - mu - logGamma(y + 1);
  return (
    logGamma(size + y) -
    logGamma(size) -
    logGamma(y + 1) +
    size * Math.log(size) +
    first -
    (size + y) * Math.log(size + mu)
  );
}

const noFit = refuse(
  'no-finite-estimate',
  'The model cannot be fitted to these figures: part of them has no events at all, or one column repeats others.',
);

/**
 * Fits a model of counts with a log link by iteratively reweighted least squares (Nelder & Wedderburn 1972).
 *
 *     ln μ = X β + offset,  var(y) = μ (Poisson) or μ + μ²/size (negative binomial)
 *
 * Not for counts below nought, and not when a group of rows holds no event at all: its coefficient has no finite estimate,
 * and the fit is refused rather than stopped somewhere on the way to minus infinity. Unit: coefficients on the log scale.
 * Source: Nelder & Wedderburn 1972.
 *
 * @example Math.exp(fitGlm({ design: { rows: 3, columns: 1, values: Float64Array.of(1, 1, 1) }, response: [2, 4, 6], family: 'poisson' }).coefficients[0]).toFixed(6) // => '4.000000'
 */
export function fitGlm(input: GlmInput): Glm | Refusal {
  const { design, response, family } = input;
  const { rows, columns } = design;
  const size = family === 'poisson' ? Infinity : family.negativeBinomialSize;
  if (
    response.length !== rows ||
    (input.offset ?? response).length !== rows ||
    (input.weights ?? response).length !== rows
  )
    return refuse('lengths-differ', 'The columns given do not have the same number of rows.');
  if (!(rows >= 1 && columns >= 1) || design.values.length !== rows * columns)
    return refuse('lengths-differ', 'The columns given do not have the same number of rows.');
  if ((input.start?.length ?? columns) !== columns || !areFinite(input.start ?? []))
    return refuse('bad-start', 'There must be one number to start from for each term of the model.');
  if (rows <= columns) return refuse('too-few-points', 'There are too few points for a model with this many terms.');
  if (
    !areFinite(design.values) ||
    !areFinite(response) ||
    !areFinite(input.offset ?? []) ||
    !areFinite(input.weights ?? [])
  )
    return refuse('not-a-number', 'Some of the figures given are missing or are not numbers.');

  let counted = 0;
  let total = 0;
  for (let i = 0; i < rows; i += 1) {
    const y = response[i]!;
    const w = input.weights?.[i] ?? 1;
    if (y < 0 || w < 0) return refuse('negative-count', 'A count of events cannot be below nought.');
    if (w > 0) counted += 1;
    total += w * y;
  }
  if (!isPositive(total)) return refuse('no-events', 'There are no events to fit a model to.');
  if (!(size >= 1e-6)) return refuse('size-out-of-range', 'The size of the negative binomial must be above nought.');

  const offset = Float64Array.from({ length: rows }, (_, i) => input.offset?.[i] ?? 0);
  const weights = Float64Array.from({ length: rows }, (_, i) => input.weights?.[i] ?? 1);
  const fitted = new Float64Array(rows);
  const predictor = new Float64Array(rows);

  function predict(coefficients: ArrayLike<number>): number {
    let deviance = 0;
    for (let i = 0; i < rows; i += 1) {
      let eta = offset[i]!;
      for (let j = 0; j < columns; j += 1) eta += design.values[i * columns + j]! * coefficients[j]!;
      predictor[i] = eta;
      fitted[i] = Math.exp(eta);
      deviance += weights[i]! * rowDeviance(response[i]!, fitted[i]!, size);
    }
    return deviance;
  }

  let deviance: number;
  let coefficients: Float64Array | undefined;
  if (input.start) {
    coefficients = Float64Array.from(input.start);
    deviance = predict(coefficients);
  } else {
    // The usual start: the data themselves, a tenth above nought.
    for (let i = 0; i < rows; i += 1) {
      fitted[i] = response[i]! + 0.1;
      predictor[i] = Math.log(fitted[i]!);
    }
    deviance = Infinity;
  }

  const weighted = zeros(rows, columns);
  const target = new Float64Array(rows);
  let covariance: Matrix | undefined;
  let settled = false;
  for (let round = 0; round < 60 && !settled; round += 1) {
    for (let i = 0; i < rows; i += 1) {
      const mu = fitted[i]!;
      const root = Math.sqrt(weights[i]! * (size === Infinity ? mu : mu / (1 + mu / size)));
      target[i] = root * (predictor[i]! - offset[i]! + (response[i]! - mu) / mu);
      for (let j = 0; j < columns; j += 1) weighted.values[i * columns + j] = root * design.values[i * columns + j]!;
    }
    if (!areFinite(target) || !areFinite(weighted.values)) return noFit;
    const step = leastSquares(weighted, target);
    if (step === undefined) return noFit;
    covariance = step.unscaledCovariance;
    const before = deviance;
    const from = coefficients;
    let next = step.coefficients;
    deviance = predict(next);
    // A step that overshoots is halved towards where it came from.
    for (let half = 0; half < 30 && from !== undefined && !(deviance <= before * (1 + 1e-9) + 1e-9); half += 1) {
      next = next.map((value, j) => (value + from[j]!) / 2);
      deviance = predict(next);
    }
    coefficients = next;
    if (!Number.isFinite(deviance)) return noFit;
    let change = from === undefined ? Infinity : 0;
    for (let j = 0; j < columns && from !== undefined; j += 1)
      change = Math.max(change, Math.abs(next[j]! - from[j]!) / (Math.abs(next[j]!) + 0.01));
    settled = change < 1e-9;
  }
  if (!settled || coefficients === undefined || covariance === undefined) return noFit;

  let pearson = 0;
  let logLikelihood = 0;
  const scores = zeros(rows, columns);
  for (let i = 0; i < rows; i += 1) {
    const y = response[i]!;
    const mu = fitted[i]!;
    const spread = size === Infinity ? 1 : 1 + mu / size;
    pearson += (weights[i]! * (y - mu) ** 2) / (mu * spread);
    logLikelihood += weights[i]! * rowLogLikelihood(y, mu, size);
    const factor = (weights[i]! * (y - mu)) / spread;
    for (let j = 0; j < columns; j += 1) scores.values[i * columns + j] = factor * design.values[i * columns + j]!;
  }
  const residualDegrees = counted - columns;
  return {
    coefficients,
    unscaledCovariance: covariance,
    fitted,
    deviance,
    logLikelihood,
    pearsonDispersion: residualDegrees > 0 ? pearson / residualDegrees : 0,
    residualDegrees,
    scores,
  };
}
