import { mkdir, open, rm, stat } from 'node:fs/promises';
import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { createGunzip, crc32 } from 'node:zlib';
import { getFileNameLowLevel, openPromise, validateFileName, type Entry, type ZipFile } from 'yauzl';
import { done, refused, type Outcome } from '../../duty/index.ts';
import { kindOfBytes, kindOfFile, tellingBytes, type FileKind } from './file-kind.ts';

export interface ArchiveLimits {
  /** All that comes out, together. */
  readonly unpackedBytes: number;
  readonly entries: number;
  /** How many bytes may come out for one of the archive, once `freeBytes` have come out. Tables stay far below 200. */
  readonly ratio: number;
  readonly freeBytes: number;
}

export const archiveLimits: ArchiveLimits = {
  unpackedBytes: 8 * 1_073_741_824,
  entries: 10_000,
  ratio: 200,
  freeBytes: 10_000_000,
};

export interface UnpackedFile {
  /** A name of ours in a folder of ours. */
  readonly path: string;
  /** What it was called, folders and all, for people to read. Never a path to open. */
  readonly name: string;
  readonly bytes: number;
  readonly kind: FileKind;
}

/**
 * Unpacks a gzip or zip file into a folder that is made for it, and is gone again after a refusal.
 *
 * Refused: what is damaged, cut off, encrypted or over a limit, names that lead out of the folder, links, two files of one
 * name, archives within archives. The limits hold for what really comes out, whatever the archive says of itself.
 * @param sent where the file is, and the name under which it was sent
 * @throws when the folder exists already, or a file cannot be read or written
 */
export async function unpack(
  sent: { readonly path: string; readonly name: string },
  folder: string,
  limits: ArchiveLimits = archiveLimits,
): Promise<Outcome<readonly UnpackedFile[], 'not-valid'>> {
  const kind = await kindOfFile(sent.path);
  if (kind !== 'gzip' && kind !== 'zip') return refused('not-valid', 'The file is neither a zip file nor a gzip file');
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const outcome = await refusals(async () => {
    if (kind === 'zip') return await unpackZip(sent.path, folder, limits);
    const pace = paceOf((await stat(sent.path)).size, limits);
    const name = sent.name.replace(/\.gz$/i, '');
    return [await write(gunzipped(sent.path, pace), folder, 1, name)];
  }).catch(async (fault: unknown) => {
    await rm(folder, { recursive: true, force: true });
    throw fault;
  });
  if (!outcome.done) await rm(folder, { recursive: true, force: true });
  return outcome;
}

/** Carries a refusal out of streams and iterators to `refusals`, which makes it a value. */
export class FileRefused extends Error {}

/** What `work` gives, or the refusal in it. @throws faults, as they came */
export async function refusals<T>(work: () => Promise<T>): Promise<Outcome<T, 'not-valid'>> {
  try {
    return done(await work());
  } catch (error) {
    if (error instanceof FileRefused) return refused('not-valid', error.message);
    throw error;
  }
}

async function unpackZip(path: string, folder: string, limits: ArchiveLimits): Promise<readonly UnpackedFile[]> {
  const zip = await openZip(path, limits);
  try {
    const members = zip.members.filter(({ name }) => !leftBySystem.test(name));
    if (members.length === 0) throw new FileRefused('There is no file in the zip file');
    const files: UnpackedFile[] = [];
    for (const [at, member] of members.entries())
      files.push(await write(zip.read(member), folder, at + 1, member.name));
    return files;
  } finally {
    zip.close();
  }
}

/** What macOS and Windows put beside the files that people pack. */
const leftBySystem = /^__MACOSX\/|(^|\/)(\.DS_Store|Thumbs\.db|desktop\.ini)$/i;

async function write(
  bytes: AsyncIterable<Buffer>,
  folder: string,
  number: number,
  name: string,
): Promise<UnpackedFile> {
  const path = join(folder, String(number).padStart(5, '0'));
  const file = await open(path, 'wx', 0o600);
  try {
    let start = Buffer.alloc(0);
    let written = 0;
    for await (const piece of bytes) {
      if (start.length < tellingBytes) {
        start = Buffer.concat([start, piece.subarray(0, tellingBytes)]);
        refuseArchive(kindOfBytes(start), name);
      }
      for (let at = 0; at < piece.length;) at += (await file.write(piece, at)).bytesWritten;
      written += piece.length;
    }
    return { path, name, bytes: written, kind: kindOfBytes(start) };
  } finally {
    await file.close();
  }
}

function refuseArchive(kind: FileKind, name: string): void {
  if (kind === 'gzip' || kind === 'zip' || kind === 'archive')
    throw new FileRefused(`${quoted(name)} in the archive is an archive itself. Unpack it and send what is in it`);
}

/** Counts what comes out, and refuses when it is too much. */
function paceOf(packedBytes: number, limits: ArchiveLimits): (bytes: number) => void {
  let unpacked = 0;
  return (bytes) => {
    unpacked += bytes;
    if (unpacked > limits.unpackedBytes)
      throw new FileRefused(
        `More than ${inWords(limits.unpackedBytes)} come out of the file, which is more than is taken at once. Send it in parts`,
      );
    if (unpacked > limits.freeBytes && unpacked > limits.ratio * packedBytes)
      throw new FileRefused(
        `More than ${limits.ratio} times as many bytes come out of the file as are in it. No table does that, so it may be made to do harm. Send the files unpacked`,
      );
  };
}

