import { multinomialDraw } from './alias-table.ts';
import type { Estimate, Method } from './estimate.ts';
import { areCounts, refuseDraws, refuseLevel, refuseReplicates } from './input.ts';
import { normalDeviate } from './normal-distribution.ts';
import { randomStream } from './random.ts';
import { type Refusal, isRefusal, refuse } from './refusal.ts';

const method: Method = { name: 'concentration', version: '1' };

/** A point of a Lorenz curve: the share of crime held by this share of places, the places with fewest crimes first. */
export interface LorenzPoint {
  readonly shareOfPlaces: number;
  readonly shareOfCrime: number;
}

/** How unevenly events fall over places. Shares run from 0 to 1. */
export interface Concentration {
  readonly method: Method;
  readonly places: number;
  readonly events: number;
  readonly gini: number;
  /** The Gini index times n/(n − 1): 1 when one place holds everything. */
  readonly giniUnbiased: number;
  readonly generalisedGini: number;
  /** `null` for a single event, which cannot be spread at all. */
  readonly generalisedGiniUnbiased: number | null;
  readonly shareOfPlacesWithNone: number;
}

/** More than there are street segments and buildings in the country. */
const mostPlaces = 50_000_000;

function refuseCounts(counts: ArrayLike<number>): Refusal | undefined {
  if (counts.length < 2) return refuse('too-few-places', 'Concentration needs at least two places.');
  if (!areCounts(counts)) return refuse('not-counts', 'Every place needs a count of events, a whole number from 0 up.');
  let events = 0;
  for (let i = 0; i < counts.length; i += 1) events += counts[i] ?? 0;
  if (events === 0) return refuse('no-events', 'There are no events, so concentration has no meaning.');
  return undefined;
}

function ascending(counts: ArrayLike<number>): Float64Array {
  return Float64Array.from(counts).sort();
}

function giniOfSorted(sorted: Float64Array): number {
  const n = sorted.length;
  let total = 0;
  let weighted = 0;
  for (let i = 0; i < n; i += 1) {
    const y = sorted[i] ?? 0;
    total += y;
    weighted += (2 * (i + 1) - n - 1) * y;
  }
  return weighted / (n * total);
}

// Fewer events than places cannot be spread evenly; the generalised index starts from the most even spread there can be.
function generalised(gini: number, places: number, events: number): number {
  return Math.max(1, places / events) * (gini - 1) + 1;
}

/**
 * How unevenly events fall over places, by the Gini index and its generalised form.
 *
 * G = Σ(2i − n − 1)y₍ᵢ₎ / (n Σy); G′ = max(1, n/c)(G − 1) + 1 for c events over n places. Unit: none, 0 (even) to 1.
 * Give every place there is, also those without events, and the same places each time: the index of another set of places
 * is not comparable. Not for places that differ in size, such as areas of unequal population: the index then shows the
 * sizes. Source: Bernasco & Steenbeek 2017, doi:10.1007/s10940-016-9324-7.
 *
 * @example concentration([10, 0, 0, 0]).gini // => 0.75
 */
export function concentration(counts: ArrayLike<number>): Concentration | Refusal {
  const refusal = refuseCounts(counts);
  if (refusal !== undefined) return refusal;
  const sorted = ascending(counts);
  const places = sorted.length;
  let events = 0;
  let empty = 0;
  for (const y of sorted) {
    events += y;
    if (y === 0) empty += 1;
  }
  const gini = giniOfSorted(sorted);
  const generalisedGini = generalised(gini, places, events);
  return {
    method,
    places,
    events,
    gini,
    giniUnbiased: (gini * places) / (places - 1),
    generalisedGini,
    generalisedGiniUnbiased: generalisedUnbiased(generalisedGini, places, events),
    shareOfPlacesWithNone: empty / places,
  };
}

