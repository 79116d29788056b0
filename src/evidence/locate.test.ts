import { describe, expect, it } from 'vitest';
import { openLocator } from './locate.ts';

const square = (code: string, west: number, south: number, hole: readonly (readonly (readonly number[])[])[] = []) => ({
  code,
  name: code,
  polygons: [
    [
      [
        [west, south],
        [west + 1, south],
        [west + 1, south + 1],
        [west, south + 1],
        [west, south],
      ],
      ...hole,
    ],
  ],
});
const island = [
  [-2.6, 51.4],
  [-2.4, 51.4],
  [-2.4, 51.6],
  [-2.6, 51.6],
  [-2.6, 51.4],
];

describe('the area of a point', () => {
  const locator = openLocator([square('E01000001', -3, 51, [island]), square('E01000002', -2, 51)]);

  it('is the one around it', () => {
    expect(locator.at(-2.9, 51.5)).toBe('E01000001');
    expect(locator.at(-1.5, 51.5)).toBe('E01000002');
  });
  it('coordinates in the sea, in a hole, and what is no point lie nowhere', () => {
    for (const [x, y] of [
      [-4, 51.5],
      [-2.5, 51.5],
      [0, 0],
      [Number.NaN, 51],
      [400_000, 300_000],
    ] as const)
      expect(locator.at(x, y)).toBeUndefined();
  });
  it('a border belongs to one of two neighbours', () => {
    expect(['E01000001', 'E01000002']).toContain(locator.at(-2, 51.5));
  });
  it('takes metres of the British National Grid', () => {
    // Bath Abbey.
    expect(locator.onGrid(375_120, 164_760)).toBe('E01000001');
    expect(locator.onGrid(9e9, 0)).toBeUndefined();
  });
  it('takes many points, also when one of them is no point', () => {
    expect(locator.all([-2.9, -1.5, 5], [51.5, 51.5, 51.5])).toEqual(['E01000001', 'E01000002', undefined]);
    expect(locator.all([-2.9, Number.NaN], [51.5, 51.5])).toEqual(['E01000001', undefined]);
  });
  it('without boundaries knows nothing', () => {
    expect(openLocator([]).at(-2, 51)).toBeUndefined();
  });
});
