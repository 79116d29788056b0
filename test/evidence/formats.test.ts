import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { formatOf, formats } from '../../src/evidence/formats/index.ts';
import { formatNames, type FormatName } from '../../src/evidence/source.ts';
import { openEngine, sqlText } from '../../src/platform/releases/engine.ts';
import { standardNames } from '../../src/platform/releases/table.ts';
import { brokenRows, checkRows, validRows } from './synthetic-file.ts';

test('every name has its format, and every format its name', () => {
  expect(formats.map(({ name }) => name)).toEqual([...formatNames]);
});

test.each(formats)('$name names columns that it has, once', ({ rules, breakdowns, distinct, everyMonths, level }) => {
  const names = rules.columns.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  expect(names.filter((name) => !/^[a-z][a-z_]*$/.test(name))).toEqual([]);
  const { month, area, category, provider, count, points = [] } = rules.standard;
  const became = [category, provider].flatMap((each) => (each !== undefined && 'column' in each ? [each.column] : []));
  const named = [
    ...(typeof month === 'string' ? [month] : [month.financialYear, month.quarter]),
    ...[area, count].filter((name) => name !== undefined),
    ...became,
    ...points.flatMap(({ x, y }) => [x, y]),
    ...breakdowns,
    ...(distinct === undefined ? [] : [distinct.column]),
    ...(rules.rows ?? []).flatMap((rule) => ('notBefore' in rule ? [rule.notBefore, rule.than] : rule.together)),
  ];
  expect(named.filter((name) => !names.includes(name))).toEqual([]);
  // A breakdown has to be a column of the release, and what became a standard column has gone.
  const gone = [...became, area, count, ...standardNames];
  expect(breakdowns.filter((name) => gone.includes(name))).toEqual([]);
  expect(level === 'counts').toBe(count !== undefined);
  if (everyMonths === 1)
    expect(rules.columns.some(({ type }) => ['month', 'date', 'moment', 'period'].includes(type))).toBe(true);
});

test.each(formats)('$name: a valid file is taken whole', async (format) => {
  const checked = await checkRows(format, validRows(format, 60));
  expect(checked.reasons).toEqual([]);
  expect(checked.rows).toMatchObject({ read: 60, accepted: 60, quarantined: 0, alreadyLoaded: 0, outside: 0 });
  expect(checked.unknownColumns).toEqual([]);
  rmSync(checked.folder, { recursive: true });
});

test.each(formats)('$name: each fault comes back with its reason, and the rest is taken', async (format) => {
  const broken = brokenRows(format);
  const checked = await checkRows(format, [...validRows(format, 20), ...broken.map(({ row }) => row)]);
  expect(checked.rows).toMatchObject({ accepted: 20, quarantined: broken.length });
  const file = readFileSync(checked.quarantine ?? '', 'utf8');
  for (const { column, sentence } of broken) {
    const found = checked.reasons.filter((reason) => reason.column === column && reason.sentence.startsWith(sentence));
    const same = broken.filter((each) => each.column === column && each.sentence === sentence).length;
    expect(
      found.map(({ rows }) => rows),
      `${column}: ${sentence}`,
    ).toEqual([same]);
    expect(file).toContain(found[0]?.sentence ?? '');
  }
  rmSync(checked.folder, { recursive: true });
});

/** One row with a few columns set, the others empty. */
function rowOf(name: FormatName, set: Readonly<Record<string, string>>): readonly string[] {
  const { columns } = formatOf(name).rules;
  for (const column of Object.keys(set))
    if (!columns.some((rule) => rule.name === column)) throw new RangeError(column);
  return columns.map((rule) => set[rule.name] ?? '');
}

async function released(checked: Awaited<ReturnType<typeof checkRows>>, columns: string) {
  const [part] = checked.parts;
  const engine = await openEngine({
    folders: [checked.folder],
    temporary: join(checked.folder, 'temporary'),
    megabytes: 200,
  });
  const rows = await engine.all(`select ${columns} from read_parquet(${sqlText(part?.path ?? '')})`);
  engine.close();
  rmSync(checked.folder, { recursive: true });
  return rows;
}

