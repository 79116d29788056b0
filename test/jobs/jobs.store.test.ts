import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { disablePerson } from '../../src/platform/identity/session.store.ts';
import type { JobDefinition } from '../../src/platform/jobs/job.ts';
import { getJob, type JobSeen } from '../../src/platform/jobs/job.store.ts';
import { superviseRunners } from '../../src/platform/jobs/supervisor.ts';
import { openLog } from '../../src/platform/log.ts';
import { testTown, type TestTown } from '../records/installation.ts';
import { diesOnce, failsTwice, listens, loops, refuses, steps, survives } from './job-definitions.ts';

let town: TestTown;
let supervisor: ReturnType<typeof superviseRunners>;
const program = new URL('./runner-program.ts', import.meta.url);
const supervise = () =>
  superviseRunners({
    program: { file: program, args: [JSON.stringify(town.login)] },
    runners: 2,
    records: town.records,
    log: openLog('quiet'),
  });
beforeAll(async () => {
  town = await testTown();
  supervisor = supervise();
});
afterAll(async () => {
  await supervisor.stop();
  await town.close();
});

const bound = () =>
  ({ door: 'concord_member', actor: 'system', partnership: town.partnerships.get('haverness')! }) as const;
const ask = (definition: JobDefinition, payload: unknown = {}): Promise<string> =>
  town.records.write(bound(), ({ work }) =>
    town.equipment.jobs.ask(work<'platform'>(), {
      definition,
      payload,
      title: 'A job of the tests',
      partnership: bound().partnership,
      askedBy: 'system',
    }),
  );
const look = (id: string): Promise<JobSeen> => town.records.read(bound(), ({ work }) => getJob(work<'platform'>(), id));

/** Looks until it is so. The runner of the tests ends a test that waits for ever. */
async function until(id: string, is: (job: JobSeen) => boolean): Promise<JobSeen> {
  for (;;) {
    const job = await look(id);
    if (is(job)) return job;
    await pause(50);
  }
}
const ended = (id: string) => until(id, ({ endedAt }) => endedAt !== null);
const pidOf = async (id: string): Promise<number> => {
  const { note } = await until(id, ({ state, note }) => state === 'running' && /^pid \d+$/.test(note ?? ''));
  return Number(note!.slice(4));
};
const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};
const entriesOf = (id: string) =>
  town.asAdmin<{ action: string; outcome: string }>(
    'select action, outcome from platform.audit_entry where subject = $1 order by seq',
    [`job/${id}`],
  );
const cancel = async (id: string): Promise<void> => {
  const cookie = await town.sessionOf('administrator@haverness.example');
  const response = await town.ask(`/haverness/jobs/${id}/cancel`, { method: 'POST', cookie });
  expect(response.status).toBe(303);
};

async function eventsOf(
  id: string,
  cookie: string,
  seen: (event: Record<string, unknown>) => Promise<void> | void = () => undefined,
) {
  const response = await town.ask(`/haverness/jobs/${id}/events`, { cookie });
  expect(response.headers.get('content-type')).toBe('text/event-stream');
  const events: Record<string, unknown>[] = [];
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return events;
    expect(value).toMatch(/^data: \{.*\}\n\n$/);
    const event = JSON.parse(value.slice('data: '.length)) as Record<string, unknown>;
    events.push(event);
    await seen(event);
  }
}

