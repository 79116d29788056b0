import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { polygonIndex, polygonOfPoints, type Polygon } from './point-in-polygon.ts';
import { isRefusal, type Refusal } from './refusal.ts';

function answer<T>(got: T | Refusal): T {
  if (isRefusal(got)) throw new Error(got.sentence);
  return got;
}

const find = (polygons: readonly Polygon[], points: readonly (readonly [number, number])[]) =>
  Array.from(
    answer(
      polygonOfPoints(answer(polygonIndex(polygons)), {
        eastings: points.map(([x]) => x),
        northings: points.map(([, y]) => y),
      }),
    ),
  );

const box = (west: number, south: number, east: number, north: number): number[] => [
  west,
  south,
  east,
  south,
  east,
  north,
  west,
  north,
  west,
  south, // prettier-ignore
];

describe('the polygon of a point', () => {
  it('knows inside, outside, hole and island', () => {
    const doughnut = { rings: [box(0, 0, 10, 10), box(2, 2, 8, 8), box(4, 4, 6, 6)] };
    expect(find([doughnut], [[1, 1], [3, 3], [5, 5], [11, 5], [-1, 5]])).toEqual([0, -1, 0, -1, -1]); // prettier-ignore
  });

  it('gives a point on a common border to exactly one of the two', () => {
    const polygons = [{ rings: [box(0, 0, 5, 10)] }, { rings: [box(5, 0, 10, 10)] }];
    expect(find(polygons, [[5, 3], [5, 0.1], [4.999, 3]])).toEqual([1, 1, 0]); // prettier-ignore
  });

  it('leaves no seam and no overlap between triangles that fill a square', () => {
    const corner = fc.integer({ min: 1, max: 999 });
    fc.assert(
      fc.property(
        corner,
        corner,
        fc.array(fc.tuple(fc.integer({ min: 0, max: 999 }), fc.integer({ min: 0, max: 999 })), { minLength: 30 }),
        (x, y, points) => {
          // Four triangles round an inner corner, each drawn in its own direction.
          const corners = [[0, 0], [1000, 0], [1000, 1000], [0, 1000]] as const; // prettier-ignore
          const triangles = corners.map(([ax, ay], i) => {
            const [bx, by] = corners[(i + 1) % 4]!;
            return { rings: [i % 2 === 0 ? [ax, ay, bx, by, x, y] : [x, y, bx, by, ax, ay]] };
          });
          const whole = find(triangles, points);
          expect(whole.every((found) => found >= 0)).toBe(true);
          const claims = triangles.map((triangle) => find([triangle], points));
          for (const i of points.keys()) expect(claims.filter((claim) => claim[i] === 0)).toHaveLength(1);
        },
      ),
    );
  });

  it('agrees with the angle walked round the point', () => {
    const ring = fc.array(fc.tuple(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 0, max: 40 })), {
      minLength: 3,
      maxLength: 12,
    });
    fc.assert(
      fc.property(ring, fc.tuple(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 0, max: 40 })), (corners, at) => {
        // Between the whole numbers, so never on a corner.
        const [x, y] = [at[0] + 0.317, at[1] + 0.571];
        let angle = 0;
        let near = false;
        for (const [i, [ax, ay]] of corners.entries()) {
          const [bx, by] = corners[(i + 1) % corners.length]!;
          const cross = (ax - x) * (by - y) - (ay - y) * (bx - x);
          const dot = (ax - x) * (bx - x) + (ay - y) * (by - y);
          if (Math.abs(cross) < 1e-9) near = true;
          angle += Math.atan2(cross, dot);
        }
        fc.pre(!near);
        // Even-odd: inside when the walk goes round an odd number of times.
        const turns = Math.round(angle / (2 * Math.PI));
        expect(find([{ rings: [corners.flat()] }], [[x, y]])[0] === 0).toBe(Math.abs(turns) % 2 === 1);
      }),
    );
  });

  it('takes the first where areas overlap, and finds each of many on a chess board', () => {
    expect(find([{ rings: [box(0, 0, 6, 6)] }, { rings: [box(3, 3, 9, 9)] }], [[4, 4], [7, 7]])).toEqual([0, 1]); // prettier-ignore
    // A hundred squares away from nought, asked for at their middles and beside the board.
    const squares = Array.from({ length: 100 }, (_, i) => {
      const [west, south] = [500 + 10 * (i % 10), -300 + 7 * Math.floor(i / 10)];
      return { rings: [box(west, south, west + 10, south + 7)] };
    });
    const middles = squares.map((_, i) => [505 + 10 * (i % 10), -296.5 + 7 * Math.floor(i / 10)] as const);
    expect(find(squares, middles)).toEqual(squares.map((_, i) => i));
    expect(find(squares, [[499, -290], [601, -290], [550, -301], [550, -229]])).toEqual([-1, -1, -1, -1]); // prettier-ignore
  });

  it('makes a point on the south and west side of a box part of it, and one on the north and east not', () => {
    const square = [{ rings: [box(2, 3, 12, 13)] }];
    expect(find(square, [[2, 8], [7, 3], [2, 3], [12, 8], [7, 13], [12, 13]])).toEqual([0, 0, 0, -1, -1, -1]); // prettier-ignore
  });

  it('looks in every ring of a place that lies apart, with corners enough for many bands', () => {
    // A circle of 200 corners and an island to its east.
    const circle = Array.from({ length: 200 }, (_, i) => [
      50 * Math.cos((Math.PI * i) / 100),
      50 * Math.sin((Math.PI * i) / 100),
    ]).flat();
    const place = [{ rings: [circle, box(100, -5, 110, 5)] }];
    for (let step = 0; step < 72; step += 1) {
      const [x, y] = [Math.cos((Math.PI * step) / 36), Math.sin((Math.PI * step) / 36)];
      expect(find(place, [[49.9 * x, 49.9 * y], [50.1 * x, 50.1 * y]])).toEqual([0, -1]); // prettier-ignore
    }
    expect(find(place, [[105, 0], [95, 0], [105, 6]])).toEqual([0, -1, -1]); // prettier-ignore
  });

  it('refuses half a corner, and one broken corner of the second area', () => {
    expect(polygonIndex([{ rings: [[0, 0, 1, 1, 2, 0, 3]] }])).toMatchObject({ reason: 'bad-polygon' });
    expect(polygonIndex([{ rings: [box(0, 0, 1, 1)] }, { rings: [[0, 0, Infinity, 1, 2, 0]] }])).toMatchObject({
      reason: 'not-finite',
    });
    expect(answer(polygonIndex([{ rings: [[0, 0, 1, 1, 2, 0]] }])).polygons).toBe(1);
  });

  it('refuses outlines that are none', () => {
    expect(polygonIndex([])).toMatchObject({ reason: 'no-polygons' });
    expect(polygonIndex([{ rings: [] }])).toMatchObject({ reason: 'bad-polygon' });
    expect(polygonIndex([{ rings: [[0, 0, 1, 1]] }])).toMatchObject({ reason: 'bad-polygon' });
    expect(polygonIndex([{ rings: [[0, 0, 1, Number.NaN, 2, 2]] }])).toMatchObject({ reason: 'not-finite' });
    const index = answer(polygonIndex([{ rings: [[0, 0, 5, 0, 9, 0]] }]));
    expect([...answer(polygonOfPoints(index, { eastings: [3], northings: [0] }))]).toEqual([-1]);
    expect(polygonOfPoints(index, { eastings: [Infinity], northings: [0] })).toMatchObject({ reason: 'not-finite' });
  });
});
