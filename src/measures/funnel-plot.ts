/* eslint-disable @typescript-eslint/no-non-null-assertion -- every index below is bounded by its loop */
import type { Method } from './estimate.ts';
import { areCounts, areFinite, arePositive, isPositive, refuseCount, refuseLevel } from './input.ts';
import { normalDeviate } from './normal-distribution.ts';
import { type Limits, garwoodLimits, guideLimits } from './poisson-interval.ts';
import { quantileOfSorted } from './quantile.ts';
import { type Refusal, refuse } from './refusal.ts';

/** Where an area stands against the limits of 95 and 99.8 %: the tail left outside is 0.025 or 0.001 on each side. */
export type Standing = 'high-0.001' | 'high-0.025' | 'within' | 'low-0.025' | 'low-0.001';

const warning = 0.95;
const alarm = 0.998;

/** How much more areas differ than chance alone would make them. */
export interface Overdispersion {
  /** Mean of the squared, winsorised z scores: 1 when chance explains all. */
  readonly phi: number;
  /** The variance of true ratios between areas, on the log scale: 0 when chance explains all. */
  readonly tauSquared: number;
  /** ln(O/E) √E. */
  readonly z: readonly number[];
  /** The same with the variance between areas added. */
  readonly adjustedZ: readonly number[];
}

/**
 * Overdispersion of observed over expected events, and the additive random-effects correction.
 *
 *     z = ln(O/E) √E, winsorised;  φ = Σz²/n
 *     τ² = (nφ − (n−1)) / (Σw − Σw²/Σw), w = E, never below 0;  adjusted z = ln(O/E) / √(1/E + τ²)
 *
 * An area without events counts as half an event, as the logarithm needs. Unit: ratio of variances; τ² on the log scale.
 * Not as proof that areas truly differ: poor expected counts make φ large as well. Source: Spiegelhalter 2005; NHS
 * Digital, SHMI methodology. With fewer than about ten areas φ says little.
 *
 * @example overdispersion({ observed: [10, 20, 30], expected: [10, 20, 30] }).phi // => 0
 */
export function overdispersion(input: {
  readonly observed: readonly number[];
  readonly expected: readonly number[];
  /** The share of areas at each end whose z is drawn in to the last one kept. */
  readonly winsorise?: number;
}): Overdispersion | Refusal {
  const { observed, expected, winsorise = 0.1 } = input;
  const n = observed.length;
  if (n < 2) return refuse('too-few-areas', 'Comparing areas needs at least two of them.');
  if (expected.length !== n) return refuse('lengths-differ', 'The columns given do not have the same number of rows.');
  if (!areFinite(observed) || observed.some((o) => o < 0))
    return refuse('not-a-count', 'The number of events must be a number from nought up.');
  if (!arePositive(expected)) return refuse('none-expected', 'An area has no expected events to compare with.');
  if (!(winsorise >= 0 && winsorise < 0.5))
    return refuse('winsorise-out-of-range', 'The share of areas drawn in must be below one half.');
  const log = observed.map((o, i) => Math.log((o === 0 ? 0.5 : o) / expected[i]!));
  const z = log.map((y, i) => y * Math.sqrt(expected[i]!));
  const sorted = Float64Array.from(z).sort();
  const low = quantileOfSorted(sorted, winsorise)!;
  const high = quantileOfSorted(sorted, 1 - winsorise)!;
  const phi = z.reduce((sum, one) => sum + Math.min(high, Math.max(low, one)) ** 2, 0) / n;
  const weight = expected.reduce((sum, w) => sum + w, 0);
  const squares = expected.reduce((sum, w) => sum + w * w, 0);
  const tauSquared = Math.max(0, (n * phi - (n - 1)) / (weight - squares / weight));
  return {
    phi,
    tauSquared,
    z,
    adjustedZ: log.map((y, i) => y / Math.sqrt(1 / expected[i]! + tauSquared)),
  };
}

