import { execFile, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { joinCluster } from '../../src/platform/database/cluster.ts';
import { forceExtract, smallTown, smallTownReference, streetLevel } from '../evidence/small-town.ts';
import { workbook } from '../files/workbook.ts';
import { zipFile } from '../files/zip-file.ts';

const bin = fileURLToPath(new URL('../../bin/concord.mjs', import.meta.url));
const schemas = fileURLToPath(new URL('../../docs/reference/schemas/', import.meta.url));
let folder: string;
let cluster: Awaited<ReturnType<typeof joinCluster>>;
const inside = (name: string) => join(folder, name);
const put = (name: string, content: string | Uint8Array): string => {
  writeFileSync(inside(name), content);
  return inside(name);
};

const ran = (file: string, args: readonly string[]) =>
  new Promise<{ exit: number; out: string; err: string }>((done) => {
    const env = { PATH: process.env['PATH'], CONCORD_DATA: inside('data') };
    execFile(file, args, { encoding: 'utf8', env, maxBuffer: 2 ** 26 }, (error, out, err) => {
      done({ exit: typeof error?.code === 'number' ? error.code : error === null ? 0 : -1, out, err });
    });
  });
/** Runs the real program on a data folder of its own, with the PostgreSQL that npm brings. */
const concord = (...args: string[]) => ran(process.execPath, [bin, ...args]);

/** A small disk of its own needs a system that lets people mount one. */
const mayMount =
  spawnSync('unshare', ['-m', 'sh', '-c', 'mount -t tmpfs -o size=1m tmpfs /mnt'], { stdio: 'ignore' }).status === 0;

/** The first rows of a table as a workbook, with this cell in the second column. */
function asWorkbook(table: string, second: string): Buffer {
  const text = (value: string) => `<c t="inlineStr"><is><t>${value}</t></is></c>`;
  const [head = [], ...rows] = table
    .split('\n')
    .slice(0, 4)
    .map((line) => line.split(','));
  const row = (cells: readonly string[]) => `<row>${cells.join('')}</row>`;
  const body = rows.map((cells) => row(cells.map((value, at) => (at === 1 ? second : text(value)))));
  return workbook({ sheets: { Street: `<sheetData>${row(head.map(text))}${body.join('')}</sheetData>` } });
}
/** What a command prints, held to the schema that is shipped for it. */
async function json<T>(schema: string, ...args: string[]): Promise<T> {
  const { exit, out, err } = await concord(...args, '--json');
  expect([exit, exit === 0 ? '' : err]).toEqual([0, '']);
  const shipped = JSON.parse(readFileSync(join(schemas, `${schema}.schema.json`), 'utf8')) as never;
  return z.fromJSONSchema(shipped).parse(JSON.parse(out)) as T;
}

interface Imported {
  readonly release: string | null;
  readonly months: readonly string[];
  readonly rows: Readonly<Record<string, number>>;
}
interface Figured {
  readonly id: string;
  readonly view: string;
  readonly passport: { readonly coverage: string; readonly seed: number | null; readonly releases: readonly unknown[] };
  readonly rows: readonly Readonly<Record<string, unknown>>[];
}

const street = ['--source', 'police-uk-street'];
const asked = ['--area', smallTown.code, '--from', '2025-01', '--to', '2025-02'];
const months = ['2025-01', '2025-02'] as const;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'concord-evidence-'));
  mkdirSync(inside('reference'));
  for (const [name, content] of Object.entries(smallTownReference)) put(`reference/${name}`, content);
  for (const month of months) put(`${month}-street.csv`, streetLevel(month));
  // Held here: a command on a full disk has none to start.
  cluster = await joinCluster(inside('data'));
  // The first command makes the installation.
  const added = await concord('reference', 'add', 'all', inside('reference'));
  expect([added.exit, added.exit === 0 ? '' : added.err]).toEqual([0, '']);
}, 120_000);
afterAll(async () => {
  await cluster.leave();
  rmSync(folder, { recursive: true, force: true });
});

