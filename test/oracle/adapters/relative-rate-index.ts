import { crudeRate } from '../../../src/measures/rate.ts';
import {
  type Exposed,
  exactRateRatio,
  exactRateRatioP,
  waldRateRatio,
  waldRiskRatio,
} from '../../../src/measures/rate-ratio.ts';
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

const midp = 'not offered; and its root finder stops up to 3e-3 short';
const notCompared = { '*.midp.estimate': midp, '*.midp.lower': midp, '*.midp.upper': midp };
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
  const base = input.group.indexOf(input.reference);
  const exposed = input.events.map((events, i) => ({ events, exposure: input.population[i]! }));
  const second = exposed[base]!;
  const limits = (first: Exposed) => {
    const exact = exactRateRatio(first, second, level);
    return {
      exact: { ...orNothing(exact), p: isRefusal(exact) ? null : answered(exactRateRatioP(first, second)) },
      wald: orNothing(waldRateRatio(first, second, level)),
      risk_ratio_wald: orNothing(waldRiskRatio(first, second, level)),
      midp: {},
    };
  };
  if (isRefusal(index)) {
    // A reference without events: no index may be shown, but the reference program still gives the parts that are defined.
    if (index.reason !== 'reference-without-events') return { answer: null, faults: [index.sentence] };
    const answer = exposed.map((first, i) => {
      const rate = answered(crudeRate({ ...first, population: first.exposure, per: input.multiplier })).estimate;
      const own = { rri: null, ...limits(first), excess_per_multiplier: rate, disparity_events: first.events };
      return [input.group[i]!, i === base ? { rate, rri: 1 } : { rate, ...own }];
    });
    return { answer: Object.fromEntries(answer), notCompared };
  }
  const answer = Object.fromEntries(
    index.groups.map((group, i) => [
      group.name,
      i === base
        ? { rate: group.rate, rri: 1 }
        : {
            rate: group.rate,
            rri: group.ratio!.estimate,
            ...limits(exposed[i]!),
            excess_per_multiplier: group.rateDifference,
            disparity_events: group.excessEvents,
          },
    ]),
  );
  return { answer, notCompared };
};
