import { empiricalBayesRates } from '../../../src/measures/empirical-bayes.ts';
import { isRefusal } from '../../../src/measures/refusal.ts';
import type { Adapter } from '../adapter.ts';

export const run: Adapter = (input: { events: number[]; population: number[]; neighbours: number[][] }, question) => {
  const rates = empiricalBayesRates(input);
  if (isRefusal(rates)) return { answer: null };
  // Where no neighbour has events spdep divides nought by nought, or finds 0; ours says 0.
  const none = [...input.neighbours.keys()].filter((i) =>
    [i, ...input.neighbours[i]!].every((j) => input.events[j] === 0),
  );
  const theirs: readonly (number | null)[] = question.expected.local ?? [];
  return {
    answer: { ...rates, a: rates.between, b: rates.overall },
    notCompared: Object.fromEntries(none.map((i) => [`local.${i}`, 'nought, by one way or the other'])),
    faults: none.filter((i) => rates.local?.[i] !== 0 || (theirs[i] ?? 0) !== 0).map((i) => `local.${i}: not nought`),
    judged: none.length,
  };
};
