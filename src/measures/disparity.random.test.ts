import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { answered } from '../../test/answered.ts';
import { alike, holdsItself, mixed, notFinite, taken } from '../../test/invariants.ts';
import { waldRateRatio, waldRiskRatio } from './rate-ratio.ts';
import { relativeRateIndex } from './relative-rate-index.ts';

const group = fc.record({ events: fc.nat(200), population: fc.integer({ min: 200, max: 90_000 }) });
const groups = fc
  .tuple(fc.integer({ min: 1, max: 200 }), fc.array(group, { minLength: 2, maxLength: 8 }))
  .map(([events, list]) => [{ ...list[0]!, events }, ...list.slice(1)].map((one, i) => ({ ...one, name: `G${i}` })));

describe('disparity', () => {
  it('follows its groups into any order, whatever number of people rates are for', () => {
    fc.assert(
      fc.property(mixed(groups), ({ rows, order }) => {
        const one = answered(relativeRateIndex({ groups: rows, reference: 'G0', per: 1000 }));
        const two = answered(relativeRateIndex({ groups: taken(rows, order), reference: 'G0', per: 100_000 }));
        taken(one.groups, order).forEach((each, i) => {
          const there = two.groups[i]!;
          expect(there.name).toBe(each.name);
          expect(there.ratio).toEqual(each.ratio);
          expect(alike(there.rate, 100 * each.rate)).toBe(true);
          expect(there.excessEvents).toBe(each.excessEvents);
          if (each.ratio) expect(holdsItself(each.ratio)).toBe(true);
        });
        expect(notFinite(one)).toEqual([]);
      }),
    );
  });

  it('of two groups with one rate is that of both together', () => {
    fc.assert(
      fc.property(group, group, fc.integer({ min: 1, max: 5 }), (base, own, times) => {
        fc.pre(base.events > 0);
        const part = { ...own, name: 'part' };
        const more = { events: own.events * times, population: own.population * times, name: 'more' };
        const both = { events: part.events + more.events, population: part.population + more.population, name: 'both' };
        const reference = { ...base, name: 'reference' };
        const found = answered(
          relativeRateIndex({ groups: [reference, part, more, both], reference: 'reference', per: 1 }),
        );
        const [, first, second, together] = found.groups;
        expect(alike(first!.ratio!.estimate!, together!.ratio!.estimate!)).toBe(true);
        expect(alike(first!.excessEvents + second!.excessEvents, together!.excessEvents, 1e-8)).toBe(true);
      }),
    );
  });

  it('of risks is surer than that of rates, by what one person can count but once', () => {
    fc.assert(
      fc.property(group, group, (first, second) => {
        fc.pre(first.events > 0 && second.events > 0);
        const [own, base] = [first, second].map(({ events, population }) => ({ events, exposure: population }));
        const rate = answered(waldRateRatio(own!, base!, 0.95));
        const risk = answered(waldRiskRatio(own!, base!, 0.95));
        expect(alike(risk.estimate!, rate.estimate!)).toBe(true);
        expect(risk.lower).toBeGreaterThanOrEqual(rate.lower);
        expect(risk.upper!).toBeLessThanOrEqual(rate.upper!);
        expect(holdsItself(rate) && holdsItself(risk)).toBe(true);
      }),
    );
  });
});
