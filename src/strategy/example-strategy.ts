import { exampleBodyIds } from '../partnership/index.ts';
import type { Funding, Origin, Status, Theme, Tier } from './action.ts';
import type { Sections } from './strategy.ts';

// Nobody and nothing here exists. Ids are fixed, so that tests and tutorials can name a record; organisations go by their names.

const id = (number: number): string => `57000000-0000-4000-8000-${String(number).padStart(12, '0')}`;

const council = 'Haverness Council';
const police = 'Merrowshire Constabulary';
const fire = 'Merrowshire Fire and Rescue Service';
const icb = 'NHS Merrowshire Integrated Care Board';
const probation = 'Probation Service, Merrowshire';
const youthJustice = 'Haverness Youth Justice Service';
const hospitals = 'Haverness Bay Hospitals NHS Trust';
const homes = 'Haver Shore Homes';
const youthTrust = 'Shoreline Youth Trust';
const academy = 'Haverness Academy';

export interface ExampleAim {
  readonly id: string;
  readonly title: string;
  readonly words: string;
  /** Of the hub's aim that it was taken over from. */
  readonly hub?: string;
  readonly lead?: string;
  readonly elsewhere?: string;
}

/** The hub's strategy: its areas take these over, vary them, or do not. */
export const exampleHubStrategy = {
  id: id(1),
  line: 'safer-merrowshire',
  title: 'Safer Merrowshire 2025 to 2028',
  signedOn: '2025-03-18',
  sections: {
    kinds: 'Knife crime, robbery, violence at night and violence at home, across four areas.',
    causes: 'Harm in childhood, exclusion from school, alcohol, and drugs sold by gangs.',
    prevent: 'Each authority looks for children at risk early and helps the whole family.',
    reduce: 'Police and councils work together in the few places where most violence happens.',
    plain: 'We want fewer people hurt in Merrowshire. We begin early, and we look at what works.',
  } satisfies Sections,
  aims: [
    { id: id(11), title: 'Fewer young people hurt', words: 'Fewer people under 25 are hurt by violence.' },
    { id: id(12), title: 'Help before harm', words: 'Children and families get help before violence happens.' },
    { id: id(13), title: 'Safer places', words: 'Fewer people are hurt in public places.' },
    { id: id(14), title: 'Violence at home', words: 'People who are harmed at home are safe sooner.' },
  ] satisfies readonly ExampleAim[],
} as const;

/** Aims of Haverness: one as the hub has it, one varied, one of its own, and one of the hub's left out. */
export const exampleAims: readonly ExampleAim[] = [
  { id: id(21), title: 'Fewer young people hurt', words: 'Fewer people under 25 are hurt by violence.', hub: id(11) },
  {
    id: id(22),
    title: 'Help before harm',
    words: 'Children and families on the Sallow estate get help before violence happens.',
    hub: id(12),
  },
  {
    id: id(23),
    title: 'A safer seafront',
    words: 'Fewer people are hurt on the seafront on Friday and Saturday nights.',
    hub: id(13),
  },
  {
    id: id(24),
    title: 'We learn what works',
    words: 'We know which of the things that we do help, and stop those that do not.',
  },
];

export const examplePriorities: readonly ExampleAim[] = [
  {
    id: id(31),
    title: 'Serious violence',
    words: 'Violence that does lasting harm.',
    lead: exampleBodyIds['body-leading'] ?? '',
  },
  { id: id(32), title: 'Anti-social behaviour', words: 'Behaviour that makes people afraid where they live.' },
  { id: id(33), title: 'Exploitation of children', words: 'Children who are used to carry drugs, or in other ways.' },
  { id: id(34), title: 'Sexual offences', words: 'Sexual violence, also at night and among young people.' },
  { id: id(35), title: 'Robbery and burglary', words: 'Robbery of young people most of all.' },
  { id: id(36), title: 'Re-offending, drugs and alcohol', words: 'People who offend again, and why.' },
  {
    id: id(37),
    title: 'Domestic abuse',
    words: 'Led by another board, with a strategy of its own.',
    elsewhere: 'Domestic Abuse Partnership Board: strategy 2024 to 2027',
  },
];

