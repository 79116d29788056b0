import { describe, expect, it } from 'vitest';
import { Attacker } from '../../test/disclosure/attacker.ts';
import { figureOf } from '../../test/evidence/figure-made.ts';
import { randomStream } from '../measures/random.ts';
import type { LinkedCell, Relation } from '../measures/index.ts';
import { discreetNotes, hiddenInWords, protectRows, type EarlierView, type LieOf } from './disclosure.ts';
import type { Figure } from './figure.ts';
import { ruleFor } from './view.ts';

const apart: LieOf = (a, b) => (a === b ? 'same' : 'apart');
const standard = ruleFor('standard', 'public');
const health = ruleFor('health', 'public');

const protect = (figure: Figure, earlier: readonly EarlierView[] = [], rule = standard) => {
  const made = protectRows(figure.question, figure.rows, earlier, rule, apart);
  if ('sentence' in made) throw new Error(made.sentence);
  return made;
};
const outOf = (figure: Figure, earlier: readonly EarlierView[] = []): EarlierView => ({
  id: figure.id,
  question: figure.question,
  rows: figure.rows,
  shown: new Set(protect(figure, earlier).rows.flatMap(({ state }, place) => (state === 'shown' ? [place] : []))),
});
const counts = (made: ReturnType<typeof protect>) =>
  made.rows.map(({ state, count }) => (state === 'hidden' ? '*' : count));

const areas = (values: readonly number[]) => values.map((count, at) => ({ key: { category: `C${at}` }, count }));
const months = (values: readonly number[]) =>
  values.map((count, at) => ({ key: { month: `2025-${String(at + 1).padStart(2, '0')}` }, count }));

describe('the rule of a source', () => {
  it('of health: 1 to 7 hidden, all else rounded to 5, nought shown (HES analysis guide)', () => {
    const figure = figureOf(areas([0, 1, 7, 8, 12, 13, 1003]), { source: 'hospital-admissions' });
    expect(counts(protect(figure, [], health))).toEqual([0, '*', '*', 10, 10, 15, 1005]);
  });

  it('of records: 1 to 4 hidden', () => {
    expect(counts(protect(figureOf(areas([0, 1, 4, 5, 1003]))))).toEqual([0, '*', '*', 5, 1003]);
  });

  it('of what is published already: none, and for those who work on it none', () => {
    expect(counts(protect(figureOf(areas([1, 2])), [], ruleFor('open', 'public')))).toEqual([1, 2]);
    expect(ruleFor('health', 'restricted').hiddenUpTo).toBe(0);
  });
});

describe('a hidden cell', () => {
  it('keeps no value in any field, and looks like every other', () => {
    const [row] = protect(figureOf(areas([3, 2]))).rows;
    expect(row).toEqual({
      category: 'C0',
      state: 'hidden',
      count: null,
      estimate: null,
      lower: null,
      upper: null,
      level: null,
      denominator: null,
    });
  });

  it('takes the limits of a chart with it, which are made of all months', () => {
    const chart = figureOf(months([9, 3, 2, 14]), { measure: { name: 'control-chart', version: '1' }, by: [] });
    const { rows } = protect(chart);
    expect(rows.map(({ state }) => state)).toEqual(['shown', 'hidden', 'hidden', 'shown']);
    expect(rows[0]).toMatchObject({ count: 9, estimate: 9, lower: null, upper: null });
  });
});

it('what is counted beside a cell without being checked is left out', () => {
  const figure = figureOf(areas([30, 40]));
  const rows = figure.rows.map((row) => ({ ...row, withoutPlace: 2 }));
  const made = protectRows(figure.question, rows, [], standard, apart);
  expect(JSON.stringify(made)).not.toContain('withoutPlace');
});

