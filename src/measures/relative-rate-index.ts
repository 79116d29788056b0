import type { Method, OpenEstimate } from './estimate.ts';
import { isPositive, refuseCount, refuseLevel } from './input.ts';
import { type Exposed, conditionalRatio, waldRateRatio } from './rate-ratio.ts';
import { type Refusal, isRefusal, refuse } from './refusal.ts';

/** A group of people and how often something was done to them. */
export interface Group {
  readonly name: string;
  readonly events: number;
  readonly population: number;
}

/** One group's rate beside the reference group's. */
export interface RelativeRate {
  readonly name: string;
  readonly events: number;
  readonly population: number;
  /** Per `per` people. */
  readonly rate: number;
  /** The group's rate over the reference's; 1 without an interval for the reference itself. */
  readonly ratio: OpenEstimate | null;
  readonly interval: 'log-wald' | 'exact' | null;
  /** Rate minus the reference's rate, per `per` people. */
  readonly rateDifference: number;
  /** Events more (or fewer, below 0) than at the reference's rate. */
  readonly excessEvents: number;
  /** The ratio if every event of unknown group had fallen in the reference, or in this group. */
  readonly ratioBounds: { readonly lowest: number; readonly highest: number } | null;
}

/** How much more often something was done to people of each group than to the reference group. */
export interface RelativeRateIndex {
  readonly method: Method;
  readonly reference: string;
  readonly per: number;
  readonly groups: readonly RelativeRate[];
  readonly unknownEvents: number;
  /** The share of all events whose group is not known. */
  readonly unknownShare: number;
}

/** Below this many events on either side the interval is exact. */
const fewEvents = 10;

/**
 * The relative rate index of each group against a reference group.
 *
 *     RRI = (x_g/n_g) / (x_ref/n_ref),  limits exp(ln RRI ∓ z √(1/x_g + 1/x_ref)) when both counts reach 10, else exact
 *     excess = x_g − n_g × x_ref/n_ref
 *
 * Poisson terms, because a person can be stopped more than once. Every denominator carries a bias of its own: show resident
 * rates beside a benchmark, and the unknown as a row. Refused when the reference has no events.
 * Unit: ratio; events for each `per` people. Not evidence of discrimination by itself. Source: Rothman & Greenland 1998;
 * Ministry of Justice, relative rate index.
 *
 * @example relativeRateIndex({ groups: [{ name: 'A', events: 20, population: 1000 }, { name: 'B', events: 30, population: 500 }], reference: 'A', per: 1000 }).groups[1].ratio.estimate // => 3
 */
export function relativeRateIndex(input: {
  readonly groups: readonly Group[];
  readonly reference: string;
  readonly per: number;
  readonly level?: number;
  readonly unknownEvents?: number;
}): RelativeRateIndex | Refusal {
  const { groups, per, level = 0.95, unknownEvents = 0 } = input;
  const badLevel = refuseLevel(level);
  if (badLevel) return badLevel;
  const reference = groups.find((group) => group.name === input.reference);
  if (!reference) return refuse('no-reference', 'The reference group is not among the groups.');
  if (new Set(groups.map((group) => group.name)).size < groups.length)
    return refuse('repeated-group', 'A group is given twice.');
  for (const { events, population } of groups) {
    const bad = refuseCount(events);
    if (bad) return bad;
    if (!isPositive(population))
      return refuse('no-population', 'A group has no population, so its rate is not defined.');
  }
  const badUnknown = refuseCount(unknownEvents);
  if (badUnknown) return badUnknown;
  if (!isPositive(per)) return refuse('per-out-of-range', 'A rate must be for a number of people.');
  if (reference.events === 0)
    return refuse('reference-without-events', 'The reference group has no events, so nothing can be compared with it.');

  const base: Exposed = { events: reference.events, exposure: reference.population };
  const baseRate = base.events / base.exposure;
  const known = groups.reduce((sum, group) => sum + group.events, 0);
  return {
    method: { name: 'relative-rate-index', version: '1' },
    reference: reference.name,
    per,
    groups: groups.map((group) => {
      const own: Exposed = { events: group.events, exposure: group.population };
      const rate = group.events / group.population;
      const isReference = group === reference;
      const many = group.events >= fewEvents && reference.events >= fewEvents;
      const onLogScale = many ? waldRateRatio(own, base, level) : undefined;
      const wald = isRefusal(onLogScale) ? undefined : onLogScale;
      const ratioIf = (here: number, there: number): number =>
        (group.events + here) / group.population / ((reference.events + there) / reference.population);
      return {
        ...group,
        rate: per * rate,
        ratio: isReference ? null : (wald ?? conditionalRatio(own, base, level)),
        interval: isReference ? null : wald ? 'log-wald' : 'exact',
        rateDifference: per * (rate - baseRate),
        excessEvents: group.events - group.population * baseRate,
        ratioBounds: isReference ? null : { lowest: ratioIf(0, unknownEvents), highest: ratioIf(unknownEvents, 0) },
      };
    }),
    unknownEvents,
    unknownShare: unknownEvents / (known + unknownEvents),
  };
}
