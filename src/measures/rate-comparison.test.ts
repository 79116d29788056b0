import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { eTest, scoreStatistic, scoreTest } from './e-test.ts';
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

// Each row: events and exposure before, then after; R 4.2.2's poisson.test (p, limits of before over after); statsmodels'
// test_poisson_2indep (E-test by score and by Wald, score test and its statistic).
const printed = [
  [5, 1, 14, 1, 0.063568115234375, 0.100674012478849, 1.04930356049545, 0.0395227380479993, 0.0395227380479993, 0.038947455742025426, -2.0647416048350555], // prettier-ignore
  [8, 12, 3, 6, 1, 0.32001820629123, 7.80320182031959, 0.698322947032194, 0.6711113737451453, 0.6698153575994166, 0.42640143271122083], // prettier-ignore
  [77, 1, 140, 2, 0.517135651240028, 0.821889035201086, 1.46290124520232, 0.5025814318460085, 0.5098364997408829, 0.5015700058989921, 0.672021505032247], // prettier-ignore
  [400, 1, 371, 1, 0.31326390131587, 0.933770487974789, 1.24514061815343, 0.29664246288680524, 0.29664246288680524, 0.2962959753821025, 1.0444094887951487], // prettier-ignore
  [11, 8800, 12, 4100, 0.0437078714473241, 0.170749371519828, 1.05727691343726, 0.03480276343027728, 0.07688804703304684, 0.03571229825792213, -2.100188094389015], // prettier-ignore
] as const;

