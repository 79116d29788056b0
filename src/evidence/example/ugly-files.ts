import { monthsIn } from '../../duty/index.ts';
import type { Mapping } from '../mapping.ts';
import type { FormatName } from '../source.ts';
import { chanceOf } from './chance.ts';
import { haverness } from './county.ts';
import { extractFiles, type Crime } from './crimes.ts';
import {
  csv,
  exclusionRows,
  exclusionsHeader,
  fireHeader,
  fireRows,
  hiddenOrRounded,
  hospitalSite,
  type SentFile,
} from './partners.ts';
import { lastMonth } from './truths.ts';

const id = (number: number): string => `0f000000-0000-4000-8000-${String(number).padStart(12, '0')}`;

/** Of the mapping that reads the table of the integrated care board. */
export const exampleMappingId = id(201);

export interface UglyFile {
  /** Of the load in which it waits. */
  readonly id: string;
  readonly source: FormatName;
  readonly file: SentFile;
  readonly mapping: string | null;
  /** What is wrong with it. */
  readonly about: string;
}

const pivotName = 'admissions for assault Jan-Mar 2026.csv';

/** Headings over two rows, a title above, a note below, totals between, and small numbers as a star. */
function pivotTable(): SentFile {
  const chance = chanceOf(301);
  const rows = ['10-17', '18-24', '25-44', '45-64', '65+'].map((ages, at) => {
    const counts = ['X99', 'Y04', 'Y00'].map((_, cause) =>
      hiddenOrRounded(chance.count(([8, 30, 4][cause] ?? 1) * ([0.4, 1.2, 1.5, 0.8, 0.2][at] ?? 1))),
    );
    return [ages, ...counts].join(',');
  });
  const text = [
    'Admissions for assault: residents of Haverness',
    ',2025/26 Q4,,',
    'Age group,X99,Y04,Y00',
    ...rows,
    'From 1 to 7 shown as *. All other numbers in fives.',
  ].join('\n');
  return { name: pivotName, text: `${text}\n` };
}

/** How the table of the board becomes admissions: made once, for every quarter. */
export const exampleMapping: { readonly name: string; readonly content: Mapping; readonly fileName: string } = {
  name: 'Admissions as the integrated care board lays them out',
  fileName: pivotName,
  content: {
    format: 'hospital-admissions',
    sheet: null,
    headerRow: 1,
    columns: [{ from: 'Age group', to: 'age_group' }],
    constants: {
      area_code: 'E06000990',
      provider: 'NHS Merrowshire Integrated Care Board',
      basis: 'Admissions',
    },
    words: {},
    dates: 'english',
    countsRows: false,
    pivot: { period: 'period', headings: 'category', section: null, value: 'count' },
  },
};

/** A term of exclusions in which some areas are none: retired, mistyped, or a name where a code should be. */
function badCodes(): SentFile {
  const wrong = ['E01999999', 'Haverness 032', 'E0190032', 'n/a'];
  const rows = exclusionRows(monthsIn({ from: '2026-01', to: '2026-03' }), 302).map((line, at) =>
    at % 9 === 4 ? line.replace(/E0190\d{4}/, wrong[(at - 4) % wrong.length] ?? '') : line,
  );
  return { name: 'exclusions spring term 2026.csv', text: csv(exclusionsHeader, rows) };
}

/** The month of the force that is there already, under another name. */
function alreadyLoaded(crimes: readonly Crime[]): SentFile {
  const found = extractFiles(crimes).find(({ name }) => name.endsWith(`${lastMonth}.csv`));
  return { name: 'may extract FINAL v2.csv', text: found?.text ?? '' };
}

/** A quarter without its middle. */
function missingMonth(): SentFile {
  return {
    name: 'fire incidents March to May 2026.csv',
    text: csv(fireHeader, fireRows(['2026-03', '2026-05'], 303)),
  };
}

/** The late month of the emergency department. In the column for places, somebody wrote who it was. */
function nameInText(): SentFile {
  const chance = chanceOf(304);
  const areas = haverness().filter(({ ward }) => ['Pier', 'Harbour', 'Sallow'].includes(ward.name));
  const told = [
    'outside the Anchor, told by Mr Tom Hartwell',
    'bus stop, call his mother on 07700 900123',
    'home of Mrs Edith Farrow, ZE9 1AB',
  ];
  const rows = Array.from({ length: 74 }, (_, at) => {
    const day = `2026-04-${String(1 + chance.below(29)).padStart(2, '0')}`;
    const hour = String(chance.below(22)).padStart(2, '0');
    return [
      hospitalSite,
      `${day} ${hour}:50`,
      `${day} ${hour}:05`,
      chance.weighted([
        ['Fist or body part', 7],
        ['Sharp object', 1],
        ['Glass or bottle', 1],
        ['Blunt object', 1],
      ] as const),
      chance.weighted([
        ['Street or public place', 5],
        ['Licensed premises', 3],
        ['Home', 2],
      ] as const),
      at % 25 === 7
        ? `"${told[Math.floor(at / 25)] ?? ''}"`
        : chance.weighted([
            ['promenade', 3],
            ['by the pier', 2],
            ['', 5],
          ] as const),
      areas[chance.below(areas.length)]?.code ?? '',
      16 + chance.below(50),
      chance.isTrue(0.68) ? 'Male' : 'Female',
    ].join(',');
  });
  const header =
    'Site Code (of Treatment),Arrival Date and Time at Department,Assault Date and Time,Assault Method,Assault Location Type,Assault Location Description,Assault LSOA,Age,Sex';
  return {
    name: 'ISTV april 2026.csv',
    text: csv(
      header,
      rows.sort((a, b) => (a.slice(6) < b.slice(6) ? -1 : 1)),
    ),
  };
}

/** What a portal gave instead of a file, saved under the name of the file. */
const errorPage: SentFile = {
  name: '2026-05-merrowshire-street.csv',
  text: `<!DOCTYPE html>
<html lang="en">
<head><title>503 Service Unavailable</title></head>
<body>
<h1>Service Unavailable</h1>
<p>The server is temporarily unable to service your request. Please try again later.</p>
</body>
</html>
`,
};

/** Six files as partners really send them. They wait in the loads of the example, checked, for somebody's word. */
export const uglyFiles = (crimes: readonly Crime[]): readonly UglyFile[] => [
  {
    id: id(101),
    source: 'hospital-admissions',
    file: pivotTable(),
    mapping: exampleMapping.name,
    about: 'a table with headings across, read by a mapping',
  },
  { id: id(102), source: 'exclusions', file: badCodes(), mapping: null, about: 'codes of areas that do not exist' },
  { id: id(103), source: 'force-extract', file: alreadyLoaded(crimes), mapping: null, about: 'loaded already' },
  { id: id(104), source: 'fire', file: missingMonth(), mapping: null, about: 'a month is missing' },
  { id: id(105), source: 'istv', file: nameInText(), mapping: null, about: 'names of people in a column of places' },
  {
    id: id(106),
    source: 'police-uk-street',
    file: errorPage,
    mapping: null,
    about: 'an error page that was saved as a file',
  },
];
