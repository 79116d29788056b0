// One measurement in a process of its own, so that its memory is its own: node alone.ts <what> <settings as JSON>
import { mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { policeUkStreet } from '../../src/evidence/formats/police-uk-street.ts';
import { checkLoad, clearStage, type CheckedLoad } from '../../src/evidence/load.store.ts';
import { openReleases } from '../../src/platform/releases/ask.ts';
import type { Part } from '../../src/platform/releases/releases.ts';
import { csvIn } from './files.ts';

export interface Settings {
  /** Folder of the files. */
  readonly files: string;
  /** Folder of the releases, or of what is written. */
  readonly out: string;
}

export interface Measured {
  readonly seconds: number;
  readonly megabytes: number;
  readonly rows: number;
  /** Groups and the sum of the squares of their counts: who leaves a row out or puts it elsewhere has another. */
  readonly groups: number;
  readonly squares: number;
}

/** What was loaded, for whoever measures figures of it. */
export interface Loaded {
  readonly load: CheckedLoad;
  readonly parts: readonly Part[];
}

const fields = policeUkStreet.rules.columns.map(({ header }) => header);

async function bareEngine() {
  const instance = await DuckDBInstance.create(':memory:', { threads: '2', preserve_insertion_order: 'true' });
  return instance.connect();
}

const acts: Readonly<Record<string, (settings: Settings) => Promise<Partial<Measured>>>> = {
  /** Concord: decode, hash, check every row, sort, write, put in place. The records are not asked: they take milliseconds. */
  async load({ files, out }) {
    const releases = openReleases(out);
    const outcome = await checkLoad(
      {
        releases,
        today: '2030-01-01',
        read: (act) => act(nothingLoaded as never),
      },
      { format: policeUkStreet, sent: csvIn(files).map((path) => ({ path, name: basename(path) })) },
    );
    if (!outcome.done) throw new Error(outcome.sentence);
    const load = outcome.value;
    const parts: Part[] = [];
    for (const { file, rows, months } of load.parts) {
      const path = join(releases.folder.staging, load.stage, file);
      const { size } = statSync(path);
      parts.push({ sha256: await releases.folder.keep(path, 'parts'), bytes: size, rows, months });
    }
    await clearStage(releases.folder, load);
    releases.close();
    writeFileSync(join(out, 'load.json'), JSON.stringify({ load, parts } satisfies Loaded));
    return { rows: load.rows.accepted };
  },
  /** The column engine alone, told everything: what a careful person would type. */
  async copy({ files, out }) {
    mkdirSync(out, { recursive: true });
    const connection = await bareEngine();
    await connection.run(`copy (select * from read_csv('${files}/*.csv', header = true, auto_detect = false, delim = ',', quote = '"',
      escape = '"', columns = {${fields.map((name) => `'${name}': 'VARCHAR'`).join(', ')}})) to '${out}/bare.parquet' (format parquet, compression zstd)`);
    const [row] = (
      await connection.runAndReadAll(`select count(*)::double from read_parquet('${out}/bare.parquet')`)
    ).getRows();
    return { rows: Number(row?.[0]) };
  },
  async count({ out }) {
    const releases = openReleases(out);
    let groups = 0;
    let squares = 0;
    let rows = 0;
    await releases.eachCount({ parts: partsIn(out), where: [], by: ['month', 'category', 'area'] }, (_key, count) => {
      groups += 1;
      squares += count * count;
      rows += count;
    });
    releases.close();
    return { groups, squares, rows };
  },
  async 'bare-count'({ out }) {
    const connection = await bareEngine();
    const result = await connection.stream(
      `select month, category, area, count(*)::double from read_parquet('${out}/parts/*.parquet') group by all`,
    );
    let groups = 0;
    let squares = 0;
    let rows = 0;
    for (
      let chunk = await result.fetchChunk();
      chunk !== null && chunk.rowCount > 0;
      chunk = await result.fetchChunk()
    ) {
      const columns = [0, 1, 2, 3].map((column) => chunk.getColumnValues(column));
      for (const count of columns[3] ?? []) {
        groups += 1;
        squares += Number(count) ** 2;
        rows += Number(count);
      }
    }
    return { groups, squares, rows };
  },
};

/** The records of a partnership that has loaded nothing. */
const nothingLoaded = {
  selectFrom: () => chain,
};
const chain: unknown = new Proxy(
  {},
  { get: (_, name) => (name === 'execute' ? () => Promise.resolve([]) : () => chain) },
);

export const partsIn = (out: string) =>
  readdirSync(join(out, 'parts')).map((name) => ({ sha256: name.replace('.parquet', ''), months: [], without: [] }));

if (process.argv[1]?.endsWith('alone.ts') === true) {
  const act = acts[process.argv[2] ?? ''];
  if (act === undefined) throw new Error('There is no such measurement.');
  const began = performance.now();
  const found = await act(JSON.parse(process.argv[3] ?? '{}') as Settings);
  const measured = {
    groups: 0,
    squares: 0,
    rows: 0,
    ...found,
    seconds: (performance.now() - began) / 1_000,
    megabytes: process.resourceUsage().maxRSS / 1_024,
  };
  process.stdout.write(`${JSON.stringify(measured)}\n`);
}
