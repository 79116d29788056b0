import { sql } from 'kysely';
import { roles, type Role } from '../../duty/index.ts';
import { eachOrTogether, type Need, type NeedRow } from '../needs.ts';
import type { ReadWork } from '../database/work.ts';

/** How long a failure stays on a home, in days of the real clock: jobs run in real time, in an example too. */
const failureDays = 7;

/** What of the work in hand may need somebody, or is waited for. */
export const jobNeeds: readonly NeedRow<'platform'>[] = [
  {
    about: 'Work that failed in the last days',
    roles: ['administrator'],
    find: ({ work }) => failed(work),
  },
  {
    about: 'Work that one asked for, and that failed in the last days',
    roles: roles.filter((role: Role) => role !== 'administrator'),
    find: ({ work, person }) => failed(work, person),
  },
  {
    about: 'Work that one asked for, and that goes on',
    roles,
    find: ({ work, person }) => goingOn(work, person),
  },
];

async function goingOn(work: ReadWork<'platform'>, askedBy: string): Promise<readonly Need[]> {
  const jobs = await work
    .selectFrom('platform.job')
    .select(['id', 'title', 'done', 'total'])
    .where('state', 'in', ['waiting', 'running'])
    .where('asked_by', '=', askedBy)
    .orderBy('asked_at')
    .limit(100)
    .execute();
  return eachOrTogether(
    jobs,
    ({ id, title, done, total }) => ({
      words: `See how far this is: ${title}`,
      because: total === null || total === 0 ? 'It has not begun yet.' : `${done} of ${total} steps are done.`,
      href: `/jobs/${id}`,
      due: null,
    }),
    (count) => ({ words: `See how far ${count} pieces of work are`, href: '/jobs', due: null }),
  );
}

async function failed(work: ReadWork<'platform'>, askedBy?: string): Promise<readonly Need[]> {
  let query = work
    .selectFrom('platform.job')
    .select(['id', 'title'])
    .where('state', '=', 'failed')
    .where('ended_at', '>', sql<string>`now() - make_interval(days => ${failureDays})`)
    .orderBy('ended_at', 'desc')
    .limit(100);
  if (askedBy !== undefined) query = query.where('asked_by', '=', askedBy);
  return eachOrTogether(
    await query.execute(),
    ({ id, title }) => ({ words: `See why this failed: ${title}`, href: `/jobs/${id}`, due: null, isUrgent: true }),
    (count) => ({ words: `See why ${count} pieces of work failed`, href: '/jobs', due: null, isUrgent: true }),
  );
}
