import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countRegression, countTrend } from './count-regression.ts';
import { matrixOf } from './matrix.ts';
import { type Refusal, isRefusal } from './refusal.ts';

function answered<T>(answer: T | Refusal): T {
  if (isRefusal(answer)) throw new Error(answer.sentence);
  return answer;
}
const reasonOf = (answer: unknown): string => (isRefusal(answer) ? answer.reason : 'answered');
const days = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

describe('countTrend', () => {
  it('finds the growth that the means were made with, whatever the lengths of the months', () => {
    const exposure = Array.from({ length: 36 }, (_, i) => days[i % 12]!);
    const counts = exposure.map((d, i) => Math.round(400 * d * 1.1 ** (i / 12)));
    const trend = answered(countTrend({ counts, exposure }));
    expect(trend.annualChangePercent.estimate).toBeCloseTo(10, 2);
    expect(trend.seasonal).toBe(true);
    expect(trend.model).toBe('quasi-poisson');
  });

  it('leaves the season out before two full years', () => {
    expect(answered(countTrend({ counts: Array.from({ length: 23 }, (_, i) => 20 + (i % 5)) })).seasonal).toBe(false);
  });

  it('refuses short, empty and broken series', () => {
    const flat = new Array<number>(24).fill(5);
    expect(reasonOf(countTrend({ counts: [1, 2, 3] }))).toBe('too-few-points');
    expect(reasonOf(countTrend({ counts: [] }))).toBe('too-few-points');
    expect(reasonOf(countTrend({ counts: flat.map(() => 0) }))).toBe('no-events');
    expect(reasonOf(countTrend({ counts: flat, exposure: flat.map(() => 0) }))).toBe('no-exposure');
    expect(reasonOf(countTrend({ counts: flat, times: [1, 2] }))).toBe('lengths-differ');
    expect(reasonOf(countTrend({ counts: flat, level: 1 }))).toBe('level-out-of-range');
    expect(reasonOf(countTrend({ counts: [...flat, Number.NaN] }))).toBe('not-a-number');
    expect(reasonOf(countTrend({ counts: [...flat, -1] }))).toBe('negative-count');
  });

  it('keeps the estimate inside every interval, and the trend free of the scale of the exposure', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 300 }), { minLength: 24, maxLength: 48 }), (counts) => {
        const trend = answered(countTrend({ counts }));
        for (const one of [trend.annualChangePercent, trend.quasiPoisson, trend.neweyWest]) {
          expect(one.lower).toBeLessThanOrEqual(one.estimate);
          expect(one.upper).toBeGreaterThanOrEqual(one.estimate);
        }
        const scaled = answered(countTrend({ counts, exposure: counts.map(() => 1e5) }));
        const want = trend.quasiPoisson.estimate;
        expect(Math.abs(scaled.quasiPoisson.estimate - want)).toBeLessThan(1e-6 * (1 + Math.abs(want)));
      }),
      { numRuns: 40 },
    );
  });

  it('widens the interval of scattered counts by the negative binomial', () => {
    const counts = Array.from({ length: 48 }, (_, i) => (i % 3 === 0 ? 60 : 12) + (i % 7));
    const trend = answered(countTrend({ counts }));
    expect(trend.dispersion).toBeGreaterThan(1.2);
    expect(trend.model).toBe('negative-binomial');
    expect(trend.annualChangePercent).toBe(trend.negativeBinomial);
  });
});

it('countRegression gives quasi-Poisson errors that are the Poisson ones times the root of the dispersion', () => {
  const counts = [18, 17, 15, 20, 10, 20, 25, 13, 12];
  const fit = answered(countRegression({ design: matrixOf(counts.map((_, i) => [1, i])), counts }));
  fit.standardErrors.forEach((error, i) => {
    expect(fit.quasiStandardErrors[i]! ** 2 / error ** 2).toBeCloseTo(fit.poisson.pearsonDispersion, 12);
  });
  expect(isRefusal(fit.negativeBinomial)).toBe(true);
});
