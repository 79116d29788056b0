import { formatDate, monthCount, periodOf, shiftMonth, type Month, type Period } from '../duty/index.ts';
import { isRefusal, wilsonProportion } from '../measures/index.ts';
import type { FigureQuestion, FigureRow } from './figure.ts';
import {
  breaksWithin,
  fewestToJudge,
  periodsOf,
  populationYearOf,
  verdictOf,
  whyNotCompared,
  whyOtherYear,
  type ChangeVerdict,
  type Indicator,
  type Target,
  type Unit,
} from './indicator.ts';

/** The figures of which the value of an indicator is made, and those beside it. Of `rate` stands only why there is none. */
export const indicatorParts = ['value', 'whole', 'rate', 'change', 'chart', 'comparison'] as const;
export type IndicatorPart = (typeof indicatorParts)[number];

/** Which figure it is, by its id, or in a sentence why there is none. */
export type PartFound = { readonly figure: string } | { readonly why: string };
export type IndicatorFound = Readonly<Partial<Record<IndicatorPart, PartFound>>>;

/** A question that somebody can put to the figures, but for the area and the definition. */
export interface PartAsked {
  readonly measure: string;
  readonly period: Period;
  readonly options: FigureQuestion['options'];
}

/** What a chart of an indicator shows at most: three years. */
const chartMonths = 36;

/** The newest period of an indicator, the one before it, and what its chart shows, by what is loaded of the source. */
export function periodsFor(
  { period }: Pick<Indicator, 'period'>,
  loaded: { readonly from: Month; readonly to: Month },
): { readonly latest: Period; readonly before: Period; readonly chart: Period } {
  const first = shiftMonth(loaded.to, 1 - chartMonths);
  return { ...periodsOf(period, loaded.to), chart: periodOf(first < loaded.from ? loaded.from : first, loaded.to) };
}

/** The rows that an indicator counts, as options of a question. Those of the definition in force go with the definition. */
function rowsCounted({ counted, name }: Pick<Indicator, 'counted' | 'name'>): FigureQuestion['options'] {
  if (counted.by === 'all') return { called: name };
  if (counted.by === 'definition') return counted.kind === null ? {} : { kind: counted.kind };
  const { categories, offenceCodes, flags } = counted;
  const selection = {
    ...(categories === undefined ? {} : { categories }),
    ...(flags === undefined ? {} : { flags }),
    ...(offenceCodes === undefined ? {} : { offenceCodes }),
  };
  return { called: name, rows: JSON.stringify(selection) };
}

/** What is known of people and of elsewhere, before anything is asked. */
export interface AskedWith {
  readonly loaded: { readonly from: Month; readonly to: Month };
  /** The newest year of which the people of the area are known, of the ages that are wanted; undefined where none is. */
  readonly peopleYear: (wanted: number) => number | undefined;
  /** The area to compare with, or why there is none. */
  readonly comparator: { readonly code: string } | { readonly why: string } | null;
}

/**
 * What is asked for an indicator: a question each, or a sentence on why it cannot be asked. `value` is always asked: where the
 * people of the year are not known, it is the number alone, and `rate` says why.
 */
export function partsAsked(
  indicator: Pick<Indicator, 'counted' | 'name' | 'denominator' | 'unit' | 'period' | 'comparator' | 'breaks'>,
  { loaded, peopleYear, comparator }: AskedWith,
): Readonly<Partial<Record<IndicatorPart, PartAsked | { readonly why: string }>>> {
  const { latest, before, chart } = periodsFor(indicator, loaded);
  const counted = rowsCounted(indicator);
  const { denominator, unit, breaks } = indicator;
  const wanted = populationYearOf(latest);
  const year = denominator.of === 'population' ? peopleYear(wanted) : undefined;
  const noRate =
    denominator.of !== 'population'
      ? undefined
      : year === undefined
        ? 'No population is loaded for this area, so there is no rate, only the number'
        : whyOtherYear(latest, { year });
  const ages = denominator.of === 'population' ? denominator.ages : null;
  const people: FigureQuestion['options'] = {
    peopleYear: wanted,
    ...(ages === null ? {} : { agesFrom: ages.from, ...(ages.to === null ? {} : { agesTo: ages.to }) }),
  };
  const broken = whyNotCompared(breaks, { latest, before });
  const within = breaksWithin(breaks, chart);
  const isRate = denominator.of === 'population' && noRate === undefined;
  return {
    value: isRate
      ? { measure: 'rate', period: latest, options: { ...counted, ...people } }
      : { measure: 'count', period: latest, options: counted },
    ...(unit === 'percent' ? { whole: { measure: 'count', period: latest, options: {} } } : {}),
    ...(noRate === undefined ? {} : { rate: { why: noRate } }),
    change:
      broken !== undefined
        ? { why: broken }
        : {
            measure: 'change',
            period: latest,
            options: { ...counted, compareFrom: before.from, compareTo: before.to },
          },
    chart: {
      measure: 'control-chart',
      period: chart,
      options: { ...counted, ...(within.length === 0 ? {} : { breaks: JSON.stringify(within) }) },
    },
    ...(comparator === null
      ? {}
      : {
          comparison:
            'why' in comparator
              ? { why: comparator.why }
              : !isRate
                ? { why: noRate ?? 'A number without people to set it against cannot be compared with elsewhere' }
                : {
                    measure: 'comparison',
                    period: latest,
                    options: { ...counted, ...people, comparator: comparator.code },
                  },
        }),
  };
}

