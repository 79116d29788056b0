import type { ReferenceKind } from '../reference.ts';
import { chanceOf } from './chance.ts';
import { county, fireAuthority, force, pointIn, region, type Point, type SmallArea } from './county.ts';
import { nightVenues, offenceTitles } from './crimes.ts';
import { schoolAt, schools } from './partners.ts';

/** A table of areas or people as its publisher would write it, and what it is called: nobody published these. */
export interface ReferenceSent {
  readonly name: string;
  readonly kind: ReferenceKind;
  readonly title: string;
  readonly text: string;
  /** Where the table does not say it itself. */
  readonly vintage?: string;
}

/** What stands for publisher and licence. */
export const madeUp = {
  publisher: 'Made up for the example',
  licence: 'None is needed: no such place exists.',
} as const;

const table = (header: readonly string[], rows: readonly (readonly (string | number)[])[]): string =>
  `${[header, ...rows].map((row) => row.join(',')).join('\n')}\n`;

function lookup(): ReferenceSent {
  const header = [
    'LSOA21CD',
    'LSOA21NM',
    'MSOA21CD',
    'MSOA21NM',
    'WD24CD',
    'WD24NM',
    'LAD24CD',
    'LAD24NM',
    'UTLA24CD',
    'UTLA24NM',
    'CSP24CD',
    'CSP24NM',
    'PFA24CD',
    'PFA24NM',
    'FRA24CD',
    'FRA24NM',
    'RGN24CD',
    'RGN24NM',
  ];
  const rows = county().smallAreas.map(({ code, name, ward, district }) => [
    code,
    name,
    ward.msoa,
    name.slice(0, -1),
    ward.code,
    ward.name,
    district.code,
    district.name,
    district.upper.code,
    district.upper.name,
    district.csp.code,
    district.csp.name,
    force.code,
    'Merrowshire',
    fireAuthority.code,
    'Merrowshire',
    region.code,
    region.name,
  ]);
  return {
    name: 'merrowshire-lookup.csv',
    kind: 'lookup',
    title: 'Areas of Merrowshire: which lies in which',
    text: table(header, rows),
  };
}

/** As GeoJSON in metres of the National Grid, as the Open Geography portal also gives it. */
function boundaries(
  [word, title]: readonly [string, string],
  areas: readonly { readonly code: string; readonly name: string; readonly line: readonly Point[] }[],
): ReferenceSent {
  const features = areas.map(({ code, name, line }) => ({
    type: 'Feature',
    properties: { [`${word}CD`]: code, [`${word}NM`]: name },
    geometry: { type: 'Polygon', coordinates: [line] },
  }));
  return {
    name: `merrowshire-${word.toLowerCase()}.geojson`,
    kind: 'boundaries',
    title,
    text: JSON.stringify({ type: 'FeatureCollection', features }),
  };
}

function allBoundaries(): readonly ReferenceSent[] {
  const { smallAreas, outlineOf } = county();
  const together = (of: (area: SmallArea) => { readonly code: string; readonly name: string }) =>
    [...Map.groupBy(smallAreas, (area) => of(area).code).values()].flatMap((areas) => {
      const [first] = areas;
      return first === undefined ? [] : [{ code: of(first).code, name: of(first).name, line: outlineOf(areas) }];
    });
  return [
    boundaries(
      ['LSOA21', 'Outlines of the small areas of Merrowshire'],
      smallAreas.map((area) => ({ code: area.code, name: area.name, line: outlineOf([area]) })),
    ),
    boundaries(
      ['WD24', 'Outlines of the wards of Merrowshire'],
      together(({ ward }) => ward),
    ),
    boundaries(
      ['LAD24', 'Outlines of the districts of Merrowshire'],
      together(({ district }) => district),
    ),
  ];
}

const oldest = 90;

/** How many of an age there are beside each other age: children, the young of the town centre, the old of the sea front. */
function ageWeight(age: number, { ward, deprivation }: SmallArea): number {
  const young = ['Pier', 'Market', 'Station', 'Castle'].includes(ward.name) ? 1.6 : 1;
  const old = ['Gull Point', 'South Sands', 'Warren Cliff'].includes(ward.name) ? 1.7 : 1;
  if (age < 18) return 0.75 + 0.45 * deprivation;
  if (age < 30) return 0.9 * young;
  if (age < 60) return 1.05;
  return Math.max(0.03, (1.15 - (age - 60) / 36) * old * (1.15 - 0.3 * deprivation));
}

function population(year: number): ReferenceSent {
  const chance = chanceOf(200);
  const ages = Array.from({ length: oldest + 1 }, (_, age) => age);
  const rows = county().smallAreas.map((area) => {
    const grown = area.people * (1 + (year - 2021) * 0.004);
    const weights = ages.map((age) => ageWeight(age, area) * (0.85 + 0.3 * chance.next()));
    const whole = weights.reduce((sum, each) => sum + each, 0);
    const women = (age: number): number => (age > 74 ? 0.57 : 0.503);
    const counted = (share: (age: number) => number) =>
      ages.map((age) => Math.round(((grown * (weights[age] ?? 0)) / whole) * share(age)));
    const [female, male] = [counted(women), counted((age) => 1 - women(age))];
    return [area.code, area.name, ...female, ...male];
  });
  const header = ['LSOA21CD', 'LSOA21NM', ...ages.map((age) => `F${age}`), ...ages.map((age) => `M${age}`)];
  return {
    name: `merrowshire-people-${year}.csv`,
    kind: 'population',
    title: `People of Merrowshire in the middle of ${year}, by age, sex and small area`,
    text: table(header, rows),
    vintage: `mid-${year}`,
  };
}

