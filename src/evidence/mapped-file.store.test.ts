import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { workbook } from '../../test/files/workbook.ts';
import { formatOf } from './formats/index.ts';
import { fileOfFormat } from './mapped-file.store.ts';
import { guessedMapping } from './mapping.ts';

const folder = mkdtempSync(join(tmpdir(), 'concord-mapped-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const mapping = {
  name: 'a mapping@1',
  content: {
    ...guessedMapping(formatOf('generic'), []),
    headerRow: 2,
    columns: [
      { from: 'Mth', to: 'period' },
      { from: 'Kind', to: 'category' },
      { from: 'No.', to: 'count' },
    ],
    constants: { area_code: 'E06000992' },
  },
};
const cell = (text: string) => `<c t="inlineStr"><is><t>${text}</t></is></c>`;
const sheet = (rows: readonly (readonly string[])[]) =>
  `<sheetData>${rows.map((row, at) => `<row r="${at + 1}">${row.map(cell).join('')}</row>`).join('')}</sheetData>`;
const table = [
  ['Report', 'of', 'the town'],
  ['Mth', 'Kind', 'No.'],
  ['2024-01', 'Noise', '12'],
  ['2024-02', 'Noise', '*'],
];
const lines = (path: string) => readFileSync(path, 'utf8').replace('\uFEFF', '').trim().split('\r\n');

test('a sheet of a workbook becomes a file of the format by the mapping, symbols and all', async () => {
  const path = join(folder, 'sent.xlsx');
  writeFileSync(path, workbook({ sheets: { Data: sheet(table) } }));
  const outcome = await fileOfFormat({ path, kind: 'xlsx' }, mapping, { folder, key: '0' });
  if (!outcome.done) throw new Error(outcome.sentence);
  const [header = '', ...rows] = lines(outcome.value);
  expect(header).toContain('Period');
  expect(rows.map((row) => row.split(',').filter((each) => each !== ''))).toEqual([
    expect.arrayContaining(['2024-01', 'E06000992', 'Noise', '12']),
    expect.arrayContaining(['2024-02', 'E06000992', 'Noise', '*']),
  ]);
});

test('a table without a column that the mapping names is refused, and the column is named', async () => {
  const path = join(folder, 'sent.csv');
  writeFileSync(path, table.map((row) => `${row.slice(0, 2).join(',')}\n`).join(''));
  const outcome = await fileOfFormat({ path, kind: 'text' }, mapping, { folder, key: '1' });
  expect(outcome).toMatchObject({ done: false, sentence: expect.stringContaining('No.') as string });
});

test('a formula without a value is no number', async () => {
  const path = join(folder, 'formula.xlsx');
  writeFileSync(
    path,
    workbook({ sheets: { Data: '<sheetData><row r="1"><c r="A1"><f>1+1</f></c></row></sheetData>' } }),
  );
  const outcome = await fileOfFormat({ path, kind: 'xlsx' }, undefined, { folder, key: '2' });
  expect(outcome).toMatchObject({ done: false, sentence: expect.stringContaining('formula') as string });
});
