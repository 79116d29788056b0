import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createApp } from '../../src/platform/http/app.ts';
import { ByteCache } from '../../src/platform/http/byte-cache.ts';
import type { SentFile } from '../../src/platform/http/input.ts';
import type { Page } from '../../src/platform/http/route.ts';
import { partnershipParams, rowsOf } from '../../src/platform/http/rows.ts';
import { createHttpServer } from '../../src/platform/http/server.ts';
import { openLog } from '../../src/platform/log.ts';
import { origin, testTown, type TestTown } from '../records/installation.ts';
import { sendRaw, type Part, type RawAnswer } from './raw-connection.ts';

const kilobytes = 100;
const got: (SentFile | undefined)[] = [];
const pageOf = (title: string, text: string): Page => ({ title, main: text });
const { post } = rowsOf<'platform'>();
/** A form with a word and a file, on its own: what a slice's row with an upload gets. */
const row = (path: `/${string}`, missing?: string) =>
  post({
    path,
    about: 'A form with a file',
    access: { anyOf: ['analyst'] },
    audit: 'FILE_SENT',
    params: partnershipParams,
    body: z.object({ word: z.string('Enter a word').min(1, 'Enter a word') }),
    upload: { field: 'sent', mostBytes: kilobytes * 1_000, ...(missing !== undefined && { missing }) },
    example: ({ partnership }) => ({ params: { partnership } }),
    handle: ({ body, files }) => {
      got.push(files[0]);
      return { seeOther: `/haverness?word=${encodeURIComponent(body.word)}` };
    },
    invalid: ({ errors, typed }) => ({
      page: pageOf('A form', JSON.stringify({ errors, typed })),
    }),
  });

let town: TestTown;
let server: Server;
let port: number;
let cookie: string;

beforeAll(async () => {
  town = await testTown();
  cookie = await town.sessionOf('analyst@haverness.example');
  const cache = new ByteCache(0, 0);
  const { fetch } = createApp({
    routes: [row('/:partnership/needed', 'Choose a file of words'), row('/:partnership/optional')],
    records: town.records,
    equipment: town.equipment,
    log: openLog('quiet', (line) => void (town.faults as string[]).push(line)),
    clock: () => new Date(),
    cache,
    frame: ({ main, title }) => `<h1>${title}</h1>${typeof main === 'string' ? main : sentenceOf(main)}`,
    assets: new Map(),
  });
  server = createHttpServer({ fetch, cache, brokenRequestPage: () => '<h1>Broken</h1>' });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  port = (server.address() as AddressInfo).port;
});
afterAll(async () => {
  await new Promise<void>((done) => {
    server.close(() => done());
    server.closeAllConnections();
  });
  await town.close();
});
afterEach(() => {
  expect((town.faults as string[]).splice(0)).toEqual([]);
  got.splice(0);
});

/** The words of a refusal. */
const sentenceOf = (node: unknown): string =>
  typeof node === 'string'
    ? node
    : Array.isArray(node)
      ? node.map(sentenceOf).join(' ')
      : typeof node === 'object' && node !== null && 'props' in node
        ? sentenceOf((node.props as { children?: unknown }).children)
        : '';

const boundary = '----concord';
const part = (head: string, content: string | Buffer = ''): Buffer =>
  Buffer.concat([Buffer.from(`--${boundary}\r\n${head}\r\n\r\n`), Buffer.from(content), Buffer.from('\r\n')]);
const field = (name: string, value: string | Buffer) => part(`content-disposition: form-data; name="${name}"`, value);
const fileNamed = (name: string, content: string | Buffer, type = 'text/csv', of = 'sent') =>
  part(`content-disposition: form-data; name="${of}"; filename="${name}"\r\ncontent-type: ${type}`, content);
const end = Buffer.from(`--${boundary}--\r\n`);
const word = field('word', 'harbour');

