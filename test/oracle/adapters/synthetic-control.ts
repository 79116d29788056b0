import { isRefusal } from '../../../src/measures/refusal.ts';
import { placeboTest } from '../../../src/measures/synthetic-control.ts';
import type { Adapter } from '../adapter.ts';

export const run: Adapter = (input, question) => {
  const { file, pre_periods: periodsBefore }: { file: string; pre_periods: number } = input;
  const rows = question.csv(file);
  const names = Object.keys(rows[0] ?? {}).filter((name) => name !== 'period' && name !== 'treated');
  const course = (name: string): number[] => rows.map((row) => Number(row[name]));
  const result = placeboTest({ treated: course('treated'), donors: names.map(course), periodsBefore });
  if (isRefusal(result)) return { answer: result };
  const { weights: weightTolerance } = question.tolerance;
  return {
    answer: {
      weights: result.weights,
      pre_rmspe: result.before,
      post_rmspe: result.after,
      gap: result.gap,
      average_effect: result.averageEffect.estimate,
      placebo_ratios: [result.ratio, ...result.placeboRatios],
      placebo_p: result.p,
    },
    tolerances: { weights: { rel: 0, abs: typeof weightTolerance === 'number' ? weightTolerance : 0 } },
    notCompared: {
      synth_package_weights:
        'an interior-point solution after scaling each predictor: a second opinion, as the notes say',
    },
  };
};
