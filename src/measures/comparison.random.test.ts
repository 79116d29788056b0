import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { answered } from '../../test/answered.ts';
import { alike, holdsItself, mixed, notFinite, taken } from '../../test/invariants.ts';
import { eTest } from './e-test.ts';
import { benjaminiHochberg, benjaminiYekutieli, bonferroni, holm } from './multiple-testing.ts';
import { compareRates } from './rate-comparison.ts';

const period = fc.record({ events: fc.nat(120), exposure: fc.integer({ min: 1, max: 9000 }) });
const level = fc.double({ min: 0.5, max: 0.999, noNaN: true });

describe('comparisons', () => {
  it('of two periods hold their ratio, have a p value between nought and one, and are finite', () => {
    fc.assert(
      fc.property(period, period, level, (before, after, sure) => {
        fc.pre(before.events + after.events > 0);
        const found = answered(compareRates({ before, after, level: sure }));
        expect(holdsItself(found.ratio)).toBe(true);
        expect(found.pValue).toBeGreaterThanOrEqual(0);
        expect(found.pValue).toBeLessThanOrEqual(1);
        expect(notFinite(found)).toEqual([]);
      }),
    );
  });

  it('are surer, and no other, when two equal places merge', () => {
    fc.assert(
      fc.property(period, period, (before, after) => {
        fc.pre(before.events > 0 && after.events > 0);
        const twice = (one: typeof before) => ({ events: 2 * one.events, exposure: 2 * one.exposure });
        const one = answered(compareRates({ before, after }));
        const both = answered(compareRates({ before: twice(before), after: twice(after) }));
        expect(alike(both.ratio.estimate!, one.ratio.estimate!)).toBe(true);
        expect(both.ratio.lower).toBeGreaterThanOrEqual(one.ratio.lower * (1 - 1e-9));
        expect(both.ratio.upper!).toBeLessThanOrEqual(one.ratio.upper! * (1 + 1e-9));
      }),
    );
  });

  it('by the E-test say the less the nearer the two rates are', () => {
    fc.assert(
      fc.property(fc.integer({ min: 5, max: 60 }), fc.integer({ min: 1, max: 20 }), (events, exposure) => {
        const first = { events, exposure };
        const values = [0, 4, 8, 12].map((more) => answered(eTest(first, { events: events + more, exposure })));
        for (let i = 1; i < values.length; i += 1) expect(values[i]!).toBeLessThanOrEqual(values[i - 1]! + 1e-12);
      }),
      { numRuns: 40 },
    );
  });

  it('of many are corrected alike in any order, from the most careful to the least', () => {
    const chances = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(mixed(chances), ({ rows, order }) => {
        for (const correct of [benjaminiHochberg, benjaminiYekutieli, holm, bonferroni]) {
          const here = Array.from(answered(correct(rows)));
          const there = Array.from(answered(correct(taken(rows, order))));
          taken(here, order).forEach((p, i) => expect(alike(p, there[i]!, 1e-12)).toBe(true));
          expect(notFinite(here)).toEqual([]);
        }
        const [hochberg, step, plain] = [benjaminiHochberg, holm, bonferroni].map((correct) =>
          Array.from(answered(correct(rows))),
        );
        rows.forEach((_, i) => {
          expect(hochberg![i]!).toBeLessThanOrEqual(step![i]! + 1e-12);
          expect(step![i]!).toBeLessThanOrEqual(plain![i]! + 1e-12);
        });
      }),
    );
  });
});
