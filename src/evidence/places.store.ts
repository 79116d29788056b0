import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { ReadWork } from '../platform/database/work.ts';
import type { Releases } from '../platform/releases/ask.ts';
import { openAreaBook } from './area-book.store.ts';
import { ownAreasOfForces } from './force-area.ts';
import type { LoadContext } from './load.store.ts';
import { isNearLand, openLocator, type Locator } from './locate.ts';
import { boundariesFrom } from './reference-boundaries.ts';
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
  const hasPoints = rules.standard.points !== undefined;
  const boundaries = hasPoints ? await newestBoundaries(work, 'lsoa', 1) : undefined;
  const land = hasPoints ? await newestBoundaries(work, 'lad', fewestOfAllLand) : undefined;
  const locator = boundaries === undefined ? undefined : await locatorOf(releases, boundaries);
  const shores = land === undefined ? undefined : await locatorOf(releases, land);
  return {
    areas: book.codes(),
    within: ownAreasOfForces(book),
    references: [
      ...book.references,
      ...[boundaries, land].flatMap((each) => (each === undefined ? [] : [each.id])),
    ].sort(),
    ...(locator === undefined
      ? {}
      : {
          locate: (x, y, grid) => (grid === 'wgs84' ? locator.at(x, y) : locator.onGrid(x, y)),
        }),
    ...(shores === undefined
      ? {}
      : {
          isOnLand: (x, y, grid) =>
            isNearLand(shores, x, y, grid) || (locator !== undefined && isNearLand(locator, x, y, grid)),
        }),
  };
}

/** The United Kingdom has 361 local authorities: with fewer outlines, what lies in none of them may be land all the same. */
const fewestOfAllLand = 350;

/** Of the newest vintage, and of the largest part of the country. */
async function newestBoundaries(
  work: ReadWork<'evidence'>,
  level: 'lsoa' | 'lad',
  fewest: number,
): Promise<Reference | undefined> {
  const all = (await listReferences(work)).filter(
    ({ layout, columns, rows }) =>
      layout === 'boundaries' && rows >= fewest && new RegExp(`^${level}\\d*$`).test(columns[0]?.name ?? ''),
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
    return openLocator(boundariesFrom(gunzipSync(await readFile(path)).toString('utf8')));
  })();
  locators.set(path, made);
  made.catch(() => locators.delete(path));
  return made;
}
