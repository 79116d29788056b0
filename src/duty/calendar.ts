import { z } from 'zod';

/**
 * A calendar date as ISO 8601 text, `2024-03-15`, of the years 0001 to 9999. Such texts compare as dates do. A date has
 * no clock and no zone: which day it is in London is the business of whoever reads the clock.
 */
export type IsoDate = string;

export const monthNames = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
] as const;

export const weekdayNames = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'] as const;

const millisecondsInDay = 86_400_000;
const firstDay = -719_162; // 0001-01-01, counted from 1970-01-01
const lastDay = 2_932_896; // 9999-12-31

/** Whether a text is a day of the calendar: `2024-02-29` is, `2023-02-29` and `2024-2-9` are not. */
export function isIsoDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text) || text.startsWith('0000')) return false;
  const milliseconds = Date.parse(`${text}T00:00:00Z`);
  // Engines roll 30 February over into March, so the text must come back as it went in.
  return !Number.isNaN(milliseconds) && new Date(milliseconds).toISOString().startsWith(text);
}

export const isoDateSchema = z.string().refine(isIsoDate, 'Enter a date as year, month and day, such as 2024-03-15');

function dayNumber(date: IsoDate): number {
  if (!isIsoDate(date)) throw new RangeError(`${date} is not a date`);
  return Date.parse(`${date}T00:00:00Z`) / millisecondsInDay;
}

function dateOfDayNumber(day: number): IsoDate {
  if (!Number.isInteger(day) || day < firstDay || day > lastDay) throw new RangeError('The date leaves the calendar');
  return new Date(day * millisecondsInDay).toISOString().slice(0, 10);
}

function padded(number: number, width: number): string {
  return String(number).padStart(width, '0');
}

function parts(date: IsoDate): { year: number; month: number; day: number } {
  if (!isIsoDate(date)) throw new RangeError(`${date} is not a date`);
  return { year: Number(date.slice(0, 4)), month: Number(date.slice(5, 7)), day: Number(date.slice(8)) };
}

/** 28 to 31. `month` is 1 to 12. */
export function daysInMonth(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}

export function addDays(date: IsoDate, days: number): IsoDate {
  return dateOfDayNumber(dayNumber(date) + days);
}

/** How many days later `to` is than `from`; negative when it is earlier. */
export function daysBetween(from: IsoDate, to: IsoDate): number {
  return dayNumber(to) - dayNumber(from);
}

/**
 * The last day of a period of so many days that begins with a day, as the Acts count: "within 21 days beginning with
 * the day on which the notice is issued" (Anti-social Behaviour, Crime and Policing Act 2014 s.46).
 *
 * @example lastDayBeginningWith('2024-03-01', 21) // '2024-03-21'
 */
export function lastDayBeginningWith(date: IsoDate, days: number): IsoDate {
  if (!Number.isInteger(days) || days < 1) throw new RangeError('A period is of one day or more');
  return addDays(date, days - 1);
}

/**
 * The same day so many months later (or earlier, below zero); where that month has no such day, its last day. This is
 * the corresponding date rule by which the courts read "month" (Dodds v Walker [1981] 1 WLR 1027): four months from
 * 30 September end on 30 January, not 31. So adding and then subtracting may not come back: 31 January and one month is
 * 29 February 2024, and one month back is 29 January.
 */
export function addMonths(date: IsoDate, months: number): IsoDate {
  if (!Number.isInteger(months)) throw new RangeError(`${months} is not a number of months`);
  const { year, month, day } = parts(date);
  const monthsFromYear0 = year * 12 + (month - 1) + months;
  const newYear = Math.floor(monthsFromYear0 / 12);
  const newMonth = monthsFromYear0 - newYear * 12 + 1;
  if (newYear < 1 || newYear > 9999) throw new RangeError('The date leaves the calendar');
  const newDay = Math.min(day, daysInMonth(newYear, newMonth));
  return `${padded(newYear, 4)}-${padded(newMonth, 2)}-${padded(newDay, 2)}`;
}

/** 1 for Monday to 7 for Sunday, as ISO 8601 counts. */
export function isoWeekday(date: IsoDate): number {
  // 1 January 1970 was a Thursday.
  return ((((dayNumber(date) + 3) % 7) + 7) % 7) + 1;
}

/**
 * Whether it is a day from Monday to Friday that is no bank holiday. The holidays are an argument because they are
 * proclaimed year by year and differ between England and Wales, Scotland and Northern Ireland.
 */
export function isWorkingDay(date: IsoDate, bankHolidays: ReadonlySet<IsoDate>): boolean {
  return isoWeekday(date) <= 5 && !bankHolidays.has(date);
}

// Ten years of working days; further than any clock of ours, and the end of a calendar without a working day.
const mostDaysWalked = 3660;

/**
 * The so-manyth working day after a date (before it, below zero); the date itself is not counted, and 0 gives it back.
 * "The twentieth working day following the date of receipt" (Freedom of Information Act 2000 s.10(1)) is
 * `addWorkingDays(received, 20, holidays)`.
 */
export function addWorkingDays(date: IsoDate, workingDays: number, bankHolidays: ReadonlySet<IsoDate>): IsoDate {
  if (!Number.isInteger(workingDays)) throw new RangeError(`${workingDays} is not a number of days`);
  const step = workingDays < 0 ? -1 : 1;
  let left = Math.abs(workingDays);
  let day = date;
  for (let walked = 0; left > 0; walked += 1) {
    if (walked > mostDaysWalked) throw new RangeError('That many working days is more than ten years');
    day = addDays(day, step);
    if (isWorkingDay(day, bankHolidays)) left -= 1;
  }
  return day;
}

/** How many working days lie after `from`, up to and including `to`; none when `to` is not later. */
export function workingDaysBetween(from: IsoDate, to: IsoDate, bankHolidays: ReadonlySet<IsoDate>): number {
  const days = daysBetween(from, to);
  if (days > mostDaysWalked) throw new RangeError('Those dates are more than ten years apart');
  let count = 0;
  for (let after = 1; after <= days; after += 1) {
    if (isWorkingDay(addDays(from, after), bankHolidays)) count += 1;
  }
  return count;
}

/** `15 March 2024`, as GOV.UK writes it. */
export function formatDate(date: IsoDate): string {
  const { year, month, day } = parts(date);
  return `${day} ${monthNames[month - 1] ?? ''} ${year}`;
}

/** `Friday 15 March 2024`, for the day of a meeting. */
export function formatDateWithWeekday(date: IsoDate): string {
  return `${weekdayNames[isoWeekday(date) - 1] ?? ''} ${formatDate(date)}`;
}
