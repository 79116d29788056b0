import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { readCsv } from '../files/csv.ts';
import { prepareText } from '../files/text-file.ts';
import { checkFiles } from './check.ts';
import type { Checked, CheckOptions } from './checked.ts';
import { sha256Of } from './releases.ts';
import type { TableRules } from './table.ts';

const root = mkdtempSync(join(tmpdir(), 'concord-check-'));
afterAll(() => {
  rmSync(root, { recursive: true, force: true });
});
let made = 0;

const rules: TableRules = {
  columns: [
    { header: 'Month', name: 'month', type: 'month', required: true, meaning: 'When.' },
    { header: 'Force', name: 'force', type: 'text', required: true, meaning: 'Who recorded it.' },
    {
      header: 'LSOA code',
      name: 'lsoa_code',
      type: 'text',
      matches: { pattern: '[A-Z0-9]{2,9}', sentence: 'is not the code of an area' },
      meaning: 'Where.',
    },
    { header: 'Type', name: 'type', type: 'text', required: true, oneOf: ['Robbery', 'Arson'], meaning: 'What.' },
    { header: 'Latitude', name: 'latitude', type: 'number', between: [49, 61], decimals: 6, meaning: 'Of a point.' },
    { header: 'Note', name: 'note', type: 'text', mayLack: true, meaning: 'Anything.' },
  ],
  standard: {
    month: 'month',
    area: 'lsoa_code',
    category: { column: 'type' },
    provider: { column: 'force' },
  },
};
const header = 'Month,Force,LSOA code,Type,Latitude,Note';

type Result = Checked & { readonly folder: string };
async function check(
  files: readonly (readonly string[])[],
  options: Partial<CheckOptions> = {},
  first: string | readonly string[] = header,
): Promise<Result> {
  const folder = mkdtempSync(join(root, `load-${(made += 1)}-`));
  const ready = [];
  for (const [at, lines] of files.entries()) {
    const path = join(folder, `sent-${at}`);
    writeFileSync(path, `${[typeof first === 'string' ? first : (first[at] ?? header), ...lines].join('\n')}\n`);
    const text = await prepareText(path, join(folder, `text-${at}.csv`));
    if (!text.done) throw new Error(text.sentence);
    ready.push({ ...text.value, name: `file-${at}.csv`, delimiter: ',' });
  }
  const checked = await checkFiles({
    files: ready,
    rules,
    folder,
    folders: [folder],
    temporary: join(folder, 'temporary'),
    latestMonth: '2026-06',
    ...options,
  });
  return { ...checked, folder };
}
const loadedOf = (...results: readonly Result[]): CheckOptions['loaded'] =>
  results.flatMap(({ parts }) => parts.map(({ path, months }) => ({ path, months, without: [] })));

/** The quarantine as rows by heading. */
function quarantineOf({ quarantine }: Checked): readonly Readonly<Record<string, string>>[] {
  if (quarantine === null) return [];
  const table = readCsv(new Uint8Array(readFileSync(quarantine)), { rows: 100_000, columns: 50 });
  if (!table.done) throw new Error(table.sentence);
  const { header: names, rows } = table.value;
  return rows.map(({ cells }) => Object.fromEntries(names.map((name, at) => [name, cells[at] ?? ''])));
}

const good = (number: number, month = '2025-05'): string =>
  `${month},North,E0100000${number % 10},${number % 2 === 0 ? 'Robbery' : 'Arson'},53.${String(number).padStart(4, '0')},n${number}`;
const many = (count: number, month?: string) => Array.from({ length: count }, (_, number) => good(number, month));

const fault = fc.constantFrom(
  '2025-13,North,,Robbery,53,',
  '05/2025x,North,,Robbery,53,',
  '2031-01,North,,Robbery,53,',
  '2025-05,,,Robbery,53,',
  '2025-05,North,,Fraud,53,',
  '2025-05,North,???,Robbery,53,',
  '2025-05,North,,Robbery,12.5,in the sea',
  '2025-05,North,,Robbery,north,',
  '2025-05,North',
  '2025-05,North,,Robbery,53,,,,too many',
  '2025-05,North,S01000001,Robbery,55,elsewhere',
  '2025-05,North,E01999999,Robbery,55,outside',
  '2025-05,North,,Robbery,,without a place',
);
const line = fc.oneof(
  { weight: 3, arbitrary: fc.nat(6).map((number) => good(number)) },
  { weight: 2, arbitrary: fault },
  { weight: 1, arbitrary: fc.stringMatching(/^[a-z0-9,;'. -]{1,30}$/).filter((text) => text.trim() !== '') },
);
const within = new Map([['North', Array.from({ length: 10 }, (_, at) => `E0100000${at}`)]]);

describe('each row that is read is accepted, quarantined, already loaded or outside', () => {
  it('for any tables with any faults, and for the same again', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(line, { maxLength: 12 }), { minLength: 1, maxLength: 3 }),
        fc.boolean(),
        async (files, hasAreas) => {
          const options = hasAreas ? { within } : {};
          const first = await check(files, options);
          const { rows } = first;
          expect(rows.read).toBe(files.flat().length);
          for (const counts of [rows, ...first.files])
            expect(counts.read).toBe(counts.accepted + counts.quarantined + counts.alreadyLoaded + counts.outside);
          expect(first.parts.reduce((sum, part) => sum + part.rows, 0)).toBe(rows.accepted);
          expect(first.months.reduce((sum, month) => sum + month.rows, 0)).toBe(rows.accepted);
          expect(quarantineOf(first).length).toBe(rows.quarantined);
          expect(first.reasons.reduce((sum, reason) => sum + reason.rows, 0)).toBe(rows.quarantined);
          const again = await check(files, { ...options, loaded: loadedOf(first) ?? [] });
          expect(again.rows).toEqual({
            ...rows,
            accepted: 0,
            unlocated: 0,
            alreadyLoaded: rows.accepted + rows.alreadyLoaded,
          });
        },
      ),
      { numRuns: 25 },
    );
  }, 120_000);
});

