import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countChart } from './count-chart.ts';
import { isRefusal } from './refusal.ts';

const quiet = [2, 1, 3, 2, 1, 2, 3, 1, 2, 2, 3, 2];

describe('countChart', () => {
  it('has the exact Poisson limits of a mean of 2', () => {
    // Tables of the Poisson distribution at mean 2: P(X ≥ 8) = 0.0011, P(X ≥ 9) = 0.0002; P(X = 0) = 0.1353.
    const chart = countChart(quiet);
    if (isRefusal(chart)) throw new Error(chart.sentence);
    expect(chart.rate).toBe(2);
    expect(chart.points[0]).toMatchObject({ lower: 0, upper: 8 });
    const judged = countChart([...quiet, 8, 9], { baselinePoints: 12 });
    if (isRefusal(judged)) throw new Error(judged.sentence);
    expect(judged.points[12]?.signal).toBe('none');
    expect(judged.points[13]?.signal).toBe('high');
  });

  it('widens and narrows with exposure', () => {
    const chart = countChart(quiet, { exposure: quiet.map((_count, i) => (i % 2 === 0 ? 1 : 3)) });
    if (isRefusal(chart)) throw new Error(chart.sentence);
    expect(chart.rate).toBe(1);
    expect(chart.points[1]?.expected).toBe(3);
    expect(chart.points[1]?.upper).toBeGreaterThan(chart.points[0]?.upper ?? 0);
  });

  it('signals a count too low, by hand', () => {
    // P(X = 0) at mean 8 is e⁻⁸ = 0.000335, under 0.001; P(X ≤ 1) = 9e⁻⁸ = 0.003, over it.
    const eight = new Array<number>(12).fill(8);
    const chart = countChart([...eight, 0, 1], { baselinePoints: 12 });
    if (isRefusal(chart)) throw new Error(chart.sentence);
    expect(chart.points.slice(12).map((point) => point.signal)).toEqual(['low', 'none']);
    expect(chart.points[12]).toMatchObject({ count: 0, exposure: 1, expected: 8, lower: 1 });
    // At 95 %: P(X ≤ 2) = 41e⁻⁸ = 0.0138 and P(X ≤ 3) = 0.0424 about 0.025; P(X ≥ 15) = 0.0173 and P(X ≥ 14) = 0.0342.
    const narrow = countChart([...eight, 2, 3, 14, 15], { baselinePoints: 12, coverage: 0.95 });
    if (isRefusal(narrow)) throw new Error(narrow.sentence);
    expect(narrow.points.slice(12).map((point) => point.signal)).toEqual(['low', 'none', 'none', 'high']);
    expect(narrow).toMatchObject({ coverage: 0.95, points: [{ lower: 3, upper: 14 }, ...narrow.points.slice(1)] });
  });

  it('has the dispersion of the baseline, by hand', () => {
    // Six counts of 1 and six of 3 about a mean of 2: 12 × 1²/2 over 11.
    const counts = [1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3];
    const chart = countChart([...counts, 40], { baselinePoints: 12 });
    if (isRefusal(chart)) throw new Error(chart.sentence);
    expect(chart.dispersion).toBeCloseTo(6 / 11, 12);
    // Exposures of 1 and 3 account for all of it.
    const even = countChart(counts, { exposure: counts });
    if (isRefusal(even)) throw new Error(even.sentence);
    expect(even.dispersion).toBe(0);
    expect(even.points[1]).toMatchObject({ exposure: 3, expected: 3 });
  });

  it('says which of its rules a refused series broke', () => {
    const reasonOf = (counts: readonly number[], options?: Parameters<typeof countChart>[1]): string => {
      const chart = countChart(counts, options);
      return isRefusal(chart) ? chart.reason : 'answered';
    };
    expect(reasonOf(quiet.slice(1))).toBe('too-few-points');
    expect(reasonOf(quiet.with(1, 0.5))).toBe('not-counts');
    expect(reasonOf(quiet, { exposure: [...quiet, 1] })).toBe('lengths-differ');
    expect(reasonOf(quiet, { exposure: quiet.with(1, 0) })).toBe('no-exposure');
    for (const baselinePoints of [1, 2.5, 13]) expect(reasonOf(quiet, { baselinePoints })).toBe('baseline-points');
    expect(reasonOf(quiet, { baselinePoints: 2 })).toBe('answered');
    for (const coverage of [0, 1]) expect(reasonOf(quiet, { coverage })).toBe('coverage');
    expect(reasonOf([0, 0, ...quiet], { baselinePoints: 2 })).toBe('no-events');
  });

  it('signals exactly outside its limits, and its lower limit is never negative', () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 25 }), { minLength: 12, maxLength: 30 }), (counts) => {
        const chart = countChart(counts);
        if (isRefusal(chart)) return;
        for (const point of chart.points) {
          expect(point.lower).toBeGreaterThanOrEqual(0);
          expect(point.signal).toBe(point.count > point.upper ? 'high' : point.count < point.lower ? 'low' : 'none');
        }
      }),
    );
  });

  it.each([
    ['few points', quiet.slice(1), {}],
    ['no events', new Array<number>(12).fill(0), {}],
    ['a negative count', [...quiet, -1], {}],
    ['other lengths', quiet, { exposure: [1] }],
    ['an exposure of nought', quiet, { exposure: quiet.map(() => 0) }],
    ['a baseline beyond the end', quiet, { baselinePoints: 13 }],
  ])('refuses %s', (_name, counts, options) => {
    expect(isRefusal(countChart(counts, options))).toBe(true);
  });
});
