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
});
