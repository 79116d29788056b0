import { done, refused, type ContentHash, type IsoDate, type Outcome, type Period } from '../duty/index.ts';
import type { AssessmentTemplate } from './assessment-template.ts';
import { literally } from './literal-pattern.ts';

export const assessmentStates = ['draft', 'in-review', 'approved', 'published', 'superseded'] as const;
export type AssessmentState = (typeof assessmentStates)[number];
export const assessmentStateLabels: Readonly<Record<AssessmentState, string>> = {
  draft: 'Draft',
  'in-review': 'In review',
  approved: 'Approved',
  published: 'Published',
  superseded: 'Replaced by a newer one',
};

/** Where an assessment stands. What was approved keeps the hash of what it said; what was published keeps its day. */
export type Standing =
  | { readonly state: 'draft' | 'in-review' }
  | { readonly state: 'approved'; readonly approval: AssessmentApproval }
  | { readonly state: 'published'; readonly approval: AssessmentApproval; readonly publishedOn: IsoDate }
  | {
      readonly state: 'superseded';
      readonly approval: AssessmentApproval;
      readonly publishedOn: IsoDate;
      readonly by: string;
    };

/** A body approved exactly this wording on this day. */
export interface AssessmentApproval {
  readonly body: string;
  readonly on: IsoDate;
  readonly hash: ContentHash;
}

export type AssessmentStep =
  | { readonly step: 'send-for-review'; readonly notReady: readonly string[]; readonly open: readonly string[] }
  | { readonly step: 'take-back' }
  | {
      readonly step: 'approve';
      readonly approval: AssessmentApproval;
      /** Of what it says now. */
      readonly hash: ContentHash;
      readonly today: IsoDate;
      /** Passages to leave out that are not in the words any more. */
      readonly lostPassages: readonly string[];
    }
  | {
      readonly step: 'publish';
      readonly hash: ContentHash;
      readonly today: IsoDate;
      /** Owners whose answer may still come. */
      readonly waiting: readonly string[];
    }
  | { readonly step: 'supersede'; readonly by: string };

const said: Readonly<Record<AssessmentState, string>> = {
  draft: 'It is a draft',
  'in-review': 'It is in review',
  approved: 'It was approved and stays as it is',
  published: 'It was published and never changes. Make a new version',
  superseded: 'A newer one has taken its place. Change that one',
};
const no = (standing: Standing) => refused('conflict', said[standing.state]);

/**
 * The only way from state to state. Every pair of state and step has an answer.
 * draft → in review → approved → published → superseded; back to a draft from review and, before it is public, from approval.
 */
export function standingAfter(standing: Standing, step: AssessmentStep): Outcome<Standing, 'conflict' | 'not-valid'> {
  switch (step.step) {
    case 'send-for-review':
      if (standing.state !== 'draft') return no(standing);
      if (step.notReady.length > 0)
        return refused('not-valid', `Finish these parts first, or mark them as ready: ${step.notReady.join(', ')}`);
      return step.open.length > 0
        ? refused('not-valid', `Answer the comments on these parts first: ${step.open.join(', ')}`)
        : done({ state: 'in-review' });
    case 'take-back':
      return standing.state === 'in-review' || standing.state === 'approved' ? done({ state: 'draft' }) : no(standing);
    case 'approve':
      if (standing.state !== 'in-review') return no(standing);
      if (step.approval.hash !== step.hash)
        return refused('conflict', 'It was changed after the body saw it. Show the body what it says now');
      if (step.approval.on > step.today) return refused('not-valid', 'The day of the decision cannot be in the future');
      return step.lostPassages.length > 0
        ? refused('not-valid', `A passage to leave out has changed. Mark it again in: ${step.lostPassages.join(', ')}`)
        : done({ state: 'approved', approval: step.approval });
    case 'publish':
      if (standing.state !== 'approved') return no(standing);
      if (standing.approval.hash !== step.hash)
        return refused('conflict', 'It is not what was approved. Take it back and have it approved again');
      return step.waiting.length > 0
        ? refused('not-valid', `Wait for an answer, or for the last day, from: ${step.waiting.join(', ')}`)
        : done({ state: 'published', approval: standing.approval, publishedOn: step.today });
    case 'supersede':
      if (standing.state !== 'published') return no(standing);
      return done({ ...standing, state: 'superseded', by: step.by });
  }
}

/** Whether its words, figures and exclusions may be changed. */
export const isOpen = (state: AssessmentState): boolean => state === 'draft' || state === 'in-review';

export const sectionStates = ['to-do', 'writing', 'ready'] as const;
export type SectionState = (typeof sectionStates)[number];
export const sectionStateLabels: Readonly<Record<SectionState, string>> = {
  'to-do': 'Not begun',
  writing: 'Being written',
  ready: 'Ready',
};

// ── Clearance ────────────────────────────────────────────────────────────────────────────────────────────────────────

export interface Clearance {
  readonly due: IsoDate;
  readonly answer: 'cleared' | 'objected' | null;
  /** Of what it saw when it answered. */
  readonly seen: ContentHash | null;
}

/**
 * What an owner said of its figures as they stand now. `cleared` alone lets them out: silence is no agreement, and neither is
 * an answer about other figures.
 */
export const clearanceStates = ['not-asked', 'waiting', 'cleared', 'objected', 'lapsed'] as const;
export type ClearanceState = (typeof clearanceStates)[number];
export const clearanceLabels: Readonly<Record<ClearanceState, string>> = {
  'not-asked': 'Not asked yet',
  waiting: 'Waiting for an answer',
  cleared: 'Cleared',
  objected: 'Objected',
  lapsed: 'Did not answer in time',
};

