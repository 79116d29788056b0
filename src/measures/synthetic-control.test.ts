import { describe, expect, it } from 'vitest';
import { isRefusal } from './refusal.ts';
import { placeboTest, syntheticControl } from './synthetic-control.ts';

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
