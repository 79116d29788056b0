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
  // MASS::glm.nb 7.3-58 finds the same size, though these counts are hardly scattered.
  expect(answered(fit.negativeBinomial).size).toBeCloseTo(113.8877, 3);
  const even = [15, 16, 15, 16, 15, 16, 15, 16, 15];
  const flat = answered(countRegression({ design: matrixOf(even.map((_, i) => [1, i])), counts: even }));
  expect(reasonOf(flat.negativeBinomial)).toBe('not-overdispersed');
});

it('finds a likeliest size that lies past the first Newton step, as MASS::glm.nb 7.3-58 does', () => {
  const counts = [
    [
      9, 7, 10, 9, 8, 4, 4, 4, 10, 4, 9, 7, 6, 6, 9, 5, 4, 4, 5, 7, 2, 7, 7, 11, 6, 4, 4, 7, 2, 5, 7, 5, 5, 11, 1, 9, 8,
      8,
    ],
    [
      4, 3, 5, 8, 9, 7, 4, 11, 8, 7, 4, 8, 12, 5, 8, 7, 5, 9, 8, 17, 8, 6, 5, 9, 14, 7, 10, 13, 7, 8, 3, 4, 8, 5, 10,
      11,
    ],
    [9, 6, 8, 7, 12, 9, 6, 8, 6, 11],
  ].flat();
  const angle = (t: number): number => (2 * Math.PI * t) / 12;
  const fit = answered(
    countRegression({
      design: matrixOf(counts.map((_, i) => [1, i + 1, Math.sin(angle(i + 1)), Math.cos(angle(i + 1))])),
      counts,
      exposure: counts.map((_, i) => (100_000 + 50 * (i + 1)) * [31, 28, 31, 30][i % 4]!),
    }),
  );
  const model = answered(fit.negativeBinomial);
  expect(model.size).toBeCloseTo(100.476, 3);
  expect(model.fit.logLikelihood).toBeCloseTo(-202.659147242, 8);
  expect(model.fit.coefficients[1]).toBeCloseTo(0.003907205623, 8);
});
