import type { Method } from './estimate.ts';
import { areCounts, refuseDraws, refuseReplicates } from './input.ts';
import { refusePoints, type PlanarPoints } from './planar-points.ts';
import type { OnProgress } from './progress.ts';
import { randomStream, shuffle } from './random.ts';
import { isRefusal, refuse, type Refusal } from './refusal.ts';
import { risingOrder } from './rising-order.ts';
import { monteCarloP, scanLogLikelihoodRatio } from './scan-likelihood.ts';

export interface SpaceTimeScanInput {
  readonly places: PlanarPoints;
  /** Cases of each period (outer list) at each place. */
  readonly countsByPeriod: readonly ArrayLike<number>[];
}

export interface SpaceTimeScanShape {
  /** The zones round a place are its 1, 2 … so many nearest places, itself among them (ties: the lower number first). */
  readonly mostPlaces?: number;
  /** The longest window; half of the periods unless given. */
  readonly mostPeriods?: number;
  /** `retrospective` looks at every window, `prospective` only at those that last until now. */
  readonly windows?: 'retrospective' | 'prospective';
}

/** The cylinders to be looked at, made once. Plain arrays, so they can be sent to a worker as they are. */
export interface SpaceTimeScanZones {
  readonly places: number;
  readonly periods: number;
  readonly totalCases: number;
  /** Cases of place p in period t at p × periods + t. */
  readonly counts: Int32Array;
  /** The place and the period of each case; each replicate shuffles the periods. */
  readonly placeOfCase: Int32Array;
  readonly periodOfCase: Int32Array;
  readonly placeTotals: Float64Array;
  readonly mostPlaces: number;
  /** The nearest places of place p, at p × mostPlaces. */
  readonly nearest: Int32Array;
  /** Windows [from, to): by their end, then from the shortest to the longest. */
  readonly firstEnd: number;
  readonly mostPeriods: number;
  /** The share of all cases that fall in the periods of each window; Infinity for one that is not looked at. */
  readonly windowShare: Float64Array;
}

export interface SpaceTimeCluster {
  /** Places in rising order. */
  readonly places: readonly number[];
  /** First and last period, counted from 0. */
  readonly fromPeriod: number;
  readonly toPeriod: number;
  readonly cases: number;
  readonly expectedCases: number;
  readonly logLikelihoodRatio: number;
  readonly p: number;
}

export interface SpaceTimeScan {
  readonly method: Method;
  readonly simulations: number;
  readonly seed: number;
  /** The most likely cluster; `null` when no cylinder holds more than expected. */
  readonly cluster: SpaceTimeCluster | null;
}

/** Lists the zones and windows of the scan. A step of {@link spaceTimeScan}. */
export function prepareSpaceTimeScan(
  { places, countsByPeriod }: SpaceTimeScanInput,
  { mostPlaces = 8, mostPeriods, windows = 'retrospective' }: SpaceTimeScanShape = {},
): SpaceTimeScanZones | Refusal {
  const bad = refusePoints(places, 2);
  if (bad) return bad;
  const size = places.eastings.length;
  const periods = countsByPeriod.length;
  if (periods < 2) return refuse('too-few-periods', 'The scan needs at least two periods.');
  if (countsByPeriod.some((counts) => counts.length !== size)) {
    return refuse('mismatched-lengths', 'A period does not hold one count for each place.');
  }
  if (countsByPeriod.some((counts) => !areCounts(counts))) {
    return refuse('not-counts', 'Some of the cases are not whole numbers of nought or more.');
  }
  const longest = mostPeriods ?? Math.floor(periods / 2);
  if (!Number.isInteger(longest) || longest < 1 || !Number.isInteger(mostPlaces) || mostPlaces < 1) {
    return refuse('bad-settings', 'The greatest zone and the longest window must be at least one.');
  }
  const counts = new Int32Array(size * periods);
  const placeTotals = new Float64Array(size);
  const periodTotals = new Float64Array(periods);
  let totalCases = 0;
  for (const [period, list] of countsByPeriod.entries()) {
    for (let place = 0; place < size; place++) {
      const count = list[place] ?? 0;
      counts[place * periods + period] = count;
      placeTotals[place] = (placeTotals[place] ?? 0) + count;
      periodTotals[period] = (periodTotals[period] ?? 0) + count;
      totalCases += count;
    }
  }
  if (totalCases < 2) return refuse('too-few-events', 'The scan needs at least two cases.');
  if (totalCases > 20_000_000) return refuse('too-many-events', 'There are too many cases to shuffle.');
  const placeOfCase = new Int32Array(totalCases);
  const periodOfCase = new Int32Array(totalCases);
  let used = 0;
  for (let place = 0; place < size; place++) {
    for (let period = 0; period < periods; period++) {
      const end = used + (counts[place * periods + period] ?? 0);
      placeOfCase.fill(place, used, end);
      periodOfCase.fill(period, used, end);
      used = end;
    }
  }
  const zoneSize = Math.min(mostPlaces, size);
  const nearest = new Int32Array(size * zoneSize);
  const distances = new Float64Array(size);
  for (let place = 0; place < size; place++) {
    for (let i = 0; i < size; i++) {
      const dx = (places.eastings[i] ?? 0) - (places.eastings[place] ?? 0);
      const dy = (places.northings[i] ?? 0) - (places.northings[place] ?? 0);
      distances[i] = dx * dx + dy * dy;
    }
    nearest.set(risingOrder(distances).subarray(0, zoneSize), place * zoneSize);
  }
  const firstEnd = windows === 'prospective' ? periods : 1;
  const windowShare: number[] = [];
  for (let to = firstEnd; to <= periods; to++) {
    let cases = 0;
    for (let from = to - 1; from >= Math.max(0, to - longest); from--) {
      cases += periodTotals[from] ?? 0;
      windowShare.push(cases > 0 && cases < totalCases ? cases / totalCases : Infinity);
    }
  }
  return {
    places: size,
    periods,
    totalCases,
    counts,
    placeOfCase,
    periodOfCase,
    placeTotals,
    mostPlaces: zoneSize,
    nearest,
    firstEnd,
    mostPeriods: longest,
    windowShare: Float64Array.from(windowShare),
  };
}

