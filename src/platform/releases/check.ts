import { createReadStream, createWriteStream, existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { checkBatch, type BatchChecked } from './batch.ts';
import type { Checked, CheckOptions, RowCounts } from './checked.ts';
import { insertAll, mostThreads, openEngine, sqlText, type Engine } from './engine.ts';
import { batchesOf, type Matched } from './matched.ts';
import { planOf } from './plan.ts';
import type { Problem } from './table.ts';

/**
 * Reads files, checks each row, and writes what is good as sorted Parquet and what is not as a file to correct. Each row
 * read is accepted, quarantined, already loaded or outside: never two of them, never none. Memory is bounded by the batches
 * and not by the load. The parts are the same bytes on any number of cores.
 * @throws WrongFile when a file is not of this format
 */
export async function checkFiles(options: CheckOptions): Promise<Checked> {
  const batches = batchesOf(options.files, options.rules);
  try {
    // A batch is read on one thread, since its rows are numbered. Several keep all cores busy by themselves, and threads
    // that the engine adds would only wait, which it does by asking over and over.
    const start = [await batches.next(), await batches.next()].flatMap((each) =>
      each.done === true ? [] : [each.value],
    );
    const lines = start.length > 1 ? mostThreads() : 1;
    const engine = await openEngine({
      folders: [
        ...new Set([options.folder, ...options.folders, ...(options.loaded ?? []).map(({ path }) => join(path, '..'))]),
      ],
      temporary: options.temporary,
      megabytes: 800,
      threads: lines > 1 ? 1 : mostThreads(),
      ...(options.signal === undefined ? {} : { signal: options.signal }),
    });
    try {
      await rememberAreas(engine, options);
      return await together(await checkBatches(engine, lines, follow(start, batches), options), options);
    } finally {
      engine.close();
    }
  } finally {
    await batches.return(undefined);
  }
}

async function* follow<T>(first: readonly T[], rest: AsyncIterable<T>): AsyncGenerator<T> {
  yield* first;
  yield* rest;
}

/** @returns what was found of each batch, in the order of the files */
async function checkBatches(
  engine: Engine,
  lines: number,
  batches: AsyncGenerator<readonly Matched[]>,
  options: CheckOptions,
): Promise<readonly BatchChecked[]> {
  const plan = planOf(options);
  const results: Promise<BatchChecked>[] = [];
  let asked = 0;
  let bytes = 0;
  const failures: unknown[] = [];
  const work = async (number: number): Promise<void> => {
    const line = await engine.another();
    try {
      for (;;) {
        const place = asked++;
        const next = await batches.next();
        if (next.done === true || failures.length > 0) return;
        const batch = { files: next.value, place, rejects: `reject_${number}` };
        const earlier = () => Promise.all(results.slice(0, place));
        await (results[place] = checkBatch(line, batch, plan, { ...options, earlier }));
        bytes += next.value.reduce((sum, { file }) => sum + file.bytes, 0);
        options.progress?.(bytes);
      }
    } catch (error) {
      failures.push(error);
    } finally {
      line.close();
    }
  };
  // Nobody leaves while another is still at work: the engine is closed behind them.
  await Promise.all(Array.from({ length: lines }, (_, number) => work(number)));
  if (failures.length > 0) throw failures[0];
  return Promise.all(results);
}

async function rememberAreas(engine: Engine, { areas, within }: CheckOptions): Promise<void> {
  await engine.run('create table own_area (provider varchar, code varchar)');
  for (const [provider, codes] of within ?? [])
    await insertAll(
      engine,
      'own_area',
      [...new Set(codes)].map((code) => `(${sqlText(provider)}, ${sqlText(code)})`),
    );
  if (areas === undefined) return;
  await engine.run('create table known_area (code varchar)');
  await insertAll(
    engine,
    'known_area',
    [...new Set(areas)].map((code) => `(${sqlText(code)})`),
  );
  await engine.run('create type area_code as enum (select code from known_area order by code)');
}

async function together(results: readonly BatchChecked[], { folder }: CheckOptions): Promise<Checked> {
  const files = results.flatMap((result) => result.files);
  const total = (key: keyof RowCounts): number => sum(files.map((file) => file[key]));
  const reasons = new Map<string, Problem & { rows: number }>();
  for (const reason of results.flatMap((result) => result.reasons)) {
    const known = reasons.get(reason.sentence);
    if (known === undefined) reasons.set(reason.sentence, { ...reason });
    else known.rows += reason.rows;
  }
  const months = new Map<string, Checked['months'][number]>();
  for (const each of results.flatMap((result) => result.months)) {
    const key = JSON.stringify([each.month, each.provider]);
    const known = months.get(key);
    months.set(
      key,
      known === undefined
        ? each
        : { ...each, rows: known.rows + each.rows, unlocated: known.unlocated + each.unlocated },
    );
  }
  return {
    rows: {
      read: total('read'),
      accepted: total('accepted'),
      quarantined: total('quarantined'),
      alreadyLoaded: total('alreadyLoaded'),
      outside: total('outside'),
      unlocated: total('unlocated'),
    },
    files,
    parts: results.flatMap(({ part }) => (part === undefined ? [] : [part])),
    months: [...months.values()].sort(
      (a, b) => compare(a.month, b.month) || compare(a.provider ?? '', b.provider ?? ''),
    ),
    quarantine: await joinFiles(
      results.flatMap(({ quarantine }) => (quarantine === undefined ? [] : [quarantine])),
      join(folder, 'quarantine.csv'),
    ),
    reasons: [...reasons.values()].sort((a, b) => b.rows - a.rows),
    screened: results.flatMap(({ screened }) => screened).slice(0, 100),
    unknownColumns: [...new Set(results.flatMap(({ unknownColumns }) => unknownColumns))],
  };
}

/** Batches may have other columns, so each keeps its own first line. */
async function joinFiles(paths: readonly string[], target: string): Promise<string | null> {
  if (paths.length === 0) return null;
  if (existsSync(target)) await rm(target);
  for (const path of paths) {
    await pipeline(createReadStream(path), createWriteStream(target, { flags: 'a', mode: 0o600 }));
    await rm(path);
  }
  return target;
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
const sum = (numbers: readonly number[]): number => numbers.reduce((total, each) => total + each, 0);
