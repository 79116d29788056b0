import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { meanBreaks } from './mean-breaks.ts';
import { isRefusal } from './refusal.ts';

function squaresAbout(values: readonly number[]): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
}

describe('meanBreaks', () => {
  it('finds the best single break of all, tried one by one', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 14, maxLength: 40 }), (values) => {
        const found = meanBreaks(values);
        if (isRefusal(found)) return;
        let least = Infinity;
        for (let at = found.leastSegment; at <= values.length - found.leastSegment; at += 1) {
          least = Math.min(least, squaresAbout(values.slice(0, at)) + squaresAbout(values.slice(at)));
        }
        expect(found.candidates[0]?.residualSquares).toBeCloseTo(squaresAbout(values), 6);
        expect(found.candidates[1]?.residualSquares).toBeCloseTo(least, 6);
        for (const candidate of found.candidates) {
          const bounds = [0, ...candidate.breaks, values.length];
          bounds.slice(1).forEach((bound, k) => expect(bound - bounds[k]!).toBeGreaterThanOrEqual(found.leastSegment));
        }
      }),
    );
  });

  it('does not depend on level or scale', () => {
    const values = [3, 4, 3, 5, 4, 3, 9, 8, 10, 9, 8, 9, 4, 3, 4, 3, 5, 3];
    const one = meanBreaks(values);
    const other = meanBreaks(values.map((value) => 1e6 + 1000 * value));
    if (isRefusal(one) || isRefusal(other)) throw new Error('refused');
    expect(one.breaks).toEqual([6, 12]);
    expect(other.breaks).toEqual(one.breaks);
  });

  it.each([
    ['equal values', new Array<number>(20).fill(7)],
    ['eleven points', [1, 2, 3, 4, 5, 6, 7, 8, 9, 1, 2]],
    ['an infinity', [...new Array<number>(20).fill(7), Infinity]],
  ])('refuses %s', (_name, values) => {
    expect(isRefusal(meanBreaks(values))).toBe(true);
  });
});
