import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { betaQuantile, betaUpperQuantile } from './beta-distribution.ts';
import { incompleteBeta, inverseIncompleteBeta } from './beta-function.ts';
import { binomialCumulative, binomialProbability, binomialQuantile, binomialUpper } from './binomial-distribution.ts';
import { chiSquaredQuantile, chiSquaredUpper, chiSquaredUpperQuantile } from './chi-squared-distribution.ts';
import { fQuantile, fUpper } from './f-distribution.ts';
import { gammaCumulative, gammaDensity, gammaQuantile, gammaUpper } from './gamma-distribution.ts';
import {
  negativeBinomialProbability,
  negativeBinomialQuantile,
  negativeBinomialUpper,
} from './negative-binomial-distribution.ts';
import { normalCumulative, normalDeviate, normalQuantile, normalUpper } from './normal-distribution.ts';
import { poissonCumulative, poissonProbability, poissonQuantile, poissonUpper } from './poisson-distribution.ts';
import { tQuantile, tUpper } from './t-distribution.ts';

/** Held to SciPy 1.17, whose special functions come from Boost and Cephes. */
const scipy: readonly (readonly [string, number, number])[] = [
  ['normal upper 1.96', normalUpper(1.96), 0.024997895148220435],
  ['normal upper 37', normalUpper(37), 5.7255712225239266e-300],
  ['normal quantile 0.975', normalQuantile(0.975), 1.959963984540054],
  ['normal quantile 1e-300', normalQuantile(1e-300), -37.0470962993612],
  ['deviate of 99.8 %', normalDeviate(0.998), 3.090232306167813],
  ['chi-squared quantile', chiSquaredQuantile(0.975, 2), 7.377758908227871],
  ['chi-squared far tail', chiSquaredUpperQuantile(1e-20, 4), 99.9663959741815],
  ['chi-squared upper', chiSquaredUpper(3.841458820694124, 1), 0.05],
  ['beta', incompleteBeta(0.5, 0.5, 0.01).lower, 0.06376856085851985],
  ['beta', incompleteBeta(10, 1, 0.9).lower, 0.3486784401],
  ['beta', incompleteBeta(300, 20, 0.95).lower, 0.8211940072460823],
  ['beta', incompleteBeta(5000, 6000, 0.45).lower, 0.169188400131846],
  ['t quantile', tQuantile(0.975, 10), 2.228138851986274],
  ['t far tail', tUpper(30, 5), 3.8593243102480265e-7],
  ['F quantile', fQuantile(0.95, 2, 10), 4.1028210151304],
  ['F upper', fUpper(100, 3, 7), 4.130422101383355e-6],
  ['Poisson upper', poissonUpper(40, 20), 2.542631823413838e-5],
  ['Poisson at its mean (mpmath)', poissonProbability(1e5, 1e5), 0.0012615652097053006],
  ['Poisson quantile', poissonQuantile(0.999, 20), 35],
  ['binomial', binomialCumulative(300, 1000, 0.33), 0.022972516779060585],
  ['binomial upper', binomialUpper(90, 100, 0.5), 1.6610244897268262e-18],
  ['negative binomial upper', negativeBinomialUpper(40, 20, 5.5), 0.03358901966757001],
  ['negative binomial quantile', negativeBinomialQuantile(0.995, 20, 5.5), 52],
];

describe('distributions', () => {
  it.each(scipy)('%s', (_, got, want) => {
    expect(Math.abs(got - want)).toBeLessThanOrEqual(2e-12 * Math.abs(want));
  });

  const chance = fc.double({ min: 1e-6, max: 1 - 1e-6, noNaN: true });

  it('quantiles undo cumulatives', () => {
    fc.assert(
      fc.property(chance, fc.double({ min: 0.5, max: 200, noNaN: true }), (p, a) => {
        expect(normalCumulative(normalQuantile(p))).toBeCloseTo(p, 12);
        expect(gammaCumulative(gammaQuantile(p, a, 3), a, 3)).toBeCloseTo(p, 10);
        expect(incompleteBeta(a, 2, betaQuantile(p, a, 2)).lower).toBeCloseTo(p, 10);
        expect(inverseIncompleteBeta(a, 2, 1 - p, p)).toBe(betaUpperQuantile(p, a, 2));
      }),
    );
  });

  it('a discrete quantile is the least count that reaches its share', () => {
    fc.assert(
      fc.property(chance, fc.double({ min: 0.01, max: 3000, noNaN: true }), (p, mean) => {
        const k = poissonQuantile(p, mean);
        expect(poissonCumulative(k, mean)).toBeGreaterThanOrEqual(p * (1 - 1e-13));
        if (k > 0) expect(poissonCumulative(k - 1, mean)).toBeLessThan(p);
        const b = binomialQuantile(p, 60, 0.3);
        expect(binomialCumulative(b, 60, 0.3)).toBeGreaterThanOrEqual(p * (1 - 1e-13));
        if (b > 0) expect(binomialCumulative(b - 1, 60, 0.3)).toBeLessThan(p);
      }),
    );
  });

  it('probabilities of counts add up', () => {
    let poisson = 0;
    let binomial = 0;
    let negative = 0;
    for (let k = 0; k <= 400; k += 1) {
      poisson += poissonProbability(k, 40);
      binomial += binomialProbability(k, 400, 0.2);
      negative += negativeBinomialProbability(k, 20, 4);
    }
    expect(poisson).toBeCloseTo(1, 12);
    expect(binomial).toBeCloseTo(1, 12);
    expect(negative).toBeCloseTo(1, 12);
  });

  it('a negative binomial of boundless size is a Poisson', () => {
    expect(negativeBinomialProbability(3, 2, Infinity)).toBe(poissonProbability(3, 2));
    expect(negativeBinomialProbability(3, 2, 1e9)).toBeCloseTo(poissonProbability(3, 2), 8);
  });

  it('a gamma of shape 1 is the exponential', () => {
    expect(gammaDensity(2, 1, 4)).toBeCloseTo(Math.exp(-0.5) / 4, 14);
    expect(gammaUpper(2, 1, 4)).toBeCloseTo(Math.exp(-0.5), 14);
  });
});
