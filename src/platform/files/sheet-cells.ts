/** Rows and columns from 0, both ends in it. */
export interface CellRange {
  readonly top: number;
  readonly left: number;
  readonly bottom: number;
  readonly right: number;
}

/** `AB` is 27. Undefined for what is no column. */
export function columnOf(letters: string): number | undefined {
  if (!/^[A-Z]{1,3}$/.test(letters)) return undefined;
  let column = 0;
  for (let at = 0; at < letters.length; at += 1) column = column * 26 + letters.charCodeAt(at) - 64;
  return column - 1;
}

export function lettersOf(column: number): string {
  const rest = column % 26;
  const letter = String.fromCharCode(65 + rest);
  return column < 26 ? letter : `${lettersOf((column - rest) / 26 - 1)}${letter}`;
}

/** `B2:C4`, or `B2` alone. Undefined for what is no range. */
export function parseRange(reference: string): CellRange | undefined {
  const [, from = '', fromRow = '', to = from, toRow = fromRow] =
    /^\$?([A-Z]{1,3})\$?(\d{1,7})(?::\$?([A-Z]{1,3})\$?(\d{1,7}))?$/.exec(reference) ?? [];
  const [left, right] = [columnOf(from), columnOf(to)];
  const [top, bottom] = [Number(fromRow) - 1, Number(toRow) - 1];
  if (left === undefined || right === undefined || top < 0 || left > right || top > bottom) return undefined;
  return { top, left, bottom, right };
}

/**
 * Whether a number of this format is shown as a date or a time of day: ECMA-376 part 1, 18.8.30. Lengths of time
 * (`[h]:mm`) are not.
 */
export function isDateFormat(id: number, code: string | undefined): boolean {
  if (code === undefined)
    return (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || id === 45 || (id >= 50 && id <= 58);
  const bare = code.replaceAll(/"[^"]*"|\\.|_.|\*./g, '');
  if (/\[(h+|m+|s+)\]/i.test(bare)) return false;
  return /[ymdhs]/i.test(bare.replaceAll(/\[[^\]]*\]/g, '').replaceAll(/general/gi, ''));
}

const dayMilliseconds = 86_400_000;

/**
 * A date as Excel counts it, as ISO text: `2024-01-31`, `2024-01-31T09:30:00`, or `09:30:00` for a time without a day.
 * Excel's calendar has a 29 February 1900, which there never was; that day and what is before or after all days is
 * undefined.
 */
export function isoOfSerial(serial: number, from1904: boolean): string | undefined {
  const seconds = Math.round(serial * 86_400);
  if (!Number.isFinite(serial) || seconds < 0 || seconds >= 2_958_466 * 86_400) return undefined;
  const day = Math.floor(seconds / 86_400);
  const time = new Date((seconds % 86_400) * 1_000).toISOString().slice(11, 19);
  if (day === 0 && !from1904) return time;
  if (day === 60 && !from1904) return undefined;
  const epoch = from1904 ? Date.UTC(1904, 0, 1) : Date.UTC(1899, 11, day < 60 ? 31 : 30);
  const date = new Date(epoch + day * dayMilliseconds).toISOString().slice(0, 10);
  return seconds % 86_400 === 0 ? date : `${date}T${time}`;
}

/** Characters that XML cannot hold are written as `_x000D_`: ECMA-376 part 1, 22.4.2.4. */
export function unescaped(text: string): string {
  if (!text.includes('_x')) return text;
  return text
    .replaceAll(/_x([\dA-Fa-f]{4})_/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
    .replaceAll('\0', '');
}
