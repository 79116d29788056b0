import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { byarLimits } from './poisson-interval.ts';
import { type Refusal, isRefusal } from './refusal.ts';
import { directlyStandardisedRate, indirectlyStandardisedRatio } from './standardised-rate.ts';

function answered<T>(answer: T | Refusal): T {
  if (isRefusal(answer)) throw new Error(answer.sentence);
  return answer;
}
const reasonOf = (answer: unknown): string => (isRefusal(answer) ? answer.reason : 'answered');

const bands = fc.array(
  fc.record({
    events: fc.nat(200),
    population: fc.integer({ min: 200, max: 50_000 }),
    standard: fc.integer({ min: 1, max: 8000 }),
  }),
  { minLength: 1, maxLength: 19 },
);
const total = (rows: readonly { events: number }[]): number => rows.reduce((sum, row) => sum + row.events, 0);

describe('directlyStandardisedRate', () => {
  it('is the crude rate, with Byar’s limits, when the standard is the area itself', () => {
    fc.assert(
      fc.property(bands, (rows) => {
        fc.pre(total(rows) >= 10);
        const population = rows.reduce((sum, row) => sum + row.population, 0);
        const rate = answered(
          directlyStandardisedRate({ bands: rows.map((row) => ({ ...row, standard: row.population })), per: 1000 }),
        );
        const limits = answered(byarLimits(total(rows), 0.95));
        expect(rate.estimate / ((1000 * total(rows)) / population)).toBeCloseTo(1, 10);
        expect(rate.lower / ((1000 * limits.lower) / population)).toBeCloseTo(1, 10);
        expect(rate.upper / ((1000 * limits.upper) / population)).toBeCloseTo(1, 10);
      }),
    );
  });

  it('does not change with the order of the bands or the size of the standard', () => {
    fc.assert(
      fc.property(bands, (rows) => {
        fc.pre(total(rows) >= 10);
        const one = answered(directlyStandardisedRate({ bands: rows, per: 1000 }));
        const other = answered(
          directlyStandardisedRate({
            bands: rows.toReversed().map((row) => ({ ...row, standard: row.standard * 7 })),
            per: 1000,
          }),
        );
        expect(other.estimate).toBeCloseTo(one.estimate, 8);
        expect(other.lower).toBeCloseTo(one.lower, 8);
        expect(one.lower).toBeLessThanOrEqual(one.estimate);
        expect(one.upper).toBeGreaterThanOrEqual(one.estimate);
      }),
    );
  });

  it('by hand: two bands of rates 10 and 40 in 1,000, standard 3 : 1', () => {
    const rate = answered(
      directlyStandardisedRate({
        bands: [
          { events: 10, population: 1000, standard: 3 },
          { events: 80, population: 2000, standard: 1 },
        ],
        per: 1000,
      }),
    );
    expect(rate.estimate).toBeCloseTo((3 * 10 + 40) / 4, 12);
    expect(rate).toMatchObject({ events: 90, population: 3000 });
    // var = (9·10/10⁶ + 80/4·10⁶) / 16, Dobson's factor √(var/90) on Byar's limits of 90.
    const factor = Math.sqrt((90e-6 + 20e-6) / 16 / 90);
    expect(rate.lower).toBeCloseTo(17.5 - 1000 * factor * (90 - answered(byarLimits(90, 0.95)).lower), 10);
    expect(rate.upper).toBeCloseTo(17.5 + 1000 * factor * (answered(byarLimits(90, 0.95)).upper - 90), 10);
  });

  it('lets a band without people in the standard count for nothing', () => {
    const band = { events: 20, population: 1000, standard: 5 };
    const left = { events: 30, population: 10, standard: 0 };
    expect(answered(directlyStandardisedRate({ bands: [band, left], per: 1000 })).estimate).toBeCloseTo(20, 12);
  });

  it('refuses under ten events, and what has no population or no standard', () => {
    const band = { events: 9, population: 100, standard: 1 };
    const rate = (rows: (typeof band)[]): string => reasonOf(directlyStandardisedRate({ bands: rows, per: 1 }));
    expect(rate([band])).toBe('fewer-than-ten-events');
    expect(rate([{ ...band, events: 10 }])).toBe('answered');
    expect(rate([])).toBe('no-bands');
    expect(rate([{ ...band, population: 0 }])).toBe('no-population');
    expect(rate([{ ...band, standard: 0 }])).toBe('no-standard');
    expect(rate([{ ...band, standard: Number.NaN }])).toBe('no-standard');
    const enough = { ...band, events: 30 };
    for (const standard of [-1, Infinity]) expect(rate([enough, { ...enough, standard }])).toBe('no-standard');
    expect(rate([{ ...band, events: -1 }])).toBe('not-a-count');
  });
});

describe('indirectlyStandardisedRatio', () => {
  it('is 1 for the reference itself, whatever its bands', () => {
    fc.assert(
      fc.property(bands, (rows) => {
        fc.pre(total(rows) > 0);
        const ratio = answered(indirectlyStandardisedRatio({ bands: rows.map((row) => ({ ...row, reference: row })) }));
        expect(ratio.estimate).toBeCloseTo(1, 12);
        expect(ratio.lower).toBeLessThan(1);
        expect(ratio.upper).toBeGreaterThan(1);
      }),
    );
  });

  // PHEindicatormethods 2.1.0, calculate_ISRatio, of an area with 41 observed and 70.79 expected.
  it('has the limits of the observed over the expected', () => {
    const ratio = answered(
      indirectlyStandardisedRatio({
        bands: [{ events: 41, population: 100, reference: { events: 7_079_336_554, population: 1e10 } }],
      }),
    );
    expect(ratio.estimate).toBeCloseTo(0.579150315694084, 8);
    expect(ratio.lower).toBeCloseTo(0.415562547207792, 8);
    expect(ratio.upper).toBeCloseTo(0.785703226904171, 8);
  });

  it('refuses when nothing would be expected', () => {
    const reference = { events: 0, population: 10 };
    expect(reasonOf(indirectlyStandardisedRatio({ bands: [{ events: 1, population: 5, reference }] }))).toBe(
      'none-expected',
    );
    const empty = { events: 1, population: 0 };
    expect(reasonOf(indirectlyStandardisedRatio({ bands: [{ events: 1, population: 5, reference: empty }] }))).toBe(
      'no-population',
    );
  });
});
