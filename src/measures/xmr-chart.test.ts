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

  const marks = {
    '.': 'none',
    A: 'above-limit',
    B: 'below-limit',
    r: 'rising-run',
    f: 'falling-run',
    h: 'two-of-three-high',
    l: 'two-of-three-low',
    '+': 'seven-above-mean',
    '-': 'seven-below-mean',
  };
  it.each([
    { name: 'shift', options: { baselinePoints: 12 }, lower: 37.5369696969697, upper: 79.129696969697, marks: '..............hh++A++++A+++A', values: [49, 58, 53, 50, 63, 67, 51, 63, 63, 57, 67, 59, 58, 57, 74, 79, 68, 64, 80, 72, 72, 79, 63, 85, 71, 70, 77, 83] }, // prettier-ignore
    { name: 'trend', options: {}, lower: 50.9281422924901, upper: 75.5935968379447, marks: 'BBB--BBBrrrrrrrrAA+AAAA', values: [48, 47, 49, 60, 53, 49, 47, 41, 53, 56, 59, 62, 65, 68, 71, 74, 77, 82, 75, 79, 77, 85, 78] }, // prettier-ignore
    { name: 'ties, not screened', options: { screenRanges: false }, lower: 9.01, upper: 13.49, marks: '..+++++++---------A.', values: [11, 11, 12, 12, 12, 12, 12, 12, 12, 11, 10, 10, 10, 10, 10, 10, 10, 10, 17, 11] }, // prettier-ignore
    { name: 'ties', options: {}, lower: 10.7805882352941, upper: 11.7194117647059, marks: '..AAAAAAA-BBBBBBBBA.', values: [11, 11, 12, 12, 12, 12, 12, 12, 12, 11, 10, 10, 10, 10, 10, 10, 10, 10, 17, 11] }, // prettier-ignore
    { name: 'twoofthree', options: {}, lower: 11.3996551724138, upper: 83.9796551724138, marks: '..............l.l............', values: [44, 56, 44, 56, 44, 56, 44, 56, 44, 56, 44, 56, 44, 56, 22, 40, 21, 44, 56, 44, 56, 44, 56, 44, 56, 44, 56, 44, 56] }, // prettier-ignore
  ])('marks $name as NHSRplotthedots does', ({ values, options, lower, upper, marks: wanted }) => {
    const { points } = chartOf(values, options);
    expect(points.map((point) => point.specialCause)).toEqual(
      Array.from(wanted, (m) => marks[m as keyof typeof marks]),
    );
    expect(points[0]?.lower).toBeCloseTo(lower, 9);
    expect(points[0]?.upper).toBeCloseTo(upper, 9);
    for (const { specialCause, verdict } of points) {
      const high = /above|rising|high/.test(specialCause);
      expect(verdict).toBe(specialCause === 'none' ? 'common-cause' : high ? 'concern' : 'improvement');
    }
    for (const { specialCause, verdict } of chartOf(values, { ...options, improvement: 'neither' }).points)
      expect(verdict).toBe(
        specialCause === 'none' ? 'common-cause' : /above|rising|high/.test(specialCause) ? 'high' : 'low',
      );
  });

  it('begins new limits where it is told to', () => {
    const values = [92, 100, 89, 88, 112, 105, 63, 74, 78, 65, 69, 78, 66, 62];
    const { points } = chartOf(values, { rebaseAt: [6] });
    expect(points[5]?.mean).toBeCloseTo(97.6666666667, 9);
    expect(points[6]?.mean).toBeCloseTo(69.375, 9);
    // The order and repeats of the dates do not matter, and the limits of a part are of its own ranges.
    const parts = [4, 6, 4, 6, 14, 16, 14, 16, 24, 26, 24, 26];
    const three = chartOf(parts, { rebaseAt: [8, 4, 8] }).points;
    expect(three.map((point) => point.mean)).toEqual([5, 5, 5, 5, 15, 15, 15, 15, 25, 25, 25, 25]);
    expect(three.map((point) => point.upper - point.mean).every((reach) => Math.abs(reach - 2 * 2.66) < 1e-12)).toBe(
      true,
    );
    expect(chartOf(parts, { rebaseAt: [4, 8] }).tooFewForXmr).toBe(true);
    const ten = [9, 11, 9, 11, 9, 11, 9, 11, 9, 11, 9, 11];
    expect(chartOf(ten).tooFewForXmr).toBe(false);
    // Two points of each part are the least to begin with.
    expect(chartOf(ten.with(3, 40), { baselinePoints: 2 }).points[3]).toMatchObject({
      mean: 10,
      specialCause: 'above-limit',
    });
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
    ['limits that begin at the first point', outlier, { rebaseAt: [0] }],
    ['limits that begin between points', outlier, { rebaseAt: [4, 7.5] }],
    ['a baseline of one point', outlier, { baselinePoints: 1 }],
    ['a baseline of a part of a point', outlier, { baselinePoints: 2.5 }],
  ])('refuses %s', (_name, values, options) => {
    expect(isRefusal(xmrChart(values, options))).toBe(true);
  });

  it('says which of its rules a refused series broke', () => {
    const reasonOf = (values: readonly number[], options?: XmrOptions): string => {
      const chart = xmrChart(values, options);
      return isRefusal(chart) ? chart.reason : 'answered';
    };
    expect(reasonOf(outlier.slice(0, 11))).toBe('too-few-points');
    expect(reasonOf(outlier.slice(0, 12))).toBe('answered');
    expect(reasonOf(outlier.with(2, Number.NaN))).toBe('not-finite');
    expect(reasonOf(outlier, { rebaseAt: [20] })).toBe('rebase-outside');
    expect(reasonOf(outlier, { rebaseAt: [0] })).toBe('rebase-outside');
    expect(reasonOf(outlier, { rebaseAt: [1] })).toBe('no-variation');
    expect(reasonOf(outlier, { baselinePoints: 1 })).toBe('baseline-points');
  });

  it('does not take a point on a limit for one beyond it, whichever way the arithmetic rounds', () => {
    // Mean 74.2, mean moving range 120/19: two thirds of the way to the lower limit is 63 to the last digit but one.
    const series = [61, 63, 65, 79, 68, 66, 67, 75, 65, 78, 77, 72, 76, 80, 70, 85, 84, 78, 88, 87];
    const chart = xmrChart(series, { screenRanges: false });
    if (isRefusal(chart)) throw new Error(chart.sentence);
    expect(chart.points.slice(0, 3).map((point) => point.specialCause)).toEqual(['none', 'none', 'none']);
  });
});
