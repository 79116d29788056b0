import { done, refused, type Outcome } from '../duty/index.ts';
import { bandName, parseAgeBand, type AgeBand } from './age-band.ts';
import { columnName, isCodeOf } from './area-column.ts';
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
  type SourceTable,
} from './reference.ts';

/** Where the area of each row stands, and of which level and year it is. */
interface AreaPlace {
  readonly place: number;
  readonly level: 'lsoa' | 'lad' | 'msoa' | 'ward';
  readonly vintage: number | null;
}

const counted = new Set(['lsoa', 'lad', 'msoa', 'ward']);

/** The finest area that has a column; Nomis writes all levels into one. */
function areaPlace(header: Header): AreaPlace | undefined {
  const columns = header.areas.filter(({ holds, level }) => holds === 'code' && counted.has(level));
  const finest =
    columns.find(({ level }) => level === 'lsoa') ??
    columns.find(({ level }) => level === 'msoa') ??
    columns.find(({ level }) => level === 'ward') ??
    columns[0];
  if (finest !== undefined)
    return { place: finest.place, level: finest.level as AreaPlace['level'], vintage: finest.vintage };
  const nomis = header.find('geography code', 'GEOGRAPHY_CODE', 'mnemonic');
  return nomis < 0 ? undefined : { place: nomis, level: 'lsoa', vintage: null };
}

/**
 * What England and Wales had in all, as published (ONS: mid-2020 population estimates; Census 2021, first results and TS041).
 * A table of all areas whose sum is this is of that year, also where its columns do not say so. Census counts of small areas
 * are moved a little against disclosure, so sums differ by less than one in ten thousand.
 */
const publishedTotals = [
  { of: 'persons', vintage: 'mid-2020', total: 59_719_724 },
  { of: 'persons', vintage: 'Census 2021', total: 59_597_542 },
  { of: 'households', vintage: 'Census 2021', total: 24_783_199 },
] as const;

/**
 * The year of a table of people: what whoever adds it says, or its column of dates, or that its sum is a published total.
 * @returns `mid-2020`, `Census 2021`, or why it is not known
 */
function yearOf(
  told: string | undefined,
  header: Header,
  table: SourceTable,
  counts: { readonly of: 'persons' | 'households'; readonly total: number; readonly census: boolean },
): Outcome<string, 'not-valid'> {
  if (told !== undefined) {
    const found = /^(?:(mid|census)[- ]?)?(\d{4})$/i.exec(told.trim());
    if (found === null)
      return refused(
        'not-valid',
        `Say the year as --vintage mid-2022 or --vintage census-2021, not “${told.slice(0, 40)}”.`,
      );
    const [, word, year] = found;
    const isCensus = word === undefined ? counts.census : word.toLowerCase() === 'census';
    return done(isCensus ? `Census ${year ?? ''}` : `mid-${year ?? ''}`);
  }
  const date = header.find('date', 'year');
  const dates = new Set(date < 0 ? [] : table.rows.map(({ cells }) => cleaned(cells[date])));
  const [only] = dates;
  if (dates.size === 1 && only !== undefined && /^\d{4}$/.test(only))
    return done(counts.census ? `Census ${only}` : `mid-${only}`);
  const known = publishedTotals.find(
    ({ of, total }) => of === counts.of && Math.abs(counts.total - total) <= total / 10_000,
  );
  if (known !== undefined) return done(known.vintage);
  if (counts.census) return done('Census 2021');
  return refused(
    'not-valid',
    'The year is not in the file. Say it: --vintage mid-2022, or --vintage census-2021. Nothing was added.',
  );
}

/** What each column of counts is of. */
interface CountColumn {
  readonly place: number;
  readonly sex: 'persons' | 'female' | 'male';
  /** null for all ages. */
  readonly band: AgeBand | null;
}

const totals = [
  'total_population',
  'All Ages',
  'All persons',
  'Total',
  'usual_residents',
  'population',
  'Age: Total',
  'Total: All usual residents',
  'Sex: All persons',
];

