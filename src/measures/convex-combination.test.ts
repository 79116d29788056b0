import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { convexCombination } from './convex-combination.ts';

const vector = fc.array(fc.integer({ min: -20, max: 20 }), { minLength: 4, maxLength: 4 });

describe('convexCombination', () => {
  it('meets the conditions of an optimum: no column lies nearer along the residual', () => {
    fc.assert(
      fc.property(fc.array(vector, { minLength: 1, maxLength: 9 }), vector, (columns, target) => {
        const weights = convexCombination(columns, target);
        expect(weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 9);
        for (const weight of weights) expect(weight).toBeGreaterThanOrEqual(0);
        const residual = target.map((value, i) =>
          weights.reduce((left, weight, j) => left - weight * (columns[j]?.[i] ?? 0), value),
        );
        const along = columns.map((column) => column.reduce((sum, value, i) => sum + value * (residual[i] ?? 0), 0));
        const most = Math.max(...along);
        weights.forEach((weight, j) => {
          if (weight > 1e-6) expect(most - (along[j] ?? 0)).toBeLessThan(1e-4);
        });
      }),
      { numRuns: 500 },
    );
  });

  it('meets a target that is one of the columns', () => {
    expect(
      convexCombination(
        [
          [1, 2],
          [3, 4],
          [3, 4],
        ],
        [3, 4],
      )[0],
    ).toBe(0);
  });
});
