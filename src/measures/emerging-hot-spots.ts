import type { Method } from './estimate.ts';
import { giStarDeviates } from './gi-star.ts';
import { mannKendall } from './mann-kendall.ts';
import { normalTwoSided } from './normal-distribution.ts';
import { isRefusal, refuse, type Refusal } from './refusal.ts';
import type { SpatialNeighbours } from './spatial-neighbours.ts';

type Pattern =
  'new' | 'consecutive' | 'intensifying' | 'diminishing' | 'persistent' | 'historical' | 'oscillating' | 'sporadic';

export type EmergingCategory = `${Pattern} ${'hot' | 'cold'} spot` | 'no pattern';

export interface EmergingHotSpots {
  readonly method: Method;
  /** Gi* of each period; 0 throughout a period without variation, in which nothing stands out. */
  readonly giStarByPeriod: readonly Float64Array[];
  readonly trendS: Float64Array;
  readonly trendZ: Float64Array;
  readonly trendP: Float64Array;
  readonly category: readonly EmergingCategory[];
}

/** The share of periods that makes a spot lasting. */
const lasting = 0.9;

/** The rules in order, for the hot side; the cold side is asked with hot and cold, and the trend, turned round. */
function patternOf(
  hot: readonly boolean[],
  cold: readonly boolean[],
  rising: boolean,
  falling: boolean,
): Pattern | undefined {
  const periods = hot.length;
  const hotPeriods = hot.filter(Boolean).length;
  if (hotPeriods === 0) return undefined;
  const last = hot[periods - 1] === true;
  const lasts = hotPeriods >= lasting * periods;
  let run = 0;
  while (run < periods && hot[periods - 1 - run] === true) run++;
  if (last && hotPeriods === 1) return 'new';
  if (run >= 2 && run === hotPeriods && !lasts) return 'consecutive';
  if (last && lasts && rising) return 'intensifying';
  if (last && lasts && falling) return 'diminishing';
  if (last && lasts) return 'persistent';
  if (!last && lasts) return 'historical';
  if (last && cold.some(Boolean)) return 'oscillating';
  if (!lasts && !cold.some(Boolean)) return 'sporadic';
  return undefined;
}

/**
 * Says of each place whether it is a new, lasting, growing, fading or former hot (or cold) spot.
 *
 * Gi* in each period, then Mann-Kendall on each place's series of z, then the published rules in the order new,
 * consecutive, intensifying, diminishing, persistent, historical, oscillating, sporadic, hot before cold. Hot means
 * z > 0 and two-sided p ≤ alpha in that period, without adjustment for the number of tests: read it as a sieve, not as a finding.
 * Needs equal periods (months differ in length) and at least ten. Unit: a category a place. Not with months as they are:
 * divide by their days. Source: Esri, How Emerging Hot Spot Analysis works.
 *
 * @example emergingHotSpots(Array.from({ length: 10 }, () => [9, 0, 0, 0, 0, 0]), neighboursFromLists([[], [2], [1, 3], [2, 4], [3, 5], [4]])).category[0] // => 'persistent hot spot'
 */
export function emergingHotSpots(
  countsByPeriod: readonly ArrayLike<number>[],
  neighbours: SpatialNeighbours,
  { alpha = 0.05 }: { readonly alpha?: number } = {},
): EmergingHotSpots | Refusal {
  const periods = countsByPeriod.length;
  if (periods < 10) return refuse('too-few-periods', 'Emerging hot spots need at least ten periods.');
  if (!(alpha > 0 && alpha < 1)) return refuse('bad-alpha', 'The level of significance must lie between 0 and 1.');
  const giStarByPeriod: Float64Array[] = [];
  for (const counts of countsByPeriod) {
    const z = giStarDeviates(counts, neighbours);
    if (!isRefusal(z)) giStarByPeriod.push(z);
    else if (z.reason === 'no-variation') giStarByPeriod.push(new Float64Array(counts.length));
    else return z;
  }
  const { places } = neighbours;
  const trendS = new Float64Array(places);
  const trendZ = new Float64Array(places);
  const trendP = new Float64Array(places);
  const category: EmergingCategory[] = [];
  for (let place = 0; place < places; place++) {
    const series = giStarByPeriod.map((z) => z[place] ?? 0);
    const trend = mannKendall(series);
    if (isRefusal(trend)) return trend;
    trendS[place] = trend.S;
    trendZ[place] = trend.z;
    trendP[place] = trend.pTwoSided;
    const hot = series.map((z) => z > 0 && normalTwoSided(z) <= alpha);
    const cold = series.map((z) => z < 0 && normalTwoSided(z) <= alpha);
    const rising = trend.z > 0 && trend.pTwoSided <= alpha;
    const falling = trend.z < 0 && trend.pTwoSided <= alpha;
    const asHot = patternOf(hot, cold, rising, falling);
    const asCold = asHot === undefined ? patternOf(cold, hot, falling, rising) : undefined;
    if (asHot) category.push(`${asHot} hot spot`);
    else category.push(asCold ? `${asCold} cold spot` : 'no pattern');
  }
  return { method: { name: 'emerging-hot-spots', version: '1' }, giStarByPeriod, trendS, trendZ, trendP, category };
}
