/* eslint-disable @typescript-eslint/no-non-null-assertion -- every index below is bounded by its loop */
import { type Matrix, multiply, transpose, zeros } from './matrix.ts';

/** What a fit must give for a robust covariance: (XᵀWX)⁻¹, and what each row adds to the score. */
export interface ScoredFit {
  readonly unscaledCovariance: Matrix;
  readonly scores: Matrix;
}

function sandwich(bread: Matrix, meat: Matrix, factor: number): Matrix {
  const result = multiply(multiply(bread, meat), bread);
  for (let i = 0; i < result.values.length; i += 1) result.values[i]! *= factor;
  return result;
}

/** The covariance that holds when the variances are not those of the model (White 1980; HC0). */
export function heteroscedasticCovariance(fit: ScoredFit): Matrix {
  return sandwich(fit.unscaledCovariance, multiply(transpose(fit.scores), fit.scores), 1);
}

/**
 * The covariance that also holds when neighbouring months resemble each other (Newey & West 1987), rows in order of time:
 * Γ₀ + Σ (1 − j/(lag+1)) (Γⱼ + Γⱼᵀ), times n/(n−k) when `adjusted`.
 */
export function neweyWestCovariance(fit: ScoredFit, lag: number, adjusted: boolean): Matrix {
  const { rows, columns, values } = fit.scores;
  const meat = multiply(transpose(fit.scores), fit.scores);
  for (let gap = 1; gap <= Math.min(lag, rows - 1); gap += 1) {
    const weight = 1 - gap / (lag + 1);
    for (let i = gap; i < rows; i += 1)
      for (let a = 0; a < columns; a += 1)
        for (let b = 0; b < columns; b += 1) {
          const product = weight * values[i * columns + a]! * values[(i - gap) * columns + b]!;
          meat.values[a * columns + b]! += product;
          meat.values[b * columns + a]! += product;
        }
  }
  return sandwich(fit.unscaledCovariance, meat, adjusted ? rows / (rows - columns) : 1);
}

/**
 * The covariance that holds when rows of one cluster go together (Liang & Zeger 1986): as it is for HC0, times
 * G/(G−1) × (n−1)/(n−k) for HC1. With fewer than about ten clusters it is too small: use a wild bootstrap or a permutation instead.
 */
export function clusteredCovariance(fit: ScoredFit, clusters: readonly string[], kind: 'HC0' | 'HC1'): Matrix {
  const { rows, columns, values } = fit.scores;
  const place = new Map<string, number>();
  for (const cluster of clusters) if (!place.has(cluster)) place.set(cluster, place.size);
  const sums = zeros(place.size, columns);
  for (let i = 0; i < rows; i += 1) {
    const g = place.get(clusters[i]!)!;
    for (let j = 0; j < columns; j += 1) sums.values[g * columns + j]! += values[i * columns + j]!;
  }
  const few = place.size / (place.size - 1);
  const factor = kind === 'HC1' ? (few * (rows - 1)) / (rows - columns) : 1;
  return sandwich(fit.unscaledCovariance, multiply(transpose(sums), sums), factor);
}
