import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { giStar, giStarDeviates } from './gi-star.ts';
import { isRefusal, type Refusal } from './refusal.ts';
import { gridNeighbours, neighboursFromLists } from './spatial-neighbours.ts';
import { answered } from '../../test/answered.ts';

// The first period of the cube of the emerging-hot-spots reference: spdep 1.2-7, localG with self, queen, binary.
const cube = [
  9, 9, 9, 1, 2, 0, 0, 3, 10, 10, 11, 6, 1, 0, 2, 1, 10, 8, 11, 1, 3, 2, 3, 2, 2, 2, 2, 1, 1, 6, 3, 2, 1, 1, 4, 0, 1, 9,
  11, 12, 2, 5, 3, 4, 3, 11, 9, 10, 2, 2, 1, 0, 0, 12, 10, 9,
];

function answer<T>(got: T | Refusal): T {
  if (isRefusal(got)) throw new Error(got.sentence);
  return got;
}

describe('Gi*', () => {
  it('agrees with spdep', () => {
    const { z } = answer(giStar(cube, answered(gridNeighbours({ columns: 8, rows: 7 }))));
    const spdep = [
      2.54095001595573, 3.2805794582421, 1.99737259215438, 0.286430104037435, -1.85224800610875, -2.3869175336453,
      -2.27998362813799, -1.56860091237701, 3.06671164722748, 4.14411943945491,
    ];
    for (const [i, want] of spdep.entries()) expect(z[i]).toBeCloseTo(want, 12);
  });

  it('leaves the place itself out of mean, variance and sum when asked for Gi', () => {
    const values = [4, 1, 7, 2, 9];
    const lists = [[1], [0, 2], [1, 3], [2, 4], [3]];
    const { z, method } = answer(giStar(values, answer(neighboursFromLists(lists)), { withSelf: false }));
    expect(method.name).toBe('gi');
    // By the definition of Ord and Getis (1995), equation 6, over the other four places.
    for (const [i, near] of lists.entries()) {
      const others = values.filter((_, j) => j !== i);
      const mean = others.reduce((a, b) => a + b) / 4;
      const s2 = others.reduce((a, b) => a + (b - mean) ** 2, 0) / 4;
      const local = near.reduce((a, j) => a + values[j]!, 0);
      const w = near.length;
      expect(z[i]).toBeCloseTo((local - w * mean) / Math.sqrt((s2 * (4 * w - w * w)) / 3), 12);
    }
  });

  it('does not change when counts are scaled or shifted', () => {
    const grid = answered(gridNeighbours({ columns: 5, rows: 4 }));
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 40 }), { minLength: 20, maxLength: 20 }),
        fc.integer({ min: 2, max: 9 }),
        (counts, factor) => {
          fc.pre(new Set(counts).size > 1);
          const plain = answer(giStarDeviates(counts, grid));
          const scaled = answer(
            giStarDeviates(
              counts.map((count) => count * factor + 3),
              grid,
            ),
          );
          for (const [i, z] of plain.entries()) expect(scaled[i]).toBeCloseTo(z, 8);
        },
      ),
    );
  });

  it('agrees with spdep where ties go one way, with and without the place itself', () => {
    // spdep 1.2-7: localG of these lists, binary, with include.self() and without.
    const oneWay = answered(neighboursFromLists([[1, 2], [0], [1, 3, 4], [4], [0, 2, 3], [0, 4]]));
    const values = [6, 1, 4, 0, 9, 2];
    const star = answer(giStar(values, oneWay));
    expect(star.method).toEqual({ name: 'gi-star', version: '1' });
    const withSelf = [
      0, -0.085249292433809104, -0.170498584867618208, 0.426246462169045992, 1.108240801639519546, 1.446728466511236544,
    ];
    const without = answer(giStarDeviates(values, oneWay, { withSelf: false }));
    const leftOut = [
      -0.35862086370499213, 0.57616595969803197, -0.1931218198341072, 1.60248593287072061, 0.83390784793679351,
      1.73916398249983617,
    ];
    for (const i of values.keys()) {
      expect(star.z[i]).toBeCloseTo(withSelf[i]!, 12);
      expect(without[i]).toBeCloseTo(leftOut[i]!, 12);
    }
    // Two-sided, from a table of the normal distribution: 2(1 − Φ(1.4467)) = 0.1480, 2(1 − Φ(1.1082)) = 0.2678.
    expect(star.pTwoSided[5]).toBeCloseTo(0.148, 4);
    expect(star.pTwoSided[4]).toBeCloseTo(0.2678, 4);
    // Benjamini and Hochberg by hand: 6 × 0.148 and 3 × 0.2678; the larger's bounds the smaller's.
    expect(star.qValue[5]).toBeCloseTo(3 * 0.2678, 3);
  });

  it('needs three places', () => {
    expect(giStar([1, 2], answer(neighboursFromLists([[1], [0]])))).toMatchObject({ reason: 'too-few-places' });
    expect(isRefusal(giStar([1, 2, 4], answer(neighboursFromLists([[1], [0], []]))))).toBe(false);
  });

  it('adjusts p for the number of cells', () => {
    const { pTwoSided, qValue } = answer(giStar(cube, answered(gridNeighbours({ columns: 8, rows: 7 }))));
    for (const [i, q] of qValue.entries()) expect(q).toBeGreaterThanOrEqual(pTwoSided[i]!);
  });

  it('refuses what has no answer', () => {
    const grid = answered(gridNeighbours({ columns: 2, rows: 2 }));
    expect(giStar([1, 1, 1, 1], grid)).toMatchObject({ refused: true, reason: 'no-variation' });
    expect(giStar([1, 2, 3], grid)).toMatchObject({ refused: true, reason: 'mismatched-lengths' });
    expect(giStar([1, 2, Number.NaN, 4], grid)).toMatchObject({ refused: true, reason: 'not-finite' });
    expect(gridNeighbours({ columns: 0, rows: 0 })).toMatchObject({ reason: 'bad-grid' });
  });

  it('gives 0 and not NaN to a place that neighbours all others', () => {
    const all = answer(
      neighboursFromLists([
        [1, 2],
        [0, 2],
        [0, 1],
      ]),
    );
    expect([...answer(giStar([5, 1, 2], all)).z]).toEqual([0, 0, 0]);
  });
});

describe('the neighbours of a grid', () => {
  it('are eight inside, five on a side and three in a corner', () => {
    const { starts } = answered(gridNeighbours({ columns: 3, rows: 3 }));
    const degree = Array.from({ length: 9 }, (_, i) => starts[i + 1]! - starts[i]!);
    expect(degree).toEqual([3, 5, 3, 5, 8, 5, 3, 5, 3]);
  });

  it('leave out cells beyond the boundary and number the others anew', () => {
    const inside = Uint8Array.of(1, 0, 1, 1, 1, 1);
    const { places, starts, indices } = answered(gridNeighbours({ columns: 3, rows: 2, inside }));
    expect(places).toBe(5);
    expect([...indices.slice(starts[0], starts[1])].sort()).toEqual([2, 3]);
  });

  it('refuse a list that would count a place twice', () => {
    expect(neighboursFromLists([[1, 1], [0]])).toMatchObject({ refused: true });
    expect(neighboursFromLists([[0], [0]])).toMatchObject({ refused: true });
    expect(neighboursFromLists([[2], [0]])).toMatchObject({ refused: true });
  });
});
