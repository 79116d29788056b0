/* eslint-disable @typescript-eslint/no-non-null-assertion -- every index below is bounded by its loop */
import { digamma, trigamma } from './gamma-function.ts';
import { type Glm, type GlmInput, fitGlm } from './generalised-linear-model.ts';
import { type Refusal, isRefusal, refuse } from './refusal.ts';

/** A negative binomial model: the fit, and the size parameter that governs how much more counts vary than chance. */
export interface NegativeBinomialModel {
  readonly fit: Glm;
  /** θ in variance = μ + μ²/θ. */
  readonly size: number;
  readonly sizeStandardError: number;
}

const notOverdispersed = refuse(
  'not-overdispersed',
  'These counts vary no more than chance would make them, so the plain Poisson model is the right one.',
);

/** Past this size a negative binomial cannot be told from a Poisson (analysis.md, section 3). */
const largestSize = 1e4;

/** How the log likelihood rises with θ, and the information on θ, at this θ (Venables & Ripley 2002, section 7.4). */
function slopeAt(y: ArrayLike<number>, mu: ArrayLike<number>, size: number): { score: number; information: number } {
  let score = 0;
  let information = 0;
  for (let i = 0; i < mu.length; i += 1) {
    const sum = mu[i]! + size;
    score += digamma(size + y[i]!) - digamma(size) + Math.log(size / sum) + 1 - (y[i]! + size) / sum;
    information += trigamma(size) - trigamma(size + y[i]!) - 1 / size + 2 / sum - (y[i]! + size) / (sum * sum);
  }
  return { score, information };
}

/**
 * The θ that is most likely given the means, and the information there. A Newton step may leave for the far side of the
 * maximum, where the likelihood flattens out towards the Poisson: the maximum is held between two bounds.
 */
function likeliestSize(
  y: ArrayLike<number>,
  mu: ArrayLike<number>,
  start: number,
): { size: number; information: number } | undefined {
  let low = start;
  let high = start;
  while (slopeAt(y, mu, low).score <= 0) if ((low /= 4) < 1e-9) return undefined;
  while (slopeAt(y, mu, high).score > 0) if ((high *= 4) > 1e8) return undefined;
  let size = Math.min(Math.max(start, low), high);
  for (let round = 0; round < 200; round += 1) {
    const { score, information } = slopeAt(y, mu, size);
    if (score > 0) low = size;
    else high = size;
    const newton = information > 0 ? size + score / information : Number.NaN;
    const next = newton > low && newton < high ? newton : Math.sqrt(low * high);
    if (Math.abs(next - size) < 1e-12 * size || high - low < 1e-12 * size) return { size: next, information };
    size = next;
  }
  return undefined;
}

/**
 * Fits counts whose variance is μ + μ²/θ (NB2), coefficients and θ each the likeliest given the other, by turns.
 * Standard errors of the coefficients hold θ fixed. Refused when the counts are no more scattered than a Poisson.
 * Source: Venables & Ripley 2002, Modern Applied Statistics with S.
 */
export function fitNegativeBinomial(
  input: Omit<GlmInput, 'family' | 'start' | 'weights'>,
): NegativeBinomialModel | Refusal {
  const poisson = fitGlm({ ...input, family: 'poisson' });
  if (isRefusal(poisson)) return poisson;
  // The slope of the likelihood at the Poisson end: if it falls from there, the likeliest θ has no bound.
  let excess = 0;
  let squares = 0;
  for (let i = 0; i < poisson.fitted.length; i += 1) {
    const mu = poisson.fitted[i]!;
    const y = input.response[i]!;
    excess += (y - mu) ** 2 - y;
    squares += mu * mu;
  }
  if (excess <= 0) return notOverdispersed;

  let fit = poisson;
  let size = squares / excess;
  for (let turn = 0; turn < 100; turn += 1) {
    const found = likeliestSize(input.response, fit.fitted, size);
    if (found === undefined || found.size > largestSize) return notOverdispersed;
    const next = fitGlm({ ...input, family: { negativeBinomialSize: found.size }, start: fit.coefficients });
    if (isRefusal(next)) return next;
    const settled = turn > 0 && Math.abs(found.size - size) < 1e-10 * size;
    fit = next;
    size = found.size;
    if (settled) return { fit, size, sizeStandardError: 1 / Math.sqrt(found.information) };
  }
  return refuse('no-finite-estimate', 'The model did not settle on these figures.');
}
