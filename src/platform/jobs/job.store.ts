import { sql } from 'kysely';
import type { IsoDate } from '../../duty/index.ts';
import { personOf } from '../database/person-of.ts';
import { question, type Expressions } from '../database/question.ts';
import type { ReadWork, Work } from '../database/work.ts';

export type JobState = 'waiting' | 'running' | 'done' | 'failed' | 'cancelled';

/** What people see of a job. */
export interface JobSeen {
  readonly id: string;
  readonly kind: string;
  readonly title: string;
  readonly askedBy: string;
  readonly askedAt: string;
  readonly state: JobState;
  readonly attempt: number;
  readonly done: number;
  readonly total: number | null;
  readonly note: string | null;
  readonly startedAt: string | null;
  readonly endedAt: string | null;
  readonly cancelAskedAt: string | null;
  readonly resultHref: string | null;
}

const seen = [
  'job.id',
  'job.kind',
  'job.title',
  'job.asked_at as askedAt',
  'job.state',
  'job.attempt',
  'job.done',
  'job.total',
  'job.note',
  'job.started_at as startedAt',
  'job.ended_at as endedAt',
  'job.cancel_asked_at as cancelAskedAt',
  'job.result_href as resultHref',
] as const;

const jobsAndPeople = (work: ReadWork<'platform'>) =>
  work
    .selectFrom('platform.job as job')
    .leftJoin('platform.shared_person as person', (join) =>
      join.on('person.id', '=', personOf(sql.ref('job.asked_by'))),
    );

const askedBy = sql<string>`coalesce(person.name, job.asked_by)`.as('askedBy');

/** What a list shows of each job. */
export type JobListed = Pick<JobSeen, 'id' | 'title' | 'askedBy' | 'askedAt' | 'state'>;

export interface JobList {
  readonly jobs: readonly JobListed[];
  /** On all pages together. */
  readonly count: number;
}

/**
 * Each row of the page looks for its one name. A join would first find out all people of the partnership, which takes longer
 * than a page of names by their key, and grows with them.
 */
const jobsOfPage = question((work: ReadWork<'platform'>, page: Expressions<{ limit: number; offset: number }>) =>
  work
    .selectFrom((from) =>
      from
        .selectFrom('platform.job')
        .select(['id', 'title', 'asked_at', 'state', 'asked_by', personOf(sql.ref('asked_by')).as('asker')])
        .orderBy('asked_at', 'desc')
        .orderBy('id')
        .limit(page.limit)
        .offset(page.offset)
        .as('job'),
    )
    .select(['job.id', 'job.title', 'job.asked_at as askedAt', 'job.state'])
    .select((select) => [
      select.fn
        .coalesce(
          select
            .selectFrom('platform.shared_person as person')
            .select('person.name')
            .whereRef('person.id', '=', 'job.asker'),
          'job.asked_by',
        )
        .as('askedBy'),
      select
        .selectFrom('platform.job')
        .select((all) => all.fn.countAll<number>().as('all'))
        .as('count'),
    ])
    .$narrowType<{ state: JobState; count: number }>()
    .orderBy('job.asked_at', 'desc')
    .orderBy('job.id'),
);

/** One page of the jobs, the newest first. */
export async function listJobs(
  work: ReadWork<'platform'>,
  page: { readonly limit: number; readonly offset: number },
): Promise<JobList> {
  const jobs = await jobsOfPage(work, page);
  return { jobs, count: jobs[0]?.count ?? 0 };
}

/** @throws where there is no such job in the bound partnership */
export const getJob = (work: ReadWork<'platform'>, id: string): Promise<JobSeen> =>
  jobsAndPeople(work)
    .select([...seen, askedBy])
    .$narrowType<{ state: JobState }>()
    .where('job.id', '=', id)
    .executeTakeFirstOrThrow();

export interface NewJob {
  readonly partnership: string;
  readonly kind: string;
  readonly title: string;
  readonly payload: unknown;
  readonly askedBy: string;
}

