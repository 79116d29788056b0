import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { generalG } from './general-g.ts';
import { globalMoran, localMoran } from './moran.ts';
import { isRefusal, type Refusal } from './refusal.ts';
import { gridNeighbours, neighboursFromLists } from './spatial-neighbours.ts';
import { answered } from '../../test/answered.ts';

function answer<T>(got: T | Refusal): T {
  if (isRefusal(got)) throw new Error(got.sentence);
  return got;
}

const columns = 4;
const rows = 3;
const grid = answered(gridNeighbours({ columns, rows }));
const counts = fc
  .array(fc.integer({ min: 0, max: 30 }), { minLength: 12, maxLength: 12 })
  .filter((values) => new Set(values).size > 2);

/** Every order of the values over the places would take 12! steps; a sample of orders stands for them. */
function shuffled(values: readonly number[], seed: number): number[] {
  const order = [...values];
  let state = seed;
  for (let i = order.length - 1; i > 0; i--) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    const j = Math.floor((state / 2 ** 32) * (i + 1));
    [order[i], order[j]] = [order[j]!, order[i]!];
  }
  return order;
}

describe('local Moran', () => {
  it('adds up to the global one', () => {
    fc.assert(
      fc.property(counts, (values) => {
        const local = answer(localMoran(values, grid));
        const mean = local.I.reduce((a, b) => a + b, 0) / 12;
        expect(mean).toBeCloseTo(answer(globalMoran(values, grid)).I, 10);
      }),
    );
  });

  it('has the same z as Gi but for the sign, as conditional moments must', () => {
    // Both standardise the sum of the neighbours with the place held fixed (spdep's reference cases show it too).
    const values = [9, 1, 4, 4, 0, 7, 2, 2, 5, 3, 3, 8];
    const local = answer(localMoran(values, grid));
    const mean = values.reduce((a, b) => a + b) / 12;
    for (const [i, z] of local.z.entries()) {
      const others = values.filter((_, j) => j !== i);
      const m = others.reduce((a, b) => a + b) / 11;
      const s2 = others.reduce((a, b) => a + (b - m) ** 2, 0) / 11;
      const near = [...grid.indices.slice(grid.starts[i], grid.starts[i + 1])];
      const w = near.length;
      const gi = (near.reduce((a, j) => a + values[j]!, 0) - w * m) / Math.sqrt((s2 * (11 * w - w * w)) / 10);
      expect(z).toBeCloseTo(Math.sign(values[i]! - mean) * gi, 10);
    }
  });

  it('names the quadrant of a high place among low ones', () => {
    const { quadrant } = answer(
      localMoran([0, 0, 0, 0, 9, 0, 0, 0, 1], answered(gridNeighbours({ columns: 3, rows: 3 }))),
    );
    expect(quadrant[4]).toBe('High-Low');
  });

  it('gives no verdict on an island', () => {
    const { I, pTwoSided } = answer(
      localMoran([9, 1, 2, 3, 5], answer(neighboursFromLists([[], [2], [1, 3], [2, 4], [3]]))),
    );
    expect(I[0]).toBe(0);
    expect(pTwoSided[0]).toBe(1);
  });
});

describe('the global statistics', () => {
  it('have the mean and variance that shuffling the values shows', () => {
    const values = [9, 1, 4, 4, 0, 7, 2, 2, 5, 3, 3, 8];
    const orders = Array.from({ length: 5_000 }, (_, seed) => shuffled(values, seed * 2_654_435_761));
    const moran = answer(globalMoran(values, grid));
    const general = answer(generalG(values, grid));
    for (const [found, of] of [
      [moran, (order: number[]) => answer(globalMoran(order, grid)).I],
      [general, (order: number[]) => answer(generalG(order, grid)).G],
    ] as const) {
      const drawn = orders.map(of);
      const mean = drawn.reduce((a, b) => a + b) / drawn.length;
      const variance = drawn.reduce((a, b) => a + (b - mean) ** 2, 0) / drawn.length;
      expect(Math.abs(mean - found.expected)).toBeLessThan(4 * Math.sqrt(found.variance / drawn.length));
      expect(variance / found.variance).toBeCloseTo(1, 1);
    }
  });

  it('are above expectation where like lies beside like and below on a chess board', () => {
    const halves = Array.from({ length: 36 }, (_, i) => (i % 6 < 3 ? 1 : 9));
    const chess = Array.from({ length: 36 }, (_, i) => ((i + Math.floor(i / 6)) % 2 === 0 ? 1 : 9));
    const rook = answered(gridNeighbours({ columns: 6, rows: 6 }, 1));
    expect(answer(globalMoran(halves, rook)).z).toBeGreaterThan(3);
    expect(answer(globalMoran(chess, rook)).I).toBeCloseTo(-1, 10);
    expect(answer(generalG(halves, rook)).z).toBeGreaterThan(3);
  });

  it('refuse what has no answer', () => {
    expect(globalMoran([1, 1, 1, 1], answered(gridNeighbours({ columns: 2, rows: 2 })))).toMatchObject({
      refused: true,
    });
    expect(globalMoran([1, 2, 3, 4], answer(neighboursFromLists([[], [], [], []])))).toMatchObject({
      reason: 'no-neighbours',
    });
    expect(generalG([-1, 2, 3, 4], answered(gridNeighbours({ columns: 2, rows: 2 })))).toMatchObject({
      reason: 'negative-values',
    });
    expect(generalG([0, 0, 0, 4], answered(gridNeighbours({ columns: 2, rows: 2 })))).toMatchObject({
      reason: 'too-few-events',
    });
    expect(localMoran([1, Infinity, 3, 4], answered(gridNeighbours({ columns: 2, rows: 2 })))).toMatchObject({
      refused: true,
    });
  });
});
