import type { AreaBook, AreaChange } from './area-book.ts';

/** How the count of an LSOA of 2011 came to LSOAs of 2021. */
export type Route = AreaChange['kind'] | 'no-place' | 'unknown';

/** By what the count of a split area was shared. */
export type Sharing = 'population' | 'equally';

export interface Converted {
  /** By LSOA of 2021. Shares of a split area are fractions, unless whole numbers were asked for. */
  readonly counts: ReadonlyMap<string, number>;
  /** Counts without an LSOA, and those of codes that the change table does not have, as they came. */
  readonly elsewhere: ReadonlyMap<string, number>;
  /** How much went which way: their sum is the sum of what came in. */
  readonly byRoute: Readonly<Record<Route, number>>;
  /** Areas that were shared out, and by what. */
  readonly sharing: Readonly<Record<Sharing, number>>;
}

export interface ConversionOptions {
  /** Shares become whole numbers by the largest remainder, so that the parts of each area add up to its count. */
  readonly wholeNumbers?: boolean;
}

/** What conversion needs of the book of areas. */
export interface Changes extends Pick<AreaBook, 'changes'> {
  /** People in an LSOA of 2021; undefined where it is not known. One year for all of them. */
  readonly people: (smallArea: string) => number | undefined;
}

/** The changes of a book, with the people of its newest year that has LSOAs of 2021: weight and denominator of one frame. */
export function changesOf(book: AreaBook, year?: number): Changes {
  return {
    changes: book.changes,
    people: (code) => book.population(code, year === undefined ? {} : { year })?.persons,
  };
}

/**
 * Counts by LSOA of 2011 as counts by LSOA of 2021. Unchanged and merged areas go over whole. The count of a split or
 * otherwise changed area is shared among its successors, by how many people live in them, or equally where that is not
 * known of all of them: where in it something happened is not known. Nothing is lost: what went in comes out.
 * Source: ONS, LSOA (2011) to LSOA (2021) best fit lookup, change indicator.
 * @param counts by LSOA of 2011; the empty code is what has no place
 */
export function convertTo2021(
  counts: ReadonlyMap<string, number>,
  { changes, people }: Changes,
  { wholeNumbers = false }: ConversionOptions = {},
): Converted {
  const converted = new Map<string, number>();
  const elsewhere = new Map<string, number>();
  const byRoute = { unchanged: 0, split: 0, merged: 0, complex: 0, 'no-place': 0, unknown: 0 };
  const sharing = { population: 0, equally: 0 };
  const add = (to: Map<string, number>, code: string, count: number) => to.set(code, (to.get(code) ?? 0) + count);
  for (const [code, count] of [...counts].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const change = changes.get(code);
    const route: Route = code === '' ? 'no-place' : (change?.kind ?? 'unknown');
    byRoute[route] += count;
    const [only, ...more] = change?.successors ?? [];
    if (change === undefined || only === undefined) add(elsewhere, code, count);
    else if (more.length === 0) add(converted, only, count);
    else {
      const { shares, by } = sharesOf(change.successors, people);
      sharing[by] += 1;
      for (const [place, part] of partsOf(count, shares, wholeNumbers).entries())
        add(converted, change.successors[place] ?? '', part);
    }
  }
  return { counts: converted, elsewhere, byRoute, sharing };
}

function sharesOf(
  successors: readonly string[],
  people: Changes['people'],
): { readonly shares: readonly number[]; readonly by: Sharing } {
  const known = successors.map(people);
  const total = known.reduce<number>((sum, each) => sum + (each ?? Number.NaN), 0);
  return total > 0
    ? { shares: known.map((each) => (each ?? 0) / total), by: 'population' }
    : { shares: successors.map(() => 1 / successors.length), by: 'equally' };
}

/** The last part is what is left, so that rounding of fractions loses nothing. */
function partsOf(count: number, shares: readonly number[], wholeNumbers: boolean): readonly number[] {
  if (wholeNumbers) return largestRemainder(count, shares);
  const parts = shares.slice(0, -1).map((share) => count * share);
  return [...parts, count - parts.reduce((sum, part) => sum + part, 0)];
}

/** Hamilton's rule: everybody the whole part of their share, what is left to the largest remainders; ties to the first. */
function largestRemainder(count: number, shares: readonly number[]): readonly number[] {
  const exact = shares.map((share) => count * share);
  const parts = exact.map(Math.floor);
  const left = Math.round(count - parts.reduce((sum, part) => sum + part, 0));
  const order = exact
    .map((value, place) => ({ place, remainder: value - Math.floor(value) }))
    .sort((a, b) => b.remainder - a.remainder || a.place - b.place);
  for (const { place } of order.slice(0, left)) parts[place] = (parts[place] ?? 0) + 1;
  return parts;
}
