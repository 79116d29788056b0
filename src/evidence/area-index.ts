import { findAreaKind, type AreaKind } from '../duty/index.ts';
import { areaLevels, type AreaLevel } from './area-column.ts';
import type { AreaBook, AreaChange, BookArea } from './area-book.ts';
import { populationBook, type PeopleTables } from './population-book.ts';

/** Text columns of one lookup, by name as `columnName` makes it; all of one length. */
export type LookupColumns = ReadonlyMap<string, readonly string[]>;

export interface BookSources extends PeopleTables {
  /** Ids of all reference releases that the book is made of. */
  readonly references: readonly string[];
  /** Lookups and the change table, newest vintage last. */
  readonly lookups: readonly LookupColumns[];
  /** Tables of names of areas: `level`, `code`, `name` and what lies above. */
  readonly names: readonly LookupColumns[];
}

const censusOf = { lsoa11: 1, lsoa21: 2 } as const;

/** Where each small area lies, for one level and year: the index of an area, or −1. */
interface Layer {
  readonly level: AreaLevel;
  /** 0 where the header of the column has no year. */
  readonly vintage: number;
  /** The census whose LSOAs it was made for; 0 for both. */
  readonly census: 0 | 1 | 2;
  readonly areaOf: Int32Array;
}

const levelOfKind: Readonly<Partial<Record<AreaKind, AreaLevel>>> = {
  msoa: 'msoa',
  ward: 'ward',
  'unitary-authority': 'lad',
  'non-metropolitan-district': 'lad',
  'metropolitan-district': 'lad',
  'london-borough': 'lad',
  county: 'utla',
  'combined-authority': 'cauth',
  'community-safety-partnership': 'csp',
  'police-force-area': 'pfa',
  'fire-and-rescue-authority': 'fra',
  'sub-icb-location': 'sicbl',
  'integrated-care-board': 'icb',
  region: 'region',
};

/** Countries are in the first letter of each code, so no lookup is needed for them. */
const countries = [
  { code: 'E92000001', name: 'England', kind: 'country', prefix: /^E/ },
  { code: 'W92000004', name: 'Wales', kind: 'country', prefix: /^W/ },
  { code: 'K04000001', name: 'England and Wales', kind: 'england-and-wales', prefix: /^[EW]/ },
] as const;

/** Levels from small to large, as `above` walks them. */
const upwards: readonly AreaLevel[] = areaLevels.filter(
  (level) => level !== 'oa' && level !== 'lsoa' && level !== 'country',
);

/**
 * Makes the book of areas: pure, from columns as they are stored. An LSOA that a lookup does not have, because it is made
 * for the other census, lies where most people of its successors or predecessors lie.
 */
