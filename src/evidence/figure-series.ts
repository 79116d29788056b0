import { formatMonth, monthsIn, samePeriodLastYear, type Month, type Period } from '../duty/index.ts';
import { compareRates, countChart, countTrend, isRefusal, trendVerdict, xmrChart } from '../measures/index.ts';
import {
  absentRow,
  byMonth,
  daysOf,
  gapNotes,
  keyOf,
  level,
  monthsInWords,
  nothing,
  number,
  refusedRow,
  type Counted,
  type FigureMeasure,
  type MeasureContext,
} from './figure-answer.ts';
import type { FigureQuestion, FigureRow } from './figure.ts';
import { breaksWithin, type MethodBreak } from './indicator.ts';

/** The period before: the one that was asked for, or the same months a year earlier. */
export function beforeOf({ period, options }: FigureQuestion): Period {
  const [from, to] = [options['compareFrom'], options['compareTo']];
  return typeof from === 'string' && typeof to === 'string' ? { from, to } : samePeriodLastYear(period);
}

export const change: FigureMeasure = {
  name: 'change',
  version: '2',
  about: 'Whether there were more or fewer than in the same months a year before, or in a period that you name',
  title: 'Change in the number of',
  asks: (question) => {
    const by = ['month', ...question.by.filter((name) => name !== 'month')];
    return [
      { name: 'after', area: question.area, period: question.period, by },
      { name: 'before', area: question.area, period: beforeOf(question), by },
    ];
  },
  answer(question, counted, context) {
    const { area, period } = question;
    const before = beforeOf(question);
    const [earlier, later] = [monthsIn(before), monthsIn(period)];
    if (earlier.length !== later.length)
      return { rows: [refusedRow({}, 'The two periods have different lengths.')], notes: [] };
    const missing = new Set([...context.gaps(area, period), ...context.gaps(area, before)].map(({ month }) => month));
    // Only months that are there in both: July with July, so that neither a gap nor a season is taken for a change.
    const pairs = later.flatMap((month, place) => {
      const was = earlier[place] ?? '';
      return missing.has(month) || missing.has(was) ? [] : [{ was, month }];
    });
    if ([...(counted['before'] ?? []), ...(counted['after'] ?? [])].some(({ hidden }) => hidden > 0))
      return {
        rows: [refusedRow({}, 'The sender kept some numbers back, so the two periods cannot be compared.')],
        notes: [],
      };
    const by = question.by.filter((name) => name !== 'month');
    const groups = new Map<string, readonly (string | null)[]>();
    if (by.length === 0) groups.set('[]', []);
    for (const { key } of [...(counted['before'] ?? []), ...(counted['after'] ?? [])])
      groups.set(JSON.stringify(key.slice(1)), key.slice(1));
    const sum = (rows: readonly Counted[] | undefined, months: ReadonlySet<string>, group: string): number =>
      (rows ?? [])
        .filter(({ key }) => months.has(key[0] ?? '') && JSON.stringify(key.slice(1)) === group)
        .reduce((total, each) => total + each.count, 0);
    const wasMonths = new Set(pairs.map(({ was }) => was));
    const isMonths = new Set(pairs.map(({ month }) => month));
    const rows = [...groups].sort().map(([group, values]): FigureRow => {
      const key = keyOf(by, values);
      if (pairs.length === 0) return refusedRow(key, 'No month is there in both periods, so nothing can be compared.');
      const [was, is] = [sum(counted['before'], wasMonths, group), sum(counted['after'], isMonths, group)];
      const compared = compareRates({
        before: { events: was, exposure: daysOf([...wasMonths]) },
        after: { events: is, exposure: daysOf([...isMonths]) },
        level,
      });
      if (isRefusal(compared)) return { ...refusedRow(key, compared.sentence), before: was, after: is };
      const { changePercent } = compared;
      if (isRefusal(changePercent))
        return {
          ...refusedRow(
            key,
            `${changePercent.sentence} It was ${number(was)} and is ${number(is)} (p = ${compared.pValue.toFixed(3)}).`,
          ),
          before: was,
          after: is,
        };
      return {
        ...key,
        state: 'shown',
        count: is,
        before: was,
        after: is,
        estimate: changePercent.estimate,
        lower: changePercent.lower,
        upper: changePercent.upper,
        level,
        denominator: was,
        pValue: compared.pValue,
        verdict: verdictOf(changePercent),
      };
    });
    const notes = [`In per cent of what it was, by day, because months differ in length.`];
    if (pairs.length < later.length)
      notes.unshift(
        `${monthsInWords([...missing])} ${missing.size === 1 ? 'is' : 'are'} missing, so ${pairs.length} of ${later.length} months are compared with the same ${pairs.length} months before: ${monthsInWords([...isMonths])}.`,
      );
    if (pairs.some(({ was, month }) => isLockdown(was) || isLockdown(month)))
      notes.push(
        'Some of these months fall into a lockdown (March 2020 to July 2021), which changed what happened and what was recorded.',
      );
    return { rows, notes };
  },
};