function send(
  parts: readonly Buffer[],
  {
    path = '/haverness/needed',
    headers = {},
  }: { readonly path?: string; readonly headers?: Readonly<Record<string, string>> } = {},
): Promise<RawAnswer> {
  const body = Buffer.concat(parts);
  const lines = Object.entries({
    host: `127.0.0.1:${port}`,
    origin,
    cookie,
    'content-type': `multipart/form-data; boundary=${boundary}`,
    'content-length': String(body.length),
    ...headers,
  }).map(([name, value]) => `${name}: ${value}\r\n`);
  const sent: Part[] = [Buffer.concat([Buffer.from(`POST ${path} HTTP/1.1\r\n${lines.join('')}\r\n`), body])];
  return sendRaw(port, sent);
}

const kept = (answer: RawAnswer) => {
  expect(answer.status, answer.text).toBe(303);
  expect(got).toHaveLength(1);
  return got[0];
};
const mistaken = (answer: RawAnswer): { errors: Record<string, string>; typed: Record<string, unknown> } => {
  expect(answer.status, answer.text).toBe(422);
  expect(got).toHaveLength(0);
  return JSON.parse(answer.body.slice(answer.body.indexOf('{'))) as ReturnType<typeof mistaken>;
};

describe('a file that is sent with a form', () => {
  it('arrives byte for byte, with its name and what the sender calls it', async () => {
    const bytes = Buffer.from(Array.from({ length: 70_000 }, (_, k) => k % 256));
    const file = kept(await send([word, fileNamed('logo.png', bytes, 'image/png'), end]));
    expect({ name: file?.name, type: file?.type }).toEqual({ name: 'logo.png', type: 'image/png' });
    expect(Buffer.compare(Buffer.from(file?.bytes ?? []), bytes)).toBe(0);
  });

  it('may be as large as the row says, to the byte', async () => {
    const most = kilobytes * 1_000;
    expect(kept(await send([word, fileNamed('a.csv', 'x'.repeat(most)), end]))?.bytes.length).toBe(most);
    got.splice(0);
    const { errors, typed } = mistaken(await send([word, fileNamed('a.csv', 'x'.repeat(most + 1)), end]));
    expect(errors).toEqual({ sent: 'Choose a file smaller than 100 kB' });
    expect(typed).toEqual({ word: 'harbour' });
  });

  it('is refused before it is read whole when it is far too large, with the limit in words', async () => {
    const answer = await send([word, fileNamed('a.csv', 'x'.repeat(3_000_000)), end]);
    expect(answer.status).toBe(413);
    expect(answer.body).toContain('The file must be smaller than 100 kB. Choose a smaller one.');
  });

  it.each([
    ['../../etc/passwd', 'passwd'],
    ['C:\\Users\\somebody\\areas.csv', 'areas.csv'],
    ['/etc/', 'file'],
    ['..', 'file'],
    ['.', 'file'],
    ['\u202Egnp.exe', 'gnp.exe'],
    ['Häfen 👩‍🚒.csv', 'Häfen 👩🚒.csv'],
    [`${'a'.repeat(300)}.csv`, `${'a'.repeat(196)}.csv`],
  ])('named %s is called %s', async (name, called) => {
    expect(kept(await send([word, fileNamed(name, 'x'), end]))?.name).toBe(called);
  });
});

