import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { examplePassword } from '../../src/platform/identity/example-accounts.ts';

/** How often something is killed in all. */
const rounds = Number(process.env['CONCORD_CRASH_ROUNDS'] ?? 50);
const writers = 3;
const bin = fileURLToPath(new URL('../../bin/concord.mjs', import.meta.url));

let data: string;
let address: string;
let server: ChildProcess;
let sockets: string;
/** On its standard error. */
let said = '';

beforeAll(async () => {
  data = realpathSync(mkdtempSync(join(tmpdir(), 'concord-crash-')));
  const key = createHash('sha256').update(data).digest('hex').slice(0, 12);
  sockets = `/tmp/concord-${process.getuid?.() ?? 0}-${key}`;
  address = `http://127.0.0.1:${await freePort()}`;
  server = await start();
});

afterAll(async () => {
  await killed(server, 'SIGTERM');
  // Runners of servers that were killed leave by themselves; the last one out stops PostgreSQL.
  for (let wait = 0; wait < 700 && existsSync(postmasterFile()); wait += 1) await pause(50);
  const left = existsSync(postmasterFile());
  if (left) endProcess(postmaster(), 'SIGQUIT');
  rmSync(clusterFolder(), { recursive: true, force: true });
  rmSync(data, { recursive: true, force: true });
  rmSync(sockets, { recursive: true, force: true });
  expect(left, 'PostgreSQL went on after everybody had left').toBe(false);
});

const environment = (): NodeJS.ProcessEnv => ({
  PATH: process.env['PATH'],
  PORT: new URL(address).port,
  CONCORD_DATA: data,
  CONCORD_LOG: 'quiet',
});

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((ready) => probe.listen(0, '127.0.0.1', ready));
  const { port } = probe.address() as AddressInfo;
  await new Promise<void>((closed) => void probe.close(() => closed()));
  return port;
}

/** Starts the real thing, and waits until it says that it serves. */
async function start(): Promise<ChildProcess> {
  const child = spawn(process.execPath, [bin, 'serve', '--example', 'bare-town'], {
    env: environment(),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  said = '';
  child.stderr.on('data', (bytes: Buffer) => (said += bytes.toString()));
  const ready = new Promise<void>((serves, fails) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      if (line.startsWith('ready ')) serves();
    });
    child.once('exit', (code, signal) => {
      fails(new Error(`the server ended with ${code ?? signal} before it served: ${said}`));
    });
  });
  await ready;
  return child;
}

