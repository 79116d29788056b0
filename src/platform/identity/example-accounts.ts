import { roles, type Role } from '../../duty/index.ts';

export interface ExampleAccount {
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

const accountOf = (role: Role): ExampleAccount => ({ email: `${role}@haverness.example`, name: names[role], role });

/** One account a role. */
export const exampleAccounts: readonly [ExampleAccount, ...ExampleAccount[]] = [
  accountOf(roles[0]),
  ...roles.slice(1).map(accountOf),
];
