import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { answered } from '../../test/answered.ts';
import { mixed, taken } from '../../test/invariants.ts';
import { auditDisclosure, protectTables } from './disclosure-control.ts';
import { crossTable } from './linked-tables.ts';
import { isRefusal } from './refusal.ts';
import { roundTables } from './rounded-tables.ts';

const areas = ['A', 'B', 'C', 'D'];
const types = ['x', 'y', 'z'];
const filled = fc
  .array(fc.nat(30), { minLength: areas.length * types.length, maxLength: areas.length * types.length })
  .map((counts) =>
    counts.map((count, i) => ({ codes: [areas[i % areas.length]!, types[Math.floor(i / areas.length)]!], count })),
  );
const tablesOf = (rows: readonly { codes: readonly string[]; count: number }[], order: readonly string[] = areas) =>
  answered(
    crossTable(
      [
        { name: 'area', parents: { Total: order } },
        { name: 'type', parents: { Total: types } },
      ],
      rows,
    ),
  );

describe('disclosure control', () => {
  it('hides every small count and no zero, shows nothing but the truth, and passes its own audit, in any order', () => {
    fc.assert(
      fc.property(
        mixed(filled),
        fc.shuffledSubarray(areas, { minLength: 4, maxLength: 4 }),
        ({ rows, order }, names) => {
          const rule = { hideTo: 4 };
          for (const tables of [tablesOf(rows), tablesOf(taken(rows, order), names)]) {
            const safe = protectTables(tables, rule);
            // A table of which nothing can be shown safely is refused, not shown.
            if (isRefusal(safe)) continue;
            const truth = new Map(tables.cells.map(({ id, count }) => [id, count]));
            const hidden: string[] = [];
            for (const cell of safe.cells) {
              if (cell.state === 'hidden') hidden.push(cell.id);
              else expect(cell.count).toBe(truth.get(cell.id));
            }
            for (const { id, count } of tables.cells) {
              if (count >= 1 && count <= 4) expect(hidden).toContain(id);
              if (count === 0) expect(hidden).not.toContain(id);
            }
            expect(answered(auditDisclosure(tables, hidden, rule)).exposed).toEqual([]);
            for (const { id, lower, upper } of safe.restricted.ranges) {
              expect(lower).toBeLessThanOrEqual(truth.get(id)!);
              if (upper !== null) expect(upper).toBeGreaterThanOrEqual(truth.get(id)!);
            }
          }
        },
      ),
      { numRuns: 40 },
    );
  });

  it('learns no less from more hidden cells', () => {
    fc.assert(
      fc.property(filled, fc.subarray([...Array(12).keys()]), (rows, more) => {
        const tables = tablesOf(rows);
        const rule = { hideTo: 4 };
        const small = tables.cells.filter(({ count }) => count >= 1 && count <= 4).map(({ id }) => id);
        const few = answered(auditDisclosure(tables, small, rule));
        const inner = tables.cells.filter(({ id }) => !id.includes('Total'));
        const hidden = [...new Set([...small, ...more.map((i) => inner[i]!.id)])];
        const many = answered(auditDisclosure(tables, hidden, rule));
        const before = new Map(few.ranges.map((range) => [range.id, range]));
        for (const { id, lower, upper } of many.ranges) {
          const known = before.get(id)!;
          expect(lower).toBeLessThanOrEqual(known.lower + 1e-9);
          if (upper !== null) expect(upper).toBeGreaterThanOrEqual((known.upper ?? Infinity) - 1e-9);
        }
      }),
      { numRuns: 40 },
    );
  });

  it('by rounding: is never further off than the base, and the same for the same seed', () => {
    fc.assert(
      fc.property(filled, fc.constantFrom(3, 5, 10), fc.nat(99), (rows, base, seed) => {
        const tables = tablesOf(rows);
        const rounded = roundTables(tables, { base, seed });
        expect(roundTables(tables, { base, seed })).toEqual(rounded);
        if (isRefusal(rounded)) return;
        rounded.cells.forEach((cell, i) => {
          expect(cell.rounded % base).toBe(0);
          expect(Math.abs(cell.rounded - tables.cells[i]!.count)).toBeLessThan(base);
        });
      }),
      { numRuns: 40 },
    );
  });
});
