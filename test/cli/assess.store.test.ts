import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { inflateRawSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const bin = fileURLToPath(new URL('../../bin/concord.mjs', import.meta.url));
let folder: string;

/** Runs the real program on a data folder of its own, with the PostgreSQL that npm brings. */
const concord = (...args: string[]) =>
  new Promise<{ exit: number; out: string; err: string }>((done) => {
    const env = { PATH: process.env['PATH'], CONCORD_DATA: join(folder, 'data') };
    execFile(process.execPath, [bin, ...args], { encoding: 'utf8', env, maxBuffer: 1e8 }, (error, out, err) => {
      done({ exit: typeof error?.code === 'number' ? error.code : 0, out, err });
    });
  });
const run = async (...args: string[]): Promise<Record<string, unknown>> => {
  const { exit, out, err } = await concord(...args, '--json');
  expect([exit, exit === 0 ? '' : err]).toEqual([0, '']);
  return JSON.parse(out) as Record<string, unknown>;
};

// ── A made-up town of six small areas in three wards ─────────────────────────────────────────────────────────────────

const town = 'E06000099';
const small = Array.from({ length: 6 }, (_, at) => `E0109900${at + 1}`);
const wardOf = (at: number) => `E0509900${Math.floor(at / 2) + 1}`;
const square = (at: number) => {
  const [west, south] = [-3 + at * 0.02, 53.8];
  return [
    [west, south],
    [west + 0.02, south],
    [west + 0.02, south + 0.02],
    [west, south + 0.02],
    [west, south],
  ];
};

function writeReference(into: string): void {
  mkdirSync(into, { recursive: true });
  writeFileSync(
    join(into, 'lookup.csv'),
    [
      'lsoa21_name,lsoa21_code,ward24_name,ward24_code,ltla24_name,ltla24_code',
      ...small.map((code, at) => `Testby 00${at}A,${code},Ward ${wardOf(at).slice(-1)},${wardOf(at)},Testby,${town}`),
    ].join('\n'),
  );
  writeFileSync(
    join(into, 'people.csv'),
    [
      'lsoa21_code,age_group,usual_residents',
      ...small.flatMap((code) =>
        [
          'Aged 15 years and under',
          'Aged 16 to 24 years',
          'Aged 25 to 34 years',
          'Aged 35 to 49 years',
          'Aged 50 to 64 years',
          'Aged 65 years and over',
        ].map((band) => `${code},${band},300`),
      ),
    ].join('\n'),
  );
  writeFileSync(
    join(into, 'wards.geojson'),
    JSON.stringify({
      type: 'FeatureCollection',
      features: [0, 2, 4].map((at) => ({
        type: 'Feature',
        properties: { WD25CD: wardOf(at), WD25NM: `Ward ${wardOf(at).slice(-1)}`, LADCD: town },
        geometry: { type: 'Polygon', coordinates: [square(at)] },
      })),
    }),
  );
}

/**
 * Children in youth justice, a row a cell. Two worlds differ in nothing but which of two small numbers is the larger: of two
 * kinds, of two words for a sex, and of two wards. Whoever can tell the worlds apart has seen a hidden number.
 */
function world(swapped: boolean): string {
  const [one, other] = swapped ? [3, 2] : [2, 3];
  // Of another sender, so that the second world is no repetition of rows that are loaded.
  const sender = swapped ? 'Service Two' : 'Service One';
  const rows: string[] = [];
  for (let at = 0; at < 24; at += 1) {
    const month = `${at < 12 ? 2024 : 2025}-${String((at % 12) + 1).padStart(2, '0')}`;
    rows.push(`${month},${small[0] ?? ''},Caseload,${30 + ((at * 7) % 11)},Female`);
    rows.push(`${month},${small[1] ?? ''},Caseload,${41 + ((at * 5) % 13)},Male`);
  }
  rows.push(`2025-05,${small[0] ?? ''},Serious youth violence,${one},Female`);
  rows.push(`2025-05,${small[0] ?? ''},First-time entrants,${other},Female`);
  rows.push(`2025-06,${small[1] ?? ''},Caseload,${one},Intersex`);
  rows.push(`2025-06,${small[1] ?? ''},Caseload,${other},Another`);
  rows.push(`2025-07,${small[2] ?? ''},Caseload,${one},Male`);
  rows.push(`2025-07,${small[4] ?? ''},Caseload,${other},Male`);
  return ['Period,Area Code,Measure,Count,Sex,Provider', ...rows.map((row) => `${row},${sender}`), ''].join('\n');
}

const assess = (out: string, release: string, ...more: string[]) =>
  run(
    'assess',
    '--area',
    town,
    '--from',
    '2024-01',
    '--to',
    '2025-12',
    '--as-of',
    '2026-06-01',
    '--releases',
    release,
    '--out',
    join(folder, out),
    ...more,
  );

let first: string;
let second: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'concord-assess-'));
  writeReference(join(folder, 'reference'));
  const load = async (name: string, swapped: boolean) => {
    const path = join(folder, name);
    writeFileSync(path, world(swapped));
    return String((await run('import', path, '--source', 'youth-justice'))['release']);
  };
  await run('reference', 'add', 'all', join(folder, 'reference'));
  first = await load('first.csv', false);
  second = await load('second.csv', true);
}, 180_000);
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const filesIn = (out: string): readonly string[] =>
  readdirSync(join(folder, out), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(join(folder, out).length + 1))
    .sort();
