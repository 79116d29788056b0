import { chiSquaredQuantile, chiSquaredUpperQuantile } from './chi-squared-distribution.ts';
import { refuseCount, refuseLevel } from './input.ts';
import { normalDeviate } from './normal-distribution.ts';
import type { Refusal } from './refusal.ts';

/** The limits of a count, as counts. */
export interface Limits {
  readonly lower: number;
  readonly upper: number;
}

/**
 * Exact limits of a Poisson count: lower = χ²(α/2; 2x)/2, upper = χ²(1 − α/2; 2x + 2)/2. Never too narrow; for counts below 10.
 * Source: Garwood 1936.
 *
 * Unit: events.
 *
 * @example exactPoissonLimits(0, 0.95).upper.toFixed(4) // => '3.6889'
 */
export function exactPoissonLimits(events: number, level: number): Limits | Refusal {
  return refuseCount(events) ?? refuseLevel(level) ?? garwoodLimits(events, level);
}

/** The exact limits of a count and at a level that have been checked. */
export function garwoodLimits(events: number, level: number): Limits {
  const tail = (1 - level) / 2;
  return {
    lower: events === 0 ? 0 : chiSquaredQuantile(tail, 2 * events) / 2,
    upper: chiSquaredUpperQuantile(tail, 2 * events + 2) / 2,
  };
}

/**
 * Byar's limits of a Poisson count, by the cube-root transformation: close to exact from 10 events on.
 *
 *     lower = x (1 − 1/(9x) − z/(3√x))³,  upper the same with x + 1 and + z
 *
 * Unit: events. Not for counts below 10: use {@link exactPoissonLimits}. Source: Breslow & Day 1987, Statistical Methods
 * in Cancer Research II.
 *
 * @example byarLimits(10, 0.95).lower.toFixed(3) // => '4.787'
 */
export function byarLimits(events: number, level: number): Limits | Refusal {
  return refuseCount(events) ?? refuseLevel(level) ?? cubeRootLimits(events, level);
}

/** Byar's limits of a count and at a level that have been checked. */
export function cubeRootLimits(events: number, level: number): Limits {
  const z = normalDeviate(level);
  const above = events + 1;
  return {
    lower: events === 0 ? 0 : Math.max(0, events * (1 - 1 / (9 * events) - z / (3 * Math.sqrt(events))) ** 3),
    upper: above * (1 - 1 / (9 * above) + z / (3 * Math.sqrt(above))) ** 3,
  };
}

/** Limits that say how they were made. */
export type GuideLimits = Limits & { readonly interval: 'exact' | 'byar' };

/** Below this many events the exact limits are used (OHID, Public Health Technical Guide). */
const fewEvents = 10;

/**
 * The limits that the public-health guide prescribes: exact below 10 events, Byar's from 10 on.
 *
 * Interval = exact for x < 10, Byar’s for x ≥ 10. Unit: events. Not for counts that come in bursts: too short. Source:
 * OHID Public Health Technical Guide.
 *
 * @example poissonLimits(9, 0.95).interval // => 'exact'
 */
export function poissonLimits(events: number, level: number): GuideLimits | Refusal {
  return refuseCount(events) ?? refuseLevel(level) ?? guideLimits(events, level);
}

/** The guide's limits of a count and at a level that have been checked. */
export function guideLimits(events: number, level: number): GuideLimits {
  return events < fewEvents
    ? { ...garwoodLimits(events, level), interval: 'exact' }
    : { ...cubeRootLimits(events, level), interval: 'byar' };
}