const isLockdown = (month: Month): boolean => '2020-03' <= month && month <= '2021-07';

/** No colour and no word on a change whose interval holds nought (domain.md 2.6). */
const verdictOf = ({ lower, upper }: { readonly lower: number; readonly upper: number | null }): string =>
  lower > 0 ? 'higher' : upper !== null && upper < 0 ? 'lower' : 'no clear change';

/** A series of months, without those that are missing. */
interface Series {
  readonly months: readonly Month[];
  readonly values: readonly number[];
  readonly days: readonly number[];
  /** Month numbers from the first, so that a gap keeps its width. */
  readonly times: readonly number[];
}

function seriesOf(
  question: FigureQuestion,
  counted: readonly Counted[],
  context: MeasureContext,
  without: ReadonlySet<Month> = new Set(),
): Series {
  const missing = new Set([...without, ...context.gaps(question.area, question.period).map(({ month }) => month)]);
  const all = monthsIn(question.period);
  const months = all.filter((month) => !missing.has(month));
  const found = new Map(counted.map(({ key, count: n }) => [key[0] ?? '', n]));
  return {
    months,
    values: months.map((month) => found.get(month) ?? 0),
    days: months.map((month) => daysOf([month])),
    times: months.map((month) => all.indexOf(month) + 1),
  };
}

export const trend: FigureMeasure = {
  name: 'trend',
  version: '1',
  about: 'Whether the months rise or fall over the whole period, by how much a year, and how sure that is',
  title: 'Trend in the number of',
  over: ['month'],
  asks: byMonth,
  answer(question, counted, context) {
    const series = seriesOf(question, counted['counts'] ?? [], context);
    const notes = gapNotes(context.gaps(question.area, question.period));
    const total = series.values.reduce((sum, value) => sum + value, 0);
    const found = countTrend({ counts: series.values, exposure: series.days, times: series.times, level });
    if (isRefusal(found)) return { rows: [refusedRow({}, found.sentence)], notes };
    const { annualChangePercent: annual } = found;
    const verdict = trendVerdict({
      points: series.values.length,
      meanCount: total / series.values.length,
      exceeds: false,
      changes: [],
      annualChangePercent: annual,
    });
    return {
      rows: [
        {
          state: 'shown',
          count: total,
          estimate: annual.estimate,
          lower: annual.lower,
          upper: annual.upper,
          level,
          denominator: null,
          model: found.model,
          verdict: isRefusal(verdict) ? verdict.sentence : verdict.sentence,
        },
      ],
      notes: [...notes, 'In per cent a year. A step or a change of recording is not a trend: look at the months too.'],
    };
  },
};

const fewForXmr = 10;

/** Months from which on something is counted otherwise, each with its words: the option `breaks` of a question. */
function breaksOf({ period, options: { breaks } }: FigureQuestion): readonly MethodBreak[] {
  if (typeof breaks !== 'string') return [];
  return breaksWithin(JSON.parse(breaks) as readonly MethodBreak[], period);
}

interface Charted {
  readonly rows: readonly FigureRow[];
  readonly isFew: boolean;
  /** Why no limits could be drawn, in words. */
  readonly refusal: string | null;
}

