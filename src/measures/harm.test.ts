import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { costOfCrime } from './cost-of-crime.ts';
import { combineHarmRanks, harmIndex, harmRankIntervals, harmRankReplicates, prepareHarmRanks } from './harm.ts';
import { type Refusal, isRefusal } from './refusal.ts';

function answered<T>(answer: T | Refusal): T {
  if (isRefusal(answer)) throw new Error(answer.sentence);
  return answer;
}
const reasonOf = (answer: unknown): string => (isRefusal(answer) ? answer.reason : 'answered');

// Homicide, robbery, common assault, in round days.
const weights = [5475, 365, 1];
const counts = [
  [1, 0, 20],
  [0, 10, 50],
  [0, 0, 50],
];

describe('harmIndex', () => {
  it('by hand: ranks turn round between count and harm', () => {
    const { areas } = answered(harmIndex({ counts, weights }));
    expect(areas.map((area) => area.harm)).toEqual([5495, 3700, 50]);
    expect(areas.map((area) => area.rankByHarm)).toEqual([1, 2, 3]);
    expect(areas.map((area) => area.rankByCount)).toEqual([3, 1, 2]);
    expect(areas[0]!.standardError).toBeCloseTo(Math.sqrt(5475 ** 2 + 20), 9);
    expect(areas[0]!.shareOfGravestEvent).toBeCloseTo(5475 / 5495, 12);
    expect(areas.map((area) => area.drivenByFewEvents)).toEqual([true, false, false]);
  });

  it('calls an offence grave above a year, and says when one or two of them carry an area', () => {
    const row = (grave: number): number[] => [grave, 7, 5];
    const { areas } = answered(harmIndex({ counts: [row(0), row(1), row(2), row(3)], weights: [366, 365, 1] }));
    expect(areas.map((area) => area.graveEvents)).toEqual([0, 1, 2, 3]);
    expect(areas.map((area) => area.drivenByFewEvents)).toEqual([false, true, true, false]);
    expect(areas.map((area) => area.count)).toEqual([12, 13, 14, 15]);
    expect(areas[0]!.shareOfGravestEvent).toBeCloseTo(365 / (7 * 365 + 5), 12);
    const own = answered(harmIndex({ counts: [row(1)], weights: [366, 365, 1], graveWeight: 0 }));
    expect(own.areas[0]!.graveEvents).toBe(13);
  });

  it('gives areas that tie the better rank, and bears an area without events', () => {
    const { areas } = answered(harmIndex({ counts: [[2], [2], [1], [0]], weights: [3] }));
    expect(areas.map((area) => area.rankByHarm)).toEqual([1, 1, 3, 4]);
    expect(areas[3]).toMatchObject({ harm: 0, standardError: 0, shareOfGravestEvent: 0 });
  });

  it('adds up when areas merge, and scales with its weights', () => {
    const row = fc.array(fc.nat(200), { minLength: 3, maxLength: 3 });
    fc.assert(
      fc.property(row, row, (one, two) => {
        const merged = one.map((c, k) => c + two[k]!);
        const { areas } = answered(harmIndex({ counts: [one, two, merged], weights }));
        expect(areas[2]!.harm).toBe(areas[0]!.harm + areas[1]!.harm);
        expect(areas[2]!.standardError ** 2).toBeCloseTo(
          areas[0]!.standardError ** 2 + areas[1]!.standardError ** 2,
          3,
        );
        const double = answered(harmIndex({ counts: [one], weights: weights.map((w) => 2 * w) }));
        expect(double.areas[0]!.harm).toBe(2 * areas[0]!.harm);
      }),
    );
  });

  it('refuses holes and negative weights', () => {
    expect(reasonOf(harmIndex({ counts: [], weights }))).toBe('no-areas');
    expect(reasonOf(harmIndex({ counts: [[1]], weights }))).toBe('lengths-differ');
    expect(reasonOf(harmIndex({ counts: [[1]], weights: [-1] }))).toBe('weight-out-of-range');
    expect(reasonOf(harmIndex({ counts: [[Number.NaN]], weights: [1] }))).toBe('not-a-count');
    expect(reasonOf(harmIndex({ counts: [[1]], weights: [Infinity] }))).toBe('weight-out-of-range');
    expect(reasonOf(harmIndex({ counts: [[1]], weights: [1], graveWeight: -1 }))).toBe('weight-out-of-range');
    expect(reasonOf(harmIndex({ counts: [[1], [1, 2]], weights: [1] }))).toBe('lengths-differ');
    expect(reasonOf(harmIndex({ counts: [[1], [-1]], weights: [0] }))).toBe('not-a-count');
    expect(reasonOf(harmIndex({ counts: [[1]], weights: [0] }))).toBe('answered');
  });
});

