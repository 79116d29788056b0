import { done, refused, type Outcome } from '../duty/index.ts';
import { columnName, isCodeOf } from './area-column.ts';
import { gridToDegrees, isInBritain } from './british-point.ts';
import {
  cleaned,
  inOrder,
  numberIn,
  openGovernmentLicence,
  statisticsOffice,
  wrongCell,
  type Header,
  type Layout,
  type ReferenceColumn,
  type ReferenceTable,
} from './reference.ts';

const ministry = 'Ministry of Housing, Communities and Local Government';

/** An index of deprivation, by the columns that only it has. The first that fits is meant. */
const indices: readonly {
  readonly fits: (header: Header) => boolean;
  readonly vintage: string;
  readonly title: string;
  readonly publisher: string;
  readonly licence?: string;
}[] = [
  {
    fits: (header) => header.has('households_number_deprivation_dimensions'),
    vintage: 'Census 2021',
    title: 'Households by how many dimensions of deprivation they have',
    publisher: statisticsOffice,
  },
  {
    fits: (header) => header.names.some((name) => /^community needs index (\d{4}) score$/i.test(name)),
    vintage: '2023',
    title: 'Community Needs Index',
    publisher: 'Oxford Consultants for Social Inclusion and Local Trust',
    licence: 'Terms of OCSI and Local Trust: check them before an index derived from it is published.',
  },
  {
    fits: (header) => header.has('Housing_decile', 'Access_decile', 'IMD_rank'),
    vintage: '2019',
    title: 'Welsh Index of Multiple Deprivation: not comparable with that of England',
    publisher: 'Welsh Government',
  },
  {
    fits: (header) =>
      header.names.some((name) => /^lsoa code \(2021\)/i.test(name)) ||
      header.has('Housing_and_Services_decile') ||
      header.has('imd_average_rank', 'imd25_extent'),
    vintage: '2025',
    title: 'English Indices of Deprivation',
    publisher: ministry,
  },
  {
    fits: (header) =>
      header.names.some((name) => /^lsoa code \(2011\)/i.test(name)) ||
      header.has('Housing_and_Access_decile') ||
      header.has('Score', 'Proportion', 'Extent', 'Housing_and_Access_Score') ||
      header.has('income_domain_numerator'),
    vintage: '2019',
    title: 'English Indices of Deprivation',
    publisher: ministry,
  },
];

const areasOf = (header: Header) =>
  header.areas.filter(({ holds, level }) => holds === 'code' && (level === 'lsoa' || level === 'lad'));
const hasMeasure = (header: Header): boolean =>
  header.names.some((name) => /decile|rank|score|indicator|extent|deprivation_dimensions/i.test(name));

const deprivation: Layout = {
  kind: 'deprivation',
  fits: (header) => areasOf(header).length > 0 && hasMeasure(header) && indices.some(({ fits }) => fits(header)),
  read(table, header) {
    const index = indices.find(({ fits }) => fits(header));
    const area = areasOf(header).find(({ level }) => level === 'lsoa') ?? areasOf(header)[0];
    if (index === undefined || area === undefined) return refused('not-valid', 'This is no index that is known here.');
    const measures = header.names
      .map((name, place) => ({ name, place }))
      .filter(({ place }) => !header.areas.some((each) => each.place === place));
    const columns = measures.map(({ name, place }) => ({ as: measureName(name), place, name }));
    const twice = columns.find(({ as }, place) => columns.findIndex((each) => each.as === as) !== place);
    if (twice !== undefined)
      return refused('not-valid', `Two columns are called “${twice.name.slice(0, 80)}”. Nothing was added.`);
    const rows: string[][] = [];
    for (const { row, cells } of table.rows) {
      const code = cleaned(cells[area.place]);
      if (!isCodeOf(area.level, code))
        return wrongCell(row, header.names[area.place] ?? '', code, 'is no code of an area');
      const values: string[] = [];
      for (const { place, name } of columns) {
        const value = numberIn(
          /^(true|false)$/i.test(cells[place] ?? '') ? (/^true$/i.test(cells[place] ?? '') ? '1' : '0') : cells[place],
        );
        if (value === undefined) return wrongCell(row, name, cells[place], 'is no number');
        if (/_decile$/.test(measureName(name)) && value !== '' && !/^([1-9]|10)$/.test(value))
          return wrongCell(row, name, value, 'is no decile from 1 to 10');
        values.push(value);
      }
      rows.push([code, ...values]);
    }
    return done({
      kind: 'deprivation',
      layout: 'deprivation',
      vintage: index.vintage,
      title: `${index.title} ${index.vintage}, ${describe(columns.map(({ as }) => as))} by ${area.level === 'lsoa' ? 'LSOA' : 'authority'}`,
      publisher: index.publisher,
      licence: index.licence ?? openGovernmentLicence,
      columns: [
        { name: columnName(area), type: 'text' },
        ...columns.map(({ as }): ReferenceColumn => ({ name: as, type: 'number' })),
      ],
      rows: inOrder(rows),
      notes: [],
    });
  },
};

