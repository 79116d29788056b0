import { describe, expect, it } from 'vitest';
import { drawBinomial, drawGamma, drawMultinomial, drawNormal, drawPoisson, randomStream, shuffle } from './random.ts';

const draws = 20000;

/** Mean and variance of many draws, each from a fixed seed: the bounds below are five standard errors. */
function moments(draw: (i: number) => number): { mean: number; variance: number } {
  let sum = 0;
  let squares = 0;
  for (let i = 0; i < draws; i += 1) {
    const x = draw(i);
    sum += x;
    squares += x * x;
  }
  const mean = sum / draws;
  return { mean, variance: squares / draws - mean * mean };
}

function near(got: number, want: number, standardError: number): void {
  expect(Math.abs(got - want)).toBeLessThan(5 * standardError);
}

describe('randomStream', () => {
  it('repeats for the same seed and stream, and for nothing else', () => {
    const first = (seed: number, stream: number): number[] => {
      const random = randomStream(seed, stream);
      return [random.next(), random.next(), random.next()];
    };
    expect(first(7, 3)).toEqual(first(7, 3));
    const seen = new Set<number>();
    for (const seed of [0, 1, 2, -1, 2 ** 32, 2 ** 40]) for (let s = 0; s < 500; s += 1) seen.add(first(seed, s)[0]!);
    expect(seen.size).toBe(3000);
  });

  it('is even over the unit interval, within a stream and across streams', () => {
    const random = randomStream(11);
    near(moments(() => random.next()).mean, 0.5, Math.sqrt(1 / 12 / draws));
    const across = moments((i) => randomStream(11, i).next());
    near(across.mean, 0.5, Math.sqrt(1 / 12 / draws));
    near(across.variance, 1 / 12, 1 / 12 / Math.sqrt(draws));
  });

  it('has no tie between neighbouring streams', () => {
    let product = 0;
    for (let i = 0; i < draws; i += 1)
      product += (randomStream(5, i).next() - 0.5) * (randomStream(5, i + 1).next() - 0.5);
    near(product / draws, 0, 1 / 12 / Math.sqrt(draws));
  });

  it('fills every place below a number', () => {
    const random = randomStream(3);
    const counts = new Array<number>(7).fill(0);
    for (let i = 0; i < draws; i += 1) counts[random.below(7)]! += 1;
    for (const count of counts) near(count / draws, 1 / 7, Math.sqrt(6 / 49 / draws));
  });
});

describe('draws', () => {
  const random = randomStream(20);

  it('normal', () => {
    const { mean, variance } = moments(() => drawNormal(random));
    near(mean, 0, 1 / Math.sqrt(draws));
    near(variance, 1, Math.sqrt(2 / draws));
  });

  it.each([0.3, 1, 7])('gamma of shape %d', (shape) => {
    const { mean, variance } = moments(() => drawGamma(shape, random));
    near(mean, shape, Math.sqrt(shape / draws));
    near(variance, shape, shape * Math.sqrt((2 + 6 / shape) / draws));
  });

  it.each([0, 0.2, 5, 30, 4000])('Poisson of mean %d', (expected) => {
    const { mean, variance } = moments(() => drawPoisson(expected, random));
    near(mean, expected, Math.sqrt(expected / draws) + 1e-12);
    near(variance, expected, expected * Math.sqrt((2 + 1 / (expected + 1e-9)) / draws) + 1e-12);
  });

  it.each([
    [10, 0.3],
    [1000, 0.02],
    [5000, 0.7],
  ])('binomial of %d at %d', (n, p) => {
    const { mean, variance } = moments(() => drawBinomial(n, p, random));
    const spread = n * p * (1 - p);
    near(mean, n * p, Math.sqrt(spread / draws));
    near(variance, spread, spread * Math.sqrt(2.2 / draws));
  });

  it('multinomial keeps the total and the shares, and never fills a cell without weight', () => {
    const sums = [0, 0, 0, 0];
    for (let i = 0; i < 4000; i += 1) {
      const counts = new Int32Array(4);
      drawMultinomial(50, [1, 0, 3, 0], counts, random);
      expect(counts.reduce((a, b) => a + b)).toBe(50);
      counts.forEach((count, j) => (sums[j]! += count));
    }
    expect([sums[1], sums[3]]).toEqual([0, 0]);
    near(sums[0]! / 200000, 0.25, Math.sqrt((0.25 * 0.75) / 200000));
  });

  it('a shuffle keeps what it shuffles, and puts each value everywhere alike', () => {
    const places = new Array<number>(5).fill(0);
    for (let i = 0; i < draws; i += 1) {
      const values = Int32Array.of(0, 1, 2, 3, 4);
      shuffle(values, randomStream(9, i));
      expect([...values].sort()).toEqual([0, 1, 2, 3, 4]);
      places[values.indexOf(0)]! += 1;
    }
    for (const count of places) near(count / draws, 0.2, Math.sqrt(0.16 / draws));
  });
});
