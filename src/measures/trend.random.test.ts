import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { answered } from '../../test/answered.ts';
import { alike, holdsItself, mixed, notFinite, taken } from '../../test/invariants.ts';
import { classicalDecomposition } from './classical-decomposition.ts';
import { countTrend } from './count-regression.ts';
import { mannKendall } from './mann-kendall.ts';
import { meanBreaks } from './mean-breaks.ts';
import { poissonChangepoints } from './poisson-changepoints.ts';
import { isRefusal } from './refusal.ts';
import { theilSen } from './theil-sen.ts';

const month = fc.record({ count: fc.integer({ min: 1, max: 200 }), days: fc.constantFrom(28, 30, 31) });
const months = fc.array(month, { minLength: 24, maxLength: 48 });
const values = fc.array(fc.double({ min: -500, max: 500, noNaN: true }), { minLength: 12, maxLength: 40 });

describe('trends', () => {
  it('of counts are the same in any order of the months, and hold themselves', () => {
    fc.assert(
      fc.property(mixed(months), ({ rows, order }) => {
        const times = rows.map((_, i) => i + 1);
        const trend = (list: readonly (typeof rows)[number][], at: readonly number[]) =>
          answered(
            countTrend({ counts: list.map((one) => one.count), exposure: list.map((one) => one.days), times: at }),
          );
        const one = trend(rows, times);
        const other = trend(taken(rows, order), taken(times, order));
        expect(alike(one.quasiPoisson.estimate, other.quasiPoisson.estimate, 1e-6)).toBe(true);
        expect(alike(one.quasiPoisson.upper, other.quasiPoisson.upper, 1e-6)).toBe(true);
        expect(holdsItself(one.annualChangePercent)).toBe(true);
        expect(holdsItself(one.neweyWest)).toBe(true);
        expect(notFinite({ ...one, regression: null })).toEqual([]);
      }),
      { numRuns: 30 },
    );
  });

  it('without a model do not care in which order points with their times are given', () => {
    fc.assert(
      fc.property(mixed(values), ({ rows, order }) => {
        const times = rows.map((_, i) => 3 * i);
        const one = theilSen(rows, { times });
        const other = theilSen(taken(rows, order), { times: taken(times, order) });
        expect(isRefusal(one)).toBe(isRefusal(other));
        if (isRefusal(one) || isRefusal(other)) return;
        expect(alike(one.slope.estimate, other.slope.estimate)).toBe(true);
        expect(alike(one.intercept, other.intercept)).toBe(true);
        expect(holdsItself(one.slope)).toBe(true);
        const test = answered(mannKendall(rows));
        expect(notFinite([one, test])).toEqual([]);
        expect(Math.abs(test.tau ?? 0)).toBeLessThanOrEqual(1 + 1e-12);
      }),
    );
  });

  it('change of level where they do, whatever the unit of what is expected', () => {
    fc.assert(
      fc.property(months, fc.integer({ min: 2, max: 900 }), (rows, unit) => {
        const counts = rows.map((one) => one.count);
        const one = answered(poissonChangepoints(counts, { expected: rows.map(({ days }) => days) }));
        const other = answered(poissonChangepoints(counts, { expected: rows.map(({ days }) => days / unit) }));
        expect(other.changes).toEqual(one.changes);
        one.segments.forEach((segment, i) => {
          expect(alike(other.segments[i]!.level.estimate, unit * segment.level.estimate)).toBe(true);
          expect(holdsItself(segment.level)).toBe(true);
        });
        expect(one.segments.reduce((sum, { count }) => sum + count, 0)).toBe(counts.reduce((a, b) => a + b, 0));
        expect(notFinite(one)).toEqual([]);
      }),
    );
  });

  it('break at the same places when the series changes its unit or its zero', () => {
    fc.assert(
      fc.property(values, (rows) => {
        fc.pre(Math.max(...rows) - Math.min(...rows) > 1);
        const one = answered(meanBreaks(rows));
        const other = answered(meanBreaks(rows.map((value) => 4 * value + 64)));
        one.candidates.forEach((candidate, i) => {
          expect(alike(other.candidates[i]!.residualSquares, 16 * candidate.residualSquares, 1e-6)).toBe(true);
        });
        expect(notFinite(one)).toEqual([]);
      }),
    );
  });

  it('part into season and course that move with the unit of the series', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 300 }), { minLength: 24, maxLength: 60 }), (rows) => {
        const one = answered(classicalDecomposition(rows, { period: 12 }));
        const other = answered(
          classicalDecomposition(
            rows.map((value) => 8 * value),
            { period: 12 },
          ),
        );
        one.figure.forEach((value, i) => expect(alike(8 * value, other.figure[i]!)).toBe(true));
        expect(
          alike(
            Array.from(one.figure).reduce((a, b) => a + b, 0),
            0,
            1e-8,
          ),
        ).toBe(true);
        expect(notFinite(one)).toEqual([]);
      }),
    );
  });
});
