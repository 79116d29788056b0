import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { auditDisclosure, isRefusal } from '../measures/index.ts';
import {
  costOfCompletion,
  hiddenOf,
  lastQuarterBefore,
  parseQuarter,
  seen,
  stages,
  whyNotQuarter,
  type Counts,
  type Hidden,
} from './intervention.ts';

const quarters = ['2025-04', '2025-07', '2025-10', '2026-01', '2026-04'];
const of = (referred: number, started: number, completed: number, outcome: number): Counts => ({
  referred,
  started,
  completed,
  outcome,
});
const series = (counts: readonly Counts[]) => counts.map((each, at) => ({ ...each, quarter: quarters[at] ?? '' }));
const kept = (counts: readonly Counts[], spent: number | null = 100_00) => {
  const own = series(counts);
  const hidden = hiddenOf(own, 4);
  return own.map((each) => ({ ...each, spentPence: spent, words: null, hidden: hidden.get(each.quarter) ?? [] }));
};

describe('a quarter', () => {
  it('goes by its first month, however it is written', () => {
    expect(parseQuarter('2026-04')).toBe('2026-04');
    expect(parseQuarter('April to June 2026')).toBe('2026-04');
    expect(parseQuarter('May to July 2026')).toBeUndefined();
    expect(parseQuarter('2026-05')).toBeUndefined();
    expect(parseQuarter('soon')).toBeUndefined();
    expect(lastQuarterBefore('2026-06-01')).toBe('2026-01');
    expect(lastQuarterBefore('2026-07-01')).toBe('2026-04');
    expect(lastQuarterBefore('2026-01-31')).toBe('2025-10');
  });
  it('comes after the one before, when it is over, and never holds more outcomes than completions', () => {
    const there = [{ quarter: '2025-10' }];
    const counts = of(9, 8, 7, 6);
    expect(whyNotQuarter({ ...counts, quarter: '2026-01' }, there, '2026-06-01')).toEqual({});
    expect(whyNotQuarter({ ...counts, quarter: '2025-10' }, there, '2026-06-01')).toEqual({});
    expect(whyNotQuarter({ ...counts, quarter: '2025-07' }, there, '2026-06-01')['quarter']).toContain(
      'Enter the quarters one after another',
    );
    expect(whyNotQuarter({ ...counts, quarter: '2026-04' }, [], '2026-06-30')['quarter']).toContain('not over');
    expect(whyNotQuarter({ ...of(1, 1, 1, 2), quarter: '2026-01' }, [], '2026-06-01')).toHaveProperty('outcome');
  });
});

