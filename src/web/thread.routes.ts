import { z } from 'zod';
import { parseRef, roles, type Knot } from '../duty/index.ts';
import type { Schema } from '../platform/database/work.ts';
import { partnershipParams, rowsOf } from '../platform/http/rows.ts';
import { notFound, type Route } from '../platform/http/route.ts';
import { orphansPage, threadPage } from './thread.page.tsx';
import { allOrphans, threadOf } from './thread.ts';

const { get } = rowsOf<Schema>();

const seen = { anyOf: roles } as const;
const open = { none: 'names records that are open to everybody in the partnership' } as const;
const threadParams = partnershipParams.extend({ kind: z.string().max(40), id: z.string().max(64) });

const knotDocument = z.strictObject({
  kind: z.string(),
  id: z.string(),
  title: z.string(),
  href: z.string().describe('Address of the record’s page'),
  state: z.string().nullable(),
});
const threadDocument = z.strictObject({
  record: knotDocument,
  before: z.array(knotDocument).describe('What it comes from'),
  after: z.array(knotDocument).describe('What follows from it'),
});
const orphansDocument = z.strictObject({
  orphans: z.array(z.strictObject({ record: knotDocument, lacks: z.string() })),
});

const documentOf = (slug: string, { ref, title, href, state }: Knot) => ({
  ...ref,
  title,
  href: `/${slug}${href}`,
  state,
});

/** A record of the address, where it is spelt as one. */
const refOf = ({ kind, id }: z.infer<typeof threadParams>) => {
  const ref = parseRef(`${kind}/${id}`);
  return ref.done ? ref.value : undefined;
};

export const threadRoutes: readonly Route[] = [
  get({
    path: '/:partnership/orphans',
    about: 'What hangs on nothing: an action without an aim, an aim without a measure',
    access: seen,
    audit: open,
    params: partnershipParams,
    example: ({ partnership }) => ({ params: { partnership } }),
    handle: async ({ work, params }) => ({
      page: orphansPage({ slug: params.partnership, orphans: await allOrphans(work) }),
    }),
  }),
  get({
    path: '/:partnership/orphans.json',
    about: 'What hangs on nothing, as data',
    access: seen,
    audit: open,
    params: partnershipParams,
    answers: orphansDocument,
    example: ({ partnership }) => ({ params: { partnership } }),
    handle: async ({ work, params }) => ({
      json: {
        orphans: (await allOrphans(work)).map(({ knot, lacks }) => ({
          record: documentOf(params.partnership, knot),
          lacks,
        })),
      },
    }),
  }),
  get({
    path: '/:partnership/thread/:kind/:id.json',
    about: 'The golden thread round a record, as data',
    access: seen,
    audit: open,
    params: threadParams,
    answers: threadDocument,
    example: ({ partnership, idOf }) => ({ params: { partnership, kind: 'action', id: idOf('action') } }),
    async handle({ work, params, visitor }) {
      const ref = refOf(params);
      const thread = ref === undefined ? undefined : await threadOf(work, ref, visitor.roles);
      if (thread === undefined) return notFound;
      const of = (knot: Knot) => documentOf(params.partnership, knot);
      return { json: { record: of(thread.knot), before: thread.before.map(of), after: thread.after.map(of) } };
    },
  }),
  get({
    path: '/:partnership/thread/:kind/:id',
    about: 'The golden thread round a record: what is before and after it',
    access: seen,
    audit: open,
    params: threadParams,
    example: ({ partnership, idOf }) => ({ params: { partnership, kind: 'action', id: idOf('action') } }),
    async handle({ work, params, visitor }) {
      const ref = refOf(params);
      const thread = ref === undefined ? undefined : await threadOf(work, ref, visitor.roles);
      return thread === undefined ? notFound : { page: threadPage({ slug: params.partnership, thread }) };
    },
  }),
];
