import { exampleBodyIds } from '../partnership/index.ts';
import type { DriverWanted } from './driver.ts';
import type { FindingWanted } from './finding.ts';
import type { PriorityWanted } from './priority.ts';
import type { AssessmentWanted } from './workbench.ts';

// Nobody and nothing here exists. Ids are fixed, so that tests and tutorials can name a record.

const id = (number: number): string => `0d100000-0000-4000-8000-${String(number).padStart(12, '0')}`;

const area = 'E06000990';
const areaName = 'Haverness';
const months = { from: '2026-01', to: '2026-03' } as const;

/** Figures of the example: counts of what is loaded, broken down so. */
export const exampleFigures = [
  { key: 'by-category', by: ['category'], title: 'Crimes in Haverness by type, January to March 2026' },
  { key: 'by-month', by: ['month'], title: 'Crimes in Haverness by month, January to March 2026' },
  { key: 'by-both', by: ['month', 'category'], title: 'Crimes in Haverness by month and type, January to March 2026' },
] as const;
export type ExampleFigure = (typeof exampleFigures)[number]['key'];

export const exampleQuestion = { area, period: months } as const;

/** Findings; `sentence` may name a number of its figure by the category or month in braces. */
export const exampleFindings: readonly (Omit<FindingWanted, 'figure' | 'view' | 'area' | 'from' | 'to'> & {
  readonly id: string;
  readonly figure: ExampleFigure | null;
  readonly isChecked?: boolean;
})[] = [
  {
    id: id(101),
    sentence:
      'The police recorded {Violence and sexual offences} violent and sexual offences in the first quarter of 2026.',
    question: 'How much?',
    figure: 'by-category',
    strength: 'fair',
    strengthBecause: 'Three whole months of one source. What is not reported is not in it.',
    isChecked: true,
  },
  {
    id: id(102),
    sentence: 'There were {Robbery} robberies and {Possession of weapons} offences of possessing a weapon.',
    question: 'Which kinds?',
    figure: 'by-category',
    strength: 'fair',
    strengthBecause: 'Counted by the police’s own types, which are wider than the definition.',
    isChecked: true,
  },
  {
    id: id(103),
    sentence:
      'Crime rose from {2026-01} in January to {2026-03} in March. Three months are too few to call it a trend.',
    question: 'Is it changing?',
    figure: 'by-month',
    strength: 'weak',
    strengthBecause: 'Three months say nothing about the season.',
  },
  {
    id: id(104),
    sentence: 'Damage and arson stand out in no month.',
    question: 'Is it changing?',
    figure: 'by-both',
    strength: 'weak',
    strengthBecause: 'Few cases in each month.',
  },
  {
    id: id(105),
    sentence: 'People who sleep in the seafront shelters say that they are attacked and do not report it.',
    question: 'What is hidden?',
    figure: null,
    strength: 'weak',
    strengthBecause: 'Told by an outreach worker about six people.',
  },
  {
    id: id(106),
    sentence: 'Every school in Haverness has seen a knife this year.',
    question: 'How much?',
    figure: null,
    strength: 'unknown',
    strengthBecause: null,
  },
];

