import fc from 'fast-check';
import { expect, test } from 'vitest';
import { categories, lineKinds, reconcile, warningsOf } from './grant.ts';

// The grants of London as published (domain paper 2.9), in pence.
const london = { labourPence: 61_633_364, nonLabourPence: 31_643_036 };

test('a grant adds up to the penny', () => {
  expect(reconcile(london, []).whole.budget).toBe(93_276_400);
});

test('every line is in exactly one sum, and categories add up to the whole', () => {
  const line = fc.record({
    kind: fc.constantFrom(...lineKinds),
    category: fc.constantFrom(...categories),
    pence: fc.integer({ min: 0, max: 9_999_999_999 }),
  });
  fc.assert(
    fc.property(fc.array(line, { maxLength: 40 }), (lines) => {
      const { whole, labour, 'non-labour': other } = reconcile(london, lines);
      for (const key of ['budget', 'allocated', 'committed', 'spent', 'forecast', 'unallocated', 'left'] as const)
        expect(labour[key] + other[key]).toBe(whole[key]);
      expect(whole.allocated + whole.committed + whole.spent + whole.forecast).toBe(
        lines.reduce((sum, { pence }) => sum + pence, 0),
      );
    }),
  );
});

test('says that a grant ends, and that what is left of it is lost', () => {
  const grant = { ...london, state: 'awarded', starts: '2026-04-01', ends: '2026-07-31', mayCarryOver: false } as const;
  const spent = [{ kind: 'spent', category: 'labour', pence: 100 }] as const;
  expect(warningsOf(grant, spent, '2026-06-01')).toEqual([
    'It ends in 60 days',
    'Less is forecast than there is, and what is left cannot be carried over',
  ]);
  expect(warningsOf({ ...grant, state: 'bid' }, spent, '2026-06-01')).toEqual([]);
  const over = [{ kind: 'spent', category: 'labour', pence: 93_276_401 }] as const;
  expect(warningsOf({ ...grant, ends: '2027-03-31' }, over, '2026-06-01')).toEqual(['More has gone out than came in']);
});
