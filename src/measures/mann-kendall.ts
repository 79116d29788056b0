import type { Method } from './estimate.ts';
import { areFinite } from './input.ts';
import { normalTwoSided } from './normal-distribution.ts';
import { refuse, type Refusal } from './refusal.ts';
import { fewestPointsForVerdict } from './trend-verdict.ts';

export interface MannKendall {
  readonly method: Method;
  readonly points: number;
  /** Under 12 points the figures stand, but nothing may be said of a trend: see trendVerdict. */
  readonly enoughForVerdict: boolean;
  /** Pairs that rise less pairs that fall. */
  readonly S: number;
  readonly variance: number;
  /** With the continuity correction, by the normal approximation. */
  readonly z: number;
  readonly pTwoSided: number;
  /** Kendall's tau-b; `null` when every value is the same. */
  readonly tau: number | null;
}

/**
 * Tests whether a series rises or falls steadily, whatever the shape.
 *
 * S = Σ sign(yj − yi), i < j; var = [n(n−1)(2n+5) − Σ t(t−1)(2t+5)]/18 over ties of t; z = (S ∓ 1)/√var. It sees neither
 * season nor autocorrelation: take the season out first. Not for a verdict under 12 points. Unit: S counts pairs; z in
 * standard deviations. Source: Mann (1945); Kendall (1975).
 *
 * @example mannKendall([1, 3, 2, 5]).S // => 4
 */
export function mannKendall(series: ArrayLike<number>): MannKendall | Refusal {
  const n = series.length;
  if (n < 3) return refuse('too-few-points', 'A trend needs at least three points.');
  if (!areFinite(series)) return refuse('not-finite', 'Some of the values are missing or not finite.');
  let S = 0;
  for (let i = 0; i < n; i++) {
    const here = series[i] ?? 0;
    for (let j = i + 1; j < n; j++) {
      const there = series[j] ?? 0;
      if (there > here) S++;
      else if (there < here) S--;
    }
  }
  const sorted = Float64Array.from(series).sort();
  let tiedPairs = 0;
  let variance = (n * (n - 1) * (2 * n + 5)) / 18;
  for (let i = 0; i < n;) {
    let same = 1;
    while (i + same < n && sorted[i + same] === sorted[i]) same++;
    tiedPairs += (same * (same - 1)) / 2;
    variance -= (same * (same - 1) * (2 * same + 5)) / 18;
    i += same;
  }
  const pairs = (n * (n - 1)) / 2;
  const flat = tiedPairs === pairs;
  const z = flat ? 0 : (S - Math.sign(S)) / Math.sqrt(variance);
  return {
    method: { name: 'mann-kendall', version: '1' },
    points: n,
    enoughForVerdict: n >= fewestPointsForVerdict,
    S,
    variance: flat ? 0 : variance,
    z,
    pTwoSided: normalTwoSided(z),
    tau: flat ? null : S / Math.sqrt(pairs * (pairs - tiedPairs)),
  };
}
