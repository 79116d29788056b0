import type { Grid, Problem, TableRules } from './table.ts';

/** A text file that is ready to be read: UTF-8, lines end with LF, no NUL, quotes are closed. */
export interface ReadyFile {
  readonly path: string;
  /** What its sender calls it. */
  readonly name: string;
  readonly bytes: number;
  readonly delimiter: string;
  /** First line, as it is written. */
  readonly header: readonly string[];
  /** Rows behind the first line, as whoever prepared the file counted them: the engine must find as many. */
  readonly records: number;
  /** Whether a cell may begin or end with a space, or be empty within quotes. */
  readonly padded: boolean;
}

export interface CheckOptions {
  /** Asked for one after the other while those before them are checked: each may be made ready only then. */
  readonly files: Iterable<ReadyFile> | AsyncIterable<ReadyFile>;
  /** Every folder in which one of the files stands. */
  readonly folders: readonly string[];
  readonly rules: TableRules;
  /** Where parts and the quarantine are written. */
  readonly folder: string;
  readonly temporary: string;
  /** No month after this one can have happened. */
  readonly latestMonth: string;
  /** Only these months are wanted; rows of others are not taken. */
  readonly onlyMonths?: readonly string[];
  /** Codes that exist, in any vintage. Without it, no code is doubted. */
  readonly areas?: Iterable<string>;
  /** By provider: the codes of its own area. A row elsewhere is outside; a provider that is not named has no area of its own. */
  readonly within?: ReadonlyMap<string, Iterable<string>>;
  /** The code of the area in which a point lies, for rows that have a point and no code. */
  readonly locate?: (x: number, y: number, grid: Grid) => string | undefined;
  /** Whether a point without a code lies on land. Without it, no point is doubted. */
  readonly isOnLand?: (x: number, y: number, grid: Grid) => boolean;
  /** Parts with rows of the same source, to find what is loaded already; a month that was replaced in one counts no more. */
  readonly loaded?: readonly LoadedPart[];
  readonly signal?: AbortSignal;
  /** Bytes done, of all files. */
  readonly progress?: (bytes: number) => void;
}

export interface LoadedPart {
  readonly path: string;
  readonly months: readonly string[];
  readonly without: readonly { readonly month: string; readonly provider: string }[];
}

export interface RowCounts {
  readonly read: number;
  readonly accepted: number;
  readonly quarantined: number;
  readonly alreadyLoaded: number;
  readonly outside: number;
  /** Of the accepted ones: without a place. */
  readonly unlocated: number;
}

export interface Checked {
  readonly rows: RowCounts;
  /** In the order of the files. */
  readonly files: readonly (RowCounts & { readonly name: string })[];
  readonly parts: readonly { readonly path: string; readonly rows: number; readonly months: readonly string[] }[];
  readonly months: readonly {
    readonly month: string;
    readonly provider: string | null;
    readonly rows: number;
    readonly unlocated: number;
  }[];
  /** Rows that were not taken, as a CSV file to correct and send again; null where all were. */
  readonly quarantine: string | null;
  /** How often each reason came up, most often first. */
  readonly reasons: readonly (Problem & { readonly rows: number })[];
  /** Words that were left out because they may say who somebody is, by row. First hundred. */
  readonly screened: readonly { readonly file: string; readonly row: number; readonly column: string }[];
  /** Columns that this format does not have. */
  readonly unknownColumns: readonly string[];
}

/** A file that cannot be read as this format at all: nothing of the load is kept. */
export class WrongFile extends Error {
  readonly file: string;
  constructor(file: string, sentence: string) {
    super(sentence);
    this.file = file;
  }
}
