import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cellId, crossTable, refuseTables } from './linked-tables.ts';
import { isRefusal } from './refusal.ts';

describe('crossTable', () => {
  const area = { name: 'area', parents: { Total: ['North', 'South'], North: ['A', 'B'], South: ['C'] } };
  const type = { name: 'type', parents: { All: ['Knife', 'Other'] } };
  const sex = { name: 'sex', parents: { Both: ['F', 'M'] } };
  const leaves = ['A', 'B', 'C'].flatMap((a) =>
    ['Knife', 'Other'].flatMap((t) => ['F', 'M'].map((s) => [a, t, s] as const)),
  );

  it('adds up every total of every breakdown, so that all relations hold', () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 50 }), { minLength: 12, maxLength: 12 }), (values) => {
        const tables = crossTable(
          [area, type, sex],
          leaves.map((codes, i) => ({ codes, count: values[i]! })),
        );
        if (isRefusal(tables)) throw new Error(tables.sentence);
        expect(refuseTables(tables)).toBeUndefined();
        expect(tables.cells).toHaveLength(6 * 3 * 3);
        const grand = tables.cells.find((cell) => cell.id === cellId(['Total', 'All', 'Both']));
        expect(grand?.count).toBe(values.reduce((sum, value) => sum + value, 0));
      }),
    );
  });

  it('refuses counts of totals, breakdowns that go in circles, and codes that do not match', () => {
    expect(isRefusal(crossTable([type], [{ codes: ['All'], count: 3 }]))).toBe(true);
    expect(isRefusal(crossTable([{ name: 'x', parents: { a: ['b'], b: ['a'] } }], []))).toBe(true);
    expect(isRefusal(crossTable([type, sex], [{ codes: ['Knife'], count: 3 }]))).toBe(true);
    expect(isRefusal(crossTable([], []))).toBe(true);
  });

  it('lists a small table whole: each cell, each sum, and nought for a leaf that nobody counted', () => {
    const tables = crossTable(
      [
        { name: 'area', parents: { Total: ['A', 'B'] } },
        { name: 'type', parents: { All: ['Knife', 'Other'] } },
      ],
      [
        { codes: ['A', 'Knife'], count: 3 },
        { codes: ['B', 'Other'], count: 4 },
        // The same leaf twice is added up.
        { codes: ['B', 'Other'], count: 2 },
      ],
    );
    if (isRefusal(tables)) throw new Error(tables.sentence);
    const counts = Object.fromEntries(
      tables.cells.map(({ id, count }) => [(JSON.parse(id) as string[]).join(), count]),
    );
    expect(counts).toEqual({
      'A,Knife': 3, 'A,Other': 0, 'A,All': 3,
      'B,Knife': 0, 'B,Other': 6, 'B,All': 6,
      'Total,Knife': 3, 'Total,Other': 6, 'Total,All': 9,
    }); // prettier-ignore
    const sums = tables.relations.map(({ total, parts }) => [total, ...parts].map((id) => (JSON.parse(id) as string[]).join())); // prettier-ignore
    expect(sums.toSorted()).toEqual(
      [
        ['A,All', 'A,Knife', 'A,Other'],
        ['B,All', 'B,Knife', 'B,Other'],
        ['Total,All', 'A,All', 'B,All'],
        ['Total,All', 'Total,Knife', 'Total,Other'],
        ['Total,Knife', 'A,Knife', 'B,Knife'],
        ['Total,Other', 'A,Other', 'B,Other'],
      ].toSorted(),
    );
  });

  it('says why it makes no table', () => {
    expect(crossTable([], [{ codes: [], count: 1 }])).toMatchObject({ reason: 'no-dimensions' });
    expect(crossTable([type], [])).toMatchObject({ reason: 'no-cells' });
    expect(crossTable([type], [{ codes: ['Knife', 'F'], count: 1 }])).toMatchObject({ reason: 'lengths-differ' });
    expect(crossTable([type], [{ codes: ['Knife'], count: 0.5 }])).toMatchObject({ reason: 'not-counts' });
    expect(crossTable([type], [{ codes: ['All'], count: 1 }])).toMatchObject({ reason: 'count-of-a-total' });
    expect(
      crossTable(
        [type],
        [
          { codes: ['Knife'], count: 1 },
          { codes: ['All'], count: 1 },
        ],
      ),
    ).toMatchObject({ sentence: 'Counts are given for leaves only; totals are added up.' });
    // A word that every object of the language knows is a code like any other.
    expect(crossTable([type], [{ codes: ['constructor'], count: 3 }])).toMatchObject({ cells: { length: 4 } });
    const circle = { name: 'x', parents: { a: ['b'], b: ['a'] } };
    expect(crossTable([circle], [{ codes: ['c'], count: 1 }])).toMatchObject({
      reason: 'circular-hierarchy',
      sentence: 'A breakdown adds up to itself.',
    });
  });
});

describe('refuseTables', () => {
  const cells = [
    { id: 'a', count: 1 },
    { id: 'b', count: 2 },
    { id: 'all', count: 3 },
  ];

  it('takes tables whose totals are the sums of their parts', () => {
    expect(refuseTables({ cells, relations: [{ total: 'all', parts: ['a', 'b'] }] })).toBeUndefined();
    expect(refuseTables({ cells, relations: [] })).toBeUndefined();
  });

  it.each([
    ['no-cells', [], []],
    ['not-counts', [{ id: 'a', count: -1 }], []],
    ['cell-twice', [...cells, { id: 'a', count: 1 }], []],
    ['relation-unknown-cell', cells, [{ total: 'none', parts: ['a', 'b'] }]],
    ['relation-unknown-cell', cells, [{ total: 'all', parts: ['a', 'none'] }]],
    ['relation-unknown-cell', cells, [{ total: 'all', parts: [] }]],
    [
      'relation-unknown-cell',
      [
        { id: 'a', count: 2 },
        { id: 'all', count: 4 },
      ],
      [{ total: 'all', parts: ['a', 'a'] }],
    ],
    [
      'relation-unknown-cell',
      [
        { id: 'a', count: 0 },
        { id: 'all', count: 4 },
      ],
      [{ total: 'all', parts: ['all', 'a'] }],
    ],
    ['totals-do-not-add-up', cells, [{ total: 'all', parts: ['b'] }]],
  ])('refuses for the reason %s', (reason, given, relations) => {
    expect(refuseTables({ cells: given, relations })).toMatchObject({ reason });
  });
});