export function bookOf(sources: BookSources): AreaBook {
  const small = smallAreasOf(sources.lookups);
  const registry = new Registry(sources);
  const pairs = pairsIn(sources.lookups);
  for (const [before, after] of pairs) small.inherit(before, after);
  let changes: ReadonlyMap<string, AreaChange> | undefined;
  const people = populationBook(sources);
  const layers = layersOf(sources, { small, registry, pairs, weight: people.weight });
  const byCode = layersByArea(layers);
  const insideOf = new Map<string, ReadonlySet<string>>();

  const memberPlaces = (code: string): readonly number[] => {
    const country = countries.find((each) => each.code === code);
    if (country !== undefined)
      return [...small.codes.keys()].filter((place) => country.prefix.test(small.codes[place] ?? ''));
    const area = registry.placeOf(code);
    // The newest boundaries of an area are the ones that are meant by its code.
    const layer = area === undefined ? undefined : byCode.get(area)?.at(-1);
    if (area === undefined || layer === undefined) return [];
    const places: number[] = [];
    for (const [place, found] of layer.areaOf.entries()) if (found === area) places.push(place);
    return places;
  };
  const smallAreasIn = (code: string): ReadonlySet<string> => {
    const known = insideOf.get(code);
    if (known !== undefined) return known;
    const found: ReadonlySet<string> = small.placeOf.has(code)
      ? new Set([code])
      : new Set(memberPlaces(code).map((place) => small.codes[place] ?? ''));
    if (found.size > 0) insideOf.set(code, found);
    return found;
  };
  const newest = (level: AreaLevel): Layer | undefined => layers.filter((layer) => layer.level === level).at(-1);
  const find = (code: string): BookArea | undefined => {
    const country = countries.find((each) => each.code === code);
    if (country !== undefined && small.codes.length > 0)
      return { code, name: country.name, kind: country.kind, vintages: [] };
    const place = small.placeOf.get(code);
    if (place !== undefined)
      return {
        code,
        name: small.names[place] ?? code,
        kind: 'lsoa',
        vintages: ([1, 2] as const).flatMap((bit) => ((small.census[place] ?? 0) & bit ? [2001 + bit * 10] : [])),
      };
    return registry.find(code);
  };
  const areaOf = (smallArea: string, kind: AreaKind): string | undefined => {
    const place = small.placeOf.get(smallArea);
    if (place === undefined) return undefined;
    if (kind === 'lsoa') return smallArea;
    const country = countries.find((each) => each.kind === kind && each.prefix.test(smallArea));
    if (country !== undefined) return country.code;
    const level = levelOfKind[kind];
    const area = level === undefined ? -1 : (newest(level)?.areaOf[place] ?? -1);
    const code = area < 0 ? undefined : registry.codes[area];
    return code !== undefined && findAreaKind(code) === kind ? code : undefined;
  };
  /** The areas of a level that the places lie in, and how many of the places in each. */
  const tally = (layer: Layer, places: Iterable<number>): ReadonlyMap<number, number> => {
    const counts = new Map<number, number>();
    for (const place of places) {
      const area = layer.areaOf[place] ?? -1;
      if (area >= 0) counts.set(area, (counts.get(area) ?? 0) + 1);
    }
    return counts;
  };
  const placesIn = (code: string): readonly number[] =>
    [...smallAreasIn(code)].flatMap((each) => small.placeOf.get(each) ?? []);
  const byName = (a: BookArea, b: BookArea): number =>
    a.name < b.name ? -1 : a.name > b.name ? 1 : a.code < b.code ? -1 : 1;
  const sizes = new Map<Layer, ReadonlyMap<number, number>>();

  return {
    references: [...sources.references].sort(),
    find,
    search: searchIn(registry, small),
    smallAreasIn,
    areaOf,
    areasIn(code, kind) {
      const places = placesIn(code);
      if (kind === 'lsoa') return places.flatMap((place) => find(small.codes[place] ?? '') ?? []).sort(byName);
      const level = levelOfKind[kind];
      const layer = level === undefined ? undefined : newest(level);
      if (layer === undefined)
        return countries
          .filter((each) => each.kind === kind && each.code !== code && places.length === small.codes.length)
          .flatMap((each) => find(each.code) ?? []);
      const size = sizes.get(layer) ?? tally(layer, small.codes.keys());
      sizes.set(layer, size);
      return [...tally(layer, places)]
        .filter(([area, inside]) => inside * 2 > (size.get(area) ?? 0))
        .flatMap(([area]) => registry.find(registry.codes[area] ?? '') ?? [])
        .filter((area) => area.kind === kind)
        .sort(byName);
    },
    above(code) {
      const places = placesIn(code);
      if (places.length === 0) return [];
      const own = registry.placeOf(code);
      const level = own === undefined ? undefined : byCode.get(own)?.at(-1)?.level;
      const found = upwards.slice(level === undefined ? 0 : upwards.indexOf(level) + 1).flatMap((each) => {
        const layer = newest(each);
        const [only, ...more] = layer === undefined ? [] : [...tally(layer, places)];
        return only === undefined || more.length > 0 || only[1] < places.length || only[0] === own
          ? []
          : (registry.find(registry.codes[only[0]] ?? '') ?? []);
      });
      const inCountry = countries.filter(
        (each) => each.code !== code && code !== 'K04000001' && each.prefix.test(small.codes[places[0] ?? 0] ?? ''),
      );
      return [...found, ...inCountry.flatMap((each) => find(each.code) ?? [])];
    },
    smallAreas: new Set(small.codes),
    codes: () => [...small.codes, ...registry.codes, ...countries.map(({ code }) => code)],
    isOfCensus: (code, census) =>
      ((small.census[small.placeOf.get(code) ?? -1] ?? 0) & (census === 2011 ? 1 : 2)) !== 0,
    get changes() {
      return (changes ??= changesIn(sources.lookups));
    },
    ...people.answers({
      partsOf: (code, census) =>
        [...smallAreasIn(code)].filter(
          (each) => ((small.census[small.placeOf.get(each) ?? -1] ?? 0) & (census === 2011 ? 1 : 2)) !== 0,
        ),
    }),
  };
}

