import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkFiles } from '../../src/platform/releases/check.ts';
import type { Checked, CheckOptions } from '../../src/platform/releases/checked.ts';
import type { ColumnRule } from '../../src/platform/releases/table.ts';
import { exampleRow } from '../../src/evidence/source-example.ts';
import type { SourceFormat } from '../../src/evidence/source.ts';

export type Cells = readonly string[];

const quoted = (cell: string): string => `"${cell.replaceAll('"', '""')}"`;

/** Writes rows under the header of a format and lets the real check read them. */
export async function checkRows(
  { rules }: SourceFormat,
  rows: readonly Cells[],
  options: Partial<CheckOptions> = {},
): Promise<Checked & { readonly folder: string }> {
  const folder = mkdtempSync(join(tmpdir(), 'concord-formats-'));
  const temporary = join(folder, 'temporary');
  mkdirSync(temporary);
  const path = join(folder, 'sent.csv');
  const header = rules.columns.map((column) => column.header);
  const text = [header, ...rows].map((row) => `${row.map(quoted).join(',')}\n`).join('');
  writeFileSync(path, text);
  const checked = await checkFiles({
    files: [{ path, name: 'sent.csv', bytes: text.length, delimiter: ',', header, records: rows.length, padded: true }],
    rules,
    folder,
    folders: [folder],
    temporary,
    latestMonth: '2026-06',
    ...options,
  });
  return { ...checked, folder };
}

export const validRows = (format: SourceFormat, many: number): readonly Cells[] =>
  Array.from({ length: many }, (_, row) => exampleRow(format, row));

export interface Breakage {
  readonly column: string;
  readonly sentence: string;
  readonly row: Cells;
}

const wrongValues: Readonly<Record<Exclude<ColumnRule['type'], 'text'>, readonly [string, string]>> = {
  hex: ['north', 'is not made of hexadecimal digits only'],
  month: ['2024-13', 'is not a month'],
  period: ['2023/25', 'is not a month such as 2022-06, a quarter'],
  date: ['31/02/2024', 'is not a date'],
  moment: ['2024-01-01 25:00', 'is not a date and time'],
  integer: ['ten', 'is not a whole number'],
  number: ['north', 'is not a number'],
  flag: ['perhaps', 'is neither yes nor no'],
  count: ['12.5', 'is neither a whole number nor a symbol'],
  pseudonym: ['Maria-Example-1985', 'is not a keyed pseudonym'],
};

/** A row for each thing that can be wrong, with what the check must say of it. */
export function brokenRows(format: SourceFormat): readonly Breakage[] {
  const { columns, rows = [] } = format.rules;
  const at = (name: string): number => columns.findIndex((column) => column.name === name);
  const broken: Breakage[] = [];
  const breakColumn = (name: string, value: string, sentence: string) => {
    const header = columns[at(name)]?.header ?? '';
    const row = exampleRow(format).with(at(name), value);
    broken.push({ column: header, sentence: `${header} ${sentence}`, row });
  };
  for (const { name, type, required, oneOf, matches, between, longest = 200 } of columns) {
    if (required === true) breakColumn(name, '', 'is empty');
    if (type !== 'text') breakColumn(name, ...wrongValues[type]);
    else if (oneOf !== undefined) breakColumn(name, 'Something else', 'is none of the values');
    else if (matches !== undefined) breakColumn(name, '???', matches.sentence);
    else breakColumn(name, 'x'.repeat(longest + 1), `is longer than ${longest}`);
    if (between !== undefined) breakColumn(name, String(between[1] + 1), `is not between ${between.join(' and ')}`);
  }
  for (const rule of rows) {
    if ('notBefore' in rule)
      breakColumn(rule.notBefore, '2024-01-30', `is before ${columns[at(rule.than)]?.header ?? ''}`);
    else {
      const [first, second] = rule.together.map((name) => columns[at(name)]?.header ?? '');
      const row = exampleRow(format).with(at(rule.together[1] ?? ''), '');
      broken.push({ column: first ?? '', sentence: `${first} and ${second} belong together`, row });
    }
  }
  return broken;
}
