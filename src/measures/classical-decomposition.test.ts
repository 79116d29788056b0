import { describe, expect, it } from 'vitest';
import { classicalDecomposition } from './classical-decomposition.ts';
import { isRefusal } from './refusal.ts';

const quarters = [100, 120, 80, 100, 104, 124, 84, 104, 108, 128, 88, 108];

describe('classicalDecomposition', () => {
  it('gives back a straight line and a fixed season exactly', () => {
    const parts = classicalDecomposition(quarters, { period: 4 });
    if (isRefusal(parts)) throw new Error(parts.sentence);
    // A rise of 1 a quarter, and a season about it that adds up to 0.
    expect(parts.figure.map((value) => value.toFixed(6))).toEqual(['1.500000', '20.500000', '-20.500000', '-1.500000']);
    expect(parts.trend.slice(0, 4)).toEqual([null, null, 100.5, 101.5]);
    expect(parts.remainder.every((value) => value === null || Math.abs(value) < 1e-9)).toBe(true);
  });

  it('gives ratios that average 1 when multiplicative', () => {
    const parts = classicalDecomposition(quarters, { period: 4, model: 'multiplicative' });
    if (isRefusal(parts)) throw new Error(parts.sentence);
    expect(parts.figure.reduce((sum, value) => sum + value, 0)).toBeCloseTo(4, 12);
    expect(parts.figure[1]).toBeGreaterThan(1.1);
  });

  it.each([
    ['under two cycles', quarters.slice(0, 7), { period: 4 }],
    ['an infinity', [...quarters, Infinity], { period: 4 }],
    ['ratios to nothing', new Array<number>(12).fill(0), { period: 4, model: 'multiplicative' }],
    ['a cycle of one', quarters, { period: 1 }],
  ] as const)('refuses %s', (_name, values, options) => {
    expect(isRefusal(classicalDecomposition(values, options))).toBe(true);
  });

  const of = (...given: Parameters<typeof classicalDecomposition>) => {
    const parts = classicalDecomposition(...given);
    if (isRefusal(parts)) throw new Error(parts.sentence);
    return parts;
  };

  it('is worked by hand for a curve, whose deviations do not add up to nought', () => {
    // Squares: each lies half under the mean of itself and its neighbours, weighed 1 : 2 : 1.
    const parts = of([0, 1, 4, 9, 16], { period: 2 });
    expect(parts.trend).toEqual([null, 1.5, 4.5, 9.5, null]);
    expect(parts.figure).toEqual([0, 0]);
    expect(parts.remainder).toEqual([null, -0.5, -0.5, -0.5, null]);
  });

  it('gives back an odd cycle, and shares of a level', () => {
    const odd = of([11, 8, 11, 14, 11, 14], { period: 3 });
    expect(odd.trend).toEqual([null, 10, 11, 12, 13, null]);
    // Off the trend: −2, 0, 2 and −2 again.
    for (const [i, mean] of [2, -2, 0].entries()) expect(odd.figure[i]).toBeCloseTo(mean, 12);
    const shares = of([40, 60, 50, 50, 40, 60, 50, 50], { period: 4, model: 'multiplicative' });
    expect(shares.trend).toEqual([null, null, 50, 50, 50, 50, null, null]);
    for (const [i, want] of [0.8, 1.2, 1, 1].entries()) expect(shares.figure[i]).toBeCloseTo(want, 12);
    for (const value of shares.remainder.slice(2, 6)) expect(value).toBeCloseTo(1, 12);
  });

  it('has no remainder where a season of ratios is nought', () => {
    const parts = of([0, 80, 40, 40, 0, 80, 40, 48], { period: 4, model: 'multiplicative' });
    expect(parts.figure[0]).toBe(0);
    expect(parts.remainder.map((value) => value === null)).toEqual([true, true, false, false, true, false, true, true]);
  });

  it('says why it makes no season', () => {
    expect(classicalDecomposition(quarters, { period: 1 })).toMatchObject({
      reason: 'period',
      sentence: 'A season needs at least two points in a cycle.',
    });
    const long = Array.from({ length: 2002 }, (_, t) => t % 7);
    expect(classicalDecomposition(long, { period: 1001 })).toMatchObject({ reason: 'period' });
    expect(of(long, { period: 1000 }).figure).toHaveLength(1000);
    expect(classicalDecomposition(quarters.slice(0, 7), { period: 4 })).toMatchObject({
      reason: 'too-few-cycles',
      sentence: 'A season needs at least two full cycles, 8 points; there are 7.',
    });
    expect(of(quarters.slice(0, 8), { period: 4 }).figure).toHaveLength(4);
    expect(classicalDecomposition(quarters.with(3, Number.NaN), { period: 4 })).toMatchObject({
      reason: 'not-finite',
      sentence: 'Every point needs a number.',
    });
    const ratios = { period: 2, model: 'multiplicative' } as const;
    expect(classicalDecomposition([0, 0, 0, 0], ratios)).toMatchObject({
      reason: 'trend-not-positive',
      sentence: 'A season in ratios needs a trend above 0 throughout.',
    });
    // Only the ends, which no mean is centred on, hold events.
    expect(classicalDecomposition([5, 0, 0, 5], ratios)).toMatchObject({
      reason: 'no-events',
      sentence: 'There are no events, so there is no season.',
    });
  });
});
