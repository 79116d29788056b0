/**
 * Advances of the characters from space to tilde in thousandths of the size: of Source Sans 3 and of Arial the wider one. A
 * picture that stands alone is drawn with whatever face the machine has, so room is kept for both.
 */
const regular = [
  278, 289, 426, 556, 556, 889, 667, 249, 333, 333, 418, 584, 278, 333, 278, 350, 556, 556, 556, 556, 556, 556, 556,
  556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833,
  722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 303, 350, 303, 497, 556, 542, 556, 556, 500, 556,
  556, 292, 556, 556, 246, 247, 500, 255, 833, 556, 556, 556, 556, 347, 500, 338, 556, 500, 722, 500, 500, 500, 334,
  260, 334, 584,
];
const bold = [
  278, 340, 537, 556, 556, 889, 722, 300, 344, 344, 457, 584, 300, 333, 300, 339, 556, 556, 556, 556, 556, 556, 556,
  556, 556, 556, 333, 333, 584, 584, 584, 611, 975, 722, 722, 722, 722, 667, 611, 778, 722, 301, 556, 722, 611, 833,
  722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 344, 339, 344, 584, 556, 555, 556, 611, 556, 611,
  556, 341, 611, 611, 278, 278, 556, 286, 889, 611, 611, 611, 611, 398, 556, 383, 611, 556, 778, 556, 556, 500, 389,
  280, 389, 584,
];

/** What the table does not hold: marks that take no room, the alphabets of Europe, and all others as wide as high. */
function widthOfOther(point: number): number {
  if (point < 32 || (point >= 0x300 && point <= 0x36f) || (point >= 0x200b && point <= 0x200f)) return 0;
  if ((point >= 0x2066 && point <= 0x2069) || (point >= 0xfe00 && point <= 0xfe0f)) return 0;
  if (point === 0xa0 || point === 0xb7) return 300;
  if (point === 0x2013 || point === 0x2212) return 584;
  if (point < 0x250) return 780;
  if (point < 0x700) return 760;
  return point < 0x1f000 ? 1000 : 1400;
}

/** How wide a line of text is at most, in the unit of its size. */
export function widthOf(words: string, size: number, isBold = false): number {
  const table = isBold ? bold : regular;
  let thousandths = 0;
  for (const character of words) {
    const point = character.codePointAt(0) ?? 0;
    thousandths += table[point - 32] ?? widthOfOther(point);
  }
  return (thousandths * size) / 1000;
}

const letters = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** A word too long for a line, in parts that fit; nothing that reads as one letter is broken. */
function broken(word: string, size: number, width: number, isBold: boolean): readonly string[] {
  const parts: string[] = [];
  let part = '';
  for (const { segment } of letters.segment(word)) {
    if (part !== '' && widthOf(part + segment, size, isBold) > width) {
      parts.push(part);
      part = '';
    }
    part += segment;
  }
  return [...parts, part];
}

/** Text in lines that fit a width. Nothing is left out, however long a name is. */
export function wrapped(words: string, size: number, room: number, isBold = false): readonly string[] {
  // Room reckoned from a width has lost its last digit.
  const width = room + 0.01;
  const lines: string[] = [];
  let line = '';
  for (const word of words.split(/\s+/).filter((part) => part !== '')) {
    const joined = line === '' ? word : `${line} ${word}`;
    if (widthOf(joined, size, isBold) <= width) {
      line = joined;
      continue;
    }
    if (line !== '') lines.push(line);
    const parts = widthOf(word, size, isBold) <= width ? [word] : broken(word, size, width, isBold);
    lines.push(...parts.slice(0, -1));
    line = parts.at(-1) ?? '';
  }
  return line === '' ? lines : [...lines, line];
}