const sections: Sections = {
  plain:
    'Most people in Haverness are never hurt by violence. Some are, and more of them are young. We want fewer people to be hurt. We help families early. We make the seafront safer at night. We look each year at what helped, and we say so when we cannot tell.',
  kinds:
    'Assaults at night on the seafront, robbery of people under 18, and knives carried by a small number of young people. Violence at home is counted too and led by another board.',
  causes:
    'Alcohol sold cheap and late; harm in childhood; young people who are out of school; gangs that sell drugs through children. What we do not know yet: how much violence is never reported to anybody.',
  prevent:
    'Schools, health and youth services look for children at risk and help early. Housing and the council make places safer before harm is done.',
  reduce:
    'Police, council and licensed premises work together on Friday and Saturday nights. Probation and youth justice work with people who have already been violent.',
  arrangements:
    'The Safer Haverness Executive answers for the strategy. The hub agrees aims for all of Merrowshire; Haverness takes them over, varies one and adds one.',
  voices:
    'Young people at the Shoreline sessions, parents on the Sallow estate, and people who were harmed told us what they want to change.',
  equality: 'Young men and people on the Sallow estate are hurt more than others. We say so, and plan for it.',
  money: 'There is no new money beyond the grant. Most of the work is done within the budgets of partners.',
  measures: 'Each aim has a measure. A change counts only where it is more than chance.',
};

/**
 * The first strategy under the Duty: due by 31 January 2024, and published on that day. The plan of the workshop of November
 * 2023 was approved by the partnership in the February after it.
 */
export const exampleFirstStrategy = {
  id: id(5),
  line: 'safer-haverness',
  title: 'A safer Haverness 2024 to 2025',
  starts: '2024-02-01',
  ends: '2025-05-31',
  sections: {
    ...sections,
    causes:
      'Alcohol sold cheap and late; harm in childhood; young people who are out of school. What we do not know yet: how much violence is never reported to anybody.',
    voices: 'Members of the council and partners met in January 2021 and in November 2023.',
  } satisfies Sections,
  signed: [
    { authority: council, body: 'Cabinet', on: '2024-01-16', reference: 'Minute 7' },
    { authority: police, body: 'Chief officers’ group', on: '2024-01-11' },
    { authority: fire, body: 'Fire authority', on: '2024-01-18' },
    { authority: icb, body: 'Integrated care board', on: '2024-01-25', reference: 'Item 6' },
    { authority: probation, body: 'Regional leaders', on: '2024-01-12' },
    { authority: youthJustice, body: 'Management board', on: '2024-01-17' },
  ],
  noted: [
    { body: 'Children and Families Scrutiny Committee', on: '2023-12-06' },
    { body: 'Safer Haverness Executive: approved the delivery plan of the workshop', on: '2024-02-07' },
  ],
  publishedOn: '2024-01-31',
  consultedOn: '2023-11-17',
} as const;

/** The strategy that holds, signed off by each specified authority. */
export const exampleStrategy = {
  id: id(2),
  line: 'safer-haverness',
  title: 'A safer Haverness 2025 to 2028',
  starts: '2025-06-01',
  ends: '2028-05-31',
  sections,
  /** By the name of the authority: which body, on which day. */
  signed: [
    { authority: council, body: 'Cabinet', on: '2025-04-08', reference: 'Minute 41' },
    { authority: police, body: 'Chief officers’ group', on: '2025-04-10' },
    { authority: fire, body: 'Fire authority', on: '2025-04-22' },
    { authority: icb, body: 'Integrated care board', on: '2025-04-24', reference: 'Item 9' },
    { authority: probation, body: 'Regional leaders', on: '2025-04-14' },
    { authority: youthJustice, body: 'Management board', on: '2025-04-16' },
  ],
  noted: [{ body: 'Children and Families Scrutiny Committee', on: '2025-03-27' }],
  publishedOn: '2025-05-01',
  consultedOn: '2025-01-20',
} as const;

/** What went before, and what changed in its scope. */
export const examplePredecessor = {
  id: id(3),
  line: 'young-people-at-risk',
  title: 'Young people at risk: a protocol',
  publishedOn: '2019-03-01',
  importedFrom: 'Haverness Council, file 12/2019',
  scopeBreak: 'The protocol was for young people only; the strategy is for all ages.',
} as const;

