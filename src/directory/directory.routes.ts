import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { roles, type IsoDate } from '../duty/index.ts';
import { withQuery } from '../govuk/index.ts';
import { isRefusal, toWgs84Degrees } from '../measures/index.ts';
import { reading, type ReadWork, type Work } from '../platform/database/work.ts';
import { again, changedMeanwhile, typedAgain, type Errors, type Typed } from '../platform/http/form.page.tsx';
import { partnershipParams, rowsOf } from '../platform/http/rows.ts';
import { notFound, type Page, type Refused, type Route, type Visitor } from '../platform/http/route.ts';
import {
  directoryHref,
  directoryPage,
  directoryPerPage,
  gapsPage,
  importPage,
  proposalPage,
  servicePage,
  stateFilters,
} from './directory.page.tsx';
import { feedImport } from './feed-import.job.ts';
import { findPlace } from './feed.store.ts';
import { gapPage } from './gap.page.tsx';
import { changeGap, clearReport, getGap, listGaps } from './gap.store.ts';
import { changeGapForm } from './gap.ts';
import { importServices } from './import.store.ts';
import { readFeed } from './import.ts';
import { needReaders } from './need-beside.ts';
import { placeKey } from './place.store.ts';
import { noPrevention, visibilities } from './prevention.ts';
import { askProvider, decideProposal, getProposal, openProviderLink, proposalsOf } from './proposal.store.ts';
import { findReferralSwitch } from './referral.store.ts';
import { referrers } from './referral.ts';
import { directoryReminders } from './remind.job.ts';
import { serviceFormPage } from './service-form.page.tsx';
import { readService, serviceForm, typedOfService, verifyByOf, type Point, type ServiceTyped } from './service-form.ts';
import {
  getService,
  holdService,
  keepServices,
  listServices,
  namesOf,
  organisationChoices,
  versionsOf,
  type Kept,
} from './service.store.ts';

const { get, post } = rowsOf<'directory' | 'partnership' | 'platform' | 'published'>();
type Reads = ReadWork<'directory' | 'partnership' | 'platform' | 'published'>;

const writers = ['administrator', 'coordinator', 'prevention-lead'] as const;
const seen = { anyOf: roles } as const;
const written = { anyOf: writers } as const;
const mayWrite = (visitor: Visitor): boolean => writers.some((role) => visitor.roles.includes(role));
const openInside = {
  none: 'the directory is open to everybody in the partnership, but for confidential entries',
} as const;

const id = z.guid().transform((value) => value.toLowerCase());
const idParams = partnershipParams.extend({ id });
const empty = (value: unknown) => (value === '' ? undefined : value);
const listQuery = z.object({
  words: z.preprocess(empty, z.string().trim().max(200).optional()),
  state: z.enum(Object.keys(stateFilters) as [keyof typeof stateFilters]).default('all'),
  visibility: z.preprocess(empty, z.enum(visibilities).optional()),
  page: z.coerce.number().int().min(1).max(100_000).default(1),
});

const nobodyAnswers: Refused = {
  refused: 'conflict',
  sentence: 'Nobody answers for this entry yet. Change it and enter the address of a team box, then ask.',
};
const decidedAlready: Refused = { refused: 'conflict', sentence: 'Somebody has decided about this change already.' };
const noSuchVersion: Refused = { refused: 'conflict', sentence: 'This version is not there any more.' };

/** Confidential entries are there for those who keep the directory only. */
const isFor = (visitor: Visitor, kept: Pick<Kept, 'visibility'>) =>
  kept.visibility !== 'confidential' || mayWrite(visitor);

const blank = typedOfService({}, noPrevention, {
  organisation: '',
  verifier: '',
  visibility: 'public',
  state: 'live',
  version: '',
});
const typedOf = (kept: Kept): ServiceTyped =>
  typedOfService(kept.document, kept.prevention, {
    organisation: kept.organisationId ?? '',
    verifier: kept.verifier ?? '',
    visibility: kept.visibility,
    state: kept.state,
    version: String(kept.version),
  });

async function pointOf(work: Reads, postcode: string): Promise<Point | undefined> {
  const place = postcode === '' ? undefined : await findPlace(work, placeKey(postcode));
  if (place === undefined) return undefined;
  const degrees = toWgs84Degrees([place.easting], [place.northing]);
  if (isRefusal(degrees)) return undefined;
  return {
    latitude: Number((degrees.latitudes[0] ?? 0).toFixed(6)),
    longitude: Number((degrees.longitudes[0] ?? 0).toFixed(6)),
  };
}

