import type { EvaluationPlan } from './evaluation.ts';
import type { QuarterWanted } from './intervention.ts';

// Nobody and nothing here exists. Ids are fixed, as those of the strategy that this work belongs to.

const id = (number: number): string => `57000000-0000-4000-8000-${String(number).padStart(12, '0')}`;

/** Place of a default approach in its list → its id in the example. */
export const exampleApproachId = (at: number): string => id(701 + at);

/** Of the partnership itself, and one that somebody still has to look at. */
export const exampleApproaches = [
  {
    id: id(741),
    kind: 'case-study',
    title: 'Mentors who grew up on the estate',
    about: 'Mentors from the estate stayed longer than others, and so did the young people.',
    toldBy: 'Haverness',
    impact: 'insufficient',
    security: 1,
    cost: 2,
    tiers: ['secondary'],
    source: 'Our own count of 2025, without a comparison',
    sourceAddress: null,
    checkedOn: '2026-04-20',
    isShared: true,
  },
  {
    id: id(742),
    kind: 'approach',
    title: 'Detached youth work',
    about: 'Youth workers go where young people are.',
    toldBy: null,
    impact: 'insufficient',
    security: null,
    cost: null,
    tiers: ['secondary'],
    source: 'A talk at the conference of the hub, March 2026',
    sourceAddress: null,
    checkedOn: null,
    isShared: false,
  },
] as const;

/** What the hub shares with its areas: nobody has taken it over. */
export const exampleApproachOffered = {
  id: id(751),
  kind: 'case-study',
  title: 'Taxi marshals on Saturday nights',
  about: 'Marshals at two ranks until 4 am. Fewer fights at the ranks; nobody looked whether they moved.',
  toldBy: 'The hub',
  impact: 'low',
  security: 2,
  cost: 1,
  tiers: ['primary'],
  source: 'Report to the board of the hub, January 2026',
  sourceAddress: null,
  checkedOn: '2026-02-10',
  isShared: true,
} as const;

const quarter = (
  first: string,
  [referred, started, completed, outcome]: readonly [number, number, number, number],
  spentPence: number,
): QuarterWanted => ({ quarter: first, referred, started, completed, outcome, spentPence, words: null });

/** By the number of the action that each is part of. The first two are paid from the grant that ends. */
export const exampleInterventions = [
  {
    id: id(601),
    title: 'A worker in the emergency department',
    about: 'She meets people who were hurt by violence, and stays in touch for three months.',
    forWhom: 'People aged 13 to 25 who come to the emergency department after an assault',
    how: 'procured',
    state: 'running',
    provider: 'Haverness Bay Hospitals NHS Trust',
    grant: id(301),
    starts: '2025-10-01',
    ends: '2026-07-31',
    costPence: 5_200_000,
    outcome: 'Not hurt again within three months, as far as the hospital knows',
    action: 104,
    approach: exampleApproachId(3),
    // What the owner said in March: 38 people were offered help, 21 took it up.
    quarters: [quarter('2025-10', [17, 9, 3, 2], 860_000), quarter('2026-01', [21, 12, 11, 6], 985_000)],
  },
  {
    id: id(602),
    title: 'Mentors on the Sallow estate',
    about: 'An hour a week for a year.',
    forWhom: 'People aged 10 to 17 who were excluded from school',
    how: 'procured',
    state: 'running',
    provider: 'Shoreline Youth Trust',
    grant: id(301),
    starts: '2025-07-01',
    ends: '2026-07-31',
    costPence: 3_300_000,
    outcome: 'At school for a whole term',
    action: 109,
    approach: exampleApproachId(8),
    quarters: [
      quarter('2025-07', [31, 24, 0, 0], 610_000),
      quarter('2025-10', [22, 18, 12, 7], 820_000),
      quarter('2026-01', [19, 15, 14, 9], 790_000),
    ],
  },
  {
    id: id(603),
    title: 'Talks about knives in schools',
    about: null,
    forWhom: 'Years 7 to 9',
    how: 'run',
    state: 'planned',
    provider: 'Haverness Academy',
    grant: null,
    starts: '2026-09-01',
    ends: null,
    costPence: null,
    outcome: 'Says that they would tell an adult',
    action: 103,
    // Not enough evidence: an evaluation is asked for, and none is planned.
    approach: exampleApproachId(17),
    quarters: [],
  },
] as const;

