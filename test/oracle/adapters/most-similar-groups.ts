import { mostSimilarGroups, standingAmongPeers } from '../../../src/measures/most-similar-group.ts';
import { isRefusal } from '../../../src/measures/refusal.ts';
import type { Adapter } from '../adapter.ts';

export const run: Adapter = (input: { variables: number[][]; weights: number[]; rates: number[]; k: number }) => {
  const found = mostSimilarGroups({ variables: input.variables, weights: input.weights, size: input.k });
  if (isRefusal(found)) return { answer: null };
  const standings = found.groups.map(({ areas }, i) =>
    standingAmongPeers(
      input.rates[i]!,
      areas.map((j) => input.rates[j]!),
    ),
  );
  const column = (pick: 'peerMean' | 'rankHighFirst' | 'zInGroup'): (number | null)[] =>
    standings.map((one) => (isRefusal(one) ? null : one[pick]));
  return {
    answer: {
      neighbours: found.groups.map((group) => group.areas),
      distances: found.groups.map((group) => group.distances),
      group_mean: column('peerMean'),
      rank_high_first: column('rankHighFirst'),
      z_in_group: column('zInGroup'),
    },
  };
};
