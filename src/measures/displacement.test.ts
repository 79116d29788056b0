import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  weightedDisplacementDifference,
  weightedDisplacementQuotient,
  weightedHarmDifference,
} from './displacement.ts';
import { isRefusal } from './refusal.ts';

const pair = fc.record({ before: fc.integer({ min: 1, max: 500 }), after: fc.integer({ min: 1, max: 500 }) });

describe('weightedDisplacementDifference', () => {
  // ptools 2.0.0, wdd(control = c(50, 52), treated = c(60, 40), disp_control = c(20, 20), disp_treated = c(22, 25)).
  it('agrees with ptools', () => {
    const result = weightedDisplacementDifference({
      treated: { before: 60, after: 40 },
      control: { before: 50, after: 52 },
      buffer: { before: 22, after: 25 },
      bufferControl: { before: 20, after: 20 },
    });
    expect(result).toMatchObject({
      estimate: -19,
      standardError: 17,
      local: { estimate: -22 },
      displaced: { estimate: 3 },
    });
    if (isRefusal(result)) throw new Error(result.sentence);
    expect(result.lower).toBeCloseTo(-52.3193877371809, 9);
    expect(result.upper).toBeCloseTo(14.3193877371809, 9);
  });

  it('changes sign, and nothing else, when treated and control change places', () => {
    fc.assert(
      fc.property(pair, pair, (treated, control) => {
        const one = weightedDisplacementDifference({ treated, control });
        const other = weightedDisplacementDifference({ treated: control, control: treated });
        if (isRefusal(one) || isRefusal(other)) throw new Error('refused');
        expect(other.estimate).toBe(-one.estimate || 0);
        expect(other.standardError).toBe(one.standardError);
        expect(one.lower).toBeLessThan(one.estimate);
        expect(one.upper).toBeGreaterThan(one.estimate);
      }),
    );
  });

  it.each([
    ['no events anywhere', { treated: { before: 0, after: 0 }, control: { before: 0, after: 0 } }],
    ['a negative count', { treated: { before: -1, after: 0 }, control: { before: 5, after: 0 } }],
    ['no number', { treated: { before: Number.NaN, after: 0 }, control: { before: 5, after: 0 } }],
    [
      'a buffer without a control',
      { treated: { before: 4, after: 3 }, control: { before: 5, after: 4 }, buffer: { before: 1, after: 1 } },
    ],
    [
      'a period without length',
      {
        treated: { before: 4, after: 3 },
        control: { before: 5, after: 4 },
        periodLengths: { before: 1, after: 0 },
      },
    ],
    ['a level of 1', { treated: { before: 4, after: 3 }, control: { before: 5, after: 4 }, level: 1 }],
  ])('refuses %s', (_name, design) => {
    expect(isRefusal(weightedDisplacementDifference(design))).toBe(true);
  });
});

describe('weightedHarmDifference', () => {
  // ptools::wdd_harm(est = c(-10, 4, -3), se = c(5, 3, 2), weight = c(10, 365, 1460)).
  it('agrees with ptools', () => {
    const result = weightedHarmDifference([
      { estimate: -10, standardError: 5, weight: 10 },
      { estimate: 4, standardError: 3, weight: 365 },
      { estimate: -3, standardError: 2, weight: 1460 },
    ]);
    if (isRefusal(result)) throw new Error(result.sentence);
    expect(result.estimate).toBe(-3020);
    expect(result.standardError).toBeCloseTo(3118.96216713188, 8);
  });

  it('refuses no offences and standard errors of nought', () => {
    expect(isRefusal(weightedHarmDifference([]))).toBe(true);
    expect(isRefusal(weightedHarmDifference([{ estimate: 1, standardError: 0, weight: 9 }]))).toBe(true);
  });
});

describe('weightedDisplacementQuotient', () => {
  // The worked table of the fixture "design-1": Bowers & Johnson's formula by hand gives −0.0946.
  it('gives the published formula', () => {
    const result = weightedDisplacementQuotient({
      treated: { before: 60, after: 40 },
      buffer: { before: 22, after: 25 },
      control: { before: 50, after: 52 },
    });
    if (isRefusal(result)) throw new Error(result.sentence);
    expect(result.quotient).toBeCloseTo(-0.0946428571428572, 12);
    expect(result.totalNetEffect).toBeCloseTo(20.28, 12);
    expect(result.areaFell).toBe(true);
  });

  it('says when the area did not fall, so that nobody reads the quotient', () => {
    const result = weightedDisplacementQuotient({
      treated: { before: 10, after: 30 },
      buffer: { before: 5, after: 9 },
      control: { before: 10, after: 10 },
    });
    expect(result).toMatchObject({ areaFell: false });
  });

  it('refuses an empty control and an area that moved as its control', () => {
    const buffer = { before: 3, after: 4 };
    const control = { before: 10, after: 10 };
    const empty = { before: 0, after: 4 };
    expect(isRefusal(weightedDisplacementQuotient({ treated: control, buffer, control: empty }))).toBe(true);
    expect(isRefusal(weightedDisplacementQuotient({ treated: control, buffer, control }))).toBe(true);
  });
});
