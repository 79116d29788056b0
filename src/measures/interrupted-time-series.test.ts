import { describe, expect, it } from 'vitest';
import { interruptedTimeSeries } from './interrupted-time-series.ts';
import { autocorrelations, durbinWatson, fitLinear } from './linear-model.ts';
import { matrixOf } from './matrix.ts';
import { type Refusal, isRefusal } from './refusal.ts';

function answered<T>(answer: T | Refusal): T {
  if (isRefusal(answer)) throw new Error(answer.sentence);
  return answer;
}
const reasonOf = (answer: unknown): string => (isRefusal(answer) ? answer.reason : 'answered');

/** A series whose means follow the model exactly, with a wobble of a few events that has no trend of its own. */
function planted(level: number, slope: number): number[] {
  return Array.from({ length: 60 }, (_, i) => {
    const after = i >= 36 ? level * slope ** (i - 36) : 1;
    const season = Math.exp(0.2 * Math.sin((2 * Math.PI * (i + 1)) / 12));
    return Math.round(2000 * 1.002 ** i * season * after) + [3, -5, 1, 4, -3][i % 5]!;
  });
}

describe('interruptedTimeSeries', () => {
  it('finds the change of level and of slope that was planted', () => {
    const found = answered(interruptedTimeSeries({ counts: planted(0.7, 0.99), startsAt: 36, seed: 1 }));
    expect(found.levelRatio.estimate).toBeCloseTo(0.7, 2);
    expect(found.slopeRatio.estimate).toBeCloseTo(0.99, 3);
    expect(found.levelRatio.lower).toBeLessThan(0.7);
    expect(found.levelRatio.upper).toBeGreaterThan(0.7);
    // The old course, less the new: Σ of the planted means.
    let want = 0;
    for (let i = 36; i < 60; i += 1)
      want += 2000 * 1.002 ** i * Math.exp(0.2 * Math.sin((2 * Math.PI * (i + 1)) / 12)) * (1 - 0.7 * 0.99 ** (i - 36));
    expect(Math.abs(found.prevented.estimate / want - 1)).toBeLessThan(0.01);
    expect(found.prevented.lower).toBeLessThan(found.prevented.estimate);
    expect(found.prevented.upper).toBeGreaterThan(found.prevented.estimate);
  });

  it('finds nothing where nothing changed', () => {
    const found = answered(interruptedTimeSeries({ counts: planted(1, 1), startsAt: 36, seed: 1 }));
    expect(found.levelRatio.estimate).toBeCloseTo(1, 2);
    expect(Math.abs(found.prevented.estimate)).toBeLessThan(0.01 * 2000 * 24);
  });

  it('takes the lengths of the months out of the comparison', () => {
    const exposure = planted(1, 1).map((_, i) => (i < 36 ? 31 : 28));
    const counts = planted(1, 1).map((count, i) => Math.round((count * exposure[i]!) / 31));
    expect(answered(interruptedTimeSeries({ counts, startsAt: 36, seed: 1 })).levelRatio.estimate).toBeLessThan(0.92);
    expect(
      answered(interruptedTimeSeries({ counts, exposure, startsAt: 36, seed: 1 })).levelRatio.estimate,
    ).toBeCloseTo(1, 2);
  });

  it('gives the same interval for the same seed', () => {
    const prevented = (seed: number) =>
      answered(interruptedTimeSeries({ counts: planted(0.9, 1), startsAt: 36, seed, draws: 200 })).prevented;
    expect(prevented(3)).toEqual(prevented(3));
    expect(prevented(3)).not.toEqual(prevented(4));
  });

  it('refuses too short a side, a broken series and an empty one', () => {
    const counts = planted(1, 1);
    const reason = (over: object): string =>
      reasonOf(interruptedTimeSeries({ counts, startsAt: 36, seed: 1, ...over }));
    expect(reason({ startsAt: 11 })).toBe('too-few-points');
    expect(reason({ startsAt: 55 })).toBe('too-few-points');
    expect(reason({ startsAt: 36.5 })).toBe('too-few-points');
    expect(reason({ counts: counts.map(() => 0) })).toBe('no-events');
    expect(reason({ counts: counts.with(3, Number.NaN) })).toBe('not-a-number');
    expect(reason({ counts: counts.with(3, -1) })).toBe('negative-count');
    expect(reason({ counts: counts.map((y, i) => (i < 36 ? y : 0)) })).toBe('no-finite-estimate');
    expect(reason({ exposure: [1] })).toBe('lengths-differ');
    expect(reason({ exposure: counts.map(() => 0) })).toBe('no-exposure');
    expect(reason({ draws: 0 })).toBe('no-draws');
  });
});

describe('checks of residuals', () => {
  // Durbin & Watson 1951, as every textbook has it: independent 2, alternating near 4, persistent near 0.
  it('durbinWatson', () => {
    expect(durbinWatson([1, -1, 1, -1])).toBe(3);
    expect(durbinWatson([1, 1, 1, 1])).toBe(0);
    expect(durbinWatson([0, 0])).toBe(2);
  });

  it('autocorrelations, as R’s acf of 1:5', () => {
    expect(autocorrelations([1, 2, 3, 4, 5], 3).map((r) => Number(r.toFixed(3)))).toEqual([0.4, -0.1, -0.4]);
    expect(autocorrelations([2, 2, 2], 1)).toEqual([0]);
  });

  it('fitLinear gives a straight line back', () => {
    const fit = answered(
      fitLinear(
        matrixOf([
          [1, 0],
          [1, 1],
          [1, 2],
        ]),
        [1, 3, 5],
      ),
    );
    expect(fit.coefficients[1]).toBeCloseTo(2, 12);
    expect(
      reasonOf(
        fitLinear(
          matrixOf([
            [1, 1],
            [1, 1],
          ]),
          [1, 2],
        ),
      ),
    ).toBe('no-finite-estimate');
    expect(reasonOf(fitLinear(matrixOf([[1], [1]]), [1]))).toBe('lengths-differ');
    expect(reasonOf(fitLinear(matrixOf([[1], [1]]), [1, Infinity]))).toBe('not-a-number');
  });
});
