import {
  formatDate,
  formatPeriod,
  holdsMonth,
  monthsIn,
  shiftMonth,
  type IsoDate,
  type Month,
  type Period,
} from '../duty/index.ts';
import { countChart, countTrend, exactRateRatio, isRefusal, xmrChart } from '../measures/index.ts';

/** Is the town safer, which no service decides alone; or did the service deliver, which it does. */
export const accountabilities = ['population', 'performance'] as const;
export type Accountability = (typeof accountabilities)[number];
export const accountabilityWords: Readonly<
  Record<Accountability, { readonly label: string; readonly question: string }>
> = {
  population: {
    label: 'The town',
    question: 'Are people safer? Many causes move it, and no one service answers for it.',
  },
  performance: { label: 'The service', question: 'Did we do what we said? The action’s owner answers for it.' },
};

export type Better = 'lower' | 'higher';

/** A month's count, and of how many where it is a share. A month without one is missing, and is not zero. */
export interface MonthValue {
  readonly month: Month;
  readonly value: number;
}

export interface Judged {
  readonly better: Better;
  /** Events in twelve months; null where only a direction is wanted. */
  readonly target: number | null;
  readonly targetBy: IsoDate | null;
  /** How far off, as a share of the target, still counts as met. */
  readonly tolerance: number;
  /** Whether months before the first or after the last value are hidden: then nobody knows which year is the latest. */
  readonly endsHidden?: boolean;
}

/** Whether more months are hidden than are missing between the first value and the last. */
export function areEndsHidden(values: readonly MonthValue[], withheld: number): boolean {
  const months = values.map(({ month }) => month).sort();
  const [first, last] = [months[0], months.at(-1)];
  const between = first === undefined || last === undefined ? 0 : monthsIn({ from: first, to: last }).length;
  return withheld > between - months.length;
}

export type Verdict = 'better' | 'worse' | 'cannot-tell';
export type TargetVerdict = 'met' | 'missed' | 'not-yet' | 'cannot-tell' | 'none';
export const verdictLabels: Readonly<Record<Verdict, string>> = {
  better: 'Getting better',
  worse: 'Getting worse',
  'cannot-tell': 'Cannot tell',
};
export const targetLabels: Readonly<Record<Exclude<TargetVerdict, 'none'>, string>> = {
  met: 'Target met',
  missed: 'Target not met',
  'not-yet': 'Not there yet',
  'cannot-tell': 'Cannot tell whether the target is met',
};

export interface Judgement {
  readonly verdict: Verdict;
  /** What the numbers say, with how sure, and what they do not say. */
  readonly sentence: string;
  readonly target: TargetVerdict;
  /** What it would take, where a target is set: a sentence. */
  readonly toTarget: string | null;
  /** The same months of the latest year and the one before. */
  readonly latest: number | null;
  readonly before: number | null;
  readonly months: number;
  /** Limits of the control chart over the whole series; null where there are too few points. */
  readonly limits: { readonly centre: number; readonly lower: number; readonly upper: number } | null;
}

/** Fewer events than this in either year are too few to judge by (domain paper 2.6). */
const fewestEvents = 10;
const endsAreHidden =
  'Months at the beginning or the end of the figure are hidden, so nobody can say what its latest year is.';
const level = 0.95;

/**
 * Judges a series of monthly counts: the latest twelve months beside the same months of the year before, by an exact
 * interval that is widened where counts come in bursts, and by a control chart. Both have to agree before anything is said
 * to have changed; two points never decide.
 * Whole years only: where a month of either is missing or hidden, nothing is said.
 * @param values in any order; each month once
 * @param until the month up to which it is judged, where there are later ones
 */
