import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { answered } from '../../test/answered.ts';
import type { LinkedTables } from './linked-tables.ts';
import { isRefusal } from './refusal.ts';
import { roundTables } from './rounded-tables.ts';

const sumOf = (counts: readonly number[]): number => counts.reduce((sum, count) => sum + count, 0);
const column = (counts: readonly number[]): LinkedTables => ({
  cells: [...counts.map((count, i) => ({ id: `c${i}`, count })), { id: 't', count: sumOf(counts) }],
  relations: [{ total: 't', parts: counts.map((_, i) => `c${i}`) }],
});

/** Every way to fill the parts that rounds to what is shown: the patient reader. */
function possible(rounded: readonly number[], total: number, of: number): Set<number> {
  const found = new Set<number>();
  const near = (count: number): number => 5 * Math.round(count / 5);
  const fill = (i: number, counts: number[]): void => {
    if (i === rounded.length) {
      if (near(sumOf(counts)) === total) found.add(counts[of]!);
      return;
    }
    for (let count = Math.max(0, rounded[i]! - 2); count <= rounded[i]! + 2; count += 1)
      fill(i + 1, [...counts, count]);
  };
  fill(0, []);
  return found;
}

describe('roundTables', () => {
  it('rounds totals on their own', () => {
    expect(answered(roundTables(column([3, 3, 3]))).cells.map(({ rounded }) => rounded)).toEqual([5, 5, 5, 10]);
    expect(answered(roundTables(column([7, 8, 12]))).cells.map(({ rounded }) => rounded)).toEqual([5, 10, 10, 25]);
  });

  it('tells of each small count exactly what a patient reader could', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 14 }), { minLength: 2, maxLength: 4 }), (counts) => {
        const result = roundTables(column(counts));
        const rounded = counts.map((count) => 5 * Math.round(count / 5));
        const ranges = counts.flatMap((count, i) =>
          count >= 1 && count <= 4
            ? [[...possible(rounded, 5 * Math.round(sumOf(counts) / 5), i)].sort((a, b) => a - b)]
            : [],
        );
        if (isRefusal(result)) {
          expect(result.reason).toBe('rounding-exposes');
          expect(ranges.some((range) => range.length === 1) || sumOf(counts) <= 4).toBe(true);
          return;
        }
        const parts = result.restricted.ranges.filter(({ id }) => id !== 't');
        expect(parts.map(({ lower, upper }) => [lower, upper])).toEqual(
          ranges.map((range) => [range[0], range.at(-1)]),
        );
      }),
      { seed: 1, numRuns: 200 },
    );
  });

  it('sees what an earlier view and a second definition take away', () => {
    // 12 was published, and 12 − 10 = 2 leaves one small count.
    const tables: LinkedTables = {
      cells: [
        { id: 'known', count: 10, standing: 'published' },
        { id: 'small', count: 2 },
        { id: 'all', count: 12, standing: 'published' },
      ],
      relations: [{ total: 'all', parts: ['known', 'small'] }],
    };
    expect(roundTables(tables)).toMatchObject({ reason: 'rounding-exposes' });
    const unpublished = {
      ...tables,
      cells: tables.cells.map((cell) => ({ ...cell, standing: 'unpublished' as const })),
    };
    expect(answered(roundTables(unpublished)).cells).toEqual([]);
    expect(answered(roundTables(unpublished)).restricted.ranges).toEqual([{ id: 'small', lower: 0, upper: null }]);
    const refused = roundTables(tables);
    expect(isRefusal(refused) && refused.sentence).toContain('Hide cells instead.');
  });

  it('bounds what is shown nowhere by what is', () => {
    // Of 2 + 10 = 12 the sum alone was published: the small count is anything from 0 to 12.
    const tables: LinkedTables = {
      cells: [
        { id: 'small', count: 2, standing: 'unpublished' },
        { id: 'other', count: 10, standing: 'unpublished' },
        { id: 'all', count: 12, standing: 'published' },
      ],
      relations: [{ total: 'all', parts: ['small', 'other'] }],
    };
    expect(answered(roundTables(tables)).restricted.ranges).toEqual([{ id: 'small', lower: 0, upper: 12 }]);
  });

  it('does not audit a small count that an earlier view let out', () => {
    const tables: LinkedTables = {
      cells: [
        { id: 'out', count: 3, standing: 'published' },
        { id: 'small', count: 1 },
        { id: 'all', count: 14 },
        { id: 'other', count: 10 },
      ],
      relations: [{ total: 'all', parts: ['out', 'small', 'other'] }],
    };
    // Shown: 0 for 0 to 2, 15 for 13 to 17, 10 for 8 to 12.
    expect(answered(roundTables(tables)).restricted.ranges).toEqual([{ id: 'small', lower: 0, upper: 2 }]);
  });

  it('refuses what is no base, no rule and no way to round', () => {
    const tables = column([7, 8, 12]);
    for (const base of [0, 1, 2.5, 1001, Number.NaN])
      expect(roundTables(tables, { base })).toMatchObject({ reason: 'bad-base' });
    for (const base of [2, 1000]) expect(roundTables(tables, { base })).toMatchObject({ base });
    expect(roundTables(tables, { hideTo: 0.5 })).toMatchObject({
      reason: 'rule',
      sentence: 'The rule must name the greatest count that is hidden.',
    });
    expect(roundTables(tables, { rounding: 'up' as 'nearest' })).toMatchObject({ reason: 'bad-rounding' });
    expect(roundTables(tables, { rounding: 'random' })).toMatchObject({ reason: 'bad-seed' });
  });

  it('rounds ones up one time in five', () => {
    const ones: LinkedTables = {
      cells: Array.from({ length: 2000 }, (_, i) => ({ id: `c${i}`, count: 1 })),
      relations: [],
    };
    const up = answered(roundTables(ones, { rounding: 'random', seed: 3, hideTo: 0 })).cells.filter(
      ({ rounded }) => rounded === 5,
    );
    // Of 2,000 with the chance 1/5: 400, standard deviation √(2000 × 0.16) ≈ 18.
    expect(Math.abs(up.length - 400)).toBeLessThan(4 * 18);
  });

  it('rounds at random without a drift, the same for the same seed', () => {
    const counts = Array.from({ length: 2000 }, (_, i) => i % 5);
    const tables: LinkedTables = { cells: counts.map((count, i) => ({ id: `c${i}`, count })), relations: [] };
    const rule = { rounding: 'random', seed: 7 } as const;
    const result = answered(roundTables(tables, rule));
    expect(result).toEqual(roundTables(tables, rule));
    expect(result).toMatchObject({ seed: 7, rounding: 'random', base: 5 });
    const rounded = result.cells.map((cell) => cell.rounded);
    // Σ of 400 × (0 + 1 + 2 + 3 + 4), standard deviation √(400 × 25 × 2 × (0.16 + 0.24)) ≈ 89.
    expect(Math.abs(sumOf(rounded) - 4000)).toBeLessThan(4 * 89);
    expect(rounded.every((value, i) => value === 0 || (value === 5 && counts[i]! > 0))).toBe(true);
    expect(result.restricted.ranges[0]).toEqual({ id: 'c1', lower: 0, upper: rounded[1] === 0 ? 4 : 9 });
  });

  it('rounds halves up for even bases, and knows it', () => {
    const tables: LinkedTables = { cells: [{ id: 'a', count: 2 }], relations: [] };
    const result = answered(roundTables(tables, { base: 4 }));
    expect(result.method).toEqual({ name: 'rounded-tables', version: '1' });
    expect(result.cells).toEqual([{ id: 'a', rounded: 4 }]);
    expect(result.restricted.ranges).toEqual([{ id: 'a', lower: 2, upper: 5 }]);
  });
});
