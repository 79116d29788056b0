/* eslint-disable @typescript-eslint/no-non-null-assertion -- every index below is bounded by its loop */
import type { Estimate, Method } from './estimate.ts';
import { type Glm, fitGlm } from './generalised-linear-model.ts';
import { isCount, isNumber, refuseDraws, refuseLevel } from './input.ts';
import { fitLinear } from './linear-model.ts';
import { type Matrix, matrixOf, rootDiagonal } from './matrix.ts';
import { normalDeviate, normalTwoSided } from './normal-distribution.ts';
import { randomStream, shuffle } from './random.ts';
import { type Refusal, isRefusal, refuse } from './refusal.ts';
import { clusteredCovariance } from './robust-covariance.ts';

/** One area in one month. */
export interface PanelRow {
  readonly unit: string;
  /** The number of the period, the same scale for all units. */
  readonly time: number;
  readonly treated: boolean;
  /** Whether the period is after the start. */
  readonly post: boolean;
  readonly count: number;
}

/** A coefficient with the standard errors that the field asks for. */
interface Effect {
  readonly coefficient: number;
  readonly modelStandardError: number;
  readonly clusteredHc1: number;
  readonly clusteredHc0: number;
}

/** Whether treated areas took another course than the comparison areas when something started. */
export interface DifferenceInDifferences {
  readonly method: Method;
  /** The treated areas' change over the change that the comparison areas foretold; interval from clustered errors (HC1). */
  readonly rateRatio: Estimate;
  readonly pValue: number;
  /** The p value to show: under ten areas clustered errors are too small, and that of the randomisation stands in. */
  readonly shownPValue: { readonly value: number; readonly from: 'clustered-errors' | 'randomisation' } | Refusal;
  readonly poisson: Effect;
  /** By least squares on the counts: events a unit and period. Of all rows: a count that stays 0 says something here. */
  readonly linear: { readonly coefficient: number; readonly clusteredHc1: number } | Refusal;
  /** (T₁/T₀)/(C₁/C₀) of the sums; `null` where a sum is nought. */
  readonly ratioOfRatios: number | null;
  /** Whether the areas had already moved apart before: a growth factor a period near 1 is what the design rests on. */
  readonly preTrend: { readonly coefficient: number; readonly clusteredHc1: number; readonly pValue: number } | Refusal;
  /** The share of other choices of treated areas with as large an apparent effect: the p value to show under 10 areas. */
  readonly randomisation:
    { readonly pValue: number; readonly assignments: number; readonly all: boolean; readonly seed: number } | Refusal;
  readonly units: number;
  readonly treatedUnits: number;
  /** True under ten areas: clustered errors are then too small, and the randomisation p value is the one to show. */
  readonly fewUnits: boolean;
  /** Areas or periods without any event, which carry nothing for a ratio and were left out of it. */
  readonly withoutEvents: { readonly units: readonly string[]; readonly times: readonly number[] };
}

const fewUnits = 10;
const mostAssignments = 20_000;

/** Unit effects, period effects, then the columns of interest. */
function effectsDesign(rows: readonly PanelRow[], interest: (row: PanelRow) => readonly number[]): Matrix {
  const units = [...new Set(rows.map((row) => row.unit))];
  const times = [...new Set(rows.map((row) => row.time))].sort((a, b) => a - b);
  const unitAt = new Map(units.map((unit, i) => [unit, i]));
  const timeAt = new Map(times.map((time, i) => [time, i]));
  const effects = units.length + times.length - 1;
  return matrixOf(
    rows.map((row) => {
      const own = interest(row);
      const line = new Float64Array(effects + own.length);
      // The first unit and the first period are the ones that the others are compared with.
      line[0] = 1;
      const unit = unitAt.get(row.unit)!;
      const time = timeAt.get(row.time)!;
      if (unit > 0) line[unit] = 1;
      if (time > 0) line[units.length - 1 + time] = 1;
      line.set(own, effects);
      return line;
    }),
  );
}