export function judge(values: readonly MonthValue[], wanted: Judged, until?: Month): Judgement {
  const all = [...values].sort((a, b) => a.month.localeCompare(b.month));
  const end = all.at(-1)?.month;
  const last = until !== undefined && end !== undefined && until < end ? until : end;
  const series = all.filter(({ month }) => last !== undefined && month <= last);
  if (last === undefined || series.length === 0) return nothing('There are no values yet, so nothing can be said.');
  const by = new Map(series.map(({ month, value }) => [month, value]));
  const pairs = monthsIn({ from: shiftMonth(last, -11), to: last }).flatMap((month) => {
    const [now, then] = [by.get(month), by.get(shiftMonth(month, -12))];
    return now === undefined || then === undefined ? [] : [{ now, then }];
  });
  const chart = chartOf(series, wanted.better);
  const sum = (side: 'now' | 'then') => pairs.reduce((total, pair) => total + pair[side], 0);
  const counts = { latest: sum('now'), before: sum('then'), months: pairs.length, limits: chart.limits };
  const target = targetOf(series, last, wanted, chart.dispersion);
  if (wanted.endsHidden === true)
    return { ...counts, ...target, verdict: 'cannot-tell', sentence: `We cannot tell. ${endsAreHidden}` };
  if (pairs.length < 12)
    return {
      ...counts,
      ...target,
      verdict: 'cannot-tell',
      sentence: `We cannot tell. Only ${pairs.length} of the last 12 months can be held against the same month of the year before. The other months are hidden or not counted.`,
    };
  if (counts.latest < fewestEvents || counts.before < fewestEvents)
    return {
      ...counts,
      ...target,
      verdict: 'cannot-tell',
      sentence: `There are too few to judge: ${counts.latest} in the latest ${pairs.length} months, ${counts.before} in the same months before.`,
    };
  const ratio = exactRateRatio({ events: counts.latest, exposure: 1 }, { events: counts.before, exposure: 1 }, level);
  if (isRefusal(ratio) || ratio.estimate === null || ratio.upper === null)
    return { ...counts, ...target, verdict: 'cannot-tell', sentence: 'We cannot tell from these numbers.' };
  const wide = widened(ratio.estimate, ratio.lower, ratio.upper, chart.dispersion);
  const [low, high] = [percent(wide.lower), percent(wide.upper)];
  const said = `${counts.before} became ${counts.latest} in the same ${pairs.length} months: a change of ${signed(percent(ratio.estimate))} (between ${signed(low)} and ${signed(high)}).`;
  const direction = wide.upper < 1 ? 'lower' : wide.lower > 1 ? 'higher' : undefined;
  if (direction === undefined)
    return { ...counts, ...target, verdict: 'cannot-tell', sentence: `We cannot tell whether it changed. ${said}` };
  const verdict = direction === wanted.better ? 'better' : 'worse';
  if (chart.signal !== verdict)
    return {
      ...counts,
      ...target,
      verdict: 'cannot-tell',
      sentence: `We cannot tell yet. ${said} But the months themselves stay within what is usual${chart.limits === null ? ', as far as so few of them can show' : ''}.`,
    };
  return {
    ...counts,
    ...target,
    verdict,
    sentence: `It is ${direction} than the year before. ${said} The months show it too: they are outside what was usual. This does not say why.`,
  };
}

const nothing = (sentence: string): Judgement => ({
  verdict: 'cannot-tell',
  sentence,
  target: 'cannot-tell',
  toTarget: null,
  latest: null,
  before: null,
  months: 0,
  limits: null,
});

const percent = (ratio: number): number => Math.round((ratio - 1) * 100);
const signed = (number: number): string =>
  number > 0 ? `+${number} %` : `${number < 0 ? '−' : ''}${Math.abs(number)} %`;

/** Counts that come in bursts vary more than chance alone: the interval is stretched on the scale of logarithms. */
function widened(estimate: number, lower: number, upper: number, dispersion: number) {
  if (dispersion <= 1 || estimate <= 0) return { lower, upper };
  const factor = Math.sqrt(dispersion);
  return {
    lower: lower <= 0 ? 0 : estimate * (lower / estimate) ** factor,
    upper: estimate * (upper / estimate) ** factor,
  };
}

interface Chart {
  /** What the latest twelve points show against the limits of those before. */
  readonly signal: Verdict | 'none';
  readonly limits: Judgement['limits'];
  readonly dispersion: number;
}

/** Limits from the months before the latest twelve, so that a change is not judged by itself. */
function chartOf(series: readonly MonthValue[], better: Better): Chart {
  const counts = series.map(({ value }) => value);
  const baseline = counts.length - 12;
  if (baseline < 12) return { signal: 'none', limits: null, dispersion: 1 };
  const small = countChart(counts, { baselinePoints: baseline });
  const dispersion = isRefusal(small) ? 1 : Math.max(1, small.dispersion);
  const chart = xmrChart(counts, {
    baselinePoints: baseline,
    improvement: better === 'lower' ? 'decrease' : 'increase',
  });
  if (isRefusal(chart)) return { signal: 'none', limits: null, dispersion };
  const latest = chart.points.slice(-12).map(({ verdict }) => verdict);
  const [improved, worsened] = [latest.includes('improvement'), latest.includes('concern')];
  const last = chart.points.at(-1);
  return {
    // Both ways in one year is no direction.
    signal: improved === worsened ? 'none' : improved ? 'better' : 'worse',
    limits: last === undefined ? null : { centre: last.mean, lower: Math.max(0, last.lower), upper: last.upper },
    dispersion,
  };
}

