import papa from 'papaparse';
import { done, refused, type Outcome } from '../../duty/index.ts';

/** A table as a file gave it: every cell is text. */
export interface CsvTable {
  readonly header: readonly string[];
  readonly rows: readonly CsvRow[];
}

export interface CsvRow {
  /** Its place in the file: the header is row 1, as a spreadsheet shows it. */
  readonly row: number;
  readonly cells: readonly string[];
}

/** What a spreadsheet would take for a formula gets an apostrophe in front, and loses it when it comes back. */
const formula = /^[=+\-@\t\r]/;
const guarded = /^'(?=[=+\-@\t\r])/;

/**
 * A table as CSV (RFC 4180, UTF-8 with the mark that Excel needs). Cells that a spreadsheet would run are made harmless;
 * plain numbers are left alone.
 */
export function csvOf(header: readonly string[], rows: readonly (readonly (string | number | null)[])[]): string {
  const cell = (value: string | number | null) =>
    typeof value === 'string' && formula.test(value) ? `'${value}` : (value ?? '');
  return `\uFEFF${papa.unparse([[...header], ...rows.map((row) => row.map(cell))], { newline: '\r\n' })}\r\n`;
}

/** Reads a CSV file in any usual dialect and encoding, or says why it is none. Empty rows are left out. */
export function readCsv(
  bytes: Uint8Array,
  most: { readonly rows: number; readonly columns: number },
): Outcome<CsvTable, 'not-valid'> {
  const strange = whyNoCsv(bytes);
  if (strange !== undefined) return refused('not-valid', strange);
  const text = textOf(bytes);
  const { data } = papa.parse<string[]>(text, { delimiter: delimiterOf(text), preview: most.rows + 2 });
  const [first, ...rest] = data;
  const header = (first ?? []).map((name) => name.trim());
  if (header.every((name) => name === ''))
    return refused('not-valid', 'The first row of the file is empty. It has to hold the names of the columns');
  if (header.length > most.columns)
    return refused(
      'not-valid',
      `The file has more than ${most.columns} columns. Leave out those that are not asked for`,
    );
  const rows = rest
    .map((cells, at) => ({ row: at + 2, cells: cells.map((cell) => cell.trim().replace(guarded, '')) }))
    .filter(({ cells }) => cells.some((cell) => cell !== ''));
  if (rows.length > most.rows)
    return refused(
      'not-valid',
      `The file has more than ${most.rows.toLocaleString('en-GB')} rows. Split it and send the parts`,
    );
  if (rows.length === 0) return refused('not-valid', 'The file has a row of column names and nothing below it');
  return done({ header, rows });
}

/** What stands most often between the names of the columns. The library's own guess wants more rows than a small file has. */
function delimiterOf(text: string): string {
  const header = text.slice(0, text.search(/[\r\n]|$/)).replaceAll(/"[^"]*"/g, '');
  const counts = [',', ';', '\t', '|'].map((delimiter) => ({ delimiter, count: header.split(delimiter).length }));
  return counts.reduce((best, next) => (next.count > best.count ? next : best)).delimiter;
}

function whyNoCsv(bytes: Uint8Array): string | undefined {
  if (bytes.length === 0) return 'The file is empty';
  if (bytes[0] === 0x50 && bytes[1] === 0x4b)
    return 'This is a spreadsheet or a zip file. Open it, save it as CSV, and send that';
  if (bytes[0] === 0xd0 && bytes[1] === 0xcf)
    return 'This is an old Excel file. Open it, save it as CSV, and send that';
  if (isUtf16(bytes)) return undefined;
  if (bytes.includes(0)) return 'This is not a text file. Save the table as CSV and send that';
  const start = new TextDecoder().decode(bytes.subarray(0, 200)).trimStart().toLowerCase();
  if (start.startsWith('<!doctype') || start.startsWith('<html') || start.startsWith('<?xml'))
    return 'This is a web page saved under another name, perhaps an error page. Download the table again and send that';
  return undefined;
}

const isUtf16 = (bytes: Uint8Array): boolean =>
  (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);

/** UTF-8, UTF-16 with its mark, or else what Excel writes on an English computer. */
function textOf(bytes: Uint8Array): string {
  if (isUtf16(bytes)) return new TextDecoder(bytes[0] === 0xff ? 'utf-16le' : 'utf-16be').decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}
