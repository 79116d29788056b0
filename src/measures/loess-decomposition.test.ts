import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loessDecomposition } from './loess-decomposition.ts';
import { isRefusal } from './refusal.ts';

const months = Array.from({ length: 48 }, (_none, t) => t);
const season = (t: number): number => 20 * Math.sin((2 * Math.PI * t) / 12);

describe('loessDecomposition', () => {
  it('gives back a straight line and a fixed season', () => {
    const parts = loessDecomposition(
      months.map((t) => 100 + t + season(t)),
      { period: 12, seasonalWindow: 'periodic' },
    );
    if (isRefusal(parts)) throw new Error(parts.sentence);
    months.forEach((t) => {
      expect(Math.abs((parts.trend[t] ?? 0) - (100 + t))).toBeLessThan(1.5);
      expect(Math.abs((parts.seasonal[t] ?? 0) - season(t))).toBeLessThan(1.5);
      expect(parts.weights[t]).toBe(1);
    });
  });

  it('adds up, repeats when periodic, and moves with the series', () => {
    const series = fc.array(fc.integer({ min: 0, max: 200 }), { minLength: 24, maxLength: 50 });
    fc.assert(
      fc.property(series, fc.boolean(), (values, robust) => {
        const options = { period: 12, seasonalWindow: 'periodic', robust } as const;
        const parts = loessDecomposition(values, options);
        const moved = loessDecomposition(
          values.map((value) => value + 1000),
          options,
        );
        if (isRefusal(parts) || isRefusal(moved)) throw new Error('refused');
        values.forEach((value, t) => {
          const sum = (parts.trend[t] ?? 0) + (parts.seasonal[t] ?? 0) + (parts.remainder[t] ?? 0);
          expect(sum).toBeCloseTo(value, 9);
          if (t >= 12) expect(parts.seasonal[t]).toBe(parts.seasonal[t - 12]);
          if (!robust) expect(moved.trend[t]).toBeCloseTo((parts.trend[t] ?? 0) + 1000, 6);
        });
      }),
      { numRuns: 40 },
    );
  });

  it('trusts a wild point not at all when robust', () => {
    const values = months.map((t) => 100 + t + season(t) + ((t * 7) % 5));
    values[20] = 900;
    const parts = loessDecomposition(values, { period: 12, seasonalWindow: 13, robust: true });
    if (isRefusal(parts)) throw new Error(parts.sentence);
    expect(parts.weights[20]).toBe(0);
    expect(Math.abs((parts.trend[20] ?? 0) - 122)).toBeLessThan(5);
  });

  it.each([
    ['under two cycles', months.slice(0, 23), { period: 12, seasonalWindow: 'periodic' }],
    ['no number', [...months, Number.NaN], { period: 12, seasonalWindow: 'periodic' }],
    ['a cycle of one', months, { period: 1, seasonalWindow: 'periodic' }],
    ['a window of nought', months, { period: 12, seasonalWindow: 0 }],
  ] as const)('refuses %s', (_name, values, options) => {
    expect(isRefusal(loessDecomposition(values, options))).toBe(true);
  });
});
