import { cholesky, choleskySolve, matrixOf } from './matrix.ts';

/**
 * Variances of maximum-likelihood estimates: the diagonal of the inverse of the second derivatives of minus the log
 * likelihood, taken by central differences. `undefined` where the likelihood is not curved downwards on every side.
 */
export function observedVariances(
  minusLogLikelihood: (at: readonly number[]) => number,
  at: readonly number[],
  steps: readonly number[],
): readonly number[] | undefined {
  const size = at.length;
  const shifted = (moves: readonly (readonly [index: number, by: number])[]) =>
    minusLogLikelihood(at.map((value, i) => moves.reduce((sum, [index, by]) => (index === i ? sum + by : sum), value)));
  const here = minusLogLikelihood(at);
  const rows = at.map((_, i) =>
    at.map((__, j) => {
      const h = steps[i] ?? 0;
      const k = steps[j] ?? 0;
      if (i === j) return (shifted([[i, h]]) - 2 * here + shifted([[i, -h]])) / (h * h);
      const same = shifted([[i, h], [j, k]]) + shifted([[i, -h], [j, -k]]); // prettier-ignore
      const opposite = shifted([[i, h], [j, -k]]) + shifted([[i, -h], [j, k]]); // prettier-ignore
      return (same - opposite) / (4 * h * k);
    }),
  );
  if (rows.flat().some((value) => !Number.isFinite(value))) return undefined;
  const lower = cholesky(matrixOf(rows));
  if (lower === undefined) return undefined;
  const variances = Array.from({ length: size }, (_, i) => {
    const unit = Array.from({ length: size }, (__, j) => (i === j ? 1 : 0));
    return choleskySolve(lower, unit)[i] ?? 0;
  });
  return variances.every((variance) => variance > 0) ? variances : undefined;
}