/** What an indicator says today, in its own unit, with its interval. */
export interface ValueRead {
  /** In the unit of the indicator; null where nothing can be shown. */
  readonly value: number | null;
  readonly lower: number | null;
  readonly upper: number | null;
  /** The unit that it is in: the number alone, where people are not known. */
  readonly unit: Unit;
  readonly count: number | null;
  readonly denominator: number | null;
  /** Why there is no value, in a sentence. */
  readonly why: string | null;
}

const perOf: Readonly<Record<Unit, number>> = { count: 1, 'per-100000': 1, 'per-million': 10, percent: 1 };

/**
 * The value out of its figures. Several years together are told by the year.
 * @param value rows of the figure of the value
 * @param whole of all rows of the source, where the unit is per cent
 */
export function valueRead(
  { unit, period }: { readonly unit: Unit; readonly period: Period },
  measure: string,
  value: readonly FigureRow[],
  whole: readonly FigureRow[] | undefined,
): ValueRead {
  const [row] = value;
  const nothing: ValueRead = { value: null, lower: null, upper: null, unit, count: null, denominator: null, why: null };
  if (row === undefined) return { ...nothing, why: 'There is nothing to show.' };
  if (row.state === 'hidden')
    return { ...nothing, why: row.reason ?? 'The number is hidden, because small numbers may tell about a person.' };
  if (row.state !== 'shown') return { ...nothing, count: row.count, why: row.reason ?? 'There is no number.' };
  if (unit === 'percent') {
    const all = whole?.[0];
    const share =
      row.count === null || all?.state !== 'shown' || all.count === null
        ? undefined
        : wilsonProportion({ count: row.count, whole: all.count, per: 100 });
    if (share === undefined || isRefusal(share))
      return { ...nothing, count: row.count, why: share?.sentence ?? 'What it is a share of cannot be shown.' };
    const { estimate, lower, upper } = share;
    return { value: estimate, lower, upper, unit, count: row.count, denominator: share.whole, why: null };
  }
  if (measure !== 'rate')
    return {
      value: row.count,
      lower: row.lower,
      upper: row.upper,
      unit: 'count',
      count: row.count,
      denominator: null,
      why: null,
    };
  // A figure is for 100,000 people over its whole period.
  const scale = perOf[unit] / Math.max(1, monthCount(period) / 12);
  const scaled = (each: number | null) => (each === null ? null : each * scale);
  return {
    value: scaled(row.estimate),
    lower: scaled(row.lower),
    upper: scaled(row.upper),
    unit,
    count: row.count,
    denominator: row.denominator,
    why: null,
  };
}

/** What may be said of the change, in one word of the rules, or why nothing may. */
export function changeRead(
  rows: readonly FigureRow[],
  polarity: Indicator['polarity'],
): {
  readonly verdict: ChangeVerdict | null;
  readonly before: number | null;
  readonly after: number | null;
  readonly why: string | null;
  readonly percent: readonly [number, number | null, number | null] | null;
} {
  const [row] = rows;
  const number = (value: unknown) => (typeof value === 'number' ? value : null);
  const [before, after] = [number(row?.['before']), number(row?.['after'])];
  const nothing = { verdict: null, before, after, percent: null };
  if (row === undefined) return { ...nothing, why: 'There is nothing to compare.' };
  if (row.state === 'hidden')
    return { ...nothing, why: row.reason ?? 'The numbers are hidden, because small numbers may tell about a person.' };
  if (before !== null && after !== null && Math.min(before, after) < fewestToJudge)
    return { ...nothing, verdict: 'too-few', why: null };
  if (row.state !== 'shown' || row.estimate === null || row.lower === null || before === null || after === null)
    return { ...nothing, why: row.reason ?? 'The change cannot be told.' };
  const ratio = { lower: 1 + row.lower / 100, upper: row.upper === null ? null : 1 + row.upper / 100 };
  return {
    before,
    after,
    percent: [row.estimate, row.lower, row.upper],
    verdict: verdictOf(ratio, [before, after], polarity),
    why: null,
  };
}

/** Where the value stands to its target, in a sentence; an interval that holds the target says nothing. */
export function targetRead(
  { target, polarity }: { readonly target: Target; readonly polarity: Indicator['polarity'] },
  { value, lower, upper }: Pick<ValueRead, 'value' | 'lower' | 'upper'>,
): string {
  const aim = `${target.value.toLocaleString('en-GB')} by ${formatDate(target.by)}`;
  if (value === null) return aim;
  if (lower !== null && upper !== null && lower <= target.value && target.value <= upper)
    return `${aim}. The range of the value holds the target: nobody can say on which side of it we are`;
  const side = value < target.value ? 'below' : value > target.value ? 'above' : 'at';
  if (side === 'at') return `${aim}. It is at the target`;
  if (polarity === 'neither') return `${aim}. It is ${side} the target`;
  const isMet = (side === 'below') === (polarity === 'lower');
  return `${aim}. It is ${side} the target: ${isMet ? 'met' : 'not met yet'}`;
}
