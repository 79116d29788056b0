import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contagionShare } from './contagion-share.ts';
import { hawkesSpaceTime, hawkesSpaceTimeLogLikelihood, type SpaceTimeEvents } from './hawkes-space-time.ts';
import { hawkesLogLikelihood, hawkesTemporal } from './hawkes-temporal.ts';
import { minimise } from './nelder-mead.ts';
import { drawNormal, drawPoisson, randomStream } from './random.ts';
import { isRefusal, type Refusal } from './refusal.ts';

function answer<T>(got: T | Refusal): T {
  if (isRefusal(got)) throw new Error(got.sentence);
  return got;
}

const window = { westMetres: 0, eastMetres: 4000, southMetres: 0, northMetres: 4000 };

/** A clustered set made as the model says: a steady background, each event setting off Poisson(theta) others. */
function outbreak(seed: number, days: number, background: number, theta: number): SpaceTimeEvents {
  const random = randomStream(seed);
  const waiting = Array.from({ length: drawPoisson(background, random) }, () => ({
    t: random.next() * days,
    x: random.next() * 4000,
    y: random.next() * 4000,
  }));
  const events: typeof waiting = [];
  for (let event = waiting.pop(); event; event = waiting.pop()) {
    if (event.t > days || event.x < 0 || event.x > 4000 || event.y < 0 || event.y > 4000) continue;
    events.push(event);
    for (let more = drawPoisson(theta, random); more > 0; more--) {
      waiting.push({
        t: event.t - Math.log(1 - random.next()) * 8,
        x: event.x + 110 * drawNormal(random),
        y: event.y + 110 * drawNormal(random),
      });
    }
  }
  events.sort((a, b) => a.t - b.t);
  return {
    points: { eastings: events.map((event) => event.x), northings: events.map((event) => event.y) },
    times: events.map((event) => event.t),
    window,
    days,
  };
}

describe('the temporal Hawkes likelihood', () => {
  it('is the sum over events less the integral of the rate, taken by small steps', () => {
    const times = [0.4, 0.9, 1, 3.2, 7.7];
    const [mu, alpha, beta, end] = [0.7, 0.4, 1.3, 10];
    const rate = (t: number) =>
      mu + times.filter((at) => at < t).reduce((sum, at) => sum + alpha * Math.exp(-beta * (t - at)), 0);
    const steps = 200_000;
    let integral = 0;
    for (let i = 0; i < steps; i++) integral += (rate(((i + 0.5) * end) / steps) * end) / steps;
    const wanted = times.reduce((sum, at) => sum + Math.log(rate(at)), 0) - integral;
    expect(hawkesLogLikelihood(times, end, { mu, alpha, beta })).toBeCloseTo(wanted, 4);
  });

  it('is that of a Poisson process without contagion', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 9, noNaN: true }), { minLength: 1 }), (list) => {
        const times = [...list].sort((a, b) => a - b);
        const got = hawkesLogLikelihood(times, 9, { mu: 0.5, alpha: 0, beta: 1 });
        expect(got).toBeCloseTo(times.length * Math.log(0.5) - 4.5, 9);
      }),
    );
  });

  it('does not let events of one moment set each other off', () => {
    const rates = { mu: 0.5, alpha: 3, beta: 2 };
    const together = hawkesLogLikelihood([1, 1], 100, rates);
    expect(together).toBeCloseTo(2 * Math.log(0.5) - 50 - 3, 9);
  });
});