function standingOf(z: number): Standing {
  const side = z > 0 ? 'high' : 'low';
  if (Math.abs(z) > normalDeviate(alarm)) return `${side}-0.001`;
  return Math.abs(z) > normalDeviate(warning) ? `${side}-0.025` : 'within';
}

/** Whether the expected events lie outside the interval of those observed. */
function standingOfCount(observed: number, expected: number): Standing {
  for (const [level, tail] of [
    [alarm, '0.001'],
    [warning, '0.025'],
  ] as const) {
    const { lower, upper } = guideLimits(observed, level);
    if (lower > expected) return `high-${tail}`;
    if (upper < expected) return `low-${tail}`;
  }
  return 'within';
}

/** One area of a funnel plot. */
export interface FunnelArea {
  readonly events: number;
  readonly population: number;
  readonly rate: number;
  /** Against the limits of chance alone. */
  readonly standing: Standing;
  /** Against limits that also allow areas to differ. */
  readonly adjustedStanding: Standing;
  readonly adjustedZ: number;
}

/** Areas compared with their pooled rate. */
export interface FunnelPlot {
  readonly method: Method;
  /** The pooled rate, per `per` people. */
  readonly overall: number;
  readonly per: number;
  readonly areas: readonly FunnelArea[];
  readonly phi: number;
  readonly tauSquared: number;
  /** `adjusted` when φ is over 2: then chance alone explains so little that plain limits would accuse most areas. */
  readonly limits: 'plain' | 'adjusted';
}

/** With φ above this the adjusted limits are the ones to show (analysis.md, section 11). */
const muchOverdispersed = 2;

/**
 * A funnel plot: which areas have a rate further from the pooled rate than chance explains.
 * Plain limits are Poisson (exact below 10 events, Byar's from 10 on), adjusted ones add the variance between areas.
 * Not a league table: an area within the limits has no rank worth naming. Source: Spiegelhalter 2005; OHID.
 *
 * High or low = n × Σx/Σn lies outside the Poisson limits of x at 95 % or 99.8 %. Unit: events for each `per` people.
 *
 * @example funnelPlot({ events: [10, 20, 40], population: [1000, 2000, 4000], per: 1000 }).areas[0].standing // => 'within'
 */
export function funnelPlot(input: {
  readonly events: readonly number[];
  readonly population: readonly number[];
  readonly per: number;
  readonly winsorise?: number;
}): FunnelPlot | Refusal {
  const { events, population, per } = input;
  if (population.length !== events.length)
    return refuse('lengths-differ', 'The columns given do not have the same number of rows.');
  if (!isPositive(per)) return refuse('per-out-of-range', 'A rate must be for a number of people.');
  if (!areCounts(events)) return refuse('not-a-count', 'The number of events must be a whole number from nought up.');
  if (!arePositive(population))
    return refuse('no-population', 'An area has no population, so its rate is not defined.');
  const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);
  const pooled = sum(events) / sum(population);
  if (!(pooled > 0)) return refuse('no-events', 'There are no events in any of the areas.');
  const expected = population.map((n) => n * pooled);
  const spread = overdispersion({ observed: events, expected, winsorise: input.winsorise ?? 0.1 });
  if ('refused' in spread) return spread;
  return {
    method: { name: 'funnel-plot', version: '1' },
    overall: per * pooled,
    per,
    areas: events.map((count, i) => ({
      events: count,
      population: population[i]!,
      rate: (per * count) / population[i]!,
      standing: standingOfCount(count, expected[i]!),
      adjustedStanding: standingOf(spread.adjustedZ[i]!),
      adjustedZ: spread.adjustedZ[i]!,
    })),
    phi: spread.phi,
    tauSquared: spread.tauSquared,
    limits: spread.phi > muchOverdispersed ? 'adjusted' : 'plain',
  };
}

/** A point of a plain funnel's two curves: with this many events, the populations at which they lie on the limits. */
export interface FunnelPoint {
  readonly events: number;
  /** Where so many events are just low enough. */
  readonly lower: { readonly population: number; readonly rate: number };
  /** Where they are just high enough. */
  readonly upper: { readonly population: number; readonly rate: number };
}

