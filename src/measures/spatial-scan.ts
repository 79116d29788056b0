import { aliasDraw } from './alias-table.ts';
import type { Method } from './estimate.ts';
import { areCounts, areFinite, refuseDraws, refuseReplicates } from './input.ts';
import { refusePoints, type PlanarPoints } from './planar-points.ts';
import type { OnProgress } from './progress.ts';
import { drawMultinomial, randomStream } from './random.ts';
import { isRefusal, refuse, type Refusal } from './refusal.ts';
import { risingOrder } from './rising-order.ts';
import { monteCarloP, scanLogLikelihoodRatio } from './scan-likelihood.ts';

export interface SpatialScanInput {
  /** Where each area's people are, as one point. */
  readonly centres: PlanarPoints;
  readonly cases: ArrayLike<number>;
  readonly population: ArrayLike<number>;
  /** Cases expected of each area (by age, say); in proportion to population unless given. Scaled to the total of cases. */
  readonly expected?: ArrayLike<number>;
}

/** The circles to be looked at, made once. Plain arrays, so they can be sent to a worker as they are. */
export interface SpatialScanZones {
  readonly cases: Int32Array;
  readonly expected: Float64Array;
  readonly totalCases: number;
  /** The circles round area i take in members[starts[i]], then the next, up to members[starts[i + 1] − 1]. */
  readonly starts: Int32Array;
  readonly members: Int32Array;
  /** Expected cases of the circle that ends with this member; Infinity where a circle cannot end (a tie of distances). */
  readonly expectedWithin: Float64Array;
  /** E (C − E)/C of the same circle. */
  readonly spreadWithin: Float64Array;
}

export interface SpatialCluster {
  /** The areas of the circle, in rising order; the first in the circle is its centre. */
  readonly areas: readonly number[];
  readonly centre: number;
  readonly cases: number;
  readonly expectedCases: number;
  /** Cases over expected. The circle was picked for being high, so this overstates. */
  readonly ratio: number;
  readonly logLikelihoodRatio: number;
  readonly p: number;
}

export interface SpatialScan {
  readonly method: Method;
  readonly simulations: number;
  readonly seed: number;
  /** The most likely cluster first, then those that share no area with a likelier one. */
  readonly clusters: readonly SpatialCluster[];
}

/** Lists the circles round each area, by distance, up to a share of the population. A step of {@link spatialScan}. */
export function prepareSpatialScan(
  { centres, cases, population, expected }: SpatialScanInput,
  maxPopulationShare = 0.25,
): SpatialScanZones | Refusal {
  const bad = refusePoints(centres, 2);
  if (bad) return bad;
  const areas = centres.eastings.length;
  if (cases.length !== areas || population.length !== areas || (expected && expected.length !== areas)) {
    return refuse('mismatched-lengths', 'The lists of areas, cases and people differ in length.');
  }
  if (!areCounts(cases)) return refuse('not-counts', 'Some of the cases are not whole numbers of nought or more.');
  const weights = expected ?? population;
  if (!areFinite(population) || !areFinite(weights)) {
    return refuse('not-finite', 'Some of the numbers of people are missing or not finite.');
  }
  if (!(maxPopulationShare > 0 && maxPopulationShare <= 1)) {
    return refuse('bad-share', 'The greatest share of the population must lie between 0 and 1.');
  }
  let people = 0;
  let weight = 0;
  let totalCases = 0;
  for (let i = 0; i < areas; i++) {
    if ((population[i] ?? 0) < 0 || (weights[i] ?? 0) < 0) {
      return refuse('negative-values', 'Some of the numbers of people are below zero.');
    }
    if ((weights[i] ?? 0) === 0 && (cases[i] ?? 0) > 0) {
      return refuse('cases-without-people', 'An area has cases but nobody living there.');
    }
    people += population[i] ?? 0;
    weight += weights[i] ?? 0;
    totalCases += cases[i] ?? 0;
  }
  if (!(totalCases > 0 && weight > 0 && people > 0)) {
    return refuse('no-events', 'There are no cases, or no people, in these areas.');
  }
  const each = Float64Array.from({ length: areas }, (_, i) => ((weights[i] ?? 0) * totalCases) / weight);
  const starts = new Int32Array(areas + 1);
  const members: number[] = [];
  const within: number[] = [];
  const distances = new Float64Array(areas);
  for (let centre = 0; centre < areas; centre++) {
    const x = centres.eastings[centre] ?? 0;
    const y = centres.northings[centre] ?? 0;
    for (let i = 0; i < areas; i++) {
      const dx = (centres.eastings[i] ?? 0) - x;
      const dy = (centres.northings[i] ?? 0) - y;
      distances[i] = dx * dx + dy * dy;
    }
    const nearest = risingOrder(distances);
    let peopleWithin = 0;
    let expectedWithin = 0;
    for (const [rank, area] of nearest.entries()) {
      peopleWithin += population[area] ?? 0;
      if (peopleWithin > maxPopulationShare * people) break;
      expectedWithin += each[area] ?? 0;
      const next = nearest[rank + 1];
      // A circle takes in every area at its edge, so it ends only before a farther one.
      const ends = next === undefined || (distances[next] ?? 0) > (distances[area] ?? 0);
      members.push(area);
      within.push(ends && expectedWithin > 0 && expectedWithin < totalCases ? expectedWithin : Infinity);
    }
    starts[centre + 1] = members.length;
  }
  return {
    cases: Int32Array.from(cases),
    expected: each,
    totalCases,
    starts,
    members: Int32Array.from(members),
    expectedWithin: Float64Array.from(within),
    spreadWithin: Float64Array.from(within, (inside) =>
      inside < Infinity ? (inside * (totalCases - inside)) / totalCases : Infinity,
    ),
  };
}

