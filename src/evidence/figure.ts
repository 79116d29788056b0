import type { Month, Period } from '../duty/index.ts';
import type { FormatName } from './source.ts';

/** What a figure may be broken down by; any other name is a column that its source format offers. */
export const everyBreakdown = ['month', 'category', 'area', 'provider'] as const;

/**
 * A question that has one answer for ever: what is measured, where, when, broken down by what, under which definition, from
 * which releases, by which method. The id of a figure is the hash of these, so nothing of when or who stands here.
 */
export interface FigureQuestion {
  readonly measure: { readonly name: string; readonly version: string };
  readonly source: FormatName;
  readonly area: string;
  readonly period: Period;
  readonly by: readonly string[];
  /** Whether different ids are counted instead of rows, where the source has ids. */
  readonly distinct: boolean;
  /** Narrows the rows to what a definition counts; null counts all. */
  readonly definition: { readonly id: string; readonly version: number; readonly sha256: string } | null;
  /** Of the source, sorted. */
  readonly releases: readonly { readonly id: string; readonly parquet: string }[];
  /** Areas, population, deprivation, weights; sorted. */
  readonly references: readonly string[];
  /** What was known of gaps on the day of the question. */
  readonly coverage: CoverageUsed;
  /** Other settings of the measure, such as a comparator or a denominator. */
  readonly options: Readonly<Record<string, string | number | boolean | null>>;
  readonly seed: number | null;
}

/**
 * What a figure takes from the coverage calendar, which changes from day to day and with what people confirm: so it is part
 * of the question, and the same question has the same answer for ever.
 */
export interface CoverageUsed {
  /** `sha256:…` of the canonical JSON of the rest. */
  readonly sha256: string;
  /** By area that is counted: the months that cannot be counted. */
  readonly gaps: Readonly<Record<string, readonly { readonly month: Month; readonly reason: string }[]>>;
  /** Sentences that stand beside the figure. */
  readonly labels: readonly string[];
  /** Who sends rows of the area; null where the source does not say who sent a row. */
  readonly senders: readonly string[] | null;
}

export const noCoverage: CoverageUsed = { sha256: `sha256:${'0'.repeat(64)}`, gaps: {}, labels: [], senders: null };

/** `absent`: nothing is known for this cell. `hidden`: known and not for this reader. `refused`: it cannot be said, and why. */
export const cellStates = ['shown', 'hidden', 'absent', 'refused'] as const;
export type CellState = (typeof cellStates)[number];

/** One cell. Fields of a breakdown stand under its name; a hidden cell has no value in any field. */
export interface FigureRow {
  readonly [breakdown: string]: string | number | null | undefined;
  readonly month?: Month;
  readonly category?: string;
  readonly area?: string;
  readonly state: CellState;
  readonly reason?: string;
  readonly count: number | null;
  readonly estimate: number | null;
  readonly lower: number | null;
  readonly upper: number | null;
  readonly level: number | null;
  readonly denominator: number | null;
}

/** The answer to a question, whole and restricted: what someone may see of it is a view. */
export interface Figure {
  /** `sha256:…` of the canonical JSON of the question. */
  readonly id: string;
  readonly title: string;
  readonly question: FigureQuestion;
  readonly rows: readonly FigureRow[];
  /** What a reader must know: gaps, rows without a place, what the source cannot say. Sentences. */
  readonly notes: readonly string[];
}
