import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  cholesky,
  choleskySolve,
  leastSquares,
  matrixOf,
  multiply,
  rootDiagonal,
  timesVector,
  transpose,
} from './matrix.ts';

const rows = fc.array(fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 3, maxLength: 3 }), {
  minLength: 6,
  maxLength: 12,
});

describe('leastSquares', () => {
  // NIST Statistical Reference Datasets, Longley: certified to fifteen digits, and hard because the columns nearly agree.
  const longley = [
    [60323, 83.0, 234289, 2356, 1590, 107608, 1947],
    [61122, 88.5, 259426, 2325, 1456, 108632, 1948],
    [60171, 88.2, 258054, 3682, 1616, 109773, 1949],
    [61187, 89.5, 284599, 3351, 1650, 110929, 1950],
    [63221, 96.2, 328975, 2099, 3099, 112075, 1951],
    [63639, 98.1, 346999, 1932, 3594, 113270, 1952],
    [64989, 99.0, 365385, 1870, 3547, 115094, 1953],
    [63761, 100.0, 363112, 3578, 3350, 116219, 1954],
    [66019, 101.2, 397469, 2904, 3048, 117388, 1955],
    [67857, 104.6, 419180, 2822, 2857, 118734, 1956],
    [68169, 108.4, 442769, 2936, 2798, 120445, 1957],
    [66513, 110.8, 444546, 4681, 2637, 121950, 1958],
    [68655, 112.6, 482704, 3813, 2552, 123366, 1959],
    [69564, 114.2, 502601, 3931, 2514, 125368, 1960],
    [69331, 115.7, 518173, 4806, 2572, 127852, 1961],
    [70551, 116.9, 554894, 4007, 2827, 130081, 1962],
  ];
  const certified = [
    -3482258.63459582, 15.0618722713733, -0.035819179292591, -2.02022980381683, -1.03322686717359, -0.0511041056535807,
    1829.15146461355,
  ];
  const certifiedErrors = [
    890420.383607373, 84.9149257747669, 0.0334910077722432, 0.488399681651699, 0.214274163161675, 0.22607320006937,
    455.478499142212,
  ];

  it('meets the certified values of the Longley data', () => {
    const y = longley.map((row) => row[0]!);
    const design = matrixOf(longley.map((row) => [1, ...row.slice(1)]));
    const fit = leastSquares(design, y)!;
    certified.forEach((want, i) => {
      expect(Math.abs(fit.coefficients[i]! / want - 1)).toBeLessThan(1e-7);
    });
    const residuals = timesVector(design, fit.coefficients).map((value, i) => y[i]! - value);
    const variance = residuals.reduce((sum, r) => sum + r * r, 0) / (16 - 7);
    rootDiagonal(fit.unscaledCovariance).forEach((root, i) => {
      expect(Math.abs((root * Math.sqrt(variance)) / certifiedErrors[i]! - 1)).toBeLessThan(1e-7);
    });
  });

  it('says when a column is made of others, and when rows are too few', () => {
    expect(
      leastSquares(
        matrixOf([
          [1, 2, 3],
          [1, 5, 6],
          [1, 1, 2],
          [1, 0, 1],
        ]),
        [1, 2, 3, 4],
      ),
    ).toBeUndefined();
    expect(leastSquares(matrixOf([[1, 2]]), [1])).toBeUndefined();
    expect(leastSquares(matrixOf([[0], [0]]), [1, 2])).toBeUndefined();
  });

  it('leaves residuals at right angles to every column', () => {
    fc.assert(
      fc.property(rows, (a) => {
        const design = matrixOf(a);
        const y = a.map((row, i) => row[0]! - i);
        const fit = leastSquares(design, y);
        fc.pre(fit !== undefined);
        // Only well-conditioned designs: the property is about the method, not about rounding.
        fc.pre(Math.max(...rootDiagonal(fit.unscaledCovariance)) < 1e3);
        const residuals = timesVector(design, fit.coefficients).map((value, i) => y[i]! - value);
        for (const dot of timesVector(transpose(design), residuals)) expect(Math.abs(dot)).toBeLessThan(1e-7);
      }),
    );
  });
});

describe('cholesky', () => {
  it('solves A x = b', () => {
    const a = matrixOf([
      [4, 2, 0.6],
      [2, 5, 1],
      [0.6, 1, 3],
    ]);
    const x = choleskySolve(cholesky(a)!, [1, 2, 3]);
    timesVector(a, x).forEach((value, i) => expect(value).toBeCloseTo(i + 1, 12));
  });

  it('says when a matrix is not positive definite', () => {
    expect(
      cholesky(
        matrixOf([
          [1, 2],
          [2, 1],
        ]),
      ),
    ).toBeUndefined();
    expect(
      cholesky(
        matrixOf([
          [1, 1],
          [1, 1],
        ]),
      ),
    ).toBeUndefined();
  });
});

it('multiply follows the rule of the transpose: (A B)ᵀ = Bᵀ Aᵀ', () => {
  const a = matrixOf([
    [1, 2, 3],
    [4, 5, 6],
  ]);
  const b = matrixOf([
    [1, 0],
    [2, -1],
    [0, 3],
  ]);
  expect(transpose(multiply(a, b))).toEqual(multiply(transpose(b), transpose(a)));
  expect([...multiply(a, b).values]).toEqual([5, 7, 14, 13]);
});
