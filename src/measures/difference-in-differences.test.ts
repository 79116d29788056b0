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

  // Two areas a side, before and after: of 140 treated events 75 lie after, of 150 others 75.
  const shares: PanelRow[] = [
    ['A', true, 40, 60],
    ['B', true, 25, 15],
    ['C', false, 20, 30],
    ['D', false, 55, 45],
  ].flatMap(([unit, treated, before, after]) => [
    { unit: String(unit), time: 1, treated: treated === true, post: false, count: Number(before) },
    { unit: String(unit), time: 2, treated: treated === true, post: true, count: Number(after) },
  ]);

  it('clusters its errors by area, by hand', () => {
    const found = answered(differenceInDifferences({ rows: shares, seed: 1 }));
    // ln odds of 75 : 65 less those of 75 : 75.
    expect(found.poisson.coefficient).toBeCloseTo(Math.log(75 / 65), 9);
    expect(found.ratioOfRatios).toBeCloseTo(75 / 65, 12);
    // Of each area what lies after less its share of the side, squared, over n p q of the side, squared.
    const side = (areas: [number, number][]): number => {
      const [all, after] = [0, 1].map((i) => areas.reduce((sum, area) => sum + area[i]!, 0)) as [number, number];
      const p = after / all;
      return areas.reduce((sum, [n, late]) => sum + (late - n * p) ** 2, 0) / (all * p * (1 - p)) ** 2;
    };
    const hc0 = Math.sqrt(side([[100, 60], [40, 15]]) + side([[50, 30], [100, 45]])); // prettier-ignore
    expect(found.poisson.clusteredHc0).toBeCloseTo(hc0, 9);
    // Four clusters, eight rows, six coefficients.
    const hc1 = hc0 * Math.sqrt(((4 / 3) * 7) / 2);
    expect(found.poisson.clusteredHc1).toBeCloseTo(hc1, 9);
    expect(found.rateRatio.lower).toBeCloseTo((75 / 65) * Math.exp(-1.959963985 * hc1), 6);
    expect(found.rateRatio.upper).toBeCloseTo((75 / 65) * Math.exp(1.959963985 * hc1), 6);
    // As if the four sums varied by chance alone: √(Σ 1/count).
    expect(found.poisson.modelStandardError).toBeCloseTo(Math.sqrt(3 / 75 + 1 / 65), 9);
    // Events: treated +20 and −10, elsewhere +10 and −10; each 15 off the mean of 5, or 10 off nought.
    const linear = answered(found.linear);
    expect(linear.coefficient).toBeCloseTo(5, 9);
    expect(linear.clusteredHc1).toBeCloseTo(Math.sqrt(((2 * 15 ** 2 + 2 * 10 ** 2) / 4) * ((4 / 3) * 7) * 0.5), 9);
    expect(found).toMatchObject({
      method: { name: 'difference-in-differences', version: '1' },
      units: 4,
      treatedUnits: 2,
      fewUnits: true,
      withoutEvents: { units: [], times: [] },
    });
    expect(found.preTrend).toMatchObject({
      reason: 'too-few-points',
      sentence: 'Fewer than three periods before the start are too few to see whether areas moved alike.',
    });
    // Periods in no order are the same periods.
    const mixed = answered(differenceInDifferences({ rows: shares.toReversed(), seed: 1 }));
    expect(mixed.poisson.clusteredHc1).toBeCloseTo(hc1, 9);
  });

  it('looks for a trend in three periods before, and how sure it is', () => {
    // The treated areas double in each period before, the others stay: ln 2 a period, the two areas alike.
    const rows = panel((unit, time) => (unit < 2 ? 10 * 2 ** Math.min(time, 2) : 40 + unit), 4, 6);
    const trend = answered(answered(differenceInDifferences({ rows, seed: 1 })).preTrend);
    expect(trend.coefficient).toBeCloseTo(Math.LN2, 8);
    const other = panel((unit, time) => 30 + ((unit * 13 + time * 7) % 9), 4, 6);
    const unsure = answered(answered(differenceInDifferences({ rows: other, seed: 1 })).preTrend);
    const z = Math.abs(unsure.coefficient / unsure.clusteredHc1);
    // Two sides of the normal distribution, by Simpson's rule.
    const steps = 2_000;
    let inside = 0;
    for (let i = 0; i <= steps; i += 1)
      inside += Math.exp(-(((z * i) / steps) ** 2) / 2) * (i === 0 || i === steps ? 1 : i % 2 === 0 ? 2 : 4);
    expect(unsure.pValue).toBeCloseTo(1 - (2 * inside * z) / (3 * steps * Math.sqrt(2 * Math.PI)), 8);
  });

  it('names the areas and periods that it left out', () => {
    const rows = panel((unit, time) => (unit === 1 || time === 6 ? 0 : 10 + unit), 6);
    expect(answered(differenceInDifferences({ rows, seed: 1 }))).toMatchObject({
      units: 5,
      treatedUnits: 2,
      withoutEvents: { units: ['U1'], times: [6] },
    });
  });

  it('counts how many draws look as large as what was seen', () => {
    // Of a planted halving of twenty areas no draw looks as large; where all are alike every one does.
    const drawn = (rows: PanelRow[], draws: number) =>
      answered(answered(differenceInDifferences({ rows, seed: 1, draws })).randomisation);
    const planted = panel((unit, time) => (unit < 20 && time >= 2 ? 50 : 100) + ((unit * 7 + time * 3) % 5), 40, 4);
    expect(drawn(planted, 99)).toEqual({ pValue: 0.01, assignments: 99, all: false, seed: 1 });
    const alike = panel(() => 10, 40, 4);
    expect(drawn(alike, 9).pValue).toBe(1);
    const after = (unit: number): number => ((unit * unit) % 17) + (unit < 20 ? 4 : 0);
    const chance = drawn(
      panel((unit, time) => 20 + (unit % 5) + (time < 2 ? 0 : after(unit)), 40, 4),
      99,
    ).pValue;
    expect(chance).toBeGreaterThan(0.01);
    expect(chance).toBeLessThan(1);
  });

  it('says what is wrong in words', () => {
    const sentence = (rows: PanelRow[]): string => {
      const answer = differenceInDifferences({ rows, seed: 1 });
      return isRefusal(answer) ? answer.sentence : '';
    };
    const first = halved[0]!;
    expect(sentence([...halved, first])).toBe('An area has more than one count in one period.');
    expect(sentence(halved.with(0, { ...first, count: -1 }))).toContain('whole number from nought up');
    expect(sentence(halved.with(0, { ...first, time: Number.NaN }))).toBe('Some periods have no number.');
    expect(sentence(halved.with(0, { ...first, treated: false }))).toContain('both as treated and as comparison');
    expect(sentence(halved.with(0, { ...first, post: true }))).toContain('both as before and as after');
    for (const treated of [true, false])
      for (const post of [true, false])
        expect(sentence(halved.filter((row) => row.treated !== treated || row.post !== post))).toContain(
          'needs treated and comparison areas, both before and after',
        );
    const over = (more: object) => reasonOf(differenceInDifferences({ rows: halved, seed: 1, ...more }));
    expect(over({ level: 1 })).toBe('level-out-of-range');
    expect(over({ seed: 0.5 })).toBe('bad-seed');
    expect(over({ draws: 0 })).toBe('no-draws');
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

  it('clusters its errors by area, period by period, by hand', () => {
    // Two areas a side with the same share of their events in each period: only the scatter within a side is unsure.
    const counts = [
      [40, 20, 60],
      [25, 30, 15],
      [20, 25, 30],
      [55, 40, 45],
    ];
    const rows = panel((unit, time) => counts[unit]![time]!, 4, 3).map((row) => ({ ...row, post: row.time === 2 }));
    const study = answered(eventStudy({ rows: rows.toReversed(), level: 0.9 }));
    expect(study).toMatchObject({ method: { name: 'event-study', version: '1' }, referenceTime: 1 });
    expect(study.periods.map(({ time, post }) => [time, post])).toEqual([
      [0, false],
      [2, true],
    ]);
    // Of a side the log ratio to period 1 moves, for one area more, by (yₜ − n pₜ)/(N pₜ) − (y₁ − n p₁)/(N p₁).
    const variance = (areas: number[][], time: number): number => {
      const sums = [0, 1, 2].map((t) => areas.reduce((sum, area) => sum + area[t]!, 0));
      const all = sums.reduce((a, b) => a + b, 0);
      return areas.reduce((sum, area) => {
        const n = area.reduce((a, b) => a + b, 0);
        const off = (t: number): number => (area[t]! - (n * sums[t]!) / all) / sums[t]!;
        return sum + (off(time) - off(1)) ** 2;
      }, 0);
    };
    const ratios = { 0: 65 / 50 / (75 / 65), 2: 75 / 50 / (75 / 65) };
    for (const { time, ratio } of study.periods) {
      const error = Math.sqrt(
        (variance(counts.slice(0, 2), time) + variance(counts.slice(2), time)) * (((4 / 3) * 11) / 4),
      );
      expect(ratio.estimate).toBeCloseTo(ratios[time as 0 | 2], 8);
      expect(ratio.lower).toBeCloseTo(ratios[time as 0 | 2] * Math.exp(-1.644853627 * error), 6);
      expect(ratio.upper).toBeCloseTo(ratios[time as 0 | 2] * Math.exp(1.644853627 * error), 6);
    }
    expect(reasonOf(eventStudy({ rows, level: 0 }))).toBe('level-out-of-range');
    expect(reasonOf(eventStudy({ rows: [...rows, rows[0]!] }))).toBe('repeated-row');
  });

  it('refuses a group that has a period without events', () => {
    const rows = panel((unit, time) => (unit < 3 && time === 2 ? 0 : 5));
    expect(reasonOf(eventStudy({ rows }))).toBe('no-finite-estimate');
    expect(reasonOf(eventStudy({ rows: [] }))).toBe('missing-group');
  });
});
