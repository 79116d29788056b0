import { mkdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import {
  DuckDBBooleanVector,
  DuckDBDoubleVector,
  DuckDBInstance,
  DuckDBVarCharVector,
  type DuckDBConnection,
  type DuckDBMaterializedResult,
  type DuckDBVector,
} from '@duckdb/node-api';

/** A value as the engine gives it back: numbers are doubles, dates are ISO text. */
export type Cell = string | number | boolean | null;
export type Row = Readonly<Record<string, Cell>>;

/**
 * The column engine, opened over a few folders and locked: it reads and writes nothing else, whatever a file or a name
 * says. No extension is loaded, and no setting can be changed afterwards.
 */
export interface Engine {
  readonly run: (sql: string) => Promise<void>;
  readonly all: (sql: string) => Promise<readonly Row[]>;
  /** Columns of doubles, without a detour over rows; NaN where there is nothing. */
  readonly numbers: (sql: string) => Promise<readonly Float64Array[]>;
  /** A large answer, a few thousand rows at a time: the values of each column. */
  readonly each: (sql: string, take: (columns: readonly (readonly Cell[])[], rows: number) => void) => Promise<void>;
  /** A second line to the same engine: what runs on it shares memory and temporary tables of no other. */
  readonly another: () => Promise<Engine>;
  readonly close: () => void;
}

export interface EngineOptions {
  /** The only folders that exist for it. */
  readonly folders: readonly string[];
  /** Where it puts what does not fit into memory; one of the folders, or inside one. */
  readonly temporary: string;
  /** It may overshoot by a third. */
  readonly megabytes: number;
  /** For each question; as many as the machine has cores, up to four, unless given. */
  readonly threads?: number;
  /** Ends what is running, in about 60 ms. */
  readonly signal?: AbortSignal;
}

/** As many as the machine has cores, up to four. */
export const mostThreads = (): number => Math.min(availableParallelism(), 4);

/** @throws Error when a folder is not there */
export async function openEngine({ folders, temporary, megabytes, threads, signal }: EngineOptions): Promise<Engine> {
  mkdirSync(temporary, { recursive: true });
  const instance = await DuckDBInstance.create(':memory:', {
    threads: String(threads ?? mostThreads()),
    memory_limit: `${megabytes}MB`,
    temp_directory: temporary,
    max_temp_directory_size: '20GB',
    preserve_insertion_order: 'true',
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    allow_community_extensions: 'false',
  });
  const first = await instance.connect();
  const allowed = [...folders, temporary].map((folder) => sqlText(join(folder, '/')));
  await first.run(`set allowed_directories = [${allowed.join(', ')}]`);
  await first.run('set enable_external_access = false');
  await first.run('set lock_configuration = true');
  const line = (connection: DuckDBConnection): Engine => {
    const interrupt = () => {
      connection.interrupt();
    };
    signal?.addEventListener('abort', interrupt);
    return {
      async run(sql) {
        signal?.throwIfAborted();
        await connection.run(sql);
      },
      async all(sql) {
        signal?.throwIfAborted();
        return (await connection.runAndReadAll(sql)).getRowObjectsJS().map(plainRow);
      },
      async numbers(sql) {
        signal?.throwIfAborted();
        return numbersOf(await connection.run(sql));
      },
      async each(sql, take) {
        signal?.throwIfAborted();
        const result = await connection.stream(sql);
        for (
          let chunk = await result.fetchChunk();
          chunk !== null && chunk.rowCount > 0;
          chunk = await result.fetchChunk()
        )
          take(
            Array.from({ length: chunk.columnCount }, (_, column) => cellsOf(chunk.getColumnVector(column))),
            chunk.rowCount,
          );
      },
      another: async () => line(await instance.connect()),
      close() {
        signal?.removeEventListener('abort', interrupt);
        if (connection === first) instance.closeSync();
        else connection.closeSync();
      },
    };
  };
  return line(first);
}

/** Texts, doubles and truth values are given as they are. */
function cellsOf(vector: DuckDBVector): readonly Cell[] {
  const isPlain =
    vector instanceof DuckDBDoubleVector ||
    vector instanceof DuckDBVarCharVector ||
    vector instanceof DuckDBBooleanVector;
  return isPlain ? vector.toArray() : vector.toArray().map(plain);
}

async function numbersOf(result: DuckDBMaterializedResult): Promise<readonly Float64Array[]> {
  const columns = Array.from({ length: result.columnCount }, () => new Float64Array(result.rowCount).fill(Number.NaN));
  let from = 0;
  for (const chunk of await result.fetchAllChunks()) {
    const rows = chunk.rowCount;
    for (const [place, column] of columns.entries()) {
      const vector = chunk.getColumnVector(place);
      if (!(vector instanceof DuckDBDoubleVector)) throw new TypeError('Ask the engine for doubles only.');
      for (let row = 0; row < rows; row++) column[from + row] = vector.getItem(row) ?? Number.NaN;
    }
    from += rows;
  }
  return columns;
}

function plainRow(row: Readonly<Record<string, unknown>>): Row {
  return Object.fromEntries(Object.entries(row).map(([name, value]) => [name, plain(value)]));
}

function plain(value: unknown): Cell {
  if (typeof value === 'bigint') return Number(value);
  if (value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
    return value;
  throw new TypeError('Ask the engine for text, numbers and truth values only.');
}

/** Text as a literal. */
export const sqlText = (text: string): string => `'${text.replaceAll("'", "''")}'`;
/** A name, quoted. */
export const sqlName = (name: string): string => `"${name.replaceAll('"', '""')}"`;
export const sqlTexts = (texts: Iterable<string>): string => [...texts].map(sqlText).join(', ');

export async function insertAll(engine: Engine, table: string, rows: readonly string[]): Promise<void> {
  for (let from = 0; from < rows.length; from += 5_000)
    await engine.run(`insert into ${table} values ${rows.slice(from, from + 5_000).join(', ')}`);
}
