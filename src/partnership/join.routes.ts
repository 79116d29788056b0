import { z } from 'zod';
import {
  goOnAs,
  inPartnership,
  reading,
  readInPartnership,
  type ReadWork,
  type Work,
} from '../platform/database/work.ts';
import { rowsOf } from '../platform/http/rows.ts';
import type { Page, Route, Visitor, Written } from '../platform/http/route.ts';
import { newPasswordField, personNameField } from '../platform/identity/account-form.ts';
import { addAccountUnlessThere, emailOf } from '../platform/identity/account.store.ts';
import { invitationPurpose } from '../platform/identity/invitation.ts';
import { acceptInvitation, getInvitation, mayInvite, type Invitation } from '../platform/identity/invitation.store.ts';
import { hashPassword } from '../platform/identity/password.ts';
import { openSession } from '../platform/identity/session.store.ts';
import { getPartnership } from '../platform/installation.store.ts';
import type { LinkClaim, Links } from '../platform/links/links.ts';
import { lookAtLink, takeLink, type Opens } from '../platform/links/links.store.ts';
import { closedInvitationPage, joinPage, type InvitationToShow, type WhyClosed } from './join.page.tsx';
import { linkAccount } from './join.store.ts';

const { get, post } = rowsOf<'identity' | 'platform' | 'partnership'>();

const params = z.object({ token: z.string().max(600) });
const none = { none: 'opens with a signed link that a letter brings, once' };

/** An invitation that can be accepted now, and where. */
interface OpenInvitation {
  readonly invitation: Invitation;
  readonly partnership: { readonly id: string; readonly slug: string; readonly name: string };
}

export const joinRoutes: readonly Route[] = [
  get({
    path: '/l/:token',
    about: 'An invitation to a partnership (by signed link)',
    access: 'public',
    door: 'identity',
    audit: { none: 'shows an invitation to whoever holds its link' },
    params,
    example: () => none,
    async handle({ work, params: { token }, visitor, moment, equipment }) {
      const open = await look(work, token, equipment.links, moment);
      if (typeof open === 'string') return { page: closedInvitationPage(open) };
      return { page: await formFor(work, token, open, visitor) };
    },
  }),
  post({
    path: '/l/:token',
    about: 'Accept an invitation with a new account (by signed link)',
    access: 'public',
    door: 'identity',
    audit: 'INVITATION_ACCEPTED',
    params,
    body: z.object({ name: personNameField('your name'), password: newPasswordField() }),
    example: () => none,
    async handle({ work, params: { token }, body, moment, equipment }) {
      const open = await take(work, token, equipment.links, moment);
      if (typeof open === 'string') return conflict(open);
      const { email } = open.invitation;
      const person = await addAccountUnlessThere(work, {
        email,
        name: body.name,
        passwordHash: await hashPassword(body.password),
      });
      if (person === undefined) {
        const page = joinPage({
          invitation: toShow(token, open),
          visiting: { as: 'nobody' },
          typedName: body.name,
          errors: { '': 'You cannot choose a password with this link. If you have an account here, sign in to accept' },
        });
        return { page: { ...page, status: 422 } };
      }
      const session = await openSession(work, person, moment);
      const joined = await join(work, open, { person, name: body.name, email });
      return 'seeOther' in joined ? { ...joined, session } : joined;
    },
    async invalid({ work, params: { token }, moment, equipment, errors, typed }) {
      const open = await look(work, token, equipment.links, moment);
      if (typeof open === 'string') return { page: closedInvitationPage(open) };
      return {
        page: joinPage({
          invitation: toShow(token, open),
          visiting: { as: 'nobody' },
          typedName: String(typed['name'] ?? ''),
          errors,
        }),
      };
    },
  }),
  post({
    path: '/l/:token/accept',
    about: 'Accept an invitation with the account that is signed in (by signed link)',
    access: 'person',
    door: 'identity',
    audit: 'INVITATION_ACCEPTED',
    params,
    body: z.object({}),
    example: () => none,
    async handle({ work, params: { token }, visitor, moment, equipment }) {
      const open = await take(work, token, equipment.links, moment);
      if (typeof open === 'string') return conflict(open);
      const person = visitor.person ?? { id: '', name: '' };
      const email = await emailOf(reading(work), person.id);
      if (!isSameAddress(email, open.invitation.email)) {
        const page = joinPage({
          invitation: toShow(token, open),
          visiting: { as: 'somebody else', name: person.name },
        });
        return { page: { ...page, status: 409 } };
      }
      return join(work, open, { person: person.id, name: person.name, email });
    },
    invalid: ({ params: { token } }) => ({ seeOther: `/l/${token}` }),
  }),
];