/** @param now hash of the owner's figures and the words beside them today */
export function clearanceState(clearance: Clearance | undefined, now: ContentHash, today: IsoDate): ClearanceState {
  if (clearance === undefined) return 'not-asked';
  if (clearance.answer !== null && clearance.seen === now) return clearance.answer;
  return today > clearance.due ? 'lapsed' : 'waiting';
}

/** Whether what somebody stands behind may leave the house: every owner has cleared it. */
export const isCleared = (owners: readonly string[], stateOf: (owner: string) => ClearanceState): boolean =>
  owners.every((owner) => stateOf(owner) === 'cleared');

// ── What stays out (PCSC Act 2022 s.8(8)) ────────────────────────────────────────────────────────────────────────────

export const exclusionGrounds = ['safety', 'crime', 'institution'] as const;
export type ExclusionGround = (typeof exclusionGrounds)[number];
export const exclusionLabels: Readonly<Record<ExclusionGround, string>> = {
  safety: 'It might put somebody in danger (s.8(8)(a))',
  crime: 'It might get in the way of preventing, finding or prosecuting crime (s.8(8)(b))',
  institution: 'It might harm security or order in a school, a prison or youth custody (s.8(8)(c))',
};

export interface Exclusion {
  readonly passage: string;
  readonly ground: ExclusionGround;
}

const oneSpace = (text: string): string => text.replaceAll(/\s+/g, ' ');
/** Marks a place where something was taken out, so that no passage is found across it. */
const taken = '\uE000';

/**
 * Words without the passages that stay out. A passage that is not found word for word, spaces apart, has been changed: then
 * nobody can say what of it may be read, and all of the words stay in.
 */
export function withoutPassages(
  words: string,
  exclusions: readonly Pick<Exclusion, 'passage'>[],
): { readonly words: string; readonly lost: readonly string[] } {
  const lost: string[] = [];
  // The longest first: a passage within another goes with it.
  const passages = [...new Set(exclusions.map(({ passage }) => passage.trim()))].sort((a, b) => b.length - a.length);
  let kept = words.replaceAll(taken, '');
  const whole = oneSpace(kept);
  for (const passage of passages) {
    if (passage === '' || !whole.includes(oneSpace(passage))) {
      lost.push(passage);
      continue;
    }
    const pattern = passage
      .split(/\s+/)
      .map((word) => literally(word))
      .join('\\s+');
    kept = kept.replaceAll(new RegExp(pattern, 'gu'), taken);
  }
  if (lost.length > 0) return { words: '', lost };
  const clean = kept
    .replaceAll(taken, '')
    .replaceAll(/[ \t]{2,}/g, ' ')
    .replaceAll(/ +([.,;:!?])/g, '$1')
    .split(/\n/)
    .map((line) => line.trim())
    .join('\n')
    .replaceAll(/\n{3,}/g, '\n\n')
    .trim();
  return { words: clean, lost };
}

// ── Who took part ────────────────────────────────────────────────────────────────────────────────────────────────────

export interface Ask {
  readonly organisation: string;
  readonly state: 'asked' | 'answered' | 'declined';
  readonly due: IsoDate;
}

/** Who took part, who did not, and from whom an answer may still come: each once, the best that they did. */
export function takingPart(
  asks: readonly Ask[],
  today: IsoDate,
): { readonly tookPart: readonly string[]; readonly absent: readonly string[]; readonly waiting: readonly string[] } {
  const by = Map.groupBy(asks, ({ organisation }) => organisation);
  const names = [...by.keys()].sort((a, b) => a.localeCompare(b, 'en-GB'));
  const has = (name: string, which: (ask: Ask) => boolean) => by.get(name)?.some(which) ?? false;
  const tookPart = names.filter((name) => has(name, ({ state }) => state === 'answered'));
  const waiting = names.filter(
    (name) => !tookPart.includes(name) && has(name, ({ state, due }) => state === 'asked' && due >= today),
  );
  return { tookPart, waiting, absent: names.filter((name) => !tookPart.includes(name) && !waiting.includes(name)) };
}

// ── Beside the one before ────────────────────────────────────────────────────────────────────────────────────────────

export interface SectionText {
  readonly key: string;
  readonly words: string;
  /** What its figures say, in sentences. */
  readonly sentences: readonly string[];
}

export type SectionChange = 'same' | 'changed' | 'new' | 'gone' | 'empty';

/** Section by section, in the order of the newer one, then what only the older had. */
export function compareSections(
  now: readonly SectionText[],
  before: readonly SectionText[],
): readonly {
  readonly key: string;
  readonly change: SectionChange;
  readonly now: SectionText | undefined;
  readonly before: SectionText | undefined;
}[] {
  const keys = [...new Set([...now, ...before].map(({ key }) => key))];
  const isEmpty = (text: SectionText | undefined) =>
    text === undefined || (text.words.trim() === '' && text.sentences.length === 0);
  const said = (text: SectionText | undefined) =>
    oneSpace([text?.words ?? '', ...(text?.sentences ?? [])].join('\n')).trim();
  return keys.map((key) => {
    const [a, b] = [now.find((each) => each.key === key), before.find((each) => each.key === key)];
    const change: SectionChange =
      isEmpty(a) && isEmpty(b)
        ? 'empty'
        : isEmpty(b)
          ? 'new'
          : isEmpty(a)
            ? 'gone'
            : said(a) === said(b)
              ? 'same'
              : 'changed';
    return { key, change, now: a, before: b };
  });
}

/** What an assessment is about. */
export interface AssessmentWanted {
  readonly template: AssessmentTemplate;
  readonly title: string;
  readonly area: string;
  readonly areaName: string;
  readonly period: Period;
  readonly asOf: IsoDate;
  readonly definition: string | null;
  readonly previous: string | null;
  readonly nextReview: IsoDate | null;
}