describe('what is out already', () => {
  it('a total that is out hides a second month', () => {
    const total = outOf(figureOf([{ key: {}, count: 41 }]));
    const made = protect(figureOf(months([10, 3, 8, 20])), [total]);
    expect(counts(made).filter((count) => count === '*').length).toBeGreaterThan(1);
    expect(hiddenInWords(made, standard)).toContain('could be worked out from them');
  });

  it('months that are out, one of them hidden, refuse or leave no total', () => {
    const out = outOf(figureOf(months([10, 3, 8, 20])));
    const total = protectRows(
      figureOf([{ key: {}, count: 41 }]).question,
      figureOf([{ key: {}, count: 41 }]).rows,
      [out],
      standard,
      apart,
    );
    expect('sentence' in total || counts(total)[0] === '*').toBe(true);
  });

  it('a total of half of the months is bound to those months alone', () => {
    const out = outOf(figureOf(months([10, 3, 8, 20, 30, 40])));
    const half = figureOf([{ key: {}, count: 21 }], { period: { from: '2025-01', to: '2025-03' } });
    const made = protectRows(half.question, half.rows, [out], standard, apart);
    expect('sentence' in made || counts(made)[0] === '*').toBe(true);
  });

  it('months that overlap in part are refused, with a sentence that says what to do', () => {
    const out = outOf(figureOf([{ key: {}, count: 41 }], { period: { from: '2025-01', to: '2025-06' } }));
    const figure = figureOf([{ key: {}, count: 50 }], { period: { from: '2025-04', to: '2025-09' } });
    expect(protectRows(figure.question, figure.rows, [out], standard, apart)).toMatchObject({
      sentence: expect.stringContaining('Take the same months') as string,
    });
  });

  it('another definition that differs by 1 to 4 hides the difference', () => {
    const narrow = outOf(figureOf(areas([20, 30])));
    const definition = { id: 'wider', version: 1, sha256: `sha256:${'0'.repeat(64)}` };
    const made = protect(figureOf(areas([22, 50]), { definition }), [narrow]);
    expect(counts(made)).toEqual(['*', 50]);
  });

  it('the before of a change is bound to the months of the year before', () => {
    const before = outOf(figureOf(months([10, 3, 8]), { period: { from: '2024-01', to: '2024-03' } }));
    const shifted = {
      ...before,
      rows: before.rows.map((row, at) => ({ ...row, month: `2024-0${at + 1}` })),
    };
    const change = figureOf([{ key: {}, count: 30 }], {
      measure: { name: 'change', version: '1' },
      period: { from: '2025-01', to: '2025-03' },
    });
    const rows = change.rows.map((row) => ({ ...row, before: 21, after: 30, denominator: 21, estimate: 42.8571 }));
    const made = protectRows(change.question, rows, [shifted], standard, apart);
    expect('sentence' in made || made.rows[0]?.state === 'hidden').toBe(true);
  });
});

it('a note beside a figure says no small number of its own', () => {
  const note = '3 offences of the same source and period have no place. They are not in this figure.';
  expect(discreetNotes([note], standard)[0]).not.toContain('3');
  expect(discreetNotes([note.replace('3', '3,001')], standard)[0]).toContain('3,001');
});