export const exampleDrivers: readonly (DriverWanted & { readonly id: string })[] = [
  driver(201, {
    level: 'community',
    direction: 'risk',
    factor: 'Deprivation in one place',
    basis: 'measured',
    localValue: '4 of 31 small areas are among the tenth of England that is worst off',
    comparator: '1 in 10 in England',
    strength: 'strong',
  }),
  driver(202, {
    level: 'community',
    direction: 'risk',
    factor: 'A drug market',
    basis: 'reported',
    source: 'Merrowshire Constabulary',
    saidOn: 'March 2026',
    localValue: 'Two lines are known to reach the seafront estates',
    strength: 'fair',
  }),
  driver(203, {
    level: 'society',
    direction: 'risk',
    factor: 'Harm online',
    basis: 'claimed',
    source: 'A member of the Communities Scrutiny Committee',
    saidOn: '11 March 2026',
    localValue: '“Nearly all of it begins on a phone”',
    strength: 'weak',
  }),
  driver(204, {
    level: 'relationship',
    direction: 'protective',
    factor: 'An adult whom they trust',
    basis: 'reported',
    source: 'Shoreline Youth Trust',
    saidOn: 'Spring 2026',
    localValue: '41 young people meet a mentor every week',
    people: 41,
    strength: 'fair',
  }),
  driver(205, {
    level: 'individual',
    direction: 'risk',
    factor: 'Being harmed before',
    basis: 'reported',
    source: 'Haverness Bay Hospitals NHS Trust',
    saidOn: '2025',
    localValue: 'About one in five who come with an injury have come before',
    strength: 'fair',
  }),
];

function driver(
  number: number,
  known: Partial<DriverWanted> & Pick<DriverWanted, 'level' | 'direction' | 'factor' | 'basis'>,
) {
  return {
    id: id(number),
    localValue: null,
    comparator: null,
    source: null,
    saidOn: null,
    strength: 'unknown' as const,
    strengthBecause: null,
    people: null,
    finding: null,
    ...known,
  };
}

const executive = exampleBodyIds['body-leading'] ?? '';

type Points = Readonly<Record<string, number>>;
export const examplePriorities: readonly (PriorityWanted & {
  readonly id: string;
  readonly findings: readonly string[];
  readonly points: Points;
  readonly second?: Points;
  readonly chosen?: { readonly body: string; readonly on: string; readonly because: string };
})[] = [
  {
    id: id(301),
    name: 'Violence at night on the seafront',
    statement:
      'People are hurt on the seafront and in the streets behind it, most of them after eleven at night and at weekends.',
    volume: 42,
    volumeFrom: 'Violence and sexual offences, police.uk, January to March 2026',
    harm: 5_320,
    harmFrom: 'Days by the index that the analyst made for the example',
    findings: [id(101)],
    points: {
      physical: 3,
      psychological: 2,
      financial: 1,
      community: 4,
      'public-expectation': 4,
      environmental: 1,
      volume: 4,
      trend: 2,
      vulnerability: 2,
      capacity: 2,
      capability: 1,
      reputation: 3,
      political: 3,
    },
    second: { physical: 2, volume: 4 },
    chosen: {
      body: executive,
      on: '2026-05-06',
      because: 'It hurts the most people, and the council, the police and the traders can each do something now.',
    },
  },
  {
    id: id(302),
    name: 'Knives carried by young people',
    statement: 'Few are hurt, and each time a life may end. Young people say that they carry because others do.',
    volume: 51,
    volumeFrom: 'Possession of weapons, police.uk, January to March 2026',
    harm: 9_140,
    harmFrom: 'Days by the index that the analyst made for the example',
    findings: [id(102)],
    points: {
      physical: 4,
      psychological: 4,
      financial: 1,
      community: 3,
      'public-expectation': 4,
      environmental: 0,
      volume: 1,
      trend: 3,
      vulnerability: 4,
      capacity: 2,
      capability: 2,
      reputation: 3,
      political: 4,
    },
    chosen: { body: executive, on: '2026-05-06', because: 'The harm is the gravest, and it can be prevented.' },
  },
  {
    id: id(303),
    name: 'Violence against people who sleep rough',
    statement: null,
    volume: null,
    volumeFrom: null,
    harm: null,
    harmFrom: null,
    findings: [id(105)],
    points: { physical: 3, psychological: 3, volume: 1, vulnerability: 4 },
  },
];