// The small-sample factor of the generalised index counts the places that events could fill: no more than there are events.
function generalisedUnbiased(generalisedGini: number, places: number, events: number): number | null {
  const fillable = Math.min(places, events);
  return fillable > 1 ? (generalisedGini * fillable) / (fillable - 1) : null;
}

/**
 * The least share of places that holds at least this share of the events (the law of crime concentration, Weisburd 2015).
 *
 * Share = least k/n such that the k places with most events hold at least `shareOfCrime` of them. Unit: share of places.
 * Not to be compared between sets of places of unequal number. Source: Weisburd 2015, Criminology 53, 133-157.
 *
 * @example leastShareOfPlaces([6, 2, 1, 1], 0.5) // => 0.25
 */
export function leastShareOfPlaces(counts: ArrayLike<number>, shareOfCrime: number): number | Refusal {
  const refusal = refuseCounts(counts);
  if (refusal !== undefined) return refusal;
  if (!(shareOfCrime > 0 && shareOfCrime <= 1)) {
    return refuse('share-out-of-range', 'The share of crime must be above 0 and at most 1.');
  }
  const sorted = ascending(counts);
  const total = sorted.reduce((sum, y) => sum + y, 0);
  // Shares such as 0.8 are not exact in binary: a hair of room keeps 8 of 10 events at 80 %.
  const wanted = shareOfCrime * total * (1 - 1e-12);
  let held = 0;
  let taken = 0;
  while (held < wanted) {
    taken += 1;
    held += sorted[sorted.length - taken] ?? 0;
  }
  return taken / sorted.length;
}

/**
 * The share of events in the top share of places, the number of places rounded up.
 *
 * Share = Σ of the ⌈n × share⌉ greatest counts/Σ of all. Unit: share of events. Not for fewer events than places without
 * the even curve beside it. Source: Weisburd 2015.
 *
 * @example shareOfCrimeInTop([6, 2, 1, 1], 0.25) // => 0.6
 */
export function shareOfCrimeInTop(counts: ArrayLike<number>, shareOfPlaces: number): number | Refusal {
  const refusal = refuseCounts(counts);
  if (refusal !== undefined) return refusal;
  if (!(shareOfPlaces > 0 && shareOfPlaces <= 1)) {
    return refuse('share-out-of-range', 'The share of places must be above 0 and at most 1.');
  }
  const sorted = ascending(counts);
  const total = sorted.reduce((sum, y) => sum + y, 0);
  const top = Math.ceil(shareOfPlaces * sorted.length * (1 - 1e-12));
  let held = 0;
  for (let i = 1; i <= top; i += 1) held += sorted[sorted.length - i] ?? 0;
  return held / total;
}

function curveOfSorted(sorted: Float64Array): LorenzPoint[] {
  const n = sorted.length;
  const total = sorted.reduce((sum, y) => sum + y, 0);
  const points: LorenzPoint[] = [{ shareOfPlaces: 0, shareOfCrime: 0 }];
  let held = 0;
  sorted.forEach((y, i) => {
    held += y;
    points.push({ shareOfPlaces: (i + 1) / n, shareOfCrime: held / total });
  });
  return points;
}

/**
 * The Lorenz curve: the share of events held by the share of places with fewest, from (0, 0) to (1, 1).
 * Show it beside `evenLorenzCurve`, for chance alone bends it. Source: Lorenz 1905.
 *
 * Point k = (k/n, Σ of the k least counts/Σ of all). Unit: shares. Not evidence of concentration by itself.
 *
 * @example lorenzCurve([1, 3])[1].shareOfCrime // => 0.25
 */
export function lorenzCurve(counts: ArrayLike<number>): readonly LorenzPoint[] | Refusal {
  return refuseCounts(counts) ?? curveOfSorted(ascending(counts));
}

