import type { Method } from './estimate.ts';
import { areFinite, refuseLevel } from './input.ts';
import type { OnProgress } from './progress.ts';
import { type Refusal, isRefusal, refuse } from './refusal.ts';
import { convexCombination } from './convex-combination.ts';

const method: Method = { name: 'synthetic-control', version: '1' };

/** The same rate or count for one area over all periods. */
export type Course = ArrayLike<number>;

export interface SyntheticControl {
  readonly method: Method;
  /** The share of each donor in the synthetic area: from 0, in sum 1. */
  readonly weights: readonly number[];
  readonly synthetic: readonly number[];
  /** Treated less synthetic, each period. */
  readonly gap: readonly number[];
  /** Root mean squared gap before and after the start. */
  readonly before: number;
  readonly after: number;
  /** After over before; `null` when the fit before is perfect. */
  readonly ratio: number | null;
}

/** A synthetic control judged against the same done to every donor. */
export interface PlaceboTest extends SyntheticControl {
  /** The ratio of each donor when it is taken for the treated area. */
  readonly placeboRatios: readonly (number | null)[];
  /** The share of areas, the treated one among them, with a ratio as large: no less than 1/(donors + 1). */
  readonly p: number;
  /**
   * The mean gap after the start. The interval is the estimate ∓ the mean gap that the wanted share of donors stays within;
   * `null` when there are too few donors for this level (19 for 0.95).
   */
  readonly averageEffect: {
    readonly estimate: number;
    readonly lower: number | null;
    readonly upper: number | null;
    readonly level: number;
  };
}

interface Panel {
  readonly treated: Course;
  readonly donors: readonly Course[];
  /** How many periods, from the first, lie before the start. */
  readonly periodsBefore: number;
}

function refusePanel({ treated, donors, periodsBefore }: Panel): Refusal | undefined {
  const periods = treated.length;
  if (donors.length < 2) return refuse('too-few-donors', 'A synthetic control needs at least two areas to draw on.');
  if (!(Number.isInteger(periodsBefore) && periodsBefore >= 2 && periodsBefore < periods)) {
    return refuse(
      'too-few-periods',
      'A synthetic control needs at least two periods before the start and one after it.',
    );
  }
  if (donors.some((donor) => donor.length !== periods)) {
    return refuse('lengths-differ', 'Every area needs a figure for every period.');
  }
  if (!areFinite(treated) || !donors.every(areFinite)) {
    return refuse('not-finite', 'Every area needs a number in every period.');
  }
  return undefined;
}

function rootMeanSquare(values: readonly number[]): number {
  return Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / values.length);
}

function fit({ treated, donors, periodsBefore }: Panel): SyntheticControl {
  const weights = convexCombination(
    donors.map((donor) => Array.from(donor).slice(0, periodsBefore)),
    Array.from(treated).slice(0, periodsBefore),
  );
  const synthetic = Array.from(treated, (_value, t) =>
    weights.reduce((sum, weight, j) => sum + weight * (donors[j]?.[t] ?? 0), 0),
  );
  const gap = synthetic.map((level, t) => (treated[t] ?? 0) - level);
  const before = rootMeanSquare(gap.slice(0, periodsBefore));
  const after = rootMeanSquare(gap.slice(periodsBefore));
  // A fit to the last digit leaves only rounding, and a ratio to rounding says nothing.
  const scale = rootMeanSquare(Array.from(treated));
  const ratio = before > 1e-10 * scale ? after / before : null;
  return { method, weights, synthetic, gap, before, after, ratio };
}

/**
 * The mix of other areas that runs most like the treated area before the start, and how the treated area departs from it after.
 *
 * min ‖x₁ − X₀w‖ over the periods before, w ≥ 0, Σw = 1. Unit: that of the figures; use rates, since no mix of small areas
 * reaches a large one. Not when the fit before is poor (`before` large beside the effect), nor when donors were touched by the
 * same work. Source: Abadie, Diamond & Hainmueller 2010, doi:10.1198/jasa.2009.ap08746.
 *
 * @example syntheticControl({ treated: [2, 4, 3], donors: [[1, 3, 4], [3, 5, 6]], periodsBefore: 2 }).gap[2].toFixed(6) // => '-2.000000'
 */
