/* eslint-disable @typescript-eslint/no-non-null-assertion -- every index below is bounded by its loop */
import type { Method } from './estimate.ts';
import { areCounts, isNumber, refuseDraws, refuseLevel, refuseReplicates } from './input.ts';
import type { OnProgress } from './progress.ts';
import { quantileOfSorted } from './quantile.ts';
import { drawPoisson, randomStream } from './random.ts';
import { type Refusal, isRefusal, refuse } from './refusal.ts';

/** The harm of one area. */
export interface AreaHarm {
  readonly count: number;
  /** H, in the unit of the weights: days of sentence, say. */
  readonly harm: number;
  /** √Σ c w²: what chance alone moves H by. */
  readonly standardError: number;
  /** 1 for the area with most; areas that tie share the better rank. */
  readonly rankByCount: number;
  readonly rankByHarm: number;
  /** What share of H one event of the area's gravest offence makes up. */
  readonly shareOfGravestEvent: number;
  /** How many events of grave offences (over `graveWeight`) the area has. */
  readonly graveEvents: number;
  /** True when one to `fewGrave` − 1 grave events carry the ranking: say so beside it. */
  readonly drivenByFewEvents: boolean;
}

/** Areas by the harm of their offences. */
export interface HarmIndex {
  readonly method: Method;
  readonly areas: readonly AreaHarm[];
}

/** A year: an offence of more days than this is grave (analysis.md, section 4). */
const graveWeightDays = 365;
const fewGrave = 3;

function ranks(values: ArrayLike<number>, into: Float64Array): Float64Array {
  const order = Uint32Array.from({ length: values.length }, (_, i) => i).sort((a, b) => values[b]! - values[a]!);
  order.forEach((area, place) => {
    const before = order[place - 1];
    into[area] = before !== undefined && values[before] === values[area] ? into[before]! : place + 1;
  });
  return into;
}

function badTable(counts: readonly (readonly number[])[], weights: readonly number[]): Refusal | undefined {
  if (counts.length === 0) return refuse('no-areas', 'There are no areas to compare.');
  if (weights.some((w) => !(w >= 0 && isNumber(w))))
    return refuse('weight-out-of-range', 'Every offence needs a weight from nought up.');
  if (counts.some((row) => row.length !== weights.length))
    return refuse('lengths-differ', 'Every area needs a count for every offence that has a weight.');
  if (counts.some((row) => !areCounts(row)))
    return refuse('not-a-count', 'The number of events must be a whole number from nought up.');
  return undefined;
}

/**
 * The harm of each area: counts weighted by how grave each offence is.
 *
 *     H = Σ cᵢ wᵢ,  standard error √Σ cᵢ wᵢ²
 *
 * Show the ranking by count beside it: one homicide can outweigh a year of assaults. Not with the weight of a broad category
 * that hides both. Unit: days. Source: for the weights, Office for National Statistics, Crime Severity Score; Sherman,
 * Neyroud & Neyroud 2016.
 *
 * @example harmIndex({ counts: [[1, 20]], weights: [5475, 1] }).areas[0].harm // => 5495
 */
export function harmIndex(input: {
  /** A row an area, a column an offence. */
  readonly counts: readonly (readonly number[])[];
  readonly weights: readonly number[];
  readonly graveWeight?: number;
}): HarmIndex | Refusal {
  const { counts, weights, graveWeight = graveWeightDays } = input;
  const bad = badTable(counts, weights);
  if (bad) return bad;
  if (!(graveWeight >= 0)) return refuse('weight-out-of-range', 'Every offence needs a weight from nought up.');
  const count = counts.map((row) => row.reduce((sum, c) => sum + c, 0));
  const harm = counts.map((row) => row.reduce((sum, c, k) => sum + c * weights[k]!, 0));
  const byCount = ranks(count, new Float64Array(counts.length));
  const byHarm = ranks(harm, new Float64Array(counts.length));
  return {
    method: { name: 'harm-index', version: '1' },
    areas: counts.map((row, i) => {
      const gravest = row.reduce((most, c, k) => (c > 0 ? Math.max(most, weights[k]!) : most), 0);
      const graveEvents = row.reduce((sum, c, k) => (weights[k]! > graveWeight ? sum + c : sum), 0);
      return {
        count: count[i]!,
        harm: harm[i]!,
        standardError: Math.sqrt(row.reduce((sum, c, k) => sum + c * weights[k]! ** 2, 0)),
        rankByCount: byCount[i]!,
        rankByHarm: byHarm[i]!,
        shareOfGravestEvent: harm[i]! === 0 ? 0 : gravest / harm[i]!,
        graveEvents,
        drivenByFewEvents: graveEvents > 0 && graveEvents < fewGrave,
      };
    }),
  };
}

