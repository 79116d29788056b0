import { describe, expect, it } from 'vitest';
import { readReference, whyNotReference } from './reference-layouts.ts';
import type { ReferenceTable } from './reference.ts';

const tableOf = (text: string) => {
  const [header = [], ...rows] = text
    .trim()
    .split('\n')
    .map((line) => line.trim().split('|'));
  return { header, rows: rows.map((cells, place) => ({ row: place + 2, cells })) };
};
function read(text: string, vintage?: string): ReferenceTable {
  const found = readReference(tableOf(text), vintage);
  if (!found.done) throw new Error(found.sentence);
  return found.value;
}
const refusal = (text: string, vintage?: string): string => {
  const found = readReference(tableOf(text), vintage);
  return found.done ? 'taken' : found.sentence;
};
const names = (table: ReferenceTable) => table.columns.map(({ name }) => name);

describe('tables are known by their columns', () => {
  it('lookups of the Open Geography portal and of geographr are one table', () => {
    const ons = read(
      'LSOA21CD|LSOA21NM|WD24CD|WD24NM|WD24NMW|LAD24CD|LAD24NM|ObjectId\nE01012662|Blackpool 002A|E05015186|Anchorsholme||E06000009|Blackpool|1',
    );
    const other = read(
      'lsoa21_code|lsoa21_name|ward24_code|ward24_name|ltla24_code|ltla24_name\nE01012662|Blackpool 002A|E05015186|Anchorsholme|E06000009|Blackpool',
    );
    expect(ons).toEqual(other);
    expect(ons).toMatchObject({ kind: 'lookup', layout: 'area-lookup', vintage: '2024' });
    expect(names(ons)).toEqual(['lsoa21', 'lsoa21_name', 'ward24', 'ward24_name', 'lad24', 'lad24_name']);
  });
  it('what became of LSOAs', () => {
    expect(
      read('LSOA11CD|LSOA11NM|CHNGIND|LSOA21CD|LSOA21NM|LAD22CD|LAD22NM\nE01012662|A|U|E01012662|A|E06000009|B').layout,
    ).toBe('area-change');
    expect(refusal('LSOA11CD|CHNGIND|LSOA21CD\nE01012662|Q|E01012662')).toContain('Row 2: “Q” in the column CHNGIND');
  });
  it('population: wide, long, by sex, of Nomis', () => {
    const wide = read('LSOA Code|All Ages|0|1|2+\nE01012662|6|1|2|3', 'mid-2019');
    expect(wide.rows).toEqual([['E01012662', 'persons', '6', '1', '2', '3']]);
    expect(wide.vintage).toBe('mid-2019');
    const long = read(
      'Lower layer Super Output Areas Code|Lower layer Super Output Areas|Age (6 categories) Code|Age (6 categories)|Observation\nE01012662|B|1|Aged 15 years and under|4\nE01012662|B|2|Aged 16 years and over|5',
    );
    expect(long.rows).toEqual([['E01012662', 'persons', '9', '4', '5']]);
    expect(long.vintage).toBe('Census 2021');
    const ages = Array.from({ length: 91 }, (_, age) => age);
    const sexes = read(
      `LAD 2023 Code|LSOA 2021 Code|Total|${ages.map((age) => `F${age}`).join('|')}|${ages.map((age) => `M${age}`).join('|')}\nE06000009|E01012662|273|${ages.map(() => 1).join('|')}|${ages.map(() => 2).join('|')}`,
      'mid-2022',
    );
    expect(sexes.columns.at(-1)?.name).toBe('90+');
    expect(sexes.rows.map((row) => row.slice(0, 4))).toEqual([
      ['E01012662', 'female', '91', '1'],
      ['E01012662', 'male', '182', '2'],
      ['E01012662', 'persons', '273', '3'],
    ]);
    const nomis = read(
      'date|geography|geography code|Age: Total|Age: Aged 4 years and under|Age: Aged 5 years and over\n2021|Blackpool 002A|E01012662|9|4|5',
      'census-2021',
    );
    expect(nomis.rows).toEqual([['E01012662', 'persons', '9', '4', '5']]);
  });
  it('population vintage: a table that does not say its year is not taken without it', () => {
    expect(refusal('LSOA Code|All Ages|0|1+\nE01012662|3|1|2')).toContain('The year is not in the file');
    expect(refusal('LSOA Code|All Ages|0|1+\nE01012662|3|1|2', 'lately')).toContain('--vintage mid-2022');
  });
  it('bands that do not add up, overlap or leave ages out', () => {
    expect(refusal('LSOA Code|All Ages|0|1+\nE01012662|4|1|2', 'mid-2020')).toContain(
      'add up to 3 and not to its total of 4',
    );
    expect(refusal('LSOA Code|0-15|15-24|25+\nE01012662|1|1|1', 'mid-2020')).toContain('gap or an overlap');
    expect(refusal('LSOA Code|0-15|16-24\nE01012662|1|1', 'mid-2020')).toContain('those who are older are missing');
    expect(refusal('LSOA Code|0-15|16+\nE01012662|1|x', 'mid-2020')).toContain('“x”');
  });
  it('ethnic groups: numbers only, where percentages stand among them', () => {
    const table = read(
      'ltla21_code|ltla21_name|ethnic_group|value\nE06000009|B|White: Irish (number)|10\nE06000009|B|White: Irish (percent)|0.1\nE06000009|B|White: Roma (number)|2\nE06000009|B|White: Roma (percent)|0.02',
    );
    expect(table.rows).toEqual([['E06000009', '10', '2']]);
    expect(table.notes).toEqual(['2 rows of percentages were left out: the numbers say the same.']);
  });
  it('deprivation: File 7 of 2019 and of 2025, and the columns of re-publishers', () => {
    const file7 = read(
      'LSOA code (2011)|LSOA name (2011)|Local Authority District code (2019)|Index of Multiple Deprivation (IMD) Rank (where 1 is most deprived)|Index of Multiple Deprivation (IMD) Decile (where 1 is most deprived 10% of LSOAs)|Income Score (rate)\nE01012662|B|E06000009|100|1|0.3',
    );
    expect(names(file7)).toEqual(['lsoa11', 'imd_rank', 'imd_decile', 'income_score']);
    expect(file7.vintage).toBe('2019');
    const newer = read(
      'LSOA code (2021)|LSOA name (2021)|Index of Multiple Deprivation (IMD) Decile (where 1 is most deprived 10% of LSOAs)\nE01012662|B|1',
    );
    expect(newer.vintage).toBe('2025');
    const again = read('lsoa11_code|IMD_decile|Housing_and_Access_decile\nE01012662|1|3');
    expect(names(again)).toEqual(['lsoa11', 'imd_decile', 'housing_decile']);
    expect(refusal('lsoa11_code|IMD_decile|Housing_and_Access_decile\nE01012662|11|3')).toContain(
      'is no decile from 1 to 10',
    );
  });
  it('weights, and places with coordinates off the map', () => {
    expect(read('ONS_SEVERITY_code|ONS_SEVERITY_weight|POLICE_UK_CAT_MAP_category\n56A|826.19|Arson').kind).toBe(
      'weights',
    );
    const schools = read(
      'URN|EstablishmentName|TypeOfEstablishment (name)|Easting|Northing|LSOA (code)\n1e+05|A|Academy|533498|181201|E01032739\n2|B|Academy|||',
    );
    // Longitude and latitude as the register itself gives them for this easting and northing.
    expect(schools.rows[0]?.slice(0, 5)).toEqual(['100000', 'A', 'Academy', '', 'E01032739']);
    expect(Number(schools.rows[0]?.[5])).toBeCloseTo(-0.077531, 4);
    expect(Number(schools.rows[0]?.[6])).toBeCloseTo(51.513969, 4);
    expect(schools.notes).toEqual([expect.stringContaining('1 places have no coordinates')]);
  });
  it('the order of the rows does not matter, and a row that stands twice is one', () => {
    const table = (rows: string) => read(`lsoa11_code|ltla21_code\n${rows}`);
    expect(table('E01000001|E09000001\nE01000002|E09000001')).toEqual(
      table('E01000002|E09000001\nE01000001|E09000001\nE01000001|E09000001'),
    );
  });
  it('says why a table is none of these', () => {
    expect(whyNotReference(['Crime ID', 'Month', 'Falls within'])).toContain(
      'concord import <file> --source police-uk-street',
    );
    expect(whyNotReference(['a', 'b'])).toBe('None of the tables that are known here has these columns: “a”, “b”.');
    expect(refusal('lsoa11_code|ltla21_code\nE01000001|London')).toContain(
      'Row 2: “London” in the column ltla21_code is no code of authority level',
    );
    expect(refusal('lsoa11_code|ltla21_code\n|E09000001')).toContain('is empty');
  });
});
