import { roles, type Role } from '../../duty/index.ts';

export interface ExampleAccount {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly role: Role;
}

/** Everybody here is made up. The password is known to all, so these exist in example mode and on this machine only. */
export const examplePassword = 'haverness-example';

const names: Readonly<Record<Role, string>> = {
  administrator: 'Ada Thornbury',
  coordinator: 'Colm Draycott',
  analyst: 'Anwen Marsh',
  officer: 'Olu Fairweather',
  'prevention-lead': 'Priya Lindqvist',
  partner: 'Pavel Ashdown',
  'democratic-services': 'Dilys Renner',
  councillor: 'Cora Whitlock',
  hub: 'Hari Stonebridge',
  'information-governance': 'Ines Galloway',
};

/** Ids of the example's accounts and of what belongs to their access: the same in every installation. */
const exampleId = (number: number): string => `00000000-0000-4000-8000-0000000001${String(number).padStart(2, '0')}`;

const accountOf = (role: Role): ExampleAccount => ({
  id: exampleId(roles.indexOf(role)),
  email: `${role}@haverness.example`,
  name: names[role],
  role,
});

/** One account a role. */
export const exampleAccounts: readonly [ExampleAccount, ...ExampleAccount[]] = [
  accountOf(roles[0]),
  ...roles.slice(1).map(accountOf),
];

/** Came last month, got access, and has not looked in yet. */
export const exampleNewcomer: ExampleAccount = {
  id: exampleId(20),
  email: 'rhoda.penhallow@haverness.example',
  name: 'Rhoda Penhallow',
  role: 'officer',
};

/** Who works in the area next door: for whoever wants to see that neighbours do not see each other. */
export const exampleNeighbour: ExampleAccount = {
  id: exampleId(21),
  email: 'analyst@castlemere.example',
  name: 'Tamsin Orrell',
  role: 'analyst',
};

/** Invited, and has not accepted yet. */
export const exampleInvitation = {
  id: exampleId(40),
  email: 'ned.castellan@haverness.example',
  name: 'Ned Castellan',
  roles: ['partner'],
} as const satisfies {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly roles: readonly Role[];
};

/** A review of access that has begun, and the person in it who comes first. */
export const exampleReview = { id: exampleId(50), itemId: exampleId(51) };

/** By the kinds that the example world gives. */
export const exampleAccessIds: Readonly<Record<string, string>> = {
  account: accountOf('partner').id,
  'account-to-end': exampleNewcomer.id,
  invitation: exampleInvitation.id,
  'access-review': exampleReview.id,
  'access-review-item': exampleReview.itemId,
};
