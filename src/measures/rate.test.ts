import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { byarLimits, exactPoissonLimits, poissonLimits } from './poisson-interval.ts';
import { crudeRate, publishableRate } from './rate.ts';
import { type Refusal, isRefusal } from './refusal.ts';
import { wilsonProportion } from './wilson.ts';

function answered<T>(answer: T | Refusal): T {
  if (isRefusal(answer)) throw new Error(answer.sentence);
  return answer;
}
const reasonOf = (answer: unknown): string => (isRefusal(answer) ? answer.reason : 'answered');

describe('limits of a Poisson count', () => {
  // Ulm 1990, American Journal of Epidemiology 131: the table of exact limits.
  it.each([
    [0, 0, 3.69],
    [1, 0.03, 5.57],
    [5, 1.62, 11.67],
    [10, 4.8, 18.39],
    [100, 81.36, 121.63],
  ])('exact, of %d events', (events, lower, upper) => {
    const limits = answered(exactPoissonLimits(events, 0.95));
    expect(limits.lower).toBeCloseTo(lower, 2);
    expect(limits.upper).toBeCloseTo(upper, 2);
  });

  it('Byar’s come within one per cent of exact from 10 events on', () => {
    fc.assert(
      fc.property(fc.integer({ min: 10, max: 5000 }), fc.constantFrom(0.95, 0.99), (events, level) => {
        const exact = answered(exactPoissonLimits(events, level));
        const byar = answered(byarLimits(events, level));
        expect(Math.abs(byar.lower / exact.lower - 1)).toBeLessThan(0.01);
        expect(Math.abs(byar.upper / exact.upper - 1)).toBeLessThan(0.01);
      }),
    );
  });
});

describe('limits that are refused, or that the guide picks', () => {
  it.each([
    ['exact', exactPoissonLimits],
    ['Byar’s', byarLimits],
    ['the guide’s', poissonLimits],
  ])('%s refuse a count or a level that is none', (_name, limits) => {
    expect(reasonOf(limits(-1, 0.95))).toBe('not-a-count');
    expect(reasonOf(limits(12, 1))).toBe('level-out-of-range');
  });

  it('are Byar’s from ten events on', () => {
    expect(poissonLimits(9, 0.95)).toEqual({ ...exactPoissonLimits(9, 0.95), interval: 'exact' });
    expect(poissonLimits(10, 0.95)).toEqual({ ...byarLimits(10, 0.95), interval: 'byar' });
  });

  it('Byar’s of no events begin at nought', () => {
    // Upper limit 1 × (1 − 1/9 + 1.959964/3)³.
    const limits = answered(byarLimits(0, 0.95));
    expect(limits.lower).toBe(0);
    expect(limits.upper).toBeCloseTo((8 / 9 + 1.959963984540054 / 3) ** 3, 12);
  });
});

describe('crudeRate', () => {
  // PHEindicatormethods 2.1.0, phe_rate.
  it.each([
    [9, 33000, 0.272727272727273, 0.124708275678131, 0.517721316709672, 'exact'],
    [10, 33000, 0.303030303030303, 0.145074239817199, 0.557316927447166, 'byar'],
  ])('of %d events among %d', (events, population, estimate, lower, upper, interval) => {
    const rate = answered(crudeRate({ events, population, per: 1000 }));
    expect(rate.estimate).toBeCloseTo(estimate, 12);
    expect(rate.lower).toBeCloseTo(lower, 12);
    expect(rate.upper).toBeCloseTo(upper, 12);
    expect(rate.interval).toBe(interval);
  });

  // R 4.2.2, poisson.test(10)$conf.int / 33000.
  it('keeps exact limits from ten events on when told to', () => {
    const rate = answered(crudeRate({ events: 10, population: 33000, per: 1, interval: 'exact' }));
    expect(rate.lower).toBeCloseTo(0.00014531480897371, 14);
    expect(rate.upper).toBeCloseTo(0.000557283516424781, 14);
    expect(rate.interval).toBe('exact');
  });

  it('holds its estimate inside its interval, and scales with `per`', () => {
    fc.assert(
      fc.property(fc.nat(1e6), fc.integer({ min: 1, max: 1e7 }), (events, population) => {
        const one = answered(crudeRate({ events, population, per: 1 }));
        const many = answered(crudeRate({ events, population, per: 100_000 }));
        expect(one.lower).toBeLessThanOrEqual(one.estimate);
        expect(one.upper).toBeGreaterThan(one.estimate);
        expect(many.upper / one.upper).toBeCloseTo(100_000, 4);
      }),
    );
  });

  it('refuses what is not a rate', () => {
    const rate = { events: 3, population: 100, per: 1000 };
    expect(reasonOf(crudeRate({ ...rate, population: 0 }))).toBe('no-population');
    expect(reasonOf(crudeRate({ ...rate, population: Number.NaN }))).toBe('no-population');
    expect(reasonOf(crudeRate({ ...rate, population: Infinity }))).toBe('no-population');
    for (const events of [-1, 2.5, Number.NaN, Infinity])
      expect(reasonOf(crudeRate({ ...rate, events }))).toBe('not-a-count');
    for (const level of [0, 1, Number.NaN]) expect(reasonOf(crudeRate({ ...rate, level }))).toBe('level-out-of-range');
    expect(reasonOf(crudeRate({ ...rate, per: 0 }))).toBe('per-out-of-range');
  });
});