function households(): ReferenceSent {
  const rows = county().smallAreas.map(({ code, name, people }) => [code, name, Math.round(people / 2.3)]);
  return {
    name: 'merrowshire-households.csv',
    kind: 'population',
    title: 'Households of Merrowshire in 2021, by small area',
    text: table(['LSOA21CD', 'LSOA21NM', 'Number of households'], rows),
    vintage: 'census-2021',
  };
}

const groups = ['Asian', 'Black', 'Mixed', 'Other', 'White'] as const;

function ethnicity(): ReferenceSent {
  const chance = chanceOf(210);
  const rows = county().smallAreas.map(({ code, name, people, district }) => {
    const more = district.name === 'Castlemere' ? 3 : 1;
    const others = [0.03, 0.015, 0.018, 0.007].map((share) =>
      Math.round(people * share * more * (0.5 + chance.next())),
    );
    return [code, name, ...others, people - others.reduce((sum, each) => sum + each, 0)];
  });
  return {
    name: 'merrowshire-ethnic-groups.csv',
    kind: 'ethnicity',
    title: 'People of Merrowshire in 2021, by ethnic group and small area',
    text: table(['LSOA21CD', 'LSOA21NM', ...groups.map((group) => `Ethnic group: ${group}`)], rows),
  };
}

/** In England there are so many small areas to be ranked among. */
const ranks = 33_755;

function deprivation(): ReferenceSent {
  const rows = county().smallAreas.map(({ code, name, deprivation: poor }, at) => {
    const rank = Math.max(1, Math.round(ranks * (1 - poor) ** 1.35 * 0.96) + (at % 40) + 1);
    const decile = Math.min(10, Math.ceil(rank / (ranks / 10)));
    return [code, name, rank, decile, (4 + 72 * poor ** 2).toFixed(3), Math.min(ranks, rank + 120), decile];
  });
  const header = [
    'LSOA code (2021)',
    'LSOA name (2021)',
    'Index of Multiple Deprivation (IMD) Rank',
    'Index of Multiple Deprivation (IMD) Decile',
    'Index of Multiple Deprivation (IMD) Score',
    'Income Rank',
    'Income Decile',
  ];
  return {
    name: 'merrowshire-deprivation.csv',
    kind: 'deprivation',
    title: 'Deprivation in Merrowshire, ranked among small areas of England',
    text: table(header, rows),
  };
}

/** Days, made up, in the order of magnitude of starting points of sentences. */
export const harmDays: ReadonlyMap<string, number> = new Map([
  ['1', 5475],
  ['2', 3285],
  ['19C', 1825],
  ['20B', 730],
  ['5D', 1460],
  ['34A', 365],
  ['34B', 365],
  ['29A', 1095],
  ['36', 1095],
  ['56A', 730],
  ['62A', 180],
  ['106', 1460],
  ['92A', 180],
  ['20A', 182],
  ['17A', 182],
  ['8U', 240],
  ['8Q', 42],
  ['8L', 5],
  ['3B', 60],
  ['8N', 19],
  ['8T', 25],
  ['105A', 1],
  ['10C', 20],
  ['10D', 30],
]);

function weights(): ReferenceSent {
  const rows = [...harmDays].map(([code, days]) => [code, `"${offenceTitles.get(code) ?? 'Modern slavery'}"`, days]);
  return {
    name: 'harm-weights.csv',
    kind: 'weights',
    title: 'Days of harm for each offence code, made up for the example',
    text: table(['Offence code', 'Offence description', 'Weight'], rows),
  };
}

function schoolPlaces(): ReferenceSent {
  const rows = schools.flatMap(([name, urn], at) => {
    const area = schoolAt(at);
    if (area === undefined) return [];
    const [easting, northing] = pointIn(area, 0.4, 0.6);
    const phase = name.includes('Primary') ? 'Primary' : 'Secondary';
    return [[urn, name, 'Community school', phase, easting, northing, area.code]];
  });
  return {
    name: 'haverness-schools.csv',
    kind: 'places',
    title: 'Schools of Haverness',
    text: table(
      [
        'URN',
        'EstablishmentName',
        'TypeOfEstablishment (name)',
        'PhaseOfEducation (name)',
        'Easting',
        'Northing',
        'LSOA (code)',
      ],
      rows,
    ),
    vintage: '2026',
  };
}

function premises(): ReferenceSent {
  const names = [
    'Anchor',
    'Lobster Pot',
    'Pier Head',
    'Lantern',
    'Saltbox',
    'Gannet',
    'Long Bar',
    'Regatta',
    'Half Moon',
  ];
  const rows = nightVenues().map(({ smallArea, at }, place) => [
    names[place] ?? 'Bar',
    4 + (place % 2),
    'Pub/bar/nightclub',
    ...at,
    smallArea.code,
  ]);
  return {
    name: 'haverness-premises.csv',
    kind: 'places',
    title: 'Bars and clubs of Haverness',
    text: table(['BusinessName', 'RatingValue', 'BusinessType', 'Easting', 'Northing', 'lsoa_code'], rows),
    vintage: '2026',
  };
}

/** All that figures of the example need beside the rows of partners. */
export const referencesSent = (): readonly ReferenceSent[] => [
  lookup(),
  ...allBoundaries(),
  ...[2021, 2022, 2023, 2024, 2025].map(population),
  households(),
  ethnicity(),
  deprivation(),
  weights(),
  schoolPlaces(),
  premises(),
];