describe('what is wrong with a file is said beside its field, and nothing that was typed is lost', () => {
  const none = part(
    'content-disposition: form-data; name="sent"; filename=""\r\ncontent-type: application/octet-stream',
  );
  it.each([
    ['none was chosen', [word, none, end], 'Choose a file of words'],
    ['the field was left out', [word, end], 'Choose a file of words'],
    ['two were sent', [word, fileNamed('a.csv', 'x'), fileNamed('b.csv', 'y'), end], 'Choose one file only'],
    ['it is empty', [word, fileNamed('a.csv', ''), end], 'Choose a file that is not empty'],
  ])('%s', async (_, parts, sentence) => {
    expect(mistaken(await send(parts))).toEqual({ errors: { sent: sentence }, typed: { word: 'harbour' } });
  });

  it('beside what is wrong with the rest', async () => {
    expect(mistaken(await send([none, end])).errors).toEqual({ word: 'Enter a word', sent: 'Choose a file of words' });
  });

  it('a form that only may have one goes without', async () => {
    expect(kept(await send([word, none, end], { path: '/haverness/optional' }))).toBeUndefined();
  });

  it('a form that was sent as plain fields has no file', async () => {
    const headers = { 'content-type': 'application/x-www-form-urlencoded', 'content-length': '12' };
    const parts = [Buffer.from('word=harbour')];
    expect(mistaken(await send(parts, { headers })).errors).toEqual({ sent: 'Choose a file of words' });
    expect(kept(await send(parts, { headers, path: '/haverness/optional' }))).toBeUndefined();
  });
});

describe('a form that cannot be read is refused with a sentence', () => {
  const whole = fileNamed('a.csv', 'one,two');
  it.each([
    ['cut off in the file', [word, whole.subarray(0, -6)]],
    ['cut off after a field', [word]],
    ['empty', []],
    ['another boundary', [Buffer.from('--other\r\n\r\n--other--\r\n')]],
  ])('%s', async (_, parts) => {
    const answer = await send(parts);
    expect(answer.status).toBe(400);
    expect(answer.body).toContain('The form did not arrive whole. Nothing was saved. Send it again.');
    expect(got).toEqual([]);
  });

  it.each([
    ['no boundary', { 'content-type': 'multipart/form-data' }, 400],
    ['JSON', { 'content-type': 'application/json' }, 415],
    ['another multipart', { 'content-type': `multipart/mixed; boundary=${boundary}` }, 415],
  ])('%s', async (_, headers, status) => {
    expect((await send([word, whole, end], { headers })).status).toBe(status);
    expect(got).toEqual([]);
  });

  it('a file where none is taken', async () => {
    const answer = await send([word, whole, fileNamed('b.csv', 'x', 'text/csv', 'word'), end]);
    expect(answer.status).toBe(400);
    expect(answer.body).toContain('A file was sent where this page takes none.');
  });

  it.each([
    ['not UTF-8', Buffer.from('\xff\xfe', 'latin1'), 'cannot be read'],
    ['NUL', Buffer.from('a\0b'), 'cannot be kept'],
  ])('%s in a field', async (_, value, sentence) => {
    const answer = await send([field('word', value), whole, end]);
    expect(answer.status).toBe(400);
    expect(answer.body).toContain(sentence);
  });

  it('10,000 fields', async () => {
    const answer = await send([...Array.from({ length: 10_000 }, () => field('a', '')), end], {
      path: '/haverness/optional',
    });
    expect(answer.status).toBe(413);
  });

  it('fields that are meant to trip', async () => {
    const parts = ['__proto__', 'constructor', 'toString'].map((name) => field(name, 'x'));
    kept(await send([...parts, word, whole, end]));
    expect(({} as Record<string, unknown>)['x']).toBeUndefined();
  });
});

describe('a file is taken from nobody whom the door turns away', () => {
  it.each([
    ['not signed in', {}, 401],
    ['a session that is over', { cookie: `concord-session=${'a'.repeat(43)}` }, 401],
    ['another site', { origin: 'https://evil.example' }, 403],
  ])('%s', async (_, headers, status) => {
    const none = 'cookie' in headers || 'origin' in headers ? {} : { cookie: 'other=1' };
    const answer = await send([word, fileNamed('a.csv', 'x'), end], { headers: { ...none, ...headers } });
    expect(answer.status).toBe(status);
    expect(got).toEqual([]);
  });

  it('another role', async () => {
    const other = await town.sessionOf('councillor@haverness.example');
    expect((await send([word, fileNamed('a.csv', 'x'), end], { headers: { cookie: other } })).status).toBe(403);
    expect(got).toEqual([]);
  });
});