interface SmallAreas {
  readonly codes: readonly string[];
  readonly names: readonly string[];
  readonly placeOf: ReadonlyMap<string, number>;
  /** Bit 1: an LSOA of 2011; bit 2: one of 2021. */
  readonly census: Uint8Array;
  /** What 2011 called it, or what it came from: the district of that time stands in the name. */
  readonly oldNames: readonly string[];
  readonly inherit: (before: string, after: string) => void;
}

function smallAreasOf(lookups: readonly LookupColumns[]): SmallAreas {
  const placeOf = new Map<string, number>();
  const codes: string[] = [];
  const names: string[] = [];
  const oldNames: string[] = [];
  const census: number[] = [];
  for (const lookup of lookups)
    for (const [column, bit] of Object.entries(censusOf)) {
      const own = lookup.get(column);
      const called = lookup.get(`${column}_name`);
      for (const [row, code] of (own ?? []).entries()) {
        if (code === '') continue;
        let place = placeOf.get(code);
        if (place === undefined) {
          place = codes.length;
          placeOf.set(code, place);
          codes.push(code);
          names.push('');
          oldNames.push('');
          census.push(0);
        }
        census[place] = (census[place] ?? 0) | bit;
        const name = called?.[row] ?? '';
        if (name !== '' && (bit === 2 || names[place] === '')) names[place] = name;
        if (name !== '' && bit === 1) oldNames[place] = name;
      }
    }
  return {
    codes,
    names,
    oldNames,
    placeOf,
    census: Uint8Array.from(census),
    inherit(before, after) {
      const [from, to] = [placeOf.get(before), placeOf.get(after)];
      if (from !== undefined && to !== undefined && oldNames[to] === '') oldNames[to] = oldNames[from] ?? '';
    },
  };
}

/** All areas above LSOAs, with the years that have them. */
class Registry {
  readonly codes: string[] = [];
  private readonly names: string[] = [];
  private readonly years: number[][] = [];
  private readonly places = new Map<string, number>();

  constructor({ lookups, names }: BookSources) {
    for (const table of names) {
      const called = table.get('name');
      for (const [row, code] of (table.get('code') ?? []).entries()) this.add(code, called?.[row] ?? '', 0);
      for (const above of ['utla', 'cauth', 'region']) {
        const titles = table.get(`${above}_name`);
        for (const [row, code] of (table.get(above) ?? []).entries()) this.add(code, titles?.[row] ?? '', 0);
      }
    }
    for (const lookup of lookups)
      for (const [column, codes] of lookup) {
        const { level, vintage, isName } = columnOf(column);
        if (isName || level === undefined || level === 'lsoa' || level === 'oa') continue;
        const called = lookup.get(`${column}_name`);
        const seen = new Set<string>();
        for (const [row, code] of codes.entries())
          if (!seen.has(code)) {
            seen.add(code);
            this.add(code, called?.[row] ?? '', vintage);
          }
      }
  }

  private add(code: string, name: string, vintage: number): void {
    if (code === '') return;
    let place = this.places.get(code);
    if (place === undefined) {
      place = this.codes.length;
      this.places.set(code, place);
      this.codes.push(code);
      this.names.push('');
      this.years.push([]);
    }
    if (name !== '' && (vintage > 0 || this.names[place] === '')) this.names[place] = name;
    const years = this.years[place];
    if (vintage > 0 && years?.at(-1) !== vintage && years?.includes(vintage) === false) years.push(vintage);
  }

  placeOf(code: string): number | undefined {
    return this.places.get(code);
  }

  find(code: string): BookArea | undefined {
    const place = this.places.get(code);
    const kind = findAreaKind(code);
    if (place === undefined || kind === undefined) return undefined;
    return {
      code,
      name: this.names[place] === '' ? code : (this.names[place] ?? code),
      kind,
      vintages: [...(this.years[place] ?? [])].sort((a, b) => a - b),
    };
  }
}

/** `lad24_name` → authorities of 2024, a name. */
function columnOf(column: string): {
  readonly level: AreaLevel | undefined;
  readonly vintage: number;
  readonly isName: boolean;
} {
  const [, word, digits, name] = /^([a-z]+)(\d\d)?(_name)?$/.exec(column) ?? [];
  return {
    level: areaLevels.find((level) => level === word),
    vintage: digits === undefined ? 0 : 2000 + Number(digits),
    isName: name !== undefined,
  };
}

