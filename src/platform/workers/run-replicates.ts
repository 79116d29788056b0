import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { isRefusal, refuse, type Refusal } from '../../measures/refusal.ts';
import { buffersOf } from './arrays.ts';
import type { Asked, Task } from './replicate-thread.ts';
import { findReplicated, type AnswerOf, type InputOf, type ReplicatedName } from './replicated.ts';

/**
 * How many parts a run is cut into, whatever the number of workers: a part is never so long that progress stands still, and
 * the same parts joined in the same order give the same bytes.
 */
const parts = 64;
const mostReplicates = 1_000_000;

export interface RunOptions {
  /** Threads; as many as the machine has cores unless given. The answer is the same bytes for any number. */
  readonly workers?: number;
  /** Stops the run: its threads are ended where they stand. */
  readonly signal?: AbortSignal;
  /** Replicates done, rising, up to all of them. */
  readonly onProgress?: (done: number, total: number) => void;
}

const stopped = (): Refusal => refuse('stopped', 'The calculation was stopped before it was finished.');

/**
 * Runs a Monte Carlo off this thread, its replicates shared out over workers.
 *
 * @returns the measure's own answer or refusal; the refusal `stopped` when the signal was raised
 * @throws what a worker threw: a fault of the measure, or want of memory
 */
export async function runReplicates<Name extends ReplicatedName>(
  name: Name,
  input: InputOf<Name>,
  { workers = availableParallelism(), signal, onProgress }: RunOptions = {},
): Promise<AnswerOf<Name> | Refusal> {
  if (signal?.aborted === true) return stopped();
  const total = findReplicated(name).replicates(input);
  if (!(Number.isInteger(total) && total <= mostReplicates))
    return refuse('bad-draws', 'The number of draws must be a whole number from 1 to 1,000,000.');
  const size = Math.max(1, Math.ceil(total / parts));
  const count = Math.ceil(total / size);
  const first = new Thread({ name, input });
  const threads = [first];
  const { promise: ended, resolve: end } = Promise.withResolvers<Refusal>();
  const onAbort = () => end(stopped());
  signal?.addEventListener('abort', onAbort);
  const act = async (): Promise<unknown> => {
    const prepared = await first.ask({ ask: 'prepare' });
    if (isRefusal(prepared)) return prepared;
    while (threads.length < Math.min(workers, count)) {
      const thread = new Thread({ name, input: 'seed' in input ? { seed: input.seed } : {} });
      threads.push(thread);
      await thread.ask({ ask: 'take', prepared });
    }
    const made: unknown[] = [];
    let next = 0;
    let done = 0;
    await Promise.all(
      threads.map(async (thread) => {
        for (let at = next++; at < count; at = next++) {
          const from = at * size;
          const to = Math.min(total, from + size);
          made[at] = await thread.ask({ ask: 'part', from, to });
          done += to - from;
          onProgress?.(done, total);
        }
      }),
    );
    return made.find(isRefusal) ?? first.ask({ ask: 'combine', parts: made });
  };
  try {
    return (await Promise.race([act(), ended])) as AnswerOf<Name> | Refusal;
  } finally {
    signal?.removeEventListener('abort', onAbort);
    await Promise.all(threads.map((thread) => thread.end()));
  }
}

/** A worker that is asked one thing at a time. */
class Thread {
  readonly #worker: Worker;

  constructor(task: Task) {
    // Nothing of how this process was started (a test runner, an inspector) is the worker's business.
    this.#worker = new Worker(new URL('./replicate-thread.ts', import.meta.url), { workerData: task, execArgv: [] });
  }

  /** @throws what the worker threw */
  async ask(asked: Asked): Promise<unknown> {
    this.#worker.postMessage(asked, asked.ask === 'combine' ? buffersOf(asked.parts) : []);
    const [said] = (await once(this.#worker, 'message')) as [unknown];
    return said;
  }

  async end(): Promise<void> {
    await this.#worker.terminate();
  }
}
