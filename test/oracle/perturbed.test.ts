// A wrong answer of a measure, or a wrong figure of a case, must make its adapter say so: each figure of small cases is changed
// in turn. What the cases expect is arithmetic by hand, but for the figures of a maximum and a simulated p, which are taken as
// they are found: whether those are right is for the published cases to say, and only that a change is seen is asked here.
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { hawkesSpaceTime, hawkesSpaceTimeLogLikelihood } from '../../src/measures/hawkes-space-time.ts';
import { hawkesTemporal } from '../../src/measures/hawkes-temporal.ts';
import { scanLogLikelihoodRatio } from '../../src/measures/scan-likelihood.ts';
import { answered } from '../answered.ts';
import { type OracleFile, judgeCase } from './judge.ts';

const caseFolder = mkdtempSync(join(tmpdir(), 'perturbed-'));
const place = { caseFolder, data: caseFolder };
const table = (name: string, header: string, rows: readonly (readonly number[])[]): void =>
  writeFileSync(join(caseFolder, name), [header, ...rows.map((row) => row.join()), ''].join('\n'));

/** Twenty counts of 1 and 3 in turn, then twenty of 7 and 9. */
const stepped = Array.from({ length: 40 }, (_, i) => (i < 20 ? 2 : 8) + (i % 2 === 0 ? -1 : 1));
// Each half is 20 off its mean by 1; a piece of an odd length n is off by 1/n less; a piece has at least 6.
const residualSquares = [400, 40, 40 - 1 / 7 - 1 / 13, 40 - 2 / 7 - 2 / 13, 40 - 3 / 7 - 1 / 13, 40 - 4 / 7];
const changepoint: OracleFile = {
  method: 'changepoint',
  tolerance: { rel: 1e-6, abs: 1e-9 },
  cases: [
    {
      id: 'one-step',
      input: { y: stepped },
      expected: {
        pelt_poisson_mbic_minseg6: [20],
        pelt_poisson_bic_minseg6: [20],
        bic_penalty: 2 * Math.log(40),
        mbic_penalty: 3 * Math.log(40),
        amoc_poisson_bic: [20],
        bai_perron_bic: [20],
        bai_perron_rss: residualSquares,
        bai_perron_bics: residualSquares.map(
          (rss, breaks) => 40 * (Math.log((2 * Math.PI * rss) / 40) + 1) + 2 * (breaks + 1) * Math.log(40),
        ),
        bai_perron_minseg: 6,
      },
    },
  ],
};

// The posterior of Cori's formula by quadrature with scipy.
const reproduction: OracleFile = {
  method: 'reproduction-number',
  tolerance: { rel: 1e-6, abs: 1e-8 },
  cases: [
    {
      id: 'eight-days',
      input: { incidence: [2, 0, 5, 1, 4, 0, 3, 6], mean_si: 3, sd_si: 1.2, window: 3, prior_mean: 2, prior_sd: 1.5 },
      expected: {
        si_distr: [
          0, 0.0670328099731358, 0.3305746544548983, 0.31607133579506363, 0.1710751267336499, 0.0732619670189796,
          0.02766368292898386, 0.009657924047862016,
          // EpiEstim lists a day more, and leaves it empty.
          0,
        ],
        t_start: [2, 3, 4, 5, 6],
        t_end: [4, 5, 6, 7, 8],
        mean: [2.93344906900849, 2.5719034262387277, 1.0855145962440695, 1.1216740598313961, 1.3843161977115537],
        sd: [1.0518426753912866, 0.7494160311761655, 0.41695770607412397, 0.378594574049663, 0.4216680428036336],
        median: [2.8087330356588995, 2.4994913693859586, 1.0326207746235285, 1.0793784608687904, 1.3417457263004224],
      },
    },
  ],
};

// A mean of 11 and ranges of 2: limits 11 ± 2.66 × 2.
const xmr: OracleFile = {
  method: 'spc-xmr',
  tolerance: { rel: 1e-6, abs: 1e-9 },
  cases: [
    {
      id: 'one-high-point',
      input: {
        y: [10, 12, 10, 12, 10, 12, 10, 12, 10, 12, 10, 12, 30],
        rebase_at: [],
        fix_after_n_points: 12,
        screen_outliers: true,
        improvement_direction: 'decrease',
      },
      expected: {
        mean: Array.from({ length: 13 }, () => 11),
        lower: Array.from({ length: 13 }, () => 11 - 5.32),
        upper: Array.from({ length: 13 }, () => 11 + 5.32),
        special_cause: [...Array.from({ length: 12 }, () => 'Common Cause'), 'Above UCL'],
        point_type: [...Array.from({ length: 12 }, () => 'common_cause'), 'special_cause_concern'],
      },
    },
  ],
};