const changeKinds = { U: 'unchanged', S: 'split', M: 'merged', X: 'complex' } as const;

/** Columns of the change tables. */
const changeTables = (lookups: readonly LookupColumns[]) =>
  lookups.flatMap((lookup) => {
    const [before, after, marks] = [lookup.get('lsoa11'), lookup.get('lsoa21'), lookup.get('change')];
    return before === undefined || after === undefined || marks === undefined ? [] : [{ before, after, marks }];
  });

function changesIn(lookups: readonly LookupColumns[]): ReadonlyMap<string, AreaChange> {
  const changes = new Map<string, { readonly kind: AreaChange['kind']; readonly successors: string[] }>();
  for (const { before, after, marks } of changeTables(lookups))
    for (const [row, from] of before.entries()) {
      const to = after[row] ?? '';
      const known = changes.get(from);
      if (known === undefined)
        changes.set(from, { kind: changeKinds[marks[row] as keyof typeof changeKinds], successors: [to] });
      else if (!known.successors.includes(to)) known.successors.push(to);
    }
  for (const { successors } of changes.values()) if (successors.length > 1) successors.sort();
  return changes;
}

/** LSOA of 2011 and of 2021, where one became the other under another code. */
const pairsIn = (lookups: readonly LookupColumns[]): readonly (readonly [string, string])[] =>
  changeTables(lookups).flatMap(({ before, after }) =>
    before.flatMap((from, row): (readonly [string, string])[] =>
      from === after[row] ? [] : [[from, after[row] ?? '']],
    ),
  );

interface Parts {
  readonly small: SmallAreas;
  readonly registry: Registry;
  readonly pairs: readonly (readonly [string, string])[];
  /** How many people live in an LSOA, of whichever year; 1 where nothing is known. */
  readonly weight: (code: string) => number;
}

/** All layers, by level and then from old to new. */
function layersOf({ lookups, names }: BookSources, parts: Parts): readonly Layer[] {
  const { small, registry } = parts;
  const layers = new Map<string, Layer>();
  const layerFor = (level: AreaLevel, vintage: number, census: Layer['census']): Layer => {
    const key = `${level} ${vintage}`;
    const layer = layers.get(key) ?? { level, vintage, census, areaOf: new Int32Array(small.codes.length).fill(-1) };
    layers.set(key, layer);
    return layer;
  };
  const links: Link[] = [];
  for (const lookup of lookups) {
    const base =
      lookup.get('lsoa21') !== undefined ? 'lsoa21' : lookup.get('lsoa11') !== undefined ? 'lsoa11' : undefined;
    const columns = [...lookup]
      .map(([name, codes]) => ({ name, codes, ...columnOf(name) }))
      .filter(({ level, isName }) => level !== undefined && !isName);
    if (base === undefined) {
      const [finest, ...above] = columns.sort(
        (a, b) => areaLevels.indexOf(a.level ?? 'oa') - areaLevels.indexOf(b.level ?? 'oa'),
      );
      for (const { level, vintage, codes } of above)
        if (finest?.level !== undefined && level !== undefined)
          links.push({
            from: finest.level,
            to: level,
            vintage,
            pairs: codes.map((code, row) => [finest.codes[row] ?? '', code]),
          });
      continue;
    }
    const own = lookup.get(base) ?? [];
    for (const { level, vintage, codes } of columns) {
      if (level === undefined || level === 'lsoa') continue;
      const { areaOf } = layerFor(level, vintage, base === 'lsoa21' ? 2 : 1);
      for (const [row, code] of codes.entries()) {
        const place = small.placeOf.get(own[row] ?? '');
        const area = registry.placeOf(code);
        if (place !== undefined && area !== undefined) areaOf[place] = area;
      }
    }
  }
  for (const layer of layers.values()) fillOtherCensus(layer, parts);
  for (const table of names) links.push(...linksOfNames(table));
  addMsoas(names, small, registry, layerFor);
  for (const link of links) addLinked(link, layers, parts, layerFor);
  return [...layers.values()].sort(
    (a, b) => areaLevels.indexOf(a.level) - areaLevels.indexOf(b.level) || a.vintage - b.vintage,
  );
}

