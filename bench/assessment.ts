import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { exampleAccounts, examplePassword } from '../src/platform/identity/example-accounts.ts';
import type { Spent } from './assessment/alone.ts';
import type { PdfSpent } from './assessment/pdf.ts';
import { areaCode, areasOfForce, csvIn, forces, rowsOfYear, writeFiles } from './evidence/files.ts';
import { inFreshFolder, productEnvironment, root, startProduct } from './instruments/programs.ts';
import { rowOf, type Bench, type Row } from './instruments/row.ts';

const small = rowsOfYear;
const large = 30_000_000;
/** What a machine that others use can do in a few minutes. */
const moderate = [600_000, 1_200_000] as const;
const pages = 200;
const area = 'E06000101';

export const bench: Bench = {
  promise:
    'The assessment of one area out of 30 million rows in under 30 seconds and 3 GB, and a page of an answer within 300 ms for 95 of 100.',
  besides: ['moderate-size'],
  run: (progress, beside) =>
    inFreshFolder(async (folder) => {
      const sizes = beside === undefined ? ([small, large] as const) : moderate;
      const reference = join(folder, 'reference');
      writeReference(reference);
      const rows: Row[] = [];
      const spent: Spent[] = [];
      for (const size of sizes) {
        const data = join(folder, `data-${size}`);
        progress(`Writing ${size.toLocaleString('en-GB')} rows …`);
        const files = await writeFiles(folder, size);
        progress('Loading them …');
        concord(data, 'reference', 'add', 'all', reference);
        concord(data, 'import', ...csvIn(files), '--source', 'police-uk-street');
        rmSync(files, { recursive: true, force: true });
        progress('The assessment …');
        const months = Math.max(1, Math.round((size / rowsOfYear) * 12));
        const to = `${2023 + Math.floor((months - 1) / 12)}-${String(((months - 1) % 12) + 1).padStart(2, '0')}`;
        const one = concord(
          data,
          ...['assess', '--area', area, '--from', '2023-01', '--to', to, '--as-of', '2030-01-01'],
          ...['--audience', 'public', '--out', join(folder, `out-${size}`)],
        );
        spent.push(one);
        const of = `${size.toLocaleString('en-GB')} rows, ${months} months`;
        const before = spent.length > 1 ? spent[0] : undefined;
        rows.push(
          rowOf({
            bench: 'assessment',
            metric: before === undefined ? 'one area, all forms' : 'one area, all forms, beside the smaller size',
            size: of,
            value: one.seconds,
            unit: 's',
            ...(before !== undefined && { baseline: before.seconds }),
            goal: { of: 'value', under: 30 },
          }),
          rowOf({
            bench: 'assessment',
            metric: before === undefined ? 'peak memory' : 'peak memory, beside the smaller size',
            size: of,
            value: one.megabytes,
            unit: 'MB',
            ...(before !== undefined && { baseline: before.megabytes }),
            goal: { of: 'value', under: 3_072 },
          }),
        );
        if (size !== sizes.at(-1)) rmSync(data, { recursive: true, force: true });
      }
      progress('A PDF of sixty pages …');
      rows.push(...pdfRows());
      rows.push(await pageTimes(join(folder, 'pages'), reference, folder, progress));
      return rows;
    }),
};

/** A command of Concord in a process of its own. @throws Error with what it said when it fails */
const concord = (data: string, ...args: readonly string[]): Spent =>
  inOwnProcess('alone.ts', args, productEnvironment(data, 0)) as Spent;

/** @returns what the program says that it spent. @throws Error with what it said when it fails */
function inOwnProcess(program: string, args: readonly string[], env: NodeJS.ProcessEnv): unknown {
  const ran = spawnSync(
    process.execPath,
    [
      '--import',
      fileURLToPath(new URL('src/platform/load-tsx.mjs', `file://${root}`)),
      fileURLToPath(new URL(`assessment/${program}`, import.meta.url)),
      ...args,
    ],
    { encoding: 'utf8', env, maxBuffer: 1e9, cwd: root },
  );
  const found = /^spent (.*)$/m.exec(ran.stderr)?.[1];
  if (ran.status !== 0 || found === undefined)
    throw new Error(`${program} ${args[0] ?? ''}: ${ran.stderr.slice(-2_000)}`);
  return JSON.parse(found);
}

