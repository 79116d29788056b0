import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type BeforeAfter,
  weightedDisplacementDifference,
  weightedDisplacementQuotient,
  weightedHarmDifference,
} from './displacement.ts';
import { isRefusal } from './refusal.ts';

const reasonOf = (answer: unknown): string => (isRefusal(answer) ? answer.reason : 'answered');

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

  // ptools 2.0.0, wdd of 300, 290 | 150, 160 | 30, 24 | 44, 40, and of the first two with a period after of half the length.
  it('agrees with ptools on a rise, and on periods of different lengths', () => {
    const areas = { treated: { before: 150, after: 160 }, control: { before: 300, after: 290 } };
    const buffers = { buffer: { before: 44, after: 40 }, bufferControl: { before: 30, after: 24 } };
    const rise = weightedDisplacementDifference({ ...areas, ...buffers });
    if (isRefusal(rise)) throw new Error(rise.sentence);
    expect(rise).toMatchObject({
      estimate: 22,
      local: { estimate: 20, standardError: 30 },
      displaced: { estimate: 2 },
    });
    expect(rise.displaced.standardError).toBeCloseTo(11.7473401244707, 10);
    expect(rise.standardError).toBeCloseTo(32.218007387174, 10);
    expect(rise.z).toBeCloseTo(0.682847940768621, 12);
    const half = weightedDisplacementDifference({ ...areas, periodLengths: { before: 1, after: 0.5 } });
    if (isRefusal(half)) throw new Error(half.sentence);
    // ptools halves the period after by doubling its counts: (320 − 150) − (580 − 300).
    expect(half.estimate).toBe(-110);
    expect(half.standardError).toBeCloseTo(47.4341649025257, 10);
    expect(half.lower).toBeCloseTo(-202.969254845684, 8);
    expect(half.displaced).toEqual({ estimate: 0, standardError: 0 });
    // By hand with a period before of twice the length: (150/2 → 160) − (300/2 → 290); 450/1 + 450/4.
    const twice = weightedDisplacementDifference({ ...areas, periodLengths: { before: 2, after: 1 } });
    expect(twice).toMatchObject({ estimate: 160 - 75 - (290 - 150), standardError: Math.sqrt(450 + 450 / 4) });
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

describe('a design that cannot be compared', () => {
  const four = { before: 4, after: 4 };
  const design = { treated: four, control: four };
  it.each([
    ['not-counts', { ...design, control: { before: 4, after: -1 } }],
    ['not-counts', { ...design, buffer: { before: 4, after: Infinity }, bufferControl: four }],
    ['buffer-without-control', { ...design, buffer: four }],
    ['buffer-without-control', { ...design, bufferControl: four }],
    ['period-length', { ...design, periodLengths: { before: 0, after: 1 } }],
    ['period-length', { ...design, periodLengths: { before: 1, after: 0 } }],
    ['period-length', { ...design, periodLengths: { before: Infinity, after: 1 } }],
    ['level-out-of-range', { ...design, level: 0 }],
    ['answered', design],
    ['answered', { ...design, treated: { before: 0, after: 0 } }],
  ])('is refused as %s', (reason, given) => {
    expect(reasonOf(weightedDisplacementDifference(given))).toBe(reason);
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
    expect(result.z).toBeCloseTo(-0.968270802328172, 12);
    expect(result.lower).toBeCloseTo(-9133.05351672148, 7);
    expect(result.upper).toBeCloseTo(3093.05351672148, 7);
  });

  it('refuses no offences and standard errors of nought', () => {
    expect(isRefusal(weightedHarmDifference([]))).toBe(true);
    expect(isRefusal(weightedHarmDifference([{ estimate: 1, standardError: 0, weight: 9 }]))).toBe(true);
    expect(reasonOf(weightedHarmDifference([]))).toBe('no-offences');
    const change = { estimate: 1, standardError: 2, weight: 9 };
    expect(reasonOf(weightedHarmDifference([change], 1))).toBe('level-out-of-range');
    expect(reasonOf(weightedHarmDifference([change, { ...change, weight: Infinity }]))).toBe('not-finite');
    expect(reasonOf(weightedHarmDifference([change, { ...change, standardError: -1 }]))).toBe('not-finite');
    expect(reasonOf(weightedHarmDifference([change, { ...change, standardError: 0 }]))).toBe('answered');
    expect(reasonOf(weightedHarmDifference([{ ...change, standardError: 0 }]))).toBe('no-variance');
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
    expect(result.successMeasure).toBeCloseTo(-0.430769230769231, 12);
    expect(result.bufferMeasure).toBeCloseTo(0.0407692307692308, 12);
    expect(result.grossEffect).toBe(20);
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
    const late = { before: 4, after: 0 };
    const quotient = (treated: BeforeAfter, beside: BeforeAfter): string =>
      reasonOf(weightedDisplacementQuotient({ treated, buffer, control: beside }));
    expect(quotient(late, empty)).toBe('empty-control');
    expect(quotient(empty, late)).toBe('empty-control');
    expect(quotient(empty, control)).toBe('answered');
    expect(quotient(control, control)).toBe('no-change');
    expect(quotient({ before: 3, after: -1 }, control)).toBe('not-counts');
    expect(quotient({ before: Number.NaN, after: 1 }, control)).toBe('not-counts');
  });
});
