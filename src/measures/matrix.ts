/* eslint-disable @typescript-eslint/no-non-null-assertion -- every index below is bounded by its loop */
// Small dense linear algebra, row after row in one typed array. Regression on a few dozen columns is all it serves, so it
// is short and plain; a package would be larger than the need.

/** A matrix of rows × columns, row after row. */
export interface Matrix {
  readonly rows: number;
  readonly columns: number;
  readonly values: Float64Array;
}

/**
 * A matrix from its rows.
 *
 * @example matrixOf([[1, 2], [3, 4]]).columns // => 2
 */
export function matrixOf(rows: readonly ArrayLike<number>[]): Matrix {
  const columns = rows[0]?.length ?? 0;
  const values = new Float64Array(rows.length * columns);
  rows.forEach((row, i) => {
    values.set(row, i * columns);
  });
  return { rows: rows.length, columns, values };
}

/** A matrix of noughts. */
export function zeros(rows: number, columns: number): Matrix {
  return { rows, columns, values: new Float64Array(rows * columns) };
}

/** A B. */
export function multiply(a: Matrix, b: Matrix): Matrix {
  const result = zeros(a.rows, b.columns);
  for (let i = 0; i < a.rows; i += 1)
    for (let k = 0; k < a.columns; k += 1) {
      const factor = a.values[i * a.columns + k]!;
      if (factor === 0) continue;
      for (let j = 0; j < b.columns; j += 1) result.values[i * b.columns + j]! += factor * b.values[k * b.columns + j]!;
    }
  return result;
}

/** A with its rows as columns. */
export function transpose(a: Matrix): Matrix {
  const result = zeros(a.columns, a.rows);
  for (let i = 0; i < a.rows; i += 1)
    for (let j = 0; j < a.columns; j += 1) result.values[j * a.rows + i] = a.values[i * a.columns + j]!;
  return result;
}

/** A x. */
export function timesVector(a: Matrix, x: ArrayLike<number>): Float64Array {
  const result = new Float64Array(a.rows);
  for (let i = 0; i < a.rows; i += 1) {
    let sum = 0;
    for (let j = 0; j < a.columns; j += 1) sum += a.values[i * a.columns + j]! * x[j]!;
    result[i] = sum;
  }
  return result;
}

/** The square roots of the diagonal: standard errors from a covariance matrix. */
export function rootDiagonal(a: Matrix): number[] {
  return Array.from({ length: a.rows }, (_, i) => Math.sqrt(Math.max(0, a.values[i * a.columns + i]!)));
}

/** The lower triangle L with L Lᵀ = A, or nothing when A is not positive definite. */
export function cholesky(a: Matrix): Matrix | undefined {
  const n = a.rows;
  const lower = zeros(n, n);
  for (let i = 0; i < n; i += 1)
    for (let j = 0; j <= i; j += 1) {
      let sum = a.values[i * n + j]!;
      for (let k = 0; k < j; k += 1) sum -= lower.values[i * n + k]! * lower.values[j * n + k]!;
      if (i === j) {
        if (!(sum > Math.abs(a.values[i * n + i]!) * 1e-14)) return undefined;
        lower.values[i * n + i] = Math.sqrt(sum);
      } else lower.values[i * n + j] = sum / lower.values[j * n + j]!;
    }
  return lower;
}

/** Solves L Lᵀ x = b. */
export function choleskySolve(lower: Matrix, b: ArrayLike<number>): Float64Array {
  const n = lower.rows;
  const x = Float64Array.from(b);
  for (let i = 0; i < n; i += 1) {
    for (let k = 0; k < i; k += 1) x[i]! -= lower.values[i * n + k]! * x[k]!;
    x[i]! /= lower.values[i * n + i]!;
  }
  for (let i = n - 1; i >= 0; i -= 1) {
    for (let k = i + 1; k < n; k += 1) x[i]! -= lower.values[k * n + i]! * x[k]!;
    x[i]! /= lower.values[i * n + i]!;
  }
  return x;
}

/** What a least-squares fit leaves: the coefficients and (AᵀA)⁻¹. */
export interface LeastSquares {
  readonly coefficients: Float64Array;
  readonly unscaledCovariance: Matrix;
}

/**
 * The x that makes |A x − b| least, by Householder reflections (Golub 1965): squares nothing, so columns of very different
 * size do no harm. Nothing when a column is a combination of others (to 1e-9 of its length) or rows are fewer than columns.
 */
export function leastSquares(a: Matrix, b: ArrayLike<number>): LeastSquares | undefined {
  const { rows: m, columns: n } = a;
  if (m < n || n === 0) return undefined;
  // Column after column: the reflections run down columns.
  const q = transpose(a).values;
  const y = Float64Array.from(b);
  const diagonal = new Float64Array(n);
  const length = new Float64Array(n);
  for (let j = 0; j < n; j += 1) {
    let square = 0;
    for (let i = 0; i < m; i += 1) square += q[j * m + i]! ** 2;
    length[j] = Math.sqrt(square);
  }
  for (let j = 0; j < n; j += 1) {
    let square = 0;
    for (let i = j; i < m; i += 1) square += q[j * m + i]! ** 2;
    const norm = Math.sqrt(square);
    if (!(norm > 1e-9 * length[j]!)) return undefined;
    const alpha = q[j * m + j]! > 0 ? -norm : norm;
    q[j * m + j]! -= alpha;
    diagonal[j] = alpha;
    const half = -alpha * q[j * m + j]!;
    for (let k = j + 1; k < n; k += 1) {
      let dot = 0;
      for (let i = j; i < m; i += 1) dot += q[j * m + i]! * q[k * m + i]!;
      dot /= half;
      for (let i = j; i < m; i += 1) q[k * m + i]! -= dot * q[j * m + i]!;
    }
    let dot = 0;
    for (let i = j; i < m; i += 1) dot += q[j * m + i]! * y[i]!;
    dot /= half;
    for (let i = j; i < m; i += 1) y[i]! -= dot * q[j * m + i]!;
  }
  const coefficients = new Float64Array(n);
  for (let i = n - 1; i >= 0; i -= 1) {
    let sum = y[i]!;
    for (let k = i + 1; k < n; k += 1) sum -= q[k * m + i]! * coefficients[k]!;
    coefficients[i] = sum / diagonal[i]!;
  }
  // R⁻¹ by back substitution, then (AᵀA)⁻¹ = R⁻¹ R⁻ᵀ.
  const inverse = zeros(n, n);
  for (let j = 0; j < n; j += 1)
    for (let i = j; i >= 0; i -= 1) {
      let sum = i === j ? 1 : 0;
      for (let k = i + 1; k <= j; k += 1) sum -= q[k * m + i]! * inverse.values[k * n + j]!;
      inverse.values[i * n + j] = sum / diagonal[i]!;
    }
  return { coefficients, unscaledCovariance: multiply(inverse, transpose(inverse)) };
}
