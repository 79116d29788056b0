import type { Question } from './adapter.ts';

/** The numbers of one column of a table that an input names. */
export function column(rows: readonly Readonly<Record<string, string>>[], name: string): Float64Array {
  return Float64Array.from(rows, (row) => Number(row[name]));
}

/** A table with columns x and y, as points of the map. */
export function pointTable(question: Question, path: string): { eastings: Float64Array; northings: Float64Array } {
  const rows = question.csv(path);
  return { eastings: column(rows, 'x'), northings: column(rows, 'y') };
}