/** Columns of counts by age and sex: `0` … `90+`, `F0` … `M90`, `Age: Aged 16 to 24 years`, `total_females`. */
function countColumns(header: Header): readonly CountColumn[] {
  const sexes = { f: 'female', m: 'male', females: 'female', males: 'male', female: 'female', male: 'male' } as const;
  return header.names.flatMap((name, place): CountColumn[] => {
    const text = name
      .toLowerCase()
      .replace(/; ?measures?: ?value$/, '')
      .trim();
    if (header.find(...totals) === place) return [{ place, sex: 'persons', band: null }];
    const whole = /^total_(females|males)$|^sex: (female|male)$/.exec(text);
    if (whole !== null) return [{ place, sex: sexes[(whole[1] ?? whole[2]) as keyof typeof sexes], band: null }];
    const letter = /^([fm])_?(\d+)(\+)?$/.exec(text);
    if (letter !== null) {
      const from = Number(letter[2]);
      // The estimates by single year end with 90, which is 90 and over.
      const open = letter[3] !== undefined || from === 90;
      return [{ place, sex: sexes[letter[1] as 'f' | 'm'], band: { from, to: open ? null : from } }];
    }
    const band = parseAgeBand(text.replace(/^age: /, ''));
    return band === undefined ? [] : [{ place, sex: 'persons', band }];
  });
}

/** A column of text that says to which group each row belongs, and one of numbers. */
function groupedColumns(header: Header, words: readonly string[], values: readonly string[]) {
  return { group: header.find(...words), value: header.find(...values) };
}

const ageWords = [
  'age_group',
  'age',
  'age_band',
  'Age (6 categories)',
  'Age (18 categories)',
  'Age (23 categories)',
  'Age (101 categories)',
];
const observed = ['usual_residents', 'Observation', 'n', 'value', 'count', 'persons', 'OBS_VALUE'];

/** A table of counts: one row an area and sex, one column a band. */
interface Counts {
  /** By area, then by sex, then by band. */
  readonly byArea: Map<string, Map<string, Map<string, number>>>;
}

const population: Layout = {
  kind: 'population',
  fits(header) {
    if (areaPlace(header) === undefined || header.find('ethnic_group') >= 0) return false;
    const { group, value } = groupedColumns(header, ageWords, observed);
    if (group >= 0 && value >= 0) return true;
    const columns = countColumns(header);
    const bands = columns.filter(({ band }) => band !== null);
    return (
      bands.length >= 2 || (columns.some(({ sex }) => sex === 'female') && columns.some(({ sex }) => sex === 'male'))
    );
  },
  read(table, header, vintage) {
    const { group, value } = groupedColumns(header, ageWords, observed);
    const long = group >= 0 && value >= 0;
    return readCounts(table, header, vintage, long ? { group, value } : undefined);
  },
};