/** Between which ranks an area may lie, had chance fallen otherwise. */
export interface RankInterval {
  readonly low: number;
  readonly high: number;
}

/** Rank intervals of areas by harm. */
export interface HarmRankIntervals {
  readonly method: Method;
  readonly intervals: readonly RankInterval[];
  readonly level: number;
  readonly draws: number;
  readonly seed: number;
}

/**
 * How far each area's rank by harm could move by chance: every count is drawn again as a Poisson number, `draws` times
 * (parametric bootstrap). The interval holds the middle `level` of the ranks.
 * `onProgress` is called now and then with draws done; answering false stops, and the result is a refusal.
 *
 * Ranks = order of Σ Poisson(cᵢ) wᵢ in each draw. Unit: ranks, 1 for most harm. Not for events that come in bursts: ranks
 * then move further. Source: Efron & Tibshirani 1993.
 *
 * @example harmRankIntervals({ counts: [[10000], [100]], weights: [1], seed: 1 }).intervals[0].high // => 1
 */
export function harmRankIntervals(input: {
  readonly counts: readonly (readonly number[])[];
  readonly weights: readonly number[];
  readonly seed: number;
  readonly draws?: number;
  readonly level?: number;
  readonly onProgress?: OnProgress;
}): HarmRankIntervals | Refusal {
  const { seed, draws = 1000, onProgress } = input;
  const prepared = prepareHarmRanks(input);
  if (isRefusal(prepared)) return prepared;
  const bad = refuseDraws(seed, draws);
  if (bad) return bad;
  const ranked = harmRankReplicates(prepared, seed, 0, draws, onProgress);
  return isRefusal(ranked) ? ranked : combineHarmRanks(prepared, [ranked], seed);
}

/** What the draws need, made once. Can be sent to a worker as it is. */
export interface HarmTable {
  readonly counts: readonly (readonly number[])[];
  readonly weights: readonly number[];
  readonly level: number;
}

const noDraws = () => refuse('no-draws', 'The number of draws must be at least one.');

/** Looks whether the table can carry the draws. A step of {@link harmRankIntervals}. */
export function prepareHarmRanks({
  counts,
  weights,
  level = 0.9,
}: {
  readonly counts: readonly (readonly number[])[];
  readonly weights: readonly number[];
  readonly level?: number;
}): HarmTable | Refusal {
  return refuseLevel(level) ?? badTable(counts, weights) ?? { counts, weights, level };
}

/**
 * Draws `from` to `to` (not included), each with a stream of its own: the rank of every area in the first of them, then in
 * the next. A step of {@link harmRankIntervals}.
 */
export function harmRankReplicates(
  { counts, weights }: HarmTable,
  seed: number,
  from: number,
  to: number,
  onProgress?: OnProgress,
): Uint32Array | Refusal {
  const bad = refuseReplicates(seed, from, to);
  if (bad) return bad;
  const areas = counts.length;
  const ranked = new Uint32Array(areas * (to - from));
  const harm = new Float64Array(areas);
  const rank = new Float64Array(areas);
  for (let draw = from; draw < to; draw += 1) {
    const random = randomStream(seed, draw);
    for (let i = 0; i < areas; i += 1) {
      let sum = 0;
      const row = counts[i]!;
      for (let k = 0; k < weights.length; k += 1) sum += drawPoisson(row[k]!, random) * weights[k]!;
      harm[i] = sum;
    }
    ranked.set(ranks(harm, rank), (draw - from) * areas);
    if (onProgress && (draw - from + 1) % 100 === 0 && !onProgress(draw - from + 1, to - from))
      return refuse('stopped', 'The calculation was stopped before it was done.');
  }
  return ranked;
}

/** Joins the ranks of all draws to an interval for each area. A step of {@link harmRankIntervals}. */
export function combineHarmRanks(
  { counts, level }: HarmTable,
  parts: readonly Uint32Array[],
  seed: number,
): HarmRankIntervals | Refusal {
  const areas = counts.length;
  const draws = parts.reduce((sum, part) => sum + part.length / areas, 0);
  const bad = refuseDraws(seed, Math.max(1, draws));
  if (bad) return bad;
  if (draws < 1) return noDraws();
  const tail = (1 - level) / 2;
  const own = new Float64Array(draws);
  return {
    method: { name: 'harm-rank-interval', version: '1' },
    intervals: counts.map((_row, area) => {
      let draw = 0;
      for (const part of parts) for (let at = area; at < part.length; at += areas) own[draw++] = part[at]!;
      own.sort();
      return { low: quantileOfSorted(own, tail)!, high: quantileOfSorted(own, 1 - tail)! };
    }),
    level,
    draws,
    seed,
  };
}
