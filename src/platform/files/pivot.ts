import { done, refused, type Outcome, type Period } from '../../duty/index.ts';
import { periodsOf } from './heading-period.ts';
import { lettersOf, type CellRange } from './sheet-cells.ts';
import { parseTableCell, type TableCell } from './table-cell.ts';
import { checkTotals, type Line, type TotalCheck } from './table-totals.ts';

/** A sheet or file as it is looked at: text by row and column, and which cells were merged. */
export interface Grid {
  readonly rows: readonly (readonly string[])[];
  readonly merged?: readonly CellRange[];
}

/** Where the parts of a table are, from 0. Found by `shapeOf`, and for a person to correct. */
export interface PivotShape {
  readonly firstHeaderRow: number;
  readonly firstBodyRow: number;
  readonly lastBodyRow: number;
  readonly firstColumn: number;
  readonly firstValueColumn: number;
}

/** One value with all that says what it is. */
export interface TidyRow {
  /** Where it stood: `C7`. */
  readonly at: string;
  /** A row without values above it, which names those below: `North`. */
  readonly section?: string;
  /** In the order of `labelNames`. */
  readonly labels: readonly string[];
  /** The headings over it, from the top, without the one that is a period. */
  readonly headings: readonly string[];
  readonly period?: Period;
  readonly cell: TableCell;
}

export interface TidyTable {
  readonly shape: PivotShape;
  /** What stood above the table and below it. */
  readonly title: readonly string[];
  readonly notes: readonly string[];
  readonly labelNames: readonly string[];
  readonly rows: readonly TidyRow[];
  /** Totals, which are left out of `rows`, each held to the sum of its parts. Those that differ are told, not mended. */
  readonly totals: readonly TotalCheck[];
  /** Cells that are neither number nor symbol; they are in no row. */
  readonly unread: readonly { readonly at: string; readonly text: string }[];
}

const mostCells = 500_000;
const mostHeaderRows = 20;

/** Turns a table with headings across into one row for each value. */
export function unpivot(grid: Grid, shape?: PivotShape): Outcome<TidyTable, 'not-valid'> {
  const width = grid.rows.reduce((most, row) => Math.max(most, row.length), 0);
  if (width * grid.rows.length > mostCells)
    return refused(
      'not-valid',
      `The table has more than ${mostCells.toLocaleString('en-GB')} cells, too many for a table with headings across. Send it with one row for each record`,
    );
  const filled = withMergedFilled(grid, width);
  if (filled === undefined)
    return refused('not-valid', 'Merged cells of the sheet overlap. Open it, save it again, and send that');
  const found = shape ?? shapeOf(filled, grid);
  if (found === undefined)
    return refused(
      'not-valid',
      'No table was found: there is no row with numbers under headings. Check that you chose the right sheet',
    );
  return done(tidy(grid, filled, found, width));
}

type Rows = readonly (readonly string[])[];
const textAt = (rows: Rows, row: number, column: number): string =>
  rows[row]?.[column]?.replaceAll(/\s+/g, ' ').trim() ?? '';
const placeOf = (row: number, column: number): string => `${lettersOf(column)}${row + 1}`;

/** Every cell of a merged range has the text of its first. Undefined when ranges overlap, as no program makes them. */
function withMergedFilled({ rows, merged = [] }: Grid, width: number): Rows | undefined {
  const filled = rows.map((row) => Array.from({ length: width }, (_, column) => row[column] ?? ''));
  let area = 0;
  for (const { top, left, bottom, right } of merged) {
    const [lastRow, lastColumn] = [Math.min(bottom, rows.length - 1), Math.min(right, width - 1)];
    area += Math.max(0, lastRow - top + 1) * Math.max(0, lastColumn - left + 1);
    if (area > rows.length * width) return undefined;
    const text = filled[top]?.[left] ?? '';
    for (let row = top; row <= lastRow; row += 1)
      for (let column = left; column <= lastColumn; column += 1) filled[row]?.splice(column, 1, text);
  }
  return filled;
}