function effectOf(fit: Glm, rows: readonly PanelRow[]): Effect {
  const last = fit.coefficients.length - 1;
  const clusters = rows.map((row) => row.unit);
  return {
    coefficient: fit.coefficients[last]!,
    modelStandardError: rootDiagonal(fit.unscaledCovariance)[last]!,
    clusteredHc1: rootDiagonal(clusteredCovariance(fit, clusters, 'HC1'))[last]!,
    clusteredHc0: rootDiagonal(clusteredCovariance(fit, clusters, 'HC0'))[last]!,
  };
}

function poissonEffect(rows: readonly PanelRow[], interest: (row: PanelRow) => readonly number[]): Effect | Refusal {
  const fit = fitGlm({
    design: effectsDesign(rows, interest),
    response: rows.map((row) => row.count),
    family: 'poisson',
  });
  return isRefusal(fit) ? fit : effectOf(fit, rows);
}

/** |ln ((T₁/T₀)/(C₁/C₀))| with half an event added to each sum, so that every assignment has a value. */
function spreadOf(treated: ArrayLike<number>, before: Float64Array, after: Float64Array): number {
  let t0 = 0.5;
  let t1 = 0.5;
  let c0 = 0.5;
  let c1 = 0.5;
  for (let i = 0; i < before.length; i += 1)
    if (treated[i] === 1) {
      t0 += before[i]!;
      t1 += after[i]!;
    } else {
      c0 += before[i]!;
      c1 += after[i]!;
    }
  return Math.abs(Math.log(t1 / t0) - Math.log(c1 / c0));
}

function choose(n: number, k: number): number {
  let ways = 1;
  for (let i = 1; i <= k; i += 1) ways = (ways * (n - k + i)) / i;
  return Math.round(ways);
}

function randomisation(
  rows: readonly PanelRow[],
  seed: number,
  draws: number,
): DifferenceInDifferences['randomisation'] {
  const units = [...Map.groupBy(rows, (row) => row.unit).values()];
  const before = Float64Array.from(units, (own) => own.reduce((sum, row) => (row.post ? sum : sum + row.count), 0));
  const after = Float64Array.from(units, (own) => own.reduce((sum, row) => (row.post ? sum + row.count : sum), 0));
  const treated = Int32Array.from(units, (own) => (own[0]!.treated ? 1 : 0));
  const chosen = treated.reduce((sum, one) => sum + one, 0);
  const seen = spreadOf(treated, before, after) * (1 - 1e-12);
  const ways = choose(units.length, chosen);
  if (ways <= mostAssignments) {
    let asLarge = 0;
    const trial = new Int32Array(units.length);
    const visit = (from: number, left: number): void => {
      if (left === 0) {
        if (spreadOf(trial, before, after) >= seen) asLarge += 1;
        return;
      }
      for (let i = from; i <= units.length - left; i += 1) {
        trial[i] = 1;
        visit(i + 1, left - 1);
        trial[i] = 0;
      }
    };
    visit(0, chosen);
    return { pValue: asLarge / ways, assignments: ways, all: true, seed };
  }
  let asLarge = 0;
  for (let draw = 0; draw < draws; draw += 1) {
    const trial = treated.slice();
    shuffle(trial, randomStream(seed, draw));
    if (spreadOf(trial, before, after) >= seen) asLarge += 1;
  }
  return { pValue: (1 + asLarge) / (1 + draws), assignments: draws, all: false, seed };
}

function shownPValue(
  clustered: number,
  units: number,
  drawn: DifferenceInDifferences['randomisation'],
): DifferenceInDifferences['shownPValue'] {
  if (units >= fewUnits) return { value: clustered, from: 'clustered-errors' };
  return isRefusal(drawn) ? drawn : { value: drawn.pValue, from: 'randomisation' };
}

function badPanel(rows: readonly PanelRow[]): Refusal | undefined {
  if (rows.some((row) => !isCount(row.count)))
    return refuse('not-a-count', 'The number of events must be a whole number from nought up.');
  if (rows.some((row) => !isNumber(row.time))) return refuse('not-a-number', 'Some periods have no number.');
  if (new Set(rows.map((row) => `${row.time} ${row.unit}`)).size < rows.length)
    return refuse('repeated-row', 'An area has more than one count in one period.');
  for (const own of Map.groupBy(rows, (row) => row.unit).values())
    if (own.some((row) => row.treated !== own[0]!.treated))
      return refuse('mixed-unit', 'An area is named both as treated and as comparison.');
  for (const own of Map.groupBy(rows, (row) => row.time).values())
    if (own.some((row) => row.post !== own[0]!.post))
      return refuse('mixed-period', 'A period is named both as before and as after the start.');
  return undefined;
}