async function formFor(
  work: Reads,
  slug: string,
  of: string | undefined,
  typed: Typed,
  given: { readonly errors?: Errors; readonly version?: string } = {},
): Promise<Page> {
  return serviceFormPage({ slug, id: of, organisations: await organisationChoices(work), typed, ...given });
}

const example = {
  name: 'Evening football',
  description: 'Football and a talk after it.',
  status: 'active',
  provider: 'Harbour Youth Trust',
  visibility: 'public',
  state: 'live',
  tier: 'primary',
  verifier: 'team@harbour.example',
};

async function keepTyped(
  work: Work<'directory' | 'partnership' | 'published'>,
  kept: Kept | undefined,
  serviceId: string,
  typed: ServiceTyped,
  { by, moment, today }: { readonly by: string; readonly moment: Date; readonly today: IsoDate },
): Promise<Errors | undefined> {
  const before = kept ?? { document: { id: serviceId }, prevention: noPrevention };
  const point = await pointOf(reading(work) as Reads, typed.postcode);
  const read = readService(before, serviceId, typed, point, today);
  if ('errors' in read) return read.errors;
  await keepServices(
    work,
    [
      {
        id: serviceId,
        ...read,
        visibility: typed.visibility,
        state: typed.state,
        verifier: typed.verifier === '' ? null : typed.verifier,
        // Whoever enters it has just looked at it.
        verifiedOn: kept === undefined ? today : kept.verifiedOn,
        verifyBy: kept === undefined ? verifyByOf(today) : kept.verifyBy,
        organisationId: typed.organisation === '' ? null : typed.organisation,
        origin: kept?.origin ?? null,
      },
    ],
    { how: kept === undefined ? 'added' : typed.state === 'withdrawn' ? 'withdrawn' : 'changed', by, moment },
  );
  return undefined;
}

const mostBytes = 20_000_000;
const byOf = (visitor: Visitor): string => visitor.person?.id ?? 'system';

