import type { ChangeWords } from '../partnership/index.ts';
import {
  fundingLabels,
  originLabels,
  statusLabels,
  themeLabels,
  tierLabels,
  type Funding,
  type Origin,
  type Status,
  type Theme,
  type Tier,
} from './action.ts';
import { approachImpactLabels, approachKindLabels, type ApproachImpact, type ApproachKind } from './approach.ts';
import { designWords, evaluationStateLabels, type Design, type EvaluationState } from './evaluation.ts';
import {
  formatQuarter,
  howLabels,
  interventionStateLabels,
  stageLabels,
  stages,
  type How,
  type InterventionState,
} from './intervention.ts';
import { levelLabels, stateLabels, type Level, type State } from './strategy.ts';

const values: Readonly<Record<string, (kept: string) => string | undefined>> = {
  status: (kept) => statusLabels[kept as Status],
  origin: (kept) => originLabels[kept as Origin],
  funding: (kept) => fundingLabels[kept as Funding],
  theme: (kept) => themeLabels[kept as Theme],
  // Strategies, interventions and evaluations have states of their own, with no word in two meanings.
  state: (kept) =>
    (stateLabels as Readonly<Record<string, string>>)[kept as State] ??
    (interventionStateLabels as Readonly<Record<string, string>>)[kept as InterventionState] ??
    evaluationStateLabels[kept as EvaluationState],
  how: (kept) => howLabels[kept as How],
  kind: (kept) => approachKindLabels[kept as ApproachKind],
  impact: (kept) => approachImpactLabels[kept as ApproachImpact],
  design: (kept) => designWords[kept as Design].label,
  quarter: formatQuarter,
  level: (kept) => levelLabels[kept as Level],
  view_id: () => 'a figure of the evidence',
};

/** How the history of this slice's records is told. */
export const strategyWords: ChangeWords = {
  kinds: {
    action: 'Action',
    action_aim: 'Aim or priority',
    action_partner: 'Partner',
    action_need: 'Action that it needs',
    aim: 'Aim or priority',
    approach: 'Approach',
    approach_use: 'Approach chosen',
    approval: 'Sign-off',
    comment: 'Comment',
    consultee: 'Consultation',
    evaluation: 'Evaluation',
    intervention: 'Intervention',
    intervention_action: 'Action that it is part of',
    intervention_quarter: 'Quarter',
    measure: 'Measure',
    milestone: 'Milestone',
    risk: 'Risk',
    strategy: 'Strategy',
  },
  columns: {
    title: 'Title',
    words: 'Words',
    about: 'About it',
    lead_id: 'Lead',
    owner: 'Owner',
    starts: 'From',
    due: 'Done by',
    ends: 'Until',
    origin: 'Origin',
    funding: 'Money',
    cost_pence: 'Cost in pence',
    status: 'Status',
    state: 'State',
    level: 'Level',
    reason: 'Why it stands so',
    theme: 'Theme',
    tiers: 'Prevention tier',
    is_named: 'Named under s.8(5)',
    needs_decision: 'Needs a decision',
    evidence: 'Evidence',
    effect: 'Expected effect',
    effect_by: 'Effect by',
    result: 'What came of it',
    learned: 'What was learned',
    done_on: 'Reached',
    closed_on: 'Closed',
    organisation_id: 'Organisation',
    body: 'Body',
    on_day: 'On',
    made_by: 'Made by',
    reply: 'Reply',
    consulted_on: 'Consulted',
    published_on: 'Published',
    review_due: 'Review',
    ended_on: 'Ended',
    elsewhere: 'Elsewhere',
    likelihood: 'Likelihood',
    impact: 'Impact',
    cause: 'Why it may happen',
    closed_because: 'Because',
    question: 'Question',
    target: 'Target',
    for_whom: 'For whom',
    how: 'How',
    provider_id: 'Provider',
    quarter: 'Quarter',
    spent_pence: 'Spent, in pence',
    told_by: 'Told by',
    security: 'How sure',
    cost: 'Cost',
    source: 'Source',
    checked_on: 'Checked on',
    is_shared: 'Shared with the hub',
    override: 'Why it was chosen all the same',
    design: 'Design',
    comparison: 'Compared with',
    begins: 'First month after the start',
    decision: 'What was decided',
    stopped_because: 'Stopped because',
    view_id: 'Figure',
    baseline_from: 'Baseline from',
    baseline_to: 'Baseline to',
  },
  said(column, value) {
    if (column === 'tiers' && Array.isArray(value))
      return value.length === 0 ? 'nothing' : value.map((tier) => tierLabels[tier as Tier]).join('; ');
    return typeof value === 'string' ? values[column]?.(value) : undefined;
  },
};

/** The same with the counts of quarters: only for those who see small ones. */
export const strategyWordsWithCounts: ChangeWords = {
  ...strategyWords,
  columns: { ...strategyWords.columns, ...Object.fromEntries(stages.map((stage) => [stage, stageLabels[stage]])) },
};