function describe(names: readonly string[]): string {
  if (names.includes('imd_decile'))
    return names.includes('imd_score') ? 'ranks, deciles and scores' : 'ranks and deciles';
  if (names.some((name) => name.includes('geographical_barriers'))) return 'sub-domains';
  if (names.some((name) => name.endsWith('indicator'))) return 'indicators';
  return 'summary';
}

/** Domains as MHCLG writes them in File 7, and what they are called here. */
const domains: readonly (readonly [RegExp, string])[] = [
  [/^index of multiple deprivation \(imd\)/i, 'imd'],
  [/^income deprivation affecting children/i, 'idaci'],
  [/^income deprivation affecting older people/i, 'idaopi'],
  [/^education,? skills and training/i, 'education'],
  [/^health (deprivation )?and disability|^health deprivation/i, 'health'],
  [/^barriers to housing and services/i, 'housing'],
  [/^living environment/i, 'environment'],
  [/^housing_and_(access|services)/i, 'housing'],
  [/^(income|employment|crime)\b/i, ''],
];

/** `imd_decile`, `income_rank`, `housing_score`: one name for the columns of File 7 and for those of its re-publishers. */
function measureName(heading: string): string {
  const found = domains.find(([pattern]) => pattern.test(heading));
  const rest = found === undefined || found[1] === '' ? heading : `${found[1]}_${heading.replace(found[0], '')}`;
  const words = rest.replace(/\((where|rate)[^)]*\)/gi, ' ').toLowerCase();
  return words
    .replaceAll(/[^a-z0-9]+/g, '_')
    .replaceAll(/^_+|_+$/g, '')
    .slice(0, 120);
}

interface WeightTable {
  readonly layout: 'offence-weights' | 'harm-days' | 'offence-costs';
  readonly fits: (header: Header) => boolean;
  readonly vintage: string;
  readonly title: string;
  readonly publisher: string;
  readonly licence: string;
  readonly notes: readonly string[];
}

const weightTables: readonly WeightTable[] = [
  {
    layout: 'offence-weights',
    fits: (header) =>
      header.has('ONS_SEVERITY_weight') ||
      (header.find('Offence code', 'Offence Code') >= 0 && header.find('Weight', 'Weights') >= 0),
    vintage: '2020',
    title: 'Crime Severity Score: a weight for each offence code, with the type of data.police.uk',
    publisher: `${statisticsOffice}; matched by M-O-P-D/Police-Supply-Demand`,
    licence: `${openGovernmentLicence} The match of codes is MIT.`,
    notes: ['The types of data.police.uk were matched by hand by the authors of the table.'],
  },
  {
    layout: 'harm-days',
    fits: (header) => header.has('cchi_median_days', 'cchi_mean_days'),
    vintage: '2026',
    title: 'Cambridge Crime Harm Index: days of custody by recorded-crime subgroup',
    publisher: 'Cambridge Centre for Evidence-Based Policing',
    licence: 'Creative Commons. Cite Sherman, Neyroud and Neyroud 2016.',
    notes: ['A summary by subgroup: medians hide a wide spread, so means and medians rank offences differently.'],
  },
  {
    layout: 'offence-costs',
    fits: (header) => header.has('cost_per_recorded_event', 'estimated_unit_cost_all_events'),
    vintage: '2015-16 prices',
    title: 'Cost to the police of a recorded offence',
    publisher: 'M-O-P-D/Police-Supply-Demand; no source is given in the table',
    licence: 'Not stated. Check before it is quoted.',
    notes: ['Cost to the police only, not to society.'],
  },
];

