import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nearestNeighbourDistances, nearestNeighbourIndex } from './nearest-neighbour-index.ts';
import { isRefusal, type Refusal } from './refusal.ts';
import { ripleyK } from './ripley-k.ts';
import { randomStream } from './random.ts';
import { spatialCentre } from './spatial-centre.ts';
import { answered } from '../../test/answered.ts';

function answer<T>(got: T | Refusal): T {
  if (isRefusal(got)) throw new Error(got.sentence);
  return got;
}

const window = { westMetres: 0, eastMetres: 1000, southMetres: 0, northMetres: 600 };
const pattern = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 1000 }), fc.integer({ min: 0, max: 600 })), { minLength: 2, maxLength: 40 })
  .map((list) => ({ eastings: list.map(([x]) => x), northings: list.map(([, y]) => y) }));

describe('nearest neighbours', () => {
  it('are the nearest of all, however the points lie', () => {
    fc.assert(
      fc.property(pattern, ({ eastings, northings }) => {
        const got = answered(nearestNeighbourDistances({ eastings, northings }, 600_000));
        for (const [i, x] of eastings.entries()) {
          const all = eastings.flatMap((other, j) =>
            i === j ? [] : Math.hypot(other - x, northings[j]! - northings[i]!),
          );
          expect(got[i]).toBeCloseTo(Math.min(...all), 9);
        }
      }),
    );
  });

  it('give an index near 1 for chance, 2 at most for a lattice, 0 for one place', () => {
    const random = randomStream(4);
    const chance = {
      eastings: Array.from({ length: 800 }, () => 1000 * random.next()),
      northings: Array.from({ length: 800 }, () => 600 * random.next()),
    };
    const found = answer(nearestNeighbourIndex(chance, window));
    expect(found.indexDonnelly).toBeCloseTo(1, 1);
    expect(found.pTwoSided).toBeGreaterThan(0.01);
    const lattice = {
      eastings: Array.from({ length: 600 }, (_, i) => 16 + 33 * (i % 30)),
      northings: Array.from({ length: 600 }, (_, i) => 15 + 30 * Math.floor(i / 30)),
    };
    expect(answer(nearestNeighbourIndex(lattice, window)).index).toBeGreaterThan(1.8);
    const one = { eastings: [5, 5, 5], northings: [5, 5, 5] };
    expect(answer(nearestNeighbourIndex(one, window)).index).toBe(0);
  });
});

describe('Ripley’s K', () => {
  it('weighs a pair by the share of its circle that lies inside, walked round in small steps', () => {
    fc.assert(
      fc.property(pattern, ({ eastings, northings }) => {
        fc.pre(new Set(eastings.map((x, i) => `${x},${northings[i]!}`)).size === eastings.length);
        const n = eastings.length;
        const radius = 300;
        let sum = 0;
        for (const [i, x] of eastings.entries()) {
          for (const [j, other] of eastings.entries()) {
            const y = northings[i]!;
            const d = Math.hypot(other - x, northings[j]! - y);
            if (i === j || d > radius) continue;
            const steps = 4000;
            let inside = 0;
            for (let step = 0; step < steps; step++) {
              const angle = (2 * Math.PI * (step + 0.5)) / steps;
              const [px, py] = [x + d * Math.cos(angle), y + d * Math.sin(angle)];
              if (px >= 0 && px <= 1000 && py >= 0 && py <= 600) inside++;
            }
            sum += steps / inside;
          }
        }
        const got = answer(ripleyK({ eastings, northings }, window, [radius])).K[0]!;
        const wanted = (600_000 / (n * (n - 1))) * sum;
        expect(Math.abs(got - wanted)).toBeLessThanOrEqual(0.005 * wanted);
      }),
      { numRuns: 15 },
    );
  });

  it('is π r² for chance and more for clusters', () => {
    const random = randomStream(9);
    const chance = {
      eastings: Array.from({ length: 500 }, () => 1000 * random.next()),
      northings: Array.from({ length: 500 }, () => 600 * random.next()),
    };
    for (const edge of ['border', 'isotropic'] as const) {
      const { K, lMinusR } = answer(ripleyK(chance, window, [0, 50, 100], edge));
      expect(K[0]).toBe(0);
      expect(K[2]! / (Math.PI * 10_000)).toBeCloseTo(1, 1);
      expect(Math.abs(lMinusR[2]!)).toBeLessThan(5);
    }
    const clustered = { eastings: chance.eastings.map((x) => 10 * Math.round(x / 100)), northings: chance.northings };
    expect(answer(ripleyK(clustered, window, [50])).lMinusR[0]).toBeGreaterThan(20);
  });

  it('counts each pair at or under a radius without correction', () => {
    const points = { eastings: [100, 103, 500], northings: [100, 104, 500] };
    const { K } = answer(ripleyK(points, window, [4.9, 5, 600], 'none'));
    expect(Array.from(K, (k) => Math.round((k * 6) / 600_000))).toEqual([0, 2, 6]);
  });

  it('refuses what has no answer', () => {
    const points = { eastings: [1, 2], northings: [1, 2] };
    expect(ripleyK(points, window, [5, 3])).toMatchObject({ reason: 'bad-radii' });
    expect(ripleyK(points, window, [])).toMatchObject({ reason: 'bad-radii' });
    expect(ripleyK(points, window, [900], 'border')).toMatchObject({ reason: 'radius-too-large' });
    expect(ripleyK({ eastings: [1, 2000], northings: [1, 2] }, window, [5])).toMatchObject({
      reason: 'outside-window',
    });
    expect(nearestNeighbourIndex({ eastings: [1], northings: [1] }, window)).toMatchObject({
      reason: 'too-few-points',
    });
  });
});

describe('the centre of events', () => {
  it('moves with them, and their spread stays', () => {
    fc.assert(
      fc.property(pattern, fc.integer({ min: -500, max: 500 }), ({ eastings, northings }, by) => {
        const here = answer(spatialCentre({ eastings, northings }));
        const there = answer(spatialCentre({ eastings: eastings.map((x) => x + by), northings }));
        expect(there.meanEasting).toBeCloseTo(here.meanEasting + by, 8);
        expect(there.standardDistanceMetres).toBeCloseTo(here.standardDistanceMetres, 6);
      }),
    );
  });

  it('refuses an empty list', () => {
    expect(spatialCentre({ eastings: [], northings: [] })).toMatchObject({ reason: 'too-few-points' });
  });
});
