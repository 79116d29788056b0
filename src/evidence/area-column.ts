/** Levels of areas as columns of lookups name them; from small to large. */
export const areaLevels = [
  'oa',
  'lsoa',
  'msoa',
  'ward',
  'lad',
  'csp',
  'utla',
  'cauth',
  'pfa',
  'fra',
  'sicbl',
  'icb',
  'region',
  'country',
] as const;

export type AreaLevel = (typeof areaLevels)[number];

/** What the header of a column says of the areas below it. */
export interface AreaColumn {
  readonly level: AreaLevel;
  /** The year of the boundaries; null where the header has none. */
  readonly vintage: number | null;
  readonly holds: 'code' | 'name';
}

/** How publishers write a level: ONS Open Geography (`LSOA21CD`), geographr (`ltla24_code`), MHCLG (`LSOA code (2021)`). */
const words: Readonly<Record<string, AreaLevel>> = {
  oa: 'oa',
  lsoa: 'lsoa',
  'lower layer super output area': 'lsoa',
  'lower layer super output areas': 'lsoa',
  msoa: 'msoa',
  'middle layer super output area': 'msoa',
  'middle layer super output areas': 'msoa',
  wd: 'ward',
  ward: 'ward',
  lad: 'lad',
  la: 'lad',
  ltla: 'lad',
  'local authority district': 'lad',
  'local authority': 'lad',
  'lower tier local authorities': 'lad',
  csp: 'csp',
  utla: 'utla',
  cty: 'utla',
  cauth: 'cauth',
  pfa: 'pfa',
  fra: 'fra',
  fire: 'fra',
  sicbl: 'sicbl',
  icb: 'icb',
  rgn: 'region',
  region: 'region',
  ctry: 'country',
  country: 'country',
};

const yearOf = (digits: string | undefined): number | null =>
  digits === undefined ? null : digits.length === 2 ? 2000 + Number(digits) : Number(digits);

/** The dialects of headers: the word for the level, the year, and which it holds. */
const dialects: readonly RegExp[] = [
  // LSOA21CD, LAD24NM, LADCD_ACTIVE
  /^(?<word>[a-z]+)(?<year>\d\d)?(?<holds>cd|nm)(_active)?$/,
  // ltla24_code
  /^(?<word>[a-z]+)(?<year>\d\d)?_(?<holds>code|name)$/,
  // LSOA code (2011), LAD 2023 Name, Lower layer Super Output Areas Code
  /^(?<word>[a-z][a-z ]*[a-z])( (?<year>\d{4}))? (?<holds>code|name)( ?\((?<later>\d{4})\))?$/,
  // Lower layer Super Output Areas
  /^(?<word>[a-z]+( [a-z]+)+)$/,
];

/** Reads the header of a column; undefined when it is about something else. */
export function areaColumn(header: string): AreaColumn | undefined {
  for (const dialect of dialects) {
    const found = dialect.exec(header.trim().toLowerCase())?.groups;
    const level = words[found?.['word'] ?? ''];
    if (found === undefined || level === undefined) continue;
    const holds = /^(cd|code)$/.test(found['holds'] ?? '') ? 'code' : 'name';
    return { level, vintage: yearOf(found['year'] ?? found['later']), holds };
  }
  return undefined;
}

/** `lsoa21`, `lad24_name`: what the column is called in a reference release. */
export function columnName({ level, vintage, holds }: AreaColumn): string {
  return `${level}${vintage === null ? '' : String(vintage).slice(2)}${holds === 'name' ? '_name' : ''}`;
}

/** The first letters of codes, by level; a level that is not here is not checked. */
const entities: Readonly<Partial<Record<AreaLevel, RegExp>>> = {
  oa: /^[EW]00\d{6}$/,
  lsoa: /^([EW]01|S01)\d{6}$|^95[A-Z0-9]{6}$|^N2\d{7}$/,
  msoa: /^([EW]02|S02)\d{6}$/,
  ward: /^([EW]05|S13|N08)\d{6}$/,
  lad: /^(E0[6-9]|W06|S12|N09)\d{6}$/,
  csp: /^(E22|W14)\d{6}$/,
  pfa: /^(E23|W15|S32|S23|N24|N23)\d{6}$/,
  fra: /^(E31|W25|S39|N31)\d{6}$/,
  icb: /^E54\d{6}$/,
  sicbl: /^E38\d{6}$/,
  region: /^(E12|W92|S92|N92)\d{6}$/,
  country: /^[EWSN]92\d{6}$/,
};

/** Whether a code can be of the level. */
export const isCodeOf = (level: AreaLevel, code: string): boolean => (entities[level] ?? /^[A-Z]\d{8}$/).test(code);
