import { describe, expect, it } from 'vitest';
import { hoursOn, hoursWords, timeWords, weekOf } from './opening.ts';

// 1 June 2026 is a Monday.
const week = ['2026-06-01', '2026-06-02', '2026-06-03', '2026-06-04', '2026-06-05', '2026-06-06', '2026-06-07'];
const service = (...schedules: readonly Readonly<Record<string, unknown>>[]) => ({ schedules });

describe('hours', () => {
  it('are said as people say them', () => {
    expect(['09:00', '12:00', '16:30', '00:00', '23:59', '00:15'].map(timeWords)).toEqual([
      '9am',
      'midday',
      '4:30pm',
      'midnight',
      'midnight',
      '12:15am',
    ]);
    expect(hoursWords({ opens: '00:00', closes: '23:59', words: null })).toBe('day and night');
  });

  it('of a day are those of its schedules, the earliest first; a day without is closed; without any nothing is known', () => {
    const clinic = service(
      { freq: 'WEEKLY', byday: 'MO,WE', opens_at: '14:00', closes_at: '16:00' },
      { freq: 'WEEKLY', byday: 'MO', opens_at: '09:00:00Z', closes_at: '11:00:00Z' },
    );
    expect(hoursOn(clinic, '2026-06-01')?.map(hoursWords)).toEqual(['9am to 11am', '2pm to 4pm']);
    expect(hoursOn(clinic, '2026-06-02')).toEqual([]);
    expect(hoursOn({}, '2026-06-01')).toBeUndefined();
  });

  it('end and begin with their dates, and know every second week and the first Monday', () => {
    const old = service({ freq: 'WEEKLY', byday: 'MO', opens_at: '09:00', closes_at: '10:00', valid_to: '2026-05-31' });
    expect(hoursOn(old, '2026-06-01')).toEqual([]);
    const second = service({ freq: 'WEEKLY', interval: 2, dtstart: '2026-05-25', byday: 'MO', opens_at: '09:00' });
    expect([hoursOn(second, '2026-06-01')?.length, hoursOn(second, '2026-06-08')?.length]).toEqual([0, 1]);
    const first = service({ freq: 'MONTHLY', byday: '1MO', opens_at: '09:00' });
    expect([hoursOn(first, '2026-06-01')?.length, hoursOn(first, '2026-06-08')?.length]).toEqual([1, 0]);
  });

  it('that are the same on days in a row stand together', () => {
    const shop = service(
      { freq: 'WEEKLY', byday: 'MO,TU,WE,FR', opens_at: '09:00', closes_at: '17:00' },
      { freq: 'WEEKLY', byday: 'SA', opens_at: '10:00', closes_at: '12:00' },
    );
    expect(weekOf(shop, week)).toEqual([
      { day: 'Monday to Wednesday', hours: '9am to 5pm' },
      { day: 'Friday', hours: '9am to 5pm' },
      { day: 'Saturday', hours: '10am to midday' },
    ]);
  });
});