/** The next strategy, out for comment. */
export const exampleDraft = {
  id: id(4),
  line: 'safer-haverness-next',
  title: 'A safer Haverness from 2028',
  sections: { ...sections, prevent: 'Contextual safeguarding is embedded across the system.', money: '' },
  comments: [
    {
      id: id(41),
      section: 'prevent',
      madeBy: 'Children and Families Scrutiny Committee',
      madeOn: '2026-05-12',
      words: 'What is contextual safeguarding? Say it so that a parent understands it.',
    },
    {
      id: id(42),
      section: 'whole',
      madeBy: 'Shoreline youth panel',
      madeOn: '2026-05-19',
      words: 'It is too long. Put the page in plain words first.',
    },
  ],
} as const;

export interface ExampleAction {
  readonly id: string;
  readonly title: string;
  readonly about?: string;
  readonly lead?: string;
  readonly owner?: string;
  readonly ownerEmail?: string;
  readonly partners?: readonly string[];
  readonly starts?: string;
  readonly due?: string;
  readonly origin?: Origin;
  readonly funding?: Funding;
  readonly costPence?: number;
  readonly status?: Exclude<Status, 'done' | 'stopped'>;
  readonly reason?: string;
  readonly theme: Theme;
  readonly tiers?: readonly Tier[];
  readonly isNamed?: boolean;
  readonly needsDecision?: string;
  readonly evidence?: string;
  readonly effect?: string;
  readonly effectBy?: string;
  readonly showsOnRobbery?: boolean;
  readonly aims: readonly number[];
  readonly needs?: readonly number[];
  readonly updatedOn?: string;
  readonly closed?: {
    readonly status: 'done' | 'stopped';
    readonly on: string;
    readonly result: string;
    readonly learned: string;
  };
  readonly milestones?: readonly { readonly id: string; readonly title: string; readonly due: string }[];
}

const head = 'Head of Public Protection';
const youth = 'Head of Youth Services';
const chief = 'Chief Inspector, Haverness';

