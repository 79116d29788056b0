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
    expect(reproductionNumber(flat, { ...options, serialMeanDays: 1 })).toMatchObject({ reason: 'bad-serial-interval' });
    expect(reproductionNumber(flat, { ...options, priorMean: 0 })).toMatchObject({ reason: 'bad-prior' });
    expect(reproductionNumber(flat, { ...options, level: 2 })).toMatchObject({ refused: true });
  });
});