/** The months of one method with the limits of their own. */
function charted({ months, values, days }: Pick<Series, 'months' | 'values' | 'days'>): Charted {
  const mean = values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
  const isFew = mean < fewForXmr;
  // Events a day, so that February is no fall; shown as the count that such a month would have.
  const chart = isFew
    ? countChart(values, { exposure: days })
    : xmrChart(
        values.map((value, place) => value / (days[place] ?? 1)),
        { improvement: 'neither' },
      );
  if (isRefusal(chart)) return { rows: [], isFew, refusal: chart.sentence };
  return {
    isFew,
    refusal: null,
    rows: chart.points.map((point, place): FigureRow => {
      const length = days[place] ?? 1;
      const limits =
        'expected' in point
          ? { estimate: point.expected, lower: point.lower, upper: point.upper, level: 0.998, signal: point.signal }
          : {
              estimate: point.mean * length,
              lower: Math.max(0, point.lower * length),
              upper: point.upper * length,
              level: null,
              signal: point.specialCause,
            };
      const { signal, ...range } = limits;
      return {
        month: months[place] ?? '',
        state: 'shown',
        count: values[place] ?? 0,
        ...range,
        denominator: null,
        signal,
      };
    }),
  };
}

export const controlChart: FigureMeasure = {
  name: 'control-chart',
  version: '2',
  about: 'Which months lie outside what is usual here',
  title: 'Control chart of the number of',
  over: ['month'],
  asks: byMonth,
  answer(question, counted, context) {
    const gaps = context.gaps(question.area, question.period);
    const groups = counted['counts'] ?? [];
    // A month of which the sender kept numbers back is no low month.
    const keptBack = new Set(groups.flatMap(({ key, hidden }) => (hidden > 0 ? [key[0] ?? ''] : [])));
    const series = seriesOf(question, groups, context, keptBack);
    const breaks = breaksOf(question);
    const rowOf = new Map<Month, FigureRow>([
      ...[...keptBack].map(
        (month) =>
          [month, { month, state: 'hidden', reason: 'The sender kept this number back.', ...nothing }] as const,
      ),
      ...gaps.map(({ month, reason }) => [month, absentRow({ month }, reason)] as const),
    ]);
    // What one method counted says nothing of what is usual under another: each has limits of its own.
    const starts = [question.period.from, ...breaks.map(({ month }) => month)];
    const parts = starts
      .map((start, nth) => {
        const next = starts[nth + 1];
        const places = series.months.flatMap((month, place) =>
          month >= start && (next === undefined || month < next) ? [place] : [],
        );
        const of = <T>(all: readonly T[]) => places.flatMap((place) => all.slice(place, place + 1));
        return {
          months: of(series.months),
          ...charted({ months: of(series.months), values: of(series.values), days: of(series.days) }),
        };
      })
      .filter(({ months }) => months.length > 0 || breaks.length === 0);
    const refusal = parts.every(({ refusal }) => refusal !== null) ? (parts.at(-1)?.refusal ?? null) : null;
    if (refusal !== null) return { rows: [refusedRow({}, refusal)], notes: gapNotes(gaps) };
    for (const part of parts) {
      for (const row of part.rows) rowOf.set(row.month ?? '', row);
      if (part.refusal !== null)
        for (const month of part.months) {
          const value = series.values[series.months.indexOf(month)] ?? 0;
          rowOf.set(month, {
            month,
            state: 'shown',
            count: value,
            estimate: null,
            lower: null,
            upper: null,
            level: null,
            denominator: null,
            signal: 'none',
          });
        }
    }
    for (const { month, words } of breaks) {
      const row = rowOf.get(month);
      if (row !== undefined) rowOf.set(month, { ...row, methodBreak: words });
    }
    const areFew = parts.map(({ isFew }) => isFew);
    return {
      rows: monthsIn(question.period).flatMap((month) => rowOf.get(month) ?? []),
      notes: [
        ...gapNotes(gaps),
        ...breaks.map(
          ({ month, words }) =>
            `It is counted otherwise since ${formatMonth(month)}: ${words}. Months before and after have limits of their own and are not compared.`,
        ),
        ...(areFew.includes(true)
          ? ['Fewer than ten a month on average: exact Poisson limits of 99.8 % are drawn.']
          : []),
        ...(areFew.includes(false)
          ? [
              'Limits of an XmR chart by day, by the rules of NHS England’s Making Data Count. A season alone can cross them.',
            ]
          : []),
      ],
    };
  },
};
