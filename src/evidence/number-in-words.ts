import { monthNames } from '../duty/index.ts';
import type { FigureRow } from './figure.ts';

/** A number as it stands in a text. */
export interface NumberSaid {
  readonly at: number;
  readonly words: string;
  readonly value: number;
}

const months = monthNames.join('|');
/** What counts nothing: years, days, ages, parts of laws and papers. */
const countsNothing = [
  new RegExp(String.raw`\b\d{1,2} (?:${months})(?: \d{4})?`, 'gu'),
  /\b(?:19|20)\d\d(?:[/–-]\d{2,4})?\b/gu,
  /\b(?:aged?|under|over|ages) \d{1,3}(?:(?: to | and |–|-)\d{1,3})?/giu,
  /\b(?:s|ss|section|sections|reg|regulation|part|para|paragraph|figure|table|note)\.? ?\d+(?:\.\d+)*(?:\(\w+\))*/giu,
  /\b(?:999|101|111)\b/gu,
];

/** Numbers in a text that count something, in their order. Whoever writes one says where it comes from. */
export function numbersIn(text: string): readonly NumberSaid[] {
  const passed = countsNothing.flatMap((pattern) =>
    [...text.matchAll(pattern)].map((match) => [match.index, match.index + match[0].length] as const),
  );
  return [...text.matchAll(/(?<![\p{L}\d.])\d{1,3}(?:,\d{3})+(?:\.\d+)?|(?<![\p{L}\d.,])\d+(?:\.\d+)?/gu)]
    .filter(({ index }) => !passed.some(([from, to]) => index >= from && index < to))
    .map((match) => ({ at: match.index, words: match[0], value: Number(match[0].replaceAll(',', '')) }));
}

const spelt =
  /(?<!\b(?:no|any|every|each|some) )\bone\b(?! (?:another|day)\b)|\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|(?:half a )?dozens?)\b/iu;

/** Whether a text says any number, in digits or spelt out up to a dozen: small counts of people are mostly written as words. */
export const saysNumber = (text: string): boolean => /\p{Nd}/u.test(text) || spelt.test(text);

/** The numbers of a figure that a sentence may quote: what is shown, and the sum of a whole breakdown. */
export function quotable(rows: readonly FigureRow[]): readonly number[] {
  const shown = rows.filter(({ state }) => state === 'shown');
  const told = shown.flatMap((row) =>
    Object.values(row).filter((value): value is number => typeof value === 'number' && value !== row.level),
  );
  const counts = shown.map(({ count }) => count);
  const isWhole = shown.length === rows.length && counts.every((count) => count !== null);
  return isWhole ? [...told, counts.reduce<number>((sum, count) => sum + count, 0)] : told;
}

/** Whether a number as written is a value, rounded as it is written: 12.3 for 12.34, 2,100 only for 2,100. */
export function says({ words, value }: NumberSaid, told: number): boolean {
  const decimals = words.split('.')[1]?.length ?? 0;
  return (
    Math.abs(Math.abs(told) - value) <= 0.5 * 10 ** -decimals + 1e-9 &&
    (decimals > 0 || Number.isInteger(told) || Math.abs(told) > 10)
  );
}

/**
 * Numbers in a text that somebody hid: equal to a count of a figure beside it that this audience may not see, and to none that
 * it may.
 * @param hidden counts that are known and not shown
 * @param shown what the audience sees of the figures beside the text
 */
export const hiddenSaid = (text: string, hidden: readonly number[], shown: readonly number[]): readonly NumberSaid[] =>
  numbersIn(text).filter((said) => hidden.includes(said.value) && !shown.some((told) => says(said, told)));
