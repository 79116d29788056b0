import {
  done,
  formatMonth,
  holdsMonth,
  isMonth,
  monthsIn,
  periodOf,
  refused,
  samePeriodLastYear,
  shiftMonth,
  yearTo,
  type IsoDate,
  type Month,
  type Outcome,
  type Period,
} from '../duty/index.ts';
import type { Condition } from '../platform/releases/table.ts';
import { conditionsOf, expressibility, undecided, type Cut, type DefinitionContent } from './definition.ts';
import type { DisclosureClass, Expression, FormatName, SourceFormat } from './source.ts';
import type { Selection } from './violence-kinds.ts';

/** Which rows of the source are counted. */
export type Counted =
  | { readonly by: 'all' }
  /** What the definition in force counts, or one kind of it. */
  | { readonly by: 'definition'; readonly kind: string | null }
  /** Rows that the indicator names itself, whatever counts as serious violence: national measures are everywhere the same. */
  | ({ readonly by: 'rows' } & Selection);

/** What a number is set against. */
export type Denominator =
  | { readonly of: 'none' }
  /** People who live in the area, of these ages in whole years. */
  | { readonly of: 'population'; readonly ages: { readonly from: number; readonly to: number | null } | null }
  /** All rows of the same source. */
  | { readonly of: 'all-rows' };

export const units = ['count', 'per-100000', 'per-million', 'percent'] as const;
export type Unit = (typeof units)[number];
export const unitLabels: Readonly<Record<Unit, string>> = {
  count: 'A count',
  'per-100000': 'For every 100,000 people',
  'per-million': 'For every million people',
  percent: 'Per cent',
};

export const polarities = ['lower', 'higher', 'neither'] as const;
export type Polarity = (typeof polarities)[number];
export const polarityLabels: Readonly<Record<Polarity, string>> = {
  lower: 'Lower is better',
  higher: 'Higher is better',
  neither: 'Neither: a change may be good or bad',
};

export const periodTypes = ['month', 'quarter', 'financial-year', 'rolling-year', 'three-years'] as const;
export type PeriodType = (typeof periodTypes)[number];
export const periodTypeLabels: Readonly<Record<PeriodType, string>> = {
  month: 'Each month',
  quarter: 'Each quarter',
  'financial-year': 'Each financial year',
  'rolling-year': 'The year to each quarter',
  'three-years': 'Three years together',
};

export const comparators = ['none', 'nation', 'region', 'force', 'most-similar'] as const;
export type Comparator = (typeof comparators)[number];
export const comparatorLabels: Readonly<Record<Comparator, string>> = {
  none: 'Nothing',
  nation: 'England',
  region: 'The region',
  force: 'The police force area',
  'most-similar': 'The most similar areas',
};

/** From this month on something is counted otherwise, so that before and after are two series. */
export interface MethodBreak {
  readonly month: Month;
  readonly words: string;
}

export interface Target {
  readonly value: number;
  readonly by: IsoDate;
}

export interface IndicatorWanted {
  readonly name: string;
  /** Why it matters. */
  readonly why: string | null;
  readonly source: FormatName;
  readonly counted: Counted;
  readonly denominator: Denominator;
  readonly unit: Unit;
  readonly polarity: Polarity;
  readonly period: PeriodType;
  readonly target: Target | null;
  readonly comparator: Comparator;
  readonly breaks: readonly MethodBreak[];
  /** A post or an organisation; never a person's name. */
  readonly owner: string | null;
  readonly disclosure: DisclosureClass;
}

/** A measure that is watched over time, with all that a reader needs to read it right. */
export interface Indicator extends IndicatorWanted {
  /** What it is called in commands and figures: lower case with hyphens. */
  readonly id: string;
  /** One of the three by which the Home Office judges the Duty. */
  readonly isNational: boolean;
}