const bytesOf = (out: string, file: string): Buffer => readFileSync(join(folder, out, file));

/** Texts of the parts of a Word file, by their names. */
function wordParts(zip: Buffer): string {
  const parts: string[] = [];
  for (let at = zip.indexOf('PK\x01\x02'); at >= 0; at = zip.indexOf('PK\x01\x02', at + 4)) {
    const name = zip.toString('utf8', at + 46, at + 46 + zip.readUInt16LE(at + 28));
    const local = zip.readUInt32LE(at + 42);
    const start = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
    const packed = zip.subarray(start, start + zip.readUInt32LE(at + 20));
    if (/\.(xml|rels|svg)$/.test(name))
      parts.push(`${name}\n${(zip.readUInt16LE(at + 10) === 0 ? packed : inflateRawSync(packed)).toString('utf8')}`);
  }
  return parts.join('\n');
}

/** What a file says, without the hashes, which name what it was made from. */
const said = (out: string, file: string): string =>
  (file.endsWith('.docx') ? wordParts(bytesOf(out, file)) : bytesOf(out, file).toString('utf8'))
    .replaceAll(/[0-9a-f]{64}/g, 'hash')
    .replaceAll(/\bp[0-9a-f]{12}-/g, 'p-')
    .replaceAll('Service Two', 'Service One');

interface FiguresFile {
  readonly figures: readonly {
    readonly id: string;
    readonly view: string;
    readonly rows: readonly Readonly<Record<string, unknown>>[];
    readonly notes: readonly string[];
  }[];
}
const figuresOf = (out: string) => (JSON.parse(bytesOf(out, 'figures.json').toString('utf8')) as FiguresFile).figures;

const notesOf = (out: string): ReadonlySet<string> => new Set(figuresOf(out).flatMap(({ notes }) => notes));

