import { isRefusal, type Refusal } from '../../../src/measures/refusal.ts';
import { spaceTimeScan, type SpaceTimeScan } from '../../../src/measures/space-time-scan.ts';
import type { Adapter } from '../adapter.ts';
import { column } from '../point-table.ts';

interface Expected {
  prospective: { locations: number[]; duration: number; score: number; mc_p_999: number };
  retrospective: { locations: number[] };
}

export const run: Adapter = (input: { file: string; locations: string; zones: string }, question) => {
  // Ties of distance go by the number of the location, so the rows are put in that order.
  const places = [...question.csv(input.locations)].sort((a, b) => Number(a['location']) - Number(b['location']));
  const numbers = [...column(places, 'location')];
  const rows = question.csv(input.file);
  const periods = Math.max(...column(rows, 'time'));
  const countsByPeriod = Array.from({ length: periods }, () => new Int32Array(places.length));
  for (const row of rows) {
    const counts = countsByPeriod[Number(row['time']) - 1];
    if (counts) counts[numbers.indexOf(Number(row['location']))] = Number(row['count']);
  }
  const mostPlaces = Number(/k = 1\.\.(\d+)/.exec(input.zones)?.[1]);
  const scan = (windows: 'prospective' | 'retrospective', mostPeriods: number) =>
    spaceTimeScan(
      { places: { eastings: column(places, 'x'), northings: column(places, 'y') }, countsByPeriod },
      { mostPlaces, mostPeriods, windows, simulations: 9999, seed: 20260101 },
    );
  const clusterOf = (found: SpaceTimeScan | Refusal) => (isRefusal(found) ? undefined : found.cluster);
  const now = clusterOf(scan('prospective', periods));
  const ever = clusterOf(scan('retrospective', Math.floor(periods / 2)));
  const want = question.expected as Expected;
  const faults: string[] = [];
  const alike = (got: readonly number[] | undefined, set: readonly number[]) =>
    got?.map((place) => numbers[place]).join() === [...set].sort((a, b) => a - b).join();
  if (!alike(now?.places, want.prospective.locations)) faults.push(`prospective places: ${String(now?.places)}`);
  if (!alike(ever?.places, want.retrospective.locations)) faults.push(`retrospective places: ${String(ever?.places)}`);
  const p = want.prospective.mc_p_999;
  // Written so that NaN, of a p that is none, fails.
  if (!now || !(Math.abs(now.p - p) <= 4 * Math.sqrt((p * (1 - p)) / 1000) + 0.001)) {
    faults.push(`p: got ${String(now?.p)}, want ${p}`);
  }
  return {
    answer: {
      prospective: { duration: now && now.toPeriod - now.fromPeriod + 1, score: now?.logLikelihoodRatio },
      retrospective: {
        llr: ever?.logLikelihoodRatio,
        from: ever && ever.fromPeriod + 1,
        to: ever && ever.toPeriod + 1,
        cases: ever?.cases,
        expected_cases: ever?.expectedCases,
      },
    },
    tolerances: {
      'prospective.score': { rel: 1e-6 },
      'retrospective.llr': { rel: 1e-6 },
      'retrospective.expected_cases': { rel: 1e-9 },
    },
    notCompared: {
      'prospective.locations': 'judged as a set',
      'retrospective.locations': 'judged as a set',
      'prospective.mc_p_999': 'judged within its simulation error',
    },
    faults,
    judged: 3,
  };
};
