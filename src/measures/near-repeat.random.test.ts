import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { answered } from '../../test/answered.ts';
import { alike, mixed, notFinite, taken } from '../../test/invariants.ts';
import { hawkesLogLikelihood, hawkesTemporal } from './hawkes-temporal.ts';
import { knoxTest } from './near-repeat.ts';
import { isRefusal } from './refusal.ts';
import { reproductionNumber } from './reproduction-number.ts';

const event = fc.record({ x: fc.nat(900), y: fc.nat(900), day: fc.nat(90) });
const bands = {
  distanceBreaksMetres: [0, 1, 200, 400, Infinity],
  dayBreaks: [0, 4, 8, Infinity],
  metric: 'euclidean' as const,
  permutations: 19,
  seed: 4,
};

describe('near repeats', () => {
  it('are the same to the last permutation in any order of the events, wherever the map and the calendar begin', () => {
    fc.assert(
      fc.property(mixed(fc.array(event, { minLength: 4, maxLength: 40 })), fc.nat(5000), ({ rows, order }, far) => {
        const test = (list: typeof rows, metres: number, days: number) =>
          knoxTest(
            { eastings: list.map(({ x }) => x + metres), northings: list.map(({ y }) => y + metres) },
            list.map(({ day }) => day + days),
            bands,
          );
        const one = test(rows, 0, 0);
        expect(test(taken(rows, order), 0, 0)).toEqual(one);
        expect(test(rows, 0, far)).toEqual(one);
        if (isRefusal(one)) return;
        const moved = answered(test(rows, far, 0));
        one.cells.forEach((row, i) => {
          row.forEach((cell, j) => {
            expect(moved.cells[i]![j]!.observedPairs).toBe(cell.observedPairs);
            expect(cell.p).toBeGreaterThan(0);
            expect(cell.p).toBeLessThanOrEqual(1);
          });
        });
        const withoutEnds = one.cells
          .flat()
          .map(({ observedPairs, expectedPairs, ratio, p }) => [observedPairs, expectedPairs, ratio ?? 0, p]);
        expect(notFinite(withoutEnds)).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  it('keep their counts when metres become yards in the map and in the bands', () => {
    fc.assert(
      fc.property(fc.array(event, { minLength: 4, maxLength: 40 }), (rows) => {
        const test = (unit: number) =>
          knoxTest(
            { eastings: rows.map(({ x }) => x * unit), northings: rows.map(({ y }) => y * unit) },
            rows.map(({ day }) => day),
            { ...bands, distanceBreaksMetres: bands.distanceBreaksMetres.map((edge) => edge * unit) },
          );
        const [one, two] = [test(1), test(4)];
        expect(isRefusal(one)).toBe(isRefusal(two));
        if (isRefusal(one) || isRefusal(two)) return;
        expect(two.cells.flat().map((cell) => cell.observedPairs)).toEqual(
          one.cells.flat().map((cell) => cell.observedPairs),
        );
      }),
      { numRuns: 60 },
    );
  });
});

describe('contagion', () => {
  const times = fc
    .array(fc.integer({ min: 0, max: 102_400 }), { minLength: 20, maxLength: 40 })
    .map((list) => list.sort((a, b) => a - b).map((part) => part / 1024));

  it('in time: its likelihood moves with the unit of time as that of any rate does', () => {
    fc.assert(
      fc.property(times, (list) => {
        const rates = { mu: 0.3, alpha: 0.2, beta: 0.7 };
        const days = answered(hawkesLogLikelihood(list, 100, rates));
        const hours = answered(
          hawkesLogLikelihood(
            list.map((t) => 24 * t),
            2400,
            { mu: 0.3 / 24, alpha: 0.2 / 24, beta: 0.7 / 24 },
          ),
        );
        expect(alike(hours, days - list.length * Math.log(24), 1e-8)).toBe(true);
      }),
    );
  });

  it('in time: a fit does not depend on the order of the events, and holds its shares', () => {
    fc.assert(
      fc.property(mixed(times), ({ rows, order }) => {
        const one = hawkesTemporal(rows, 100);
        const two = hawkesTemporal(taken(rows, order), 100);
        expect(two).toEqual(one);
        if (isRefusal(one)) return;
        const { estimate, lower, upper } = one.branchingRatio;
        expect(lower).toBeLessThanOrEqual(estimate + 1e-9);
        expect(upper).toBeGreaterThanOrEqual(estimate - 1e-9);
        expect(notFinite(one)).toEqual([]);
      }),
      { numRuns: 4 },
    );
  });

  it('by the reproduction number: holds its estimate, and falls with a prior that does', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(30), { minLength: 12, maxLength: 50 }), (counts) => {
        fc.pre(counts.some((count) => count > 0));
        const options = { serialMeanDays: 4, serialStandardDeviationDays: 2, windowDays: 5 };
        const one = answered(reproductionNumber(counts, options));
        const low = answered(reproductionNumber(counts, { ...options, priorMean: 1, priorStandardDeviation: 1 }));
        one.windows.forEach(({ mean }, i) => {
          expect(mean.lower).toBeLessThanOrEqual(mean.estimate);
          expect(mean.upper).toBeGreaterThanOrEqual(mean.estimate);
          expect(low.windows[i]!.mean.estimate).toBeLessThanOrEqual(mean.estimate);
        });
        expect(notFinite(one)).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });
});
