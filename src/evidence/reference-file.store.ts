import { createHash } from 'node:crypto';
import { readFile, rm, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { canonicalJson, done, refused, type Outcome } from '../duty/index.ts';
import { unpack, type ArchiveLimits } from '../platform/files/archive.ts';
import { readCsv } from '../platform/files/csv.ts';
import { kindOfFile } from '../platform/files/file-kind.ts';
import { contentOf, keepTable } from '../platform/releases/reference-table.ts';
import type { ReleaseFolder } from '../platform/releases/releases.ts';
import { readReference } from './reference-layouts.ts';
import type { Reference } from './reference.store.ts';
import { referenceVersion, type ReferenceKind, type ReferenceTable } from './reference.ts';

/** Tables of small areas of two countries have a quarter of a million rows; none of them needs more than this. */
const most = { rows: 600_000, columns: 400, bytes: 512 * 1024 * 1024 };
const limits: ArchiveLimits = { unpackedBytes: most.bytes, entries: 1, ratio: 200, freeBytes: 10_000_000 };

export interface AddAsked {
  /** Only this kind; a file that is something else is refused. */
  readonly kind?: ReferenceKind;
  readonly vintage?: string;
}

/**
 * Reads a file, whatever its name, checks all of it, and stores it in the release folder. Nothing is written where it is
 * refused; what is written is named by nobody until `addReference` writes it down.
 */
export async function readReferenceFile(
  folder: ReleaseFolder,
  path: string,
  asked: AddAsked,
): Promise<Outcome<Omit<Reference, 'addedAt' | 'addedBy'>, 'not-valid'>> {
  const sent = await plainBytes(folder, path);
  if (!sent.done) return sent;
  const { bytes, file } = sent.value;
  const table = readCsv(bytes, most);
  if (!table.done) return refused('not-valid', `${table.sentence}.`);
  const read = readReference(table.value, asked.vintage);
  if (!read.done) return read;
  const wrong = whyOtherKind(read.value, asked.kind);
  if (wrong !== undefined) return refused('not-valid', wrong);
  const { rows, ...about } = read.value;
  const content = contentOf({ columns: about.columns, rows });
  const stored = await keepTable(folder, { columns: about.columns, rows });
  return done({ ...about, id: referenceId(read.value, content), rows: rows.length, stored, files: [file] });
}

function whyOtherKind({ kind, title }: ReferenceTable, wanted: ReferenceKind | undefined): string | undefined {
  return wanted === undefined || wanted === kind
    ? undefined
    : `This is not ${wanted} but ${kind}: ${title}. Add it with: concord reference add ${kind} <file>. Nothing was added.`;
}

/** The same content, read as the same thing, of the same vintage is the same release. */
export function referenceId(
  { kind, layout, vintage }: Pick<ReferenceTable, 'kind' | 'layout' | 'vintage'>,
  content: string,
): string {
  const hashed = canonicalJson({ kind, layout, vintage, content, version: referenceVersion });
  return `sha256:${createHash('sha256').update(hashed).digest('hex')}`;
}

/** The bytes of a file, out of its gzip, and what was given. */
export async function plainBytes(
  folder: ReleaseFolder,
  path: string,
): Promise<Outcome<{ readonly bytes: Buffer; readonly file: Reference['files'][number] }, 'not-valid'>> {
  const { size } = await stat(path);
  if (size > most.bytes)
    return refused('not-valid', 'The file is larger than 512 MB, and no table that is known here is.');
  const raw = await readFile(path);
  const file = { name: basename(path), sha256: createHash('sha256').update(raw).digest('hex'), bytes: raw.length };
  if ((await kindOfFile(path)) !== 'gzip') return done({ bytes: raw, file });
  const stage = folder.stage();
  try {
    const unpacked = await unpack({ path, name: file.name }, join(stage, 'out'), limits);
    if (!unpacked.done) return refused('not-valid', `${unpacked.sentence}.`);
    const [only] = unpacked.value;
    return done({ bytes: await readFile(only?.path ?? path), file });
  } finally {
    await rm(stage, { recursive: true, force: true });
  }
}
