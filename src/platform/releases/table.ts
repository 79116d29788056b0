/** What a file of rows has to look like, and what becomes of its columns: data, so that a format is read and not run. */
export interface TableRules {
  readonly columns: readonly ColumnRule[];
  /** What has to hold between the columns of a row. */
  readonly rows?: readonly RowRule[];
  /** How the standard columns, which every release has, come about. */
  readonly standard: StandardColumns;
  /** Of several rows alike in the order of the file, which come first; the rest of the order is always the file's. */
  readonly sortBy?: readonly string[];
}

export type ColumnType =
  | 'text'
  /** Hexadecimal digits, kept as bytes: half the size. */
  | 'hex'
  /** `2022-06` */
  | 'month'
  /** A month, a quarter or a financial year: `2022-06`, `June 2022`, `2022/23`, `2022/23 Q1`. Kept as its first month. */
  | 'period'
  /** ISO 8601, or day, month and year as England writes them. */
  | 'date'
  /** A date with a time; kept to the minute. */
  | 'moment'
  | 'integer'
  | 'number'
  /** Yes or no, in the usual spellings. */
  | 'flag'
  /** Who somebody is, under a key: 16 to 128 digits and letters that look like no name and no date. */
  | 'pseudonym'
  /** How many: a whole number, or a symbol that says why there is none (`*`, `<5`, `c`, `-`). */
  | 'count';

export interface ColumnRule {
  /** As the publisher writes it. Compared without case, spaces and punctuation. */
  readonly header: string;
  readonly aliases?: readonly string[];
  /** What it is called in the release: lower case with underscores. */
  readonly name: string;
  readonly type: ColumnType;
  /** One sentence for whoever makes the file. */
  readonly meaning: string;
  /** A generated value, for the empty file that can be fetched; needed where a pattern leaves no other way to know one. */
  readonly example?: string;
  /** A file without this column is still a file of this format. */
  readonly mayLack?: boolean;
  /** A row without it cannot be kept. */
  readonly required?: boolean;
  readonly oneOf?: readonly string[];
  /** Regular expression (RE2) that the whole value must match, and what the refusal says. */
  readonly matches?: { readonly pattern: string; readonly sentence: string };
  readonly between?: readonly [number, number];
  /** Longest text, 200 characters unless said otherwise. */
  readonly longest?: number;
  /** Of a number: so many decimal places are kept, at most six, of values under a thousand. */
  readonly decimals?: number;
  /** Words that people typed: screened for names, telephone numbers, addresses and postcodes. */
  readonly isFreeText?: boolean;
}

/** Names of columns. A column that is empty breaks no order. */
export type RowRule =
  | { readonly notBefore: string; readonly than: string }
  /** All of them are filled, or none is. */
  | { readonly together: readonly string[] };

/** In degrees east and north, or in metres east and north. */
export type Grid = 'wgs84' | 'british-national-grid';

export interface StandardColumns {
  /** A column of type month, period, date or moment; or a financial year (`2022/23`) and its quarter (1 to 4) in two columns. */
  readonly month: string | { readonly financialYear: string; readonly quarter: string };
  /** The column with the code of the area, if the format has one. */
  readonly area?: string;
  /** Points in the format's own columns, for rows without a code of an area: the first that a row has. */
  readonly points?: readonly { readonly x: string; readonly y: string; readonly grid: Grid }[];
  readonly category: { readonly column: string } | { readonly always: string };
  /** Who recorded it. */
  readonly provider?: { readonly column: string } | { readonly always: string };
  /** A column of type count; without it each row is one. */
  readonly count?: string;
}

/** Columns that every release has, before the format's own; behind them stands `row`, the place of a row in what was sent. */
export const standardNames = ['month', 'area', 'category', 'provider', 'n', 'cell'] as const;

/** Why a cell of counts has no number: disclosure control of the sender, or nothing to count. */
export const cellStates = ['value', 'hidden', 'low', 'confidential', 'not-available'] as const;
export type CellState = (typeof cellStates)[number];

/** `LSOA code`, `lsoa_code` and `LSOA Code ` are the same header. */
export const foldedHeader = (header: string): string => header.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '');

/** Why a row was not taken. The sentence stands beside it in the file that goes back. */
export interface Problem {
  /** Header of the column that is wrong; empty where the row as a whole is. */
  readonly column: string;
  readonly sentence: string;
}

/** Which rows of a release are meant. It stands here, where nothing is run, so that a decision can say it. */
export type Condition =
  | { readonly column: string; readonly in: readonly string[] }
  | { readonly column: string; readonly from: string; readonly to: string }
  | { readonly column: string; readonly is: boolean }
  | { readonly column: string; readonly atLeast?: number; readonly atMost?: number }
  | { readonly column: string; readonly isEmpty: boolean }
  | { readonly any: readonly Condition[] }
  | { readonly all: readonly Condition[] }
  | { readonly not: Condition };
