import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aoristicWeek, localMinutes } from './aoristic.ts';
import { type Refusal, isRefusal } from './refusal.ts';

function answered<T>(answer: T | Refusal): T {
  if (isRefusal(answer)) throw new Error(answer.sentence);
  return answer;
}
const reasonOf = (answer: unknown): string => (isRefusal(answer) ? answer.reason : 'answered');
const span = (from: string, to: string) => ({ fromMinutes: localMinutes(from)!, toMinutes: localMinutes(to)! });

describe('aoristicWeek', () => {
  it('spreads a burglary from 09:30 to 12:00 on a Monday as Ratcliffe does', () => {
    const week = answered(aoristicWeek([span('2024-01-01T09:30', '2024-01-01T12:00')]));
    expect([8, 9, 10, 11, 12].map((hour) => week.weights[hour])).toEqual([0, 0.2, 0.4, 0.4, 0]);
  });

  it('crosses from Sunday night into Monday morning', () => {
    const week = answered(aoristicWeek([span('2024-01-07T23:00', '2024-01-08T01:00')]));
    expect([week.weights[167], week.weights[0]]).toEqual([0.5, 0.5]);
  });

  it('by hand: spans within an hour, up to its end and over it', () => {
    const of = (fromMinutes: number, toMinutes: number) => answered(aoristicWeek([{ fromMinutes, toMinutes }]));
    expect(of(70, 120)).toMatchObject({ total: 1, exactShare: 0, withinHourShare: 1 });
    expect(of(70, 120).weights[1]).toBe(1);
    expect(of(70, 120).weights[2]).toBe(0);
    expect(of(70, 121).withinHourShare).toBe(0);
    expect(of(70, 120.5).weights[2]).toBeCloseTo(0.5 / 50.5, 12);
    expect(of(60, 60)).toMatchObject({ exactShare: 1, withinHourShare: 1 });
    expect(of(60, 60).weights[1]).toBe(1);
    // A minute less than a week covers every hour, the one it starts in for 59 minutes.
    const almost = of(0, 10_079);
    expect(almost.weights[0]).toBeCloseTo(60 / 10_079, 12);
    expect(almost.weights[167]).toBeCloseTo(59 / 10_079, 12);
    const week = of(30, 30 + 10_080);
    expect([...week.weights].every((weight) => weight === 1 / 168)).toBe(true);
    expect(week).toMatchObject({ exactShare: 0, withinHourShare: 0 });
    // Before the first Monday: the last hour of a Sunday.
    expect(of(-30, -10).weights[167]).toBe(1);
    expect(of(-30, 30).weights[0]).toBeCloseTo(0.5, 12);
  });

  it('puts an exact time whole in its hour, and spreads a week evenly', () => {
    const week = answered(
      aoristicWeek([span('2024-02-15T17:00', '2024-02-15T17:00'), span('2024-02-01T10:00', '2024-02-08T10:00')]),
    );
    // 15 February 2024 was a Thursday.
    expect(week.weights[3 * 24 + 17]).toBeCloseTo(1 + 1 / 168, 12);
    expect(week.exactShare).toBe(0.5);
    expect(week.withinHourShare).toBe(0.5);
  });

  it('keeps the number of events, whatever the spans, and does not care which week it is', () => {
    const one = fc.record({ fromMinutes: fc.integer({ min: -20_000, max: 90_000 }), length: fc.nat(20_000) });
    fc.assert(
      fc.property(fc.array(one, { minLength: 1, maxLength: 20 }), (spans) => {
        const place = (shift: number) =>
          answered(
            aoristicWeek(
              spans.map(({ fromMinutes, length }) => ({
                fromMinutes: fromMinutes + shift,
                toMinutes: fromMinutes + shift + length,
              })),
            ),
          );
        const week = place(0);
        expect(week.weights.reduce((a, b) => a + b)).toBeCloseTo(spans.length, 9);
        expect(week.weights.every((weight) => weight >= 0)).toBe(true);
        place(10_080 * 3).weights.forEach((weight, hour) => expect(weight).toBeCloseTo(week.weights[hour]!, 9));
      }),
    );
  });

  it('refuses nothing, unreadable times and spans that run backwards', () => {
    expect(reasonOf(aoristicWeek([]))).toBe('no-events');
    expect(reasonOf(aoristicWeek([{ fromMinutes: Number.NaN, toMinutes: 2 }]))).toBe('not-a-time');
    expect(reasonOf(aoristicWeek([{ fromMinutes: 3, toMinutes: 2 }]))).toBe('reversed-span');
    expect(reasonOf(aoristicWeek([{ fromMinutes: 3, toMinutes: Infinity }]))).toBe('not-a-time');
  });
});

it('localMinutes counts from Monday 1 January 1900', () => {
  expect(localMinutes('1900-01-01T00:00')).toBe(0);
  expect(localMinutes('1899-12-31T23:59')).toBe(-1);
  expect(localMinutes('1900-02-01T02:03')).toBe(31 * 1440 + 123);
  expect(localMinutes('1900-12-31T23:59')).toBe(365 * 1440 - 1);
  expect(localMinutes('2000-01-01T00:00:30')).toBe((100 * 365 + 24) * 1440);
});

it.each([
  ['2024-01-01T23:59', 'the last minute of a day'],
  ['2024-01-01T10:60', undefined],
  ['2024-00-10T10:00', undefined],
  ['2024-01-00T10:00', undefined],
  ['on 2024-01-01T10:00', undefined],
  ['2024-1-01T10:00', undefined],
  ['2024-02-30T10:00', undefined],
  ['2024-02-29T10:00', 'a leap day'],
  ['2023-02-29T10:00', undefined],
  ['2024-13-01T10:00', undefined],
  ['2024-01-01T24:00', undefined],
  ['2024-01-01', undefined],
])('localMinutes of %s', (text, good) => {
  expect(localMinutes(text) !== undefined).toBe(good !== undefined);
});
