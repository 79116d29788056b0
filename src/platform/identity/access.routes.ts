import { z } from 'zod';
import { roleSchema } from '../../duty/index.ts';
import { dayInEngland } from '../clock.ts';
import { csvOf } from '../files/csv.ts';
import { reading, type Work } from '../database/work.ts';
import { partnershipParams, recordParams, rowsOf } from '../http/rows.ts';
import { notFound, type Access, type Refused, type Route, type Visit, type Visitor } from '../http/route.ts';
import { callBackLinks, issueLink, openLinkOn } from '../links/links.store.ts';
import { queueMail } from '../mail/outbox.store.ts';
import { emailField, optionalRolesField, personNameField, rolesField } from './account-form.ts';
import {
  accessListPage,
  changesPage,
  changeTitle,
  endAccessPage,
  invitationPage,
  invitePage,
  linesPerPage,
  personAccessPage,
  rolesPage,
  stateText,
  type InvitationState,
} from './access.page.tsx';
import {
  accessSorts,
  accessStates,
  countAccess,
  findPersonHere,
  getPersonHere,
  listAccess,
  roleEvents,
} from './access.store.ts';
import { invitationEnds, invitationLetter, invitationPurpose, invitationSubject } from './invitation.ts';
import {
  addInvitation,
  callBackInvitation,
  getInvitation,
  renewInvitation,
  type Invitation,
} from './invitation.store.ts';
import { readPeriod } from './period.ts';
import { accessChanges } from './role-history.ts';
import { lastAdministrator, rolesText } from './role-words.ts';
import { roleChangesNamed, setRoles } from './role.store.ts';

const { get, post } = rowsOf<'platform'>();

/** A coordinator has to see whose access should end with a post; an administrator ends it. */
const whoSees: Access = { anyOf: ['administrator', 'coordinator', 'information-governance'] };
const whoChanges: Access = { anyOf: ['administrator'] };
const staffList = { none: 'names, roles and work addresses of colleagues, as in a staff list' };

const mayChange = ({ roles }: Visitor): boolean => roles.includes('administrator');
const empty = <T>(value: T | ''): T | undefined => (value === '' ? undefined : value);

const listQuery = z.object({
  page: z.coerce.number().int().min(1).max(100_000).default(1),
  words: z.string().trim().max(254).default('').transform(empty),
  role: z
    .union([roleSchema, z.literal('')])
    .default('')
    .transform(empty),
  state: z
    .union([z.enum(accessStates), z.literal('')])
    .default('')
    .transform(empty),
  sort: z.enum(accessSorts).default('name'),
  order: z.enum(['ascending', 'descending']).default('ascending'),
});
const periodQuery = z.object({ from: z.string().max(80).default(''), to: z.string().max(80).default('') });
const mostLines = 100_000;

const noLonger: Refused = {
  refused: 'not-allowed',
  sentence:
    'Your own role was taken a moment ago, so you can no longer change the access of others. Nothing was saved.',
};
const closedInvitation: Refused = {
  refused: 'conflict',
  sentence: 'This invitation was accepted or called back already, so there is nothing to change.',
};

