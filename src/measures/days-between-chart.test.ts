import { describe, expect, it } from 'vitest';
import { daysBetweenChart } from './days-between-chart.ts';
import { isRefusal } from './refusal.ts';

describe('daysBetweenChart', () => {
  const gaps = [30, 41, 25, 38, 29, 33, 14];

  it('has the limits of the geometric distribution, added up day by day', () => {
    const chart = daysBetweenChart(gaps);
    if (isRefusal(chart)) throw new Error(chart.sentence);
    expect(chart.meanDays).toBe(30);
    const p = 1 / 31;
    let below = 0;
    let upper = -1;
    // The greatest gap g that still has P(gap ≥ g) of 0.001 or more.
    for (let g = 0; 1 - below >= 0.001; g += 1) {
      upper = g;
      below += p * (1 - p) ** g;
    }
    expect(chart.upper).toBe(upper);
    expect(chart.lower).toBe(0);
    expect(chart.cannotSignalShort).toBe(true);
  });

  it('signals gaps outside its limits only', () => {
    const chart = daysBetweenChart([...gaps, 211, 212, 5000], { baselineGaps: 7 });
    if (isRefusal(chart)) throw new Error(chart.sentence);
    for (const gap of chart.gaps) {
      expect(gap.signal).toBe(gap.days > chart.upper ? 'long' : gap.days < chart.lower ? 'short' : 'none');
    }
    expect(chart.gaps.at(-1)?.signal).toBe('long');
  });

  it('can signal a short gap when events are rare enough', () => {
    const chart = daysBetweenChart([3000, 2800, 3100, 2900, 3200, 0], { baselineGaps: 5 });
    expect(chart).toMatchObject({ cannotSignalShort: false, lower: 3, gaps: { 5: { signal: 'short' } } });
  });

  it('by hand: gaps of one day on average, each day a coin', () => {
    // p = 1/2: P(gap ≥ g) = 2⁻ᵍ, P(gap ≤ g) = 1 − 2⁻ᵍ⁻¹. With a tail of 0.6/2: 2⁻¹ is over it, 2⁻² is not; P(gap ≤ 0) = 1/2.
    const coin = daysBetweenChart([1, 1, 1, 1, 1, 2], { baselineGaps: 5, coverage: 0.4 });
    if (isRefusal(coin)) throw new Error(coin.sentence);
    expect(coin).toMatchObject({ meanDays: 1, coverage: 0.4, lower: 0, upper: 1, cannotSignalShort: true });
    expect(coin.gaps.map((gap) => gap.signal)).toEqual(['none', 'none', 'none', 'none', 'none', 'long']);
    expect(coin.gaps.at(-1)?.days).toBe(2);
  });

  it('says which of its rules refused gaps broke', () => {
    const reasonOf = (days: readonly number[], options?: Parameters<typeof daysBetweenChart>[1]): string => {
      const chart = daysBetweenChart(days, options);
      return isRefusal(chart) ? chart.reason : 'answered';
    };
    expect(reasonOf([3, 4, 5, 6])).toBe('too-few-events');
    expect(reasonOf([3, 4, 5, 6, 7])).toBe('answered');
    for (const gap of [-1, 1.5, Number.NaN, Infinity]) expect(reasonOf([3, 4, 5, 6, gap])).toBe('not-days');
    for (const baselineGaps of [1, 2.5, 8]) expect(reasonOf(gaps, { baselineGaps })).toBe('baseline-points');
    expect(reasonOf(gaps, { baselineGaps: 2 })).toBe('answered');
    for (const coverage of [0, 1]) expect(reasonOf(gaps, { coverage })).toBe('coverage');
    expect(reasonOf([0, 0, 0, 0, 0])).toBe('no-gaps');
    expect(reasonOf([0, 0, 4, 4, 4], { baselineGaps: 2 })).toBe('no-gaps');
  });

  it.each([
    ['four gaps', [1, 2, 3, 4]],
    ['gaps of nought', [0, 0, 0, 0, 0]],
    ['a negative gap', [3, 4, 5, -1, 3]],
    ['half a day', [3, 4, 5, 1.5, 3]],
    ['no number', [3, 4, 5, Number.NaN, 3]],
  ])('refuses %s', (_name, days) => {
    expect(isRefusal(daysBetweenChart(days))).toBe(true);
  });
});
