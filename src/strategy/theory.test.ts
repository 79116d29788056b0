import { describe, expect, it } from 'vitest';
import { findings, whyNoArrow, type TheoryArrow, type TheoryStep } from './theory.ts';

const step = (id: string, stage: TheoryStep['stage'], measureId: string | null = null): TheoryStep => ({
  id,
  stage,
  words: id,
  actionId: null,
  measureId,
});
const arrow = (fromId: string, toId: string, grade: TheoryArrow['grade'] = 'studies'): TheoryArrow => ({
  id: `${fromId}${toId}`,
  fromId,
  toId,
  assumption: `${fromId} leads to ${toId}`,
  grade,
  risk: null,
});

describe('a theory of change', () => {
  const steps = [step('need', 'need'), step('play', 'activity'), step('trust', 'outcome', 'm')];

  it('has nothing wrong with it where each step leads on and each outcome is measured', () => {
    expect(findings(steps, [arrow('need', 'play'), arrow('play', 'trust')])).toEqual([]);
  });

  it('lists orphans, dead ends, outcomes without a measure and assumptions that nobody tested', () => {
    const kinds = (...all: Parameters<typeof findings>) => findings(...all).map(({ kind }) => kind);
    expect(kinds(steps, [arrow('need', 'trust')])).toEqual(['orphan']);
    expect(kinds(steps, [arrow('need', 'play'), arrow('need', 'trust')])).toEqual(['dead-end']);
    expect(
      kinds(
        [...steps, step('calm', 'outcome')],
        [arrow('need', 'play'), arrow('play', 'trust'), arrow('play', 'calm', 'untested')],
      ),
    ).toEqual(['unmeasured', 'untested']);
  });

  it('draws arrows forward only', () => {
    expect(whyNoArrow(steps[0], steps[1])).toBeUndefined();
    expect(whyNoArrow(steps[1], steps[0])).toContain('runs forward');
    expect(whyNoArrow(steps[1], steps[1])).toContain('runs forward');
    expect(whyNoArrow(undefined, steps[1])).toContain('Choose');
  });
});
