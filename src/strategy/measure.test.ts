import { describe, expect, it } from 'vitest';
import { shiftMonth } from '../duty/index.ts';
import { againstBaseline, areEndsHidden, forecast, judge, type Judged, type MonthValue } from './measure.ts';

const months = (counts: readonly (number | null)[]): readonly MonthValue[] =>
  counts.flatMap((value, at) => (value === null ? [] : [{ month: shiftMonth('2023-01', at), value }]));
const steady = [20, 22, 18, 21, 19, 20, 23, 17, 20, 21, 19, 20];
const low = [9, 8, 10, 9, 7, 9, 10, 8, 9, 8, 9, 10];
const lower: Judged = { better: 'lower', target: null, targetBy: null, tolerance: 0 };

describe('the judgement of a measure', () => {
  it('says better only where the interval and the months both show it', () => {
    const judged = judge(months([...steady, ...steady, ...low]), lower);
    expect(judged).toMatchObject({ verdict: 'better', before: 240, latest: 106, months: 12 });
    expect(judged.sentence).toContain('240 became 106');
    expect(judge(months([...steady, ...steady, ...low]), { ...lower, better: 'higher' }).verdict).toBe('worse');
  });

  it('cannot tell where the change could be chance', () => {
    const judged = judge(months([...steady, ...steady, ...steady.map((count) => count - 1)]), lower);
    expect(judged.verdict).toBe('cannot-tell');
    expect(judged.sentence).toContain('We cannot tell whether it changed');
  });

  it('cannot tell from one year, and from two that differ by chance', () => {
    expect(judge(months(low), lower).verdict).toBe('cannot-tell');
    expect(judge(months([...steady, ...steady.toReversed()]), lower).verdict).toBe('cannot-tell');
  });

  it('compares the same months only, and does not take a missing month for zero', () => {
    const judged = judge(months([...steady, ...steady, ...low.map((count, at) => (at < 4 ? null : count))]), lower);
    expect(judged).toMatchObject({ verdict: 'cannot-tell', months: 8, before: 20 * 8 - 1 });
    expect(judged.sentence).toContain('Only 8 of the last 12 months');
    expect(judge(months([...steady, ...low.map((count, at) => (at < 11 ? null : count))]), lower)).toMatchObject({
      verdict: 'cannot-tell',
      months: 1,
    });
  });

  it('says nothing of a year of which one month is hidden, nor where the months at an end are', () => {
    const one = months([...steady, ...steady.map((count, at) => (at === 3 ? null : count)), ...low]);
    expect(judge(one, lower)).toMatchObject({ verdict: 'cannot-tell', months: 11 });
    expect(areEndsHidden(one, 1)).toBe(false);
    expect(areEndsHidden(one, 2)).toBe(true);
    const hidden = judge(months([...steady, ...steady, ...low]), { ...lower, endsHidden: true });
    expect(hidden.verdict).toBe('cannot-tell');
    expect(hidden.sentence).toContain('are hidden');
  });

  it('judges up to a month, and takes that month as missing where it is', () => {
    const series = months([...steady, ...steady, ...low, ...steady]);
    expect(judge(series, lower, '2025-12')).toMatchObject({ verdict: 'better', latest: 106 });
    const gap = series.filter(({ month }) => month !== '2025-12');
    expect(judge(gap, lower, '2025-12')).toMatchObject({ verdict: 'cannot-tell', months: 11 });
  });

  it('says that there are too few', () => {
    const few = Array.from({ length: 36 }, (_, at) => (at % 6 === 0 ? 1 : 0));
    expect(judge(months(few), lower).sentence).toContain('too few to judge');
    expect(judge([], lower).sentence).toContain('no values yet');
  });

  it('stretches the interval where counts come in bursts', () => {
    const bursts = [60, 2, 3, 55, 4, 2, 58, 3, 2, 61, 4, 6];
    const judged = judge(months([...bursts, ...bursts, ...bursts.map((count) => Math.round(count * 0.8))]), lower);
    expect(judged.verdict).toBe('cannot-tell');
  });

  it('holds a target met or missed only outside what chance allows', () => {
    const series = months([...steady, ...steady, ...low]);
    const at = (target: number) => judge(series, { ...lower, target, targetBy: '2027-03-31' });
    expect(at(160).target).toBe('met');
    expect(at(60).target).toBe('not-yet');
    expect(at(105).target).toBe('cannot-tell');
    expect(at(60).toTarget).toBe(
      'It would take 46 fewer a year to reach 60 by 31 March 2027: the latest year stands at 106.',
    );
    expect(judge(series, lower).target).toBe('none');
  });

  it('says that a target was missed only when the year to its day is in, and of that year', () => {
    const series = months([...steady, ...steady, ...low]);
    const by = (targetBy: string | null, target = 200) => judge(series, { ...lower, target, targetBy });
    expect(by('2026-01-31', 60).target).toBe('not-yet');
    expect(by(null, 60).target).toBe('not-yet');
    expect(by('2025-12-31', 60).target).toBe('missed');
    expect(by('2024-12-31').target).toBe('missed');
    expect(by('2024-12-31').toTarget).toBe('The year to 31 December 2024 came to 240, and the target was 200.');
    expect(by('2025-12-31').target).toBe('met');
  });
});

