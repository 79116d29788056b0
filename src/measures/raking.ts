/* eslint-disable @typescript-eslint/no-non-null-assertion -- every index below is bounded by its loop */
import type { Method } from './estimate.ts';
import { type Refusal, refuse } from './refusal.ts';

/** Weights that make a sample look like its population. */
export interface Raking {
  readonly method: Method;
  /** One a respondent; their mean is 1. */
  readonly weights: Float64Array;
  /** (Σw)²/Σw²: how many unweighted responses are worth as much. */
  readonly effectiveResponses: number;
  /** The weighted share of each level, variable by variable. */
  readonly achieved: readonly (readonly number[])[];
  /** The largest gap between a weighted share and its target: above 0 when the caps hold weights back. */
  readonly largestGap: number;
  /** How many weights lie at a cap. */
  readonly capped: number;
}

/** Weights beyond these make a few people speak for many (domain.md 7.1). */
const usualCaps = { least: 0.3, most: 3 };

function moved(
  weights: Float64Array,
  levels: readonly (readonly number[])[],
  variable: number,
  targets: readonly number[],
): number {
  const sums = new Float64Array(targets.length);
  let total = 0;
  weights.forEach((weight, i) => {
    sums[levels[i]![variable]!]! += weight;
    total += weight;
  });
  let change = 0;
  const factors = targets.map((target, level) => (sums[level] === 0 ? 1 : (target * total) / sums[level]!));
  for (let i = 0; i < weights.length; i += 1) {
    const factor = factors[levels[i]![variable]!]!;
    weights[i]! *= factor;
    change = Math.max(change, Math.abs(factor - 1));
  }
  return change;
}

/** Cuts weights at the caps, which are multiples of a mean of 1, and shares out what that takes from the mean. */
function cut(weights: Float64Array, least: number, most: number): number {
  const scale = weights.length / weights.reduce((sum, w) => sum + w, 0);
  let change = 0;
  for (let i = 0; i < weights.length; i += 1) {
    const scaled = weights[i]! * scale;
    const kept = Math.min(most, Math.max(least, scaled));
    change = Math.max(change, Math.abs(kept - scaled));
    weights[i] = kept;
  }
  return change;
}

/**
 * Rakes a sample to known margins: weights are scaled to each variable's shares in turn until all of them fit.
 * Each respondent's `levels` are places in the lists of `targets`, one list a variable, shares that add up to 1.
 * Weights are kept between `least` and `most` times their mean, at the price of a gap that is reported.
 * Raking mends what is known to be out of proportion, not who chose to answer. Never publish a share of a group of under 30.
 * Sources: Deming & Stephan 1940; effective number: Kish 1965.
 *
 * Weight = weight × target share/weighted share, over and over. Unit: weights of mean 1.
 *
 * @example rake({ levels: [[0], [0], [1]], targets: [[0.5, 0.5]] }).weights[2] // => 1.5
 */
export function rake(input: {
  readonly levels: readonly (readonly number[])[];
  readonly targets: readonly (readonly number[])[];
  readonly least?: number;
  readonly most?: number;
}): Raking | Refusal {
  const { levels, targets, least = usualCaps.least, most = usualCaps.most } = input;
  const n = levels.length;
  if (n === 0) return refuse('no-responses', 'There are no responses.');
  if (targets.length === 0) return refuse('no-margins', 'There is no margin to weight the responses to.');
  if (!(least >= 0 && least <= 1 && most >= 1))
    return refuse('caps-out-of-range', 'The caps on weights must lie round 1.');
  for (const shares of targets) {
    if (shares.some((share) => !(share >= 0)) || Math.abs(shares.reduce((sum, s) => sum + s, 0) - 1) > 1e-6)
      return refuse('shares-do-not-add-up', 'The shares of a margin must add up to 1.');
  }
  for (const row of levels)
    for (let v = 0; v < targets.length; v += 1) {
      const target = targets[v]![row[v] ?? -1];
      if (target === undefined) return refuse('unknown-level', 'A response has a level that its margin does not list.');
      if (target === 0)
        return refuse('level-without-share', 'A response is from a group that the population is said not to have.');
    }
  for (let v = 0; v < targets.length; v += 1)
    for (let level = 0; level < targets[v]!.length; level += 1)
      if (targets[v]![level]! > 0 && !levels.some((row) => row[v] === level))
        return refuse(
          'group-without-responses',
          'A group of the population has no responses, so it cannot be weighted up.',
        );

  const weights = new Float64Array(n).fill(1);
  for (let round = 0; round < 1000; round += 1) {
    let change = 0;
    targets.forEach((shares, v) => (change = Math.max(change, moved(weights, levels, v, shares))));
    cut(weights, least, most);
    if (change < 1e-12) break;
  }
  // The caps hold for weights whose mean is 1: cutting moves the mean, so cut until it no longer does.
  for (let round = 0; round < 1000 && cut(weights, least, most) > 1e-13; round += 1);

  const total = weights.reduce((sum, w) => sum + w, 0);
  const achieved = targets.map((shares, v) => {
    const sums = shares.map(() => 0);
    weights.forEach((weight, i) => (sums[levels[i]![v]!]! += weight / total));
    return sums;
  });
  return {
    method: { name: 'raking', version: '1' },
    weights,
    effectiveResponses: total ** 2 / weights.reduce((sum, w) => sum + w * w, 0),
    achieved,
    largestGap: Math.max(
      ...achieved.flatMap((shares, v) => shares.map((share, i) => Math.abs(share - targets[v]![i]!))),
    ),
    capped: weights.reduce((count, w) => (w <= least * (1 + 1e-9) || w >= most * (1 - 1e-9) ? count + 1 : count), 0),
  };
}
