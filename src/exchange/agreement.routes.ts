import { z } from 'zod';
import { roles, type IsoDate } from '../duty/index.ts';
import { withQuery } from '../govuk/index.ts';
import { historyOf, versionOf } from '../partnership/index.store.ts';
import { reading, type ReadWork } from '../platform/database/work.ts';
import { csvOf } from '../platform/files/csv.ts';
import {
  again,
  changedMeanwhile,
  typedAgain,
  type Differing,
  type Errors,
  type Typed,
} from '../platform/http/form.page.tsx';
import { partnershipParams, recordParams, rowsOf } from '../platform/http/rows.ts';
import { notFound, type Page, type Refused, type Route, type Visitor } from '../platform/http/route.ts';
import { agreementForm, agreementWanted, changeAgreementForm, endAgreementForm, whyNoEnd } from './agreement-form.ts';
import {
  addAgreementPage,
  changeAgreementPage,
  endAgreementPage,
  renewAgreementPage,
  typedOfAgreement,
} from './agreement-form.page.tsx';
import { agreementCells, agreementColumns, differingOfAgreement, fieldsThatDiffer } from './agreement-rows.ts';
import { agreementWords } from './agreement-words.ts';
import { agreementPage, agreementsHref } from './agreement.page.tsx';
import {
  addAgreement,
  agreementOrders,
  changeAgreement,
  endAgreement,
  followersOf,
  getAgreement,
  holdAgreement,
  listAgreements,
  partyChoices,
} from './agreement.store.ts';
import { agreementStates, canRenew, stateOn } from './agreement.ts';
import { agreementsPage, agreementsPerPage } from './agreements.page.tsx';
import { sourceNames } from './source.ts';

const { get, post } = rowsOf<'exchange' | 'partnership' | 'platform'>();
type Reads = ReadWork<'exchange' | 'partnership' | 'platform'>;

const writers = ['administrator', 'coordinator', 'analyst'] as const;
const seen = { anyOf: roles } as const;
const written = { anyOf: writers } as const;
const openToAll = { none: 'which organisations agreed to share what is open to everybody in the partnership' } as const;
const mayWrite = (visitor: Visitor) => writers.some((role) => visitor.roles.includes(role));
const mostRows = 20_000;

const hasEnded: Refused = {
  refused: 'conflict',
  sentence: 'This agreement has ended already. Its page says when and why.',
};
const isRenewed: Refused = {
  refused: 'conflict',
  sentence:
    'This agreement cannot be renewed: it is a draft, names no end, or was renewed already. Its page says which.',
};

/** An empty field of a filter is no filter. */
const empty = (text: string | undefined) => (text === '' ? undefined : text);
const listQuery = z.object({
  words: z.string().trim().max(200).optional().transform(empty),
  state: z.enum(['current', 'all', ...agreementStates]).default('current'),
  source: z
    .enum(['', ...sourceNames])
    .optional()
    .transform((source) => (source === '' ? undefined : source)),
  sort: z.enum(agreementOrders).default('title'),
  order: z.enum(['ascending', 'descending']).default('ascending'),
  page: z.coerce.number().int().min(1).max(100_000).default(1),
});
type ListQuery = z.infer<typeof listQuery>;

/** The query of the list as text, without what is as usual. */
const queryOf = ({ words, state, source, sort, order }: ListQuery) => ({
  words,
  state: state === 'current' ? undefined : state,
  source,
  sort: sort === 'title' ? undefined : sort,
  order: order === 'ascending' ? undefined : order,
});

const listed = (work: Reads, today: IsoDate, query: ListQuery, limit: number) =>
  listAgreements(
    work,
    today,
    query,
    { by: query.sort, descending: query.order === 'descending' },
    { limit, offset: (query.page - 1) * limit },
  );

const organisationIds = async (work: Reads): Promise<ReadonlySet<string>> =>
  new Set((await partyChoices(work)).map(({ id }) => id));

async function changePage(
  work: Reads,
  slug: string,
  id: string,
  given: {
    readonly typed?: Typed | undefined;
    readonly errors?: Errors | undefined;
    readonly differing?: readonly Differing[];
  } = {},
): Promise<Page> {
  // What was typed on an old form is looked at beside what is kept now, and may then take its place.
  const version = await versionOf(work, id);
  return changeAgreementPage(slug, await getAgreement(work, id), await partyChoices(work), { ...given, version });
}

const example = {
  title: 'Ambulance calls to assaults from June',
  purpose: 'To find the places and hours in which people are hurt.',
  level: 'counts',
  gateway: 'cda-115',
  marking: 'official',
  sources: 'ambulance',
};