const weights: Layout = {
  kind: 'weights',
  fits: (header) => weightTables.some(({ fits }) => fits(header)),
  read(table, header) {
    const found = weightTables.find(({ fits }) => fits(header));
    if (found === undefined) return refused('not-valid', 'These are no weights that are known here.');
    const numeric = header.names.map(
      (name, place) =>
        /weight|days|cost|offences|titles|multiplier/i.test(name) &&
        !/code|description/i.test(name) &&
        table.rows.every(({ cells }) => numberIn(cells[place]) !== undefined),
    );
    const weight = header.find(
      'ONS_SEVERITY_weight',
      'Weight',
      'Weights',
      'cchi_median_days',
      'cost_per_recorded_event',
    );
    const wrong = table.rows.find(({ cells }) => !(Number(numberIn(cells[weight]) ?? Number.NaN) >= 0));
    if (wrong !== undefined)
      return wrongCell(wrong.row, header.names[weight] ?? '', wrong.cells[weight], 'is no weight');
    const names = header.names.map((name) => name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '_'));
    const { layout, vintage, title, publisher, licence, notes } = found;
    return done({
      kind: 'weights',
      layout,
      vintage,
      title,
      publisher,
      licence,
      notes,
      columns: names.map((name, place): ReferenceColumn => ({
        name,
        type: numeric[place] === true ? 'number' : 'text',
      })),
      rows: inOrder(
        table.rows.map(({ cells }) =>
          names.map((_, place) => (numeric[place] === true ? (numberIn(cells[place]) ?? '') : cleaned(cells[place]))),
        ),
      ),
    });
  },
};

/** Where the columns of a place stand in the tables of its publishers. */
const placeColumns = {
  name: [
    'EstablishmentName',
    'establishment_name',
    'OrganisationName',
    'hospital22_name',
    'nhs_trust22_name',
    'BusinessName',
    'BUSINESS_NAME',
    'pcds',
    'pcd',
    'pc',
    'name',
  ],
  id: ['URN', 'OrganisationCode', 'nhs_trust22_code', 'FHRSID', 'OBJECTID', 'id'],
  type: [
    'TypeOfEstablishment (name)',
    'establishment_type',
    'BusinessType',
    'BUSINESS_TYPE',
    'SubType',
    'OrganisationType',
    'type',
  ],
  phase: ['PhaseOfEducation (name)', 'education_phase', 'Sector', 'status'],
  postcode: ['Postcode', 'pcds', 'pc'],
  longitude: ['longitude', 'long', 'lon'],
  latitude: ['latitude', 'lat'],
  easting: ['Easting', 'X', 'oseast1m'],
  northing: ['Northing', 'Y', 'osnrth1m'],
  lsoa: ['LSOA (code)', 'lsoa_code', 'lsoa21cd', 'lsoa21'],
} as const;

/** Who publishes a table of places, by the columns that only it has. */
const placeTables: readonly {
  readonly mark: readonly string[];
  readonly title: string;
  readonly publisher: string;
  readonly type?: string;
}[] = [
  { mark: ['urn'], title: 'Schools', publisher: 'Department for Education, Get Information About Schools' },
  { mark: ['hospital22_name'], title: 'Hospitals', publisher: 'NHS', type: 'Hospital' },
  { mark: ['nhs_trust22_name'], title: 'NHS trusts', publisher: 'NHS', type: 'NHS trust' },
  { mark: ['OrganisationCode', 'ParentODSCode'], title: 'Health sites', publisher: 'NHS Choices' },
  { mark: ['BUSINESS_NAME', 'RATING'], title: 'Food premises', publisher: 'Food Standards Agency' },
  { mark: ['BusinessName', 'RatingValue'], title: 'Food premises', publisher: 'Food Standards Agency' },
  { mark: ['pc', 'longitude'], title: 'Postcodes', publisher: statisticsOffice, type: 'Postcode' },
  { mark: ['pcds', 'long'], title: 'Postcodes', publisher: statisticsOffice, type: 'Postcode' },
];

