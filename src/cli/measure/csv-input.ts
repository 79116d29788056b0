import { WrongUse } from '../command.ts';
import { readCell, quoted, type Cells, type Column } from './columns.ts';
import { named } from './input-text.ts';

// What a file may cost.
const mostLines = 10_000_000;
const mostFields = 1_000;
const longestField = 10_000;

/** The rows of a CSV file: the cells of the columns that the method knows, and the line on which each row begins. */
export interface Table {
  readonly cells: Cells;
  readonly lines: readonly number[];
}

/**
 * `mostRows`: a national year of offences with a place has 2 million.
 *
 * Own code beside that of platform/files/csv, which takes a whole upload into memory and numbers its rows: this reads millions of
 * rows a piece at a time, keeps only the columns wanted, and says the line of the file.
 *
 * Reads CSV as RFC 4180 has it (quotes may hold commas, line ends and doubled quotes), with either line end.
 * @throws WrongUse that names the line
 */
export async function readTable(
  file: string,
  pieces: AsyncIterable<string>,
  columns: Readonly<Record<string, Column>>,
  mostRows = 2_000_000,
): Promise<Table> {
  const cells: Record<string, unknown[]> = {};
  const lines: number[] = [];
  /** The columns wanted, with their place in a row. */
  let wanted: readonly { readonly name: string; readonly column: Column; readonly at: number }[] | undefined;
  let width = 0;
  // Areas and offences come again and again: one copy of each.
  const texts = new Map<string, string>();
  const once = (value: unknown): unknown => {
    if (typeof value !== 'string') return value;
    const known = texts.get(value);
    if (known !== undefined) return known;
    texts.set(value, value);
    return value;
  };
  await eachRecord(file, pieces, (fields, line) => {
    if (fields.length === 1 && fields[0]?.trim() === '') return;
    if (wanted === undefined) {
      wanted = placesOf(file, fields, columns);
      width = fields.length;
      for (const { name } of wanted) cells[name] = [];
      return;
    }
    if (fields.length !== width)
      throw new WrongUse(
        `Line ${line} has ${fields.length} fields, and the first line of ${named(file)} has ${width}.`,
      );
    if (lines.length === mostRows)
      throw new WrongUse(`${named(file)} has more than ${mostRows} rows, the most that is read.`);
    for (const { name, column, at } of wanted) cells[name]?.push(once(readCell(name, column, fields[at] ?? '', line)));
    lines.push(line);
  });
  if (wanted === undefined) throw new WrongUse(`${named(file)} is empty: its first line must name the columns.`);
  return { cells, lines };
}

function placesOf(file: string, header: readonly string[], columns: Readonly<Record<string, Column>>) {
  const names = header.map((name) => name.trim().toLowerCase());
  return Object.entries(columns).flatMap(([name, column]) => {
    const at = names.indexOf(name.toLowerCase());
    if (at !== names.lastIndexOf(name.toLowerCase()))
      throw new WrongUse(`${named(file)} has two columns ${name}: its first line must name each once.`);
    if (at >= 0) return [{ name, column, at }];
    if (column.optional) return [];
    throw new WrongUse(
      `${named(file)} has no column ${name}. Its first line names: ${header.slice(0, 20).map(quoted).join(', ')}.`,
    );
  });
}

/** Calls back with each record, and the line on which it begins. */
async function eachRecord(
  file: string,
  pieces: AsyncIterable<string>,
  take: (fields: readonly string[], line: number) => void,
): Promise<void> {
  let line = 1;
  let begins = 1;
  let fields: string[] = [];
  let field = '';
  let state: 'start' | 'plain' | 'quoted' | 'closed' = 'start';
  let quoteLine = 1;
  let afterReturn = false;
  const tooLong = () =>
    new WrongUse(`Line ${line} of ${named(file)} has a field of more than ${longestField} characters.`);
  const endField = () => {
    fields.push(field);
    if (fields.length > mostFields)
      throw new WrongUse(`Line ${line} of ${named(file)} has more than ${mostFields} fields.`);
    field = '';
    state = 'start';
  };
  const endRecord = () => {
    if (line > mostLines) throw new WrongUse(`${named(file)} has more than ${mostLines} lines, the most that is read.`);
    endField();
    take(fields, begins);
    fields = [];
    begins = line + 1;
  };
  for await (const piece of pieces) {
    let from = 0;
    for (let i = 0; i < piece.length; i += 1) {
      const code = piece.charCodeAt(i);
      const special = code === 10 || code === 13 || code === 34 || code === 44 || code === 0;
      if (!special && state !== 'closed') {
        if (state === 'start') state = 'plain';
        if (i - from > longestField) throw tooLong();
        continue;
      }
      if (code === 0)
        throw new WrongUse(`Line ${line} of ${named(file)} holds a NUL character: it is not a text file.`);
      const before = piece.slice(from, i);
      from = i + 1;
      field += before;
      if (field.length > longestField) throw tooLong();
      if (state === 'quoted') {
        if (code === 34) state = 'closed';
        else {
          field += piece[i] ?? '';
          if (code === 10) line += 1;
        }
        continue;
      }
      if (code === 34 && state === 'start' && field === '') {
        state = 'quoted';
        quoteLine = line;
      } else if (code === 34 && state === 'closed') {
        field += '"';
        state = 'quoted';
      } else if (code === 34) field += '"';
      else if (code === 44) endField();
      else if (code === 13) {
        endRecord();
        line += 1;
        afterReturn = true;
        continue;
      } else if (code === 10) {
        // The second half of a line end that began with a carriage return.
        if (!(afterReturn && fields.length === 0 && field === '')) {
          endRecord();
          line += 1;
        }
      } else throw new WrongUse(`Line ${line} of ${named(file)} has text after a closing quotation mark.`);
      afterReturn = false;
    }
    field += piece.slice(from);
    if (field.length > longestField) throw tooLong();
  }
  if (state === 'quoted')
    throw new WrongUse(`The quotation mark that opens on line ${quoteLine} of ${named(file)} is never closed.`);
  if (field !== '' || fields.length > 0) endRecord();
}