describe('what may come', () => {
  it('refuses a series that is too short, with how many months there are', () => {
    expect(forecast(months([...steady, ...low.slice(0, 11)]), lower)).toMatchObject({ year: null });
    expect(forecast(months([...steady, ...low.slice(0, 11)]), lower).sentence).toContain('there are 23');
    expect(forecast([], lower).year).toBeNull();
  });

  it('refuses a latest year with a month that is hidden or not counted', () => {
    const gap = months([...steady, ...steady, ...low.map((count, at) => (at === 2 ? null : count))]);
    expect(forecast(gap, lower)).toMatchObject({ year: null, takes: null });
    expect(forecast(gap, lower).sentence).toContain('only 11 of the latest 12 months');
    expect(forecast(months([...steady, ...steady]), { ...lower, endsHidden: true }).year).toBeNull();
  });

  it('goes on from a steady series as it is, and says what a target would take', () => {
    const told = forecast(months([...steady, ...steady, ...steady]), {
      ...lower,
      target: 180,
      targetBy: '2027-12-31',
    });
    expect(told.year!.value).toBe(240);
    expect(told.year!.low).toBeLessThan(240);
    expect(told.year!.high).toBeGreaterThan(240);
    // Two years from December 2025: 240 × 0.866² = 180.
    expect(told.takes).toContain('fall by about 13 % each year');
  });

  it('says of a target what it is: reached, past, or too far to see', () => {
    const of = (target: number, targetBy: string) =>
      forecast(months([...steady, ...steady, ...steady]), { ...lower, target, targetBy }).takes;
    expect(of(300, '2027-12-31')).toContain('there already');
    expect(of(180, '2025-06-30')).toContain('is past');
    expect(of(180, '2035-12-31')).toContain('more than 3 years away');
  });
});

describe('the baseline', () => {
  const series = months([...steady, ...steady, ...low]);
  it('is told from the latest year only where the interval says so', () => {
    expect(againstBaseline(series, { from: '2023-01', to: '2023-12' })).toContain('It is lower than the baseline');
    expect(againstBaseline(months([...steady, ...steady]), { from: '2023-01', to: '2023-12' })).toContain(
      'We cannot tell whether it differs',
    );
    expect(againstBaseline(series, null)).toBeNull();
  });

  it('is whole years of the same months, of which none is hidden', () => {
    expect(againstBaseline(series, { from: '2023-01', to: '2023-06' })).toContain('not a whole number of years');
    const gap = series.filter(({ month }) => month !== '2023-04');
    expect(againstBaseline(gap, { from: '2023-01', to: '2023-12' })).toContain('of its 12 months 11 have a number');
    expect(againstBaseline(series, { from: '2023-01', to: '2023-12' }, { endsHidden: true })).toContain('are hidden');
  });

  it('needs months on both sides that do not overlap', () => {
    expect(againstBaseline(series, { from: '2025-01', to: '2025-12' })).toContain('of the latest 12 months after it 0');
    expect(againstBaseline(series, { from: '2020-01', to: '2020-12' })).toContain('of its 12 months 0 have a number');
  });
});
