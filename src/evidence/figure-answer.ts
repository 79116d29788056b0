import { formatMonth, monthsIn, shiftMonth, type Month, type Period } from '../duty/index.ts';
import type { AgeBand } from './age-band.ts';
import type { Population } from './area-book.ts';
import type { FigureQuestion, FigureRow } from './figure.ts';
import type { GroupsOfPeople } from './people-group.ts';

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
  /** Column with the age in whole years of whoever was harmed; undefined where the source has none. */
  readonly ageColumn: string | undefined;
  /** People of these ages, of one year for the whole figure. */
  readonly populationAged: (area: string, ages: AgeBand) => Population | undefined;
  /** The people of the area by the groups that a column tells; undefined where they are not loaded. */
  readonly peopleBy: (column: string) => GroupsOfPeople | undefined;
  readonly material: Material;
}

/** What only some measures need, and takes a look into other releases. */
export type Need = 'weights' | 'neighbours' | 'events' | 'cells';
export interface Material {
  readonly weights?: HarmWeights;
  /** Areas that touch, by their places in `areas`; places of areas without an outline are in `without`. */
  readonly neighbours?: { readonly lists: readonly (readonly number[])[]; readonly without: number };
  readonly events?: DatedEvents;
  readonly cells?: GridCells;
}

/** How grave offences are, by what the source calls them. */
export interface HarmWeights {
  readonly source: string;
  /** `days`: of a sentence, as the weights are counted. */
  readonly unit: string;
  /** Each a mean over the offences that it hides; false where a source tells single offences. */
  readonly isCoarse: boolean;
  readonly of: (
    category: string,
  ) => { readonly weight: number; readonly least: number; readonly most: number } | undefined;
}

/** Squares of the British National Grid in an area, and how many events lie in each. */
export interface GridCells {
  /** Length of a side in metres. */
  readonly side: number;
  /** The south-west corner of each, in metres, from south to north and west to east. */
  readonly cells: readonly { readonly easting: number; readonly northing: number; readonly count: number }[];
  /** The places of the cells that touch each of them, corners too. */
  readonly lists: readonly (readonly number[])[];
  /** Rows without a point. */
  readonly left: number;
  /** Why there are none; null where there are. */
  readonly refusal: string | null;
}

/** Events with a place and a day. */
export interface DatedEvents {
  readonly eastings: readonly number[];
  readonly northings: readonly number[];
  /** Whole days from any first day. */
  readonly days: readonly number[];
  /** Events that could not be taken: without a day or a place, over more than a day, or told already by another row. */
  readonly left: number;
  /** Why there are none; null where there are. */
  readonly refusal: string | null;
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
  /** The breakdown that it always has, of what was asked for and what the source offers. */
  readonly by?: (wanted: readonly string[], offered: readonly string[]) => readonly string[];
  /** Draws numbers by chance: the seed is a part of the question. */
  readonly isDrawn?: boolean;
  readonly needs?: readonly Need[];
  readonly asks: (question: FigureQuestion, context: MeasureContext) => readonly CountAsk[];
  readonly answer: (
    question: FigureQuestion,
    counted: Readonly<Record<string, readonly Counted[]>>,
    context: MeasureContext,
  ) => Answer;
}

export const level = 0.95;
export const nothing = {
  count: null,
  estimate: null,
  lower: null,
  upper: null,
  level: null,
  denominator: null,
} as const;

export const absentRow = (key: Readonly<Record<string, string | null>>, reason: string): FigureRow => ({
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

export const keyOf = (
  by: readonly string[],
  key: readonly (string | null)[],
): Readonly<Record<string, string | null>> => Object.fromEntries(by.map((name, place) => [name, key[place] ?? null]));

export const one: (question: FigureQuestion) => readonly CountAsk[] = ({ area, period, by }) => [
  { name: 'counts', area, period, by },
];

export const byMonth: (question: FigureQuestion) => readonly CountAsk[] = ({ area, period }) => [
  { name: 'counts', area, period, by: ['month'] },
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

export const listInWords = (words: readonly string[]): string =>
  words.length < 2 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} and ${words.at(-1) ?? ''}`;

export const number = (value: number): string => value.toLocaleString('en-GB');

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
export function counts(
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

export function gapNotes(gaps: readonly { readonly month: Month; readonly reason: string }[]): readonly string[] {
  if (gaps.length === 0) return [];
  const is = gaps.length === 1 ? 'is' : 'are';
  return [`${monthsInWords(gaps.map(({ month }) => month))} ${is} missing. A missing month is not a nought.`];
}

export function gapSentence(
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

export const daysOf = (months: readonly Month[]): number =>
  months.reduce(
    (days, month) => days + new Date(Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5)), 0)).getUTCDate(),
    0,
  );
