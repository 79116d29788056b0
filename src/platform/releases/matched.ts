import { WrongFile, type ReadyFile } from './checked.ts';
import { foldedHeader, type ColumnRule, type TableRules } from './table.ts';

/** How the columns of a file answer to those of a format. */
export interface Columns {
  /** The rule of each column of the file, in its order; undefined for one that the format does not have. */
  readonly rules: readonly (ColumnRule | undefined)[];
  readonly lacking: readonly ColumnRule[];
  readonly unknown: readonly string[];
}

/** A file of the format. */
export interface Matched {
  readonly file: ReadyFile;
  readonly columns: Columns;
}

/** Some files that are read together. */
export interface Batch {
  readonly files: readonly Matched[];
  /** Its place among those of the load. */
  readonly place: number;
  /** Of the tables into which the engine puts lines that are no rows. */
  readonly rejects: string;
}

/** Why a file with this first line is none of this format; undefined where it is one. */
export function whyNotOf(header: readonly string[], rules: TableRules): string | undefined {
  try {
    columnsOf({ name: '', header }, rules);
    return undefined;
  } catch (error) {
    if (error instanceof WrongFile) return error.message;
    throw error;
  }
}

/** @throws WrongFile that names every column that is missing or stands there twice */
export function columnsOf(file: Pick<ReadyFile, 'name' | 'header'>, { columns }: TableRules): Columns {
  const byHeader = new Map<string, ColumnRule>();
  for (const rule of columns)
    for (const header of [rule.header, ...(rule.aliases ?? [])]) byHeader.set(foldedHeader(header), rule);
  const rules = file.header.map((header) => byHeader.get(foldedHeader(header)));
  const twice = rules.filter((rule, place) => rule !== undefined && rules.indexOf(rule) !== place);
  if (twice.length > 0)
    throw new WrongFile(file.name, `Two columns are called ${twice[0]?.header ?? ''}. Leave one of them out.`);
  const lacking = columns.filter((rule) => !rules.includes(rule));
  const missing = lacking.filter(({ mayLack }) => mayLack !== true);
  if (missing.length === columns.length || rules.every((rule) => rule === undefined))
    throw new WrongFile(file.name, `None of the columns of this format is in the first line: ${quoted(columns)}.`);
  if (missing.length > 0)
    throw new WrongFile(
      file.name,
      missing.length === 1
        ? `The column ${quoted(missing)} is missing.`
        : `These columns are missing: ${quoted(missing)}.`,
    );
  return { rules, lacking, unknown: file.header.filter((_, place) => rules[place] === undefined) };
}

const quoted = (rules: readonly ColumnRule[]): string => rules.map(({ header }) => `“${header}”`).join(', ');

/** So many bytes of text are read together, whatever the machine: the parts of a release depend on it. */
const batchBytes = 48 * 1024 * 1024;

/** Files that have the same columns in the same order are read together, up to the size of a batch. */
export async function* batchesOf(
  files: Iterable<ReadyFile> | AsyncIterable<ReadyFile>,
  rules: TableRules,
): AsyncGenerator<readonly Matched[]> {
  let batch: Matched[] = [];
  let size = 0;
  for await (const file of files) {
    const matched = { file, columns: columnsOf(file, rules) };
    const [like] = batch;
    if (like !== undefined && !(isAlike(like, matched) && size + file.bytes <= batchBytes)) {
      yield batch;
      batch = [];
      size = 0;
    }
    batch.push(matched);
    size += file.bytes;
  }
  if (batch.length > 0) yield batch;
}

const isAlike = (a: Matched, b: Matched): boolean =>
  a.file.delimiter === b.file.delimiter &&
  a.columns.rules.length === b.columns.rules.length &&
  a.columns.rules.every((rule, place) => rule === b.columns.rules[place]);

/** What the columns of a file are called while it is read: by their place, since a name may stand there twice. */
export const columnNames = ({ rules }: Columns): readonly string[] => rules.map((_, place) => `cell ${place}`);
