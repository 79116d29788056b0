import { describe, expect, it } from 'vitest';
import { bookOf } from './area-index.ts';
import type { BookSources } from './area-index.ts';
import { changesOf, convertTo2021 } from './conversion.ts';
import { forceAreas, ownAreasOfForces } from './force-area.ts';

const columns = (header: string, ...rows: readonly string[]) => {
  const cells = rows.map((row) => row.split('|'));
  return new Map(header.split('|').map((name, place) => [name, cells.map((each) => each[place] ?? '')]));
};

const change = columns(
  'lsoa11|lsoa11_name|lsoa21|lsoa21_name|change|lad22|lad22_name',
  'E01000001|Allerdale 001A|E01000001|Allerdale 001A|U|E07000026|Allerdale',
  'E01000002|Copeland 001A|E01033001|Cumberland 001A|S|E07000029|Copeland',
  'E01000002|Copeland 001A|E01033002|Cumberland 001B|S|E07000029|Copeland',
  'E01000003|Carlisle 001A|E01033003|Carlisle 001C|M|E07000028|Carlisle',
  'E01000004|Carlisle 001B|E01033003|Carlisle 001C|M|E07000028|Carlisle',
);
const lookups = [
  columns(
    'lsoa11|lad21|lad21_name',
    'E01000001|E07000026|Allerdale',
    'E01000002|E07000029|Copeland',
    'E01000003|E07000028|Carlisle',
    'E01000004|E07000028|Carlisle',
  ),
  change,
  columns(
    'lsoa21|lsoa21_name|ward24|ward24_name|lad24|lad24_name',
    'E01000001|Allerdale 001A|E05000001|North|E06000063|Cumberland',
    'E01033001|Cumberland 001A|E05000002|South|E06000063|Cumberland',
    'E01033002|Cumberland 001B|E05000003|West|E06000063|Cumberland',
    'E01033003|Carlisle 001C|E05000003|West|E06000063|Cumberland',
  ),
  columns(
    'lad24|csp24|csp24_name|pfa24|pfa24_name',
    'E06000063|E22000031|Allerdale|E23000002|Cumbria',
    'E06000063|E22000034|Copeland|E23000002|Cumbria',
    'E06000063|E22000033|Carlisle|E23000002|Cumbria',
  ),
];
const people = (
  reference: string,
  vintage: string,
  level: string,
  rows: readonly (readonly [string, number, number])[],
) => ({
  reference,
  vintage,
  level,
  areas: rows.map(([code]) => code),
  sexes: rows.map(() => 'persons'),
  total: Float64Array.from(rows, ([, young, old]) => young + old),
  bands: new Map([
    ['0-15', Float64Array.from(rows, ([, young]) => young)],
    ['16+', Float64Array.from(rows, ([, , old]) => old)],
  ]),
});
const sources: BookSources = {
  references: ['sha256:b', 'sha256:a'],
  lookups,
  names: [],
  population: [
    people('mid', 'mid-2020', 'lsoa11', [
      ['E01000001', 1, 9],
      ['E01000002', 2, 18],
      ['E01000003', 3, 27],
      ['E01000004', 4, 36],
    ]),
    people('census', 'Census 2021', 'lsoa21', [
      ['E01000001', 2, 10],
      ['E01033001', 5, 10],
      ['E01033002', 1, 4],
      ['E01033003', 9, 60],
    ]),
  ],
  households: [],
  ethnicGroups: [],
};
const book = bookOf(sources);

