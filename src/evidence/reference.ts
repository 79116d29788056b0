import { refused, type Outcome } from '../duty/index.ts';
import { areaColumn, type AreaColumn } from './area-column.ts';

/** As commands name them. */
export const referenceKinds = [
  'areas',
  'boundaries',
  'lookup',
  'population',
  'ethnicity',
  'deprivation',
  'weights',
  'places',
] as const;
export type ReferenceKind = (typeof referenceKinds)[number];

export const referenceKindLabels: Readonly<Record<ReferenceKind, string>> = {
  areas: 'Names and codes of areas',
  boundaries: 'Boundaries',
  lookup: 'Which area lies in which',
  population: 'Population',
  ethnicity: 'Ethnic groups',
  deprivation: 'Deprivation',
  weights: 'Harm and cost weights',
  places: 'Places',
};

/** Counted up when the same file would be read differently: it is part of the id of a reference release. */
export const referenceVersion = 1;

/** A file as a table of text, whatever it was before. */
export interface SourceTable {
  readonly header: readonly string[];
  readonly rows: readonly {
    /** Its line in the file; the header is 1. */
    readonly row: number;
    readonly cells: readonly string[];
  }[];
}

export interface ReferenceColumn {
  readonly name: string;
  readonly type: 'text' | 'number';
}

/** A table as it is stored: columns under Concord's names, rows in the order of their cells. */
export interface ReferenceTable {
  readonly kind: ReferenceKind;
  readonly layout: LayoutName;
  /** Of what year: boundaries `2021`, population `mid-2020` or `Census 2021`, an index `2019`. */
  readonly vintage: string;
  readonly title: string;
  readonly publisher: string;
  readonly licence: string;
  readonly columns: readonly ReferenceColumn[];
  readonly rows: readonly (readonly string[])[];
  /** What was left out, in sentences. */
  readonly notes: readonly string[];
}

export const layoutNames = [
  'area-lookup',
  'area-change',
  'area-names',
  'area-points',
  'area-urban-rural',
  'boundaries',
  'population',
  'households',
  'ethnic-groups',
  'deprivation',
  'offence-weights',
  'harm-days',
  'offence-costs',
  'places',
] as const;
export type LayoutName = (typeof layoutNames)[number];

/** One way in which a table of a kind is published. */
export interface Layout {
  readonly kind: ReferenceKind;
  readonly fits: (header: Header) => boolean;
  readonly read: (
    table: SourceTable,
    header: Header,
    vintage: string | undefined,
  ) => Outcome<ReferenceTable, 'not-valid'>;
}

/** The first line of a file, and where what stands in it. */
export interface Header {
  readonly names: readonly string[];
  /** Of the column that has one of these names, whatever the case and the marks between the words; -1 when none has. */
  readonly find: (...names: readonly string[]) => number;
  readonly has: (...names: readonly string[]) => boolean;
  /** Columns of codes and names of areas. */
  readonly areas: readonly (AreaColumn & { readonly place: number })[];
}

const folded = (name: string): string => name.toLowerCase().replaceAll(/[^a-z0-9+]/g, '');

export function headerOf(names: readonly string[]): Header {
  const places = new Map(names.map((name, place) => [folded(name), place] as const).reverse());
  const find = (...wanted: readonly string[]) =>
    wanted.map((name) => places.get(folded(name)) ?? -1).find((at) => at >= 0) ?? -1;
  return {
    names,
    find,
    has: (...wanted) => wanted.every((name) => places.has(folded(name))),
    areas: names.flatMap((name, place) => {
      const column = areaColumn(name);
      return column === undefined ? [] : [{ ...column, place }];
    }),
  };
}

/** The statement that the Open Government Licence asks for. */
export const openGovernmentLicence =
  'Open Government Licence v3.0. Contains public sector information licensed under the Open Government Licence v3.0.';
export const boundaryLicence =
  'Open Government Licence v3.0. Contains National Statistics data and OS data © Crown copyright and database right.';
export const statisticsOffice = 'Office for National Statistics';

/** A cell without what no name or number has: spaces around it, control characters. */
export const cleaned = (cell: string | undefined): string =>
  (cell ?? '').replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').trim();

/** @returns a plain number as text, empty for an empty cell, undefined for what is no number */
export function numberIn(cell: string | undefined): string | undefined {
  const text = cleaned(cell);
  if (text === '') return '';
  const plain = /^-?\d{1,3}(,\d{3})+(\.\d+)?$/.test(text) ? text.replaceAll(',', '') : text;
  return /^-?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(plain) && Number.isFinite(Number(plain))
    ? String(Number(plain))
    : undefined;
}

/** Rows in one order, each once: the same table is the same bytes, however its rows came. */
export function inOrder(rows: readonly (readonly string[])[]): readonly (readonly string[])[] {
  const keyed = new Map(rows.map((row) => [row.join('\u001f'), row]));
  return [...keyed].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)).map(([, row]) => row);
}

export const wrongCell = (row: number, column: string, cell: string | undefined, is: string) =>
  refused(
    'not-valid',
    `Row ${row}: “${cleaned(cell).slice(0, 60)}” in the column ${column.slice(0, 80)} ${is}. Nothing was added.`,
  );
