import { countRegression, countTrend } from '../../../src/measures/count-regression.ts';
import { matrixOf } from '../../../src/measures/matrix.ts';
import { isRefusal } from '../../../src/measures/refusal.ts';
import type { Adapter } from '../adapter.ts';
import { readFormula } from '../formula.ts';

export const run: Adapter = (input: { file: string; formula: string }, question) => {
  const rows = question
    .csv(input.file)
    .map((row) => Object.fromEntries(Object.entries(row).map(([key, value]) => [key, Number(value)])));
  const { design, exposure } = readFormula(input.formula);
  const counts = rows.map((row) => row['y']!);
  const model = {
    design: matrixOf(rows.map(design)),
    counts,
    ...(exposure && { exposure: rows.map(exposure) }),
    lag: 3,
  };
  const fit = countRegression(model);
  const trend = countTrend({ ...model, times: rows.map((row) => row['t']!) });
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
        se_newey_west_lag3: fit.neweyWestStandardErrors,
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
  };
};
