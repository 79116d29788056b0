import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dbscan, type Dbscan } from './dbscan.ts';
import { isRefusal, type Refusal } from './refusal.ts';

function answer(got: Dbscan | Refusal): Dbscan {
  if (isRefusal(got)) throw new Error(got.sentence);
  return got;
}

const coordinates = fc.array(fc.tuple(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 0, max: 60 })), {
  minLength: 1,
  maxLength: 80,
});

describe('DBSCAN', () => {
  it('is what the definition says, found by looking at every pair', () => {
    fc.assert(
      fc.property(coordinates, fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 6 }), (points, eps, least) => {
        const got = answer(
          dbscan(
            { eastings: points.map(([x]) => x), northings: points.map(([, y]) => y) },
            { withinMetres: eps, minPoints: least },
          ),
        );
        const near = (a: readonly [number, number], b: readonly [number, number]) =>
          (a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2 <= eps * eps;
        const core = points.map((a) => points.filter((b) => near(a, b)).length >= least);
        // Clusters as sets of core points joined step by step.
        const group = points.map((_, i) => i);
        for (let changed = true; changed;) {
          changed = false;
          for (const [i, a] of points.entries()) {
            for (const [j, b] of points.entries()) {
              if (core[i] && core[j] && near(a, b) && group[i]! < group[j]!) {
                group[j] = group[i]!;
                changed = true;
              }
            }
          }
        }
        for (const [i, a] of points.entries()) {
          expect(got.core[i] === 1).toBe(core[i]);
          const reached = points.some((b, j) => core[j] && near(a, b));
          expect(got.cluster[i] === 0).toBe(!reached);
          for (const j of points.keys()) {
            if (core[i] && core[j]) expect(got.cluster[i] === got.cluster[j]).toBe(group[i] === group[j]);
            if (!core[i] && core[j] && got.cluster[i] === got.cluster[j]) {
              expect(points.some((c, k) => core[k] && got.cluster[k] === got.cluster[j] && near(a, c))).toBe(true);
            }
          }
        }
        expect(got.noise).toBe(got.cluster.filter((number) => number === 0).length);
        expect(got.clusters).toBe(new Set(group.filter((_, i) => core[i])).size);
      }),
      { numRuns: 60 },
    );
  });

  it('gives a border point to the nearest cluster, and of two as near to that of the first point', () => {
    // Two rows of three, 10 m apart at their ends, and a point between: 5 m from both, then nearer to the second.
    const rows = { eastings: [20, 22, 24, 10, 8, 6, 15], northings: [0, 0, 0, 0, 0, 0, 0] };
    const settings = { withinMetres: 5, minPoints: 4 };
    // Core points need four within 5 m: the three of a row and the point between, from the inner end only.
    expect(dbscan(rows, settings)).toMatchObject({
      method: { name: 'dbscan', version: '1' },
      core: Uint8Array.of(1, 0, 0, 1, 0, 0, 0),
      cluster: Int32Array.of(1, 1, 1, 2, 2, 2, 1),
      clusters: 2,
      noise: 0,
    });
    expect(
      dbscan({ ...rows, eastings: [...rows.eastings.slice(0, 6), 14.9] }, { withinMetres: 5.2, minPoints: 4 }),
    ).toMatchObject({
      cluster: Int32Array.of(1, 1, 1, 2, 2, 2, 2),
    });
    // The same two rows told of the other way round.
    const turned = { eastings: [10, 8, 6, 20, 22, 24, 15], northings: rows.northings };
    expect(dbscan(turned, settings)).toMatchObject({ cluster: Int32Array.of(1, 1, 1, 2, 2, 2, 1), clusters: 2 });
  });

  it('numbers clusters in the order of their first core points and counts the noise', () => {
    const points = { eastings: [500, 0, 900, 1, 901, 2, 902, 700], northings: [0, 0, 0, 0, 0, 0, 0, 0] };
    expect(dbscan(points, { withinMetres: 3, minPoints: 3 })).toMatchObject({
      cluster: Int32Array.of(0, 1, 2, 1, 2, 1, 2, 0),
      clusters: 2,
      noise: 2,
    });
  });

  it('makes every point a cluster of its own when one point is enough', () => {
    expect(dbscan({ eastings: [0, 50], northings: [0, 50] }, { withinMetres: 3, minPoints: 1 })).toMatchObject({
      cluster: Int32Array.of(1, 2),
      core: Uint8Array.of(1, 1),
      noise: 0,
    });
  });

  it('says that its settings make no sense', () => {
    const points = { eastings: [0, 50], northings: [0, 50] };
    for (const settings of [
      { withinMetres: 0, minPoints: 2 },
      { withinMetres: Infinity, minPoints: 2 },
      { withinMetres: Number.NaN, minPoints: 2 },
      { withinMetres: 5, minPoints: 0 },
      { withinMetres: 5, minPoints: 1.5 },
    ])
      expect(dbscan(points, settings)).toMatchObject({ reason: 'bad-settings' });
    expect(dbscan({ eastings: [], northings: [] }, { withinMetres: 5, minPoints: 1 })).toMatchObject({
      reason: 'too-few-points',
    });
  });

  it('does not lose a pair exactly at the distance', () => {
    const got = answer(dbscan({ eastings: [0, 3, 6], northings: [0, 4, 8] }, { withinMetres: 5, minPoints: 2 }));
    expect([...got.cluster]).toEqual([1, 1, 1]);
  });

  it('bears an outlier as far as the moon', () => {
    const got = answer(
      dbscan({ eastings: [0, 1, 2, 4e8], northings: [0, 0, 0, 4e8] }, { withinMetres: 2, minPoints: 2 }),
    );
    expect([...got.cluster]).toEqual([1, 1, 1, 0]);
  });

  it('refuses what has no answer', () => {
    expect(dbscan({ eastings: [], northings: [] }, { withinMetres: 5, minPoints: 2 })).toMatchObject({ refused: true });
    expect(dbscan({ eastings: [1], northings: [1] }, { withinMetres: 0, minPoints: 2 })).toMatchObject({
      refused: true,
    });
    expect(dbscan({ eastings: [1], northings: [1] }, { withinMetres: 5, minPoints: 0 })).toMatchObject({
      refused: true,
    });
    expect(dbscan({ eastings: [Infinity], northings: [1] }, { withinMetres: 5, minPoints: 2 })).toMatchObject({
      reason: 'not-finite',
    });
  });
});
