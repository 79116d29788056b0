import { open, rm } from 'node:fs/promises';
import { posix } from 'node:path';
import sax, { type Tag } from 'sax';
import { refused, type Outcome } from '../../duty/index.ts';
import { archiveLimits, FileRefused, openZip, refusals, type ArchiveLimits, type OpenZip } from './archive.ts';
import { kindOfFile, whyNoText } from './file-kind.ts';
import {
  columnOf,
  isDateFormat,
  isoOfSerial,
  lettersOf,
  parseRange,
  unescaped,
  type CellRange,
} from './sheet-cells.ts';

export interface SpreadsheetLimits extends ArchiveLimits {
  readonly rows: number;
  readonly columns: number;
  /** Cells that hold something. */
  readonly cells: number;
  /** Of one cell; Excel itself takes 32,767. */
  readonly cellCharacters: number;
  /** Of the texts that a workbook keeps once for all its cells: they are held in memory. */
  readonly sharedCharacters: number;
  readonly sharedTexts: number;
}

export const spreadsheetLimits: SpreadsheetLimits = {
  ...archiveLimits,
  unpackedBytes: 2 * 1_073_741_824,
  rows: 1_048_576,
  columns: 1_000,
  cells: 20_000_000,
  cellCharacters: 32_767,
  sharedCharacters: 50_000_000,
  sharedTexts: 1_000_000,
};

export interface Sheet {
  readonly name: string;
  /** Hidden from whoever opens the workbook; they may not know what they send. */
  readonly hidden: boolean;
}

/** What a sheet held, beside its cells, which stand in the CSV file at `path`. */
export interface SheetRead {
  /** Line breaks within cells apart, line n of the file is row n of the sheet; empty rows are empty lines. */
  readonly path: string;
  /** Rows that hold something. */
  readonly rows: number;
  /** Columns up to the last that holds something. */
  readonly columns: number;
  readonly merged: readonly CellRange[];
  /** From 1, as the sheet shows them; the first of them. */
  readonly hiddenRows: Found<number>;
  /** Letters, as the sheet shows them. */
  readonly hiddenColumns: readonly string[];
  /** Cells that hold a formula, such as `B7`. Their value is what the spreadsheet program kept; formulas are never run. */
  readonly formulas: Found<string>;
  /** Formulas without a kept value. Their cells are empty in the file. */
  readonly formulasWithoutValue: Found<string>;
  /** Cells such as `#REF!`, which stand in the file as they are. */
  readonly errors: Found<string>;
}

/** How many there are, and the first hundred. */
export interface Found<T> {
  readonly count: number;
  readonly first: readonly T[];
}

/** The sheets of a workbook, in its order. @throws when the file cannot be read */
export async function sheetsOf(
  path: string,
  limits: SpreadsheetLimits = spreadsheetLimits,
): Promise<Outcome<readonly Sheet[], 'not-valid'>> {
  return await withWorkbook(path, limits, ({ sheets }) =>
    Promise.resolve(sheets.map(({ name, hidden }) => ({ name, hidden }))),
  );
}

/**
 * Writes one sheet as CSV (UTF-8, LF, comma), a row at a time. Dates are ISO text, numbers as JavaScript writes them,
 * booleans TRUE and FALSE. After a refusal there is no file.
 * @throws when a file cannot be read or written
 */
export async function sheetToCsv(
  path: string,
  sheet: string,
  copyTo: string,
  limits: SpreadsheetLimits = spreadsheetLimits,
): Promise<Outcome<SheetRead, 'not-valid'>> {
  return await withWorkbook(path, limits, async (workbook) => {
    const named = workbook.sheets.find(({ name }) => name === sheet);
    if (named === undefined) throw new FileRefused(`The workbook has no sheet called “${sheet}”`);
    const out = await open(copyTo, 'w', 0o600);
    let complete = false;
    try {
      const lines = csvLines();
      const reader = sheetReader(await lookupsOf(workbook, limits), limits, (row, cells) => lines.put(row, cells));
      let characters = 0;
      for await (const text of xmlOf(workbook, named.part)) {
        reader.write(text);
        if (lines.length() < 262_144) continue;
        // A text that the workbook keeps once may stand in a million cells.
        characters += lines.length();
        if (characters > limits.unpackedBytes) throw new FileRefused(tooMuchText);
        await out.writeFile(lines.take());
      }
      reader.end();
      await out.writeFile(lines.take());
      complete = true;
      return { path: copyTo, ...reader.result() };
    } finally {
      await out.close();
      if (!complete) await rm(copyTo, { force: true });
    }
  });
}

interface Workbook {
  readonly zip: OpenZip;
  readonly sheets: readonly (Sheet & { readonly part: string })[];
  readonly from1904: boolean;
  readonly sharedPart: string | undefined;
  readonly stylesPart: string | undefined;
}