describe('harmRankIntervals', () => {
  it('is the same for one seed, other for another, and holds the rank of areas far apart', () => {
    const table = Array.from({ length: 8 }, (_, i) => [i % 2, 5 + i, 100]);
    const one = answered(harmRankIntervals({ counts: table, weights, seed: 4, draws: 400 }));
    expect(answered(harmRankIntervals({ counts: table, weights, seed: 4, draws: 400 }))).toEqual(one);
    expect(answered(harmRankIntervals({ counts: table, weights, seed: 5, draws: 400 }))).not.toEqual(one);
    const apart = answered(harmRankIntervals({ counts: [[100], [10_000], [1_000_000]], weights: [1], seed: 1 }));
    expect(apart.intervals).toEqual([
      { low: 3, high: 3 },
      { low: 2, high: 2 },
      { low: 1, high: 1 },
    ]);
  });

  it('lets a homicide move an area across the whole table', () => {
    const { intervals } = answered(
      harmRankIntervals({
        counts: [
          [1, 0, 20],
          [0, 5, 20],
          [0, 5, 20],
        ],
        weights,
        seed: 2,
      }),
    );
    // A single homicide is drawn as none more than one time in three.
    expect(intervals[0]).toEqual({ low: 1, high: 3 });
  });

  it('joins draws that were made apart, and takes the middle of the ranks by hand', () => {
    const table = answered(prepareHarmRanks({ counts: [[3], [4]], weights: [2], level: 0.5 }));
    const whole = answered(harmRankReplicates(table, 6, 0, 10));
    expect(whole).toHaveLength(20);
    const parts = [answered(harmRankReplicates(table, 6, 0, 4)), answered(harmRankReplicates(table, 6, 4, 10))];
    expect(parts.flatMap((part) => [...part])).toEqual([...whole]);
    expect(combineHarmRanks(table, parts, 6)).toEqual(combineHarmRanks(table, [whole], 6));
    // Ranks of the first area 1, 1, 1, 2, 2: its quartiles by R's type 7 are 1 and 2; of the second 2, 2, 2, 1, 1.
    const hand = [Uint32Array.of(1, 2, 2, 1, 1, 2), Uint32Array.of(2, 1, 1, 2)];
    expect(answered(combineHarmRanks(table, hand, 6))).toMatchObject({
      intervals: [
        { low: 1, high: 2 },
        { low: 1, high: 2 },
      ],
      level: 0.5,
      draws: 5,
      seed: 6,
    });
    // The middle three tenths: 0.6 of the way from the third rank to the fourth, and 0.4 from the second to the third.
    expect(answered(combineHarmRanks({ ...table, level: 0.3 }, hand, 6)).intervals).toEqual([
      { low: 1, high: expect.closeTo(1.6, 12) },
      { low: expect.closeTo(1.4, 12), high: 2 },
    ]);
    expect(reasonOf(combineHarmRanks(table, [], 6))).toBe('no-draws');
    expect(reasonOf(combineHarmRanks(table, hand, 0.5))).toBe('bad-seed');
    expect(isRefusal(harmRankReplicates(table, 6, 5, 4))).toBe(true);
  });

  it('ranks by drawn counts times weights', () => {
    // Four thousand draws of Poisson 1 and 2: P(A ≥ B) for the better rank of A, added up term by term.
    const table = answered(prepareHarmRanks({ counts: [[1], [2]], weights: [5] }));
    const ranked = answered(harmRankReplicates(table, 8, 0, 4000));
    const poisson = (mean: number, k: number): number => {
      let p = Math.exp(-mean);
      for (let i = 1; i <= k; i += 1) p *= mean / i;
      return p;
    };
    let chance = 0;
    for (let a = 0; a < 30; a += 1) for (let b = 0; b <= a; b += 1) chance += poisson(1, a) * poisson(2, b);
    const first = ranked.filter((rank, i) => i % 2 === 0 && rank === 1).length / 4000;
    expect(Math.abs(first - chance)).toBeLessThan(4 * Math.sqrt((chance * (1 - chance)) / 4000));
  });

  it('says why it will not draw', () => {
    const ask = (more: object): string => reasonOf(harmRankIntervals({ counts, weights, seed: 1, ...more }));
    expect(ask({ level: 1 })).toBe('level-out-of-range');
    expect(ask({ counts: [] })).toBe('no-areas');
    expect(ask({ seed: 0.5 })).toBe('bad-seed');
    expect(ask({ draws: 0 })).toBe('no-draws');
    expect(ask({ draws: 1 })).toBe('answered');
    expect(answered(harmRankIntervals({ counts, weights, seed: 1 }))).toMatchObject({ draws: 1000, level: 0.9 });
  });

  it('stops when asked to', () => {
    const told: number[] = [];
    const answer = harmRankIntervals({
      counts,
      weights,
      seed: 1,
      draws: 1000,
      onProgress: (done) => told.push(done) < 3,
    });
    expect(reasonOf(answer)).toBe('stopped');
    expect(told).toEqual([100, 200, 300]);
  });
});

