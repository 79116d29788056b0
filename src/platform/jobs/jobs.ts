import { fromKysely, PgBoss } from 'pg-boss';
import type { Login } from '../database/database.ts';
import { asQueue, type Work } from '../database/work.ts';
import type { JobDefinition } from './job.ts';
import { addJob } from './job.store.ts';

/** The queue that all jobs go through; which kind each is stands in `platform.job`. */
export const queue = 'work';

/** Asking for work. It is asked for in a unit of work, and vanishes with it if the unit fails. */
export interface Jobs {
  /** @returns the id of the job, whose page is `/<partnership>/jobs/<id>` */
  readonly ask: (work: Work<'platform'>, asked: JobAsked) => Promise<string>;
  readonly close: () => Promise<void>;
}

export interface JobAsked {
  readonly definition: JobDefinition;
  readonly payload: unknown;
  readonly title: string;
  readonly partnership: string;
  /** A person's id, or `system`. */
  readonly askedBy: string;
}

/** @param login as `concord_login`; the queue's own connections are `concord_jobs` from their first byte */
export function bossFor(login: Login, role: 'asks' | 'runs'): PgBoss {
  const boss = new PgBoss({
    ...(login as { host: string }),
    options: '-c role=concord_jobs -c timezone=UTC',
    schema: 'jobs',
    createSchema: false,
    application_name: `concord jobs ${role}`,
    max: role === 'runs' ? 4 : 2,
    supervise: role === 'runs',
    schedule: role === 'runs',
    superviseIntervalSeconds: 5,
    monitorIntervalSeconds: 5,
    useListenNotify: role === 'runs',
  });
  boss.on('error', () => undefined); // lost connections: pg-boss tries again by itself
  boss.on('warning', () => undefined);
  return boss;
}

export async function openJobs(login: Login): Promise<Jobs> {
  const boss = bossFor(login, 'asks');
  await boss.start();
  // A runner that dies stops sending heartbeats; its job is then given to another.
  await boss.createQueue(queue, {
    heartbeatSeconds: 20,
    expireInSeconds: 23 * 3_600,
    retryBackoff: true,
    retryDelay: 2,
    notify: true,
  });
  return {
    async ask(work, { definition, payload, title, partnership, askedBy }) {
      const id = await addJob(work, {
        partnership,
        kind: definition.kind,
        title,
        payload: definition.payload.parse(payload),
        askedBy,
      });
      await asQueue(work, (inQueue) =>
        boss.send(queue, { partnership }, { id, retryLimit: definition.retries, db: fromKysely(inQueue) }),
      );
      return id;
    },
    close: () => boss.stop({ graceful: false }),
  };
}
