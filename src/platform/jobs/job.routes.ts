import { z } from 'zod';
import { partnershipParams, recordParams, rowsOf } from '../http/rows.ts';
import { notFound, type Access, type Route } from '../http/route.ts';
import { reading } from '../database/work.ts';
import { askToCancel, getJob, listJobs } from './job.store.ts';
import { jobListPage, jobPage, jobsPerPage, progressText } from './job.page.tsx';

const { get, post } = rowsOf<'platform'>();

const whoWorks: Access = { anyOf: ['administrator', 'coordinator', 'analyst', 'information-governance'] };

export const jobRoutes: readonly Route[] = [
  get({
    path: '/:partnership/jobs',
    about: 'Work in hand: all jobs of the partnership',
    access: whoWorks,
    audit: { none: 'titles and states only' },
    params: partnershipParams,
    query: z.object({ page: z.coerce.number().int().min(1).max(100_000).default(1) }),
    navigation: { text: 'Work in hand', order: 80 },
    example: ({ partnership }) => ({ params: { partnership } }),
    async handle({ work, params, query }) {
      const { jobs, count } = await listJobs(work, { limit: jobsPerPage, offset: (query.page - 1) * jobsPerPage });
      if (jobs.length === 0 && query.page > 1) return notFound;
      return { page: jobListPage(params.partnership, jobs, count, query.page) };
    },
  }),
  get({
    path: '/:partnership/jobs/:id',
    about: 'One job: how far it is, and its result',
    access: whoWorks,
    audit: { none: 'title and state only' },
    params: recordParams,
    example: ({ partnership, idOf }) => ({ params: { partnership, id: idOf('job') } }),
    handle: async ({ work, params }) => ({ page: jobPage(params.partnership, await getJob(work, params.id)) }),
  }),
  get({
    path: '/:partnership/jobs/:id/events',
    about: 'One job as it goes on (server-sent events)',
    access: whoWorks,
    audit: { none: 'state only' },
    params: recordParams,
    example: ({ partnership, idOf }) => ({ params: { partnership, id: idOf('job') } }),
    async handle({ work, params }) {
      await getJob(work, params.id);
      return {
        follow: {
          everyMilliseconds: 500,
          async read(now) {
            const job = await getJob(now, params.id);
            const ended = job.endedAt !== null;
            return { event: { done: job.done, total: job.total, text: progressText(job), ended }, last: ended };
          },
        },
      };
    },
  }),
  post({
    path: '/:partnership/jobs/:id/cancel',
    about: 'Stop a job',
    access: whoWorks,
    audit: 'JOB_CANCEL_ASKED',
    params: recordParams,
    body: z.object({}),
    example: ({ partnership, idOf }) => ({ params: { partnership, id: idOf('job') }, body: {} }),
    async handle({ work, params }) {
      await getJob(reading(work), params.id);
      if (!(await askToCancel(work, params.id)))
        return { refused: 'conflict', sentence: 'This work has already ended, so there is nothing to stop.' };
      return { seeOther: `/${params.partnership}/jobs/${params.id}`, subject: `job/${params.id}` };
    },
    invalid: () => notFound,
  }),
];
