import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rake } from './raking.ts';
import { type Refusal, isRefusal } from './refusal.ts';
import { responsesForMargin, surveyMargin } from './survey-margin.ts';

function answered<T>(answer: T | Refusal): T {
  if (isRefusal(answer)) throw new Error(answer.sentence);
  return answer;
}
const reasonOf = (answer: unknown): string => (isRefusal(answer) ? answer.reason : 'answered');

describe('survey margin', () => {
  it('meets the figures that pollsters print: ±3.1 points of 1,000, ±8.3 of 139', () => {
    expect(100 * answered(surveyMargin({ responses: 1000 }))).toBeCloseTo(3.1, 2);
    expect(100 * answered(surveyMargin({ responses: 139 }))).toBeCloseTo(8.3, 1);
  });

  it('meets the sample sizes of Krejcie & Morgan 1970, table 1', () => {
    expect(responsesForMargin({ margin: 0.05 })).toBe(385);
    // Their table rounds to the nearest.
    for (const [population, sample] of [
      [100, 80],
      [1000, 278],
      [10_000, 370],
    ] as const)
      expect(Math.abs(answered(responsesForMargin({ margin: 0.05, population })) - sample)).toBeLessThanOrEqual(1);
  });

  it('by hand: a share of a fifth, with and without a population', () => {
    const z = 1.959963984540054;
    expect(answered(surveyMargin({ responses: 400, share: 0.2 }))).toBeCloseTo(z * 0.02, 12);
    expect(answered(surveyMargin({ responses: 400, share: 0.2, population: 1000 }))).toBeCloseTo(
      z * 0.02 * Math.sqrt(600 / 999),
      12,
    );
    expect(answered(surveyMargin({ responses: 1, population: 1 }))).toBeCloseTo(z * 0.5, 12);
    expect(responsesForMargin({ margin: z * 0.02, share: 0.2 })).toBe(400);
    // n₀ = 400: 400/(1 + 399/1000) = 285.9.
    expect(responsesForMargin({ margin: z * 0.02, share: 0.2, population: 1000 })).toBe(286);
    expect(responsesForMargin({ margin: 0.05, population: 1 })).toBe(1);
    expect(responsesForMargin({ margin: 0.999, share: 0.001 })).toBe(1);
    // 2.5758² × 0.25/0.05² = 663.5.
    expect(responsesForMargin({ margin: 0.05, level: 0.99 })).toBe(664);
    expect(answered(surveyMargin({ responses: 100, level: 0.99 }))).toBeCloseTo(2.5758293035489 * 0.05, 10);
  });

  it('asks for just enough responses', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.005, max: 0.4, noNaN: true }),
        fc.integer({ min: 50, max: 1e6 }),
        (margin, population) => {
          const responses = answered(responsesForMargin({ margin, population }));
          expect(answered(surveyMargin({ responses, population }))).toBeLessThanOrEqual(margin * (1 + 1e-6));
          if (responses > 1)
            expect(answered(surveyMargin({ responses: responses - 1, population }))).toBeGreaterThan(
              margin * (1 - 1e-6),
            );
        },
      ),
    );
  });

  it('is nought when everybody has answered, and refused when nobody has', () => {
    expect(surveyMargin({ responses: 50, population: 50 })).toBe(0);
    expect(reasonOf(surveyMargin({ responses: 0 }))).toBe('no-responses');
    expect(reasonOf(surveyMargin({ responses: Number.NaN }))).toBe('no-responses');
    expect(reasonOf(surveyMargin({ responses: 9, population: 8 }))).toBe('more-responses-than-people');
    expect(reasonOf(surveyMargin({ responses: 9, share: 1 }))).toBe('share-out-of-range');
    expect(reasonOf(responsesForMargin({ margin: 0 }))).toBe('margin-out-of-range');
    expect(reasonOf(responsesForMargin({ margin: 0.1, population: 0 }))).toBe('no-population');
    expect(reasonOf(responsesForMargin({ margin: 1 }))).toBe('margin-out-of-range');
    for (const population of [0.5, Infinity, Number.NaN])
      expect(reasonOf(surveyMargin({ responses: 9, population }))).toBe('no-population');
    for (const share of [0, 1, Number.NaN]) {
      expect(reasonOf(surveyMargin({ responses: 9, share }))).toBe('share-out-of-range');
      expect(reasonOf(responsesForMargin({ margin: 0.1, share }))).toBe('share-out-of-range');
    }
    expect(reasonOf(surveyMargin({ responses: 9, level: 1 }))).toBe('level-out-of-range');
    expect(reasonOf(responsesForMargin({ margin: 0.1, level: 0 }))).toBe('level-out-of-range');
    for (const responses of [-1, Infinity]) expect(reasonOf(surveyMargin({ responses }))).toBe('no-responses');
  });
});

