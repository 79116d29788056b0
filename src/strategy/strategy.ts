import {
  canonicalJson,
  done,
  formatDate,
  refused,
  type ContentHash,
  type IsoDate,
  type Outcome,
} from '../duty/index.ts';

/** A hub's strategy covers all its areas; a local one takes over its aims, and may vary or add. */
export const levels = ['hub', 'local'] as const;
export type Level = (typeof levels)[number];
export const levelLabels: Readonly<Record<Level, string>> = {
  hub: 'Strategy of the hub, for all its areas',
  local: 'Local strategy',
};

interface Section {
  readonly heading: string;
  /** The place in the Act that asks for it; those without one are good practice. */
  readonly asked: string | null;
  readonly hint: string;
}

/** The parts of a strategy, in the order in which they are read. */
export const sections = {
  kinds: {
    heading: 'Kinds of serious violence in the area',
    asked: 's.8(3)(a)',
    hint: 'Which kinds happen here, to whom, and how often',
  },
  causes: {
    heading: 'Causes, so far as we know them',
    asked: 's.8(3)(b)',
    hint: 'What leads to it, and what is not known yet',
  },
  prevent: {
    heading: 'What we will do to prevent it',
    asked: 's.8(3)(c)',
    hint: 'How each authority uses its functions so that people do not become involved, also not as victims',
  },
  reduce: {
    heading: 'What we will do to reduce it',
    asked: 's.8(3)(c)',
    hint: 'How each authority uses its functions so that there are fewer instances',
  },
  definition: { heading: 'What we count as serious violence', asked: null, hint: 'The definition and its reasons' },
  arrangements: {
    heading: 'How we work together',
    asked: null,
    hint: 'Who leads, who answers for what, how the hub and its areas share the work',
  },
  theory: { heading: 'Why we think that it will work', asked: null, hint: 'The theory of change in words' },
  voices: {
    heading: 'Whom we listened to',
    asked: null,
    hint: 'Children, communities, people who were harmed, voluntary organisations',
  },
  equality: {
    heading: 'Who is affected more than others',
    asked: null,
    hint: 'Deprivation, sex, ethnicity, disability, and what is done about it',
  },
  money: { heading: 'Money', asked: null, hint: 'What it costs and who pays. Say so where there is no more money' },
  measures: {
    heading: 'How we will know whether it worked',
    asked: null,
    hint: 'Targets and outcomes, how they are measured and evaluated',
  },
  plain: { heading: 'In plain words', asked: null, hint: 'One page that anybody can read' },
} as const satisfies Readonly<Record<string, Section>>;
export type SectionName = keyof typeof sections;
export const sectionNames = Object.keys(sections) as readonly SectionName[];
export type Sections = Readonly<Partial<Record<SectionName, string>>>;

/** An aim as a version of a strategy holds it. */
export interface AimHeld {
  readonly id: string;
  readonly title: string;
  readonly words: string | null;
  /** The aim of the hub that it was taken over from, as the hub published it. */
  readonly hub: { readonly title: string; readonly words: string | null } | null;
}

/** What is signed off: another comma makes another hash, which nobody has signed off yet. */
export interface StrategyContent {
  readonly title: string;
  readonly level: Level;
  readonly starts: IsoDate | null;
  readonly ends: IsoDate | null;
  readonly sections: Sections;
  readonly aims: readonly AimHeld[];
}

/** The exact text whose SHA-256 an approval names: canonical JSON (RFC 8785). */
export const strategyText = ({ title, level, starts, ends, sections: text, aims }: StrategyContent): string =>
  canonicalJson({
    title,
    level,
    starts,
    ends,
    sections: Object.fromEntries(sectionNames.map((name) => [name, text[name] ?? ''])),
    aims: aims.map((aim) => ({
      id: aim.id,
      title: aim.title,
      words: aim.words,
      hub: aim.hub === null ? null : { ...aim.hub },
    })),
  });

// ── What the Act asks for ────────────────────────────────────────────────────────────────────────────────────────────

/** The check that nothing in it may do harm, on the three grounds of s.8(8). */
export interface Exclusion {
  /** Might jeopardise the safety of anyone. */
  readonly safety: boolean;
  /** Might prejudice the prevention, detection, investigation or prosecution of an offence. */
  readonly prejudice: boolean;
  /** Might compromise the security or good order of a prison, youth custody or educational institution. */
  readonly security: boolean;
  readonly by: string;
  readonly on: IsoDate;
  readonly note: string | null;
}

