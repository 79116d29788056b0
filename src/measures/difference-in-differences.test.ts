import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type PanelRow, differenceInDifferences, eventStudy } from './difference-in-differences.ts';
import { type Refusal, isRefusal } from './refusal.ts';

function answered<T>(answer: T | Refusal): T {
  if (isRefusal(answer)) throw new Error(answer.sentence);
  return answer;
}
const reasonOf = (answer: unknown): string => (isRefusal(answer) ? answer.reason : 'answered');

function panel(count: (unit: number, time: number) => number, units = 6, times = 8): PanelRow[] {
  return Array.from({ length: units * times }, (_, i) => {
    const unit = Math.floor(i / times);
    const time = i % times;
    return { unit: `U${unit}`, time, treated: unit < units / 2, post: time >= times / 2, count: count(unit, time) };
  });
}
const halved = panel((unit, time) =>
  Math.round((40 + 30 * unit) * (1 + 0.1 * time) * (unit < 3 && time >= 4 ? 0.5 : 1)),
);

describe('differenceInDifferences', () => {
  it('finds the halving that was planted, and no trend before it', () => {
    const found = answered(differenceInDifferences({ rows: halved, seed: 1 }));
    expect(found.rateRatio.estimate).toBeCloseTo(0.5, 2);
    expect(found.rateRatio.lower).toBeLessThan(found.rateRatio.estimate);
    expect(answered(found.preTrend).coefficient).toBeCloseTo(0, 2);
    expect(found.fewUnits).toBe(true);
    // Three of six areas can be chosen in twenty ways; the choice and its mirror have the same effect.
    expect(answered(found.randomisation)).toMatchObject({ pValue: 0.1, assignments: 20, all: true });
    // Clustered errors of six areas say far less than that.
    expect(found.pValue).toBeLessThan(0.01);
    expect(found.shownPValue).toEqual({ value: 0.1, from: 'randomisation' });
  });

  it('shows the clustered p value from ten areas on', () => {
    const rows = Array.from({ length: 10 }, (_, unit) => unit).flatMap((unit) =>
      Array.from({ length: 8 }, (_, time) => ({
        unit: `U${unit}`,
        time,
        treated: unit < 5,
        post: time >= 4,
        count: 30 + ((unit * 7 + time * 5) % 11),
      })),
    );
    const ten = answered(differenceInDifferences({ rows, seed: 1 }));
    expect(ten.shownPValue).toEqual({ value: ten.pValue, from: 'clustered-errors' });
    const nine = answered(differenceInDifferences({ rows: rows.filter((row) => row.unit !== 'U9'), seed: 1 }));
    expect(nine.shownPValue).toMatchObject({ from: 'randomisation' });
  });

  it('is the ratio of ratios of the sums in a balanced panel', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 90 }), { minLength: 48, maxLength: 48 }), (counts) => {
        const rows = panel((unit, time) => counts[unit * 8 + time]!);
        const found = answered(differenceInDifferences({ rows, seed: 1 }));
        expect(found.rateRatio.estimate).toBeCloseTo(found.ratioOfRatios!, 6);
      }),
      { numRuns: 25 },
    );
  });

  it('does not change when rows change places, and turns upside down when the groups do', () => {
    const one = answered(differenceInDifferences({ rows: halved, seed: 1 }));
    const mixed = answered(differenceInDifferences({ rows: halved.toReversed(), seed: 1 }));
    expect(mixed.rateRatio.estimate).toBeCloseTo(one.rateRatio.estimate, 8);
    expect(mixed.poisson.clusteredHc1).toBeCloseTo(one.poisson.clusteredHc1, 8);
    const swapped = answered(
      differenceInDifferences({ rows: halved.map((row) => ({ ...row, treated: !row.treated })), seed: 1 }),
    );
    expect(swapped.rateRatio.estimate * one.rateRatio.estimate).toBeCloseTo(1, 8);
  });

  it('leaves out areas and periods without events, and says so', () => {
    const rows = [...halved, ...panel(() => 0).map((row) => ({ ...row, unit: `none ${row.unit}` }))];
    const found = answered(differenceInDifferences({ rows, seed: 1 }));
    expect(found.withoutEvents.units).toHaveLength(6);
    expect(found.rateRatio.estimate).toBeCloseTo(0.5, 2);
    expect(found.units).toBe(6);
  });

  it('keeps an area without events where differences are taken, not ratios', () => {
    // Two treated areas, one of which never has an event: they fall by 4 and by 0, the comparison areas by 0.
    const rows = panel((unit, time) => (unit === 0 ? 0 : unit === 1 && time >= 4 ? 6 : 10), 4);
    const found = answered(differenceInDifferences({ rows, seed: 1 }));
    expect(answered(found.linear).coefficient).toBeCloseTo(-2, 10);
    expect(found.rateRatio.estimate).toBeCloseTo(0.6, 8);
  });

  it('draws assignments when there are too many to try, the same for one seed', () => {
    const rows = panel((unit, time) => 5 + ((unit * 7 + time * 3) % 11), 40, 4);
    const draw = (seed: number) =>
      answered(answered(differenceInDifferences({ rows, seed, draws: 200 })).randomisation);
    expect(draw(1)).toEqual(draw(1));
    expect(draw(1).all).toBe(false);
    expect(draw(1).pValue).toBeGreaterThan(0);
  });

  it('refuses what is not the design', () => {
    const reason = (rows: PanelRow[]): string => reasonOf(differenceInDifferences({ rows, seed: 1 }));
    expect(reason([])).toBe('missing-group');
    expect(reason(halved.filter((row) => row.treated))).toBe('missing-group');
    expect(reason(halved.map((row) => ({ ...row, post: false })))).toBe('missing-group');
    expect(reason([...halved, halved[0]!])).toBe('repeated-row');
    expect(reason(halved.with(0, { ...halved[0]!, treated: false }))).toBe('mixed-unit');
    expect(reason(halved.with(0, { ...halved[0]!, post: true }))).toBe('mixed-period');
    expect(reason(halved.with(0, { ...halved[0]!, count: Number.NaN }))).toBe('not-a-count');
    expect(reason(halved.with(0, { ...halved[0]!, time: Infinity }))).toBe('not-a-number');
    expect(reason(halved.map((row) => (row.treated && row.post ? { ...row, count: 0 } : row)))).toBe(
      'no-finite-estimate',
    );
  });
});

