import type { Estimate, Method } from './estimate.ts';
import { type Glm, fitGlm } from './generalised-linear-model.ts';
import { arePositive, isNumber, refuseLag, refuseLevel, refuseSeasons } from './input.ts';
import { type Matrix, matrixOf, rootDiagonal } from './matrix.ts';
import { type NegativeBinomialModel, fitNegativeBinomial } from './negative-binomial-model.ts';
import { normalDeviate } from './normal-distribution.ts';
import { type Refusal, isRefusal, refuse } from './refusal.ts';
import { heteroscedasticCovariance, neweyWestCovariance } from './robust-covariance.ts';

const method: Method = { name: 'count-regression', version: '1' };

/** A Poisson regression with every standard error that the field asks for, and the negative binomial beside it. */
export interface CountRegression {
  readonly poisson: Glm;
  /** Standard errors if counts vary as chance alone would make them. */
  readonly standardErrors: readonly number[];
  /** The same widened by the root of the dispersion: quasi-Poisson. */
  readonly quasiStandardErrors: readonly number[];
  /** White's, for variances of any form. */
  readonly robustStandardErrors: readonly number[];
  /** Newey and West's, for months that resemble their neighbours. */
  readonly neweyWestStandardErrors: readonly number[];
  /** Akaike's criterion of the Poisson fit. */
  readonly aic: number;
  readonly negativeBinomial: (NegativeBinomialModel & { standardErrors: readonly number[]; aic: number }) | Refusal;
}

/**
 * Poisson regression of counts on any design, rows in order of time.
 *
 *     ln μ = X β + ln(exposure)
 *
 * Unit: coefficients on the log scale. Not for counts that vary more than Poisson counts do without a look at the quasi
 * and negative binomial errors. Source: McCullagh & Nelder 1989; Newey & West 1987 (Bartlett weights, `lag` months, no
 * small-sample factor).
 *
 * @example countRegression({ design: { rows: 3, columns: 1, values: Float64Array.of(1, 1, 1) }, counts: [1, 2, 3] }).poisson.fitted[0].toFixed(6) // => '2.000000'
 */
export function countRegression(input: {
  readonly design: Matrix;
  readonly counts: ArrayLike<number>;
  readonly exposure?: ArrayLike<number>;
  readonly lag?: number;
}): CountRegression | Refusal {
  const { design, counts, exposure } = input;
  if (exposure && !arePositive(exposure))
    return refuse('no-exposure', 'Some months have no days or no people to count events over.');
  const badLag = refuseLag(input.lag ?? 3, Math.max(4, counts.length));
  if (badLag) return badLag;
  const model = { design, response: counts, ...(exposure && { offset: Array.from(exposure, Math.log) }) };
  const poisson = fitGlm({ ...model, family: 'poisson' });
  if (isRefusal(poisson)) return poisson;
  const standardErrors = rootDiagonal(poisson.unscaledCovariance);
  const widening = Math.sqrt(poisson.pearsonDispersion);
  const second = fitNegativeBinomial(model);
  return {
    poisson,
    standardErrors,
    quasiStandardErrors: standardErrors.map((error) => error * widening),
    robustStandardErrors: rootDiagonal(heteroscedasticCovariance(poisson)),
    neweyWestStandardErrors: rootDiagonal(neweyWestCovariance(poisson, input.lag ?? 3, false)),
    aic: 2 * design.columns - 2 * poisson.logLikelihood,
    negativeBinomial: isRefusal(second)
      ? second
      : {
          ...second,
          standardErrors: rootDiagonal(second.fit.unscaledCovariance),
          aic: 2 * (design.columns + 1) - 2 * second.fit.logLikelihood,
        },
  };
}

/** The yearly change of a monthly series of counts, in per cent, by each model. */
export interface CountTrend {
  readonly method: Method;
  /** The model to show: negative binomial when the dispersion is over 1.2 and it can be fitted, else quasi-Poisson. */
  readonly model: 'quasi-poisson' | 'negative-binomial';
  readonly annualChangePercent: Estimate;
  readonly quasiPoisson: Estimate;
  readonly neweyWest: Estimate;
  readonly negativeBinomial: Estimate | null;
  readonly dispersion: number;
  readonly seasonal: boolean;
  readonly regression: CountRegression;
}