export const accessRoutes: readonly Route[] = [
  get({
    path: '/:partnership/access',
    about: 'People with access: who can sign in here, and who is invited',
    access: whoSees,
    audit: staffList,
    params: partnershipParams,
    query: listQuery,
    navigation: { text: 'Access', order: 85 },
    example: ({ partnership }) => ({ params: { partnership } }),
    async handle({ work, params, query: { page, sort, order, ...filter }, visitor }) {
      const sorted = { by: sort, order };
      const lines = await listAccess(work, filter, sorted, { limit: linesPerPage, offset: (page - 1) * linesPerPage });
      if (lines.length === 0 && page > 1) return notFound;
      const count = await countAccess(work, filter);
      return {
        page: accessListPage({
          slug: params.partnership,
          lines,
          count,
          page,
          filter,
          sort: sorted,
          mayChange: mayChange(visitor),
        }),
      };
    },
  }),
  get({
    path: '/:partnership/access/export.csv',
    about: 'People with access, as a file (CSV)',
    access: whoSees,
    audit: 'ACCESS_LIST_EXPORTED',
    params: partnershipParams,
    query: listQuery,
    example: ({ partnership }) => ({ params: { partnership } }),
    async handle({ work, params, query: { sort, order, ...filter } }) {
      const lines = await listAccess(work, filter, { by: sort, order }, { limit: mostLines, offset: 0 });
      return {
        file: {
          name: `access-${params.partnership}.csv`,
          type: 'text/csv; charset=utf-8',
          body: csvOf(
            ['Name', 'Email address', 'Roles', 'Since', 'Last signed in', 'State'],
            lines.map((line) => [
              line.name,
              line.email,
              rolesText(line.roles),
              line.since,
              line.lastSignedInAt,
              stateText(line.state),
            ]),
          ),
        },
      };
    },
  }),
  get({
    path: '/:partnership/access/changes',
    about: 'Joiners, movers and leavers: whose access began, changed or ended in a period',
    access: whoSees,
    audit: staffList,
    params: partnershipParams,
    query: periodQuery,
    example: ({ partnership }) => ({ params: { partnership } }),
    async handle({ work, params, query, moment }) {
      const read = readPeriod(query, dayInEngland(moment));
      const slug = params.partnership;
      if ('errors' in read) {
        const page = changesPage({ slug, typed: query, period: undefined, changes: [], errors: read.errors });
        return { page: { ...page, status: 400 } };
      }
      const changes = within(accessChanges(await roleEvents(work)), read.period);
      return { page: changesPage({ slug, typed: query, period: read.period, changes, errors: {} }) };
    },
  }),
  get({
    path: '/:partnership/access/changes/export.csv',
    about: 'Joiners, movers and leavers of a period, as a file (CSV)',
    access: whoSees,
    audit: 'ACCESS_CHANGES_EXPORTED',
    params: partnershipParams,
    query: periodQuery,
    example: ({ partnership }) => ({ params: { partnership } }),
    async handle({ work, params, query, moment }) {
      const read = readPeriod(query, dayInEngland(moment));
      if ('errors' in read) return notFound;
      const changes = within(accessChanges(await roleEvents(work)), read.period);
      return {
        file: {
          name: `access-changes-${params.partnership}.csv`,
          type: 'text/csv; charset=utf-8',
          body: csvOf(
            ['When', 'Name', 'What', 'Roles given', 'Roles taken', 'By'],
            changes.map((change) => [
              change.at,
              change.name,
              changeTitle(change.kind),
              rolesText(change.given),
              rolesText(change.taken),
              change.by,
            ]),
          ),
        },
      };
    },
  }),
  get({
    path: '/:partnership/access/people/:id',
    about: 'The access of one person: roles and their history',
    access: whoSees,
    audit: staffList,
    params: recordParams,
    example: ({ partnership, idOf }) => ({ params: { partnership, id: idOf('account') } }),
    async handle({ work, params, visitor }) {
      const person = await getPersonHere(work, params.id);
      return {
        page: personAccessPage({
          slug: params.partnership,
          partnership: visitor.partnership?.name ?? '',
          person,
          changes: accessChanges(await roleEvents(work, person.id)),
          mayChange: mayChange(visitor),
        }),
      };
    },
  }),
  get({
    path: '/:partnership/access/people/:id/roles',
    about: 'Give and take roles: the form',
    access: whoChanges,
    audit: staffList,
    params: recordParams,
    example: ({ partnership, idOf }) => ({ params: { partnership, id: idOf('account') } }),
    handle: async ({ work, params }) => ({
      page: rolesPage({ slug: params.partnership, person: await getPersonHere(work, params.id) }),
    }),
  }),
  post({
    path: '/:partnership/access/people/:id/roles',
    about: 'Give and take roles',
    access: whoChanges,
    audit: 'ROLES_CHANGED',
    params: recordParams,
    body: z.object({
      roles: optionalRolesField().refine(
        (chosen) => chosen.length > 0,
        'Choose at least one role. To take all of them, go back and end the access',
      ),
      madeFrom: z.string().max(1_000).default(''),
    }),
    example: ({ partnership, idOf }) => ({
      params: { partnership, id: idOf('account') },
      body: { roles: 'partner', madeFrom: 'partner' },
    }),
    async handle({ work, params, body, visitor }) {
      const set = await setRoles(work, {
        partnership: visitor.partnership?.id ?? '',
        actor: visitor.person?.id ?? '',
        allowedTo: ['administrator'],
        person: params.id,
        roles: body.roles,
        madeFrom: body.madeFrom.split(' ').filter(Boolean),
      });
      if (set === 'not-here') return notFound;
      if (set === 'not-allowed') return noLonger;
      if (set === 'last-administrator' || set === 'changed-meanwhile') {
        const person = await getPersonHere(reading(work), params.id);
        const sentence =
          set === 'last-administrator'
            ? lastAdministrator
            : `Somebody changed these roles while you did. They are now: ${rolesText(person.roles) || 'none'}. What you chose is ticked below; save it again if it is still right`;
        const page = rolesPage({
          slug: params.partnership,
          person,
          ticked: body.roles,
          errors: { roles: sentence },
        });
        return { page: { ...page, status: 409 } };
      }
      return {
        seeOther: afterwards(visitor, params, body.roles.includes('administrator')),
        subject: `person/${params.id}`,
        fields: roleChangesNamed(set),
      };
    },
    async invalid({ work, params, errors }) {
      const person = await getPersonHere(work, params.id);
      return { page: rolesPage({ slug: params.partnership, person, ticked: [], errors }) };
    },
  }),
  get({
    path: '/:partnership/access/people/:id/end',
    about: 'End somebody’s access to this partnership: asks first',
    access: whoChanges,
    audit: staffList,
    params: recordParams,
    example: ({ partnership, idOf }) => ({ params: { partnership, id: idOf('account') } }),
    handle: async ({ work, params, visitor }) => ({
      page: endAccessPage({
        slug: params.partnership,
        partnership: visitor.partnership?.name ?? '',
        person: await getPersonHere(work, params.id),
      }),
    }),
  }),
  post({
    path: '/:partnership/access/people/:id/end',
    about: 'End somebody’s access to this partnership',
    access: whoChanges,
    audit: 'ACCESS_ENDED',
    params: recordParams,
    body: z.object({}),
    example: ({ partnership, idOf }) => ({ params: { partnership, id: idOf('account-to-end') }, body: {} }),
    async handle({ work, params, visitor }) {
      const set = await setRoles(work, {
        partnership: visitor.partnership?.id ?? '',
        actor: visitor.person?.id ?? '',
        allowedTo: ['administrator'],
        person: params.id,
        roles: [],
      });
      if (set === 'not-here' || set === 'changed-meanwhile') return notFound;
      if (set === 'not-allowed') return noLonger;
      if (set === 'last-administrator') {
        const page = endAccessPage({
          slug: params.partnership,
          partnership: visitor.partnership?.name ?? '',
          person: await getPersonHere(reading(work), params.id),
          error: lastAdministrator,
        });
        return { page: { ...page, status: 409 } };
      }
      return {
        seeOther: afterwards(visitor, params, false),
        subject: `person/${params.id}`,
        fields: roleChangesNamed(set),
      };
    },
    invalid: () => notFound,
  }),
  get({
    path: '/:partnership/access/invite',
    about: 'Invite somebody: the form',
    access: whoChanges,
    audit: { none: 'shows an empty form' },
    params: partnershipParams,
    example: ({ partnership }) => ({ params: { partnership } }),
    handle: ({ params, visitor, equipment }) => ({
      page: invitePage({
        slug: params.partnership,
        partnership: visitor.partnership?.name ?? '',
        sendsMail: equipment.sendsMail,
      }),
    }),
  }),
  post({
    path: '/:partnership/access/invite',
    about: 'Invite somebody',
    access: whoChanges,
    audit: 'PERSON_INVITED',
    params: partnershipParams,
    body: z.object({
      email: emailField(),
      name: personNameField('their name'),
      roles: rolesField(),
    }),
    example: ({ partnership }) => ({
      params: { partnership },
      body: { email: 'new.colleague@haverness.example', name: 'New Colleague', roles: 'partner' },
    }),
    async handle(visit) {
      const { work, params, body, visitor, moment, equipment } = visit;
      const again = (sentence: string) => {
        const form = { slug: params.partnership, partnership: visitor.partnership?.name ?? '' };
        const page = invitePage({ ...form, sendsMail: equipment.sendsMail, typed: body, errors: { email: sentence } });
        return { page: { ...page, status: 422 as const } };
      };
      const here = await findPersonHere(reading(work), body.email);
      if (here !== undefined)
        return again(
          here.roles.length > 0
            ? 'Somebody with this address has access already. Find them in the list and change their roles'
            : 'Somebody with this address had access before. Find them in the list (state: ended) and give it again',
        );
      const expires = invitationEnds(moment);
      const id = await addInvitation(work, visitor.partnership?.id ?? '', {
        ...body,
        by: visitor.person?.id ?? '',
        expires,
      });
      if (id === undefined)
        return again(
          'Somebody with this address is invited already. Find the invitation in the list, and send it again from there',
        );
      await send(visit, await getInvitation(reading(work), id), expires);
      return {
        seeOther: `/${params.partnership}/access/invitations/${id}`,
        subject: invitationSubject(id),
        fields: body.roles.map((role) => `offered ${role}`),
      };
    },
    invalid: ({ params, visitor, equipment, typed, errors }) => ({
      page: invitePage({
        slug: params.partnership,
        partnership: visitor.partnership?.name ?? '',
        sendsMail: equipment.sendsMail,
        typed,
        errors,
      }),
    }),
  }),
  get({
    path: '/:partnership/access/invitations/:id',
    about: 'An invitation: whether it was accepted; its link, where no mail is sent',
    access: whoSees,
    audit: 'INVITATION_SEEN',
    params: recordParams,
    example: ({ partnership, idOf }) => ({ params: { partnership, id: idOf('invitation') } }),
    async handle({ work, params, visitor, moment, equipment }) {
      const invitation = await getInvitation(work, params.id);
      const subject = invitationSubject(invitation.id);
      const path =
        mayChange(visitor) && !equipment.sendsMail
          ? await openLinkOn(work, equipment.links, subject, moment)
          : undefined;
      return {
        page: invitationPage({
          slug: params.partnership,
          invitation,
          state: stateOfInvitation(invitation, moment),
          mayChange: mayChange(visitor),
          sendsMail: equipment.sendsMail,
          link: path === undefined ? undefined : `${equipment.origin}${path}`,
        }),
        subject,
      };
    },
  }),
  post({
    path: '/:partnership/access/invitations/:id/resend',
    about: 'Send an invitation again, with a new link',
    access: whoChanges,
    audit: 'INVITATION_SENT_AGAIN',
    params: recordParams,
    body: z.object({}),
    example: ({ partnership, idOf }) => ({ params: { partnership, id: idOf('invitation') }, body: {} }),
    async handle(visit) {
      const { work, params, visitor, moment } = visit;
      const invitation = await getInvitation(reading(work), params.id);
      const expires = invitationEnds(moment);
      if (!(await renewInvitation(work, invitation.id, { by: visitor.person?.id ?? '', expires })))
        return closedInvitation;
      await callBackLinks(work, invitationSubject(invitation.id));
      await send(visit, await getInvitation(reading(work), params.id), expires);
      return {
        seeOther: `/${params.partnership}/access/invitations/${invitation.id}`,
        subject: invitationSubject(invitation.id),
      };
    },
    invalid: () => notFound,
  }),
  post({
    path: '/:partnership/access/invitations/:id/call-back',
    about: 'Call an invitation back: its link opens nothing any more',
    access: whoChanges,
    audit: 'INVITATION_CALLED_BACK',
    params: recordParams,
    body: z.object({}),
    example: ({ partnership, idOf }) => ({ params: { partnership, id: idOf('invitation') }, body: {} }),
    async handle({ work, params, visitor }) {
      const invitation = await getInvitation(reading(work), params.id);
      if (!(await callBackInvitation(work, invitation.id, visitor.person?.id ?? ''))) return closedInvitation;
      await callBackLinks(work, invitationSubject(invitation.id));
      return {
        seeOther: `/${params.partnership}/access/invitations/${invitation.id}`,
        subject: invitationSubject(invitation.id),
      };
    },
    invalid: () => notFound,
  }),
];

