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
