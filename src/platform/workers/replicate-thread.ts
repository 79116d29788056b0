// A worker of run-replicates.ts: prepares a measure, runs parts of its replicates, or joins them, as it is asked.
import { parentPort, workerData } from 'node:worker_threads';
import { isRefusal } from '../../measures/refusal.ts';
import { buffersOf, shareArrays } from './arrays.ts';
import { findReplicated, type ReplicatedName } from './replicated.ts';

/** What a thread is given when it starts. */
export interface Task {
  readonly name: ReplicatedName;
  /** All of it for the thread that prepares; of the others' only the seed is read. */
  readonly input: unknown;
}

export type Asked =
  | { readonly ask: 'prepare' }
  | { readonly ask: 'take'; readonly prepared: unknown }
  | { readonly ask: 'part'; readonly from: number; readonly to: number }
  | { readonly ask: 'combine'; readonly parts: readonly unknown[] };

const port = parentPort;
if (port === null) throw new Error('This file is the body of a worker thread.');
const { name, input } = workerData as Task;
const measure = findReplicated(name);
let prepared: unknown;

function answer(asked: Asked): unknown {
  switch (asked.ask) {
    case 'prepare': {
      const made = measure.prepare(input);
      prepared = isRefusal(made) ? made : shareArrays(made);
      return prepared;
    }
    case 'take':
      prepared = asked.prepared;
      return undefined;
    case 'part':
      return measure.part(prepared, input as never, asked.from, asked.to);
    case 'combine':
      return measure.combine(prepared, asked.parts, input);
  }
}

port.on('message', (asked: Asked) => {
  const said = answer(asked);
  port.postMessage(said, buffersOf(said));
});