/** Issues the link of an invitation and, where letters leave the house, puts one into the outbox: in this unit of work. */
async function send(
  { work, visitor, equipment }: Visit<Work<'platform'>, unknown, unknown>,
  invitation: Invitation,
  expires: Date,
): Promise<void> {
  const partnership = visitor.partnership?.id ?? '';
  const path = await issueLink(work, equipment.links, {
    partnership,
    purpose: invitationPurpose,
    subject: invitationSubject(invitation.id),
    expires,
    once: true,
  });
  if (!equipment.sendsMail) return;
  const letter = invitationLetter({
    recipient: invitation.email,
    name: invitation.name,
    inviter: visitor.person?.name ?? '',
    partnership: visitor.partnership?.name ?? '',
    roles: invitation.roles,
    address: `${equipment.origin}${path}`,
    expires,
  });
  await queueMail(work, partnership, letter);
}

function stateOfInvitation(invitation: Invitation, moment: Date): InvitationState {
  if (invitation.acceptedAt !== null) return 'accepted';
  if (invitation.calledBackAt !== null) return 'called-back';
  return new Date(invitation.expiresAt) > moment ? 'invited' : 'expired';
}

/** Whoever gave up their own role has nothing more to see here. */
function afterwards(
  visitor: Visitor,
  { partnership, id }: { readonly partnership: string; readonly id: string },
  isStillAdministrator: boolean,
): string {
  return visitor.person?.id === id && !isStillAdministrator ? '/home' : `/${partnership}/access/people/${id}`;
}

const within = <T extends { readonly at: string }>(
  changes: readonly T[],
  { from, to }: { readonly from: string; readonly to: string },
): readonly T[] =>
  changes.filter(({ at }) => {
    const day = dayInEngland(new Date(at));
    return from <= day && day <= to;
  });