/** Under a year of months no trend is told from a season (analysis.md, section 0). */
const fewestPoints = 12;

/** The design ln μ = b0 + b1 t + Σ (sin, cos) of the season: the trend is column 1. */
function trendDesign(times: readonly number[], period: number, harmonics: number): Matrix {
  return matrixOf(
    times.map((t) => {
      const row = [1, t];
      for (let k = 1; k <= harmonics; k += 1) {
        const angle = (2 * Math.PI * k * t) / period;
        row.push(Math.sin(angle), Math.cos(angle));
      }
      return row;
    }),
  );
}

/**
 * The trend of a monthly count: how many per cent it changes a year, with its interval.
 *
 *     ln μ = b0 + b1 t + Σ harmonics + ln(exposure),  annual change = 100 (exp(12 b1) − 1)
 *
 * `exposure` is the days of each month (times the population for a rate), because February is a tenth shorter.
 * `times` are the month numbers when some months are missing. Not for fewer than 12 months; the season enters only from
 * 24 months on; and a step is not a trend: look for a changepoint first.
 * Unit: per cent a year. Source: McCullagh & Nelder 1989; intervals by the normal approximation on the log scale.
 *
 * @example countTrend({ counts: [64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64] }).annualChangePercent.estimate.toFixed(6) // => '0.000000'
 */
export function countTrend(input: {
  readonly counts: readonly number[];
  readonly exposure?: readonly number[];
  readonly times?: readonly number[];
  readonly pointsPerYear?: number;
  readonly harmonics?: number;
  readonly lag?: number;
  readonly level?: number;
}): CountTrend | Refusal {
  const { counts, pointsPerYear = 12, level = 0.95 } = input;
  const times = input.times ?? counts.map((_, i) => i + 1);
  const bad = refuseLevel(level) ?? refuseSeasons(pointsPerYear, input.harmonics ?? 1);
  if (bad) return bad;
  if (times.length !== counts.length)
    return refuse('lengths-differ', 'The columns given do not have the same number of rows.');
  const fewest = Math.max(fewestPoints, pointsPerYear);
  if (counts.length < fewest)
    return refuse('too-few-points', `A trend needs at least ${fewest} points; there are ${counts.length}.`);
  const seasonal = counts.length >= 2 * pointsPerYear && (input.harmonics ?? 1) > 0;
  const harmonics = seasonal ? (input.harmonics ?? 1) : 0;
  const regression = countRegression({
    design: trendDesign(times, pointsPerYear, harmonics),
    counts,
    ...(input.exposure && { exposure: input.exposure }),
    ...(input.lag !== undefined && { lag: input.lag }),
  });
  if (isRefusal(regression)) return regression;

  const z = normalDeviate(level);
  const change = (slope: number, error: number): Estimate => {
    const percent = (b: number): number => 100 * Math.expm1(pointsPerYear * b);
    return { estimate: percent(slope), lower: percent(slope - z * error), upper: percent(slope + z * error), level };
  };
  const { poisson, negativeBinomial: second } = regression;
  const slope = poisson.coefficients[1] ?? 0;
  const quasiPoisson = change(slope, regression.quasiStandardErrors[1] ?? 0);
  const negativeBinomial = isRefusal(second)
    ? null
    : change(second.fit.coefficients[1] ?? 0, second.standardErrors[1] ?? 0);
  const shown = [
    quasiPoisson,
    change(slope, regression.neweyWestStandardErrors[1] ?? 0),
    negativeBinomial ?? quasiPoisson,
  ];
  if (!shown.every((one) => isNumber(one.upper)))
    return refuse('no-finite-estimate', 'The counts differ too much from point to point to say how sure a trend is.');
  const scattered = poisson.pearsonDispersion > 1.2 && negativeBinomial !== null;
  return {
    method,
    model: scattered ? 'negative-binomial' : 'quasi-poisson',
    annualChangePercent: scattered ? negativeBinomial : quasiPoisson,
    quasiPoisson,
    neweyWest: change(slope, regression.neweyWestStandardErrors[1] ?? 0),
    negativeBinomial,
    dispersion: poisson.pearsonDispersion,
    seasonal,
    regression,
  };
}