/**
 * The Lorenz curve to expect when every place has the same chance of each event: what chance alone would show.
 * The mean over seeded draws of all events over all places.
 *
 * Curve = mean over the draws of the events of the k places with fewest, over all events. Unit: shares. Not a limit: a
 * curve below it may still be chance. Source: Bernasco & Steenbeek 2017.
 *
 * @example evenLorenzCurve({ places: 2, events: 1 }, { seed: 1 })[1].shareOfCrime // => 0
 */
export function evenLorenzCurve(
  spread: { readonly places: number; readonly events: number },
  options: { readonly seed: number; readonly draws?: number },
): readonly LorenzPoint[] | Refusal {
  const bad = prepareEvenLorenz(spread);
  if (isRefusal(bad)) return bad;
  const { seed, draws = 99 } = options;
  const badDraws = refuseDraws(seed, draws);
  if (badDraws) return badDraws;
  const drawn = evenLorenzReplicates(spread, seed, 0, draws);
  return isRefusal(drawn) ? drawn : combineEvenLorenz([drawn]);
}

/** Looks whether there is a curve to draw: the same spread, or why not. A step of {@link evenLorenzCurve}. */
export function prepareEvenLorenz(spread: {
  readonly places: number;
  readonly events: number;
}): { readonly places: number; readonly events: number } | Refusal {
  const { places, events } = spread;
  const refusal = refuseCounts([places, events]);
  if (refusal !== undefined) return refusal;
  if (places < 2) return refuse('too-few-places', 'Concentration needs at least two places.');
  if (events === 0) return refuse('no-events', 'There are no events, so concentration has no meaning.');
  if (places > mostPlaces) return refuse('too-many-places', 'There are too many places to draw a curve of.');
  return spread;
}

/**
 * Draws `from` to `to` (not included) of the even Lorenz curve, each with a stream of its own: the events held by the place
 * with fewest, the next, and so on, added up. Whole numbers, so that any split of the draws adds to the same. A step of
 * {@link evenLorenzCurve}.
 */
export function evenLorenzReplicates(
  { places, events }: { readonly places: number; readonly events: number },
  seed: number,
  from: number,
  to: number,
  onProgress?: Progress,
): Float64Array | Refusal {
  const bad = refuseReplicates(seed, from, to);
  if (bad) return bad;
  const sums = new Float64Array(places);
  const drawInto = multinomialDraw(events, new Float64Array(places).fill(1));
  const drawn = new Float64Array(places);
  for (let draw = from; draw < to; draw += 1) {
    drawInto(drawn, randomStream(seed, draw));
    drawn.sort();
    for (let i = 0; i < places; i += 1) sums[i] = (sums[i] ?? 0) + (drawn[i] ?? 0);
    if (onProgress !== undefined && !onProgress(draw - from + 1, to - from)) return stopped();
  }
  return sums;
}

/** Adds the draws up to the even Lorenz curve. A step of {@link evenLorenzCurve}. */
export function combineEvenLorenz(parts: readonly Float64Array[]): readonly LorenzPoint[] | Refusal {
  const sums = new Float64Array(parts[0]?.length ?? 0);
  for (const part of parts) for (let i = 0; i < sums.length; i += 1) sums[i] = (sums[i] ?? 0) + (part[i] ?? 0);
  if (!sums.some((sum) => sum > 0)) return refuse('too-few-draws', 'The even curve needs at least one draw.');
  return curveOfSorted(sums);
}

/** What a bootstrap may be told: where it has got to; an answer of false stops it. */
export type Progress = (done: number, total: number) => boolean;

/**
 * The generalised Gini index with an interval by multinomial bootstrap: all events drawn again over the places,
 * each with the chance of its share.
 *
 * Limits = G′ ∓ z × (standard deviation over the draws), within 0 and 1: percentiles are not used, because drawing again
 * from sparse counts makes them more uneven still, so that percentiles can lie wholly above the estimate.
 * Unit: none, 0 to 1. Not for comparing two sets of places. Source: Bernasco & Steenbeek 2017; Efron & Tibshirani 1993.
 *
 * @example generalisedGiniInterval([5, 5, 0, 0], { seed: 1 }).estimate // => 0.5
 */
