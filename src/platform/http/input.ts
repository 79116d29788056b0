/** What was sent cannot be read as what it says it is. The sentence is for the page. */
export class UnreadableInput extends Error {
  readonly status: 400 | 413 | 415 | 507;
  constructor(status: UnreadableInput['status'], sentence: string) {
    super(sentence);
    this.status = status;
  }
}

/** Most that the fields of a form may send together, in bytes. A file beside them has a limit of its own. */
export const formLimitBytes = 256 * 1024;
export const mostFields = 2_000;

/** That a form takes a file, and how. */
export interface Upload {
  /** Name of the field. */
  readonly field: string;
  readonly mostBytes: number;
  /** The sentence for a form without a file: "Choose the file of organisations". Without it, a file may be left out. */
  readonly missing?: string;
}

/** A file that came with a form. Nothing about it is believed but its bytes. */
export interface SentFile {
  /** Its last part only: what a sender writes as a path never reaches a folder. 1 to 200 characters. */
  readonly name: string;
  /** As the sender's computer calls it. */
  readonly type: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** A form with a file, as it was read. */
export interface SentForm {
  readonly typed: Record<string, string | string[]>;
  /** One at most. */
  readonly files: readonly SentFile[];
  /** What is wrong with the file: a sentence for its field. */
  readonly mistake: string | undefined;
}

/**
 * Fields by name; a name sent twice gives a list. Refuses what is no form, too large, not UTF-8, or holds the character
 * NUL, which PostgreSQL cannot keep.
 */
export async function readForm(request: Request): Promise<Record<string, string | string[]>> {
  const type = typeOf(request);
  const bytes = await readBody(request, formLimitBytes, 'Make it shorter and send it again.');
  if (type === 'application/x-www-form-urlencoded') return fieldsOf(decodeUtf8(bytes));
  if (bytes.length === 0 && type === '') return {};
  throw new UnreadableInput(415, 'This page takes a form. It got something else.');
}

/**
 * A form that takes a file (multipart/form-data, RFC 7578). A file that is missing, too large or one of several is a
 * mistake of its field; a form that is cut off, or larger than file and fields may be together, cannot be read.
 */
export async function readFormWithFile(request: Request, upload: Upload): Promise<SentForm> {
  if (typeOf(request) !== 'multipart/form-data')
    return { typed: await readForm(request), files: [], mistake: upload.missing };
  const advice = `The file must be smaller than ${sizeInWords(upload.mostBytes)}. Choose a smaller one.`;
  const bytes = await readBody(request, upload.mostBytes + formLimitBytes, advice);
  const entries = await partsOf(bytes, request.headers.get('content-type') ?? '');
  const typed = Object.create(null) as Record<string, string | string[]>;
  const chosen: File[] = [];
  for (const [name, value] of entries) {
    if (typeof value === 'string') addField(typed, readable(name), readable(value));
    else if (name !== upload.field) throw new UnreadableInput(400, 'A file was sent where this page takes none.');
    // A browser sends an empty file without a name where none was chosen.
    else if (value.name !== '' || value.size > 0) chosen.push(value);
  }
  const [first, second] = chosen;
  if (first === undefined) return { typed, files: [], mistake: upload.missing };
  if (second !== undefined) return { typed, files: [], mistake: 'Choose one file only' };
  if (first.size > upload.mostBytes)
    return { typed, files: [], mistake: `Choose a file smaller than ${sizeInWords(upload.mostBytes)}` };
  if (first.size === 0) return { typed, files: [], mistake: 'Choose a file that is not empty' };
  return {
    typed,
    files: [{ name: safeName(first.name), type: first.type, bytes: await first.bytes() }],
    mistake: undefined,
  };
}

async function partsOf(bytes: Uint8Array<ArrayBuffer>, type: string): Promise<readonly [string, FormDataEntryValue][]> {
  let entries: [string, FormDataEntryValue][];
  try {
    entries = [...(await new Response(bytes, { headers: { 'content-type': type } }).formData())];
  } catch {
    throw brokenForm();
  }
  if (entries.length > mostFields) throw new UnreadableInput(413, 'That is more than this page takes.');
  return entries;
}

/** What is not UTF-8 was read with U+FFFD in its place. */
export function readable(text: string): string {
  if (text.includes('\uFFFD'))
    throw new UnreadableInput(400, 'Some of the characters that were sent cannot be read. Type them again.');
  return keepable(text);
}

export function safeName(name: string): string {
  const last = name.split(/[\\/]/).at(-1) ?? '';
  const plain = last.replaceAll(/[\p{Cc}\p{Cf}\uFFFD]/gu, '').trim();
  return /^\.*$/.test(plain) ? 'file' : plain.slice(-200);
}

/** A limit as people read it, in units of 1,000. */
export function sizeInWords(bytes: number): string {
  if (bytes < 1_000_000) return `${Math.floor(bytes / 1_000)} kB`;
  return bytes < 1_000_000_000
    ? `${Math.floor(bytes / 100_000) / 10} MB`
    : `${Math.floor(bytes / 100_000_000) / 10} GB`;
}

export const typeOf = (request: Request): string =>
  request.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase() ?? '';

/** @param advice a sentence that says what to do */
export const tooLarge = (advice: string): UnreadableInput =>
  new UnreadableInput(413, `That is more than this page takes. ${advice}`);

export const brokenForm = (): UnreadableInput =>
  new UnreadableInput(400, 'The form did not arrive whole. Nothing was saved. Send it again.');

export function readQuery(url: string): Record<string, string | string[]> {
  const at = url.indexOf('?');
  return at === -1 ? {} : fieldsOf(url.slice(at + 1).split('#')[0] ?? '');
}

async function readBody(request: Request, mostBytes: number, advice: string): Promise<Uint8Array<ArrayBuffer>> {
  const tooMuch = tooLarge(advice);
  if (Number(request.headers.get('content-length') ?? 0) > mostBytes) throw tooMuch;
  if (request.body === null) return new Uint8Array();
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const chunk of request.body as unknown as AsyncIterable<Uint8Array>) {
      size += chunk.length;
      if (size > mostBytes) throw tooMuch;
      chunks.push(chunk);
    }
  } catch (error) {
    if (error === tooMuch) throw error;
    // The sender went away, was too slow, or broke off a chunk: no fault of ours.
    throw brokenForm();
  }
  return Buffer.concat(chunks);
}