test('a row of the extract stands in the month of recording, and a point on either grid finds its area', async () => {
  const base = { offence_code: '8N', recorded_on: '01/02/2024', from_at: '31/01/2024 23:50' };
  const checked = await checkRows(
    formatOf('force-extract'),
    [
      rowOf('force-extract', { ...base, lsoa_code: 'E01012670', easting_metres: '1', northing_metres: '2' }),
      rowOf('force-extract', { ...base, easting_metres: '330000', northing_metres: '436000' }),
      rowOf('force-extract', { ...base, longitude: '-3.05', latitude: '53.8' }),
      rowOf('force-extract', base),
      rowOf('force-extract', { ...base, longitude: '-5', latitude: '54' }),
      rowOf('force-extract', { ...base, to_at: '31/01/2024' }),
      rowOf('force-extract', { ...base, to_at: '31/01/2024 23:49' }),
    ],
    {
      locate: (x, y, grid) =>
        grid === 'wgs84' ? (x === -3.05 && y === 53.8 ? 'E01000002' : undefined) : `E0100000${y === 436_000 ? 1 : 9}`,
      isOnLand: (x) => x !== -5,
    },
  );
  expect(checked.reasons.map(({ sentence, rows }) => [sentence, rows])).toEqual([
    ['The point lies in the sea: look whether its coordinates are swapped or on another grid', 1],
    ['To is before From', 1],
  ]);
  expect(await released(checked, 'month, area, category, n, cast(from_at as varchar) as from_at')).toEqual(
    ['E01000001', 'E01000002', 'E01012670', null, null].map((area) => ({
      month: '2024-02',
      area,
      category: '8N',
      n: 1,
      from_at: '2024-01-31 23:50:00',
    })),
  );
});

test('quarters and years stand in their first month, and symbols are no numbers', async () => {
  const cells = [
    ['2023/24', '12', '2023-04', 12, 'value'],
    ['2023/24 Q4', '1,234', '2024-01', 1234, 'value'],
    ['2023/2024 quarter 2', '*', '2023-07', null, 'hidden'],
    ['1999/00 Q3', '<5', '1999-10', null, 'low'],
    ['2011-12', 'c', '2011-12', null, 'confidential'],
    ['Mar 2024', '-', '2024-03', null, 'not-available'],
    ['Mar-24', '0', '2024-03', 0, 'value'],
    ['03/2024', 'low', '2024-03', null, 'low'],
  ] as const;
  const checked = await checkRows(formatOf('hospital-admissions'), [
    ...cells.map(([period, count], place) => rowOf('hospital-admissions', { period, count, category: `X9${place}` })),
    ...['2023/25', '2023/24 Q5', '2023-24', 'Spring 2024'].map((period) =>
      rowOf('hospital-admissions', { period, count: '1', category: 'X99' }),
    ),
  ]);
  expect(checked.rows).toMatchObject({ accepted: cells.length, quarantined: 4 });
  expect(await released(checked, 'month, n, cell')).toEqual(cells.map(([, , month, n, cell]) => ({ month, n, cell })));
});

test('a recorded crime table has its quarter in two columns', async () => {
  const base = { force_name: 'Anywhere', offence_code: '1/4.1/4.2/4.10', offences: '3' };
  const checked = await checkRows(formatOf('ho-recorded-crime'), [
    rowOf('ho-recorded-crime', { ...base, financial_year: '2023/24', financial_quarter: 'Q4' }),
    rowOf('ho-recorded-crime', { ...base, financial_year: '2023/2024', financial_quarter: '1', offences: '-2' }),
    rowOf('ho-recorded-crime', { ...base, financial_year: '2023/26', financial_quarter: '1' }),
  ]);
  expect(checked.reasons.map(({ column }) => column).sort()).toEqual(['Financial Year', 'Number of Offences']);
  expect(await released(checked, 'month, n, provider')).toEqual([{ month: '2024-01', n: 3, provider: 'Anywhere' }]);
});