function missingGroup(rows: readonly PanelRow[]): Refusal | undefined {
  for (const treated of [true, false])
    for (const post of [true, false])
      if (!rows.some((row) => row.treated === treated && row.post === post))
        return refuse(
          'missing-group',
          'The design needs treated and comparison areas, both before and after the start.',
        );
  return undefined;
}

/**
 * Differences in differences of counts: did treated areas change more than comparison areas did?
 *
 *     ln μ = area effect + month effect + δ (treated and after),  rate ratio = exp(δ)
 *
 * Standard errors clustered by area (HC1). Rests on the two groups moving alike without the treatment: look at `preTrend`.
 * All treated areas must start at the same time; areas that were picked for a peak will seem to improve.
 * Unit: ratio of rates. Not when the areas moved apart before the start. Source: Angrist & Pischke 2009; Wing, Simon &
 * Bello-Gomez 2018; randomisation: Fisher 1935.
 *
 * @example differenceInDifferences({ rows: Array.from({ length: 24 }, (_, i) => ({ unit: `U${i % 4}`, time: i >> 2, treated: i % 4 < 2, post: i >= 12, count: i % 4 < 2 && i >= 12 ? 50 : 100 })), seed: 1 }).rateRatio.estimate.toFixed(2) // => '0.50'
 */
export function differenceInDifferences(input: {
  readonly rows: readonly PanelRow[];
  readonly level?: number;
  /** For the draws of assignments, used when there are too many to try each. */
  readonly seed: number;
  readonly draws?: number;
}): DifferenceInDifferences | Refusal {
  const { level = 0.95, seed, draws = 999 } = input;
  const bad = refuseLevel(level) ?? refuseDraws(seed, draws);
  if (bad) return bad;
  const badRows = badPanel(input.rows);
  if (badRows) return badRows;

  const withoutEvents = <K>(key: (row: PanelRow) => K): K[] =>
    [...Map.groupBy(input.rows, key)].filter(([, own]) => own.every((row) => row.count === 0)).map(([one]) => one);
  const emptyUnits = withoutEvents((row) => row.unit);
  const emptyTimes = withoutEvents((row) => row.time);
  const rows = withEvents(input.rows);
  const sum = (treated: boolean, post: boolean): number =>
    rows.reduce((total, row) => (row.treated === treated && row.post === post ? total + row.count : total), 0);
  const sums = { t0: sum(true, false), t1: sum(true, true), c0: sum(false, false), c1: sum(false, true) };
  const missing = missingGroup(rows);
  if (missing) return missing;

  const effect = poissonEffect(rows, (row) => [row.treated && row.post ? 1 : 0]);
  if (isRefusal(effect)) return effect;
  const linear = fitLinear(
    effectsDesign(input.rows, (row) => [row.treated && row.post ? 1 : 0]),
    input.rows.map((row) => row.count),
  );
  const pre = rows.filter((row) => !row.post);
  const preTimes = new Set(pre.map((row) => row.time)).size;
  const trend =
    preTimes < 3
      ? refuse(
          'too-few-points',
          'Fewer than three periods before the start are too few to see whether areas moved alike.',
        )
      : poissonEffect(withEvents(pre), (row) => [row.treated ? row.time : 0]);
  const units = new Set(rows.map((row) => row.unit)).size;
  const z = normalDeviate(level);
  const { coefficient, clusteredHc1 } = effect;
  const pValue = normalTwoSided(coefficient / clusteredHc1);
  const drawn = randomisation(rows, seed, draws);
  return {
    method: { name: 'difference-in-differences', version: '1' },
    rateRatio: {
      estimate: Math.exp(coefficient),
      lower: Math.exp(coefficient - z * clusteredHc1),
      upper: Math.exp(coefficient + z * clusteredHc1),
      level,
    },
    pValue,
    shownPValue: shownPValue(pValue, units, drawn),
    poisson: effect,
    linear: isRefusal(linear)
      ? linear
      : {
          coefficient: linear.coefficients.at(-1)!,
          clusteredHc1: rootDiagonal(
            clusteredCovariance(
              linear,
              input.rows.map((row) => row.unit),
              'HC1',
            ),
          ).at(-1)!,
        },
    ratioOfRatios: sums.t0 > 0 && sums.c0 > 0 && sums.c1 > 0 ? sums.t1 / sums.t0 / (sums.c1 / sums.c0) : null,
    preTrend: isRefusal(trend)
      ? trend
      : {
          coefficient: trend.coefficient,
          clusteredHc1: trend.clusteredHc1,
          pValue: normalTwoSided(trend.coefficient / trend.clusteredHc1),
        },
    randomisation: drawn,
    units,
    treatedUnits: new Set(rows.filter((row) => row.treated).map((row) => row.unit)).size,
    fewUnits: units < fewUnits,
    withoutEvents: { units: emptyUnits, times: emptyTimes },
  };
}

