import type { AreaKind } from '../duty/index.ts';
import type { AgeBand } from './age-band.ts';

/** An area as the lookups of the Office for National Statistics know it. */
export interface BookArea {
  readonly code: string;
  readonly name: string;
  readonly kind: AreaKind;
  /** Years whose boundaries have this code, in order. */
  readonly vintages: readonly number[];
}

/** How many people live in an area: one frame, one year, so that a numerator never meets another year's denominator. */
export interface Population {
  readonly persons: number;
  /** Such as 2020 for mid-2020, 2021 for the Census. */
  readonly year: number;
  /** Words for the passport: "Census 2021, usual residents (ONS)". */
  readonly source: string;
  /** Id of the reference release. */
  readonly reference: string;
}

export interface PopulationAsked {
  readonly year?: number;
  readonly sex?: 'female' | 'male';
  /** Whole years, both ends in it. Refused where the bands of the table cut through it. */
  readonly ages?: { readonly from: number; readonly to: number | null };
}

/**
 * All areas that the reference releases of this installation know, and how they lie in each other. Codes of LSOAs of 2011
 * and of 2021 stand side by side: one that was split or merged is found in its authority under either code.
 */
export interface AreaBook {
  /** Ids of the reference releases that it was made of, sorted. */
  readonly references: readonly string[];
  readonly find: (code: string) => BookArea | undefined;
  /** By part of its name or its code, best first, at most twenty. */
  readonly search: (words: string) => readonly BookArea[];
  /** Codes of LSOAs, of all vintages, that lie in the area; the area itself when it is one. Empty when nothing is known. */
  readonly smallAreasIn: (code: string) => ReadonlySet<string>;
  /** The area of a kind in which an LSOA lies (best fit where the borders differ). */
  readonly areaOf: (smallArea: string, kind: AreaKind) => string | undefined;
  /** Areas of a kind that lie in an area. */
  readonly areasIn: (code: string, kind: AreaKind) => readonly BookArea[];
  /** The areas that it lies in: authority, partnership, force, region, country. */
  readonly above: (code: string) => readonly BookArea[];
  readonly population: (code: string, asked: PopulationAsked) => Population | undefined;
  /** Every code of an LSOA of any vintage. */
  readonly smallAreas: ReadonlySet<string>;
  /** Every code that is known, of areas of all kinds. */
  readonly codes: () => Iterable<string>;
  /**
   * The newest year for which all of these areas have a population that answers the question: the one frame of a figure.
   * Areas of the same figure are never asked about different years.
   */
  readonly populationYear: (codes: Iterable<string>, asked?: PopulationAsked) => number | undefined;
  /** Whether the code of an LSOA is one of this census. */
  readonly isOfCensus: (smallArea: string, census: 2011 | 2021) => boolean;
  /** What became of LSOAs of 2011, by code. */
  readonly changes: ReadonlyMap<string, AreaChange>;
  /** Households, from the newest table that has the area. */
  readonly households: (code: string) => Households | undefined;
  /** Groups of a table of so many groups; undefined when no table, and no sum over LSOAs, has the area. */
  readonly ethnicGroups: (code: string, groups: 5 | 19) => EthnicGroups | undefined;
  /** The bands of age that a year has for an area, from young to old. */
  readonly ageBands: (code: string, year: number) => readonly AgeBand[];
}

/** What became of an LSOA of 2011 (ONS, `CHNGIND`). */
export interface AreaChange {
  readonly kind: 'unchanged' | 'split' | 'merged' | 'complex';
  /** LSOAs of 2021, sorted. */
  readonly successors: readonly string[];
}

export interface Households extends Omit<Population, 'persons'> {
  readonly households: number;
}

export interface EthnicGroups extends Omit<Population, 'persons'> {
  /** In the order of their names. */
  readonly groups: readonly { readonly group: string; readonly persons: number }[];
}