export async function addJob(work: Work<'platform'>, job: NewJob): Promise<string> {
  const { id } = await work
    .insertInto('platform.job')
    .values({
      partnership_id: job.partnership,
      kind: job.kind,
      title: job.title,
      payload: JSON.stringify(job.payload),
      asked_by: job.askedBy,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

/** Whether the clock asked for work of this kind on this day or later: what it asks for once a day it does not ask for twice. */
export async function isAskedSince(work: ReadWork<'platform'>, kind: string, day: IsoDate): Promise<boolean> {
  const row = await work
    .selectFrom('platform.job')
    .select('id')
    .where('kind', '=', kind)
    .where('asked_by', '=', 'system')
    .where('asked_at', '>=', sql<string>`${day}::date`)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/** A waiting job is cancelled at once; a running one is asked to stop. False when it had already ended. */
export async function askToCancel(work: Work<'platform'>, id: string): Promise<boolean> {
  const { numUpdatedRows } = await work
    .updateTable('platform.job')
    .set({
      cancel_asked_at: sql`now()`,
      state: sql`case when state = 'waiting' then 'cancelled' else state end`,
      ended_at: sql`case when state = 'waiting' then now() end`,
    })
    .where('id', '=', id)
    .where('state', 'in', ['waiting', 'running'])
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** Claims a job for a runner; undefined when it was cancelled, or had ended before. */
export const startJob = (work: Work<'platform'>, id: string, runner: string) =>
  work
    .updateTable('platform.job')
    .set({
      state: 'running',
      runner,
      attempt: sql`attempt + 1`,
      started_at: sql`coalesce(started_at, now())`,
      done: 0,
      total: null,
      note: null,
    })
    .where('id', '=', id)
    .where('state', 'in', ['waiting', 'running'])
    .where('cancel_asked_at', 'is', null)
    .returning(['kind', 'payload', 'attempt', 'asked_by as askedBy'])
    .executeTakeFirst();

/** Notes how far a job is. Gives whether its runner should stop: somebody asked for it, or another runner has the job now. */
export async function noteProgress(
  work: Work<'platform'>,
  id: string,
  runner: string,
  at: { readonly done: number; readonly total: number | null; readonly note: string | null },
): Promise<boolean> {
  const row = await work
    .updateTable('platform.job')
    .set(at)
    .where('id', '=', id)
    .where('runner', '=', runner)
    .returning('cancel_asked_at')
    .executeTakeFirst();
  return row === undefined || row.cancel_asked_at !== null;
}

/** Ends a try. False when the runner no longer holds the job: then what became of it is not for this runner to say. */
export async function endJob(
  work: Work<'platform'>,
  id: string,
  runner: string,
  end: { readonly state: JobState; readonly note: string; readonly href?: string | undefined },
): Promise<boolean> {
  const { numUpdatedRows } = await work
    .updateTable('platform.job')
    .set({
      state: end.state,
      note: end.note,
      runner: null,
      result_href: end.href ?? null,
      ended_at: end.state === 'waiting' ? null : sql`now()`,
    })
    .where('id', '=', id)
    .where('state', '=', 'running')
    .where('runner', '=', runner)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** Ends a job that was cancelled while it waited for another try. */
export async function endCancelled(work: Work<'platform'>, id: string): Promise<void> {
  await work
    .updateTable('platform.job')
    .set({ state: 'cancelled', runner: null, ended_at: sql`now()` })
    .where('id', '=', id)
    .where('state', 'in', ['waiting', 'running'])
    .execute();
}

/** Runners whose job was asked to stop more than five seconds ago, and who still hold it. */
export const stuckRunners = (work: ReadWork<'platform'>) =>
  work
    .selectFrom('platform.job')
    .select(['id', 'runner', 'partnership_id as partnership'])
    .where('state', '=', 'running')
    .where('runner', 'is not', null)
    .where('cancel_asked_at', '<', sql<string>`now() - interval '5 seconds'`)
    .execute();

/** Jobs that nobody will try again, because a runner died at each of their tries, and that still look open. */
export const abandonedJobs = (work: ReadWork<'platform'>) =>
  work
    .selectFrom('platform.job')
    .select(['id', 'partnership_id as partnership'])
    .where('state', 'in', ['waiting', 'running'])
    .where(sql<boolean>`exists (select from jobs.job queued where queued.id = job.id and queued.state = 'failed')`)
    .execute();

/** Ends such a job. False when it had ended meanwhile. */
export async function endAbandoned(work: Work<'platform'>, id: string, note: string): Promise<boolean> {
  const { numUpdatedRows } = await work
    .updateTable('platform.job')
    .set({ state: 'failed', note, runner: null, ended_at: sql`now()` })
    .where('id', '=', id)
    .where('state', 'in', ['waiting', 'running'])
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}
