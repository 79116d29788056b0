import type { ReadWork } from '../platform/database/work.ts';
import type { Releases } from '../platform/releases/ask.ts';
import type { AreaBook } from './area-book.ts';
import { bookOf, type LookupColumns } from './area-index.ts';
import type { GroupTable, HouseholdTable, PeopleTable } from './population-book.ts';
import { listReferences, type Reference } from './reference.store.ts';

/** Books that were made, by the folder and the releases that they are made of: they never change. */
const books = new Map<string, Promise<AreaBook>>();
const mostBooks = 4;

/**
 * All areas that the reference releases of the installation know; made once for each set of releases.
 * @param only ids of the releases that an old figure was made with
 */
export async function openAreaBook(
  work: ReadWork<'evidence'>,
  releases: Releases,
  only?: readonly string[],
): Promise<AreaBook> {
  const references = (await listReferences(work)).filter(
    ({ layout, id }) => layouts.has(layout) && only?.includes(id) !== false,
  );
  return bookOfReferences(references, releases);
}

const layouts: ReadonlySet<string> = new Set([
  'area-lookup',
  'area-change',
  'area-names',
  'population',
  'households',
  'ethnic-groups',
]);

function bookOfReferences(references: readonly Reference[], releases: Releases): Promise<AreaBook> {
  const key = [releases.folder.root, ...references.map(({ id }) => id).sort()].join(' ');
  const known = books.get(key);
  if (known !== undefined) return known;
  const made = makeBook(references, releases);
  books.set(key, made);
  made.catch(() => books.delete(key));
  for (const old of [...books.keys()].slice(0, -mostBooks)) books.delete(old);
  return made;
}

async function makeBook(references: readonly Reference[], releases: Releases): Promise<AreaBook> {
  const read = async (reference: Reference) => {
    const named = (type: 'text' | 'number') =>
      reference.columns.filter((column) => column.type === type).map(({ name }) => name);
    return {
      reference,
      ...(await releases.columns(reference.stored, { texts: named('text'), numbers: named('number') })),
    };
  };
  const ofLayout = async (...wanted: readonly string[]) =>
    Promise.all(references.filter(({ layout }) => wanted.includes(layout)).map(read));
  const [lookups, names, population, households, ethnicGroups] = await Promise.all([
    ofLayout('area-lookup', 'area-change'),
    ofLayout('area-names'),
    ofLayout('population'),
    ofLayout('households'),
    ofLayout('ethnic-groups'),
  ]);
  const about = ({ reference, texts }: Awaited<ReturnType<typeof read>>) => ({
    reference: reference.id,
    vintage: reference.vintage,
    level: reference.columns[0]?.name ?? '',
    areas: texts.get(reference.columns[0]?.name ?? '') ?? [],
  });
  return bookOf({
    references: references.map(({ id }) => id),
    lookups: lookups
      .sort((a, b) => compare(a.reference.vintage, b.reference.vintage) || compare(a.reference.id, b.reference.id))
      .map(({ texts }): LookupColumns => texts),
    names: names.map(({ texts }) => texts),
    population: population.map((each): PeopleTable => {
      const { total = new Float64Array(), ...bands } = Object.fromEntries(each.numbers);
      return { ...about(each), sexes: each.texts.get('sex') ?? [], total, bands: new Map(Object.entries(bands)) };
    }),
    households: households.map((each): HouseholdTable => ({
      ...about(each),
      households: each.numbers.get('households') ?? new Float64Array(),
    })),
    ethnicGroups: ethnicGroups.map((each): GroupTable => ({ ...about(each), persons: each.numbers })),
  });
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
