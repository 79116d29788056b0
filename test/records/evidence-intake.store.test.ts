import { spawnSync } from 'node:child_process';
import { createHash, randomUUID } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  closeSync,
  readdirSync,
  truncateSync,
  utimesSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { policeUkStreet } from '../../src/evidence/formats/police-uk-street.ts';
import { addIntake, endIntake } from '../../src/evidence/intake.store.ts';
import { checkLoad, clearStage, keepLoad, type CheckedLoad } from '../../src/evidence/load.store.ts';
import { listReleases } from '../../src/evidence/release.store.ts';
import { openReleases, type Releases } from '../../src/platform/releases/ask.ts';
import { sweepReleases } from '../../src/web/sweep.ts';
import { testTown, type TestTown } from './installation.ts';

let town: TestTown;
let partnership: string;
let releases: Releases;
let place: string;
beforeAll(async () => {
  town = await testTown();
  partnership = town.partnerships.get('castlemere') ?? '';
  place = mkdtempSync(join(tmpdir(), 'concord-intake-'));
  releases = openReleases(join(place, 'releases'));
});
afterAll(async () => {
  releases.close();
  await town.close();
});

const entry = () => ({ door: 'concord_member', actor: 'system', partnership }) as const;
const header =
  'Month,Crime ID,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,Crime type,Last outcome category,Context';
const row = (number: number, month: string, rest = 'North,North,0.1,53.2,Street,E01900001,Place,Robbery,,'): string =>
  `${month},${number.toString(16).padStart(64, '0')},${rest}`;
function sent(name: string, content: string | Uint8Array): { readonly path: string; readonly name: string } {
  const path = join(place, randomUUID());
  writeFileSync(path, content);
  return { path, name };
}
const table = (lines: readonly string[]): string => `${[header, ...lines].join('\n')}\n`;
const check = (files: readonly { readonly path: string; readonly name: string }[], signal?: AbortSignal) =>
  checkLoad(
    {
      releases,
      today: '2026-06-01',
      read: (act) => town.records.read(entry(), ({ work }) => act(work())),
      ...(signal !== undefined && { signal }),
    },
    { format: policeUkStreet, sent: files },
  );
async function checked(...files: readonly { readonly path: string; readonly name: string }[]): Promise<CheckedLoad> {
  const outcome = await check(files);
  if (!outcome.done) throw new Error(outcome.sentence);
  return outcome.value;
}
const keep = (load: CheckedLoad) =>
  town.records.write(entry(), ({ work }) =>
    keepLoad(work<'evidence'>(), releases.folder, load, { partnership, by: 'system' }),
  );
const list = () => town.records.read(entry(), ({ work }) => listReleases(work<'evidence'>()));

describe('two people who load at the same time', () => {
  it('get one release when they load the same file', async () => {
    const file = sent('a.csv', table([row(1, '2024-01'), row(2, '2024-01')]));
    const [one, other] = await Promise.all([checked(file), checked({ ...file, name: 'the same.csv' })]);
    expect(one.releaseId).toBe(other.releaseId);
    const kept = await Promise.all([keep(one), keep(other)]);
    expect(kept.map((each) => each !== 'changed meanwhile' && each.isNew).sort()).toEqual([false, true]);
    expect((await list()).filter(({ months }) => months.includes('2024-01')).length).toBe(1);
    await Promise.all([one, other].map((load) => clearStage(releases.folder, load)));
  });

  it('do not count a row twice when their files share it', async () => {
    const one = await checked(sent('a.csv', table([row(1, '2024-02'), row(2, '2024-02')])));
    const other = await checked(sent('b.csv', table([row(2, '2024-02'), row(3, '2024-02')])));
    const kept = await Promise.all([keep(one), keep(other)]);
    expect(kept.filter((each) => each === 'changed meanwhile').length).toBe(1);
    await Promise.all([one, other].map((load) => clearStage(releases.folder, load)));
  });
});

it('a load that was kept and then broken off can be kept again', async () => {
  const load = await checked(sent('c.csv', table([row(1, '2024-03')])));
  const broken = town.records.write(entry(), async ({ work }) => {
    await keepLoad(work<'evidence'>(), releases.folder, load, { partnership, by: 'system' });
    throw new Error('broken by the test');
  });
  await expect(broken).rejects.toThrow('broken by the test');
  expect((await list()).some(({ id }) => id === load.releaseId)).toBe(false);
  const kept = await keep(load);
  expect(kept !== 'changed meanwhile' && kept.isNew).toBe(true);
  await clearStage(releases.folder, load);
});

it('a check that is stopped leaves nothing', async () => {
  const before = readdirSync(releases.folder.staging);
  const stopping = new AbortController();
  const file = sent('d.csv', table(Array.from({ length: 60_000 }, (_, number) => row(number, '2024-04'))));
  const stopped = check([file], stopping.signal);
  setTimeout(() => stopping.abort(new Error('stopped by the test')), 60);
  await expect(stopped).rejects.toThrow();
  expect(readdirSync(releases.folder.staging)).toEqual(before);
});