/**
 * A target is met or missed only where the interval round the year's count lies on one side of it, and missed only when the
 * year to its day is in.
 */
function targetOf(
  series: readonly MonthValue[],
  last: Month,
  { target, targetBy, tolerance, better, endsHidden = false }: Judged,
  dispersion: number,
): Pick<Judgement, 'target' | 'toTarget'> {
  if (target === null) return { target: 'none', toTarget: null };
  const isIn = targetBy !== null && targetBy.slice(0, 7) <= last;
  const end = isIn ? targetBy.slice(0, 7) : last;
  const year = series.filter(({ month }) => month > shiftMonth(end, -12) && month <= end);
  const which = isIn ? `The year to ${formatDate(targetBy)}` : 'The latest year';
  if (!isIn && endsHidden) return { target: 'cannot-tell', toTarget: endsAreHidden };
  if (year.length < 12)
    return {
      target: 'cannot-tell',
      toTarget: `${which} has months without a value, so it is not held against the target.`,
    };
  const count = year.reduce((total, { value }) => total + value, 0);
  const reach = better === 'lower' ? target * (1 + tolerance) : target * (1 - tolerance);
  // An approximate interval of a count, stretched for bursts; the square root keeps its spread even.
  const spread = 1.96 * 0.5 * Math.sqrt(dispersion);
  const [low, high] = [Math.max(0, Math.sqrt(count) - spread) ** 2, (Math.sqrt(count) + spread) ** 2];
  const isMet = better === 'lower' ? high <= reach : low >= reach;
  const isAway = better === 'lower' ? low > reach : high < reach;
  const gap = better === 'lower' ? count - target : target - count;
  const verdict = isMet ? 'met' : !isAway ? 'cannot-tell' : isIn ? 'missed' : 'not-yet';
  if (isIn) return { target: verdict, toTarget: `${which} came to ${count}, and the target was ${target}.` };
  const until = targetBy === null ? '' : ` by ${formatDate(targetBy)}`;
  const many = Math.ceil(gap).toLocaleString('en-GB');
  return {
    target: verdict,
    toTarget:
      gap <= 0
        ? `The latest year stands at ${count}, and the target is ${target}${until}.`
        : `It would take ${many} ${better === 'lower' ? 'fewer' : 'more'} a year to reach ${target}${until}: the latest year stands at ${count}.`,
  };
}

// ── Before, after, and where it goes ─────────────────────────────────────────────────────────────────────────────────

/**
 * The latest twelve months beside the baseline, as monthly rates with an exact interval widened for bursts. A sentence; null
 * where no baseline is set. Both sides need whole years, all their months and at least ten events.
 */
export function againstBaseline(
  values: readonly MonthValue[],
  baseline: Period | null,
  { endsHidden = false }: Pick<Judged, 'endsHidden'> = {},
): string | null {
  if (baseline === null) return null;
  const said = formatPeriod(baseline);
  const before = values.filter(({ month }) => holdsMonth(baseline, month));
  const last = values
    .map(({ month }) => month)
    .sort()
    .at(-1);
  const latest =
    last === undefined ? [] : values.filter(({ month }) => month > shiftMonth(last, -12) && month > baseline.to);
  const cannotTell = `We cannot tell how it stands against the baseline (${said})`;
  const wanted = monthsIn(baseline).length;
  if (wanted % 12 !== 0)
    return `${cannotTell}: it is not a whole number of years, and some months are always busier than others. Set one of 12 months, or of 24.`;
  if (endsHidden) return `${cannotTell}. ${endsAreHidden}`;
  if (before.length < wanted || latest.length < 12)
    return `${cannotTell}: of its ${wanted} months ${before.length} have a number, and of the latest 12 months after it ${latest.length}. The other months are hidden or not counted.`;
  const sum = (of: readonly MonthValue[]) => of.reduce((total, { value }) => total + value, 0);
  const [then, now] = [sum(before), sum(latest)];
  if (then < fewestEvents || now < fewestEvents)
    return `There are too few to hold against the baseline (${said}): ${then} then, ${now} now.`;
  const ratio = exactRateRatio(
    { events: now, exposure: latest.length },
    { events: then, exposure: before.length },
    level,
  );
  if (isRefusal(ratio) || ratio.estimate === null || ratio.upper === null) return `${cannotTell}.`;
  const counts = countChart(
    [...before, ...latest].map(({ value }) => value),
    { baselinePoints: before.length },
  );
  const wide = widened(
    ratio.estimate,
    ratio.lower,
    ratio.upper,
    isRefusal(counts) ? 1 : Math.max(1, counts.dispersion),
  );
  const change = `${signed(percent(ratio.estimate))} (between ${signed(percent(wide.lower))} and ${signed(percent(wide.upper))})`;
  const verdict =
    wide.upper < 1
      ? 'It is lower than the baseline'
      : wide.lower > 1
        ? 'It is higher than the baseline'
        : 'We cannot tell whether it differs from the baseline';
  return `${verdict} (${said}): a change of ${change} a month.`;
}

