import { expect, test } from 'vitest';
import { formatOf } from './formats/index.ts';
import { applyMapping, guessedMapping, mappingSchema, mistakesIn, type Mapping } from './mapping.ts';

const generic = (over: Partial<Mapping>): Mapping => ({ ...guessedMapping(formatOf('generic'), []), ...over });

function rowsOf(grid: readonly (readonly string[])[], mapping: Mapping) {
  const mapped = applyMapping({ rows: grid }, mapping);
  if (!mapped.done) throw new Error(mapped.sentence);
  const { header, rows, ...rest } = mapped.value;
  return {
    ...rest,
    rows: rows.map(({ at, cells }) => ({
      at,
      ...Object.fromEntries(cells.flatMap((cell, place) => (cell === '' ? [] : [[header[place] ?? '', cell]]))),
    })),
  };
}

test('columns, constants and words of a partner become those of the format', () => {
  const mapping = generic({
    headerRow: 2,
    columns: [
      { from: 'Mth', to: 'period' },
      { from: 'Kind', to: 'category' },
      { from: 'No.', to: 'count' },
      { from: 'Notes', to: null },
    ],
    constants: { area_code: 'E06000992' },
    words: { category: { 'YOUTH ASB': 'Anti-social behaviour' } },
  });
  expect(mistakesIn(mapping)).toEqual({});
  expect(
    rowsOf(
      [
        ['Report of the town', '', '', ''],
        ['Mth ', 'Kind', 'No.', 'Notes', 'Extra'],
        ['2024-01', 'Youth  asb', '12', 'x', 'y'],
        ['', '', '', ''],
        ['2024-02', 'Noise', '<5', '', ''],
      ],
      mapping,
    ),
  ).toEqual({
    rows: [
      { at: 'row 3', Period: '2024-01', 'Area Code': 'E06000992', Category: 'Anti-social behaviour', Count: '12' },
      { at: 'row 5', Period: '2024-02', 'Area Code': 'E06000992', Category: 'Noise', Count: '<5' },
    ],
    problems: [],
    ignored: ['Extra'],
    missing: [],
  });
});

test('single events are counted by what is left of them', () => {
  const mapping = generic({
    countsRows: true,
    columns: [
      { from: 'Date', to: 'period' },
      { from: 'LSOA', to: 'area_code' },
      { from: 'Type', to: 'category' },
    ],
  });
  const { rows } = rowsOf(
    [
      ['Date', 'LSOA', 'Type', 'Reported by'],
      ['2024-01-03 12:00', 'E01012670', 'Noise', 'Maria Example'],
      ['31/01/2024', 'E01012670', 'Noise', 'Joe Bloggs'],
      ['01/02/2024', 'E01012670', 'Noise', 'Joe Bloggs'],
    ],
    mapping,
  );
  expect(rows).toEqual([
    { at: 'row 2', Period: '2024-01', 'Area Code': 'E01012670', Category: 'Noise', Count: '2' },
    { at: 'row 4', Period: '2024-02', 'Area Code': 'E01012670', Category: 'Noise', Count: '1' },
  ]);
});

test('a table with months across loses its totals and keeps its symbols', () => {
  const mapping = generic({
    columns: [{ from: 'Offence', to: 'category' }],
    constants: { area_code: 'E06000992' },
    pivot: { period: 'period', headings: null, section: null, value: 'count' },
  });
  const read = rowsOf(
    [
      ['Violence by month', '', '', ''],
      ['Offence', 'Jan-24', 'Feb-24', 'Total'],
      ['Assault', '10', '12', '22'],
      ['Robbery', '*', '<5', '9'],
      ['Other', 'oops', '3', '3'],
    ],
    mapping,
  );
  expect(read.rows.map((row) => Object.values(row).join(' '))).toEqual([
    'B3 2024-01 E06000992 Assault 10',
    'C3 2024-02 E06000992 Assault 12',
    'B4 2024-01 E06000992 Robbery *',
    'C4 2024-02 E06000992 Robbery <5',
    'C5 2024-02 E06000992 Other 3',
  ]);
  expect(read.problems).toContainEqual({ at: 'B5', sentence: '“oops” is neither a number nor a symbol' });
});

