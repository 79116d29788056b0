import { createHash } from 'node:crypto';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { openEngine, sqlName, sqlText } from './engine.ts';
import type { ReleaseFolder } from './releases.ts';

export interface TableColumn {
  readonly name: string;
  /** Numbers are stored as doubles: codes are text, and nothing else here needs more than 15 digits. */
  readonly type: 'text' | 'number';
}

export interface ReferenceRows {
  readonly columns: readonly TableColumn[];
  /** Cells in the order of the columns; empty ones hold nothing. */
  readonly rows: readonly (readonly string[])[];
}

/**
 * The hash of what a table says, whichever version of the column engine stores it.
 * @returns 64 hexadecimal digits
 */
export function contentOf(table: ReferenceRows): string {
  const hash = createHash('sha256').update(`${JSON.stringify(table.columns)}\n`);
  for (const row of table.rows) hash.update(`${JSON.stringify(row)}\n`);
  return hash.digest('hex');
}

/** Stores a table as Parquet in the folder of reference releases, under the hash of its bytes, which it returns. */
export async function keepTable(folder: ReleaseFolder, { columns, rows }: ReferenceRows): Promise<string> {
  const stage = folder.stage();
  const [from, to] = [join(stage, 'table.csv'), join(stage, 'table.parquet')];
  const cell = (text: string): string => (text === '' ? '' : `"${text.replaceAll('"', '""')}"`);
  try {
    await writeFile(from, rows.map((row) => `${row.map(cell).join(',')}\n`).join(''));
    const engine = await openEngine({ folders: [stage], temporary: folder.temporary, megabytes: 512 });
    try {
      const read = columns.map(({ name }) => `${sqlText(name)}: 'VARCHAR'`).join(', ');
      const typed = columns.map(({ name, type }) =>
        type === 'text' ? sqlName(name) : `${sqlName(name)}::double as ${sqlName(name)}`,
      );
      await engine.run(`
        copy (select ${typed.join(', ')} from read_csv(${sqlText(from)}, header = false, auto_detect = false, delim = ',',
          quote = '"', escape = '"', nullstr = '', columns = {${read}}))
        to ${sqlText(to)} (format parquet, compression zstd)`);
    } finally {
      engine.close();
    }
    return await folder.keep(to, 'reference');
  } finally {
    await rm(stage, { recursive: true, force: true });
  }
}

/** Stores text, packed, under the hash of the packed bytes, which it returns: boundaries as GeoJSON. */
export async function keepText(folder: ReleaseFolder, text: string, ending: string): Promise<string> {
  const stage = folder.stage();
  try {
    const path = join(stage, 'text.gz');
    await writeFile(path, gzipSync(text, { level: 6 }));
    return await folder.keep(path, 'reference', ending);
  } finally {
    await rm(stage, { recursive: true, force: true });
  }
}