function decodeUtf8(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new UnreadableInput(400, 'Some of the characters that were sent cannot be read. Type them again.');
  }
}

function fieldsOf(text: string): Record<string, string | string[]> {
  const fields = Object.create(null) as Record<string, string | string[]>;
  if (text === '') return fields;
  const pairs = text.split('&');
  if (pairs.length > mostFields) throw new UnreadableInput(413, 'That is more than this page takes.');
  for (const pair of pairs) {
    if (pair === '') continue;
    const at = pair.indexOf('=');
    const name = decode(at === -1 ? pair : pair.slice(0, at));
    const value = decode(at === -1 ? '' : pair.slice(at + 1));
    addField(fields, name, value);
  }
  return fields;
}

export function addField(fields: Record<string, string | string[]>, name: string, value: string): void {
  const before = fields[name];
  fields[name] = before === undefined ? value : Array.isArray(before) ? [...before, value] : [before, value];
}

function decode(text: string): string {
  let decoded: string;
  try {
    decoded = decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    throw new UnreadableInput(400, 'Some of the characters that were sent cannot be read. Type them again.');
  }
  return keepable(decoded);
}

function keepable(text: string): string {
  if (text.includes('\0'))
    throw new UnreadableInput(400, 'Some of the characters that were sent cannot be kept. Type them again.');
  return text;
}
