import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { answered } from '../../test/answered.ts';
import { alike, mixed, notFinite, taken } from '../../test/invariants.ts';
import { concentration, leastShareOfPlaces, shareOfCrimeInTop } from './concentration.ts';
import { harmIndex } from './harm.ts';
import { predictionAccuracy } from './prediction-accuracy.ts';

const counts = fc.array(fc.nat(30), { minLength: 2, maxLength: 60 }).filter((list) => list.some((count) => count > 0));

describe('concentration', () => {
  it('is the same over the same places twice, but for the correction of small numbers', () => {
    fc.assert(
      fc.property(counts, (list) => {
        const one = answered(concentration(list));
        const two = answered(concentration([...list, ...list]));
        expect(alike(two.gini, one.gini)).toBe(true);
        expect(alike(two.generalisedGini, one.generalisedGini)).toBe(true);
        expect(alike(two.shareOfPlacesWithNone, one.shareOfPlacesWithNone)).toBe(true);
        expect(notFinite(one)).toEqual([]);
        for (const index of [one.gini, one.giniUnbiased, one.generalisedGini]) {
          expect(index).toBeGreaterThanOrEqual(-1e-12);
          expect(index).toBeLessThanOrEqual(1 + 1e-12);
        }
      }),
    );
  });

  it('falls when an event moves from a place with more to one with fewer', () => {
    fc.assert(
      fc.property(counts, (list) => {
        const most = list.indexOf(Math.max(...list));
        const least = list.indexOf(Math.min(...list));
        fc.pre(list[most]! - list[least]! >= 2);
        const moved = list.with(most, list[most]! - 1).with(least, list[least]! + 1);
        expect(answered(concentration(moved)).gini).toBeLessThan(answered(concentration(list)).gini);
      }),
    );
  });

  it('by the power few: the share of places and the share of crime undo each other, in any order', () => {
    fc.assert(
      fc.property(mixed(counts), fc.double({ min: 0.01, max: 1, noNaN: true }), ({ rows, order }, share) => {
        const places = answered(leastShareOfPlaces(rows, share));
        expect(answered(leastShareOfPlaces(taken(rows, order), share))).toBe(places);
        expect(answered(shareOfCrimeInTop(rows, places))).toBeGreaterThanOrEqual(share * (1 - 1e-9));
        expect(places).toBeGreaterThan(0);
        expect(places).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('of harm: follows its areas into any order', () => {
    const area = fc.tuple(fc.nat(9), fc.nat(50), fc.nat(200));
    fc.assert(
      fc.property(mixed(fc.array(area, { minLength: 2, maxLength: 20 })), ({ rows, order }) => {
        const weights = [5475, 365, 1];
        const one = answered(harmIndex({ counts: rows, weights }));
        const two = answered(harmIndex({ counts: taken(rows, order), weights }));
        taken(one.areas, order).forEach((each, i) => {
          expect(alike(each.harm, two.areas[i]!.harm)).toBe(true);
          expect(two.areas[i]!.rankByHarm).toBe(each.rankByHarm);
        });
        expect(notFinite(one)).toEqual([]);
      }),
    );
  });

  it('of a forecast: says the same whatever the unit of area and of the forecast', () => {
    const cell = fc.record({
      seen: fc.nat(9),
      predicted: fc.integer({ min: 1, max: 999 }),
      area: fc.constantFrom(1, 2, 4),
    });
    fc.assert(
      fc.property(fc.array(cell, { minLength: 2, maxLength: 30 }), (cells) => {
        fc.pre(cells.some(({ seen }) => seen > 0));
        const accuracy = (metres: number, unit: number) =>
          answered(
            predictionAccuracy({
              seen: cells.map((one) => one.seen),
              predicted: cells.map((one) => one.predicted * unit),
              areas: cells.map((one) => one.area * metres),
            }),
          );
        const one = accuracy(1, 1);
        const two = accuracy(4096, 2);
        expect(Array.from(two.order)).toEqual(Array.from(one.order));
        one.pai.forEach((pai, i) => expect(alike(pai, two.pai[i]!)).toBe(true));
        expect(notFinite(one)).toEqual([]);
      }),
    );
  });
});
