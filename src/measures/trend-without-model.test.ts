import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mannKendall } from './mann-kendall.ts';
import { isRefusal, type Refusal } from './refusal.ts';
import { theilSen } from './theil-sen.ts';
import { trendVerdict } from './trend-verdict.ts';

function answer<T>(got: T | Refusal): T {
  if (isRefusal(got)) throw new Error(got.sentence);
  return got;
}

const series = fc.array(fc.integer({ min: 0, max: 30 }), { minLength: 3, maxLength: 40 });

describe('Mann-Kendall', () => {
  // R 4.2.2, Kendall 2.2.1 and the definition.
  it.each([
    { y: [3, 3, 4, 4, 4, 5, 2, 6, 6, 7, 7, 7], S: 46, variance: 203.333333333333, z: 3.15579092993225, p: 0.00160063547910506, tau: 0.743484377861023 }, // prettier-ignore
    { y: [0, 0, 0, 0, 1, 0, 0, 2, 0, 1, 3, 2], S: 31, variance: 166.333333333333, z: 2.32611728923685, p: 0.020012294455067, tau: 0.581909537315369 }, // prettier-ignore
    { y: [1, 3, 2, 5], S: 4, variance: 8.66666666666667, z: 1.01904933073014, p: 0.308179547467054, tau: 0.666666626930237 }, // prettier-ignore
  ])('agrees with R on $y', ({ y, S, variance, z, p, tau }) => {
    const got = answer(mannKendall(y));
    expect(got.S).toBe(S);
    expect(got.variance).toBeCloseTo(variance, 10);
    expect(got.z).toBeCloseTo(z, 12);
    expect(got.pTwoSided).toBeCloseTo(p, 12);
    // Kendall's tau is single precision there.
    expect(got.tau).toBeCloseTo(tau, 6);
  });

  it('turns round with the series and bears any rising change of scale', () => {
    fc.assert(
      fc.property(series, (y) => {
        const { S, variance } = answer(mannKendall(y));
        expect(answer(mannKendall(y.toReversed()))).toMatchObject({ S: S === 0 ? 0 : -S, variance });
        expect(answer(mannKendall(y.map((value) => Math.exp(value / 9))))).toMatchObject({ S, variance });
      }),
    );
  });

  it('finds nothing, and no NaN, in a level series', () => {
    expect(answer(mannKendall([4, 4, 4, 4]))).toMatchObject({ S: 0, variance: 0, z: 0, pTwoSided: 1, tau: null });
  });

  it('refuses what has no answer', () => {
    expect(mannKendall([1, 2])).toMatchObject({ reason: 'too-few-points' });
    expect(mannKendall([1, Number.NaN, 2])).toMatchObject({ reason: 'not-finite' });
  });
});

describe('Theil-Sen', () => {
  it('agrees with scipy 1.10.1', () => {
    const { slope, intercept } = answer(theilSen([21, 25.5, 18, 17.5, 19, 14.5, 32, 21.5, 24, 22.5, 28, 24.5]));
    expect(slope.estimate).toBeCloseTo(0.7, 12);
    expect(intercept).toBeCloseTo(18.15, 12);
    expect(slope.lower).toBeCloseTo(-0.5, 12);
    expect(slope.upper).toBeCloseTo(1.3, 12);
  });

  it('holds its estimate, and moves with the scale of the series', () => {
    fc.assert(
      fc.property(series, fc.integer({ min: 1, max: 9 }), (y, factor) => {
        const { slope } = answer(theilSen(y));
        expect(slope.lower).toBeLessThanOrEqual(slope.estimate);
        expect(slope.upper).toBeGreaterThanOrEqual(slope.estimate);
        const more = answer(theilSen(y.map((value) => factor * value + 7))).slope;
        expect(more.estimate).toBeCloseTo(factor * slope.estimate, 9);
        expect(more.upper).toBeCloseTo(factor * slope.upper, 9);
      }),
    );
  });

  it('is not moved by one wild month', () => {
    const straight = Array.from({ length: 15 }, (_, i) => 3 + 2 * i);
    const wild = straight.with(4, 10_000);
    expect(answer(theilSen(wild)).slope.estimate).toBeCloseTo(2, 12);
  });

  it('takes uneven times and leaves out pairs of one moment', () => {
    expect(answer(theilSen([1, 5, 9], { times: [0, 2, 4] })).slope.estimate).toBe(2);
    expect(theilSen([1, 5, 9], { times: [2, 2, 2] })).toMatchObject({ reason: 'too-few-points' });
  });

  it('refuses what has no answer', () => {
    expect(theilSen([1, 2])).toMatchObject({ refused: true });
    expect(theilSen([1, 2, Infinity])).toMatchObject({ reason: 'not-finite' });
    expect(theilSen([1, 2, 3], { times: [1] })).toMatchObject({ reason: 'mismatched-lengths' });
    expect(theilSen([1, 2, 3], { level: 1 })).toMatchObject({ refused: true });
    expect(theilSen([1e308, -1e308, 1e308])).toMatchObject({ reason: 'not-finite' });
  });
});

it('says from 12 points on that a verdict may be said, where the verdict itself answers', () => {
  for (const [points, enoughForVerdict] of [
    [11, false],
    [12, true],
  ] as const) {
    const series = Array.from({ length: points }, (_, i) => i);
    expect(mannKendall(series)).toMatchObject({ points, enoughForVerdict });
    expect(theilSen(series)).toMatchObject({ points, enoughForVerdict });
  }
  const verdict = { meanCount: 50, exceeds: false, changes: [], annualChangePercent: null };
  expect(isRefusal(trendVerdict({ points: 11, ...verdict }))).toBe(true);
  expect(isRefusal(trendVerdict({ points: 12, ...verdict }))).toBe(false);
});
