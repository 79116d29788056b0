import { z } from 'zod';
import { noParams, rowsOf } from './rows.ts';
import type { Route } from './route.ts';

const { get } = rowsOf<'published'>();
const health = z
  .object({ status: z.enum(['ok', 'unavailable']) })
  .describe('Whether the process lives, or is ready to serve');

/** For whatever watches over the process. Neither opens a unit of work: a broken database must not look like a broken process. */
export const healthRoutes: readonly Route[] = [
  get({
    path: '/health/live',
    about: 'Whether the process lives',
    access: 'public',
    audit: { none: 'public' },
    needsRecords: false,
    params: noParams,
    answers: health,
    example: () => ({ params: {} }),
    handle: () => ({ json: { status: 'ok' } }),
  }),
  get({
    path: '/health/ready',
    about: 'Whether pages can be served: the records answer',
    access: 'public',
    audit: { none: 'public' },
    needsRecords: false,
    params: noParams,
    answers: health,
    example: () => ({ params: {} }),
    handle: async ({ equipment }) =>
      (await equipment.isReady()) ? { json: { status: 'ok' } } : { json: { status: 'unavailable' }, status: 503 },
  }),
];
