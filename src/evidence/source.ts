import { sourceNames, type SourceName } from '../exchange/index.ts';
import type { TableRules } from '../platform/releases/table.ts';

/** The names by which commands and releases call the formats are those by which agreements call what comes in. */
export { sourceNames as formatNames };
export type FormatName = SourceName;

/**
 * How small numbers of a source are kept from telling about a person (domain: HES and ECDS guidance; Concord's default for
 * the rest). `open` is published by its owner already, so hiding it again would only pretend.
 */
export type DisclosureClass = 'open' | 'standard' | 'health';

/** Something that a definition of serious violence may ask for. */
export const aspects = [
  'offence',
  'violence',
  'homicide',
  'weapon',
  'knife',
  'firearm',
  'domestic-abuse',
  'sexual',
  'robbery',
  'alcohol',
  'drugs',
  'public-space',
  'age-of-victim',
  'age-of-suspect',
  'sex',
  'ethnicity',
  'time-of-day',
  'day',
  'place',
  'repeat-victim',
  'harm',
] as const;

export type Aspect = (typeof aspects)[number];

/** Whether a source can say something: in its own terms, by another thing that stands for it, or not at all. */
export type Expression =
  | { readonly can: 'fully' }
  | { readonly can: 'by-proxy'; readonly proxy: string }
  | { readonly can: 'not'; readonly because: string };

/** A kind of file that partners send: what it looks like, what it means, and what it cannot say. */
export interface SourceFormat {
  readonly name: FormatName;
  /** Counted up when the same file would be read differently: it is part of the id of a release. */
  readonly version: number;
  readonly title: string;
  /** Who publishes or sends it, and what it holds, in a sentence or two. */
  readonly about: string;
  /** Rows are events of people, or counts of them. Records need a live agreement, unless they are published openly. */
  readonly level: 'records' | 'counts';
  readonly disclosure: DisclosureClass;
  /** What its areas are: the vintage of LSOA codes, or another kind of area. */
  readonly areas: string;
  /** So many days after the end of a period its file usually comes. */
  readonly usualLagDays: number;
  readonly everyMonths: 1 | 3 | 12;
  readonly rules: TableRules;
  /** What a row is called: "crime", "stop", "attendance". */
  readonly counts: { readonly one: string; readonly many: string };
  /** The column that names an event, where the source has one. It is never a key: see the notes of the format. */
  readonly distinct?: { readonly option: string; readonly column: string; readonly caution: string };
  /** Columns by which a figure may be broken down, beside month, category, area and provider. */
  readonly breakdowns: readonly string[];
  readonly expresses: Readonly<Record<Aspect, Expression>>;
  /** What whoever reads a figure from it must know. */
  readonly cautions: readonly string[];
}

/** Everything that a format does not name, it cannot say. */
export function expressing(
  said: Partial<Record<Aspect, Expression>>,
  because: string,
): Readonly<Record<Aspect, Expression>> {
  return Object.fromEntries(
    aspects.map((aspect) => [aspect, said[aspect] ?? { can: 'not', because }]),
  ) as unknown as Readonly<Record<Aspect, Expression>>;
}