describe('two rates, as R and statsmodels print them', () => {
  it.each(printed)(
    '%d over %d and %d over %d',
    (x, s, y, t, exactP, lower, upper, scoreE, waldE, scoreP, statistic) => {
      const [before, after] = [over(x, s), over(y, t)];
      const ratio = answered(exactRateRatio(before, after, 0.95));
      expect(ratio.lower).toBeCloseTo(lower, 10);
      expect(ratio.upper).toBeCloseTo(upper, 9);
      expect(answered(exactRateRatioP(before, after))).toBeCloseTo(exactP, 10);
      expect(answered(eTest(before, after))).toBeCloseTo(scoreE, 9);
      expect(answered(eTest(before, after, 'wald'))).toBeCloseTo(waldE, 9);
      expect(answered(scoreTest(before, after))).toBeCloseTo(scoreP, 12);
      expect(answered(scoreStatistic(before, after))).toBeCloseTo(statistic, 12);
    },
  );

  it('log-Wald limits agree with statsmodels', () => {
    const ratio = answered(waldRateRatio(over(14, 1), over(5, 1), 0.95));
    expect(ratio.estimate).toBeCloseTo(2.8, 12);
    expect(ratio.lower).toBeCloseTo(1.00853780007571, 10);
    expect(ratio.upper).toBeCloseTo(7.77363029864766, 10);
  });

  it('by hand: none against four over equal times', () => {
    // 2 × (1/2)⁴; the share of the first has the upper limit 1 − 0.025^(1/4).
    expect(answered(exactRateRatioP(over(0, 1), over(4, 1)))).toBeCloseTo(0.125, 14);
    const share = 1 - 0.025 ** (1 / 4);
    expect(answered(exactRateRatio(over(0, 1), over(4, 1), 0.95)).upper).toBeCloseTo(share / (1 - share), 12);
    expect(answered(exactRateRatio(over(4, 1), over(0, 1), 0.95)).lower).toBeCloseTo((1 - share) / share, 12);
    // √(4/2 × (1 + 1)) = 2 below nought.
    expect(answered(scoreStatistic(over(0, 1), over(4, 1)))).toBe(-2);
    expect(answered(scoreStatistic(over(0, 1), over(0, 3)))).toBe(0);
  });

  it('the exact p counts every split no likelier than the one seen', () => {
    // Added up term by term, for shares on both sides of one half and counts in both tails.
    for (const [x, s, y, t] of [
      [1, 1, 9, 3],
      [9, 3, 1, 1],
      [6, 1, 6, 5],
      [0, 2, 7, 1],
      [7, 1, 0, 2],
      [3, 7, 0, 1],
    ] as const) {
      const n = x + y;
      const share = s / (s + t);
      const chances = Array.from({ length: n + 1 }, (_, i) => {
        let ways = 1;
        for (let k = 0; k < i; k += 1) ways = (ways * (n - k)) / (k + 1);
        return ways * share ** i * (1 - share) ** (n - i);
      });
      const p = chances.reduce((sum, one) => (one <= chances[x]! * (1 + 1e-7) ? sum + one : sum), 0);
      expect(answered(exactRateRatioP(over(x, s), over(y, t)))).toBeCloseTo(p, 12);
    }
  });

  it('the E-test adds every pair of counts at least as far apart as the one seen', () => {
    for (const [x, s, y, t] of [
      [1, 1, 9, 3],
      [9, 3, 1, 1],
      [6, 1, 6, 5],
      [0, 2, 7, 1],
      [40, 1, 20, 1],
    ] as const)
      for (const form of ['score', 'wald'] as const) {
        const pooled = (x + y) / (s + t);
        const apart = (i: number, j: number): number => {
          const spread = form === 'score' ? ((i + j) / (s + t)) * (1 / s + 1 / t) : i / s ** 2 + j / t ** 2;
          return i + j === 0 ? 0 : Math.abs(i / s - j / t) / Math.sqrt(spread);
        };
        let p = 0;
        for (let i = 0; i < 150; i += 1)
          for (let j = 0; j < 150; j += 1)
            if (apart(i, j) >= apart(x, y) * (1 - 1e-9))
              p += poissonProbability(i, s * pooled) * poissonProbability(j, t * pooled);
        expect(answered(eTest(over(x, s), over(y, t), form))).toBeCloseTo(p, 9);
      }
  });

  it('gives counts beyond ten million to the score test', () => {
    const [before, after] = [over(15e6, 1), over(15_007_000, 1)];
    expect(eTest(before, after)).toBe(scoreTest(before, after));
    // Just over the mean of each at which the sums gain nothing, with twice the time in one.
    expect(eTest(over(1, 1), over(2e7, 2))).toBe(scoreTest(over(1, 1), over(2e7, 2)));
  });

  it('refuses counts and exposures that are none, whatever is asked', () => {
    for (const ask of [eTest, scoreTest, scoreStatistic, exactRateRatioP]) {
      expect(reasonOf(ask(over(-1, 1), over(3, 1)))).toBe('not-a-count');
      expect(reasonOf(ask(over(1, 1), over(3, 0)))).toBe('no-exposure');
      expect(reasonOf(ask(over(1, 1e60), over(3, 1e-60)))).toBe('no-exposure');
    }
    for (const ask of [exactRateRatio, waldRateRatio, waldRiskRatio]) {
      expect(reasonOf(ask(over(1, 1), over(3, 0), 0.95))).toBe('no-exposure');
      expect(reasonOf(ask(over(1, 9), over(3, 9), 1))).toBe('level-out-of-range');
    }
    expect(reasonOf(exactRateRatio(over(0, 1), over(0, 1), 0.95))).toBe('no-events');
    for (const ask of [waldRateRatio, waldRiskRatio]) {
      expect(reasonOf(ask(over(0, 9), over(3, 9), 0.95))).toBe('zero-count');
      expect(reasonOf(ask(over(3, 9), over(0, 9), 0.95))).toBe('zero-count');
    }
  });

  it('a risk of everybody is certain, and of more than everybody is none', () => {
    // 1/9 − 1/9 + 1/9 − 1/9 = 0.
    expect(answered(waldRiskRatio(over(9, 9), over(9, 9), 0.95))).toMatchObject({ estimate: 1, lower: 1, upper: 1 });
    expect(reasonOf(waldRiskRatio(over(9, 3), over(9, 8), 0.95))).toBe('more-events-than-people');
  });
});

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
    const change = compared.changePercent as { estimate: number; lower: number; upper: number };
    expect(change.estimate).toBeCloseTo(46.6667, 4);
    expect(change.lower).toBeCloseTo(100 / 1.10925092788059 - 100, 7);
    expect(change.upper).toBeCloseTo(100 / 0.413878302609597 - 100, 6);
    expect(compared).toMatchObject({ before: over(30, 365), after: over(44, 365) });
    // A count that falls to none has no lower bound but all of it.
    const none = answered(compareRates({ before: over(12, 1), after: over(0, 1) }));
    expect(none.changePercent).toMatchObject({ estimate: -100, lower: -100 });
  });

  it('names its method and its level, and says in a sentence what it does not show', () => {
    const compared = answered(compareRates({ before: over(9, 1), after: over(18, 1), level: 0.9 }));
    expect(compared.method).toEqual({ name: 'score-e-test', version: '1' });
    expect(compared.ratio.level).toBe(0.9);
    expect(compared.changePercent).toEqual({
      refused: true,
      reason: 'too-few-for-percent',
      sentence: 'A percentage change is not shown because there were fewer than 10 events before.',
    });
    expect(answered(compareRates({ before: over(10, 1), after: over(18, 1), level: 0.9 })).changePercent).toMatchObject(
      {
        level: 0.9,
      },
    );
    expect(compareRates({ before: over(0, 1), after: over(0, 1) })).toEqual({
      refused: true,
      reason: 'no-events',
      sentence: 'There were no events in either period, so there is no change to measure.',
    });
  });

  it('shows no percentage on fewer than ten events before', () => {
    const compared = answered(compareRates({ before: over(9, 1), after: over(18, 1) }));
    expect(reasonOf(compared.changePercent)).toBe('too-few-for-percent');
    expect(reasonOf(answered(compareRates({ before: over(10, 1), after: over(0, 1) })).changePercent)).toBe('answered');
  });

  it('refuses what cannot be compared', () => {
    expect(reasonOf(compareRates({ before: over(0, 1), after: over(0, 1) }))).toBe('no-events');
    // As many after as before are still events.
    expect(reasonOf(compareRates({ before: over(3, 1), after: over(3, 1) }))).toBe('answered');
    expect(reasonOf(compareRates({ before: over(1, 0), after: over(1, 1) }))).toBe('no-exposure');
    expect(reasonOf(compareRates({ before: over(1, Infinity), after: over(1, 1) }))).toBe('no-exposure');
    expect(reasonOf(compareRates({ before: over(-1, 1), after: over(1, 1) }))).toBe('not-a-count');
    expect(reasonOf(compareRates({ before: over(1, 1), after: over(1, 1), level: 2 }))).toBe('level-out-of-range');
  });
});