/** How long a long document takes as PDF, and how much memory. */
function pdfRows(): readonly Row[] {
  const { seconds, megabytes, pages: of } = inOwnProcess('pdf.ts', [], {}) as PdfSpent;
  const size = `${of} pages`;
  return [
    rowOf({
      bench: 'assessment',
      metric: 'a document as PDF',
      size,
      value: seconds,
      unit: 's',
      goal: { of: 'value', under: 3 },
    }),
    rowOf({
      bench: 'assessment',
      metric: 'a document as PDF, peak memory',
      size,
      value: megabytes,
      unit: 'MB',
      goal: { of: 'value', under: 300 },
    }),
  ];
}

/** Areas of the generated files: each force an authority of one ward a hundred small areas. */
function writeReference(into: string): void {
  mkdirSync(into, { recursive: true });
  const lookup = ['lsoa21_name,lsoa21_code,ward24_name,ward24_code,ltla24_name,ltla24_code'];
  const people = ['lsoa21_code,age_group,usual_residents'];
  const bands = ['Aged 15 years and under', 'Aged 16 to 24 years', 'Aged 25 to 34 years', 'Aged 35 to 49 years'];
  for (let force = 0; force < forces; force += 1)
    for (let at = 0; at < areasOfForce; at += 1) {
      const ward = String(force * 100 + Math.floor(at / 40)).padStart(4, '0');
      const code = areaCode(force, at);
      lookup.push(`Place ${at},${code},Ward ${ward},E0509${ward},Force ${force},E06000${100 + force}`);
      for (const band of [...bands, 'Aged 50 to 64 years', 'Aged 65 years and over'])
        people.push(`${code},${band},280`);
    }
  writeFileSync(join(into, 'lookup.csv'), lookup.join('\n'));
  writeFileSync(join(into, 'people.csv'), people.join('\n'));
}

/** How long pages of answers take whose figures were worked out before. */
async function pageTimes(
  data: string,
  reference: string,
  folder: string,
  progress: (line: string) => void,
): Promise<Row> {
  progress('Pages of answers …');
  const product = await startProduct(data);
  try {
    concord(data, 'reference', 'add', 'all', reference);
    const files = await writeFiles(folder, 500_000);
    concord(
      data,
      'import',
      ...csvIn(files),
      '--source',
      'police-uk-street',
      '--partnership',
      'haverness',
      '--replace-month',
    );
    const cookie = await signIn(product.address);
    const questions = ['how-much', 'where', 'what', 'compare'].map(
      (question) =>
        `${product.address}/haverness/explore/${question}?area=${area}&from=2023-01&to=2023-01&source=police-uk-street`,
    );
    for (const question of questions) await ask(question, cookie);
    const times: number[] = [];
    for (let at = 0; at < pages; at += 1) {
      const began = performance.now();
      await ask(questions[at % questions.length] ?? '', cookie);
      times.push(performance.now() - began);
    }
    const sorted = times.toSorted((a, b) => a - b);
    return rowOf({
      bench: 'assessment',
      metric: 'a page of an answer, 95 of 100',
      size: `${pages} pages, one after another`,
      value: sorted[Math.ceil(pages * 0.95) - 1] ?? Number.NaN,
      unit: 'ms',
      goal: { of: 'value', under: 300 },
    });
  } finally {
    await product.stop();
  }
}

async function ask(address: string, cookie: string): Promise<void> {
  const answer = await fetch(address, { headers: { cookie } });
  const page = await answer.text();
  if (answer.status !== 200 || !page.includes('Where this comes from'))
    throw new Error(`${address} answered ${answer.status} without an answer.`);
}

async function signIn(address: string): Promise<string> {
  const email = exampleAccounts.find(({ role }) => role === 'analyst')?.email ?? '';
  const answer = await fetch(`${address}/sign-in`, {
    method: 'POST',
    headers: { origin: address },
    body: new URLSearchParams({ email, password: examplePassword }),
    redirect: 'manual',
  });
  const cookie = answer.headers.getSetCookie()[0]?.split(';')[0];
  if (answer.status !== 303 || cookie === undefined) throw new Error(`Sign-in answered ${answer.status}.`);
  return cookie;
}
