import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { costOfCrime } from './cost-of-crime.ts';
import { harmIndex, harmRankIntervals } from './harm.ts';
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
  });

  it('refuses costs that make no sense', () => {
    const unitCosts = [{ pounds: 1, actualPerRecorded: 1 }];
    expect(reasonOf(costOfCrime({ counts: [[1]], unitCosts, deflator: 0 }))).toBe('deflator-out-of-range');
    expect(reasonOf(costOfCrime({ counts: [[1, 2]], unitCosts, deflator: 1 }))).toBe('lengths-differ');
    expect(reasonOf(costOfCrime({ counts: [], unitCosts, deflator: 1 }))).toBe('no-areas');
    expect(
      reasonOf(costOfCrime({ counts: [[1]], unitCosts: [{ pounds: 1, actualPerRecorded: 0.5 }], deflator: 1 })),
    ).toBe('cost-out-of-range');
  });
});
