import { daysIn, monthsIn, periodOf, shiftMonth, type Month, type Period } from '../duty/index.ts';
import {
  differenceInDifferences,
  exactRateRatio,
  interruptedTimeSeries,
  isRefusal,
  placeboTest,
  weightedDisplacementDifference,
  weightedDisplacementQuotient,
  type BeforeAfter,
} from '../measures/index.ts';
import { designWords, marylandOf, type Design, type EvaluationPlan } from './evaluation.ts';

export const placeRoles = ['treated', 'comparison', 'buffer', 'buffer-comparison'] as const;
export type PlaceRole = (typeof placeRoles)[number];
export const placeRoleLabels: Readonly<Record<PlaceRole, string>> = {
  treated: 'Where the work is done',
  comparison: 'Comparison',
  buffer: 'Around it',
  'buffer-comparison': 'Comparison for around it',
};

/** What was counted in one place in one month. */
export interface CountedMonth {
  readonly place: string;
  readonly role: PlaceRole;
  readonly month: Month;
  readonly count: number;
}

export type EvaluationVerdict = 'better' | 'worse' | 'cannot-tell';
export const evaluationVerdictLabels: Readonly<Record<EvaluationVerdict, string>> = {
  better: 'Better than expected',
  worse: 'Worse than expected',
  'cannot-tell': 'Cannot tell',
};

/** What the numbers say, with how sure, how strong the design is, and what they do not say. */
export interface EvaluationResult {
  readonly verdict: EvaluationVerdict;
  readonly sentence: string;
  /** The change with its interval: a ratio of what was expected, or events. Null where none could be worked out. */
  readonly estimate: {
    readonly of: 'ratio' | 'events';
    readonly value: number;
    readonly lower: number;
    readonly upper: number;
    readonly level: number;
  } | null;
  readonly method: { readonly name: string; readonly version: string } | null;
  /** What the method says beside: whether it moved elsewhere, what chance alone would give. */
  readonly beside: string | null;
  readonly marylandLevel: number;
  readonly strength: string;
  readonly traps: string;
}

type Found = Pick<EvaluationResult, 'verdict' | 'sentence' | 'estimate' | 'method' | 'beside'>;

/** Fewer events than this before or after are too few to judge by (domain paper 2.6). */
const fewestEvents = 10;
const level = 0.95;
/** For the draws of chance: the same numbers give the same answer. */
const seed = 1;

const cannotTell = (because: string, rest: Partial<Found> = {}): Found => ({
  verdict: 'cannot-tell',
  sentence: `We cannot tell. ${because}`,
  estimate: null,
  method: null,
  beside: null,
  ...rest,
});

/** The months of a plan; undefined while it has none. */
export function windowOf(plan: EvaluationPlan): { readonly before: Period; readonly after: Period } | undefined {
  const { begins, monthsBefore, monthsAfter } = plan;
  if (begins === null || monthsBefore === null || monthsAfter === null) return undefined;
  return {
    before: periodOf(shiftMonth(begins, -monthsBefore), shiftMonth(begins, -1)),
    after: periodOf(begins, shiftMonth(begins, monthsAfter - 1)),
  };
}

interface Counted {
  readonly plan: EvaluationPlan;
  readonly before: readonly Month[];
  readonly after: readonly Month[];
  readonly months: readonly Month[];
  readonly rows: readonly CountedMonth[];
  readonly sumOf: (role: PlaceRole) => BeforeAfter;
  readonly placesOf: (role: PlaceRole) => readonly string[];
  /** Counts of a place, month by month. */
  readonly course: (place: string) => readonly number[];
  /** How much more the months before vary than by chance, at least what the plan says. */
  readonly dispersion: number;
}

/**
 * Works out what an evaluation found, by the design that was agreed before. Whatever keeps a design from an answer ends in
 * “cannot tell” with the reason; nothing is thrown.
 */
export function workOut(plan: EvaluationPlan, rows: readonly CountedMonth[]): EvaluationResult {
  const { level: marylandLevel, sentence: strength } = marylandOf(plan.design);
  return { ...found(plan, rows), marylandLevel, strength, traps: designWords[plan.design].traps };
}

