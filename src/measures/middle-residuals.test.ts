import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { middleResiduals } from './middle-residuals.ts';

describe('middleResiduals', () => {
  const values = fc.array(fc.integer({ min: 0, max: 1000 }), { minLength: 1, maxLength: 60 });

  it('is twice the median of an odd number', () => {
    fc.assert(
      fc.property(
        values.filter((list) => list.length % 2 === 1),
        (list) => {
          const sorted = [...list].sort((a, b) => a - b);
          expect(middleResiduals(Float64Array.from(list))).toBe(2 * sorted[list.length >> 1]!);
        },
      ),
    );
  });

  it('has at least one of the two middle values of an even number', () => {
    fc.assert(
      fc.property(
        values.filter((list) => list.length % 2 === 0),
        (list) => {
          const sorted = [...list].sort((a, b) => a - b);
          const half = list.length / 2;
          const sum = middleResiduals(Float64Array.from(list));
          expect([sum - sorted[half]!, sum - sorted[half - 1]!].some((other) => list.includes(other))).toBe(true);
        },
      ),
    );
  });
});
