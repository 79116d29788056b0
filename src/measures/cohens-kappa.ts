/* eslint-disable @typescript-eslint/no-non-null-assertion -- every index below is bounded by its loop */
import type { Estimate, Method } from './estimate.ts';
import { refuseLevel } from './input.ts';
import { normalDeviate } from './normal-distribution.ts';
import { type Refusal, refuse } from './refusal.ts';

/** How far two people agree beyond chance. */
export interface Kappa extends Estimate {
  readonly method: Method;
  /** The share of items on which they agree. */
  readonly agreement: number;
  /** The share on which they would agree by chance. */
  readonly chanceAgreement: number;
  readonly items: number;
}

/**
 * Cohen's kappa: agreement of two coders of the same items, beyond what chance would give.
 *
 *     κ = (po − pe) / (1 − pe),  interval κ ∓ z × the large-sample standard error
 *
 * 1 is full agreement, 0 what chance gives, below 0 worse than chance. Not for more than two coders, nor for codes in an
 * order, where near misses count for something. Unit: none, at most 1. Sources: Cohen 1960; standard error: Fleiss, Cohen
 * & Everitt 1969.
 *
 * @example cohensKappa({ first: ['a', 'a', 'b', 'b'], second: ['a', 'a', 'b', 'a'] }).estimate // => 0.5
 */
export function cohensKappa(input: {
  readonly first: readonly string[];
  readonly second: readonly string[];
  readonly level?: number;
}): Kappa | Refusal {
  const { first, second, level = 0.95 } = input;
  const badLevel = refuseLevel(level);
  if (badLevel) return badLevel;
  const n = first.length;
  if (second.length !== n) return refuse('lengths-differ', 'The two coders did not code the same number of items.');
  if (n < 2) return refuse('too-few-items', 'Agreement needs at least two items coded by both.');
  const codes = [...new Set([...first, ...second])];
  const place = new Map(codes.map((code, i) => [code, i]));
  const k = codes.length;
  const both = new Float64Array(k * k);
  const rows = new Float64Array(k);
  const columns = new Float64Array(k);
  for (let item = 0; item < n; item += 1) {
    const i = place.get(first[item]!)!;
    const j = place.get(second[item]!)!;
    both[i * k + j]! += 1 / n;
    rows[i]! += 1 / n;
    columns[j]! += 1 / n;
  }
  let agreement = 0;
  let chance = 0;
  for (let i = 0; i < k; i += 1) {
    agreement += both[i * k + i]!;
    chance += rows[i]! * columns[i]!;
  }
  if (k === 1) return refuse('one-code', 'Both coders used one code only, so agreement beyond chance is not defined.');
  const kappa = (agreement - chance) / (1 - chance);
  // Fleiss, Cohen & Everitt 1969, equation 13.
  let diagonal = 0;
  let others = 0;
  for (let i = 0; i < k; i += 1)
    for (let j = 0; j < k; j += 1) {
      const share = both[i * k + j]!;
      if (i === j) diagonal += share * (1 - (rows[i]! + columns[i]!) * (1 - kappa)) ** 2;
      else others += share * (columns[i]! + rows[j]!) ** 2;
    }
  const variance =
    (diagonal + (1 - kappa) ** 2 * others - (kappa - chance * (1 - kappa)) ** 2) / (n * (1 - chance) ** 2);
  const reach = normalDeviate(level) * Math.sqrt(Math.max(0, variance));
  return {
    method: { name: 'cohens-kappa', version: '1' },
    estimate: kappa,
    lower: Math.max(-1, kappa - reach),
    upper: Math.min(1, kappa + reach),
    level,
    agreement,
    chanceAgreement: chance,
    items: n,
  };
}
