import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { answered } from '../../test/answered.ts';
import { alike, holdsItself, mixed, notFinite, taken } from '../../test/invariants.ts';
import { differenceInDifferences } from './difference-in-differences.ts';
import { weightedDisplacementDifference, weightedDisplacementQuotient } from './displacement.ts';
import { interruptedTimeSeries } from './interrupted-time-series.ts';
import { isRefusal } from './refusal.ts';
import { syntheticControl } from './synthetic-control.ts';

const pair = fc.record({ before: fc.integer({ min: 1, max: 400 }), after: fc.integer({ min: 1, max: 400 }) });
const many = (values: { before: number; after: number }, times: number) => ({
  before: values.before * times,
  after: values.after * times,
});

describe('evaluations', () => {
  it('by difference: hold themselves, and areas that merge add their changes', () => {
    fc.assert(
      fc.property(pair, pair, pair, pair, (treated, control, otherTreated, otherControl) => {
        const sum = (a: typeof treated, b: typeof treated) => ({
          before: a.before + b.before,
          after: a.after + b.after,
        });
        const one = answered(weightedDisplacementDifference({ treated, control }));
        const two = answered(weightedDisplacementDifference({ treated: otherTreated, control: otherControl }));
        const both = answered(
          weightedDisplacementDifference({ treated: sum(treated, otherTreated), control: sum(control, otherControl) }),
        );
        expect(both.estimate).toBe(one.estimate + two.estimate);
        expect(alike(both.standardError ** 2, one.standardError ** 2 + two.standardError ** 2)).toBe(true);
        expect(holdsItself(both)).toBe(true);
        expect(notFinite(both)).toEqual([]);
      }),
    );
  });

  it('by quotient: do not depend on how many such areas are added up', () => {
    fc.assert(
      fc.property(pair, pair, pair, fc.integer({ min: 2, max: 9 }), (treated, buffer, control, times) => {
        // An area that moved exactly as its control did is refused: there is nothing to divide by.
        fc.pre(treated.after * control.before !== treated.before * control.after);
        const one = answered(weightedDisplacementQuotient({ treated, buffer, control }));
        const two = answered(
          weightedDisplacementQuotient({
            treated: many(treated, times),
            buffer: many(buffer, times),
            control: many(control, times),
          }),
        );
        expect(alike(one.quotient, two.quotient, 1e-7)).toBe(true);
        expect(notFinite(one)).toEqual([]);
      }),
    );
  });

  it('of panels: are the same in any order of the rows, and hold themselves', () => {
    const counts = fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 24, maxLength: 24 });
    const rowsOf = (list: readonly number[]) =>
      list.map((count, i) => ({
        unit: `U${i % 6}`,
        time: Math.floor(i / 6),
        treated: i % 6 < 3,
        post: i >= 12,
        count,
      }));
    fc.assert(
      fc.property(mixed(counts.map(rowsOf)), ({ rows, order }) => {
        const one = answered(differenceInDifferences({ rows, seed: 1, draws: 9 }));
        const two = answered(differenceInDifferences({ rows: taken(rows, order), seed: 1, draws: 9 }));
        expect(alike(one.rateRatio.estimate, two.rateRatio.estimate, 1e-6)).toBe(true);
        expect(alike(one.poisson.clusteredHc1, two.poisson.clusteredHc1, 1e-5)).toBe(true);
        expect(holdsItself(one.rateRatio)).toBe(true);
        expect(notFinite(one)).toEqual([]);
      }),
      { numRuns: 25 },
    );
  });

  it('of one series: do not depend on the unit of exposure, and hold themselves', () => {
    const points = fc.array(fc.integer({ min: 5, max: 90 }), { minLength: 30, maxLength: 40 });
    fc.assert(
      fc.property(points, fc.constantFrom(2, 7, 24), (counts, unit) => {
        const days = counts.map((_, i) => [31, 28, 31, 30][i % 4]!);
        const series = (exposure: readonly number[]) =>
          interruptedTimeSeries({ counts, exposure, startsAt: 18, seed: 1, draws: 40 });
        const one = series(days);
        const two = series(days.map((each) => each * unit));
        expect(isRefusal(one)).toBe(isRefusal(two));
        if (isRefusal(one) || isRefusal(two)) return;
        expect(alike(one.levelRatio.estimate, two.levelRatio.estimate, 1e-6)).toBe(true);
        expect(alike(one.prevented.estimate, two.prevented.estimate, 1e-5)).toBe(true);
        expect(holdsItself(one.levelRatio) && holdsItself(one.slopeRatio)).toBe(true);
        expect(notFinite(one)).toEqual([]);
      }),
      { numRuns: 20 },
    );
  });

  it('by synthetic control: follow the donors into any order, and the unit of the figures', () => {
    const course = fc.array(fc.double({ min: 1, max: 99, noNaN: true }), { minLength: 12, maxLength: 12 });
    fc.assert(
      fc.property(mixed(fc.array(course, { minLength: 2, maxLength: 5 })), course, ({ rows, order }, treated) => {
        const one = answered(syntheticControl({ treated, donors: rows, periodsBefore: 9 }));
        const scaled = (list: readonly number[]) => list.map((value) => 4 * value);
        const two = answered(
          syntheticControl({ treated: scaled(treated), donors: taken(rows, order).map(scaled), periodsBefore: 9 }),
        );
        expect(alike(4 * one.before, two.before, 1e-6)).toBe(true);
        expect(
          alike(
            one.weights.reduce((sum, weight) => sum + weight, 0),
            1,
          ),
        ).toBe(true);
        expect(Math.min(...one.weights)).toBeGreaterThanOrEqual(0);
        expect(notFinite(one)).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });
});