describe('costOfCrime', () => {
  it('by hand: two robberies at £11,320, 4.3 actual for each recorded, prices up 24 %', () => {
    const cost = answered(
      costOfCrime({ counts: [[2]], unitCosts: [{ pounds: 11_320, actualPerRecorded: 4.3 }], deflator: 1.24 }),
    );
    expect(cost.areas[0]!.recordedPounds).toBeCloseTo(28_073.6, 6);
    expect(cost.totalActualPounds).toBeCloseTo(120_716.48, 6);
    // Two areas and two offences: 3 × 100 + 1 × 10 and 2 × 10, once and with 2 and 5 for each recorded, at half the prices.
    const two = answered(
      costOfCrime({
        counts: [
          [3, 1],
          [0, 2],
        ],
        unitCosts: [
          { pounds: 100, actualPerRecorded: 2 },
          { pounds: 10, actualPerRecorded: 5 },
        ],
        deflator: 0.5,
      }),
    );
    expect(two).toMatchObject({
      areas: [
        { recordedPounds: 155, actualPounds: 325 },
        { recordedPounds: 10, actualPounds: 50 },
      ],
      totalRecordedPounds: 165,
      totalActualPounds: 375,
    });
  });

  it('refuses costs that make no sense', () => {
    const unitCosts = [{ pounds: 1, actualPerRecorded: 1 }];
    expect(reasonOf(costOfCrime({ counts: [[1]], unitCosts, deflator: 0 }))).toBe('deflator-out-of-range');
    expect(reasonOf(costOfCrime({ counts: [[1, 2]], unitCosts, deflator: 1 }))).toBe('lengths-differ');
    expect(reasonOf(costOfCrime({ counts: [], unitCosts, deflator: 1 }))).toBe('no-areas');
    expect(reasonOf(costOfCrime({ counts: [[1], [1, 2]], unitCosts, deflator: 1 }))).toBe('lengths-differ');
    expect(reasonOf(costOfCrime({ counts: [[1], [0.5]], unitCosts, deflator: 1 }))).toBe('not-a-count');
    for (const wrong of [{ pounds: -1 }, { pounds: Infinity }, { actualPerRecorded: Infinity }])
      expect(
        reasonOf(
          costOfCrime({ counts: [[1, 1]], unitCosts: [...unitCosts, { ...unitCosts[0]!, ...wrong }], deflator: 1 }),
        ),
      ).toBe('cost-out-of-range');
    expect(
      reasonOf(costOfCrime({ counts: [[1]], unitCosts: [{ pounds: 0, actualPerRecorded: 1 }], deflator: 1 })),
    ).toBe('answered');
    expect(
      reasonOf(costOfCrime({ counts: [[1]], unitCosts: [{ pounds: 1, actualPerRecorded: 0.5 }], deflator: 1 })),
    ).toBe('cost-out-of-range');
  });
});