export const directoryRoutes: readonly Route[] = [
  get({
    path: '/:partnership/directory',
    about: 'Directory of services: what is there, and what has to be checked',
    access: seen,
    audit: openInside,
    params: partnershipParams,
    query: listQuery,
    navigation: { text: 'Directory', order: 24 },
    example: ({ partnership }) => ({ params: { partnership } }),
    async handle({ work, params, query, visitor, today }) {
      const { page, ...filter } = query;
      const { services, count } = await listServices(
        work,
        today,
        { ...filter, withConfidential: mayWrite(visitor) },
        { limit: directoryPerPage, offset: (page - 1) * directoryPerPage },
      );
      return {
        page: directoryPage({
          slug: params.partnership,
          services,
          count,
          filter: { ...filter, withConfidential: mayWrite(visitor) },
          page,
          href: withQuery(directoryHref(params.partnership), {
            words: filter.words,
            state: filter.state,
            visibility: filter.visibility,
          }),
          today,
          mayWrite: mayWrite(visitor),
          seesNeed: needReaders.some((role) => visitor.roles.includes(role)),
          seesReferrals: referrers.some((role) => visitor.roles.includes(role)),
        }),
      };
    },
  }),
  get({
    path: '/:partnership/directory/new',
    about: 'Add a service to the directory',
    access: written,
    audit: { none: 'shows an empty form' },
    params: partnershipParams,
    example: ({ partnership }) => ({ params: { partnership } }),
    handle: async ({ work, params }) => ({ page: await formFor(work, params.partnership, undefined, blank) }),
  }),
  post({
    path: '/:partnership/directory/new',
    about: 'Add a service to the directory',
    access: written,
    audit: 'SERVICE_ADDED',
    params: partnershipParams,
    body: serviceForm,
    example: ({ partnership }) => ({ params: { partnership }, body: example }),
    async handle({ work, params, body, visitor, moment, today }) {
      const serviceId = randomUUID();
      const errors = await keepTyped(work, undefined, serviceId, body, { by: byOf(visitor), moment, today });
      if (errors !== undefined)
        return again(await formFor(reading(work), params.partnership, undefined, typedAgain(body), { errors }));
      return { seeOther: `${directoryHref(params.partnership)}/${serviceId}`, subject: `service/${serviceId}` };
    },
    invalid: async ({ work, params, errors, typed }) => ({
      page: await formFor(work, params.partnership, undefined, typed, { errors }),
    }),
  }),
  get({
    path: '/:partnership/directory/import',
    about: 'Read services into the directory from a file',
    access: written,
    audit: { none: 'shows an empty form' },
    params: partnershipParams,
    example: ({ partnership }) => ({ params: { partnership } }),
    handle: ({ params }) => ({ page: importPage({ slug: params.partnership }) }),
  }),
  post({
    path: '/:partnership/directory/import',
    about: 'Read services into the directory from a file',
    access: written,
    audit: 'SERVICES_IMPORTED',
    params: partnershipParams,
    body: z.object({}),
    upload: { field: 'file', mostBytes, missing: 'Choose the file of services' },
    example: ({ partnership }) => ({
      params: { partnership },
      body: {},
      file: {
        name: 'services.json',
        type: 'application/json',
        bytes: new TextEncoder().encode(
          JSON.stringify({
            contents: [{ id: '0f000001-0000-4000-8000-00000000ffff', name: 'Chess', status: 'active' }],
          }),
        ),
      },
    }),
    async handle({ work, params, files: [file], visitor, moment, today }) {
      const slug = params.partnership;
      if (file === undefined) return again(importPage({ slug, error: 'Choose the file of services' }));
      const feed = readFeed([{ name: file.name, text: new TextDecoder().decode(file.bytes) }]);
      if ('fault' in feed) return again(importPage({ slug, error: feed.fault }));
      await importServices(work, feed.services, { origin: file.name, by: byOf(visitor), moment, today });
      return { seeOther: directoryHref(slug), subject: `partnership/${visitor.partnership?.id ?? ''}` };
    },
    invalid: ({ params, errors }) => ({
      page: importPage({ slug: params.partnership, error: errors['file'] ?? 'Choose the file of services' }),
    }),
  }),
  post({
    path: '/:partnership/directory/import/feed',
    about: 'Read services into the directory from the address of a feed',
    access: written,
    audit: 'FEED_IMPORT_ASKED',
    params: partnershipParams,
    body: z.object({
      address: z
        .url({ protocol: /^https?$/, error: 'Enter an address that begins with https://' })
        .max(500, 'Use at most 500 characters')
        .refine(
          (address) => !URL.canParse(address) || new URL(address).username + new URL(address).password === '',
          'Leave the name and the password out of the address: a feed for everybody needs none',
        ),
    }),
    example: ({ partnership }) => ({
      params: { partnership },
      body: { address: 'https://feed.invalid/oruk/services' },
    }),
    async handle({ work, params, body, visitor, equipment }) {
      const job = await equipment.jobs.ask(work, {
        definition: feedImport,
        payload: { address: body.address, by: byOf(visitor) },
        title: 'Read services from a feed',
        partnership: visitor.partnership?.id ?? '',
        askedBy: byOf(visitor),
      });
      return { seeOther: `/${params.partnership}/jobs/${job}`, subject: `job/${job}` };
    },
    invalid: ({ params, errors, typed }) => ({
      page: importPage({
        slug: params.partnership,
        address: typeof typed['address'] === 'string' ? typed['address'] : '',
        addressError: errors['address'] ?? 'Enter the address of a feed',
      }),
    }),
  }),
  post({
    path: '/:partnership/directory/reminders',
    about: 'Write to the providers whose entries are due to be checked',
    access: written,
    audit: 'PROVIDERS_ASKED',
    params: partnershipParams,
    body: z.object({}),
    example: ({ partnership }) => ({ params: { partnership }, body: {} }),
    async handle({ work, params, visitor, equipment }) {
      const job = await equipment.jobs.ask(work, {
        definition: directoryReminders,
        payload: {},
        title: 'Ask providers whether their entries are right',
        partnership: visitor.partnership?.id ?? '',
        askedBy: byOf(visitor),
      });
      return { seeOther: `/${params.partnership}/jobs/${job}`, subject: `job/${job}` };
    },
    invalid: () => notFound,
  }),
  get({
    path: '/:partnership/directory/gaps',
    about: 'Gaps in services that people put on record',
    access: seen,
    audit: openInside,
    params: partnershipParams,
    example: ({ partnership }) => ({ params: { partnership } }),
    handle: async ({ work, params }) => ({
      page: gapsPage({ slug: params.partnership, gaps: await listGaps(work) }),
    }),
  }),
  get({
    path: '/:partnership/directory/gaps/:id',
    about: 'One gap: what people saw, who looks after it',
    access: seen,
    audit: openInside,
    params: idParams,
    example: ({ partnership, idOf }) => ({ params: { partnership, id: idOf('gap') } }),
    handle: async ({ work, params, visitor }) => ({
      page: gapPage({ slug: params.partnership, gap: await getGap(work, params.id), mayWrite: mayWrite(visitor) }),
    }),
  }),
  post({
    path: '/:partnership/directory/gaps/:id',
    about: 'Give a gap a state and an owner',
    access: written,
    audit: 'GAP_CHANGED',
    params: idParams,
    body: changeGapForm,
    example: ({ partnership, idOf }) => ({
      params: { partnership, id: idOf('gap') },
      body: { state: 'being-looked-at', owner: 'Head of youth services' },
    }),
    async handle({ work, params, body }) {
      await changeGap(work, params.id, body);
      return {
        seeOther: `${directoryHref(params.partnership)}/gaps`,
        subject: `gap/${params.id}`,
        fields: Object.keys(body),
      };
    },
    invalid: async ({ work, params, errors, typed }) => ({
      page: gapPage({ slug: params.partnership, gap: await getGap(work, params.id), typed, errors, mayWrite: true }),
    }),
  }),
  post({
    path: '/:partnership/directory/gaps/:id/clear',
    about: 'Take the words out of a report of a gap',
    access: written,
    audit: 'GAP_REPORT_CLEARED',
    params: idParams,
    body: z.object({ report: z.uuid() }),
    example: ({ partnership, idOf }) => ({
      params: { partnership, id: idOf('gap') },
      body: { report: idOf('gap-report') },
    }),
    async handle({ work, params, body }) {
      await clearReport(work, params.id, body.report);
      return { seeOther: `${directoryHref(params.partnership)}/gaps/${params.id}`, subject: `gap/${params.id}` };
    },
    invalid: () => notFound,
  }),
  get({
    path: '/:partnership/directory/proposals/:id',
    about: 'What a provider changed, beside the entry',
    access: written,
    audit: 'SERVICE_CHANGE_SEEN',
    params: idParams,
    example: ({ partnership, idOf }) => ({ params: { partnership, id: idOf('proposal') } }),
    async handle({ work, params }) {
      const proposal = await getProposal(work, params.id);
      const kept = await getService(work, proposal.serviceId);
      return {
        page: proposalPage({ slug: params.partnership, kept, proposal }),
        subject: `service/${kept.id}`,
      };
    },
  }),
  post({
    path: '/:partnership/directory/proposals/:id',
    about: 'Accept what a provider changed, or leave the entry as it is',
    access: written,
    audit: 'SERVICE_CHANGE_DECIDED',
    params: idParams,
    body: z.object({ decision: z.enum(['accepted', 'refused']) }),
    example: ({ partnership, idOf }) => ({
      params: { partnership, id: idOf('proposal') },
      body: { decision: 'accepted' },
    }),
    async handle({ work, params, body, visitor, moment, today }) {
      const { serviceId } = await getProposal(reading(work), params.id);
      const done = await decideProposal(work, params.id, body.decision, { by: byOf(visitor), today, moment });
      if (!done) return decidedAlready;
      return { seeOther: `${directoryHref(params.partnership)}/${serviceId}`, subject: `service/${serviceId}` };
    },
    invalid: () => notFound,
  }),
  get({
    path: '/:partnership/directory/:id',
    about: 'One entry of the directory, with its history',
    access: seen,
    audit: 'SERVICE_SEEN',
    params: idParams,
    example: ({ partnership, idOf }) => ({ params: { partnership, id: idOf('service') } }),
    async handle({ work, params, visitor, today, moment, equipment }) {
      const kept = await getService(work, params.id);
      if (!isFor(visitor, kept)) return notFound;
      const versions = await versionsOf(work, params.id);
      return {
        page: servicePage({
          slug: params.partnership,
          kept,
          versions,
          proposals: mayWrite(visitor) ? await proposalsOf(work, params.id) : [],
          names: await namesOf(
            work,
            versions.map(({ by }) => by),
          ),
          today,
          mayWrite: mayWrite(visitor),
          mayRefer:
            kept.state === 'live' &&
            kept.organisationId !== null &&
            referrers.some((role) => visitor.roles.includes(role)) &&
            ((await findReferralSwitch(work))?.isOn ?? false),
          handOver:
            mayWrite(visitor) && !equipment.sendsMail
              ? await openProviderLink(work, equipment, params.partnership, params.id, moment)
              : undefined,
        }),
        subject: `service/${params.id}`,
      };
    },
  }),
  get({
    path: '/:partnership/directory/:id/change',
    about: 'Change an entry of the directory',
    access: written,
    audit: 'SERVICE_SEEN',
    params: idParams,
    example: ({ partnership, idOf }) => ({ params: { partnership, id: idOf('service') } }),
    async handle({ work, params }) {
      const kept = await getService(work, params.id);
      return {
        page: await formFor(work, params.partnership, kept.id, typedOf(kept), { version: String(kept.version) }),
        subject: `service/${params.id}`,
      };
    },
  }),
  post({
    path: '/:partnership/directory/:id/change',
    about: 'Change an entry of the directory',
    access: written,
    audit: 'SERVICE_CHANGED',
    params: idParams,
    body: serviceForm,
    example: ({ partnership, idOf }) => ({ params: { partnership, id: idOf('service') }, body: example }),
    async handle({ work, params, body, visitor, moment, today }) {
      const slug = params.partnership;
      const kept = await holdService(work, params.id);
      const version = String(kept.version);
      const showAgain = async (errors: Errors, status?: 409) =>
        again(await formFor(reading(work), slug, kept.id, typedAgain(body), { errors, version }), status);
      if (body.version !== '' && body.version !== version) return showAgain({ '': changedMeanwhile }, 409);
      const errors = await keepTyped(work, kept, kept.id, body, { by: byOf(visitor), moment, today });
      if (errors !== undefined) return showAgain(errors);
      const was = typedOf(kept);
      return {
        seeOther: `${directoryHref(slug)}/${kept.id}`,
        subject: `service/${kept.id}`,
        fields: (Object.keys(was) as (keyof ServiceTyped)[]).filter(
          (field) => field !== 'version' && JSON.stringify(was[field]) !== JSON.stringify(body[field]),
        ),
      };
    },
    async invalid({ work, params, errors, typed }) {
      const { version } = await getService(work, params.id);
      return { page: await formFor(work, params.partnership, params.id, typed, { errors, version: String(version) }) };
    },
  }),
  post({
    path: '/:partnership/directory/:id/verify',
    about: 'Say that an entry of the directory was checked today',
    access: written,
    audit: 'SERVICE_VERIFIED',
    params: idParams,
    body: z.object({}),
    example: ({ partnership, idOf }) => ({ params: { partnership, id: idOf('service-stale') }, body: {} }),
    async handle({ work, params, visitor, moment, today }) {
      const kept = await holdService(work, params.id);
      await keepServices(work, [{ ...kept, verifiedOn: today, verifyBy: verifyByOf(today) }], {
        how: 'verified',
        by: byOf(visitor),
        moment,
      });
      return { seeOther: `${directoryHref(params.partnership)}/${kept.id}`, subject: `service/${kept.id}` };
    },
    invalid: () => notFound,
  }),
  post({
    path: '/:partnership/directory/:id/ask',
    about: 'Ask the provider whether an entry is right, by a letter with a signed link',
    access: written,
    audit: 'PROVIDER_ASKED',
    params: idParams,
    body: z.object({}),
    example: ({ partnership, idOf }) => ({ params: { partnership, id: idOf('service') }, body: {} }),
    async handle({ work, params, visitor, equipment, moment, today }) {
      const { id: partnershipId = '', name = '' } = visitor.partnership ?? {};
      const path = await askProvider(
        work,
        params.id,
        {
          partnership: { id: partnershipId, slug: params.partnership, name },
          links: equipment.links,
          origin: equipment.origin,
          moment,
        },
        today,
      );
      if (path === undefined) return nobodyAnswers;
      return { seeOther: `${directoryHref(params.partnership)}/${params.id}`, subject: `service/${params.id}` };
    },
    invalid: () => notFound,
  }),
  post({
    path: '/:partnership/directory/:id/undo',
    about: 'Bring back an earlier version of an entry',
    access: written,
    audit: 'SERVICE_BROUGHT_BACK',
    params: idParams,
    body: z.object({ version: z.coerce.number().int().min(1).max(1_000_000) }),
    example: ({ partnership, idOf }) => ({ params: { partnership, id: idOf('service') }, body: { version: '1' } }),
    async handle({ work, params, body, visitor, moment }) {
      const kept = await holdService(work, params.id);
      const version = (await versionsOf(reading(work), params.id, 1_000)).find((each) => each.version === body.version);
      if (version === undefined) return noSuchVersion;
      // Who may see it is not brought back: an entry that was hidden since stays hidden.
      await keepServices(work, [{ ...kept, document: version.document, prevention: version.prevention }], {
        how: 'undone',
        by: byOf(visitor),
        moment,
      });
      return { seeOther: `${directoryHref(params.partnership)}/${kept.id}`, subject: `service/${kept.id}` };
    },
    invalid: () => notFound,
  }),
];
