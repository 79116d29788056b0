import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Refusal, isRefusal } from './refusal.ts';
import { relativeRateIndex } from './relative-rate-index.ts';

function answered<T>(answer: T | Refusal): T {
  if (isRefusal(answer)) throw new Error(answer.sentence);
  return answer;
}
const reasonOf = (answer: unknown): string => (isRefusal(answer) ? answer.reason : 'answered');
const white = { name: 'White', events: 1460, population: 150_300 };
const black = { name: 'Black', events: 290, population: 12_050 };

describe('relativeRateIndex', () => {
  it('meets epitools 0.5: rateratio.wald', () => {
    const index = answered(relativeRateIndex({ groups: [white, black], reference: 'White', per: 1000 }));
    const [base, group] = index.groups;
    expect(base).toMatchObject({ ratio: null, excessEvents: 0, rateDifference: 0 });
    expect(group!.interval).toBe('log-wald');
    expect(group!.ratio!.estimate).toBeCloseTo(2.47751946797022, 12);
    expect(group!.ratio!.lower).toBeCloseTo(2.18420454734365, 10);
    expect(group!.ratio!.upper).toBeCloseTo(2.81022339305921, 10);
    expect(group!.excessEvents).toBeCloseTo(172.94743845642, 8);
  });

  it('is exact below ten events on either side', () => {
    const groups = [
      { name: 'A', events: 6, population: 900 },
      { name: 'B', events: 0, population: 400 },
    ];
    const group = answered(relativeRateIndex({ groups, reference: 'A', per: 1000 })).groups[1]!;
    expect(group.interval).toBe('exact');
    // R's poisson.test(c(0, 6), c(400, 900)).
    expect(group.ratio).toMatchObject({ estimate: 0, lower: 0 });
    expect(group.ratio!.upper).toBeCloseTo(1.91095018716898, 10);
  });

  it.each([
    [10, 10, 'log-wald'],
    [9, 10, 'exact'],
    [10, 9, 'exact'],
  ] as const)('with %d events against %d the interval is %s', (events, base, interval) => {
    const groups = [
      { name: 'A', events: base, population: 900 },
      { name: 'B', events, population: 900 },
    ];
    expect(answered(relativeRateIndex({ groups, reference: 'A', per: 1000 })).groups[1]!.interval).toBe(interval);
  });

  it('bounds the ratio by where the unknown may have fallen', () => {
    const index = answered(
      relativeRateIndex({ groups: [white, black], reference: 'White', per: 1000, unknownEvents: 250 }),
    );
    expect(index.unknownShare).toBeCloseTo(250 / 2000, 12);
    const { lowest, highest } = index.groups[1]!.ratioBounds!;
    expect(lowest).toBeCloseTo(290 / 12_050 / (1710 / 150_300), 12);
    expect(highest).toBeCloseTo(540 / 12_050 / (1460 / 150_300), 12);
  });

  it('excess events of all groups, weighed against the reference’s rate, add up', () => {
    const group = fc.record({ events: fc.nat(500), population: fc.integer({ min: 1, max: 1e6 }) });
    fc.assert(
      fc.property(fc.array(group, { minLength: 2, maxLength: 6 }), (rows) => {
        fc.pre(rows[0]!.events > 0);
        const groups = rows.map((row, i) => ({ ...row, name: String(i) }));
        const index = answered(relativeRateIndex({ groups, reference: '0', per: 1 }));
        const excess = index.groups.reduce((sum, one) => sum + one.excessEvents, 0);
        const events = rows.reduce((sum, row) => sum + row.events, 0);
        const people = rows.reduce((sum, row) => sum + row.population, 0);
        expect(
          Math.abs(excess - (events - (people * rows[0]!.events) / rows[0]!.population)) / (1 + Math.abs(excess)),
        ).toBeLessThan(1e-9);
        for (const one of index.groups.slice(1)) {
          expect(one.ratio!.lower).toBeLessThanOrEqual(one.ratio!.estimate!);
          expect(one.ratioBounds!.lowest).toBeCloseTo(one.ratio!.estimate!, 9);
        }
      }),
    );
  });

  it('refuses a reference that cannot carry a comparison', () => {
    const index = (groups: (typeof white)[], reference = 'White'): string =>
      reasonOf(relativeRateIndex({ groups, reference, per: 1000 }));
    expect(index([{ ...white, events: 0 }, black])).toBe('reference-without-events');
    expect(index([black])).toBe('no-reference');
    expect(index([white, { ...black, population: 0 }])).toBe('no-population');
    expect(index([white, { ...black, events: Number.NaN }])).toBe('not-a-count');
    expect(index([white, white])).toBe('repeated-group');
    expect(index([])).toBe('no-reference');
  });
});
