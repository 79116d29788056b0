import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { betaCumulative, betaQuantile, betaUpper, betaUpperQuantile } from './beta-distribution.ts';
import { incompleteBeta, inverseIncompleteBeta } from './beta-function.ts';
import { binomialCumulative, binomialProbability, binomialQuantile, binomialUpper } from './binomial-distribution.ts';
import {
  chiSquaredCumulative,
  chiSquaredQuantile,
  chiSquaredUpper,
  chiSquaredUpperQuantile,
} from './chi-squared-distribution.ts';
import { fCumulative, fQuantile, fUpper } from './f-distribution.ts';
import { gammaCumulative, gammaDensity, gammaQuantile, gammaUpper } from './gamma-distribution.ts';
import {
  negativeBinomialCumulative,
  negativeBinomialProbability,
  negativeBinomialQuantile,
  negativeBinomialUpper,
} from './negative-binomial-distribution.ts';
import {
  normalCumulative,
  normalDensity,
  normalDeviate,
  normalQuantile,
  normalTwoSided,
  normalUpper,
} from './normal-distribution.ts';
import { poissonCumulative, poissonProbability, poissonQuantile, poissonUpper } from './poisson-distribution.ts';
import { tCumulative, tQuantile, tTwoSided, tUpper } from './t-distribution.ts';

/** Held to SciPy 1.17, whose special functions come from Boost and Cephes. */
const scipy: readonly (readonly [string, () => number, number])[] = [
  ['normal upper 1.96', () => normalUpper(1.96), 0.024997895148220435],
  ['normal upper 37', () => normalUpper(37), 5.7255712225239266e-300],
  ['normal quantile 0.975', () => normalQuantile(0.975), 1.959963984540054],
  ['normal quantile 1e-300', () => normalQuantile(1e-300), -37.0470962993612],
  ['deviate of 99.8 %', () => normalDeviate(0.998), 3.090232306167813],
  ['chi-squared quantile', () => chiSquaredQuantile(0.975, 2), 7.377758908227871],
  ['chi-squared far tail', () => chiSquaredUpperQuantile(1e-20, 4), 99.9663959741815],
  ['chi-squared upper', () => chiSquaredUpper(3.841458820694124, 1), 0.05],
  ['beta', () => incompleteBeta(0.5, 0.5, 0.01).lower, 0.06376856085851985],
  ['beta', () => incompleteBeta(10, 1, 0.9).lower, 0.3486784401],
  ['beta', () => incompleteBeta(300, 20, 0.95).lower, 0.8211940072460823],
  ['beta', () => incompleteBeta(5000, 6000, 0.45).lower, 0.169188400131846],
  ['t quantile', () => tQuantile(0.975, 10), 2.228138851986274],
  ['t far tail', () => tUpper(30, 5), 3.8593243102480265e-7],
  ['F quantile', () => fQuantile(0.95, 2, 10), 4.1028210151304],
  ['F upper', () => fUpper(100, 3, 7), 4.130422101383355e-6],
  ['Poisson upper', () => poissonUpper(40, 20), 2.542631823413838e-5],
  ['Poisson at its mean (mpmath)', () => poissonProbability(1e5, 1e5), 0.0012615652097053006],
  ['Poisson quantile', () => poissonQuantile(0.999, 20), 35],
  ['binomial', () => binomialCumulative(300, 1000, 0.33), 0.022972516779060585],
  ['binomial upper', () => binomialUpper(90, 100, 0.5), 1.6610244897268262e-18],
  ['negative binomial upper', () => negativeBinomialUpper(40, 20, 5.5), 0.03358901966757001],
  ['negative binomial quantile', () => negativeBinomialQuantile(0.995, 20, 5.5), 52],
];

