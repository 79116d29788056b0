import { aoristicWeek, localMinutes } from '../../../src/measures/aoristic.ts';
import { isRefusal } from '../../../src/measures/refusal.ts';
import type { Adapter } from '../adapter.ts';

export const run: Adapter = (input: { from_to: [string, string][] }) => {
  const spans = input.from_to.map(([from, to]) => ({
    fromMinutes: localMinutes(from) ?? Number.NaN,
    toMinutes: localMinutes(to) ?? Number.NaN,
  }));
  const week = aoristicWeek(spans);
  if (isRefusal(week)) return { answer: null };
  return { answer: { weight: week.weights, total: week.total } };
};
