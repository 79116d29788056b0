import { execFileSync, spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { inFreshFolder } from './instruments/programs.ts';
import { type Bench, type Row, rowOf } from './instruments/row.ts';
import type { Measured } from './measures/alone.ts';
import { type HeavyMethod, methods } from './measures/methods.ts';

const alone = fileURLToPath(new URL('measures/alone.ts', import.meta.url));
const besideR = fileURLToPath(new URL('measures/beside.R', import.meta.url));

export const bench: Bench = {
  promise: 'Each heavy measure at three sizes, in seconds and in megabytes, within its ceiling at the greatest.',
  besides: ['r'],
  async run(progress, beside) {
    const rows: Row[] = [];
    const withR = beside === 'r' && findR(progress);
    for (const [name, method] of Object.entries(methods)) {
      progress(`${name} …`);
      rows.push(...rowsOf(name, method));
      if (withR && method.beside !== undefined) {
        const row = await inFreshFolder((folder) => Promise.resolve(rowBesideR(name, method, folder, progress)));
        if (row !== undefined) rows.push(row);
      }
    }
    return rows;
  },
};

function findR(progress: (line: string) => void): boolean {
  const found = spawnSync('Rscript', ['--version']).status === 0;
  if (!found) progress('R is not installed here, so nothing is measured beside it.');
  return found;
}

function measure(name: string, size: number, folder?: string): Measured {
  const printed = execFileSync(process.execPath, [alone, name, String(size), ...(folder ? [folder] : [])], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return JSON.parse(printed.toString()) as Measured;
}

function rowsOf(name: string, method: HeavyMethod): Row[] {
  const { metric, sizes, sizeText, underSeconds, underMegabytes } = method;
  const measured = sizes.map((size) => ({ size, ...measure(name, size) }));
  const last = sizes[2];
  const rows = measured.flatMap(({ size, seconds, processorSeconds, megabytes }) => [
    rowOf({
      bench: 'measures',
      metric,
      size: sizeText(size),
      value: seconds,
      unit: 's',
      ...(size === last && { goal: { of: 'value', under: underSeconds } as const }),
    }),
    rowOf({
      bench: 'measures',
      metric: `${metric}: processor`,
      size: sizeText(size),
      value: processorSeconds,
      unit: 's',
    }),
    rowOf({
      bench: 'measures',
      metric: `${metric}: memory`,
      size: sizeText(size),
      value: megabytes,
      unit: 'MB',
      ...(size === last && underMegabytes && { goal: { of: 'value', under: underMegabytes } as const }),
    }),
  ]);
  // The power of the size that the work grows with: 1 when twice as much takes twice as long.
  const growth = measured.slice(1).map(({ size, processorSeconds }, i) => {
    const smaller = measured[i] ?? { size, processorSeconds };
    return rowOf({
      bench: 'measures',
      metric: `${metric}: growth`,
      size: `${sizeText(smaller.size)} to ${sizeText(size)}`,
      value: Math.log(processorSeconds / smaller.processorSeconds) / Math.log(size / smaller.size),
      unit: 'power',
    });
  });
  return [...rows, ...growth];
}

function rowBesideR(name: string, method: HeavyMethod, folder: string, progress: (line: string) => void) {
  const { beside, metric, sizes, sizeText } = method;
  if (beside === undefined) return undefined;
  const size = beside.size ?? sizes[2];
  const ours = measure(name, size, folder);
  const r = spawnSync('Rscript', [besideR, name, folder], { encoding: 'utf8' });
  if (r.status !== 0) {
    progress(`${beside.call} could not be run: ${r.stderr.trim().split('\n').at(-1) ?? ''}`);
    return undefined;
  }
  const theirs = JSON.parse(r.stdout) as Pick<Measured, 'seconds' | 'figure'>;
  if (Math.abs(ours.figure - theirs.figure) > beside.agree * Math.abs(theirs.figure))
    throw new Error(`${beside.call} finds ${theirs.figure} where ${name} finds ${ours.figure}.`);
  return rowOf({
    bench: 'measures',
    metric: `${metric}, beside ${beside.call}`,
    size: sizeText(size),
    value: ours.seconds,
    unit: 's',
    baseline: theirs.seconds,
    ...(beside.under && { goal: { of: 'ratio', under: beside.under } as const }),
  });
}