// Six areas of 100 people in a line; 60 of 80 cases in the first two, where 80 / 3 belong.
table(
  'areas.csv',
  'x,y,cases,population',
  [30, 30, 5, 5, 5, 5].map((cases, i) => [100 * i, 0, cases, 100]),
);
const spatial: OracleFile = {
  method: 'spatial-scan',
  tolerance: {},
  cases: [
    {
      id: 'two-of-six',
      input: { file: 'areas.csv', max_population_share: 0.5 },
      expected: {
        cluster: [0, 1],
        cases: 60,
        expected_cases: 80 / 3,
        smr: 2.25,
        loglik_ratio: 60 * Math.log(2.25) + 20 * Math.log(0.375),
        p_value_999: 0.001,
      },
    },
  ],
};

// Nine places on a square and six periods of a case each; the first two places hold six in the last two periods.
// Of 74 cases 32 lie in the zone and 38 in the window.
table(
  'locations.csv',
  'location,x,y',
  Array.from({ length: 9 }, (_, i) => [i + 1, 100 * (i % 3) + (i % 3) ** 2, 110 * Math.floor(i / 3) + i]),
);
table(
  'cube.csv',
  'time,location,count',
  Array.from({ length: 54 }, (_, i) => [1 + Math.floor(i / 9), 1 + (i % 9), i % 9 < 2 && i >= 36 ? 6 : 1]),
);
const belong = (32 * 38) / 74;
const excess = scanLogLikelihoodRatio(24, belong, 74);
const spaceTime: OracleFile = {
  method: 'space-time-scan',
  tolerance: {},
  cases: [
    {
      id: 'two-of-nine',
      input: { file: 'cube.csv', locations: 'locations.csv', zones: 'k = 1..3' },
      expected: {
        prospective: { locations: [1, 2], duration: 2, score: excess, mc_p_999: 0.044 },
        retrospective: { llr: excess, locations: [1, 2], from: 5, to: 6, cases: 24, expected_cases: belong },
      },
    },
  ],
};

const times = Array.from({ length: 30 }, (_, i) => 4 * Math.floor(i / 3) + 0.3 * (i % 3) + 0.013 * i);
const temporalAt = { mu: 0.5, alpha: 0.4, beta: 1.3 };
/** Σ ln λ(tᵢ) − ∫ λ, event by event. */
function temporalLikelihood(end: number): number {
  const { mu, alpha, beta } = temporalAt;
  let sum = -mu * end;
  for (const at of times) {
    let rate = mu;
    for (const before of times) if (before < at) rate += alpha * Math.exp(-beta * (at - before));
    sum += Math.log(rate) - (alpha / beta) * (1 - Math.exp(-beta * (end - at)));
  }
  return sum;
}
const temporalFit = answered(hawkesTemporal(times, 42, { shortestDelayDays: 1e-5, longestDelayDays: 420 }));
const temporalPoisson = 30 * Math.log(30 / 42) - 30;
const temporal: OracleFile = {
  method: 'hawkes-temporal',
  tolerance: { loglik: 1e-8, mle: 'rel 2e-3', mle_loglik: 'abs 1e-3' },
  cases: [
    {
      id: 'bursts-of-three',
      input: { times, end: 42 },
      expected: {
        loglik_at: {
          ...temporalAt,
          to_end: temporalLikelihood(42),
          to_last_event: temporalLikelihood(Math.max(...times)),
          hawkes_package_negative_loglik: -temporalLikelihood(Math.max(...times)),
        },
        mle: {
          ...temporalFit.rates,
          branching: temporalFit.branchingRatio.estimate,
          loglik: temporalFit.logLikelihood,
        },
        poisson_loglik: temporalPoisson,
        lr_statistic: 2 * (temporalFit.logLikelihood - temporalPoisson),
      },
    },
  ],
};