describe('distributions', () => {
  it.each(scipy)('%s', (_, got, want) => {
    expect(Math.abs(got() - want)).toBeLessThanOrEqual(2e-12 * Math.abs(want));
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

/** What the integrals are where they can be written out, and what a table prints. */
const closed: readonly (readonly [string, () => number, number])[] = [
  ['chi-squared of two is an exponential', () => chiSquaredUpper(3, 2), Math.exp(-1.5)],
  ['and below', () => chiSquaredCumulative(3, 2), 1 - Math.exp(-1.5)],
  ['its quantile', () => chiSquaredQuantile(0.75, 2), -2 * Math.log(0.25)],
  ['its upper quantile', () => chiSquaredUpperQuantile(1e-9, 2), 18 * Math.LN10],
  ['t of one is Cauchy’s', () => tUpper(1, 1), 0.25],
  ['below nought', () => tUpper(-1, 1), 0.75],
  ['t of two', () => tCumulative(3, 2), 0.5 + 3 / (2 * Math.sqrt(11))],
  ['both sides', () => tTwoSided(-3, 2), 1 - 3 / Math.sqrt(11)],
  ['both sides of nought', () => tTwoSided(0, 3), 1],
  ['t quantile of Cauchy', () => tQuantile(0.9, 1), Math.tan(0.4 * Math.PI)],
  ['far out', () => tQuantile(1e-6, 1), -1 / Math.tan(1e-6 * Math.PI)],
  ['near the middle', () => tQuantile(0.55, 1), Math.tan(0.05 * Math.PI)],
  ['a hair from the middle', () => tQuantile(0.5 + 2 ** -40, 1), Math.tan(2 ** -40 * Math.PI)],
  ['t quantile of two', () => tQuantile(0.95, 2), 0.9 * Math.sqrt(2 / (1 - 0.81))],
  ['t of very many is normal', () => tUpper(1.96, 1e12), 0.024997895148220435],
  ['and its quantile', () => tQuantile(0.975, 1e12), 1.959963984540054],
  ['F of two', () => fUpper(3, 2, 8), (1 + 6 / 8) ** -4],
  ['and below', () => fCumulative(3, 2, 8), 1 - (1 + 6 / 8) ** -4],
  ['F of nought', () => fUpper(0, 2, 8), 1],
  ['F below nought', () => fCumulative(-1, 2, 8), 0],
  ['F quantile of two', () => fQuantile(0.5, 2, 8), 4 * (0.5 ** -0.25 - 1)],
  ['F quantile far out', () => fQuantile(1 - 2 ** -30, 2, 8), 4 * (2 ** 7.5 - 1)],
  ['F of two and two, far out', () => fQuantile(1 - 2 ** -50, 2, 2), 2 ** 50 - 1],
  ['F of two and 2.2, far out', () => fQuantile(1 - 2 ** -50, 2, 2.2), 1.1 * (2 ** (50 / 1.1) - 1)],
  [
    'F of two and 2.2, near nought',
    () => fQuantile(2 ** -50, 2, 2.2),
    1.1 * Math.expm1(-Math.log1p(-(2 ** -50)) / 1.1),
  ],
  ['F of two and two, near nought', () => fQuantile(2 ** -50, 2, 2), 1 / (2 ** 50 - 1)],
  ['beta of two and two', () => betaCumulative(0.3, 2, 2), 3 * 0.09 - 2 * 0.027],
  ['and above', () => betaUpper(0.3, 2, 2), 1 - 3 * 0.09 + 2 * 0.027],
  ['beta quantile of a power', () => betaQuantile(0.125, 3, 1), 0.5],
  ['from above', () => betaUpperQuantile(0.875, 3, 1), 0.5],
  ['gamma of two', () => gammaCumulative(6, 2, 3), 1 - 3 * Math.exp(-2)],
  ['and above', () => gammaUpper(6, 2, 3), 3 * Math.exp(-2)],
  ['its density', () => gammaDensity(6, 2, 3), (6 * Math.exp(-2)) / 9],
  ['of one at nought', () => gammaDensity(0, 1, 4), 0.25],
  ['of two at nought', () => gammaDensity(0, 2, 4), 0],
  ['below nought', () => gammaDensity(-1, 2, 4), 0],
  ['gamma quantile of one', () => gammaQuantile(0.75, 1, 3), 3 * Math.log(4)],
  ['normal density', () => normalDensity(2), Math.exp(-2) / Math.sqrt(2 * Math.PI)],
  ['normal of nought', () => normalCumulative(0), 0.5],
  ['normal below', () => normalUpper(-1.96), 1 - 0.024997895148220435],
  ['normal both sides', () => normalTwoSided(-1.96), 2 * 0.024997895148220435],
  ['normal both sides of nought', () => normalTwoSided(0), 1],
  // Tables of the normal integral: 0.5, 2, 3, 5.5 and 6 deviates.
  ['normal 0.5', () => normalUpper(0.5), 0.3085375387259869],
  ['normal 2', () => normalUpper(2), 0.02275013194817921],
  ['normal 3', () => normalUpper(3), 0.0013498980316300946],
  ['normal 6', () => normalUpper(6), 9.865876450376981e-10],
  ['Poisson of 3', () => poissonProbability(2, 3), 4.5 * Math.exp(-3)],
  ['Poisson of nought', () => poissonProbability(0, 0), 1],
  ['no event', () => poissonProbability(0, 3), Math.exp(-3)],
  ['fewer than none', () => poissonProbability(-1, 3), 0],
  ['half an event', () => poissonProbability(0.5, 3), 0],
  ['two or fewer', () => poissonCumulative(2.7, 3), 8.5 * Math.exp(-3)],
  ['none', () => poissonCumulative(0, 3), Math.exp(-3)],
  ['fewer than none', () => poissonCumulative(-0.5, 3), 0],
  ['none of none', () => poissonCumulative(0, 0), 1],
  ['more than two', () => poissonUpper(2.7, 3), 1 - 8.5 * Math.exp(-3)],
  ['more than none', () => poissonUpper(0, 3), 1 - Math.exp(-3)],
  ['more than less than none', () => poissonUpper(-0.5, 3), 1],
  ['more than none of none', () => poissonUpper(0, 0), 0],
  ['two of four', () => binomialProbability(2, 4, 0.5), 6 / 16],
  ['all of four', () => binomialProbability(4, 4, 0.25), 1 / 256],
  ['none of four', () => binomialProbability(0, 4, 0.25), 81 / 256],
  ['five of four', () => binomialProbability(5, 4, 0.5), 0],
  ['half of four', () => binomialProbability(0.5, 4, 0.5), 0],
  ['fewer than none of four', () => binomialProbability(-1, 4, 0.5), 0],
  ['up to one of four', () => binomialCumulative(1.5, 4, 0.5), 5 / 16],
  ['up to none of four', () => binomialCumulative(0, 4, 0.5), 1 / 16],
  ['up to fewer than none', () => binomialCumulative(-0.5, 4, 0.5), 0],
  ['up to all', () => binomialCumulative(4, 4, 0.5), 1],
  ['more than one of four', () => binomialUpper(1.5, 4, 0.5), 11 / 16],
  ['more than none', () => binomialUpper(0, 4, 0.5), 15 / 16],
  ['more than fewer than none', () => binomialUpper(-0.5, 4, 0.5), 1],
  ['more than all', () => binomialUpper(4, 4, 0.5), 0],
  ['of nobody', () => binomialCumulative(0, 0, 0.5), 1],
  // Of size 1 it is geometric: (m/(1 + m))^k / (1 + m).
  ['geometric', () => negativeBinomialProbability(3, 2, 1), 8 / 81],
  ['geometric of nought', () => negativeBinomialProbability(0, 2, 1), 1 / 3],
  ['half an event', () => negativeBinomialProbability(0.5, 2, 1), 0],
  ['fewer than none', () => negativeBinomialProbability(-1, 2, 1), 0],
  ['geometric up to one', () => negativeBinomialCumulative(1.5, 2, 1), 5 / 9],
  ['geometric up to none', () => negativeBinomialCumulative(0, 2, 1), 1 / 3],
  ['up to fewer than none', () => negativeBinomialCumulative(-0.5, 2, 1), 0],
  ['geometric more than one', () => negativeBinomialUpper(1.5, 2, 1), 4 / 9],
  ['geometric more than none', () => negativeBinomialUpper(0, 2, 1), 2 / 3],
  ['more than fewer than none', () => negativeBinomialUpper(-0.5, 2, 1), 1],
  ['boundless up to two', () => negativeBinomialCumulative(2, 3, Infinity), 8.5 * Math.exp(-3)],
  ['boundless more than two', () => negativeBinomialUpper(2, 3, Infinity), 1 - 8.5 * Math.exp(-3)],
  ['boundless quantile', () => negativeBinomialQuantile(0.999, 20, Infinity), 35],
];

describe('distributions, written out', () => {
  it.each(closed)('%s: %#', (_, got, want) => {
    expect(Math.abs(got() - want)).toBeLessThanOrEqual(1e-11 * Math.abs(want));
  });

  it('have an end where nothing or all is asked for', () => {
    expect([0, 1].map((p) => normalQuantile(p))).toEqual([-Infinity, Infinity]);
    expect(normalQuantile(0.5)).toBe(0);
    expect(normalUpper(40)).toBe(0);
    expect(normalUpper(38.4)).toBeGreaterThan(0);
    expect([0, 0.5, 1].map((p) => tQuantile(p, 3))).toEqual([-Infinity, 0, Infinity]);
    expect([0, 1].map((p) => fQuantile(p, 2, 8))).toEqual([0, Infinity]);
    expect([0, 1].map((p) => poissonQuantile(p, 3))).toEqual([0, Infinity]);
    expect(poissonQuantile(0.5, 0)).toBe(0);
    expect([0, 1].map((p) => binomialQuantile(p, 9, 0.5))).toEqual([0, 9]);
    expect([0, 1].map((p) => binomialQuantile(0.5, 9, p))).toEqual([0, 9]);
    expect([0, 1].map((p) => negativeBinomialQuantile(p, 3, 2))).toEqual([0, Infinity]);
    expect(negativeBinomialQuantile(0.5, 0, 2)).toBe(0);
    expect(gammaDensity(0, 0.5, 4)).toBe(Infinity);
  });

  it.each<[string, () => number]>([
    ['a normal share over 1', () => normalQuantile(1.1)],
    ['a normal share under 0', () => normalQuantile(-0.1)],
    ['no normal share', () => normalQuantile(Number.NaN)],
    ['no deviate', () => normalUpper(Number.NaN)],
    ['t of no degrees', () => tUpper(1, 0)],
    ['t of nought and no degrees', () => tUpper(0, 0)],
    ['t of degrees under 0', () => tUpper(1, -2)],
    ['a t share over 1', () => tQuantile(1.1, 3)],
    ['a t share under 0', () => tQuantile(-0.1, 3)],
    ['a t share of no degrees', () => tQuantile(0.9, 0)],
    ['F of none between', () => fUpper(1, 0, 3)],
    ['F of none within', () => fUpper(1, 3, 0)],
    ['F up to, of none between', () => fCumulative(1, 0, 3)],
    ['F up to, of none within', () => fCumulative(1, 3, 0)],
    ['F of nought and none within', () => fCumulative(0, 3, 0)],
    ['F of nought, upper, none between', () => fUpper(0, 0, 3)],
    ['F of nought, none within', () => fUpper(0, 3, 0)],
    ['F up to nought, none between', () => fCumulative(0, 0, 3)],
    ['an F share over 1', () => fQuantile(1.1, 2, 3)],
    ['an F share under 0', () => fQuantile(-0.1, 2, 3)],
    ['an F share of none between', () => fQuantile(0, 0, 3)],
    ['an F share of none within', () => fQuantile(1, 3, 0)],
    ['a gamma of no shape', () => gammaDensity(-1, 0, 1)],
    ['a gamma of no scale', () => gammaDensity(-1, 1, 0)],
    ['a gamma up to, of no scale', () => gammaCumulative(1, 1, 0)],
    ['a gamma up to, of a scale under 0', () => gammaCumulative(-1, 1, -1)],
    ['a gamma over, of no scale', () => gammaUpper(1, 1, 0)],
    ['a gamma over, of a scale under 0', () => gammaUpper(-1, 1, -1)],
    ['a gamma share of no scale', () => gammaQuantile(0.5, 1, 0)],
    ['a gamma share of a scale under 0', () => gammaQuantile(0.5, 1, -1)],
    ['a Poisson mean under 0', () => poissonProbability(-1, -1)],
    ['a Poisson count that is none', () => poissonProbability(Number.NaN, 1)],
    ['a Poisson mean under 0, up to', () => poissonCumulative(-1, -1)],
    ['a Poisson mean under 0, over', () => poissonUpper(-1, -1)],
    ['a Poisson share over 1', () => poissonQuantile(1.1, 0)],
    ['a Poisson share under 0', () => poissonQuantile(-0.1, 0)],
    ['a Poisson share of a mean under 0', () => poissonQuantile(1, -1)],
    ['a binomial share over 1', () => binomialProbability(-1, 4, 1.1)],
    ['a binomial share under 0', () => binomialProbability(-1, 4, -0.1)],
    ['a binomial of fewer than none', () => binomialProbability(-1, -1, 0.5)],
    ['a binomial of endless many', () => binomialProbability(-1, Infinity, 0.5)],
    ['a binomial count that is none', () => binomialProbability(Number.NaN, 4, 0.5)],
    ['a binomial up to, of a share over 1', () => binomialCumulative(-1, 4, 1.1)],
    ['a binomial over, of a share over 1', () => binomialUpper(-1, 4, 1.1)],
    ['a binomial quantile of a share over 1', () => binomialQuantile(0, 4, 1.1)],
    ['a binomial quantile over 1', () => binomialQuantile(1.1, 4, 0)],
    ['a binomial quantile under 0', () => binomialQuantile(-0.1, 4, 0)],
    ['a negative binomial mean under 0', () => negativeBinomialProbability(-1, -1, 1)],
    ['a negative binomial of no size', () => negativeBinomialProbability(-1, 1, 0)],
    ['a negative binomial count that is none', () => negativeBinomialProbability(Number.NaN, 1, 1)],
    ['a negative binomial up to, mean under 0', () => negativeBinomialCumulative(-1, -1, 1)],
    ['a negative binomial up to, no size', () => negativeBinomialCumulative(-1, 1, 0)],
    ['a negative binomial over, mean under 0', () => negativeBinomialUpper(-1, -1, 1)],
    ['a negative binomial over, no size', () => negativeBinomialUpper(-1, 1, 0)],
    ['a negative binomial share over 1', () => negativeBinomialQuantile(1.1, 0, 1)],
    ['a negative binomial share under 0', () => negativeBinomialQuantile(-0.1, 0, 1)],
    ['a negative binomial share, mean under 0', () => negativeBinomialQuantile(1, -1, 1)],
    ['a negative binomial share, no size', () => negativeBinomialQuantile(1, 1, 0)],
  ])('have no value for %s', (_, got) => {
    expect(got()).toBeNaN();
  });
});