describe('an assessment from the terminal', { timeout: 240_000 }, () => {
  it('writes every form, with the hash of each in the manifest, and the same bytes again', async () => {
    const told = await assess('public', first, '--audience', 'public');
    expect(told).toMatchObject({ title: 'Serious violence in Testby: strategic needs assessment' });
    const files = filesIn('public');
    for (const file of [
      'needs-assessment.html',
      'needs-assessment.pdf',
      'needs-assessment.docx',
      'figures.json',
      'manifest.json',
      'tables/datapackage.json',
    ])
      expect(files).toContain(file);
    const manifest = JSON.parse(bytesOf('public', 'manifest.json').toString('utf8')) as {
      outputs: { file: string; sha256: string; bytes: number }[];
    };
    expect(manifest.outputs.map(({ file }) => file).sort()).toEqual(files.filter((file) => file !== 'manifest.json'));
    for (const { file, sha256, bytes } of manifest.outputs)
      expect([
        file,
        createHash('sha256').update(bytesOf('public', file)).digest('hex'),
        bytesOf('public', file).length,
      ]).toEqual([file, sha256, bytes]);
    await assess('again', first, '--audience', 'public');
    for (const file of files)
      expect([file, bytesOf('again', file).equals(bytesOf('public', file))]).toEqual([file, true]);
  });

  it('shows nothing from which a hidden number could be told', async () => {
    await assess('swapped', second, '--audience', 'public');
    const hidden = figuresOf('public').flatMap(({ rows }) => rows.filter(({ state }) => state === 'hidden'));
    expect(hidden.length).toBeGreaterThan(5);
    for (const row of hidden) expect(Object.values(row).filter((value) => typeof value === 'number')).toEqual([]);
    for (const file of filesIn('public').filter((each) => !each.endsWith('.pdf') && each !== 'manifest.json'))
      expect([file, said('swapped', file)]).toEqual([file, said('public', file)]);
  });

  it('tells the worlds apart where all is shown, so that the test above would see a leak', async () => {
    await assess('restricted', first, '--audience', 'restricted');
    await assess('restricted-swapped', second, '--audience', 'restricted');
    for (const file of ['needs-assessment.html', 'needs-assessment.docx', 'figures.json'])
      expect(said('restricted', file)).not.toBe(said('restricted-swapped', file));
  });

  it('lets no rendering for partners tell them apart either, in either template', async () => {
    for (const template of ['needs', 'annual']) {
      for (const [out, release] of [
        [`partner-${template}`, first],
        [`partner-${template}-swapped`, second],
      ] as const)
        await assess(out, release, '--audience', 'partner', '--template', template);
      const files = filesIn(`partner-${template}`);
      expect(filesIn(`partner-${template}-swapped`)).toEqual(files);
      for (const file of files.filter((each) => !each.endsWith('.pdf') && each !== 'manifest.json'))
        expect([file, said(`partner-${template}-swapped`, file)]).toEqual([file, said(`partner-${template}`, file)]);
    }
  });

  it.each(['public', 'restricted', 'partner-needs'])('rests every number of the page on a figure (%s)', (out) => {
    const views = new Set(figuresOf(out).map(({ view }) => view));
    const html = bytesOf(out, 'needs-assessment.html').toString('utf8');
    const linked = [...html.matchAll(/data-figure="([^"]+)"/g)].map(([, view = '']) => view);
    expect(linked.length).toBeGreaterThan(20);
    expect(linked.filter((view) => !views.has(view))).toEqual([]);
    expect(looseNumbers(html, notesOf(out))).toEqual([]);
  });

  it('sees a number that rests on nothing', () => {
    const html = bytesOf('public', 'needs-assessment.html').toString('utf8');
    const planted = html.replaceAll('Police figures show', 'Some 48 police figures show');
    expect(planted).not.toBe(html);
    expect(looseNumbers(planted, notesOf('public'))).toEqual([expect.stringContaining('Some 48')]);
  });

  it('makes the yearly assessment with its seven parts, each number on a figure', async () => {
    await assess('annual', first, '--audience', 'partner', '--template', 'annual');
    const page = bytesOf('annual', 'annual-assessment.html').toString('utf8');
    const views = new Set(figuresOf('annual').map(({ view }) => view));
    const linked = [...page.matchAll(/data-figure="([^"]+)"/g)].map(([, view = '']) => view);
    expect(linked.length).toBeGreaterThan(20);
    expect(linked.filter((view) => !views.has(view))).toEqual([]);
    expect(looseNumbers(page, notesOf('annual'))).toEqual([]);
    const html = said('annual', 'annual-assessment.html');
    for (const part of [
      'Levels and patterns',
      'Changes since the last',
      'Why it changed',
      'put first',
      'live and work',
      'last year’s plan',
      'the county',
    ])
      expect(html).toContain(part);
  });

  it('rebuilds a figure that it names', async () => {
    const [figure] = figuresOf('restricted');
    const told = await run('figure', 'rebuild', figure?.id ?? '');
    expect(told).toMatchObject({ same: true });
  });

  it.each([
    [['--area', 'E06000099', '--from', '2025-12', '--to', '2024-01', '--out', 'x'], 2, 'before the first'],
    [['--area', 'nowhere', '--from', '2024-01', '--to', '2025-12', '--out', 'x'], 2, '--area'],
    [['--area', 'E06000098', '--from', '2024-01', '--to', '2025-12', '--out', 'x'], 1, 'Nothing is known of the area'],
    [
      ['--area', 'E06000099', '--from', '2010-01', '--to', '2010-12', '--out', 'x'],
      1,
      'Nothing is loaded for these months',
    ],
    [
      ['--area', 'E06000099', '--from', '2024-01', '--to', '2025-12', '--definition', 'none', '--out', 'x'],
      1,
      'no definition and no file',
    ],
    [
      ['--area', 'E06000099', '--from', '2024-01', '--to', '2025-12', '--releases', 'sha256:00', '--out', 'x'],
      1,
      'no release',
    ],
  ] as const)('%j is refused with a sentence', async (args, exit, words) => {
    const answer = await concord('assess', ...args);
    expect([answer.exit, answer.err]).toEqual([exit, expect.stringContaining(words)]);
  });
});

