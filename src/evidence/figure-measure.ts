import { formatMonth, monthsIn, samePeriodLastYear, shiftMonth, type Month, type Period } from '../duty/index.ts';
import {
  compareRates,
  concentration,
  countTrend,
  countChart,
  crudeRate,
  isRefusal,
  poissonLimits,
  trendVerdict,
  xmrChart,
} from '../measures/index.ts';
import type { Population } from './area-book.ts';
import type { FigureQuestion, FigureRow } from './figure.ts';

/** Rows of releases that a measure needs counted. */
export interface CountAsk {
  readonly name: string;
  readonly area: string;
  readonly period: Period;
  readonly by: readonly string[];
}

/** One group: its values in the order of `by`, and how many. */
export interface Counted {
  readonly key: readonly (string | null)[];
  readonly count: number;
  /** Cells whose number the sender kept back, and cells without a number. */
  readonly hidden: number;
  readonly absent: number;
}

/** What a measure may know beside the counts. All of it is named in the passport. */
export interface MeasureContext {
  /** Months of a period of which the source has not everything for the area, each with the reason in words. */
  readonly gaps: (area: string, period: Period) => readonly { readonly month: Month; readonly reason: string }[];
  readonly population: (area: string) => Population | undefined;
  /** Values that a breakdown can have, so that what did not happen is a nought. Undefined: only what was seen is known. */
  readonly domain: (breakdown: string, seen: readonly string[]) => readonly string[] | undefined;
  readonly nameOf: (area: string) => string;
  /** Rows of the same source and period without a place: nobody knows whether they belong to the area. */
  readonly unlocated: number;
  readonly unlocatedOf: (category: string) => number;
  /** What a row is called. */
  readonly things: { readonly one: string; readonly many: string };
  /** Dates are months only, points are map points: methods that need more refuse. */
  readonly hasDays: boolean;
}

export interface Answer {
  readonly rows: readonly FigureRow[];
  readonly notes: readonly string[];
}

/** A way of measuring, as figures know it. */
export interface FigureMeasure {
  readonly name: string;
  /** Counted up when the same counts would give another answer. */
  readonly version: string;
  /** One sentence: what it says. */
  readonly about: string;
  /** What the title of a figure begins with: "How many", "Rate of". */
  readonly title: string;
  /** A breakdown that the measure uses up itself. */
  readonly over?: readonly string[];
  readonly asks: (question: FigureQuestion, context: MeasureContext) => readonly CountAsk[];
  readonly answer: (
    question: FigureQuestion,
    counted: Readonly<Record<string, readonly Counted[]>>,
    context: MeasureContext,
  ) => Answer;
}

const level = 0.95;
const nothing = { count: null, estimate: null, lower: null, upper: null, level: null, denominator: null } as const;

const absentRow = (key: Readonly<Record<string, string | null>>, reason: string): FigureRow => ({
  ...key,
  state: 'absent',
  reason,
  ...nothing,
});
export const refusedRow = (key: Readonly<Record<string, string | null>>, reason: string): FigureRow => ({
  ...key,
  state: 'refused',
  reason,
  ...nothing,
});

const keyOf = (by: readonly string[], key: readonly (string | null)[]): Readonly<Record<string, string | null>> =>
  Object.fromEntries(by.map((name, place) => [name, key[place] ?? null]));

const one: (question: FigureQuestion) => readonly CountAsk[] = ({ area, period, by }) => [
  { name: 'counts', area, period, by },
];

/** "June, August and September 2020", "June 2020 to March 2021". */
export function monthsInWords(months: readonly Month[]): string {
  const runs: Month[][] = [];
  for (const month of [...months].sort()) {
    const run = runs.at(-1);
    const before = run?.at(-1);
    if (run !== undefined && before !== undefined && shiftMonth(before, 1) === month) run.push(month);
    else runs.push([month]);
  }
  const words = runs.flatMap((run) =>
    run.length > 2 ? [rangeInWords(run[0] ?? '', run.at(-1) ?? '')] : run.map((month) => formatMonth(month)),
  );
  // The year is said once where all months are of one.
  const year = words[0]?.slice(-4) ?? '';
  const isOneYear = words.length > 1 && runs.flat().every((month) => month.startsWith(year));
  const short = isOneYear ? words.map((word, place) => (place < words.length - 1 ? word.slice(0, -5) : word)) : words;
  return listInWords(short);
}

