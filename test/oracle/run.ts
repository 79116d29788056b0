// npm run oracles -- <folder> [--data DIR] [<method> …]
// Puts every reference case of a folder to our measures and says how many they meet. The folder holds one folder a method,
// each with `cases*.json`; any other folder of the same layout will do.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { gunzipSync } from 'node:zlib';
import type { Adapter, Question, Tolerance } from './adapter.ts';
import { compare } from './compare.ts';
import { readCsv } from './csv.ts';

interface OracleFile {
  readonly method: string;
  readonly tolerance?: Tolerance;
  readonly cases: readonly { readonly id: string; readonly input: unknown; readonly expected: unknown }[];
}

const { values, positionals } = parseArgs({ allowPositionals: true, options: { data: { type: 'string' } } });
const [folder, ...wanted] = positionals;
if (folder === undefined || !existsSync(folder)) {
  console.error('usage: npm run oracles -- <folder> [--data DIR] [<method> …]');
  process.exit(2);
}
const root = resolve(folder);
const data = values.data === undefined ? join(dirname(root), 'data') : resolve(values.data);

/** Inputs name files beside the case, beside its folder, or in the data folder (some with its name in front). */
function find(path: string, caseFolder: string): string {
  const parent = dirname(caseFolder);
  const inData = path.replace(/^(?:.*\/)?data\//, '');
  const tried = [caseFolder, parent, dirname(parent), data].map((at) => join(at, path)).concat(join(data, inData));
  const found = tried.find((at) => existsSync(at));
  if (found === undefined) throw new Error(`no file ${path}: looked for ${tried.join(', ')}`);
  return found;
}

function question(file: OracleFile, one: OracleFile['cases'][number], caseFolder: string): Question {
  const text = (path: string): string => {
    const at = find(path, caseFolder);
    const bytes = readFileSync(at);
    return (at.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
  };
  return {
    id: one.id,
    folder: basename(caseFolder),
    expected: one.expected,
    tolerance: file.tolerance ?? {},
    text,
    csv: (path) => readCsv(text(path)),
    path: (path) => find(path, caseFolder),
  };
}

const adapters = new URL('./adapters/', import.meta.url);

async function adapterFor(method: string): Promise<Adapter | undefined> {
  // A method's name comes from a file that someone else wrote: it may not climb out of the folder.
  if (!/^[a-z0-9][a-z0-9-]*$/.test(method)) return undefined;
  const at = new URL(`${method}.ts`, adapters);
  if (!existsSync(at)) return undefined;
  return ((await import(at.href)) as { run: Adapter }).run;
}

async function faultsOf(
  adapter: Adapter,
  file: OracleFile,
  index: number,
  caseFolder: string,
): Promise<readonly string[]> {
  const one = file.cases[index]!;
  try {
    const asked = question(file, one, caseFolder);
    const said = await adapter(one.input, asked);
    const { rel, abs } = asked.tolerance;
    const { differences, compared } = compare(said.answer, one.expected, {
      rel: typeof rel === 'number' ? rel : 0,
      abs: typeof abs === 'number' ? abs : 0,
      ...(said.notCompared && { notCompared: said.notCompared }),
      ...(said.tolerances && { tolerances: said.tolerances }),
    });
    const faults = [...differences, ...(said.faults ?? [])];
    if (faults.length === 0 && compared + (said.judged ?? 0) === 0) return ['nothing was compared'];
    return faults;
  } catch (error) {
    return [error instanceof Error ? (error.stack ?? error.message) : String(error)];
  }
}

const shown = 8;
let passed = 0;
let failed = 0;
const seen = new Set<string>();

for (const name of readdirSync(root).sort()) {
  const caseFolder = join(root, name);
  let files: string[];
  try {
    files = readdirSync(caseFolder)
      .filter((file) => /^cases.*\.json$/.test(file))
      .sort();
  } catch {
    continue; // a file beside the folders
  }
  const tally = new Map<string, { passed: number; cases: number; details: string[] }>();
  for (const fileName of files) {
    const file = JSON.parse(readFileSync(join(caseFolder, fileName), 'utf8')) as OracleFile;
    if (wanted.length > 0 && !wanted.includes(file.method) && !wanted.includes(name)) continue;
    seen.add(file.method).add(name);
    const sum = tally.get(file.method) ?? { passed: 0, cases: 0, details: [] };
    tally.set(file.method, sum);
    const adapter = await adapterFor(file.method);
    for (const [index, one] of file.cases.entries()) {
      const faults =
        adapter === undefined ? ['no adapter for this method'] : await faultsOf(adapter, file, index, caseFolder);
      sum.cases += 1;
      if (faults.length === 0) sum.passed += 1;
      else {
        sum.details.push(`  ${fileName} ${one.id}: ${faults.length} wrong`);
        sum.details.push(...faults.slice(0, shown).map((fault) => `    ${fault}`));
        if (faults.length > shown) sum.details.push(`    and ${faults.length - shown} more`);
      }
    }
  }
  for (const [method, sum] of tally) {
    console.log(`${method}: ${sum.passed} of ${sum.cases}`);
    for (const line of sum.details) console.log(line);
    passed += sum.passed;
    failed += sum.cases - sum.passed;
  }
}
for (const method of wanted)
  if (!seen.has(method)) {
    console.error(`no cases for ${method} in ${folder}`);
    failed += 1;
  }
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
