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
    { y: [7, 4, 3, 10, 5, 5, 4, 4, 0, 7, 7, 8, 10, 9, 7, 8, 8, 8, 5, 1, 1, 1, 5, 4], S: -16, variance: 1586, z: -0.376651470713869, p: 0.706432631857324, tau: -0.0611560791730881 }, // prettier-ignore
    { y: [37, 35, 35, 33, 31, 30, 27, 25, 21, 18, 15, 13, 9, 6, 6, 5, 4, 3], S: -151, variance: 695, z: -5.68982431358161, p: 1.27170143800843e-8, tau: -0.993442475795746 }, // prettier-ignore
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
    expect(answer(mannKendall([1, 2, 4]))).toMatchObject({ S: 3, tau: 1 });
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

  it.each([
    { y: [20, 17, 18, 25, 16, 18, 22, 16, 34, 20, 17, 19, 22, 17, 23, 18, 19, 15, 12, 19, 31, 16, 25, 15], slope: -0.05756578947368421, intercept: 19.16200657894737, lower: -0.3333333333333333, upper: 0.2222222222222222 }, // prettier-ignore
    { y: [20, 20.7, 25.4, 22.1, 23.8, 11.5, 11.2, 25.9, 17.6, 24.3, 10, 11.7, 8.4, 21.1, 15.8, 13.5, 11.2, 10.9, 8.6, 16.3, 17, 15.7, 14.4, 9.1, 14.8, 12.5, 8.2, 12.9, 6.6, 4.3, 6, 11.7, 9.4, 13.1, 7.8, 4.5], slope: -0.3909090909090909, intercept: 19.54090909090909, lower: -0.55, upper: -0.24117647058823527 }, // prettier-ignore
  ])('agrees with scipy 1.10.1 on $y', ({ y, slope, intercept, lower, upper }) => {
    const got = answer(theilSen(y));
    expect(got.slope.estimate).toBeCloseTo(slope, 12);
    expect(got.slope.lower).toBeCloseTo(lower, 12);
    expect(got.slope.upper).toBeCloseTo(upper, 12);
    expect(got.intercept).toBeCloseTo(intercept, 12);
  });

  it('by hand: values that come two at a time', () => {
    // Of 24 slopes: three of 1, two of 1.5, one of 5/3, twelve of 2, one of 7/3, two of 2.5, three of 3. The variance of S is
    // (8 × 7 × 21 − 4 × 18)/18, its root 7.83, and z at 96.9 % is 2.157: ranks round(3.55) and round(20.45).
    const got = answer(theilSen([1, 2, 3, 4, 5, 6, 7, 8], { times: [0, 0, 1, 1, 2, 2, 3, 3], level: 0.969 }));
    expect(got.slope).toEqual({ estimate: 2, lower: 1.5, upper: 2.5, level: 0.969 });
    expect(got.intercept).toBe(1.5);
    // Times need not rise: the first and last change places.
    const turned = answer(theilSen([8, 2, 3, 4, 5, 6, 7, 1], { times: [3, 0, 1, 1, 2, 2, 3, 0], level: 0.969 }));
    expect(turned).toEqual(got);
  });

  it('by hand: three points, in any order of time', () => {
    // Slopes 1, 2.5 and 4; the ranks of so few reach both ends. Median of the values 1, of the times 1.
    const want = { slope: { estimate: 2.5, lower: 1, upper: 4 }, intercept: -1.5 };
    expect(answer(theilSen([0, 1, 5]))).toMatchObject(want);
    expect(answer(theilSen([5, 0, 1], { times: [2, 0, 1] }))).toMatchObject(want);
  });

  it('refuses slopes that have no end, up or down', () => {
    const times = [0, 1e-300, 1];
    expect(theilSen([0, 1e60, 1e60], { times })).toMatchObject({ reason: 'too-large' });
    expect(theilSen([0, -1e60, -1e60], { times })).toMatchObject({ reason: 'too-large' });
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
