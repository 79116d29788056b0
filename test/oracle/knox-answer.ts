import { knoxTest, type KnoxCell } from '../../src/measures/near-repeat.ts';
import { isRefusal } from '../../src/measures/refusal.ts';
import type { Adapter } from './adapter.ts';
import { column } from './point-table.ts';

const edges = (breaks: readonly number[]) => breaks.map((edge) => (edge === -1 ? Infinity : edge));

interface Input {
  file: string;
  distance_breaks: number[];
  day_breaks: number[];
  metric: 'euclidean' | 'manhattan';
}

/** What a reference's permutations gave, row by row of the table. */
type Simulated = Readonly<
  Partial<Record<'p' | 'mean' | 'sd' | 'knox_ratio_mean', readonly (readonly (number | null)[])[]>>
>;

/** The answer to a near-repeat case: counts and expectation exact, simulated values within their error. */
export const knoxAnswer: Adapter = (input: Input, question) => {
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
  const simulated: Simulated = question.expected.monte_carlo ?? {};
  let judged = 0;
  const near = (
    name: keyof Simulated,
    of: (cell: KnoxCell, i: number, j: number) => readonly [number, number] | null,
  ) =>
    test.cells.forEach((row, i) => {
      row.forEach((cell, j) => {
        if (simulated[name] === undefined) return;
        const want = simulated[name][i]?.[j];
        const range = of(cell, i, j);
        const right = range === null ? want === null : typeof want === 'number' && want >= range[0] && want <= range[1];
        if (!right) faults.push(`monte_carlo.${name}.${i}.${j}: want ${String(want)}, got ${JSON.stringify(range)}`);
        judged += 1;
      });
    });
  const theirs = Number(question.expected.monte_carlo?.permutations ?? 999);
  const room = (cell: KnoxCell, i: number, j: number) =>
    (4 * Math.max(simulated.sd?.[i]?.[j] ?? 0, cell.simulatedStandardDeviation)) / Math.sqrt(theirs) + 1e-9;
  near('p', (cell, i, j) => {
    // Theirs may be 1 by luck, which has no error of its own: ours, of ten times the permutations, has.
    const p = simulated.p?.[i]?.[j] ?? cell.p;
    const variance = Math.max(p * (1 - p), cell.p * (1 - cell.p));
    const off = 4 * Math.sqrt((variance * 2) / (theirs + 1)) + 0.004;
    return [cell.p - off, cell.p + off];
  });
  near('mean', (cell, i, j) => [cell.simulatedMean - room(cell, i, j), cell.simulatedMean + room(cell, i, j)]);
  // The standard error of a standard deviation, of counts that are Poisson when they are few.
  near('sd', (cell) => {
    const { simulatedStandardDeviation: sd, simulatedMean: mean } = cell;
    const off = sd === 0 ? 1e-9 : 4 * Math.sqrt((mean / (sd * sd) + 2 * sd * sd) / (4 * theirs)) + 1e-9;
    return [sd - off, sd + off];
  });
  // Observed over their simulated mean: as far off as that mean may be; without meaning where they never saw a pair.
  near('knox_ratio_mean', (cell, i, j) => {
    if (simulated.mean?.[i]?.[j] === 0) return null;
    const least = cell.simulatedMean - room(cell, i, j);
    return [
      cell.observedPairs / (cell.simulatedMean + room(cell, i, j)) - 1e-9,
      cell.observedPairs === 0 ? 1e-9 : least > 0 ? cell.observedPairs / least + 1e-9 : Infinity,
    ];
  });
  const judgedNames = ['permutations', 'p', 'mean', 'sd', 'knox_ratio_mean'];
  // Of the Near Repeat Calculator, whose output is shown beside: its labels and one edge are known to be off.
  const calculators = Object.keys(question.expected as object).filter((name) =>
    name.startsWith('near_repeat_calculator'),
  );
  return {
    answer: {
      observed: table((cell) => cell.observedPairs),
      exact_expected: table((cell) => cell.expectedPairs),
      knox_ratio_exact: table((cell) => cell.ratio),
      knox_ratio: table((cell) => cell.ratio),
      monte_carlo: {},
      ...Object.fromEntries(calculators.map((name) => [name, {}])),
    },
    tolerances: { exact_expected: { rel: 1e-9 }, knox_ratio_exact: { rel: 1e-9 }, knox_ratio: { rel: 1e-9 } },
    notCompared: {
      ...Object.fromEntries(
        judgedNames.map((name) => [`monte_carlo.${name}`, 'judged cell by cell within its simulation error']),
      ),
      ...Object.fromEntries(
        calculators.flatMap((name) =>
          ['observed', 'note'].map((key) => [`${name}.${key}`, 'another program’s opinion']),
        ),
      ),
    },
    faults,
    judged,
  };
};