/**
 * The curves of a plain funnel, drawn by numbers of events, because a limit of a Poisson rate is exact only at whole counts.
 * `overall` is the pooled rate per `per` people.
 *
 * n = limit of the count at this level/(overall/per), rate = per × count/n. Unit: people, and events for each `per`. Not
 * for adjusted limits. Source: Spiegelhalter 2005; OHID.
 *
 * @example funnelPoint({ events: 1, overall: 3.74858221541745, per: 1000, level: 0.95 }).lower.population.toFixed(2) // => '1486.33'
 */
export function funnelPoint(input: {
  events: number;
  overall: number;
  per: number;
  level: number;
}): FunnelPoint | Refusal {
  const { events, overall, per, level } = input;
  const bad = refuseCount(events) ?? refuseLevel(level);
  if (bad) return bad;
  if (events === 0) return refuse('no-events', 'A point of the curves of a funnel needs at least one event.');
  if (!arePositive([overall, per]))
    return refuse('no-rate', 'The pooled rate and the number of people that it is for must be above nought.');
  const limits = garwoodLimits(events, level);
  const at = (expected: number): { population: number; rate: number } => {
    const population = (expected * per) / overall;
    return { population, rate: (per * events) / population };
  };
  return { events, lower: at(limits.upper), upper: at(limits.lower) };
}

/**
 * The limits of a funnel of proportions at this denominator: p ∓ z √(p(1−p)/n), between 0 and 1, the proportions whose
 * Wilson interval just touches p.
 *
 * Unit: a share from 0 to 1. Not for rates in which one person can count twice. Source: Spiegelhalter 2005; Wilson 1927.
 *
 * @example proportionFunnelLimits(0.5, 100, 0.95).upper.toFixed(3) // => '0.598'
 */
export function proportionFunnelLimits(overall: number, whole: number, level: number): Limits | Refusal {
  const bad = refuseLevel(level);
  if (bad) return bad;
  if (!(overall >= 0 && overall <= 1))
    return refuse('share-out-of-range', 'The pooled share must lie between 0 and 1.');
  if (!isPositive(whole)) return refuse('no-denominator', 'There is nothing to take a share of.');
  return limitsOfShare(overall, whole, level);
}

function limitsOfShare(overall: number, whole: number, level: number): Limits {
  const reach = normalDeviate(level) * Math.sqrt((overall * (1 - overall)) / whole);
  return { lower: Math.max(0, overall - reach), upper: Math.min(1, overall + reach) };
}

/**
 * Where each proportion stands against all of them pooled.
 *
 * p = Σx/Σn; high or low where the Wilson interval of an area leaves p out, at 95 % and at 99.8 %. Unit: a standing. Not a
 * ranking. Source: Spiegelhalter 2005; OHID.
 *
 * @example proportionStandings([90, 10, 10, 10], [100, 100, 100, 100])[0] // => 'high-0.001'
 */
export function proportionStandings(
  counts: readonly number[],
  wholes: readonly number[],
): readonly Standing[] | Refusal {
  if (wholes.length !== counts.length)
    return refuse('lengths-differ', 'The columns given do not have the same number of rows.');
  if (!areCounts(counts) || counts.some((k, i) => k > wholes[i]!))
    return refuse('not-a-count', 'Each count must be a whole number from nought up to its denominator.');
  if (!arePositive(wholes)) return refuse('no-denominator', 'There is nothing to take a share of.');
  const overall = counts.reduce((a, b) => a + b, 0) / wholes.reduce((a, b) => a + b, 0);
  return counts.map((k, i): Standing => {
    const share = k / wholes[i]!;
    for (const [level, tail] of [
      [alarm, '0.001'],
      [warning, '0.025'],
    ] as const) {
      // A limit cut off at 0 or 1 cannot be passed.
      const { lower, upper } = limitsOfShare(overall, wholes[i]!, level);
      if (share > upper) return `high-${tail}`;
      if (share < lower) return `low-${tail}`;
    }
    return 'within';
  });
}
