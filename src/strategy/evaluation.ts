import { done, refused, type IsoDate, type Month, type Outcome } from '../duty/index.ts';
import { detectableChange, evidenceStrength, isRefusal, type EvaluationDesign } from '../measures/index.ts';
import type { Better } from './measure.ts';

/** Designs for which the product works the result out. A trial by chance is a study of its own. */
export const designs = [
  'before-and-after',
  'interrupted-time-series',
  'displacement-difference',
  'difference-in-differences',
  'synthetic-control',
] as const satisfies readonly EvaluationDesign[];
export type Design = (typeof designs)[number];

interface DesignWords {
  readonly label: string;
  readonly about: string;
  readonly needsComparison: boolean;
  /** What may look like an effect and is none: said beside every result. */
  readonly traps: string;
}

export const designWords: Readonly<Record<Design, DesignWords>> = {
  'before-and-after': {
    label: 'Before and after',
    about:
      'Months before the start and the same number after, in one place. It is weak: anything else may have changed too.',
    needsComparison: false,
    traps:
      'Whatever else changed at that time may be the cause. A place that was chosen at its worst gets better by itself.',
  },
  'interrupted-time-series': {
    label: 'A long series, interrupted by the start',
    about: 'At least 24 months in one place, 12 of them before the start and 6 after it.',
    needsComparison: false,
    traps:
      'It cannot tell the start from anything else of the same month, such as a new way of recording. A place that was chosen at its worst gets better by itself.',
  },
  'displacement-difference': {
    label: 'Beside a like place, with the streets around',
    about: 'One place, a place like it, and where violence may have moved to, before and after.',
    needsComparison: true,
    traps:
      'One other place is a thin comparison, and the interval is too short where events come in bursts. Violence may also have moved further away, or to another kind.',
  },
  'difference-in-differences': {
    label: 'Several places beside several like them',
    about: 'Places that take part and places that do not, month by month, before and after.',
    needsComparison: true,
    traps: 'It rests on the places moving alike without the work. People may move between them.',
  },
  'synthetic-control': {
    label: 'One place beside a mix of others',
    about: 'One place, and 19 or more others of which a mix is made that ran like it before the start.',
    needsComparison: true,
    traps: 'With few other places it can hardly ever tell. None of them may have had the same work.',
  },
};

export const marylandOf = (design: Design): { readonly level: number; readonly sentence: string } => {
  const strength = evidenceStrength(design);
  if (isRefusal(strength)) return { level: 1, sentence: strength.sentence };
  return { level: strength.marylandLevel, sentence: strength.sentence };
};
/** Levels differ a little between the papers that number them. */
export const marylandScale = 'Maryland Scientific Methods Scale, as in Farrington and others 2002';

export const evaluationStates = ['draft', 'planned', 'under-way', 'reported', 'stopped'] as const;
export type EvaluationState = (typeof evaluationStates)[number];
export const evaluationStateLabels: Readonly<Record<EvaluationState, string>> = {
  draft: 'Draft plan',
  planned: 'Plan agreed',
  'under-way': 'Under way',
  reported: 'Reported',
  stopped: 'Stopped',
};

export interface EvaluationPlan {
  readonly title: string;
  readonly owner: string | null;
  readonly design: Design;
  readonly comparison: string | null;
  /** What is counted. */
  readonly outcome: string;
  readonly better: Better;
  readonly measureId: string | null;
  /** The first month after the start. */
  readonly begins: Month | null;
  readonly monthsBefore: number | null;
  readonly monthsAfter: number | null;
  /** Events in the whole of each period if nothing changes. */
  readonly expectedBefore: number | null;
  readonly expectedAfter: number | null;
  readonly comparisonBefore: number | null;
  readonly comparisonAfter: number | null;
  /** How much more counts vary than by chance alone: 1 not at all. */
  readonly dispersion: number;
}

/** What the design is likely to see, worked out before the start. */
export interface Power {
  /** A fall to this share or further would be seen; null: not even a fall to nought would. */
  readonly fallTo: number | null;
  readonly riseTo: number;
  readonly power: number;
  readonly level: number;
}

const perHundred = (share: number): string => `${Math.round(share * 100)} %`;

