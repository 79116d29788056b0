import { describe, expect, it } from 'vitest';
import { type Refusal, isRefusal } from './refusal.ts';
import {
  combinePlacebo,
  placeboReplicates,
  type Placebos,
  placeboTest,
  preparePlacebo,
  syntheticControl,
} from './synthetic-control.ts';

const donors = [
  [10, 12, 11, 13, 12, 14, 13, 15],
  [30, 28, 31, 29, 32, 30, 33, 31],
  [20, 25, 18, 22, 27, 19, 24, 28],
  [15, 14, 16, 15, 17, 16, 18, 17],
];
// Six tenths of the first and four of the second, and 5 less from the seventh period on.
const treated = [0, 1, 2, 3, 4, 5, 6, 7].map((t) => 0.6 * donors[0]![t]! + 0.4 * donors[1]![t]! - (t >= 6 ? 5 : 0));

describe('syntheticControl', () => {
  it('finds the mix that the area was made of, and the effect put in', () => {
    const result = syntheticControl({ treated, donors, periodsBefore: 6 });
    if (isRefusal(result)) throw new Error(result.sentence);
    expect(result.weights.map((weight) => weight.toFixed(4))).toEqual(['0.6000', '0.4000', '0.0000', '0.0000']);
    expect(result.gap[6]).toBeCloseTo(-5, 6);
    expect(result.ratio).toBeNull();
  });

  it('does not depend on the order of donors', () => {
    const noisy = treated.map((value, t) => value + (t % 3));
    const one = syntheticControl({ treated: noisy, donors, periodsBefore: 6 });
    const other = syntheticControl({ treated: noisy, donors: donors.toReversed(), periodsBefore: 6 });
    if (isRefusal(one) || isRefusal(other)) throw new Error('refused');
    one.gap.forEach((value, t) => expect(other.gap[t]).toBeCloseTo(value, 6));
  });

  it.each([
    ['one donor', { treated, donors: donors.slice(0, 1), periodsBefore: 6 }],
    ['one period before', { treated, donors, periodsBefore: 1 }],
    ['no period after', { treated, donors, periodsBefore: 8 }],
    ['other lengths', { treated, donors: [...donors, [1, 2]], periodsBefore: 6 }],
    ['no number', { treated: [...treated.slice(0, 7), Number.NaN], donors, periodsBefore: 6 }],
  ])('refuses %s', (_name, panel) => {
    expect(isRefusal(syntheticControl(panel))).toBe(true);
    expect(isRefusal(placeboTest(panel))).toBe(true);
  });
});

describe('placeboTest', () => {
  it('ranks the treated area first, and grants no interval with few donors', () => {
    const result = placeboTest({ treated: treated.map((v, t) => v + 0.1 * (t % 2)), donors, periodsBefore: 6 });
    if (isRefusal(result)) throw new Error(result.sentence);
    expect(result.p).toBe(0.2);
    expect(result.averageEffect).toMatchObject({ lower: null, upper: null });
    const loose = placeboTest({ treated, donors, periodsBefore: 6 }, { level: 0.6 });
    if (isRefusal(loose)) throw new Error(loose.sentence);
    expect(loose.averageEffect.lower).toBeLessThan(loose.averageEffect.estimate);
  });
});

describe('two donors, worked out by hand', () => {
  // Mix w of the second: (2w)² + (2 − 2w)² is least at one half, so the mix runs 1, 1, 2 beside 0, 2, 10.
  const panel = { treated: [0, 2, 10], donors: [[0, 0, 0], [2, 2, 4]], periodsBefore: 2 }; // prettier-ignore

  it('gives the mix, the gaps and their ratio', () => {
    const found = syntheticControl(panel);
    if (isRefusal(found)) throw new Error(found.sentence);
    expect(found.method).toEqual({ name: 'synthetic-control', version: '1' });
    const wanted = { weights: [0.5, 0.5], synthetic: [1, 1, 2], gap: [-1, 1, 8] };
    for (const part of ['weights', 'synthetic', 'gap'] as const)
      for (const [i, want] of wanted[part].entries()) expect(found[part][i]).toBeCloseTo(want, 9);
    expect([found.before, found.after, found.ratio].map((value) => Number(value!.toFixed(9)))).toEqual([1, 8, 8]);
    // A mix that runs exactly alike leaves nothing to divide by.
    expect(syntheticControl({ treated: [1, 1, 7], donors: panel.donors, periodsBefore: 2 })).toMatchObject({
      ratio: null,
    });
  });

  it('ranks the area among its placebos, and says how far they stray', () => {
    // The first donor is best matched by the area itself (gaps 0, −2, −10), and so is the second (2, 0, −6).
    const at = (level?: number) => {
      const found = placeboTest(panel, level === undefined ? {} : { level });
      if (isRefusal(found)) throw new Error(found.sentence);
      return found;
    };
    const { p, placeboRatios, averageEffect } = at();
    expect(p).toBeCloseTo(1 / 3, 12);
    expect(placeboRatios[0]).toBeCloseTo(10 / Math.SQRT2, 6);
    expect(placeboRatios[1]).toBeCloseTo(6 / Math.SQRT2, 6);
    // Three areas cannot give nineteen in twenty.
    expect(averageEffect).toMatchObject({ lower: null, upper: null, level: 0.95 });
    expect(averageEffect.estimate).toBeCloseTo(8, 9);
    for (const [level, reach] of [
      [1 / 3, 6],
      [0.5, 10],
      [2 / 3, 10],
    ] as const) {
      // prettier-ignore
      expect(at(level).averageEffect.lower).toBeCloseTo(8 - reach, 6);
      expect(at(level).averageEffect.upper).toBeCloseTo(8 + reach, 6);
    }
    // As the last of the three when nothing happens to it: 0, 2 and then what the mix foretells.
    const quiet = placeboTest({ ...panel, treated: [0, 2, 2] });
    expect(quiet).toMatchObject({ p: 1 });
  });

  it('adds up to the same in any parts, and stops when told to', () => {
    const prepared = preparePlacebo(panel);
    if (isRefusal(prepared)) throw new Error(prepared.sentence);
    const parts = [[0, 1], [1, 2]].map(([from, to]) => placeboReplicates(prepared, from!, to!)); // prettier-ignore
    expect(combinePlacebo(prepared, parts as Placebos[])).toEqual(placeboTest(panel));
    for (const [from, to] of [
      [-1, 1],
      [0.5, 1],
      [0, 1.5],
      [1, 0],
      [0, 3],
    ] as const)
      // prettier-ignore
      expect(placeboReplicates(prepared, from, to)).toMatchObject({ reason: 'no-such-donor' });
    const seen: number[][] = [];
    const stopped = placeboReplicates(prepared, 0, 2, (done, of) => {
      seen.push([done, of]);
      return false;
    });
    expect(stopped).toMatchObject({ reason: 'stopped' });
    expect(seen).toEqual([[1, 2]]);
    expect(placeboTest(panel, { level: 1 })).toMatchObject({ reason: 'level-out-of-range' });
    expect(placeboTest({ ...panel, treated: [0, 2] })).toMatchObject({ refused: true });
  });
});

