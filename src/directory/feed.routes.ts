import { z } from 'zod';
import type { ReadWork } from '../platform/database/work.ts';
import { partnershipParams, rowsOf } from '../platform/http/rows.ts';
import {
  notFound,
  type Download,
  type Example,
  type Refused,
  type Route,
  type Visitor,
  type World,
} from '../platform/http/route.ts';
import { feedOpenApi } from './feed-openapi.ts';
import {
  envelopeOf,
  envelopeText,
  feedId,
  organizationQuery,
  organizationsQuery,
  placesQuery,
  servicesQuery,
  sliceOf,
  taxonomiesQuery,
  termsQuery,
  type PageAsked,
} from './feed-query.ts';
import {
  findMinimalServices,
  findPlace,
  findProvider,
  findProviders,
  findPublishedPlace,
  findPublishedPlaces,
  findPublishedService,
  findPublishedServices,
  findTaxonomies,
  findTaxonomy,
  findTerm,
  findTerms,
  placesAfter,
  servicesAfter,
  type Found,
  type FoundText,
  type PlaceQuery,
  type Scope,
  type ServiceQuery,
  type Slice,
} from './feed.store.ts';
import type { StandardObject } from './standard.ts';

const { get } = rowsOf<'published'>();
type Reads = ReadWork<'published'>;

const audit = { none: 'open data: what everybody may read' } as const;
const answers = z.looseObject({});
const scopeOf = (visitor: Visitor): Scope =>
  visitor.partnership === undefined ? 'installation' : { partnership: visitor.partnership.id };

const serviceQueryOf = (query: z.infer<typeof servicesQuery> | z.infer<typeof placesQuery>): ServiceQuery => ({
  search: query.search,
  taxonomyTermId: query.taxonomy_term_id,
  taxonomyId: query.taxonomy_id,
  organizationId: query.organization_id,
  modifiedAfter: query.modified_after,
  minimumAge: query.minimum_age,
  maximumAge: query.maximum_age,
  age: query.age,
  day: query.day,
  startTime: query.start_time,
  endTime: query.end_time,
});

const perPart = 200;
const lines = (values: readonly unknown[]) => values.map((value) => `${JSON.stringify(value)}\n`).join('');

/** A list as one object a line, read some at a time: as long as it may be, never in memory as a whole. */
const byIds = (
  next: (
    work: Reads,
    after: string | undefined,
  ) => Promise<readonly { readonly id: string; readonly value: StandardObject }[]>,
): { readonly download: Download } => ({
  download: {
    name: 'services.ndjson',
    type: 'application/x-ndjson; charset=utf-8',
    async part(work, after) {
      const rows = await next(work, after);
      return {
        text: lines(rows.map(({ value }) => value)),
        next: rows.length === perPart ? rows.at(-1)?.id : undefined,
      };
    },
  },
});
/** The same for lists that are paged by place. */
const byPages = (find: (work: Reads, slice: Slice) => Promise<Found>): { readonly download: Download } => ({
  download: {
    name: 'list.ndjson',
    type: 'application/x-ndjson; charset=utf-8',
    async part(work, after) {
      const offset = Number(after ?? 0);
      const { contents } = await find(work, { limit: perPart, offset });
      return { text: lines(contents), next: contents.length === perPart ? String(offset + perPart) : undefined };
    },
  },
});

const pageOf = async (query: PageAsked, find: (slice: Slice) => Promise<Found>) => {
  const slice = sliceOf(query);
  return { json: envelopeOf(await find(slice), query.page, slice.limit) };
};
const textPageOf = async (query: PageAsked, find: (slice: Slice) => Promise<FoundText>) => {
  const slice = sliceOf(query);
  return { jsonText: envelopeText(await find(slice), query.page, slice.limit) };
};
const listOf = async (
  work: Reads,
  query: PageAsked & { readonly format: 'json' | 'ndjson' },
  find: (work: Reads, slice: Slice) => Promise<Found>,
) => (query.format === 'ndjson' ? byPages(find) : pageOf(query, (slice) => find(work, slice)));
const oneOf = (found: StandardObject | undefined): { readonly json: unknown } | Refused =>
  found === undefined ? notFound : { json: found };

const unknownPostcode: Refused = {
  refused: 'not-found',
  sentence: 'This postcode is not in the table of postcodes that this installation has loaded.',
};

