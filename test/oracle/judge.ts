import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { Adapter, Question, Tolerance } from './adapter.ts';
import { compare } from './compare.ts';
import { readCsv } from './csv.ts';

export interface OracleCase {
  readonly id: string;
  readonly input: unknown;
  readonly expected: unknown;
}

export interface OracleFile {
  readonly method: string;
  readonly tolerance?: Tolerance;
  readonly cases: readonly OracleCase[];
}

/** Where a case lies: its folder, and the folder of the data that some inputs name. */
export interface CasePlace {
  readonly caseFolder: string;
  readonly data: string;
}

/** Inputs name files beside the case, beside its folder, or in the data folder (some with its name in front). */
function find(path: string, { caseFolder, data }: CasePlace): string {
  const parent = dirname(caseFolder);
  const inData = path.replace(/^(?:.*\/)?data\//, '');
  const tried = [caseFolder, parent, dirname(parent), data].map((at) => join(at, path)).concat(join(data, inData));
  const found = tried.find((at) => existsSync(at));
  if (found === undefined) throw new Error(`no file ${path}: looked for ${tried.join(', ')}`);
  return found;
}

function question(file: OracleFile, one: OracleCase, place: CasePlace): Question {
  const text = (path: string): string => {
    const at = find(path, place);
    const bytes = readFileSync(at);
    return (at.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
  };
  return {
    id: one.id,
    folder: basename(place.caseFolder),
    expected: one.expected,
    tolerance: file.tolerance ?? {},
    text,
    csv: (path) => readCsv(text(path)),
    path: (path) => find(path, place),
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

/** Cases on real data share a shape, not a name: what they ask for says who can answer. */
const realAdapters = [
  { name: 'real-lancashire', key: 'month_by_type' },
  { name: 'real-near-repeat', key: 'knox_ratio' },
  { name: 'real-disproportionality', key: 'rri' },
] as const;

async function adapterForCase(folder: string, method: string, expected: unknown): Promise<Adapter | undefined> {
  const named = await adapterFor(method);
  if (named !== undefined || !folder.startsWith('real-')) return named;
  const asked: unknown = Array.isArray(expected) ? expected[0] : expected;
  const found = realAdapters.find(({ key }) => typeof asked === 'object' && asked !== null && key in asked);
  return found && adapterFor(found.name);
}

/** Puts one case to our measures and says what is wrong with the answer: nothing, when it is right. */
export async function judgeCase(file: OracleFile, one: OracleCase, place: CasePlace): Promise<readonly string[]> {
  try {
    const adapter = await adapterForCase(basename(place.caseFolder), file.method, one.expected);
    if (adapter === undefined) return ['no adapter for this method'];
    const asked = question(file, one, place);
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
