import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays } from './calendar.ts';
import type { Period } from './period.ts';
import {
  calendarYear,
  daysIn,
  financialYear,
  firstDayIn,
  formatMonth,
  formatPeriod,
  holdsMonth,
  isMonth,
  lastDayIn,
  monthCount,
  monthsIn,
  parsePeriod,
  periodOf,
  periodSchema,
  samePeriodLastYear,
  shiftMonth,
  typedPeriod,
  yearTo,
} from './period.ts';

const months = fc
  .tuple(fc.integer({ min: 1901, max: 2099 }), fc.integer({ min: 1, max: 12 }))
  .map(([year, month]) => `${year}-${String(month).padStart(2, '0')}`);
const periods = fc
  .tuple(months, fc.integer({ min: 0, max: 11 }))
  .map(([from, more]): Period => ({ from, to: shiftMonth(from, more) }));

describe('a month', () => {
  it.each(['2022-06', '1900-01', '2100-12'])('%s is one', (text) => {
    expect(isMonth(text)).toBe(true);
  });

  it.each(['20222-06', '2022-13', '2022-00', '2022-6', '1899-12', '2101-01', '2022-06-01', '2022-06\n', ''])(
    '%j is none',
    (text) => {
      expect(isMonth(text)).toBe(false);
    },
  );

  it('moves back by as many months as it moved on', () => {
    expect(shiftMonth('2022-01', -1)).toBe('2021-12');
    expect(shiftMonth('2021-12', 1)).toBe('2022-01');
    fc.assert(
      fc.property(months, fc.integer({ min: -12, max: 12 }), (month, by) => {
        expect(shiftMonth(shiftMonth(month, by), -by)).toBe(month);
      }),
    );
    expect(() => shiftMonth('2100-12', 1)).toThrow(RangeError);
    expect(() => shiftMonth('1900-01', -1)).toThrow(RangeError);
  });
});

describe('a period', () => {
  it('is a calendar year, a financial year or twelve months to a month', () => {
    expect(calendarYear(2022)).toEqual({ from: '2022-01', to: '2022-12' });
    expect(financialYear(2021)).toEqual({ from: '2021-04', to: '2022-03' });
    expect(yearTo('2022-06')).toEqual({ from: '2021-07', to: '2022-06' });
  });

  it('holds its months, both ends in it', () => {
    const period = periodOf('2021-11', '2022-02');
    expect(monthsIn(period)).toEqual(['2021-11', '2021-12', '2022-01', '2022-02']);
    expect(['2021-10', '2021-11', '2022-02', '2022-03'].map((month) => holdsMonth(period, month))).toEqual([
      false,
      true,
      true,
      false,
    ]);
  });

  it.each([
    [periodOf('2022-02', '2022-02'), 28],
    [periodOf('2024-02', '2024-02'), 29],
    [periodOf('2022-07', '2022-10'), 123],
    [financialYear(2022), 365],
    [financialYear(2023), 366],
    [yearTo('2022-06'), 365],
  ])('%j has %i days', (period, days) => {
    expect(daysIn(period)).toBe(days);
  });

  it('counts months and days as its list of months does', () => {
    fc.assert(
      fc.property(periods, (period) => {
        const list = monthsIn(period);
        expect(list).toHaveLength(monthCount(period));
        expect([list[0], list.at(-1)]).toEqual([period.from, period.to]);
        expect(list.map((month) => daysIn({ from: month, to: month })).reduce((sum, days) => sum + days, 0)).toBe(
          daysIn(period),
        );
        expect(list.every((month) => holdsMonth(period, month))).toBe(true);
        expect(addDays(lastDayIn(period), 1)).toBe(`${shiftMonth(period.to, 1)}-01`);
        expect(firstDayIn(period)).toBe(`${period.from}-01`);
      }),
    );
  });

  it('has the same months a year before', () => {
    // Journey 1: year to June 2022 against the year before.
    expect(samePeriodLastYear(yearTo('2022-06'))).toEqual({ from: '2020-07', to: '2021-06' });
    fc.assert(
      fc.property(periods, (period) => {
        const before = samePeriodLastYear(period);
        expect(monthsIn(before).map((month) => month.slice(5))).toEqual(
          monthsIn(period).map((month) => month.slice(5)),
        );
        expect(Number(before.from.slice(0, 4))).toBe(Number(period.from.slice(0, 4)) - 1);
      }),
    );
  });

  it('is refused when it ends before it begins, or has no months', () => {
    expect(() => periodOf('2022-02', '2022-01')).toThrow(RangeError);
    expect(() => periodOf('2022', '2022-01')).toThrow(RangeError);
    expect(periodSchema.safeParse({ from: '2022-02', to: '2022-01' }).success).toBe(false);
    expect(periodSchema.safeParse({ from: '2022-01', to: '2022-13' }).success).toBe(false);
    expect(periodSchema.parse({ from: '2022-01', to: '2022-01' })).toEqual({ from: '2022-01', to: '2022-01' });
  });
});