// Seven bursts of three within 60 m and a day.
const bursts = Array.from({ length: 21 }, (_, i) => ({
  x: 300 + 500 * ((Math.floor(i / 3) * 3) % 7) + 30 * (i % 3),
  y: 300 + 500 * ((Math.floor(i / 3) * 5) % 7) + 17 * (i % 3),
  t: 12 * Math.floor(i / 3) + 0.4 * (i % 3) + 0.013 * i,
}));
table(
  'bursts.csv',
  'x,y,t',
  bursts.map(({ x, y, t }) => [x, y, t]),
);
const events = {
  points: { eastings: bursts.map(({ x }) => x), northings: bursts.map(({ y }) => y) },
  times: bursts.map(({ t }) => t),
  window: { westMetres: 0, eastMetres: 4000, southMetres: 0, northMetres: 4000 },
  days: 90,
};
const spreadFit = answered(
  hawkesSpaceTime(events, {
    shortestDelayDays: 1e-3,
    longestDelayDays: 900,
    leastSigmaMetres: 1,
    greatestSigmaMetres: 8000,
  }),
);
const spreadAt = { mu: 1e-8, theta: 0.35, omega: 0.2, sigma: 100 };
/** The same sum for a spread that the window does not cut. */
function spreadLikelihood(): number {
  const { mu, theta, omega, sigma } = spreadAt;
  let sum = -mu * 4000 * 4000 * 90;
  for (const one of bursts) {
    let rate = mu;
    for (const before of bursts) {
      const delay = one.t - before.t;
      const square = (one.x - before.x) ** 2 + (one.y - before.y) ** 2;
      if (delay > 0)
        rate +=
          (theta * omega * Math.exp(-omega * delay) * Math.exp(-square / (2 * sigma * sigma))) /
          (2 * Math.PI * sigma * sigma);
    }
    sum += Math.log(rate) - theta * (1 - Math.exp(-omega * (90 - one.t)));
  }
  return sum;
}
const spread: OracleFile = {
  method: 'hawkes-space-time',
  tolerance: { loglik: 1e-6, mle: 'rel 1e-2', mle_loglik: 'abs 1e-2' },
  cases: [
    {
      id: 'bursts-of-three',
      input: { file: 'bursts.csv', window: [0, 4000, 0, 4000], days: 90 },
      expected: {
        loglik_at: {
          ...spreadAt,
          edge_corrected: hawkesSpaceTimeLogLikelihood(events, { ...spreadAt, sigmaMetres: spreadAt.sigma }),
          no_edge: spreadLikelihood(),
        },
        poisson_loglik: 21 * Math.log(21 / (4000 * 4000 * 90)) - 21,
        mle: {
          mu: spreadFit.spread.mu,
          theta: spreadFit.spread.theta,
          omega: spreadFit.spread.omega,
          sigma: spreadFit.spread.sigmaMetres,
          loglik: spreadFit.logLikelihood,
        },
      },
    },
  ],
};

type Tree = number | string | Tree[] | { [key: string]: Tree };

/** Every way to spoil one thing: a figure moved, a word changed, a list a value short. */
function spoiled(value: Tree): Tree[] {
  if (typeof value === 'number')
    return [value + (Math.abs(value) < 0.01 && value !== 0 ? 0.3 : Math.max(1, 0.1 * value))];
  if (typeof value === 'string') return [`${value}?`];
  if (Array.isArray(value))
    return [value.slice(1), ...value.flatMap((item, i) => spoiled(item).map((other) => value.with(i, other)))];
  return Object.entries(value).flatMap(([key, item]) => spoiled(item).map((other) => ({ ...value, [key]: other })));
}

describe.each([changepoint, reproduction, xmr, spatial, spaceTime, temporal, spread])('$method', (file) => {
  const [one] = file.cases;
  it('finds nothing wrong with the right answer', async () => {
    expect(await judgeCase(file, one!, place)).toEqual([]);
  });

  it('sees each figure that is off', async () => {
    for (const expected of spoiled(one!.expected as Tree))
      expect(await judgeCase(file, { ...one!, expected }, place), JSON.stringify(expected)).not.toEqual([]);
  });

  it('sees a key that nobody answers, where nothing is wanted of it too', async () => {
    const planted = { ...(one!.expected as object), planted: null };
    expect(await judgeCase(file, { ...one!, expected: planted }, place)).toEqual(['planted: got nothing, want null']);
  });
});