describe('the book of areas', () => {
  it('knows LSOAs of both censuses, under one roof', () => {
    expect(book.references).toEqual(['sha256:a', 'sha256:b']);
    expect([...book.smallAreasIn('E06000063')].sort()).toEqual([
      'E01000001',
      'E01000002',
      'E01000003',
      'E01000004',
      'E01033001',
      'E01033002',
      'E01033003',
    ]);
    expect(book.find('E01000001')).toEqual({
      code: 'E01000001',
      name: 'Allerdale 001A',
      kind: 'lsoa',
      vintages: [2011, 2021],
    });
    expect(book.find('E06000063')).toEqual({
      code: 'E06000063',
      name: 'Cumberland',
      kind: 'unitary-authority',
      vintages: [2024],
    });
    expect(book.find('E06000999')).toBeUndefined();
    expect([...book.smallAreasIn('E06000999')]).toEqual([]);
  });
  it('keeps a district that is no more, with its LSOAs of both censuses', () => {
    expect([...book.smallAreasIn('E07000029')].sort()).toEqual(['E01000002', 'E01033001', 'E01033002']);
    expect(book.above('E07000029').map(({ name }) => name)).toContain('Cumbria');
  });
  it('split LSOAs lie where most of their people live', () => {
    expect(book.areaOf('E01000002', 'ward')).toBe('E05000002');
    expect(book.areaOf('E01000003', 'ward')).toBe('E05000003');
  });
  it('finds the community safety partnership of a district that was merged, by the name it had', () => {
    expect(book.areaOf('E01000001', 'community-safety-partnership')).toBe('E22000031');
    expect(book.areaOf('E01033002', 'community-safety-partnership')).toBe('E22000034');
    expect(book.areaOf('E01000001', 'police-force-area')).toBe('E23000002');
    expect(book.areaOf('E01000001', 'country')).toBe('E92000001');
  });
  it('walks down and up, and finds by name and code', () => {
    expect(book.areasIn('E06000063', 'ward').map(({ name }) => name)).toEqual(['North', 'South', 'West']);
    expect(book.above('E01000001').map(({ name }) => name)).toEqual([
      'North',
      'Cumberland',
      'Allerdale',
      'Cumbria',
      'England',
      'England and Wales',
    ]);
    expect(book.search('cumber')[0]?.code).toBe('E06000063');
    expect(book.search('e23000002')[0]?.name).toBe('Cumbria');
    expect(book.search(' ')).toEqual([]);
  });
  it('population vintage: the parts and the whole of one year, never of two', () => {
    expect(book.population('E06000063', {})).toEqual({
      persons: 101,
      year: 2021,
      source: 'Census 2021, usual residents (ONS)',
      reference: 'census',
    });
    expect(book.population('E06000063', { year: 2020 })?.persons).toBe(100);
    expect(book.populationYear(['E06000063', 'E01000001'])).toBe(2021);
    // Split in 2021: the estimate of 2020 has no such area, so the two have one year in common only where they share codes.
    expect(book.populationYear(['E01000002', 'E01033001'])).toBeUndefined();
    expect(book.population('E01033001', { year: 2020 })).toBeUndefined();
  });
  it('split LSOAs and complex changes keep every person: LSOAs of each census add up to all of them', () => {
    const sum = (census: 2011 | 2021, year: number) =>
      [...book.smallAreasIn('E06000063')]
        .filter((code) => book.isOfCensus(code, census))
        .reduce((total, code) => total + (book.population(code, { year })?.persons ?? Number.NaN), 0);
    expect(sum(2011, 2020)).toBe(100);
    expect(sum(2021, 2021)).toBe(101);
  });
  it('ages: whole bands only', () => {
    expect(book.population('E06000063', { ages: { from: 0, to: 15 } })?.persons).toBe(17);
    expect(book.population('E06000063', { ages: { from: 10, to: 17 } })).toBeUndefined();
    expect(book.population('E06000063', { sex: 'female' })).toBeUndefined();
    expect(book.ageBands('E06000063', 2021)).toEqual([
      { from: 0, to: 15 },
      { from: 16, to: null },
    ]);
  });
  it('gives no sum where a part is missing', () => {
    const [mid] = sources.population;
    const thin = bookOf({
      ...sources,
      population: mid === undefined ? [] : [{ ...mid, areas: ['E01000001', 'E01000002', 'E01000003', 'x'] }],
    });
    expect(thin.population('E06000063', {})).toBeUndefined();
    expect(thin.population('E07000026', {})?.persons).toBe(10);
  });
  it('says what became of an LSOA', () => {
    expect(book.changes.get('E01000002')).toEqual({ kind: 'split', successors: ['E01033001', 'E01033002'] });
  });
});

describe('split LSOAs', () => {
  it('are weighed with the people of the year that is also the denominator', () => {
    const { counts, sharing } = convertTo2021(new Map([['E01000002', 4]]), changesOf(book, 2021));
    expect(Object.fromEntries(counts)).toEqual({ E01033001: 3, E01033002: 1 });
    expect(sharing).toEqual({ population: 1, equally: 0 });
    // 2020 has none of the new areas: then no other year is taken, and the sharing says so.
    expect(convertTo2021(new Map([['E01000002', 4]]), changesOf(book, 2020)).sharing).toEqual({
      population: 0,
      equally: 1,
    });
  });
});

describe('own areas of forces', () => {
  it('are those of the 43 territorial forces, by the names of data.police.uk', () => {
    expect(forceAreas.size).toBe(43);
    expect(new Set(forceAreas.values()).size).toBe(43);
    expect(ownAreasOfForces(book).get('Cumbria Constabulary')).toEqual(book.smallAreasIn('E23000002'));
    expect(ownAreasOfForces(book).has('Lancashire Constabulary')).toBe(false);
    expect(forceAreas.has('British Transport Police')).toBe(false);
  });
});
