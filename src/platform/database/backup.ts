import { createReadStream, createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import pg from 'pg';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';

/**
 * A backup is one gzip file of text: a line of JSON that says what it is, then for each table a line `table <name>
 * (<columns>)`, its rows as COPY gives them, and `\.`; last, a line `end`. It holds every record of every partnership,
 * the audit with its chain and the secrets of the installation, so keep it as safe as the installation itself.
 *
 * The queue is not part of it: work that was open when the backup was made is marked as failed at restore.
 */
export interface BackupHead {
  readonly concord: 1;
  readonly version: string;
  readonly at: string;
  readonly migrations: readonly string[];
  readonly secrets: Readonly<Record<string, string>>;
}

export class BackupRefused extends Error {}

/** Only these roles of the operator may use it: it sees past the policies. Its grants are renewed by every migration. */
const backupRole = 'concord_backup';

/** Writes everything that the records hold at one moment. @returns rows by table */
export async function writeBackup(
  admin: pg.ClientConfig,
  head: Omit<BackupHead, 'migrations'>,
  file: string,
): Promise<Readonly<Record<string, number>>> {
  const client = new pg.Client(admin);
  await client.connect();
  const unfinished = `${file}.unfinished`;
  const counts: Record<string, number> = {};
  try {
    await client.query(`begin isolation level repeatable read read only; set local role ${backupRole}`);
    const migrations = await appliedMigrations(client);
    const tables = await tablesInOrder(client);
    async function* lines(): AsyncGenerator<Buffer | string> {
      yield `${JSON.stringify({ ...head, migrations } satisfies BackupHead)}\n`;
      for (const { name, columns } of tables) {
        yield `table ${name} (${columns})\n`;
        let rows = 0;
        for await (const chunk of client.query(
          copyTo(`copy ${name} (${columns}) to stdout`),
        ) as AsyncIterable<Buffer>) {
          for (const byte of chunk) if (byte === 0x0a) rows += 1;
          yield chunk;
        }
        counts[name] = rows;
        yield '\\.\n';
      }
      yield 'end\n';
    }
    await pipeline(
      Readable.from(lines(), { objectMode: false }),
      createGzip({ level: 6 }),
      createWriteStream(unfinished, { mode: 0o600 }),
    );
    await client.query('rollback');
    await rename(unfinished, file);
    return counts;
  } finally {
    await rm(unfinished, { force: true });
    await client.end();
  }
}

/**
 * Fills the empty database of this version from a backup: all of it, or nothing.
 * @throws BackupRefused in a sentence
 */
export async function readBackup(
  admin: pg.ClientConfig,
  file: string,
): Promise<{ readonly head: BackupHead; readonly counts: Readonly<Record<string, number>> }> {
  const client = new pg.Client(admin);
  await client.connect();
  const source = createReadStream(file);
  const counts: Record<string, number> = {};
  try {
    const lines = linesOf(source);
    const next = async (): Promise<string> => {
      const line = await lines.next().catch(() => ({ done: true as const, value: undefined }));
      if (line.done === true)
        throw new BackupRefused(`${file} is not a whole backup of Concord. Nothing was restored.`);
      return line.value;
    };
    const head = headOf(await next(), file);
    // COPY does not fill a table under row security. The tables' owner lifts it for this transaction, which nobody else sees.
    await client.query('begin; set local role concord_owner');
    const migrations = await appliedMigrations(client);
    if (JSON.stringify(migrations) !== JSON.stringify(head.migrations))
      throw new BackupRefused(
        `The backup was made by Concord ${head.version}. Restore it with that version, then upgrade. Nothing was restored.`,
      );
    await refuseUnlessEmpty(client);
    const tables = await tablesInOrder(client);
    const known = new Set(tables.map(({ name }) => name));
    const secured = tables.filter((table) => table.secured);
    for (const { name } of secured) await client.query(`alter table ${name} no force row level security`);
    for (let line = await next(); line !== 'end'; line = await next()) {
      const [, name, columns] = /^table ([a-z_]+\.[a-z_]+) \(([a-z0-9_", ]+)\)$/.exec(line) ?? [];
      if (name === undefined || columns === undefined || !known.has(name))
        throw new BackupRefused(`${file} is damaged. Nothing was restored.`);
      counts[name] = await copyRows(client, name, columns, next);
    }
    await client.query(
      `update platform.job set state = 'failed', ended_at = now(), runner = null, note = 'It was open when the backup was made. Ask for it again.' where state in ('waiting', 'running')`,
    );
    for (const { name } of secured) await client.query(`alter table ${name} force row level security`);
    await client.query('commit');
    return { head, counts };
  } catch (error) {
    await client.query('rollback').catch(() => undefined);
    if (error instanceof BackupRefused) throw error;
    throw new BackupRefused(`${file} cannot be restored: ${(error as Error).message}. Nothing was restored.`);
  } finally {
    source.destroy();
    await client.end();
  }
}

/** The lines of a packed file. @throws when the file ends early, is damaged, or cannot be read */
async function* linesOf(source: Readable): AsyncGenerator<string> {
  const unpacked = createGunzip();
  source.on('error', (error) => unpacked.destroy(error)).pipe(unpacked);
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of unpacked as AsyncIterable<Buffer>) {
    const bytes = Buffer.concat([rest, chunk]);
    let from = 0;
    for (let at = bytes.indexOf(0x0a); at !== -1; at = bytes.indexOf(0x0a, from)) {
      yield bytes.toString('utf8', from, at);
      from = at + 1;
    }
    rest = bytes.subarray(from);
  }
}

async function copyRows(
  client: pg.Client,
  name: string,
  columns: string,
  next: () => Promise<string>,
): Promise<number> {
  let rows = 0;
  async function* text(): AsyncGenerator<string> {
    for (let line = await next(); line !== '\\.'; line = await next()) {
      rows += 1;
      yield `${line}\n`;
    }
  }
  await pipeline(Readable.from(text()), client.query(copyFrom(`copy ${name} (${columns}) from stdin`)));
  return rows;
}

function headOf(line: string, file: string): BackupHead {
  try {
    const head = JSON.parse(line) as Partial<BackupHead>;
    if (head.concord === 1 && Array.isArray(head.migrations)) return head as BackupHead;
  } catch {
    // said below
  }
  throw new BackupRefused(`${file} is not a backup of Concord. Nothing was restored.`);
}

async function appliedMigrations(client: pg.Client): Promise<readonly string[]> {
  return (await client.query<{ name: string }>('select name from migrations.checksum order by name')).rows.map(
    ({ name }) => name,
  );
}

async function refuseUnlessEmpty(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ full: boolean }>(
    'select exists (select 1 from platform.installation) or exists (select 1 from identity.person) as full',
  );
  if (rows[0]?.full === true)
    throw new BackupRefused(
      'This installation holds records already. Restore into an empty data folder. Nothing was restored.',
    );
}

interface Table {
  readonly name: string;
  readonly columns: string;
  readonly secured: boolean;
}

/** Every table of ours with the columns that can be written, each after those that it refers to. */
async function tablesInOrder(client: pg.Client): Promise<readonly Table[]> {
  const { rows } = await client.query<Table & { readonly needs: string[] }>(`
    select n.nspname || '.' || c.relname as name, c.relrowsecurity as secured,
      (select string_agg(quote_ident(a.attname), ', ' order by a.attnum) from pg_attribute a
        where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '') as columns,
      array(select f.confrelid::regclass::text from pg_constraint f
        where f.conrelid = c.oid and f.contype = 'f' and f.confrelid <> c.oid) as needs
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind = 'r' and n.nspname not in ('pg_catalog', 'information_schema', 'pg_toast', 'jobs', 'migrations')
    order by 1`);
  const ordered: Table[] = [];
  const waiting = [...rows];
  while (waiting.length > 0) {
    const at = waiting.findIndex(({ needs }) => needs.every((need) => !waiting.some(({ name }) => name === need)));
    const [table] = waiting.splice(Math.max(at, 0), 1);
    if (table !== undefined) ordered.push(table);
  }
  return ordered;
}

/** Lets the role of backups read every table. Called after each migration, so that no table is forgotten. */
export async function grantBackup(client: pg.Client): Promise<void> {
  await client.query(`
    do $$ declare t record; begin
      for t in select n.nspname as schema, c.relname as name, c.relrowsecurity as secured
        from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where c.relkind in ('r', 'p') and n.nspname not in ('pg_catalog', 'information_schema', 'pg_toast', 'jobs')
          and pg_get_userbyid(c.relowner) = 'concord_owner'
      loop
        execute format('grant usage on schema %I to ${backupRole}', t.schema);
        execute format('grant select on %I.%I to ${backupRole}', t.schema, t.name);
        if t.secured and not exists (select 1 from pg_policies where schemaname = t.schema and tablename = t.name and policyname = 'backup') then
          execute format('create policy backup on %I.%I for select to ${backupRole} using (true)', t.schema, t.name);
        end if;
      end loop;
    end $$`);
}