test('what looks like a name, a reference or a date is no pseudonym, and what a key makes is', async () => {
  const keyed = [
    'd2a84f4b8b650937ec8f73cd8be2c74add5a911ba64df27458ed8229da804a26',
    '9f86d081884c7d65',
    'n4bQgYhMfWWaL-qgxVrQFaO_TxsrC4Is0V1sFbDwCgg=',
    'mFk3ZQb8Wn1RtX5vJc7LpA',
    '3F2B8C1E-5D4A-4E6F-9A7B-0C1D2E3F4A5B',
  ];
  const plain = [
    'Maria Example',
    'maria-example-of-anywhere',
    'BartholomewFitzgerald-Smith',
    'maria.example@example.org',
    'mariaexample19850312',
    'M-Example-1985-03-12',
    '9f86d081884c7d6',
    'AB123456C-2024-000123',
    '4857773456',
    'f'.repeat(129),
  ];
  const rows = [...keyed, ...plain].map((victim) =>
    rowOf('force-extract', { offence_code: '8N', recorded_on: '2024-02-01', victim }),
  );
  const checked = await checkRows(formatOf('force-extract'), rows);
  expect(checked.rows).toMatchObject({ accepted: keyed.length, quarantined: plain.length });
  expect(await released(checked, 'victim')).toEqual(keyed.map((victim) => ({ victim })));
});

test('dates are read in every spelling that England has, and a day that is none is not', async () => {
  const dates = [
    '2024-02-01',
    '01/02/2024',
    '1.2.2024',
    '01-02-2024',
    '1 Feb 2024',
    '1 February 2024',
    '01-Feb-24',
    '01/02/24',
  ];
  const none = ['2024-02-30', '31/11/2023', '02/13/2024', '20240201', 'yesterday', '01/02/1824', '45323'];
  const checked = await checkRows(
    formatOf('force-extract'),
    [...dates, ...none].map((recorded_on) => rowOf('force-extract', { offence_code: '8N', recorded_on })),
  );
  expect(checked.rows).toMatchObject({ accepted: dates.length, quarantined: none.length });
  expect(await released(checked, 'cast(recorded_on as varchar) as day')).toEqual(
    dates.map(() => ({ day: '2024-02-01' })),
  );
});

test('words about a place that may name somebody are left out, and the row stays', async () => {
  const base = {
    site_code: 'ZZZ01',
    assaulted_at: '2024-02-01 23:15',
    assault_method: 'Other',
    location_type: 'Home',
  };
  const checked = await checkRows(formatOf('istv'), [
    rowOf('istv', { ...base, location_description: 'Outside the Railway Tavern, Station Road' }),
    rowOf('istv', { ...base, location_description: 'at John Smith’s, 07700 900123' }),
    rowOf('istv', { ...base, arrived_at: '2024-02-01 23:14' }),
  ]);
  expect(checked.rows).toMatchObject({ accepted: 2, quarantined: 1 });
  expect(checked.screened).toEqual([{ file: 'sent.csv', row: 3, column: 'Assault Location Description' }]);
  expect(await released(checked, 'location_description as words')).toEqual([
    { words: 'Outside the Railway Tavern, Station Road' },
    { words: null },
  ]);
});

test('an age that nobody has and a code that no rule knows are not taken', async () => {
  const base = { offence_code: '8N', recorded_on: '2024-02-01' };
  const checked = await checkRows(formatOf('force-extract'), [
    rowOf('force-extract', { ...base, victim_age: '0' }),
    rowOf('force-extract', { ...base, victim_age: '-1' }),
    rowOf('force-extract', { ...base, victim_age: '1985' }),
    rowOf('force-extract', { ...base, offence_code: 'ABH' }),
    rowOf('force-extract', { ...base, recorded_on: '2031-01-01' }),
  ]);
  expect(checked.rows).toMatchObject({ accepted: 1, quarantined: 4 });
  rmSync(checked.folder, { recursive: true });
});
