/* eslint-disable @typescript-eslint/no-non-null-assertion -- every index below is bounded by its loop */
import type { Method } from './estimate.ts';
import { areCounts, arePositive } from './input.ts';
import { type Refusal, refuse } from './refusal.ts';

/** Rates of areas drawn towards the mean of all, or of their neighbours, as far as their numbers are small. */
export interface SmoothedRates {
  readonly method: Method;
  readonly raw: readonly number[];
  /** Drawn towards the rate of all areas together. */
  readonly global: readonly number[];
  /**
   * Drawn towards the rate of the area and its neighbours; absent when no neighbours were given. Where none of them has an
   * event the rate is 0: the formula would divide nought by nought, and nothing seen anywhere near is a rate of 0.
   */
  readonly local?: readonly number[];
  /** The rate of all areas together, b. */
  readonly overall: number;
  /** How much true rates vary between areas, A: 0 when chance explains all of it. */
  readonly between: number;
}

interface Moments {
  readonly b: number;
  readonly a: number;
}

/** Pooled rate b and variance A of true rates over these areas. `centre` is the rate from which each area's gap is taken. */
function moments(
  events: readonly number[],
  population: readonly number[],
  areas: readonly number[],
  centre: (area: number, pooled: number) => number,
): Moments {
  let x = 0;
  let n = 0;
  for (const i of areas) {
    x += events[i]!;
    n += population[i]!;
  }
  const b = x / n;
  let spread = 0;
  for (const i of areas) spread += population[i]! * (events[i]! / population[i]! - centre(i, b)) ** 2;
  return { b, a: Math.max(0, spread / n - b / (n / areas.length)) };
}

function drawn(raw: number, population: number, { a, b }: Moments): number {
  // Where nobody has events, b and a are both nought, and so is the rate.
  return b === 0 ? 0 : b + (a * (raw - b)) / (a + b / population);
}

/**
 * Empirical-Bayes rates: each area's rate is drawn towards the overall rate, the more the smaller its population, so that
 * a map does not show chance as colour.
 *
 *     b = Σx/Σn,  s² = Σnᵢ(rᵢ − b)²/Σn,  A = max(0, s² − b/n̄),  estimate = b + A(rᵢ − b)/(A + b/nᵢ)
 *
 * Rates are per person. With `neighbours` (indices of each area's), the same over an area and its neighbours, the gap of
 * each taken from the rate of its own surroundings; 0 where nobody near has an event.
 * Not for judging one area: a true extreme is drawn in as well. Unit: events a person. Source: Marshall 1991.
 *
 * @example empiricalBayesRates({ events: [2, 18], population: [100, 100] }).global[0].toFixed(4) // => '0.0325'
 */
export function empiricalBayesRates(input: {
  readonly events: readonly number[];
  readonly population: readonly number[];
  readonly neighbours?: readonly (readonly number[])[];
}): SmoothedRates | Refusal {
  const { events, population, neighbours } = input;
  const count = events.length;
  if (count < 2) return refuse('too-few-areas', 'Smoothing needs at least two areas.');
  if (population.length !== count || (neighbours ?? events).length !== count)
    return refuse('lengths-differ', 'The columns given do not have the same number of rows.');
  if (!areCounts(events)) return refuse('not-a-count', 'The number of events must be a whole number from nought up.');
  if (!arePositive(population))
    return refuse('no-population', 'An area has no population, so its rate is not defined.');
  if (neighbours?.some((list) => list.some((j) => !Number.isInteger(j) || j < 0 || j >= count)))
    return refuse('unknown-neighbour', 'A neighbour is named that is not among the areas.');
  const everywhere = events.map((_, i) => i);
  const all = moments(events, population, everywhere, (_, pooled) => pooled);
  const raw = events.map((x, i) => x / population[i]!);
  const around = neighbours?.map((list, i) => [...new Set([...list, i])]);
  const localRate = around?.map((areas) => moments(events, population, areas, (_, pooled) => pooled).b);
  return {
    method: { name: 'empirical-bayes', version: '1' },
    raw,
    global: raw.map((rate, i) => drawn(rate, population[i]!, all)),
    ...(around && {
      local: raw.map((rate, i) =>
        drawn(
          rate,
          population[i]!,
          moments(events, population, around[i]!, (j) => localRate![j]!),
        ),
      ),
    }),
    overall: all.b,
    between: all.a,
  };
}