it('a sweep takes what nobody names, and nothing else', async () => {
  const { folder } = releases;
  const old = new Date('2020-01-01');
  const aged = (path: string) => utimesSync(path, old, old);
  const made = (root: string, name: string) => {
    mkdirSync(join(root, name));
    return join(root, name);
  };
  const [open, ended] = [randomUUID(), randomUUID()];
  for (const name of [open, ended])
    await town.records.write(entry(), ({ work }) =>
      addIntake(work<'evidence'>(), {
        id: name,
        folder: name,
        source: 'police-uk-street',
        files: [],
        by: 'system',
        onlyMonth: null,
        replaceMonths: false,
        mapping: null,
        agreementId: null,
      }),
    );
  await town.records.write(entry(), ({ work }) => endIntake(work<'evidence'>(), ended, 'left'));
  const gone = [made(folder.incoming, ended), made(folder.incoming, randomUUID()), made(folder.staging, 'broken-off')];
  const orphan = join(folder.parts, `${'0'.repeat(64)}.parquet`);
  writeFileSync(orphan, '');
  const kept = [
    made(folder.incoming, open),
    ...readdirSync(folder.parts).map((name) => join(folder.parts, name)),
  ].filter((path) => path !== orphan);
  for (const path of [...gone, orphan, ...kept]) aged(path);
  const young = made(folder.staging, 'young');
  expect(kept.length).toBeGreaterThan(2);
  expect(await sweepReleases(town.records, folder, new Date())).toBe(4);
  expect([...gone, orphan].filter((path) => existsSync(path))).toEqual([]);
  expect([...kept, young].filter((path) => !existsSync(path))).toEqual([]);
});

describe('bad input has a reason', () => {
  const reasonsOf = async (lines: readonly string[]) => {
    const load = await checked(sent('e.csv', table(lines)));
    await clearStage(releases.folder, load);
    return { rows: load.rows, reasons: load.reasons.map(({ sentence, rows }) => [sentence, rows]) };
  };

  it('dates in four formats: the month that is written as this format writes it is taken', async () => {
    const { rows, reasons } = await reasonsOf(
      ['2024-05', '05/2024', 'May 2024', '2024-05-01'].map((month, at) => row(at, month)),
    );
    expect(rows).toMatchObject({ read: 4, accepted: 1, quarantined: 3 });
    expect(reasons).toEqual([['Month is not a month such as 2022-06', 3]]);
  });

  it('coordinates in the sea', async () => {
    const sea = 'North,North,12.0,53.2,Street,,,Robbery,,';
    expect((await reasonsOf([row(1, '2024-06', sea)])).reasons).toEqual([['Longitude is not between -9 and 2.5', 1]]);
  });

  it('a file in two encodings', async () => {
    const mixed = Buffer.concat([
      Buffer.from(table([row(1, '2024-07', 'North,North,0.1,53.2,Café,E01900001,Place,Robbery,,')])),
      Buffer.from(`${row(2, '2024-07', 'North,North,0.1,53.2,Caf\xe9,E01900001,Place,Robbery,,')}\n`, 'latin1'),
    ]);
    const outcome = await check([sent('f.csv', mixed)]);
    expect(outcome.done ? '' : outcome.sentence).toMatch(/Line 2 is in UTF-8, and line 3 is not/);
  });

  it('a line of a gigabyte, in memory that does not grow with it', async () => {
    const file = sent('g.csv', '');
    const handle = openSync(file.path, 'w');
    writeSync(handle, `${header}\n`);
    closeSync(handle);
    truncateSync(file.path, 1_000_000_000);
    let most = 0;
    const before = process.memoryUsage().rss;
    const watch = setInterval(() => (most = Math.max(most, process.memoryUsage().rss - before)), 50);
    const outcome = await check([file]);
    clearInterval(watch);
    expect(outcome.done ? '' : outcome.sentence).toMatch(/Line 2 is longer than 1,048,576 bytes/);
    expect(most).toBeLessThan(700_000_000);
  }, 60_000);
});

it('a full disk says so, and loses nothing', () => {
  const program = join(place, 'full.ts');
  // What does not pack well: ids like those of a real file.
  const lines = Array.from({ length: 20_000 }, (_, number) =>
    row(0, '2024-08').replace('0'.repeat(64), createHash('sha256').update(String(number)).digest('hex')),
  );
  const { path } = sent('h.csv', table(lines));
  const of = (file: string) => JSON.stringify(new URL(`../../src/${file}`, import.meta.url).href);
  writeFileSync(
    program,
    `import { checkLoad } from ${of('evidence/load.store.ts')};
    import { policeUkStreet } from ${of('evidence/formats/police-uk-street.ts')};
    import { openReleases } from ${of('platform/releases/ask.ts')};
    const releases = openReleases(${JSON.stringify(join(place, 'full'))});
    // No agreement is needed, nothing is there, no file is known.
    const answers = [{ done: true, value: null }, [], new Map()];
    const outcome = await checkLoad(
      { releases, today: '2026-06-01', read: async (act) => (answers.length > 0 ? answers.shift() : []) },
      { format: policeUkStreet, sent: [{ path: ${JSON.stringify(path)}, name: 'h.csv' }] },
    );
    console.log(outcome.sentence);`,
  );
  // A system that lets nobody write a file over 40 kB is as full as a disk.
  const { stdout, stderr } = spawnSync('bash', ['-c', 'ulimit -f 40; exec "$0" "$1"', process.execPath, program], {
    encoding: 'utf8',
  });
  expect(`${stdout}${stderr}`.trim()).toBe(
    'The disk is full. Nothing of this load was kept, and nothing was lost. Make room, then load it again.',
  );
  expect(readdirSync(join(place, 'full', 'staging'))).toEqual([]);
});