/** The greatest log likelihood ratio over all circles: the hot loop of the scan. */
function greatestRatio(zones: SpatialScanZones, cases: Int32Array): number {
  const { starts, members, expectedWithin, spreadWithin, totalCases } = zones;
  let greatest = 0;
  const areas = starts.length - 1;
  for (let centre = 0; centre < areas; centre++) {
    const end = starts[centre + 1] ?? 0;
    let found = 0;
    for (let k = starts[centre] ?? 0; k < end; k++) {
      found += cases[members[k] ?? 0] ?? 0;
      const expected = expectedWithin[k] ?? Infinity;
      const excess = found - expected;
      // The ratio is at most (c − E)² C/(E (C − E)), as ln x ≤ x − 1: logarithms are taken only for circles that may win.
      // The square is asked first: it is nearly always false, while the sign is as good as tossed.
      if (excess * excess > greatest * (spreadWithin[k] ?? 0) && excess > 0) {
        const ratio = scanLogLikelihoodRatio(found, expected, totalCases);
        if (ratio > greatest) greatest = ratio;
      }
    }
  }
  return greatest;
}

/**
 * Runs the simulations `from` to `to` (not included): each spreads the cases over the areas by expectation, with a stream
 * of its own, and gives the greatest log likelihood ratio it finds. A step of {@link spatialScan}.
 */
export function spatialScanReplicates(
  zones: SpatialScanZones,
  seed: number,
  from: number,
  to: number,
  onProgress?: OnProgress,
): Float64Array | Refusal {
  const bad = refuseReplicates(seed, from, to);
  if (bad) return bad;
  const maxima = new Float64Array(to - from);
  const areas = zones.cases.length;
  const drawn = new Int32Array(areas);
  const draw = aliasDraw(zones.expected);
  // A draw a case while cases are few, a draw an area when they are many. Depends on the data alone: same bytes always.
  const caseByCase = zones.totalCases <= 200 * areas;
  for (let replicate = from; replicate < to; replicate++) {
    const random = randomStream(seed, replicate);
    drawn.fill(0);
    if (caseByCase) {
      for (let i = 0; i < zones.totalCases; i++) {
        const area = draw(random);
        drawn[area] = (drawn[area] ?? 0) + 1;
      }
    } else drawMultinomial(zones.totalCases, zones.expected, drawn, random);
    maxima[replicate - from] = greatestRatio(zones, drawn);
    if (onProgress && !onProgress(replicate - from + 1, to - from)) {
      return refuse('stopped', 'The simulation was stopped before its end.');
    }
  }
  return maxima;
}

