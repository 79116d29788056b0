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
  // Four coefficients and the size: Akaike's criterion is 2 × 5 less twice the log likelihood.
  expect(model.aic).toBeCloseTo(10 + 2 * 202.659147242, 7);
});

it('countRegression is glm.D93 of R’s help page, from Dobson 1990', () => {
  const counts = [18, 17, 15, 20, 10, 20, 25, 13, 12];
  const design = matrixOf(
    counts.map((_, i) => [1, i % 3 === 1 ? 1 : 0, i % 3 === 2 ? 1 : 0, i >= 3 && i < 6 ? 1 : 0, i >= 6 ? 1 : 0]),
  );
  const fit = answered(countRegression({ design, counts }));
  // As printed: AIC 56.76; intercept 3.045 (0.1709), outcome2 −0.4543 (0.2022), outcome3 −0.2930 (0.1927).
  expect(fit.aic).toBeCloseTo(56.76, 2);
  expect(fit.poisson.coefficients[0]).toBeCloseTo(3.045, 3);
  expect(fit.poisson.coefficients[1]).toBeCloseTo(-0.4543, 4);
  expect([...fit.standardErrors].slice(0, 3).map((error) => error.toFixed(4))).toEqual(['0.1709', '0.2022', '0.1927']);
});

it('countRegression sums up neighbours as White, and Newey and West do, by hand', () => {
  // A mean of 3 alone: 2, 0, 1 below and 3 above. Squares 14; products one apart −3, two apart 2, three apart −6.
  const given = { design: matrixOf([[1], [1], [1], [1]]), counts: [1, 3, 2, 6] };
  const fit = answered(countRegression({ ...given, lag: 1 }));
  expect(fit.standardErrors[0]).toBeCloseTo(1 / Math.sqrt(12), 12);
  expect(fit.robustStandardErrors[0]).toBeCloseTo(Math.sqrt(14) / 12, 12);
  expect(fit.neweyWestStandardErrors[0]).toBeCloseTo(Math.sqrt(14 - 3) / 12, 12);
  // Three apart unless asked for otherwise: 14 + 2 (¾ × −3 + ½ × 2 + ¼ × −6).
  expect(answered(countRegression(given)).neweyWestStandardErrors[0]).toBeCloseTo(Math.sqrt(8.5) / 12, 12);
  expect(answered(countRegression({ ...given, lag: 0 })).neweyWestStandardErrors[0]).toBeCloseTo(
    Math.sqrt(14) / 12,
    12,
  );
  expect(reasonOf(countRegression({ ...given, lag: 4 }))).toBe('bad-lag');
  const long = { design: matrixOf(Array.from({ length: 8 }, () => [1])), counts: [1, 3, 2, 6, 1, 3, 2, 6] };
  expect(reasonOf(countRegression({ ...long, lag: 7 }))).toBe('answered');
  expect(reasonOf(countRegression({ ...long, lag: 8 }))).toBe('bad-lag');
  expect(countRegression({ ...given, exposure: [1, 0, 1, 1] })).toMatchObject({
    sentence: 'Some months have no days or no people to count events over.',
  });
});