function found(plan: EvaluationPlan, all: readonly CountedMonth[]): Found {
  const window = windowOf(plan);
  if (window === undefined) return cannotTell('The plan does not say which months are compared.');
  const [before, after] = [monthsIn(window.before), monthsIn(window.after)];
  const months = [...before, ...after];
  const known = new Set(months);
  const rows = all.filter(({ month }) => known.has(month));
  if (rows.length === 0) return cannotTell('Nothing was counted in the months of the plan.');
  const places = Map.groupBy(rows, ({ place }) => place);
  for (const own of places.values()) {
    const there = new Set(own.map(({ month }) => month));
    const missing = months.filter((month) => !there.has(month));
    if (missing.length > 0)
      return cannotTell(
        // No name: those who read an answer need not be those who see what was counted where.
        `For one of the places, ${missing.length} of the ${months.length} months of the plan ${missing.length === 1 ? 'is' : 'are'} not counted. To look before the end is to stop when it looks good.`,
      );
  }
  const isAfter = new Set(after);
  const counted: Counted = {
    plan,
    before,
    after,
    months,
    rows,
    sumOf(role) {
      const own = rows.filter((row) => row.role === role);
      const sum = (side: boolean) =>
        own.reduce((total, { month, count }) => (isAfter.has(month) === side ? total + count : total), 0);
      return { before: sum(false), after: sum(true) };
    },
    placesOf: (role) => [...places].flatMap(([place, own]) => (own.some((row) => row.role === role) ? [place] : [])),
    course: (place) => {
      const by = new Map(places.get(place)?.map(({ month, count }) => [month, count]));
      return months.map((month) => by.get(month) ?? 0);
    },
    dispersion: 1,
  };
  const treated = counted.sumOf('treated');
  if (counted.placesOf('treated').length === 0) return cannotTell('Nothing was counted where the work is done.');
  if (treated.before < fewestEvents || treated.after < fewestEvents)
    return cannotTell(
      `There are too few to judge: fewer than ${fewestEvents} ${plan.outcome} before the start or after it.`,
    );
  const own = treatedCourse(counted);
  return ways[plan.design]({ ...counted, dispersion: dispersionOf(own.slice(0, before.length), plan.dispersion) });
}

/** All places where the work is done, together, month by month. */
function treatedCourse({ placesOf, course, months }: Counted): readonly number[] {
  const courses = placesOf('treated').map(course);
  return months.map((_, at) => courses.reduce((sum, each) => sum + (each[at] ?? 0), 0));
}

function dispersionOf(counts: readonly number[], least: number): number {
  const n = counts.length;
  const mean = counts.reduce((sum, count) => sum + count, 0) / Math.max(1, n);
  if (n < 2 || mean === 0) return Math.max(1, least);
  const variance = counts.reduce((sum, count) => sum + (count - mean) ** 2, 0) / (n - 1);
  return Math.max(1, least, variance / mean);
}

