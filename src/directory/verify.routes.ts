import { z } from 'zod';
import { goOnAs, readInPartnership, type ReadWork, type Work } from '../platform/database/work.ts';
import { partnershipParams, rowsOf } from '../platform/http/rows.ts';
import type { Page, Route, Visitor } from '../platform/http/route.ts';
import type { Links } from '../platform/links/links.ts';
import { lookAtLink, takeLink } from '../platform/links/links.store.ts';
import { closedLinkPage, providerDonePage, providerPage } from './service-form.page.tsx';
import { proposalForm, proposalOf, withProposal } from './service-form.ts';
import { confirmService, proposeChange, verifyPurpose } from './proposal.store.ts';
import { getService, holdService, type Kept } from './service.store.ts';
import type { Typed } from '../platform/http/form.page.tsx';

const { get, post } = rowsOf<'identity' | 'platform' | 'directory' | 'partnership'>();

const params = partnershipParams.extend({ token: z.string().max(600) });
const none = { none: 'opens with a signed link that a letter brings' } as const;
const isOfService = /^service\/([0-9a-f-]{36})$/;
const actionOf = ({ partnership, token }: z.infer<typeof params>) => `/${partnership}/verify/${token}`;
const closed = { page: { ...closedLinkPage(), status: 409 as const } };

interface Opened {
  readonly kept: Kept;
  readonly partnership: string;
}

/** The entry that a link opens now, in the partnership of its address and no other. */
async function look(
  work: ReadWork<'identity'>,
  token: string,
  visitor: Visitor,
  links: Links,
  moment: Date,
): Promise<Opened | undefined> {
  const claim = links.read(token, verifyPurpose, moment);
  if (typeof claim === 'string' || claim.partnership !== visitor.partnership?.id) return undefined;
  return readInPartnership(work, claim.partnership, async (bound) => {
    const opens = await lookAtLink(bound, claim);
    const id = typeof opens === 'string' ? undefined : isOfService.exec(opens.subject)?.[1];
    if (id === undefined) return undefined;
    const kept = await getService(bound, id);
    return kept.state === 'withdrawn' ? undefined : { kept, partnership: claim.partnership };
  });
}

/** The same for a change, in the name of nobody in particular: the audit says `public`, the version says `provider`. */
async function enter(
  work: Work<'identity'>,
  token: string,
  visitor: Visitor,
  links: Links,
  moment: Date,
): Promise<{ readonly bound: Work<'directory' | 'partnership'>; readonly kept: Kept } | undefined> {
  const claim = links.read(token, verifyPurpose, moment);
  if (typeof claim === 'string' || claim.partnership !== visitor.partnership?.id) return undefined;
  const bound = await goOnAs(work, { person: 'public', partnership: claim.partnership });
  const opens = await takeLink(bound, claim);
  const id = typeof opens === 'string' ? undefined : isOfService.exec(opens.subject)?.[1];
  if (id === undefined) return undefined;
  const kept = await holdService(bound, id);
  return kept.state === 'withdrawn' ? undefined : { bound, kept };
}

const formOf = (
  { kept }: Pick<Opened, 'kept'>,
  visitor: Visitor,
  action: string,
  typed?: Typed,
  errors?: Readonly<Record<string, string>>,
): Page =>
  providerPage({
    name: kept.name,
    partnership: visitor.partnership?.name ?? '',
    action,
    typed: typed ?? { ...proposalOf(kept.document), note: '' },
    ...(errors !== undefined && { errors }),
  });

/** A provider answers for an entry, without an account. */
export const verifyRoutes: readonly Route[] = [
  get({
    path: '/:partnership/verify/:token',
    about: 'Look whether an entry of the directory is right (by signed link)',
    access: 'public',
    door: 'identity',
    audit: { none: 'shows an entry to whoever holds its link' },
    params,
    example: () => none,
    async handle({ work, params: given, visitor, equipment, moment }) {
      const opened = await look(work, given.token, visitor, equipment.links, moment);
      return { page: opened === undefined ? closedLinkPage() : formOf(opened, visitor, actionOf(given)) };
    },
  }),
  post({
    path: '/:partnership/verify/:token/right',
    about: 'Say that an entry of the directory is right (by signed link)',
    access: 'public',
    door: 'identity',
    audit: 'SERVICE_CONFIRMED',
    params,
    body: z.object({}),
    example: () => none,
    async handle({ work, params: given, visitor, equipment, moment, today }) {
      const entered = await enter(work, given.token, visitor, equipment.links, moment);
      if (entered === undefined) return closed;
      await confirmService(entered.bound, entered.kept.id, today, moment);
      return { seeOther: `/${given.partnership}/verified/right`, subject: `service/${entered.kept.id}` };
    },
    invalid: ({ params: given }) => ({ seeOther: actionOf(given) }),
  }),
  post({
    path: '/:partnership/verify/:token',
    about: 'Propose a change of an entry of the directory (by signed link)',
    access: 'public',
    door: 'identity',
    audit: 'SERVICE_CHANGE_PROPOSED',
    params,
    body: proposalForm,
    example: () => none,
    async handle({ work, params: given, body: { note, ...typed }, visitor, equipment, moment }) {
      const entered = await enter(work, given.token, visitor, equipment.links, moment);
      if (entered === undefined) return closed;
      const { bound, kept } = entered;
      await proposeChange(bound, kept, withProposal(kept.document, kept.id, typed), note);
      return { seeOther: `/${given.partnership}/verified/sent`, subject: `service/${kept.id}` };
    },
    async invalid({ work, params: given, visitor, equipment, moment, typed, errors }) {
      const opened = await look(work, given.token, visitor, equipment.links, moment);
      return {
        page: opened === undefined ? closedLinkPage() : formOf(opened, visitor, actionOf(given), typed, errors),
      };
    },
  }),
  get({
    path: '/:partnership/verified/:what',
    about: 'What becomes of a provider’s answer',
    access: 'public',
    audit: { none: 'public: says thank you' },
    params: partnershipParams.extend({ what: z.enum(['right', 'sent']) }),
    example: ({ partnership }) => ({ params: { partnership, what: 'sent' } }),
    handle: ({ params: { what } }) => ({ page: providerDonePage(what === 'right' ? 'confirmed' : 'proposed') }),
  }),
];
