import { hawkesLogLikelihood, hawkesTemporal } from '../../../src/measures/hawkes-temporal.ts';
import { isRefusal } from '../../../src/measures/refusal.ts';
import { answered } from '../../answered.ts';
import type { Adapter } from '../adapter.ts';
import { toleranceIn } from '../tolerance-words.ts';

interface Expected {
  loglik_at: { mu: number; alpha: number; beta: number };
  mle: { loglik_at_least?: number };
  lr_statistic: number;
}

export const run: Adapter = (input: { times: number[]; end: number }, question) => {
  const want = question.expected as Expected;
  const usual = hawkesTemporal(input.times, input.end);
  // The reference looked for the greatest likelihood of all, also at delays that the measure leaves out as spikes.
  const fit = hawkesTemporal(input.times, input.end, { shortestDelayDays: 1e-5, longestDelayDays: 10 * input.end });
  if (isRefusal(fit) || isRefusal(usual)) return { answer: fit };
  const at = want.loglik_at;
  const toLastEvent = answered(hawkesLogLikelihood(input.times, Math.max(...input.times), at));
  const loglik = toleranceIn(question.tolerance['loglik']);
  const maximum = toleranceIn(question.tolerance['mle_loglik']);
  const faults: string[] = [];
  // Without contagion the top is flat: only how high it is can be asked.
  const flat = want.mle.loglik_at_least;
  if (flat !== undefined && !(fit.logLikelihood >= flat - (maximum.abs ?? 0))) {
    faults.push(`mle.loglik_at_least: got ${fit.logLikelihood}, want ${flat}`);
  }
  // One Poisson series in 200 may look like contagion by chance.
  if (flat !== undefined && !(usual.p > 0.005)) faults.push(`contagion seen where there is none: p ${usual.p}`);
  return {
    answer: {
      loglik_at: {
        mu: at.mu,
        alpha: at.alpha,
        beta: at.beta,
        to_end: hawkesLogLikelihood(input.times, input.end, at),
        to_last_event: toLastEvent,
        hawkes_package_negative_loglik: -toLastEvent,
      },
      mle: {
        mu: fit.rates.mu,
        alpha: fit.rates.alpha,
        beta: fit.rates.beta,
        branching: fit.branchingRatio.estimate,
        loglik: fit.logLikelihood,
      },
      poisson_loglik: fit.poissonLogLikelihood,
      lr_statistic: fit.likelihoodRatio,
    },
    tolerances: {
      loglik_at: loglik,
      mle: toleranceIn(question.tolerance['mle']),
      'mle.loglik': maximum,
      poisson_loglik: loglik,
      // Twice the difference of two log likelihoods, of which one is a maximum found.
      lr_statistic: { abs: 2 * (maximum.abs ?? 0) },
    },
    ...(flat !== undefined && {
      notCompared: {
        'mle.loglik_at_least': 'judged as a bound',
        lr_statistic: 'at least as much follows from the bound',
      },
    }),
    faults,
    judged: flat === undefined ? 0 : 2,
  };
};