/** Tables of one small world, let out one after another, as people ask: and then everything together is attacked. */
function attack(seed: number): { readonly small: number; readonly derived: readonly string[]; readonly out: number } {
  const random = randomStream(seed);
  const [monthNames, categories] = [
    ['2025-01', '2025-02', '2025-03', '2025-04'],
    ['A', 'B', 'C'],
  ];
  const draw = () => [0, 1, 2, 3, 6, 12, 25][random.below(7)] ?? 0;
  // By definition: what both count, what only the wider counts, what a correction adds.
  const world = monthNames.flatMap((month) =>
    categories.map((category) => ({
      month,
      category,
      narrow: draw(),
      wider: random.below(4),
      added: random.below(10) === 0 ? 1 : 0,
    })),
  );
  type Kind = 'narrow' | 'wide' | 'corrected';
  const value = (cell: (typeof world)[number], kind: Kind) =>
    cell.narrow + (kind === 'wide' ? cell.wider : 0) + (kind === 'corrected' ? cell.added : 0);
  const figures = (
    [
      [['month'], 'narrow'],
      [[], 'narrow'],
      [['category'], 'narrow'],
      [['month', 'category'], 'narrow'],
      [['category'], 'wide'],
      [['month'], 'corrected'],
    ] as const
  )
    .map(([by, kind]) => ({ by, kind, order: random.next() }))
    .sort((a, b) => a.order - b.order)
    .map(({ by, kind }) => {
      const groups = Map.groupBy(world, (cell) => JSON.stringify(by.map((name) => cell[name])));
      const made = figureOf(
        [...groups.values()].map((of) => ({
          key: Object.fromEntries(by.map((name) => [name, of[0]?.[name] ?? ''])),
          count: of.reduce((sum, cell) => sum + value(cell, kind), 0),
        })),
        {
          by,
          period: { from: '2025-01', to: '2025-04' },
          releases: kind === 'corrected' ? [{ id: `sha256:${'1'.repeat(64)}`, parquet: '' }] : [],
          definition: kind === 'wide' ? { id: 'wide', version: 1, sha256: '' } : null,
        },
      );
      return { made, by, kind };
    });
  const out: (EarlierView & { readonly kind: Kind })[] = [];
  for (const { made, kind } of figures) {
    const result = protectRows(made.question, made.rows, out, standard, apart);
    if ('sentence' in result) continue;
    const shown = new Set(result.rows.flatMap(({ state }, place) => (state === 'shown' ? [place] : [])));
    out.push({ id: made.id, question: made.question, rows: made.rows, shown, kind });
  }
  // What the attacker knows is written anew from the world: every cell is a sum of the smallest ones.
  const cells: LinkedCell[] = [];
  const relations: Relation[] = [];
  const atom = (cell: (typeof world)[number], kind: Kind) => `${kind} ${cell.month} ${cell.category}`;
  for (const cell of world) {
    cells.push({ id: atom(cell, 'narrow'), count: cell.narrow, standing: 'unpublished' });
    for (const [kind, more] of [
      ['wide', cell.wider],
      ['corrected', cell.added],
    ] as const) {
      cells.push(
        { id: atom(cell, kind), count: cell.narrow + more, standing: 'unpublished' },
        { id: `more ${atom(cell, kind)}`, count: more, standing: 'unpublished' },
      );
      relations.push({ total: atom(cell, kind), parts: [atom(cell, 'narrow'), `more ${atom(cell, kind)}`] });
    }
  }
  const hidden = new Set<string>();
  for (const view of out)
    for (const [place, row] of view.rows.entries()) {
      const id = `${view.id} ${place}`;
      cells.push({ id, count: row.count ?? 0 });
      if (!view.shown.has(place)) hidden.add(id);
      const of = world.filter(({ month, category }) =>
        view.question.by.every((name) => row[name] === { month, category }[name as 'month']),
      );
      relations.push({ total: id, parts: of.map((cell) => atom(cell, view.kind)) });
    }
  const attacker = new Attacker({ cells, relations }, 1);
  const small = cells.filter(({ id, count }) => hidden.has(id) && count >= 1 && count <= 4);
  const derived = small.filter(({ id }) => {
    const { lower, upper } = attacker.belief(id, hidden);
    return lower === upper;
  });
  return {
    small: small.length,
    derived: derived.map(({ id, count }) => `seed ${seed}: ${id} is ${count}`),
    out: out.length,
  };
}

describe('no small count can be worked out', () => {
  it('from tables that are let out one after another, with all that a patient reader knows', () => {
    const all = Array.from({ length: 25 }, (_, seed) => attack(seed));
    expect(all.flatMap(({ derived }) => derived)).toEqual([]);
    expect(all.reduce((sum, { small }) => sum + small, 0)).toBeGreaterThan(100);
    // Refusing everything would be safe too.
    expect(all.reduce((sum, { out }) => sum + out, 0)).toBeGreaterThan(25 * 3);
  }, 120_000);
});