export const exclusionGrounds = {
  safety: 'Nothing in it might put anybody’s safety at risk',
  prejudice: 'Nothing in it might harm the prevention, detection, investigation or prosecution of an offence',
  security: 'Nothing in it might harm the security or good order of a prison, a place of youth custody or a school',
} as const;
export type ExclusionGround = keyof typeof exclusionGrounds;
export const exclusionGroundNames = Object.keys(exclusionGrounds) as readonly ExclusionGround[];

export interface StrategyFacts {
  readonly sections: Sections;
  readonly aims: readonly AimHeld[];
  /** Each educational, prison and youth custody authority of the area, and when it was consulted on this version. */
  readonly relevant: readonly { readonly name: string; readonly consultedOn: IsoDate | null }[];
  /** Open actions that a relevant authority leads. */
  readonly onRelevant: readonly { readonly title: string; readonly authority: string; readonly isNamed: boolean }[];
  readonly exclusion: Exclusion | null;
}

export interface Check {
  readonly asked: string;
  readonly words: string;
  readonly isMet: boolean;
  /** What is missing, and what to do. Null where nothing is. */
  readonly missing: string | null;
}

const listed = (names: readonly string[]): string =>
  names.length < 2 ? (names[0] ?? '') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
const hasText = (text: string | undefined): boolean => (text ?? '').trim() !== '';
const check = (asked: string, words: string, missing: string | null): Check => ({
  asked,
  words,
  isMet: missing === null,
  missing,
});

/** What the Act requires of a strategy (s.8(3), (4), (5), (8)); domain paper 2.5, the rows marked HARD. */
export function requirements(facts: StrategyFacts): readonly Check[] {
  const written = (name: SectionName) =>
    hasText(facts.sections[name]) ? null : `Write the section “${sections[name].heading}”`;
  const unasked = facts.relevant.filter(({ consultedOn }) => consultedOn === null).map(({ name }) => name);
  const unnamed = facts.onRelevant.filter(({ isNamed }) => !isNamed);
  const unchecked = exclusionGroundNames.filter((ground) => facts.exclusion?.[ground] !== true);
  return [
    check('s.8(3)(a)', 'It says which kinds of serious violence happen in the area', written('kinds')),
    check('s.8(3)(b)', 'It says what causes them, so far as it is possible to know', written('causes')),
    check('s.8(3)(c)', 'It says how functions are used to prevent serious violence', written('prevent')),
    check('s.8(3)(c)', 'It says how functions are used to reduce serious violence', written('reduce')),
    check(
      's.8(4)',
      'Each educational, prison and youth custody authority of the area was consulted',
      unasked.length === 0
        ? null
        : `Consult ${listed(unasked.slice(0, 12))}${unasked.length > 12 ? ` and ${unasked.length - 12} more` : ''}, or enter the day on which you did`,
    ),
    check(
      's.8(5)',
      'Each action for a relevant authority is named as one under s.8(5)',
      unnamed.length === 0
        ? null
        : `Say that these are actions under s.8(5), or give them to somebody else: ${listed(unnamed.map(({ title, authority }) => `“${title}” (${authority})`))}`,
    ),
    check(
      's.8(8)',
      'Nothing in it might put anybody at risk, harm an investigation or the order of an institution',
      unchecked.length === 0 ? null : 'Check the text on the three grounds and sign the check',
    ),
  ];
}

/** What a good strategy also has: asked for by committees and by guidance, not by the Act. */
export function advice(facts: Pick<StrategyFacts, 'sections' | 'aims'>): readonly Check[] {
  return [
    ...sectionNames
      .filter((name) => sections[name].asked === null)
      .map((name) =>
        check(
          'good practice',
          sections[name].heading,
          hasText(facts.sections[name]) ? null : `The section “${sections[name].heading}” is empty`,
        ),
      ),
    check('good practice', 'It has aims', facts.aims.length > 0 ? null : 'Add the aims that the plan will serve'),
  ];
}

// ── From draft to revised ────────────────────────────────────────────────────────────────────────────────────────────

export const states = ['draft', 'comment', 'sign-off', 'published', 'review', 'revised', 'superseded'] as const;
export type State = (typeof states)[number];
export const stateLabels: Readonly<Record<State, string>> = {
  draft: 'Draft',
  comment: 'Out for comment',
  'sign-off': 'Waits for sign-off',
  published: 'Published',
  review: 'In review',
  revised: 'Being revised',
  superseded: 'Superseded',
};