export const agreementRoutes: readonly Route[] = [
  get({
    path: '/:partnership/agreements',
    about: 'Agreements to share data: between whom, for what, until when',
    access: seen,
    audit: openToAll,
    params: partnershipParams,
    query: listQuery,
    navigation: { text: 'Agreements', order: 20 },
    example: ({ partnership }) => ({ params: { partnership } }),
    async handle({ work, params, query, today, visitor }) {
      const { agreements, count } = await listed(work, today, query, agreementsPerPage);
      if (count === 0 && query.page > 1) return notFound;
      return {
        page: agreementsPage({
          slug: params.partnership,
          agreements,
          count,
          filter: query,
          order: { by: query.sort, descending: query.order === 'descending' },
          page: query.page,
          href: withQuery(agreementsHref(params.partnership), queryOf(query)),
          day: today,
          mayWrite: mayWrite(visitor),
        }),
      };
    },
  }),
  get({
    path: '/:partnership/agreements/export.csv',
    about: 'Agreements to share data as a file',
    access: seen,
    audit: openToAll,
    params: partnershipParams,
    query: listQuery,
    example: ({ partnership }) => ({ params: { partnership } }),
    async handle({ work, params, query, today }) {
      const { agreements } = await listed(work, today, { ...query, page: 1 }, mostRows);
      return {
        file: {
          name: `agreements-${params.partnership}.csv`,
          type: 'text/csv; charset=utf-8',
          body: csvOf(
            agreementColumns,
            agreements.map((agreement) => agreementCells(agreement, today)),
          ),
        },
      };
    },
  }),
  get({
    path: '/:partnership/agreements/new',
    about: 'Add an agreement to share data',
    access: written,
    audit: { none: 'shows an empty form' },
    params: partnershipParams,
    example: ({ partnership }) => ({ params: { partnership } }),
    handle: async ({ work, params }) => ({ page: addAgreementPage(params.partnership, await partyChoices(work)) }),
  }),
  post({
    path: '/:partnership/agreements/new',
    about: 'Add an agreement to share data',
    access: written,
    audit: 'AGREEMENT_ADDED',
    params: partnershipParams,
    body: agreementForm,
    example: ({ partnership, idOf }) => ({
      params: { partnership },
      body: { ...example, sender: idOf('police'), receiver: idOf('organisation') },
    }),
    async handle({ work, params, body }) {
      const slug = params.partnership;
      const read = agreementWanted(body, await organisationIds(reading(work)));
      if ('errors' in read) {
        const given = { typed: typedAgain(body), errors: read.errors };
        return again(addAgreementPage(slug, await partyChoices(reading(work)), given));
      }
      const id = await addAgreement(work, read.wanted);
      return { seeOther: `${agreementsHref(slug)}/${id}`, subject: `agreement/${id}`, fields: Object.keys(body) };
    },
    invalid: async ({ work, params, errors, typed }) => ({
      page: addAgreementPage(params.partnership, await partyChoices(work), { typed, errors }),
    }),
  }),
  get({
    path: '/:partnership/agreements/:id',
    about: 'One agreement: its parties, purpose, power, data, term and history',
    access: seen,
    audit: openToAll,
    params: recordParams,
    example: ({ partnership, idOf }) => ({ params: { partnership, id: idOf('agreement') } }),
    async handle({ work, params: { partnership, id }, today, visitor }) {
      const agreement = await getAgreement(work, id);
      return {
        page: agreementPage({
          slug: partnership,
          agreement,
          before: agreement.follows === null ? undefined : await getAgreement(work, agreement.follows),
          followers: await followersOf(work, id),
          day: today,
          changes: await historyOf(work, id, agreementWords),
          mayWrite: mayWrite(visitor),
        }),
      };
    },
  }),
  get({
    path: '/:partnership/agreements/:id/change',
    about: 'Change an agreement, or say when it was signed',
    access: written,
    audit: openToAll,
    params: recordParams,
    example: ({ partnership, idOf }) => ({ params: { partnership, id: idOf('agreement') } }),
    handle: async ({ work, params }) => ({ page: await changePage(work, params.partnership, params.id) }),
  }),
  post({
    path: '/:partnership/agreements/:id/change',
    about: 'Change an agreement, or say when it was signed',
    access: written,
    audit: 'AGREEMENT_CHANGED',
    params: recordParams,
    body: changeAgreementForm,
    example: ({ partnership, idOf }) => ({
      params: { partnership, id: idOf('agreement-draft') },
      body: { ...example, sender: idOf('police'), receiver: idOf('organisation') },
    }),
    async handle({ work, params: { partnership: slug, id }, body }) {
      await holdAgreement(work, id);
      const before = await getAgreement(reading(work), id);
      const typed = typedAgain(body);
      if (body.version !== '' && body.version !== (await versionOf(reading(work), id))) {
        const differing = differingOfAgreement(typedOfAgreement(before), typed, await partyChoices(reading(work)));
        const errors = { '': changedMeanwhile };
        return again(await changePage(reading(work), slug, id, { typed, errors, differing }), 409);
      }
      const read = agreementWanted(body, await organisationIds(reading(work)));
      if ('errors' in read) return again(await changePage(reading(work), slug, id, { typed, errors: read.errors }));
      await changeAgreement(work, id, read.wanted);
      return {
        seeOther: `${agreementsHref(slug)}/${id}`,
        subject: `agreement/${id}`,
        fields: fieldsThatDiffer(typedOfAgreement(before), typedOfAgreement(read.wanted)),
      };
    },
    invalid: async ({ work, params, errors, typed }) => ({
      page: await changePage(work, params.partnership, params.id, { typed, errors }),
    }),
  }),
  get({
    path: '/:partnership/agreements/:id/end',
    about: 'End an agreement early',
    access: written,
    audit: openToAll,
    params: recordParams,
    example: ({ partnership, idOf }) => ({ params: { partnership, id: idOf('agreement') } }),
    async handle({ work, params, today }) {
      const agreement = await getAgreement(work, params.id);
      if (stateOn(agreement, today) === 'ended') return hasEnded;
      return { page: endAgreementPage(params.partnership, agreement, today) };
    },
  }),
  post({
    path: '/:partnership/agreements/:id/end',
    about: 'End an agreement early',
    access: written,
    audit: 'AGREEMENT_ENDED',
    params: recordParams,
    body: endAgreementForm,
    example: ({ partnership, idOf }) => ({
      params: { partnership, id: idOf('agreement-to-end') },
      body: { endedOn: '31 May 2026', because: 'The service moved to another provider.' },
    }),
    async handle({ work, params: { partnership: slug, id }, body, today }) {
      await holdAgreement(work, id);
      const agreement = await getAgreement(reading(work), id);
      if (stateOn(agreement, today) === 'ended') return hasEnded;
      const endedOn = body.endedOn?.latest ?? null;
      const why = whyNoEnd(agreement, endedOn);
      if (endedOn === null || why !== undefined)
        return again(
          endAgreementPage(slug, agreement, today, { typed: typedAgain(body), errors: { endedOn: why ?? '' } }),
        );
      await endAgreement(work, id, endedOn, body.because);
      return {
        seeOther: `${agreementsHref(slug)}/${id}`,
        subject: `agreement/${id}`,
        fields: ['ended_on', 'ended_because'],
      };
    },
    invalid: async ({ work, params, today, errors, typed }) => ({
      page: endAgreementPage(params.partnership, await getAgreement(work, params.id), today, { typed, errors }),
    }),
  }),
  get({
    path: '/:partnership/agreements/:id/renew',
    about: 'Renew an agreement by one that follows on',
    access: written,
    audit: openToAll,
    params: recordParams,
    example: ({ partnership, idOf }) => ({ params: { partnership, id: idOf('agreement-ending') } }),
    async handle({ work, params: { partnership, id } }) {
      const agreement = await getAgreement(work, id);
      if (!canRenew(agreement, await followersOf(work, id))) return isRenewed;
      return { page: renewAgreementPage(partnership, agreement, await partyChoices(work)) };
    },
  }),
  post({
    path: '/:partnership/agreements/:id/renew',
    about: 'Renew an agreement by one that follows on',
    access: written,
    audit: 'AGREEMENT_ADDED',
    params: recordParams,
    body: agreementForm,
    example: ({ partnership, idOf }) => ({
      params: { partnership, id: idOf('agreement-ending') },
      body: { ...example, sender: idOf('police'), receiver: idOf('organisation') },
    }),
    async handle({ work, params: { partnership: slug, id }, body }) {
      await holdAgreement(work, id);
      const before = await getAgreement(reading(work), id);
      if (!canRenew(before, await followersOf(reading(work), id))) return isRenewed;
      const read = agreementWanted(body, await organisationIds(reading(work)));
      if ('errors' in read) {
        const given = { typed: typedAgain(body), errors: read.errors };
        return again(renewAgreementPage(slug, before, await partyChoices(reading(work)), given));
      }
      const renewal = await addAgreement(work, { ...read.wanted, follows: id });
      return {
        seeOther: `${agreementsHref(slug)}/${renewal}`,
        subject: `agreement/${renewal}`,
        fields: [...Object.keys(body), 'follows'],
      };
    },
    invalid: async ({ work, params, errors, typed }) => ({
      page: renewAgreementPage(params.partnership, await getAgreement(work, params.id), await partyChoices(work), {
        typed,
        errors,
      }),
    }),
  }),
];
