import type { Method } from './estimate.ts';
import { areFinite, isPositive } from './input.ts';
import { refuse, type Refusal } from './refusal.ts';

export interface PredictionAccuracy {
  readonly method: Method;
  /** The cells by predicted density, highest first (numbers from 0); all lists below follow it. */
  readonly order: Int32Array;
  readonly shareOfCrime: Float64Array;
  readonly shareOfArea: Float64Array;
  /** (n/N)/(a/A): how many times more crime than chance the chosen cells hold. */
  readonly pai: Float64Array;
  /** PAI over the best that as many cells could reach; `null` where those hold no crime either. */
  readonly pei: readonly (number | null)[];
  /** PEI*: crime in the chosen cells over the most that as much area could hold, whole cells only; `null` where that is none. */
  readonly peiStar: readonly (number | null)[];
  /** Crime predicted in the chosen cells over crime seen there; `null` while none was seen. */
  readonly rri: readonly (number | null)[];
}

/** Cells by density, highest first; ties keep the order in which they are given. */
function byDensity(cells: Int32Array, amounts: ArrayLike<number>, areas: ArrayLike<number>): Int32Array {
  const density = (i: number) => (amounts[i] ?? 0) / (areas[i] ?? 1);
  const place = new Int32Array(cells.length);
  for (const [at, cell] of cells.entries()) place[cell] = at;
  return cells.slice().sort((a, b) => density(b) - density(a) || (place[a] ?? 0) - (place[b] ?? 0));
}

/**
 * Says how well a map foretold where crime fell: chosen cell by cell from the highest predicted density down.
 *
 * PAI = (n/N)/(a/A) (Chainey, Tompson and Uhlig 2008); PEI = PAI/best PAI at the same rank (Hunt 2016); RRI = predicted /
 * seen (Levine 2008). Judge against the plain count of the last 12 months, and on crimes that the map has not seen; report
 * the curve, not one point. Unit: none, 1 by chance. Not for the period that the map was made from. Source: Chainey,
 * Tompson & Uhlig 2008; Hunt 2016; Levine 2008.
 *
 * @example predictionAccuracy({ seen: [3, 1], predicted: [2, 1], areas: [1, 1] }).pai[0] // => 1.5
 */
export function predictionAccuracy({
  seen,
  predicted,
  areas,
}: {
  readonly seen: ArrayLike<number>;
  readonly predicted: ArrayLike<number>;
  readonly areas: ArrayLike<number>;
}): PredictionAccuracy | Refusal {
  const cells = seen.length;
  if (predicted.length !== cells || areas.length !== cells) {
    return refuse('mismatched-lengths', 'The lists of crimes, predictions and areas differ in length.');
  }
  if (!areFinite(seen) || !areFinite(predicted) || !areFinite(areas)) {
    return refuse('not-finite', 'Some of the numbers are missing or not finite.');
  }
  let crimes = 0;
  let area = 0;
  for (let i = 0; i < cells; i++) {
    if ((seen[i] ?? 0) < 0 || (predicted[i] ?? 0) < 0) {
      return refuse('negative-values', 'Some of the crimes or predictions are below zero.');
    }
    if (!isPositive(areas[i] ?? 0)) return refuse('bad-areas', 'Every cell needs an area above nought.');
    crimes += seen[i] ?? 0;
    area += areas[i] ?? 0;
  }
  if (!isPositive(crimes)) return refuse('no-events', 'No crime was seen, so a prediction cannot be judged.');
  const given = Int32Array.from({ length: cells }, (_, i) => i);
  const order = byDensity(given, predicted, areas);
  // Among cells of equal crime density the best choice is not one: the prediction's own order breaks the tie.
  const best = byDensity(order, seen, areas);
  const shareOfCrime = new Float64Array(cells);
  const shareOfArea = new Float64Array(cells);
  const pai = new Float64Array(cells);
  const pei: (number | null)[] = [];
  const peiStar: (number | null)[] = [];
  const rri: (number | null)[] = [];
  let found = 0;
  let covered = 0;
  let foretold = 0;
  let foundBest = 0;
  let coveredBest = 0;
  let bestTaken = 0;
  let mostCrime = 0;
  let mostArea = 0;
  for (let rank = 0; rank < cells; rank++) {
    const cell = order[rank] ?? 0;
    const bestCell = best[rank] ?? 0;
    found += seen[cell] ?? 0;
    covered += areas[cell] ?? 0;
    foretold += predicted[cell] ?? 0;
    foundBest += seen[bestCell] ?? 0;
    coveredBest += areas[bestCell] ?? 0;
    shareOfCrime[rank] = found / crimes;
    shareOfArea[rank] = covered / area;
    pai[rank] = found / crimes / (covered / area);
    const bestPai = foundBest / crimes / (coveredBest / area);
    pei.push(bestPai > 0 ? (pai[rank] ?? 0) / bestPai : null);
    // The densest cells first, as many as fit into the same area.
    while (bestTaken < cells && mostArea + (areas[best[bestTaken] ?? 0] ?? 0) <= covered * (1 + 1e-12)) {
      mostCrime += seen[best[bestTaken] ?? 0] ?? 0;
      mostArea += areas[best[bestTaken] ?? 0] ?? 0;
      bestTaken++;
    }
    // A prediction of small cells can find more than whole dense cells that fit: it is then the best there is.
    const most = Math.max(mostCrime, found);
    peiStar.push(most > 0 ? found / most : null);
    rri.push(found > 0 ? foretold / found : null);
  }
  return {
    method: { name: 'prediction-accuracy', version: '1' },
    order,
    shareOfCrime,
    shareOfArea,
    pai,
    pei,
    peiStar,
    rri,
  };
}

/** One point of the curve. */
export interface AccuracyAtShare {
  readonly cells: number;
  readonly shareOfCrime: number;
  readonly pai: number;
  readonly pei: number | null;
}

/**
 * Reads the curve where the chosen cells cover at most a share of the area, such as 0.005, 0.01, 0.02 and 0.05.
 * `null` when the first cell alone is larger.
 *
 * Cells = most with Σ area ≤ share of all. Unit: as {@link predictionAccuracy}. Not one share alone: show several. Source:
 * Chainey, Tompson & Uhlig 2008.
 *
 * @example accuracyAtAreaShare(predictionAccuracy({ seen: [3, 1], predicted: [2, 1], areas: [1, 1] }), 0.5).pai // => 1.5
 */
export function accuracyAtAreaShare(accuracy: PredictionAccuracy, share: number): AccuracyAtShare | null | Refusal {
  if (!(share > 0 && share <= 1))
    return refuse('share-out-of-range', 'The share of the area must be above 0 and at most 1.');
  let rank = -1;
  // A hair of room: ten tenths may add to a little over one.
  while ((accuracy.shareOfArea[rank + 1] ?? 2) <= share * (1 + 1e-12)) rank++;
  if (rank < 0) return null;
  return {
    cells: rank + 1,
    shareOfCrime: accuracy.shareOfCrime[rank] ?? 0,
    pai: accuracy.pai[rank] ?? 0,
    pei: accuracy.pei[rank] ?? null,
  };
}