/** The plan: 25 actions, among them one that serves no aim, one that is late, and one without money. Aims are numbers of ids. */
export const exampleActions: readonly ExampleAction[] = [
  {
    id: id(101),
    title: 'Youth workers at the bus station after school',
    lead: youthTrust,
    owner: youth,
    ownerEmail: 'youth.services@haverness.example',
    partners: [council, police],
    starts: 'September 2025',
    due: 'July 2026',
    origin: 'new',
    funding: 'funded',
    costPence: 4_850_000,
    status: 'under-way',
    reason: 'Four workers, five afternoons a week.',
    theme: 'prevention',
    tiers: ['secondary'],
    evidence: 'Detached youth work: some studies, none of them here.',
    effect: 'Fewer robberies of people under 18',
    effectBy: 'March 2027',
    showsOnRobbery: true,
    aims: [21, 31, 35],
    updatedOn: '2026-05-20',
    milestones: [
      { id: id(501), title: 'All four workers in post', due: 'October 2025' },
      { id: id(502), title: 'Young people asked whether they feel safer', due: 'late June 2026' },
    ],
  },
  {
    id: id(102),
    title: 'Safer routes between the academy and the estate',
    lead: council,
    owner: 'Head of Highways',
    starts: 'early 2026',
    due: 'December 2026',
    funding: 'within-budgets',
    status: 'planned',
    theme: 'prevention',
    tiers: ['primary'],
    aims: [21, 32],
    updatedOn: '2026-04-14',
  },
  {
    id: id(103),
    title: 'Lessons on healthy relationships in every year',
    lead: academy,
    owner: 'Assistant principal',
    starts: 'September 2025',
    due: 'July 2027',
    origin: 'changed',
    status: 'under-way',
    reason: 'Years 7 to 9 have begun.',
    theme: 'prevention',
    tiers: ['primary'],
    isNamed: true,
    aims: [22, 34],
    updatedOn: '2026-05-05',
  },
  {
    id: id(104),
    title: 'A worker in the emergency department for people hurt by violence',
    lead: hospitals,
    owner: 'Matron, emergency department',
    partners: [icb, youthTrust],
    starts: 'January 2026',
    due: 'March 2027',
    funding: 'funded',
    costPence: 5_200_000,
    status: 'at-risk',
    reason: 'The grant ends in July and nothing follows it.',
    theme: 'prevention',
    tiers: ['tertiary'],
    needsDecision: 'The executive: who pays from August 2026?',
    evidence: 'Navigators in emergency departments: high impact, few studies.',
    aims: [21, 22, 31],
    updatedOn: '2026-05-27',
  },
  {
    id: id(105),
    title: 'Joint patrols on Friday and Saturday nights',
    lead: police,
    owner: chief,
    partners: [council],
    starts: '2023',
    due: 'March 2028',
    origin: 'under-way',
    status: 'under-way',
    reason: 'Every weekend since Easter.',
    theme: 'enforcement',
    tiers: ['secondary'],
    evidence: 'Hot spot policing: high impact, many studies.',
    aims: [23, 31, 32],
    updatedOn: '2026-05-11',
  },
  {
    id: id(106),
    title: 'Training for door staff',
    lead: council,
    owner: 'Licensing manager',
    due: 'early 2026',
    status: 'blocked',
    reason: 'The trainer has withdrawn. No other is found.',
    theme: 'prevention',
    tiers: ['primary'],
    aims: [23, 34],
    updatedOn: '2026-03-30',
  },
  {
    id: id(107),
    title: 'Lights and cameras under the pier',
    lead: council,
    owner: 'Head of Property',
    due: 'October 2026',
    funding: 'unfunded',
    costPence: 8_600_000,
    status: 'planned',
    theme: 'prevention',
    tiers: ['primary'],
    needsDecision: 'The executive: is there money in the capital programme?',
    aims: [23, 35],
    updatedOn: '2026-04-22',
  },
  {
    id: id(108),
    title: 'Fewer late licences on the seafront',
    lead: council,
    owner: 'Licensing manager',
    due: 'late 2026',
    status: 'under-way',
    theme: 'enforcement',
    tiers: ['primary'],
    aims: [23, 32],
    updatedOn: '2026-05-02',
  },
  {
    id: id(109),
    title: 'Mentors for children who are out of school',
    lead: youthTrust,
    owner: youth,
    partners: [academy],
    due: 'July 2026',
    status: 'under-way',
    funding: 'funded',
    costPence: 3_300_000,
    theme: 'prevention',
    tiers: ['secondary'],
    evidence: 'Mentoring: moderate impact.',
    aims: [22, 33],
    updatedOn: '2026-05-18',
  },
  {
    id: id(110),
    title: 'A family hub on the Sallow estate',
    lead: homes,
    owner: 'Neighbourhood manager',
    partners: [council, icb],
    due: 'March 2027',
    status: 'under-way',
    theme: 'prevention',
    tiers: ['primary', 'secondary'],
    aims: [22, 31],
    updatedOn: '2026-04-29',
  },
  {
    id: id(111),
    title: 'Help for parents whose children are exploited',
    lead: council,
    owner: 'Head of Early Help',
    due: 'September 2026',
    status: 'under-way',
    theme: 'prevention',
    tiers: ['secondary'],
    aims: [22, 33],
    updatedOn: '2026-05-13',
  },
  {
    id: id(112),
    title: 'Therapy for children who saw violence at home',
    lead: icb,
    owner: 'Children’s commissioner, health',
    due: 'December 2026',
    status: 'at-risk',
    reason: 'Waiting times have grown to 14 weeks.',
    theme: 'prevention',
    tiers: ['secondary'],
    aims: [22, 33],
    updatedOn: '2026-05-07',
  },
  {
    id: id(113),
    title: 'Focused deterrence with eight people',
    lead: police,
    owner: chief,
    partners: [probation, youthJustice],
    due: 'March 2027',
    origin: 'new',
    status: 'under-way',
    theme: 'enforcement',
    tiers: ['tertiary'],
    evidence: 'Focused deterrence: high impact, hard to run.',
    aims: [21, 31, 36],
    updatedOn: '2026-05-25',
  },
  {
    id: id(114),
    title: 'Work with young people released from custody',
    lead: youthJustice,
    owner: 'Service manager',
    due: 'June 2027',
    status: 'under-way',
    theme: 'enforcement',
    tiers: ['tertiary'],
    aims: [21, 36],
    updatedOn: '2026-05-19',
  },
  {
    id: id(115),
    title: 'A course for people on probation who were violent',
    lead: probation,
    owner: 'Head of delivery unit',
    due: 'March 2027',
    status: 'under-way',
    theme: 'enforcement',
    tiers: ['tertiary'],
    aims: [21, 36],
    updatedOn: '2026-05-04',
  },
  {
    id: id(116),
    title: 'Fire crews look out for people at risk',
    lead: fire,
    owner: 'Station manager',
    due: 'December 2026',
    status: 'under-way',
    theme: 'cultural-transformation',
    tiers: ['primary'],
    aims: [22, 32],
    updatedOn: '2026-02-12',
  },
  {
    id: id(117),
    title: 'Training in civil powers for all partners',
    lead: council,
    owner: head,
    due: 'November 2026',
    status: 'under-way',
    theme: 'cultural-transformation',
    aims: [24, 32],
    updatedOn: '2026-05-21',
  },
  {
    id: id(118),
    title: 'One way to look at data from health and police',
    lead: council,
    owner: 'Partnership analyst',
    partners: [icb, police],
    due: 'September 2026',
    status: 'under-way',
    theme: 'strategic-objectives',
    aims: [24, 31],
    updatedOn: '2026-05-29',
  },
  {
    id: id(119),
    title: 'An evaluation of the youth workers',
    lead: council,
    owner: 'Partnership analyst',
    due: 'March 2027',
    status: 'planned',
    theme: 'strategic-objectives',
    aims: [24, 35],
    needs: [101],
    updatedOn: '2026-05-29',
  },
  {
    id: id(120),
    title: 'A directory of help that anybody can search',
    lead: council,
    owner: head,
    due: 'August 2026',
    status: 'under-way',
    theme: 'strategic-objectives',
    tiers: ['primary'],
    aims: [22, 31],
    updatedOn: '2026-05-15',
  },
  {
    id: id(121),
    title: 'What we tell the town about violence',
    lead: council,
    owner: 'Communications manager',
    due: 'spring 2026',
    status: 'under-way',
    theme: 'cultural-transformation',
    aims: [24, 31],
    updatedOn: '2026-02-02',
  },
  {
    id: id(122),
    title: 'Bystander training in pubs',
    lead: council,
    owner: 'Licensing manager',
    due: 'January 2026',
    theme: 'prevention',
    tiers: ['primary'],
    aims: [23, 34],
    closed: {
      status: 'done',
      on: '2026-04-17',
      result: '41 staff of 12 pubs were trained. Half of them have left since.',
      learned: 'Training once is not enough where staff change every season. It has to be part of induction.',
    },
  },
  {
    id: id(123),
    title: 'A knife amnesty week',
    lead: police,
    owner: chief,
    due: 'November 2025',
    theme: 'enforcement',
    tiers: ['primary'],
    aims: [21, 31],
    closed: {
      status: 'done',
      on: '2025-12-04',
      result: '96 knives were handed in, most of them from kitchens.',
      learned: 'We cannot tell whether it changed anything. The evidence on surrenders is insufficient.',
    },
  },
  {
    id: id(124),
    title: 'Visits to a prison for pupils at risk',
    lead: academy,
    owner: 'Assistant principal',
    due: 'March 2026',
    theme: 'prevention',
    tiers: ['secondary'],
    isNamed: true,
    aims: [21, 33],
    closed: {
      status: 'stopped',
      on: '2026-03-11',
      result: 'Nothing was held. It was stopped before it began.',
      learned: 'Studies say that such visits do harm. We now look at the evidence before we plan.',
    },
  },
];

