import { describe, expect, it } from 'vitest';
import { answered } from '../../test/answered.ts';
import { evidenceStrength } from './evidence-strength.ts';
import { trendVerdict } from './trend-verdict.ts';

const quiet = {
  points: 36,
  meanCount: 80,
  exceeds: false,
  changes: [],
  annualChangePercent: { estimate: 1, lower: -3, upper: 5, level: 0.95 },
};
const rising = { estimate: 6.04, lower: 2, upper: 10.25, level: 0.95 };
const falling = { estimate: -8, lower: -12.5, upper: -3, level: 0.95 };
const change = { pointsAgo: 5, direction: 'rise', named: 'March 2024' } as const;

// The rules and their order: analysis.md, section 3.
describe('trendVerdict', () => {
  it.each([
    [
      { exceeds: true, changes: [change], annualChangePercent: falling },
      'exceedance',
      'rise',
      'Higher than expected this month.',
    ],
    [{ changes: [change], annualChangePercent: falling }, 'recent-change', 'rise', 'The level rose in March 2024.'],
    [
      { changes: [{ ...change, direction: 'fall' as const }] },
      'recent-change',
      'fall',
      'The level fell in March 2024.',
    ],
    [{ annualChangePercent: rising }, 'trend', 'rise', 'Rising 6 % a year (2 to 10.3 %).'],
    [{ annualChangePercent: falling }, 'trend', 'fall', 'Falling 8 % a year (3 to 12.5 %).'],
    [{ annualChangePercent: { ...rising, estimate: 10.06 } }, 'trend', 'rise', 'Rising 10.1 % a year (2 to 10.3 %).'],
    [{}, 'no-evidence', null, 'No evidence of change.'],
    [{ annualChangePercent: null }, 'no-evidence', null, 'No evidence of change.'],
    [{ annualChangePercent: { ...rising, lower: 0 } }, 'no-evidence', null, 'No evidence of change.'],
    [{ annualChangePercent: { ...falling, upper: 0 } }, 'no-evidence', null, 'No evidence of change.'],
  ])('%j', (given, rule, direction, sentence) => {
    expect(trendVerdict({ ...quiet, ...given })).toMatchObject({
      rule,
      direction,
      sentence,
      mayBeRecording: false,
      tooFewToSee: false,
    });
  });

  it('takes the latest of several changes, and none older than six points', () => {
    const older = { pointsAgo: 6, direction: 'fall', named: 'February 2024' } as const;
    const later = { pointsAgo: 1, direction: 'fall', named: 'July 2024' } as const;
    expect(trendVerdict({ ...quiet, changes: [older] })).toMatchObject({ rule: 'no-evidence' });
    expect(trendVerdict({ ...quiet, changes: [change, later, older] })).toMatchObject({
      sentence: 'The level fell in July 2024.',
    });
  });

  it('never calls a change of recording a rise', () => {
    const recorded = answered(trendVerdict({ ...quiet, changes: [{ ...change, recordingChanged: true }] }));
    expect(recorded.sentence).toBe(
      'The level changed in March 2024. This may be recording: the way of counting changed there.',
    );
    expect(recorded.mayBeRecording).toBe(true);
    expect(trendVerdict({ ...quiet, exceeds: true, recordingChangedAtLatest: true })).toMatchObject({
      sentence: 'Higher than expected this month. This may be recording: the way of counting changed there.',
    });
  });

  it('says under 30 events a point that most changes would not be seen, and never says stable', () => {
    const few = answered(trendVerdict({ ...quiet, meanCount: 29.9 }));
    expect(few).toMatchObject({ method: { name: 'trend-verdict', version: '1' }, tooFewToSee: true });
    expect(few.sentence).toContain('most changes would not be seen');
    expect(few.sentence).not.toContain('stable');
    expect(trendVerdict({ ...quiet, meanCount: 30 })).toMatchObject({
      tooFewToSee: false,
      sentence: 'No evidence of change.',
    });
    // A month of nought events is a mean too, and the latest point may be the one that changed.
    expect(trendVerdict({ ...quiet, meanCount: 0 })).toMatchObject({ rule: 'no-evidence', tooFewToSee: true });
    expect(trendVerdict({ ...quiet, changes: [{ ...change, pointsAgo: 0 }] })).toMatchObject({ rule: 'recent-change' });
    expect(trendVerdict({ ...quiet, meanCount: 5, annualChangePercent: rising })).toMatchObject({ tooFewToSee: false });
  });

  it('gives no verdict under twelve points', () => {
    expect(trendVerdict({ ...quiet, points: 11 })).toMatchObject({
      reason: 'too-few-points',
      sentence: 'A verdict on a trend needs at least 12 points.',
    });
    expect(trendVerdict({ ...quiet, points: 12 })).not.toHaveProperty('refused');
    expect(trendVerdict({ ...quiet, meanCount: -1 })).toMatchObject({
      reason: 'not-a-count',
      sentence: 'The mean count must be a number from nought up.',
    });
    expect(trendVerdict({ ...quiet, changes: [{ ...change, pointsAgo: -1 }] })).toMatchObject({
      reason: 'no-such-point',
      sentence: 'A change must lie at a point of the series.',
    });
    for (const broken of [{ estimate: Number.NaN }, { lower: Number.NaN }, { upper: Infinity }])
      expect(trendVerdict({ ...quiet, annualChangePercent: { ...rising, ...broken } })).toMatchObject({
        reason: 'not-a-number',
        sentence: 'The yearly change is missing or is not a number.',
      });
  });
});

// Farrington, Gottfredson, Sherman & Welsh 2002, table 2.1: level 3 asks for one comparable control, 4 for several units.
describe('evidenceStrength', () => {
  it.each([
    ['before-and-after', 2],
    ['interrupted-time-series', 2],
    ['displacement-difference', 3],
    ['synthetic-control', 3],
    ['difference-in-differences', 4],
    ['randomised-trial', 5],
  ] as const)('of %s is %d', (design, level) => {
    const found = answered(evidenceStrength(design));
    expect(found.marylandLevel).toBe(level);
    expect(found.sentence).toContain(`level ${level} of 5:`);
  });
});