interface Best {
  ratio: number;
  place: number;
  size: number;
  from: number;
  to: number;
  cases: number;
  expected: number;
}

/** The likeliest cylinder. */
function likeliest(zones: SpaceTimeScanZones, counts: Int32Array): Best {
  const { places, periods, totalCases, placeTotals, mostPlaces, nearest, windowShare } = zones;
  const best: Best = { ratio: 0, place: -1, size: 0, from: 0, to: 0, cases: 0, expected: 0 };
  let greatestShare = 0;
  for (const share of windowShare) if (share < Infinity) greatestShare = Math.max(greatestShare, share);
  // Cases of the zone in the periods before each.
  const before = new Int32Array(periods + 1);
  for (let place = 0; place < places; place++) {
    before.fill(0);
    let zoneTotal = 0;
    for (let size = 1; size <= mostPlaces; size++) {
      const added = nearest[place * mostPlaces + size - 1] ?? 0;
      const addedTotal = placeTotals[added] ?? 0;
      if (addedTotal === 0) continue;
      zoneTotal += addedTotal;
      const row = added * periods;
      let sum = 0;
      for (let period = 0; period < periods; period++) {
        sum += counts[row + period] ?? 0;
        before[period + 1] = (before[period + 1] ?? 0) + sum;
      }
      const spread = zoneTotal * (1 - (zoneTotal / totalCases) * greatestShare);
      if (searchZone(zones, before, zoneTotal, spread, best)) {
        best.place = place;
        best.size = size;
      }
    }
  }
  return best;
}

/** The hot loop of the scan: every window of one zone. True when one beats the best so far. */
function searchZone(
  { firstEnd, periods, mostPeriods, windowShare, totalCases }: SpaceTimeScanZones,
  before: Int32Array,
  zoneTotal: number,
  spread: number,
  best: Best,
): boolean {
  let window = 0;
  let better = false;
  let bar = best.ratio * spread;
  for (let to = firstEnd; to <= periods; to++) {
    const upTo = before[to] ?? 0;
    const first = Math.max(0, to - mostPeriods);
    for (let from = to - 1; from >= first; from--) {
      const share = windowShare[window++] ?? Infinity;
      const cases = upTo - (before[from] ?? 0);
      const excess = cases - zoneTotal * share;
      // As in the purely spatial scan: an upper bound first, logarithms only for windows that may win.
      // The square is asked first: it is nearly always false, while the sign is as good as tossed.
      if (excess * excess > bar * share && excess > 0) {
        const ratio = scanLogLikelihoodRatio(cases, zoneTotal * share, totalCases);
        if (ratio > best.ratio) {
          best.ratio = ratio;
          best.from = from;
          best.to = to;
          best.cases = cases;
          best.expected = zoneTotal * share;
          bar = ratio * spread;
          better = true;
        }
      }
    }
  }
  return better;
}

