import { interruptedTimeSeries } from '../../../src/measures/interrupted-time-series.ts';
import { isRefusal } from '../../../src/measures/refusal.ts';
import type { Adapter } from '../adapter.ts';

export const run: Adapter = (input: { y: number[]; intervention_at: number; period: number; harmonics: number }) => {
  const series = interruptedTimeSeries({
    counts: input.y,
    startsAt: input.intervention_at - 1,
    pointsPerYear: input.period,
    harmonics: input.harmonics,
    seed: 1,
  });
  if (isRefusal(series)) return { answer: null };
  return {
    answer: {
      names: series.names,
      poisson_coef: series.fit.coefficients,
      poisson_se: series.standardErrors,
      quasi_se: series.quasiStandardErrors,
      dispersion: series.fit.pearsonDispersion,
      newey_west_lag6_se: series.neweyWestStandardErrors,
      level_rate_ratio: series.levelRatio.estimate,
      slope_rate_ratio: series.slopeRatio.estimate,
      counterfactual_post: series.counterfactual,
      prevented: series.prevented.estimate,
      ols_coef: series.linear.coefficients,
      ols_newey_west_lag6_se: series.linear.neweyWestStandardErrors,
      durbin_watson: series.durbinWatson,
      residual_acf_lag1_to_6: series.residualAutocorrelations,
    },
    // R's summary takes the dispersion from the weights of the step before the last: in 400 made series of few, scattered
    // counts up to 5e-5 off what it converges to, and the errors that rest on it up to 2e-5.
    tolerances: { dispersion: { rel: 1e-4 }, quasi_se: { rel: 5e-5 } },
  };
};
