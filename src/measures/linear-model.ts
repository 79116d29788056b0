/* eslint-disable @typescript-eslint/no-non-null-assertion -- every index below is bounded by its loop */
import { areFinite } from './input.ts';
import { type Matrix, leastSquares, timesVector, zeros } from './matrix.ts';
import { type Refusal, refuse } from './refusal.ts';

/** An ordinary least-squares fit. */
export interface LinearModel {
  readonly coefficients: Float64Array;
  /** (XᵀX)⁻¹. */
  readonly unscaledCovariance: Matrix;
  readonly residuals: Float64Array;
  /** Each row of the design times its residual: the meat of a robust covariance. */
  readonly scores: Matrix;
}

/** Fits y = X β + error by least squares. Not for counts, whose variance grows with their mean; beside them, as a check. */
export function fitLinear(design: Matrix, response: ArrayLike<number>): LinearModel | Refusal {
  if (response.length !== design.rows)
    return refuse('lengths-differ', 'The columns given do not have the same number of rows.');
  if (!areFinite(response) || !areFinite(design.values))
    return refuse('not-a-number', 'Some of the figures given are missing or are not numbers.');
  const fit = leastSquares(design, response);
  if (fit === undefined)
    return refuse('no-finite-estimate', 'The model cannot be fitted: too few points, or one column repeats others.');
  const residuals = timesVector(design, fit.coefficients).map((value, i) => response[i]! - value);
  const scores = zeros(design.rows, design.columns);
  for (let i = 0; i < design.rows; i += 1)
    for (let j = 0; j < design.columns; j += 1)
      scores.values[i * design.columns + j] = residuals[i]! * design.values[i * design.columns + j]!;
  return { ...fit, residuals, scores };
}

/**
 * Durbin and Watson's statistic: near 2 when residuals do not depend on those before, nearer 0 when they resemble them.
 *
 * @example durbinWatson([1, -1, 1, -1]) // => 3
 */
export function durbinWatson(residuals: ArrayLike<number>): number {
  let steps = 0;
  let squares = 0;
  for (let i = 0; i < residuals.length; i += 1) {
    if (i > 0) steps += (residuals[i]! - residuals[i - 1]!) ** 2;
    squares += residuals[i]! ** 2;
  }
  return squares === 0 ? 2 : steps / squares;
}

/**
 * How much values resemble those `1 … lags` places before: the autocorrelations, around their mean.
 *
 * @example autocorrelations([1, 2, 3, 4, 5], 1)[0].toFixed(1) // => '0.4'
 */
export function autocorrelations(values: ArrayLike<number>, lags: number): number[] {
  let mean = 0;
  for (let i = 0; i < values.length; i += 1) mean += values[i]! / values.length;
  let variance = 0;
  for (let i = 0; i < values.length; i += 1) variance += (values[i]! - mean) ** 2;
  return Array.from({ length: lags }, (_, k) => {
    let sum = 0;
    for (let i = k + 1; i < values.length; i += 1) sum += (values[i]! - mean) * (values[i - k - 1]! - mean);
    return variance === 0 ? 0 : sum / variance;
  });
}
