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
function categoryOf(excess: readonly number[]): string {
  const counts = excess.map((more) =>
    Array.from({ length: 81 }, (_, i) => {
      const middle = Math.abs((i % 9) - 4) <= 1 && Math.abs(Math.floor(i / 9) - 4) <= 1;
      return 10 + ((i * 7) % 3) + (middle ? more : 0);
    }),
  );
  const found = emergingHotSpots(counts, neighbours);
  if (isRefusal(found)) throw new Error(found.sentence);
  return found.category[40]!;
}
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
    ['persistent cold spot', periods([20, -9])],
    ['historical cold spot', periods([19, -9], [1, 0])],
  ])('calls it a %s', (category, excess) => {
    expect(categoryOf(excess)).toBe(category);
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
    expect(emergingHotSpots(counts.slice(1), neighbours)).toMatchObject({ reason: 'too-few-periods' });
    expect(emergingHotSpots(counts.with(2, [1, 2]), neighbours)).toMatchObject({ reason: 'mismatched-lengths' });
    expect(emergingHotSpots(counts, neighbours, { alpha: 0 })).toMatchObject({ reason: 'bad-alpha' });
  });
});
