import { z } from 'zod';
import { partnershipParams, rowsOf } from '../http/rows.ts';
import { notFound, type Access, type Route } from '../http/route.ts';
import { auditCheck } from './audit.job.ts';
import { auditPage, entriesPerPage } from './audit.page.tsx';
import { countEntries, entriesAfter, listEntries } from './audit.store.ts';

const { get, post } = rowsOf<'platform'>();

const whoAudits: Access = { anyOf: ['administrator', 'information-governance'] };
const linesOfAPart = 5_000;
const empty = (text: string | undefined) => (text === '' ? undefined : text);

export const auditRoutes: readonly Route[] = [
  get({
    path: '/:partnership/audit',
    about: 'The audit: who did and saw what',
    access: whoAudits,
    audit: 'AUDIT_SEEN',
    params: partnershipParams,
    query: z.object({
      page: z.coerce.number().int().min(1).max(1_000_000).default(1),
      action: z.string().max(80).optional().transform(empty),
      outcome: z.enum(['', 'done', 'seen', 'refused', 'failed']).optional().transform(empty),
      subject: z.string().max(120).optional().transform(empty),
    }),
    navigation: { text: 'Audit', order: 90 },
    example: ({ partnership }) => ({ params: { partnership } }),
    async handle({ work, params, query: { page, ...filter } }) {
      const entries = await listEntries(work, filter, { limit: entriesPerPage, offset: (page - 1) * entriesPerPage });
      return { page: auditPage(params.partnership, entries, await countEntries(work, filter), page, filter) };
    },
  }),
  get({
    path: '/:partnership/audit/export',
    about: 'The whole audit as a file that can be checked without Concord',
    access: whoAudits,
    audit: 'AUDIT_EXPORTED',
    params: partnershipParams,
    example: ({ partnership }) => ({ params: { partnership } }),
    handle: ({ params }) => ({
      download: {
        name: `audit-${params.partnership}.jsonl`,
        type: 'application/jsonl; charset=utf-8',
        async part(work, after = '0') {
          const entries = await entriesAfter(work, Number(after), linesOfAPart);
          const text = entries.map((entry) => `${JSON.stringify(entry)}\n`).join('');
          return { text, next: entries.length < linesOfAPart ? undefined : String(entries.at(-1)?.seq) };
        },
      },
    }),
  }),
  post({
    path: '/:partnership/audit/check',
    about: 'Check the audit from its first entry to its newest',
    access: whoAudits,
    audit: 'AUDIT_CHECK_ASKED',
    params: partnershipParams,
    body: z.object({}),
    example: ({ partnership }) => ({ params: { partnership }, body: {} }),
    async handle({ work, params, visitor, equipment }) {
      const id = await equipment.jobs.ask(work, {
        definition: auditCheck,
        payload: {},
        title: 'Check the audit',
        partnership: visitor.partnership?.id ?? '',
        askedBy: visitor.person?.id ?? 'system',
      });
      return { seeOther: `/${params.partnership}/jobs/${id}`, subject: `job/${id}` };
    },
    invalid: () => notFound,
  }),
];
