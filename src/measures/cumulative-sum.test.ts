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

  it('signals while the sum is over the threshold and not at it', () => {
    // ln 2 a crime less 1 a month, by hand: 0, 3 ln 2 − 1, then back to nought.
    const got = poissonCusum([1, 3, 0, 0], { expected: [1, 1, 2, 1], rateRatio: 2, threshold: 3 * Math.log(2) - 1 });
    expect(got).toMatchObject({
      method: { name: 'poisson-cusum', version: '1' },
      sums: [0, expect.closeTo(3 * Math.log(2) - 1, 12), 0, 0],
      signals: [false, false, false, false],
    });
    expect(poissonCusum([1, 3], { expected: 1, rateRatio: 2, threshold: 1 })).toMatchObject({
      threshold: 1,
      signals: [false, true],
    });
    // Half the rate: crimes that do not come speak for it. 2 × (1 − ½) a month.
    expect(poissonCusum([0, 0], { expected: 2, rateRatio: 0.5, threshold: 1.5 })).toMatchObject({
      sums: [1, 2],
      signals: [false, true],
    });
  });

  it('says why it cannot judge', () => {
    const ask = { expected: 1, rateRatio: 2, threshold: 1 };
    expect(poissonCusum([1], ask)).toMatchObject({ reason: 'too-few-points' });
    expect(poissonCusum([1, 0.5], ask)).toMatchObject({ reason: 'not-counts' });
    expect(poissonCusum([1, 2], { ...ask, expected: [1, 2, 3] })).toMatchObject({ reason: 'lengths-differ' });
    expect(poissonCusum([1, 2], { ...ask, expected: [1, 0] })).toMatchObject({ reason: 'no-expected-count' });
    expect(poissonCusum([1, 2], { ...ask, threshold: Number.NaN })).toMatchObject({ reason: 'threshold' });
    for (const rateRatio of [0.009, 101, 1.0009, 0.9991, Number.NaN])
      expect(poissonCusum([1, 2], { ...ask, rateRatio })).toMatchObject({ reason: 'rate-ratio' });
    for (const rateRatio of [0.01, 100, 1.0011])
      expect(isRefusal(poissonCusum([1, 2], { ...ask, rateRatio }))).toBe(false);
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

  it('agrees with a Markov chain solved by numpy', () => {
    // (I − Q)⁻¹ 1 with Q from scipy's Poisson probabilities, after Brook and Evans (1972).
    const lengths = [
      [{ expected: 4, rateRatio: 1.5, threshold: 2 }, 41.0932437653187],
      [{ expected: 4, rateRatio: 1.5, threshold: 2, steps: 20 }, 41.121961507055495],
      [{ expected: 4, rateRatio: 0.5, threshold: 1.5, steps: 50 }, 19.571715953859016],
      [{ expected: 4, rateRatio: 1.5, threshold: 0.1, steps: 10 }, 4.643099746033232],
    ] as const;
    for (const [design, want] of lengths) expect(inControlRunLength(design)).toBeCloseTo(want, 7);
    expect(poissonCusumThreshold({ expected: 6, rateRatio: 1.5 })).toBeCloseTo(2.360676265358279, 6);
    expect(poissonCusumThreshold({ expected: 4, rateRatio: 2, runLength: 20 })).toBeCloseTo(1.5451774444795774, 6);
  });

  it('says why it has no answer', () => {
    const design = { expected: 4, rateRatio: 2, threshold: 1 };
    for (const expected of [0, 9e-7, 10_001, Number.NaN])
      expect(inControlRunLength({ ...design, expected })).toMatchObject({ reason: 'no-expected-count' });
    expect(inControlRunLength({ ...design, rateRatio: 1 })).toMatchObject({ reason: 'rate-ratio' });
    for (const threshold of [0, -1, 1.1e6, Number.NaN])
      expect(inControlRunLength({ ...design, threshold })).toMatchObject({ reason: 'threshold' });
    for (const steps of [0, 1.5, 1001])
      expect(inControlRunLength({ ...design, steps })).toMatchObject({ reason: 'bad-steps' });
    // One step: the sum is at nought or over, and the run as long as an alarm is rare.
    expect(typeof inControlRunLength({ ...design, steps: 1 })).toBe('number');
    for (const runLength of [1, 1.1e6, Number.NaN])
      expect(poissonCusumThreshold({ ...design, runLength })).toMatchObject({ reason: 'run-length' });
    expect(poissonCusumThreshold({ expected: 4, rateRatio: 1 })).toMatchObject({ reason: 'rate-ratio' });
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

  it('signals the way the larger sum lies, from the point where it is over the threshold', () => {
    // Baseline 1, 3, 1, 3: mean 2, standard deviation √(4/3); then z = ±1.5 √3 … by hand.
    const s = Math.sqrt(4 / 3);
    const up = tabularCusum([1, 3, 1, 3, 5, 2, 2], { baselinePoints: 4, allowance: 1, threshold: 1.5 });
    const z = 3 / s;
    expect(up).toMatchObject({
      method: { name: 'tabular-cusum', version: '1' },
      baseline: { mean: 2, standardDeviation: expect.closeTo(s, 12) },
      threshold: 1.5,
      signals: ['none', 'none', 'none', 'none', 'up', 'none', 'none'],
      up: [0, 0, 0, 0, expect.closeTo(z - 1, 12), expect.closeTo(z - 2, 12), 0],
      down: [0, 0, 0, 0, 0, 0, 0],
    });
    const down = tabularCusum([1, 3, 1, 3, -1], { baselinePoints: 4, allowance: 1, threshold: 1.5 });
    expect(down).toMatchObject({ signals: ['none', 'none', 'none', 'none', 'down'] });
    if (isRefusal(down)) throw new Error(down.sentence);
    expect(down.down[4]).toBeCloseTo(z - 1, 12);
    // Custom: k = 0.5 and h = 5. Ten points of z = 1 give a sum of 5, which is not over it.
    const custom = tabularCusum([0, 2, 0, 2, 0, 2, 0, 2, 0, 2, ...new Array<number>(40).fill(2)], {
      baselinePoints: 10,
    });
    expect(custom).toMatchObject({ threshold: 5 });
    if (isRefusal(custom)) throw new Error(custom.sentence);
    // z = 1/√(10/9) = 0.9487, so 0.4487 a point after what the last point of the baseline left.
    expect(custom.up[49]! - custom.up[48]!).toBeCloseTo(Math.sqrt(0.9) - 0.5, 12);
  });

  it('says why it cannot judge', () => {
    const good = { baselinePoints: 2 };
    expect(tabularCusum([1], good)).toMatchObject({ reason: 'too-few-points' });
    expect(tabularCusum([1, Number.NaN], good)).toMatchObject({ reason: 'not-finite' });
    for (const bad of [{ allowance: -1 }, { allowance: Infinity }, { threshold: 0 }, { threshold: Infinity }])
      expect(tabularCusum([1, 2], { ...good, ...bad })).toMatchObject({ reason: 'threshold' });
    for (const baselinePoints of [1, 2.5, 4])
      expect(tabularCusum([1, 2, 4], { baselinePoints })).toMatchObject({ reason: 'baseline-points' });
    // All of the series may be the baseline, and there may be no allowance.
    expect(isRefusal(tabularCusum([1, 2], { baselinePoints: 2, allowance: 0 }))).toBe(false);
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

  it('has the sums of surveillance::algo.cusum under both transformations', () => {
    // R's surveillance 1.20.3, range 25:38, k = 1.04, h = 2.26.
    const standard = standardisedCusum(rise, { baselinePoints: 24, transform: 'standard' });
    const rossi = standardisedCusum(rise, { baselinePoints: 24, transform: 'rossi' });
    if (isRefusal(standard) || isRefusal(rossi)) throw new Error('refused');
    expect(standard.method).toEqual({ name: 'standardised-cusum', version: '1' });
    expect(standard.expected).toBeCloseTo(expected, 12);
    const bySurveillance = {
      standard: [
        0, 0, 0, 0, 2.604591331961855, 4.802344561751225, 4.965907280678163, 4.315793795260129, 5.293032718532039,
        5.863433539631464, 6.026996258558402, 4.563206568795395, 8.795150309447195, 8.551874926201647,
      ],
      rossi: [
        0, 0, 0, 0, 2.197298811562907, 4.059852612606096, 4.163653771444127, 3.506368139174263, 4.333632190540181,
        4.803130060632835, 4.906931219470867, 3.433124151463716, 6.930014764704852, 6.65882399720283,
      ],
      rossiCounts: [
        15.18879371222921, 15.18879371222921, 15.18879371222921, 15.18879371222921, 15.18879371222921,
        8.889099536986347, 4.252318587823662, 4.021276962128479, 5.539856100923213, 3.650776700073571,
        2.683157976144699, 2.481455748863095, 5.71669590512641,
      ],
    };
    for (const [t, want] of bySurveillance.standard.entries()) expect(standard.sums[t]).toBeCloseTo(want, 10);
    for (const [t, want] of bySurveillance.rossi.entries()) expect(rossi.sums[t]).toBeCloseTo(want, 10);
    for (const [t, want] of bySurveillance.rossiCounts.entries()) expect(rossi.alarmCounts[t]).toBeCloseTo(want, 10);
    expect(standard.alarmCounts.slice(8)).toEqual([4, 2, 0, 0, 3, 0]);
    expect(rossi.alarms.map(Number)).toEqual([0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1]);
  });

  it('alarms when the sum is at its threshold', () => {
    // Mean 4, so (10 − 4)/2 − 1 = 2.
    const at = { baselinePoints: 1, transform: 'standard', reference: 1 } as const;
    expect(standardisedCusum([4, 10], { ...at, threshold: 2 })).toMatchObject({ sums: [2], alarms: [true] });
    expect(standardisedCusum([4, 10], { ...at, threshold: 2.01 })).toMatchObject({ alarms: [false] });
  });

  it('says why it cannot judge', () => {
    const good = { baselinePoints: 1, transform: 'standard' } as const;
    expect(standardisedCusum([4], good)).toMatchObject({ reason: 'too-few-points' });
    expect(standardisedCusum([4, -1], good)).toMatchObject({ reason: 'not-counts' });
    for (const baselinePoints of [0, 1.5, 2])
      expect(standardisedCusum([4, 5], { ...good, baselinePoints })).toMatchObject({ reason: 'baseline-points' });
    for (const bad of [{ reference: Number.NaN }, { threshold: Infinity }])
      expect(standardisedCusum([4, 5], { ...good, ...bad })).toMatchObject({ reason: 'threshold' });
    expect(standardisedCusum([0, 5], good)).toMatchObject({ reason: 'no-expected-count' });
  });

  it('refuses a baseline without events', () => {
    expect(isRefusal(standardisedCusum([0, 0, 3], { baselinePoints: 2, transform: 'rossi' }))).toBe(true);
  });
});
