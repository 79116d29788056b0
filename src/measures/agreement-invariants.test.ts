import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { answered } from '../../test/answered.ts';
import { alike, holdsItself, mixed, notFinite, taken } from '../../test/invariants.ts';
import { cohensKappa } from './cohens-kappa.ts';
import { rake } from './raking.ts';
import { fleschKincaidGrade, fleschReadingEase, smogGrade } from './readability.ts';
import { isRefusal } from './refusal.ts';
import { responsesForMargin, surveyMargin } from './survey-margin.ts';

const code = fc.constantFrom('a', 'b', 'c');
const items = fc.array(fc.tuple(code, code), { minLength: 4, maxLength: 50 });

describe('agreement', () => {
  it('does not depend on the order of the items nor on the names of the codes', () => {
    fc.assert(
      fc.property(mixed(items), ({ rows, order }) => {
        const kappa = (list: readonly (readonly [string, string])[]) =>
          cohensKappa({ first: list.map(([one]) => one), second: list.map(([, two]) => two) });
        const one = kappa(rows);
        const names: Readonly<Record<string, string>> = { a: 'zeta', b: 'eta', c: 'theta' };
        const two = kappa(taken(rows, order).map(([first, second]) => [names[first]!, names[second]!] as const));
        expect(isRefusal(one)).toBe(isRefusal(two));
        if (isRefusal(one) || isRefusal(two)) return;
        expect(alike(one.estimate, two.estimate)).toBe(true);
        // Where all agree, the standard error is nought, which is the root of a rounding.
        expect(alike(one.lower, two.lower, 1e-7)).toBe(true);
        expect(holdsItself(one)).toBe(true);
        expect(one.estimate).toBeLessThanOrEqual(1 + 1e-12);
        expect(notFinite(one)).toEqual([]);
      }),
    );
  });

  it('is surer, and no other, when every item is coded twice alike', () => {
    fc.assert(
      fc.property(items, (rows) => {
        const kappa = (list: typeof rows) =>
          cohensKappa({ first: list.map(([one]) => one), second: list.map(([, two]) => two) });
        const one = kappa(rows);
        const two = kappa([...rows, ...rows]);
        if (isRefusal(one) || isRefusal(two)) return;
        expect(alike(one.estimate, two.estimate)).toBe(true);
        // A standard error of nought is the root of a rounding.
        expect(two.lower).toBeGreaterThanOrEqual(one.lower - 1e-7);
        expect(two.upper).toBeLessThanOrEqual(one.upper + 1e-7);
      }),
    );
  });
});

describe('surveys', () => {
  const person = fc.tuple(fc.nat(1), fc.nat(2));
  const share = fc.integer({ min: 10, max: 90 }).map((percent) => percent / 100);

  it('are weighted the same in any order of the responses, and twice over', () => {
    fc.assert(
      fc.property(mixed(fc.array(person, { minLength: 12, maxLength: 60 })), share, ({ rows, order }, men) => {
        const targets = [
          [men, 1 - men],
          [0.2, 0.5, 0.3],
        ];
        const one = rake({ levels: rows, targets });
        const two = rake({ levels: taken(rows, order), targets });
        const twice = rake({ levels: [...rows, ...rows], targets });
        expect(isRefusal(one)).toBe(isRefusal(two));
        if (isRefusal(one) || isRefusal(two) || isRefusal(twice)) return;
        taken(one.weights, order).forEach((weight, i) => expect(alike(weight, two.weights[i]!, 1e-6)).toBe(true));
        expect(alike(twice.effectiveResponses, 2 * one.effectiveResponses, 1e-6)).toBe(true);
        expect(one.effectiveResponses).toBeLessThanOrEqual(rows.length + 1e-9);
        expect(notFinite(one)).toEqual([]);
      }),
    );
  });

  it('have a margin that falls with every response, and shares that mirror each other', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 4000 }), share, (responses, part) => {
        const margin = answered(surveyMargin({ responses, share: part }));
        expect(answered(surveyMargin({ responses: responses + 1, share: part }))).toBeLessThan(margin);
        expect(alike(answered(surveyMargin({ responses, share: 1 - part })), margin)).toBe(true);
        expect(answered(surveyMargin({ responses: 4 * responses, share: part })) * 2).toBeCloseTo(margin, 10);
        if (margin < 1)
          expect(answered(responsesForMargin({ margin, share: part }))).toBeLessThanOrEqual(responses + 1);
      }),
    );
  });

  it('ask in words whose grade does not depend on how much of the same text there is', () => {
    const text = fc.record({
      sentences: fc.integer({ min: 1, max: 60 }),
      perSentence: fc.integer({ min: 1, max: 40 }),
      more: fc.integer({ min: 1, max: 9 }),
      long: fc.nat(40),
    });
    fc.assert(
      fc.property(text, ({ sentences, perSentence, more, long }) => {
        const counts = (times: number) => ({
          sentences: sentences * times,
          words: sentences * perSentence * times,
          syllables: (sentences * perSentence + long) * times,
          polysyllables: long * times,
        });
        for (const grade of [fleschReadingEase, fleschKincaidGrade, smogGrade]) {
          const one = answered(grade(counts(1)));
          expect(alike(answered(grade(counts(more))), one)).toBe(true);
          expect(Number.isFinite(one)).toBe(true);
        }
      }),
    );
  });
});