export interface Forecast {
  /** What twelve months would come to if it went on as it has, with an interval; null where nothing can be said. */
  readonly year: { readonly value: number; readonly low: number; readonly high: number } | null;
  readonly sentence: string;
  /** What it would take to reach the target by its day. */
  readonly takes: string | null;
}

/** More years ahead than this nobody can see. */
const mostYearsAhead = 3;

/**
 * The year that would follow if the trend went on, from a regression of the monthly counts. A series that is too short or
 * whose latest year has gaps is refused, with the reason.
 */
export function forecast(values: readonly MonthValue[], wanted: Judged): Forecast {
  const series = [...values].sort((a, b) => a.month.localeCompare(b.month));
  const [first, last] = [series[0]?.month, series.at(-1)?.month];
  if (first === undefined || last === undefined)
    return { year: null, sentence: 'There are no values yet, so nothing can be said of what comes.', takes: null };
  if (series.length < 24)
    return {
      year: null,
      sentence: `Nothing can be said of what comes: that needs two years of months, and there are ${series.length}.`,
      takes: null,
    };
  const latest = series.filter(({ month }) => month > shiftMonth(last, -12));
  if (wanted.endsHidden === true)
    return { year: null, sentence: `Nothing can be said of what comes. ${endsAreHidden}`, takes: null };
  if (latest.length < 12)
    return {
      year: null,
      sentence: `Nothing can be said of what comes: only ${latest.length} of the latest 12 months have a number. The others are hidden or not counted.`,
      takes: null,
    };
  const months = monthsIn({ from: first, to: last });
  const times = series.map(({ month }) => months.indexOf(month) + 1);
  const trend = countTrend({ counts: series.map(({ value }) => value), times });
  if (isRefusal(trend)) return { year: null, sentence: trend.sentence, takes: null };
  const { estimate, lower, upper } = trend.annualChangePercent;
  const level12 = latest.reduce((total, { value }) => total + value, 0);
  const on = (yearly: number) => level12 * (1 + yearly / 100);
  // The spread of a year's count itself, on the scale of the square root, beside that of the trend.
  const spread = 1.96 * 0.5 * Math.sqrt(Math.max(1, trend.dispersion));
  const year = {
    value: Math.round(on(estimate)),
    low: Math.max(0, Math.floor(Math.max(0, Math.sqrt(on(lower)) - spread) ** 2)),
    high: Math.ceil((Math.sqrt(on(upper)) + spread) ** 2),
  };
  const sentence = `If it went on as it has, the next twelve months would come to about ${year.value} (between ${year.low} and ${year.high}). A forecast is no promise: it knows nothing of what you change.`;
  return { year, sentence, takes: takesOf(level12, last, wanted) };
}

function takesOf(level12: number, last: Month, { target, targetBy, better }: Judged): string | null {
  if (target === null) return null;
  const isThere = better === 'lower' ? level12 <= target : level12 >= target;
  if (isThere)
    return `It is there already: the latest year comes to about ${Math.round(level12)}, and the target is ${target}.`;
  if (targetBy === null || target === 0 || level12 === 0) return null;
  const until = targetBy.slice(0, 7);
  const years = (monthsIn({ from: last, to: until > last ? until : last }).length - 1) / 12;
  if (until <= last) return `The day of the target, ${formatDate(targetBy)}, is past.`;
  if (years > mostYearsAhead)
    return `The day of the target is more than ${mostYearsAhead} years away. Set one in between.`;
  const yearly = ((target / level12) ** (1 / years) - 1) * 100;
  return `To reach ${target} in the year to ${formatDate(targetBy)}, it would have to ${better === 'lower' ? 'fall' : 'rise'} by about ${Math.abs(yearly).toFixed(0)} % each year from now on.`;
}
