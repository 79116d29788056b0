import { describe, expect, it } from 'vitest';
import type { FigureRow } from './figure.ts';
import { nationalIndicators } from './indicator-templates.ts';
import { changeRead, partsAsked, periodsFor, targetRead, valueRead } from './indicator-value.ts';

const loaded = { from: '2021-06', to: '2026-05' };
const known = { loaded, peopleYear: (wanted: number) => wanted, comparator: { code: 'E23000990' } };
const [homicide, , knife] = nationalIndicators;
const row = (values: Partial<FigureRow>): FigureRow => ({
  state: 'shown',
  count: null,
  estimate: null,
  lower: null,
  upper: null,
  level: 0.95,
  denominator: null,
  ...values,
});

describe('what is asked for an indicator', () => {
  it('is a rate over the people of the same year, a change, a chart of three years and a comparison', () => {
    const { value, change, chart, comparison, whole, rate } = partsAsked(knife!, known);
    expect(value).toMatchObject({
      measure: 'rate',
      period: { from: '2025-04', to: '2026-03' },
      options: { peopleYear: 2025, called: 'Knife crime recorded by the police' },
    });
    expect(change).toMatchObject({ options: { compareFrom: '2024-04', compareTo: '2025-03' } });
    expect(chart).toMatchObject({ measure: 'control-chart', period: { from: '2023-06', to: '2026-05' } });
    expect(comparison).toMatchObject({ measure: 'comparison', options: { comparator: 'E23000990' } });
    expect([whole, rate]).toEqual([undefined, undefined]);
  });

  it('is the number alone where only people of another year are known, and says so', () => {
    const { value, rate, comparison } = partsAsked(knife!, { ...known, peopleYear: () => 2022 });
    expect(value).toMatchObject({ measure: 'count' });
    expect(rate).toEqual({ why: expect.stringContaining('Load the population of 2025') as string });
    expect(comparison).toEqual(rate);
  });

  it('neither compares over a change of method nor draws one line over it', () => {
    const breaks = [{ month: '2025-01', words: 'one method for all forces' }];
    const { change, chart } = partsAsked({ ...knife!, breaks }, known);
    expect(change).toEqual({ why: expect.stringContaining('counted otherwise since January 2025') as string });
    expect(chart).toMatchObject({ options: { breaks: JSON.stringify(breaks) } });
  });

  it('takes three years together for homicide, and compares them with the three before', () => {
    expect(periodsFor(homicide!, loaded).latest).toEqual({ from: '2023-04', to: '2026-03' });
    expect(partsAsked(homicide!, known).change).toMatchObject({
      options: { compareFrom: '2020-04', compareTo: '2023-03' },
    });
  });
});

describe('what is said of it', () => {
  const year = { from: '2025-04', to: '2026-03' };
  it('is in the unit of the indicator, by the year', () => {
    // 9 in 3 years among 100,000: 9 for 100,000 over the period, so 30 a year for a million.
    const value = valueRead(
      { unit: 'per-million', period: { from: '2023-04', to: '2026-03' } },
      'rate',
      [row({ count: 9, estimate: 9, lower: 4.115, upper: 17.085, denominator: 100_000 })],
      undefined,
    );
    expect(value).toMatchObject({ value: 30, count: 9, denominator: 100_000, why: null });
    expect(value.upper).toBeCloseTo(56.95, 2);
  });

  it('is a share with its range where the unit is per cent', () => {
    // Wilson 1927: 2 of 40.
    const value = valueRead({ unit: 'percent', period: year }, 'count', [row({ count: 2 })], [row({ count: 40 })]);
    expect([value.value, value.upper?.toFixed(4)]).toEqual([5, '16.5039']);
  });

  it('is no number where the number is hidden, missing or refused', () => {
    for (const state of ['hidden', 'absent', 'refused'] as const)
      expect(
        valueRead({ unit: 'count', period: year }, 'count', [row({ state, reason: 'Because.' })], undefined),
      ).toMatchObject({ value: null, why: 'Because.' });
  });

  it('calls a change better or worse by its direction, only where its range leaves out no change', () => {
    const change = (lower: number, upper: number, before = 60, after = 160) =>
      row({ estimate: (lower + upper) / 2, lower, upper, before, after });
    expect(changeRead([change(87, 241)], 'lower').verdict).toBe('worsening');
    expect(changeRead([change(87, 241)], 'higher').verdict).toBe('improving');
    expect(changeRead([change(87, 241)], 'neither').verdict).toBe('rising');
    expect(changeRead([change(-17, 179)], 'lower').verdict).toBe('no-clear-change');
    expect(changeRead([change(87, 241, 4, 9)], 'lower')).toMatchObject({ verdict: 'too-few', before: 4 });
    expect(changeRead([row({ state: 'hidden', before: 4 })], 'lower').verdict).toBeNull();
  });

  it('says where it stands to its target, and nothing where the range holds the target', () => {
    const by = { target: { value: 60, by: '2028-03-31' }, polarity: 'lower' } as const;
    expect(targetRead(by, { value: 71, lower: 65, upper: 78 })).toContain('not met yet');
    expect(targetRead(by, { value: 50, lower: 45, upper: 56 })).toMatch(/: met$/);
    expect(targetRead(by, { value: 62, lower: 55, upper: 70 })).toContain('nobody can say');
    expect(targetRead(by, { value: null, lower: null, upper: null })).toBe('60 by 31 March 2028');
  });
});
