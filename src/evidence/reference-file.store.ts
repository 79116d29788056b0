import { createHash } from 'node:crypto';
import { open, readFile, rm, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { constants, gunzipSync } from 'node:zlib';
import { canonicalJson, done, refused, type Outcome } from '../duty/index.ts';
import { unpack, type ArchiveLimits } from '../platform/files/archive.ts';
import { readCsv } from '../platform/files/csv.ts';
import { kindOfBytes, kindOfFile } from '../platform/files/file-kind.ts';
import { contentOf, keepTable, keepText } from '../platform/releases/reference-table.ts';
import type { ReleaseFolder } from '../platform/releases/releases.ts';
import { geoJsonOf, readGeoJson, type BoundaryRelease } from './reference-boundaries.ts';
import { readReference, whyNotReference } from './reference-layouts.ts';
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
  const start = await startOf(path);
  const isJson = /^\s*\{/.test(start);
  // The columns say enough: a million rows of something else are not read to find out.
  const other = isJson ? undefined : whyOtherColumns(start);
  if (other !== undefined) return refused('not-valid', other);
  const sent = await plainBytes(folder, path);
  if (!sent.done) return sent;
  const { bytes, file } = sent.value;
  const read = isJson ? readGeoJson(bytes.toString('utf8'), asked.vintage) : readTable(bytes, asked.vintage);
  if (!read.done) return read;
  const found = read.value;
  const wrong = whyOtherKind(found, asked.kind);
  if (wrong !== undefined) return refused('not-valid', wrong);
  if ('boundaries' in found) return done({ ...(await keepBoundaries(folder, found)), files: [file] });
  const { rows, ...about } = found;
  const content = contentOf({ columns: about.columns, rows });
  const stored = await keepTable(folder, { columns: about.columns, rows });
  return done({ ...about, id: referenceId(found, content), rows: rows.length, stored, files: [file] });
}

function readTable(bytes: Buffer, vintage: string | undefined): Outcome<ReferenceTable, 'not-valid'> {
  const table = readCsv(bytes, most);
  return table.done ? readReference(table.value, vintage) : refused('not-valid', `${table.sentence}.`);
}

async function keepBoundaries(folder: ReleaseFolder, { level, boundaries, ...about }: BoundaryRelease) {
  const text = geoJsonOf(boundaries);
  const content = createHash('sha256').update(text).digest('hex');
  const stored = await keepText(folder, text, 'geojson.gz');
  const columns: Reference['columns'] = [{ name: level, type: 'text' }];
  return { ...about, id: referenceId(about, content), rows: boundaries.length, columns, stored };
}

/** The first lines of a file, out of its gzip; nothing where that cannot be undone, and then the whole file says why. */
async function startOf(path: string): Promise<string> {
  const handle = await open(path);
  try {
    const room = Buffer.alloc(16_384);
    const { bytesRead } = await handle.read(room, 0, room.length, 0);
    const bytes = room.subarray(0, bytesRead);
    if (kindOfBytes(bytes) !== 'gzip') return bytes.toString('utf8');
    try {
      return gunzipSync(bytes, { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: 4_194_304 }).toString('utf8');
    } catch {
      return '';
    }
  } finally {
    await handle.close();
  }
}

/** Undefined where the first lines are no table, or no whole one: then reading all of the file says why. */
function whyOtherColumns(start: string): string | undefined {
  const whole = start.slice(0, start.lastIndexOf('\n') + 1);
  const table = readCsv(Buffer.from(whole), most);
  return table.done ? whyNotReference(table.value.header) : undefined;
}

function whyOtherKind(
  { kind, title }: Pick<ReferenceTable, 'kind' | 'title'>,
  wanted: ReferenceKind | undefined,
): string | undefined {
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