export const exampleProfile = {
  priority: id(301),
  words: {
    problem:
      'Visitors and residents are hurt in fights near the pier and the taxi rank. Residents expect to walk home without fear.',
    when: 'Most of it happens after eleven at night, on Fridays and Saturdays, and more in summer.',
    where: 'Along the front between the pier and the station, where people wait.',
    responses: 'Taxi marshals at weekends, and a shared radio of the pubs. Nobody has looked at whether they help.',
    gaps: 'What the emergency department sees and the police do not. The hospital could say.',
    prevention: 'More light and more taxis at closing time.',
  },
  marking: 'official',
  reviewOn: '2026-12-01',
} as const;

interface ExampleAssessment extends AssessmentWanted {
  readonly id: string;
  readonly words: Readonly<Record<string, string>>;
  readonly ready: readonly string[];
  /** Which parts the coordinator writes; the analyst writes the others. */
  readonly coordinators?: readonly string[];
}

const lastYearsId = id(402);

/** This year's, half finished; last year's, published; and the yearly one of all crime and disorder, ready for review. */
export const exampleAssessments: readonly [ExampleAssessment, ExampleAssessment, ExampleAssessment] = [
  {
    id: lastYearsId,
    template: 'needs',
    title: 'Serious violence in Haverness, 2025',
    area,
    areaName,
    period: { from: '2024-04', to: '2025-03' },
    asOf: '2025-06-01',
    definition: null,
    previous: null,
    nextReview: '2026-06-30',
    words: {
      scope:
        'This looks at serious violence in Haverness in the year to March 2025. It was written before the partnership kept its figures here, so its numbers stand in its papers and not on this page.',
      place:
        'Haverness is a seaside town. Many people visit in summer, and many who work the season rent rooms for a few months. Some streets behind the seafront are among the poorest in the county.',
      kinds: 'Most violence that the police record is assault. Robbery and knife crime are few, and do more harm.',
      where: 'Violence gathers along the seafront and round the station.',
      when: 'It is worst on Friday and Saturday nights, and in July and August.',
      who: 'Young men are hurt most often in public places. At home it is women.',
      causes: 'Alcohol, the drug trade and deprivation come first. Domestic abuse runs through all of it.',
      'risk-and-protection':
        'Being out of school, violence at home and friends who carry knives raise the risk. An adult to trust, a place at school and something to do in the evening lower it.',
      inequality:
        'People who live in the poorest streets are hurt more often than others. We could not look at ethnic groups: too often it was not written down.',
      hidden:
        'The hospital did not take part. So this says nothing about people who were hurt and never told the police. The next one has to.',
      services: 'There is no help near by for boys under 16 who have been hurt and are not known to the police.',
      voices: 'Young people told us that they do not feel safe on the last bus.',
      'what-works':
        'There is good evidence for patrols where violence gathers, and for help to people who come to hospital with a wound. There is little for single lessons at school.',
      progress: 'This is the first one. There is nothing yet to set it against.',
      data: 'The police’s records were whole. Nothing came from the hospital, and half of the records do not say who was hurt.',
      priorities: 'The seafront at night, and knives.',
    },
    ready: [],
  },
  {
    id: id(401),
    template: 'needs',
    title: 'Serious violence in Haverness, 2026',
    area,
    areaName,
    period: months,
    asOf: '2026-06-01',
    definition: null,
    previous: lastYearsId,
    nextReview: '2027-06-30',
    words: {
      scope:
        'This looks at violence in Haverness from January to March 2026. It will hold the whole year when the other months are loaded. The police’s own types are counted, because the open data has no offence codes.',
      kinds:
        'Theft and damage are most of what the police record here. Violence is less, and does more harm. Robbery is rare, and a multi-agency group looks at every case.\n\nThe season cannot be seen in three months.',
      where:
        'Violence gathers along the seafront and round the station.\n\nPeople who deal in drugs meet in the car park behind the arcade and in two flats above it.\n\nTraders say that better light has helped.',
      when: 'Most of it happens at night and at weekends. This is what partners report: the data that is loaded has no hours.',
      hidden: 'The hospital has been asked what it sees that the police do not.',
      services: 'There is still no help near by for boys under 16 who have been hurt and are not known to the police.',
    },
    ready: ['scope', 'when'],
    coordinators: ['services', 'priorities', 'progress'],
  },
  {
    id: id(403),
    template: 'annual',
    title: 'Crime and disorder in Haverness, spring 2026',
    area,
    areaName,
    period: months,
    asOf: '2026-06-01',
    definition: null,
    previous: null,
    nextReview: '2027-04-30',
    words: {
      analysis: 'Most crime here is theft, damage and anti-social behaviour. Violence does the most harm.',
      changes: 'Three months are too few to say that anything has changed.',
      reasons: 'Nobody can say yet.',
      priorities: 'The seafront at night, knives, and burglary in the old town.',
      'community-priorities': 'Residents ask for more light and for buses that feel safe.',
      progress: 'Nine of twelve actions are done. Three wait for money.',
      county: 'The drug lines reach two neighbours. The county group should look at them together.',
    },
    ready: ['analysis', 'changes', 'reasons', 'priorities', 'community-priorities', 'progress', 'county'],
  },
];

