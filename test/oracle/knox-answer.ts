import { knoxTest, type KnoxCell } from '../../src/measures/near-repeat.ts';
import { isRefusal } from '../../src/measures/refusal.ts';
import type { Adapter } from './adapter.ts';
import { column } from './point-table.ts';

const edges = (breaks: readonly number[]) => breaks.map((edge) => (edge === -1 ? Infinity : edge));

/** The answer to a near-repeat case: counts and expectation exact, simulated values within their error. */
export const knoxAnswer: Adapter = (input, question) => {
  const rows = question.csv(input.file);
  const test = knoxTest({ eastings: column(rows, 'x'), northings: column(rows, 'y') }, column(rows, 'day'), {
    distanceBreaksMetres: edges(input.distance_breaks),
    dayBreaks: edges(input.day_breaks),
    metric: input.metric,
    // Ten times theirs, so that the error left is theirs, which the tolerance is made for.
    permutations: 9999,
    seed: 20260101,
  });
  if (isRefusal(test)) return { answer: test };
  const table = <T>(of: (cell: KnoxCell) => T) => test.cells.map((row) => row.map(of));
  const faults: string[] = [];
  const simulated = question.expected.monte_carlo;
  let judged = 0;
  for (const [i, row] of test.cells.entries()) {
    for (const [j, cell] of row.entries()) {
      const p: number = simulated.p[i][j];
      if (Math.abs(cell.p - p) > 4 * Math.sqrt((p * (1 - p) * 2) / 1000) + 0.004) {
        faults.push(`p.${i}.${j}: got ${cell.p}, want ${p}`);
      }
      const mean: number = simulated.mean[i][j];
      const sd: number = simulated.sd?.[i]?.[j] ?? cell.simulatedStandardDeviation;
      const limit = (4 * Math.max(sd, cell.simulatedStandardDeviation)) / Math.sqrt(999) + 1e-9;
      if (Math.abs(cell.simulatedMean - mean) > limit) {
        faults.push(`mean.${i}.${j}: got ${cell.simulatedMean}, want ${mean}`);
      }
      judged += 2;
    }
  }
  return {
    answer: {
      observed: table((cell) => cell.observedPairs),
      exact_expected: table((cell) => cell.expectedPairs),
      knox_ratio_exact: table((cell) => cell.ratio),
      knox_ratio: table((cell) => cell.ratio),
      'near_repeat_calculator_1.3': {},
    },
    tolerances: { exact_expected: { rel: 1e-9 }, knox_ratio_exact: { rel: 1e-9 }, knox_ratio: { rel: 1e-9 } },
    notCompared: {
      monte_carlo: 'judged cell by cell within its simulation error',
      // Of the Near Repeat Calculator, whose output is shown beside: its labels and one edge are known to be off.
      '*.observed': 'another program’s opinion',
      '*.note': 'another program’s opinion',
    },
    faults,
    judged,
  };
};
