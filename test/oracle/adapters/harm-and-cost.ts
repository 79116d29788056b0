import { costOfCrime } from '../../../src/measures/cost-of-crime.ts';
import { harmIndex, harmRankIntervals } from '../../../src/measures/harm.ts';
import { isRefusal } from '../../../src/measures/refusal.ts';
import type { Adapter } from '../adapter.ts';

type Input =
  | { file: string; weights: Record<string, number> }
  | { file: string; unit_cost_2015_16: Record<string, number>; multiplier: Record<string, number>; deflator: number };

export const run: Adapter = (input: Input, question) => {
  const rows = question.csv(input.file);
  const table = (names: readonly string[]): number[][] => rows.map((row) => names.map((name) => Number(row[name])));
  if ('weights' in input) {
    const counts = table(Object.keys(input.weights));
    const weights = Object.values(input.weights);
    const index = harmIndex({ counts, weights });
    // The level of the ranks' interval stands in its name: rank_interval_90.
    const interval = Object.keys(question.expected as object).find((name) => /^rank_interval_\d+$/.test(name)) ?? '';
    const within = Number(question.expected[interval]?.tolerance_ranks ?? 1);
    const level = Number(/\d+$/.exec(interval)?.[0] ?? 90) / 100;
    const ranks = harmRankIntervals({ counts, weights, seed: 1, draws: 20000, level });
    if (isRefusal(index) || isRefusal(ranks)) return { answer: null };
    return {
      answer: {
        harm: index.areas.map((area) => area.harm),
        standard_error: index.areas.map((area) => area.standardError),
        count: index.areas.map((area) => area.count),
        rank_by_harm: index.areas.map((area) => area.rankByHarm),
        rank_by_count: index.areas.map((area) => area.rankByCount),
        share_of_harm_from_top_event: index.areas.map((area) => area.shareOfGravestEvent),
        [interval]: {
          low: ranks.intervals.map((one) => one.low),
          high: ranks.intervals.map((one) => one.high),
        },
      },
      notCompared: {
        [`${interval}.draws`]: 'the size of the reference',
        [`${interval}.tolerance_ranks`]: 'how near it is to be met',
      },
      tolerances: { [`${interval}.low`]: { abs: within }, [`${interval}.high`]: { abs: within } },
    };
  }
  const names = Object.keys(input.unit_cost_2015_16);
  const cost = costOfCrime({
    counts: table(names),
    unitCosts: names.map((name) => ({
      pounds: input.unit_cost_2015_16[name]!,
      actualPerRecorded: input.multiplier[name]!,
    })),
    deflator: input.deflator,
  });
  if (isRefusal(cost)) return { answer: null };
  return {
    answer: {
      recorded_only: cost.areas.map((area) => area.recordedPounds),
      with_unrecorded: cost.areas.map((area) => area.actualPounds),
      total: cost.totalActualPounds,
    },
  };
};