/**
 * Runs the replicates `from` to `to` (not included): each shuffles the periods over the cases, so that every place and
 * every period keeps its total, with a stream of its own; gives the greatest log likelihood ratio of each. A step of
 * {@link spaceTimeScan}.
 */
export function spaceTimeScanReplicates(
  zones: SpaceTimeScanZones,
  seed: number,
  from: number,
  to: number,
  onProgress?: OnProgress,
): Float64Array | Refusal {
  const bad = refuseReplicates(seed, from, to);
  if (bad) return bad;
  const maxima = new Float64Array(to - from);
  const periodOfCase = new Int32Array(zones.totalCases);
  const counts = new Int32Array(zones.counts.length);
  for (let replicate = from; replicate < to; replicate++) {
    periodOfCase.set(zones.periodOfCase);
    shuffle(periodOfCase, randomStream(seed, replicate));
    counts.fill(0);
    for (let i = 0; i < zones.totalCases; i++) {
      const at = (zones.placeOfCase[i] ?? 0) * zones.periods + (periodOfCase[i] ?? 0);
      counts[at] = (counts[at] ?? 0) + 1;
    }
    maxima[replicate - from] = likeliest(zones, counts).ratio;
    if (onProgress && !onProgress(replicate - from + 1, to - from)) {
      return refuse('stopped', 'The simulation was stopped before its end.');
    }
  }
  return maxima;
}

/** Joins the maxima of all replicates with what was observed. A step of {@link spaceTimeScan}. */
export function combineSpaceTimeScan(
  zones: SpaceTimeScanZones,
  maxima: readonly Float64Array[],
  seed: number,
): SpaceTimeScan | Refusal {
  const all = Float64Array.from(maxima.flatMap((part) => Array.from(part)));
  const bad = refuseDraws(seed, Math.max(1, all.length));
  if (bad) return bad;
  if (all.length < 1) return refuse('no-simulations', 'The scan needs at least one simulation.');
  const best = likeliest(zones, zones.counts);
  const method = { name: 'space-time-permutation-scan', version: '1' };
  if (best.place < 0) return { method, simulations: all.length, seed, cluster: null };
  const start = best.place * zones.mostPlaces;
  const inside = zones.nearest.slice(start, start + best.size).sort();
  return {
    method,
    simulations: all.length,
    seed,
    cluster: {
      places: Array.from(inside),
      fromPeriod: best.from,
      toPeriod: best.to - 1,
      cases: best.cases,
      expectedCases: best.expected,
      logLikelihoodRatio: best.ratio,
      p: monteCarloP(best.ratio, all),
    },
  };
}

export interface SpaceTimeScanOptions extends SpaceTimeScanShape {
  readonly simulations?: number;
  readonly seed: number;
  readonly onProgress?: OnProgress;
}

/**
 * Finds the group of neighbouring places and the run of periods with the greatest excess, and whether chance makes one.
 *
 * Needs cases only: expected = cases of the zone × cases of the window / all cases, so a place that is always busy and a
 * month that is busy everywhere do not count. Ratio as in the spatial scan; p by shuffling the periods over the cases.
 * A rise everywhere at once is invisible to it. Unit: cases; natural logarithm of a likelihood ratio. Not where people
 * move between the places during the period: that makes clusters too. Source: Kulldorff and others (2005), PLoS Medicine
 * 2, e59.
 *
 * @example spaceTimeScan({ places: { eastings: [0, 9, 99], northings: [0, 0, 0] }, countsByPeriod: [[2, 2, 2], [2, 2, 2], [2, 2, 2], [9, 2, 2]] }, { simulations: 99, seed: 1 }).cluster.places.join() // => '0'
 */
export function spaceTimeScan(
  input: SpaceTimeScanInput,
  { simulations = 999, seed, onProgress, ...shape }: SpaceTimeScanOptions,
): SpaceTimeScan | Refusal {
  const zones = prepareSpaceTimeScan(input, shape);
  if (isRefusal(zones)) return zones;
  const maxima = spaceTimeScanReplicates(zones, seed, 0, simulations, onProgress);
  return isRefusal(maxima) ? maxima : combineSpaceTimeScan(zones, [maxima], seed);
}