describe('a row that was loaded', () => {
  it('is the same row again as often as it was loaded, and no oftener', async () => {
    const before = await check([[good(1), good(1), good(2)]]);
    const after = await check([[good(1), good(1), good(1), good(2), good(3)]], { loaded: loadedOf(before) ?? [] });
    expect(after.rows).toMatchObject({ read: 5, accepted: 2, alreadyLoaded: 3 });
  });

  it('is new where a later release took the place of its month', async () => {
    const before = await check([[good(1)]]);
    const gone = [{ month: '2025-05', provider: 'North' }];
    const loaded = (loadedOf(before) ?? []).map((part) => ({ ...part, without: gone }));
    expect((await check([[good(1)]], { loaded })).rows).toMatchObject({ accepted: 1, alreadyLoaded: 0 });
  });

  it('is another row when anything in it differs', async () => {
    const before = await check([[good(1)]]);
    expect((await check([[`${good(1)}x`]], { loaded: loadedOf(before) ?? [] })).rows.accepted).toBe(1);
  });
});

describe('a row that is quarantined', () => {
  it('keeps its file, its line, the value and the reason, whatever else is read with it', async () => {
    const bad = ['2025-13,North,,Robbery,53,', '2025-05,North,,Fraud,53,', '2025-05,North,,Robbery,12.5,in the sea'];
    // Some loads of several files mixed their rows up: one time in three, so this is tried often.
    for (let tries = 0; tries < 8; tries += 1) {
      const checked = await check([[...many(40), ...bad], [good(1)], [...many(3, '2025-06'), bad[1] ?? '']]);
      expect(
        quarantineOf(checked).map((row) => [
          row['concord_file'],
          row['concord_row'],
          row['concord_column'],
          row['concord_value'],
          row['Month'],
          row['Type'],
        ]),
      ).toEqual([
        ['file-0.csv', '42', 'Month', '2025-13', '2025-13', 'Robbery'],
        ['file-0.csv', '43', 'Type', 'Fraud', '2025-05', 'Fraud'],
        ['file-0.csv', '44', 'Latitude', '12.5', '2025-05', 'Robbery'],
        ['file-2.csv', '5', 'Type', 'Fraud', '2025-05', 'Fraud'],
      ]);
    }
  });

  it('can be put right and sent again as it came back', async () => {
    const checked = await check([['2025-05,North,,Fraud,53,x', good(1)]]);
    const text = readFileSync(checked.quarantine ?? '', 'utf8')
      .replaceAll('Fraud', 'Robbery')
      .trim()
      .split('\n');
    const again = await check([text.slice(1)], { loaded: loadedOf(checked) ?? [] }, text[0]);
    expect(again.rows).toMatchObject({ read: 1, accepted: 1 });
  });
});

it('makes the same bytes of the same files, each time', async () => {
  const files = [many(200), many(150).reverse(), many(99)];
  const hashes = new Set<string>();
  for (let tries = 0; tries < 4; tries += 1)
    for (const { path } of (await check(files, { within })).parts) hashes.add(await sha256Of(path));
  expect(hashes.size).toBe(1);
});

it('reads files of several layouts side by side, and finds in one what an earlier one has', async () => {
  const other = 'Month,Force,LSOA code,Type,Note,Latitude';
  const turned = (line: string) => line.replace(/([^,]*),([^,]*)$/, '$2,$1');
  const files = [many(300), many(200), many(250), [...many(20, '2025-06'), '2025-13,North,,Robbery,53,'], many(301)];
  // Each layout is read by itself, so every file is a batch.
  const layouts = files.map((_, at) => (at % 2 === 0 ? header : other));
  const laid = files.map((lines, at) => (at % 2 === 0 ? lines : lines.map(turned)));
  const hashes = new Set<string>();
  for (let tries = 0; tries < 4; tries += 1) {
    const checked = await check(laid, { within }, layouts);
    expect(checked.files.map(({ accepted, alreadyLoaded }) => [accepted, alreadyLoaded])).toEqual([
      [300, 0],
      [0, 200],
      [0, 250],
      [20, 0],
      [1, 300],
    ]);
    expect(checked.rows).toMatchObject({ read: 1072, accepted: 321, quarantined: 1, alreadyLoaded: 750 });
    expect(quarantineOf(checked).map((row) => [row['concord_file'], row['concord_row']])).toEqual([
      ['file-3.csv', '22'],
    ]);
    hashes.add((await Promise.all(checked.parts.map(({ path }) => sha256Of(path)))).join(' '));
  }
  expect(hashes.size).toBe(1);
});

it('says which file is of another kind, though those before it are being read', async () => {
  const files = [many(50), many(50), ['1']];
  await expect(check(files, {}, [header, 'Note,Month,Force,LSOA code,Type,Latitude', 'Weight'])).rejects.toMatchObject({
    file: 'file-2.csv',
  });
});

it('leaves no row of another month in a load of one month', async () => {
  const checked = await check([[good(1), good(2, '2025-06')]], { onlyMonths: ['2025-06'] });
  expect(checked.rows).toMatchObject({ accepted: 1, quarantined: 1 });
  expect(checked.months.map(({ month }) => month)).toEqual(['2025-06']);
});

it('can be stopped', async () => {
  const stopping = new AbortController();
  stopping.abort(new Error('stopped by the test'));
  await expect(check([many(10)], { signal: stopping.signal })).rejects.toThrow('stopped by the test');
});
