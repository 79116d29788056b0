import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseHeadingPeriod, periodsOf } from './heading-period.ts';
import { unpivot, type Grid, type PivotShape } from './pivot.ts';
import { parseRange } from './sheet-cells.ts';
import { parseTableCell, type TableCell } from './table-cell.ts';

const grid = (text: string, ...merged: string[]): Grid => ({
  rows: text.split('\n').map((row) => row.split('|').map((cell) => cell.trim())),
  merged: merged.map((reference) => parseRange(reference)!),
});
function read(given: Grid, shape?: PivotShape) {
  const outcome = unpivot(given, shape);
  if (!outcome.done) throw new Error(outcome.sentence);
  return outcome.value;
}
const month = (at: string) => ({ from: at, to: at });
const value = (number: number) => ({ state: 'value', value: number });

describe('a pivot table', () => {
  const table = grid(
    `Table 3: knife crime by district
     |||
     ||2024||
     Area|District|Jan|Feb|Total
     North|Fylde|1,200|*|1,200
     |Wyre|3|<5|5
     |Total|1,203|3|1,206
     South|Ribble|c|-|:
     Grand total||1203||1300
     * fewer than five
     Source: force records`,
    'C3:D3',
    'A5:A7',
  );

  it('becomes one row a value, with its labels, its month and its state', () => {
    const tidy = read(table);
    expect(tidy.title).toEqual(['Table 3: knife crime by district']);
    expect(tidy.notes).toEqual(['* fewer than five', 'Source: force records']);
    expect(tidy.labelNames).toEqual(['Area', 'District']);
    const row = (at: string, labels: string[], period: string, cell: unknown) => ({
      at,
      labels,
      headings: [],
      period: month(period),
      cell,
    });
    expect(tidy.rows).toEqual([
      row('C5', ['North', 'Fylde'], '2024-01', value(1_200)),
      row('D5', ['North', 'Fylde'], '2024-02', { state: 'hidden' }),
      row('C6', ['North', 'Wyre'], '2024-01', value(3)),
      row('D6', ['North', 'Wyre'], '2024-02', { state: 'low', below: 5 }),
      row('C8', ['South', 'Ribble'], '2024-01', { state: 'confidential' }),
      row('D8', ['South', 'Ribble'], '2024-02', { state: 'not-available' }),
    ]);
    expect(tidy.unread).toEqual([]);
  });

  it('has its totals held to their parts and left out, and says which differ', () => {
    expect(read(table).totals).toEqual([
      { at: 'C7', says: 1_203, sum: 1_203, verdict: 'agrees' },
      { at: 'D7', says: 3, sum: 0, verdict: 'cannot-be-checked' },
      { at: 'E7', says: 1_206, sum: 1_205, verdict: 'differs' },
      { at: 'C9', says: 1_203, sum: 1_203, verdict: 'cannot-be-checked' },
      { at: 'E9', says: 1_300, sum: 1_205, verdict: 'cannot-be-checked' },
      { at: 'E5', says: 1_200, sum: 1_200, verdict: 'cannot-be-checked' },
      { at: 'E6', says: 5, sum: 3, verdict: 'cannot-be-checked' },
    ]);
  });

  it('knows that a total is wrong when no number behind the symbols could make it right', () => {
    const { totals } = read(grid('Area|May 2024\nA|5\nB|<5\nTotal|20'));
    expect(totals).toEqual([{ at: 'B4', says: 20, sum: 5, verdict: 'differs' }]);
    expect(read(grid('Area|May 2024\nA|5\nB|*\nTotal|4')).totals).toMatchObject([{ verdict: 'differs' }]);
  });

  it('has several rows of headings joined, and blank ones filled as in a file that lost its merged cells', () => {
    const { rows, labelNames } = read(grid('|Victims||Suspects|\nArea|2023/24|2024/25|2023/24|2024/25\nA|1|2|3|4'));
    expect(labelNames).toEqual(['Area']);
    expect(rows.map(({ headings, period, cell }) => [headings[0], period?.from, cell])).toEqual([
      ['Victims', '2023-04', value(1)],
      ['Victims', '2024-04', value(2)],
      ['Suspects', '2023-04', value(3)],
      ['Suspects', '2024-04', value(4)],
    ]);
  });

  it('has rows without values that name those below', () => {
    const { rows, totals } = read(
      grid('Offence|2023|2024\nWith injury|||\nA|1|2\nB|3|4\nTotal|4|6\nWithout|||\nC|5|6\nTotal|5|6'),
    );
    expect(rows.map(({ section, labels }) => `${section}: ${labels.join()}`)).toEqual([
      'With injury: A',
      'With injury: A',
      'With injury: B',
      'With injury: B',
      'Without: C',
      'Without: C',
    ]);
    expect(totals.every(({ verdict }) => verdict === 'agrees')).toBe(true);
  });

  it('has the names of its labels in a row of their own', () => {
    const { labelNames, rows } = read(grid('|2023|2024\nArea||\nA|1|2'));
    expect(labelNames).toEqual(['Area']);
    expect(rows.map(({ section, period }) => [section, period?.from])).toEqual([
      [undefined, '2023-01'],
      [undefined, '2024-01'],
    ]);
  });

  it('has "All" above its parts and subtotals by name, and no total where the words only sound like one', () => {
    const { rows, totals } = read(
      grid('Area|Group|n\nNorth|All other|1\nNorth|Knife|2\nNorth total||3\nSouth|Knife|4\nSouth total||5\nAll||7'),
    );
    expect(rows.map(({ labels }) => labels.join())).toEqual(['North,All other', 'North,Knife', 'South,Knife']);
    expect(totals.map(({ verdict }) => verdict)).toEqual(['agrees', 'differs', 'agrees']);
    const ages = read(grid('Age|n\nAll ages|6\n10 to 17|2\n18 to 24|4'));
    expect(ages.rows).toHaveLength(2);
    expect(ages.totals).toMatchObject([{ at: 'B2', verdict: 'agrees' }]);
    const rates = read(grid('Age|n|Rate\nAll ages|6|3\n10 to 17|2|2\n18 to 24|4|4'));
    expect(rates.rows).toHaveLength(6);
    const apart = read(grid('Area|Group|n\nNorth|A|1\nSouth|B|2\nNorth|Total|1'));
    expect(apart.totals).toMatchObject([{ at: 'C4', sum: 1, verdict: 'agrees' }]);
    expect(read(grid('Area|Total offences|Rate\nA|10|1.5\nB|20|2.5')).rows).toHaveLength(4);
    expect(read(grid('Area|Total\nA|10\nB|20')).rows).toHaveLength(2);
  });

  it('has cells that cannot be read told, and no symbol is ever zero', () => {
    const { rows, unread } = read(grid('Area|Jan-24|Feb-24|Mar-24\nA|0|see note|\nB|1|2|3'));
    expect(unread).toEqual([{ at: 'C2', text: 'see note' }]);
    expect(rows.map(({ cell }) => cell)).toEqual([value(0), { state: 'absent' }, value(1), value(2), value(3)]);
  });

  it('is read as a person says, where it looks like something else', () => {
    const ages = grid('Area|10|11\nA|1|2');
    const shape = { firstHeaderRow: 0, firstBodyRow: 1, lastBodyRow: 1, firstColumn: 0, firstValueColumn: 1 };
    expect(read(ages, shape).rows.map(({ headings }) => headings)).toEqual([['10'], ['11']]);
  });

  it('does not count a merged value twice', () => {
    expect(read(grid('Area|Jan-24|Feb-24\nA|5|\nB|1|2', 'B2:C2')).rows.map(({ cell }) => cell)).toEqual([
      value(5),
      { state: 'absent' },
      value(1),
      value(2),
    ]);
  });

  it.each([
    [grid(''), 'No table was found'],
    [grid('only|words\nin|here'), 'No table was found'],
    [grid('A|1\nB|2', 'A1:B2', 'A1:B2'), 'Merged cells of the sheet overlap'],
    [{ rows: Array.from({ length: 1_001 }, () => Array.from({ length: 500 }, () => '1')) }, 'more than 500,000 cells'],
  ])('%# is refused where there is none', (given, sentence) => {
    const outcome = unpivot(given);
    expect(outcome.done ? '' : outcome.sentence).toContain(sentence);
  });

  it('takes a merged range that is larger than the sheet', () => {
    expect(read(grid('All of it\nArea|Jan-24\nA|1', 'A1:XFD1')).title).toEqual(['All of it']);
  });

  it('of any values comes back as they were, with totals that agree', () => {
    const cell: fc.Arbitrary<string> = fc.oneof(fc.nat(5_000).map(String), fc.constantFrom('*', '<5', 'c', ':', ''));
    const months = ['Nov-23', 'Dec-23', 'Jan-24'];
    fc.assert(
      fc.property(fc.array(fc.tuple(cell, cell, cell), { minLength: 1, maxLength: 6 }), (body) => {
        const rows = [['First', '7', '7', '7'], ...body.map((cells, at) => [`District ${at}`, ...cells])];
        const sums = months.map((_, at) => rows.reduce((sum, row) => sum + (Number(row[at + 1]) || 0), 0));
        const tidy = read({ rows: [['District', ...months], ...rows, ['Total', ...sums.map(String)]] });
        const wanted = rows.flatMap(([name, ...cells]) => cells.map((text) => [name, parseTableCell(text)]));
        expect(tidy.rows.map(({ labels, cell }) => [labels[0], cell])).toEqual(wanted);
        expect(tidy.rows.slice(0, 3).map(({ period }) => period?.from)).toEqual(['2023-11', '2023-12', '2024-01']);
        expect(tidy.totals).toHaveLength(3);
        expect(tidy.totals.some(({ verdict }) => verdict === 'differs')).toBe(false);
      }),
      { seed: 3, numRuns: 200 },
    );
  });
});