describe('a fit in time', () => {
  it('finds the contagion that was put there', () => {
    const { times } = outbreak(3, 1500, 200, 0.45);
    const fit = answer(hawkesTemporal(times, 1500));
    expect(fit.branchingRatio.lower).toBeLessThan(0.45);
    expect(fit.branchingRatio.upper).toBeGreaterThan(0.45);
    expect(fit.p).toBeLessThan(0.01);
    expect(fit.likelihoodRatio).toBeCloseTo(2 * (fit.logLikelihood - fit.poissonLogLikelihood), 9);
  });

  it('sees contagion in about one in twenty Poisson series', () => {
    let seen = 0;
    for (let set = 0; set < 60; set++) {
      const random = randomStream(77, set);
      const times = Array.from({ length: 80 }, () => random.next() * 365);
      if (answer(hawkesTemporal(times, 365)).p < 0.05) seen++;
    }
    // Three is expected; nine or more would come by chance once in 500 times.
    expect(seen).toBeLessThan(9);
  });

  it('has the true share inside its limits nearly as often as it claims', () => {
    let inside = 0;
    for (let seed = 1; seed <= 60; seed++) {
      const { lower, upper } = answer(hawkesTemporal(outbreak(seed, 365, 100, 0.2).times, 365)).branchingRatio;
      if (lower <= 0.2 && 0.2 <= upper) inside++;
    }
    // 57 are expected. Limits from the curvature at the top alone hold it in 53 of these.
    expect(inside).toBeGreaterThan(55);
  });

  it('does not depend on the unit of time', () => {
    const { times } = outbreak(5, 300, 120, 0.4);
    const days = answer(hawkesTemporal(times, 300));
    const hours = answer(hawkesTemporal(Array.from(times, (time) => time * 24), 7200)); // prettier-ignore
    expect(hours.branchingRatio.estimate).toBeCloseTo(days.branchingRatio.estimate, 5);
    expect(hours.rates.beta * 24).toBeCloseTo(days.rates.beta, 4);
    expect(hours.likelihoodRatio).toBeCloseTo(days.likelihoodRatio, 6);
  });

  it('refuses what has no answer', () => {
    const { times } = outbreak(5, 300, 120, 0.4);
    expect(hawkesTemporal([1, 2, 3], 9)).toMatchObject({ reason: 'too-few-events' });
    expect(hawkesTemporal(times, 10)).toMatchObject({ reason: 'outside-period' });
    expect(hawkesTemporal(new Array<number>(30).fill(4), 9)).toMatchObject({ reason: 'one-moment' });
    expect(hawkesTemporal([Number.NaN, ...Array.from(times)], 300)).toMatchObject({ reason: 'not-finite' });
    const months = Array.from({ length: 40 }, (_, i) => 31 * (i % 5));
    expect(hawkesTemporal(months, 300)).toMatchObject({ reason: 'months-not-days' });
  });
});

