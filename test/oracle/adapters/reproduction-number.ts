import { isRefusal } from '../../../src/measures/refusal.ts';
import { reproductionNumber } from '../../../src/measures/reproduction-number.ts';
import type { Adapter } from '../adapter.ts';

export const run: Adapter = (input) => {
  const found = reproductionNumber(input.incidence, {
    serialMeanDays: input.mean_si,
    serialStandardDeviationDays: input.sd_si,
    windowDays: input.window,
    priorMean: input.prior_mean,
    priorStandardDeviation: input.prior_sd,
    level: 0.95,
  });
  if (isRefusal(found)) return { answer: found };
  const { windows } = found;
  return {
    answer: {
      si_distr: found.serialInterval,
      t_start: windows.map((window) => window.fromDay),
      t_end: windows.map((window) => window.toDay),
      mean: windows.map((window) => window.mean.estimate),
      sd: windows.map((window) => window.standardDeviation),
      q025: windows.map((window) => window.mean.lower),
      median: windows.map((window) => window.median),
      q975: windows.map((window) => window.mean.upper),
    },
  };
};