describe('what others than the restricted audience see', () => {
  it('hides a small count, and another so that the sum does not give it away', () => {
    const shown = seen(kept([of(30, 25, 20, 15), of(30, 25, 20, 15), of(30, 25, 3, 0)]), false);
    expect(shown.quarters[2]?.counts.completed).toBe('hidden');
    expect(shown.total?.completed).toBe('hidden');
    expect(seen(kept([of(30, 25, 20, 15), of(30, 25, 3, 0)]), true).quarters[1]?.counts.completed).toBe(3);
  });
  it('hides those who completed it without the outcome where they are few', () => {
    const [first] = seen(kept([of(40, 30, 12, 10)]), false).quarters;
    expect([first?.counts.completed, first?.counts.outcome]).toContain('hidden');
  });
  it('shows noughts, and all that is large', () => {
    const shown = seen(kept([of(60, 40, 20, 10), of(50, 40, 30, 20)]), false);
    expect(shown.total).toEqual(of(110, 80, 50, 30));
    expect(shown.quarters[0]?.counts).toEqual(of(60, 40, 20, 10));
  });

  const counts = fc
    .tuple(fc.nat(40), fc.nat(30), fc.nat(20), fc.nat(20))
    .map(([referred, started, completed, outcome]) => of(referred, started, completed, Math.min(outcome, completed)));
  it('never lets a small count be worked out from all that was shown, at whatever time', () => {
    fc.assert(
      fc.property(fc.array(counts, { minLength: 1, maxLength: 4 }), (all) => {
        const own = series(all);
        const hidden = hiddenOf(own, 4);
        // Everything that anybody saw, quarter after quarter, and the sums that bind it.
        const cells = own.flatMap((each, at) =>
          stages.flatMap((stage) => [
            { id: `${stage} ${at}`, count: each[stage] },
            { id: `total-${stage} ${at}`, count: all.slice(0, at + 1).reduce((sum, one) => sum + one[stage], 0) },
          ]),
        );
        const relations = own.flatMap((_, at) =>
          stages.map((stage) => ({
            total: `total-${stage} ${at}`,
            parts: [...(at === 0 ? [] : [`total-${stage} ${at - 1}`]), `${stage} ${at}`],
          })),
        );
        const kept = own.flatMap(({ quarter }, at) => (hidden.get(quarter) ?? []).map((name) => `${name} ${at}`));
        const audit = auditDisclosure({ cells, relations }, kept, { hideTo: 4 });
        expect(isRefusal(audit) ? audit : audit.exposed).toEqual([]);
      }),
      { numRuns: 25, seed: 7 },
    );
  });
  it('hides again what was hidden once, whatever is put right', () => {
    fc.assert(
      fc.property(fc.array(counts, { minLength: 2, maxLength: 3 }), counts, (all, before) => {
        const hidden: Hidden[] = ['referred', 'total-outcome'];
        expect(hiddenOf(series(all), 4, [{ ...before, quarter: '2025-04', hidden }]).get('2025-04')).toEqual(
          expect.arrayContaining(hidden),
        );
      }),
      { numRuns: 10, seed: 7 },
    );
  });

  it('hides the sums that would give away a count which is put right, for good', () => {
    const first = kept([of(30, 25, 20, 0), of(30, 25, 20, 0), of(30, 25, 20, 0)]);
    expect(first.flatMap(({ hidden }) => hidden)).toEqual([]);
    const right = series([of(30, 25, 3, 0), of(30, 25, 20, 0), of(30, 25, 20, 0)]);
    const hidden = hiddenOf(right, 4, first);
    expect([...hidden.values()]).toEqual([['completed', 'total-completed'], ['total-completed'], ['total-completed']]);
    const then = right.map((each) => ({ ...each, hidden: hidden.get(each.quarter) ?? [] }));
    const next = hiddenOf([...right, { ...of(30, 25, 20, 0), quarter: '2026-01' }], 4, then).get('2026-01') ?? [];
    expect(next.some((name) => name === 'completed' || name === 'total-completed')).toBe(true);
  });
  it('never lets a small count be worked out by who saw it before and after it was put right', () => {
    fc.assert(
      fc.property(
        fc.array(counts, { minLength: 2, maxLength: 4 }),
        fc.array(fc.tuple(fc.nat(3), counts), { minLength: 1, maxLength: 2 }),
        (all, right) => {
          const changes = new Map(right.map(([which, now]) => [which % all.length, now]));
          const own = series(all);
          const was = hiddenOf(own, 4);
          const before = own.map((each) => ({ ...each, hidden: was.get(each.quarter) ?? [] }));
          const after = series(all.map((each, at) => changes.get(at) ?? each));
          const is = hiddenOf(after, 4, before);
          // Two tables, one before and one after, that share the counts of the quarters that did not change.
          const cells = new Map<string, { id: string; count: number }>();
          const relations: { total: string; parts: readonly string[] }[] = [];
          const shown = new Set<string>();
          for (const [side, quarters, hidden] of [
            ['was', own, was],
            ['is', after, is],
          ] as const)
            for (const stage of stages) {
              let sum = 0;
              for (const [at, each] of quarters.entries()) {
                sum += each[stage];
                const id = changes.has(at) ? `${stage} ${at} ${side}` : `${stage} ${at}`;
                const total = `total-${stage} ${at} ${side}`;
                cells.set(id, { id, count: each[stage] });
                cells.set(total, { id: total, count: sum });
                const own = hidden.get(each.quarter) ?? [];
                if (!own.includes(stage)) shown.add(id);
                if (!own.includes(`total-${stage}`)) shown.add(total);
                relations.push({
                  total,
                  parts: [...(at === 0 ? [] : [`total-${stage} ${at - 1} ${side}`]), id],
                });
              }
            }
          // A hidden count may be none: what is put right stays hidden whatever it is.
          const kept = [...cells.keys()].filter((id) => !shown.has(id));
          const audit = auditDisclosure({ cells: [...cells.values()], relations }, kept, {
            hideTo: 4,
            hiddenAtLeast: 0,
          });
          expect(isRefusal(audit) ? audit : audit.exposed).toEqual([]);
        },
      ),
      { numRuns: 60, seed: 7 },
    );
  });
});

test('the cost of a completion is refused where nobody completed it, where that is hidden, and where spending is not known', () => {
  const cost = (counts: readonly Counts[], seesAll: boolean, spent: number | null = 100_00) =>
    costOfCompletion(seen(kept(counts, spent), seesAll));
  expect(cost([of(60, 40, 20, 10), of(50, 40, 30, 20)], false)).toMatchObject({ pence: 400 });
  expect(cost([of(60, 40, 0, 0)], true)).toMatchObject({ refused: 'nobody-completed' });
  expect(cost([of(60, 40, 3, 0)], true)).toMatchObject({ pence: 3333 });
  expect(cost([of(60, 40, 3, 0)], false)).toMatchObject({ refused: 'hidden' });
  expect(cost([of(60, 40, 20, 10)], true, null)).toMatchObject({ refused: 'spending-not-known' });
  expect(costOfCompletion(seen([], true))).toMatchObject({ refused: 'nothing-kept' });
});
