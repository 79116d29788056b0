import { randomBytes } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { inject } from 'vitest';
import { openRecords, type Login, type Records } from '../../src/platform/database/database.ts';
import { migrate } from '../../src/platform/database/migrate.ts';
import { secretsIn } from '../../src/platform/secrets.ts';
import { openJobs } from '../../src/platform/jobs/jobs.ts';
import { linksSignedWith } from '../../src/platform/links/links.ts';
import { openSession } from '../../src/platform/identity/session.store.ts';
import { addJob } from '../../src/platform/jobs/job.store.ts';
import { openLog } from '../../src/platform/log.ts';
import { openReleases } from '../../src/platform/releases/ask.ts';
import type { Equipment } from '../../src/platform/http/equipment.ts';
import type { World } from '../../src/platform/http/route.ts';
import type { InstallationRow } from '../../src/platform/installation.store.ts';
import { createWeb } from '../../src/web/app.ts';
import { loadExampleTown } from '../../src/web/example-town.ts';
import { exampleIds } from '../example-ids.ts';
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

/** The real application (real routes, real cross-site protection) over real PostgreSQL. */
export interface TestWeb extends TestRecords {
  readonly equipment: Equipment;
  readonly web: ReturnType<typeof createWeb>;
  /** What was logged as a fault: a test that ends with one has found a defect. */
  readonly faults: readonly string[];
  readonly ask: (path: string, init?: Asked) => Promise<Response>;
}

export interface Asked {
  readonly method?: 'GET' | 'POST';
  readonly cookie?: string;
  readonly form?: Readonly<Record<string, string>>;
  /** Sends the form with these files, as a browser does (multipart/form-data). */
  readonly files?: readonly AskedFile[];
  readonly headers?: Readonly<Record<string, string>>;
}

export interface AskedFile {
  readonly field: string;
  readonly name: string;
  readonly type: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

export interface TestTown extends TestWeb {
  readonly world: World;
  /** Ids by slug. */
  readonly partnerships: ReadonlyMap<string, string>;
  /** Ids by email address. */
  readonly people: ReadonlyMap<string, string>;
  /** A cookie of a new session. */
  readonly sessionOf: (email: string) => Promise<string>;
}

export const origin = 'http://concord.test';

/** An installation that was started with `--example none`: nobody is there yet. */
export async function emptyInstallation(): Promise<TestWeb> {
  return webOver(await testRecords(), { name: 'Concord', mode: 'live', today: null });
}

/** The example town. */
export async function testTown(): Promise<TestTown> {
  const base = await testRecords();
  const { records, asAdmin } = base;
  const releases = openReleases(mkdtempSync(join(tmpdir(), 'concord-releases-')));
  const web = await webOver(base, await loadExampleTown(records, releases), releases);
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
  const [release] = await asAdmin<{ id: string }>('select id from evidence.release');
  const [planFile] = await asAdmin<{ id: string }>('select id from strategy.plan_file');
  const ids: Readonly<Record<string, string>> = {
    job,
    release: release?.id.replace('sha256:', '') ?? '',
    'plan-file': planFile?.id ?? '',
    ...exampleIds,
  };
  return {
    ...web,
    partnerships,
    people,
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
  };
}

function withFiles(form: Readonly<Record<string, string>>, files: readonly AskedFile[]): FormData {
  const sent = new FormData();
  for (const [name, value] of Object.entries(form)) sent.append(name, value);
  for (const { field, name, type, bytes } of files) sent.append(field, new Blob([bytes], { type }), name);
  return sent;
}

async function webOver(
  base: TestRecords,
  { name, mode, today }: InstallationRow,
  releases = openReleases(mkdtempSync(join(tmpdir(), 'concord-releases-'))),
): Promise<TestWeb> {
  const { data } = inject('records');
  const jobs = await openJobs(base.login);
  const faults: string[] = [];
  const equipment: Equipment = {
    jobs,
    links: linksSignedWith(secretsIn(data).get('links')),
    mode,
    standsOn: today,
    origin,
    isReady: () => Promise.resolve(true),
    sendsMail: true,
    failureKey: 'a key for tests',
    releases,
  };
  const log = openLog('quiet', (line) => void faults.push(line));
  const web = createWeb({ records: base.records, equipment, log, name });
  return {
    ...base,
    equipment,
    web,
    faults,
    ask: async (path, { method = 'GET', cookie, form, files, headers = {} } = {}) =>
      web.fetch(
        new Request(`${origin}${path}`, {
          method,
          redirect: 'manual',
          headers: {
            ...(cookie !== undefined && { cookie }),
            ...(method === 'POST' && { origin }),
            ...(method === 'POST' && files === undefined && { 'content-type': 'application/x-www-form-urlencoded' }),
            ...headers,
          },
          ...(method === 'POST' && {
            body: files === undefined ? new URLSearchParams(form ?? {}).toString() : withFiles(form ?? {}, files),
          }),
        }),
      ),
    async close() {
      await jobs.close();
      await base.close();
    },
  };
}
