// The program behind `measures`: runs one method once or a few times in a process of its own, so that its memory can be told,
// and prints one line of JSON. With a folder it also writes the input there for R.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { methods } from './methods.ts';

export interface Measured {
  readonly seconds: number;
  /** Of all its threads together: says more than seconds where the machine is busy. */
  readonly processorSeconds: number;
  /** The most memory held while it ran, beyond what was held before. */
  readonly megabytes: number;
  readonly figure: number;
}

const [name = '', size = '', folder] = process.argv.slice(2);
const method = methods[name];
if (method === undefined) throw new Error(`There is no method “${name}”.`);
const { work, tables } = method.prepare(Number(size));
if (folder !== undefined) {
  for (const [table, columns] of Object.entries(tables?.() ?? {})) {
    const names = Object.keys(columns);
    const length = Math.max(...names.map((column) => columns[column]?.length ?? 0));
    const lines = Array.from({ length }, (_none, i) => names.map((column) => columns[column]?.[i] ?? '').join(','));
    writeFileSync(join(folder, `${table}.csv`), `${[names.join(','), ...lines].join('\n')}\n`);
  }
}

// Linux can be told to forget the most memory held so far; elsewhere the peak counts from the start of the process.
const linux = existsSync('/proc/self/clear_refs');
const mostHeld = (): number =>
  linux
    ? Number(/^VmHWM:\s+(\d+) kB/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1]) / 1024
    : process.resourceUsage().maxRSS / 1024;
if (linux) writeFileSync('/proc/self/clear_refs', '5');
const before = mostHeld();
let seconds = Infinity;
let processorSeconds = Infinity;
let megabytes = 0;
let figure = Number.NaN;
// As the reference is measured: the best of three where a run is short.
for (let run = 1; run <= 3 && (run === 1 || seconds < 2); run += 1) {
  const began = performance.now();
  const used = process.cpuUsage();
  figure = await work();
  const { user, system } = process.cpuUsage(used);
  processorSeconds = Math.min(processorSeconds, (user + system) / 1e6);
  seconds = Math.min(seconds, (performance.now() - began) / 1_000);
  if (run === 1) megabytes = Math.max(0, mostHeld() - before);
}
process.stdout.write(JSON.stringify({ seconds, processorSeconds, megabytes, figure } satisfies Measured));