/** Rows without those areas and periods that hold no event: their effects have no finite estimate. */
function withEvents(rows: readonly PanelRow[]): readonly PanelRow[] {
  const units = new Set(rows.filter((row) => row.count > 0).map((row) => row.unit));
  const times = new Set(rows.filter((row) => row.count > 0).map((row) => row.time));
  return rows.filter((row) => units.has(row.unit) && times.has(row.time));
}

/** How far apart the two groups were in each period, against the last one before the start. */
export interface EventStudy {
  readonly method: Method;
  /** The period that the others are compared with: its own ratio is 1. */
  readonly referenceTime: number;
  readonly periods: readonly { readonly time: number; readonly post: boolean; readonly ratio: Estimate }[];
}

/**
 * An event study: the treated areas' course over that of the comparison areas, period by period, for the picture beside a
 * difference in differences. Ratios that wander from 1 before the start say that the areas did not move alike.
 *
 *     ln μ = area effect + period effect + Σ δₜ (treated, period t),  δ of the last period before the start = 0
 *
 * Intervals are pointwise, from errors clustered by area (HC1). Not with few areas: intervals clustered on few are too short. Refused when a group has a period without events.
 * Unit: ratio of rates. Source: Angrist & Pischke 2009.
 *
 * @example eventStudy({ rows: Array.from({ length: 24 }, (_, i) => ({ unit: `U${i % 4}`, time: i >> 2, treated: i % 4 < 2, post: i >= 12, count: i % 4 < 2 && i >= 12 ? 50 : 100 })) }).periods[4].ratio.estimate.toFixed(2) // => '0.50'
 */
export function eventStudy(input: {
  readonly rows: readonly PanelRow[];
  readonly level?: number;
}): EventStudy | Refusal {
  const { level = 0.95 } = input;
  const bad = refuseLevel(level) ?? badPanel(input.rows);
  if (bad) return bad;
  const rows = withEvents(input.rows);
  const missing = missingGroup(rows);
  if (missing) return missing;
  const times = [...new Set(rows.map((row) => row.time))].sort((a, b) => a - b);
  const referenceTime = Math.max(...rows.filter((row) => !row.post).map((row) => row.time));
  const others = times.filter((time) => time !== referenceTime);
  const fit = fitGlm({
    design: effectsDesign(rows, (row) => others.map((time) => (row.treated && row.time === time ? 1 : 0))),
    response: rows.map((row) => row.count),
    family: 'poisson',
  });
  if (isRefusal(fit)) return fit;
  const errors = rootDiagonal(
    clusteredCovariance(
      fit,
      rows.map((row) => row.unit),
      'HC1',
    ),
  );
  const z = normalDeviate(level);
  const first = fit.coefficients.length - others.length;
  const postTimes = new Set(rows.filter((row) => row.post).map((row) => row.time));
  return {
    method: { name: 'event-study', version: '1' },
    referenceTime,
    periods: others.map((time, i) => {
      const coefficient = fit.coefficients[first + i]!;
      const reach = z * errors[first + i]!;
      return {
        time,
        post: postTimes.has(time),
        ratio: {
          estimate: Math.exp(coefficient),
          lower: Math.exp(coefficient - reach),
          upper: Math.exp(coefficient + reach),
          level,
        },
      };
    }),
  };
}
