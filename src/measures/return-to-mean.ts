import { empiricalBayesRates } from './empirical-bayes.ts';
import type { Method } from './estimate.ts';
import { isPositive } from './input.ts';
import { type Refusal, isRefusal, refuse } from './refusal.ts';

/** What to expect of an area that was picked for its count, if nothing at all is done. */
export interface ReturnToMean {
  readonly method: Method;
  /** Events that the area had in the period for which it was picked. */
  readonly seen: number;
  /** Events to expect of it in the next period of the same length. */
  readonly expectedNext: number;
  /** How many fewer: below 0 for an area picked for a low count. */
  readonly expectedFall: number;
  /** The fall as a share of what was seen. */
  readonly expectedFallShare: number;
  /** True when a tenth or more of the count will go by itself: an evaluation without a comparison would claim it. */
  readonly warn: boolean;
}

const worthAWarning = 0.1;

/**
 * How far an area that was picked for a peak will fall back by itself: regression to the mean.
 *
 * Expected next = n × its empirical-Bayes rate among all areas that could have been picked; fall = seen − expected. Unit:
 * events. Give all the areas that were looked at, not those that were picked. Not where true rates move from period to
 * period: the fall is then larger. Source: Marshall 1991; Barnett, van der Pols & Dobson 2005.
 *
 * @example returnToMean({ events: [4, 6, 20], population: [100, 100, 100], picked: 2 }).expectedFall.toFixed(2) // => '1.97'
 */
export function returnToMean(input: {
  readonly events: readonly number[];
  readonly population: readonly number[];
  /** The place (from 0) of the area that was picked. */
  readonly picked: number;
}): ReturnToMean | Refusal {
  const { events, population, picked } = input;
  const rates = empiricalBayesRates({ events, population });
  if (isRefusal(rates)) return rates;
  const seen = events[picked];
  // The rates have been told from as many areas of both: what is one of them has all three.
  const people = population[picked] ?? 0;
  const rate = rates.global[picked] ?? 0;
  if (seen === undefined) return refuse('no-such-area', 'The area that was picked is not among the areas given.');
  if (!isPositive(seen)) return refuse('no-events', 'The area that was picked had no events, so it cannot fall.');
  const expectedNext = people * rate;
  const expectedFall = seen - expectedNext;
  return {
    method: { name: 'return-to-mean', version: '1' },
    seen,
    expectedNext,
    expectedFall,
    expectedFallShare: expectedFall / seen,
    warn: expectedFall / seen >= worthAWarning,
  };
}