/** Its file outlives a PostgreSQL that was killed: then there is nobody to end. */
function endProcess(id: number, signal: NodeJS.Signals): void {
  try {
    process.kill(id, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

async function killed(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise<void>((done) => child.once('exit', () => done()));
  child.kill(signal);
  await gone;
}

function clusterFolder(): string {
  const pointer = join(data, 'postgres.location');
  return existsSync(pointer) ? readFileSync(pointer, 'utf8') : join(data, 'postgres');
}
const postmasterFile = () => join(clusterFolder(), '18', 'postmaster.pid');
const postmaster = (): number => Number(readFileSync(postmasterFile(), 'utf8').split('\n')[0]);

/** Behind the application: as the superuser. */
async function ask<R extends pg.QueryResultRow>(text: string, values: readonly unknown[] = []): Promise<readonly R[]> {
  const password = readFileSync(join(clusterFolder(), 'password'), 'utf8');
  const client = new pg.Client({ host: sockets, user: 'postgres', password, database: 'postgres' });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query<R>(text, [...values])).rows;
  } finally {
    await client.end();
  }
}

const post = (path: string, cookie: string, form: Readonly<Record<string, string>> = {}) =>
  fetch(`${address}${path}`, {
    method: 'POST',
    redirect: 'manual',
    headers: { origin: address, cookie, 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams(form).toString(),
    signal: AbortSignal.timeout(20_000),
  });

async function signIn(): Promise<string> {
  const response = await post('/sign-in', '', { email: 'administrator@haverness.example', password: examplePassword });
  expect(response.status).toBe(303);
  return response.headers.get('set-cookie')?.split(';')[0] ?? '';
}

/** What the server has said "done" to. */
const asked: string[] = [];
const cancelled: string[] = [];
/** Answers that no visitor should ever get. */
const wrong: string[] = [];
let stopWriting = false;

/** Writes without pause. A broken connection or a 503 is tried again; nothing is told done until the server says so. */
async function write(cookie: string): Promise<void> {
  const told = async (path: string): Promise<Response | undefined> => {
    try {
      const response = await post(path, cookie);
      const page = await response.text();
      if (response.status === 303 || response.status === 409) return response;
      if (response.status !== 503 || !page.includes('The records cannot be reached'))
        wrong.push(`${path}: ${response.status} ${page.slice(0, 2_000).replaceAll(/<[^>]*>/g, ' ')}`);
    } catch {
      // nobody there
    }
    await pause(40);
    return undefined;
  };
  while (!stopWriting) {
    const job = (await told('/haverness/audit/check'))?.headers.get('location')?.split('/').at(-1);
    if (job === undefined) continue;
    asked.push(job);
    if ((await told(`/haverness/jobs/${job}/cancel`))?.status === 303) cancelled.push(job);
  }
}

/** A killed PostgreSQL answers for a moment longer: its connections learn of it one by one. */
async function untilAnotherThan(old: number): Promise<void> {
  for (;;) {
    const found = existsSync(postmasterFile()) ? await ask('select 1').then(postmaster, () => old) : old;
    if (found !== old) return;
    await pause(25);
  }
}

/** The sign-in page asks the records for nothing but a transaction, and is never kept. */
async function untilServed(): Promise<void> {
  for (;;) {
    if (server.exitCode !== null || server.signalCode !== null)
      throw new Error(`the server ended by itself with ${server.exitCode ?? server.signalCode}: ${said}`);
    const response = await fetch(`${address}/sign-in`, { signal: AbortSignal.timeout(20_000) }).catch(() => undefined);
    const page = await response?.text();
    if (response?.status === 200) return;
    if (response !== undefined && (response.status !== 503 || page?.includes('The records cannot be reached') !== true))
      wrong.push(`/sign-in: ${response.status} ${page}`);
    await pause(25);
  }
}

/** Everything that was acknowledged is there, each with its one entry in the audit. */
async function expectNothingLost(): Promise<void> {
  const lost = async (ids: readonly string[], action: string) =>
    ask<{ id: string; entries: number }>(
      `select id, (select count(*)::int from platform.audit_entry e where e.subject = 'job/' || wanted.id and e.action = $2) as entries
       from unnest($1::text[]) as wanted (id)
       where not exists (select from platform.job where job.id = wanted.id::uuid) or 1 <> (select count(*) from platform.audit_entry e where e.subject = 'job/' || wanted.id and e.action = $2)`,
      [ids, action],
    );
  expect(await lost([...asked.slice(-400)], 'AUDIT_CHECK_ASKED')).toEqual([]);
  expect(await lost([...cancelled.slice(-400)], 'JOB_CANCEL_ASKED')).toEqual([]);
}

async function expectWholeAudit(): Promise<void> {
  const { out, err } = await new Promise<{ out: string; err: string }>((done) => {
    execFile(process.execPath, [bin, 'audit', 'verify', '--json'], { env: environment() }, (_, out, err) =>
      done({ out, err }),
    );
  });
  expect(JSON.parse(out === '' ? JSON.stringify(err) : out)).toMatchObject({ whole: true });
}

it(`loses nothing that it acknowledged, killed ${rounds} times`, async () => {
  const cookies = await Promise.all(Array.from({ length: writers }, signIn));
  const writing = cookies.map(write);
  for (let round = 0; round < rounds; round += 1) {
    const before = asked.length;
    while (asked.length < before + 3) await untilServed(); // it works before it is killed again
    const kind = (['server', 'postgres', 'both'] as const)[round % 3]!;
    const old = postmaster();
    if (kind !== 'server') endProcess(old, 'SIGKILL');
    if (kind !== 'postgres') {
      await killed(server, 'SIGKILL');
      server = await start();
    }
    if (kind !== 'server') await untilAnotherThan(old);
    await untilServed(); // without any hand
    await expectNothingLost();
    if (round % 10 === 9) await expectWholeAudit();
    expect(wrong, `after round ${round}, ${kind}`).toEqual([]);
  }
  stopWriting = true;
  await Promise.all(writing);
  await expectNothingLost();
  await expectWholeAudit();
  expect(wrong).toEqual([]);
  expect(cancelled.length).toBeGreaterThan(rounds);
});
