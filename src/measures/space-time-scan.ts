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
  /** The share of all cases that fall before each period, and before the end. */
  readonly shareBefore: Float64Array;
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
  // No window is longer than the series.
  const longest = Math.min(mostPeriods ?? Math.floor(periods / 2), periods);
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
  const shareBefore = new Float64Array(periods + 1);
  let soFar = 0;
  for (let period = 0; period < periods; period++) {
    soFar += periodTotals[period] ?? 0;
    shareBefore[period + 1] = soFar / totalCases;
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
    shareBefore,
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

/** What one search after another writes over. */
interface Scratch {
  /** Cases of place p before period t, at p × (periods + 1) + t; and how far they exceed those expected. */
  readonly before: Int32Array;
  readonly surplus: Float64Array;
  readonly zoneSurplus: Float64Array;
  /** The least share of any window of so many periods that is looked at, and the greatest of all. */
  readonly leastShare: Float64Array;
  readonly greatestShare: number;
}

function scratchOf({ places, periods, firstEnd, mostPeriods, windowShare }: SpaceTimeScanZones): Scratch {
  const leastShare = new Float64Array(mostPeriods + 1).fill(Infinity);
  let greatestShare = 0;
  let window = 0;
  for (let to = firstEnd; to <= periods; to++) {
    for (let length = 1; length <= Math.min(to, mostPeriods); length++) {
      const share = windowShare[window++] ?? Infinity;
      leastShare[length] = Math.min(leastShare[length] ?? Infinity, share);
      if (share < Infinity) greatestShare = Math.max(greatestShare, share);
    }
  }
  return {
    before: new Int32Array(places * (periods + 1)),
    surplus: new Float64Array(places * (periods + 1)),
    zoneSurplus: new Float64Array(periods + 1),
    leastShare,
    greatestShare,
  };
}

/**
 * The likeliest cylinder. Where c > E, c ln(c/E) − (c − E) ≤ (c − E)²/2E and (C − c) ln((C − c)/(C − E)) + (c − E) ≤
 * (c − E)²/(C − E), so the ratio is at most (c − E)² (C + E)/(2 E (C − E)). Most zones are done with at once: the greatest
 * surplus over any run of periods is too little for all but the shortest windows, and those are few.
 */
function likeliest(zones: SpaceTimeScanZones, counts: Int32Array, scratch: Scratch): Best {
  const { places, periods, totalCases, placeTotals, mostPlaces, nearest, shareBefore } = zones;
  const { before, surplus, zoneSurplus, leastShare, greatestShare } = scratch;
  const best: Best = { ratio: 0, place: -1, size: 0, from: 0, to: 0, cases: 0, expected: 0 };
  const stride = periods + 1;
  for (let place = 0; place < places; place++) {
    const total = placeTotals[place] ?? 0;
    let sum = 0;
    for (let period = 0; period < periods; period++) {
      sum += counts[place * periods + period] ?? 0;
      before[place * stride + period + 1] = sum;
      surplus[place * stride + period + 1] = sum - total * (shareBefore[period + 1] ?? 0);
    }
  }
  const longest = leastShare.length - 1;
  for (let place = 0; place < places; place++) {
    zoneSurplus.fill(0);
    let zoneTotal = 0;
    for (let size = 1; size <= mostPlaces; size++) {
      const added = nearest[place * mostPlaces + size - 1] ?? 0;
      const addedTotal = placeTotals[added] ?? 0;
      if (addedTotal === 0) continue;
      zoneTotal += addedTotal;
      const row = added * stride;
      let least = 0;
      let climb = 0;
      for (let period = 1; period <= periods; period++) {
        const here = (zoneSurplus[period] ?? 0) + (surplus[row + period] ?? 0);
        zoneSurplus[period] = here;
        if (here - least > climb) climb = here - least;
        if (here < least) least = here;
      }
      const most = zoneTotal * greatestShare;
      // A hair less than it is, so that rounding never loses a window.
      const spread = 0.999999 * 2 * zoneTotal * ((totalCases - most) / (totalCases + most));
      const limit = climb * climb;
      const bar = best.ratio * spread;
      let length = longest;
      while (length > 0 && bar * (leastShare[length] ?? 0) >= limit) length--;
      if (length > 0 && searchZone(zones, scratch, place, size, zoneTotal, spread, length, best)) {
        best.place = place;
        best.size = size;
      }
    }
  }
  return best;
}

/** The windows of one zone up to a length. True when one beats the best so far. */
function searchZone(
  { firstEnd, periods, mostPeriods, windowShare, totalCases, nearest, mostPlaces }: SpaceTimeScanZones,
  { before, zoneSurplus }: Scratch,
  place: number,
  size: number,
  zoneTotal: number,
  spread: number,
  longest: number,
  best: Best,
): boolean {
  let window = 0;
  let better = false;
  let bar = best.ratio * spread;
  for (let to = firstEnd; to <= periods; to++) {
    const upTo = zoneSurplus[to] ?? 0;
    const lengths = Math.min(to, longest);
    for (let length = 1; length <= lengths; length++) {
      const share = windowShare[window + length - 1] ?? Infinity;
      const excess = upTo - (zoneSurplus[to - length] ?? 0);
      // The square is asked first: it is nearly always false, while the sign is as good as tossed.
      if (excess * excess > bar * share && excess > 0) {
        // The surplus is a running sum of fractions; what is compared and shown comes from whole counts.
        let cases = 0;
        for (let k = 0; k < size; k++) {
          const row = (nearest[place * mostPlaces + k] ?? 0) * (periods + 1) + to;
          cases += (before[row] ?? 0) - (before[row - length] ?? 0);
        }
        const ratio = scanLogLikelihoodRatio(cases, zoneTotal * share, totalCases);
        if (ratio > best.ratio) {
          best.ratio = ratio;
          best.from = to - length;
          best.to = to;
          best.cases = cases;
          best.expected = zoneTotal * share;
          bar = ratio * spread;
          better = true;
        }
      }
    }
    window += Math.min(to, mostPeriods);
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
  const scratch = scratchOf(zones);
  for (let replicate = from; replicate < to; replicate++) {
    periodOfCase.set(zones.periodOfCase);
    shuffle(periodOfCase, randomStream(seed, replicate));
    counts.fill(0);
    for (let i = 0; i < zones.totalCases; i++) {
      const at = (zones.placeOfCase[i] ?? 0) * zones.periods + (periodOfCase[i] ?? 0);
      counts[at] = (counts[at] ?? 0) + 1;
    }
    maxima[replicate - from] = likeliest(zones, counts, scratch).ratio;
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
  const best = likeliest(zones, zones.counts, scratchOf(zones));
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
