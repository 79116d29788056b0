import { describe, expect, it } from 'vitest';
import { emergingHotSpots } from './emerging-hot-spots.ts';
import { isRefusal } from './refusal.ts';
import { gridNeighbours } from './spatial-neighbours.ts';
import { answered } from '../../test/answered.ts';

const neighbours = answered(gridNeighbours({ columns: 9, rows: 9 }));

/**
 * What becomes of the middle of a nine by nine map that holds so many more (or fewer) events in each of twenty periods than
 * its surroundings. The surroundings differ a little, so that no period is without variation.
 */
function foundOf(excess: readonly number[], alpha?: number) {
  const counts = excess.map((more) =>
    Array.from({ length: 81 }, (_, i) => {
      const middle = Math.abs((i % 9) - 4) <= 1 && Math.abs(Math.floor(i / 9) - 4) <= 1;
      return 40 + ((i * 7) % 3) + (middle ? more : 0);
    }),
  );
  return answered(emergingHotSpots(counts, neighbours, alpha === undefined ? {} : { alpha }));
}
const categoryOf = (excess: readonly number[], alpha?: number): string => foundOf(excess, alpha).category[40]!;
const periods = (...runs: readonly (readonly [times: number, excess: number])[]) =>
  runs.flatMap(([times, excess]) => Array.from({ length: times }, () => excess));

describe('emerging hot spots', () => {
  // The published definitions (Esri, How Emerging Hot Spot Analysis works), one case a category.
  it.each([
    ['new hot spot', periods([19, 0], [1, 9])],
    ['consecutive hot spot', periods([16, 0], [4, 9])],
    ['intensifying hot spot', Array.from({ length: 20 }, (_, i) => 4 + i)],
    ['diminishing hot spot', Array.from({ length: 20 }, (_, i) => 24 - i)],
    ['persistent hot spot', periods([20, 9])],
    ['historical hot spot', periods([19, 9], [1, 0])],
    ['oscillating hot spot', periods([3, -9], [8, 0], [2, 9], [4, -9], [3, 9])],
    ['sporadic hot spot', periods([3, 9], [5, 0], [2, 9], [7, 0], [3, 9])],
    ['no pattern', periods([20, 0])],
    ['new cold spot', periods([19, 0], [1, -9])],
    ['consecutive cold spot', periods([16, 0], [4, -9])],
    ['intensifying cold spot', Array.from({ length: 20 }, (_, i) => -4 - i)],
    ['diminishing cold spot', Array.from({ length: 20 }, (_, i) => i - 24)],
    ['oscillating cold spot', periods([3, 9], [8, 0], [2, -9], [4, 9], [3, -9])],
    ['sporadic cold spot', periods([3, -9], [5, 0], [2, -9], [7, 0], [3, -9])],
    // Ninety periods in a hundred make it last, and one fewer does not.
    ['persistent hot spot', periods([9, 9], [2, 0], [9, 9])],
    ['sporadic hot spot', periods([9, 9], [3, 0], [8, 9])],
    ['consecutive hot spot', periods([3, 0], [17, 9])],
    ['sporadic hot spot', periods([1, 9], [19, 0])],
    ['sporadic hot spot', periods([3, 0], [16, 9], [1, 0])],
    ['historical hot spot', periods([1, 0], [18, 9], [1, 0])],
    ['persistent cold spot', periods([20, -9])],
    ['historical cold spot', periods([19, -9], [1, 0])],
  ])('calls it a %s', (category, excess) => {
    expect(categoryOf(excess)).toBe(category);
  });

  it('tells the trend of each place by Mann and Kendall', () => {
    // Ever more in the middle: each of the 190 pairs of periods rises, variance 20 × 19 × 45 / 18.
    const found = foundOf(Array.from({ length: 20 }, (_, i) => 4 + i));
    expect(found.method).toEqual({ name: 'emerging-hot-spots', version: '1' });
    expect(found.trendS[40]).toBe(190);
    expect(found.trendZ[40]).toBeCloseTo(189 / Math.sqrt(950), 12);
    expect(found.trendP[40]).toBeLessThan(1e-8);
  });

  it('asks for as little chance as it is told', () => {
    // The trend is beyond doubt at one in a hundred million, but not at one in 10¹²; nor then is the spot itself beyond 10⁻¹⁵.
    const more = Array.from({ length: 20 }, (_, i) => 4 + i);
    expect(categoryOf(more, 1e-8)).toBe('intensifying hot spot');
    expect(categoryOf(more, 1e-12)).toBe('persistent hot spot');
    expect(categoryOf(more, 1e-40)).toBe('no pattern');
  });

  it('lets an empty period pass as one in which nothing stands out', () => {
    const counts = Array.from({ length: 10 }, (_, period) =>
      Array.from({ length: 81 }, (__, i) => (period === 3 ? 0 : i % 5)),
    );
    const found = emergingHotSpots(counts, neighbours);
    if (isRefusal(found)) throw new Error(found.sentence);
    expect(found.giStarByPeriod[3]!.every((z) => z === 0)).toBe(true);
  });

  it('refuses what has no answer', () => {
    const counts = Array.from({ length: 10 }, () => Array.from({ length: 81 }, (_, i) => i % 5));
    expect(emergingHotSpots(counts.slice(1), neighbours)).toMatchObject({
      reason: 'too-few-periods',
      sentence: 'Emerging hot spots need at least ten periods.',
    });
    expect(emergingHotSpots(counts, neighbours)).toHaveProperty('category');
    for (const alpha of [1, Number.NaN])
      expect(emergingHotSpots(counts, neighbours, { alpha })).toMatchObject({
        reason: 'bad-alpha',
        sentence: 'The level of significance must lie between 0 and 1.',
      });
    expect(emergingHotSpots(counts.with(2, [1, 2]), neighbours)).toMatchObject({ reason: 'mismatched-lengths' });
    expect(emergingHotSpots(counts, neighbours, { alpha: 0 })).toMatchObject({ reason: 'bad-alpha' });
  });
});
