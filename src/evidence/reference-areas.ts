import { done, refused } from '../duty/index.ts';
import { areaLevels, columnName, isCodeOf, type AreaColumn } from './area-column.ts';
import {
  cleaned,
  inOrder,
  openGovernmentLicence,
  statisticsOffice,
  wrongCell,
  type Header,
  type Layout,
  type ReferenceColumn,
  type ReferenceTable,
  type SourceTable,
} from './reference.ts';

/** Where `CHNGIND` says it: unchanged, split, merged, or something more complicated (ONS, LSOA 2011 to LSOA 2021). */
const changeHeaders = ['CHNGIND', 'CHGIND', 'change_code', 'change_indicator'] as const;
const codesOf = (header: Header) => header.areas.filter(({ holds }) => holds === 'code');

/** LSOA of 2011 to LSOA of 2021. */
const change: Layout = {
  kind: 'lookup',
  fits: (header) =>
    header.find(...changeHeaders) >= 0 &&
    [2011, 2021].every((vintage) => codesOf(header).some((each) => each.level === 'lsoa' && each.vintage === vintage)),
  read(table, header) {
    const at = header.find(...changeHeaders);
    const odd = table.rows.find(({ cells }) => !/^[USMX]$/.test(cleaned(cells[at])));
    if (odd !== undefined) return wrongCell(odd.row, header.names[at] ?? '', odd.cells[at], 'is none of U, S, M and X');
    return readAreas(table, header, {
      layout: 'area-change',
      kind: 'lookup',
      title: 'LSOAs of 2011 and of 2021: unchanged, split, merged and otherwise changed',
      vintage: '2021',
      extra: [{ place: at, name: 'change' }],
      required: (column) => column.level === 'lsoa',
    });
  },
};

/** Urban and rural LSOAs. */
const urbanRural: Layout = {
  kind: 'lookup',
  fits: (header) => header.find('ruc21_code', 'RUC21CD') >= 0 && codesOf(header).some(({ level }) => level === 'lsoa'),
  read: (table, header) =>
    readAreas(table, header, {
      layout: 'area-urban-rural',
      kind: 'lookup',
      title: 'Rural and urban classification of LSOAs, 2021',
      vintage: '2021',
      extra: [
        { place: header.find('ruc21_code', 'RUC21CD'), name: 'class' },
        { place: header.find('classification', 'RUC21NM'), name: 'class_name' },
        { place: header.find('ruc', 'Urban_rural_flag'), name: 'urban_or_rural' },
      ].filter(({ place }) => place >= 0),
      required: ({ level }) => level === 'lsoa',
    }),
};

/** Points inside LSOAs. */
const points: Layout = {
  kind: 'areas',
  fits: (header) =>
    codesOf(header).some(({ level }) => level === 'lsoa') &&
    header.find('longitude', 'long') >= 0 &&
    header.find('latitude', 'lat') >= 0 &&
    header.names.length <= 6,
  read: (table, header) =>
    readAreas(table, header, {
      layout: 'area-points',
      kind: 'areas',
      title: 'Middle points of LSOAs',
      vintage: '2021',
      extra: [
        { place: header.find('longitude', 'long'), name: 'longitude' },
        { place: header.find('latitude', 'lat'), name: 'latitude' },
      ],
      required: ({ level }) => level === 'lsoa',
    }),
};

/** Retired codes and those that took their place. */
const names: Layout = {
  kind: 'areas',
  fits: (header) => header.has('UKCD', 'LADCD_ACTIVE') && header.find('LADCD', 'WDCD', 'MSOACD') >= 0,
  read(table, header) {
    const [level, code, name] = header.has('WDCD')
      ? (['ward', 'WDCD', 'WDNM'] as const)
      : header.has('MSOACD')
        ? (['msoa', 'MSOACD', 'MSOANM'] as const)
        : (['lad', 'LADCD', 'LADNM'] as const);
    const wanted: readonly (readonly [string, ...string[]])[] = [
      ['code', code],
      ['name', name],
      ['plain_name', 'MSOAHCLNM'],
      ['code_of_2011', 'MSOA11CD'],
      ['name_of_2011', 'MSOA11NM'],
      ['code_of_2021', 'MSOA21CD'],
      ['active_lad', 'LADCD_ACTIVE'],
      ['active_lad_name', 'LADNM_ACTIVE'],
      ['utla', 'UTLACD'],
      ['utla_name', 'UTLANM'],
      ['cauth', 'CAUTHCD'],
      ['cauth_name', 'CAUTHNM'],
      ['region', 'RGNCD'],
      ['region_name', 'RGNNM'],
    ];
    const found = wanted.flatMap(([as, ...headers]) => {
      const place = header.find(...headers);
      return place < 0 ? [] : [{ as, place }];
    });
    const rows: string[][] = [];
    for (const { row, cells } of table.rows) {
      const value = found.map(({ place }) => cleaned(cells[place]));
      if (value[0] === '') continue;
      if (!isCodeOf(level, value[0] ?? '')) return wrongCell(row, code, value[0], 'is no code of such an area');
      rows.push([level, ...value]);
    }
    if (rows.length === 0) return refused('not-valid', 'There is no code in the file. Nothing was added.');
    return done({
      kind: 'areas',
      layout: 'area-names',
      vintage: level === 'msoa' ? '2021' : 'all',
      title: {
        ward: 'Codes of wards, those in use and those retired',
        msoa: 'Middle layer super output areas, with plain names',
        lad: 'Codes of authorities, those in use and those retired',
      }[level],
      publisher: level === 'msoa' ? `${statisticsOffice}; names of the House of Commons Library` : statisticsOffice,
      licence:
        level === 'msoa'
          ? `${openGovernmentLicence} Names © House of Commons Library, Open Parliament Licence.`
          : openGovernmentLicence,
      columns: ['level', ...found.map(({ as }) => as)].map((each) => ({ name: each, type: 'text' })),
      rows: inOrder(rows),
      notes: [],
    });
  },
};

