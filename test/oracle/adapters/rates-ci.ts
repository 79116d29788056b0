import { crudeRate } from '../../../src/measures/rate.ts';
import { isRefusal } from '../../../src/measures/refusal.ts';
import { wilsonProportion } from '../../../src/measures/wilson.ts';
import type { Adapter } from '../adapter.ts';

interface Input {
  events?: number[];
  population?: number[];
  numerator?: number[];
  denominator?: number[];
  confidence: number;
  multiplier: number;
  interval?: string;
}

const words = { exact: 'Exact', byar: 'Byars' };

export const run: Adapter = (input: Input) => {
  const { confidence: level, multiplier: per } = input;
  if (input.interval !== undefined && input.interval !== 'exact')
    throw new Error(`no interval ${input.interval} is offered`);
  const interval = input.interval ?? 'by-count';
  const rows = input.events
    ? input.events.map((events, i) => crudeRate({ events, population: input.population![i]!, per, level, interval }))
    : input.numerator!.map((count, i) => wilsonProportion({ count, whole: input.denominator![i]!, per, level }));
  const column = (pick: 'estimate' | 'lower' | 'upper'): (number | null)[] =>
    rows.map((row) => (isRefusal(row) ? null : row[pick]));
  return {
    answer: {
      value: column('estimate'),
      lower: column('lower'),
      upper: column('upper'),
      method: rows.map((row) => ('interval' in row ? words[row.interval] : null)),
    },
  };
};
