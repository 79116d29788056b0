import { z } from 'zod';
import type { IsoDate } from './calendar.ts';
import {
  addDays,
  addMonths,
  daysInMonth,
  formatDate,
  isIsoDate,
  isoDateSchema,
  isoWeekday,
  monthNames,
  weekdayNames,
} from './calendar.ts';
import type { Outcome } from './outcome.ts';
import { done, refused, typedAs } from './outcome.ts';

/**
 * A date as people write it in council papers: "in early 2024" (paper 000, 6.9), "by January 2024" (paper 003),
 * "Ongoing" (paper 002). The wording is kept; beside it stand the first and the last day that it can mean.
 *
 * Clocks use the latest day: what is due "early 2024" is late after 30 April, not before. Null means that the words set
 * no bound: "by 31 January" has no earliest day, "ongoing" no latest, "to be confirmed" neither. Without a latest day
 * nothing is ever overdue; a list of what has no date is how such a thing is found.
 *
 * What the words mean here. Nothing in law defines them; each is a choice, and `describeRange` lets people see it:
 *
 * | words | means |
 * |---|---|
 * | early, mid, late 2024 | January to April, May to August, September to December |
 * | early, mid, late March 2024 | 1 to 10, 11 to 20, 21 to the last day |
 * | start of, end of March 2024 | 1 to 10, 21 to the last day |
 * | start of, end of anything longer | its first, its last month |
 * | later in 2024 | 2024: when the words were written is not known |
 * | Q3 2024, quarter 3 2024 | July to September: a quarter of a calendar year is one of that year |
 * | Q3 2024/25 | October to December 2024: the third quarter of the financial year |
 * | spring, summer, autumn 2024 | March to May, June to August, September to November (as the Met Office counts) |
 * | winter 2024/25 | December 2024 to February 2025; "winter 2024" is refused, since people mean either end of the year |
 * | 2022/23, 2022-23 | the financial year, April 2022 to March 2023 |
 * | 2011-12 | refused: a financial year or December 2011 |
 * | 2022 to 2023 | refused: a financial year or two calendar years |
 * | 15/03/2024 | day first, as in Britain; two figures for a year are refused |
 * | by, until … | no earliest day, the latest of what follows |
 * | from, since …, … onwards, ongoing since … | the earliest of what follows, no latest day |
 * | March to May 2024, between … and … | the earliest of the first, the latest of the second |
 */
export interface PartialDate {
  readonly text: string;
  readonly earliest: IsoDate | null;
  readonly latest: IsoDate | null;
}

/** The form in which the database keeps it. Wording from before a change of the rules stays as it was understood. */
export const partialDateSchema: z.ZodType<PartialDate> = z
  .strictObject({
    text: z.string().min(1).max(80),
    earliest: isoDateSchema.nullable(),
    latest: isoDateSchema.nullable(),
  })
  .refine(
    ({ earliest, latest }) => earliest === null || latest === null || earliest <= latest,
    'The earliest day must not be after the latest',
  );

interface Range {
  readonly earliest: IsoDate | null;
  readonly latest: IsoDate | null;
}

interface Bounded extends Range {
  readonly earliest: IsoDate;
  readonly latest: IsoDate;
}

/** A range, a sentence that says why these words cannot be one, or undefined where the grammar does not know them. */
type Reading<R extends Range = Range> = R | string | undefined;

const longest = 80;
const firstYear = 1900;
const lastYear = 2100;

const sentence = 'Enter a date, such as 15 March 2024, March 2024 or early 2024';
const yearSentence = `Enter a year between ${firstYear} and ${lastYear}`;
const endBeforeStartSentence = 'Enter the end of the period after its start, such as March to May 2024';

/** Reads what a person typed. Case, commas, extra spaces and the kind of dash do not matter. */
export function parsePartialDate(typed: string): Outcome<PartialDate, 'not-valid'> {
  // Length first: everything after this line works on a bounded text, with expressions that do not backtrack.
  if (typed.length > 4 * longest) return refused('not-valid', `Enter a date of ${longest} characters or fewer`);
  const text = typed.trim().replace(/\s+/g, ' ');
  if (text === '') return refused('not-valid', sentence);
  if (text.length > longest) return refused('not-valid', `Enter a date of ${longest} characters or fewer`);
  const reading = readWhole(wordsOf(text));
  if (reading === undefined) return refused('not-valid', sentence);
  if (typeof reading === 'string') return refused('not-valid', reading);
  return done({ text, earliest: reading.earliest, latest: reading.latest });
}

/** A form field that holds a partial date. */
export const typedPartialDate = typedAs(parsePartialDate);

/** A partial date out of a day that is known. */
export function exactDate(date: IsoDate): PartialDate {
  return { text: formatDate(date), earliest: date, latest: date };
}