describe('placebos by hand', () => {
  // Before the start the areas are the corners of a square: each is half a side from the middle of its opposite edge.
  const panel = {
    treated: [0, 0, 10, 14],
    donors: [
      [0, 1, 0, 0],
      [1, 0, 0, 0],
      [1, 1, 1, 3],
    ],
    periodsBefore: 2,
  };
  const value = <T>(answer: T | Refusal): T => {
    if (isRefusal(answer)) throw new Error(answer.sentence);
    return answer;
  };

  it('take each donor for the treated area, with the treated area and the other donors to draw on', () => {
    const test = value(placeboTest(panel, { level: 0.5 }));
    expect(test.weights.map((weight) => weight.toFixed(9))).toEqual(['0.500000000', '0.500000000', '0.000000000']);
    expect([test.before, test.after, test.ratio]).toEqual(
      [0.5, Math.sqrt(148), 2 * Math.sqrt(148)].map((each) => expect.closeTo(each, 9) as number),
    );
    expect(test.placeboRatios).toEqual(
      [51.25, 51.25, 5].map((square) => 2 * Math.sqrt(square)).map((each) => expect.closeTo(each, 9) as number),
    );
    expect(test.p).toBe(1 / 4);
    // The placebos' mean gaps are −7, −7 and 2: half of them stay within 7.
    expect(test.averageEffect).toEqual({
      estimate: expect.closeTo(12, 9) as number,
      lower: expect.closeTo(5, 9) as number,
      upper: expect.closeTo(19, 9) as number,
      level: 0.5,
    });
    expect(value(placeboTest(panel)).averageEffect).toMatchObject({ lower: null, upper: null });
  });

  it('can be made in parts, tell how far they are, and be stopped', () => {
    const prepared = value(preparePlacebo(panel));
    const told: number[][] = [];
    const part = value(placeboReplicates(prepared, 1, 3, (done, all) => told.push([done, all]) > 0));
    expect(Array.from(part.ratios)).toEqual(
      [51.25, 5].map((square) => 2 * Math.sqrt(square)).map((each) => expect.closeTo(each, 9) as number),
    );
    expect(Array.from(part.meanGaps)).toEqual([-7, 2].map((each) => expect.closeTo(each, 9) as number));
    expect(told).toEqual([
      [1, 2],
      [2, 2],
    ]);
    expect(value(placeboReplicates(prepared, 2, 2)).ratios).toHaveLength(0);
    expect(placeboReplicates(prepared, 0, 3, () => false)).toMatchObject({ reason: 'stopped' });
    expect(placeboReplicates(prepared, 0, 4)).toMatchObject({ reason: 'no-such-donor' });
  });

  it('say why there are none', () => {
    const reason = (over: object) => {
      const answer = placeboTest({ ...panel, ...over });
      return isRefusal(answer) ? answer.reason : 'answered';
    };
    expect(reason({ donors: panel.donors.slice(0, 1) })).toBe('too-few-donors');
    expect(reason({ periodsBefore: 1 })).toBe('too-few-periods');
    expect(reason({ periodsBefore: 4 })).toBe('too-few-periods');
    expect(reason({ treated: [0, 0, 1] })).toBe('lengths-differ');
    expect(
      reason({
        donors: [
          [0, 1, Number.NaN, 0],
          [1, 0, 0, 0],
          [1, 1, 1, 3],
        ],
      }),
    ).toBe('not-finite');
  });
});
