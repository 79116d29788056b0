import { readdirSync, readFileSync } from 'node:fs';
import type { Server } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { createApp } from '../../src/platform/http/app.ts';
import { ByteCache } from '../../src/platform/http/byte-cache.ts';
import type { StoredFile } from '../../src/platform/http/large-upload.ts';
import { partnershipParams, rowsOf } from '../../src/platform/http/rows.ts';
import { createHttpServer } from '../../src/platform/http/server.ts';
import { openLog } from '../../src/platform/log.ts';
import { origin, testTown, type TestTown } from '../records/installation.ts';
import { sendRaw, type Part } from './raw-connection.ts';

const got: StoredFile[] = [];
const { post } = rowsOf<'platform'>();
const row = post({
  path: '/:partnership/large',
  about: 'A form with large files',
  access: { anyOf: ['analyst'] },
  audit: 'FILES_SENT',
  params: partnershipParams,
  body: z.object({ word: z.enum(['keep', 'refuse', 'break'], 'Enter a word') }),
  largeUpload: { field: 'sent', mostFiles: 3, mostBytes: 50_000_000, missing: 'Choose files' },
  example: ({ partnership }) => ({ params: { partnership } }),
  handle: ({ body, stored }) => {
    if (body.word === 'break') throw new Error('broken by the test');
    if (body.word === 'refuse') return { refused: 'conflict' };
    got.push(...stored);
    return { seeOther: '/haverness' };
  },
  invalid: ({ errors }) => ({ page: { title: 'A form', main: JSON.stringify(errors) } }),
});

const patience = { headersMilliseconds: 1_000, requestMilliseconds: 400, leastBytes: 1_000 };
let town: TestTown;
let server: Server;
let port: number;
let cookie: string;

