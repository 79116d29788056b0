import { poissonCusum, standardisedCusum, tabularCusum } from '../../../src/measures/cumulative-sum.ts';
import { isRefusal } from '../../../src/measures/refusal.ts';
import type { Adapter } from '../adapter.ts';

export const run: Adapter = (input, question) => {
  const y: number[] = input.y;
  const baselinePoints: number = input.baseline_points;
  const expected = y.slice(0, baselinePoints).reduce((sum, count) => sum + count, 0) / baselinePoints;
  const likelihood = (rateRatio: number): unknown => {
    const result = poissonCusum(y, { expected, rateRatio, threshold: 1 });
    return isRefusal(result) ? result : result.sums;
  };
  const standardised = (transform: 'standard' | 'rossi'): unknown => {
    const result = standardisedCusum(y, { baselinePoints, transform });
    if (isRefusal(result)) return result;
    return {
      range: result.sums.map((_, i) => baselinePoints + 1 + i),
      alarm: result.alarms.map(Number),
      upperbound: result.alarmCounts,
    };
  };
  const tabular = tabularCusum(y, { baselinePoints });
  return {
    answer: {
      // The ratios that are looked for stand in the names: poisson_llr_up_1.5.
      ...Object.fromEntries(
        Object.keys(question.expected as object)
          .map((name) => /^poisson_llr_(?:up|down)_([\d.]+)$/.exec(name))
          .filter((named) => named !== null)
          .map(([name, rateRatio]) => [name, likelihood(Number(rateRatio))]),
      ),
      tabular_up: isRefusal(tabular) ? tabular : tabular.up,
      tabular_down: isRefusal(tabular) ? tabular : tabular.down,
      surveillance_standard: standardised('standard'),
      surveillance_rossi: standardised('rossi'),
    },
  };
};