async function withWorkbook<T>(
  path: string,
  limits: SpreadsheetLimits,
  work: (workbook: Workbook) => Promise<T>,
): Promise<Outcome<T, 'not-valid'>> {
  const kind = await kindOfFile(path);
  if (kind !== 'xlsx') {
    const why = kind === 'text' ? undefined : kind === 'zip' ? notExcel : whyNoText(kind);
    return refused('not-valid', why ?? notExcel);
  }
  return await refusals(async () => {
    const zip = await openZip(path, limits);
    try {
      return await work(await workbookIn(zip));
    } finally {
      zip.close();
    }
  });
}

const notExcel = 'The file is no Excel workbook. Save the table as .xlsx or as CSV and send that';
const damagedWorkbook = 'The workbook is damaged. Open it, save it again as .xlsx, and send that';

async function workbookIn(zip: OpenZip): Promise<Workbook> {
  const main = (await relationsOf(zip, '')).find(({ type }) => type === 'officeDocument')?.part ?? 'xl/workbook.xml';
  if (!main.endsWith('.xml'))
    throw new FileRefused('This is a binary workbook (.xlsb). Open it, save it as .xlsx, and send that');
  const relations = await relationsOf(zip, main);
  const sheets: (Sheet & { part: string })[] = [];
  let from1904 = false;
  const reader = tagReader({
    open(name, attributes) {
      if (name === 'workbookPr') from1904 = isTrue(attributes['date1904']);
      if (name !== 'sheet' || sheets.length >= 1_000) return;
      const id = Object.entries(attributes).find(([key]) => /(^|:)id$/.test(key))?.[1];
      const relation = relations.find((one) => one.id === id);
      if (relation?.type !== 'worksheet') return;
      sheets.push({
        name: attributes['name'] ?? '',
        hidden: /^(very)?hidden$/i.test(attributes['state'] ?? ''),
        part: relation.part,
      });
    },
  });
  for await (const text of xmlOf({ zip }, main)) reader.write(text);
  reader.end();
  if (sheets.length === 0) throw new FileRefused('There is no sheet with a table in the workbook');
  const partOf = (wanted: string) => relations.find(({ type }) => type === wanted)?.part;
  return { zip, sheets, from1904, sharedPart: partOf('sharedStrings'), stylesPart: partOf('styles') };
}

interface Relation {
  readonly id: string;
  /** The last word of its type: the address before it differs between the editions of the standard. */
  readonly type: string;
  readonly part: string;
}

/** Which parts a part names: ECMA-376 part 2, 9.3. What lies outside the file is not followed. */
async function relationsOf(zip: OpenZip, part: string): Promise<readonly Relation[]> {
  const folder = posix.dirname(part);
  const path = posix.join(folder, '_rels', `${posix.basename(part)}.rels`);
  const relations: Relation[] = [];
  if (!zip.members.some(({ name }) => name === path)) return relations;
  const reader = tagReader({
    open(name, { Id: id = '', Type: type = '', Target: target = '', TargetMode: mode }) {
      if (name !== 'Relationship' || mode === 'External' || relations.length >= 10_000) return;
      const resolved = target.startsWith('/') ? target.slice(1) : posix.join(folder, target);
      relations.push({ id, type: type.slice(type.lastIndexOf('/') + 1), part: resolved });
    },
  });
  for await (const text of xmlOf({ zip }, path)) reader.write(text);
  reader.end();
  return relations;
}

async function* xmlOf({ zip }: Pick<Workbook, 'zip'>, part: string): AsyncGenerator<string> {
  const member = zip.members.find(({ name }) => name.toLowerCase() === part.toLowerCase());
  if (member === undefined) throw new FileRefused(damagedWorkbook);
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const decode = (bytes: Buffer | undefined): string => {
    try {
      return bytes === undefined ? decoder.decode() : decoder.decode(bytes, { stream: true });
    } catch {
      throw new FileRefused(damagedWorkbook);
    }
  };
  for await (const bytes of zip.read(member)) yield decode(bytes);
  yield decode(undefined);
}

type Attributes = Readonly<Record<string, string>>;

/**
 * Reads XML by its tags, without prefixes. A document type is refused, so no entity but the five of XML exists; depth
 * and attributes are bounded, and the parser bounds names and values itself.
 */
