import { existsSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import {
  areaKindLabels,
  areaKinds,
  areaSchema,
  findAreaKind,
  isVintageOf,
  localGovernmentAreaKinds,
  nestsIn,
  parseAreaCode,
} from './area.ts';

describe('the kind of an area', () => {
  // Codes and names as published in lookups and boundaries of the Office for National Statistics.
  it.each([
    ['E06000009', 'Blackpool', 'unitary-authority'],
    ['E06000022', 'Bath and North East Somerset', 'unitary-authority'],
    ['E08000014', 'Sefton', 'metropolitan-district'],
    ['E07000136', 'Boston', 'non-metropolitan-district'],
    ['E09000001', 'City of London', 'london-borough'],
    ['E10000017', 'Lancashire', 'county'],
    ['E11000002', 'Merseyside', 'metropolitan-county'],
    ['E12000002', 'North West', 'region'],
    ['E92000001', 'England', 'country'],
    ['W92000004', 'Wales', 'country'],
    ['W06000015', 'Cardiff', 'unitary-authority'],
    ['E01012670', 'Blackpool 006A', 'lsoa'],
    ['E02002633', 'Blackpool 001', 'msoa'],
    ['E22000173', 'Boston', 'community-safety-partnership'],
    ['E23000001', 'Metropolitan Police', 'police-force-area'],
    ['W15000003', 'South Wales', 'police-force-area'],
    ['E31000041', 'Merseyside', 'fire-and-rescue-authority'],
    ['W25000001', 'North Wales', 'fire-and-rescue-authority'],
    ['E38000068', 'NHS Cheshire and Merseyside ICB - 01F', 'sub-icb-location'],
    ['E54000008', 'NHS Cheshire and Merseyside Integrated Care Board', 'integrated-care-board'],
    ['W11000023', 'Betsi Cadwaladr University Health Board', 'local-health-board'],
    ['E47000006', 'Tees Valley', 'combined-authority'],
    ['K04000001', 'England and Wales', 'england-and-wales'],
    ['K02000001', 'United Kingdom', 'united-kingdom'],
  ])('of %s (%s) is %s', (code, _name, kind) => {
    expect(findAreaKind(code)).toBe(kind);
  });

  it.each([
    'S12000033',
    'N09000001',
    'E99999999',
    'E0600009',
    'E060000099',
    'e06000009',
    'E06 000009',
    'X06000009',
    '',
    'E06000009\n',
  ])('of %j is not known', (code) => {
    expect(findAreaKind(code)).toBeUndefined();
  });

  it('has a label, each its own', () => {
    expect(new Set(areaKinds.map((kind) => areaKindLabels[kind])).size).toBe(areaKinds.length);
  });
});

describe('an area code that a person typed', () => {
  it('may be in lower case', () => {
    expect(parseAreaCode(' e06000009 ')).toEqual({ done: true, value: 'E06000009' });
  });

  it('is refused with an example', () => {
    expect(parseAreaCode('Blackpool')).toEqual({
      done: false,
      reason: 'not-valid',
      sentence: 'Enter an area code of nine characters, such as E06000009',
    });
  });
});

describe('the vintage of an area', () => {
  it.each([
    ['lsoa', 2011, true],
    ['lsoa', 2021, true],
    ['lsoa', 2022, false],
    ['msoa', 2001, true],
    ['ward', 2024, true],
    ['unitary-authority', 2023, true],
    ['unitary-authority', 1999, false],
    ['unitary-authority', 2023.5, false],
  ] as const)('of %s may be %d: %s', (kind, vintage, is) => {
    expect(isVintageOf(kind, vintage)).toBe(is);
  });

  it('belongs to every area', () => {
    const blackpool = { code: 'E06000009', vintage: 2021, name: 'Blackpool' };
    expect(areaSchema.parse(blackpool)).toEqual(blackpool);
    expect(
      areaSchema.safeParse({ code: 'E01012670', vintage: 2024, name: 'Blackpool 006A' }).error?.issues[0],
    ).toMatchObject({
      path: ['vintage'],
      message: 'Enter the year of the boundaries: 2001, 2011 or 2021 for census areas',
    });
    expect(areaSchema.safeParse({ ...blackpool, vintage: undefined }).success).toBe(false);
    expect(areaSchema.safeParse({ ...blackpool, name: ' ' }).success).toBe(false);
    expect(areaSchema.safeParse({ ...blackpool, code: 'E0600000' }).success).toBe(false);
  });
});

describe('areas within areas', () => {
  it.each([
    ['lsoa', 'msoa', true],
    ['lsoa', 'unitary-authority', true],
    ['output-area', 'region', true],
    ['lsoa', 'police-force-area', true],
    ['lsoa', 'integrated-care-board', true],
    ['ward', 'metropolitan-district', true],
    ['non-metropolitan-district', 'county', true],
    ['ward', 'county', true],
    ['metropolitan-district', 'metropolitan-county', true],
    ['london-borough', 'region', true],
    ['region', 'country', true],
    ['country', 'united-kingdom', true],
    ['community-safety-partnership', 'police-force-area', true],
    ['unitary-authority', 'county', false],
    ['county', 'non-metropolitan-district', false],
    ['lsoa', 'ward', false],
    ['community-safety-partnership', 'unitary-authority', false],
    ['unitary-authority', 'community-safety-partnership', false],
    ['region', 'region', false],
  ] as const)('%s in %s: %s', (inner, outer, nests) => {
    expect(nestsIn(inner, outer)).toBe(nests);
  });

  it('are ordered: none within itself, none within each other, and what is within the inner is within the outer', () => {
    for (const a of areaKinds) {
      expect(nestsIn(a, a)).toBe(false);
      for (const b of areaKinds.filter((kind) => nestsIn(a, kind))) {
        expect(nestsIn(b, a)).toBe(false);
        for (const c of areaKinds.filter((kind) => nestsIn(b, kind))) expect(nestsIn(a, c)).toBe(true);
      }
    }
  });

  it('count a district of a county as a local government area, and the county as none', () => {
    expect(localGovernmentAreaKinds).toContain('non-metropolitan-district');
    expect(localGovernmentAreaKinds).not.toContain('county');
  });
});

// The lookups of the Office for National Statistics, where a copy stands beside the project.
const lookups = '../shared/data/lookups';

function rowsOf(file: string): readonly Record<string, string>[] {
  const bytes = readFileSync(`${lookups}/${file}`);
  const [header = [], ...rows] = (file.endsWith('.gz') ? gunzipSync(bytes) : bytes)
    .toString('utf8')
    .split(/\r?\n/)
    .filter((line) => line !== '')
    .map((line) =>
      Array.from(line.matchAll(/(?:^|,)(?:"([^"]*)"|([^,]*))/g), ([, quoted, bare]) => quoted ?? bare ?? ''),
    );
  return rows.map((row) => Object.fromEntries(header.map((name, index) => [name, row[index] ?? ''])));
}

describe.skipIf(!existsSync(lookups))('the published lookups', { timeout: 60_000 }, () => {
  it.each([
    ['lsoa21_ward24_lad24.csv.gz', 30_000],
    ['lsoa21_icb24.csv.gz', 30_000],
    ['lad24_csp24_pfa24.csv', 300],
    ['lad24_region24.csv', 290],
    ['lad24_fire24.csv', 300],
  ])('%s has no code of England or Wales whose kind is unknown', (file, atLeast) => {
    const codes = new Set(rowsOf(file).flatMap((row) => Object.values(row).filter((text) => /^[EW]\d{8}$/.test(text))));
    expect(rowsOf(file).length).toBeGreaterThan(atLeast);
    expect([...codes].filter((code) => findAreaKind(code) === undefined)).toEqual([]);
  });

  it.each([
    ['lsoa21_ward24_lad24.csv.gz', 'lsoa21_code', 'ltla24_code'],
    ['lsoa21_icb24.csv.gz', 'lsoa21_code', 'sicbl24_code'],
    ['lsoa21_icb24.csv.gz', 'sicbl24_code', 'icb24_code'],
    ['lad24_csp24_pfa24.csv', 'csp24_code', 'pfa24_code'],
    ['lad24_csp24_pfa24.csv', 'ltla24_code', 'pfa24_code'],
    ['lad24_region24.csv', 'ltla24_code', 'region24_code'],
    ['lad24_fire24.csv', 'ltla24_code', 'fra24_code'],
    ['lad24_csp24_pfa24.csv', 'ltla24_code', 'csp24_code'],
  ])('%s: each %s lies in one %s exactly where the rules say so', (file, inner, outer) => {
    const outersOf = new Map<string, Set<string>>();
    for (const row of rowsOf(file)) {
      const code = row[inner] ?? '';
      outersOf.set(code, (outersOf.get(code) ?? new Set()).add(row[outer] ?? ''));
    }
    const all = [...outersOf].filter(([code, outers]) => findAreaKind(code) !== undefined && !outers.has(''));
    const nests = all.every(([code, outers]) =>
      [...outers].every((each) => nestsIn(findAreaKind(code)!, findAreaKind(each)!)),
    );
    expect(all.length).toBeGreaterThan(30);
    expect(all.every(([, outers]) => outers.size === 1)).toBe(nests);
  });
});
