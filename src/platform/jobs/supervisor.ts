import { fork, type ChildProcess } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import type { Records } from '../database/database.ts';
import type { Log } from '../log.ts';
import { abandonedJobs, endAbandoned, endJob, stuckRunners } from './job.store.ts';

export interface SupervisorOptions {
  /** The program that runs jobs, and its arguments; a runner's name is added. */
  readonly program: { readonly file: URL; readonly args: readonly string[] };
  readonly runners: number;
  readonly records: Records;
  readonly log: Log;
}

/**
 * Keeps the runners alive: one that dies is started again, one whose job was cancelled and does not stop is killed. So a
 * cancel always stops the work, even a loop that never looks up.
 */
export function superviseRunners({ program, runners, records, log }: SupervisorOptions): { stop: () => Promise<void> } {
  const alive = new Map<string, ChildProcess>();
  let stopping = false;
  let pauseMilliseconds = 200;

  const start = (number: number): void => {
    const name = `runner-${process.pid}-${number}-${Date.now().toString(36)}`;
    const child = fork(program.file, [...program.args, '--name', name], {
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    alive.set(name, child);
    const began = performance.now();
    child.once('exit', (code, signal) => {
      alive.delete(name);
      if (stopping) return;
      // A runner that dies at once, again and again, is started more and more seldom.
      pauseMilliseconds = performance.now() - began > 30_000 ? 200 : Math.min(pauseMilliseconds * 2, 30_000);
      log.note('runner-ended', { name, code: code ?? undefined, signal: signal ?? undefined });
      void pause(pauseMilliseconds, undefined, { ref: false }).then(() => (stopping ? undefined : start(number)));
    });
  };
  for (let number = 1; number <= runners; number += 1) start(number);

  const watch = setInterval(() => {
    Promise.all([killStuck(records, alive, log), endAllAbandoned(records, log)]).catch((error: unknown) => {
      log.detail('supervisor', { error: String(error) });
    });
  }, 2_000);
  watch.unref();

  return {
    async stop() {
      stopping = true;
      clearInterval(watch);
      const ended = [...alive.values()].map(
        (child) => new Promise<void>((done) => (child.exitCode === null ? child.once('exit', () => done()) : done())),
      );
      for (const child of alive.values()) child.kill('SIGTERM');
      const late = setTimeout(() => {
        for (const child of alive.values()) child.kill('SIGKILL');
      }, 8_000);
      await Promise.all(ended);
      clearTimeout(late);
    },
  };
}

const supervising = { door: 'concord_jobs', actor: 'system', partnership: undefined } as const;
const inPartnership = (partnership: string) => ({ door: 'concord_member', actor: 'system', partnership }) as const;

async function killStuck(records: Records, alive: ReadonlyMap<string, ChildProcess>, log: Log): Promise<void> {
  const stuck = await records.read(supervising, ({ work }) => stuckRunners(work<'platform'>()));
  for (const { id, runner, partnership } of stuck) {
    const child = alive.get(runner ?? '');
    if (child === undefined || runner === null) continue;
    // The runner is killed only if it still has this job: by now it may have come to its end and begun another.
    const ended = await records.write(inPartnership(partnership), async ({ work, audit }) => {
      const cancelled = { state: 'cancelled', note: 'Stopped because somebody asked for it.' } as const;
      if (!(await endJob(work<'platform'>(), id, runner, cancelled))) return false;
      audit({ action: 'JOB_CANCELLED', subject: `job/${id}`, outcome: 'done' });
      return true;
    });
    if (!ended) continue;
    log.note('runner-killed', { job: id });
    child.kill('SIGKILL');
  }
}

/** A job whose runner died at every try is never ended by a runner. */
async function endAllAbandoned(records: Records, log: Log): Promise<void> {
  const abandoned = await records.read(supervising, ({ work }) => abandonedJobs(work<'platform'>()));
  for (const { id, partnership } of abandoned) {
    log.note('job-abandoned', { job: id });
    await records.write(inPartnership(partnership), async ({ work, audit }) => {
      const note = `Whatever worked on it broke off at each try. Reference: ${id.slice(0, 8)}.`;
      if (await endAbandoned(work<'platform'>(), id, note))
        audit({ action: 'JOB_FAILED', subject: `job/${id}`, outcome: 'failed' });
    });
  }
}
