import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { shiftMonth } from '../duty/index.ts';
import {
  designs,
  designWords,
  evaluationStates,
  evaluationSteps,
  isClosed,
  marylandOf,
  mayChangePlan,
  planLacks,
  powerOf,
  powerSentence,
  stepsFrom,
  takeStep,
  type EvaluationPlan,
  type EvaluationState,
} from './evaluation.ts';
import { placeRoles, readCounts, windowOf, workOut, type CountedMonth, type PlaceRole } from './evaluation-result.ts';

const plan: EvaluationPlan = {
  title: 'Do youth workers make the way home safer?',
  owner: 'Partnership analyst',
  design: 'before-and-after',
  comparison: null,
  outcome: 'robberies',
  better: 'lower',
  measureId: null,
  begins: '2025-09',
  monthsBefore: 12,
  monthsAfter: 12,
  expectedBefore: 200,
  expectedAfter: 200,
  comparisonBefore: null,
  comparisonAfter: null,
  dispersion: 1,
};
const today = '2026-09-15';

const months = (place: string, role: PlaceRole, counts: readonly number[], first = '2024-09'): CountedMonth[] =>
  counts.map((count, at) => ({ place, role, month: shiftMonth(first, at), count }));
const steady = (before: number, after: number, n = 12) => [
  ...Array.from({ length: n }, (_, at) => before + (at % 3) - 1),
  ...Array.from({ length: n }, (_, at) => after + (at % 3) - 1),
];

const anyPlan: fc.Arbitrary<EvaluationPlan> = fc.record({
  title: fc.string({ minLength: 1 }),
  owner: fc.option(fc.string({ minLength: 1 })),
  design: fc.constantFrom(...designs),
  comparison: fc.option(fc.string({ minLength: 1 })),
  outcome: fc.constant('robberies'),
  better: fc.constantFrom('lower' as const, 'higher' as const),
  measureId: fc.constant(null),
  begins: fc.option(fc.constantFrom('2024-01', '2025-09', '2030-01')),
  monthsBefore: fc.option(fc.integer({ min: 1, max: 30 })),
  monthsAfter: fc.option(fc.integer({ min: 1, max: 30 })),
  expectedBefore: fc.option(fc.nat(500)),
  expectedAfter: fc.option(fc.nat(500)),
  comparisonBefore: fc.option(fc.nat(500)),
  comparisonAfter: fc.option(fc.nat(500)),
  dispersion: fc.constantFrom(1, 2),
});
const given = fc.record({
  plan: anyPlan,
  hasResult: fc.boolean(),
  because: fc.option(fc.constant('The money ended.')),
  today: fc.constant(today),
});

describe('the states of an evaluation', () => {
  it('answer every step, and lead only where the step goes', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...evaluationStates),
        fc.constantFrom(...evaluationSteps),
        given,
        (state, step, with_) => {
          const outcome = takeStep(state, step, with_);
          if (!outcome.done) {
            expect(outcome.sentence.length).toBeGreaterThan(5);
            return;
          }
          expect(stepsFrom(state)).toContain(step);
          expect(outcome.value).not.toBe(state);
        },
      ),
      { seed: 7 },
    );
  });
  it('end where nothing follows, and never run without a whole plan, nor report without a result', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.constantFrom(...evaluationSteps), given), { maxLength: 12 }), (walk) => {
        let state: EvaluationState = 'draft';
        let agreed: EvaluationPlan | undefined;
        for (const [step, each] of walk) {
          // After the plan is agreed it is no other.
          const own = { ...each, plan: mayChangePlan(state) ? each.plan : (agreed ?? each.plan) };
          const outcome = takeStep(state, step, own);
          if (!outcome.done) continue;
          expect(isClosed(state)).toBe(false);
          if (step === 'agree') agreed = own.plan;
          if (step === 'report') expect(own.hasResult).toBe(true);
          if (step === 'stop') expect(own.because).not.toBeNull();
          state = outcome.value;
          if (state === 'planned' || state === 'under-way' || state === 'reported')
            expect(planLacks(agreed ?? own.plan)).toEqual([]);
        }
      }),
      { seed: 7 },
    );
    expect(stepsFrom('reported')).toEqual([]);
    expect(stepsFrom('stopped')).toEqual([]);
  });
  it('goes from the draft to the report', () => {
    const with_ = { plan, hasResult: true, because: null, today };
    let state: EvaluationState = 'draft';
    for (const step of ['agree', 'begin', 'report'] as const) {
      const outcome = takeStep(state, step, with_);
      if (!outcome.done) throw new Error(outcome.sentence);
      state = outcome.value;
    }
    expect(state).toBe('reported');
  });
});

