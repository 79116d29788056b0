import { element, idMark, rectangle, textLines } from './element.ts';
import { absences, absenceWords } from './words.ts';
import type { Absence } from './model.ts';
import { ink, paper, quiet } from './palette.ts';
import { wrapped } from './text-width.ts';

/** The room that a drawing has, in pixels, and how large its text is. */
export interface Room {
  readonly width: number;
  readonly textSize: number;
  /** Of axes and notes; never under 12. */
  readonly smallSize: number;
  /** A phone: labels stand above what they name, and small pictures under each other. */
  readonly isNarrow: boolean;
}

/** What a kind of picture draws into its room: the origin is the upper left corner. */
export interface Drawing {
  readonly body: readonly string[];
  readonly height: number;
  /** Said under the drawing, one to a line. */
  readonly notes: readonly string[];
}

export const lineHeightOf = (size: number): number => Math.round(size * 1.3);

const patternOf: Readonly<Record<Absence, string>> = {
  hidden:
    element('circle', { cx: 2, cy: 2, r: 1.1, fill: quiet }) + element('circle', { cx: 5, cy: 5, r: 1.1, fill: quiet }),
  'no-record': element('path', { d: 'M-1 1L1 -1M0 6L6 0M5 7L7 5', stroke: quiet, 'stroke-width': '1.1' }),
  'not-applicable': '',
};

/** Dotted is hidden, hatched is no record, blank is not applicable. */
export const absenceFill = (absence: Absence): string => `url(#${idMark}${absence})`;

/** The patterns that a drawing uses. */
export const patternsUsed = (body: string): string =>
  absences
    .filter((absence) => body.includes(absenceFill(absence)))
    .map((absence) =>
      element(
        'pattern',
        { id: `${idMark}${absence}`, width: 6, height: 6, patternUnits: 'userSpaceOnUse' },
        rectangle(0, 0, 6, 6, { fill: paper }),
        patternOf[absence],
      ),
    )
    .join('');

export interface Key {
  readonly words: string;
  /** Draws the sample into a box of `sampleWidth` by the size of the text, from its upper left corner. */
  readonly sample: (x: number, y: number) => string;
}

export const sampleWidth = 26;
const gap = 8;

/** Keys one behind another in as many lines as they need, or each on its own. */
export function legend(
  keys: readonly Key[],
  room: Room,
  widthOfWords: (words: string) => number,
  isColumn = false,
): { readonly body: readonly string[]; readonly height: number } {
  const lineHeight = lineHeightOf(room.smallSize);
  const body: string[] = [];
  let x = 0;
  let y = 0;
  let rowLines = 0;
  for (const { words, sample } of keys) {
    const lines = wrapped(words, room.smallSize, room.width - sampleWidth - gap);
    const width = sampleWidth + gap + Math.max(...lines.map(widthOfWords), 0);
    if (x > 0 && (isColumn || x + width > room.width)) {
      y += rowLines * lineHeight + 4;
      [x, rowLines] = [0, 0];
    }
    body.push(
      sample(x, y + (lineHeight - room.smallSize) / 2),
      ...textLines(x + sampleWidth + gap, y + room.smallSize, lines, lineHeight, { size: room.smallSize, fill: ink }),
    );
    rowLines = Math.max(rowLines, lines.length);
    x += width + 18;
  }
  return { body, height: keys.length === 0 ? 0 : y + rowLines * lineHeight + 8 };
}

/** The key of each kind of absence that stands in a picture. */
export const absenceKeys = (
  found: ReadonlySet<Absence>,
  room: Room,
  countOf?: (absence: Absence) => string,
): readonly Key[] =>
  absences
    .filter((absence) => found.has(absence))
    .map((absence) => ({
      words: `${absenceWords[absence]}${countOf ? ` (${countOf(absence)})` : ''}`,
      sample: (x, y) =>
        rectangle(x, y, sampleWidth, room.smallSize, { fill: absenceFill(absence), stroke: quiet, 'stroke-width': 1 }),
    }));
