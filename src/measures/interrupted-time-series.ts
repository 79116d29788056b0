/* eslint-disable @typescript-eslint/no-non-null-assertion -- every index below is bounded by its loop */
import type { Estimate, Method } from './estimate.ts';
import { type Glm, fitGlm } from './generalised-linear-model.ts';
import { arePositive, refuseDraws, refuseLag, refuseLevel, refuseSeasons } from './input.ts';
import { type LinearModel, autocorrelations, durbinWatson, fitLinear } from './linear-model.ts';
import { type Matrix, cholesky, matrixOf, rootDiagonal } from './matrix.ts';
import { normalDeviate } from './normal-distribution.ts';
import { quantileOfSorted } from './quantile.ts';
import { drawNormal, randomStream } from './random.ts';
import { type Refusal, isRefusal, refuse } from './refusal.ts';
import { neweyWestCovariance } from './robust-covariance.ts';

/** What changed in a series when something started. */
export interface InterruptedTimeSeries {
  readonly method: Method;
  /** Level right after the start, over the level that the trend before foretold. */
  readonly levelRatio: Estimate;
  /** By how much each point's growth factor differs after the start. */
  readonly slopeRatio: Estimate;
  /** Events that would have happened since the start on the old course, less those that did. */
  readonly prevented: Estimate;
  /** Expected counts since the start had nothing changed. */
  readonly counterfactual: readonly number[];
  readonly names: readonly string[];
  readonly fit: Glm;
  readonly standardErrors: readonly number[];
  readonly quasiStandardErrors: readonly number[];
  /** Those that the intervals rest on: Newey and West's, with the small-sample factor n/(n−k). */
  readonly neweyWestStandardErrors: readonly number[];
  /** The same model by least squares, as a check. */
  readonly linear: LinearModel & { readonly neweyWestStandardErrors: readonly number[] };
  /** Of the least-squares residuals. */
  readonly durbinWatson: number;
  /** Of the Pearson residuals, at 1 to 6 points apart. */
  readonly residualAutocorrelations: readonly number[];
  readonly seed: number;
  readonly draws: number;
}

const fewestBefore = 12;
const fewestAfter = 6;

/** Random coefficients round the estimate: β + L z, L Lᵀ the covariance. */
function drawnCoefficients(fit: Glm, lower: Matrix, seed: number, draw: number): Float64Array {
  const random = randomStream(seed, draw);
  const k = lower.rows;
  const z = Float64Array.from({ length: k }, () => drawNormal(random));
  return fit.coefficients.map((value, i) => {
    let sum = value;
    for (let j = 0; j <= i; j += 1) sum += lower.values[i * k + j]! * z[j]!;
    return sum;
  });
}

/**
 * An interrupted time series: did the level or the slope of a monthly count change when something started?
 *
 *     ln μ = b0 + b1 t + b2 post + b3 since + harmonics + ln(exposure)
 *     level ratio = exp(b2), slope ratio = exp(b3), prevented = Σ counterfactual − Σ observed, after the start
 *
 * Quasi-Poisson; intervals from Newey and West's covariance (lag 6), that of `prevented` by drawing coefficients from it.
 * `startsAt` is the place (from 0) of the first point after the start. It cannot tell the start from anything else of the
 * same month, nor a true effect from a return to normal when the area was chosen for a peak: prefer a design with a
 * comparison. Needs 12 points before and 6 after, and two full years for a season (`harmonics` 0 leaves it out). Unit: ratios; `prevented` in events. Not for a start that came with a
 * change of recording. Source: Bernal, Cummins & Gasparrini 2017; Newey & West 1987.
 *
 * @example interruptedTimeSeries({ counts: Array.from({ length: 48 }, (_, i) => (i < 24 ? 200 : 100) + (i % 5)), startsAt: 24, seed: 1 }).levelRatio.estimate.toFixed(2) // => '0.50'
 */
