import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { ended, freePort, inFreshFolder, productEnvironment, root } from './instruments/programs.ts';
import { rowOf, type Bench } from './instruments/row.ts';
import { median } from './instruments/summary.ts';

const rounds = 5;
const giveUpSeconds = 60;
const freshGoalSeconds = 10;
const warmGoalSeconds = 2;

type Start = (data: string, port: number, cache: string) => ChildProcess;

/** As in the handbook, by npm. `cache` is where Node keeps compiled code: empty on a fresh machine. */
const product: Start = (data, port, cache) =>
  spawn('npm', ['start'], {
    cwd: root,
    env: { ...productEnvironment(data, port), NODE_COMPILE_CACHE: cache },
    stdio: 'ignore',
  });

const bare: Start = (data, port, cache) =>
  spawn(
    process.execPath,
    [fileURLToPath(new URL('start/bare-start.ts', import.meta.url)), join(data, 'bare'), String(port)],
    {
      env: { ...process.env, NODE_COMPILE_CACHE: cache },
      stdio: 'ignore',
    },
  );

export const bench: Bench = {
  promise: `From npm start to the first page: under ${freshGoalSeconds} seconds on a fresh machine, under ${warmGoalSeconds} seconds after that.`,
  async run(progress) {
    const seconds = {
      fresh: [] as number[],
      warm: [] as number[],
      bareFresh: [] as number[],
      bareWarm: [] as number[],
    };
    for (let round = 1; round <= rounds; round += 1) {
      progress(`Round ${round} of ${rounds} …`);
      await inFreshFolder(async (data) => {
        seconds.fresh.push(await untilFirstPage(product, data));
        seconds.warm.push(await untilFirstPage(product, data));
        seconds.bareFresh.push(await untilFirstPage(bare, data));
        seconds.bareWarm.push(await untilFirstPage(bare, data));
      });
    }
    const row = (metric: string, ours: readonly number[], theirs: readonly number[], under: number) =>
      rowOf({
        bench: 'start',
        metric,
        size: 'the example town',
        value: median(ours),
        unit: 's',
        baseline: median(theirs),
        goal: { of: 'value', under },
      });
    return [
      row('fresh machine to first page', seconds.fresh, seconds.bareFresh, freshGoalSeconds),
      row('warm start to first page', seconds.warm, seconds.bareWarm, warmGoalSeconds),
    ];
  },
};

/** Starts a program, asks for `/` until it is there, and stops the program again. */
async function untilFirstPage(start: Start, data: string): Promise<number> {
  const port = await freePort();
  const began = performance.now();
  const child = start(data, port, join(data, 'compile-cache'));
  try {
    for (;;) {
      const answer = await fetch(`http://127.0.0.1:${port}/`).catch(() => undefined);
      const seconds = (performance.now() - began) / 1_000;
      await answer?.arrayBuffer();
      if (answer?.status === 200) return seconds;
      if (child.exitCode !== null) throw new Error(`The program ended with ${child.exitCode} before its first page.`);
      if (seconds > giveUpSeconds) throw new Error(`No page after ${giveUpSeconds} seconds.`);
      await pause(10);
    }
  } finally {
    await ended(child);
  }
}
