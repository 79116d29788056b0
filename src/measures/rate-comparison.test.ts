import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { eTest, scoreTest } from './e-test.ts';
import { poissonProbability } from './poisson-distribution.ts';
import { compareRates } from './rate-comparison.ts';
import { exactRateRatio, exactRateRatioP, waldRateRatio, waldRiskRatio } from './rate-ratio.ts';
import { type Refusal, isRefusal } from './refusal.ts';

function answered<T>(answer: T | Refusal): T {
  if (isRefusal(answer)) throw new Error(answer.sentence);
  return answer;
}
const reasonOf = (answer: unknown): string => (isRefusal(answer) ? answer.reason : 'answered');
const over = (events: number, exposure: number): { events: number; exposure: number } => ({ events, exposure });

/** How often the test at 5 % says "changed" when nothing did. */
function trueSize(before: number, after: number, expectedBefore: number, form: 'score' | 'wald'): number {
  const means = [expectedBefore, (expectedBefore * after) / before] as const;
  let size = 0;
  for (let i = 0; i <= means[0] + 9 * Math.sqrt(means[0]); i += 1)
    for (let j = 0; j <= means[1] + 9 * Math.sqrt(means[1]) + 9; j += 1)
      if (answered(eTest(over(i, before), over(j, after), form)) <= 0.05)
        size += poissonProbability(i, means[0]) * poissonProbability(j, means[1]);
  return size;
}

describe('eTest', () => {
  it('meets the dodder seeds of Przyborowski & Wilenski 1940, as SciPy prints them', () => {
    expect(answered(eTest(over(0, 100), over(3, 100)))).toBeCloseTo(0.08837900929018157, 9);
  });

  it.each([
    [8800, 4100, 16, 4.85, 4.9],
    [12, 6, 8, 4.79, 4.96],
    [1, 1, 8, 4.6, 4.6],
    [36, 12, 15, 4.71, 5.03],
  ])('keeps its size with exposures %d : %d and %d expected before', (before, after, expected, score, wald) => {
    const size = 100 * trueSize(before, after, expected, 'score');
    expect(size).toBeLessThan(5);
    expect(Math.abs(size - score)).toBeLessThan(0.006);
    // The form as published can pass its level: that is why it is not the one we use.
    expect(Math.abs(100 * trueSize(before, after, expected, 'wald') - wald)).toBeLessThan(0.006);
  });

  it('nears the score test for large counts', () => {
    expect(
      Math.abs(answered(eTest(over(4000, 1), over(4150, 1))) / answered(scoreTest(over(4000, 1), over(4150, 1))) - 1),
    ).toBeLessThan(0.002);
  });

  it('does not care which period is called first, nor in what unit exposure is counted', () => {
    const count = fc.nat(400);
    const exposure = fc.integer({ min: 1, max: 40 });
    fc.assert(
      fc.property(count, count, exposure, exposure, (x, y, s, t) => {
        const p = answered(eTest(over(x, s), over(y, t)));
        expect(p).toBeGreaterThanOrEqual(0);
        expect(p).toBeLessThanOrEqual(1);
        expect(answered(eTest(over(y, t), over(x, s)))).toBeCloseTo(p, 10);
        expect(answered(eTest(over(x, 365 * s), over(y, 365 * t)))).toBeCloseTo(p, 10);
      }),
    );
  });

  it('keeps the digits of a tiny p, and gives 1 where the rates agree', () => {
    const p = answered(eTest(over(0, 1), over(300, 1)));
    expect(p).toBeGreaterThan(0);
    expect(p).toBeLessThan(1e-60);
    expect(answered(eTest(over(7, 0.1), over(21, 0.3)))).toBe(1);
    expect(answered(eTest(over(0, 1), over(0, 5)))).toBe(1);
  });
});

