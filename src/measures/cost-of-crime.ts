/* eslint-disable @typescript-eslint/no-non-null-assertion -- every index below is bounded by its loop */
import type { Method } from './estimate.ts';
import { areCounts, isNumber, isPositive } from './input.ts';
import { type Refusal, refuse } from './refusal.ts';

/** What one offence costs society, in pounds of the year of the source. */
export interface UnitCost {
  readonly pounds: number;
  /** How many offences happen for each one recorded. */
  readonly actualPerRecorded: number;
}

/** The cost of an area's offences, in pounds of today. */
export interface AreaCost {
  /** As if every offence were recorded: the low end. */
  readonly recordedPounds: number;
  /** With those that nobody recorded: the high end. */
  readonly actualPounds: number;
}

/** The cost of crime by area. */
export interface CostOfCrime {
  readonly method: Method;
  readonly areas: readonly AreaCost[];
  readonly totalRecordedPounds: number;
  readonly totalActualPounds: number;
}

/**
 * The economic and social cost of offences: anticipation, consequence and response.
 *
 *     recorded = Σ cᵢ × unit costᵢ × deflator,  actual = Σ cᵢ × unit costᵢ × (actual offences for each recorded)ᵢ × deflator
 *
 * Show it as a range from recorded to actual. Never set against the cost of a programme without the interval of its effect.
 * Unit: pounds. Source: Heeks, Reed, Tafsiri & Prince 2018, The economic and social costs of crime, 2nd edition, Home
 * Office.
 *
 * @example costOfCrime({ counts: [[2]], unitCosts: [{ pounds: 100, actualPerRecorded: 4 }], deflator: 1.5 }).totalActualPounds // => 1200
 */
export function costOfCrime(input: {
  /** A row an area, a column an offence. */
  readonly counts: readonly (readonly number[])[];
  readonly unitCosts: readonly UnitCost[];
  /** Prices of the year shown over prices of the source's year (GDP deflator). */
  readonly deflator: number;
}): CostOfCrime | Refusal {
  const { counts, unitCosts, deflator } = input;
  if (counts.length === 0) return refuse('no-areas', 'There are no areas to cost.');
  if (!isPositive(deflator)) return refuse('deflator-out-of-range', 'The change of prices must be above nought.');
  if (
    unitCosts.some(
      (one) =>
        !(one.pounds >= 0 && isNumber(one.pounds) && one.actualPerRecorded >= 1 && isNumber(one.actualPerRecorded)),
    )
  )
    return refuse('cost-out-of-range', 'Every offence needs a cost from nought up and a multiplier of at least one.');
  if (counts.some((row) => row.length !== unitCosts.length))
    return refuse('lengths-differ', 'Every area needs a count for every offence that has a cost.');
  if (counts.some((row) => !areCounts(row)))
    return refuse('not-a-count', 'The number of events must be a whole number from nought up.');
  const areas = counts.map((row) => ({
    recordedPounds: row.reduce((sum, c, k) => sum + c * unitCosts[k]!.pounds, 0) * deflator,
    actualPounds:
      row.reduce((sum, c, k) => sum + c * unitCosts[k]!.pounds * unitCosts[k]!.actualPerRecorded, 0) * deflator,
  }));
  return {
    method: { name: 'cost-of-crime', version: '1' },
    areas,
    totalRecordedPounds: areas.reduce((sum, area) => sum + area.recordedPounds, 0),
    totalActualPounds: areas.reduce((sum, area) => sum + area.actualPounds, 0),
  };
}