describe('measures that weigh or compare many counts', () => {
  const told = (figure: Figure, earlier: readonly EarlierView[] = []) =>
    protectRows(figure.question, figure.rows, earlier, standard, apart);
  const group = (counts: readonly number[], more: Readonly<Record<string, number>> = {}) => {
    const figure = figureOf(
      counts.map((count, at) => ({ key: { victim_ethnicity: `Group ${at}` }, count })),
      { measure: { name: 'relative-rate', version: '1' } },
    );
    return { ...figure, rows: figure.rows.map((row) => ({ ...row, ...more })) };
  };

  it('harm by area stays inside, and of the whole area keeps two digits', () => {
    const harm = { measure: { name: 'harm', version: '1' } };
    expect(told(figureOf(areas([30, 40]), harm))).toMatchObject({
      sentence: expect.stringContaining('tells which they were') as string,
    });
    const whole = figureOf([{ key: {}, count: 40 }], harm);
    const rows = whole.rows.map((row) => ({ ...row, estimate: 123_456, graveEvents: 1, verdict: 'driven by 1 event' }));
    const [row] = protect({ ...whole, rows }).rows;
    expect(row).toMatchObject({ count: 40, estimate: 120_000 });
    expect(JSON.stringify(row)).not.toMatch(/graveEvents|driven/);
  });

  it('an age-standardised rate of fewer than a hundred is not told', () => {
    const figure = figureOf(areas([99, 250]), { measure: { name: 'standardised-rate', version: '1' } });
    const rows = figure.rows.map((row) => ({ ...row, estimate: 345.67, withoutAge: 3 }));
    const made = protect({ ...figure, rows });
    expect(made.rows).toMatchObject([
      { category: 'C0', state: 'refused', count: null, estimate: null },
      { category: 'C1', state: 'shown', count: 250, estimate: 350 },
    ]);
    expect(JSON.stringify(made)).not.toContain('withoutAge');
  });

  it('a map of hot spots keeps which are hot, and no deviate from which a hidden count could be worked out', () => {
    const figure = figureOf(
      [3, 40, 9].map((count, at) => ({ key: { area: `E0199000${at}` }, count })),
      { measure: { name: 'hot-spots', version: '1' } },
    );
    const rows = figure.rows.map((row) => ({
      ...row,
      estimate: 2.345678,
      pValue: 0.019,
      qValue: 0.03,
      verdict: 'hot spot',
    }));
    const made = protect({ ...figure, rows }).rows;
    expect(made[0]).toMatchObject({ state: 'hidden' });
    expect(made[1]).toMatchObject({ state: 'shown', count: 40, estimate: null, verdict: 'hot spot' });
    expect(JSON.stringify(made)).not.toMatch(/2\.34|pValue|qValue/);
  });

  it('relative rates lose their ratios where a group is hidden, and keep tenths where none is', () => {
    const some = protect(group([200, 3, 50, 9], { estimate: 1.2345, ratioMost: 9.9 })).rows;
    expect(some.filter(({ state }) => state === 'shown').map(({ estimate }) => estimate)).not.toContain(1.2);
    const all = protect(group([200, 30, 50, 9], { estimate: 1.2345, excess: 4.2, ratioMost: 9.9 })).rows;
    expect(all[1]).toMatchObject({ state: 'shown', count: 30, estimate: 1.2 });
    expect(JSON.stringify(all)).not.toMatch(/excess|ratioMost/);
  });

  it('groups that were put together are not let out beside single ones', () => {
    const single = figureOf(
      areas([20, 30, 12]).map(({ count }, at) => ({ key: { victim_ethnicity: `W${at}` }, count })),
    );
    expect(told(group([62, 30]), [outOf(single)])).toMatchObject({
      sentence: expect.stringContaining('Use the one that is out') as string,
    });
  });

  it('few pairs of near repeats are hidden, and of the others only the ratio is told', () => {
    const pairs = figureOf(
      [2, 60].map((count, at) => ({ key: { distance: `D${at}`, days: '0 to 3 days' }, count })),
      { measure: { name: 'near-repeat', version: '1' } },
    );
    const made = protect(pairs).rows;
    expect(made[0]).toMatchObject({ state: 'hidden', distance: 'D0' });
    expect(made[1]).toMatchObject({ state: 'shown', count: null, denominator: null });
    expect(
      discreetNotes(['Pairs of 1,234 offences, and so on.', '3 offences with no age are not in it.'], standard),
    ).toEqual(['Pairs of offences, and so on.', 'A few have no age.']);
  });
});
