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

// Six places whose ties do not all go both ways. What is expected of them was worked out with numpy straight from the
// definitions: the moments are means and variances over all 720 orders of the values (120 where one place keeps its own).
const values6 = [6, 1, 4, 0, 9, 2];
const oneWay = answered(neighboursFromLists([[1, 2], [0], [1, 3, 4], [4], [0, 2, 3], [0, 4]]));
const closeTo = (got: ArrayLike<number>, wanted: readonly number[]): void => {
  expect(got).toHaveLength(wanted.length);
  for (const [i, want] of wanted.entries()) expect(got[i]).toBeCloseTo(want, 12);
};

describe('local Moran', () => {
  it('has the moments of every order of the other values', () => {
    const local = answer(localMoran(values6, oneWay));
    expect(local.method).toEqual({ name: 'local-moran', version: '1' });
    closeTo(
      local.I,
      [
        -0.28488372093023256, -0.6511627906976745, -0.011627906976744172, -2.0465116279069773, -0.18604651162790692,
        -0.6686046511627907,
      ],
    );
    closeTo(
      local.expected,
      [
        -0.11395348837209296, -0.14883720930232566, -0.002325581395348827, -0.28139534883720935, -0.5953488372093022,
        -0.05813953488372094,
      ],
    );
    closeTo(
      local.variance,
      [
        0.2271782044348297, 0.7601081665765277, 0.0023201730665224464, 1.213272038939968, 0.24090859924283403,
        0.12320849107625742,
      ],
    );
    closeTo(
      local.z,
      [
        -0.3586208637049921, -0.5761659596980319, -0.1931218198341069, -1.6024859328707208, 0.8339078479367935,
        -1.7391639824998364,
      ],
    );
    closeTo(
      local.pTwoSided,
      [
        0.7198787366795967, 0.5645030113412651, 0.846863564559653, 0.10904819577557384, 0.4043329144956146,
        0.08200592286667102,
      ],
    );
    expect(local.quadrant).toEqual(['High-Low', 'Low-High', 'High-Low', 'Low-High', 'High-Low', 'Low-High']);
  });

  it('calls a place at the mean low, and so a neighbourhood at the mean of neighbourhoods', () => {
    // Mean 5; the neighbours of each place are at −4, −2, 2 and 4 of it, then at 0, whose mean is 0.
    const ring = answer(neighboursFromLists([[1], [0], [3], [2], [0, 1]]));
    const { quadrant } = answer(localMoran([1, 9, 3, 7, 5], ring));
    expect(quadrant).toEqual(['Low-High', 'High-Low', 'Low-High', 'High-Low', 'Low-Low']);
  });

  it('has no spread, no deviate and p = 1 where a place neighbours all the others', () => {
    const lists = [[1, 2, 3], [0], [0], [0]];
    const { variance, z, pTwoSided } = answer(localMoran([7, 1, 2, 4], answer(neighboursFromLists(lists))));
    expect([variance[0], z[0], pTwoSided[0]]).toEqual([0, 0, 1]);
    expect(variance[1]).toBeGreaterThan(0);
  });

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
  it('have the mean and variance of every order of the values, also where ties go one way', () => {
    const moran = answer(globalMoran(values6, oneWay));
    expect(moran.method).toEqual({ name: 'global-moran', version: '2' });
    closeTo([moran.I, moran.expected, moran.variance], [-0.6414728682170543, -0.2, 0.08319171524147186]);
    closeTo([moran.z, moran.pGreater], [-1.5306079995589408, 0.9370668482644864]);
    const general = answer(generalG(values6, oneWay));
    expect(general.method).toEqual({ name: 'general-g', version: '2' });
    closeTo([general.G, general.expected, general.variance], [0.5664739884393064, 0.4, 0.017349727688863645]);
    closeTo([general.z, general.pGreater], [1.263863155213761, 0.1031395741679888]);
  });

  it('leave places without neighbours out of the number of places', () => {
    // Reckoned by spdep 1.2-7: moran.test(adjust.n = TRUE, zero.policy = TRUE), rows standardised.
    const island = answer(neighboursFromLists([[], [2], [1, 3], [2, 4], [3, 5], [4]]));
    const moran = answer(globalMoran([9, 1, 2, 3, 5, 8], island));
    closeTo([moran.I, moran.expected, moran.variance], [0.3791666666666667, -0.25, 0.2156822916666667]);
  });

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

  it('need four places, with neighbours', () => {
    const three = answer(neighboursFromLists([[1], [0, 2], [1]]));
    for (const measure of [localMoran, globalMoran, generalG])
      expect(measure([1, 2, 4], three)).toMatchObject({ reason: 'too-few-places' });
    const path = answer(neighboursFromLists([[1], [0, 2], [1, 3], [2]]));
    for (const measure of [localMoran, globalMoran, generalG]) {
      expect(isRefusal(measure([1, 2, 4, 9], path))).toBe(false);
      expect(measure([1, 2, 4], path)).toMatchObject({ reason: 'mismatched-lengths' });
      expect(measure([1, 2, 4, Number.NaN], path)).toMatchObject({ reason: 'not-finite' });
    }
    const cut = answer(neighboursFromLists([[], [2], [1, 3], [2]]));
    expect(globalMoran([1, 2, 4, 9], cut)).toMatchObject({ reason: 'too-few-places' });
  });

  it('say nothing where every order of the values gives the same', () => {
    const all = answer(neighboursFromLists([0, 1, 2, 3].map((i) => [0, 1, 2, 3].filter((j) => j !== i))));
    for (const measure of [globalMoran, generalG])
      expect(measure([1, 2, 4, 9], all)).toMatchObject({ reason: 'no-variance' });
  });

  it('refuse what has no answer', () => {
    expect(generalG([1, 2, 3, 4], answer(neighboursFromLists([[], [], [], []])))).toMatchObject({
      reason: 'no-neighbours',
    });
    // A zero is a count, and two places with events are enough.
    expect(isRefusal(generalG([0, 3, 0, 4], answered(neighboursFromLists([[1], [0, 2], [1, 3], [2]]))))).toBe(false);
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