type IdentityWork = Work<'identity' | 'platform' | 'partnership'>;

/** What a link would open, without using it up; or why it opens nothing. */
async function look(
  work: ReadWork<'identity' | 'platform' | 'partnership'>,
  token: string,
  links: Links,
  moment: Date,
): Promise<OpenInvitation | WhyClosed> {
  const claim = links.read(token, invitationPurpose, moment);
  if (typeof claim === 'string') return claim;
  return readInPartnership(work, claim.partnership, async (bound) =>
    opened(bound, claim, await lookAtLink(bound, claim)),
  );
}

/** The same, and uses it up: of two clicks at the same time, the first. */
async function take(
  work: IdentityWork,
  token: string,
  links: Links,
  moment: Date,
): Promise<OpenInvitation | WhyClosed> {
  const claim = links.read(token, invitationPurpose, moment);
  if (typeof claim === 'string') return claim;
  return inPartnership(work, claim.partnership, async (bound) =>
    opened(reading(bound), claim, await takeLink(bound, claim)),
  );
}

async function opened(
  bound: ReadWork<'platform'>,
  claim: LinkClaim,
  opens: Opens,
): Promise<OpenInvitation | WhyClosed> {
  if (typeof opens === 'string') return opens;
  const invitation = await getInvitation(bound, opens.subject.split('/')[1] ?? '');
  if (invitation.acceptedAt !== null) return 'used';
  if (invitation.calledBackAt !== null) return 'called-back';
  // Whoever lost the right to invite takes what they offered with them.
  if (!(await mayInvite(bound, invitation.invitedBy))) return 'called-back';
  return { invitation, partnership: await getPartnership(bound, claim.partnership) };
}

/** Gives the roles, in the name of whoever accepts: the audit entry of the partnership carries it. */
async function join(
  work: IdentityWork,
  { invitation, partnership }: OpenInvitation,
  account: { readonly person: string; readonly name: string; readonly email: string },
): Promise<Written> {
  const bound = await goOnAs(work, { person: account.person, partnership: partnership.id });
  if (!(await acceptInvitation(bound, partnership.id, invitation, account.person))) return conflict('used');
  await linkAccount(bound, partnership.id, account);
  return {
    seeOther: `/${partnership.slug}/home`,
    subject: `invitation/${invitation.id}`,
    fields: invitation.roles.map((role) => `given ${role}`),
  };
}

async function formFor(
  work: ReadWork<'identity'>,
  token: string,
  open: OpenInvitation,
  { person }: Visitor,
): Promise<Page> {
  const invitation = toShow(token, open);
  if (person === undefined) return joinPage({ invitation, visiting: { as: 'nobody' } });
  return isSameAddress(await emailOf(work, person.id), invitation.email)
    ? joinPage({ invitation, visiting: { as: 'invited' } })
    : joinPage({ invitation, visiting: { as: 'somebody else', name: person.name } });
}

const isSameAddress = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

const toShow = (token: string, { invitation, partnership }: OpenInvitation): InvitationToShow => ({
  token,
  partnership: partnership.name,
  inviter: invitation.inviter,
  name: invitation.name,
  email: invitation.email,
  roles: invitation.roles,
});

const conflict = (why: WhyClosed): Written => ({ page: { ...closedInvitationPage(why), status: 409 } });