describe('the words of a heading', () => {
  it.each([
    ['Jan-24', '2024-01', '2024-01'],
    ["Jan '24", '2024-01', '2024-01'],
    ['January 2024', '2024-01', '2024-01'],
    ['JAN 2024', '2024-01', '2024-01'],
    ['Sept-23', '2023-09', '2023-09'],
    ['Jan-2024', '2024-01', '2024-01'],
    ['2024-01', '2024-01', '2024-01'],
    ['2024-01-01', '2024-01', '2024-01'],
    ['01/2024', '2024-01', '2024-01'],
    ['2024 Jan', '2024-01', '2024-01'],
    ['Q1 2024/25', '2024-04', '2024-06'],
    ['2024/25 Q4', '2025-01', '2025-03'],
    ['Quarter 2 2024-25', '2024-07', '2024-09'],
    ['Q1 2024', '2024-01', '2024-03'],
    ['2024 Q1', '2024-01', '2024-03'],
    ['Apr-Jun 2024', '2024-04', '2024-06'],
    ['2023/24', '2023-04', '2024-03'],
    ['FY 2023/24', '2023-04', '2024-03'],
    ['2023-24', '2023-04', '2024-03'],
    ['2024', '2024-01', '2024-12'],
    ['year to June 2022', '2021-07', '2022-06'],
  ])('%s is %s to %s', (heading, from, to) => {
    expect(parseHeadingPeriod(heading)).toEqual({ from, to });
  });

  it.each([
    '',
    'Total',
    'Jan',
    '2024-01-15',
    '13/2024',
    'Ward 7',
    '10-14',
    '2023-25',
    '18',
    'Rate per 1,000',
    'x'.repeat(99),
  ])('%j is no period', (heading) => {
    expect(parseHeadingPeriod(heading)).toBeUndefined();
  });

  it('are read together: a month of a year above it, and joined years that are no months', () => {
    const from = (...paths: string[][]) =>
      periodsOf(paths).map(({ period, rest }) => [period?.from, period?.to, ...rest]);
    expect(from(['2023/24', 'Apr'], ['2023/24', 'Jan'])).toEqual([
      ['2023-04', '2023-04'],
      ['2024-01', '2024-01'],
    ]);
    expect(from(['Knife', 'Q2', '2023/24'], ['2023', 'Q2'])).toEqual([
      ['2023-07', '2023-09', 'Knife'],
      ['2023-04', '2023-06'],
    ]);
    expect(from(['2010-11'], ['2011-12'])).toEqual([
      ['2010-04', '2011-03'],
      ['2011-04', '2012-03'],
    ]);
    expect(from(['2011-11'], ['2011-12'])).toEqual([
      ['2011-11', '2011-11'],
      ['2011-12', '2011-12'],
    ]);
  });
});

