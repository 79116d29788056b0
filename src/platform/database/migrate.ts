import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { CompiledQuery, Kysely, PostgresDialect } from 'kysely';
import { Migrator, type Migration } from 'kysely/migration';
import pg from 'pg';
import { secretsIn } from '../secrets.ts';
import { grantBackup } from './backup.ts';

const migrationsFolder = new URL('../../../migrations/', import.meta.url);
const migrationKey = 7269;

/** What each unit of work may be: see docs/decisions, row security. `concord_login` may become any of the others but the owner. */
const doors = ['concord_member', 'concord_public', 'concord_identity', 'concord_jobs'] as const;
export type Door = (typeof doors)[number];

export class MigrationFault extends Error {}

export interface Migrated {
  /** Where the serving process logs in, as a role that owns nothing. */
  readonly login: pg.ClientConfig;
  /** Names of the migrations that this call applied, in order. */
  readonly applied: readonly string[];
}

/**
 * Brings a database up to this version: roles, schemas, tables. Forward only, one process at a time, each migration in
 * its own transaction with a checksum, so that a file changed after the event is refused.
 *
 * @param admin a role that may create roles and owns the database; only this function uses it
 * @param data the data folder; its `secrets/` keeps the password of `concord_login`
 * @throws MigrationFault in a sentence for the operator
 */
export async function migrate(admin: pg.ClientConfig, data: string): Promise<Migrated> {
  const client = new pg.Client(admin);
  client.on('error', () => undefined); // the statement under way says so too
  await client.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [migrationKey]);
    const database = await databaseOf(client);
    const login = {
      ...withoutAccount(admin),
      database,
      user: 'concord_login',
      password: secretsIn(data).get('login-password'),
    };
    await ensureRoles(client, database, login.password);
    const owner = { ...admin, database, max: 1, options: '-c role=concord_owner' };
    const applied = await applyMigrations(owner);
    await client.query('set role concord_owner');
    await grantBackup(client);
    await client.query('reset role');
    await client.query('create schema if not exists jobs authorization concord_jobs');
    return { login, applied };
  } finally {
    await client.end();
  }
}

/** Which migrations this version brings, oldest first. */
export function migrationFiles(): readonly { name: string; sql: string }[] {
  return readdirSync(migrationsFolder)
    .filter((file) => file.endsWith('.sql'))
    .sort()
    .map((file) => ({ name: file.replace(/\.sql$/, ''), sql: readFileSync(new URL(file, migrationsFolder), 'utf8') }));
}

async function databaseOf(client: pg.Client): Promise<string> {
  const { rows } = await client.query<{ name: string; version: string }>(
    `select current_database() as name, current_setting('server_version_num')::int / 10000 as version`,
  );
  const version = Number(rows[0]?.version);
  if (version < 15 || version > 18)
    throw new MigrationFault(`This is PostgreSQL ${version}. Concord needs 15, 16, 17 or 18.`);
  return rows[0]?.name ?? '';
}

const withoutAccount = ({ host, port, ssl, connectionString }: pg.ClientConfig): pg.ClientConfig => {
  if (connectionString === undefined) return { ...(host && { host }), ...(port && { port }), ...(ssl && { ssl }) };
  const url = new URL(connectionString);
  const ssled = url.searchParams.get('sslmode');
  return {
    host: url.searchParams.get('host') ?? decodeURIComponent(url.hostname),
    ...(url.port !== '' && { port: Number(url.port) }),
    ...(ssl !== undefined
      ? { ssl }
      : ssled !== null && ssled !== 'disable'
        ? { ssl: { rejectUnauthorized: ssled !== 'require' } }
        : {}),
  };
};

async function ensureRoles(client: pg.Client, database: string, loginPassword: string): Promise<void> {
  for (const role of ['concord_owner', 'concord_backup', ...doors]) await createRole(client, role, 'nologin');
  await createRole(client, 'concord_login', 'login noinherit');
  // A role that may create roles is not yet a member of what it created.
  await client.query('grant concord_owner, concord_jobs, concord_backup to current_user');
  await client.query(`grant ${doors.join(', ')} to concord_login`);
  await client.query(`alter role concord_login password ${pg.escapeLiteral(loginPassword)}`);
  await client.query(`grant create, connect on database ${pg.escapeIdentifier(database)} to concord_owner`);
  await client.query(`grant connect on database ${pg.escapeIdentifier(database)} to concord_login`);
  await client.query('revoke create on schema public from public');
}

async function createRole(client: pg.Client, name: string, attributes: string): Promise<void> {
  const { rowCount } = await client.query('select 1 from pg_roles where rolname = $1', [name]);
  if (rowCount === 0) await client.query(`create role ${name} ${attributes}`);
}

async function applyMigrations(owner: pg.PoolConfig): Promise<readonly string[]> {
  const db = new Kysely<never>({ dialect: new PostgresDialect({ pool: new pg.Pool(owner) }) });
  try {
    const files = migrationFiles();
    const run = (text: string) => db.executeQuery(CompiledQuery.raw(text));
    await run('create schema if not exists migrations');
    await run('create table if not exists migrations.checksum (name text primary key, sha256 text not null)');
    await refuseChangedFiles(db, files);
    const migrator = new Migrator({
      db,
      migrationTableSchema: 'migrations',
      provider: {
        getMigrations: () => Promise.resolve(Object.fromEntries(files.map((file) => [file.name, migrationOf(file)]))),
      },
    });
    const { error, results } = await migrator.migrateToLatest();
    if (error !== undefined)
      throw error instanceof Error ? error : new MigrationFault('A migration failed.', { cause: error });
    return (results ?? []).map((result) => result.migrationName);
  } finally {
    await db.destroy();
  }
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

const migrationOf = ({ name, sql }: { name: string; sql: string }): Migration => ({
  async up(db) {
    await db.executeQuery(CompiledQuery.raw(sql));
    await db.executeQuery(CompiledQuery.raw('insert into migrations.checksum values ($1, $2)', [name, sha256(sql)]));
  },
});

async function refuseChangedFiles(db: Kysely<never>, files: readonly { name: string; sql: string }[]): Promise<void> {
  const { rows } = await db.executeQuery<{ name: string; sha256: string }>(
    CompiledQuery.raw('select name, sha256 from migrations.checksum'),
  );
  for (const row of rows) {
    const file = files.find(({ name }) => name === row.name);
    if (file === undefined)
      throw new MigrationFault(
        `The database has migration ${row.name}, which this version does not know. Use the newer version of Concord.`,
      );
    if (sha256(file.sql) !== row.sha256)
      throw new MigrationFault(`Migration ${row.name} was changed after it was applied. Write a new one instead.`);
  }
}
