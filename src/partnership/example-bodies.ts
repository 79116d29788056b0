import type { BodyKind, Frequency } from './body.ts';
import type { SeatRole } from './seat.ts';

// Nobody and nothing here exists. Ids are fixed, so that tests and tutorials can name a record; organisations and people go
// by their names.

const id = (number: number): string => `0c000000-0000-4000-8000-${String(number).padStart(12, '0')}`;

export interface ExampleSeat {
  readonly id: string;
  readonly organisation?: string;
  readonly person?: string;
  readonly role: SeatRole;
  readonly since?: string;
  readonly until?: string;
}

export interface ExampleDecision {
  readonly id: string;
  readonly reference: string;
  readonly wording: string;
}

export interface ExampleBody {
  readonly id: string;
  readonly name: string;
  readonly kind: BodyKind;
  readonly isLinked?: boolean;
  readonly isHidden?: boolean;
  readonly frequency: Frequency;
  readonly purpose?: string;
  readonly terms?: string;
  readonly termsReview?: string;
  readonly reportsTo?: string;
  readonly host?: string;
  readonly since?: string;
  readonly until?: string;
  readonly otherNames?: readonly {
    readonly id: string;
    readonly name: string;
    readonly use: 'former' | 'also';
    readonly until?: string;
  }[];
  readonly seats: readonly ExampleSeat[];
  readonly meetings?: readonly {
    readonly id: string;
    readonly on: string;
    readonly title?: string;
    readonly papers?: string;
    readonly decisions: readonly ExampleDecision[];
  }[];
}

const council = 'Haverness Council';
const police = 'Merrowshire Constabulary';
const fire = 'Merrowshire Fire and Rescue Service';
const icb = 'NHS Merrowshire Integrated Care Board';
const probation = 'Probation Service, Merrowshire';
const youthJustice = 'Haverness Youth Justice Service';
const commissioner = 'Office of the Merrowshire Police and Crime Commissioner';
const hospitals = 'Haverness Bay Hospitals NHS Trust';
const ambulance = 'Merrow Ambulance Service NHS Trust';
const homes = 'Haver Shore Homes';
const youthTrust = 'Shoreline Youth Trust';
const refuge = 'Harbour Lights Refuge';

const executive = id(1);
const tasking = id(2);

const executiveTerms = `Purpose

The executive agrees what the partnership will do about serious violence, domestic abuse, anti-social behaviour and exploitation, and answers for it under the Crime and Disorder Act 1998 and the Serious Violence Duty.

What it does

- agrees the strategic assessment and the strategy every year
- decides how the partnership’s money is spent
- asks each subgroup twice a year what changed

How it decides

Five of the specified authorities make a quorum. Members agree where they can; where they cannot, each authority decides for itself what it will do, and the minutes say so.

Who comes

Each member sends somebody who can commit people and money on the day. Members with lived experience are paid for their time, and the minutes name no one of them.`;