function wordsOf(text: string): string {
  return text
    .toLowerCase()
    .replace(/[‐‑‒–—]/g, '-')
    .replaceAll(',', ' ')
    .replace(/ +/g, ' ')
    .replace(/\.$/, '')
    .trim();
}

const unknown = new Set([
  'to be confirmed',
  'to be decided',
  'to be agreed',
  'to be announced',
  'date to be confirmed',
  'tbc',
  'tbd',
  'tba',
]);

function readWhole(words: string): Reading {
  if (unknown.has(words)) return { earliest: null, latest: null };
  if (words === 'ongoing') return { earliest: null, latest: null };

  const start = after(words, ['ongoing from ', 'ongoing since ', 'from ', 'since ', 'starting ']);
  if (start !== undefined) {
    const span = words.startsWith('from ') ? readSpan(start) : undefined;
    if (span !== undefined) return span;
    return openFrom(read(withoutOnwards(start) ?? start));
  }
  const onwards = withoutOnwards(words);
  if (onwards !== undefined) return openFrom(read(onwards));

  const end = after(words, ['no later than ', 'on or before ', 'by ', 'until ', 'up to ']);
  if (end !== undefined) {
    const reading = read(end);
    return isRange(reading) ? { earliest: null, latest: reading.latest } : reading;
  }
  const between = after(words, ['between ']);
  if (between !== undefined) return readPair(between, ' and ');
  return read(words) ?? readSpan(words);
}

function readSpan(words: string): Reading {
  // The dash of "April–June 2023" and "17–23 March 2023" stands without spaces.
  const spaced = words.replace(/^([a-z]{3,}|\d{1,2})-((?:\d{1,2} )?[a-z]{3,} \d{4})$/, '$1 - $2');
  return readPair(words, ' to ') ?? readPair(spaced, ' - ');
}

/** "March to May 2024": what the first half leaves out, it takes from the end of the second. */
function readPair(words: string, joint: string): Reading {
  const [left, right, third] = words.split(joint);
  if (left === undefined || right === undefined || third !== undefined) return undefined;
  if (/^\d{4}$/.test(left) && /^\d{4}$/.test(right)) {
    return 'Enter a financial year as 2022/23, or two calendar years as January 2022 to December 2023';
  }
  const last = read(right);
  if (!isRange(last)) return last;
  const rightWords = right.split(' ');
  let first = read(left);
  for (let kept = 1; first === undefined && kept < rightWords.length; kept += 1) {
    first = read(`${left} ${rightWords.slice(-kept).join(' ')}`);
  }
  if (!isRange(first)) return first;
  return first.earliest <= last.latest ? { earliest: first.earliest, latest: last.latest } : endBeforeStartSentence;
}

function openFrom(reading: Reading<Bounded>): Reading {
  return isRange(reading) ? { earliest: reading.earliest, latest: null } : reading;
}

function withoutOnwards(words: string): string | undefined {
  return words.endsWith(' onwards') ? words.slice(0, -' onwards'.length) : undefined;
}

function after(words: string, beginnings: readonly string[]): string | undefined {
  const beginning = beginnings.find((each) => words.startsWith(each));
  return beginning === undefined ? undefined : words.slice(beginning.length);
}

function isRange<R extends Range>(reading: Reading<R>): reading is R {
  return typeof reading === 'object';
}

/** One date or part of a year, without "by", "from" or a second half. */
function read(words: string): Reading<Bounded> {
  const plain = withoutThe(words);
  return readPart(plain) ?? readPeriod(plain) ?? readDay(plain);
}

function withoutThe(words: string): string {
  return after(words, ['in the ', 'the ', 'in ', 'on ']) ?? words;
}

function readPart(words: string): Reading<Bounded> {
  const later = after(words, ['later in ', 'later ', 'during ']);
  if (later !== undefined) return readPeriod(withoutThe(later));

  const early = after(words, ['early in ', 'early ', 'early-']);
  const mid = after(words, ['middle of ', 'mid ', 'mid-']);
  const late = after(words, ['late in ', 'late ', 'late-']);
  const third = early ?? mid ?? late;
  if (third !== undefined) {
    const period = readPeriod(withoutThe(third));
    if (!isRange(period)) return period;
    return thirdOf(period, early !== undefined ? 0 : mid !== undefined ? 1 : 2);
  }

  const start = after(words, ['start of ', 'beginning of ']);
  const end = after(words, ['end of ', 'end ']);
  const edge = start ?? end;
  if (edge === undefined) return undefined;
  const period = readPeriod(withoutThe(edge));
  if (!isRange(period)) return period;
  const months = monthsLong(period);
  if (months === 1) return thirdOf(period, start !== undefined ? 0 : 2);
  return start !== undefined
    ? { earliest: period.earliest, latest: addDays(addMonths(period.earliest, 1), -1) }
    : { earliest: addMonths(period.earliest, months - 1), latest: period.latest };
}

