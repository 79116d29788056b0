/** What was sent cannot be read as what it says it is. The sentence is for the page. */
export class UnreadableInput extends Error {
  readonly status: 400 | 413 | 415;
  constructor(status: 400 | 413 | 415, sentence: string) {
    super(sentence);
    this.status = status;
  }
}

/** Most that a form may send, in bytes. Files go another way. */
export const formLimitBytes = 256 * 1024;
const mostFields = 2_000;

/**
 * Fields by name; a name sent twice gives a list. Refuses what is no form, too large, not UTF-8, or holds the character
 * NUL, which PostgreSQL cannot keep.
 */
export async function readForm(request: Request): Promise<Record<string, string | string[]>> {
  const type = request.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase() ?? '';
  const bytes = await readBody(request);
  if (type === 'application/x-www-form-urlencoded') return fieldsOf(decodeUtf8(bytes));
  if (bytes.length === 0 && type === '') return {};
  throw new UnreadableInput(415, 'This page takes a form. It got something else.');
}

export function readQuery(url: string): Record<string, string | string[]> {
  const at = url.indexOf('?');
  return at === -1 ? {} : fieldsOf(url.slice(at + 1).split('#')[0] ?? '');
}

async function readBody(request: Request): Promise<Uint8Array> {
  const tooLarge = new UnreadableInput(413, 'That is more than this page takes. Make it shorter and send it again.');
  if (Number(request.headers.get('content-length') ?? 0) > formLimitBytes) throw tooLarge;
  if (request.body === null) return new Uint8Array();
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const chunk of request.body as unknown as AsyncIterable<Uint8Array>) {
      size += chunk.length;
      if (size > formLimitBytes) throw tooLarge;
      chunks.push(chunk);
    }
  } catch (error) {
    if (error === tooLarge) throw error;
    // The sender went away, was too slow, or broke off a chunk: no fault of ours.
    throw new UnreadableInput(400, 'The form did not arrive whole. Nothing was saved. Send it again.');
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
    const before = fields[name];
    fields[name] = before === undefined ? value : Array.isArray(before) ? [...before, value] : [before, value];
  }
  return fields;
}

function decode(text: string): string {
  let decoded: string;
  try {
    decoded = decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    throw new UnreadableInput(400, 'Some of the characters that were sent cannot be read. Type them again.');
  }
  if (decoded.includes('\0'))
    throw new UnreadableInput(400, 'Some of the characters that were sent cannot be kept. Type them again.');
  return decoded;
}