export function syntheticControl(panel: Panel): SyntheticControl | Refusal {
  return refusePanel(panel) ?? fit(panel);
}

function average(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/**
 * A synthetic control with its placebo test in space: each donor in turn is taken for the treated area, with the other donors
 * and the treated area to draw on, and the treated area is ranked among them.
 *
 * p = #{areas with after/before at least the treated area's}/(donors + 1). With few donors p cannot be small: 12 donors give
 * no less than 0.077. Unit: that of the figures; p none. Not with fewer than 19 donors for a p of 0.05. Source: Abadie,
 * Diamond & Hainmueller 2010.
 *
 * @example placeboTest({ treated: [2, 4, 9], donors: [[1, 3, 4], [3, 6, 5], [2, 5, 5]], periodsBefore: 2 }).p <= 1 // => true
 */
export function placeboTest(panel: Panel, options: { readonly level?: number } = {}): PlaceboTest | Refusal {
  const prepared = preparePlacebo(panel, options.level);
  if (isRefusal(prepared)) return prepared;
  const placebos = placeboReplicates(prepared, 0, panel.donors.length);
  return isRefusal(placebos) ? placebos : combinePlacebo(prepared, [placebos]);
}

/** The panel that the placebos are made of. Can be sent to a worker as it is. */
export interface PlaceboPanel extends Panel {
  readonly level: number;
}

/** What a run of placebos says: the ratio of each, infinite for a perfect fit, and its mean gap after the start. */
export interface Placebos {
  readonly ratios: Float64Array;
  readonly meanGaps: Float64Array;
}

/** Looks whether the panel can carry the test. A step of {@link placeboTest}. */
export function preparePlacebo(panel: Panel, level = 0.95): PlaceboPanel | Refusal {
  return refusePanel(panel) ?? refuseLevel(level) ?? { ...panel, level };
}

/**
 * Takes the donors `from` to `to` (not included) for the treated area, one after the other. Nothing is drawn by chance. A
 * step of {@link placeboTest}.
 */
export function placeboReplicates(
  panel: PlaceboPanel,
  from: number,
  to: number,
  onProgress?: OnProgress,
): Placebos | Refusal {
  const { donors, periodsBefore } = panel;
  if (!(Number.isInteger(from) && Number.isInteger(to) && from >= 0 && to >= from && to <= donors.length))
    return refuse('no-such-donor', 'The areas to take for the treated one must be among those given.');
  const ratios = new Float64Array(to - from);
  const meanGaps = new Float64Array(to - from);
  for (let j = from; j < to; j += 1) {
    const others = [panel.treated, ...donors.filter((_donor, k) => k !== j)];
    const placebo = fit({ treated: donors[j] ?? [], donors: others, periodsBefore });
    ratios[j - from] = placebo.ratio ?? Infinity;
    meanGaps[j - from] = average(placebo.gap.slice(periodsBefore));
    if (onProgress && !onProgress(j - from + 1, to - from))
      return refuse('stopped', 'The calculation was stopped before it was done.');
  }
  return { ratios, meanGaps };
}

/** Ranks the treated area among its placebos. A step of {@link placeboTest}. */
export function combinePlacebo(panel: PlaceboPanel, parts: readonly Placebos[]): PlaceboTest | Refusal {
  const { donors, periodsBefore, level } = panel;
  const actual = fit(panel);
  const ratios = parts.flatMap((part) => Array.from(part.ratios));
  const asLarge = ratios.filter((ratio) => ratio >= (actual.ratio ?? Infinity)).length;
  const spread = parts.flatMap((part) => Array.from(part.meanGaps, Math.abs)).sort((a, b) => a - b);
  const reach = spread[Math.ceil(level * (donors.length + 1) - 1e-9) - 1] ?? null;
  const estimate = average(actual.gap.slice(periodsBefore));
  return {
    ...actual,
    placeboRatios: ratios.map((ratio) => (ratio < Infinity ? ratio : null)),
    p: (1 + asLarge) / (1 + donors.length),
    averageEffect: {
      estimate,
      lower: reach === null ? null : estimate - reach,
      upper: reach === null ? null : estimate + reach,
      level,
    },
  };
}
