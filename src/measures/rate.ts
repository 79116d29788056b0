import type { Estimate, Method } from './estimate.ts';
import { isPositive, refuseCount, refuseLevel } from './input.ts';
import { garwoodLimits, guideLimits } from './poisson-interval.ts';
import { type Refusal, isRefusal, refuse } from './refusal.ts';

/** A rate with its interval and what it was made of. */
export interface Rate extends Estimate {
  readonly method: Method;
  readonly events: number;
  /** People, or person-time. */
  readonly population: number;
  /** The rate is per this many people. */
  readonly per: number;
  readonly interval: 'exact' | 'byar';
}

/**
 * The crude rate: how many events for each `per` people, with its interval.
 *
 *     r = per × x / n,  limits exact (Garwood) for x < 10 and Byar's from 10 on
 *
 * Not for a place through which many people pass who do not live there, unless the population is the people present; not to
 * compare places of different ages (see directlyStandardisedRate). Unit: events for each `per` people. Source: OHID Public
 * Health Technical Guide; Breslow & Day 1987.
 *
 * @example crudeRate({ events: 30, population: 70250, per: 1000 }).lower.toFixed(6) // => '0.288070'
 */
export function crudeRate(input: {
  readonly events: number;
  readonly population: number;
  readonly per: number;
  readonly level?: number;
  /** `exact` keeps Garwood's limits for every count. */
  readonly interval?: 'exact' | 'by-count';
}): Rate | Refusal {
  const { events, population, per, level = 0.95 } = input;
  const bad = refuseLevel(level) ?? refuseCount(events);
  if (bad) return bad;
  if (!isPositive(population)) return refuse('no-population', 'There is no population to make a rate of.');
  if (!isPositive(per)) return refuse('per-out-of-range', 'A rate must be for a number of people.');
  const scale = per / population;
  const limits =
    input.interval === 'exact'
      ? { ...garwoodLimits(events, level), interval: 'exact' as const }
      : guideLimits(events, level);
  return {
    method: { name: 'crude-rate', version: '1' },
    estimate: events * scale,
    lower: limits.lower * scale,
    upper: limits.upper * scale,
    level,
    events,
    population,
    per,
    interval: limits.interval,
  };
}

/** Of fewer people, or fewer events, a published view shows no rate (analysis.md, section 0, rule 2). */
const fewestToPublish = { people: 500, events: 5 };

/**
 * The crude rate as a published view may show it: none for fewer than 500 people or fewer than 5 events.
 *
 *     r = per × x / n where n ≥ 500 and x ≥ 5, else refused
 *
 * A rate of so few says more of chance than of the place, and may lead to the people behind it. The count itself has rules of
 * its own: see protectTables. Not for analysts inside the partnership, who see crudeRate. Unit: events for each `per`
 * people. Source: house rules of small counts; OHID Public Health Technical Guide.
 *
 * @example publishableRate({ events: 4, population: 2000, per: 1000 }).reason // => 'too-few-events'
 */
export function publishableRate(input: {
  readonly events: number;
  readonly population: number;
  readonly per: number;
  readonly level?: number;
}): Rate | Refusal {
  const rate = crudeRate(input);
  if (isRefusal(rate)) return rate;
  const { people, events } = fewestToPublish;
  if (rate.population < people)
    return refuse('too-few-people', `A rate is not shown because there are fewer than ${people} people.`);
  if (rate.events < events)
    return refuse('too-few-events', `A rate is not shown because there are fewer than ${events} events.`);
  return { ...rate, method: { name: 'publishable-rate', version: '1' } };
}