function readCounts(
  table: SourceTable,
  header: Header,
  vintage: string | undefined,
  long: { readonly group: number; readonly value: number } | undefined,
): Outcome<ReferenceTable, 'not-valid'> {
  const where = areaPlace(header);
  if (where === undefined) return refused('not-valid', 'There is no column of codes of areas.');
  const columns = long === undefined ? countColumns(header) : [];
  const { byArea }: Counts = { byArea: new Map() };
  const bands = new Map<string, AgeBand>();
  const add = (area: string, sex: string, band: AgeBand | null, count: number) => {
    const sexes = byArea.get(area) ?? new Map<string, Map<string, number>>();
    byArea.set(area, sexes);
    const cells = sexes.get(sex) ?? new Map<string, number>();
    sexes.set(sex, cells);
    const name = band === null ? 'total' : bandName(band);
    if (band !== null) bands.set(name, band);
    if (cells.has(name)) return false;
    cells.set(name, count);
    return true;
  };
  let foreign = 0;
  for (const { row, cells } of table.rows) {
    const area = cleaned(cells[where.place]);
    const heading = header.names[where.place] ?? '';
    if (!isCodeOf(where.level, area)) {
      // Tables of Nomis end with notes, and those of small areas may begin with totals of larger ones.
      if (area === '' || /^[EWKSN]\d{8}$/.test(area)) {
        foreign += 1;
        continue;
      }
      return wrongCell(row, heading, area, 'is no code of an area');
    }
    for (const each of long === undefined
      ? columns
      : [{ place: long.value, sex: 'persons' as const, band: undefined }]) {
      const count = numberIn(cells[each.place]);
      if (count === undefined || count === '' || Number(count) < 0)
        return wrongCell(row, header.names[each.place] ?? '', cells[each.place], 'is no number of people');
      const group = long === undefined ? '' : cleaned(cells[long.group]);
      const isTotal = /^(total|all ages|all usual residents)/i.test(group);
      const band = each.band === undefined ? (isTotal ? null : parseAgeBand(group)) : each.band;
      if (band === undefined) return wrongCell(row, header.names[long?.group ?? 0] ?? '', group, 'is no band of ages');
      if (!add(area, each.sex, band, Number(count)))
        return refused('not-valid', `Row ${row}: ${area} has the same band twice. Nothing was added.`);
    }
  }
  return settle(table, header, vintage, { byArea, bands, where, foreign, census: census(header, where) });
}

const census = (header: Header, where: AreaPlace): boolean =>
  header.has('usual_residents') ||
  header.names.some((name) => /usual residents|\(\d+ categories\)/i.test(name)) ||
  (header.find('Observation') >= 0 && where.level === 'lsoa');

function settle(
  table: SourceTable,
  header: Header,
  vintage: string | undefined,
  found: Counts & {
    readonly bands: ReadonlyMap<string, AgeBand>;
    readonly where: AreaPlace;
    readonly foreign: number;
    readonly census: boolean;
  },
): Outcome<ReferenceTable, 'not-valid'> {
  const { byArea, where } = found;
  const bands = [...found.bands].sort(([, a], [, b]) => a.from - b.from || (a.to ?? 999) - (b.to ?? 999));
  const gap = whyNotWhole(bands.map(([, band]) => band));
  if (gap !== undefined) return refused('not-valid', gap);
  let sum = 0;
  const rows: string[][] = [];
  for (const [area, sexes] of byArea) {
    const [female, male] = [sexes.get('female'), sexes.get('male')];
    if (female !== undefined && male !== undefined && (sexes.get('persons')?.size ?? 0) < female.size) {
      const both = new Map([...female].map(([name, count]) => [name, count + (male.get(name) ?? 0)]));
      sexes.set('persons', new Map([...both, ...(sexes.get('persons') ?? [])]));
    }
    for (const [sex, cells] of sexes) {
      const summed = bands.reduce((total, [name]) => total + (cells.get(name) ?? 0), 0);
      const total = cells.get('total') ?? summed;
      const whole = bands.length === 0 || bands.some(([name]) => !cells.has(name));
      if (!whole && summed !== total)
        return refused(
          'not-valid',
          `The bands of ${area} add up to ${summed} and not to its total of ${total}. Nothing was added.`,
        );
      if (sex === 'persons') sum += total;
      rows.push([area, sex, String(total), ...bands.map(([name]) => String(cells.get(name) ?? ''))]);
    }
  }
  if (rows.length === 0) return refused('not-valid', 'There is no area in the file. Nothing was added.');
  const year = yearOf(vintage, header, table, { of: 'persons', total: sum, census: found.census });
  if (!year.done) return year;
  const level = columnName({ level: where.level, vintage: where.vintage, holds: 'code' });
  const notes = [
    ...(found.foreign === 0 ? [] : [`${found.foreign} rows of other areas, or of none, were left out.`]),
    ...(header.find('working_age_females') < 0
      ? []
      : [
          'The columns for younger, working-age and older people do not say which ages they are, so only the totals by sex were taken.',
        ]),
  ];
  return done({
    kind: 'population',
    layout: 'population',
    vintage: year.value,
    title: `${sourceOf(year.value)}, by ${[...(bands.length > 0 ? ['age'] : []), ...(rows.some((row) => row[1] === 'female') ? ['sex'] : []), levelWords[where.level]].join(' and ')}${where.vintage === null ? '' : ` of ${where.vintage}`}`,
    publisher: statisticsOffice,
    licence: openGovernmentLicence,
    columns: [
      { name: level, type: 'text' },
      { name: 'sex', type: 'text' },
      ...['total', ...bands.map(([name]) => name)].map((name): ReferenceColumn => ({ name, type: 'number' })),
    ],
    rows: inOrder(rows),
    notes,
  });
}

