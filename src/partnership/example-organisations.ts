import type { AuthorityKind } from '../duty/index.ts';

// Haverness is made up, and so is everybody in it. Ids are fixed, so that tests and tutorials can name a record.

const id = (number: number): string => `0a000000-0000-4000-8000-${String(number).padStart(12, '0')}`;

export interface ExampleArea {
  readonly id: string;
  readonly code: string;
  readonly name: string;
  readonly vintage: number;
  readonly within?: string;
}

/** By the address of the partnership. Ashlode is a county with two districts under it. */
export const exampleAreas: Readonly<Record<string, readonly ExampleArea[]>> = {
  haverness: [{ id: id(1), code: 'E06000990', name: 'Haverness', vintage: 2023 }],
  castlemere: [{ id: id(2), code: 'E08000990', name: 'Castlemere', vintage: 2023 }],
  ashlode: [
    { id: id(3), code: 'E10000990', name: 'Ashlode', vintage: 2023 },
    { id: id(4), code: 'E07000990', name: 'North Ashlode', vintage: 2023, within: id(3) },
    { id: id(5), code: 'E07000991', name: 'Vale of Lode', vintage: 2023, within: id(3) },
  ],
  wolvering: [{ id: id(6), code: 'E06000991', name: 'Wolvering', vintage: 2023 }],
};

export interface ExampleOrganisation {
  readonly id: string;
  readonly name: string;
  readonly website?: string;
  readonly isHidden?: boolean;
  readonly otherNames?: readonly { readonly id: string; readonly name: string }[];
  readonly memberships: readonly {
    readonly id: string;
    readonly capacity: AuthorityKind;
    readonly since?: string;
    readonly until?: string;
    readonly because?: string;
  }[];
  /** What became of it, and from which day. */
  readonly became?: { readonly successor: string; readonly on: string };
  readonly formerName?: { readonly name: string; readonly until: string };
}

const member = (number: number, capacity: AuthorityKind, since?: string, because?: string) => ({
  id: id(1_000 + number),
  capacity,
  ...(since !== undefined && { since }),
  ...(because !== undefined && { because }),
});

/** The members of the Safer Haverness Partnership, and those that were. */
export const exampleOrganisations: readonly [ExampleOrganisation, ...ExampleOrganisation[]] = [
  {
    id: id(101),
    name: 'Haverness Council',
    website: 'https://council.haverness.example',
    otherNames: [{ id: id(2_001), name: 'Haverness Borough' }],
    memberships: [member(1, 'district-council', '1998')],
  },
  { id: id(102), name: 'Merrowshire Constabulary', memberships: [member(2, 'chief-officer-of-police', '1998')] },
  {
    id: id(103),
    name: 'Merrowshire Fire and Rescue Service',
    otherNames: [{ id: id(2_002), name: 'MFRS' }],
    memberships: [member(3, 'fire-and-rescue-authority', '1998')],
  },
  {
    id: id(104),
    name: 'NHS Haverness Clinical Commissioning Group',
    otherNames: [{ id: id(2_003), name: 'Haverness CCG' }],
    memberships: [member(4, 'integrated-care-board', 'April 2013')],
    became: { successor: id(105), on: '1 July 2022' },
  },
  {
    id: id(105),
    name: 'NHS Merrowshire Integrated Care Board',
    otherNames: [{ id: id(2_004), name: 'Merrowshire ICB' }],
    memberships: [],
  },
  {
    id: id(106),
    name: 'Probation Service, Merrowshire',
    formerName: { name: 'National Probation Service, Merrowshire', until: '25 June 2021' },
    memberships: [member(6, 'probation-provider', '2014')],
  },
  { id: id(107), name: 'Haverness Youth Justice Service', memberships: [member(7, 'youth-offending-team', '2000')] },
  {
    id: id(108),
    name: 'Office of the Merrowshire Police and Crime Commissioner',
    otherNames: [{ id: id(2_005), name: 'OPCC' }],
    memberships: [member(8, 'police-and-crime-commissioner', 'November 2012')],
  },
  {
    id: id(109),
    name: 'Haverness Bay Hospitals NHS Trust',
    // The code by which its emergency department is named in files of the NHS.
    otherNames: [{ id: id(2_009), name: 'HBH01' }],
    memberships: [
      member(9, 'nhs-provider-trust', '2018', 'Its emergency department sees violence that nobody reports'),
    ],
  },
  {
    id: id(110),
    name: 'Merrow Ambulance Service NHS Trust',
    memberships: [member(10, 'ambulance-trust', '2019', 'Calls to assaults, by time and place')],
  },
  {
    id: id(111),
    name: 'Haver Shore Homes',
    memberships: [member(11, 'housing-provider', 'early 2021', 'Landlord of most homes on the Sallow estate')],
  },
  { id: id(112), name: 'Haverness Academy', memberships: [member(12, 'academy', 'January 2023')] },
  { id: id(113), name: 'St Brannock’s School', memberships: [member(13, 'maintained-school', 'January 2023')] },
  { id: id(114), name: 'HMP Sallow Moor', memberships: [member(14, 'prison', 'January 2023')] },
  {
    id: id(115),
    name: 'Harbour Lights Refuge',
    isHidden: true,
    memberships: [member(15, 'voluntary-organisation', '2022', 'Speaks for people who were harmed at home')],
  },
  {
    id: id(116),
    name: 'Shoreline Youth Trust',
    memberships: [member(16, 'voluntary-organisation', 'March 2024', 'Runs the evening sessions on the seafront')],
  },
  {
    id: id(117),
    name: 'Haverness Traders’ Association',
    memberships: [{ ...member(17, 'business', '2015'), until: 'late 2022' }],
  },
];

/** What people also call the Safer Haverness Partnership. */
export const examplePartnershipName = { id: id(2_900), name: 'Haverness Together' };

/** A file that somebody sent and nobody has read in yet: one row is new, one is known, one cannot be read. */
export const exampleIntake = {
  id: id(3_001),
  fileName: 'members from the hub.csv',
  rows: [
    { row: 2, cells: { Organisation: 'Haver Bay Rowing Club', 'Member as': 'Voluntary or community organisation' } },
    { row: 3, cells: { Organisation: 'MFRS' } },
    { row: 4, cells: { Organisation: 'Merrow College', From: 'the 30th of February' } },
  ],
} as const;

/** Ids for whoever asks for an example of a kind: see `World` in the routes. */
export const exampleOrganisationIds: Readonly<Record<string, string>> = {
  area: id(1),
  organisation: id(101),
  police: id(102),
  'former-organisation': id(117),
  membership: id(1_001),
  'other-name': id(2_001),
  'partnership-name': id(2_900),
  intake: exampleIntake.id,
};