/** The boards and groups of the Safer Haverness Partnership, and those of others that it works with. */
export const exampleBodies: readonly [ExampleBody, ...ExampleBody[]] = [
  {
    id: executive,
    name: 'Safer Haverness Executive',
    kind: 'board',
    frequency: 'quarterly',
    purpose: 'Agrees what the partnership does to prevent and reduce serious violence, and answers for it.',
    terms: executiveTerms,
    termsReview: 'March 2027',
    since: '1998',
    otherNames: [
      { id: id(3_001), name: 'Haverness Responsible Authorities Group', use: 'former', until: '31 March 2024' },
      { id: id(3_002), name: 'The Exec', use: 'also' },
    ],
    seats: [
      {
        id: id(1_001),
        organisation: police,
        person: 'Idris Calloway',
        role: 'chair',
        since: '2020',
        until: '31 January 2024',
      },
      {
        id: id(1_002),
        organisation: police,
        person: 'Fenella Oakhurst',
        role: 'chair',
        since: '1 February 2024',
        until: '31 March 2025',
      },
      { id: id(1_003), organisation: icb, person: 'Saoirse Pemberlow', role: 'chair', since: '1 April 2025' },
      { id: id(1_004), organisation: council, person: 'Morwenna Sayle', role: 'deputy-chair', since: 'December 2023' },
      { id: id(1_005), organisation: council, role: 'member', since: '1998' },
      { id: id(1_006), organisation: police, role: 'member', since: '1998' },
      { id: id(1_007), organisation: fire, role: 'member', since: '2004' },
      { id: id(1_008), organisation: probation, role: 'member', since: '2014' },
      { id: id(1_009), organisation: youthJustice, role: 'member', since: '2000' },
      { id: id(1_010), organisation: commissioner, role: 'member', since: 'November 2012' },
      { id: id(1_011), organisation: hospitals, role: 'member', since: '2018' },
      { id: id(1_012), organisation: ambulance, role: 'member', since: '2019' },
      { id: id(1_013), organisation: homes, role: 'member', since: 'early 2021' },
      { id: id(1_014), person: 'Member with lived experience 1', role: 'member', since: 'September 2025' },
      { id: id(1_015), organisation: council, person: 'Ada Thornbury', role: 'secretary', since: 'March 2019' },
      {
        id: id(1_016),
        organisation: 'Haverness Traders’ Association',
        role: 'member',
        since: '2015',
        until: 'late 2022',
      },
      {
        id: id(1_017),
        organisation: 'NHS Haverness Clinical Commissioning Group',
        role: 'member',
        since: 'April 2013',
        until: '30 June 2022',
      },
    ],
    meetings: [
      {
        id: id(2_001),
        on: '12 March 2026',
        decisions: [
          {
            id: id(2_101),
            reference: '4.1',
            wording: 'To publish the strategy for 2026 to 2029, with the measures that stand in its annex.',
          },
        ],
      },
    ],
  },
  {
    id: tasking,
    name: 'Tasking and Co-ordination Group',
    kind: 'meeting',
    frequency: 'monthly',
    purpose: 'Decides each month which problems, people and places the partners work on together.',
    terms: 'The group looks at what changed in the last month, agrees who does what, and closes what is done.',
    termsReview: 'November 2026',
    reportsTo: executive,
    host: police,
    since: '2011',
    seats: [
      { id: id(1_101), organisation: police, person: 'Fenella Oakhurst', role: 'chair', since: 'February 2024' },
      { id: id(1_102), organisation: council, person: 'Colm Draycott', role: 'member', since: 'early 2021' },
      { id: id(1_103), organisation: council, person: 'Olu Fairweather', role: 'member', since: '2020' },
      { id: id(1_104), organisation: fire, person: 'Pavel Ashdown', role: 'member', since: 'May 2021' },
      { id: id(1_105), organisation: homes, role: 'member', since: 'early 2021' },
      { id: id(1_106), organisation: council, person: 'Anwen Marsh', role: 'in-attendance', since: 'September 2022' },
    ],
  },
  {
    id: id(3),
    name: 'Serious Violence Group',
    kind: 'group',
    frequency: 'monthly',
    purpose: 'Carries out the strategy under the Serious Violence Duty.',
    termsReview: 'January 2027',
    reportsTo: tasking,
    since: 'January 2023',
    seats: [
      { id: id(1_201), organisation: council, person: 'Priya Lindqvist', role: 'chair', since: 'January 2023' },
      { id: id(1_202), organisation: police, role: 'member', since: 'January 2023' },
      { id: id(1_203), organisation: hospitals, role: 'member', since: 'January 2023' },
      { id: id(1_204), organisation: probation, person: 'Marisol Tremlett', role: 'member', since: 'January 2023' },
      { id: id(1_205), organisation: youthTrust, role: 'member', since: 'March 2024' },
    ],
  },
  {
    id: id(4),
    name: 'Sexual Offences Group',
    kind: 'group',
    frequency: 'every-two-months',
    purpose: 'Brings together those who help people who were harmed and those who investigate.',
    termsReview: 'September 2026',
    reportsTo: tasking,
    since: 'October 2022',
    seats: [
      { id: id(1_301), organisation: police, role: 'chair', since: 'October 2022' },
      { id: id(1_302), organisation: icb, role: 'member', since: 'October 2022' },
      { id: id(1_303), organisation: refuge, role: 'member', since: 'October 2022' },
    ],
  },
  {
    id: id(5),
    name: 'Anti-social Behaviour Group',
    kind: 'group',
    frequency: 'quarterly',
    purpose: 'Prevents anti-social behaviour before it grows, in the places that residents name.',
    terms: 'The group meets each quarter, with the figures of the quarter before it.',
    termsReview: 'March 2026',
    reportsTo: tasking,
    since: '2014',
    seats: [
      { id: id(1_401), organisation: council, person: 'Olu Fairweather', role: 'chair', since: '2020' },
      { id: id(1_402), organisation: homes, person: 'Lowri Castellan', role: 'member', since: 'early 2021' },
      { id: id(1_403), organisation: police, role: 'member', since: '2014' },
    ],
  },
  {
    id: id(6),
    name: 'Youth Anti-social Behaviour Group',
    kind: 'group',
    frequency: 'monthly',
    purpose: 'Finds children early who are drawn into trouble, and what helps them.',
    termsReview: 'February 2027',
    reportsTo: id(5),
    since: '2019',
    seats: [
      { id: id(1_501), organisation: youthJustice, person: 'Gethin Farrowdale', role: 'chair', since: 'January 2020' },
      { id: id(1_502), organisation: youthTrust, role: 'member', since: 'March 2024' },
      {
        id: id(1_503),
        organisation: 'Haverness Academy',
        person: 'Zadie Winterbourne',
        role: 'member',
        since: 'January 2023',
      },
    ],
  },
  {
    id: id(7),
    name: 'Burglary Group',
    kind: 'group',
    frequency: 'quarterly',
    purpose: 'Solves the problem of burglary as a whole: those who are burgled, those who burgle, and the places.',
    termsReview: 'April 2027',
    reportsTo: tasking,
    since: 'April 2023',
    otherNames: [{ id: id(3_003), name: 'Secure Homes Group', use: 'former', until: 'December 2024' }],
    seats: [
      { id: id(1_601), organisation: police, role: 'member', since: 'April 2023' },
      { id: id(1_602), organisation: homes, role: 'member', since: 'April 2023' },
      { id: id(1_603), organisation: fire, role: 'member', since: 'April 2023', until: 'March 2025' },
    ],
  },
  {
    id: id(8),
    name: 'Daily Exploitation and Missing Meeting',
    kind: 'meeting',
    frequency: 'daily',
    isHidden: true,
    purpose: 'Looks each morning at children at risk of exploitation or missing from home.',
    termsReview: 'October 2026',
    reportsTo: tasking,
    host: council,
    since: '2020',
    seats: [
      { id: id(1_701), organisation: council, role: 'chair', since: '2020' },
      { id: id(1_702), organisation: police, role: 'member', since: '2020' },
      {
        id: id(1_703),
        organisation: icb,
        person: 'Tobias Quillfeather',
        role: 'member',
        since: '1 July 2022',
        until: '31 August 2025',
      },
      {
        id: id(1_704),
        organisation: hospitals,
        person: 'Tobias Quillfeather',
        role: 'member',
        since: '1 September 2025',
      },
    ],
  },
  {
    id: id(9),
    name: 'Gold Group for the Seafront',
    kind: 'group',
    frequency: 'weekly',
    purpose: 'Steered the work on the seafront through the summer of 2024.',
    reportsTo: executive,
    since: 'May 2024',
    until: '30 September 2024',
    seats: [
      {
        id: id(1_801),
        organisation: police,
        person: 'Fenella Oakhurst',
        role: 'chair',
        since: 'May 2024',
        until: '30 September 2024',
      },
      { id: id(1_802), organisation: council, role: 'member', since: 'May 2024', until: '30 September 2024' },
    ],
  },
  {
    id: id(10),
    name: 'Communities Scrutiny Committee',
    kind: 'committee',
    isLinked: true,
    frequency: 'every-two-months',
    purpose: 'The council’s committee that questions the partnership’s work (Police and Justice Act 2006 s.19).',
    host: council,
    since: 'May 2007',
    seats: [
      { id: id(1_901), organisation: council, person: 'Cora Whitlock', role: 'chair', since: 'May 2023' },
      { id: id(1_902), organisation: council, person: 'Dilys Renner', role: 'secretary', since: '2017' },
    ],
    meetings: [
      {
        id: id(2_901),
        on: '9 July 2025',
        title: 'Crime and disorder committee, July 2025',
        papers: 'https://council.haverness.example/committees/communities/2025-07-09',
        decisions: [
          {
            id: id(2_911),
            reference: '7.2',
            wording: 'That the partnership report back in twelve months on violence late at night on the seafront.',
          },
          {
            id: id(2_912),
            reference: '7.3',
            wording: 'That the executive publish how its grant was spent, project by project.',
          },
        ],
      },
      {
        id: id(2_902),
        on: '12 November 2025',
        title: 'Communities Scrutiny Committee, November 2025',
        papers: 'https://council.haverness.example/committees/communities/2025-11-12',
        decisions: [
          {
            id: id(2_921),
            reference: '5.1',
            wording: 'That schools be asked before the strategy is reviewed, and that their answers be published.',
          },
          {
            id: id(2_922),
            reference: '5.2',
            wording: 'That the committee be told when the lighting at the Sallow estate is renewed.',
          },
        ],
      },
      {
        id: id(2_903),
        on: '4 March 2026',
        title: 'Communities Scrutiny Committee, March 2026',
        papers: 'https://council.haverness.example/committees/communities/2026-03-04',
        decisions: [
          {
            id: id(2_931),
            reference: '6.4',
            wording: 'That the executive say which of its measures cannot yet tell whether anything changed.',
          },
        ],
      },
    ],
  },
  {
    id: id(11),
    name: 'Merrowshire Domestic Abuse Partnership Board',
    kind: 'board',
    isLinked: true,
    frequency: 'quarterly',
    purpose: 'Oversees support in safe accommodation across Merrowshire (Domestic Abuse Act 2021 s.58).',
    host: commissioner,
    since: '2021',
    seats: [
      { id: id(1_951), organisation: commissioner, role: 'chair', since: '2021' },
      { id: id(1_952), organisation: council, role: 'member', since: '2021' },
      { id: id(1_953), organisation: refuge, role: 'member', since: '2022' },
      { id: id(1_954), person: 'Member with lived experience 2', role: 'member', since: '2024' },
    ],
  },
];

/** Ids for whoever asks for an example of a kind: see `World` in the routes. */
export const exampleBodyIds: Readonly<Record<string, string>> = {
  body: id(7),
  'body-name': id(3_003),
  'body-to-end': id(4),
  'body-leading': executive,
  'body-ended': id(9),
  'body-terms-due': id(5),
  scrutiny: id(10),
  seat: id(1_603),
  'seat-to-remove': id(1_602),
  meeting: id(2_901),
  decision: id(2_911),
};