const levelWords = { lsoa: 'LSOA', msoa: 'MSOA', ward: 'ward', lad: 'authority' } as const;

/** Stands behind the vintage of a table that nobody published. */
export const exampleMark = ' (example)';

/** What a table of people of a year is called: in titles, and in the passports of figures. */
export function sourceOf(vintage: string): string {
  // Nobody published the people of the example.
  if (vintage.endsWith(exampleMark)) return `${vintage.slice(0, -exampleMark.length)}, made up for the example`;
  return vintage.startsWith('Census')
    ? `${vintage}, usual residents (ONS)`
    : `${vintage.replace('mid', 'Mid')} population estimates (ONS)`;
}

/** Bands that leave out an age, or count one twice, would make a wrong total of any two of them. */
function whyNotWhole(bands: readonly AgeBand[]): string | undefined {
  for (const [place, band] of bands.entries()) {
    const next = bands[place + 1];
    if (next === undefined)
      return band.to === null
        ? undefined
        : `The oldest band ends at ${band.to}: those who are older are missing. Nothing was added.`;
    if (band.to === null || band.to + 1 !== next.from)
      return `Between the bands ${bandName(band)} and ${bandName(next)} is a gap or an overlap. Nothing was added.`;
  }
  return bands[0] === undefined || bands[0].from === 0
    ? undefined
    : `The youngest band begins at ${bands[0].from}, not at 0. Nothing was added.`;
}

const households: Layout = {
  kind: 'population',
  fits: (header) =>
    areaPlace(header) !== undefined &&
    header.find('households', 'Number of households: Number of households', 'Number of households') >= 0,
  read(table, header, vintage) {
    const where = areaPlace(header);
    const at = header.find('households', 'Number of households: Number of households', 'Number of households');
    if (where === undefined) return refused('not-valid', 'There is no column of codes of areas.');
    const rows: string[][] = [];
    let sum = 0;
    for (const { row, cells } of table.rows) {
      const area = cleaned(cells[where.place]);
      const count = numberIn(cells[at]);
      if (!isCodeOf(where.level, area))
        return wrongCell(row, header.names[where.place] ?? '', area, 'is no code of an area');
      if (count === undefined || count === '')
        return wrongCell(row, header.names[at] ?? '', cells[at], 'is no number of households');
      rows.push([area, count]);
      sum += Number(count);
    }
    const year = yearOf(vintage, header, table, { of: 'households', total: sum, census: false });
    if (!year.done) return year;
    return done({
      kind: 'population',
      layout: 'households',
      vintage: year.value,
      title: `${year.value}, households by ${levelWords[where.level]}`,
      publisher: statisticsOffice,
      licence: openGovernmentLicence,
      columns: [
        { name: columnName({ level: where.level, vintage: where.vintage, holds: 'code' }), type: 'text' },
        { name: 'households', type: 'number' },
      ],
      rows: inOrder(rows),
      notes: [],
    });
  },
};