describe('a job', { timeout: 120_000 }, () => {
  it('is done, tells how far it is on the way, and leads to its result', async () => {
    const id = await ask(steps, { steps: 30 });
    const cookie = await town.sessionOf('analyst@haverness.example');
    const events = await eventsOf(id, cookie);
    expect(events.at(-1)).toMatchObject({ ended: true, done: 30, total: 30 });
    const onTheWay = events
      .filter(({ ended: over, total }) => over === false && total !== null)
      .map(({ done }) => Number(done));
    expect(onTheWay.length).toBeGreaterThan(0);
    expect(onTheWay).toEqual([...onTheWay].sort((a, b) => a - b));
    expect(await look(id)).toMatchObject({ state: 'done', attempt: 1, done: 30, total: 30, resultHref: '/haverness' });
    expect(await entriesOf(id)).toEqual([{ action: 'JOB_DONE', outcome: 'done' }]);
  });

  it('that fails twice is tried again, later each time, and is done', async () => {
    const id = await ask(failsTwice);
    const waiting = await until(id, ({ state, attempt }) => state === 'waiting' && attempt === 1);
    expect(waiting.note).toContain('will be tried again');
    expect(waiting.note).not.toContain('try 1 fails');
    expect(await ended(id)).toMatchObject({ state: 'done', attempt: 3, note: 'Try 3 worked.' });
    expect(await entriesOf(id)).toEqual([{ action: 'JOB_DONE', outcome: 'done' }]);
  });

  it('that refuses ends at once with its sentence', async () => {
    const id = await ask(refuses);
    const sentence = 'There is nothing to count in July. Choose another month.';
    expect(await ended(id)).toMatchObject({ state: 'failed', attempt: 1, note: sentence });
    expect(await entriesOf(id)).toEqual([{ action: 'JOB_FAILED', outcome: 'failed' }]);
    const cookie = await town.sessionOf('analyst@haverness.example');
    expect(await (await town.ask(`/haverness/jobs/${id}`, { cookie })).text()).toContain(sentence);
  });

  it('that this version does not know ends with a sentence', async () => {
    const id = await ask({ ...steps, kind: 'of-tomorrow' }, { steps: 1 });
    expect(await ended(id)).toMatchObject({ state: 'failed', attempt: 1 });
    expect((await look(id)).note).toMatch(/does not know the work/);
  });

  it('that is cancelled while it runs stops by its signal, and its runner lives', async () => {
    const id = await ask(listens);
    const pid = await pidOf(id);
    await cancel(id);
    expect(await ended(id)).toMatchObject({ state: 'cancelled', attempt: 1 });
    expect(isAlive(pid)).toBe(true);
    expect(await entriesOf(id)).toEqual([
      { action: 'JOB_CANCEL_ASKED', outcome: 'done' },
      { action: 'JOB_CANCELLED', outcome: 'done' },
    ]);
  });

  it('that loops for ever is stopped by killing its runner, and other jobs go on', async () => {
    const id = await ask(loops);
    const pid = await pidOf(id);
    await cancel(id);
    expect(await ended(id)).toMatchObject({ state: 'cancelled' });
    while (isAlive(pid)) await pause(20);
    expect((await entriesOf(id)).map(({ action }) => action)).toEqual(['JOB_CANCEL_ASKED', 'JOB_CANCELLED']);
    const others = await Promise.all([ask(steps, { steps: 2 }), ask(steps, { steps: 2 }), ask(steps, { steps: 2 })]);
    for (const other of others) expect(await ended(other)).toMatchObject({ state: 'done' });
  });

  it('whose runner is killed runs again, and one that may not ends with a sentence', async () => {
    const [again, once] = await Promise.all([ask(survives), ask(diesOnce)]);
    const pids = await Promise.all([pidOf(again), pidOf(once)]);
    for (const pid of pids) process.kill(pid, 'SIGKILL');
    const [first, second] = await Promise.all([ended(again), ended(once)]);
    expect(first).toMatchObject({ state: 'done', attempt: 2, note: 'Try 2 worked.' });
    expect(second).toMatchObject({ state: 'failed', attempt: 1 });
    expect(second.note).toMatch(/^Whatever worked on it broke off at each try\. Reference: [0-9a-f]{8}\.$/);
    expect(await entriesOf(once)).toEqual([{ action: 'JOB_FAILED', outcome: 'failed' }]);
  });

  it('whose reader is disabled tells nothing more', async () => {
    const email = 'coordinator@haverness.example';
    const id = await ask(listens);
    await until(id, ({ state }) => state === 'running');
    const cookie = await town.sessionOf(email);
    const door = { door: 'concord_identity', actor: 'system', partnership: undefined } as const;
    let disabled = false;
    const events = await eventsOf(id, cookie, async () => {
      if (disabled) return;
      disabled = true;
      await town.records.write(door, ({ work }) => disablePerson(work<'identity'>(), town.people.get(email)!));
    });
    // At most the one that was on its way already.
    expect(events.length).toBeLessThanOrEqual(2);
    expect(events.every(({ ended: over }) => over === false)).toBe(true);
    await cancel(id);
    await ended(id);
  });
});

describe('a job that waits', () => {
  beforeAll(() => supervisor.stop());
  afterAll(() => {
    supervisor = supervise();
  });

  it('is cancelled at once, and never runs', { timeout: 60_000 }, async () => {
    const id = await ask(steps, { steps: 1 });
    await cancel(id);
    expect(await look(id)).toMatchObject({ state: 'cancelled', attempt: 0 });
    const again = await town.ask(`/haverness/jobs/${id}/cancel`, {
      method: 'POST',
      cookie: await town.sessionOf('administrator@haverness.example'),
    });
    expect(again.status).toBe(409);
    const other = await ask(steps, { steps: 1 });
    const own = supervise();
    await ended(other);
    for (;;) {
      const [queued] = await town.asAdmin<{ state: string }>('select state::text from jobs.job where id = $1', [id]);
      if (queued?.state === 'completed') break;
      await pause(50);
    }
    await own.stop();
    expect(await look(id)).toMatchObject({ state: 'cancelled', attempt: 0, startedAt: null });
  });

  it('is not there when the unit of work that asked for it fails', async () => {
    let id = '';
    const failing = town.records.write(bound(), async ({ work }) => {
      id = await town.equipment.jobs.ask(work<'platform'>(), {
        definition: steps,
        payload: { steps: 1 },
        title: 'Never',
        partnership: bound().partnership,
        askedBy: 'system',
      });
      throw new Error('on purpose');
    });
    await expect(failing).rejects.toThrow('on purpose');
    expect(id).toMatch(/^[0-9a-f-]{36}$/);
    expect(
      await town.asAdmin('select 1 from jobs.job where id = $1 union all select 1 from platform.job where id = $1', [
        id,
      ]),
    ).toEqual([]);
  });

  it('is not even asked for with a payload that it cannot read', async () => {
    await expect(ask(steps, { steps: 'many' })).rejects.toThrow();
    expect(await town.asAdmin(`select 1 from platform.job where payload::text like '%many%'`)).toEqual([]);
  });
});
