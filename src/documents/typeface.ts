import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

/** The typeface that goes into PDFs and into pictures for Word. No other is used, so every machine makes the same bytes. */
export interface Typeface {
  readonly regular: Buffer;
  readonly bold: Buffer;
  /** The same text with □ for every sign that the typeface does not have. */
  readonly shown: (text: string) => string;
}

const { resolve } = createRequire(import.meta.url);
const style = (name: string): Buffer =>
  readFileSync(resolve(`@expo-google-fonts/source-sans-3/${name}/SourceSans3_${name}.ttf`));

/** Which signs a TrueType font has. Source: OpenType 1.9.1, `cmap`, formats 4 and 12, of the Unicode encodings. */
function signsOf(font: Buffer): ReadonlySet<number> {
  const count = font.readUInt16BE(4);
  const tables = Array.from({ length: count }, (_, at) => 12 + 16 * at);
  const entry = tables.find((at) => font.toString('latin1', at, at + 4) === 'cmap');
  if (entry === undefined) throw new Error('The typeface has no table of signs');
  const cmap = font.readUInt32BE(entry + 8);
  const signs = new Set<number>();
  for (let at = 0; at < font.readUInt16BE(cmap + 2); at += 1) {
    const record = cmap + 4 + 8 * at;
    const table = cmap + font.readUInt32BE(record + 4);
    if (font.readUInt16BE(record) !== 0 && font.readUInt16BE(record) !== 3) continue;
    const format = font.readUInt16BE(table);
    if (format === 12)
      for (let group = 0; group < font.readUInt32BE(table + 12); group += 1) {
        const start = table + 16 + 12 * group;
        for (let sign = font.readUInt32BE(start); sign <= font.readUInt32BE(start + 4); sign += 1) signs.add(sign);
      }
    if (format === 4) {
      const segments = font.readUInt16BE(table + 6) / 2;
      const [ends, starts] = [table + 14, table + 16 + 2 * segments];
      for (let segment = 0; segment < segments; segment += 1) {
        const end = font.readUInt16BE(ends + 2 * segment);
        for (let sign = font.readUInt16BE(starts + 2 * segment); sign <= end && sign < 0xffff; sign += 1)
          signs.add(sign);
      }
    }
  }
  return signs;
}

let made: Typeface | undefined;

/** Source Sans 3, read once in a process. */
export function typeface(): Typeface {
  if (made !== undefined) return made;
  const [regular, bold] = [style('400Regular'), style('700Bold')];
  const [inRegular, inBold] = [signsOf(regular), signsOf(bold)];
  // Signs that steer and are not drawn: a break within a word, no break, no hyphen.
  for (const sign of [0x0a, 0x200b, 0x00ad, 0x2060])
    for (const signs of [inRegular, inBold]) (signs as Set<number>).add(sign);
  const has = (text: string): boolean => {
    for (const sign of text) {
      const point = sign.codePointAt(0) ?? 0;
      if (!inRegular.has(point) || !inBold.has(point)) return false;
    }
    return true;
  };
  const none = has('□') ? '□' : '?';
  const segmenter = new Intl.Segmenter('en-GB', { granularity: 'grapheme' });
  const shown = (text: string): string => {
    if (/^[\x20-\x7e\n]*$/.test(text)) return text;
    const composed = text.normalize('NFC');
    if (has(composed)) return composed;
    return Array.from(segmenter.segment(composed), ({ segment }) => (has(segment) ? segment : none)).join('');
  };
  made = { regular, bold, shown };
  return made;
}
