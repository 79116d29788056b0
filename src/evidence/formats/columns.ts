import type { ColumnRule } from '../../platform/releases/table.ts';

/** Sex as the sources write it, in words and in the codes of the NHS and the police. */
const sexes = [
  'Male',
  'Female',
  'Other',
  'Unknown',
  'Not stated',
  'Indeterminate',
  'M',
  'F',
  'U',
  'X',
  '1',
  '2',
  '9',
] as const;

/** Nobody older is on record in England; a greater number is a year of birth or a slip. */
const oldest = 120;

export const ageColumn = (header: string, name: string, meaning: string): ColumnRule => ({
  header,
  name,
  type: 'integer',
  between: [0, oldest],
  mayLack: true,
  meaning,
});

export const sexColumn = (header: string, name: string, meaning: string): ColumnRule => ({
  header,
  name,
  type: 'text',
  oneOf: sexes,
  mayLack: true,
  meaning,
});

export const flagColumn = (header: string, name: string, meaning: string): ColumnRule => ({
  header,
  name,
  type: 'flag',
  mayLack: true,
  meaning,
});

/** A code or a few words from a list that the sender keeps. */
export const textColumn = (header: string, name: string, meaning: string): ColumnRule => ({
  header,
  name,
  type: 'text',
  mayLack: true,
  meaning,
});

export const pseudonymColumn = (header: string, name: string, meaning: string): ColumnRule => ({
  header,
  name,
  type: 'pseudonym',
  mayLack: true,
  meaning,
});

/** Codes of LSOAs and of the areas above them, as the Office for National Statistics writes them. */
const areaCode = {
  pattern: '[EWSNK]\\d{8}|9[59]\\d*[A-Z0-9]*',
  sentence: 'is not the code of an area such as E01012670',
} as const;

export const areaColumn = (
  header: string,
  name: string,
  meaning: string,
  aliases: readonly string[] = [],
): ColumnRule => ({
  header,
  aliases,
  name,
  type: 'text',
  mayLack: true,
  matches: areaCode,
  example: 'E01012670',
  meaning,
});

/** A point in degrees, as two columns; rows of a format that has them name both in `together`. */
export const degreeColumns = (meaning: string): readonly ColumnRule[] => [
  {
    header: 'Longitude',
    aliases: ['Lon', 'Lng'],
    name: 'longitude',
    type: 'number',
    decimals: 6,
    between: [-9, 2.5],
    example: '-2.5',
    mayLack: true,
    meaning: `Degrees east of Greenwich ${meaning}.`,
  },
  {
    header: 'Latitude',
    aliases: ['Lat'],
    name: 'latitude',
    type: 'number',
    decimals: 6,
    between: [49, 61],
    example: '53.4',
    mayLack: true,
    meaning: `Degrees north ${meaning}.`,
  },
];

export const gridColumns = (meaning: string): readonly ColumnRule[] => [
  {
    header: 'Easting',
    aliases: ['X', 'OS Easting', 'Grid East'],
    name: 'easting_metres',
    type: 'number',
    between: [0, 700_000],
    example: '366860',
    mayLack: true,
    meaning: `Metres east on the British National Grid ${meaning}.`,
  },
  {
    header: 'Northing',
    aliases: ['Y', 'OS Northing', 'Grid North'],
    name: 'northing_metres',
    type: 'number',
    between: [0, 1_300_000],
    example: '389700',
    mayLack: true,
    meaning: `Metres north on the British National Grid ${meaning}.`,
  },
];

export const pointsOfRows = [
  { x: 'easting_metres', y: 'northing_metres', grid: 'british-national-grid' },
  { x: 'longitude', y: 'latitude', grid: 'wgs84' },
] as const;

export const pointsWhole = [
  { together: ['easting_metres', 'northing_metres'] },
  { together: ['longitude', 'latitude'] },
] as const;

/** Columns that every table of counts has. */
export const countColumns = (category: string, what: string): readonly ColumnRule[] => [
  {
    header: 'Period',
    aliases: ['Month', 'Quarter', 'Financial Year', 'Year'],
    name: 'period',
    type: 'period',
    required: true,
    meaning: 'Month, quarter or financial year that is counted. A row stands in its first month.',
  },
  areaColumn('Area Code', 'area_code', 'Code of the area that is counted.', [
    'Area',
    'LSOA Code',
    'LAD Code',
    'ONS Code',
  ]),
  {
    header: category,
    aliases: ['Category', 'Measure'],
    name: 'category',
    type: 'text',
    required: true,
    meaning: what,
  },
  {
    header: 'Count',
    aliases: ['Number', 'Value', 'Total'],
    name: 'count',
    type: 'count',
    required: true,
    meaning: 'How many, or the symbol that the sender puts for a small number.',
  },
  textColumn('Provider', 'provider', 'Who counted.'),
  textColumn('Age Group', 'age_group', 'Age group that is counted, such as 10-17.'),
  textColumn('Sex', 'sex', 'Sex that is counted.'),
  textColumn('Ethnicity', 'ethnicity', 'Ethnic group that is counted.'),
];

export const countStandard = {
  month: 'period',
  area: 'area_code',
  category: { column: 'category' },
  provider: { column: 'provider' },
  count: 'count',
} as const;

export const countBreakdowns = ['age_group', 'sex', 'ethnicity'] as const;

export const countCautions = [
  'A quarter or a year stands in its first month, and cannot be cut into months.',
  'A cell that the sender has hidden has no value. It is neither nought nor missing.',
  'Groups may overlap: a file must hold one row for each person counted in it once, and no totals.',
] as const;
