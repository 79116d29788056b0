import { done, parsePartialDate, refused, type Outcome, type PartialDate } from '../duty/index.ts';

/** What can be read in from a file, one kind a file. */
export const intakeKinds = ['organisations', 'people', 'bodies', 'seats', 'areas'] as const;
export type IntakeKind = (typeof intakeKinds)[number];

export interface Column {
  /** As our own export calls it, so that what goes out comes in again. */
  readonly name: string;
  /** What other people's spreadsheets call it. */
  readonly also?: readonly string[];
  readonly isNeeded?: boolean;
  /** What to write there, for the page that explains the file. */
  readonly about: string;
}

/** A row of a file: what stands in each column, "" where the file has none. */
export type Cells = Readonly<Record<string, string>>;

export interface IntakeRow {
  /** As a spreadsheet counts: the header is row 1. */
  readonly row: number;
  readonly cells: Cells;
}

/** What one row does to the register. */
export type Verdict<Action> =
  | { readonly does: 'added' | 'changed'; readonly actions: readonly Action[] }
  | { readonly does: 'unchanged' }
  | {
      readonly does: 'refused';
      readonly reason: string;
      /** The cells may hold a name that must not be kept: they are emptied. */
      readonly isUnderLock?: boolean;
    };

export const rowRefused = (reason: string): { readonly does: 'refused'; readonly reason: string } => ({
  does: 'refused',
  reason,
});

/** What a whole file would do. Every row is in one of the four counts. */
export interface Plan<Action = unknown> {
  readonly actions: readonly Action[];
  readonly added: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly refused: readonly RefusedRow[];
}

export interface RefusedRow extends IntakeRow {
  readonly reason: string;
}

/**
 * Decides the rows in their order. Each sees the register as the rows before it leave it, so that a name that stands in
 * the file twice is added once.
 */
export function planOf<Action>(rows: readonly IntakeRow[], decide: (cells: Cells) => Verdict<Action>): Plan<Action> {
  const actions: Action[] = [];
  const refusedRows: RefusedRow[] = [];
  const counts = { added: 0, changed: 0, unchanged: 0 };
  for (const row of rows) {
    const verdict = decide(row.cells);
    if (verdict.does === 'refused') {
      const cells = verdict.isUnderLock === true ? {} : row.cells;
      refusedRows.push({ row: row.row, cells, reason: verdict.reason });
    } else {
      counts[verdict.does] += 1;
      if (verdict.does !== 'unchanged') actions.push(...verdict.actions);
    }
  }
  return { actions, ...counts, refused: refusedRows };
}

const plain = (name: string): string =>
  name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, ' ')
    .trim();

/**
 * Finds our columns in the header of a file, whatever the case and the punctuation.
 * @returns rows with our names for the columns, or the sentence that says which column is missing or stands there twice
 */
export function rowsUnder(
  columns: readonly Column[],
  table: {
    readonly header: readonly string[];
    readonly rows: readonly { readonly row: number; readonly cells: readonly string[] }[];
  },
): Outcome<readonly IntakeRow[], 'not-valid'> {
  const header = table.header.map(plain);
  const places = new Map<string, number>();
  for (const { name, also = [], isNeeded } of columns) {
    const words = [name, ...also].map(plain);
    const found = header.flatMap((each, at) => (words.includes(each) ? [at] : []));
    const [place, second] = found;
    if (second !== undefined)
      return refused('not-valid', `The file has the column “${name}” twice. Take one of them out and send it again`);
    if (place !== undefined) places.set(name, place);
    else if (isNeeded === true)
      return refused(
        'not-valid',
        `The file has no column “${name}”. Its columns are: ${table.header
          .filter((each) => each !== '')
          .slice(0, 12)
          .join(', ')}`,
      );
  }
  return done(
    table.rows.map(({ row, cells }) => ({
      row,
      cells: Object.fromEntries(
        columns.map(({ name }) => {
          const place = places.get(name);
          return [name, place === undefined ? '' : (cells[place] ?? '')];
        }),
      ),
    })),
  );
}

/** A date in a cell: nothing, a partial date, or the sentence of what is wrong. */
export function dateCell(column: string, cell: string): Outcome<PartialDate | null, 'not-valid'> {
  if (cell === '') return done(null);
  const read = parsePartialDate(cell);
  return read.done ? read : refused('not-valid', `${column}: “${cell.slice(0, 40)}” is no date. ${read.sentence}`);
}

/** Yes or no in a cell, in the words that people use; what stands for an empty cell is given. */
export function yesNoCell(column: string, cell: string, empty: boolean): Outcome<boolean, 'not-valid'> {
  const word = cell.toLowerCase();
  if (word === '') return done(empty);
  if (['yes', 'y', 'true', '1'].includes(word)) return done(true);
  if (['no', 'n', 'false', '0'].includes(word)) return done(false);
  return refused('not-valid', `${column}: enter yes or no instead of “${cell.slice(0, 40)}”`);
}

/** Text of one line in a cell, of at most so many characters. */
export function textCell(column: string, cell: string, most: number): Outcome<string | null, 'not-valid'> {
  if (cell === '') return done(null);
  if (cell.length > most) return refused('not-valid', `${column}: enter ${most} characters or fewer`);
  // What PostgreSQL or a page cannot show.
  if (/\p{Cc}/u.test(cell.replaceAll(/[\r\n\t]/g, '')))
    return refused('not-valid', `${column}: there are characters that cannot be kept`);
  return done(cell);
}