const isText = (text: string): boolean => text !== '' && parseTableCell(text) === undefined;
/** A number or symbol that is not a year. */
const isValue = (text: string): boolean =>
  text.trim() !== '' && parseTableCell(text) !== undefined && !/^(19|20)\d{2}$/.test(text.trim());

/**
 * Finds the body by its first row that has a name and, right of it, mostly numbers or symbols; the headings are the rows
 * right above it; the labels are the columns left of the first that holds mostly numbers.
 */
function shapeOf(filled: Rows, grid: Grid): PivotShape | undefined {
  const firstValueRow = filled.findIndex((row) => {
    const first = row.findIndex((text) => text.trim() !== '');
    const right = first === -1 ? [] : row.slice(first + 1).filter((text) => text.trim() !== '');
    const values = right.filter(isValue).length;
    return values > 0 && (isValue(right.at(-1) ?? '') || 2 * values >= right.length);
  });
  if (firstValueRow < 1) return undefined;
  const width = filled[0]?.length ?? 0;
  const body = filled.slice(firstValueRow);
  const columns = Array.from({ length: width }, (_, column) => body.map((row) => row[column]?.trim() ?? ''));
  const firstColumn = columns.findIndex((texts) => texts.some((text) => text !== ''));
  const firstValueColumn = columns.findIndex((texts, column) => {
    if (column <= firstColumn) return false;
    const held = texts.filter((text) => text !== '');
    return held.length > 0 && 2 * held.filter(isValue).length > held.length;
  });
  if (firstValueColumn === -1) return undefined;
  const lastBodyRow = filled.findLastIndex((row) => row.slice(firstValueColumn).some(isValue));
  const heading = (row: number) => row >= 0 && isHeading(filled[row] ?? [], row, grid);
  // One name between headings and values belongs to the headings when there is none over it, and else to what is below.
  let firstBodyRow = firstValueRow;
  let firstHeaderRow = firstValueRow;
  if (
    !heading(firstValueRow - 1) &&
    heading(firstValueRow - 2) &&
    textAt(filled, firstValueRow - 1, firstColumn) !== ''
  ) {
    firstHeaderRow -= 1;
    if (textAt(filled, firstValueRow - 2, firstColumn) !== '') firstBodyRow -= 1;
  }
  while (firstValueRow - firstHeaderRow < mostHeaderRows && heading(firstHeaderRow - 1)) firstHeaderRow -= 1;
  return { firstHeaderRow, firstBodyRow, lastBodyRow, firstColumn, firstValueColumn };
}

/** A row of headings, and not a title: several texts, or one that stands over some columns and not over all. */
function isHeading(row: readonly string[], at: number, { rows }: Grid): boolean {
  const held = row.filter((text) => text.trim() !== '');
  if (held.length === 0) return false;
  if (new Set(held).size > 1) return true;
  return (rows[at]?.findIndex((text) => text.trim() !== '') ?? 0) > 0;
}