describe('a period in words', () => {
  it.each([
    [periodOf('2022-06', '2022-06'), 'June 2022'],
    [yearTo('2022-06'), 'year to June 2022'],
    [financialYear(2021), 'April 2021 to March 2022'],
    [calendarYear(2022), '2022'],
    [periodOf('2022-01', '2022-03'), 'January to March 2022'],
    [periodOf('2021-11', '2022-02'), 'November 2021 to February 2022'],
    [periodOf('2020-07', '2022-06'), 'July 2020 to June 2022'],
    [periodOf('2019-01', '2022-12'), 'January 2019 to December 2022'],
  ])('%j is %s', (period, words) => {
    expect(formatPeriod(period)).toBe(words);
    expect(parsePeriod(words)).toEqual({ done: true, value: period });
  });

  it('is read back as it was written', () => {
    expect(formatMonth('2022-06')).toBe('June 2022');
    fc.assert(
      fc.property(months, fc.integer({ min: 0, max: 30 }), (from, more) => {
        fc.pre(from < '2097');
        const period = periodOf(from, shiftMonth(from, more));
        expect(parsePeriod(formatPeriod(period))).toEqual({ done: true, value: period });
      }),
    );
  });
});

describe('a period that a person typed', () => {
  it.each([
    ['2021/22', '2021-04', '2022-03'],
    ['2021-04 to 2022-03', '2021-04', '2022-03'],
    ['2022-07 – 2022-10', '2022-07', '2022-10'],
    ['2022-07', '2022-07', '2022-07'],
    ['Year ending June 2022', '2021-07', '2022-06'],
    ['the 12 months to June 2022', '2021-07', '2022-06'],
    ['Q3 2021/22', '2021-10', '2021-12'],
    ['1 April 2021 to 31 March 2022', '2021-04', '2022-03'],
    ['summer 2022', '2022-06', '2022-08'],
    ['  2021-04   to 2022-03 ', '2021-04', '2022-03'],
  ])('%s is %s to %s', (typed, from, to) => {
    expect(parsePeriod(typed)).toEqual({ done: true, value: { from, to } });
  });

  const sentence = 'Enter a period of whole months, such as April 2021 to March 2022, 2021/22 or year to June 2022';

  it.each([
    ['', sentence],
    ['15 March 2022', sentence],
    ['3 January to 4 February 2022', sentence],
    ['1 to 15 March 2022', sentence],
    ['15 to 31 March 2022', sentence],
    ['from April 2021', sentence],
    ['by March 2022', sentence],
    ['year to winter 2022', sentence],
    ['ongoing', sentence],
    ['year to 15 June 2022', sentence],
    ['year to 2022', sentence],
    ['year to June 1900', sentence],
    ['x'.repeat(100_000), sentence],
    ['March 2022 to January 2022', 'Enter the end of the period after its start, such as March to May 2024'],
    ['2011-12', 'Enter 2011/12 for the financial year, or December 2011 for the month'],
  ])('%j is refused: %s', (typed, words) => {
    expect(parsePeriod(typed)).toEqual({ done: false, reason: 'not-valid', sentence: words });
    expect(typedPeriod.safeParse(typed).error?.issues[0]?.message).toBe(words);
  });
});
