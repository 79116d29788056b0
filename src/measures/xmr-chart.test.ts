import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isRefusal } from './refusal.ts';
import { xmrChart, type XmrChart, type XmrOptions } from './xmr-chart.ts';

function chartOf(values: readonly number[], options?: XmrOptions): XmrChart {
  const chart = xmrChart(values, options);
  if (isRefusal(chart)) throw new Error(chart.sentence);
  return chart;
}

// Inputs and answers of NHSRplotthedots 0.2.2.
const outlier = [44, 39, 43, 46, 36, 35, 35, 39, 56, 36, 88, 42, 44, 35, 42, 43, 42, 46, 47, 49];
const trend7 = [60, 40, 61, 41, 58, 55, 52, 49, 46, 43, 40, 61, 39, 60];

describe('xmrChart', () => {
  it('leaves great jumps out of the limits once, as NHSRplotthedots does', () => {
    const screened = chartOf(outlier).points[0];
    expect(screened?.lower).toBeCloseTo(30.1111764705882, 9);
    expect(screened?.upper).toBeCloseTo(58.5888235294118, 9);
    const all = chartOf(outlier, { screenRanges: false }).points[0];
    expect(all?.lower).toBeCloseTo(17.89, 9);
    expect(all?.upper).toBeCloseTo(70.81, 9);
  });

  it('marks every member of a falling run of seven, and calls it improvement when a fall is wanted', () => {
    const { points } = chartOf(trend7);
    expect(points.map((point) => point.specialCause === 'falling-run')).toEqual(
      trend7.map((_value, i) => i >= 4 && i <= 10),
    );
    expect(points[5]?.verdict).toBe('improvement');
    expect(chartOf(trend7, { improvement: 'increase' }).points[5]?.verdict).toBe('concern');
    expect(chartOf(trend7, { improvement: 'neither' }).points[5]?.verdict).toBe('low');
  });

  it('begins new limits where it is told to', () => {
    const values = [92, 100, 89, 88, 112, 105, 63, 74, 78, 65, 69, 78, 66, 62];
    const { points } = chartOf(values, { rebaseAt: [6] });
    expect(points[5]?.mean).toBeCloseTo(97.6666666667, 9);
    expect(points[6]?.mean).toBeCloseTo(69.375, 9);
  });

  it('says when counts are too few for it', () => {
    const low = [1, 3, 4, 2, 2, 1, 4, 5, 3, 3, 1, 5];
    expect(chartOf(low).tooFewForXmr).toBe(true);
    expect(chartOf(outlier).tooFewForXmr).toBe(false);
  });

  it('turns over when the series does', () => {
    const opposite: Readonly<Record<string, string>> = {
      'above-limit': 'below-limit',
      'rising-run': 'falling-run',
      'two-of-three-high': 'two-of-three-low',
      'seven-above-mean': 'seven-below-mean',
    };
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 60 }), { minLength: 12, maxLength: 40 }), (values) => {
        const chart = xmrChart(values);
        const turned = xmrChart(values.map((value) => -value));
        if (isRefusal(chart) || isRefusal(turned)) {
          expect(isRefusal(chart) && isRefusal(turned)).toBe(true);
          return;
        }
        chart.points.forEach((point, i) => {
          const other = turned.points[i]?.specialCause ?? '';
          if (point.specialCause in opposite) expect(other).toBe(opposite[point.specialCause]);
          else if (point.specialCause === 'none') expect(other).toBe('none');
          else expect(opposite[other]).toBe(point.specialCause);
        });
      }),
    );
  });

  it.each([
    ['eleven points', new Array<number>(11).fill(5).map((v, i) => v + i), {}],
    ['equal values', new Array<number>(20).fill(5), {}],
    ['one jump in a flat series', [...new Array<number>(19).fill(5), 50], {}],
    ['a missing value', [...outlier, Number.NaN], {}],
    ['an infinity', [...outlier, Infinity], {}],
    ['limits that begin outside', outlier, { rebaseAt: [20] }],
    ['a part of one point', outlier, { rebaseAt: [19] }],
  ])('refuses %s', (_name, values, options) => {
    expect(isRefusal(xmrChart(values, options))).toBe(true);
  });
});
