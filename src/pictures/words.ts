import { isMeasured, type Absence, type Reading } from './model.ts';

export const absenceWords: Readonly<Record<Absence, string>> = {
  hidden: 'hidden',
  'no-record': 'no record',
  'not-applicable': 'not applicable',
};

/** The order in which absences are told of. */
export const absences: readonly Absence[] = ['hidden', 'no-record', 'not-applicable'];

/** `−1,234.5`: written by hand, so that the bytes of a picture do not hang on the language tables of the machine. */
export function numberWords(value: number, decimals = 0): string {
  const digits = Math.abs(value).toFixed(decimals);
  const [whole = '', fraction] = digits.split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  const sign = value < 0 && /[1-9]/.test(digits) ? '−' : '';
  return `${sign}${grouped}${fraction === undefined ? '' : `.${fraction}`}`;
}

/** A number on an axis: millions and billions short, and no digit that says nothing. */
export function tickWords(value: number, step: number): string {
  const [unit, letter] = Math.abs(value) >= 1e9 ? [1e9, 'bn'] : Math.abs(value) >= 1e6 ? [1e6, 'm'] : [1, ''];
  const decimals = Math.min(9, Math.max(0, -Math.floor(Math.log10(step / unit) + 1e-9)));
  return `${numberWords(value / unit, decimals)}${letter}`;
}

/** `9 to 15`, `9 or more`; nothing where there is no interval. */
export function intervalWords(reading: Reading, decimals = 0): string | undefined {
  if (!isMeasured(reading)) return undefined;
  const low = reading.low === -Infinity ? undefined : reading.low;
  const high = reading.high === Infinity ? undefined : reading.high;
  if (low === undefined) return high === undefined ? undefined : `${numberWords(high, decimals)} or less`;
  if (high === undefined) return `${numberWords(low, decimals)} or more`;
  return `${numberWords(low, decimals)} to ${numberWords(high, decimals)}`;
}

/** `12 (9 to 15)`, or why there is no number. */
export function readingWords(reading: Reading, decimals = 0): string {
  if (!isMeasured(reading)) return absenceWords[reading.absent];
  const interval = intervalWords(reading, decimals);
  return `${numberWords(reading.value, decimals)}${interval === undefined ? '' : ` (${interval})`}`;
}

/** `a, b and c`. */
export function listWords(items: readonly string[]): string {
  return items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} and ${items.at(-1) ?? ''}`;
}

export const countWords = (count: number, one: string, more = `${one}s`): string =>
  `${numberWords(count)} ${count === 1 ? one : more}`;

const fromRightToLeft = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]/;

/** A name inside a sentence of ours. One that is written from right to left would else draw the number after it to its own side. */
export const inSentence = (name: string): string => (fromRightToLeft.test(name) ? `\u2068${name}\u2069` : name);

/** The first letter large, as a sentence begins. */
export const asSentence = (words: string): string => {
  const trimmed = words.trim();
  const whole = trimmed.charAt(0).toUpperCase() + trimmed.slice(1);
  return /[.!?…]$/.test(whole) ? whole : `${whole}.`;
};
