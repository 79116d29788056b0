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

  it('agrees with PROJ at the ends of the country, there and back', () => {
    // PROJ 9.1.0, +towgs84=446.448,-125.157,542.06,0.15,0.247,0.842,-20.489 +ellps=airy.
    const { eastings, northings } = answer(toNationalGrid([-7.4, -3.05, 0.1, 1.7], [49.9, 56.2, 51.5, 60.9]));
    const grid = [
      [12378.247751146439, 13969.743247062914],
      [334950.396562522976, 701317.854664269136],
      [545860.351138817379, 179986.21539799677],
      [600779.32322900393, 1229810.478938542539],
    ];
    for (const [i, [easting, northing]] of grid.entries()) {
      expect(Math.abs(eastings[i]! - easting!)).toBeLessThan(0.001);
      expect(Math.abs(northings[i]! - northing!)).toBeLessThan(0.001);
    }
    const back = answer(toWgs84Degrees([90_000, 400_000, 530_000, 450_000], [10_000, 300_000, 180_000, 1_200_000]));
    const degrees = [
      [-6.3193809655204829, 49.909670714249124],
      [-2.00143311551089242, 52.597792430833792],
      [-0.12835394047946935, 51.503990827633778],
      [-1.08657941800930891, 60.680101686672046],
    ];
    // Turning the seven parameters round costs a centimetre at most: 2e-7 of a degree.
    for (const [i, [longitude, latitude]] of degrees.entries()) {
      expect(Math.abs(back.longitudes[i]! - longitude!)).toBeLessThan(2e-7);
      expect(Math.abs(back.latitudes[i]! - latitude!)).toBeLessThan(2e-7);
    }
  });

  it('ends where Britain does', () => {
    for (const [longitude, latitude] of [
      [-12.01, 52],
      [6.01, 52],
      [0, 47.99],
      [0, 62.01],
    ] as const)
      // prettier-ignore
      expect(toNationalGrid([0, longitude], [52, latitude])).toMatchObject({ reason: 'outside-britain' });
    for (const [longitude, latitude] of [
      [-12, 52],
      [6, 52],
      [0, 48],
      [0, 62],
    ] as const)
      // prettier-ignore
      expect(isRefusal(toNationalGrid([longitude], [latitude]))).toBe(false);
    for (const [easting, northing] of [
      [-300_001, 0],
      [1_000_001, 0],
      [0, -300_001],
      [0, 1_400_001],
    ] as const)
      // prettier-ignore
      expect(toWgs84Degrees([0, easting], [0, northing])).toMatchObject({ reason: 'outside-britain' });
    for (const [easting, northing] of [
      [-300_000, 0],
      [1_000_000, 0],
      [0, -300_000],
      [0, 1_400_000],
    ] as const)
      // prettier-ignore
      expect(isRefusal(toWgs84Degrees([easting], [northing]))).toBe(false);
    expect(toWgs84Degrees([1, 2], [1])).toMatchObject({ reason: 'mismatched-lengths' });
    expect(toWgs84Degrees([1], [Number.NaN])).toMatchObject({ reason: 'not-finite' });
    expect(toNationalGrid([1], [Infinity])).toMatchObject({ reason: 'not-finite' });
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
