import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { accuracyAtAreaShare, predictionAccuracy, type PredictionAccuracy } from './prediction-accuracy.ts';
import { isRefusal, type Refusal } from './refusal.ts';

function answer(got: PredictionAccuracy | Refusal): PredictionAccuracy {
  if (isRefusal(got)) throw new Error(got.sentence);
  return got;
}

const cell = fc.record({
  seen: fc.integer({ min: 0, max: 20 }),
  predicted: fc.integer({ min: 0, max: 20 }),
  area: fc.integer({ min: 1, max: 5 }),
});
const cells = fc.array(cell, { minLength: 1, maxLength: 30 }).filter((list) => list.some((one) => one.seen > 0));
const ask = (list: readonly { seen: number; predicted: number; area: number }[]) => ({
  seen: list.map((one) => one.seen),
  predicted: list.map((one) => one.predicted),
  areas: list.map((one) => one.area),
});

describe('prediction accuracy', () => {
  it('is 10 when a tenth of the area holds all crime, and 5 when it holds half', () => {
    // Chainey, Tompson and Uhlig (2008): PAI = hit rate over share of area.
    const areas = [1, 9];
    expect(answer(predictionAccuracy({ seen: [8, 0], predicted: [5, 1], areas })).pai[0]).toBeCloseTo(10, 12);
    expect(answer(predictionAccuracy({ seen: [4, 4], predicted: [5, 1], areas })).pai[0]).toBeCloseTo(5, 12);
  });

  it('is what a sheet of paper gives for four cells of unlike size, with ties', () => {
    const got = answer(predictionAccuracy({ seen: [3, 0, 1, 4], predicted: [4, 2, 2, 1], areas: [2, 1, 1, 4] }));
    expect(got.method).toEqual({ name: 'prediction-accuracy', version: '1' });
    // Predicted densities 2, 2, 2 and 1/4: ties as given. Seen 3/2, 0, 1 and 1: best is 0, 2, 3, 1.
    expect([...got.order]).toEqual([0, 1, 2, 3]);
    expect([...got.shareOfCrime]).toEqual([3 / 8, 3 / 8, 4 / 8, 1]);
    expect([...got.shareOfArea]).toEqual([2 / 8, 3 / 8, 4 / 8, 1]);
    expect([...got.pai]).toEqual([1.5, 1, 1, 1]);
    // Best crime 3, 4, 8, 8 in areas of 2, 3, 7, 8: best PAI 3/2, 4/3, 8/7, 1.
    [1, 3 / 4, 7 / 8, 1].forEach((want, rank) => expect(got.pei[rank]).toBeCloseTo(want, 12));
    // The most that areas of 2, 3, 4 and 8 hold of whole dense cells: 3, 4, 4, 8.
    expect(got.peiStar).toEqual([1, 3 / 4, 1, 1]);
    expect(got.rri).toEqual([4 / 3, 6 / 3, 8 / 4, 9 / 8]);
  });

  it('breaks ties of what was seen by the order of the prediction, and leaves nothing to divide by out', () => {
    // Cells 0 and 1 saw as much in areas of 1 and 2 by density; the prediction has 1 first.
    const tied = answer(predictionAccuracy({ seen: [2, 4, 0], predicted: [1, 9, 8], areas: [1, 2, 1] }));
    expect([...tied.order]).toEqual([2, 1, 0]);
    // Best first is then cell 1: PAI (4/6)/(2/4) = 4/3, and with cell 0 1/(3/4) = 4/3.
    expect(tied.pei[0]).toBe(0);
    expect(tied.rri).toEqual([null, 17 / 4, 18 / 6]);
    expect(tied.pei[1]).toBeCloseTo(4 / 6 / (3 / 4) / (4 / 3), 12);
  });

  it('ends at 1 with everything chosen, and has found all crime', () => {
    fc.assert(
      fc.property(cells, (list) => {
        const got = answer(predictionAccuracy(ask(list)));
        expect(got.pai.at(-1)).toBeCloseTo(1, 9);
        expect(got.shareOfCrime.at(-1)).toBeCloseTo(1, 9);
        expect(got.pei.at(-1)).toBeCloseTo(1, 9);
        expect([...got.order].sort((a, b) => a - b)).toEqual(list.map((_, i) => i));
      }),
    );
  });

  it('gives a perfect forecast an efficiency of 1 and a ratio of 1 throughout', () => {
    fc.assert(
      fc.property(cells, (list) => {
        const perfect = list.map((one) => ({ ...one, predicted: one.seen }));
        const got = answer(predictionAccuracy(ask(perfect)));
        for (const pei of got.pei) expect(pei).toBeCloseTo(1, 12);
        for (const rri of got.rri) expect(rri ?? 1).toBeCloseTo(1, 12);
      }),
    );
  });

  // NIJ 2017: PEI* = n/n*, n* the most that the same area could hold. By hand: the dense cell of area 1 fits, that of 3 does not.
  it('holds what was found against the most that as much area could hold', () => {
    const got = answer(predictionAccuracy({ seen: [2, 6, 9], predicted: [9, 1, 1.5], areas: [1, 1, 3] }));
    expect([...got.order]).toEqual([0, 1, 2]);
    expect(got.peiStar.map((value) => value!.toFixed(6))).toEqual([(2 / 6).toFixed(6), '1.000000', '1.000000']);
    const small = answer(predictionAccuracy({ seen: [0, 4], predicted: [9, 1], areas: [1, 2] }));
    expect(small.peiStar).toEqual([null, 1]);
  });

  it('gives PEI* and PEI alike where all cells are of one size', () => {
    fc.assert(
      fc.property(cells, (list) => {
        const got = answer(predictionAccuracy(ask(list.map((one) => ({ ...one, area: 1 })))));
        got.peiStar.forEach((value, i) => expect(value ?? 0).toBeCloseTo(got.pei[i] ?? 0, 9));
      }),
    );
  });

  it('reads the curve at a share of the area', () => {
    const got = answer(predictionAccuracy({ seen: [5, 3, 2, 0], predicted: [9, 8, 7, 1], areas: [1, 1, 1, 1] }));
    expect(accuracyAtAreaShare(got, 0.5)).toMatchObject({ cells: 2, shareOfCrime: 0.8, pai: 1.6, pei: 1 });
    expect(accuracyAtAreaShare(got, 0.2)).toBeNull();
    expect(accuracyAtAreaShare(got, 0.25)).toMatchObject({ cells: 1, shareOfCrime: 0.5, pai: 2 });
    expect(accuracyAtAreaShare(got, 0.74)).toMatchObject({ cells: 2 });
    expect(accuracyAtAreaShare(got, 1)).toMatchObject({ cells: 4, shareOfCrime: 1, pai: 1, pei: 1 });
    for (const share of [0, -0.1, 1.01, Number.NaN])
      expect(accuracyAtAreaShare(got, share)).toMatchObject({ reason: 'share-out-of-range' });
  });

  it('takes three tenths to be three cells of ten, whatever the tenths add to', () => {
    const ten = Array.from({ length: 10 }, (_, i) => 10 - i);
    const got = answer(predictionAccuracy({ seen: ten, predicted: ten, areas: ten.map(() => 0.1) }));
    expect(got.shareOfArea[2]).toBeGreaterThan(0.3);
    expect(accuracyAtAreaShare(got, 0.3)).toMatchObject({ cells: 3 });
    // PEI* fills the same area with the same cells.
    for (const efficiency of got.peiStar) expect(efficiency).toBe(1);
  });

  it('refuses what has no answer', () => {
    expect(predictionAccuracy({ seen: [0, 0], predicted: [1, 2], areas: [1, 1] })).toMatchObject({
      reason: 'no-events',
    });
    expect(predictionAccuracy({ seen: [], predicted: [], areas: [] })).toMatchObject({ refused: true });
    expect(predictionAccuracy({ seen: [1], predicted: [1, 2], areas: [1] })).toMatchObject({
      reason: 'mismatched-lengths',
    });
    expect(predictionAccuracy({ seen: [1], predicted: [Number.NaN], areas: [1] })).toMatchObject({
      reason: 'not-finite',
    });
    expect(predictionAccuracy({ seen: [1], predicted: [-1], areas: [1] })).toMatchObject({ reason: 'negative-values' });
    expect(predictionAccuracy({ seen: [-1, 2], predicted: [1, 1], areas: [1, 1] })).toMatchObject({
      reason: 'negative-values',
    });
    expect(predictionAccuracy({ seen: [1], predicted: [1], areas: [1, 2] })).toMatchObject({
      reason: 'mismatched-lengths',
    });
    expect(predictionAccuracy({ seen: [Infinity], predicted: [1], areas: [1] })).toMatchObject({
      reason: 'not-finite',
    });
    expect(predictionAccuracy({ seen: [1], predicted: [1], areas: [Number.NaN] })).toMatchObject({
      reason: 'not-finite',
    });
    expect(predictionAccuracy({ seen: [1], predicted: [1], areas: [0] })).toMatchObject({ reason: 'bad-areas' });
  });
});