const ways: Readonly<Record<Design, (counted: Counted) => Found>> = {
  'before-and-after'(counted) {
    const { before, after } = counted.sumOf('treated');
    const ratio = exactRateRatio(
      { events: after, exposure: counted.after.length },
      { events: before, exposure: counted.before.length },
      level,
    );
    if (isRefusal(ratio)) return cannotTell(ratio.sentence);
    if (ratio.estimate === null || ratio.upper === null) return cannotTell('There were no events before the start.');
    const reach = Math.sqrt(counted.dispersion);
    const estimate = ratio.estimate;
    return ofRatio(counted, 'the months before', {
      value: estimate,
      lower: estimate * (ratio.lower / estimate) ** reach,
      upper: estimate * (ratio.upper / estimate) ** reach,
      method: { name: 'exact-rate-ratio', version: '1' },
    });
  },
  'interrupted-time-series'(counted) {
    const series = interruptedTimeSeries({
      counts: treatedCourse(counted),
      startsAt: counted.before.length,
      exposure: counted.months.map((month) => daysIn(periodOf(month, month))),
      seed,
    });
    if (isRefusal(series)) return cannotTell(series.sentence);
    const { prevented, method } = series;
    // Fewer than foretold is below nought here, as everywhere on the page.
    return ofEvents(counted, 'what the months before foretold', {
      value: -prevented.estimate,
      lower: -prevented.upper,
      upper: -prevented.lower,
      method,
    });
  },
  'displacement-difference'(counted) {
    const [treated, control] = [counted.sumOf('treated'), counted.sumOf('comparison')];
    if (counted.placesOf('comparison').length === 0) return cannotTell('Nothing was counted in the comparison.');
    const has = (role: PlaceRole) => counted.placesOf(role).length > 0;
    const around = has('buffer') && has('buffer-comparison');
    const difference = weightedDisplacementDifference({
      treated,
      control,
      ...(around && { buffer: counted.sumOf('buffer'), bufferControl: counted.sumOf('buffer-comparison') }),
      periodLengths: { before: counted.before.length, after: counted.after.length },
      level,
    });
    if (isRefusal(difference)) return cannotTell(difference.sentence);
    const { estimate, upper, method } = difference;
    // Events a month, over all months after; wider where they come in bursts.
    const months = counted.after.length;
    const reach = (upper - estimate) * Math.sqrt(counted.dispersion) * months;
    return ofEvents(
      counted,
      around ? 'the comparison, with the streets around' : 'the comparison',
      { value: estimate * months, lower: estimate * months - reach, upper: estimate * months + reach, method },
      has('buffer') ? movedElsewhere(counted) : 'Nothing was counted around it, so it may have moved there.',
    );
  },
  'difference-in-differences'(counted) {
    const times = new Map(counted.months.map((month, at) => [month, at]));
    const isAfter = new Set(counted.after);
    const compared = differenceInDifferences({
      rows: counted.rows
        .filter(({ role }) => role === 'treated' || role === 'comparison')
        .map(({ place, role, month, count }) => ({
          unit: place,
          time: times.get(month) ?? 0,
          treated: role === 'treated',
          post: isAfter.has(month),
          count,
        })),
      level,
      seed,
    });
    if (isRefusal(compared)) return cannotTell(compared.sentence);
    const { rateRatio, shownPValue, preTrend, method } = compared;
    if (!isRefusal(preTrend) && preTrend.pValue < 1 - level)
      return cannotTell('The places had moved apart before the start, so the comparison shows nothing.', { method });
    if (isRefusal(shownPValue)) return cannotTell(shownPValue.sentence, { method });
    const { value, from } = shownPValue;
    const beside =
      from === 'randomisation'
        ? `There are few places, so chance is judged by drawing the lots again: ${Math.round(value * 100)} in 100 other draws look as large.`
        : null;
    const answer = ofRatio(
      counted,
      'the comparison',
      { value: rateRatio.estimate, lower: rateRatio.lower, upper: rateRatio.upper, method },
      beside,
    );
    return value < 1 - level || answer.verdict === 'cannot-tell'
      ? answer
      : {
          ...answer,
          verdict: 'cannot-tell',
          sentence: 'We cannot tell. So few places could differ as much by chance alone.',
        };
  },
  'synthetic-control'(counted) {
    const test = placeboTest(
      {
        treated: treatedCourse(counted),
        donors: counted.placesOf('comparison').map(counted.course),
        periodsBefore: counted.before.length,
      },
      { level },
    );
    if (isRefusal(test)) return cannotTell(test.sentence);
    const { averageEffect, method, p, before } = test;
    const { estimate, lower, upper } = averageEffect;
    if (lower === null || upper === null)
      return cannotTell('There are too few other places to know what chance alone would do: 19 are needed.', {
        method,
      });
    if (before > Math.abs(estimate))
      return cannotTell('No mix of the other places ran like this one before the start.', { method });
    const months = counted.after.length;
    const answer = ofEvents(
      counted,
      'the mix of other places',
      { value: estimate * months, lower: lower * months, upper: upper * months, method },
      `Of all places, ${Math.round(p * 100)} in 100 depart as far from their mix.`,
    );
    return p <= 1 - level + 1e-9 || answer.verdict === 'cannot-tell'
      ? answer
      : {
          ...answer,
          verdict: 'cannot-tell',
          sentence: 'We cannot tell. Other places, where nothing was done, depart as far from their mix.',
        };
  },
};

