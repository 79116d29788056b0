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

// Five events in a rectangle of 40 by 50 metres; what is expected of them comes from spatstat 3 (clarkevans, Kest).
const five = { eastings: [10, 13, 13, 35, 4], northings: [20, 24, 30, 46, 6] };
const rectangle = { westMetres: 0, eastMetres: 40, southMetres: 0, northMetres: 50 };
/** The same map somewhere else: nothing may depend on where nought lies. */
const moved = {
  eastings: five.eastings.map((x) => x + 1700),
  northings: five.northings.map((y) => y - 300),
};
const movedRectangle = { westMetres: 1700, eastMetres: 1740, southMetres: -300, northMetres: -250 };

describe('the centre of events, by hand', () => {
  it('is the mean of their places, and how far they lie from it', () => {
    // The corners of a rectangle of 6 by 8 lie 5 from its middle.
    expect(spatialCentre({ eastings: [10, 16, 10, 16], northings: [20, 20, 28, 28] })).toEqual({
      method: { name: 'spatial-centre', version: '1' },
      meanEasting: 13,
      meanNorthing: 24,
      standardDistanceMetres: 5,
    });
    expect(spatialCentre({ eastings: [1, 1, 4], northings: [2, 2, 8] })).toMatchObject({
      meanEasting: expect.closeTo(2, 12) as number,
      meanNorthing: expect.closeTo(4, 12) as number,
      standardDistanceMetres: expect.closeTo(Math.sqrt((2 * (1 + 4) + 4 + 16) / 3), 12) as number,
    });
    expect(spatialCentre({ eastings: [], northings: [] })).toMatchObject({ refused: true });
    expect(spatialCentre({ eastings: [1, Number.NaN], northings: [1, 2] })).toMatchObject({ refused: true });
  });
});

describe('nearest neighbours', () => {
  it('give the index of Clark and Evans and that of Donnelly, as spatstat has them', () => {
    for (const [points, around] of [
      [five, rectangle],
      [moved, movedRectangle],
    ] as const) {
      // prettier-ignore
      const found = answer(nearestNeighbourIndex(points, around));
      expect(found.method).toEqual({ name: 'nearest-neighbour-index', version: '1' });
      expect(found.index).toBeCloseTo(1.1686897445839741, 12);
      expect(found.indexDonnelly).toBeCloseTo(0.9339276726336028, 12);
      // (5 + 5 + 6 + √(22² + 16²) + √(6² + 14²))/5
      expect(found.meanDistanceMetres).toBeCloseTo((16 + Math.sqrt(740) + Math.sqrt(232)) / 5, 12);
      // Donnelly (1978): standard error √(0.070 A + 0.037 P √(A/n))/n, worked out with numpy.
      expect(found.z).toBeCloseTo(-0.2501124157186815, 12);
      expect(found.pTwoSided).toBeCloseTo(0.8025004147074506, 8);
    }
  });

  it('are found when most events lie in one corner of a wide area, and one far away', () => {
    const far = { eastings: [0, 1, 3, 90_000], northings: [0, 0, 0, 90_000] };
    expect([...answered(nearestNeighbourDistances(far, 16))]).toEqual([1, 1, 2, Math.hypot(89_997, 90_000)]);
  });

  it('refuse an area of no size or one larger than the Earth', () => {
    const two = { eastings: [0, 3], northings: [0, 4] };
    for (const area of [0, -1, Number.NaN, Infinity, 9e-7, 1.1e16])
      expect(nearestNeighbourDistances(two, area)).toMatchObject({ reason: 'bad-area' });
    for (const area of [1e-6, 1e16]) expect([...answered(nearestNeighbourDistances(two, area))]).toEqual([5, 5]);
    expect(nearestNeighbourDistances({ eastings: [0], northings: [0] }, 1)).toMatchObject({ reason: 'too-few-points' });
    expect(nearestNeighbourIndex(two, { ...rectangle, eastMetres: 2 })).toMatchObject({ reason: 'outside-window' });
  });

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
  it('agrees with spatstat under each correction of the edge', () => {
    const wanted = {
      none: [200, 400, 800, 1400],
      isotropic: [200, 400, 1027.914957859967, 2565.856797846276],
    } as const;
    for (const [points, around] of [
      [five, rectangle],
      [moved, movedRectangle],
    ] as const) {
      // prettier-ignore
      for (const edge of ['none', 'isotropic'] as const) {
        const { K, lMinusR, method } = answer(ripleyK(points, around, [5, 10, 20, 30], edge));
        expect(method).toEqual({ name: `ripley-k-${edge}`, version: '2' });
        for (const [i, want] of wanted[edge].entries()) expect(K[i]).toBeCloseTo(want, 9);
        expect(lMinusR[2]).toBeCloseTo(Math.sqrt(wanted[edge][2] / Math.PI) - 20, 9);
      }
      const border = answer(ripleyK(points, around, [5, 9], 'border'));
      expect(border.method.name).toBe('ripley-k-border');
      // A/n = 400; of the three events that far from the edge, two and four pairs.
      expect(border.K[0]).toBeCloseTo(266.6666666666667, 9);
      expect(border.K[1]).toBeCloseTo((400 * 4) / 3, 9);
    }
  });

  it('counts an event that lies at the radius from the edge, on whichever side, and none nearer', () => {
    // One event in the middle and one beside each side at 4 m: at 4 m all five count, above it only the middle one.
    const sides = { eastings: [20, 4, 36, 20, 20], northings: [25, 25, 25, 4, 46] };
    const { K } = answer(ripleyK(sides, rectangle, [4, 16, 17], 'border'));
    expect([...K]).toEqual([0, 400 * 2, 400 * 2]);
  });

  it('weighs a pair on the edge by half a circle, in a corner by a quarter, and none above a hundredfold', () => {
    const pair = (x: number, y: number, otherX: number, otherY: number) =>
      answer(ripleyK({ eastings: [x, otherX], northings: [y, otherY] }, rectangle, [65])).K[0]! / 1000;
    // Both on the west side, 10 m apart and far from corners: 2 + 2. From the middle no weight but 1.
    expect(pair(0, 20, 0, 30)).toBeCloseTo(4, 12);
    expect(pair(15, 20, 15, 30)).toBeCloseTo(2, 12);
    // A corner and a place 10 m along its side: 4, and 1/(1/2 − 0) for the other, whose circle just meets the corner.
    expect(pair(0, 0, 0, 10)).toBeCloseTo(6, 12);
    expect(pair(40, 50, 40, 40)).toBeCloseTo(6, 12);
    // From corner to corner the circle keeps only its one point inside.
    expect(pair(0, 0, 40, 50)).toBeCloseTo(200, 12);
    // In this rectangle rounding makes that a little less than nothing.
    const long = { westMetres: 0, eastMetres: 4, southMetres: 0, northMetres: 36 };
    const corners = { eastings: [0, 4], northings: [0, 36] };
    expect(answer(ripleyK(corners, long, [40])).K[0]).toBeCloseTo((144 / 2) * 200, 9);
  });

  it('gives the same place a weight of 1', () => {
    const same = { eastings: [0, 0], northings: [0, 0] };
    expect([...answer(ripleyK(same, rectangle, [0, 5])).K]).toEqual([2000, 2000]);
  });

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
    for (const radii of [[-1, 3], [3, 3], [Number.NaN], [1, Infinity]])
      expect(ripleyK(points, window, radii)).toMatchObject({ reason: 'bad-radii' });
    expect(ripleyK({ eastings: [1], northings: [1] }, window, [5])).toMatchObject({ reason: 'too-few-points' });
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