const plan: Omit<EvaluationPlan, 'title'> = {
  owner: 'Partnership analyst',
  design: 'before-and-after',
  comparison: null,
  outcome: 'robberies of people under 18',
  better: 'lower',
  measureId: null,
  begins: '2025-09',
  monthsBefore: 12,
  monthsAfter: 8,
  expectedBefore: 72,
  expectedAfter: 48,
  comparisonBefore: null,
  comparisonAfter: null,
  dispersion: 1,
};

/** One that cannot tell, and others at each step before the answer. */
export const exampleEvaluations = [
  {
    id: id(801),
    of: { action: 101 },
    state: 'under-way',
    plan: {
      ...plan,
      title: 'Are fewer young people robbed since the youth workers came?',
      design: 'interrupted-time-series',
      measureId: id(201),
      monthsBefore: 24,
      expectedBefore: 147,
    },
  },
  {
    id: id(802),
    of: { intervention: id(602) },
    state: 'planned',
    plan: { ...plan, title: 'Do mentors keep children at school?', outcome: 'exclusions', begins: '2026-09' },
  },
  {
    id: id(803),
    of: { intervention: id(601) },
    state: 'draft',
    plan: { ...plan, title: 'Do fewer people come back to hospital?', owner: null, begins: null, outcome: 'returns' },
  },
  {
    id: id(804),
    of: { action: 108 },
    state: 'draft',
    plan: { ...plan, title: 'Do late licences matter?', outcome: 'assaults at night' },
  },
  {
    id: id(805),
    of: { action: 109 },
    state: 'under-way',
    plan: { ...plan, title: 'Were there fewer robberies near the school?', monthsBefore: 8, expectedBefore: 48 },
  },
] as const satisfies readonly {
  readonly id: string;
  readonly of: { readonly action: number } | { readonly intervention: string };
  readonly state: 'draft' | 'planned' | 'under-way';
  readonly plan: EvaluationPlan;
}[];

export const exampleLesson = {
  id: id(901),
  title: 'Mentors need a room on the estate',
  words: 'Young people did not come to the town centre. The library lent a room, and they came.',
  learnedOn: '2026-04-02',
  of: { kind: 'intervention', id: id(602) },
} as const;

export const exampleRowsFiles = [
  {
    id: id(951),
    kind: 'approaches',
    fileName: 'what works, from the hub.csv',
    added: 0,
    changed: 0,
    unchanged: 0,
    refused: [
      {
        row: 2,
        cells: { Approach: 'Street lights', Impact: 'good' },
        reason: 'Impact: “good” is none. Enter High, Moderate, Low, No effect, Harmful, Not enough evidence',
      },
    ],
  },
  {
    id: id(952),
    kind: 'interventions',
    fileName: 'quarters.csv',
    added: 0,
    changed: 0,
    unchanged: 0,
    refused: [
      {
        row: 2,
        cells: { Intervention: 'Night bus', Quarter: '2026-01' },
        reason: 'Referred: “” is no whole number up to 1,000,000. Enter 0 where nobody was',
      },
    ],
  },
] as const;

/** Ids for whoever asks for an example of a kind: see `World` in the routes. */
export const exampleWorkedIds: Readonly<Record<string, string>> = {
  approach: exampleApproachId(0),
  'approach-harmful': exampleApproachId(21),
  'approach-to-change': id(742),
  'approach-shared': exampleApproachOffered.id,
  'approaches-file': exampleRowsFiles[0].id,
  intervention: id(602),
  'intervention-with-small': id(601),
  'intervention-to-change': id(603),
  'interventions-file': exampleRowsFiles[1].id,
  evaluation: id(801),
  'evaluation-planned': id(802),
  'evaluation-draft': id(803),
  'evaluation-to-stop': id(804),
  'evaluation-to-report': id(805),
};
