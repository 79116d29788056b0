import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { answered } from '../../test/answered.ts';
import { alike, mixed, notFinite, taken } from '../../test/invariants.ts';
import { countChart } from './count-chart.ts';
import { poissonCusum, tabularCusum } from './cumulative-sum.ts';
import { daysBetweenChart } from './days-between-chart.ts';
import { isRefusal } from './refusal.ts';
import { xmrChart } from './xmr-chart.ts';

const series = fc.array(fc.integer({ min: 0, max: 120 }), { minLength: 12, maxLength: 40 });

describe('charts', () => {
  it('XmR: limits move with the unit and the zero of the series, and every rule sees the same', () => {
    fc.assert(
      fc.property(series, fc.integer({ min: 1, max: 12 }), fc.integer({ min: -50, max: 50 }), (values, unit, zero) => {
        const one = xmrChart(values);
        const other = xmrChart(values.map((value) => unit * value + zero));
        expect(isRefusal(one)).toBe(isRefusal(other));
        if (isRefusal(one) || isRefusal(other)) return;
        one.points.forEach((point, i) => {
          expect(alike(other.points[i]!.upper, unit * point.upper + zero)).toBe(true);
          expect(alike(other.points[i]!.lower, unit * point.lower + zero)).toBe(true);
          expect(point.lower).toBeLessThanOrEqual(point.mean);
          expect(point.upper).toBeGreaterThanOrEqual(point.mean);
        });
        expect(other.points.map((point) => point.specialCause)).toEqual(one.points.map((point) => point.specialCause));
        expect(notFinite(one)).toEqual([]);
      }),
    );
  });

  it('of counts: limits do not depend on the order of the points, nor on the unit of exposure', () => {
    const points = fc.array(fc.record({ count: fc.nat(40), days: fc.integer({ min: 1, max: 31 }) }), {
      minLength: 12,
      maxLength: 30,
    });
    fc.assert(
      fc.property(mixed(points), ({ rows, order }) => {
        fc.pre(rows.some((one) => one.count > 0));
        const chart = (list: readonly (typeof rows)[number][], unit: number) =>
          answered(
            countChart(
              list.map((one) => one.count),
              { exposure: list.map((one) => one.days * unit) },
            ),
          );
        const one = chart(rows, 1);
        const other = chart(taken(rows, order), 8);
        expect(alike(one.rate, 8 * other.rate)).toBe(true);
        taken(one.points, order).forEach((point, i) => {
          expect(alike(point.expected, other.points[i]!.expected)).toBe(true);
          expect(point.lower).toBeLessThanOrEqual(point.expected);
          expect(point.upper).toBeGreaterThanOrEqual(Math.floor(point.expected));
        });
        expect(notFinite(one)).toEqual([]);
      }),
    );
  });

  it('of days between events: limits do not depend on the order of the gaps', () => {
    fc.assert(
      fc.property(mixed(fc.array(fc.nat(400), { minLength: 5, maxLength: 40 })), ({ rows, order }) => {
        const one = daysBetweenChart(rows);
        const other = daysBetweenChart(taken(rows, order));
        expect(isRefusal(one)).toBe(isRefusal(other));
        if (isRefusal(one) || isRefusal(other)) return;
        expect([other.lower, other.upper]).toEqual([one.lower, one.upper]);
        expect(taken(one.gaps, order)).toEqual(other.gaps);
        expect(notFinite(one)).toEqual([]);
      }),
    );
  });

  it('CUSUM: never falls below nought, rises with each count, and has no unit in its tabular form', () => {
    fc.assert(
      fc.property(series, fc.nat(11), fc.integer({ min: 1, max: 40 }), (values, at, more) => {
        const options = { expected: 20, rateRatio: 1.5, threshold: 4 };
        const one = answered(poissonCusum(values, options));
        const higher = answered(poissonCusum(values.with(at, values[at]! + more), options));
        one.sums.forEach((sum, i) => {
          expect(sum).toBeGreaterThanOrEqual(0);
          expect(higher.sums[i]!).toBeGreaterThanOrEqual(sum - 1e-9);
        });
        expect(notFinite(one)).toEqual([]);
        const tabular = tabularCusum(values, { baselinePoints: 12 });
        const scaled = tabularCusum(
          values.map((value) => 3 * value + 7),
          { baselinePoints: 12 },
        );
        expect(isRefusal(tabular)).toBe(isRefusal(scaled));
        if (isRefusal(tabular) || isRefusal(scaled)) return;
        tabular.up.forEach((sum, i) => expect(alike(sum, scaled.up[i]!, 1e-8)).toBe(true));
        expect(notFinite(tabular)).toEqual([]);
      }),
    );
  });
});
