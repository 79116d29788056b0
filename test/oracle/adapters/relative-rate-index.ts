import { exactRateRatio, exactRateRatioP, waldRateRatio, waldRiskRatio } from '../../../src/measures/rate-ratio.ts';
import { type Refusal, isRefusal } from '../../../src/measures/refusal.ts';
import { relativeRateIndex } from '../../../src/measures/relative-rate-index.ts';
import type { Adapter } from '../adapter.ts';
import { answered } from '../../answered.ts';

interface Input {
  group: string[];
  events: number[];
  population: number[];
  reference: string;
  confidence: number;
  multiplier: number;
}

const nothing = { estimate: null, lower: null, upper: null };
const orNothing = <T>(limits: T | Refusal) => (isRefusal(limits) ? nothing : limits);

export const run: Adapter = (input: Input) => {
  const level = input.confidence;
  const index = relativeRateIndex({
    groups: input.group.map((name, i) => ({ name, events: input.events[i]!, population: input.population[i]! })),
    reference: input.reference,
    per: input.multiplier,
    level,
  });
  if (isRefusal(index)) return { answer: null };
  const base = index.groups.find((group) => group.name === input.reference)!;
  const second = { events: base.events, exposure: base.population };
  const answer = Object.fromEntries(
    index.groups.map((group) => {
      if (group === base) return [group.name, { rate: group.rate, rri: 1 }];
      const first = { events: group.events, exposure: group.population };
      const exact = answered(exactRateRatio(first, second, level));
      return [
        group.name,
        {
          rate: group.rate,
          rri: group.ratio!.estimate,
          exact: { lower: exact.lower, upper: exact.upper, p: answered(exactRateRatioP(first, second)) },
          wald: orNothing(waldRateRatio(first, second, level)),
          risk_ratio_wald: orNothing(waldRiskRatio(first, second, level)),
          excess_per_multiplier: group.rateDifference,
          disparity_events: group.excessEvents,
        },
      ];
    }),
  );
  return { answer, notCompared: { '*.midp': 'not offered; and its root finder stops up to 3e-3 short' } };
};
