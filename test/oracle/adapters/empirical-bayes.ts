import { empiricalBayesRates } from '../../../src/measures/empirical-bayes.ts';
import { isRefusal } from '../../../src/measures/refusal.ts';
import type { Adapter } from '../adapter.ts';

export const run: Adapter = (input: { events: number[]; population: number[]; neighbours: number[][] }) => {
  const rates = empiricalBayesRates(input);
  if (isRefusal(rates)) return { answer: null };
  return { answer: { ...rates, a: rates.between, b: rates.overall } };
};
