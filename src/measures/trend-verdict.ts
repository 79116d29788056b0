import type { Estimate, Method } from './estimate.ts';
import { areFinite, isNumber } from './input.ts';
import { type Refusal, refuse } from './refusal.ts';

/** A change of level that was found, and whether the way of counting changed there too. */
export interface DatedChange {
  /** Points from the latest one back: 0 is the latest. */
  readonly pointsAgo: number;
  readonly direction: 'rise' | 'fall';
  /** How a reader names the point, such as `March 2024`. */
  readonly named: string;
  /** A force changed its system or a counting rule changed at this point. */
  readonly recordingChanged?: boolean;
}

/** What may be said of a series, and the rule that says so. */
export interface TrendVerdict {
  readonly method: Method;
  readonly rule: 'exceedance' | 'recent-change' | 'trend' | 'no-evidence';
  readonly direction: 'rise' | 'fall' | null;
  readonly sentence: string;
  /** The change coincides with one of recording: it may be nothing else. */
  readonly mayBeRecording: boolean;
  /** Under 30 events a point most changes by a quarter to a half are not seen: the sentence says so. */
  readonly tooFewToSee: boolean;
}

/** Of fewer points nothing is said of a trend (analysis.md, section 0, rule 2). */
export const fewestPointsForVerdict = 12;
const recentPoints = 6;
/** Of changes by 25 to 50 % fewer than half are found under this mean (analysis.md, section 3). */
const meanToSee = 30;

const percent = (value: number): string => Math.abs(value).toFixed(1).replace(/\.0$/, '');

/**
 * The words for a series, by rules in this order: the latest point exceeds what was expected; the level changed in the last six
 * points; the interval of the yearly change leaves out nought; else no evidence of change, which is not the same as stable.
 *
 * Trend when lower > 0 or upper < 0, with points ≥ 12. Unit: per cent a year in the sentence. Not to be reworded as a cause.
 * Source: house rules of verdicts; limits of what can be seen measured on generated series of 36 months.
 *
 * @example trendVerdict({ points: 36, meanCount: 80, exceeds: false, changes: [], annualChangePercent: { estimate: 6, lower: 2, upper: 10, level: 0.95 } }).sentence // => 'Rising 6 % a year (2 to 10 %).'
 */
export function trendVerdict(input: {
  readonly points: number;
  /** Events a point, on average. */
  readonly meanCount: number;
  /** Farrington's or the control chart's verdict on the latest point. */
  readonly exceeds: boolean;
  readonly recordingChangedAtLatest?: boolean;
  readonly changes: readonly DatedChange[];
  /** Of the model of the trend; `null` when there is none. */
  readonly annualChangePercent: Estimate | null;
}): TrendVerdict | Refusal {
  const { points, meanCount, changes, annualChangePercent: annual } = input;
  if (!(Number.isInteger(points) && points >= fewestPointsForVerdict))
    return refuse('too-few-points', `A verdict on a trend needs at least ${fewestPointsForVerdict} points.`);
  if (!(meanCount >= 0 && isNumber(meanCount)))
    return refuse('not-a-count', 'The mean count must be a number from nought up.');
  if (changes.some(({ pointsAgo }) => !(Number.isInteger(pointsAgo) && pointsAgo >= 0)))
    return refuse('no-such-point', 'A change must lie at a point of the series.');
  if (annual !== null && !areFinite([annual.estimate, annual.lower, annual.upper]))
    return refuse('not-a-number', 'The yearly change is missing or is not a number.');
  const verdict = (
    rule: TrendVerdict['rule'],
    direction: TrendVerdict['direction'],
    sentence: string,
    mayBeRecording = false,
  ): TrendVerdict => ({
    method: { name: 'trend-verdict', version: '1' },
    rule,
    direction,
    sentence: mayBeRecording ? `${sentence} This may be recording: the way of counting changed there.` : sentence,
    mayBeRecording,
    tooFewToSee: rule === 'no-evidence' && meanCount < meanToSee,
  });
  if (input.exceeds)
    return verdict('exceedance', 'rise', 'Higher than expected this month.', input.recordingChangedAtLatest);
  const recent = [...changes]
    .sort((a, b) => a.pointsAgo - b.pointsAgo)
    .find(({ pointsAgo }) => pointsAgo < recentPoints);
  if (recent !== undefined) {
    const { direction, named, recordingChanged } = recent;
    return verdict(
      'recent-change',
      direction,
      // A change of recording is no rise.
      recordingChanged === true
        ? `The level changed in ${named}.`
        : `The level ${direction === 'rise' ? 'rose' : 'fell'} in ${named}.`,
      recordingChanged,
    );
  }
  if (annual !== null && (annual.lower > 0 || annual.upper < 0)) {
    const rising = annual.lower > 0;
    // Of a fall the greater number of the interval is the lower limit.
    const [from, to] = rising ? [annual.lower, annual.upper] : [annual.upper, annual.lower];
    return verdict(
      'trend',
      rising ? 'rise' : 'fall',
      `${rising ? 'Rising' : 'Falling'} ${percent(annual.estimate)} % a year (${percent(from)} to ${percent(to)} %).`,
    );
  }
  return verdict(
    'no-evidence',
    null,
    meanCount < meanToSee
      ? 'No evidence of change; with so few events most changes would not be seen.'
      : 'No evidence of change.',
  );
}
