import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { benjaminiHochberg, benjaminiYekutieli, bonferroni, holm } from './multiple-testing.ts';
import { isRefusal } from './refusal.ts';

const all = { benjaminiHochberg, benjaminiYekutieli, holm, bonferroni };
const found = (adjusted: unknown): number => [...(adjusted as Float64Array)].filter((p) => p <= 0.05).length;

describe('multiple testing', () => {
  // Benjamini & Hochberg 1995, section 3: fifteen p values; their method finds four, Bonferroni three.
  const p = [
    0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.324, 0.4262, 0.5719, 0.6528, 0.759, 1,
  ];

  it('finds what the authors found', () => {
    expect(found(benjaminiHochberg(p))).toBe(4);
    expect(found(bonferroni(p))).toBe(3);
    expect(found(holm(p))).toBe(3);
    expect((benjaminiHochberg(p) as Float64Array)[3]).toBeCloseTo((0.0095 * 15) / 4, 12);
  });

  it.each([
    ['Benjamini and Hochberg', benjaminiHochberg, [0.02, 0.04, 0.04, 0.02], [0.9, 0.9]],
    // The harmonic sum of four is 25/12, of two 3/2.
    ['Benjamini and Yekutieli', benjaminiYekutieli, [1 / 24, 1 / 12, 1 / 12, 1 / 24], [1, 1]],
    ['Holm', holm, [0.03, 0.06, 0.06, 0.02], [1, 1]],
    ['Bonferroni', bonferroni, [0.04, 0.16, 0.12, 0.02], [1, 1]],
  ])('by hand: %s', (_name, method, four, two) => {
    const near = (got: unknown, wanted: readonly number[]): void => {
      expect(got).toHaveLength(wanted.length);
      (got as Float64Array).forEach((value, i) => expect(value).toBeCloseTo(wanted[i]!, 14));
    };
    near(method([0.01, 0.04, 0.03, 0.005]), four);
    near(method([0.5, 0.9]), two);
    near(method([]), []);
    near(method([0, 1]), [0, 1]);
  });

  it('never goes below p, nor above 1, and keeps the order of the p values', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 40 }), (values) => {
        for (const method of Object.values(all)) {
          const adjusted = method(values) as Float64Array;
          adjusted.forEach((q, i) => {
            expect(q).toBeGreaterThanOrEqual(values[i]!);
            expect(q).toBeLessThanOrEqual(1);
            values.forEach((other, j) => {
              if (other < values[i]!) expect(adjusted[j]).toBeLessThanOrEqual(q);
            });
          });
        }
      }),
    );
  });

  it('moves with the p values when they change places', () => {
    const turned = p.toReversed();
    for (const method of Object.values(all))
      expect([...(method(turned) as Float64Array)].reverse()).toEqual([...(method(p) as Float64Array)]);
  });

  it.each([[[0.1, Number.NaN]], [[-0.1]], [[1.1]], [[Infinity]]])('refuses %j', (values) => {
    for (const method of Object.values(all)) expect(isRefusal(method(values))).toBe(true);
  });
});
