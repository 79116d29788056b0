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
