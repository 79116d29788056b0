import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openAreaBook } from '../../src/evidence/area-book.store.ts';
import { locatorOf } from '../../src/evidence/boundary.store.ts';
import { forceAreas, ownAreasOfForces } from '../../src/evidence/force-area.ts';
import { readReferenceFile } from '../../src/evidence/reference-file.store.ts';
import { addReference, listReferences } from '../../src/evidence/reference.store.ts';
import { openReleases, type Releases } from '../../src/platform/releases/ask.ts';
import { testRecords, type TestRecords } from './installation.ts';

/** Real open data beside the checkout, which is never part of it. */
const shared =
  ['../shared/data', '../../shared/data'].map((path) => resolve(path)).find((path) => existsSync(path)) ?? '';
const system = { door: 'concord_member', actor: 'system', partnership: undefined } as const;

let test: TestRecords;
let releases: Releases;
let folder: string;
beforeAll(async () => {
  test = await testRecords();
  folder = mkdtempSync(join(tmpdir(), 'concord-reference-'));
  releases = openReleases(join(folder, 'releases'));
});
afterAll(async () => {
  releases.close();
  rmSync(folder, { recursive: true, force: true });
  await test.close();
});

const fileOf = (name: string, text: string | Buffer): string => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};
async function add(path: string, vintage?: string): Promise<string> {
  const read = await readReferenceFile(releases.folder, path, vintage === undefined ? {} : { vintage });
  if (!read.done) return read.sentence;
  const isNew = await test.records.write(system, ({ work }) =>
    addReference(work<'evidence'>(), { ...read.value, addedBy: 'system' }),
  );
  return `${read.value.id}${isNew ? '' : ' again'}`;
}
const list = () => test.records.read(system, ({ work }) => listReferences(work<'evidence'>()));
const kept = () => readdirSync(releases.folder.reference).length;

const lookup =
  'LSOA21CD,LSOA21NM,WD24CD,WD24NM,LAD24CD,LAD24NM\nE01012662,Blackpool 002A,E05015186,Anchorsholme,E06000009,Blackpool\n';

describe('reference releases', () => {
  it('the same table is the same release, packed or not, whatever the file is called', async () => {
    const first = await add(fileOf('a.csv', lookup));
    expect(first).toMatch(/^sha256:[0-9a-f]{64}$/);
    expect(await add(fileOf('population.csv.gz', gzipSync(lookup)))).toBe(`${first} again`);
    expect(await list()).toHaveLength(1);
    expect(kept()).toBe(1);
  });

  it('hostile and wrong files get a sentence, and nothing of them is kept', async () => {
    const before = kept();
    const sentences: Readonly<Record<string, string | Buffer>> = {
      'is empty': '',
      'This is a web page': '<!doctype html><html><body>503</body></html>',
      'cut off on the way': gzipSync(lookup.repeat(100)).subarray(0, 60),
      'no code of LSOA level': lookup.replace('E01012662', 'E06012662'),
      'begins like JSON and is not': '{"type":"FeatureCollection","features":[',
      'not GeoJSON': '{"a":1}',
      'None of the tables': 'a,b\n1,2\n',
      'no outline': JSON.stringify({
        type: 'FeatureCollection',
        features: [
          {
            type: 'Feature',
            properties: { LSOA21CD: 'E01012662', LSOA21NM: 'x' },
            geometry: {
              type: 'Polygon',
              coordinates: [
                [
                  [0, 0],
                  [9e9, 1],
                  [1, 1],
                ],
              ],
            },
          },
        ],
      }),
    };
    for (const [part, text] of Object.entries(sentences)) expect(await add(fileOf('wrong', text))).toContain(part);
    expect(await add(fileOf('header.csv', 'LSOA21CD,LAD24CD\n'))).toContain('nothing below it');
    expect(kept()).toBe(before);
    expect(readdirSync(releases.folder.staging)).toEqual([]);
  });

  it('refuses a kind that it is not', async () => {
    const read = await readReferenceFile(releases.folder, fileOf('b.csv', lookup), { kind: 'population' });
    expect(read.done ? '' : read.sentence).toContain('concord reference add lookup');
  });

  it('makes the book of areas, once for the same releases', async () => {
    await add(fileOf('p.csv', 'LSOA21CD,Total,0,1+\nE01012662,9,4,5\n'), 'census-2021');
    const open = () => test.records.read(system, ({ work }) => openAreaBook(work<'evidence'>(), releases));
    const book = await open();
    expect(await open()).toBe(book);
    expect(book.population('E06000009', {})).toMatchObject({ persons: 9, year: 2021 });
    await add(fileOf('more.csv', 'LAD24CD,LAD24NM,PFA24CD,PFA24NM\nE06000009,Blackpool,E23000003,Lancashire\n'));
    expect((await open()).areaOf('E01012662', 'police-force-area')).toBe('E23000003');
  });

  it('finds the area of a point in boundaries that it stored', async () => {
    const square = [
      [-3.1, 53.8],
      [-3, 53.8],
      [-3, 53.9],
      [-3.1, 53.9],
      [-3.1, 53.8],
    ];
    await add(
      fileOf(
        'l.geojson',
        JSON.stringify({
          type: 'FeatureCollection',
          features: [
            {
              type: 'Feature',
              properties: { LSOA21CD: 'E01012662', LSOA21NM: 'Blackpool 002A', LADCD: 'E06000009' },
              geometry: { type: 'Polygon', coordinates: [square] },
            },
          ],
        }),
      ),
    );
    const found = await test.records.read(system, ({ work }) =>
      locatorOf(work<'evidence'>(), releases.folder, { level: 'lsoa21' }),
    );
    expect(found?.locator.at(-3.05, 53.85)).toBe('E01012662');
    expect(found?.locator.at(-3.5, 53.85)).toBeUndefined();
  });
});

describe.skipIf(shared === '')('real lookups', () => {
  it('all 43 forces have an area of their own, and the areas share no LSOA', { timeout: 60_000 }, async () => {
    for (const name of [
      'lsoa11_lsoa21_lad22.csv.gz',
      'lsoa11_lad21.csv.gz',
      'lsoa21_ward24_lad24.csv.gz',
      'lad24_csp24_pfa24.csv',
    ])
      await add(join(shared, 'lookups', name));
    await add(join(shared, 'population/census2021_age_group_lsoa21.csv.gz'));
    const book = await test.records.read(system, ({ work }) => openAreaBook(work<'evidence'>(), releases));
    const own = ownAreasOfForces(book);
    expect(own.size).toBe(43);
    expect([...own.values()].reduce((sum, each) => sum + each.size, 0)).toBe(36_778);
    expect(new Set([...own.values()].flatMap((each) => [...each])).size).toBe(36_778);
    for (const [force, area] of forceAreas) {
      const name = book.find(area)?.name ?? '';
      const word = name.split(/[ ,&-]/)[0] ?? '';
      expect({ force, name, alike: force.includes(word) }).toMatchObject({ alike: true });
    }
    // Six complex changes: nobody of England and Wales is lost, in either census.
    expect(book.population('K04000001', { year: 2021 })?.persons).toBe(59_597_114);
    expect([...book.changes.values()].filter(({ kind }) => kind === 'complex')).toHaveLength(6);
    expect(
      [...book.smallAreas].filter((code) => book.areaOf(code, 'community-safety-partnership') === undefined),
    ).toEqual([]);
  });
});
