import type { Method } from './estimate.ts';
import { areFinite } from './input.ts';
import { type Refusal, refuse } from './refusal.ts';

const method: Method = { name: 'days-between-chart', version: '1' };

/** The days from one event to the next, with the limits that chance alone would keep them within. */
export interface GapPoint {
  readonly days: number;
  readonly signal: 'none' | 'short' | 'long';
}

export interface DaysBetweenChart {
  readonly method: Method;
  readonly coverage: number;
  readonly meanDays: number;
  /** The least and the greatest whole number of days that chance explains at this coverage. */
  readonly lower: number;
  readonly upper: number;
  readonly gaps: readonly GapPoint[];
  /** No gap, not even 0 days, would be short enough to signal: the chart can then only show improvement. */
  readonly cannotSignalShort: boolean;
}

/**
 * The g-chart: whether the days between the rarest events (such as homicides) grew unusually short or long.
 *
 * Days are geometric with chance p = 1/(mean + 1): P(gap ≤ g) = 1 − (1 − p)^(g+1); short when P(gap ≤ g) < (1 − coverage)/2, long
 * when P(gap ≥ g) is. Unit: days. Not for events that come several a day. It needs dated events: months will not do.
 * Source: Benneyan 2001; Kaminsky et al. 1992.
 *
 * @example daysBetweenChart([30, 41, 25, 38, 29, 33, 400], { baselineGaps: 6 }).gaps[6].signal // => 'long'
 */
export function daysBetweenChart(
  daysBetween: ArrayLike<number>,
  options: { readonly baselineGaps?: number; readonly coverage?: number } = {},
): DaysBetweenChart | Refusal {
  const n = daysBetween.length;
  const { baselineGaps = n, coverage = 0.998 } = options;
  if (n < 5) return refuse('too-few-events', 'A chart of days between events needs at least six events.');
  const days = Array.from(daysBetween);
  if (!areFinite(days) || days.some((gap) => gap < 0 || !Number.isInteger(gap))) {
    return refuse('not-days', 'Every gap must be a whole number of days from 0 up.');
  }
  if (!(Number.isInteger(baselineGaps) && baselineGaps >= 2 && baselineGaps <= n)) {
    return refuse('baseline-points', 'The baseline needs at least two gaps and no more than the series has.');
  }
  if (!(coverage > 0 && coverage < 1)) return refuse('coverage', 'The coverage must lie between 0 and 1.');
  const meanDays = days.slice(0, baselineGaps).reduce((sum, gap) => sum + gap, 0) / baselineGaps;
  if (meanDays === 0) {
    return refuse('no-gaps', 'All events fall on the same day, so there are no days between them to judge.');
  }
  const tail = (1 - coverage) / 2;
  // ln of the chance that a day passes without an event.
  const logQuiet = Math.log(meanDays / (meanDays + 1));
  const atMost = (gap: number): number => -Math.expm1((gap + 1) * logQuiet);
  const atLeast = (gap: number): number => Math.exp(gap * logQuiet);
  return {
    method,
    coverage,
    meanDays,
    lower: Math.max(0, Math.ceil(Math.log1p(-tail) / logQuiet - 1)),
    upper: Math.floor(Math.log(tail) / logQuiet),
    gaps: days.map((gap) => ({
      days: gap,
      signal: atMost(gap) < tail ? 'short' : atLeast(gap) < tail ? 'long' : 'none',
    })),
    cannotSignalShort: atMost(0) >= tail,
  };
}