describe('rake', () => {
  /** One response for each count of a table of two variables. */
  const responses = (table: readonly (readonly number[])[]): number[][] =>
    table.flatMap((row, i) => row.flatMap((count, j) => new Array<number[]>(count).fill([i, j])));

  it('meets the worked table of iterative proportional fitting in Wikipedia, to its rounding', () => {
    const table = [
      [40, 30, 20, 10],
      [35, 50, 100, 75],
      [30, 80, 70, 120],
      [20, 30, 40, 50],
    ];
    const rows = [150, 300, 400, 150].map((n) => n / 1000);
    const columns = [200, 300, 400, 100].map((n) => n / 1000);
    const levels = responses(table);
    const raked = answered(rake({ levels, targets: [rows, columns], least: 0, most: 1e9 }));
    const cell = (i: number, j: number): number =>
      (raked.weights.reduce((sum, w, k) => (levels[k]![0] === i && levels[k]![1] === j ? sum + w : sum), 0) * 1000) /
      levels.length;
    const want = [
      [64.56, 46.23, 35.38, 3.83],
      [49.97, 68.15, 156.49, 25.37],
      [56.72, 144.4, 145.1, 53.76],
      [28.74, 41.18, 63.03, 17.03],
    ];
    want.forEach((row, i) => row.forEach((value, j) => expect(Math.abs(cell(i, j) - value)).toBeLessThan(0.1)));
  });

  it('meets every margin and keeps every odds ratio of the sample: that is what raking is', () => {
    const count = fc.integer({ min: 1, max: 12 });
    const share = fc.integer({ min: 1, max: 9 });
    fc.assert(
      fc.property(
        fc.array(count, { minLength: 6, maxLength: 6 }),
        fc.array(share, { minLength: 5, maxLength: 5 }),
        (cells, shares) => {
          const table = [cells.slice(0, 3), cells.slice(3)];
          const levels = responses(table);
          const part = (values: number[]): number[] => values.map((v) => v / values.reduce((a, b) => a + b));
          const targets = [part(shares.slice(0, 2)), part(shares.slice(2))];
          const raked = answered(rake({ levels, targets, least: 0, most: 1e9 }));
          expect(raked.largestGap).toBeLessThan(1e-9);
          const weight = (i: number, j: number): number =>
            raked.weights[levels.findIndex((row) => row[0] === i && row[1] === j)]!;
          for (const j of [1, 2])
            expect((weight(0, 0) * weight(1, j)) / (weight(0, j) * weight(1, 0))).toBeCloseTo(1, 6);
          // Kish's other form of the effective number: n / (1 + squared coefficient of variation).
          const mean = raked.weights.reduce((a, b) => a + b) / levels.length;
          const variance = raked.weights.reduce((sum, w) => sum + (w - mean) ** 2, 0) / levels.length;
          expect(raked.effectiveResponses).toBeCloseTo(levels.length / (1 + variance / mean ** 2), 6);
        },
      ),
    );
  });

  it('holds weights between its caps and tells what that costs', () => {
    const levels = responses([
      [97, 1],
      [1, 1],
    ]);
    const raked = answered(
      rake({
        levels,
        targets: [
          [0.5, 0.5],
          [0.5, 0.5],
        ],
      }),
    );
    expect(Math.max(...raked.weights)).toBeLessThanOrEqual(3);
    expect(Math.min(...raked.weights)).toBeGreaterThanOrEqual(0.3);
    expect(raked.largestGap).toBeGreaterThan(0.1);
    expect(raked.capped).toBeGreaterThan(0);
  });

  it('by hand: one margin, with room and at each cap', () => {
    const free = answered(rake({ levels: [[0], [0], [1]], targets: [[0.5, 0.5]] }));
    expect([...free.weights]).toEqual([0.75, 0.75, 1.5].map((weight) => expect.closeTo(weight, 12) as number));
    // (Σw)²/Σw² = 9/3.375.
    expect(free.effectiveResponses).toBeCloseTo(9 / 3.375, 12);
    expect(free.achieved).toEqual([[expect.closeTo(0.5, 12), expect.closeTo(0.5, 12)]]);
    expect(free.largestGap).toBeLessThan(1e-12);
    expect(free.capped).toBe(0);

    // One of ten should count for half: at most 3, so the other nine keep 7/9 each.
    const levels = Array.from({ length: 10 }, (_, i) => [i === 4 ? 1 : 0]);
    const high = answered(rake({ levels, targets: [[0.5, 0.5]] }));
    expect(high.weights[4]).toBeCloseTo(3, 9);
    expect(high.weights[0]).toBeCloseTo(7 / 9, 9);
    expect(high.achieved[0]![1]).toBeCloseTo(0.3, 9);
    expect(high.largestGap).toBeCloseTo(0.2, 9);
    expect(high.effectiveResponses).toBeCloseTo(100 / (9 * (7 / 9) ** 2 + 9), 8);
    expect(high.capped).toBe(1);

    // One of ten should count for a hundredth: at least 0.3.
    const low = answered(rake({ levels, targets: [[0.99, 0.01]] }));
    expect(low.weights[4]).toBeCloseTo(0.3, 9);
    expect(low.weights[0]).toBeCloseTo(9.7 / 9, 9);
    expect(low.largestGap).toBeCloseTo(0.02, 9);
    expect(low.capped).toBe(1);

    // A group that the population has none of, and that nobody is from, is left out.
    const without = answered(rake({ levels: [[0], [0], [1]], targets: [[0.5, 0.5, 0]] }));
    expect(without.achieved[0]![2]).toBe(0);
    expect(without.weights[2]).toBeCloseTo(1.5, 12);
  });

  it('leaves a sample alone that fits already', () => {
    const raked = answered(
      rake({
        levels: responses([
          [10, 20],
          [30, 40],
        ]),
        targets: [
          [0.3, 0.7],
          [0.4, 0.6],
        ],
      }),
    );
    raked.weights.forEach((weight) => expect(weight).toBeCloseTo(1, 9));
    expect(raked.effectiveResponses).toBeCloseTo(100, 9);
    expect(raked.capped).toBe(0);
  });

  it('refuses margins that cannot be met', () => {
    const levels = [[0], [1]];
    expect(reasonOf(rake({ levels: [], targets: [[1]] }))).toBe('no-responses');
    expect(reasonOf(rake({ levels, targets: [] }))).toBe('no-margins');
    expect(reasonOf(rake({ levels, targets: [[0.5, 0.6]] }))).toBe('shares-do-not-add-up');
    expect(reasonOf(rake({ levels, targets: [[Number.NaN, 1]] }))).toBe('shares-do-not-add-up');
    expect(reasonOf(rake({ levels, targets: [[1]] }))).toBe('unknown-level');
    expect(reasonOf(rake({ levels, targets: [[0, 1]] }))).toBe('level-without-share');
    expect(reasonOf(rake({ levels, targets: [[0.2, 0.3, 0.5]] }))).toBe('group-without-responses');
    expect(reasonOf(rake({ levels, targets: [[0.5, 0.5]], most: 0.5 }))).toBe('caps-out-of-range');
    for (const least of [-0.1, 1.1, Number.NaN])
      expect(reasonOf(rake({ levels, targets: [[0.5, 0.5]], least }))).toBe('caps-out-of-range');
    for (const least of [0, 1]) expect(reasonOf(rake({ levels, targets: [[0.5, 0.5]], least }))).toBe('answered');
    expect(reasonOf(rake({ levels, targets: [[0.5, 0.5]], most: 1 }))).toBe('answered');
    expect(reasonOf(rake({ levels, targets: [[1.5, -0.5]] }))).toBe('shares-do-not-add-up');
    expect(reasonOf(rake({ levels, targets: [[0.4, 0.5]] }))).toBe('shares-do-not-add-up');
    expect(reasonOf(rake({ levels, targets: [[0.5, 0.5000005]] }))).toBe('answered');
    expect(reasonOf(rake({ levels: [[0], []], targets: [[0.5, 0.5]] }))).toBe('unknown-level');
    expect(reasonOf(rake({ levels: [[0], [-1]], targets: [[0.5, 0.5]] }))).toBe('unknown-level');
  });
});
