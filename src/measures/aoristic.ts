/* eslint-disable @typescript-eslint/no-non-null-assertion -- every index below is bounded by its loop */
import type { Method } from './estimate.ts';
import { type Refusal, refuse } from './refusal.ts';

const minutesPerHour = 60;
const hoursPerWeek = 168;
const minutesPerWeek = minutesPerHour * hoursPerWeek;

/** When an event may have happened, in minutes of local clock time since the first minute of some Monday. */
export interface Span {
  readonly fromMinutes: number;
  readonly toMinutes: number;
}

/** Events over the hours of the week. */
export interface AoristicWeek {
  readonly method: Method;
  /** 168 weights, Monday 00:00–01:00 first: how many events each hour holds, as far as is known. */
  readonly weights: Float64Array;
  readonly total: number;
  /** The share of events whose time is known to the minute. */
  readonly exactShare: number;
  /** The share of events that are known to lie in one hour of the week. */
  readonly withinHourShare: number;
}

/**
 * Local clock minutes since Monday 1 January 1900, 00:00, of a text such as `2024-02-15T17:15`; nothing when it is no such time.
 * Any Monday will do for `aoristicWeek`.
 *
 * Minutes = 1440 × days + 60 × hours + minutes. Unit: minutes. Not for times with a zone: two clocks would be mixed.
 * Source: the proleptic Gregorian calendar (ISO 8601).
 *
 * @example localMinutes('1900-01-01T01:05') // => 65
 */
export function localMinutes(text: string): number | undefined {
  const parts = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2})/.exec(text)?.slice(1).map(Number);
  if (parts === undefined) return undefined;
  const [year, month, day, hour, minute] = parts as [number, number, number, number, number];
  const at = new Date(Date.UTC(year, month - 1, day, hour, minute));
  // A date such as 31 February rolls over to another: it is none.
  if (at.getUTCMonth() !== month - 1 || at.getUTCDate() !== day || hour > 23 || minute > 59) return undefined;
  return (at.getTime() - Date.UTC(1900, 0, 1)) / 60000;
}

/**
 * The hours of the week in which events with uncertain times happened: each event is one, spread over the hours of its span.
 *
 *     weight of an hour = minutes of the span in it / minutes of the span
 *
 * A span of no length falls whole in its hour, one of a week or more is spread evenly. Not for judging when most events
 * happen if few times are known: show `withinHourShare` beside it. Unit: events an hour of the week. Source: Ratcliffe
 * 2000.
 *
 * @example aoristicWeek([{ fromMinutes: 30, toMinutes: 90 }]).weights[1] // => 0.5
 */
export function aoristicWeek(spans: readonly Span[]): AoristicWeek | Refusal {
  if (spans.length === 0) return refuse('no-events', 'There are no events with a time.');
  const weights = new Float64Array(hoursPerWeek);
  let exact = 0;
  let withinHour = 0;
  for (const { fromMinutes, toMinutes } of spans) {
    if (!Number.isFinite(fromMinutes) || !Number.isFinite(toMinutes))
      return refuse('not-a-time', 'Some events have no time that can be read.');
    const length = toMinutes - fromMinutes;
    if (length < 0) return refuse('reversed-span', 'Some events end before they start.');
    const start = ((fromMinutes % minutesPerWeek) + minutesPerWeek) % minutesPerWeek;
    const first = Math.floor(start / minutesPerHour);
    if (length === 0) {
      exact += 1;
      withinHour += 1;
      weights[first]! += 1;
    } else if (length >= minutesPerWeek)
      for (let hour = 0; hour < hoursPerWeek; hour += 1) weights[hour]! += 1 / hoursPerWeek;
    else {
      if (start + length <= (first + 1) * minutesPerHour) withinHour += 1;
      for (let hour = first; hour * minutesPerHour < start + length; hour += 1) {
        const overlap = Math.min(start + length, (hour + 1) * minutesPerHour) - Math.max(start, hour * minutesPerHour);
        weights[hour % hoursPerWeek]! += overlap / length;
      }
    }
  }
  return {
    method: { name: 'aoristic-week', version: '1' },
    weights,
    total: spans.length,
    exactShare: exact / spans.length,
    withinHourShare: withinHour / spans.length,
  };
}
