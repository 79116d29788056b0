import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { ReadWork } from '../platform/database/work.ts';
import type { Releases } from '../platform/releases/ask.ts';
import { openAreaBook } from './area-book.store.ts';
import { ownAreasOfForces } from './force-area.ts';
import type { LoadContext } from './load.store.ts';
import { openLocator, type Locator } from './locate.ts';
import { readGeoJson } from './reference-boundaries.ts';
import { listReferences, type Reference } from './reference.store.ts';
import type { SourceFormat } from './source.ts';

/** What is known of areas when files of a format are loaded; undefined where no areas are loaded, and then no code is doubted. */
export async function placesFor(
  work: ReadWork<'evidence'>,
  releases: Releases,
  { rules }: SourceFormat,
): Promise<LoadContext['places']> {
  const book = await openAreaBook(work, releases);
  if (book.smallAreas.size === 0) return undefined;
  const boundaries = rules.standard.points === undefined ? undefined : await newestBoundaries(work);
  const locator = boundaries === undefined ? undefined : await locatorOf(releases, boundaries);
  return {
    areas: book.codes(),
    within: ownAreasOfForces(book),
    references: [...book.references, ...(boundaries === undefined ? [] : [boundaries.id])].sort(),
    ...(locator === undefined
      ? {}
      : {
          locate: (x, y, grid) => (grid === 'wgs84' ? locator.at(x, y) : locator.onGrid(x, y)),
        }),
  };
}

/** Of LSOAs, of the newest census, and of the largest part of the country. */
async function newestBoundaries(work: ReadWork<'evidence'>): Promise<Reference | undefined> {
  const all = (await listReferences(work)).filter(
    ({ layout, columns }) => layout === 'boundaries' && columns[0]?.name === 'lsoa',
  );
  return all.sort((a, b) => b.vintage.localeCompare(a.vintage) || b.rows - a.rows)[0];
}

const locators = new Map<string, Promise<Locator>>();

/** Sorting 35,000 outlines takes a second, so it is done once a process. */
function locatorOf({ folder }: Releases, { stored }: Reference): Promise<Locator> {
  const path = join(folder.reference, `${stored}.geojson.gz`);
  const known = locators.get(path);
  if (known !== undefined) return known;
  const made = (async () => {
    const read = readGeoJson(gunzipSync(await readFile(path)).toString('utf8'));
    if (!read.done || !('boundaries' in read.value)) throw new Error(`${path} is no set of boundaries any more.`);
    return openLocator(read.value.boundaries);
  })();
  locators.set(path, made);
  made.catch(() => locators.delete(path));
  return made;
}
