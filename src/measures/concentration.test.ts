import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  combineEvenLorenz,
  combineGiniBootstrap,
  concentration,
  evenLorenzCurve,
  evenLorenzReplicates,
  generalisedGiniInterval,
  giniBootstrapReplicates,
  leastShareOfPlaces,
  lorenzCurve,
  prepareGiniBootstrap,
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

const reasonOf = (answer: unknown): string => (isRefusal(answer) ? answer.reason : 'answered');

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

  // lorenzgini 0.1.2: fourteen events over 97 places.
  const sparse = [3, 2, ...new Array<number>(9).fill(1), ...new Array<number>(86).fill(0)];
  it('agrees with lorenzgini where there are more places than events', () => {
    const few = answered(concentration(sparse));
    expect(few).toMatchObject({ places: 97, events: 14 });
    expect(few.gini).toBeCloseTo(0.907216494845361, 12);
    expect(few.giniUnbiased).toBeCloseTo(0.916666666666667, 12);
    expect(few.generalisedGini).toBeCloseTo(0.357142857142857, 12);
    expect(few.generalisedGiniUnbiased).toBeCloseTo(0.384615384615385, 12);
    expect(few.shareOfPlacesWithNone).toBeCloseTo(0.88659793814433, 12);
    for (const [share, places] of [
      [0.25, 0.0206185567010309],
      [0.5, 0.0412371134020619],
      [0.8, 0.0927835051546392],
    ] as const)
      expect(answered(leastShareOfPlaces(sparse, share))).toBeCloseTo(places, 12);
    expect(answered(shareOfCrimeInTop(sparse, 0.01))).toBeCloseTo(0.214285714285714, 12);
    expect(answered(shareOfCrimeInTop(sparse, 0.05))).toBeCloseTo(0.571428571428571, 12);
    expect(answered(concentration([1, 0, 0])).generalisedGiniUnbiased).toBeNull();
    // Two events in one of two places or in one of three: all that there is to spread.
    expect(answered(concentration([2, 0, 0])).generalisedGiniUnbiased).toBeCloseTo(1, 12);
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

  it('says why it will not answer', () => {
    expect(reasonOf(concentration([4]))).toBe('too-few-places');
    expect(reasonOf(concentration([4, -1]))).toBe('not-counts');
    expect(reasonOf(concentration([0, 0]))).toBe('no-events');
    for (const ask of [leastShareOfPlaces, shareOfCrimeInTop]) {
      for (const share of [0, -0.5, 1.01, Number.NaN]) expect(reasonOf(ask([4, 1], share))).toBe('share-out-of-range');
      expect(ask([4, 1], 1)).toBe(1);
      expect(reasonOf(ask([0, 0], 0.5))).toBe('no-events');
    }
    const even = (places: number, events: number): string => reasonOf(evenLorenzCurve({ places, events }, { seed: 1 }));
    expect(even(1, 5)).toBe('too-few-places');
    expect(even(2, 0)).toBe('no-events');
    expect(even(0, 0)).toBe('no-events');
    expect(even(2.5, 1)).toBe('not-counts');
    expect(even(50_000_001, 1)).toBe('too-many-places');
    expect(even(2, 1)).toBe('answered');
    expect(reasonOf(evenLorenzCurve({ places: 2, events: 1 }, { seed: 0.5 }))).toBe('bad-seed');
    expect(reasonOf(evenLorenzCurve({ places: 2, events: 1 }, { seed: 1, draws: 0 }))).toBe('no-draws');
    const interval = (options: { seed: number; draws?: number; level?: number }): string =>
      reasonOf(generalisedGiniInterval([4, 1], options));
    expect(interval({ seed: 0.5 })).toBe('bad-seed');
    expect(interval({ seed: 1, draws: 0 })).toBe('no-draws');
    expect(interval({ seed: 1, draws: 1 })).toBe('too-few-draws');
    expect(interval({ seed: 1, draws: 2 })).toBe('answered');
    expect(interval({ seed: 1, level: 1 })).toBe('level-out-of-range');
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
    expect(curve).toHaveLength(101);
    expect(curve.at(-1)).toEqual({ shareOfPlaces: 1, shareOfCrime: 1 });
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

  it('has the spread of drawing again, by theory', () => {
    // With n events over two places in shares p and 1 − p, G′ = |2k/n − 1|/2 for k in the first (G of two places), so its
    // standard deviation is √(p(1 − p)/n) where the first always leads.
    const interval = answered(generalisedGiniInterval([700, 300], { seed: 3, draws: 4000 }));
    expect(interval).toMatchObject({ seed: 3, draws: 4000, level: 0.95 });
    expect(interval.estimate).toBeCloseTo(0.2, 12);
    const reach = 1.959963984540054 * Math.sqrt((0.7 * 0.3) / 1000);
    // A standard deviation from 4,000 draws is itself out by about one part in ninety.
    expect(Math.abs((interval.upper - interval.estimate) / reach - 1)).toBeLessThan(0.04);
    expect(interval.estimate - interval.lower).toBeCloseTo(interval.upper - interval.estimate, 12);
  });

  it('adds up the same however the draws are split', () => {
    const prepared = answered(prepareGiniBootstrap([9, 4, 1]));
    const whole = answered(giniBootstrapReplicates(prepared, 5, 0, 12));
    const parts = [
      answered(giniBootstrapReplicates(prepared, 5, 0, 7)),
      answered(giniBootstrapReplicates(prepared, 5, 7, 12)),
    ];
    expect(parts.flatMap((part) => [...part])).toEqual([...whole]);
    expect(combineGiniBootstrap(prepared, parts, 5)).toEqual(combineGiniBootstrap(prepared, [whole], 5));
    expect(reasonOf(combineGiniBootstrap(prepared, [whole.slice(0, 1)], 5))).toBe('too-few-draws');
    expect(reasonOf(combineGiniBootstrap(prepared, [], 5))).toBe('too-few-draws');
    expect(reasonOf(combineGiniBootstrap(prepared, [whole], 0.5))).toBe('bad-seed');
    expect(isRefusal(giniBootstrapReplicates(prepared, 5, 3, 2))).toBe(true);
    // By hand: of 0.2 and 0.4 the standard deviation is 0.1 √2.
    const hand = answered(combineGiniBootstrap({ ...prepared, generalisedGini: 0.5 }, [Float64Array.of(0.2, 0.4)], 5));
    expect(hand.upper).toBeCloseTo(0.5 + 1.959963984540054 * 0.1 * Math.SQRT2, 12);
    expect(hand.lower).toBeCloseTo(0.5 - 1.959963984540054 * 0.1 * Math.SQRT2, 12);

    const spread = { places: 3, events: 8 };
    const sums = answered(evenLorenzReplicates(spread, 5, 0, 9));
    const halves = [answered(evenLorenzReplicates(spread, 5, 0, 4)), answered(evenLorenzReplicates(spread, 5, 4, 9))];
    expect(sums.reduce((a, b) => a + b)).toBe(9 * 8);
    expect(combineEvenLorenz(halves)).toEqual(combineEvenLorenz([sums]));
    // By hand: 1 and 3 of the two places over two draws.
    expect(answered(combineEvenLorenz([Float64Array.of(0, 2), Float64Array.of(1, 1)]))[1]).toEqual({
      shareOfPlaces: 0.5,
      shareOfCrime: 0.25,
    });
    expect(reasonOf(combineEvenLorenz([]))).toBe('too-few-draws');
    expect(isRefusal(evenLorenzReplicates(spread, 5, 3, 2))).toBe(true);
  });

  it('tells how far it has got', () => {
    const told: [number, number][] = [];
    const onProgress = (done: number, total: number): boolean => told.push([done, total]) > 0;
    const prepared = answered(prepareGiniBootstrap([9, 4, 1]));
    answered(giniBootstrapReplicates(prepared, 5, 4, 6, onProgress));
    answered(evenLorenzReplicates({ places: 3, events: 8 }, 5, 4, 6, onProgress));
    expect(told).toEqual([
      [1, 2],
      [2, 2],
      [1, 2],
      [2, 2],
    ]);
    expect(reasonOf(evenLorenzReplicates({ places: 3, events: 8 }, 5, 4, 6, () => false))).toBe('stopped');
  });

  it('stops when it is told to', () => {
    const stopped = generalisedGiniInterval([5, 3, 0], { seed: 1, onProgress: () => false });
    expect(stopped).toMatchObject({ refused: true, reason: 'stopped' });
  });
});
