import type { ArrangedTable, Words } from './arrangement.ts';

export const lengthOf = (words: Words): number => words.reduce((sum, inline) => sum + inline.words.length, 0);

/** A row with a cell of more signs than this may go over to the next page; every other stays whole. */
export const mostWhole = 600;

/** A column of numbers takes what its longest needs, up to this many signs. */
const mostNumber = 24;

/**
 * Shares of the width by what stands in a column: its mean and longest cell in signs, within bounds, so that no column of words is
 * crushed by one of numbers. `isFixed` for numbers that are never broken.
 */
export function columnShares({
  columns,
  rows,
}: ArrangedTable): readonly { readonly share: number; readonly isFixed: boolean }[] {
  return columns.map(({ heading, isNumber }, at) => {
    const lengths = rows.map((row) => lengthOf(row[at] ?? []));
    const longest = lengths.reduce((most, length) => Math.max(most, length), 1);
    const mean = lengths.reduce((sum, length) => sum + length, heading.length) / (lengths.length + 1);
    if (isNumber && longest <= mostNumber)
      return { share: Math.max(longest, Math.min(heading.length, 14)) + 2, isFixed: true };
    // Names stay on one line where all of them are short.
    const share =
      longest <= mostNumber ? 1.2 * Math.max(longest, 6) + 3 : Math.max(mostNumber, Math.min(44, (longest + mean) / 2));
    return { share, isFixed: false };
  });
}