/** What the design would be likely to see, or the sentence of what is missing. */
export function powerOf(plan: EvaluationPlan): Outcome<Power, 'not-valid'> {
  const { expectedBefore: before, expectedAfter: after } = plan;
  if (before === null || after === null)
    return refused('not-valid', 'Enter how many events are expected before and after if nothing changes');
  const beside =
    plan.comparisonBefore !== null && plan.comparisonAfter !== null
      ? { comparison: { before: plan.comparisonBefore, after: plan.comparisonAfter } }
      : {};
  if (designWords[plan.design].needsComparison && !('comparison' in beside))
    return refused('not-valid', 'Enter how many events are expected in the comparison before and after');
  const found = detectableChange({ before, after, dispersion: plan.dispersion, ...beside });
  if (isRefusal(found)) return refused('not-valid', found.sentence);
  return done({ fallTo: found.fallTo, riseTo: found.riseTo, power: found.power, level: found.level });
}

/** In words for whoever decides whether it is worth the work. */
export function powerSentence({ fallTo, riseTo, power }: Power, better: Better): string {
  const chance = `with ${perHundred(power)} likelihood`;
  if (better === 'higher')
    return `It would see a rise of ${perHundred(riseTo - 1)} or more ${chance}. A smaller one would most likely be missed.`;
  return fallTo === null
    ? 'It would most likely miss even a fall to nothing: there are too few events. Count more places or months, or something that happens more often.'
    : `It would see a fall of ${perHundred(1 - fallTo)} or more ${chance}. A smaller one would most likely be missed.`;
}

/** What a plan lacks before it can be agreed, in words: "the first month". */
export function planLacks(plan: EvaluationPlan): readonly string[] {
  const words = designWords[plan.design];
  return [
    ...(plan.owner === null ? ['who answers for it'] : []),
    ...(plan.begins === null ? ['the first month after the start'] : []),
    ...(plan.monthsBefore === null || plan.monthsAfter === null ? ['how many months before and after'] : []),
    ...(words.needsComparison && plan.comparison === null ? ['what it is compared with, and why'] : []),
    ...(powerOf(plan).done ? [] : ['the events that are expected, from which follows what it would see']),
  ];
}

/** Steps of an evaluation. What was agreed before the start is not changed after it. */
export const evaluationSteps = ['agree', 'reopen', 'begin', 'report', 'stop'] as const;
export type EvaluationStep = (typeof evaluationSteps)[number];

const from: Readonly<Record<EvaluationStep, readonly EvaluationState[]>> = {
  agree: ['draft'],
  reopen: ['planned'],
  begin: ['planned'],
  report: ['under-way'],
  stop: ['draft', 'planned', 'under-way'],
};
const to: Readonly<Record<EvaluationStep, EvaluationState>> = {
  agree: 'planned',
  reopen: 'draft',
  begin: 'under-way',
  report: 'reported',
  stop: 'stopped',
};

/** The steps that a state has, whatever else they need. */
export const stepsFrom = (state: EvaluationState): readonly EvaluationStep[] =>
  evaluationSteps.filter((step) => from[step].includes(state));

export const mayChangePlan = (state: EvaluationState): boolean => state === 'draft';
export const isClosed = (state: EvaluationState): boolean => state === 'reported' || state === 'stopped';

export interface StepGiven {
  readonly plan: EvaluationPlan;
  readonly hasResult: boolean;
  readonly because: string | null;
  readonly today: IsoDate;
}

/** The state after a step, or why it cannot be taken. */
export function takeStep(
  state: EvaluationState,
  step: EvaluationStep,
  { plan, hasResult, because, today }: StepGiven,
): Outcome<EvaluationState, 'conflict' | 'not-valid'> {
  if (!from[step].includes(state))
    return refused(
      'conflict',
      `This evaluation is ${evaluationStateLabels[state].toLowerCase()}, so this cannot be done`,
    );
  if (step === 'agree') {
    const lacks = planLacks(plan);
    if (lacks.length > 0) return refused('not-valid', `The plan cannot be agreed yet. It lacks: ${lacks.join('; ')}`);
  }
  if (step === 'begin' && plan.begins !== null && plan.begins > today.slice(0, 7))
    return refused('not-valid', 'The first month after the start is still to come. Begin it then');
  if (step === 'report' && !hasResult)
    return refused('not-valid', 'There is no result yet. Enter what was counted, and work it out first');
  if (step === 'stop' && because === null) return refused('not-valid', 'Enter why it is stopped');
  return done(to[step]);
}