export const exampleApproval = {
  assessment: lastYearsId,
  body: executive,
  on: '2025-06-18',
  published: '2025-07-01',
} as const;

/** Figures in their places, by the finding that they come from. */
export const examplePlaced = [
  { id: id(501), key: 'kinds', finding: id(101), owners: [] },
  { id: id(502), key: 'kinds', finding: id(103), owners: [] },
  { id: id(503), key: 'hidden', finding: id(104), owners: ['Merrowshire Fire and Rescue Service'] },
] as const;

export const exampleExclusion = {
  id: id(601),
  key: 'where',
  passage: 'People who deal in drugs meet in the car park behind the arcade and in two flats above it.',
  ground: 'crime',
  because: 'The police watch the place.',
} as const;

export const exampleAsks = [
  {
    id: id(701),
    key: 'hidden',
    organisation: 'Merrowshire Fire and Rescue Service',
    question: 'Which fires were set on purpose, and what do your crews see of violence?',
    due: '2026-06-12',
  },
  {
    id: id(702),
    key: 'who',
    organisation: 'Haverness Youth Justice Service',
    question: 'Whom do you work with, and what has changed?',
    due: '2026-05-29',
    answer:
      'We work with 23 children, four fewer than last spring. More of them have been out of school for a term or longer.',
    on: '2026-05-20',
  },
  {
    id: id(703),
    key: 'hidden',
    organisation: 'Haverness Bay Hospitals NHS Trust',
    question: 'How many people came to the emergency department because somebody hurt them?',
    due: '2026-05-22',
  },
] as const;

export const exampleClearances = [
  { id: id(801), organisation: 'Merrowshire Constabulary', due: '2026-06-10', isCleared: true },
  { id: id(802), organisation: 'Merrowshire Fire and Rescue Service', due: '2026-06-10', isCleared: false },
] as const;

export const exampleComments = [
  {
    id: id(901),
    key: 'kinds',
    words: 'Say here that the police’s types are wider than our definition.',
    by: 'coordinator',
  },
  {
    id: id(902),
    key: 'where',
    words: 'Do we name the arcade?',
    by: 'coordinator',
    reply: 'Not to the public. I have marked the passage.',
  },
] as const;

/** Ids of example records, by the kind that routes ask for. */
export const exampleAssessmentIds: Readonly<Record<string, string>> = {
  finding: id(101),
  'finding-to-check': id(103),
  'finding-to-withdraw': id(106),
  driver: id(203),
  priority: id(301),
  'priority-without-profile': id(302),
  assessment: id(401),
  'assessment-published': lastYearsId,
  'assessment-ready': id(403),
  'placed-figure': id(501),
  'placed-to-remove': id(502),
  exclusion: id(601),
  ask: id(701),
  clearance: id(802),
  'assessment-comment': id(901),
};
