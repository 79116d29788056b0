import type { ColumnRule } from '../platform/releases/table.ts';
import type { SourceFormat } from './source.ts';

const spellings: Readonly<Record<ColumnRule['type'], readonly string[]>> = {
  text: ['Example'],
  hex: ['c0ffee'.padEnd(64, '0'), 'decade'.padEnd(64, '1')],
  month: ['2024-01', '2024-02'],
  period: ['2024-01', '2023/24', '2023/24 Q2', 'March 2024'],
  date: ['2024-01-31', '31/01/2024', '31-01-2024', '31 January 2024'],
  moment: ['2024-01-31 23:15', '31/01/2024 23:15', '31-01-2024 23:15:00', '2024-01-31T23:15:00Z'],
  integer: ['1', '2', '3'],
  number: ['1', '2.5'],
  flag: ['Yes', 'N', 'true', '0'],
  count: ['12', '1,234', '*', '<5', 'c', '-'],
  pseudonym: ['9f86d081884c7d659a2feaa0c55ad015', 'eZ6pQ2xW9vL4tR8yB1nK5mH3', '3f2b8c1e-5d4a-4e6f-9a7b-0c1d2e3f4a5b'],
};

/** A generated value that a column takes; others for other rows, in every spelling that is read. */
function exampleValue({ type, example, oneOf, between }: ColumnRule, row: number): string {
  if (example !== undefined) return example;
  if (oneOf !== undefined) return oneOf[row % oneOf.length] ?? '';
  if (between !== undefined) return String(Math.min(between[0] + 20 + (row % 5), between[1]));
  const all = spellings[type];
  return all[row % all.length] ?? '';
}

/** A row of generated values of this format, in the order of its columns. Nobody is meant by any of them. */
export const exampleRow = (format: SourceFormat, row = 0): readonly string[] =>
  format.rules.columns.map((column) => exampleValue(column, row));
