import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { joinCluster } from '../../src/platform/database/cluster.ts';
import { ReleaseFolder, sha256Of } from '../../src/platform/releases/releases.ts';

/** How often an import is killed in all. */
const rounds = Number(process.env['CONCORD_CRASH_ROUNDS'] ?? 50);
const bin = fileURLToPath(new URL('../../bin/concord.mjs', import.meta.url));
const header =
  'Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,Crime type,Last outcome category,Context';
const good = 20_000;
const bad = 40;

let data: string;
let cluster: Awaited<ReturnType<typeof joinCluster>>;
let client: pg.Client;
let folder: ReleaseFolder;

beforeAll(async () => {
  data = realpathSync(mkdtempSync(join(tmpdir(), 'concord-import-crash-')));
  // Held here, so that a command that is killed takes no PostgreSQL with it.
  cluster = await joinCluster(data);
  folder = new ReleaseFolder(join(data, 'releases'));
  expect((await whole(['releases'])).code).toBe(0);
  client = new pg.Client(cluster.admin);
  await client.connect();
});
afterAll(async () => {
  await client.end();
  await cluster.leave();
  rmSync(data, { recursive: true, force: true });
});

/** A file of a month of its own: no round knows the rows of another. */
function fileOf(round: number): string {
  const month = `${2015 + Math.floor(round / 12)}-${String((round % 12) + 1).padStart(2, '0')}`;
  const row = (number: number, type: string) =>
    `${(round * 1_000_000 + number).toString(16).padStart(64, '0')},${month},North,North,0.1,53.2,Street ${number % 97},E0190${String(number % 300).padStart(4, '0')},Place,${type},,`;
  const lines = [
    ...Array.from({ length: good }, (_, number) => row(number, 'Robbery')),
    ...Array.from({ length: bad }, (_, number) => row(good + number, 'Fraud')),
  ];
  const path = join(data, `${month}.csv`);
  writeFileSync(path, `${[header, ...lines].join('\n')}\n`);
  return path;
}

const start = (args: readonly string[]): ChildProcess =>
  spawn(process.execPath, [bin, ...args, '--json'], {
    env: { PATH: process.env['PATH'], CONCORD_DATA: data, CONCORD_LOG: 'quiet' },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });

async function whole(args: readonly string[]): Promise<{ code: number | null; out: string; said: string }> {
  const child = start(args);
  let [out, said] = ['', ''];
  child.stdout?.on('data', (bytes: Buffer) => (out += bytes.toString()));
  child.stderr?.on('data', (bytes: Buffer) => (said += bytes.toString()));
  const code = await new Promise<number | null>((ended) => child.once('close', ended));
  return { code, out, said };
}

const importOf = (path: string): readonly string[] => ['import', path, '--source', 'police-uk-street'];

async function killedAfter(milliseconds: number, path: string): Promise<boolean> {
  const child = start(importOf(path));
  const ended = new Promise<boolean>((done) => child.once('close', (_, signal) => done(signal === 'SIGKILL')));
  await Promise.race([pause(milliseconds), ended]);
  // Its whole group, by its id: it may have started another process.
  if (child.exitCode === null && child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
  return ended;
}

interface ReleaseRow {
  readonly id: string;
  readonly rows: number;
  readonly kept: number;
  readonly months: number;
  readonly files: number;
}
const releases = async (): Promise<readonly ReleaseRow[]> =>
  (
    await client.query<ReleaseRow>(`
      select r.id, r.rows_accepted::int as rows, r.months[1] as month,
        (select sum(p.rows)::int from evidence.release_part p where p.release_id = r.id) as kept,
        (select sum(m.rows)::int from evidence.release_month m where m.release_id = r.id) as months,
        (select count(*)::int from evidence.release_file f where f.release_id = r.id) as files
      from evidence.release r order by r.imported_at`)
  ).rows;

/** All that is written down of each release is there, and so is every part, with the bytes that its name says. */
async function expectWholeReleases(most: number): Promise<readonly ReleaseRow[]> {
  const all = await releases();
  expect(all.length).toBeLessThanOrEqual(most);
  for (const { rows, kept, months, files } of all)
    expect({ rows, kept, months, files }).toEqual({ rows: good, kept: good, months: good, files: 1 });
  const named = (await client.query<{ sha256: string }>('select sha256 from evidence.release_part')).rows;
  for (const part of named.slice(-2)) expect(await sha256Of(folder.pathOf(part))).toBe(part.sha256);
  for (const part of named) expect(existsSync(folder.pathOf(part))).toBe(true);
  return all;
}

it(`makes the whole release or none, killed at ${rounds} random points, and begins again cleanly`, async () => {
  const began = performance.now();
  expect((await whole(importOf(fileOf(0)))).code).toBe(0);
  let usual = performance.now() - began;
  let wereKilled = 0;
  let wereThere = 0;
  for (let round = 1; round <= rounds; round += 1) {
    const path = fileOf(round);
    // Random, and spread over the whole of it: a stretch of the time for each round.
    const wasKilled = await killedAfter(((round - Math.random()) / rounds) * usual, path);
    await pause(50);
    const after = await expectWholeReleases(round + 1);
    if (wasKilled) wereKilled += 1;
    if (wasKilled && after.length === round + 1) wereThere += 1;
    const again = performance.now();
    const { code, out, said } = await whole(importOf(path));
    if (after.length === round) usual = Math.min(usual, performance.now() - again);
    expect(code, said).toBe(0);
    const { rows } = JSON.parse(out) as { rows: { accepted: number; alreadyLoaded: number; quarantined: number } };
    const isNew = after.length === round;
    expect(rows).toMatchObject(
      isNew ? { accepted: good, quarantined: bad } : { accepted: 0, alreadyLoaded: good + bad },
    );
    expect((await expectWholeReleases(round + 1)).length).toBe(round + 1);
    rmSync(path);
  }
  console.log(`killed ${wereKilled} of ${rounds}, of which ${wereThere} had made their release`);
  expect(wereKilled).toBeGreaterThan(rounds / 2);

  // What the killed ones left goes with the sweep of a day later, and nothing else does.
  const parts = new Set(
    (await client.query<{ sha256: string }>('select sha256 from evidence.release_part')).rows.map(
      ({ sha256 }) => sha256,
    ),
  );
  await folder.sweep({ parts, waiting: new Set() }, new Date(Date.now() + 2 * 86_400_000));
  expect(readdirSync(folder.parts).sort()).toEqual([...parts].map((hash) => `${hash}.parquet`).sort());
  expect(readdirSync(folder.staging)).toEqual([]);
});
