import { z } from 'zod';
import type { Outcome } from './outcome.ts';
import { done, refused } from './outcome.ts';

/** An area of the Government Statistical Service. The same code can be drawn anew, so it means nothing without vintage. */
export interface Area {
  /** Nine characters: the entity (`E06`) and six digits. */
  readonly code: string;
  /** The year whose boundaries are meant. For areas made for a census it is the year of that census. */
  readonly vintage: number;
  /** The name in use with that code, kept with it because names change without the code. */
  readonly name: string;
}

export const areaKinds = [
  'output-area',
  'lsoa',
  'msoa',
  'parish',
  'ward',
  'unitary-authority',
  'non-metropolitan-district',
  'metropolitan-district',
  'london-borough',
  'county',
  'metropolitan-county',
  'combined-authority',
  'region',
  'country',
  'parliamentary-constituency',
  'community-safety-partnership',
  'police-force-area',
  'fire-and-rescue-authority',
  'sub-icb-location',
  'integrated-care-board',
  'local-health-board',
  'national-park',
  'england-and-wales',
  'great-britain',
  'united-kingdom',
] as const;

export type AreaKind = (typeof areaKinds)[number];

export const areaKindLabels: Readonly<Record<AreaKind, string>> = {
  'output-area': 'Output area',
  lsoa: 'Lower layer super output area (LSOA)',
  msoa: 'Middle layer super output area (MSOA)',
  parish: 'Parish or community',
  ward: 'Ward',
  'unitary-authority': 'Unitary authority',
  'non-metropolitan-district': 'District of a county',
  'metropolitan-district': 'Metropolitan borough',
  'london-borough': 'London borough or the City of London',
  county: 'County with districts',
  'metropolitan-county': 'Metropolitan county',
  'combined-authority': 'Combined authority',
  region: 'Region',
  country: 'Country',
  'parliamentary-constituency': 'Parliamentary constituency',
  'community-safety-partnership': 'Community safety partnership',
  'police-force-area': 'Police force area',
  'fire-and-rescue-authority': 'Fire and rescue authority',
  'sub-icb-location': 'Sub-location of an integrated care board',
  'integrated-care-board': 'Integrated care board',
  'local-health-board': 'Local health board',
  'national-park': 'National park',
  'england-and-wales': 'England and Wales',
  'great-britain': 'Great Britain',
  'united-kingdom': 'United Kingdom',
};

/**
 * The first three characters of a code say what it is: the entity codes of the Register of Geographic Codes (Office for
 * National Statistics), England and Wales, as far as partnerships meet them. Scotland and Northern Ireland are left out
 * on purpose: the Duty does not reach there.
 */
const kindByEntity: ReadonlyMap<string, AreaKind> = new Map([
  ['E00', 'output-area'],
  ['W00', 'output-area'],
  ['E01', 'lsoa'],
  ['W01', 'lsoa'],
  ['E02', 'msoa'],
  ['W02', 'msoa'],
  ['E04', 'parish'],
  ['W04', 'parish'],
  ['E05', 'ward'],
  ['W05', 'ward'],
  ['E06', 'unitary-authority'],
  ['W06', 'unitary-authority'],
  ['E07', 'non-metropolitan-district'],
  ['E08', 'metropolitan-district'],
  ['E09', 'london-borough'],
  ['E10', 'county'],
  ['E11', 'metropolitan-county'],
  ['E12', 'region'],
  ['E14', 'parliamentary-constituency'],
  ['W07', 'parliamentary-constituency'],
  ['E22', 'community-safety-partnership'],
  ['W14', 'community-safety-partnership'],
  ['E23', 'police-force-area'],
  ['W15', 'police-force-area'],
  ['E26', 'national-park'],
  ['W18', 'national-park'],
  ['E31', 'fire-and-rescue-authority'],
  ['W25', 'fire-and-rescue-authority'],
  ['E38', 'sub-icb-location'],
  ['E47', 'combined-authority'],
  ['E54', 'integrated-care-board'],
  ['W11', 'local-health-board'],
  ['E92', 'country'],
  ['W92', 'country'],
  ['K02', 'united-kingdom'],
  ['K03', 'great-britain'],
  ['K04', 'england-and-wales'],
]);