describe('evidence from the terminal', { timeout: 240_000 }, () => {
  it('loads files once, counts them, and works a figure out again to the same bytes', async () => {
    const files = months.map((month) => inside(`${month}-street.csv`));
    const first = await json<Imported>('import', 'import', ...files, ...street);
    const { rows } = first;
    const lines = months.map((month) => streetLevel(month).trim().split('\n').slice(1));
    expect(rows['read']).toBe(lines.flat().length);
    expect(rows['read']).toBe(
      ['accepted', 'quarantined', 'alreadyLoaded', 'outside'].reduce((sum, name) => sum + (rows[name] ?? 0), 0),
    );
    expect(first.months).toEqual(months);
    const again = await json<Imported>('import', 'import', ...files, ...street);
    expect(again).toMatchObject({ release: first.release, months, rows: { accepted: 0, alreadyLoaded: rows['read'] } });
    const { releases } = await json<{ releases: readonly { id: string }[] }>('releases', 'releases', ...street);
    expect(releases.map(({ id }) => id)).toEqual([first.release]);

    const count = await json<Figured>('figure', 'figure', '--measure', 'count', ...asked, '--by', 'month,category');
    const total = count.rows.reduce((sum, row) => sum + Number(row['count'] ?? 0), 0);
    expect(total).toBe(lines.flat().filter((line) => line.includes(',E0199')).length);
    const rebuilt = await concord('figure', 'rebuild', count.id);
    expect([rebuilt.exit, rebuilt.out]).toEqual([0, expect.stringContaining('The same bytes.')]);

    const spots = await json<Figured>('figure', 'figure', '--measure', 'hot-spots', ...asked);
    expect(spots.rows.filter((row) => row['verdict'] === 'hot spot').map((row) => row['area'])).toContain('E01990016');
    const near = await json<Figured>('figure', 'figure', '--measure', 'near-repeat', ...asked, '--seed', '9');
    expect(near).toMatchObject({ passport: { seed: 9 }, rows: [{ state: 'refused' }] });
    const both = await json<{ cells: readonly { difference: number }[] }>(
      'figure-against',
      ...['figure', '--measure', 'count', ...asked, '--by', 'category'],
      ...['--against', await ownDefinition()],
    );
    expect(both.cells.some(({ difference }) => difference < 0)).toBe(true);
    const refused = await concord('figure', '--measure', 'count', ...asked, '--definition', 'variant:no-such');
    expect([refused.exit, refused.out]).toEqual([1, '']);
    const prepared = await json<{ counts: number }>(
      'prepare',
      ...['prepare', ...files, ...street, '--out', inside('prepared')],
    );
    expect(prepared.counts).toBeGreaterThan(0);
    expect(readdirSync(inside('prepared')).sort()).toEqual(['counts.csv', 'manifest.json']);
    const list = await concord('figure', '--list');
    for (const name of ['standardised-rate', 'harm', 'hot-spots', 'near-repeat', 'relative-rate'])
      expect(list.out).toContain(name);
  });

  /** Robbery alone, which data.police.uk can say. */
  async function ownDefinition(): Promise<string> {
    const path = put(
      'robbery.json',
      JSON.stringify({
        name: 'Robbery',
        kinds: [{ kind: 'robbery', inclusion: 'core', rationale: 'It is taken by force.' }],
      }),
    );
    const { out } = await concord('definition', 'add', path, '--json');
    return (JSON.parse(out) as { id: string }).id;
  }

  it('refuses files that are broken or bad with one sentence, and keeps nothing of them', async () => {
    const good = streetLevel('2025-03');
    const [header = '', first = '', second = ''] = good.split('\n');
    const latin = (row: string) => Buffer.from(`${row.replace('On or near', 'Caf\u00e9')}\n`, 'latin1');
    const packed = gzipSync(good);
    const bad: readonly (readonly [string, string | Uint8Array, RegExp])[] = [
      ['truncated.csv.gz', packed.subarray(0, packed.length - 200), /truncated\.csv\.gz/],
      ['bomb.csv.gz', gzipSync(Buffer.alloc(60_000_000)), /bomb\.csv\.gz/],
      ['slip.zip', zipFile([{ name: '../../evil.csv', content: good }]), /slip\.zip/],
      ['error.csv', '<!DOCTYPE html><html><body><h1>502 Bad Gateway</h1></body></html>', /web page|HTML/i],
      ['header.csv', 'a,b,c\n1,2,3\n', /column|header/i],
      ['twice.csv', good.replace('Context', 'Month'), /twice|Two columns/i],
      ['empty.csv', '', /empty/i],
      ['formulas.xlsx', asWorkbook(good, '<c><f>TEXT(TODAY(),"yyyy-mm")</f></c>'), /formula and no value, such as B2/],
      [
        'two-encodings.csv',
        Buffer.concat([Buffer.from(`${header}\n${first.replace('On or near', 'Café')}\n`), latin(second)]),
        /Line 2 is in UTF-8, and line 3 is not/,
      ],
      // As long as a line of a gigabyte for whoever reads it: it is refused at its first megabyte.
      ['line.csv', `${header}\n${'a'.repeat(40_000_000)}`, /Line 2 is longer than 1,048,576 bytes/],
    ];
    // Side by side: they share one PostgreSQL, which need not start for each.
    const answers = await Promise.all(
      bad.map(async ([name, content, sentence]) => ({
        name,
        sentence,
        ...(await concord('import', put(name, content), ...street)),
      })),
    );
    for (const { name, sentence, exit, out, err } of answers) {
      expect({ name, exit, out }).toEqual({ name, exit: 1, out: '' });
      expect(err).toMatch(sentence);
      expect(err, name).not.toMatch(/\n\s+at |Error:|undefined|\[object/);
    }
    expect(existsSync(join(folder, '..', 'evil.csv'))).toBe(false);
    expect(readdirSync(inside('data/releases/staging'))).toEqual([]);
    const { releases } = await json<{ releases: readonly unknown[] }>('releases', 'releases');
    expect(releases).toHaveLength(1);
  });

  it('takes the rows that are good, and says of each other what is wrong with it', async () => {
    const [header = '', ...lines] = streetLevel('2025-04').trim().split('\n');
    const changed = (at: number, values: Readonly<Record<string, string>>): string => {
      const names = header.split(',');
      const cells = (lines[at] ?? '').split(',');
      return names.map((name, place) => values[name] ?? cells[place] ?? '').join(',');
    };
    const months = ['04/2025', 'Apr-25', '202504', '2025-04-14'];
    const nowhere = { 'LSOA code': '', 'LSOA name': '' };
    const path = put(
      'mixed-rows.csv',
      `${[
        header,
        lines[0],
        ...months.map((Month, at) => changed(at + 1, { Month })),
        changed(5, { ...nowhere, Longitude: '-4.0', Latitude: '0.0' }),
        changed(6, { ...nowhere, Longitude: '430000', Latitude: '330000' }),
        // In the North Sea: a point, and no small area.
        changed(7, { ...nowhere, Longitude: '2.4', Latitude: '55.5' }),
        changed(8, { Location: '=cmd|calc!A1' }),
      ].join('\n')}\n`,
    );
    const { exit, out, err } = await concord('import', path, ...street, '--json');
    expect([exit, exit === 0 ? '' : err]).toEqual([0, '']);
    const { rows, quarantine } = JSON.parse(out) as Imported & { quarantine: string };
    expect(rows).toMatchObject({ read: 9, accepted: 3, quarantined: 6, alreadyLoaded: 0, outside: 0, unlocated: 1 });
    const reasons = readFileSync(quarantine, 'utf8');
    for (const month of months)
      expect(reasons).toMatch(new RegExp(`Month is not a month such as.*${month}|${month}.*`));
    expect(reasons).toContain('Latitude is not between 49 and 61');
    expect(reasons).toContain('Longitude is not a number between -9 and 2.5');
  });

  it('makes one release of the same file that two people load at once', async () => {
    const path = put('at-once.csv', streetLevel('2025-05'));
    const read = streetLevel('2025-05').trim().split('\n').length - 1;
    const answers = await Promise.all([1, 2].map(() => json<Imported>('import', 'import', path, ...street)));
    expect(new Set(answers.map(({ release }) => release)).size).toBe(1);
    const { releases } = await json<{ releases: readonly { months: readonly string[]; rows: { accepted: number } }[] }>(
      'releases',
      'releases',
    );
    const own = releases.filter(({ months: of }) => of.includes('2025-05'));
    expect(own.map(({ rows }) => rows.accepted)).toEqual([read]);
  });

  it('refuses an agreement and a partner that are not there', async () => {
    const path = put('extract.csv', forceExtract(['2025-02']));
    const records = ['import', path, '--source', 'force-extract'];
    expect((await concord(...records, '--agreement', 'none')).err).toContain('There is no agreement of that id');
    expect((await concord(...records, '--sender', 'Nobody')).err).toContain('no organisation “Nobody”');
    expect(await concord(...records)).toMatchObject({ exit: 1, out: '' });
  });

  it.skipIf(!mayMount)(
    'says that the disk is full, keeps nothing of the load, and takes it when there is room',
    async () => {
      const before = await json<{ releases: readonly unknown[] }>('releases', 'releases');
      // Ids like those of a real file, which do not pack well.
      const row = (at: number) =>
        `${createHash('sha256').update(String(at)).digest('hex')},2025-06,North,North,,,No Location,,,Robbery,,`;
      const [header = ''] = streetLevel('2025-04').split('\n');
      const path = put('large.csv', `${[header, ...Array.from({ length: 40_000 }, (_, at) => row(at))].join('\n')}\n`);
      const staging = inside('data/releases/staging');
      const small = `mount -t tmpfs -o size=1m tmpfs "$0" && exec "$1" "$2" import "$3" --source police-uk-street`;
      const full = await ran('unshare', ['-m', 'sh', '-c', small, staging, process.execPath, bin, path]);
      expect([full.exit, full.out]).toEqual([1, '']);
      expect(full.err).toContain('The disk is full. Nothing of this load was kept, and nothing was lost.');
      expect(await json<{ releases: readonly unknown[] }>('releases', 'releases')).toEqual(before);
      expect(await json<Imported>('import', 'import', path, ...street)).toMatchObject({ rows: { accepted: 40_000 } });
    },
  );
});
