import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { joinCluster } from '../../src/platform/database/cluster.ts';
import { migrate } from '../../src/platform/database/migrate.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Where the tests' PostgreSQL is, as a role that may create databases, and the data folder with the secrets. */
    readonly records: { readonly admin: pg.ClientConfig; readonly data: string };
  }
}

export const template = 'concord_template';

/**
 * One PostgreSQL a run: the one that npm brings, or the server that CONCORD_TEST_DATABASE_URL names (`.ci/run` gives
 * Debian's 15). A migrated template is made once; each test file copies it.
 */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const data = mkdtempSync(join(tmpdir(), 'concord-test-'));
  const url = process.env['CONCORD_TEST_DATABASE_URL'];
  const cluster = url === undefined ? await joinCluster(data) : undefined;
  const admin: pg.ClientConfig = cluster?.admin ?? { connectionString: url };
  const client = new pg.Client(admin);
  await client.connect();
  // Only here: tests may forget what they wrote when the machine loses power.
  await client.query('alter system set fsync = off');
  await client.query('select pg_reload_conf()');
  await client.query(`drop database if exists ${template} with (force)`);
  await client.query(`create database ${template}`);
  await client.end();
  await migrate(inDatabase(admin, template), data);
  project.provide('records', { admin, data });
  return async () => {
    await cluster?.leave();
    rmSync(data, { recursive: true, force: true });
  };
}

export function inDatabase(admin: pg.ClientConfig, database: string): pg.ClientConfig {
  if (admin.connectionString === undefined) return { ...admin, database };
  const url = new URL(admin.connectionString);
  url.pathname = `/${database}`;
  return { connectionString: url.href };
}
