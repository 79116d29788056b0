import { chiSquaredUpper } from './chi-squared-distribution.ts';
import { contagionShare } from './contagion-share.ts';
import type { Estimate, Method } from './estimate.ts';
import { areFinite, arePositive, isNumber, refuseLevel } from './input.ts';
import { sharesInside } from './kernel-density.ts';
import { areMonthOnly } from './month-only-days.ts';
import { minimise, type Minimum } from './nelder-mead.ts';
import { normalDeviate } from './normal-distribution.ts';
import { observedVariances } from './observed-information.ts';
import {
  isDistance,
  refusePoints,
  refuseSnapped,
  refuseWindow,
  windowArea,
  type MapWindow,
  type Placing,
  type PlanarPoints,
} from './planar-points.ts';
import { refuse, type Refusal } from './refusal.ts';
import { risingOrder } from './rising-order.ts';

export interface HawkesSpread {
  /** Background events a square metre a day, on average over the study area. */
  readonly mu: number;
  /** Direct follow-on events an event. */
  readonly theta: number;
  /** How fast they come, a day: 1/omega is the mean delay in days. */
  readonly omega: number;
  /** How far they lie: the standard deviation in metres along each axis. */
  readonly sigmaMetres: number;
}

/** Events of a study area over days 0 to `days`, in the order of their times. */
export interface SpaceTimeEvents {
  readonly points: PlanarPoints;
  readonly times: ArrayLike<number>;
  readonly window: MapWindow;
  readonly days: number;
}

export interface HawkesSpaceTime {
  readonly method: Method;
  readonly spread: HawkesSpread;
  readonly followOnPerEvent: Estimate;
  readonly decayPerDay: Estimate;
  readonly distanceMetres: Estimate;
  readonly logLikelihood: number;
  /** Of the same background without contagion. */
  readonly backgroundLogLikelihood: number;
  readonly likelihoodRatio: number;
  /** Of no contagion; delay and distance have no meaning then, so the ratio is held against chi-squared with 3 degrees. */
  readonly p: number;
  /** The delay or the distance stands at an end of the range looked at: more likely a hot spot that lasts than contagion. */
  readonly atLimit: boolean;
  /** The chance of each event to be background, in the order of the rows. */
  readonly backgroundProbability: Float64Array;
}

const farther = 45;

/** Logarithm of background events, theta, logarithms of omega and sigma; and minus the log likelihood there. */
type Fit = Minimum;

/** Shares of a range of logarithms, close enough for a hill of the likelihood not to lie between two. */
function netOver([from, to]: readonly [number, number]): number[] {
  const steps = Math.max(6, Math.ceil(to - from));
  return Array.from({ length: steps }, (_, i) => (i + 0.5) / steps);
}

/** A thousand years. */
const mostDays = 365_250;

/** Refuses times that are not one an event, or do not lie in the period. */
function refuseTimes(times: ArrayLike<number>, points: PlanarPoints, days: number): Refusal | undefined {
  if (points.eastings.length !== times.length)
    return refuse('mismatched-lengths', 'There is not one time for each event.');
  if (!areFinite(times)) return refuse('not-finite', 'Some of the times are missing or not finite.');
  if (!(days >= 1e-3 && days <= mostDays))
    return refuse('bad-period', 'The period must have a length in days, of a thousand years at most.');
  for (let i = 0; i < times.length; i++) {
    if ((times[i] ?? 0) < 0 || (times[i] ?? 0) > days)
      return refuse('outside-period', 'Some of the events lie before the start or after the end of the period.');
  }
  return undefined;
}

/** What has been set off at each event by those before it, for theta = 1. */
function triggered({ points, times }: SpaceTimeEvents, omega: number, sigma: number): Float64Array {
  const { eastings, northings } = points;
  const n = times.length;
  const scale = omega / (2 * Math.PI * sigma * sigma);
  const perSquare = 1 / (2 * sigma * sigma);
  const rates = new Float64Array(n);
  for (let i = 1; i < n; i++) {
    const t = times[i] ?? 0;
    const x = eastings[i] ?? 0;
    const y = northings[i] ?? 0;
    let sum = 0;
    for (let j = i - 1; j >= 0; j--) {
      const delay = omega * (t - (times[j] ?? 0));
      // Beyond this the rest is below 1e-19 of an event.
      if (delay > farther) break;
      if (delay <= 0) continue;
      const dx = (eastings[j] ?? 0) - x;
      const dy = (northings[j] ?? 0) - y;
      const exponent = delay + (dx * dx + dy * dy) * perSquare;
      if (exponent < farther) sum += Math.exp(-exponent);
    }
    rates[i] = sum * scale;
  }
  return rates;
}