/** Which denominators go with a unit. */
export function whyUnitDoesNotFit(unit: Unit, denominator: Denominator): string | undefined {
  if (unit === 'count' && denominator.of !== 'none') return 'A count is set against nothing. Choose a rate, or nothing';
  if (unit === 'percent' && denominator.of !== 'all-rows')
    return 'A percentage is of all rows of the source. Choose that, or another unit';
  if ((unit === 'per-100000' || unit === 'per-million') && denominator.of !== 'population')
    return 'This unit is of the people who live in the area. Choose that, or another unit';
  return undefined;
}

/** What an indicator counts, as a definition: the one in force, or one of its own with a single kind. */
function meant(
  { counted, name }: Pick<IndicatorWanted, 'counted' | 'name'>,
  definition: DefinitionContent | null,
  format: SourceFormat,
): { readonly definition: DefinitionContent; readonly cut: Cut } | undefined {
  if (counted.by === 'definition')
    return definition === null ? undefined : { definition, cut: counted.kind === null ? {} : { kind: counted.kind } };
  const selection = counted.by === 'all' ? {} : counted;
  const kind = 'counted';
  return {
    cut: {},
    definition: {
      id: kind,
      version: 1,
      name,
      about: null,
      kinds: [{ ...undecided(kind), name }],
      sources: [{ format: format.name, kinds: [{ kind, ...selection }] }],
    },
  };
}

const nothingInForce = 'it counts what the definition in force says, and none is';

/**
 * Conditions for the rows that an indicator counts.
 * @param definition the one in force; null where there is none
 */
export function countedRows(
  indicator: Pick<IndicatorWanted, 'counted' | 'name'>,
  definition: DefinitionContent | null,
  format: SourceFormat,
): Outcome<readonly Condition[], 'not-valid'> {
  if (indicator.counted.by === 'all') return done([]);
  const what = meant(indicator, definition, format);
  return what === undefined
    ? refused('not-valid', `“${indicator.name}” has no value: ${nothingInForce}. Adopt one first`)
    : conditionsOf(what.definition, format, what.cut);
}

/** Whether its source can say what it counts. Rows that the source names itself it can say. */
export function expressionOfCounted(
  indicator: Pick<IndicatorWanted, 'counted' | 'name'>,
  definition: DefinitionContent | null,
  format: SourceFormat,
): Expression {
  const { counted } = indicator;
  const what = meant(indicator, definition, format);
  if (what === undefined) return { can: 'not', because: nothingInForce };
  const { whole } = expressibility(what.definition, format, what.cut);
  return counted.by !== 'definition' && whole.can === 'by-proxy' ? { can: 'fully' } : whole;
}

// ── The rules by which it is read (domain: measures) ─────────────────────────────────────────────────────────────────

/** With fewer events than this, nothing is said about a change. */
export const fewestToJudge = 10;

export const changeVerdicts = ['improving', 'worsening', 'rising', 'falling', 'no-clear-change', 'too-few'] as const;
export type ChangeVerdict = (typeof changeVerdicts)[number];
/**
 * What may be said of a change, and so whether it may be coloured: an interval that holds "no change" says nothing.
 * @param ratio later over earlier with its interval; null bounds are open
 * @param counts events of the two periods
 */
export function verdictOf(
  ratio: { readonly lower: number; readonly upper: number | null },
  counts: readonly [number, number],
  polarity: Polarity,
): ChangeVerdict {
  if (Math.min(...counts) < fewestToJudge) return 'too-few';
  if (ratio.lower <= 1 && (ratio.upper === null || ratio.upper >= 1)) return 'no-clear-change';
  const isRise = ratio.lower > 1;
  if (polarity === 'neither') return isRise ? 'rising' : 'falling';
  return isRise === (polarity === 'higher') ? 'improving' : 'worsening';
}

/** Whether a state may be coloured good or bad: the word always stands beside the colour. */
export const mayColour = (verdict: ChangeVerdict): boolean => verdict === 'improving' || verdict === 'worsening';

/**
 * The year whose population a period is set against: that in which most of its months lie, the later of two alike. A
 * numerator never meets another year's people.
 */
