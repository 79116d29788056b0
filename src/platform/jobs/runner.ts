import { setTimeout as pause } from 'node:timers/promises';
import type { JobWithMetadata } from 'pg-boss';
import type { Login, Records } from '../database/database.ts';
import type { Log } from '../log.ts';
import { JobRefused, type JobDefinition, type JobResult, type RunEquipment } from './job.ts';
import { endCancelled, endJob, noteProgress, startJob } from './job.store.ts';
import { bossFor, queue } from './jobs.ts';

export interface RunnerOptions {
  readonly login: Login;
  readonly records: Records;
  readonly definitions: readonly JobDefinition[];
  readonly equipment: RunEquipment;
  readonly log: Log;
  /** Name of this process in the records: the supervisor knows its runners by it. */
  readonly name: string;
}

const progressMilliseconds = 250;

/** Takes jobs from the queue, one at a time, until stopped. One process runs one job: so one that will not stop can be killed. */
export async function startRunner(options: RunnerOptions): Promise<{ stop: () => Promise<void> }> {
  const boss = bossFor(options.login, 'runs');
  await boss.start();
  await boss.work(
    queue,
    {
      batchSize: 1,
      includeMetadata: true,
      pollingIntervalSeconds: 1,
      notifyPollingIntervalSeconds: 2,
      heartbeatRefreshSeconds: 5,
    },
    async ([job]: JobWithMetadata<{ partnership: string }>[]) => {
      if (job !== undefined) await runJob(job, options);
    },
  );
  return { stop: () => boss.stop({ graceful: true, timeout: 5_000 }) };
}

async function runJob(
  job: JobWithMetadata<{ partnership: string }>,
  { records, definitions, equipment, log, name }: RunnerOptions,
): Promise<void> {
  const { partnership } = job.data;
  const asSystem = { door: 'concord_member', actor: 'system', partnership } as const;
  const started = await records.write(asSystem, ({ work }) => startJob(work<'platform'>(), job.id, name));
  if (started === undefined) {
    await settleCancelled(records, asSystem, job.id);
    return;
  }
  const definition = definitions.find(({ kind }) => kind === started.kind);
  const onBehalf = { ...asSystem, actor: started.askedBy };
  const stopping = new AbortController();
  job.signal.addEventListener('abort', () => stopping.abort());
  const progress = followProgress(records, asSystem, { id: job.id, runner: name }, stopping);
  try {
    if (definition === undefined)
      throw new JobRefused(`This version of Concord does not know the work “${started.kind}”.`);
    const payload = definition.payload.safeParse(started.payload);
    if (!payload.success) throw new JobRefused('What was asked for can no longer be read. Ask for it again.');
    const result = await definition.run({
      id: job.id,
      payload: payload.data,
      attempt: started.attempt,
      partnership,
      signal: stopping.signal,
      progress: progress.note,
      read: (act) => records.read(onBehalf, act),
      write: (act) => records.write(onBehalf, act),
      equipment,
    });
    await progress.stop();
    await end(records, asSystem, { id: job.id, runner: name }, 'done', result);
  } catch (error) {
    await progress.stop();
    if (progress.cancelAsked()) {
      await end(records, asSystem, { id: job.id, runner: name }, 'cancelled', {
        note: 'Stopped because somebody asked for it.',
      });
      return;
    }
    const last = error instanceof JobRefused || job.retryCount >= job.retryLimit;
    if (!(error instanceof JobRefused))
      log.fault(job.id.slice(0, 8), error, { job: started.kind, attempt: started.attempt });
    const note =
      error instanceof JobRefused
        ? error.message
        : `It failed${last ? '' : ' and will be tried again'}. Reference: ${job.id.slice(0, 8)}.`;
    await end(records, asSystem, { id: job.id, runner: name }, last ? 'failed' : 'waiting', { note });
    if (!last) throw error; // the queue tries again, later each time
  }
}

type AsSystem = { readonly door: 'concord_member'; readonly actor: string; readonly partnership: string };

/** A job, and the runner that has it. */
interface Held {
  readonly id: string;
  readonly runner: string;
}

const actions = { done: 'JOB_DONE', failed: 'JOB_FAILED', cancelled: 'JOB_CANCELLED' } as const;

/** The state of the job and its audit entry commit together. */
async function end(
  records: Records,
  entry: AsSystem,
  { id, runner }: Held,
  state: 'done' | 'failed' | 'cancelled' | 'waiting',
  result: JobResult,
): Promise<void> {
  await records.write(entry, async ({ work, audit }) => {
    const ended = await endJob(work<'platform'>(), id, runner, { state, note: result.note, href: result.href });
    if (ended && state !== 'waiting')
      audit({ action: actions[state], subject: `job/${id}`, outcome: state === 'failed' ? 'failed' : 'done' });
  });
}

/** A job that was cancelled while it waited for another try ends here. */
async function settleCancelled(records: Records, entry: AsSystem, id: string): Promise<void> {
  await records.write(entry, ({ work }) => endCancelled(work<'platform'>(), id));
}

/** Writes the newest progress down a few times a second, and learns on the way whether somebody wants the job stopped. */
function followProgress(records: Records, entry: AsSystem, { id, runner }: Held, stopping: AbortController) {
  let newest: { done: number; total: number | null; note: string | null } = { done: 0, total: null, note: null };
  let asked = false;
  const ended = new AbortController();
  const write = async (): Promise<void> => {
    try {
      asked ||= await records.write(entry, ({ work }) => noteProgress(work<'platform'>(), id, runner, newest));
    } catch {
      // the records are away for a moment; the next turn writes what is newest then
    }
    if (asked) stopping.abort();
  };
  const loop = (async () => {
    while (!ended.signal.aborted) {
      await write();
      await pause(progressMilliseconds, undefined, { signal: ended.signal }).catch(() => undefined);
    }
    await write(); // how far it came in the end
  })();
  return {
    note: (done: number, total: number | undefined, note?: string) => {
      newest = { done, total: total ?? null, note: note ?? null };
    },
    cancelAsked: () => asked,
    stop: async () => {
      ended.abort();
      await loop;
    },
  };
}