function movedElsewhere(counted: Counted): string {
  const moved = weightedDisplacementQuotient({
    treated: counted.sumOf('treated'),
    buffer: counted.sumOf('buffer'),
    control: counted.sumOf('comparison'),
  });
  if (isRefusal(moved)) return moved.sentence;
  if (!moved.areaFell) return 'It did not fall where the work is done, so nothing can be said of what moved.';
  const { quotient } = moved;
  const said = `Weighted displacement quotient ${quotient.toFixed(2)}`;
  if (quotient > 1) return `${said}: around it fell more than the place itself.`;
  if (quotient > 0) return `${said}: around it fell too.`;
  if (quotient === 0) return `${said}: around it nothing moved.`;
  return quotient > -1
    ? `${said}: some of it may have moved around, and less than what was gained.`
    : `${said}: as much as was gained, or more, may have moved around.`;
}

interface Interval {
  readonly value: number;
  readonly lower: number;
  readonly upper: number;
  readonly method: { readonly name: string; readonly version: string };
}

const change = (ratio: number): string => {
  const percent = Math.round((ratio - 1) * 100);
  return percent === 0 ? 'no change' : percent < 0 ? `a fall of ${-percent} %` : `a rise of ${percent} %`;
};
const events = (number: number): string => {
  const rounded = Math.round(number);
  return rounded === 0
    ? 'none more or fewer'
    : `${Math.abs(rounded).toLocaleString('en-GB')} ${rounded < 0 ? 'fewer' : 'more'}`;
};

const hedge =
  'That is more than chance alone would usually do. It fits with the work having an effect, and does not prove it.';

function ofRatio({ plan }: Counted, against: string, interval: Interval, beside: string | null = null): Found {
  const { value, lower, upper, method } = interval;
  // What rounds to nothing is no change, however sure one is of it.
  const isNothing = Math.round((value - 1) * 100) === 0;
  const direction = isNothing ? undefined : upper < 1 ? 'lower' : lower > 1 ? 'higher' : undefined;
  const range = `between ${change(lower)} and ${change(upper)}`;
  return {
    verdict: direction === undefined ? 'cannot-tell' : direction === plan.better ? 'better' : 'worse',
    sentence:
      direction === undefined
        ? `We cannot tell. Against ${against}, the numbers fit with anything ${range}.`
        : `Against ${against}, the numbers show ${change(value)} (${range}). ${hedge}`,
    estimate: { of: 'ratio', value, lower, upper, level },
    method: { name: method.name, version: method.version },
    beside,
  };
}

function ofEvents({ plan }: Counted, against: string, interval: Interval, beside: string | null = null): Found {
  const { value, lower, upper, method } = interval;
  const isNothing = Math.round(value) === 0;
  const direction = isNothing ? undefined : upper < 0 ? 'lower' : lower > 0 ? 'higher' : undefined;
  const range = `between ${events(lower)} and ${events(upper)}`;
  return {
    verdict: direction === undefined ? 'cannot-tell' : direction === plan.better ? 'better' : 'worse',
    sentence:
      direction === undefined
        ? `We cannot tell. Against ${against}, the numbers fit with anything ${range} ${plan.outcome} since the start.`
        : `Against ${against}, there were about ${events(value)} ${plan.outcome} since the start (${range}). ${hedge}`,
    estimate: { of: 'events', value, lower, upper, level },
    method: { name: method.name, version: method.version },
    beside,
  };
}

/** Lines as people paste them: `2026-04 Sallow estate 17`, under the role of their box. */
export function readCounts(
  typed: string,
  role: PlaceRole,
): { readonly rows: readonly CountedMonth[] } | { readonly error: string } {
  const lines = typed
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
  if (lines.length > mostLines) return { error: `Enter ${mostLines.toLocaleString('en-GB')} lines or fewer` };
  const rows: CountedMonth[] = [];
  const seen = new Set<string>();
  for (const [at, line] of lines.entries()) {
    const [, month = '', place = '', count = ''] =
      /^(\d{4}-(?:0[1-9]|1[0-2]))[\s,;]+(\S.{0,99}?)[\s,;]+(\d{1,9})$/.exec(line) ?? [];
    if (month === '')
      return {
        error: `Line ${at + 1}, “${line.slice(0, 40)}”, is no month with a place and a number. Enter it as 2026-04 Sallow estate 17`,
      };
    if (seen.has(`${month} ${place.toLowerCase()}`))
      return { error: `${month} stands there twice for ${place}. Enter each month of a place once` };
    seen.add(`${month} ${place.toLowerCase()}`);
    rows.push({ place, role, month, count: Number(count) });
  }
  return { rows };
}
const mostLines = 6_000;
