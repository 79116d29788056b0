import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  concentration,
  evenLorenzCurve,
  generalisedGiniInterval,
  leastShareOfPlaces,
  lorenzCurve,
  shareOfCrimeInTop,
} from './concentration.ts';
import { isRefusal } from './refusal.ts';

const counts = fc
  .array(fc.nat({ max: 30 }), { minLength: 2, maxLength: 40 })
  .filter((values) => values.some((value) => value > 0));

function answered<T>(answer: T): Exclude<T, { refused: true }> {
  if (isRefusal(answer)) throw new Error(answer.sentence);
  return answer as Exclude<T, { refused: true }>;
}

describe('concentration', () => {
  // lorenzgini 0.1.2 on DescTools::Gini: ten events in one of a hundred places, and twelve single events in a hundred.
  it('agrees with lorenzgini where one place holds all', () => {
    const one = answered(concentration([10, ...new Array<number>(99).fill(0)]));
    expect(one.gini).toBeCloseTo(0.99, 12);
    expect(one.giniUnbiased).toBeCloseTo(1, 12);
    expect(one.generalisedGini).toBeCloseTo(0.9, 12);
    expect(one.generalisedGiniUnbiased).toBeCloseTo(1, 12);
  });

  it('does not call it concentration that there are fewer events than places', () => {
    const single = answered(concentration([...new Array<number>(12).fill(1), ...new Array<number>(88).fill(0)]));
    expect(single.gini).toBeCloseTo(0.88, 12);
    expect(single.generalisedGini).toBeCloseTo(0, 12);
  });

  it('does not depend on the order of places, and the Gini index not on scale', () => {
    fc.assert(
      fc.property(counts, fc.integer({ min: 2, max: 9 }), (values, times) => {
        const gini = answered(concentration(values)).gini;
        expect(answered(concentration([...values].reverse())).gini).toBeCloseTo(gini, 12);
        expect(answered(concentration(values.map((value) => value * times))).gini).toBeCloseTo(gini, 12);
      }),
    );
  });

  it('equals half the mean difference between places over the mean (Gini 1912)', () => {
    fc.assert(
      fc.property(counts, (values) => {
        const n = values.length;
        const mean = values.reduce((sum, value) => sum + value, 0) / n;
        let differences = 0;
        for (const a of values) for (const b of values) differences += Math.abs(a - b);
        expect(answered(concentration(values)).gini).toBeCloseTo(differences / (2 * n * n * mean), 10);
      }),
    );
  });

  it.each([
    ['nothing', []],
    ['one place', [4]],
    ['no events', [0, 0, 0]],
    ['a negative count', [1, -1]],
    ['half an event', [1, 0.5]],
    ['no number', [1, Number.NaN]],
    ['an infinity', [1, Infinity]],
  ])('refuses %s', (_name, values) => {
    expect(isRefusal(concentration(values))).toBe(true);
    expect(isRefusal(lorenzCurve(values))).toBe(true);
    expect(isRefusal(leastShareOfPlaces(values, 0.5))).toBe(true);
    expect(isRefusal(shareOfCrimeInTop(values, 0.5))).toBe(true);
    expect(isRefusal(generalisedGiniInterval(values, { seed: 1 }))).toBe(true);
  });
});

describe('the power few', () => {
  it('counts a share that is met exactly as met', () => {
    // Twenty of twenty-five equal places hold exactly 80 % (lorenzgini fixture "equal").
    expect(leastShareOfPlaces(new Array<number>(25).fill(4), 0.8)).toBe(0.8);
    expect(leastShareOfPlaces(new Array<number>(25).fill(4), 0.25)).toBe(0.28);
  });

  it('rounds the number of top places up', () => {
    expect(shareOfCrimeInTop([5, 3, 2], 0.34)).toBeCloseTo(0.8, 12);
  });

  it('names places that hold the share, and no fewer do', () => {
    fc.assert(
      fc.property(counts, fc.double({ min: 0.01, max: 1, noNaN: true }), (values, share) => {
        const least = answered(leastShareOfPlaces(values, share));
        expect(answered(shareOfCrimeInTop(values, least))).toBeGreaterThanOrEqual(share - 1e-9);
        const fewer = least - 1 / values.length;
        if (fewer > 1e-9) expect(answered(shareOfCrimeInTop(values, fewer))).toBeLessThan(share);
      }),
    );
  });
});

describe('the Lorenz curve', () => {
  it('rises from (0, 0) to (1, 1) under the diagonal, and the area beside it is the Gini index', () => {
    fc.assert(
      fc.property(counts, (values) => {
        const curve = answered(lorenzCurve(values));
        let area = 0;
        curve.slice(1).forEach((point, i) => {
          const before = curve[i]!;
          expect(point.shareOfCrime).toBeGreaterThanOrEqual(before.shareOfCrime);
          expect(point.shareOfCrime).toBeLessThanOrEqual(point.shareOfPlaces + 1e-12);
          area += ((point.shareOfCrime + before.shareOfCrime) / 2) * (point.shareOfPlaces - before.shareOfPlaces);
        });
        expect(curve.at(-1)).toEqual({ shareOfPlaces: 1, shareOfCrime: 1 });
        expect(1 - 2 * area).toBeCloseTo(answered(concentration(values)).gini, 10);
      }),
    );
  });

  it('bends by chance alone as the theory of random drops says', () => {
    // 100 events dropped on 100 places leave e⁻¹ = 36.8 % of places empty.
    const curve = answered(evenLorenzCurve({ places: 100, events: 100 }, { seed: 7, draws: 200 }));
    expect(curve[30]?.shareOfCrime).toBeLessThan(0.01);
    expect(curve[45]?.shareOfCrime).toBeGreaterThan(0.05);
  });
});

describe('the interval of the generalised Gini index', () => {
  it('holds the estimate, lies within 0 and 1, and is the same for the same seed', () => {
    fc.assert(
      fc.property(counts, fc.nat(), (values, seed) => {
        const first = answered(generalisedGiniInterval(values, { seed, draws: 30 }));
        expect(first.lower).toBeLessThanOrEqual(first.estimate);
        expect(first.upper).toBeGreaterThanOrEqual(first.estimate);
        expect(answered(generalisedGiniInterval(values, { seed, draws: 30 }))).toEqual(first);
      }),
      { numRuns: 30 },
    );
  });

  it('stops when it is told to', () => {
    const stopped = generalisedGiniInterval([5, 3, 0], { seed: 1, onProgress: () => false });
    expect(stopped).toMatchObject({ refused: true, reason: 'stopped' });
  });
});