/** Of the Census of 2021 (ONS, TS021). */
const ethnicGroups: Layout = {
  kind: 'ethnicity',
  fits: (header) =>
    (areaPlace(header) !== undefined &&
      header.find('ethnic_group', 'Ethnic group (6 categories)', 'Ethnic group (20 categories)') >= 0 &&
      header.find('n', 'value', 'Observation') >= 0) ||
    (areaPlace(header) !== undefined && header.names.filter((name) => /^ethnic group: /i.test(name)).length >= 5) ||
    header.has('LAD_code', 'Asian', 'Black', 'Mixed', 'Other', 'White'),
  read(table, header, vintage) {
    const where: AreaPlace | undefined = header.has('LAD_code', 'Asian')
      ? { place: header.find('LAD_code'), level: 'lad', vintage: null }
      : areaPlace(header);
    if (where === undefined) return refused('not-valid', 'There is no column of codes of areas.');
    const group = header.find('ethnic_group', 'Ethnic group (6 categories)', 'Ethnic group (20 categories)');
    const value = header.find('n', 'value', 'Observation');
    const wide = header.names.flatMap((name, place) => {
      const found =
        /^ethnic group: (.*?)(; ?measures?: ?value)?$/i.exec(name)?.[1] ??
        (header.has('LAD_code', 'Asian') && /^(Asian|Black|Mixed|Other|White)$/.test(name) ? name : undefined);
      return found === undefined || /^total/i.test(found) ? [] : [{ group: found, place }];
    });
    const byArea = new Map<string, Map<string, string>>();
    let percents = 0;
    for (const { row, cells } of table.rows) {
      const area = cleaned(cells[where.place]);
      if (!isCodeOf(where.level, area))
        return wrongCell(row, header.names[where.place] ?? '', area, 'is no code of an area');
      const own = byArea.get(area) ?? new Map<string, string>();
      byArea.set(area, own);
      for (const each of group >= 0 ? [{ group: cleaned(cells[group]), place: value }] : wide) {
        if (/^(total|does not apply)/i.test(each.group)) continue;
        // One file has numbers and percentages of the same groups in one column.
        if (/\(per ?cent\)\s*$/i.test(each.group)) {
          percents += 1;
          continue;
        }
        const name = each.group.replace(/\s*\(number\)\s*$/i, '').replaceAll(/\s+/g, ' ');
        const count = numberIn(cells[each.place]);
        if (count === undefined || count === '' || !Number.isInteger(Number(count)) || Number(count) < 0)
          return wrongCell(row, header.names[each.place] ?? '', cells[each.place], 'is no number of people');
        if (own.has(name))
          return refused('not-valid', `Row ${row}: ${area} has the group “${name}” twice. Nothing was added.`);
        own.set(name, count);
      }
    }
    const groups = [...new Set([...byArea.values()].flatMap((own) => [...own.keys()]))].sort();
    if (groups.length === 0)
      return refused('not-valid', 'There is no number of people in the file. Nothing was added.');
    const lacking = [...byArea].find(([, own]) => own.size < groups.length);
    if (lacking !== undefined)
      return refused('not-valid', `${lacking[0]} lacks some of the ${groups.length} groups. Nothing was added.`);
    const year = yearOf(vintage, header, table, { of: 'persons', total: 0, census: true });
    if (!year.done) return year;
    return done({
      kind: 'ethnicity',
      layout: 'ethnic-groups',
      vintage: year.value,
      title: `${year.value}, ${groups.length} ethnic groups by ${levelWords[where.level]}`,
      publisher: statisticsOffice,
      licence: openGovernmentLicence,
      columns: [
        { name: columnName({ level: where.level, vintage: where.vintage, holds: 'code' }), type: 'text' },
        ...groups.map((name): ReferenceColumn => ({ name, type: 'number' })),
      ],
      rows: inOrder([...byArea].map(([area, own]) => [area, ...groups.map((name) => own.get(name) ?? '')])),
      notes:
        percents === 0
          ? []
          : [`${percents.toLocaleString('en-GB')} rows of percentages were left out: the numbers say the same.`],
    });
  },
};

export const populationLayouts: readonly Layout[] = [ethnicGroups, population, households];
