import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openAreaBook } from '../../src/evidence/area-book.store.ts';
import { addCoverageNote } from '../../src/evidence/coverage.store.ts';
import { answerBytes, workOut, type DefinitionUsed, type FigureAsked } from '../../src/evidence/figure.store.ts';
import type { Figure } from '../../src/evidence/figure.ts';
import { formatOf } from '../../src/evidence/formats/index.ts';
import { checkLoad, clearStage, keepLoad, type CheckedLoad } from '../../src/evidence/load.store.ts';
import { placesFor } from '../../src/evidence/places.store.ts';
import { readReferenceFile } from '../../src/evidence/reference-file.store.ts';
import { addReference } from '../../src/evidence/reference.store.ts';
import { openReleases, type Releases } from '../../src/platform/releases/ask.ts';
import { forceExtract, smallTown, smallTownLand, smallTownReference } from '../evidence/small-town.ts';
import { testTown, type TestTown } from './installation.ts';

const months = Array.from({ length: 12 }, (_, month) => `2025-${String(month + 1).padStart(2, '0')}`);
const year = { from: '2025-01', to: '2025-12' };
const text = forceExtract(months);

let town: TestTown;
let releases: Releases;
let folder: string;
const entry = () =>
  ({ door: 'concord_member', actor: 'system', partnership: town.partnerships.get('haverness') }) as const;
const outcomeOf = (asked: Partial<FigureAsked>, today = '2026-06-01') =>
  town.records.read(entry(), async ({ work }) =>
    workOut(
      work<'evidence' | 'platform'>(),
      { releases, today, book: await openAreaBook(work<'evidence'>(), releases) },
      { measure: 'count', area: smallTown.code, period: year, source: 'force-extract', ...asked },
    ),
  );
async function figure(asked: Partial<FigureAsked>, today?: string): Promise<Figure> {
  const outcome = await outcomeOf(asked, today);
  if (!outcome.done) throw new Error(outcome.sentence);
  return outcome.value;
}

const fileOf = (name: string, content: string) => {
  const path = join(folder, name);
  writeFileSync(path, content);
  return { name, path };
};
async function addFile(name: string, content: string): Promise<void> {
  const read = await readReferenceFile(releases.folder, fileOf(name, content).path, {
    ...(name === 'population.csv' ? { vintage: 'mid-2024' } : {}),
  });
  if (!read.done) throw new Error(`${name}: ${read.sentence}`);
  await town.records.write(entry(), ({ work }) =>
    addReference(work<'evidence'>(), { ...read.value, addedBy: 'system' }),
  );
}
async function check(content: string): Promise<CheckedLoad> {
  const format = formatOf('force-extract');
  const places = await town.records.read(entry(), ({ work }) => placesFor(work<'evidence'>(), releases, format));
  const load = await checkLoad(
    {
      releases,
      today: '2026-06-01',
      read: (act) => town.records.read(entry(), ({ work }) => act(work())),
      ...(places === undefined ? {} : { places }),
    },
    { format, sent: [fileOf('extract.csv', content)] },
  );
  if (!load.done) throw new Error(load.sentence);
  return load.value;
}

beforeAll(async () => {
  town = await testTown();
  folder = mkdtempSync(join(tmpdir(), 'concord-figure-'));
  releases = openReleases(join(folder, 'releases'));
  for (const [name, content] of Object.entries(smallTownReference)) await addFile(name, content);
  const load = await check(text);
  expect(load.rows).toMatchObject({ quarantined: 0, unlocated: 0 });
  const { partnership } = entry();
  await town.records.write(entry(), ({ work }) =>
    keepLoad(work<'evidence'>(), releases.folder, load, { partnership: partnership ?? '', by: 'system' }),
  );
  await clearStage(releases.folder, load);
});
afterAll(async () => {
  releases.close();
  rmSync(folder, { recursive: true, force: true });
  await town.close();
});

const rowsOfFile = text.trim().split('\n').slice(1);