/** An approval of these exact words by one specified authority, or a committee’s note of them. */
export interface SignOff {
  /** The authority that has to sign; null: a committee that noted it. */
  readonly authority: string | null;
  readonly body: string;
  readonly on: IsoDate;
  readonly hash: ContentHash;
}

/** A version as the machine sees it. */
export interface Version {
  readonly state: State;
  /** Of the words as they stand: a draft's changes with them. */
  readonly hash: ContentHash;
  readonly publishedOn: IsoDate | null;
  readonly approvals: readonly SignOff[];
  readonly notes: readonly SignOff[];
}

export type Step =
  | { readonly step: 'change'; readonly hash: ContentHash }
  | { readonly step: 'open-comment' }
  | { readonly step: 'take-back' }
  | {
      readonly step: 'close-text';
      readonly hash: ContentHash;
      readonly openComments: number;
      readonly missing: readonly Check[];
    }
  | { readonly step: 'approve' | 'note'; readonly sign: SignOff }
  | {
      readonly step: 'publish';
      readonly on: IsoDate;
      /** Ids and names of the specified authorities that must have signed. */
      readonly required: readonly { readonly id: string; readonly name: string }[];
      readonly missing: readonly Check[];
      /** Actions of the plan that lack an aim, an owner or a date, with what they lack. */
      readonly incomplete: readonly { readonly title: string; readonly lacks: readonly string[] }[];
      /** What of the theory of change keeps it back, where the partnership has said that it does: sentences. */
      readonly theory?: readonly string[];
    }
  | { readonly step: 'begin-review' }
  | { readonly step: 'keep' }
  | { readonly step: 'revise' }
  | { readonly step: 'supersede' };
export type StepName = Step['step'];

/** From which states each step leads. Whatever is not here is refused. */
const from: Readonly<Record<StepName, readonly State[]>> = {
  change: ['draft', 'comment'],
  'open-comment': ['draft'],
  'take-back': ['comment', 'sign-off'],
  'close-text': ['comment'],
  approve: ['sign-off'],
  note: ['sign-off', 'published', 'review', 'revised'],
  publish: ['sign-off'],
  'begin-review': ['published'],
  keep: ['review'],
  revise: ['review'],
  supersede: ['published', 'review', 'revised'],
};

/** Whether a step leads on from a state, whatever else has to be so. */
export const leadsOn = (state: State, step: StepName): boolean => from[step].includes(state);

const to: Readonly<Partial<Record<StepName, State>>> = {
  'open-comment': 'comment',
  'take-back': 'draft',
  'close-text': 'sign-off',
  publish: 'published',
  'begin-review': 'review',
  keep: 'published',
  revise: 'revised',
  supersede: 'superseded',
};

type Answer = Outcome<Version, 'conflict' | 'not-valid'>;

/**
 * What a version is after a step, or why it cannot be taken. Total: every step in every state has an answer. What was
 * published is never changed, and an approval counts for the words that it names only.
 */
export function take(version: Version, step: Step): Answer {
  if (!leadsOn(version.state, step.step))
    return refused(
      'conflict',
      `This cannot be done now: the strategy is “${stateLabels[version.state].toLowerCase()}”. Its page says what comes next`,
    );
  const on: Version = { ...version, state: to[step.step] ?? version.state };
  switch (step.step) {
    case 'change':
      return done({ ...on, hash: step.hash });
    case 'close-text':
      return closed(on, step);
    case 'approve':
    case 'note':
      return signed(on, step.step, step.sign);
    case 'publish':
      return published(on, step);
    default:
      return done(on);
  }
}

function closed(on: Version, step: Extract<Step, { step: 'close-text' }>): Answer {
  if (step.openComments > 0)
    return refused(
      'not-valid',
      step.openComments === 1
        ? 'One comment has no reply yet. Reply to it, then close the text'
        : `${step.openComments} comments have no reply yet. Reply to them, then close the text`,
    );
  const lacking = step.missing.flatMap(({ missing }) => missing ?? []);
  if (lacking.length > 0) return refused('not-valid', `The Act asks for more. ${lacking.join('. ')}`);
  return done({ ...on, hash: step.hash });
}

