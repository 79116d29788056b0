import { isRefusal } from '../../../src/measures/refusal.ts';
import { type ReproductionWindow, reproductionNumber } from '../../../src/measures/reproduction-number.ts';
import type { Adapter } from '../adapter.ts';

interface Input {
  incidence: number[];
  mean_si: number;
  sd_si: number;
  window: number;
  prior_mean: number;
  prior_sd: number;
}

export const run: Adapter = (input: Input) => {
  const found = reproductionNumber(input.incidence, {
    serialMeanDays: input.mean_si,
    serialStandardDeviationDays: input.sd_si,
    windowDays: input.window,
    priorMean: input.prior_mean,
    priorStandardDeviation: input.prior_sd,
    level: 0.95,
  });
  if (isRefusal(found)) return { answer: found };
  // The reference lists the windows that end too early for an estimate, with no value.
  const early = Math.max(0, (found.windows[0]?.fromDay ?? 2) - 2);
  const windows = [
    ...Array.from({ length: early }, (_, i) => ({ fromDay: i + 2, toDay: i + 1 + input.window })),
    ...found.windows,
  ];
  const valueOf = (pick: (window: ReproductionWindow) => number) =>
    windows.map((window) => ('mean' in window ? pick(window) : null));
  return {
    answer: {
      si_distr: found.serialInterval,
      t_start: windows.map((window) => window.fromDay),
      t_end: windows.map((window) => window.toDay),
      mean: valueOf((window) => window.mean.estimate),
      sd: valueOf((window) => window.standardDeviation),
      q025: valueOf((window) => window.mean.lower),
      median: valueOf((window) => window.median),
      q975: valueOf((window) => window.mean.upper),
    },
  };
};