export function generalisedGiniInterval(
  counts: ArrayLike<number>,
  options: { readonly seed: number; readonly draws?: number; readonly level?: number; readonly onProgress?: Progress },
): GiniInterval | Refusal {
  const { seed, draws = 999, level = 0.95, onProgress } = options;
  const prepared = prepareGiniBootstrap(counts, level);
  if (isRefusal(prepared)) return prepared;
  const badDraws = refuseDraws(seed, draws);
  if (badDraws) return badDraws;
  if (draws < 2) return tooFewDraws();
  const values = giniBootstrapReplicates(prepared, seed, 0, draws, onProgress);
  return isRefusal(values) ? values : combineGiniBootstrap(prepared, [values], seed);
}

/** The generalised Gini index with its interval. */
export interface GiniInterval extends Estimate {
  readonly method: Method;
  readonly seed: number;
  readonly draws: number;
}

/** What the bootstrap needs, made once. Can be sent to a worker as it is. */
export interface GiniBootstrap {
  readonly weights: Float64Array;
  readonly places: number;
  readonly events: number;
  readonly generalisedGini: number;
  readonly level: number;
}

const tooFewDraws = () => refuse('too-few-draws', 'A bootstrap needs at least two draws.');
const stopped = () => refuse('stopped', 'The calculation was stopped before it was finished.');

/**
 * Looks whether the counts can carry a bootstrap, and makes ready for it. A step of {@link generalisedGiniInterval}.
 */
export function prepareGiniBootstrap(counts: ArrayLike<number>, level = 0.95): GiniBootstrap | Refusal {
  const result = concentration(counts);
  if ('refused' in result) return result;
  const bad = refuseLevel(level);
  if (bad) return bad;
  const { places, events, generalisedGini } = result;
  return { weights: Float64Array.from(counts), places, events, generalisedGini, level };
}

/**
 * Draws `from` to `to` (not included) of the bootstrap, each with a stream of its own: the generalised Gini index of each.
 * A step of {@link generalisedGiniInterval}.
 */
export function giniBootstrapReplicates(
  { weights, places, events }: GiniBootstrap,
  seed: number,
  from: number,
  to: number,
  onProgress?: Progress,
): Float64Array | Refusal {
  const bad = refuseReplicates(seed, from, to);
  if (bad) return bad;
  const values = new Float64Array(to - from);
  const drawInto = multinomialDraw(events, weights);
  const drawn = new Float64Array(places);
  for (let draw = from; draw < to; draw += 1) {
    drawInto(drawn, randomStream(seed, draw));
    values[draw - from] = generalised(giniOfSorted(drawn.sort()), places, events);
    if (onProgress !== undefined && !onProgress(draw - from + 1, to - from)) return stopped();
  }
  return values;
}

/** Joins the draws, in their order, to the interval. A step of {@link generalisedGiniInterval}. */
export function combineGiniBootstrap(
  { generalisedGini, level }: GiniBootstrap,
  parts: readonly Float64Array[],
  seed: number,
): GiniInterval | Refusal {
  let draws = 0;
  let mean = 0;
  let squares = 0;
  for (const part of parts) {
    for (const value of part) {
      draws += 1;
      const step = value - mean;
      mean += step / draws;
      squares += step * (value - mean);
    }
  }
  const bad = refuseDraws(seed, Math.max(1, draws));
  if (bad) return bad;
  if (draws < 2) return tooFewDraws();
  const reach = normalDeviate(level) * Math.sqrt(squares / (draws - 1));
  return {
    method,
    seed,
    draws,
    estimate: generalisedGini,
    lower: Math.min(generalisedGini, Math.max(0, generalisedGini - reach)),
    upper: Math.max(generalisedGini, Math.min(1, generalisedGini + reach)),
    level,
  };
}