beforeAll(async () => {
  town = await testTown();
  cookie = await town.sessionOf('analyst@haverness.example');
  const cache = new ByteCache(0, 0);
  const { fetch } = createApp({
    routes: [row],
    records: town.records,
    equipment: town.equipment,
    log: openLog('quiet', (line) => void (town.faults as string[]).push(line)),
    clock: () => new Date(),
    cache,
    frame: ({ main, title }) => `<h1>${title}</h1>${typeof main === 'string' ? main : ''}`,
    assets: new Map(),
  });
  server = createHttpServer({ fetch, cache, patience, brokenRequestPage: () => '<h1>Broken</h1>' });
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
afterEach(() => got.splice(0));

const boundary = '----concord';
const field = (name: string, value: string) =>
  `--${boundary}\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;
const file = (name: string, content: string) =>
  `--${boundary}\r\ncontent-disposition: form-data; name="sent"; filename="${name}"\r\n\r\n${content}\r\n`;
const end = `--${boundary}--\r\n`;
const lying = (): readonly string[] => readdirSync(town.equipment.releases.folder.incoming);
/** What goes is gone a moment after the answer, or after the connection. */
async function nothingMoreThan(before: readonly string[]): Promise<void> {
  for (let tries = 0; tries < 60 && lying().length > before.length; tries += 1) await pause(50);
  expect(lying()).toEqual(before);
}

function send(parts: readonly Part[], headers: Readonly<Record<string, string>> = {}, pauseMilliseconds = 0) {
  const length = parts.reduce((bytes, part) => bytes + part.length, 0);
  const lines = Object.entries({
    host: 'x',
    origin,
    cookie,
    'content-type': `multipart/form-data; boundary=${boundary}`,
    'content-length': String(length),
    ...headers,
  }).map(([name, value]) => `${name}: ${value}\r\n`);
  return sendRaw(port, [`POST /haverness/large HTTP/1.1\r\n${lines.join('')}\r\n`, ...parts], { pauseMilliseconds });
}

it('keeps the files of a form that was taken, in the order in which they were sent', async () => {
  const answer = await send([file('b.csv', 'two'), field('word', 'keep'), file('a.csv', 'one'), end]);
  expect(answer.status, answer.text).toBe(303);
  expect(got.map(({ name, path }) => [name, readFileSync(path, 'utf8')])).toEqual([
    ['b.csv', 'two'],
    ['a.csv', 'one'],
  ]);
});

it.each([
  ['that the handler refused', 'refuse', 409],
  ['that the handler broke over', 'break', 500],
  ['that is not valid', 'other', 422],
])('keeps no file of a form %s', async (_, word, status) => {
  const before = lying();
  expect((await send([field('word', word), file('a.csv', 'one'), end])).status).toBe(status);
  expect((town.faults as string[]).splice(0).length).toBe(status === 500 ? 1 : 0);
  await nothingMoreThan(before);
});

it('says beside the field what is wrong with the files', async () => {
  const { status, body } = await send([field('word', 'keep'), file('a.csv', ''), end]);
  expect([status, JSON.parse(body.slice(body.indexOf('{')))]).toEqual([
    422,
    { sent: 'a.csv is empty. Choose files that are not empty' },
  ]);
});

it.each([
  ['another role', async () => ({ cookie: await town.sessionOf('councillor@haverness.example') }), 403],
  ['a session that is over', () => ({ cookie: `concord-session=${'a'.repeat(43)}` }), 401],
  ['nobody', () => ({ cookie: 'other=1' }), 401],
  ['another site', () => ({ origin: 'https://evil.example' }), 403],
])('refuses %s before the body is read', async (_, headers, status) => {
  const before = lying();
  // Of the announced body nothing comes: only whoever does not wait for it can answer.
  const answer = await send([], { 'content-length': '40000000', ...(await headers()) });
  expect(answer.status).toBe(status);
  expect(lying()).toEqual(before);
});

it('refuses what says that it is too large before it is read, and in chunks when it is', async () => {
  const before = lying();
  const announced = await send([], { 'content-length': '60000000' });
  expect(announced.status).toBe(413);
  const piece = 'x'.repeat(1_000_000);
  const chunk = (text: string) => `${Buffer.byteLength(text).toString(16)}\r\n${text}\r\n`;
  const long = file('a.csv', '').replace(/\r\n$/, '');
  const { ...headers } = { 'transfer-encoding': 'chunked' };
  const lines = Object.entries({
    host: 'x',
    origin,
    cookie,
    'content-type': `multipart/form-data; boundary=${boundary}`,
    ...headers,
  }).map(([name, value]) => `${name}: ${value}\r\n`);
  const chunked = await sendRaw(port, [
    `POST /haverness/large HTTP/1.1\r\n${lines.join('')}\r\n${chunk(long)}`,
    ...Array.from({ length: 60 }, () => chunk(piece)),
  ]);
  expect(chunked.status).toBe(413);
  await nothingMoreThan(before);
});

it('takes its time as long as the body goes on arriving', async () => {
  const pieces = Array.from({ length: 20 }, () => 'x'.repeat(5_000));
  const parts = [field('word', 'keep') + file('a.csv', '').replace(/\r\n$/, ''), ...pieces, `\r\n${end}`];
  const began = performance.now();
  const answer = await send(parts, {}, 100);
  expect(answer.status, answer.text).toBe(303);
  expect(performance.now() - began).toBeGreaterThan(3 * patience.requestMilliseconds);
  expect(got[0]?.size).toBe(100_000);
});

it('ends a body that comes a drop at a time, and leaves nothing of it', async () => {
  const before = lying();
  const drops = Array.from({ length: 80 }, () => 'x');
  const head = field('word', 'keep') + file('a.csv', 'one,two').replace(/\r\n$/, '');
  const answer = await send([head, ...drops, 'x'.repeat(1_000_000)], {}, 50);
  expect([400, 408]).toContain(answer.status);
  await nothingMoreThan(before);
  expect(got).toEqual([]);
});

it('leaves nothing of a sender that goes away half way', async () => {
  const before = lying();
  const socket = connect({ port, host: '127.0.0.1' });
  const lines = Object.entries({
    host: 'x',
    origin,
    cookie,
    'content-type': `multipart/form-data; boundary=${boundary}`,
    'content-length': '5000000',
  }).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.write(`POST /haverness/large HTTP/1.1\r\n${lines.join('')}\r\n${file('a.csv', 'x'.repeat(200_000))}`);
  for (let tries = 0; tries < 60 && lying().length === before.length; tries += 1) await pause(50);
  expect(lying().length).toBe(before.length + 1);
  socket.destroy();
  await nothingMoreThan(before);
  expect((town.faults as string[]).splice(0)).toEqual([]);
});
