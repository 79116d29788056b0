import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { answered } from '../../test/answered.ts';
import { alike, holdsItself, mixed, notFinite, taken } from '../../test/invariants.ts';
import { empiricalBayesRates } from './empirical-bayes.ts';
import { funnelPlot } from './funnel-plot.ts';
import { crudeRate } from './rate.ts';
import { directlyStandardisedRate, indirectlyStandardisedRatio } from './standardised-rate.ts';
import { wilsonProportion } from './wilson.ts';

const people = fc.integer({ min: 50, max: 90_000 });
const area = fc.record({ events: fc.nat(300), population: people });
const band = fc.record({
  events: fc.integer({ min: 1, max: 200 }),
  population: people,
  standard: fc.integer({ min: 1, max: 9000 }),
});
const level = fc.double({ min: 0.5, max: 0.999, noNaN: true });

describe('rates', () => {
  it('are surer, and no other, when two equal areas merge', () => {
    fc.assert(
      fc.property(area, level, ({ events, population }, sure) => {
        const one = answered(crudeRate({ events, population, per: 1000, level: sure }));
        const both = answered(crudeRate({ events: 2 * events, population: 2 * population, per: 1000, level: sure }));
        expect(alike(both.estimate, one.estimate)).toBe(true);
        expect(both.lower).toBeGreaterThanOrEqual(one.lower - 1e-9 * one.upper);
        expect(both.upper).toBeLessThanOrEqual(one.upper * (1 + 1e-9));
        expect(holdsItself(both)).toBe(true);
        expect(notFinite([one, both])).toEqual([]);
        const count = Math.min(events, population);
        const share = answered(wilsonProportion({ count, whole: population, level: sure }));
        const shares = answered(wilsonProportion({ count: 2 * count, whole: 2 * population, level: sure }));
        expect(alike(shares.estimate, share.estimate)).toBe(true);
        expect(shares.upper - shares.lower).toBeLessThanOrEqual(share.upper - share.lower);
        expect(holdsItself(shares)).toBe(true);
      }),
    );
  });

  it('standardised: are the same when a band is cut into equal parts, and in any order of bands', () => {
    fc.assert(
      fc.property(mixed(fc.array(band, { minLength: 10, maxLength: 19 })), level, ({ rows, order }, sure) => {
        // Each band twice, with half the standard: the whole area twice over.
        const halves = rows.flatMap((one) => {
          const half = { ...one, standard: one.standard / 2 };
          return [half, half];
        });
        const whole = answered(directlyStandardisedRate({ bands: rows, per: 1e5, level: sure }));
        const cut = answered(directlyStandardisedRate({ bands: halves, per: 1e5, level: sure }));
        const other = answered(directlyStandardisedRate({ bands: taken(rows, order), per: 1e5, level: sure }));
        expect(alike(cut.estimate, whole.estimate)).toBe(true);
        expect(cut.upper - cut.lower).toBeLessThanOrEqual(whole.upper - whole.lower);
        expect(alike(other.lower, whole.lower)).toBe(true);
        expect(holdsItself(whole)).toBe(true);
        expect(notFinite([whole, cut])).toEqual([]);

        const against = (list: readonly (typeof rows)[number][]) =>
          answered(
            indirectlyStandardisedRatio({
              bands: list.map((one, i) => ({
                ...one,
                reference: { events: 40 + (i % 3), population: one.standard * 50 },
              })),
              level: sure,
            }),
          );
        const ratio = against(rows);
        expect(holdsItself(ratio)).toBe(true);
        expect(notFinite(ratio)).toEqual([]);
      }),
    );
  });

  it('smoothed: follow their areas into any order, and the unit of the population', () => {
    fc.assert(
      fc.property(mixed(fc.array(area, { minLength: 4, maxLength: 20 })), ({ rows, order }) => {
        const columns = (list: typeof rows, people: number) => ({
          events: list.map((one) => one.events),
          population: list.map((one) => one.population * people),
        });
        // Each area borders the one before it; in the other order the same areas do.
        const neighbours = rows.map((_, i) => [(i + rows.length - 1) % rows.length]);
        const placeOf = new Map(order.map((from, to) => [from, to]));
        const moved = taken(neighbours, order).map((list) => list.map((j) => placeOf.get(j)!));
        const one = answered(empiricalBayesRates({ ...columns(rows, 1), neighbours }));
        const other = answered(empiricalBayesRates({ ...columns(taken(rows, order), 1), neighbours: moved }));
        const unit = answered(empiricalBayesRates({ ...columns(rows, 12), neighbours }));
        expect(notFinite(one)).toEqual([]);
        taken(one.local!, order).forEach((rate, i) => expect(alike(rate, other.local![i]!)).toBe(true));
        taken(one.global, order).forEach((rate, i) => expect(alike(rate, other.global[i]!)).toBe(true));
        one.global.forEach((rate, i) => expect(alike(rate, 12 * unit.global[i]!)).toBe(true));
      }),
    );
  });

  it('in a funnel: keep their standing in any order of areas and for any number of people', () => {
    fc.assert(
      fc.property(mixed(fc.array(area, { minLength: 4, maxLength: 30 })), ({ rows, order }) => {
        fc.pre(rows.some((one) => one.events > 0));
        const plot = (list: typeof rows, per: number) =>
          answered(
            funnelPlot({ events: list.map((one) => one.events), population: list.map((one) => one.population), per }),
          );
        const one = plot(rows, 1000);
        const other = plot(taken(rows, order), 100_000);
        expect(alike(100 * one.overall, other.overall)).toBe(true);
        expect(taken(one.areas, order).map((each) => each.standing)).toEqual(other.areas.map((each) => each.standing));
        expect(alike(one.phi, other.phi, 1e-6)).toBe(true);
        expect(notFinite(one)).toEqual([]);
      }),
    );
  });
});