/** The eleven paths of HSDS-UK 3.0 under one base: of the installation, or of one partnership. */
function feedRows(base: '' | '/:partnership'): readonly Route[] {
  const params = base === '' ? z.object({}) : partnershipParams;
  const withId = params.extend({ id: feedId });
  const whose = base === '' ? 'of the installation' : 'of a partnership';
  const example =
    (kind?: string, query?: Readonly<Record<string, string>>) =>
    ({ partnership, idOf }: World): Example => ({
      params: { ...(base !== '' && { partnership }), ...(kind !== undefined && { id: idOf(kind) }) },
      ...(query !== undefined && { query }),
    });
  const common = { access: 'public', audit, answers, openFeed: true } as const;
  const root = {
    ...common,
    about: `Open Referral UK feed ${whose}: its version`,
    params,
    example: example(),
    handle: ({
      visitor,
      equipment,
    }: {
      readonly visitor: Visitor;
      readonly equipment: { readonly origin: string };
    }) => {
      const at = visitor.partnership === undefined ? '' : `/${visitor.partnership.slug}`;
      return {
        json: {
          version: 'HSDS-UK-3.0',
          profile: 'https://docs.openreferraluk.org/en/latest/',
          openapi_url: `${equipment.origin}${at}/oruk/openapi.json`,
        },
      };
    },
  };
  return [
    get({ ...root, path: `${base}/oruk` }),
    get({ ...root, path: `${base}/oruk/` }),
    get({
      ...common,
      path: `${base}/oruk/openapi.json`,
      about: `Open Referral UK feed ${whose}: its description (OpenAPI 3.1)`,
      params,
      example: example(),
      handle: ({ visitor, equipment }) => ({
        json: feedOpenApi(
          `${equipment.origin}${visitor.partnership === undefined ? '' : `/${visitor.partnership.slug}`}/oruk`,
        ),
      }),
    }),
    get({
      ...common,
      path: `${base}/oruk/services`,
      about: `Open Referral UK feed ${whose}: services`,
      params,
      query: servicesQuery,
      example: example(undefined, { per_page: '5' }),
      async handle({ work, visitor, query }) {
        const scope = scopeOf(visitor);
        const asked = serviceQueryOf(query);
        const detail = query.full ? 'full' : 'listed';
        if (query.format === 'ndjson')
          return byIds((reads, after) => servicesAfter(reads, scope, asked, detail, after, perPart));
        if (query.minimal) {
          const found = await findMinimalServices(work, scope, asked);
          return { json: envelopeOf(found, 1, Math.max(1, found.count)) };
        }
        return textPageOf(query, (slice) => findPublishedServices(work, scope, asked, detail, slice));
      },
    }),
    get({
      ...common,
      path: `${base}/oruk/services/:id`,
      about: `Open Referral UK feed ${whose}: one service`,
      params: withId,
      example: example('service'),
      handle: async ({ work, visitor, params: { id } }) =>
        oneOf(await findPublishedService(work, scopeOf(visitor), id)),
    }),
    get({
      ...common,
      path: `${base}/oruk/organizations`,
      about: `Open Referral UK feed ${whose}: organisations`,
      params,
      query: organizationsQuery,
      example: example(),
      handle: ({ work, visitor, query }) =>
        listOf(work, query, (reads, slice) =>
          findProviders(
            reads,
            scopeOf(visitor),
            { search: query.search, full: query.full, services: query.full_service },
            slice,
          ),
        ),
    }),
    get({
      ...common,
      path: `${base}/oruk/organizations/:id`,
      about: `Open Referral UK feed ${whose}: one organisation`,
      params: withId,
      query: organizationQuery,
      example: example('provider'),
      handle: async ({ work, visitor, params: { id }, query }) =>
        oneOf(await findProvider(work, scopeOf(visitor), id, query.full_service)),
    }),
    get({
      ...common,
      path: `${base}/oruk/taxonomies`,
      about: `Open Referral UK feed ${whose}: taxonomies`,
      params,
      query: taxonomiesQuery,
      example: example(),
      handle: ({ work, visitor, query }) =>
        listOf(work, query, (reads, slice) => findTaxonomies(reads, scopeOf(visitor), query.search, slice)),
    }),
    get({
      ...common,
      path: `${base}/oruk/taxonomies/:id`,
      about: `Open Referral UK feed ${whose}: one taxonomy`,
      params: withId,
      example: example('taxonomy'),
      handle: async ({ work, visitor, params: { id } }) => oneOf(await findTaxonomy(work, scopeOf(visitor), id)),
    }),
    get({
      ...common,
      path: `${base}/oruk/taxonomy_terms`,
      about: `Open Referral UK feed ${whose}: terms of taxonomies`,
      params,
      query: termsQuery,
      example: example(),
      handle: ({ work, visitor, query }) =>
        listOf(work, query, (reads, slice) =>
          findTerms(
            reads,
            scopeOf(visitor),
            {
              search: query.search,
              taxonomyId: query.taxonomy_id,
              parentId: query.parent_id,
              topOnly: query.top_only,
            },
            slice,
          ),
        ),
    }),
    get({
      ...common,
      path: `${base}/oruk/taxonomy_terms/:id`,
      about: `Open Referral UK feed ${whose}: one term`,
      params: withId,
      example: example('taxonomy-term'),
      handle: async ({ work, visitor, params: { id } }) => oneOf(await findTerm(work, scopeOf(visitor), id)),
    }),
    get({
      ...common,
      path: `${base}/oruk/service_at_locations`,
      about: `Open Referral UK feed ${whose}: services at locations`,
      params,
      query: placesQuery,
      example: example(undefined, { per_page: '5' }),
      async handle({ work, visitor, query }) {
        const scope = scopeOf(visitor);
        const { postcode, proximity } = query;
        const near = postcode === undefined || proximity === undefined ? undefined : await findPlace(work, postcode);
        if (postcode !== undefined && proximity !== undefined && near === undefined) return unknownPostcode;
        const asked: PlaceQuery = { ...serviceQueryOf(query), postcode, near, metres: proximity };
        const detail = query.full ? 'full' : 'listed';
        if (query.format === 'ndjson')
          return byIds((reads, after) => placesAfter(reads, scope, asked, detail, after, perPart));
        return textPageOf(query, (slice) => findPublishedPlaces(work, scope, asked, detail, slice));
      },
    }),
    get({
      ...common,
      path: `${base}/oruk/service_at_locations/:id`,
      about: `Open Referral UK feed ${whose}: one service at a location`,
      params: withId,
      example: example('service-at-location'),
      handle: async ({ work, visitor, params: { id } }) => oneOf(await findPublishedPlace(work, scopeOf(visitor), id)),
    }),
  ];
}

/** Those of the installation, whose addresses begin with a fixed part, come first. */
export const feedRoutes: readonly Route[] = [...feedRows(''), ...feedRows('/:partnership')];