describe('the text of a cell', () => {
  it.each<[string, TableCell | undefined]>([
    ['0', { state: 'value', value: 0 }],
    ['1,234', { state: 'value', value: 1_234 }],
    ['1\u00a0234.5', { state: 'value', value: 1_234.5 }],
    ['£1,234.50', { state: 'value', value: 1_234.5 }],
    ['-£5', { state: 'value', value: -5 }],
    ['−5', { state: 'value', value: -5 }],
    ['(5)', { state: 'value', value: -5 }],
    ['12.5%', { state: 'value', value: 0.125 }],
    ['1e3', { state: 'value', value: 1_000 }],
    [' * ', { state: 'hidden' }],
    ['<5', { state: 'low', below: 5 }],
    ['< 5', { state: 'low', below: 5 }],
    ['≤4', { state: 'low', below: 5 }],
    ['fewer than 10', { state: 'low', below: 10 }],
    ['4 or fewer', { state: 'low', below: 5 }],
    ['c', { state: 'confidential' }],
    ['[C]', { state: 'confidential' }],
    ['-', { state: 'not-available' }],
    [':', { state: 'not-available' }],
    ['..', { state: 'not-available' }],
    ['', { state: 'absent' }],
    ['1,23', undefined],
    ['10-14', undefined],
    ['5*', undefined],
    ['Infinity', undefined],
    ['0x10', undefined],
    ['9'.repeat(400), undefined],
  ])('%j', (text, cell) => {
    expect(parseTableCell(text)).toEqual(cell);
  });
});
