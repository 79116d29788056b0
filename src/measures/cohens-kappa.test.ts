import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cohensKappa } from './cohens-kappa.ts';
import { type Refusal, isRefusal } from './refusal.ts';

function answered<T>(answer: T | Refusal): T {
  if (isRefusal(answer)) throw new Error(answer.sentence);
  return answer;
}
const reasonOf = (answer: unknown): string => (isRefusal(answer) ? answer.reason : 'answered');

/** Two lists of codes from a table of how often each pair was given. */
function coded(table: readonly (readonly number[])[]): { first: string[]; second: string[] } {
  const pairs = table.flatMap((row, i) =>
    row.flatMap((count, j) => new Array<[string, string]>(count).fill([`c${i}`, `c${j}`])),
  );
  return { first: pairs.map((pair) => pair[0]), second: pairs.map((pair) => pair[1]) };
}

describe('cohensKappa', () => {
  it('meets the example of Cohen 1960: 200 cases, three diagnoses, κ = 0.492', () => {
    const kappa = answered(
      cohensKappa(
        coded([
          [88, 14, 18],
          [10, 40, 10],
          [2, 6, 12],
        ]),
      ),
    );
    expect(kappa.agreement).toBeCloseTo(0.7, 12);
    expect(kappa.chanceAgreement).toBeCloseTo(0.41, 12);
    expect(kappa.estimate).toBeCloseTo(0.492, 3);
  });

  it('meets the textbook table of 50 proposals: po 0.70, pe 0.50, κ = 0.40', () => {
    expect(
      answered(
        cohensKappa(
          coded([
            [20, 5],
            [10, 15],
          ]),
        ),
      ).estimate,
    ).toBeCloseTo(0.4, 12);
  });

  it('has the interval of Fleiss, Cohen & Everitt 1969, by hand for that table', () => {
    // Rows 0.5 and 0.5, columns 0.6 and 0.4. On the diagonal 0.4 (1 − 1.1 × 0.6)² + 0.3 (1 − 0.9 × 0.6)² = 0.10972, off it
    // 0.6² (0.1 × 1.1² + 0.2 × 0.9²) = 0.10188; less (0.4 − 0.5 × 0.6)² = 0.01; over 50 × 0.5².
    const error = Math.sqrt((0.10972 + 0.10188 - 0.01) / 12.5);
    const table = coded([
      [20, 5],
      [10, 15],
    ]);
    const kappa = answered(cohensKappa(table));
    expect(kappa.lower).toBeCloseTo(0.4 - 1.959963984540054 * error, 12);
    expect(kappa.upper).toBeCloseTo(0.4 + 1.959963984540054 * error, 12);
    expect(kappa.items).toBe(50);
    const narrow = answered(cohensKappa({ ...table, level: 0.5 }));
    expect(narrow.upper).toBeCloseTo(0.4 + 0.6744897501960817 * error, 12);
  });

  it('keeps its interval between −1 and 1', () => {
    const close = answered(
      cohensKappa(
        coded([
          [5, 0],
          [1, 4],
        ]),
      ),
    );
    expect(close.estimate).toBeCloseTo(0.8, 12);
    expect(close.upper).toBe(1);
    expect(close.lower).toBeGreaterThan(0.3);
    const apart = answered(
      cohensKappa(
        coded([
          [0, 4],
          [5, 1],
        ]),
      ),
    );
    // po 0.1, pe 0.4 × 0.5 + 0.6 × 0.5.
    expect(apart.estimate).toBeCloseTo(-0.8, 12);
    expect(apart.lower).toBe(-1);
  });

  it('has the standard error that the jackknife finds', () => {
    const table = [
      [88, 14, 18],
      [10, 40, 10],
      [2, 6, 12],
    ];
    const whole = answered(cohensKappa(coded(table)));
    const n = 200;
    // Leave each item out in turn (Quenouille 1956): nothing of the large-sample formula enters.
    const left = table.flatMap((row, i) =>
      row.map((count, j) => {
        const less = table.map((own, a) => own.map((c, b) => (a === i && b === j ? c - 1 : c)));
        return { count, kappa: answered(cohensKappa(coded(less))).estimate };
      }),
    );
    const mean = left.reduce((sum, one) => sum + one.count * one.kappa, 0) / n;
    const variance = ((n - 1) / n) * left.reduce((sum, one) => sum + one.count * (one.kappa - mean) ** 2, 0);
    const error = (whole.upper - whole.estimate) / 1.959963984540054;
    expect(Math.abs(error / Math.sqrt(variance) - 1)).toBeLessThan(0.02);
  });

  it('is 1 for full agreement, the same when the coders change places, and holds its estimate in its interval', () => {
    const codes = fc.array(fc.tuple(fc.constantFrom('a', 'b', 'c'), fc.constantFrom('a', 'b', 'c')), {
      minLength: 2,
      maxLength: 60,
    });
    fc.assert(
      fc.property(codes, (pairs) => {
        const first = pairs.map((pair) => pair[0]);
        const second = pairs.map((pair) => pair[1]);
        const kappa = cohensKappa({ first, second });
        if (isRefusal(kappa)) {
          expect(new Set([...first, ...second]).size).toBe(1);
          return;
        }
        expect(answered(cohensKappa({ first: second, second: first })).estimate).toBeCloseTo(kappa.estimate, 12);
        expect(kappa.lower).toBeLessThanOrEqual(kappa.estimate);
        expect(kappa.upper).toBeGreaterThanOrEqual(kappa.estimate - 1e-12);
        if (new Set(first).size > 1)
          expect(answered(cohensKappa({ first, second: first })).estimate).toBeCloseTo(1, 12);
      }),
    );
  });

  it('refuses what has no agreement to measure', () => {
    expect(reasonOf(cohensKappa({ first: [], second: [] }))).toBe('too-few-items');
    expect(reasonOf(cohensKappa({ first: ['a', 'a'], second: ['a'] }))).toBe('lengths-differ');
    expect(reasonOf(cohensKappa({ first: ['a', 'a'], second: ['a', 'a'] }))).toBe('one-code');
    expect(reasonOf(cohensKappa({ first: ['a', 'a'], second: ['b', 'b'] }))).toBe('answered');
    expect(reasonOf(cohensKappa({ first: ['a'], second: ['b'] }))).toBe('too-few-items');
    expect(reasonOf(cohensKappa({ first: ['a', 'b'], second: ['b', 'b'], level: 1 }))).toBe('level-out-of-range');
  });
});
