import { z } from 'zod';
import type { IsoDate } from './calendar.ts';
import { addDays, addMonths, daysBetween, formatDate } from './calendar.ts';
import type { Outcome } from './outcome.ts';
import { done, refused, typedAs } from './outcome.ts';
import { parsePartialDate } from './partial-date.ts';

/** A calendar month as ISO 8601 text, `2022-06`, of the years 1900 to 2100. Such texts compare as months do. */
export type Month = string;

/** Whole months, both ends in it. Figures, coverage and comparisons are by months, since open data has no days. */
export interface Period {
  readonly from: Month;
  readonly to: Month;
}

const firstMonth = '1900-01';
const lastMonth = '2100-12';

export function isMonth(text: string): boolean {
  return /^\d{4}-(?:0[1-9]|1[0-2])$/.test(text) && text >= firstMonth && text <= lastMonth;
}

export const monthSchema = z.string().refine(isMonth, 'Enter a month as year and month, such as 2022-06');

export const periodSchema: z.ZodType<Period> = z
  .strictObject({ from: monthSchema, to: monthSchema })
  .refine(({ from, to }) => from <= to, 'Enter a last month that is not before the first');

/** @throws RangeError when an end is no month, or the last is before the first: for what code made, not what people typed */
export function periodOf(from: Month, to: Month): Period {
  if (!isMonth(from) || !isMonth(to)) throw new RangeError(`${from} to ${to} is not a period of months`);
  if (to < from) throw new RangeError(`The period from ${from} ends before it begins, in ${to}`);
  return { from, to };
}

function firstDayOf(month: Month): IsoDate {
  return `${month}-01`;
}

/** The month so many months later; earlier below zero. */
export function shiftMonth(month: Month, months: number): Month {
  const shifted = addMonths(firstDayOf(month), months).slice(0, 7);
  if (!isMonth(shifted)) throw new RangeError(`${months} months from ${month} is outside 1900 to 2100`);
  return shifted;
}

export function calendarYear(year: number): Period {
  return periodOf(`${year}-01`, `${year}-12`);
}

/** The financial year that begins in April of a year: `financialYear(2021)` is 2021/22. */
export function financialYear(beginsIn: number): Period {
  return periodOf(`${beginsIn}-04`, `${beginsIn + 1}-03`);
}

/** The twelve months that end with a month: "year to June 2022". */
export function yearTo(month: Month): Period {
  return periodOf(shiftMonth(month, -11), month);
}

/** The same months twelve months earlier, which have the same seasons: the only fair "before" of most measures. */
export function samePeriodLastYear(period: Period): Period {
  return periodOf(shiftMonth(period.from, -12), shiftMonth(period.to, -12));
}

/** How many months it holds, at least one. */
export function monthCount({ from, to }: Period): number {
  const number = (month: Month) => Number(month.slice(0, 4)) * 12 + Number(month.slice(5));
  return number(to) - number(from) + 1;
}

/** Every month in it, in order. */
export function monthsIn(period: Period): readonly Month[] {
  return Array.from({ length: monthCount(period) }, (_, index) => shiftMonth(period.from, index));
}

export function firstDayIn(period: Period): IsoDate {
  return firstDayOf(period.from);
}

export function lastDayIn(period: Period): IsoDate {
  return addDays(addMonths(firstDayOf(period.to), 1), -1);
}

/** How many days it has: a rate a day needs it, and February makes a month look quiet. */
export function daysIn(period: Period): number {
  return daysBetween(firstDayIn(period), lastDayIn(period)) + 1;
}

export function holdsMonth(period: Period, month: Month): boolean {
  return period.from <= month && month <= period.to;
}

/** `June 2022` */
export function formatMonth(month: Month): string {
  return formatDate(firstDayOf(month)).slice(2);
}

/**
 * `June 2022`, `2022`, `January to March 2022`, `April 2021 to March 2022`, and `year to June 2022` for any other twelve
 * months. A financial year is named by its months, because "2021/22" is read by some as two years.
 */
export function formatPeriod(period: Period): string {
  const { from, to } = period;
  if (from === to) return formatMonth(from);
  if (monthCount(period) === 12) {
    if (from.endsWith('-01')) return from.slice(0, 4);
    if (!from.endsWith('-04')) return `year to ${formatMonth(to)}`;
  }
  const sameYear = from.slice(0, 4) === to.slice(0, 4);
  return `${sameYear ? formatMonth(from).slice(0, -5) : formatMonth(from)} to ${formatMonth(to)}`;
}

const sentence = 'Enter a period of whole months, such as April 2021 to March 2022, 2021/22 or year to June 2022';

/** Reads a period that a person typed, in the words of `formatPeriod` and in those of partial dates (`Q3 2021/22`). */
export function parsePeriod(typed: string): Outcome<Period, 'not-valid'> {
  const words = typed.length > 200 ? '' : typed.trim().replace(/\s+/g, ' ');
  const rolling = /^(?:the )?(?:year|12 months|twelve months) (?:to|ending) (.+)$/i.exec(words);
  const outcome = parsePartialDate(
    rolling?.[1] ?? words.replace(/^(\d{4}-\d{2}) ?(?:to|-|–) ?(\d{4}-\d{2})$/i, '$1 to $2'),
  );
  if (!outcome.done) return refused('not-valid', words === '' || rolling !== null ? sentence : outcome.sentence);
  const { earliest, latest } = outcome.value;
  if (earliest === null || latest === null) return refused('not-valid', sentence);
  // Days that do not fill their months are no period of months.
  if (!earliest.endsWith('-01') || !addDays(latest, 1).endsWith('-01')) return refused('not-valid', sentence);
  const period = { from: earliest.slice(0, 7), to: latest.slice(0, 7) };
  if (rolling === null) return done(period);
  if (period.from !== period.to || period.to < '1901') return refused('not-valid', sentence);
  return done(yearTo(period.to));
}

/** A form field that holds a period. */
export const typedPeriod = typedAs(parsePeriod);
