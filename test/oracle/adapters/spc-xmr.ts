import { isRefusal } from '../../../src/measures/refusal.ts';
import { type SpecialCause, type XmrPoint, xmrChart } from '../../../src/measures/xmr-chart.ts';
import type { Adapter } from '../adapter.ts';

export const causeLabels: Readonly<Record<SpecialCause, string>> = {
  none: 'Common Cause',
  'above-limit': 'Above UCL',
  'below-limit': 'Below LCL',
  'rising-run': '7 Point Trend (Increasing)',
  'falling-run': '7 Point Trend (Decreasing)',
  'two-of-three-high': '2 in 3 Above CL',
  'two-of-three-low': '2 in 3 Below CL',
  'seven-above-mean': '7 Points Above CL',
  'seven-below-mean': '7 Points Below CL',
};

const verdictLabels: Readonly<Record<XmrPoint['verdict'], string>> = {
  'common-cause': 'common_cause',
  improvement: 'special_cause_improvement',
  concern: 'special_cause_concern',
  high: 'special_cause_neutral_high',
  low: 'special_cause_neutral_low',
};

interface Series {
  readonly y: readonly number[];
  readonly rebase_at: readonly number[];
  readonly fix_after_n_points: number | null;
  readonly screen_outliers: boolean;
  readonly improvement_direction: string;
}

export const run: Adapter = (given) => {
  const input: Series = given;
  const direction = input.improvement_direction;
  const chart = xmrChart(input.y, {
    rebaseAt: input.rebase_at.map((position) => position - 1),
    ...(input.fix_after_n_points === null ? {} : { baselinePoints: input.fix_after_n_points }),
    screenRanges: input.screen_outliers,
    improvement: direction === 'decrease' || direction === 'increase' ? direction : 'neither',
  });
  if (isRefusal(chart)) return { answer: chart };
  return {
    answer: {
      mean: chart.points.map((point) => point.mean),
      lower: chart.points.map((point) => point.lower),
      upper: chart.points.map((point) => point.upper),
      special_cause: chart.points.map((point) => causeLabels[point.specialCause]),
      point_type: chart.points.map((point) => verdictLabels[point.verdict]),
    },
  };
};
