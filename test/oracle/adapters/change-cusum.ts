import { poissonCusum, standardisedCusum, tabularCusum } from '../../../src/measures/cumulative-sum.ts';
import { isRefusal } from '../../../src/measures/refusal.ts';
import type { Adapter } from '../adapter.ts';

export const run: Adapter = (input) => {
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
      'poisson_llr_up_1.5': likelihood(1.5),
      'poisson_llr_down_0.67': likelihood(0.67),
      tabular_up: isRefusal(tabular) ? tabular : tabular.up,
      tabular_down: isRefusal(tabular) ? tabular : tabular.down,
      surveillance_standard: standardised('standard'),
      surveillance_rossi: standardised('rossi'),
    },
  };
};
