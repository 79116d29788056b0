import { formatDate, roleNames, type Role } from '../../duty/index.ts';
import { dayInEngland } from '../clock.ts';

/** What a link of an invitation is good for, and for how long. */
export const invitationPurpose = 'invitation';
export const invitationDays = 14;

export const invitationEnds = (moment: Date): Date => new Date(moment.getTime() + invitationDays * 86_400_000);
export const invitationSubject = (id: string): string => `invitation/${id}`;

export interface InvitationWords {
  readonly recipient: string;
  readonly name: string;
  readonly inviter: string;
  readonly partnership: string;
  readonly roles: readonly Role[];
  readonly address: string;
  readonly expires: Date;
}

export function invitationLetter(words: InvitationWords): {
  readonly recipient: string;
  readonly subject: string;
  readonly body: string;
} {
  const { recipient, name, inviter, partnership, roles, address, expires } = words;
  return {
    recipient,
    subject: `You are invited to ${partnership}`,
    body: [
      `Dear ${name},`,
      `${inviter} invites you to work with ${partnership} as:`,
      roles.map((role) => `- ${roleNames[role].label}: ${roleNames[role].who}`).join('\n'),
      'Open this link to choose a password and sign in. If you have an account here already, sign in with it.',
      address,
      `The link works once, until ${formatDate(dayInEngland(expires))}. It is for you only: do not pass it on.`,
      'If you did not expect this, do nothing. No account is made without you.',
      '',
    ].join('\n\n'),
  };
}