function tagReader(on: {
  readonly open: (name: string, attributes: Attributes) => void;
  readonly close?: (name: string) => void;
  readonly text?: (text: string) => void;
}) {
  const xml = sax.parser(true, { strictEntities: true, position: false } as object);
  let [depth, attributes] = [0, 0];
  const bare = (name: string) => (name.includes(':') ? name.slice(name.indexOf(':') + 1) : name);
  xml.onerror = () => {
    throw new FileRefused(damagedWorkbook);
  };
  xml.ondoctype = () => {
    throw new FileRefused(
      'A part of the workbook defines entities of its own, which no spreadsheet program does, so it may be made to do harm',
    );
  };
  xml.onattribute = () => {
    attributes += 1;
    if (attributes > 200) throw new FileRefused(damagedWorkbook);
  };
  xml.onopentag = (tag) => {
    depth += 1;
    attributes = 0;
    if (depth > 100) throw new FileRefused(damagedWorkbook);
    on.open(bare(tag.name), (tag as Tag).attributes);
  };
  xml.onclosetag = (name) => {
    depth -= 1;
    on.close?.(bare(name));
  };
  const { text } = on;
  if (text !== undefined) {
    xml.ontext = text;
    xml.oncdata = text;
  }
  return { write: (piece: string) => void xml.write(piece), end: () => void xml.close() };
}

const isTrue = (value: string | undefined): boolean => value === '1' || value === 'true';

/** What cells refer to by number. */
interface Lookups {
  readonly texts: readonly string[];
  /** For each style whether it shows a number as a date. */
  readonly dates: readonly boolean[];
  readonly from1904: boolean;
}

async function lookupsOf(workbook: Workbook, limits: SpreadsheetLimits): Promise<Lookups> {
  const texts: string[] = [];
  if (workbook.sharedPart !== undefined) {
    const reader = sharedReader(texts, limits);
    for await (const text of xmlOf(workbook, workbook.sharedPart)) reader.write(text);
    reader.end();
  }
  const dates: boolean[] = [];
  if (workbook.stylesPart !== undefined) {
    const reader = styleReader(dates);
    for await (const text of xmlOf(workbook, workbook.stylesPart)) reader.write(text);
    reader.end();
  }
  return { texts, dates, from1904: workbook.from1904 };
}

/** Shared texts: `si` of `t`, or of runs `r` of `t`; how a word is pronounced (`rPh`) is left out. */
function sharedReader(texts: string[], limits: SpreadsheetLimits) {
  let [text, takes, pronounced, characters] = ['', false, false, 0];
  return tagReader({
    open(name) {
      if (name === 'si') text = '';
      else if (name === 'rPh') pronounced = true;
      else takes = name === 't' && !pronounced;
    },
    close(name) {
      takes = false;
      if (name === 'rPh') pronounced = false;
      if (name !== 'si') return;
      texts.push(unescaped(text));
      if (texts.length > limits.sharedTexts) throw new FileRefused(tooMuchText);
    },
    text(piece) {
      if (!takes) return;
      text += piece;
      characters += piece.length;
      refuseLong(text, limits);
      if (characters > limits.sharedCharacters) throw new FileRefused(tooMuchText);
    },
  });
}

const tooMuchText = 'The workbook holds more text than can be read at once. Save the sheet as CSV and send that';

function refuseLong(text: string, { cellCharacters }: SpreadsheetLimits): void {
  if (text.length > cellCharacters)
    throw new FileRefused(`A cell holds more than ${cellCharacters.toLocaleString('en-GB')} characters. Shorten it`);
}

function styleReader(dates: boolean[]) {
  const codes = new Map<number, string>();
  let within = false;
  return tagReader({
    open(name, attributes) {
      if (name === 'numFmt' && codes.size < 10_000)
        codes.set(Number(attributes['numFmtId']), attributes['formatCode'] ?? '');
      if (name === 'cellXfs') within = true;
      if (name !== 'xf' || !within || dates.length >= 100_000) return;
      const id = Number(attributes['numFmtId'] ?? 0);
      dates.push(isDateFormat(id, codes.get(id)));
    },
    close(name) {
      if (name === 'cellXfs') within = false;
    },
  });
}

function finder<T>() {
  const first: T[] = [];
  let count = 0;
  return {
    add(one: T): void {
      count += 1;
      if (first.length < 100) first.push(one);
    },
    result: (): Found<T> => ({ count, first }),
  };
}

