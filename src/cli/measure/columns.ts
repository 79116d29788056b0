import { WrongUse } from '../command.ts';

export type ColumnKind = 'number' | 'text' | 'yes-no' | 'day' | 'numbers';

/** A column of a CSV file. */
export interface Column {
  readonly kind: ColumnKind;
  /** What it is, with its unit. */
  readonly means: string;
  readonly optional: boolean;
}

const column =
  (kind: ColumnKind) =>
  (means: string): Column => ({ kind, means, optional: false });
export const numberColumn = column('number');
export const textColumn = column('text');
export const yesNoColumn = column('yes-no');
/** A day: a whole number, or a date such as 2024-02-15. */
export const dayColumn = column('day');
/** Numbers parted by spaces or semicolons, or nothing. */
export const numbersColumn = column('numbers');
export const maybe = (of: Column): Column => ({ ...of, optional: true });

/** The cells of a file by column, in the order of its rows; a column that the file lacks is not there. */
export type Cells = Readonly<Record<string, readonly unknown[]>>;

export const numbersIn = (cells: Cells, name: string): readonly number[] => (cells[name] ?? []) as readonly number[];
export const textsIn = (cells: Cells, name: string): readonly string[] => (cells[name] ?? []) as readonly string[];

/** The distinct values, in the order in which they first come. */
export const distinct = <T>(values: readonly T[]): readonly T[] => [...new Set(values)];

const decimal = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
const words: Readonly<Record<string, boolean>> = { yes: true, true: true, 1: true, no: false, false: false, 0: false };

function day(text: string): number | undefined {
  const parts = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text);
  if (parts === null) return decimal.test(text) ? Number(text) : undefined;
  const at = new Date(`${text}T00:00:00Z`);
  // 30 February rolls over, or is no date at all: it must come back as it was written.
  if (Number.isNaN(at.getTime()) || !at.toISOString().startsWith(text)) return undefined;
  return at.getTime() / 86_400_000;
}

const wanted: Readonly<Record<ColumnKind, string>> = {
  number: 'a number such as 12 or 0.5',
  text: 'a text',
  'yes-no': 'yes or no',
  day: 'a date such as 2024-02-15, or a whole number of days',
  numbers: 'numbers with a space between them',
};

/** The value of one cell. @throws WrongUse that names the line and the column */
export function readCell(name: string, { kind }: Column, cell: string, line: number): unknown {
  const text = cell.trim();
  const value = cellValue(kind, text);
  if (value === undefined)
    throw new WrongUse(
      `Line ${line}, column ${name}: ${wanted[kind]} is needed, and this is ${text === '' ? 'empty' : quoted(text)}.`,
    );
  return value;
}

function cellValue(kind: ColumnKind, text: string): unknown {
  switch (kind) {
    case 'number':
      return decimal.test(text) && Number.isFinite(Number(text)) ? Number(text) : undefined;
    case 'text':
      return text === '' ? undefined : text;
    case 'yes-no':
      return words[text.toLowerCase()];
    case 'day':
      return day(text);
    case 'numbers': {
      const parts = text.split(/[\s;]+/).filter((part) => part !== '');
      return parts.every((part) => decimal.test(part)) ? parts.map(Number) : undefined;
    }
  }
}

/** A piece of somebody's file in a sentence: short, on one line, and nothing that moves a terminal. */
export function quoted(text: string): string {
  const plain = text
    .slice(0, 60)
    .replaceAll(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g, '?');
  return `“${plain.slice(0, 40)}${text.length > 40 ? '…' : ''}”`;
}