/** Thirds of a month are of ten days and the rest; thirds of a year of four months. Nothing else has thirds. */
function thirdOf(period: Bounded, third: 0 | 1 | 2): Reading<Bounded> {
  const months = monthsLong(period);
  if (months === 1) {
    const earliest = addDays(period.earliest, third * 10);
    return { earliest, latest: third === 2 ? period.latest : addDays(earliest, 9) };
  }
  if (months === 12) {
    const earliest = addMonths(period.earliest, third * 4);
    return { earliest, latest: addDays(addMonths(earliest, 4), -1) };
  }
  return 'Enter early, mid or late with a month or a year, such as early March 2024 or early 2024';
}

function monthsLong(period: Bounded): number {
  let months = 1;
  while (addDays(addMonths(period.earliest, months), -1) < period.latest) months += 1;
  return months;
}

/** A whole month, quarter, season, calendar year or financial year. */
function readPeriod(words: string): Reading<Bounded> {
  return readYear(words) ?? readMonth(words) ?? readQuarter(words) ?? readSeason(words);
}

function monthsFrom(year: number, month: number, months: number): Reading<Bounded> {
  if (year < firstYear || year > lastYear) return yearSentence;
  const earliest = `${year}-${String(month).padStart(2, '0')}-01`;
  return { earliest, latest: addDays(addMonths(earliest, months), -1) };
}

function readYear(words: string): Reading<Bounded> {
  if (/^\d{4}$/.test(words)) return monthsFrom(Number(words), 1, 12);
  const named = after(words, ['financial year ', 'fy ', 'fy']);
  const years = /^(\d{4})([/-])(\d{2}|\d{4})$/.exec(named?.replace(' to ', '/') ?? words);
  if (years === null) return undefined;
  const [, first = '', dash, second = ''] = years;
  // 2024-03 is a month as ISO 8601 writes it; 2011-12 could be that or a financial year.
  const couldBeMonth = named === undefined && dash === '-' && monthOf(second) !== undefined;
  const following = second === String(Number(first) + 1).slice(-second.length);
  if (couldBeMonth) {
    return following
      ? `Enter ${first}/${second} for the financial year, or ${monthNames[Number(second) - 1] ?? ''} ${first} for the month`
      : undefined;
  }
  if (!following) return 'Enter a financial year as two years that follow each other, such as 2022/23';
  return monthsFrom(Number(first), 4, 12);
}

function readMonth(words: string): Reading<Bounded> {
  const named = /^([a-z]+)\.? (?:of )?(\d{4})$/.exec(words);
  const yearFirst = /^(\d{4})-(\d{2})$/.exec(words);
  const monthFirst = /^(\d{1,2})\/(\d{4})$/.exec(words);
  const month = monthOf(named?.[1] ?? yearFirst?.[2] ?? monthFirst?.[1]);
  const year = named?.[2] ?? yearFirst?.[1] ?? monthFirst?.[2];
  return month === undefined ? undefined : monthsFrom(Number(year), month, 1);
}

/** 1 to 12 out of a name, the first three letters of it ("sept" too), or a number. */
function monthOf(text: string | undefined): number | undefined {
  if (text === undefined || text === '') return undefined;
  if (/^\d{1,2}$/.test(text)) return Number(text) >= 1 && Number(text) <= 12 ? Number(text) : undefined;
  const found = monthNames.findIndex((name) => {
    const lower = name.toLowerCase();
    return lower === text || lower.slice(0, 3) === text || (lower === 'september' && text === 'sept');
  });
  return found === -1 ? undefined : found + 1;
}

const ordinals: Record<string, number> = {
  first: 1,
  '1st': 1,
  second: 2,
  '2nd': 2,
  third: 3,
  '3rd': 3,
  fourth: 4,
  '4th': 4,
};

function readQuarter(words: string): Reading<Bounded> {
  const numbered = /^(?:q|quarter )([1-4]) (?:of )?(.+)$/.exec(words);
  const spelled = /^([a-z0-9]+) quarter (?:of )?(.+)$/.exec(words);
  const quarter = numbered !== null ? Number(numbered[1]) : ordinals[spelled?.[1] ?? ''];
  const rest = numbered?.[2] ?? spelled?.[2];
  if (quarter === undefined || rest === undefined) return undefined;
  const year = readYear(withoutThe(rest));
  if (!isRange(year)) return year;
  const earliest = addMonths(year.earliest, (quarter - 1) * 3);
  return { earliest, latest: addDays(addMonths(earliest, 3), -1) };
}