describe('the season and the errors of countTrend', () => {
  const wave = (t: number, k: number): number => (2 * Math.PI * k * t) / 12;
  const months = (length: number) => Array.from({ length }, (_, i) => i + 1);
  const seasonal = (t: number): number =>
    Math.round(90_000 * Math.exp(0.3 * Math.sin(wave(t, 1)) + 0.2 * Math.cos(wave(t, 1)) + 0.1 * Math.sin(wave(t, 2))));

  it('gives back the waves that the counts were made of', () => {
    const counts = months(36).map(seasonal);
    const coefficients = (over: object) => answered(countTrend({ counts, ...over })).regression.poisson.coefficients;
    const both = coefficients({ harmonics: 2 });
    for (const [i, want] of [Math.log(90_000), 0, 0.3, 0.2, 0.1, 0].entries()) expect(both[i]).toBeCloseTo(want, 4);
    expect(coefficients({})).toHaveLength(4);
    // A month that is missing does not move the others.
    const late = months(37).filter((t) => t !== 5);
    const told = coefficients({ counts: late.map(seasonal), times: late, harmonics: 2 });
    for (const [i, want] of [Math.log(90_000), 0, 0.3, 0.2, 0.1, 0].entries()) expect(told[i]).toBeCloseTo(want, 4);
  });

  it('has a season from two full years on, unless told not to', () => {
    const counts = months(24).map(seasonal);
    expect(answered(countTrend({ counts })).seasonal).toBe(true);
    expect(answered(countTrend({ counts, harmonics: 0 })).seasonal).toBe(false);
    expect(answered(countTrend({ counts: counts.slice(0, 12) })).seasonal).toBe(false);
    expect(countTrend({ counts: counts.slice(0, 20), pointsPerYear: 24 })).toMatchObject({
      sentence: 'A trend needs at least 24 points; there are 20.',
    });
    expect(reasonOf(countTrend({ counts: counts.slice(0, 11), pointsPerYear: 4 }))).toBe('too-few-points');
    expect(countTrend({ counts, times: [1, 2] })).toMatchObject({
      sentence: 'The columns given do not have the same number of rows.',
    });
  });

  it('turns each slope and its error into per cent a year', () => {
    const counts = months(48).map((t) => 20 + ((t * 7) % 11) + (t % 5) * 6);
    const trend = answered(countTrend({ counts, lag: 5, level: 0.9 }));
    const { regression } = trend;
    const second = answered(regression.negativeBinomial);
    const inYears = (slope: number, error: number): unknown[] =>
      [slope, slope - 1.644853627 * error, slope + 1.644853627 * error].map((b): unknown =>
        expect.closeTo(100 * (Math.exp(12 * b) - 1), 5),
      );
    const shown = ({ estimate, lower, upper }: { estimate: number; lower: number; upper: number }) => [estimate, lower, upper]; // prettier-ignore
    const slope = regression.poisson.coefficients[1]!;
    expect(shown(trend.quasiPoisson)).toEqual(inYears(slope, regression.quasiStandardErrors[1]!));
    expect(shown(trend.neweyWest)).toEqual(inYears(slope, regression.neweyWestStandardErrors[1]!));
    expect(shown(trend.negativeBinomial!)).toEqual(inYears(second.fit.coefficients[1]!, second.standardErrors[1]!));
    // The lag asked for is the lag used.
    const design = matrixOf(months(48).map((t) => [1, t, Math.sin(wave(t, 1)), Math.cos(wave(t, 1))]));
    const same = answered(countRegression({ design, counts, lag: 5 }));
    expect(regression.neweyWestStandardErrors[1]).toBeCloseTo(same.neweyWestStandardErrors[1]!, 12);
    const usual = answered(countRegression({ design, counts }));
    expect(usual.neweyWestStandardErrors[1]).not.toBeCloseTo(same.neweyWestStandardErrors[1]!, 5);
    expect(answered(countTrend({ counts })).regression.neweyWestStandardErrors[1]).toBeCloseTo(
      usual.neweyWestStandardErrors[1]!,
      12,
    );
  });

  it('shows the quasi-Poisson interval of counts that scatter little, though the other can be fitted', () => {
    const counts = [9, 7, 10, 9, 8, 4, 4, 4, 10, 4, 9, 7, 6, 6, 9, 5, 4, 4, 5, 7, 2, 7, 7, 11, 4, 3, 5, 8, 9, 7, 4, 11, 8, 7, 4, 8, 12, 5, 8, 7, 5, 9, 8, 17, 8, 6, 5, 9]; // prettier-ignore
    const trend = answered(countTrend({ counts, harmonics: 0 }));
    expect(trend.dispersion).toBeLessThan(1.2);
    expect(trend.model).toBe('quasi-poisson');
    expect(trend.negativeBinomial).not.toBeNull();
    expect(trend.annualChangePercent).toBe(trend.quasiPoisson);
  });

  it('refuses a trend whose interval has no end that a page can print', () => {
    const counts = [...new Array<number>(11).fill(1), 1e9];
    const answer = countTrend({ counts });
    expect(reasonOf(answer)).toBe('no-finite-estimate');
    expect(isRefusal(answer) && answer.sentence).toContain('too much from point to point');
  });
});