/**
 * The log likelihood of events in place and time under an even background and a kernel of contagion.
 *
 * Σ ln λi − μ A T − θ Σ (1 − e^(−ω(T − ti))) share(i), λ = μ + θ ω e^(−ω dt) N(d; σ) over earlier events; share(i) is the part
 * of the Gaussian round event i inside the rectangle (1 with `edge: false`). Times must rise; events at the same moment do not set each other off.
 *
 * Without contagion it is that of an even Poisson process, n ln μ − μ A T: here 2 ln(1e-6) − 1e-6 × 1e6 × 10. Unit:
 * natural logarithm of a likelihood. Not comparable between two areas or periods. Source: Mohler and others (2011); Meyer,
 * Elias and Höhle (2012).
 *
 * @example hawkesSpaceTimeLogLikelihood({ points: { eastings: [10, 20], northings: [10, 20] }, times: [1, 5], window: { westMetres: 0, eastMetres: 1000, southMetres: 0, northMetres: 1000 }, days: 10 }, { mu: 1e-6, theta: 0, omega: 1, sigmaMetres: 100 }).toFixed(3) // => '-37.631'
 */
export function hawkesSpaceTimeLogLikelihood(
  events: SpaceTimeEvents,
  spread: HawkesSpread,
  options: { readonly edge?: boolean } = {},
): number | Refusal {
  const { points, times, window, days } = events;
  const bad = refusePoints(points, 1) ?? refuseWindow(window, points) ?? refuseTimes(times, points, days);
  if (bad) return bad;
  if (!rises(times)) return refuse('not-rising', 'The times must rise from the first event to the last.');
  const { mu, theta, omega, sigmaMetres } = spread;
  if (!(arePositive([mu, omega]) && isDistance(sigmaMetres) && theta >= 0 && isNumber(theta)))
    return refuse('bad-settings', 'The rates and the distance of the model must be above nought.');
  const sum = logLikelihood(events, spread, options);
  return Number.isFinite(sum) ? sum : refuse('impossible-events', 'These rates make the events impossible.');
}

function rises(times: ArrayLike<number>): boolean {
  for (let i = 1; i < times.length; i++) if ((times[i] ?? 0) < (times[i - 1] ?? 0)) return false;
  return true;
}

function logLikelihood(
  events: SpaceTimeEvents,
  { mu, theta, omega, sigmaMetres }: HawkesSpread,
  { edge = true, relative }: { readonly edge?: boolean; readonly relative?: Float64Array } = {},
): number {
  const rates = triggered(events, omega, sigmaMetres);
  const shares = edge ? sharesInside(events.points, events.window, sigmaMetres) : undefined;
  let sum = -mu * windowArea(events.window) * events.days;
  for (let i = 0; i < rates.length; i++) {
    sum += Math.log(mu * (relative?.[i] ?? 1) + theta * (rates[i] ?? 0));
    sum += theta * Math.expm1(-omega * (events.days - (events.times[i] ?? 0))) * (shares?.[i] ?? 1);
  }
  return sum;
}

export interface HawkesSpaceTimeOptions {
  readonly level?: number;
  /** `snapped` for places that were moved to map points before they were published: they are refused. */
  readonly placing?: Placing;
  /**
   * `even`: the same background everywhere. `smoothed`: a background with hot spots of its own, found together with the
   * contagion by stochastic declustering (Mohler 2011). Use `smoothed` on real places, and show both.
   */
  readonly background?: 'even' | 'smoothed';
  /** Standard deviation of the smoothing of the background in metres. */
  readonly backgroundMetres?: number;
  /** The longest mean delay looked for: a quarter of the period, or at most 28 days beside a smoothed background. */
  readonly longestDelayDays?: number;
  /** The shortest: a twentieth of the mean gap, for two chance neighbours would else make a spike. */
  readonly shortestDelayDays?: number;
  /** The least spread looked for: repeats at one address would else make a spike without width. */
  readonly leastSigmaMetres?: number;
  /** The greatest: a quarter of the study area's width, or at most the smoothing of the background. */
  readonly greatestSigmaMetres?: number;
}

/**
 * Asks how many further events each event sets off nearby and soon after.
 *
 * Maximum likelihood of {@link hawkesSpaceTimeLogLikelihood}; limits from the curvature at the top. With an even background, every
 * lasting hot spot passes for contagion: read it only beside `background: 'smoothed'`, with a smoothing finer than the hot
 * spots are wide, and not at all when `atLimit`. Work grows with the square of events. Refuses month-only
 * dates and needs true places. Estimate = argmax of the log likelihood. Unit: follow-on events an event; days; metres.
 * Source: Mohler and others (2011), JASA 106, 100-108; Meyer, Elias and Höhle (2012), Biometrics 68.
 *
 * @example hawkesSpaceTime({ points: { eastings: [1], northings: [1] }, times: [1], window: { westMetres: 0, eastMetres: 9, southMetres: 0, northMetres: 9 }, days: 30 }).reason // => 'too-few-points'
 */
