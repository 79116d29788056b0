import { describe, expect, it } from 'vitest';
import { isRefusal } from './refusal.ts';
import { reproductionNumber, serialIntervalByDay } from './reproduction-number.ts';

const options = { serialMeanDays: 4, serialStandardDeviationDays: 2.5, windowDays: 7 };

describe('the reproduction number', () => {
  it('agrees with EpiEstim 2.2-4', () => {
    const got = reproductionNumber([3, 1, 3, 0, 0, 0, 3, 0, 0], options);
    if (isRefusal(got)) throw new Error(got.sentence);
    expect(got.serialInterval[1]).toBeCloseTo(0.0919068268247641, 12);
    expect(got.serialInterval[2]).toBeCloseTo(0.231720942878552, 12);
    const [first, second] = got.windows;
    expect(first).toMatchObject({ fromDay: 2, toDay: 8 });
    expect(first!.mean.estimate).toBeCloseTo(1.24826804543041, 10);
    expect(first!.standardDeviation).toBeCloseTo(0.44132939983116, 10);
    expect(first!.mean.lower).toBeCloseTo(0.538913542564314, 9);
    expect(first!.median).toBeCloseTo(1.19665987643859, 9);
    expect(first!.mean.upper).toBeCloseTo(2.2504205979537, 9);
    expect(second!.mean.estimate).toBeCloseTo(0.973007133461139, 10);
  });

  it('is the posterior of Cori’s formula, by quadrature with scipy, whatever the prior and the level', () => {
    const got = reproductionNumber([2, 0, 5, 1, 4, 0, 3, 6], {
      serialMeanDays: 3,
      serialStandardDeviationDays: 1.2,
      windowDays: 3,
      priorMean: 2,
      priorStandardDeviation: 1.5,
      level: 0.9,
    });
    if (isRefusal(got)) throw new Error(got.sentence);
    expect(got.method).toEqual({ name: 'reproduction-number', version: '1' });
    // The gamma density of the interval less a day, times the triangle round each day, integrated.
    const serial = [
      0, 0.0670328099731358, 0.3305746544548983, 0.31607133579506363, 0.1710751267336499, 0.0732619670189796,
      0.02766368292898386, 0.009657924047862016,
    ];
    for (const [day, share] of serial.entries()) expect(got.serialInterval[day]).toBeCloseTo(share, 9);
    const windows = [
      [2, 4, 2.93344906900849, 1.4424409321482945, 4.850152492333228, 2.8087330356588995, 1.0518426753912866],
      [3, 5, 2.5719034262387277, 1.475185240822942, 3.9157332172557133, 2.4994913693859586, 0.7494160311761655],
      [4, 6, 1.0855145962440695, 0.5018912152226751, 1.8496979015201478, 1.0326207746235285, 0.41695770607412397],
      [5, 7, 1.1216740598313961, 0.5795094765091119, 1.8081965106144349, 1.0793784608687904, 0.378594574049663],
      [6, 8, 1.3843161977115537, 0.7709973538264666, 2.142915750790143, 1.3417457263004224, 0.4216680428036336],
    ] as const;
    expect(got.windows).toHaveLength(windows.length);
    for (const [i, [fromDay, toDay, mean, lower, upper, median, deviation]] of windows.entries()) {
      const window = got.windows[i]!;
      expect(window).toMatchObject({ fromDay, toDay, mean: { level: 0.9 } });
      expect(window.mean.estimate).toBeCloseTo(mean, 8);
      expect(window.mean.lower).toBeCloseTo(lower, 7);
      expect(window.mean.upper).toBeCloseTo(upper, 7);
      expect(window.median).toBeCloseTo(median, 7);
      expect(window.standardDeviation).toBeCloseTo(deviation, 8);
    }
  });

  it('leaves out the windows that end within a mean serial interval, as EpiEstim 2.2-4 does', () => {
    const level = new Array<number>(40).fill(8);
    const spans = (serialMeanDays: number) => {
      const got = reproductionNumber(level, { ...options, serialMeanDays, windowDays: 3 });
      if (isRefusal(got)) throw new Error(got.sentence);
      return got.windows.map(({ fromDay, toDay }) => [fromDay, toDay]);
    };
    expect(spans(3.5)).toHaveLength(37);
    expect(spans(3.5)[0]).toEqual([2, 4]);
    expect(spans(5.5)[0]).toEqual([4, 6]);
    expect(spans(5.5).at(-1)).toEqual([38, 40]);
  });

  it('says why it has no answer', () => {
    const flat = new Array<number>(20).fill(2);
    const reason = (over: object, counts = flat) => {
      const got = reproductionNumber(counts, { ...options, ...over });
      return isRefusal(got) ? got.reason : 'answered';
    };
    for (const windowDays of [0, 1.5, 20]) expect(reason({ windowDays })).toBe('too-short');
    expect(reason({ windowDays: 19 })).toBe('answered');
    expect(reason({ windowDays: 1 })).toBe('answered');
    for (const bad of [0, 9e-4, 1.1e6, Number.NaN]) {
      expect(reason({ priorMean: bad })).toBe('bad-prior');
      expect(reason({ priorStandardDeviation: bad })).toBe('bad-prior');
    }
    for (const bad of [1.001, 36_526, Number.NaN]) expect(reason({ serialMeanDays: bad })).toBe('bad-serial-interval');
    for (const bad of [0, 9e-4, 36_526, Number.NaN])
      expect(reason({ serialStandardDeviationDays: bad })).toBe('bad-serial-interval');
    expect(reason({ level: 1 })).toBe('level-out-of-range');
    expect(reason({}, new Array<number>(36_526).fill(1))).toBe('too-long');
    for (const days of [0, 1.5, 36_526]) expect(serialIntervalByDay(4, 2, days)).toMatchObject({ reason: 'bad-days' });
    expect(serialIntervalByDay(4, 2, 1)).toEqual(Float64Array.of(0));
  });

  it('spreads the serial interval over days with its mean, and nothing on the same day', () => {
    const days = serialIntervalByDay(6, 3, 200);
    if (isRefusal(days)) throw new Error(days.sentence);
    expect(days[0]).toBe(0);
    expect(days.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 9);
    expect(days.reduce((sum, share, day) => sum + share * day, 0)).toBeCloseTo(6, 9);
  });

  it('is one for a level series once its start is forgotten', () => {
    const got = reproductionNumber(new Array<number>(200).fill(50), options);
    if (isRefusal(got)) throw new Error(got.sentence);
    expect(got.windows.at(-1)!.mean.estimate).toBeCloseTo(1, 2);
  });

  it('refuses what has no answer', () => {
    expect(reproductionNumber([], options)).toMatchObject({ reason: 'too-short' });
    expect(reproductionNumber(new Array<number>(30).fill(0), options)).toMatchObject({ reason: 'no-events' });
    expect(reproductionNumber([1, -1, 1, 1, 1, 1, 1, 1, 1], options)).toMatchObject({ reason: 'negative-values' });
    expect(reproductionNumber([1, Number.NaN, 1, 1, 1, 1, 1, 1, 1], options)).toMatchObject({ reason: 'not-finite' });
    const flat = new Array<number>(20).fill(2);
    expect(reproductionNumber(flat, { ...options, serialMeanDays: 1 })).toMatchObject({
      reason: 'bad-serial-interval',
    });
    expect(reproductionNumber(flat, { ...options, priorMean: 0 })).toMatchObject({ reason: 'bad-prior' });
    expect(reproductionNumber(flat, { ...options, level: 2 })).toMatchObject({ refused: true });
  });
});
