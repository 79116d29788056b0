import { hawkesSpaceTime, hawkesSpaceTimeLogLikelihood } from '../../../src/measures/hawkes-space-time.ts';
import { isRefusal } from '../../../src/measures/refusal.ts';
import type { Adapter } from '../adapter.ts';
import { column, pointTable } from '../point-table.ts';
import { toleranceIn } from '../tolerance-words.ts';

interface Expected {
  loglik_at: { mu: number; theta: number; omega: number; sigma: number };
  mle: { loglik_at_least?: number };
}

export const run: Adapter = (input: { file: string; window: number[]; days: number }, question) => {
  const want = question.expected as Expected;
  const [westMetres = 0, eastMetres = 0, southMetres = 0, northMetres = 0] = input.window;
  const events = {
    points: pointTable(question, input.file),
    times: column(question.csv(input.file), 't'),
    window: { westMetres, eastMetres, southMetres, northMetres },
    days: input.days,
  };
  const usual = hawkesSpaceTime(events);
  // The reference looked for the greatest likelihood of all, also at kernels that the measure leaves out as spikes.
  const fit = hawkesSpaceTime(events, {
    shortestDelayDays: 1e-3,
    longestDelayDays: 10 * input.days,
    leastSigmaMetres: 1,
    greatestSigmaMetres: 2 * (eastMetres - westMetres),
  });
  if (isRefusal(fit) || isRefusal(usual)) return { answer: fit };
  const at = want.loglik_at;
  const spread = { ...at, sigmaMetres: at.sigma };
  const loglik = toleranceIn(question.tolerance['loglik']);
  const maximum = toleranceIn(question.tolerance['mle_loglik']);
  const faults: string[] = [];
  // Without contagion the top is flat: only how high it is can be asked.
  const flat = want.mle.loglik_at_least;
  if (flat !== undefined && !(fit.logLikelihood >= flat - (maximum.abs ?? 0))) {
    faults.push(`mle.loglik_at_least: got ${fit.logLikelihood}, want ${flat}`);
  }
  // One Poisson set in 200 may look like contagion by chance.
  if (flat !== undefined && !(usual.p > 0.005)) faults.push(`contagion seen where there is none: p ${usual.p}`);
  return {
    answer: {
      loglik_at: {
        mu: at.mu,
        theta: at.theta,
        omega: at.omega,
        sigma: at.sigma,
        edge_corrected: hawkesSpaceTimeLogLikelihood(events, spread),
        no_edge: hawkesSpaceTimeLogLikelihood(events, spread, { edge: false }),
      },
      poisson_loglik: fit.backgroundLogLikelihood,
      surveillance_twinstim: {},
      mle: {
        mu: fit.spread.mu,
        theta: fit.spread.theta,
        omega: fit.spread.omega,
        sigma: fit.spread.sigmaMetres,
        loglik: fit.logLikelihood,
      },
    },
    tolerances: {
      loglik_at: loglik,
      poisson_loglik: loglik,
      mle: toleranceIn(question.tolerance['mle']),
      'mle.loglik': maximum,
    },
    notCompared: {
      'mle.loglik_at_least': 'judged as a bound',
      ...Object.fromEntries(
        ['mu_per_m2_day', 'theta', 'omega', 'sigma_m', 'R0', 'loglik'].map((name) => [
          `surveillance_twinstim.${name}`,
          'a second opinion with another kernel, shown beside',
        ]),
      ),
    },
    faults,
    judged: flat === undefined ? 0 : 2,
  };
};
