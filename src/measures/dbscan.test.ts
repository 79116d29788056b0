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
          for (const [j, b] of points.entries()) {
            if (core[i] && core[j]) expect(got.cluster[i] === got.cluster[j]).toBe(group[i] === group[j]);
            if (!core[i] && core[j] && got.cluster[i] === got.cluster[j]) {
              expect(points.some((c, k) => core[k] && got.cluster[k] === got.cluster[j] && near(a, c))).toBe(true);
            }
            void b;
          }
        }
        expect(got.noise).toBe(got.cluster.filter((number) => number === 0).length);
        expect(got.clusters).toBe(new Set(group.filter((_, i) => core[i])).size);
      }),
      { numRuns: 60 },
    );
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
