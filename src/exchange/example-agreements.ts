import type { IsoDate, MarkingLevel } from '../duty/index.ts';
import type { Level } from './agreement.ts';
import type { Gateway } from './gateway.ts';
import type { SourceName } from './source.ts';

// Haverness is made up. Ids are fixed, so that tests and tutorials can name a record; organisations go by their names.

const id = (number: number): string => `0e000000-0000-4000-8000-${String(number).padStart(12, '0')}`;

export interface ExampleAgreement {
  readonly id: string;
  readonly title: string;
  readonly purpose: string;
  readonly level: Level;
  readonly gateway: Gateway;
  readonly marking: MarkingLevel;
  readonly handling?: string;
  readonly senders: readonly string[];
  readonly receivers: readonly string[];
  readonly sources: readonly SourceName[];
  readonly signedOn?: IsoDate;
  readonly starts?: IsoDate;
  readonly ends?: IsoDate;
  readonly reviewDue?: IsoDate;
  readonly ended?: { readonly on: IsoDate; readonly because: string };
  readonly follows?: string;
  readonly notes?: string;
}

const council = 'Haverness Council';
const police = 'Merrowshire Constabulary';
const icb = 'NHS Merrowshire Integrated Care Board';
const forAnalysts = 'for the partnership’s analysts only';

/**
 * The agreements of the Safer Haverness Partnership. What police.uk and the Home Office publish needs none. Of the one
 * that follows on stands what it follows before it.
 */
export const exampleAgreements: readonly ExampleAgreement[] = [
  {
    id: id(1),
    title: 'Crime records for the strategic assessment, 2021 to 2024',
    purpose: 'To find where, when and against whom violence happens, for the assessment of the partnership.',
    level: 'records',
    gateway: 'cda-115',
    marking: 'official-sensitive',
    handling: forAnalysts,
    senders: [police],
    receivers: [council],
    sources: ['force-extract'],
    signedOn: '2021-03-22',
    starts: '2021-04-01',
    ends: '2024-03-31',
  },
  {
    id: id(2),
    title: 'Crime records under the Serious Violence Duty',
    purpose: 'To find where, when and against whom violence happens, and whether what the partnership does changes it.',
    level: 'records',
    gateway: 'pcsc-16',
    marking: 'official-sensitive',
    handling: forAnalysts,
    senders: [police],
    receivers: [council],
    sources: ['force-extract'],
    signedOn: '2024-03-14',
    starts: '2024-04-01',
    ends: '2027-03-31',
    reviewDue: '2026-10-01',
    follows: id(1),
    notes: 'The signed document is with the information governance team of the council.',
  },
  {
    id: id(3),
    title: 'Assaults seen in the emergency department',
    purpose: 'To see violence that nobody reports to the police, by place, time and means.',
    level: 'records',
    gateway: 'istv',
    marking: 'official-sensitive',
    handling: forAnalysts,
    senders: ['Haverness Bay Hospitals NHS Trust'],
    receivers: [council, police],
    sources: ['istv', 'ecds'],
    signedOn: '2018-11-05',
    starts: '2018-12-01',
    notes: 'The document of 2018 names no end.',
  },
  {
    id: id(4),
    title: 'Ambulance calls to assaults',
    purpose: 'To know of assaults by place and hour where no police were called.',
    level: 'records',
    gateway: 'cda-115',
    marking: 'official-sensitive',
    handling: forAnalysts,
    senders: ['Merrow Ambulance Service NHS Trust'],
    receivers: [council],
    sources: ['ambulance'],
    signedOn: '2023-07-10',
    starts: '2023-07-26',
    ends: '2026-07-25',
  },
  {
    id: id(5),
    title: 'Deliberate fires and attacks on crews',
    purpose: 'To see places where fires are set and crews are attacked.',
    level: 'records',
    gateway: 'pcsc-16',
    marking: 'official',
    senders: ['Merrowshire Fire and Rescue Service'],
    receivers: [council, police],
    sources: ['fire'],
    signedOn: '2025-02-18',
    starts: '2025-03-01',
    ends: '2028-02-29',
    reviewDue: '2026-07-01',
  },
  {
    id: id(6),
    title: 'Hospital admissions for assault',
    purpose: 'To follow serious harm over the years, in counts that the board has suppressed itself.',
    level: 'counts',
    gateway: 'pcsc-16',
    marking: 'official',
    senders: [icb],
    receivers: [council],
    sources: ['hospital-admissions'],
    signedOn: '2025-05-06',
    starts: '2025-05-06',
    ends: '2027-05-05',
  },
  {
    id: id(7),
    title: 'Children known to youth justice',
    purpose: 'To plan help for children who are drawn into violence, and to see whether it reaches them.',
    level: 'records',
    gateway: 'pcsc-16',
    marking: 'official-sensitive',
    handling: forAnalysts,
    senders: ['Haverness Youth Justice Service'],
    receivers: [council],
    sources: ['youth-justice'],
    signedOn: '2025-06-16',
    starts: '2025-07-01',
    ends: '2027-06-30',
  },
  {
    id: id(8),
    title: 'People on probation who harmed others',
    purpose: 'To see how far violence is done by people who are supervised already.',
    level: 'records',
    gateway: 'pcsc-16',
    marking: 'official-sensitive',
    handling: forAnalysts,
    senders: ['Probation Service, Merrowshire'],
    receivers: [council],
    sources: ['probation'],
    starts: '2026-07-01',
    ends: '2029-06-30',
    notes: 'With the service’s data protection officer for clearance since February 2026.',
  },
  {
    id: id(9),
    title: 'People in treatment for drugs and alcohol',
    purpose: 'To compare where people need treatment with where they find it.',
    level: 'counts',
    gateway: 'pcsc-16',
    marking: 'official',
    senders: [icb],
    receivers: [council],
    sources: ['treatment'],
    signedOn: '2023-09-01',
    starts: '2023-09-01',
    ends: '2026-08-31',
    ended: { on: '2025-03-03', because: 'The service moved to a provider that is no party to it.' },
  },
  {
    id: id(10),
    title: 'Exclusions and suspensions from schools',
    purpose: 'To see which schools need help before violence among children grows.',
    level: 'records',
    gateway: 'cda-17a',
    marking: 'official-sensitive',
    handling: forAnalysts,
    senders: [council],
    receivers: [police],
    sources: ['exclusions'],
    signedOn: '2024-07-01',
    starts: '2024-09-01',
    ends: '2027-08-31',
  },
];

/** Ids for whoever asks for an example of a kind: see `World` in the routes. */
export const exampleAgreementIds: Readonly<Record<string, string>> = {
  agreement: id(2),
  'agreement-ending': id(4),
  'agreement-draft': id(8),
  'agreement-ended': id(9),
  'agreement-to-end': id(7),
};