describe('a fit in place and time', () => {
  const contagious = outbreak(8, 365, 180, 0.4);

  it('finds the contagion that was put there, how far and how fast', () => {
    const fit = answer(hawkesSpaceTime(contagious));
    for (const [{ lower, upper }, truth] of [
      [fit.followOnPerEvent, 0.4],
      [fit.distanceMetres, 110],
      [fit.decayPerDay, 1 / 8],
    ] as const) {
      expect(lower).toBeLessThan(truth);
      expect(upper).toBeGreaterThan(truth);
    }
    expect(fit.p).toBeLessThan(1e-6);
  });

  it('parts events into background and follow-on that add up', () => {
    const fit = answer(hawkesSpaceTime(contagious));
    const background = fit.backgroundProbability.reduce((a, b) => a + b, 0);
    // At the top, background events equal their exposure: mu × area × days.
    expect(background).toBeCloseTo(fit.spread.mu * 16e6 * 365, 3);
  });

  it('does not take hot spots that last for contagion once the background may have them', { timeout: 60_000 }, () => {
    const random = randomStream(31);
    const centres = Array.from({ length: 4 }, () => [500 + 3000 * random.next(), 500 + 3000 * random.next()] as const);
    const eastings: number[] = [];
    const northings: number[] = [];
    const times: number[] = [];
    for (let i = 0; i < 160; i++) {
      const [x, y] = centres[i % 4]!;
      eastings.push(Math.min(4000, Math.max(0, x + 180 * drawNormal(random))));
      northings.push(Math.min(4000, Math.max(0, y + 180 * drawNormal(random))));
      times.push(random.next() * 365);
    }
    const events = { points: { eastings, northings }, times, window, days: 365 };
    const even = answer(hawkesSpaceTime(events));
    expect(even.p).toBeLessThan(0.001);
    const fine = answer(hawkesSpaceTime(events, { background: 'smoothed', backgroundMetres: 120 }));
    expect(fine.followOnPerEvent.estimate).toBeLessThan(even.followOnPerEvent.estimate / 5);
    expect(fine.p).toBeGreaterThan(0.05);
    // A background smoother than the hot spots leaves some over; then the delay runs to its limit, and the answer says so.
    const coarse = answer(hawkesSpaceTime(events, { background: 'smoothed', backgroundMetres: 300 }));
    expect(coarse.atLimit).toBe(true);
  });

  it('does not depend on the order of the rows', { timeout: 60_000 }, () => {
    const turned = {
      ...contagious,
      points: {
        eastings: Array.from(contagious.points.eastings).toReversed(),
        northings: Array.from(contagious.points.northings).toReversed(),
      },
      times: Array.from(contagious.times).toReversed(),
    };
    const there = answer(hawkesSpaceTime(contagious));
    const back = answer(hawkesSpaceTime(turned));
    expect(back.followOnPerEvent).toEqual(there.followOnPerEvent);
    expect([...back.backgroundProbability].toReversed()).toEqual([...there.backgroundProbability]);
  });

  it('has the likelihood of the definition, summed over every pair', () => {
    const few: SpaceTimeEvents = {
      points: { eastings: [100, 150, 3900, 160], northings: [100, 80, 2000, 120] },
      times: [1, 3, 4, 9],
      window,
      days: 20,
    };
    const spread = { mu: 4e-9, theta: 0.35, omega: 0.2, sigmaMetres: 100 };
    let wanted = -spread.mu * 16e6 * 20;
    for (let i = 0; i < 4; i++) {
      let rate = spread.mu;
      for (let j = 0; j < i; j++) {
        const d2 =
          (Number(few.points.eastings[i]) - Number(few.points.eastings[j])) ** 2 +
          (Number(few.points.northings[i]) - Number(few.points.northings[j])) ** 2;
        rate +=
          ((0.35 * 0.2 * Math.exp(-0.2 * (few.times[i]! - few.times[j]!))) / (2 * Math.PI * 1e4)) * Math.exp(-d2 / 2e4);
      }
      wanted += Math.log(rate) - 0.35 * (1 - Math.exp(-0.2 * (20 - few.times[i]!)));
    }
    expect(hawkesSpaceTimeLogLikelihood(few, spread, { edge: false })).toBeCloseTo(wanted, 9);
    // Less of the kernel inside the window, less to be expected: the likelihood rises with the correction.
    expect(hawkesSpaceTimeLogLikelihood(few, spread)).toBeGreaterThan(wanted);
  });

  it('refuses what has no answer', () => {
    expect(hawkesSpaceTime({ ...contagious, times: [1] })).toMatchObject({ reason: 'mismatched-lengths' });
    expect(hawkesSpaceTime({ ...contagious, days: 3 })).toMatchObject({ reason: 'outside-period' });
    expect(hawkesSpaceTime({ ...contagious, window: { ...window, eastMetres: 10 } })).toMatchObject({
      reason: 'outside-window',
    });
    expect(hawkesSpaceTime(contagious, { backgroundMetres: 0 })).toMatchObject({ reason: 'bad-settings' });
  });
});

describe('what the fits stand on', () => {
  it('finds the bottom of Rosenbrock’s valley', () => {
    const { at } = minimise(([x = 0, y = 0]) => (1 - x) ** 2 + 100 * (y - x * x) ** 2, [-1.2, 1]);
    expect(at[0]).toBeCloseTo(1, 3);
    expect(at[1]).toBeCloseTo(1, 3);
  });

  it('splits events where no other split does better', () => {
    const rates = fc.array(fc.double({ min: 0, max: 5, noNaN: true }), { minLength: 3, maxLength: 30 });
    fc.assert(
      fc.property(rates, fc.double({ min: 0.1, max: 20, noNaN: true }), (list, exposure) => {
        const triggered = Float64Array.from(list);
        const { theta, logLikelihood } = contagionShare(triggered, undefined, 10, exposure);
        for (let other = 0; other <= 0.99; other += 0.01) {
          const mu = (list.length - other * exposure) / 10;
          if (mu <= 0) continue;
          const value = list.reduce((sum, rate) => sum + Math.log(mu + other * rate), 0) - list.length;
          expect(value).toBeLessThanOrEqual(logLikelihood + 1e-6);
        }
        expect(theta).toBeGreaterThanOrEqual(0);
      }),
    );
  });
});