/** "July to December 2019", "December 2019 to March 2020" */
function rangeInWords(from: Month, to: Month): string {
  const isOneYear = from.slice(0, 4) === to.slice(0, 4);
  return `${isOneYear ? formatMonth(from).slice(0, -5) : formatMonth(from)} to ${formatMonth(to)}`;
}

const listInWords = (words: readonly string[]): string =>
  words.length < 2 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} and ${words.at(-1) ?? ''}`;

const number = (value: number): string => value.toLocaleString('en-GB');

/** Every combination of the breakdowns, so that what did not happen is a nought, unless there would be too many. */
const mostCells = 60_000;

interface Cells {
  readonly keys: readonly (readonly (string | null)[])[];
  readonly isWhole: boolean;
}

function cellsOf(
  by: readonly string[],
  counted: readonly Counted[],
  { period }: FigureQuestion,
  context: MeasureContext,
): Cells {
  const seen = counted.map(({ key }) => key);
  const axes = by.map((name, place) => {
    if (name === 'month') return monthsIn(period);
    const values = [...new Set(seen.map((key) => key[place] ?? null))];
    const domain = context.domain(
      name,
      values.filter((value): value is string => value !== null),
    );
    const all = new Set<string | null>([...(domain ?? []), ...values]);
    return [...all].sort((a, b) => (a === null ? 1 : b === null ? -1 : a < b ? -1 : a > b ? 1 : 0));
  });
  const size = axes.reduce((product, axis) => product * axis.length, 1);
  if (size > mostCells) return { keys: seen, isWhole: false };
  return {
    keys: axes.reduce<(string | null)[][]>(
      (keys, axis) => keys.flatMap((key) => axis.map((value) => [...key, value])),
      [[]],
    ),
    isWhole: true,
  };
}

/** What is the same for every measure of counts: gaps are absent, what the sender kept back is hidden, totals over gaps are refused. */
function counts(
  question: FigureQuestion,
  counted: Readonly<Record<string, readonly Counted[]>>,
  context: MeasureContext,
  toRow: (key: Readonly<Record<string, string | null>>, count: number, months: readonly Month[]) => FigureRow,
): Answer {
  const { by, area, period } = question;
  const groups = counted['counts'] ?? [];
  const found = new Map(groups.map((group) => [JSON.stringify(group.key), group]));
  const { keys, isWhole } = cellsOf(by, groups, question, context);
  const gaps = context.gaps(area, period);
  const reasonOf = new Map(gaps.map(({ month, reason }) => [month, reason]));
  const place = by.indexOf('month');
  const rows = keys.map((values): FigureRow => {
    const key = keyOf(by, values);
    const group = found.get(JSON.stringify(values));
    const month = place < 0 ? undefined : (values[place] ?? undefined);
    const reason = month === undefined ? undefined : reasonOf.get(month);
    if (reason !== undefined) return absentRow(key, reason);
    if (month === undefined && gaps.length > 0)
      return refusedRow(key, gapSentence(question, gaps, group?.count ?? 0, context));
    if (group !== undefined && group.hidden > 0)
      return { ...key, state: 'hidden', reason: 'The sender kept this number back.', ...nothing };
    if (group !== undefined && group.absent > 0 && group.count === 0)
      return absentRow(key, 'The sender had no number for this.');
    const row = toRow(key, group?.count ?? 0, month === undefined ? monthsIn(period) : [month]);
    // Of one type, those whose place nobody knows stand beside those that are here.
    const category = by.length === 1 ? key['category'] : undefined;
    return typeof category === 'string' ? { ...row, withoutPlace: context.unlocatedOf(category) } : row;
  });
  return {
    rows,
    notes: [
      ...gapNotes(gaps),
      ...(context.unlocated === 0
        ? []
        : [
            `${number(context.unlocated)} ${context.unlocated === 1 ? context.things.one : context.things.many} of the same source and period have no place. They are not in this figure, and nobody knows how many belong in it.`,
          ]),
      ...(isWhole
        ? []
        : ['Only cells with at least one are listed: all others are nought, or absent where their month is.']),
    ],
  };
}

function gapNotes(gaps: readonly { readonly month: Month; readonly reason: string }[]): readonly string[] {
  if (gaps.length === 0) return [];
  const is = gaps.length === 1 ? 'is' : 'are';
  return [`${monthsInWords(gaps.map(({ month }) => month))} ${is} missing. A missing month is not a nought.`];
}

function gapSentence(
  { period }: FigureQuestion,
  gaps: readonly { readonly month: Month }[],
  count: number,
  { things }: MeasureContext,
): string {
  const months = monthsIn(period).length;
  const there = months - gaps.length;
  const missing = `${monthsInWords(gaps.map(({ month }) => month))} ${gaps.length === 1 ? 'is' : 'are'} missing`;
  if (there <= 0) return `${missing}: there is nothing to count.`;
  return `${missing}. The ${there} of ${months} months that are there have ${number(count)} ${things.many}, which is not a figure for the whole period.`;
}

const countRow = (key: Readonly<Record<string, string | null>>, count: number): FigureRow => {
  const limits = poissonLimits(count, level);
  if (isRefusal(limits)) return refusedRow(key, limits.sentence);
  return {
    ...key,
    state: 'shown',
    count,
    estimate: count,
    lower: limits.lower,
    upper: limits.upper,
    level,
    denominator: null,
  };
};

const per = 100_000;

const count: FigureMeasure = {
  name: 'count',
  version: '1',
  about: 'How many were recorded, with the interval of the underlying rate',
  title: 'Number of',
  asks: one,
  answer: (question, counted, context) => counts(question, counted, context, countRow),
};

const rate: FigureMeasure = {
  name: 'rate',
  version: '1',
  about: `How many for each ${number(per)} people who live there, over the period of the cell`,
  title: `Rate per ${number(per)} people of`,
  asks: one,
  answer(question, counted, context) {
    const frames = new Set<string>();
    const answer = counts(question, counted, context, (key, events) => {
      const population = context.population(key['area'] ?? question.area);
      if (population === undefined)
        return refusedRow(key, 'No population is loaded for this area, so there is no rate. The count is there.');
      frames.add(population.source);
      const made = crudeRate({ events, population: population.persons, per, level });
      if (isRefusal(made)) return refusedRow(key, made.sentence);
      return {
        ...key,
        state: 'shown',
        count: events,
        estimate: made.estimate,
        lower: made.lower,
        upper: made.upper,
        level,
        denominator: population.persons,
      };
    });
    const notes = [...frames].map(
      (frame) =>
        `People: ${frame}. Where many visit who do not live there, a rate of residents looks higher than what anybody there lives through.`,
    );
    return { rows: answer.rows, notes: [...answer.notes, ...notes] };
  },
};

/** The period before: the one that was asked for, or the same months a year earlier. */
export function beforeOf({ period, options }: FigureQuestion): Period {
  const [from, to] = [options['compareFrom'], options['compareTo']];
  return typeof from === 'string' && typeof to === 'string' ? { from, to } : samePeriodLastYear(period);
}

const change: FigureMeasure = {
  name: 'change',
  version: '1',
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

const daysOf = (months: readonly Month[]): number =>
  months.reduce(
    (days, month) => days + new Date(Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5)), 0)).getUTCDate(),
    0,
  );

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

function seriesOf(question: FigureQuestion, counted: readonly Counted[], context: MeasureContext): Series {
  const missing = new Set(context.gaps(question.area, question.period).map(({ month }) => month));
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

const byMonth: (question: FigureQuestion) => readonly CountAsk[] = ({ area, period }) => [
  { name: 'counts', area, period, by: ['month'] },
];

const trend: FigureMeasure = {
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

const controlChart: FigureMeasure = {
  name: 'control-chart',
  version: '1',
  about: 'Which months lie outside what is usual here',
  title: 'Control chart of the number of',
  over: ['month'],
  asks: byMonth,
  answer(question, counted, context) {
    const gaps = context.gaps(question.area, question.period);
    const series = seriesOf(question, counted['counts'] ?? [], context);
    const mean = series.values.reduce((sum, value) => sum + value, 0) / Math.max(1, series.values.length);
    const rowOf = new Map<Month, FigureRow>(gaps.map(({ month, reason }) => [month, absentRow({ month }, reason)]));
    if (mean < fewForXmr) {
      const chart = countChart(series.values, { exposure: series.days });
      if (isRefusal(chart)) return { rows: [refusedRow({}, chart.sentence)], notes: gapNotes(gaps) };
      for (const [place, point] of chart.points.entries()) {
        const month = series.months[place] ?? '';
        const value = series.values[place] ?? 0;
        rowOf.set(month, {
          month,
          state: 'shown',
          count: value,
          estimate: point.expected,
          lower: point.lower,
          upper: point.upper,
          level: 0.998,
          denominator: null,
          signal: point.signal,
        });
      }
    } else {
      // Events a day, so that February is no fall; shown as the count that such a month would have.
      const chart = xmrChart(
        series.values.map((value, place) => value / (series.days[place] ?? 1)),
        { improvement: 'neither' },
      );
      if (isRefusal(chart)) return { rows: [refusedRow({}, chart.sentence)], notes: gapNotes(gaps) };
      for (const [place, point] of chart.points.entries()) {
        const month = series.months[place] ?? '';
        const days = series.days[place] ?? 1;
        rowOf.set(month, {
          month,
          state: 'shown',
          count: series.values[place] ?? 0,
          estimate: point.mean * days,
          lower: Math.max(0, point.lower * days),
          upper: point.upper * days,
          level: null,
          denominator: null,
          signal: point.specialCause,
        });
      }
    }
    return {
      rows: monthsIn(question.period).flatMap((month) => rowOf.get(month) ?? []),
      notes: [
        ...gapNotes(gaps),
        mean < fewForXmr
          ? 'Fewer than ten a month on average: exact Poisson limits of 99.8 % are drawn.'
          : 'Limits of an XmR chart by day, by the rules of NHS England’s Making Data Count. A season alone can cross them.',
      ],
    };
  },
};

const concentrationMeasure: FigureMeasure = {
  name: 'concentration',
  version: '1',
  about: 'How unevenly they fall over small areas: the share of areas that has half of them',
  title: 'Concentration of',
  over: ['area'],
  asks: ({ area, period }) => [{ name: 'counts', area, period, by: ['area'] }],
  answer(question, counted, context) {
    const groups = (counted['counts'] ?? []).filter(({ key }) => key[0] !== null);
    const gaps = context.gaps(question.area, question.period);
    if (gaps.length > 0)
      return {
        rows: [
          refusedRow(
            {},
            gapSentence(
              question,
              gaps,
              groups.reduce((sum, each) => sum + each.count, 0),
              context,
            ),
          ),
        ],
        notes: [],
      };
    const seen = new Map(groups.map(({ key, count: n }) => [key[0] ?? '', n]));
    const areas = context.domain('area', [...seen.keys()]) ?? [...seen.keys()];
    const values = areas.map((area) => seen.get(area) ?? 0).sort((a, b) => b - a);
    const found = concentration(values);
    if (isRefusal(found)) return { rows: [refusedRow({}, found.sentence)], notes: [] };
    let reached = 0;
    let holding = 0;
    while (reached < found.events / 2) {
      reached += values[holding] ?? 0;
      holding += 1;
    }
    return {
      rows: [
        {
          state: 'shown',
          count: found.events,
          estimate: found.generalisedGini,
          lower: null,
          upper: null,
          level: null,
          denominator: found.places,
          gini: found.gini,
          areasWithHalf: holding,
          shareOfAreasWithHalf: holding / found.places,
        },
      ],
      notes: [
        `${number(holding)} of ${number(found.places)} small areas have half of all ${context.things.many}.`,
        'Small areas have about as many residents each; where many work or go out, more happens without more risk for those who live there.',
      ],
    };
  },
};

const comparison: FigureMeasure = {
  name: 'comparison',
  version: '1',
  about: 'The rate beside that of the rest of a wider area: the ratio and how sure it is',
  title: 'Comparison with elsewhere of the rate of',
  asks: ({ area, period, options }) => [
    { name: 'here', area, period, by: [] },
    ...(typeof options['comparator'] === 'string'
      ? [{ name: 'there', area: options['comparator'], period, by: [] }]
      : []),
  ],
  answer(question, counted, context) {
    const { area, period, options } = question;
    const other = options['comparator'];
    if (typeof other !== 'string' || counted['there'] === undefined)
      return {
        rows: [refusedRow({}, 'Cannot check: no series of anywhere else is loaded. Name an area to compare with.')],
        notes: [],
      };
    const gaps = [...context.gaps(area, period), ...context.gaps(other, period)];
    if (gaps.length > 0)
      return {
        rows: [
          refusedRow(
            {},
            `${monthsInWords([...new Set(gaps.map(({ month }) => month))])} ${gaps.length === 1 ? 'is' : 'are'} missing.`,
          ),
        ],
        notes: [],
      };
    const [here, all] = [counted['here']?.[0]?.count ?? 0, counted['there'][0]?.count ?? 0];
    const [people, allPeople] = [context.population(area), context.population(other)];
    if (people === undefined || allPeople === undefined)
      return {
        rows: [refusedRow({}, 'No population is loaded for both areas, so rates cannot be compared.')],
        notes: [],
      };
    // The rest, and not the whole: an area is no evidence against itself.
    const compared = compareRates({
      before: { events: all - here, exposure: allPeople.persons - people.persons },
      after: { events: here, exposure: people.persons },
      level,
    });
    if (isRefusal(compared)) return { rows: [refusedRow({}, compared.sentence)], notes: [] };
    return {
      rows: [
        {
          state: 'shown',
          count: here,
          estimate: compared.ratio.estimate,
          lower: compared.ratio.lower,
          upper: compared.ratio.upper,
          level,
          denominator: people.persons,
          elsewhere: all - here,
          populationElsewhere: allPeople.persons - people.persons,
          pValue: compared.pValue,
        },
      ],
      notes: [
        `The rate of ${context.nameOf(area)} divided by that of the rest of ${context.nameOf(other)}, both per head of residents (${people.source}).`,
        'An interval that holds 1 is no difference that can be claimed. Visitors are not in the population.',
        ...(context.unlocated === 0
          ? []
          : [`${number(context.unlocated)} ${context.things.many} without a place are in neither.`]),
      ],
    };
  },
};

const nearRepeat: FigureMeasure = {
  name: 'near-repeat',
  version: '1',
  about: 'Whether one event is soon followed by others close by',
  title: 'Near repeats of',
  over: ['month', 'area'],
  asks: () => [],
  answer: (_question, _counted, { hasDays }) => ({
    rows: [
      refusedRow(
        {},
        hasDays
          ? 'Near repeats are counted from points and days of single events. Use concord measure near-repeat on an extract that has both.'
          : 'The dates of this source are months and its places are map points, so near repeats cannot be seen in it.',
      ),
    ],
    notes: [],
  }),
};

const coverage: FigureMeasure = {
  name: 'coverage',
  version: '1',
  about: 'Of which months the source is there, and of which it is not',
  title: 'Coverage of',
  asks: byMonth,
  answer(question, counted, context) {
    const reasons = new Map(context.gaps(question.area, question.period).map(({ month, reason }) => [month, reason]));
    const found = new Map((counted['counts'] ?? []).map(({ key, count: n }) => [key[0] ?? '', n]));
    return {
      rows: monthsIn(question.period).map((month): FigureRow => {
        const reason = reasons.get(month);
        if (reason !== undefined) return absentRow({ month }, reason);
        const n = found.get(month) ?? 0;
        return {
          month,
          state: 'shown',
          count: n,
          estimate: n,
          lower: null,
          upper: null,
          level: null,
          denominator: null,
        };
      }),
      notes: gapNotes(context.gaps(question.area, question.period)),
    };
  },
};

/** Every measure that a figure can have, in the order of the list that people see. */
export const figureMeasures: readonly FigureMeasure[] = [
  count,
  rate,
  change,
  trend,
  controlChart,
  comparison,
  concentrationMeasure,
  nearRepeat,
  coverage,
];

export const figureMeasure = (name: string): FigureMeasure | undefined =>
  figureMeasures.find((each) => each.name === name);