export function populationYearOf(period: Period): number {
  const years = Map.groupBy(monthsIn(period), (month) => Number(month.slice(0, 4)));
  return [...years].reduce((best, each) => (each[1].length >= best[1].length ? each : best))[0];
}

/** A rate of one year over the people of another is refused, in a sentence. */
export function whyOtherYear(period: Period, population: { readonly year: number }): string | undefined {
  const year = populationYearOf(period);
  return population.year === year
    ? undefined
    : `The number is of ${year} and the population of ${population.year}. Load the population of ${year}`;
}

/** A rate never stands without the number that it was made of: "12 (34.5 for every 100,000 people)". */
export function besideRate(count: number, rate: number | null, unit: Unit): string {
  const number = count.toLocaleString('en-GB');
  if (unit === 'count' || rate === null) return number;
  const shown = rate.toLocaleString('en-GB', { minimumFractionDigits: 1, maximumFractionDigits: 1 });
  return unit === 'percent' ? `${number} (${shown} %)` : `${number} (${shown} ${unitLabels[unit].toLowerCase()})`;
}

/** The months that both periods have, as months of the year: only these may be compared. */
export function sameMonths(
  first: readonly Month[],
  second: readonly Month[],
): { readonly first: readonly Month[]; readonly second: readonly Month[]; readonly isWhole: boolean } {
  const ofYear = (month: Month) => month.slice(5);
  const shared = new Set(first.map(ofYear)).intersection(new Set(second.map(ofYear)));
  const kept = (months: readonly Month[]) => months.filter((month) => shared.has(ofYear(month))).sort();
  return {
    first: kept(first),
    second: kept(second),
    isWhole: shared.size === new Set([...first, ...second].map(ofYear)).size,
  };
}

/** The period of an indicator that ends with or before a month, and the one before it to compare with. */
export function periodsOf(type: PeriodType, last: Month): { readonly latest: Period; readonly before: Period } {
  const end = type === 'financial-year' ? endOf(last, [3]) : type === 'month' ? last : endOf(last, [3, 6, 9, 12]);
  if (type === 'three-years') {
    const latest = periodOf(shiftMonth(end, -35), end);
    return { latest, before: periodOf(shiftMonth(end, -71), shiftMonth(end, -36)) };
  }
  const latest =
    type === 'month' ? periodOf(end, end) : type === 'quarter' ? periodOf(shiftMonth(end, -2), end) : yearTo(end);
  return { latest, before: samePeriodLastYear(latest) };
}

/** The newest month of the year that is one of these, on or before a month. */
function endOf(last: Month, ofYear: readonly number[]): Month {
  let month = last;
  while (!ofYear.includes(Number(month.slice(5)))) month = shiftMonth(month, -1);
  return month;
}

/** Breaks that lie within a period: a line over them would join two series. A break in its first month is not within. */
export const breaksWithin = (breaks: readonly MethodBreak[], period: Period): readonly MethodBreak[] =>
  breaks.filter(({ month }) => holdsMonth(period, month) && month !== period.from);

/** Why two periods of an indicator cannot be compared: their months are counted by two methods. */
export function whyNotCompared(
  breaks: readonly MethodBreak[],
  periods: { readonly latest: Period; readonly before: Period },
): string | undefined {
  const whole = periodOf(periods.before.from, periods.latest.to);
  const [first] = breaksWithin(breaks, whole);
  if (first === undefined) return undefined;
  return `It is counted otherwise since ${formatMonth(first.month)}: ${first.words}. Before and after cannot be compared`;
}

/** Breaks in their order, each month once; undefined where one is no month. */
export function orderedBreaks(breaks: readonly MethodBreak[]): readonly MethodBreak[] | undefined {
  if (breaks.some(({ month }) => !isMonth(month))) return undefined;
  const sorted = [...breaks].sort((a, b) => a.month.localeCompare(b.month));
  return sorted.every(({ month }, place) => place === 0 || sorted[place - 1]?.month !== month) ? sorted : undefined;
}