test('quarters and financial years across are read as such', () => {
  const mapping = generic({
    columns: [{ from: 'Kind', to: 'category' }],
    pivot: { period: 'period', headings: null, section: null, value: 'count' },
  });
  const years = rowsOf(
    [
      ['Kind', '2022/23', '2023/24'],
      ['A', '1', '2'],
      ['B', '3', '4'],
    ],
    mapping,
  );
  expect(years.rows.map((row) => 'Period' in row && row.Period)).toEqual(['2022/23', '2023/24', '2022/23', '2023/24']);
  const quarters = rowsOf(
    [
      ['Kind', 'Q3 2023/24', 'Q4 2023/24'],
      ['A', '1', '2'],
      ['B', '3', '4'],
    ],
    mapping,
  );
  expect(quarters.rows.map((row) => 'Period' in row && row.Period).slice(0, 2)).toEqual(['2023/24 Q3', '2023/24 Q4']);
});

test('words and dates that are not understood are told with their place', () => {
  const base = guessedMapping(formatOf('istv'), [
    'Site Code',
    'Assault Date and Time',
    'Assault Method',
    'Assault Location Type',
  ]);
  const mapping: Mapping = { ...base, dates: 'american', words: { assault_method: { '05': 'Sharp object' } } };
  const grid = [
    ['Site Code', 'Assault Date and Time', 'Assault Method', 'Assault Location Type'],
    ['ZZZ01', '12/31/2023 23:15', '05', 'licensed PREMISES'],
    ['ZZZ01', '31/12/2023', '77', 'Home'],
  ];
  const read = rowsOf(grid, mapping);
  expect(read.rows[0]).toMatchObject({
    'Assault Date and Time': '2023-12-31 23:15',
    'Assault Method': 'Sharp object',
    'Assault Location Type': 'Licensed premises',
  });
  expect(read.problems.map(({ at, sentence }) => `${at}: ${sentence}`)).toEqual([
    'row 3: Assault Date and Time: “31/12/2023” is not a date of the kind that the mapping names',
    'row 3: Assault Method: “77” is none of the words of this format. Say what it means',
  ]);
  const serial = rowsOf([grid[0] ?? [], ['ZZZ01', '45291.96875', '05', 'Home']], { ...mapping, dates: 'serial' });
  expect(serial.rows[0]).toMatchObject({ 'Assault Date and Time': '2023-12-31 23:15' });
});

test('a mapping that cannot make a file of its format says why', () => {
  expect(mistakesIn(generic({}))).toEqual({ columns: 'Say where these come from: Period, Category, Count' });
  expect(
    mistakesIn(generic({ columns: ['a', 'b'].map((from) => ({ from, to: 'period' })), constants: { no: 'x' } })),
  ).toHaveProperty('columns');
  expect(mistakesIn({ ...guessedMapping(formatOf('istv'), []), countsRows: true })).toHaveProperty('format');
  const changed = applyMapping(
    { rows: [['Month'], ['2024-01']] },
    generic({
      columns: [
        { from: 'Mth', to: 'period' },
        { from: 'Kind', to: 'category' },
        { from: 'N', to: 'count' },
      ],
    }),
  );
  expect(changed).toMatchObject({ done: false, sentence: expect.stringContaining('“Mth”, “Kind”, “N”') as string });
});

test('a guess takes every column that the format knows, once, and is a mapping', () => {
  const guess = guessedMapping(formatOf('generic'), ['Month', 'LSOA code', 'Quarter', 'What', '', 'Value']);
  expect(guess.columns.map(({ to }) => to)).toEqual(['period', 'area_code', null, null, 'count']);
  expect(mappingSchema.parse(guess)).toEqual(guess);
});