export function hawkesSpaceTime(
  given: SpaceTimeEvents,
  {
    level = 0.95,
    placing = 'true',
    background = 'even',
    backgroundMetres = 500,
    leastSigmaMetres = 10,
    longestDelayDays = background === 'even' ? given.days / 4 : Math.min(28, given.days / 4),
    shortestDelayDays = given.days / (20 * given.times.length),
    greatestSigmaMetres,
  }: HawkesSpaceTimeOptions = {},
): HawkesSpaceTime | Refusal {
  const bad =
    refuseLevel(level) ??
    refuseSnapped(placing) ??
    refusePoints(given.points, 20) ??
    refuseWindow(given.window, given.points);
  if (bad) return bad;
  const n = given.times.length;
  const badTimes = refuseTimes(given.times, given.points, given.days);
  if (badTimes) return badTimes;
  // The terminal passes words on as they were typed.
  if (!['even', 'smoothed'].includes(background))
    return refuse('bad-settings', 'The background must be even or smoothed.');
  const distances = [backgroundMetres, leastSigmaMetres, greatestSigmaMetres ?? leastSigmaMetres];
  const delays = [longestDelayDays, shortestDelayDays];
  if (!distances.every(isDistance) || !delays.every((delay) => delay >= 1e-6 && delay <= mostDays)) {
    return refuse('bad-settings', 'The distances and the delay looked for must be above nought.');
  }
  const order = risingOrder(Float64Array.from(given.times));
  const take = (values: ArrayLike<number>) => Float64Array.from(order, (i) => values[i] ?? 0);
  const times = take(given.times);
  const first = times[0] ?? 0;
  const last = times[n - 1] ?? 0;
  if (!(last > first)) return refuse('one-moment', 'All events happened at the same moment.');
  if (areMonthOnly(times)) {
    return refuse('months-not-days', 'The dates are months, not days, so contagion cannot be seen in them.');
  }
  const points = { eastings: take(given.points.eastings), northings: take(given.points.northings) };
  const events: SpaceTimeEvents = { points, times, window: given.window, days: given.days };
  const area = windowArea(given.window);
  const exposure = area * given.days;
  // Contagion wider or slower than the background is smooth cannot be told from a hot spot that lasts.
  const usual = background === 'even' ? Math.sqrt(area) / 4 : Math.min(backgroundMetres, Math.sqrt(area) / 4);
  const widest = greatestSigmaMetres ?? usual;
  const slowest = Math.log(1 / longestDelayDays);
  const limits = {
    omega: [slowest, Math.max(slowest + 1, Math.log(1 / shortestDelayDays))] as const,
    sigma: [Math.log(Math.min(leastSigmaMetres, widest / 2)), Math.log(widest)] as const,
  };
  const spreadAt = ([logMu = 0, theta = 0, logOmega = 0, logSigma = 0]: readonly number[]): HawkesSpread => ({
    mu: Math.exp(logMu) / exposure,
    theta,
    omega: Math.exp(logOmega),
    sigmaMetres: Math.exp(logSigma),
  });
  const inside = (value: number, [from, to]: readonly [number, number]) => value >= from && value <= to;
  const minusWith = (relative: Float64Array) => (at: readonly number[]) => {
    const [, theta = 0, logOmega = 0, logSigma = 0] = at;
    const allowed = theta >= 0 && theta < 1 && inside(logOmega, limits.omega) && inside(logSigma, limits.sigma);
    if (!allowed) return Infinity;
    const value = -logLikelihood(events, spreadAt(at), { relative });
    return Number.isNaN(value) ? Infinity : value;
  };
  const along = ([from, to]: readonly [number, number], share: number) => from + share * (to - from);
  const fit = (relative: Float64Array, near?: Fit): Fit => {
    const shareAt = ([logOmega = 0, logSigma = 0]: readonly number[]) => {
      const omega = Math.exp(logOmega);
      const sigma = Math.exp(logSigma);
      const shares = sharesInside(points, given.window, sigma);
      let followed = 0;
      for (let i = 0; i < n; i++) followed -= Math.expm1(-omega * (given.days - (times[i] ?? 0))) * (shares[i] ?? 1);
      return contagionShare(triggered(events, omega, sigma), relative, exposure, followed);
    };
    const minus = (at: readonly number[]) => {
      if (!inside(at[0] ?? 0, limits.omega) || !inside(at[1] ?? 0, limits.sigma)) return Infinity;
      return -shareAt(at).logLikelihood;
    };
    const net: Minimum[] = near ? [{ at: near.at.slice(2), value: minus(near.at.slice(2)) }] : [];
    for (const delay of near ? [] : netOver(limits.omega)) {
      for (const distance of netOver(limits.sigma)) {
        const at = [along(limits.omega, delay), along(limits.sigma, distance)];
        net.push({ at, value: minus(at) });
      }
    }
    net.sort((a, b) => a.value - b.value);
    let best = net[0] ?? { at: [0, 0], value: Infinity };
    for (const start of net.slice(0, Math.max(3, Math.ceil(net.length / 12)))) {
      const found = minimise(minus, start.at, { step: 0.2, tolerance: 1e-8, restarts: 2 });
      if (found.value < best.value) best = found;
    }
    const { mu, theta, logLikelihood } = shareAt(best.at);
    return { at: [Math.log(mu * exposure), theta, ...best.at], value: -logLikelihood };
  };
  const probabilities = (at: readonly number[], relative: Float64Array): Float64Array => {
    const { mu, theta, omega, sigmaMetres } = spreadAt(at);
    const rates = triggered(events, omega, sigmaMetres);
    return rates.map((rate, i) => {
      const own = mu * (relative[i] ?? 1);
      return own > 0 ? own / (own + theta * rate) : 1;
    });
  };
  let relative = new Float64Array(n).fill(1);
  let best: Fit;
  if (background === 'even') best = fit(relative);
  else {
    const shares = sharesInside(points, given.window, backgroundMetres);
    let chance = new Float64Array(n).fill(1);
    relative = smoothedBackground(points, chance, shares, area, backgroundMetres);
    best = fit(relative);
    for (let round = 0; round < 5; round++) {
      chance = Float64Array.from(probabilities(best.at, relative));
      relative = smoothedBackground(points, chance, shares, area, backgroundMetres);
      // The hill moves little from round to round; the last round looks everywhere again.
      best = fit(relative, round < 4 ? best : undefined);
    }
  }
  const minus = minusWith(relative);
  let alone = n * Math.log(n / exposure) - n;
  for (const share of relative) alone += Math.log(share);
  const likelihoodRatio = Math.max(0, 2 * (-best.value - alone));
  const [, theta = 0, logOmega = 0, logSigma = 0] = best.at;
  const thetaStep = Math.min(1e-3, Math.max(1e-5, theta / 4));
  const variances = observedVariances(minus, best.at, [1e-3, thetaStep, 1e-3, 1e-3]);
  const z = normalDeviate(level);
  const by = (i: number) => z * Math.sqrt(variances?.[i] ?? Infinity);
  const onLogarithm = (log: number, i: number, [from, to]: readonly [number, number]): Estimate => ({
    estimate: Math.exp(log),
    lower: Math.exp(Math.max(from, log - by(i))),
    upper: Math.exp(Math.min(to, log + by(i))),
    level,
  });
  const chances = probabilities(best.at, relative);
  const atEnd = (value: number, [from, to]: readonly [number, number]) => value - from < 0.01 || to - value < 0.01;
  const backgroundProbability = new Float64Array(n);
  for (const [at, row] of order.entries()) backgroundProbability[row] = chances[at] ?? 1;
  return {
    method: { name: `hawkes-space-time-${background}`, version: '1' },
    spread: spreadAt(best.at),
    followOnPerEvent: {
      estimate: theta,
      lower: Math.max(0, theta - by(1)),
      upper: Math.min(1, theta + by(1)),
      level,
    },
    decayPerDay: onLogarithm(logOmega, 2, limits.omega),
    distanceMetres: onLogarithm(logSigma, 3, limits.sigma),
    logLikelihood: -best.value,
    backgroundLogLikelihood: alone,
    likelihoodRatio,
    p: likelihoodRatio > 0 ? chiSquaredUpper(likelihoodRatio, 3) : 1,
    atLimit: theta > 0 && (atEnd(logOmega, limits.omega) || atEnd(logSigma, limits.sigma)),
    backgroundProbability,
  };
}

/** The background at each event over its mean, from the other events weighted by their chance to be background. */
function smoothedBackground(
  { eastings, northings }: PlanarPoints,
  chance: Float64Array,
  shares: Float64Array,
  area: number,
  sigmaMetres: number,
): Float64Array<ArrayBuffer> {
  const n = chance.length;
  const exponent = -1 / (2 * sigmaMetres * sigmaMetres);
  const relative = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    let sum = 0;
    let weight = 0;
    for (let j = 0; j < n; j++) {
      if (i === j) continue;
      const dx = (eastings[j] ?? 0) - (eastings[i] ?? 0);
      const dy = (northings[j] ?? 0) - (northings[i] ?? 0);
      sum += ((chance[j] ?? 0) * Math.exp((dx * dx + dy * dy) * exponent)) / (shares[j] ?? 1);
      weight += chance[j] ?? 0;
    }
    const even = (sum * area) / (2 * Math.PI * sigmaMetres * sigmaMetres * weight);
    // A hundredth of even background everywhere, so that a lone event is not impossible.
    relative[i] = 0.99 * even + 0.01;
  }
  return relative;
}