/** Added after the plan was last published: it serves no aim, and keeps the plan from being published again. */
export const exampleOrphan: ExampleAction = {
  id: id(125),
  title: 'New radios for the town centre wardens',
  lead: council,
  owner: head,
  due: 'September 2026',
  status: 'planned',
  theme: 'enforcement',
  aims: [],
};

/** Updates that owners sent before the last: [action, day, status, words]. */
export const exampleUpdates: readonly (readonly [
  number,
  string,
  'under-way' | 'at-risk' | 'blocked' | 'planned',
  string,
])[] = [
  [101, '2026-01-15', 'under-way', 'Three of four workers have begun. The fourth starts in February.'],
  [101, '2026-05-20', 'under-way', 'Four workers, five afternoons a week.'],
  [104, '2026-03-19', 'under-way', '38 people were offered help; 21 took it up.'],
  [104, '2026-05-27', 'at-risk', 'The grant ends in July and nothing follows it.'],
  [106, '2026-03-30', 'blocked', 'The trainer has withdrawn. No other is found.'],
];

/** Monthly counts from April 2023, the newest last. Made, not counted. */
export const exampleMeasures = [
  {
    id: id(201),
    question: 'Are fewer people under 18 robbed?',
    accountability: 'population',
    aim: id(21),
    onRobbery: true,
    unit: 'robberies of people under 18',
    better: 'lower',
    target: 60,
    targetBy: '2028-03-31',
    from: '2023-04',
    values: [
      6, 5, 7, 9, 6, 8, 7, 5, 6, 4, 5, 7, 5, 8, 6, 7, 9, 6, 7, 6, 4, 6, 5, 7, 7, 5, 6, 8, 7, 5, 7, 6, 5, 4, 6, 5, 6,
    ],
  },
  {
    id: id(202),
    question: 'Are fewer people hurt on the seafront at night?',
    accountability: 'population',
    aim: id(23),
    onRobbery: false,
    unit: 'assaults with injury on the seafront',
    better: 'lower',
    target: null,
    targetBy: null,
    from: '2023-04',
    values: [
      31, 34, 29, 33, 30, 32, 28, 31, 35, 30, 29, 32, 33, 30, 32, 31, 34, 29, 30, 33, 31, 28, 32, 30, 19, 22, 18, 20,
      21, 17, 19, 20, 18, 16, 19, 21,
    ],
  },
  {
    id: id(203),
    question: 'Did the youth workers meet the young people they meant to?',
    accountability: 'performance',
    action: id(101),
    onRobbery: false,
    unit: 'young people met',
    better: 'higher',
    target: 1_200,
    targetBy: '2026-08-31',
    from: '2025-09',
    values: [64, 88, 97, 71, 102, 110, 121, 95, 118],
  },
  {
    id: id(204),
    question: 'Do families on the estate get help sooner?',
    accountability: 'population',
    aim: id(22),
    onRobbery: false,
    unit: 'families helped within a week',
    better: 'higher',
    target: null,
    targetBy: null,
    from: '2025-01',
    values: [],
  },
] as const;