test('a plan says what it would see before it starts, and one that would see nothing says so', () => {
  const power = powerOf(plan);
  if (!power.done) throw new Error(power.sentence);
  // The example of the measure itself.
  expect(powerSentence(power.value, 'lower')).toContain('a fall of 26 % or more with 80 % likelihood');
  const few = powerOf({ ...plan, expectedBefore: 3, expectedAfter: 3 });
  if (!few.done) throw new Error(few.sentence);
  expect(powerSentence(few.value, 'lower')).toContain('even a fall to nothing');
  expect(powerOf({ ...plan, expectedBefore: null }).done).toBe(false);
  expect(powerOf({ ...plan, design: 'difference-in-differences' }).done).toBe(false);
  expect(planLacks({ ...plan, design: 'difference-in-differences' })).toContain('what it is compared with, and why');
});

test('each design has a level of the Maryland scale, and one without a comparison is under 3', () => {
  for (const design of designs) expect(marylandOf(design).level >= 3, design).toBe(designWords[design].needsComparison);
});

describe('the result', () => {
  it('tells a large fall, hedged, and cannot tell a small one', () => {
    const fell = workOut(plan, months('Sallow', 'treated', steady(20, 8)));
    expect(fell.verdict).toBe('better');
    expect(fell.sentence).toContain('does not prove it');
    expect(fell.marylandLevel).toBe(2);
    const same = workOut(plan, months('Sallow', 'treated', steady(20, 19)));
    expect(same.verdict).toBe('cannot-tell');
    expect(same.sentence).toMatch(/^We cannot tell/);
    expect(workOut({ ...plan, better: 'higher' }, months('Sallow', 'treated', steady(20, 8))).verdict).toBe('worse');
  });
  it('cannot tell from too few, from months that are missing, or from nothing', () => {
    const few = workOut(
      plan,
      months(
        'Sallow',
        'treated',
        steady(1, 0).map((count) => Math.max(0, count - 1)),
      ),
    );
    expect(few).toMatchObject({ verdict: 'cannot-tell', estimate: null });
    const early = workOut(plan, months('Sallow', 'treated', steady(20, 8)).slice(0, 20)).sentence;
    expect(early).toContain('stop when it looks good');
    // Who reads it need not be who sees what was counted where.
    expect(early).not.toContain('Sallow');
    expect(workOut(plan, []).verdict).toBe('cannot-tell');
    expect(workOut({ ...plan, begins: null }, months('Sallow', 'treated', steady(20, 8))).verdict).toBe('cannot-tell');
  });
  it('reads the long series, and sees no effect in one that runs on as before', () => {
    const long = { ...plan, design: 'interrupted-time-series' as const, monthsBefore: 24, monthsAfter: 12 };
    const run = (after: number) =>
      workOut(long, [
        ...months(
          'Sallow',
          'treated',
          Array.from({ length: 24 }, (_, at) => 30 + ((at * 7) % 5)),
          '2023-09',
        ),
        ...months(
          'Sallow',
          'treated',
          Array.from({ length: 12 }, (_, at) => after + ((at * 3) % 5)),
          '2025-09',
        ),
      ]);
    expect(run(12)).toMatchObject({
      verdict: 'better',
      estimate: { of: 'events' },
      method: { name: 'interrupted-time-series' },
    });
    expect(run(30).verdict).toBe('cannot-tell');
  });
  it('gives the displacement quotient of the worked example, and says that some may have moved', () => {
    // Domain paper 5.4: Rb 100 Ra 70, Db 80 Da 85, Cb 200 Ca 190: quotient −0.36 and no clear effect.
    const one = {
      ...plan,
      design: 'displacement-difference' as const,
      comparison: 'Northgate',
      monthsBefore: 1,
      monthsAfter: 1,
    };
    const at = (place: string, role: PlaceRole, before: number, after: number) =>
      months(place, role, [before, after], '2025-08');
    const found = workOut(one, [
      ...at('Sallow', 'treated', 100, 70),
      ...at('Around Sallow', 'buffer', 80, 85),
      ...at('Northgate', 'comparison', 200, 190),
    ]);
    expect(found.beside).toContain('quotient -0.36');
    expect(found.beside).toContain('may have moved around');
    expect(found.verdict).toBe('cannot-tell');
    expect(found.marylandLevel).toBe(3);
  });
  it('compares several places with several, and does not where they had moved apart', () => {
    const many = { ...plan, design: 'difference-in-differences' as const, comparison: 'Five wards' };
    const places = (after: number, drift = 0) =>
      Array.from({ length: 12 }, (_, nth) =>
        months(
          `Ward ${nth}`,
          nth < 6 ? 'treated' : 'comparison',
          steady(40 + nth, nth < 6 ? after + nth : 40 + nth).map((count, at) =>
            Math.max(0, count + ((nth * 5 + at * 3) % 4) + (nth < 6 && at < 12 ? drift * at : 0)),
          ),
        ),
      ).flat();
    expect(workOut(many, places(20))).toMatchObject({ verdict: 'better', marylandLevel: 4 });
    expect(workOut(many, places(40)).verdict).toBe('cannot-tell');
    expect(workOut(many, places(20, 3)).sentence).toContain('moved apart before the start');
  });
  it('needs nineteen other places for a mix, and says so', () => {
    const mix = { ...plan, design: 'synthetic-control' as const, comparison: 'Other towns' };
    // Each town has a course of its own, from one row of numbers that look like chance.
    let last = 7;
    const noise = () => (last = (last * 1_103_515_245 + 12_345) % 2_147_483_648) % 7;
    const course = (before: number, after: number) => steady(before, after).map((value) => value + noise());
    const towns = (count: number, after: number) => [
      ...months('Sallow', 'treated', course(20, after)),
      ...Array.from({ length: count }, (_, nth) =>
        months(`Town ${nth}`, 'comparison', course(18 + (nth % 5), 18 + (nth % 5))),
      ).flat(),
    ];
    expect(workOut(mix, towns(5, 8)).sentence).toContain('19 are needed');
    expect(workOut(mix, towns(25, 4)).verdict).toBe('better');
  });
  it('is total: whatever is counted ends in an answer', () => {
    const row = fc.record({
      place: fc.constantFrom('A', 'B', 'C'),
      role: fc.constantFrom(...placeRoles),
      month: fc.constantFrom(...Array.from({ length: 6 }, (_, at) => shiftMonth('2025-06', at))),
      count: fc.nat(60),
    });
    fc.assert(
      fc.property(anyPlan, fc.array(row, { maxLength: 30 }), (any, rows) => {
        const short = { ...any, begins: '2025-09', monthsBefore: 3, monthsAfter: 3 };
        for (const each of [any, short]) {
          const answer = workOut(each, rows);
          expect(answer.sentence.length).toBeGreaterThan(10);
          if (answer.verdict === 'cannot-tell') expect(answer.sentence).toMatch(/^We cannot tell/);
        }
      }),
      { seed: 7, numRuns: 60 },
    );
  });
});

test('counts are read line by line, and what is none is named', () => {
  expect(readCounts('2026-04 Sallow estate 17\n2026-05, Sallow estate, 12', 'treated')).toEqual({
    rows: [
      { place: 'Sallow estate', role: 'treated', month: '2026-04', count: 17 },
      { place: 'Sallow estate', role: 'treated', month: '2026-05', count: 12 },
    ],
  });
  for (const wrong of [
    '2026-13 Sallow 4',
    'April Sallow 4',
    '2026-04 17',
    '2026-04 Sallow -4',
    '2026-04 A 1\n2026-04 a 2',
  ])
    expect(readCounts(wrong, 'treated')).toHaveProperty('error');
  expect(windowOf(plan)).toEqual({
    before: { from: '2024-09', to: '2025-08' },
    after: { from: '2025-09', to: '2026-08' },
  });
});