const seasons: Record<string, number> = { spring: 3, summer: 6, autumn: 9 };

function readSeason(words: string): Reading<Bounded> {
  const [season = '', ...rest] = words.split(' ');
  const years = rest.join(' ');
  if (season === 'winter') {
    if (/^\d{4}$/.test(years)) {
      const year = Number(years);
      const either = [year - 1, year].map((each) => `winter ${each}/${String(each + 1).slice(-2)}`);
      return `Enter ${either.join(' or ')}`;
    }
    const winter = readYear(years);
    return isRange(winter) ? monthsFrom(Number(winter.earliest.slice(0, 4)), 12, 3) : winter;
  }
  const month = seasons[season];
  return month !== undefined && /^\d{4}$/.test(years) ? monthsFrom(Number(years), month, 3) : undefined;
}

function readDay(words: string): Reading<Bounded> {
  const [first = '', ...others] = words.split(' ');
  const weekday = weekdayNames.find((name) => [name, name.slice(0, 3)].some((each) => each.toLowerCase() === first));
  const rest = weekday === undefined ? words : others.join(' ');

  if (/^\d{1,2}([/.-])\d{1,2}\1\d{2}$/.test(rest)) return 'Enter the year with four figures, such as 15/03/2024';
  const iso = /^(?<year>\d{4})-(?<month>\d{2})-(?<day>\d{2})$/.exec(rest);
  const figures = /^(?<day>\d{1,2})([/.-])(?<month>\d{1,2})\2(?<year>\d{4})$/.exec(rest);
  const dayFirst = /^(?<day>\d{1,2})(?:st|nd|rd|th)? (?:of )?(?<month>[a-z]+)\.? (?<year>\d{4})$/.exec(rest);
  const monthFirst = /^(?<month>[a-z]+)\.? (?<day>\d{1,2})(?:st|nd|rd|th)? (?<year>\d{4})$/.exec(rest);
  const { year, month, day } = (iso ?? figures ?? dayFirst ?? monthFirst)?.groups ?? {};
  if (year === undefined || month === undefined || day === undefined) return undefined;
  if (Number(year) < firstYear || Number(year) > lastYear) return yearSentence;
  const monthNumber = monthOf(month);
  if (monthNumber === undefined)
    return /^\d+$/.test(month) ? 'Enter a month between 1 and 12, after the day' : undefined;
  const date = `${year}-${String(monthNumber).padStart(2, '0')}-${day.padStart(2, '0')}`;
  if (!isIsoDate(date)) {
    const days = daysInMonth(Number(year), monthNumber);
    return `Enter a day between 1 and ${days}: ${monthNames[monthNumber - 1] ?? ''} ${year} has ${days} days`;
  }
  const written = weekdayNames[isoWeekday(date) - 1];
  if (weekday !== undefined && weekday !== written) {
    return `Check the day of the week: ${formatDate(date)} is a ${written ?? ''}`;
  }
  return { earliest: date, latest: date };
}

/** For people: a day or a month in full, whichever way it was typed; everything else in the words that were used. */
export function formatPartialDate(date: PartialDate): string {
  if (date.earliest === null || date.latest === null) return date.text;
  if (date.earliest === date.latest) return formatDate(date.earliest);
  if (date.earliest.endsWith('-01') && date.latest === addDays(addMonths(date.earliest, 1), -1)) {
    return formatDate(date.earliest).slice(2);
  }
  return date.text;
}

/** What was understood, to show beside the words: "1 January 2024 to 30 April 2024", "by 31 January 2024", "no date". */
export function describeRange({ earliest, latest }: PartialDate): string {
  if (earliest === null) return latest === null ? 'no date' : `by ${formatDate(latest)}`;
  if (latest === null) return `from ${formatDate(earliest)}, no end`;
  return earliest === latest ? formatDate(earliest) : `${formatDate(earliest)} to ${formatDate(latest)}`;
}

/**
 * Orders by the latest day, which is when it is due, then by the earliest (none before any), then by wording. What has
 * no latest day comes last: first what has begun, by its earliest day, then what has no date at all.
 */
export function comparePartialDates(a: PartialDate, b: PartialDate): number {
  const none = a.latest === null ? afterAnyDate : beforeAnyDate;
  return (
    compareText(a.latest ?? afterAnyDate, b.latest ?? afterAnyDate) ||
    compareText(a.earliest ?? none, b.earliest ?? none) ||
    compareText(a.text, b.text)
  );
}

const beforeAnyDate = '';
const afterAnyDate = '~';

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Whether the last day that it can mean has gone. On that day itself it is not overdue. */
export function isOverdue(date: PartialDate, today: IsoDate): boolean {
  return date.latest !== null && date.latest < today;
}
