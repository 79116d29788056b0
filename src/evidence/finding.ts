import { done, refused, type Month, type Outcome } from '../duty/index.ts';

/** How much a sentence can bear, for whoever builds on it. */
export const strengths = ['strong', 'fair', 'weak', 'unknown'] as const;
export type Strength = (typeof strengths)[number];

export const strengthLabels: Readonly<Record<Strength, { readonly label: string; readonly when: string }>> = {
  strong: { label: 'Strong', when: 'Counted from whole months, with a range that leaves no doubt about its direction' },
  fair: { label: 'Fair', when: 'Counted, with a gap or a wide range, or two sources that agree' },
  weak: { label: 'Weak', when: 'Few cases, one source, or a change in how it is counted' },
  unknown: { label: 'Not judged yet', when: 'Nobody has looked at how far it can be trusted' },
};

export const findingStates = ['draft', 'checked', 'withdrawn'] as const;
export type FindingState = (typeof findingStates)[number];
export const findingStateLabels: Readonly<Record<FindingState, string>> = {
  draft: 'Draft',
  checked: 'Checked',
  withdrawn: 'Withdrawn',
};

export type FindingStep =
  | { readonly step: 'check'; readonly by: string }
  | { readonly step: 'withdraw'; readonly because: string }
  | { readonly step: 'take-up' };

/** What a finding becomes. A second person checks: whoever wrote a sentence is the last to see what is wrong with it. */
export function findingAfter(
  { state, author, strength }: { readonly state: FindingState; readonly author: string; readonly strength: Strength },
  step: FindingStep,
): Outcome<FindingState, 'conflict' | 'not-valid' | 'not-allowed'> {
  switch (step.step) {
    case 'check':
      if (state !== 'draft') return refused('conflict', 'Only a draft can be checked. Look at its history');
      if (step.by === author) return refused('not-allowed', 'Ask somebody else to check it: you wrote it');
      return strength === 'unknown' ? refused('not-valid', 'Say first how strong the evidence is') : done('checked');
    case 'withdraw':
      if (state === 'withdrawn') return refused('conflict', 'It was withdrawn already');
      return step.because.trim() === '' ? refused('not-valid', 'Say why it is withdrawn') : done('withdrawn');
    case 'take-up':
      return state === 'withdrawn'
        ? done('draft')
        : refused('conflict', 'Only what was withdrawn can be taken up again');
  }
}

/**
 * Whether a figure would be made from other releases today than it was.
 * @param made ids of the releases in its passport
 * @param live ids of those that count today for its source and period
 */
export function hasNewer(made: readonly string[], live: readonly string[]): boolean {
  const was = new Set(made);
  return live.length !== was.size || live.some((id) => !was.has(id));
}

/** A finding as somebody writes it. */
export interface FindingWanted {
  readonly sentence: string;
  readonly question: string | null;
  readonly figure: string | null;
  readonly view: string | null;
  readonly area: string | null;
  readonly from: Month | null;
  readonly to: Month | null;
  readonly strength: Strength;
  readonly strengthBecause: string | null;
}

export const findingsAPage = 50;
