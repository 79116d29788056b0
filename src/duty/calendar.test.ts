import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addDays,
  addMonths,
  addWorkingDays,
  daysBetween,
  daysInMonth,
  formatDate,
  formatDateWithWeekday,
  isIsoDate,
  isoWeekday,
  isWorkingDay,
  lastDayBeginningWith,
  workingDaysBetween,
} from './calendar.ts';

const dates = fc
  .date({ min: new Date('1900-01-01T00:00:00Z'), max: new Date('2100-12-31T00:00:00Z'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));
const shortSpans = fc.integer({ min: -20_000, max: 20_000 });

// Bank holidays in England and Wales, gov.uk/bank-holidays.
const bankHolidays2023 = new Set([
  '2023-01-02',
  '2023-04-07',
  '2023-04-10',
  '2023-05-01',
  '2023-05-08',
  '2023-05-29',
  '2023-08-28',
  '2023-12-25',
  '2023-12-26',
  '2024-01-01',
]);

describe('a date of the calendar', () => {
  it.each(['2024-02-29', '2000-02-29', '2023-01-31', '0001-01-01', '9999-12-31'])('%s is one', (text) => {
    expect(isIsoDate(text)).toBe(true);
  });

  it.each([
    '2023-02-29',
    '1900-02-29',
    '2024-02-30',
    '2024-04-31',
    '2024-13-01',
    '2024-00-10',
    '2024-01-00',
    '0000-01-01',
    '2024-1-1',
    '24-01-01',
    '2024-01-01T00:00:00Z',
    ' 2024-01-01',
    '2024-01-01\n',
    '+02024-01-01',
    '',
  ])('%j is none', (text) => {
    expect(isIsoDate(text)).toBe(false);
  });

  it('is refused as a fault where code passes something else', () => {
    expect(() => addDays('2023-02-29', 1)).toThrow(RangeError);
    expect(() => addMonths('15/03/2024', 1)).toThrow(RangeError);
    expect(() => addDays('9999-12-31', 1)).toThrow(RangeError);
    expect(() => addMonths('9999-12-31', 1)).toThrow(RangeError);
    expect(addDays('9999-12-30', 1)).toBe('9999-12-31');
    expect(addDays('0001-01-02', -1)).toBe('0001-01-01');
    expect(addMonths('9999-11-30', 1)).toBe('9999-12-30');
    expect(addMonths('0001-02-01', -1)).toBe('0001-01-01');
    expect(() => addDays('0001-01-01', -1)).toThrow(RangeError);
    expect(() => addMonths('0001-01-01', -1)).toThrow(RangeError);
    expect(() => addDays('2024-01-01', 0.5)).toThrow(RangeError);
    expect(() => addMonths('2024-01-01', 0.5)).toThrow(RangeError);
  });
});

describe('days', () => {
  it.each([
    ['2024-02-28', 1, '2024-02-29'],
    ['2023-02-28', 1, '2023-03-01'],
    ['2024-01-01', -1, '2023-12-31'],
    ['2024-01-01', 366, '2025-01-01'],
    // The clocks change on 31 March and 27 October 2024; dates do not notice.
    ['2024-03-30', 2, '2024-04-01'],
    ['2024-10-26', 2, '2024-10-28'],
  ])('%s and %i days is %s', (date, days, later) => {
    expect(addDays(date, days)).toBe(later);
    expect(daysBetween(date, later)).toBe(days);
  });

  it('add and subtract back, and count what was added', () => {
    fc.assert(
      fc.property(dates, shortSpans, (date, days) => {
        const moved = addDays(date, days);
        expect(addDays(moved, -days)).toBe(date);
        expect(daysBetween(date, moved)).toBe(days);
        expect(isIsoDate(moved)).toBe(true);
      }),
    );
  });

  it('compare as their texts do', () => {
    fc.assert(
      fc.property(dates, dates, (a, b) => {
        expect(a < b).toBe(daysBetween(a, b) > 0);
      }),
    );
  });

  it('fill the months of a year', () => {
    const year = (leap: boolean) => [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    const months = Array.from({ length: 12 }, (_, index) => index + 1);
    expect(months.map((month) => daysInMonth(2024, month))).toEqual(year(true));
    expect(months.map((month) => daysInMonth(2023, month))).toEqual(year(false));
    expect(months.map((month) => daysInMonth(2000, month))).toEqual(year(true));
    expect(months.map((month) => daysInMonth(1900, month))).toEqual(year(false));
  });
});

describe('the clocks of the Acts', () => {
  it.each([
    ['an appeal against a community protection notice, 21 days beginning with', '2024-03-01', 21, '2024-03-21'],
    ['a challenge to a public spaces protection order, 6 weeks beginning with', '2024-03-01', 42, '2024-04-11'],
    ['a period of one day beginning with', '2024-03-01', 1, '2024-03-01'],
  ])('%s %s (%i days) ends on %s', (_clock, date, days, last) => {
    expect(lastDayBeginningWith(date, days)).toBe(last);
  });

  it('have no period without a day', () => {
    expect(() => lastDayBeginningWith('2024-03-01', 0)).toThrow(RangeError);
    expect(() => lastDayBeginningWith('2024-03-01', 1.5)).toThrow(RangeError);
  });
});

describe('months', () => {
  it.each([
    // Dodds v Walker [1981] 1 WLR 1027: four months from 30 September 1978 ended on 30 January 1979, not 31.
    ['1978-09-30', 4, '1979-01-30'],
    ['2024-01-31', 1, '2024-02-29'],
    ['2023-01-31', 1, '2023-02-28'],
    ['2024-02-29', 12, '2025-02-28'],
    ['2024-02-29', 48, '2028-02-29'],
    ['2024-03-31', -1, '2024-02-29'],
    ['2024-01-15', -1, '2023-12-15'],
    ['2023-12-06', 12, '2024-12-06'],
    ['2024-12-31', 2, '2025-02-28'],
  ])('%s and %i months is %s', (date, months, later) => {
    expect(addMonths(date, months)).toBe(later);
  });

  it('keep the day, or take the last one of a month that is too short', () => {
    fc.assert(
      fc.property(dates, fc.integer({ min: -1200, max: 1200 }), (date, months) => {
        const moved = addMonths(date, months);
        const last = daysInMonth(Number(moved.slice(0, 4)), Number(moved.slice(5, 7)));
        expect(Number(moved.slice(8))).toBe(Math.min(Number(date.slice(8)), last));
        expect(addMonths(moved, -months).slice(0, 7)).toBe(date.slice(0, 7));
      }),
    );
  });
});

describe('days of the week', () => {
  it.each([
    ['1970-01-01', 4],
    ['1966-07-30', 6],
    ['2000-01-01', 6],
    ['2024-03-15', 5],
    ['2023-01-31', 2],
    ['1900-01-01', 1],
  ])('%s is day %i', (date, weekday) => {
    expect(isoWeekday(date)).toBe(weekday);
  });

  it('come round every seven days', () => {
    fc.assert(
      fc.property(dates, (date) => {
        expect(isoWeekday(addDays(date, 7))).toBe(isoWeekday(date));
        expect(isoWeekday(addDays(date, 1))).toBe((isoWeekday(date) % 7) + 1);
      }),
    );
  });
});

describe('working days', () => {
  it('are Monday to Friday without bank holidays', () => {
    expect(isWorkingDay('2023-04-06', bankHolidays2023)).toBe(true);
    expect(isWorkingDay('2023-04-07', bankHolidays2023)).toBe(false);
    expect(isWorkingDay('2023-04-08', bankHolidays2023)).toBe(false);
    expect(isWorkingDay('2023-04-07', new Set())).toBe(true);
  });

  it.each([
    // Over Easter 2023: Good Friday 7 April, Easter Monday 10 April.
    ['2023-04-06', 1, '2023-04-11'],
    ['2023-03-27', 20, '2023-04-26'],
    ['2023-12-22', 1, '2023-12-27'],
    ['2023-12-29', 1, '2024-01-02'],
    ['2023-04-11', -1, '2023-04-06'],
    ['2023-04-08', 0, '2023-04-08'],
    ['2023-04-08', 1, '2023-04-11'],
  ])('%s and %i working days is %s', (date, days, later) => {
    expect(addWorkingDays(date, days, bankHolidays2023)).toBe(later);
  });

  it('count between dates what adding went through', () => {
    fc.assert(
      fc.property(dates, fc.integer({ min: 1, max: 300 }), (date, days) => {
        const later = addWorkingDays(date, days, bankHolidays2023);
        expect(workingDaysBetween(date, later, bankHolidays2023)).toBe(days);
        expect(isWorkingDay(later, bankHolidays2023)).toBe(true);
      }),
      { numRuns: 50 },
    );
    expect(workingDaysBetween('2023-04-11', '2023-04-06', bankHolidays2023)).toBe(0);
  });

  it('stop at ten years instead of walking for ever', () => {
    expect(() => addWorkingDays('2024-01-01', 1_000_000, new Set())).toThrow(RangeError);
    expect(() => addWorkingDays('2024-01-01', 1.5, new Set())).toThrow(RangeError);
    expect(() => workingDaysBetween('2000-01-01', '2024-01-01', new Set())).toThrow(RangeError);
  });
});

describe('a date in words', () => {
  it('is written as GOV.UK writes it', () => {
    expect(formatDate('2024-03-15')).toBe('15 March 2024');
    expect(formatDate('2023-02-01')).toBe('1 February 2023');
    expect(formatDateWithWeekday('2024-03-15')).toBe('Friday 15 March 2024');
    expect(formatDateWithWeekday('2024-03-17')).toBe('Sunday 17 March 2024');
  });
});