describe('figures of a record-level extract', () => {
  it('standardised-rate: with the same number of people of each age, the mean of the rates of the bands', async () => {
    const { rows, question, notes } = await figure({ measure: 'standardised-rate' });
    const [row] = rows;
    const ages = rowsOfFile.map((line) => line.split(',')[9] ?? '');
    expect(row).toMatchObject({ state: 'shown', count: rowsOfFile.length, denominator: 36 * 1_820 });
    expect(row?.['withoutAge']).toBe(ages.filter((age) => age === '').length);
    const weights = [5, 5.5, 5.5, 5.5, 6, 6, 6.5, 7, 7, 7, 7, 6.5, 6, 5.5, 5, 4, 2.5, 1.5, 1];
    const inBand = weights.map(
      (_, band) => ages.filter((age) => age !== '' && Math.min(18, Math.floor(Number(age) / 5)) === band).length,
    );
    const wanted = weights.reduce(
      (sum, weight, band) => sum + (weight * 1_000 * (inBand[band] ?? 0)) / (36 * (band === 18 ? 20 : 100)),
      0,
    );
    expect(row?.estimate).toBeCloseTo(wanted, 6);
    expect(question.seed).toBeNull();
    expect(notes.join(' ')).toContain('European Standard Population 2013');
  });

  it('harm: of single offences, by the weights that are loaded', async () => {
    const { rows, question } = await figure({ measure: 'harm', by: ['area'] });
    const weightOf: Readonly<Record<string, number>> = { 1: 7_979, '5D': 1_460, '8N': 184, '34B': 746 };
    const wanted = rowsOfFile.reduce((sum, line) => sum + (weightOf[line.split(',')[1] ?? ''] ?? Number.NaN), 0);
    expect(rows).toHaveLength(36);
    expect(rows.reduce((sum, { estimate }) => sum + (estimate ?? 0), 0)).toBeCloseTo(wanted, 6);
    expect(question.seed).toBe(1);
    expect(question.references.length).toBeGreaterThan(3);
  });

  it('hot-spots: the four areas in the middle, and none of the edge', async () => {
    const { rows, notes } = await figure({ measure: 'hot-spots' });
    const hot = rows.flatMap(({ area, verdict }) => (verdict === 'hot spot' ? [area ?? ''] : []));
    for (const place of [15, 16, 21, 22]) expect(hot).toContain(`E0199${String(place).padStart(4, '0')}`);
    expect(hot).not.toContain('E01990001');
    expect(notes.join(' ')).toContain('36 tests were made');
  });

  it('relative-rate: of the ethnic groups that the force wrote as codes', async () => {
    const { rows, question } = await figure({ measure: 'relative-rate' });
    expect(question.by).toEqual(['victim_ethnicity']);
    const black = rows.find((row) => row['victim_ethnicity'] === 'Black');
    const n = (pattern: RegExp) => rowsOfFile.filter((line) => pattern.test(line.split(',')[11] ?? '')).length;
    expect(black?.estimate).toBeCloseTo(n(/^B/) / 91 / (n(/^W/) / 1_365), 9);
    expect(rows.at(-1)).toMatchObject({ victim_ethnicity: 'Not known', count: n(/^NS/) });
  });

  it('near-repeat: finds the repeats that were planted, under 200 metres and within three days', async () => {
    const { rows, question } = await figure({ measure: 'near-repeat', seed: 5 });
    expect(question.seed).toBe(5);
    expect(rows).toHaveLength(16);
    const planted = rows.find(({ distance, days }) => distance === '0 to 200 metres' && days === '0 to 3 days');
    expect(planted?.['verdict']).toBe('more than by chance');
    expect(Number(planted?.estimate)).toBeGreaterThan(2);
  });

  it('near-repeat of a definition: only of what it counts', async () => {
    const all = await figure({ measure: 'near-repeat' });
    const definition: DefinitionUsed = {
      id: 'robbery',
      version: 1,
      sha256: `sha256:${'0'.repeat(64)}`,
      name: 'Robbery',
      conditions: () => ({ done: true, value: [{ column: 'category', in: ['34B'] }] }),
    };
    const some = await figure({ measure: 'near-repeat', definition });
    expect(some.notes[0]).not.toBe(all.notes[0]);
    expect(some.notes[0]).toContain(` ${rowsOfFile.filter((line) => line.split(',')[1] === '34B').length} offences`);
  });
});

describe('the same id has the same bytes', () => {
  it('whatever is confirmed about gaps later: what was known is a part of the question', async () => {
    const before = await figure({ by: ['month'] });
    await town.records.write(entry(), ({ work }) =>
      addCoverageNote(
        work<'evidence'>(),
        {
          source: 'force-extract',
          provider: null,
          from: '2025-03',
          to: '2025-03',
          state: 'missing',
          reason: 'The force sent a half of it.',
        },
        { by: 'system', on: '2026-06-02' },
      ),
    );
    const after = await figure({ by: ['month'] }, '2026-06-02');
    expect(after.rows.find(({ month }) => month === '2025-03')).toMatchObject({ state: 'absent' });
    expect(after.id).not.toBe(before.id);
    const again = await figure({ by: ['month'], coverage: before.question.coverage }, '2026-06-02');
    expect(again.id).toBe(before.id);
    expect(answerBytes(again)).toBe(answerBytes(before));
  });
});

it('a point in the sea is quarantined and says why, once all land of the country is loaded', async () => {
  await addFile('land.geojson', smallTownLand);
  const row = (easting: number) =>
    `${String(easting).padStart(32, 'e')},8N,2026-01-05,2026-01-05 10:00,2026-01-05 10:00,,${easting},432500,N,30,Male,W1,Example Constabulary`;
  const load = await check([text.split('\n')[0], ...[332_500, 329_600, 315_000].map(row)].join('\n'));
  // On the town, on a pier of 400 metres, and out at sea.
  expect(load.rows).toMatchObject({ accepted: 2, quarantined: 1, unlocated: 1 });
  expect(load.reasons.map(({ sentence }) => sentence)).toEqual([
    'The point lies in the sea: look whether its coordinates are swapped or on another grid',
  ]);
  await clearStage(releases.folder, load);
});
