import type { Method } from './estimate.ts';
import { refuseLevel } from './input.ts';
import { normalDeviate, normalQuantile } from './normal-distribution.ts';
import { type Refusal, refuse } from './refusal.ts';

/** The smallest changes that a design would be likely to see. */
export interface DetectableChange {
  readonly method: Method;
  /** A fall to this share of the expected count, or further, would be seen; `null` when not even a fall to nought would. */
  readonly fallTo: number | null;
  /** A rise to this multiple, or further, would be seen. */
  readonly riseTo: number;
  readonly power: number;
  readonly level: number;
}

/**
 * The smallest change of a count that a comparison of before and after would find significant with this power, to be shown
 * before a design is accepted.
 *
 *     2 √T₀ |1 − √r| ≥ (z_level + z_power) √(φ (1 + T₀/T₁ + T₀ r (1/C₀ + 1/C₁)))
 *
 * `before` (T₀) and `after` (T₁) are the events expected in the treated area if nothing changes; `comparison` (C) those of the
 * comparison area, if there is one; φ the dispersion, 1 for counts that vary by chance alone. On the square-root scale,
 * where the variance of a count is the same whatever its mean. An approximation, within a few points of power from 15 events on.
 * Unit: ratio of the count to what is expected. Not after the fact: the power of what was found says nothing new. Source:
 * Huffman 1984; Gu, Ng, Tang & Schucany 2008; 80 % as the usual power: Cohen 1988.
 *
 * @example detectableChange({ before: 200, after: 200 }).fallTo.toFixed(2) // => '0.74'
 */
export function detectableChange(input: {
  readonly before: number;
  readonly after: number;
  readonly comparison?: { readonly before: number; readonly after: number };
  readonly dispersion?: number;
  readonly power?: number;
  readonly level?: number;
}): DetectableChange | Refusal {
  const { before, after, comparison, dispersion = 1, power = 0.8, level = 0.95 } = input;
  const badLevel = refuseLevel(level);
  if (badLevel) return badLevel;
  if (!(power > 0.5 && power < 1)) return refuse('power-out-of-range', 'The power must lie between one half and 1.');
  const counts = [before, after, ...(comparison ? [comparison.before, comparison.after] : [])];
  if (counts.some((count) => !(count > 0) || !Number.isFinite(count)))
    return refuse('none-expected', 'Every group and period needs some expected events.');
  if (!(dispersion > 0) || !Number.isFinite(dispersion))
    return refuse('dispersion-out-of-range', 'The dispersion must be above nought.');
  const needed = normalDeviate(level) + normalQuantile(power);
  const comparisonVariance = comparison ? 1 / comparison.before + 1 / comparison.after : 0;
  /** Whether a change to `root`² times the expected count would be seen. */
  const seen = (root: number): boolean =>
    2 * Math.sqrt(before) * Math.abs(1 - root) >=
    needed * Math.sqrt(dispersion * (1 + before / after + before * root * root * comparisonVariance));
  /** The end of the changes that are not seen: between 1, which never is, and a change that is. */
  const border = (far: number): number => {
    let unseen = 1;
    let found = far;
    for (let half = 0; half < 100; half += 1) {
      const middle = (unseen + found) / 2;
      if (seen(middle)) found = middle;
      else unseen = middle;
    }
    return found * found;
  };
  let most = 2;
  while (!seen(most) && most < 1e6) most *= 2;
  if (!seen(most)) return refuse('none-expected', 'There are too few expected events for any rise to be seen.');
  return {
    method: { name: 'detectable-change', version: '1' },
    fallTo: seen(0) ? border(0) : null,
    riseTo: border(most),
    power,
    level,
  };
}
