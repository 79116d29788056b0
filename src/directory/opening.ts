import { isoWeekday, weekdayNames, type IsoDate } from '../duty/index.ts';
import { listIn, numberIn, textIn, type StandardObject } from './standard.ts';

const codes = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'] as const;

export interface Hours {
  /** `09:00`, or null where the schedule does not say. */
  readonly opens: string | null;
  readonly closes: string | null;
  readonly words: string | null;
}

/** As people say a time: `9am`, `4:30pm`, `midday`, `midnight`. */
export function timeWords(time: string): string {
  const [hour = 0, minute = 0] = time.split(':').map(Number);
  if (minute === 0 && hour === 12) return 'midday';
  if ((minute === 0 && (hour === 0 || hour === 24)) || (hour === 23 && minute === 59)) return 'midnight';
  const of = hour % 12 === 0 ? 12 : hour % 12;
  return `${of}${minute === 0 ? '' : `:${String(minute).padStart(2, '0')}`}${hour < 12 ? 'am' : 'pm'}`;
}

export function hoursWords({ opens, closes, words }: Hours): string {
  if (opens !== null && closes !== null) {
    // HSDS-UK writes a day and a night as 00:00 to 23:59.
    const times =
      opens === '00:00' && closes === '23:59' ? 'day and night' : `${timeWords(opens)} to ${timeWords(closes)}`;
    return words === null ? times : `${times} (${words})`;
  }
  return words ?? (opens === null ? 'open, times not known' : `from ${timeWords(opens)}`);
}

const clock = (time: string | undefined): string | null => {
  const found = /^(\d{1,2}):(\d{2})/.exec(time ?? '');
  return found === null ? null : `${(found[1] ?? '').padStart(2, '0')}:${found[2] ?? ''}`;
};

/** Whether a schedule holds on a day: RRULE's FREQ, INTERVAL, BYDAY and BYMONTHDAY (RFC 5545), as far as HSDS-UK goes. */
function holdsOn(schedule: StandardObject, day: IsoDate): boolean {
  const from = textIn(schedule, 'valid_from')?.slice(0, 10);
  const to = textIn(schedule, 'valid_to')?.slice(0, 10);
  if ((from !== undefined && from > day) || (to !== undefined && to < day)) return false;
  const weekday = codes[isoWeekday(day) - 1] ?? 'MO';
  const date = Number(day.slice(8));
  const byday = (textIn(schedule, 'byday') ?? '')
    .toUpperCase()
    .split(/[\s,]+/)
    .filter((part) => part !== '');
  const bymonthday = (textIn(schedule, 'bymonthday') ?? '')
    .split(/[\s,]+/)
    .filter((part) => part !== '')
    .map(Number);
  if (bymonthday.length > 0 && !bymonthday.includes(date)) return false;
  if (byday.length > 0) {
    const isIn = byday.some((part) => {
      const found = /^([+-]?\d+)?(MO|TU|WE|TH|FR|SA|SU)$/.exec(part);
      if (found?.[2] !== weekday) return false;
      // `1MO`: the first Monday of the month. From its end is not reckoned: then any of them is named.
      return found[1] === undefined || Number(found[1]) < 0 || Math.ceil(date / 7) === Number(found[1]);
    });
    if (!isIn) return false;
  } else if (bymonthday.length === 0 && textIn(schedule, 'freq') !== undefined) {
    const start = textIn(schedule, 'dtstart')?.slice(0, 10);
    if (start === undefined || isoWeekday(start) !== isoWeekday(day)) return false;
  }
  const [start, interval] = [textIn(schedule, 'dtstart')?.slice(0, 10), numberIn(schedule, 'interval') ?? 1];
  if (
    textIn(schedule, 'freq') === 'WEEKLY' &&
    interval > 1 &&
    start !== undefined &&
    /^\d{4}-\d{2}-\d{2}$/.test(start)
  ) {
    const weeks = Math.floor((Date.parse(day) - Date.parse(start)) / 604_800_000);
    if (weeks % interval !== 0) return false;
  }
  return true;
}

const schedulesOf = (service: StandardObject): readonly StandardObject[] => [
  ...listIn(service, 'schedules'),
  ...listIn(service, 'service_at_locations').flatMap((place) => listIn(place, 'schedules')),
];

/** Hours on one day, the earliest first; an empty list is closed; undefined where nothing is known. */
export function hoursOn(service: StandardObject, day: IsoDate): readonly Hours[] | undefined {
  const schedules = schedulesOf(service).filter(
    (each) => textIn(each, 'freq') !== undefined || textIn(each, 'byday') !== undefined,
  );
  if (schedules.length === 0) return undefined;
  return schedules
    .filter((schedule) => holdsOn(schedule, day))
    .map((schedule) => ({
      opens: clock(textIn(schedule, 'opens_at')),
      closes: clock(textIn(schedule, 'closes_at')),
      words: textIn(schedule, 'notes') ?? null,
    }))
    .sort((a, b) => (a.opens ?? '').localeCompare(b.opens ?? ''));
}

/** The days given, with the hours of each that has some; days in a row with the same hours stand together. */
export function weekOf(service: StandardObject, days: readonly IsoDate[]) {
  const runs: { readonly first: string; last: string; readonly hours: string; readonly from: number; to: number }[] =
    [];
  for (const [place, day] of days.entries()) {
    const hours = (hoursOn(service, day) ?? []).map(hoursWords).join(', ');
    const name = weekdayNames[isoWeekday(day) - 1] ?? '';
    const before = runs.at(-1);
    if (hours === '') continue;
    if (before?.hours === hours && before.to === place - 1) {
      before.last = name;
      before.to = place;
    } else runs.push({ first: name, last: name, hours, from: place, to: place });
  }
  return runs.map(({ first, last, hours, from, to }) => ({
    day: from === to ? first : to === from + 1 ? `${first} and ${last}` : `${first} to ${last}`,
    hours,
  }));
}
