import { addMonths, parsePartialDate, type IsoDate } from '../../duty/index.ts';

export interface PeriodTyped {
  readonly from: string;
  readonly to: string;
}

/** The days of a period, or what is wrong with the words, by field. */
export type PeriodRead =
  | { readonly period: { readonly from: IsoDate; readonly to: IsoDate } }
  | { readonly errors: Readonly<Record<string, string>> };

/** Reads the period that somebody typed; what they left empty is the three months up to today. "April 2026" is all of it. */
export function readPeriod(typed: PeriodTyped, today: IsoDate): PeriodRead {
  const from = readDay(typed.from, 'earliest', addMonths(today, -3));
  const to = readDay(typed.to, 'latest', today);
  const errors: Record<string, string> = {};
  if ('sentence' in from) errors['from'] = from.sentence;
  if ('sentence' in to) errors['to'] = to.sentence;
  if ('sentence' in from || 'sentence' in to) return { errors };
  if (from.day > to.day) return { errors: { to: 'Enter an end that is not before the beginning' } };
  return { period: { from: from.day, to: to.day } };
}

function readDay(
  words: string,
  end: 'earliest' | 'latest',
  otherwise: IsoDate,
): { readonly day: IsoDate } | { readonly sentence: string } {
  if (words.trim() === '') return { day: otherwise };
  const read = parsePartialDate(words);
  if (!read.done) return { sentence: read.sentence };
  const day = read.value[end];
  return day === null ? { sentence: 'Enter a date with both a beginning and an end, such as April 2026' } : { day };
}