/** A grant that ends 60 days after the day on which the example stands, and a bid for what may follow. */
export const exampleGrants = [
  {
    id: id(301),
    name: 'Serious Violence Duty grant 2025/26, extended',
    funder: 'Home Office, through the local policing body',
    state: 'awarded',
    labourPence: 5_412_350,
    nonLabourPence: 13_387_650,
    matchPence: 1_500_000,
    starts: '2025-04-01',
    ends: '2026-07-31',
    conditions: 'No carry-over. A forecast each quarter.',
    lines: [
      ['allocated', 'non-labour', 4_850_000, '2025-06-02', 101, 'Youth workers'],
      ['allocated', 'non-labour', 5_200_000, '2025-12-01', 104, 'Emergency department worker'],
      ['allocated', 'non-labour', 3_300_000, '2025-09-01', 109, 'Mentors'],
      ['allocated', 'labour', 5_412_350, '2025-04-14', null, 'Programme lead and analyst'],
      ['spent', 'non-labour', 3_961_275, '2026-05-15', 101, 'Sessions to the middle of May'],
      ['spent', 'non-labour', 2_204_410, '2026-05-15', 104, 'Salary to April'],
      ['spent', 'non-labour', 2_610_099, '2026-05-15', 109, 'Mentors to April'],
      ['spent', 'labour', 4_388_125, '2026-05-15', null, 'To April'],
      ['forecast', 'non-labour', 2_950_000, '2026-05-15', null, 'May to July'],
      ['forecast', 'labour', 1_024_225, '2026-05-15', null, 'May to July'],
    ],
  },
  {
    id: id(302),
    name: 'Young Futures fund',
    funder: 'Merrowshire Violence Reduction Partnership',
    state: 'bid',
    labourPence: 0,
    nonLabourPence: 9_000_000,
    matchPence: 0,
    starts: '2026-08-01',
    ends: '2028-03-31',
    conditions: null,
    lines: [],
  },
] as const;

export const exampleRisks = [
  {
    id: id(451),
    title: 'The grant ends and nothing follows it',
    cause: 'It runs to July 2026, and the bid is not decided.',
    owner: 'Chair of the executive',
    likelihood: 4,
    impact: 4,
    aim: id(21),
    action: id(104),
    reviewDue: '2026-06-30',
  },
  {
    id: id(452),
    title: 'Fewer youth workers than we need',
    cause: 'Other towns pay more.',
    owner: youth,
    likelihood: 3,
    impact: 3,
    aim: id(22),
    action: id(101),
    reviewDue: '2026-05-15',
  },
  {
    id: id(453),
    title: 'Numbers from the ambulance service come late',
    cause: null,
    owner: 'Partnership analyst',
    likelihood: 2,
    impact: 2,
    aim: id(24),
    action: null,
    reviewDue: null,
  },
] as const;