/** Joins the maxima of all simulations with what was observed. A step of {@link spatialScan}. */
export function combineSpatialScan(
  zones: SpatialScanZones,
  maxima: readonly Float64Array[],
  seed: number,
  { mostClusters = 5 }: { readonly mostClusters?: number } = {},
): SpatialScan | Refusal {
  const all = Float64Array.from(maxima.flatMap((part) => Array.from(part)));
  const bad = refuseDraws(seed, Math.max(1, all.length));
  if (bad) return bad;
  if (all.length < 1) return refuse('no-simulations', 'The scan needs at least one simulation.');
  if (!(Number.isInteger(mostClusters) && mostClusters >= 1))
    return refuse('bad-settings', 'The number of clusters to name must be a whole number from 1 up.');
  const { starts, members, expectedWithin, cases, totalCases } = zones;
  const areas = starts.length - 1;
  const taken = new Uint8Array(areas);
  const clusters: SpatialCluster[] = [];
  while (clusters.length < mostClusters) {
    let best = { ratio: 0, centre: -1, at: -1, found: 0 };
    for (let centre = 0; centre < areas; centre++) {
      let found = 0;
      for (let k = starts[centre] ?? 0; k < (starts[centre + 1] ?? 0); k++) {
        const area = members[k] ?? 0;
        if (taken[area] === 1) break;
        found += cases[area] ?? 0;
        const ratio = scanLogLikelihoodRatio(found, expectedWithin[k] ?? Infinity, totalCases);
        if (ratio > best.ratio) best = { ratio, centre, at: k, found };
      }
    }
    if (best.centre < 0) break;
    const inside = members.slice(starts[best.centre] ?? 0, best.at + 1);
    for (const area of inside) taken[area] = 1;
    const expectedCases = expectedWithin[best.at] ?? 0;
    clusters.push({
      areas: Array.from(inside.slice().sort()),
      centre: best.centre,
      cases: best.found,
      expectedCases,
      ratio: best.found / expectedCases,
      logLikelihoodRatio: best.ratio,
      p: monteCarloP(best.ratio, all),
    });
  }
  return { method: { name: 'spatial-scan-poisson', version: '1' }, simulations: all.length, seed, clusters };
}

export interface SpatialScanOptions {
  readonly maxPopulationShare?: number;
  readonly simulations?: number;
  readonly seed: number;
  readonly onProgress?: OnProgress;
}

/**
 * Finds the circle of areas with the greatest excess of cases, and says whether chance alone would make one as great.
 *
 * Ratio = the greatest c ln(c/E) + (C − c) ln((C − c)/(C − E)), c > E, over circles round each area's centre up to a share of the
 * population; p by simulation with C fixed, so it allows for all the circles looked at. A long thin cluster is missed or
 * blurred by circles; residents are the wrong denominator for a town centre. Unit: cases; natural logarithm of a
 * likelihood ratio. Not to draw the border of a hot spot: the circle is a guess. Source: Kulldorff (1997), Communications
 * in Statistics, Theory and Methods 26, 1481-1496.
 *
 * @example spatialScan({ centres: { eastings: [0, 9, 99, 200, 300], northings: [0, 0, 0, 0, 0] }, cases: [9, 9, 1, 1, 1], population: [1, 1, 1, 1, 1] }, { maxPopulationShare: 0.5, simulations: 99, seed: 1 }).clusters[0].areas.join() // => '0,1'
 */
export function spatialScan(
  input: SpatialScanInput,
  { maxPopulationShare = 0.25, simulations = 999, seed, onProgress }: SpatialScanOptions,
): SpatialScan | Refusal {
  const zones = prepareSpatialScan(input, maxPopulationShare);
  if (isRefusal(zones)) return zones;
  const maxima = spatialScanReplicates(zones, seed, 0, simulations, onProgress);
  return isRefusal(maxima) ? maxima : combineSpatialScan(zones, [maxima], seed);
}