export function interruptedTimeSeries(input: {
  readonly counts: readonly number[];
  readonly startsAt: number;
  readonly exposure?: readonly number[];
  readonly pointsPerYear?: number;
  readonly harmonics?: number;
  readonly lag?: number;
  readonly level?: number;
  readonly seed: number;
  readonly draws?: number;
}): InterruptedTimeSeries | Refusal {
  const { counts, startsAt, exposure, pointsPerYear = 12, harmonics = 1, lag = 6, level = 0.95, seed } = input;
  const draws = input.draws ?? 1000;
  const bad = refuseLevel(level) ?? refuseDraws(seed, draws);
  if (bad) return bad;
  const n = counts.length;
  if (!Number.isInteger(startsAt) || startsAt < fewestBefore || n - startsAt < fewestAfter)
    return refuse(
      'too-few-points',
      `This design needs at least ${fewestBefore} points before the start and ${fewestAfter} after it.`,
    );
  if (exposure && exposure.length !== n)
    return refuse('lengths-differ', 'The columns given do not have the same number of rows.');
  if (exposure && !arePositive(exposure))
    return refuse('no-exposure', 'Some months have no days or no people to count events over.');
  const badShape = refuseSeasons(pointsPerYear, harmonics) ?? refuseLag(lag, n);
  if (badShape) return badShape;
  // analysis.md, section 0: no seasonal model under two full cycles.
  if (harmonics > 0 && n < 2 * pointsPerYear)
    return refuse(
      'too-few-cycles',
      `A season needs at least two full years, ${2 * pointsPerYear} points; there are ${n}. Leave the season out, or wait.`,
    );

  const names = ['(Intercept)', 't', 'post', 'since'];
  for (let k = 1; k <= harmonics; k += 1) names.push(`s${k}`, `c${k}`);
  const design = matrixOf(
    counts.map((_, i) => {
      const row = [1, i + 1, i >= startsAt ? 1 : 0, i >= startsAt ? i - startsAt : 0];
      for (let k = 1; k <= harmonics; k += 1) {
        const angle = (2 * Math.PI * k * (i + 1)) / pointsPerYear;
        row.push(Math.sin(angle), Math.cos(angle));
      }
      return row;
    }),
  );
  const offset = exposure && exposure.map(Math.log);
  const fit = fitGlm({ design, response: counts, family: 'poisson', ...(offset && { offset }) });
  if (isRefusal(fit)) return fit;
  const linear = fitLinear(design, counts);
  if (isRefusal(linear)) return linear;

  const covariance = neweyWestCovariance(fit, lag, true);
  const robust = rootDiagonal(covariance);
  const lower = cholesky(covariance);
  if (lower === undefined)
    return refuse('no-finite-estimate', 'The figures are too regular to say how sure the estimate is.');
  const standardErrors = rootDiagonal(fit.unscaledCovariance);
  const widening = Math.sqrt(fit.pearsonDispersion);

  const columns = design.columns;
  const withoutStart = (coefficients: ArrayLike<number>): number[] =>
    counts.slice(startsAt).map((_, after) => {
      const i = startsAt + after;
      let eta = offset?.[i] ?? 0;
      for (let j = 0; j < columns; j += 1)
        if (j !== 2 && j !== 3) eta += design.values[i * columns + j]! * coefficients[j]!;
      return Math.exp(eta);
    });
  const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);
  const observed = sum(counts.slice(startsAt));
  const counterfactual = withoutStart(fit.coefficients);
  const drawn = new Float64Array(draws);
  for (let draw = 0; draw < draws; draw += 1)
    drawn[draw] = sum(withoutStart(drawnCoefficients(fit, lower, seed, draw))) - observed;
  drawn.sort();

  const z = normalDeviate(level);
  const ratio = (j: number): Estimate => ({
    estimate: Math.exp(fit.coefficients[j]!),
    lower: Math.exp(fit.coefficients[j]! - z * robust[j]!),
    upper: Math.exp(fit.coefficients[j]! + z * robust[j]!),
    level,
  });
  const pearson = fit.fitted.map((mu, i) => (counts[i]! - mu) / Math.sqrt(mu));
  return {
    method: { name: 'interrupted-time-series', version: '1' },
    levelRatio: ratio(2),
    slopeRatio: ratio(3),
    prevented: {
      estimate: sum(counterfactual) - observed,
      lower: quantileOfSorted(drawn, (1 - level) / 2)!,
      upper: quantileOfSorted(drawn, (1 + level) / 2)!,
      level,
    },
    counterfactual,
    names,
    fit,
    standardErrors,
    quasiStandardErrors: standardErrors.map((error) => error * widening),
    neweyWestStandardErrors: robust,
    linear: { ...linear, neweyWestStandardErrors: rootDiagonal(neweyWestCovariance(linear, lag, true)) },
    durbinWatson: durbinWatson(linear.residuals),
    residualAutocorrelations: autocorrelations(pearson, 6),
    seed,
    draws,
  };
}
