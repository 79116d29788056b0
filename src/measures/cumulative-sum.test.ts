import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  inControlRunLength,
  poissonCusum,
  poissonCusumThreshold,
  standardisedCusum,
  tabularCusum,
} from './cumulative-sum.ts';
import { drawPoisson, randomStream } from './random.ts';
import { isRefusal } from './refusal.ts';

// Fixture "series-3" of R's surveillance 1.20.3: baseline 24 months, then a rise.
const rise = [
  8, 8, 11, 3, 6, 7, 12, 4, 5, 4, 7, 2, 9, 5, 4, 8, 6, 8, 4, 6, 3, 5, 6, 4, 5, 8, 5, 4, 15, 14, 9, 7, 11, 10, 9, 5, 19,
  8,
];
const expected = rise.slice(0, 24).reduce((sum, y) => sum + y, 0) / 24;

describe('poissonCusum', () => {
  it('gives the sums of the published recursion', () => {
    const result = poissonCusum(rise, { expected, rateRatio: 1.5, threshold: 2 });
    if (isRefusal(result)) throw new Error(result.sentence);
    expect(result.sums.slice(0, 4)).toEqual([
      expect.closeTo(0.222887531531982, 12),
      expect.closeTo(0.445775063063963, 12),
      expect.closeTo(1.88505791892044, 12),
      expect.closeTo(0.0806199099115976, 12),
    ]);
  });

  it('is the greatest log likelihood ratio of any stretch that ends now', () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 20 }), { minLength: 2, maxLength: 20 }), (counts) => {
        const result = poissonCusum(counts, { expected: 5, rateRatio: 2, threshold: 3 });
        if (isRefusal(result)) throw new Error(result.sentence);
        counts.forEach((_count, end) => {
          let best = 0;
          for (let start = 0; start <= end; start += 1) {
            const stretch = counts.slice(start, end + 1);
            const events = stretch.reduce((sum, y) => sum + y, 0);
            best = Math.max(best, events * Math.log(2) - 5 * stretch.length);
          }
          expect(result.sums[end]).toBeCloseTo(best, 9);
        });
      }),
    );
  });

  it('refuses what it cannot judge', () => {
    expect(isRefusal(poissonCusum([1], { expected: 1, rateRatio: 2, threshold: 1 }))).toBe(true);
    expect(isRefusal(poissonCusum([1, -2], { expected: 1, rateRatio: 2, threshold: 1 }))).toBe(true);
    expect(isRefusal(poissonCusum([1, 2], { expected: 0, rateRatio: 2, threshold: 1 }))).toBe(true);
    expect(isRefusal(poissonCusum([1, 2], { expected: [1], rateRatio: 2, threshold: 1 }))).toBe(true);
    expect(isRefusal(poissonCusum([1, 2], { expected: 1, rateRatio: 1, threshold: 1 }))).toBe(true);
  });
});

describe('the threshold of a Poisson CUSUM', () => {
  it('gives one false alarm in sixty months, as simulation finds', () => {
    const threshold = poissonCusumThreshold({ expected: 6, rateRatio: 1.5 });
    if (isRefusal(threshold)) throw new Error(threshold.sentence);
    let months = 0;
    const runs = 2000;
    for (let run = 0; run < runs; run += 1) {
      const random = randomStream(11, run);
      let sum = 0;
      do {
        sum = Math.max(0, sum + drawPoisson(6, random) * Math.log(1.5) - 3);
        months += 1;
      } while (sum <= threshold);
    }
    // The run length varies about as much as its mean: 60 ∓ 4 standard errors.
    expect(months / runs).toBeGreaterThan(60 - 4 * (60 / Math.sqrt(runs)));
    expect(months / runs).toBeLessThan(60 + 4 * (60 / Math.sqrt(runs)));
  });

  it('refuses an expected count of nought', () => {
    expect(isRefusal(poissonCusumThreshold({ expected: 0, rateRatio: 1.5 }))).toBe(true);
    expect(isRefusal(inControlRunLength({ expected: 3, rateRatio: 1.5, threshold: 0 }))).toBe(true);
  });
});

describe('tabularCusum', () => {
  it('gives the sums of the published recursion', () => {
    const result = tabularCusum(rise, { baselinePoints: 24 });
    if (isRefusal(result)) throw new Error(result.sentence);
    expect(result.up[2]).toBeCloseTo(2.03517311875838, 12);
    expect(result.down[3]).toBeCloseTo(0.711585153377285, 12);
  });

  it('does not depend on the unit', () => {
    const one = tabularCusum(rise, { baselinePoints: 24 });
    const other = tabularCusum(
      rise.map((y) => 7 * y + 100),
      { baselinePoints: 24 },
    );
    if (isRefusal(one) || isRefusal(other)) throw new Error('refused');
    one.up.forEach((sum, t) => expect(other.up[t]).toBeCloseTo(sum, 9));
  });

  it('refuses a flat baseline', () => {
    expect(tabularCusum([4, 4, 4, 9], { baselinePoints: 3 })).toMatchObject({ reason: 'no-variation' });
  });
});

describe('standardisedCusum', () => {
  it('alarms where surveillance::cusum does', () => {
    const result = standardisedCusum(rise, { baselinePoints: 24, transform: 'standard' });
    if (isRefusal(result)) throw new Error(result.sentence);
    expect(result.alarms.map(Number)).toEqual([0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1]);
    expect(result.alarmCounts.slice(0, 8)).toEqual([15, 15, 15, 15, 15, 8, 3, 2]);
  });

  it('refuses a baseline without events', () => {
    expect(isRefusal(standardisedCusum([0, 0, 3], { baselinePoints: 2, transform: 'rossi' }))).toBe(true);
  });
});
