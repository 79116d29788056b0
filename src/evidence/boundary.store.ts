import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import type { ReadWork } from '../platform/database/work.ts';
import type { ReleaseFolder } from '../platform/releases/releases.ts';
import { openLocator, type Locator } from './locate.ts';
import { boundariesFrom, type Boundary } from './reference-boundaries.ts';
import { listReferences, type Reference } from './reference.store.ts';

export interface BoundariesAsked {
  /** `lsoa21`, `lsoa11`, `ward25`, `lad24`. */
  readonly level: string;
  /** Only these codes; all without it. */
  readonly only?: ReadonlySet<string>;
}

/** Boundaries of a level from all reference releases that have it, each code once, in the order of the codes. */
export async function readBoundaries(
  work: ReadWork<'evidence'>,
  folder: ReleaseFolder,
  asked: BoundariesAsked,
): Promise<{ readonly boundaries: readonly Boundary[]; readonly references: readonly string[] }> {
  const found = new Map<string, Boundary>();
  const references: string[] = [];
  // The largest first: cuts for one area repeat what it has.
  for (const reference of (await boundariesOf(work, asked.level)).toSorted(
    (a, b) => b.rows - a.rows || compare(a.id, b.id),
  )) {
    const own = await boundariesIn(folder, reference);
    const fresh = own.filter(({ code }) => !found.has(code) && asked.only?.has(code) !== false);
    for (const each of fresh) found.set(each.code, each);
    if (fresh.length > 0) references.push(reference.id);
    if (asked.only !== undefined && found.size === asked.only.size) break;
  }
  return { boundaries: [...found.values()].sort((a, b) => compare(a.code, b.code)), references: references.sort() };
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

async function boundariesOf(work: ReadWork<'evidence'>, level: string): Promise<readonly Reference[]> {
  const all = await listReferences(work);
  return all.filter(({ layout, columns }) => layout === 'boundaries' && columns[0]?.name === level);
}

async function boundariesIn(folder: ReleaseFolder, { stored }: Reference): Promise<readonly Boundary[]> {
  const packed = await readFile(join(folder.reference, `${stored}.geojson.gz`));
  const text = (await promisify(gunzip)(packed)).toString('utf8');
  return boundariesFrom(text);
}

/** Which area a point lies in, by all boundaries of the level that this installation has; undefined where it has none. */
export async function locatorOf(
  work: ReadWork<'evidence'>,
  folder: ReleaseFolder,
  asked: BoundariesAsked,
): Promise<{ readonly locator: Locator; readonly references: readonly string[] } | undefined> {
  const { boundaries, references } = await readBoundaries(work, folder, asked);
  return boundaries.length === 0 ? undefined : { locator: openLocator(boundaries), references };
}
