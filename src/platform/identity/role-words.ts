import { roleNames, type Role } from '../../duty/index.ts';

/** "Administrator, Partnership analyst", as lists and files say it. */
export const rolesText = (held: readonly string[]): string =>
  held.map((role) => roleNames[role as Role].label).join(', ');

/** What a person is told where the last administrator would go. */
export const lastAdministrator =
  'This is the only administrator of the partnership. Make somebody else an administrator first.';