describe('eventStudy', () => {
  it('is the ratio of ratios against the last period before, in a balanced panel', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 90 }), { minLength: 48, maxLength: 48 }), (counts) => {
        const rows = panel((unit, time) => counts[unit * 8 + time]!);
        const sum = (treated: boolean, time: number): number =>
          rows.reduce((total, row) => (row.treated === treated && row.time === time ? total + row.count : total), 0);
        const study = answered(eventStudy({ rows }));
        expect(study.referenceTime).toBe(3);
        expect(study.periods.map((period) => period.time)).toEqual([0, 1, 2, 4, 5, 6, 7]);
        for (const { time, ratio, post } of study.periods) {
          expect(ratio.estimate).toBeCloseTo(sum(true, time) / sum(true, 3) / (sum(false, time) / sum(false, 3)), 5);
          expect(ratio.lower).toBeLessThanOrEqual(ratio.estimate);
          expect(post).toBe(time > 3);
        }
      }),
      { numRuns: 15 },
    );
  });

  it('refuses a group that has a period without events', () => {
    const rows = panel((unit, time) => (unit < 3 && time === 2 ? 0 : 5));
    expect(reasonOf(eventStudy({ rows }))).toBe('no-finite-estimate');
    expect(reasonOf(eventStudy({ rows: [] }))).toBe('missing-group');
  });
});