const places: Layout = {
  kind: 'places',
  fits: (header) =>
    placeTables.some(({ mark }) => header.has(...mark)) &&
    ((header.find(...placeColumns.longitude) >= 0 && header.find(...placeColumns.latitude) >= 0) ||
      (header.find(...placeColumns.easting) >= 0 && header.find(...placeColumns.northing) >= 0)),
  read(table, header, vintage) {
    const kind = placeTables.find(({ mark }) => header.has(...mark));
    if (kind === undefined) return refused('not-valid', 'These are no places that are known here.');
    const at = Object.fromEntries(
      Object.entries(placeColumns).map(([key, names]) => [key, header.find(...names)]),
    ) as Record<keyof typeof placeColumns, number>;
    const text = (cells: readonly string[], key: keyof typeof placeColumns) =>
      at[key] < 0 ? '' : cleaned(cells[at[key]]);
    const found: Place[] = [];
    for (const { row, cells } of table.rows) {
      const point = pointIn(cells, at);
      if (point === undefined)
        return wrongCell(row, 'of coordinates', cells[at.longitude < 0 ? at.easting : at.longitude], 'is no number');
      found.push({
        name: text(cells, 'name'),
        id: plainId(text(cells, 'id')),
        type: kind.type ?? [text(cells, 'type'), text(cells, 'phase')].filter((part) => part !== '').join(', '),
        postcode: text(cells, 'postcode'),
        lsoa: text(cells, 'lsoa'),
        ...point,
      });
    }
    return placesTable({ title: kind.title, publisher: kind.publisher, vintage: vintage ?? 'undated', places: found });
  },
};

export interface Place {
  readonly name: string;
  readonly id: string;
  readonly type: string;
  readonly postcode: string;
  readonly lsoa: string;
  /** Degrees (WGS 84); null where it is not known. */
  readonly longitude: number | null;
  readonly latitude: number | null;
}

/** R writes 100000 as 1e+05. */
const plainId = (id: string): string => (/^\d+(\.\d+)?e\+\d+$/i.test(id) ? String(Number(id)) : id);

function pointIn(
  cells: readonly string[],
  at: Readonly<Record<'longitude' | 'latitude' | 'easting' | 'northing', number>>,
): Pick<Place, 'longitude' | 'latitude'> | undefined {
  const nowhere = { longitude: null, latitude: null };
  const isGrid = at.longitude < 0 || at.latitude < 0;
  const [x, y] = isGrid ? [at.easting, at.northing] : [at.longitude, at.latitude];
  const [first, second] = [numberIn(cells[x]), numberIn(cells[y])];
  if (first === undefined || second === undefined) return undefined;
  if (first === '' || second === '') return nowhere;
  const point = isGrid
    ? gridToDegrees(Number(first), Number(second))
    : { longitude: Number(first), latitude: Number(second) };
  return point !== undefined && isInBritain(point.longitude, point.latitude) ? point : nowhere;
}

/** Places as a table, from whatever they were read. */
export function placesTable({
  title,
  publisher,
  vintage,
  places,
}: {
  readonly title: string;
  readonly publisher: string;
  readonly vintage: string;
  readonly places: readonly Place[];
}): Outcome<ReferenceTable, 'not-valid'> {
  const without = places.filter(({ longitude }) => longitude === null).length;
  if (places.length === without) return refused('not-valid', 'None of the places has coordinates. Nothing was added.');
  const number = (value: number | null): string => (value === null ? '' : String(Math.round(value * 1e6) / 1e6));
  return done({
    kind: 'places',
    layout: 'places',
    vintage,
    title,
    publisher,
    licence: openGovernmentLicence,
    columns: [
      ...(['id', 'name', 'type', 'postcode', 'lsoa'] as const).map((name): ReferenceColumn => ({ name, type: 'text' })),
      { name: 'longitude', type: 'number' },
      { name: 'latitude', type: 'number' },
    ],
    rows: inOrder(
      places.map((each) => [
        each.id,
        each.name,
        each.type,
        each.postcode,
        each.lsoa,
        number(each.longitude),
        number(each.latitude),
      ]),
    ),
    notes:
      without === 0
        ? []
        : [
            `${without.toLocaleString('en-GB')} places have no coordinates, or coordinates outside Great Britain, and are on no map.`,
          ],
  });
}

export const tableLayouts: readonly Layout[] = [deprivation, weights, places];

/** Tables that have their own door. */
export function whereElse(header: Header): string | undefined {
  const source = header.has('Crime ID', 'Falls within', 'Outcome type')
    ? 'police-uk-outcomes'
    : header.has('Crime ID', 'Falls within')
      ? 'police-uk-street'
      : header.has('Object of search', 'Legislation')
        ? 'police-uk-stop-and-search'
        : undefined;
  return source === undefined
    ? undefined
    : `This is a file of data.police.uk, not a reference table. Load it with: concord import <file> --source ${source}`;
}
