import type { Estimate, Method } from './estimate.ts';
import { isNumber, isPositive, refuseCount, refuseLevel } from './input.ts';
import { cubeRootLimits, guideLimits } from './poisson-interval.ts';
import { type Refusal, refuse } from './refusal.ts';

/** A band of a population, such as people aged 18 to 24. */
export interface Band {
  readonly events: number;
  readonly population: number;
}

/** A rate as it would be in a standard population. */
export interface StandardisedRate extends Estimate {
  readonly method: Method;
  readonly events: number;
  readonly population: number;
  readonly per: number;
}

const fewestEvents = 10;

function badBand(bands: readonly Band[]): Refusal | undefined {
  if (bands.length === 0) return refuse('no-bands', 'There are no age bands to standardise over.');
  for (const { events, population } of bands) {
    const bad = refuseCount(events);
    if (bad) return bad;
    if (!isPositive(population))
      return refuse('no-population', 'An age band has no population, so its rate is not defined.');
  }
  return undefined;
}

/**
 * The directly standardised rate: the rate the area would have if its bands were of the standard's sizes.
 *
 *     DSR = per × Σ(wᵢxᵢ/nᵢ) / Σwᵢ,  var = Σ(wᵢ²xᵢ/nᵢ²) / (Σwᵢ)²
 *     limits DSR + √(var/X) (Byar limit of X − X)
 *
 * Refused under 10 events in all. For victims by where they live, not for offences by where they happen.
 * Unit: events for each `per` people. Source: Dobson, Kuulasmaa, Eberle & Scherer 1991; weights such as the European
 * Standard Population 2013.
 *
 * @example directlyStandardisedRate({ bands: [{ events: 10, population: 1000, standard: 3 }, { events: 80, population: 2000, standard: 1 }], per: 1000 }).estimate // => 17.5
 */
export function directlyStandardisedRate(input: {
  readonly bands: readonly (Band & { readonly standard: number })[];
  readonly per: number;
  readonly level?: number;
}): StandardisedRate | Refusal {
  const { bands, per, level = 0.95 } = input;
  const bad = refuseLevel(level) ?? badBand(bands);
  if (bad) return bad;
  if (!isPositive(per)) return refuse('per-out-of-range', 'A rate must be for a number of people.');
  let weight = 0;
  let rate = 0;
  let variance = 0;
  let events = 0;
  let population = 0;
  for (const band of bands) {
    if (!(band.standard >= 0 && isNumber(band.standard)))
      return refuse('no-standard', 'The standard population must be given for every band.');
    weight += band.standard;
    rate += (band.standard * band.events) / band.population;
    variance += (band.standard / band.population) ** 2 * band.events;
    events += band.events;
    population += band.population;
  }
  if (!isPositive(weight)) return refuse('no-standard', 'The standard population is empty.');
  if (events < fewestEvents)
    return refuse('fewer-than-ten-events', 'There are fewer than 10 events, too few for a standardised rate.');
  rate /= weight;
  const spread = Math.sqrt(variance / (weight * weight) / events);
  const limits = cubeRootLimits(events, level);
  return {
    method: { name: 'directly-standardised-rate', version: '1' },
    estimate: per * rate,
    lower: Math.max(0, per * (rate + spread * (limits.lower - events))),
    upper: per * (rate + spread * (limits.upper - events)),
    level,
    events,
    population,
    per,
  };
}

/** Observed over expected, with its interval. */
export interface StandardisedRatio extends Estimate {
  readonly method: Method;
  readonly observed: number;
  readonly expected: number;
}

/**
 * The indirectly standardised ratio: events observed over events expected if each band had the reference's rate.
 *
 *     SIR = O/E,  E = Σ nᵢ × x_ref,i / n_ref,i,  limits of O (exact below 10, Byar's from 10 on) over E
 *
 * Ratios of two areas are not comparable with each other, only each with the reference. Unit: ratio. Not to compare two
 * areas. Source: Breslow & Day 1987.
 *
 * @example indirectlyStandardisedRatio({ bands: [{ events: 12, population: 100, reference: { events: 60, population: 1000 } }] }).estimate // => 2
 */
export function indirectlyStandardisedRatio(input: {
  readonly bands: readonly (Band & { readonly reference: Band })[];
  readonly level?: number;
}): StandardisedRatio | Refusal {
  const { bands, level = 0.95 } = input;
  const bad = refuseLevel(level) ?? badBand(bands) ?? badBand(bands.map((band) => band.reference));
  if (bad) return bad;
  let observed = 0;
  let expected = 0;
  for (const { events, population, reference } of bands) {
    observed += events;
    expected += (population * reference.events) / reference.population;
  }
  if (expected === 0) return refuse('none-expected', 'The reference has no events, so none would be expected here.');
  const limits = guideLimits(observed, level);
  return {
    method: { name: 'indirectly-standardised-ratio', version: '1' },
    estimate: observed / expected,
    lower: limits.lower / expected,
    upper: limits.upper / expected,
    level,
    observed,
    expected,
  };
}
