import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { smallTown, smallTownReference, streetLevel } from '../evidence/small-town.ts';
import { zipFile } from '../files/zip-file.ts';

const bin = fileURLToPath(new URL('../../bin/concord.mjs', import.meta.url));
const schemas = fileURLToPath(new URL('../../docs/reference/schemas/', import.meta.url));
let folder: string;
const inside = (name: string) => join(folder, name);
const put = (name: string, content: string | Uint8Array): string => {
  writeFileSync(inside(name), content);
  return inside(name);
};

/** Runs the real program on a data folder of its own, with the PostgreSQL that npm brings. */
const concord = (...args: string[]) =>
  new Promise<{ exit: number; out: string; err: string }>((done) => {
    const env = { PATH: process.env['PATH'], CONCORD_DATA: inside('data') };
    execFile(process.execPath, [bin, ...args], { encoding: 'utf8', env, maxBuffer: 2 ** 26 }, (error, out, err) => {
      done({ exit: typeof error?.code === 'number' ? error.code : error === null ? 0 : -1, out, err });
    });
  });
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
  // The first command makes the installation.
  const added = await concord('reference', 'add', 'all', inside('reference'));
  expect([added.exit, added.exit === 0 ? '' : added.err]).toEqual([0, '']);
}, 120_000);
afterAll(() => {
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
    const packed = gzipSync(good);
    const bad: readonly (readonly [string, string | Uint8Array, RegExp])[] = [
      ['truncated.csv.gz', packed.subarray(0, packed.length - 200), /truncated\.csv\.gz/],
      ['bomb.csv.gz', gzipSync(Buffer.alloc(60_000_000)), /bomb\.csv\.gz/],
      ['slip.zip', zipFile([{ name: '../../evil.csv', content: good }]), /slip\.zip/],
      ['error.csv', '<!DOCTYPE html><html><body><h1>502 Bad Gateway</h1></body></html>', /web page|HTML/i],
      ['header.csv', 'a,b,c\n1,2,3\n', /column|header/i],
      ['twice.csv', good.replace('Context', 'Month'), /twice|Two columns/i],
      ['empty.csv', '', /empty/i],
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
    const { releases } = await json<{ releases: readonly unknown[] }>('releases', 'releases');
    expect(releases).toHaveLength(1);
  });
});
