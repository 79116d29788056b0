import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import type { AreaKind } from '../duty/index.ts';
import type { ReadWork } from '../platform/database/work.ts';
import type { ReleaseFolder } from '../platform/releases/releases.ts';
import type { AreaBook } from './area-book.ts';
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
  const { only } = asked;
  // All of them: the largest first, because cuts for one area repeat what it has. Of some, the smallest that can have them
  // first, because a country takes seconds to read.
  const bySize = (a: Reference, b: Reference) => a.rows - b.rows || compare(a.id, b.id);
  const all = (await boundariesOf(work, asked.level)).toSorted(only === undefined ? (a, b) => bySize(b, a) : bySize);
  for (const reference of only === undefined
    ? all
    : [...all.filter(({ rows }) => rows >= only.size), ...all.filter(({ rows }) => rows < only.size).reverse()]) {
    const own = await boundariesIn(folder, reference);
    const fresh = own.filter(({ code }) => !found.has(code) && only?.has(code) !== false);
    for (const each of fresh) found.set(each.code, each);
    if (fresh.length > 0) references.push(reference.id);
    if (only !== undefined && found.size === only.size) break;
  }
  return { boundaries: [...found.values()].sort((a, b) => compare(a.code, b.code)), references: references.sort() };
}

/** Outlines that were looked up, by folder, level and codes: reference releases never change, and new ones add outlines. */
const outlines = new Map<string, ReturnType<typeof readBoundaries>>();
const mostOutlines = 6;

/** Outlines of small areas, of the newest vintage that has them all; those that are not loaded are left out. */
export async function outlinesOf(
  work: ReadWork<'evidence'>,
  folder: ReleaseFolder,
  codes: readonly string[],
  book: Pick<AreaBook, 'find'>,
): ReturnType<typeof readBoundaries> {
  const level = await loadedLevel(work, levelsOf(codes, book));
  if (level === undefined) return { boundaries: [], references: [] };
  const key = [folder.root, level.name, ...level.references, ...[...codes].sort()].join(' ');
  const known = outlines.get(key);
  if (known !== undefined) return known;
  const made = readBoundaries(work, folder, { level: level.name, only: new Set(codes) });
  outlines.set(key, made);
  made.catch(() => outlines.delete(key));
  for (const old of [...outlines.keys()].slice(0, -mostOutlines)) outlines.delete(old);
  return made;
}

const levels: Partial<Readonly<Record<AreaKind, string>>> = { lsoa: 'lsoa', msoa: 'msoa', ward: 'ward' };

/** `lsoa21`, `lsoa11`: the levels of boundaries in which all of the codes are, the newest first. */
function levelsOf(codes: readonly string[], book: Pick<AreaBook, 'find'>): readonly string[] {
  const found = codes.map((code) => book.find(code));
  const [first] = found;
  const name = first === undefined ? undefined : levels[first.kind];
  if (first === undefined || name === undefined) return [];
  return first.vintages
    .filter((year) => found.every((area) => area?.vintages.includes(year) === true))
    .map((year) => `${name}${String(year).slice(2)}`)
    .reverse();
}

async function loadedLevel(
  work: ReadWork<'evidence'>,
  wanted: readonly string[],
): Promise<{ readonly name: string; readonly references: readonly string[] } | undefined> {
  for (const name of wanted) {
    const references = (await boundariesOf(work, name)).map(({ id }) => id).sort();
    if (references.length > 0) return { name, references };
  }
  return undefined;
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
