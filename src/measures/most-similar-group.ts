/* eslint-disable @typescript-eslint/no-non-null-assertion -- every index below is bounded by its loop */
import type { Method } from './estimate.ts';
import { areFinite, isNumber } from './input.ts';
import { type Refusal, refuse } from './refusal.ts';

/** The areas most like one area, nearest first. */
export interface SimilarAreas {
  /** Their places in the table given. */
  readonly areas: readonly number[];
  readonly distances: readonly number[];
}

/** For each area the areas most like it. */
export interface MostSimilarGroups {
  readonly method: Method;
  readonly groups: readonly SimilarAreas[];
}

/**
 * For each area the `size` areas most like it by these variables: the peers to compare it with.
 *
 *     distance² = Σ weight × ((xᵢ − xⱼ)/σ)²,  σ the population standard deviation over all areas
 *
 * A variable that is the same everywhere counts for nothing. Where an official group exists, use that. Areas as near as each
 * other stand in the order of the table. Unit: distance in standard deviations. Not with variables that say the same
 * twice: they count twice. Source: Her Majesty's Inspectorate of Constabulary, most similar groups.
 *
 * @example mostSimilarGroups({ variables: [[0], [1], [9]], size: 1 }).groups[0].areas[0] // => 1
 */
export function mostSimilarGroups(input: {
  /** A row an area, a column a variable. */
  readonly variables: readonly (readonly number[])[];
  readonly weights?: readonly number[];
  readonly size?: number;
}): MostSimilarGroups | Refusal {
  const { variables, size = 14 } = input;
  const columns = variables[0]?.length ?? 0;
  const weights = input.weights ?? new Array<number>(columns).fill(1);
  if (!Number.isSafeInteger(size) || size < 1)
    return refuse('size-out-of-range', 'A group of similar areas must hold at least one.');
  if (variables.length <= size)
    return refuse('too-few-areas', `A group of ${size} similar areas needs more than ${size} areas to choose from.`);
  if (columns === 0) return refuse('no-variables', 'There is no variable to compare the areas by.');
  if (weights.length !== columns || variables.some((row) => row.length !== columns))
    return refuse('lengths-differ', 'Every area needs a value for every variable.');
  if (!variables.every(areFinite))
    return refuse('not-a-number', 'Some of the figures given are missing or are not numbers.');
  if (weights.some((w) => !(w >= 0 && isNumber(w))))
    return refuse('weight-out-of-range', 'Every variable needs a weight from nought up.');
  const n = variables.length;
  const scaled = new Float64Array(n * columns);
  for (let k = 0; k < columns; k += 1) {
    const mean = variables.reduce((sum, row) => sum + row[k]!, 0) / n;
    const deviation = Math.sqrt(variables.reduce((sum, row) => sum + (row[k]! - mean) ** 2, 0) / n);
    // Rounding leaves a sliver where a variable is the same everywhere.
    const factor = deviation <= 1e-12 * Math.abs(mean) ? 0 : Math.sqrt(weights[k]!) / deviation;
    for (let i = 0; i < n; i += 1) scaled[i * columns + k] = (variables[i]![k]! - mean) * factor;
  }
  return {
    method: { name: 'most-similar-groups', version: '1' },
    groups: variables.map((_, i) => {
      const distance = new Float64Array(n);
      for (let j = 0; j < n; j += 1) {
        let square = 0;
        for (let k = 0; k < columns; k += 1) square += (scaled[i * columns + k]! - scaled[j * columns + k]!) ** 2;
        distance[j] = Math.sqrt(square);
      }
      const areas = Array.from({ length: n }, (_, j) => j)
        .filter((j) => j !== i)
        .sort((a, b) => distance[a]! - distance[b]! || a - b)
        .slice(0, size);
      return { areas, distances: areas.map((j) => distance[j]!) };
    }),
  };
}

/** Where an area's rate stands among its peers. */
export interface StandingAmongPeers {
  /** The mean rate of the peers, the area left out. */
  readonly peerMean: number;
  /** 1 when the area's rate is the highest of the group, itself counted in. */
  readonly rankHighFirst: number;
  /** Standard deviations from the mean of the group, itself counted in (sample standard deviation); 0 when all are equal. */
  readonly zInGroup: number;
}

/**
 * Where an area's rate stands among its peers' rates.
 *
 * z = (own − mean)/σ of the area and its peers. Unit: rank from 1 for the highest; z in standard deviations. Not a league
 * table. Source: Her Majesty’s Inspectorate of Constabulary, most similar groups.
 *
 * @example standingAmongPeers(5, [1, 9, 3]).rankHighFirst // => 2
 */
export function standingAmongPeers(own: number, peers: readonly number[]): StandingAmongPeers | Refusal {
  if (peers.length === 0) return refuse('no-peers', 'There are no similar areas to compare with.');
  if (!isNumber(own) || !areFinite(peers))
    return refuse('not-a-number', 'Some of the figures given are missing or are not numbers.');
  const group = [own, ...peers];
  const mean = group.reduce((sum, rate) => sum + rate, 0) / group.length;
  const deviation = Math.sqrt(group.reduce((sum, rate) => sum + (rate - mean) ** 2, 0) / (group.length - 1));
  return {
    peerMean: peers.reduce((sum, rate) => sum + rate, 0) / peers.length,
    rankHighFirst: 1 + peers.filter((rate) => rate > own).length,
    zInGroup: deviation === 0 ? 0 : (own - mean) / deviation,
  };
}
