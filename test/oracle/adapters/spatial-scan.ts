import { isRefusal } from '../../../src/measures/refusal.ts';
import { spatialScan } from '../../../src/measures/spatial-scan.ts';
import type { Adapter } from '../adapter.ts';
import { column, pointTable } from '../point-table.ts';

/**
 * SpatialEpi holds the total of expected cases in an integer (`int N = sum(expectedCases)` in its kulldorff.cpp), so where
 * that sum rounds to a hair below the total of cases C it becomes C − 1 and the ratio is too small. Our ratio follows the
 * formula of the notes; theirs is recognised as theirs, and anything else is a fault.
 */
function truncatedRatio(cases: number, expected: number, total: number): number {
  const cut = total - 1;
  return (
    cases * Math.log(cases / expected) +
    (total - cases) * Math.log((total - cases) / (cut - expected)) +
    total * Math.log(cut / total)
  );
}

export const run: Adapter = (input: { file: string; max_population_share: number }, question) => {
  const rows = question.csv(input.file);
  const scan = spatialScan(
    {
      centres: pointTable(question, input.file),
      cases: column(rows, 'cases'),
      population: column(rows, 'population'),
    },
    { maxPopulationShare: input.max_population_share, simulations: 9999, seed: 20260101 },
  );
  if (isRefusal(scan)) return { answer: scan };
  const likeliest = scan.clusters[0];
  const want = question.expected as { cluster: number[]; p_value_999: number; loglik_ratio: number };
  const faults: string[] = [];
  // Four standard errors of their 999 simulations.
  const error = 4 * Math.sqrt((want.p_value_999 * (1 - want.p_value_999)) / 1000) + 0.001;
  // Written so that NaN, of a p that is none, fails.
  if (!likeliest || !(Math.abs(likeliest.p - want.p_value_999) <= error)) {
    faults.push(`p: got ${String(likeliest?.p)}, want ${want.p_value_999}`);
  }
  const set = [...want.cluster].sort((a, b) => a - b);
  if (likeliest?.areas.join() !== set.join())
    faults.push(`cluster: got ${String(likeliest?.areas)}, want ${String(set)}`);
  const total = column(rows, 'cases').reduce((sum, count) => sum + count, 0);
  const near = (ratio: number) => Math.abs(ratio - want.loglik_ratio) <= 1e-6 * want.loglik_ratio;
  if (likeliest) {
    const theirs = truncatedRatio(likeliest.cases, likeliest.expectedCases, total);
    if (!near(likeliest.logLikelihoodRatio) && !near(theirs)) {
      faults.push(`loglik_ratio: got ${likeliest.logLikelihoodRatio}, want ${want.loglik_ratio}`);
    }
  }
  return {
    answer: {
      cases: likeliest?.cases,
      expected_cases: likeliest?.expectedCases,
      smr: likeliest?.ratio,
    },
    tolerances: { expected_cases: { rel: 1e-9 }, smr: { rel: 1e-9 } },
    notCompared: {
      loglik_ratio: 'judged beside the reference’s truncated total',
      cluster: 'judged as a set',
      p_value_999: 'judged within its simulation error',
    },
    faults,
    judged: 3,
  };
};