function signed(on: Version, kind: 'approve' | 'note', sign: SignOff): Answer {
  if (sign.hash !== on.hash)
    return refused(
      'conflict',
      'The text has changed since you opened the page. Read it again, then enter the decision',
    );
  if (sign.body.trim() === '') return refused('not-valid', 'Enter which body decided');
  if (kind === 'note') return done({ ...on, notes: [...on.notes, { ...sign, authority: null }] });
  if (sign.authority === null) return refused('not-valid', 'Choose the authority that signed it off');
  if (on.approvals.some(({ authority, hash }) => authority === sign.authority && hash === sign.hash))
    return refused('conflict', 'This authority has signed off these words already');
  return done({ ...on, approvals: [...on.approvals, sign] });
}

/** The specified authorities that have not signed off the words as they stand. */
export const unsigned = <A extends { readonly id: string }>(
  { approvals, hash }: Pick<Version, 'approvals' | 'hash'>,
  required: readonly A[],
): readonly A[] => required.filter(({ id }) => !approvals.some((sign) => sign.authority === id && sign.hash === hash));

function published(on: Version, step: Extract<Step, { step: 'publish' }>): Answer {
  if (step.required.length === 0)
    return refused('not-valid', 'The register names no specified authority. Add the members of the partnership first');
  const waiting = unsigned(on, step.required);
  if (waiting.length > 0)
    return refused('not-valid', `It waits for the sign-off of ${listed(waiting.map(({ name }) => name))}`);
  const lacking = step.missing.flatMap(({ missing }) => missing ?? []);
  if (lacking.length > 0) return refused('not-valid', `The Act asks for more. ${lacking.join('. ')}`);
  if (step.incomplete.length > 0) return refused('not-valid', whyIncomplete(step.incomplete));
  const theory = step.theory ?? [];
  if (theory.length > 0)
    return refused('not-valid', `The theory of change is not ready. ${theory.slice(0, 20).join(' ')}`);
  const last = on.approvals.reduce((day, sign) => (sign.on > day ? sign.on : day), '');
  if (last > step.on)
    return refused(
      'not-valid',
      `It was signed off on ${formatDate(last)} at the latest. Publish it on that day or later`,
    );
  return done({ ...on, publishedOn: step.on });
}

/** Which actions stand in the way of publishing, and what each lacks. Names twenty. */
export function whyIncomplete(
  incomplete: readonly { readonly title: string; readonly lacks: readonly string[] }[],
): string {
  const shown = incomplete.slice(0, 20).map(({ title, lacks }) => `“${title}” lacks ${listed(lacks)}`);
  const more = incomplete.length > 20 ? `; and ${incomplete.length - 20} more` : '';
  return `${incomplete.length === 1 ? 'One action is' : `${incomplete.length} actions are`} not ready: ${shown.join('; ')}${more}`;
}

/** The strategy that holds: the newest that was published and that no other has taken the place of. @param published the newest first */
export const inForce = <S extends { readonly state: State }>(published: readonly S[]): S | undefined =>
  published.find(({ state }) => state !== 'superseded');

// ── Hub and local ────────────────────────────────────────────────────────────────────────────────────────────────────

export type AimDifference = 'same' | 'varied' | 'added' | 'left-out';
export const differenceLabels: Readonly<Record<AimDifference, string>> = {
  same: 'As the hub has it',
  varied: 'Varied here',
  added: 'Added here',
  'left-out': 'Not taken over',
};

export interface AimCompared {
  readonly difference: AimDifference;
  readonly local: AimHeld | null;
  readonly hub: { readonly id: string; readonly title: string; readonly words: string | null } | null;
}

/**
 * A local strategy's aims beside those of the hub as it has them today: the same, varied, added, or not taken over.
 * @param local each with the id of the hub's aim that it was taken over from, null where it is the area's own
 */
export function compareAims(
  local: readonly (AimHeld & { readonly hubAim: string | null })[],
  hub: readonly { readonly id: string; readonly title: string; readonly words: string | null }[],
): readonly AimCompared[] {
  const taken = new Set<string>();
  const own = local.map((aim): AimCompared => {
    const of = hub.find(({ id }) => id === aim.hubAim) ?? null;
    if (of === null) return { difference: 'added', local: aim, hub: null };
    taken.add(of.id);
    const isSame = of.title === aim.title && (of.words ?? '') === (aim.words ?? '');
    return { difference: isSame ? 'same' : 'varied', local: aim, hub: of };
  });
  return [
    ...own,
    ...hub
      .filter(({ id }) => !taken.has(id))
      .map((of): AimCompared => ({ difference: 'left-out', local: null, hub: of })),
  ];
}