/** What a code stands for; undefined when it is no code of an entity that we know. */
export function findAreaKind(code: string): AreaKind | undefined {
  return /^[A-Z]\d{8}$/.test(code) ? kindByEntity.get(code.slice(0, 3)) : undefined;
}

const censuses: ReadonlySet<number> = new Set([2001, 2011, 2021]);
const censusKinds: ReadonlySet<AreaKind> = new Set(['output-area', 'lsoa', 'msoa']);

/** Whether boundaries of a year can exist for a kind: census areas are drawn for a census, the rest year by year. */
export function isVintageOf(kind: AreaKind, vintage: number): boolean {
  if (censusKinds.has(kind)) return censuses.has(vintage);
  return Number.isInteger(vintage) && vintage >= 2001 && vintage <= 2100;
}

export const areaCodeSchema = z
  .string()
  .refine((code) => findAreaKind(code) !== undefined, 'Enter an area code of nine characters, such as E06000009');

export const areaSchema: z.ZodType<Area> = z
  .strictObject({ code: areaCodeSchema, vintage: z.int(), name: z.string().trim().min(1).max(120) })
  .refine(
    ({ code, vintage }) => {
      const kind = findAreaKind(code);
      return kind === undefined || isVintageOf(kind, vintage);
    },
    { message: 'Enter the year of the boundaries: 2001, 2011 or 2021 for census areas', path: ['vintage'] },
  );

/** Reads an area code that a person typed, in either case and with spaces around it. */
export function parseAreaCode(typed: string): Outcome<string, 'not-valid'> {
  const code = typed.trim().toUpperCase();
  if (findAreaKind(code) !== undefined) return done(code);
  return refused('not-valid', 'Enter an area code of nine characters, such as E06000009');
}

/**
 * The kinds that make up the local government areas of the Duty in England and Wales, each with its own partnership of
 * specified authorities (PCSC Act 2022 ss.8, 11 and Sch. 1). A county with districts is none: its council is a
 * specified authority for each of its districts.
 */
export const localGovernmentAreaKinds = [
  'unitary-authority',
  'non-metropolitan-district',
  'metropolitan-district',
  'london-borough',
] as const satisfies readonly AreaKind[];

/**
 * Which kinds an area of a kind is made of, whole and without remainder, at one vintage. Only what holds by how the
 * areas are defined: wards are not made of LSOAs, and since mergers a community safety partnership can be smaller than
 * its council's area (Allerdale in Cumberland) or larger. Such pairs need a lookup, and are false here.
 */
const madeOf: Readonly<Partial<Record<AreaKind, readonly AreaKind[]>>> = {
  'united-kingdom': ['great-britain'],
  'great-britain': ['england-and-wales'],
  'england-and-wales': ['country'],
  country: ['region', 'unitary-authority'],
  region: ['county', 'metropolitan-county', 'unitary-authority', 'london-borough'],
  county: ['non-metropolitan-district'],
  'metropolitan-county': ['metropolitan-district'],
  'combined-authority': localGovernmentAreaKinds,
  'police-force-area': [...localGovernmentAreaKinds, 'community-safety-partnership'],
  'fire-and-rescue-authority': localGovernmentAreaKinds,
  'local-health-board': ['unitary-authority'],
  'integrated-care-board': ['sub-icb-location'],
  'sub-icb-location': ['lsoa'],
  'unitary-authority': ['ward', 'parish', 'msoa'],
  'non-metropolitan-district': ['ward', 'parish', 'msoa'],
  'metropolitan-district': ['ward', 'parish', 'msoa'],
  'london-borough': ['ward', 'parish', 'msoa'],
  msoa: ['lsoa'],
  lsoa: ['output-area'],
};

/** Whether every area of the inner kind that touches one of the outer kind lies wholly inside it, at one vintage. */
export function nestsIn(inner: AreaKind, outer: AreaKind): boolean {
  return (madeOf[outer] ?? []).some((part) => part === inner || nestsIn(inner, part));
}
