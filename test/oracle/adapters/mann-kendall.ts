import { mannKendall } from '../../../src/measures/mann-kendall.ts';
import { isRefusal } from '../../../src/measures/refusal.ts';
import { theilSen } from '../../../src/measures/theil-sen.ts';
import type { Adapter } from '../adapter.ts';

export const run: Adapter = (input) => {
  const test = mannKendall(input.y);
  const sen = theilSen(input.y);
  if (isRefusal(test) || isRefusal(sen)) return { answer: test };
  return {
    answer: {
      S: test.S,
      varS: test.variance,
      z: test.z,
      p_normal: test.pTwoSided,
      tau: test.tau,
      sen_slope: sen.slope.estimate,
    },
    notCompared: { p_kendall: 'the same p in single precision (see the notes); p_normal is the one to match' },
  };
};
