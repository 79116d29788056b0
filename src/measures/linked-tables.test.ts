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
});
