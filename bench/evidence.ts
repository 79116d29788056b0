import { execFileSync, spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Measured, Settings } from './evidence/alone.ts';
import type { FiguresMeasured } from './evidence/figures.ts';
import { bytesOf, csvIn, forces, rowsOfYear, writeFiles } from './evidence/files.ts';
import { inFreshFolder } from './instruments/programs.ts';
import { rowOf, type Bench, type Row } from './instruments/row.ts';
import { median } from './instruments/summary.ts';

const rounds = 3;
const small = 1_000_000;
const large = 30_000_000;

export const bench: Bench = {
  promise: `A year of England and Wales (${rowsOfYear.toLocaleString('en-GB')} rows in ${forces * 12} files) is loaded in half again the time of a bare column engine, in 2 GB, and counted as fast as by one.`,
  run: (progress) =>
    inFreshFolder(async (folder) => {
      progress('Writing the files of a year …');
      const files = await writeFiles(folder, rowsOfYear);
      const paths = csvIn(files);
      const size = `${rowsOfYear.toLocaleString('en-GB')} rows, ${paths.length} files, ${(bytesOf(paths) / 1e9).toFixed(2)} GB`;
      const rows: Row[] = [];

      const loads: Measured[] = [];
      const copies: Measured[] = [];
      const out = join(folder, 'releases');
      for (let round = 0; round < rounds; round += 1) {
        progress(`Loading, round ${round + 1} of ${rounds} …`);
        rmSync(out, { recursive: true, force: true });
        loads.push(alone('load', { files, out }));
        copies.push(alone('copy', { files, out: join(folder, 'bare') }));
      }
      rows.push(
        rowOf({
          bench: 'evidence',
          metric: 'load, beside bare COPY to Parquet',
          size,
          value: median(loads.map(({ seconds }) => seconds)),
          unit: 's',
          baseline: median(copies.map(({ seconds }) => seconds)),
          goal: { of: 'ratio', under: 1.5 },
        }),
        rowOf({
          bench: 'evidence',
          metric: 'load, rows accepted beside rows written',
          size,
          value: loads[0]?.rows ?? 0,
          unit: 'rows',
          baseline: copies[0]?.rows ?? 0,
          goal: { of: 'ratio', atLeast: 1 },
        }),
        rowOf({
          bench: 'evidence',
          metric: 'load, peak memory',
          size,
          value: Math.max(...loads.map(({ megabytes }) => megabytes)),
          unit: 'MB',
          goal: { of: 'value', under: 2_048 },
        }),
      );

      const counts: Measured[] = [];
      const bare: Measured[] = [];
      for (let round = 0; round < rounds; round += 1) {
        progress(`Counting, round ${round + 1} of ${rounds} …`);
        counts.push(alone('count', { files, out }));
        bare.push(alone('bare-count', { files, out }));
      }
      same('the bare engine', counts[0], bare[0]);
      rows.push(
        rowOf({
          bench: 'evidence',
          metric: 'month × type × LSOA from releases, beside the bare engine',
          size: `${(counts[0]?.groups ?? 0).toLocaleString('en-GB')} groups`,
          value: median(counts.map(({ seconds }) => seconds)),
          unit: 's',
          baseline: median(bare.map(({ seconds }) => seconds)),
          goal: { of: 'ratio', under: 1.3 },
        }),
      );
      rows.push(...besideR(files, counts[0], loads, counts, progress));

      rmSync(out, { recursive: true, force: true });
      rmSync(files, { recursive: true, force: true });
      const peaks: number[] = [];
      let figures: FiguresMeasured | undefined;
      for (const each of [small, large]) {
        progress(`Writing ${each.toLocaleString('en-GB')} rows …`);
        const of = await writeFiles(join(folder, 'many'), each, 2019);
        const data = join(folder, `data-${each}`);
        progress(`Loading ${each.toLocaleString('en-GB')} rows …`);
        peaks.push(alone('load', { files: of, out: join(data, 'releases') }).megabytes);
        rmSync(of, { recursive: true, force: true });
        if (each !== large) continue;
        progress('Asking for figures …');
        figures = printedBy('figures', data) as FiguresMeasured;
      }
      rows.push(
        rowOf({
          bench: 'evidence',
          metric: 'load, peak memory, beside that of 1 million rows',
          size: `${large.toLocaleString('en-GB')} rows`,
          value: peaks[1] ?? 0,
          unit: 'MB',
          baseline: peaks[0] ?? 0,
          goal: { of: 'value', under: 2_048 },
        }),
        ...(figures === undefined ? [] : figureRows(figures)),
      );
      return rows;
    }),
};

function figureRows({ rows, smallAreas, workedOutP95, keptP95 }: FiguresMeasured): readonly Row[] {
  const size = `${rows.toLocaleString('en-GB')} rows, an area of ${smallAreas} small ones, every month`;
  const row = { bench: 'evidence', size, unit: 'ms' };
  return [
    rowOf({
      ...row,
      metric: 'one area’s figure, worked out, p95',
      value: workedOutP95,
      goal: { of: 'value', under: 1_000 },
    }),
    rowOf({ ...row, metric: 'one area’s figure, kept, p95', value: keptP95, goal: { of: 'value', under: 50 } }),
  ];
}

const alone = (what: string, settings: Settings): Measured =>
  printedBy('alone', what, JSON.stringify(settings)) as Measured;

/** What a program in a process of its own says it measured. */
function printedBy(program: 'alone' | 'figures', ...args: readonly string[]): unknown {
  const path = fileURLToPath(new URL(`evidence/${program}.ts`, import.meta.url));
  return JSON.parse(
    execFileSync(process.execPath, [path, ...args], { stdio: ['ignore', 'pipe', 'inherit'] }).toString(),
  );
}

/** @throws Error when two programs do not say the same of the same files: then no time of theirs means anything */
function same(
  who: string,
  ours: Measured | undefined,
  theirs: Pick<Measured, 'rows' | 'groups' | 'squares'> | undefined,
) {
  for (const key of ['rows', 'groups', 'squares'] as const)
    if (ours?.[key] !== theirs?.[key])
      throw new Error(`Concord and ${who} disagree on ${key}: ${ours?.[key] ?? ''} and ${theirs?.[key] ?? ''}.`);
}

function besideR(
  files: string,
  counted: Measured | undefined,
  loads: readonly Measured[],
  counts: readonly Measured[],
  progress: (line: string) => void,
): readonly Row[] {
  const script = fileURLToPath(new URL('evidence/beside.R', import.meta.url));
  const ran = spawnSync('Rscript', [script, files], { encoding: 'utf8' });
  if (ran.status !== 0) {
    progress('R with data.table is not installed here, so nothing is measured beside it.');
    return [];
  }
  const found = JSON.parse(ran.stdout) as Measured;
  same('data.table', counted, found);
  const ours = median(loads.map(({ seconds }) => seconds)) + median(counts.map(({ seconds }) => seconds));
  return [
    rowOf({
      bench: 'evidence',
      metric: 'files to counts, all columns kept, beside data.table with three',
      size: `${counted?.groups.toLocaleString('en-GB') ?? ''} groups`,
      value: ours,
      unit: 's',
      baseline: found.seconds,
    }),
  ];
}