describe('publishableRate', () => {
  const shown = { events: 5, population: 500, per: 1000 };

  it('shows the crude rate from 5 events of 500 people on, and nothing below', () => {
    const { method, ...rate } = answered(publishableRate(shown));
    expect(method).toEqual({ name: 'publishable-rate', version: '1' });
    expect(answered(crudeRate(shown))).toMatchObject(rate);
    expect(reasonOf(publishableRate({ ...shown, events: 4 }))).toBe('too-few-events');
    expect(reasonOf(publishableRate({ ...shown, events: 0 }))).toBe('too-few-events');
    expect(reasonOf(publishableRate({ ...shown, population: 499 }))).toBe('too-few-people');
  });

  it('says the same whatever the hidden count is', () => {
    const sentences = [0, 1, 2, 3, 4].map((events) => {
      const answer = publishableRate({ ...shown, events });
      return isRefusal(answer) ? answer.sentence : 'shown';
    });
    expect(new Set(sentences)).toEqual(new Set(['A rate is not shown because there are fewer than 5 events.']));
  });

  it('refuses what is not a rate as the crude rate does', () => {
    expect(reasonOf(publishableRate({ ...shown, population: 0 }))).toBe('no-population');
    expect(reasonOf(publishableRate({ ...shown, events: 2.5 }))).toBe('not-a-count');
  });
});

describe('wilsonProportion', () => {
  // Newcombe 1998, Statistics in Medicine 17, table I, method 3.
  it.each([
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
  ])('of %d in %d', (count, whole, lower, upper) => {
    const share = answered(wilsonProportion({ count, whole }));
    expect(share.lower).toBeCloseTo(lower, 4);
    expect(share.upper).toBeCloseTo(upper, 4);
  });

  it('meets PHEindicatormethods 2.1.0, phe_proportion, in per cent', () => {
    const share = answered(wilsonProportion({ count: 2, whole: 40, per: 100 }));
    expect(share.estimate).toBeCloseTo(5, 12);
    expect(share.lower).toBeCloseTo(1.38206673861484, 10);
    expect(share.upper).toBeCloseTo(16.503877369141, 10);
    expect(answered(wilsonProportion({ count: 61, whole: 61, per: 100 }))).toMatchObject({ estimate: 100, upper: 100 });
  });

  it('is the mirror of its complement and stays between nought and one', () => {
    fc.assert(
      fc.property(fc.nat(500), fc.nat(500), (count, rest) => {
        fc.pre(count + rest > 0);
        const share = answered(wilsonProportion({ count, whole: count + rest }));
        const other = answered(wilsonProportion({ count: rest, whole: count + rest }));
        expect(share.lower).toBeCloseTo(1 - other.upper, 12);
        expect(share.lower).toBeGreaterThanOrEqual(0);
        expect(share.upper).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('refuses what is not a share', () => {
    expect(reasonOf(wilsonProportion({ count: 0, whole: 0 }))).toBe('no-denominator');
    expect(reasonOf(wilsonProportion({ count: 3, whole: 2 }))).toBe('share-over-whole');
    expect(reasonOf(wilsonProportion({ count: Number.NaN, whole: 2 }))).toBe('not-a-count');
    expect(reasonOf(wilsonProportion({ count: 1, whole: 2.5 }))).toBe('not-a-count');
    expect(reasonOf(wilsonProportion({ count: 1, whole: 2, per: 0 }))).toBe('per-out-of-range');
    expect(reasonOf(wilsonProportion({ count: 1, whole: 2, level: 0 }))).toBe('level-out-of-range');
  });
});
