import { betaQuantile, betaUpperQuantile } from './beta-distribution.ts';
import { binomialProbability, binomialUpper } from './binomial-distribution.ts';
import type { OpenEstimate } from './estimate.ts';
import { arePositive, refuseCount, refuseLevel } from './input.ts';
import { normalDeviate } from './normal-distribution.ts';
import { type Refusal, refuse } from './refusal.ts';

/** Events over an exposure: people, days, or both. */
export interface Exposed {
  readonly events: number;
  readonly exposure: number;
}

/** The refusal for counts that are none or exposures that cannot be divided by, or nothing. */
export function refuseExposed(first: Exposed, second: Exposed): Refusal | undefined {
  const exposures = [first.exposure, second.exposure, first.exposure / second.exposure];
  return (
    refuseCount(first.events, second.events) ??
    (arePositive(exposures)
      ? undefined
      : refuse('no-exposure', 'Each side of a comparison needs a length of time, or a population, above nought.'))
  );
}

/** The odds p/(1 − p) of an event falling in the first of two groups, turned into a ratio of rates. */
function ratioFromShare(share: number, first: Exposed, second: Exposed): number {
  return ((share / (1 - share)) * second.exposure) / first.exposure;
}

/**
 * The ratio first : second of two rates with conditional exact limits (Clopper & Pearson 1934, on the share of all events
 * that fall in the first). Never too narrow; `null` where a side has no bound. Not for two counts of 0.
 *
 * Ratio = (x₁/t₁)/(x₂/t₂), limits π/(1 − π) × t₂/t₁ of the binomial share π. Unit: ratio. Source: Clopper & Pearson 1934.
 *
 * @example exactRateRatio({ events: 11, exposure: 800 }, { events: 21, exposure: 3011 }, 0.95).lower.toFixed(4) // => '0.8584'
 */
export function exactRateRatio(first: Exposed, second: Exposed, level: number): OpenEstimate | Refusal {
  const bad = refuseLevel(level) ?? refuseExposed(first, second);
  if (bad) return bad;
  if (first.events + second.events === 0)
    return refuse('no-events', 'Neither side has events, so their rates have no ratio.');
  return conditionalRatio(first, second, level);
}

/** The conditional exact ratio of counts and exposures that have been checked. */
export function conditionalRatio(first: Exposed, second: Exposed, level: number): OpenEstimate {
  const tail = (1 - level) / 2;
  const { events: x } = first;
  const { events: y } = second;
  return {
    estimate: y === 0 ? null : x / first.exposure / (y / second.exposure),
    lower: x === 0 ? 0 : ratioFromShare(betaQuantile(tail, x, y + 1), first, second),
    upper: y === 0 ? null : ratioFromShare(betaUpperQuantile(tail, x + 1, y), first, second),
    level,
  };
}

/**
 * The conditional exact two-sided p value: the chance of every split no likelier than the one seen (as R's poisson.test).
 *
 * p = Σ P(i) over the splits with P(i) ≤ P(seen), P binomial with share t₁/(t₁ + t₂). Unit: none, a probability. Not where
 * power matters: {@link eTest} finds more. Source: R’s poisson.test.
 *
 * @example exactRateRatioP({ events: 11, exposure: 800 }, { events: 21, exposure: 3011 }).toFixed(5) // => '0.07967'
 */
export function exactRateRatioP(first: Exposed, second: Exposed): number | Refusal {
  return refuseExposed(first, second) ?? conditionalP(first, second);
}

function conditionalP(first: Exposed, second: Exposed): number {
  const n = first.events + second.events;
  const share = first.exposure / (first.exposure + second.exposure);
  // A sliver above, so that a split exactly as likely as the one seen counts with it.
  const limit = binomialProbability(first.events, n, share) * (1 + 1e-7);
  let low = -1;
  let high = n + 1;
  const mode = Math.floor((n + 1) * share);
  // The probabilities rise to the mode and fall after it: find on each side the last split that is rare enough.
  for (let from = -1, to = mode; to - from > 1;) {
    const middle = Math.floor((from + to) / 2);
    if (binomialProbability(middle, n, share) <= limit) low = from = middle;
    else to = middle;
  }
  for (let from = mode, to = n + 1; to - from > 1;) {
    const middle = Math.floor((from + to) / 2);
    if (binomialProbability(middle, n, share) <= limit) high = to = middle;
    else from = middle;
  }
  if (binomialProbability(Math.min(mode, n), n, share) <= limit) return 1;
  const below = low < 0 ? 0 : binomialUpper(n - low - 1, n, 1 - share);
  const above = high > n ? 0 : binomialUpper(high - 1, n, share);
  return Math.min(1, below + above);
}

/**
 * The ratio of two rates with limits on the log scale: exp(ln RR ∓ z √(1/x + 1/y)). They are not defined for a count of
 * nought, which is refused. For counts from 10 up. Source: Rothman & Greenland 1998.
 *
 * Unit: ratio. Not for a count under 10: use {@link exactRateRatio}.
 *
 * @example waldRateRatio({ events: 290, exposure: 12050 }, { events: 1460, exposure: 150300 }, 0.95).lower.toFixed(4) // => '2.1842'
 */
export function waldRateRatio(first: Exposed, second: Exposed, level: number): OpenEstimate | Refusal {
  const bad = refuseLevel(level) ?? refuseExposed(first, second);
  if (bad) return bad;
  if (first.events === 0 || second.events === 0) return noLogarithm;
  return onLogScale(first, second, Math.sqrt(1 / first.events + 1 / second.events), level);
}

/**
 * The same for risks, where each person counts once at most: the variance loses 1/n on each side.
 *
 * Limits = exp(ln RR ∓ z √(1/x − 1/n + 1/y − 1/m)). Unit: ratio. Not for events that one person can have twice. Source:
 * Rothman & Greenland 1998.
 *
 * @example waldRiskRatio({ events: 23, exposure: 1517 }, { events: 402, exposure: 118844 }, 0.95).lower.toFixed(4) // => '2.9534'
 */
export function waldRiskRatio(first: Exposed, second: Exposed, level: number): OpenEstimate | Refusal {
  const bad = refuseLevel(level) ?? refuseExposed(first, second);
  if (bad) return bad;
  if (first.events === 0 || second.events === 0) return noLogarithm;
  const variance = 1 / first.events - 1 / first.exposure + 1 / second.events - 1 / second.exposure;
  return variance < 0
    ? refuse('more-events-than-people', 'There are more events than people, so this is a rate and not a risk.')
    : onLogScale(first, second, Math.sqrt(variance), level);
}

const noLogarithm = refuse(
  'zero-count',
  'One side has no events, so limits on the log scale are not defined: use the exact limits.',
);

function onLogScale(first: Exposed, second: Exposed, error: number, level: number): OpenEstimate {
  const ratio = first.events / first.exposure / (second.events / second.exposure);
  const factor = Math.exp(normalDeviate(level) * error);
  return { estimate: ratio, lower: ratio / factor, upper: ratio * factor, level };
}
