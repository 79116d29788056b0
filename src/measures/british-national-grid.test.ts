import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toNationalGrid, toWgs84Degrees } from './british-national-grid.ts';
import { isRefusal, type Refusal } from './refusal.ts';

function answer<T>(got: T | Refusal): T {
  if (isRefusal(got)) throw new Error(got.sentence);
  return got;
}

describe('the British National Grid', () => {
  it('agrees with PROJ 9.1.1 to a millimetre', () => {
    const { eastings, northings } = answer(
      toNationalGrid([-4.199927, -4.30146, 1.262895], [51.609509, 54.542631, 54.898483]),
    );
    const proj = [
      [247764.0133409596, 192368.35890073335],
      [251215.61439296132, 518811.1402959343],
      [609315.2272749735, 560847.8764007604],
    ];
    for (const [i, [easting, northing]] of proj.entries()) {
      expect(Math.abs(eastings[i]! - easting!)).toBeLessThan(0.001);
      expect(Math.abs(northings[i]! - northing!)).toBeLessThan(0.001);
    }
  });

  it('lies within five metres of the Ordnance Survey’s own OSTN15 in Scilly', () => {
    // Test point TP01 of the OSTN15 developer pack, St Mary’s.
    const { eastings, northings } = answer(toNationalGrid([-6.29977752], [49.92226394]));
    expect(Math.hypot(eastings[0]! - 91492.146, northings[0]! - 11318.804)).toBeLessThan(5);
  });

  it('comes back to where it went from, all over Britain', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -8, max: 2, noNaN: true }),
        fc.double({ min: 49.8, max: 61, noNaN: true }),
        (longitude, latitude) => {
          const { eastings, northings } = answer(toNationalGrid([longitude], [latitude]));
          const back = answer(toWgs84Degrees(eastings, northings));
          expect(Math.abs(back.longitudes[0]! - longitude)).toBeLessThan(2e-7);
          expect(Math.abs(back.latitudes[0]! - latitude)).toBeLessThan(2e-7);
        },
      ),
    );
  });

  it('refuses swapped, missing and broken coordinates', () => {
    expect(toNationalGrid([51.5], [-0.12])).toMatchObject({ reason: 'outside-britain' });
    expect(toNationalGrid([0], [0])).toMatchObject({ reason: 'outside-britain' });
    expect(toNationalGrid([Number.NaN], [51])).toMatchObject({ reason: 'not-finite' });
    expect(toNationalGrid([0, 1], [51])).toMatchObject({ reason: 'mismatched-lengths' });
    expect(toWgs84Degrees([1e7], [0])).toMatchObject({ reason: 'outside-britain' });
    expect([...answer(toNationalGrid([], [])).eastings]).toEqual([]);
  });
});
