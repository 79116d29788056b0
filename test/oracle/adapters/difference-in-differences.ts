import { differenceInDifferences } from '../../../src/measures/difference-in-differences.ts';
import { isRefusal } from '../../../src/measures/refusal.ts';
import type { Adapter } from '../adapter.ts';

export const run: Adapter = (input: { file: string }, question) => {
  const rows = question.csv(input.file).map((row) => ({
    unit: row['u']!,
    time: Number(row['t']),
    treated: row['tr'] === '1',
    post: row['post'] === '1',
    count: Number(row['y']),
  }));
  const found = differenceInDifferences({ rows, seed: 1 });
  if (isRefusal(found)) return { answer: null };
  const { poisson, linear, preTrend } = found;
  return {
    answer: {
      poisson: {
        coef: poisson.coefficient,
        rate_ratio: found.rateRatio.estimate,
        se_model: poisson.modelStandardError,
        se_cluster_HC1: poisson.clusteredHc1,
        se_cluster_HC0_no_adjust: poisson.clusteredHc0,
      },
      ols: isRefusal(linear) ? null : { coef: linear.coefficient, se_cluster_HC1: linear.clusteredHc1 },
      two_by_two: { ratio_of_ratios: found.ratioOfRatios },
      pre_trend: isRefusal(preTrend) ? null : { coef: preTrend.coefficient, se_cluster_HC1: preTrend.clusteredHc1 },
    },
  };
};
