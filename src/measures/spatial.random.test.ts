import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { answered } from '../../test/answered.ts';
import { alike, mixed, notFinite, taken } from '../../test/invariants.ts';
import { dbscan } from './dbscan.ts';
import { generalG } from './general-g.ts';
import { giStar } from './gi-star.ts';
import { quarticDensityAt } from './kernel-density.ts';
import { globalMoran, localMoran } from './moran.ts';
import { nearestNeighbourIndex } from './nearest-neighbour-index.ts';
import { isRefusal } from './refusal.ts';
import { ripleyK } from './ripley-k.ts';
import { neighboursFromLists } from './spatial-neighbours.ts';
import { spatialScan } from './spatial-scan.ts';

const metre = fc.integer({ min: 0, max: 4000 });
const place = fc.record({ x: metre, y: metre });
const placesOf = (rows: readonly { x: number; y: number }[], metres = 1) => ({
  eastings: rows.map(({ x }) => x * metres),
  northings: rows.map(({ y }) => y * metres),
});
const windowOf = (metres = 1) => ({
  westMetres: 0,
  eastMetres: 4000 * metres,
  southMetres: 0,
  northMetres: 4000 * metres,
});

describe('measures of place', () => {
  it('association: follows the cells into any order', () => {
    fc.assert(
      fc.property(mixed(fc.array(fc.nat(40), { minLength: 6, maxLength: 24 })), ({ rows, order }) => {
        fc.pre(new Set(rows).size > 1);
        const n = rows.length;
        // A ring with a chord: everyone borders the one before, the one after, and the place opposite.
        const lists = rows.map((_, i) =>
          [...new Set([(i + 1) % n, (i + n - 1) % n, n - 1 - i])].filter((j) => j !== i),
        );
        // Borders are mutual: a chord that is there one way is there the other, as n − 1 − i undoes itself.
        const placeOf = new Map(order.map((from, to) => [from, to]));
        const moved = taken(lists, order).map((list) => list.map((j) => placeOf.get(j)!));
        const here = answered(neighboursFromLists(lists));
        const there = answered(neighboursFromLists(moved));
        const other = taken(rows, order);
        for (const pick of [
          (counts: readonly number[], near: typeof here) => giStar(counts, near),
          (counts: readonly number[], near: typeof here) => localMoran(counts, near),
        ]) {
          const one = pick(rows, here);
          const two = pick(other, there);
          expect(isRefusal(one)).toBe(isRefusal(two));
          if (isRefusal(one) || isRefusal(two)) return;
          taken(one.z, order).forEach((z, i) => expect(alike(z, two.z[i]!, 1e-7)).toBe(true));
          expect(notFinite(one)).toEqual([]);
        }
        const [moran, again] = [globalMoran(rows, here), globalMoran(other, there)];
        if (!isRefusal(moran) && !isRefusal(again)) expect(alike(moran.z, again.z, 1e-7)).toBe(true);
        const [general, same] = [generalG(rows, here), generalG(other, there)];
        if (!isRefusal(general) && !isRefusal(same)) expect(alike(general.G, same.G, 1e-9)).toBe(true);
        expect(notFinite([moran, general])).toEqual([]);
      }),
    );
  });

  it('patterns: do not depend on the order of the points, nor on the unit of length', () => {
    fc.assert(
      fc.property(mixed(fc.array(place, { minLength: 5, maxLength: 40 })), ({ rows, order }) => {
        const nearest = (list: typeof rows, metres: number) =>
          answered(nearestNeighbourIndex(placesOf(list, metres), windowOf(metres)));
        expect(alike(nearest(rows, 1).index, nearest(taken(rows, order), 0.5).index, 1e-7)).toBe(true);
        const radii = [0, 100, 400];
        const k = answered(ripleyK(placesOf(rows), windowOf(), radii, 'isotropic')).K;
        const halved = answered(
          ripleyK(
            placesOf(taken(rows, order), 0.5),
            windowOf(0.5),
            radii.map((r) => r / 2),
            'isotropic',
          ),
        ).K;
        radii.forEach((_, i) => expect(alike(k[i]!, 4 * halved[i]!, 1e-6)).toBe(true));
        expect(notFinite([nearest(rows, 1), k])).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  it('density: is the same from points in any order, and that of one point twice is twice as much', () => {
    fc.assert(
      fc.property(mixed(fc.array(place, { minLength: 2, maxLength: 30 })), ({ rows, order }) => {
        const at = placesOf(rows.slice(0, 3));
        const density = (list: readonly { x: number; y: number }[]) =>
          answered(quarticDensityAt(placesOf(list), at, 800)).perSquareMetre;
        const one = density(rows);
        density(taken(rows, order)).forEach((value, i) => expect(alike(value * 1e6, one[i]! * 1e6)).toBe(true));
        density([...rows, ...rows]).forEach((value, i) => expect(alike(value * 1e6, 2e6 * one[i]!)).toBe(true));
        expect(notFinite(one)).toEqual([]);
      }),
    );
  });

  it('clusters: part the core points alike in any order', () => {
    fc.assert(
      fc.property(mixed(fc.array(place, { minLength: 5, maxLength: 60 })), ({ rows, order }) => {
        const options = { withinMetres: 600, minPoints: 4 };
        const one = answered(dbscan(placesOf(rows), options));
        const two = answered(dbscan(placesOf(taken(rows, order)), options));
        expect(Array.from(two.core)).toEqual(taken(one.core, order));
        expect([two.clusters, two.noise]).toEqual([one.clusters, one.noise]);
        const names = new Map<number, number>();
        order.forEach((from, to) => {
          if (one.core[from] !== 1) return;
          const known = names.get(one.cluster[from]!);
          if (known === undefined) names.set(one.cluster[from]!, two.cluster[to]!);
          else expect(two.cluster[to]).toBe(known);
        });
        expect(new Set(names.values()).size).toBe(names.size);
      }),
    );
  });

  it('scans: find as strong a cluster in any order of areas, whatever the unit of the population', () => {
    const area = fc.record({ x: metre, y: metre, cases: fc.nat(30), people: fc.integer({ min: 50, max: 900 }) });
    fc.assert(
      fc.property(mixed(fc.array(area, { minLength: 4, maxLength: 18 })), ({ rows, order }) => {
        fc.pre(rows.some(({ cases }) => cases > 0));
        const scan = (list: typeof rows, unit: number) =>
          answered(
            spatialScan(
              {
                centres: placesOf(list),
                cases: list.map(({ cases }) => cases),
                population: list.map(({ people }) => people * unit),
              },
              { simulations: 9, seed: 1 },
            ),
          );
        const one = scan(rows, 1);
        const two = scan(taken(rows, order), 8);
        const strength = (found: typeof one) => found.clusters[0]?.logLikelihoodRatio ?? 0;
        expect(alike(strength(one), strength(two), 1e-8)).toBe(true);
        for (const { p, ratio } of one.clusters) {
          expect(p).toBeGreaterThan(0);
          expect(p).toBeLessThanOrEqual(1);
          expect(ratio).toBeGreaterThan(1);
        }
        expect(notFinite(one)).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });
});
