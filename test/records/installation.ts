import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { inject } from 'vitest';
import { openRecords, type Login, type Records } from '../../src/platform/database/database.ts';
import { migrate, secret } from '../../src/platform/database/migrate.ts';
import { openJobs } from '../../src/platform/jobs/jobs.ts';
import { linksSignedWith } from '../../src/platform/links/links.ts';
import { openSession } from '../../src/platform/identity/session.store.ts';
import { addJob } from '../../src/platform/jobs/job.store.ts';
import { openLog } from '../../src/platform/log.ts';
import type { Equipment } from '../../src/platform/http/equipment.ts';
import type { World } from '../../src/platform/http/route.ts';
import { createWeb } from '../../src/web/app.ts';
import { loadExampleTown } from '../../src/web/example-town.ts';
import { inDatabase, template } from './cluster.ts';

/** A migrated database of its own, empty. */
export interface TestRecords {
  readonly records: Records;
  readonly login: Login;
  readonly admin: pg.ClientConfig;
  /** Runs SQL as the superuser, past every policy: to set a scene or to look behind it. */
  readonly asAdmin: <R extends pg.QueryResultRow>(text: string, values?: readonly unknown[]) => Promise<R[]>;
  readonly close: () => Promise<void>;
}

export async function testRecords(): Promise<TestRecords> {
  const { admin: server, data } = inject('records');
  const name = `test_${randomBytes(6).toString('hex')}`;
  const maker = new pg.Client(server);
  await maker.connect();
  await maker.query(`create database ${name} template ${template}`);
  await maker.end();
  const admin = inDatabase(server, name);
  const { login } = await migrate(admin, data);
  const records = openRecords(login);
  const client = new pg.Client(admin);
  await client.connect();
  return {
    records,
    login,
    admin,
    asAdmin: async <R extends pg.QueryResultRow>(text: string, values: readonly unknown[] = []) =>
      (await client.query<R>(text, [...values])).rows,
    async close() {
      await records.close();
      await client.end();
      const remover = new pg.Client(server);
      await remover.connect();
      await remover.query(`drop database ${name} with (force)`);
      await remover.end();
    },
  };
}

export interface TestTown extends TestRecords {
  readonly equipment: Equipment;
  readonly web: ReturnType<typeof createWeb>;
  readonly world: World;
  /** Ids by slug. */
  readonly partnerships: ReadonlyMap<string, string>;
  /** Ids by email address. */
  readonly people: ReadonlyMap<string, string>;
  /** What was logged as a fault: a test that ends with one has found a defect. */
  readonly faults: readonly string[];
  /** A cookie of a new session. */
  readonly sessionOf: (email: string) => Promise<string>;
  readonly ask: (
    path: string,
    init?: {
      method?: 'GET' | 'POST';
      cookie?: string;
      form?: Readonly<Record<string, string>>;
      headers?: Record<string, string>;
    },
  ) => Promise<Response>;
}

export const origin = 'http://concord.test';

/** The example town behind the real application: real routes, real cross-site protection, real PostgreSQL. */
export async function testTown(): Promise<TestTown> {
  const base = await testRecords();
  const { records, login, asAdmin } = base;
  const { name } = await loadExampleTown(records);
  const { data } = inject('records');
  const jobs = await openJobs(login);
  const faults: string[] = [];
  const equipment: Equipment = {
    jobs,
    links: linksSignedWith(secret(data, 'links')),
    mode: 'example',
    origin,
    isReady: () => Promise.resolve(true),
    failureKey: 'a key for tests',
  };
  const log = openLog('quiet', (line) => void faults.push(line));
  const web = createWeb({ records, equipment, log, name });
  const partnerships = new Map(
    (await asAdmin<{ slug: string; id: string }>('select slug, id from platform.partnership')).map(({ slug, id }) => [
      slug,
      id,
    ]),
  );
  const people = new Map(
    (await asAdmin<{ email: string; id: string }>('select email, id from identity.person')).map(({ email, id }) => [
      email,
      id,
    ]),
  );
  const partnership = partnerships.get('haverness')!;
  const job = await records.write({ door: 'concord_member', actor: 'system', partnership }, ({ work }) =>
    addJob(work<'platform'>(), {
      partnership,
      kind: 'audit-check',
      title: 'Check the audit',
      payload: {},
      askedBy: 'system',
    }),
  );
  const ids: Readonly<Record<string, string>> = { job };
  return {
    ...base,
    equipment,
    web,
    partnerships,
    people,
    faults,
    world: {
      partnership: 'haverness',
      idOf(kind) {
        const id = ids[kind];
        if (id === undefined) throw new Error(`the example world has no ${kind}`);
        return id;
      },
    },
    async sessionOf(email) {
      const person = people.get(email);
      if (person === undefined) throw new Error(`nobody has the account ${email}`);
      const { token } = await records.write(
        { door: 'concord_identity', actor: 'system', partnership: undefined },
        ({ work }) => openSession(work<'identity'>(), person, new Date()),
      );
      return `concord-session=${token}`;
    },
    async ask(path, { method = 'GET', cookie, form, headers = {} } = {}) {
      return web.fetch(
        new Request(`${origin}${path}`, {
          method,
          redirect: 'manual',
          headers: {
            ...(cookie !== undefined && { cookie }),
            ...(method === 'POST' && { origin, 'content-type': 'application/x-www-form-urlencoded' }),
            ...headers,
          },
          ...(method === 'POST' && { body: new URLSearchParams(form ?? {}).toString() }),
        }),
      );
    },
    async close() {
      await jobs.close();
      await base.close();
    },
  };
}
