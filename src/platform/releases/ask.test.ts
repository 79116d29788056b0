import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { openReleases, type LivePart } from './ask.ts';
import { checkFiles } from './check.ts';
import type { TableRules } from './table.ts';

const root = mkdtempSync(join(tmpdir(), 'concord-ask-'));
const releases = openReleases(root);
afterAll(() => {
  releases.close();
  rmSync(root, { recursive: true, force: true });
});

const rulesOf = (isCounts: boolean): TableRules => ({
  columns: [
    { header: 'Month', name: 'month', type: 'month', required: true, meaning: 'When.' },
    { header: 'Area', name: 'place', type: 'text', meaning: 'Where.' },
    ...(isCounts ? [{ header: 'Count', name: 'count', type: 'count', meaning: 'How many.' } as const] : []),
  ],
  standard: {
    month: 'month',
    area: 'place',
    category: { always: 'robbery' },
    provider: { always: 'North' },
    ...(isCounts ? { count: 'count' } : {}),
  },
});

let made = 0;
async function partOf(isCounts: boolean, lines: readonly string[]): Promise<LivePart> {
  const folder = join(root, `load-${(made += 1)}`);
  mkdirSync(folder);
  const path = join(folder, 'sent.csv');
  const header = isCounts ? ['Month', 'Area', 'Count'] : ['Month', 'Area'];
  const text = `${[header.join(','), ...lines].join('\n')}\n`;
  writeFileSync(path, text);
  const checked = await checkFiles({
    files: [{ path, name: 'sent', bytes: text.length, delimiter: ',', header, records: lines.length, padded: false }],
    folders: [folder],
    rules: rulesOf(isCounts),
    folder,
    temporary: join(folder, 'temporary'),
    latestMonth: '2026-06',
  });
  const [part] = checked.parts;
  expect(checked.rows.accepted).toBe(lines.length);
  return { sha256: await releases.folder.keep(part?.path ?? '', 'parts'), months: part?.months ?? [], without: [] };
}

it('counts rows of records, and numbers of counts with what has none, whichever are asked together', async () => {
  const records = await partOf(false, ['2025-05,E01000001', '2025-05,E01000001', '2025-06,E01000002']);
  const counts = await partOf(true, ['2025-05,E01000001,7', '2025-06,E01000001,*', '2025-06,E01000002,-']);
  const ones = await partOf(true, ['2025-05,E01000001,1', '2025-06,E01000002,1']);
  const asked = async (...parts: readonly LivePart[]) =>
    (await releases.count({ parts, where: [], by: ['month'] })).map(({ key, count, hidden, absent }) => [
      ...key,
      count,
      hidden,
      absent,
    ]);
  expect(await asked(records)).toEqual([
    ['2025-05', 2, 0, 0],
    ['2025-06', 1, 0, 0],
  ]);
  expect(await asked(counts)).toEqual([
    ['2025-05', 7, 0, 0],
    ['2025-06', 0, 1, 1],
  ]);
  expect(await asked(ones)).toEqual([
    ['2025-05', 1, 0, 0],
    ['2025-06', 1, 0, 0],
  ]);
  expect(await asked(records, counts, ones)).toEqual([
    ['2025-05', 10, 0, 0],
    ['2025-06', 2, 1, 1],
  ]);
  expect(await releases.count({ parts: [records], where: [], by: [] })).toEqual([
    { key: [], count: 3, hidden: 0, absent: 0 },
  ]);
  const distinct = { parts: [records], where: [], by: [], distinct: 'area' };
  expect((await releases.count(distinct))[0]?.count).toBe(2);
});