interface Link {
  readonly from: AreaLevel;
  readonly to: AreaLevel;
  readonly vintage: number;
  readonly pairs: readonly (readonly [string, string])[];
}

/** County and combined authority of each authority in use. */
function linksOfNames(table: LookupColumns): readonly Link[] {
  const levels = table.get('level') ?? [];
  const [codes, active] = [table.get('code') ?? [], table.get('active_lad') ?? []];
  return (['utla', 'cauth'] as const).map((to) => ({
    from: 'lad',
    to,
    vintage: 0,
    pairs: (table.get(to) ?? []).flatMap((code, row): (readonly [string, string])[] =>
      levels[row] === 'lad' && code !== '' && codes[row] === active[row] ? [[codes[row] ?? '', code]] : [],
    ),
  }));
}

/** The ONS names an LSOA after its MSOA, with a letter behind it. */
function addMsoas(
  names: readonly LookupColumns[],
  small: SmallAreas,
  registry: Registry,
  layerFor: (level: AreaLevel, vintage: number, census: 0 | 1 | 2) => Layer,
): void {
  for (const table of names) {
    if (table.get('level')?.[0] !== 'msoa') continue;
    const byName = new Map<string, string>();
    for (const [row, code] of (table.get('code') ?? []).entries()) {
      const [old, current] = [table.get('code_of_2011')?.[row] ?? '', table.get('code_of_2021')?.[row] ?? ''];
      if (current !== '') byName.set(`2 ${table.get('name')?.[row] ?? ''}`, code);
      if (old !== '') byName.set(`1 ${table.get('name_of_2011')?.[row] ?? ''}`, code);
    }
    const { areaOf } = layerFor('msoa', 2021, 0);
    for (const place of small.codes.keys()) {
      const isNew = ((small.census[place] ?? 0) & 2) !== 0;
      const name = isNew ? small.names[place] : small.oldNames[place];
      const code = byName.get(`${isNew ? 2 : 1} ${(name ?? '').slice(0, -1)}`);
      areaOf[place] = (code === undefined ? undefined : registry.placeOf(code)) ?? -1;
    }
  }
}

/** LSOAs that are only of the other census: where most people of what they became, or came from, live. */
function fillOtherCensus({ census, areaOf }: Layer, { small, pairs, weight }: Parts): void {
  const votes = new Map<number, Map<number, number>>();
  for (const [before, after] of pairs) {
    const [from, to] = census === 2 ? [after, before] : [before, after];
    const [known, missing] = [small.placeOf.get(from), small.placeOf.get(to)];
    if (known === undefined || missing === undefined) continue;
    const area = areaOf[known] ?? -1;
    if (area < 0 || ((small.census[missing] ?? 0) & census) !== 0) continue;
    const counts = votes.get(missing) ?? new Map<number, number>();
    votes.set(missing, counts.set(area, (counts.get(area) ?? 0) + weight(from)));
  }
  for (const [place, counts] of votes) {
    const [best] = [...counts].sort(([a, votesA], [b, votesB]) => votesB - votesA || a - b);
    if (best !== undefined && areaOf[place] === -1) areaOf[place] = best[0];
  }
}

/** A level above another: through the authority of each small area, for instance. */
function addLinked(
  link: Link,
  layers: ReadonlyMap<string, Layer>,
  { small, registry }: Parts,
  layerFor: (level: AreaLevel, vintage: number, census: 0 | 1 | 2) => Layer,
): void {
  const above = new Map<number, number[]>();
  for (const [from, to] of link.pairs) {
    const [below, area] = [registry.placeOf(from), registry.placeOf(to)];
    if (below === undefined || area === undefined) continue;
    const list = above.get(below) ?? [];
    above.set(below, list);
    if (!list.includes(area)) list.push(area);
  }
  const bases = [...layers.values()].filter(({ level }) => level === link.from).sort((a, b) => b.vintage - a.vintage);
  const { areaOf } = layerFor(link.to, link.vintage, 0);
  const choose = chooserOf(above, registry, small, bases);
  for (const place of small.codes.keys()) {
    const base = bases.find((layer) => above.has(layer.areaOf[place] ?? -1));
    const below = base?.areaOf[place] ?? -1;
    const [first, ...more] = above.get(below) ?? [];
    if (first !== undefined) areaOf[place] = more.length === 0 ? first : choose(below, place);
  }
}