describe('rate ratios', () => {
  // The example of R's poisson.test (Fay 2010): 11 cases over 800, and 21 over 3011.
  const first = over(11, 800);
  const second = over(6 + 8 + 7, 1083 + 1050 + 878);

  it('conditional exact, as R prints it', () => {
    const ratio = answered(exactRateRatio(first, second, 0.95));
    expect(ratio.estimate).toBeCloseTo(1.971488, 6);
    expect(ratio.lower).toBeCloseTo(0.8584264, 6);
    expect(ratio.upper).toBeCloseTo(4.2772659, 6);
    expect(answered(exactRateRatioP(first, second))).toBeCloseTo(0.07967, 5);
  });

  it('is open where a count is nought', () => {
    expect(answered(exactRateRatio(over(0, 1), over(4, 1), 0.95))).toMatchObject({ estimate: 0, lower: 0 });
    expect(answered(exactRateRatio(over(4, 1), over(0, 1), 0.95))).toMatchObject({ estimate: null, upper: null });
    expect(waldRateRatio(over(0, 1), over(4, 1), 0.95)).toMatchObject({ reason: 'zero-count' });
    expect(waldRiskRatio(over(4, 9), over(0, 9), 0.95)).toMatchObject({ reason: 'zero-count' });
  });

  it('turns upside down with its groups, and the exact interval holds the log-Wald one', () => {
    const group = fc.record({ events: fc.integer({ min: 1, max: 3000 }), exposure: fc.integer({ min: 1, max: 1e6 }) });
    fc.assert(
      fc.property(group, group, (one, two) => {
        const there = answered(exactRateRatio(one, two, 0.95));
        const back = answered(exactRateRatio(two, one, 0.95));
        expect(there.lower * back.upper!).toBeCloseTo(1, 8);
        expect(there.lower).toBeLessThanOrEqual(there.estimate!);
        expect(there.upper!).toBeGreaterThanOrEqual(there.estimate!);
        expect(answered(exactRateRatioP(one, two))).toBeCloseTo(answered(exactRateRatioP(two, one)), 8);
        const wald = answered(waldRateRatio(one, two, 0.95));
        expect(wald.lower * answered(waldRateRatio(two, one, 0.95)).upper!).toBeCloseTo(1, 8);
      }),
    );
  });

  it('a risk ratio is narrower than a rate ratio of the same figures', () => {
    const rate = answered(waldRateRatio(over(23, 1517), over(402, 118844), 0.95));
    const risk = answered(waldRiskRatio(over(23, 1517), over(402, 118844), 0.95));
    // Published for Winchester 2020: 4.48 (2.95 to 6.80).
    expect(risk.estimate).toBeCloseTo(4.482223, 6);
    expect(risk.lower).toBeCloseTo(2.953446, 6);
    expect(risk.upper).toBeCloseTo(6.802333, 6);
    expect(rate.lower).toBeLessThan(risk.lower);
    expect(rate.upper).toBeGreaterThan(risk.upper!);
  });
});

describe('compareRates', () => {
  it('gives the ratio after over before, and the change in per cent', () => {
    const compared = answered(compareRates({ before: over(30, 365), after: over(44, 365) }));
    expect(compared.ratio.estimate).toBeCloseTo(44 / 30, 12);
    // R's poisson.test gives 0.4138783 to 1.1092509 for the ratio the other way round.
    expect(1 / compared.ratio.lower).toBeCloseTo(1.10925092788059, 8);
    expect(1 / compared.ratio.upper!).toBeCloseTo(0.413878302609597, 8);
    expect(compared.pValue).toBeCloseTo(0.10465704983810954, 8);
    expect((compared.changePercent as { estimate: number }).estimate).toBeCloseTo(46.6667, 4);
  });

  it('shows no percentage on fewer than ten events before', () => {
    const compared = answered(compareRates({ before: over(9, 1), after: over(18, 1) }));
    expect(reasonOf(compared.changePercent)).toBe('too-few-for-percent');
    expect(reasonOf(answered(compareRates({ before: over(10, 1), after: over(0, 1) })).changePercent)).toBe('answered');
  });

  it('refuses what cannot be compared', () => {
    expect(reasonOf(compareRates({ before: over(0, 1), after: over(0, 1) }))).toBe('no-events');
    expect(reasonOf(compareRates({ before: over(1, 0), after: over(1, 1) }))).toBe('no-exposure');
    expect(reasonOf(compareRates({ before: over(1, Infinity), after: over(1, 1) }))).toBe('no-exposure');
    expect(reasonOf(compareRates({ before: over(-1, 1), after: over(1, 1) }))).toBe('not-a-count');
    expect(reasonOf(compareRates({ before: over(1, 1), after: over(1, 1), level: 2 }))).toBe('level-out-of-range');
  });
});