/** Why Haverness thinks that youth workers help: one arrow that nobody has tested, and one step that hangs on nothing. */
export const exampleTheory = {
  steps: [
    {
      id: id(401),
      stage: 'need',
      words: 'Young people are robbed on the way home from college',
      action: null,
      measure: null,
    },
    {
      id: id(402),
      stage: 'input',
      words: 'A grant, four workers, a room at the bus station',
      action: null,
      measure: null,
    },
    {
      id: id(403),
      stage: 'activity',
      words: 'Youth workers at the bus station after school',
      action: id(101),
      measure: null,
    },
    { id: id(404), stage: 'output', words: 'Young people talk to an adult they know', action: null, measure: id(203) },
    { id: id(405), stage: 'outcome', words: 'Fewer people under 18 are robbed', action: null, measure: id(201) },
    { id: id(406), stage: 'impact', words: 'Young people are safe and feel safe', action: null, measure: null },
    { id: id(407), stage: 'activity', words: 'Posters in shops', action: null, measure: null },
  ],
  arrows: [
    [401, 402, 'the money reaches the places where it happens', 'local'],
    [402, 403, 'workers can be found and stay', 'belief'],
    [403, 404, 'young people stop and talk', 'local'],
    [404, 405, 'somebody who is known is robbed less', 'untested'],
    [405, 406, 'fewer robberies make people feel safe', 'studies'],
  ],
} as const;

/** A spreadsheet that somebody sent, two rows of which could not be read. */
export const examplePlanFile = {
  name: 'plan from the council.csv',
  text: 'Ref,Action,Lead,Target date,RAG\nA108,Fewer late licences on the seafront,,late 2026,Green\n,A play about county lines,The Players,spring 2027,Green\n,Street pastors,,the 31st of June,Amber\n',
} as const;

/** Last year’s review, which led to the strategy that holds, and this year’s, half of which is written. */
export const exampleReviews = {
  finished: {
    id: id(601),
    since: '2024-01-31',
    until: '2025-01-31',
    outcome: 'revise',
    body: 'Safer Haverness Executive',
    on: '2025-02-12',
    words: {
      definition: 'It stays as it was agreed.',
      needs: 'Robbery of people under 18 has become clearer to us. What is never reported has not.',
      aims: 'Four aims are enough. “We learn what works” is added next time.',
      actions: 'The workshop gave us a plan. It had no owners at first, and that cost us months.',
      measures: 'We cannot tell yet.',
      money: 'The grant was spent as planned.',
      text: 'The committee asked what the causes are. Gangs that use children are named next time.',
    },
  },
  open: {
    id: id(602),
    until: '2026-05-31',
    words: {
      definition: 'The executive adopted it in this time. Figures before it are not compared with those after.',
      actions: 'Three things ended. We learned most from what we stopped.',
    },
  },
} as const;

/** How ready partners found themselves last year, and what they say now: [organisation, level, what shows it]. */
export const exampleReadiness = {
  first: { id: id(651), openedOn: '2025-03-03', closedOn: '2025-03-28' },
  second: { id: id(652), openedOn: '2026-05-11' },
  dimension: id(661),
  agreed: [
    [1, 3, 'The executive meets each quarter.'],
    [2, 2, 'Schools were asked and not all came.'],
    [1, 3, 'Only the police send data every month.'],
  ],
  scores: [
    [council, [3, 3, 3, 2]],
    [police, [3, 3, 3, 4]],
    [icb, [2, 2, 3, 1]],
  ],
} as const;

export const exampleActionId = (number: number): string => id(number);

/** Ids for whoever asks for an example of a kind: see `World` in the routes. */
export const exampleStrategyIds: Readonly<Record<string, string>> = {
  strategy: exampleStrategy.id,
  'strategy-draft': exampleDraft.id,
  'strategy-comment': exampleDraft.comments[0].id,
  aim: id(21),
  'plan-priority': id(31),
  'hub-aim-not-taken': id(14),
  action: id(101),
  'action-to-change': id(102),
  'action-to-close': id(117),
  milestone: id(502),
  measure: id(201),
  grant: id(301),
  risk: id(451),
  review: exampleReviews.open.id,
  'review-finished': exampleReviews.finished.id,
  'readiness-dimension': exampleReadiness.dimension,
  'risk-to-close': id(453),
  'theory-step': id(407),
  'theory-need': id(401),
  'theory-outcome': id(405),
};