/**
 * Authorities that were merged may still have a community safety partnership for each of the old districts. Which of them
 * a small area lies in is in its name of 2011, which begins with the district of that time; a district without one of its
 * own lies in the one that is left over (Christchurch in that of Dorset).
 */
function chooserOf(
  above: ReadonlyMap<number, readonly number[]>,
  registry: Registry,
  small: SmallAreas,
  bases: readonly Layer[],
) {
  const districtOf = (place: number): string => (small.oldNames[place] ?? '').replace(/ \d{3}[A-Z]$/, '');
  const chosen = new Map<string, number>();
  for (const [below, candidates] of above) {
    if (candidates.length < 2) continue;
    const base = bases.find(({ areaOf }) => areaOf.includes(below));
    const districts = new Set(
      [...(base?.areaOf ?? [])].flatMap((area, place) =>
        area === below && districtOf(place) !== '' ? [districtOf(place)] : [],
      ),
    );
    const named = candidates.map((area) => ({ area, name: registry.find(registry.codes[area] ?? '')?.name ?? '' }));
    const left = new Set(candidates);
    for (const district of districts) {
      const own = named.find(({ name }) => name === district) ?? named.find(({ name }) => name.includes(district));
      if (own === undefined) continue;
      chosen.set(`${below} ${district}`, own.area);
      left.delete(own.area);
    }
    const [over, ...others] = left;
    for (const district of districts)
      if (over !== undefined && others.length === 0 && !chosen.has(`${below} ${district}`))
        chosen.set(`${below} ${district}`, over);
  }
  return (below: number, place: number): number => chosen.get(`${below} ${districtOf(place)}`) ?? -1;
}

function layersByArea(layers: readonly Layer[]): ReadonlyMap<number, readonly Layer[]> {
  const found = new Map<number, Layer[]>();
  for (const layer of layers)
    for (const area of new Set(layer.areaOf)) {
      if (area < 0) continue;
      const list = found.get(area) ?? [];
      found.set(area, list);
      list.push(layer);
    }
  return found;
}

/** Larger areas are looked for more often. */
const importance: readonly AreaKind[] = [
  'unitary-authority',
  'metropolitan-district',
  'non-metropolitan-district',
  'london-borough',
  'community-safety-partnership',
  'police-force-area',
  'county',
  'combined-authority',
  'fire-and-rescue-authority',
  'integrated-care-board',
  'region',
  'country',
  'sub-icb-location',
  'ward',
  'msoa',
  'lsoa',
];

function searchIn(registry: Registry, small: SmallAreas): AreaBook['search'] {
  let entries: readonly { readonly area: BookArea; readonly folded: string }[] | undefined;
  const all = () =>
    (entries ??= [
      ...countries.map(({ code, name, kind }) => ({ code, name, kind, vintages: [] })),
      ...registry.codes.flatMap((code) => registry.find(code) ?? []),
      ...small.codes.map((code, place) => ({
        code,
        name: small.names[place] === '' ? code : (small.names[place] ?? code),
        kind: 'lsoa' as const,
        vintages: ([1, 2] as const).flatMap((bit) => ((small.census[place] ?? 0) & bit ? [2001 + bit * 10] : [])),
      })),
    ].map((area) => ({ area, folded: foldedName(area.name) })));
  return (words) => {
    const wanted = foldedName(words);
    if (wanted === '') return [];
    const rank = ({ area, folded }: { readonly area: BookArea; readonly folded: string }): number => {
      if (area.code.toLowerCase() === wanted || folded === wanted) return 0;
      if (folded.startsWith(wanted)) return 1;
      if (folded.includes(` ${wanted}`)) return 2;
      return folded.includes(wanted) || area.code.toLowerCase().startsWith(wanted) ? 3 : 4;
    };
    return all()
      .map((entry) => ({ ...entry, rank: rank(entry) }))
      .filter((entry) => entry.rank < 4)
      .sort(
        (a, b) =>
          a.rank - b.rank ||
          importance.indexOf(a.area.kind) - importance.indexOf(b.area.kind) ||
          (b.area.vintages.at(-1) ?? 0) - (a.area.vintages.at(-1) ?? 0) ||
          (a.folded < b.folded ? -1 : a.folded > b.folded ? 1 : a.area.code < b.area.code ? -1 : 1),
      )
      .slice(0, 20)
      .map(({ area }) => area);
  };
}

const foldedName = (name: string): string =>
  name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, ' ')
    .trim();