/** @param put takes each row that holds something, its number from 0 and its cells from the first column on */
function sheetReader(
  lookups: Lookups,
  limits: SpreadsheetLimits,
  put: (row: number, cells: readonly string[]) => void,
) {
  const found = {
    hiddenRows: finder<number>(),
    formulas: finder<string>(),
    formulasWithoutValue: finder<string>(),
    errors: finder<string>(),
  };
  const merged: CellRange[] = [];
  const hiddenColumns = new Set<string>();
  let [row, column, rows, columns, cellCount] = [-1, -1, 0, 0, 0];
  let cells: string[] = [];
  let [type, style, value, valued, formula, takes] = ['n', 0, '', false, false, false];
  let pronounced = false;

  const beginRow = (attributes: Attributes): void => {
    const number = attributes['r'] === undefined ? row + 1 : Number(attributes['r']) - 1;
    if (!Number.isInteger(number) || number <= row) throw new FileRefused(damagedWorkbook);
    if (number >= limits.rows)
      throw new FileRefused(
        `The sheet has more than ${limits.rows.toLocaleString('en-GB')} rows. Save it as CSV and send that`,
      );
    row = number;
    column = -1;
    cells = [];
    if (isTrue(attributes['hidden'])) found.hiddenRows.add(row + 1);
  };
  const beginCell = (attributes: Attributes): void => {
    const reference = attributes['r'];
    const next = reference === undefined ? column + 1 : columnOf(reference.replace(/\d+$/, ''));
    if (next === undefined || next < 0) throw new FileRefused(damagedWorkbook);
    column = next;
    type = attributes['t'] ?? 'n';
    style = Number(attributes['s'] ?? 0);
    value = '';
    valued = false;
    formula = false;
  };
  const endCell = (): void => {
    const place = () => `${lettersOf(column)}${row + 1}`;
    // Programs that do not reckon write an empty value; the empty text is one only where the type says text.
    const kept = valued && (value !== '' || type === 'str');
    if (formula) (kept ? found.formulas : found.formulasWithoutValue).add(place());
    if (!valued || value === '') return;
    if (type === 'e') found.errors.add(place());
    const text = textOf(type, value, style, lookups);
    if (text === '') return;
    if (column >= limits.columns)
      throw new FileRefused(
        `The sheet has more than ${limits.columns.toLocaleString('en-GB')} columns. Leave out those that are not asked for`,
      );
    cellCount += 1;
    if (cellCount > limits.cells) throw new FileRefused(tooMuchText);
    while (cells.length < column) cells.push('');
    cells[column] = text;
  };
  const endRow = (): void => {
    if (cells.length === 0) return;
    rows += 1;
    columns = Math.max(columns, cells.length);
    put(row, cells);
  };
  const hideColumns = (attributes: Attributes): void => {
    if (!isTrue(attributes['hidden'])) return;
    const [from, to] = [Number(attributes['min']) - 1, Math.min(Number(attributes['max']), limits.columns) - 1];
    for (let at = from; at >= 0 && at <= to; at += 1) hiddenColumns.add(lettersOf(at));
  };

  const reader = tagReader({
    open(name, attributes) {
      takes = false;
      if (name === 'c') beginCell(attributes);
      else if (name === 'v' || (name === 't' && type === 'inlineStr' && !pronounced)) {
        takes = true;
        valued = true;
      } else if (name === 'f') formula = true;
      else if (name === 'row') beginRow(attributes);
      else if (name === 'rPh') pronounced = true;
      else if (name === 'col') hideColumns(attributes);
      else if (name === 'mergeCell') {
        const range = parseRange(attributes['ref'] ?? '');
        if (range === undefined || merged.length >= 100_000) throw new FileRefused(damagedWorkbook);
        merged.push(range);
      }
    },
    close(name) {
      takes = false;
      if (name === 'c') endCell();
      else if (name === 'row') endRow();
      else if (name === 'rPh') pronounced = false;
    },
    text(piece) {
      if (!takes) return;
      value += piece;
      refuseLong(value, limits);
    },
  });
  return {
    ...reader,
    result: (): Omit<SheetRead, 'path'> => ({
      rows,
      columns,
      merged,
      hiddenColumns: [...hiddenColumns],
      hiddenRows: found.hiddenRows.result(),
      formulas: found.formulas.result(),
      formulasWithoutValue: found.formulasWithoutValue.result(),
      errors: found.errors.result(),
    }),
  };
}

/** The value of a cell: ECMA-376 part 1, 18.18.11. */
function textOf(type: string, value: string, style: number, { texts, dates, from1904 }: Lookups): string {
  if (type === 's') {
    const text = texts[Number(value)];
    if (text === undefined) throw new FileRefused(damagedWorkbook);
    return text;
  }
  if (type === 'b') return value === '1' ? 'TRUE' : 'FALSE';
  if (type !== 'n') return unescaped(value);
  const number = Number(value);
  if (!Number.isFinite(number)) throw new FileRefused(damagedWorkbook);
  return (dates[style] === true ? isoOfSerial(number, from1904) : undefined) ?? String(number);
}

/** Rows as CSV text, with an empty line for each that was left out, and the cells that the first row has at least. */
function csvLines() {
  let text = '';
  let [next, width] = [0, 0];
  const special = /[",\n\r]/;
  return {
    put(row: number, cells: readonly string[]): void {
      if (width === 0) width = cells.length;
      text += '\n'.repeat(row - next);
      for (let at = 0; at < Math.max(width, cells.length); at += 1) {
        const cell = cells[at] ?? '';
        if (at > 0) text += ',';
        text += special.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
      }
      text += '\n';
      next = row + 1;
    },
    length: () => text.length,
    take(): string {
      const taken = text;
      text = '';
      return taken;
    },
  };
}