const months = 'January|February|March|April|May|June|July|August|September|October|November|December';
/** What has digits and is no measured number: dates, names of law, places in the document, codes, helplines. */
const notMeasured: readonly RegExp[] = [
  /SI 2007\/1830|100,000/g,
  /\b(?:section|[Rr]egulation|version|note|Note|Notes|Figure|Table|page) \d+(?:\.\d+)*(?:\(\w+\))*/g,
  new RegExp(`(?:\\d{1,2} )?(?:${months})(?: \\d{4})?`, 'g'),
  /\b(?:19|20)\d{2}\b/g,
  /\b[EWK]\d{8}\b/g,
  /\b0800 1111\b|\b0808 [\d ]+\d\b|\b999\b|\b101\b/g,
];

/**
 * Lines of a page that have digits, stand on no figure, and are none of what may. A drawing with its sentence and its numbers
 * stands on the figure that its caption leads to; a table likewise.
 */
function looseNumbers(html: string, notes: ReadonlySet<string>): readonly string[] {
  const drawings = [...html.matchAll(/<figure\b[\s\S]*?<\/figure>/g)].map(([drawing]) => drawing);
  expect(drawings.filter((drawing) => !drawing.includes('href="#note-'))).toEqual([]);
  const body = (html.split('<main')[1] ?? '')
    .replaceAll(/<(figure|style|table|sup|nav)\b[\s\S]*?<\/\1>/g, ' ')
    .replaceAll(/<a\b[^>]*data-figure="[^"]*"[^>]*>[\s\S]*?<\/a>/g, ' ')
    .replace(/<section[^>]*notes[\s\S]*$/, ' ');
  return body
    .replaceAll(/<[^>]+>/g, '\n')
    .split('\n')
    .map((line) => line.trim().replaceAll('&amp;', '&'))
    .filter((line) => /\d/.test(line) && !notes.has(line) && !/^\d+(?:\.\d+)*$/.test(line))
    .filter((line) => /\d/.test(notMeasured.reduce((left, pattern) => left.replaceAll(pattern, ' '), line)));
}