function tidy(grid: Grid, filled: Rows, shape: PivotShape, width: number): TidyTable {
  const { firstHeaderRow, firstBodyRow, lastBodyRow, firstColumn, firstValueColumn } = shape;
  const paths = headingPaths(grid, filled, shape, width);
  const columns = range(firstValueColumn, width - 1).filter(
    (column) =>
      (paths[column]?.length ?? 0) > 0 ||
      range(firstBodyRow, lastBodyRow).some((row) => textAt(grid.rows, row, column) !== ''),
  );
  const body = bodyOf(grid, filled, shape);
  const cells = body.map(({ row }) => columns.map((column) => parseTableCell(textAt(grid.rows, row, column))));

  const rowChecks = checkTotals(
    body.map(({ labels, section }): Line => ({ path: labels, section })),
    columns.length,
    (line, across) => cells[line]?.[across],
  );
  const columnChecks = checkTotals(
    columns.map((column): Line => ({ path: paths[column] ?? [], section: undefined })),
    body.length,
    (line, across) => cells[across]?.[line],
  );
  const place = (line: number, across: number) => placeOf(body[line]?.row ?? 0, columns[across] ?? 0);
  const headings = periodsOf(columns.map((column) => paths[column] ?? []));
  const rows: TidyRow[] = [];
  const unread: { at: string; text: string }[] = [];
  for (const [line, { row, labels, section }] of body.entries())
    for (const [across, column] of columns.entries()) {
      const cell = cells[line]?.[across];
      if (cell === undefined) unread.push({ at: placeOf(row, column), text: textAt(grid.rows, row, column) });
      else if (!rowChecks.totals.has(line) && !columnChecks.totals.has(across)) {
        const { period, rest = [] } = headings[across] ?? {};
        rows.push({
          at: placeOf(row, column),
          ...(section !== undefined && { section }),
          labels,
          headings: rest,
          ...(period !== undefined && { period }),
          cell,
        });
      }
    }
  return {
    shape,
    title: textsOf(filled, 0, firstHeaderRow - 1),
    notes: textsOf(filled, lastBodyRow + 1, filled.length - 1),
    labelNames: range(firstColumn, firstValueColumn - 1).map((column) => (paths[column] ?? []).join(' ')),
    rows,
    totals: [
      ...rowChecks.checks.map(({ line, across, ...check }) => ({ at: place(line, across), ...check })),
      // A total of totals is held to its row already.
      ...columnChecks.checks
        .filter(({ across }) => !rowChecks.totals.has(across))
        .map(({ line, across, ...check }) => ({ at: place(across, line), ...check })),
    ],
    unread,
  };
}

const range = (from: number, to: number): readonly number[] =>
  Array.from({ length: Math.max(0, to - from + 1) }, (_, at) => from + at);

const textsOf = (rows: Rows, from: number, to: number): readonly string[] =>
  range(from, to)
    .map((row) => [...new Set((rows[row] ?? []).map((text) => text.trim()).filter((text) => text !== ''))].join(' '))
    .filter((text) => text !== '');

/**
 * The headings over each column, from the top, without repeats. In every row but the last, a heading also stands over
 * the empty cells right of it: a CSV file does not say which cells were merged.
 */
function headingPaths(
  { merged = [] }: Grid,
  filled: Rows,
  shape: PivotShape,
  width: number,
): readonly (readonly string[])[] {
  const headers = range(shape.firstHeaderRow, shape.firstBodyRow - 1).map((row) => {
    const upper = row < shape.firstBodyRow - 1;
    const ends = new Set(merged.filter(({ top, bottom }) => top <= row && row <= bottom).map(({ right }) => right + 1));
    let left = '';
    return range(0, width - 1).map((column) => {
      const text = textAt(filled, row, column);
      if (text !== '' || ends.has(column) || column === shape.firstValueColumn) left = text;
      return upper && text === '' && column >= shape.firstValueColumn ? left : text;
    });
  });
  return range(0, width - 1).map((column) => {
    const path = headers.map((row) => row[column] ?? '').filter((text) => text !== '');
    return path.filter((text, at) => text !== path[at - 1]);
  });
}

interface BodyRow {
  readonly row: number;
  readonly section: string | undefined;
  readonly labels: readonly string[];
}

/** Rows with their labels; a label also stands over the empty cells below it, but for the last one of a row. */
function bodyOf(grid: Grid, filled: Rows, { firstBodyRow, lastBodyRow, firstColumn, firstValueColumn }: PivotShape) {
  const labelColumns = range(firstColumn, firstValueColumn - 1);
  const body: BodyRow[] = [];
  let section: string | undefined;
  let above: readonly string[] = [];
  for (const row of range(firstBodyRow, lastBodyRow)) {
    const labels = labelColumns.map((column) => textAt(filled, row, column));
    const valued = (grid.rows[row] ?? []).slice(firstValueColumn).some((text) => text.trim() !== '');
    const named = labels.filter((text) => text !== '');
    if (!valued) {
      if (named.length > 0 && isText(named[0] ?? '') && labelColumns.length === 1) section = named.join(' ');
      if (named.length === 0 || labelColumns.length === 1) continue;
    }
    const firstNamed = labels.findIndex((text) => text !== '');
    const full = labels.map((text, at) => (text === '' && at < firstNamed ? (above[at] ?? '') : text));
    above = full;
    body.push({ row, section, labels: full });
  }
  return body;
}
