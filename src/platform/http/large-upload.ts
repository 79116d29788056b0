import { Busboy } from '@fastify/busboy';
import { createHash } from 'node:crypto';
import { createWriteStream, mkdirSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { isDiskFull } from '../files/disk-full.ts';
import {
  addField,
  brokenForm,
  formLimitBytes,
  mostFields,
  readable,
  readForm,
  safeName,
  sizeInWords,
  tooLarge,
  typeOf,
  UnreadableInput,
} from './input.ts';

/** That a form takes files which may be larger than memory, and how: they go to the disk as they arrive. */
export interface LargeUpload {
  /** Name of the field. */
  readonly field: string;
  readonly mostFiles: number;
  /** Of all files together. */
  readonly mostBytes: number;
  /** The sentence for a form without a file: "Choose the files to load". */
  readonly missing: string;
}

/** A file that came with a form and lies on the disk. Nothing about it is believed but its bytes. */
export interface StoredFile {
  /** Where it lies, under a name of ours. */
  readonly path: string;
  /** As its sender calls it; its last part only, 1 to 200 characters. */
  readonly name: string;
  readonly size: number;
  /** 64 hexadecimal digits. */
  readonly sha256: string;
}

/** A form with its files, as it was stored. */
export interface StoredForm {
  readonly typed: Record<string, string | string[]>;
  readonly stored: readonly StoredFile[];
  /** What is wrong with the files: a sentence for their field. Then none of them is kept. */
  readonly mistake: string | undefined;
}

/**
 * Reads a form with files (multipart/form-data, RFC 7578) and writes its files into a folder, in memory that does not grow
 * with them. A form that does not arrive whole, or that the disk cannot hold, leaves no folder behind.
 * @param folder made here; must not be there yet
 * @throws UnreadableInput with the sentence for the page
 */
export async function storeForm(request: Request, upload: LargeUpload, folder: string): Promise<StoredForm> {
  if (typeOf(request) !== 'multipart/form-data')
    return { typed: await readForm(request), stored: [], mistake: upload.missing };
  const advice = `The files may have ${sizeInWords(upload.mostBytes)} together. Send fewer at a time.`;
  if (Number(request.headers.get('content-length') ?? 0) > upload.mostBytes + formLimitBytes) throw tooLarge(advice);
  if (request.body === null) throw brokenForm();
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const form = await receive(request, upload, folder, advice);
    const mistake = mistakeOf(form.stored, upload);
    if (mistake === undefined) return { ...form, mistake };
    await rm(folder, { recursive: true, force: true });
    return { typed: form.typed, stored: [], mistake };
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    if (error instanceof UnreadableInput) throw error;
    if (isDiskFull(error)) throw new UnreadableInput(507, 'There is no room for these files. Nothing was saved.');
    // The sender went away, was too slow, or what came is no form: no fault of ours.
    throw brokenForm();
  }
}

function mistakeOf(files: readonly StoredFile[], { missing, mostFiles }: LargeUpload): string | undefined {
  if (files.length === 0) return missing;
  if (files.length > mostFiles) return `Choose ${mostFiles} files at most`;
  const empty = files.find(({ size }) => size === 0);
  return empty === undefined ? undefined : `${empty.name} is empty. Choose files that are not empty`;
}

async function receive(
  request: Request,
  { field, mostFiles, mostBytes }: LargeUpload,
  folder: string,
  advice: string,
): Promise<Pick<StoredForm, 'typed' | 'stored'>> {
  const typed = Object.create(null) as StoredForm['typed'];
  const writing: Promise<StoredFile>[] = [];
  const broken = new AbortController();
  const fail = (error: unknown): void => broken.abort(error);
  const source = Readable.fromWeb(request.body as Parameters<typeof Readable.fromWeb>[0]);
  const parser = new Busboy({
    headers: { 'content-type': request.headers.get('content-type') ?? '' },
    limits: {
      fieldNameSize: 200,
      fieldSize: formLimitBytes,
      fields: mostFields,
      // One more than may be: then it is known that there were too many.
      files: mostFiles + 1,
      headerSize: 16 * 1024,
    },
  });
  let fieldBytes = 0;
  parser.on('field', (name, value, isNameCut, isValueCut) => {
    fieldBytes += name.length + value.length;
    if (isNameCut || isValueCut || fieldBytes > formLimitBytes) fail(tooLarge(advice));
    else if (!broken.signal.aborted)
      try {
        addField(typed, readable(name), readable(value));
      } catch (error) {
        fail(error);
      }
  });
  parser.on('fieldsLimit', () => fail(tooLarge(advice)));
  let bytes = 0;
  parser.on('file', (name, stream, fileName: string | undefined) => {
    if (name !== field) fail(new UnreadableInput(400, 'A file was sent where this page takes none.'));
    const path = join(folder, String(writing.length));
    const hash = createHash('sha256');
    let size = 0;
    const counted = new Transform({
      transform(chunk: Buffer, _, take) {
        size += chunk.length;
        bytes += chunk.length;
        hash.update(chunk);
        if (bytes > mostBytes) take(tooLarge(advice));
        else take(null, chunk);
      },
    });
    const written = pipeline(stream, counted, createWriteStream(path, { flags: 'wx', mode: 0o600 }), {
      signal: broken.signal,
    }).then((): StoredFile => ({
      path,
      // A browser sends an empty file without a name where none was chosen.
      name: (fileName ?? '') === '' && size === 0 ? '' : safeName(fileName ?? ''),
      size,
      sha256: hash.digest('hex'),
    }));
    written.catch(fail);
    writing.push(written);
  });
  try {
    await pipeline(source, parser, { signal: broken.signal });
    const files = await Promise.all(writing);
    return { typed, stored: files.filter(({ name }) => name !== '') };
  } catch (error) {
    fail(error);
    await Promise.allSettled(writing);
    throw broken.signal.reason;
  }
}