/** Any table of codes of areas side by side, nothing of numbers in it. */
const lookup: Layout = {
  kind: 'lookup',
  fits: (header) =>
    new Set(codesOf(header).map(columnName)).size >= 2 &&
    header.names.every((name, place) => header.areas.some((each) => each.place === place) || isBeside.test(name)),
  read(table, header) {
    const codes = codesOf(header);
    const finest = areaLevels.find((level) => codes.some((each) => each.level === level));
    const years = codes.flatMap(({ vintage }) => vintage ?? []);
    return readAreas(table, header, {
      layout: 'area-lookup',
      kind: 'lookup',
      title: [
        ...new Set(codes.map(({ level, vintage }) => `${levelNames[level]}${vintage === null ? '' : ` ${vintage}`}`)),
      ].join(' → '),
      vintage: years.length === 0 ? 'unknown' : String(Math.max(...years)),
      extra: [],
      required: ({ level }) => level === finest,
    });
  },
};

/** What stands in lookups beside codes and names, and is not read: row numbers, Welsh names, codes of other bodies. */
const isBeside = /^(objectid|fid|globalid|.*nmw|.*cdh|.*code_nhs|.*sourcefile|current|bng_[en]|lat|long|shape.*)$/i;

const levelNames: Readonly<Record<AreaColumn['level'], string>> = {
  oa: 'output area',
  lsoa: 'LSOA',
  msoa: 'MSOA',
  ward: 'ward',
  lad: 'authority',
  csp: 'community safety partnership',
  utla: 'upper-tier authority',
  cauth: 'combined authority',
  pfa: 'police force area',
  fra: 'fire and rescue authority',
  sicbl: 'sub-location of an integrated care board',
  icb: 'integrated care board',
  region: 'region',
  country: 'country',
};

interface AreasAsked extends Pick<ReferenceTable, 'layout' | 'kind' | 'title' | 'vintage'> {
  readonly extra: readonly { readonly place: number; readonly name: string }[];
  readonly required: (column: AreaColumn) => boolean;
}

function readAreas(table: SourceTable, header: Header, asked: AreasAsked) {
  const seen = new Set<string>();
  const columns = header.areas
    .map((each) => ({ ...each, name: columnName(each) }))
    .filter(({ name }) => !seen.has(name) && seen.add(name));
  const rows: string[][] = [];
  for (const { row, cells } of table.rows) {
    const values: string[] = [];
    for (const column of columns) {
      const value = cleaned(cells[column.place]);
      const heading = header.names[column.place] ?? '';
      if (column.holds === 'code' && value === '' && asked.required(column))
        return wrongCell(row, heading, value, 'is empty');
      if (column.holds === 'code' && value !== '' && !isCodeOf(column.level, value))
        return wrongCell(row, heading, value, `is no code of ${levelNames[column.level]} level`);
      values.push(value);
    }
    rows.push([...values, ...asked.extra.map(({ place }) => cleaned(cells[place]))]);
  }
  const { layout, kind, title, vintage, extra } = asked;
  return done<ReferenceTable>({
    layout,
    kind,
    title,
    vintage,
    publisher: statisticsOffice,
    licence: openGovernmentLicence,
    columns: [...columns, ...extra].map(({ name }): ReferenceColumn => ({ name, type: 'text' })),
    rows: inOrder(rows),
    notes: [],
  });
}

/** In the order in which they are tried: the last takes any lookup. */
export const areaLayouts: readonly Layout[] = [change, urbanRural, points, names, lookup];