const inWords = (bytes: number): string =>
  bytes >= 1_073_741_824 ? `${Math.round(bytes / 1_073_741_824)} GB` : `${bytes.toLocaleString('en-GB')} bytes`;

async function* gunzipped(path: string, pace: (bytes: number) => void): AsyncGenerator<Buffer> {
  const packed = createReadStream(path, { highWaterMark: 1_048_576 });
  const gunzip = createGunzip({ chunkSize: 262_144 });
  packed.once('error', (fault) => gunzip.destroy(fault));
  try {
    for await (const piece of packed.pipe(gunzip) as AsyncIterable<Buffer>) {
      pace(piece.length);
      yield piece;
    }
  } catch (error) {
    throw damaged(error, 'The gzip file');
  } finally {
    packed.destroy();
    gunzip.destroy();
  }
}

/** What zlib and yauzl found wrong with the bytes, in a sentence; faults of the machine as they are. */
function damaged(error: unknown, what: string): unknown {
  if (!(error instanceof Error) || error instanceof FileRefused || 'syscall' in error) return error;
  const { message } = error;
  if (/unexpected end|unexpected EOF|truncated|overflows file bounds|out of range/i.test(message))
    return new FileRefused(`${what} ends before its end: it was cut off on the way. Send it again`);
  if (/encrypt/i.test(message)) return new FileRefused(encrypted);
  if (/multi-disk/i.test(message))
    return new FileRefused(`${what} is one part of several. Pack the files into one zip file and send that`);
  if (/unsupported compression/i.test(message))
    return new FileRefused(
      `${what} is packed in a way that cannot be read here. Pack it again as an ordinary zip file`,
    );
  return new FileRefused(`${what} is damaged. Pack the files again and send it again`);
}

const encrypted =
  'The zip file is encrypted. Send it without a password: what is sent here is kept safe on the way and after';

/** One file in a zip file. */
export interface ZipMember {
  readonly name: string;
  /** As the archive says, and it may lie. */
  readonly saidBytes: number;
  readonly entry: Entry;
}

export interface OpenZip {
  /** Files, without the folders. */
  readonly members: readonly ZipMember[];
  /** What is in a member. Throws `FileRefused` when the limits are reached or it is damaged. */
  readonly read: (member: ZipMember) => AsyncGenerator<Buffer>;
  readonly close: () => void;
}

/** Opens a zip file and looks at all names in it before anything comes out. Throws `FileRefused`. */
export async function openZip(path: string, limits: ArchiveLimits): Promise<OpenZip> {
  const zip = await found(openPromise(path, { lazyEntries: true, autoClose: false, decodeStrings: false }));
  try {
    if (zip.entryCount > limits.entries)
      throw new FileRefused(
        `There are more than ${limits.entries.toLocaleString('en-GB')} files in the zip file. Send them in parts`,
      );
    const members = await found(membersOf(zip));
    const pace = paceOf((await stat(path)).size, limits);
    return { members, read: (member) => inflated(zip, member, pace), close: () => zip.close() };
  } catch (error) {
    zip.close();
    throw error;
  }
}

async function found<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw damaged(error, 'The zip file');
  }
}

async function membersOf(zip: ZipFile): Promise<readonly ZipMember[]> {
  const members: ZipMember[] = [];
  const names = new Set<string>();
  for await (const entry of zip.eachEntry()) {
    const name = getFileNameLowLevel(entry.generalPurposeBitFlag, entry.fileNameRaw, entry.extraFields, false);
    const strange = whyNotTaken(entry, name);
    if (strange !== undefined) throw new FileRefused(strange);
    if (name.endsWith('/')) continue;
    // Two names that one disk tells apart and another does not are one name.
    const plain = name.normalize('NFC').toLowerCase();
    if (names.has(plain))
      throw new FileRefused(`There are two files called ${quoted(name)} in the zip file. Give them different names`);
    names.add(plain);
    members.push({ name, saidBytes: entry.uncompressedSize, entry });
  }
  return members;
}

const quoted = (name: string): string => `“${name.replaceAll(/\p{Cc}/gu, '?').slice(0, 200)}”`;

function whyNotTaken(entry: Entry, name: string): string | undefined {
  if (entry.isEncrypted()) return encrypted;
  if (name === '' || name.includes('\0') || validateFileName(name) !== null)
    return `The zip file holds a file called ${quoted(name)}, which leads out of its folder. Pack the files again from one folder`;
  if (!isOrdinary(entry))
    return `${quoted(name)} in the zip file is a link and not a file. Put the file itself in its place`;
  return undefined;
}

/** Files that Unix packed say what they are: an ordinary file, a folder, or what has no place here. */
function isOrdinary({ versionMadeBy, externalFileAttributes }: Entry): boolean {
  const unix = 3;
  const type = (externalFileAttributes >>> 16) & 0o170000;
  return versionMadeBy >>> 8 !== unix || type === 0 || type === 0o100000 || type === 0o040000;
}

async function* inflated(zip: ZipFile, { name, entry }: ZipMember, pace: (bytes: number) => void) {
  const what = `${quoted(name)} in the zip file`;
  let sum = 0;
  try {
    const stream = await zip.openReadStreamPromise(entry);
    try {
      for await (const piece of stream as AsyncIterable<Buffer>) {
        pace(piece.length);
        sum = crc32(piece, sum);
        yield piece;
      }
    } finally {
      stream.destroy();
    }
  } catch (error) {
    throw damaged(error, what);
  }
  if (sum !== entry.crc32) throw new FileRefused(`${what} is damaged. Pack the files again and send it again`);
}
