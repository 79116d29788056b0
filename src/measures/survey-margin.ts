import { refuseLevel } from './input.ts';
import { normalDeviate } from './normal-distribution.ts';
import { type Refusal, refuse } from './refusal.ts';

/**
 * The margin of error of a share in a survey, as a fraction: half the width of its interval.
 *
 *     z √(p (1 − p) / n), for p = 0.5 unless given: the widest; times √((N − n)/(N − 1)) when the population N is given
 *
 * Not for an open questionnaire, whatever its size: only for people chosen at random. With weights, n is the
 * effective number. Unit: a fraction, 0.05 for five points. Source: Cochran 1977, Sampling Techniques.
 *
 * @example surveyMargin({ responses: 139 }).toFixed(3) // => '0.083'
 */
export function surveyMargin(input: {
  readonly responses: number;
  readonly share?: number;
  readonly population?: number;
  readonly level?: number;
}): number | Refusal {
  const { responses, share = 0.5, population, level = 0.95 } = input;
  const bad = refuseLevel(level) ?? badShare(share) ?? badPopulation(population);
  if (bad) return bad;
  if (!(responses > 0) || !Number.isFinite(responses)) return refuse('no-responses', 'There are no responses.');
  if (population !== undefined && responses > population)
    return refuse('more-responses-than-people', 'There are more responses than people in the population.');
  const finite = population === undefined || population === 1 ? 1 : (population - responses) / (population - 1);
  return normalDeviate(level) * Math.sqrt(((share * (1 - share)) / responses) * finite);
}

/**
 * How many responses keep the margin of error at or under `margin` (a fraction).
 *
 *     n₀ = z² p (1 − p) / margin²,  n = n₀ / (1 + (n₀ − 1)/N), rounded up
 *
 * Unit: responses. Not for people who choose themselves to answer. Source: Cochran 1977.
 *
 * @example responsesForMargin({ margin: 0.05 }) // => 385
 */
export function responsesForMargin(input: {
  readonly margin: number;
  readonly share?: number;
  readonly population?: number;
  readonly level?: number;
}): number | Refusal {
  const { margin, share = 0.5, population, level = 0.95 } = input;
  const bad = refuseLevel(level) ?? badShare(share) ?? badPopulation(population);
  if (bad) return bad;
  if (!(margin > 0 && margin < 1))
    return refuse('margin-out-of-range', 'The margin of error must lie between 0 and 1.');
  const boundless = (normalDeviate(level) ** 2 * share * (1 - share)) / margin ** 2;
  const needed = population === undefined ? boundless : boundless / (1 + (boundless - 1) / population);
  return Math.max(1, Math.ceil(needed - 1e-9));
}

function badShare(share: number): Refusal | undefined {
  return share > 0 && share < 1 ? undefined : refuse('share-out-of-range', 'The share must lie between 0 and 1.');
}

function badPopulation(population: number | undefined): Refusal | undefined {
  return population === undefined || (population >= 1 && Number.isFinite(population))
    ? undefined
    : refuse('no-population', 'There is no population to survey.');
}
