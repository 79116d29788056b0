import { mannKendall } from '../../../src/measures/mann-kendall.ts';
import { isRefusal } from '../../../src/measures/refusal.ts';
import { theilSen } from '../../../src/measures/theil-sen.ts';
import type { Adapter } from '../adapter.ts';

export const run: Adapter = (input) => {
  const line = theilSen(input.y, { level: 0.95 });
  const trend = mannKendall(input.y);
  if (isRefusal(line) || isRefusal(trend)) return { answer: line };
  return {
    answer: {
      slope: line.slope.estimate,
      intercept: line.intercept,
      lower: line.slope.lower,
      upper: line.slope.upper,
      tau_b: trend.tau,
    },
  };
};
