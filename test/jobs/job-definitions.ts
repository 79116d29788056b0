import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import { defineJob, JobRefused } from '../../src/platform/jobs/job.ts';

/** Jobs that behave well, badly and worse. Each tells the number of its process, so that a test can kill it. */
const pid = `pid ${process.pid}`;
const nothing = z.object({});

export const steps = defineJob({
  kind: 'test-steps',
  payload: z.object({ steps: z.number().int() }),
  retries: 0,
  async run({ payload, progress }) {
    for (let done = 1; done <= payload.steps; done += 1) {
      progress(done, payload.steps, `step ${done}`);
      await pause(60);
    }
    return { note: `All ${payload.steps} steps are done.`, href: '/haverness' };
  },
});

export const failsTwice = defineJob({
  kind: 'test-fails-twice',
  payload: nothing,
  retries: 3,
  run: ({ attempt }) =>
    attempt < 3
      ? Promise.reject(new Error(`try ${attempt} fails`))
      : Promise.resolve({ note: `Try ${attempt} worked.` }),
});

export const refuses = defineJob({
  kind: 'test-refuses',
  payload: nothing,
  retries: 3,
  run: () => Promise.reject(new JobRefused('There is nothing to count in July. Choose another month.')),
});

export const listens = defineJob({
  kind: 'test-listens',
  payload: nothing,
  retries: 0,
  async run({ signal, progress }) {
    progress(1, 2, pid);
    while (!signal.aborted) await pause(20);
    throw new Error('it stopped when it was asked to');
  },
});

export const loops = defineJob({
  kind: 'test-loops',
  payload: nothing,
  retries: 0,
  async run({ progress }) {
    progress(1, 2, pid);
    await pause(600);
    for (;;);
  },
});

/** Its first process has to be killed; the second one does the work. */
export const survives = defineJob({
  kind: 'test-survives',
  payload: nothing,
  retries: 2,
  async run({ attempt, progress }) {
    progress(attempt, 2, pid);
    if (attempt === 1) await pause(600_000);
    return { note: `Try ${attempt} worked.` };
  },
});

/** May be tried once, and its process has to be killed. */
export const diesOnce = defineJob({
  kind: 'test-dies-once',
  payload: nothing,
  retries: 0,
  async run({ progress }) {
    progress(0, 1, pid);
    await pause(600_000);
    return { note: 'never' };
  },
});

export const testJobs = [steps, failsTwice, refuses, listens, loops, survives, diesOnce];
