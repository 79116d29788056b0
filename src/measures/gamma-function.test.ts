import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { incompleteGamma, inverseIncompleteGamma, logGamma } from './gamma-function.ts';

function near(got: number, want: number, rel = 1e-12): void {
  expect(Math.abs(got - want)).toBeLessThanOrEqual(rel * Math.abs(want) + 1e-300);
}

describe('logGamma', () => {
  // mpmath 1.3, forty digits.
  it.each([
    [0.01, 4.5994798780420217],
    [0.5, 0.5723649429247001],
    [1.5, -0.12078223763524522],
    [5.5, 3.9578139676187163],
    [100.5, 361.43554046777762],
    [1e6, 12815504.569147612],
  ])('of %d', (x, want) => near(logGamma(x), want));

  it('is nought at 1 and at 2', () => {
    expect(Math.abs(logGamma(1))).toBeLessThan(1e-14);
    expect(Math.abs(logGamma(2))).toBeLessThan(1e-14);
  });
});

describe('incompleteGamma', () => {
  // mpmath 1.3, forty digits.
  it.each([
    [0.5, 0.1, 0.34527915398142298, 0.65472084601857702],
    [0.5, 20, 0.99999999974603714, 2.539628589470865e-10],
    [10, 3, 0.0011024881301154797, 0.99889751186988452],
    [10, 40, 0.99999999607406777, 3.9259322262861882e-9],
    [1000, 1100, 0.99894067674607002, 0.0010593232539299773],
    [1e5, 1e5, 0.50042052211036518, 0.49957947788963482],
    [0.001, 0.001, 0.99368764670886029, 0.0063123532911397099],
    [3, 1e-8, 1.6666666541666668e-25, 1],
  ])('of a = %d, x = %d, both tails', (a, x, lower, upper) => {
    const tails = incompleteGamma(a, x);
    near(tails.lower, lower, 2e-12);
    near(tails.upper, upper, 2e-12);
  });

  it('is undone by its inverse', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.05, max: 1e4, noNaN: true }),
        fc.double({ min: 1e-8, max: 0.999, noNaN: true }),
        (a, p) => near(incompleteGamma(a, inverseIncompleteGamma(a, p)).lower, p, 1e-9),
      ),
    );
  });

  it('ends at the ends', () => {
    expect(incompleteGamma(2, 0)).toEqual({ lower: 0, upper: 1 });
    expect(incompleteGamma(2, Infinity)).toEqual({ lower: 1, upper: 0 });
    expect(inverseIncompleteGamma(2, 0)).toBe(0);
    expect(inverseIncompleteGamma(2, 1)).toBe(Infinity);
  });
});
