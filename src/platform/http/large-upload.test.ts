import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { expect, it } from 'vitest';
import { storeForm } from './large-upload.ts';

const boundary = '----concord';
const upload = { field: 'sent', mostFiles: 3, mostBytes: 400_000_000, missing: 'Choose the files' };
const head = (name: string, file?: string): string =>
  `--${boundary}\r\ncontent-disposition: form-data; name="${name}"${file === undefined ? '' : `; filename="${file}"`}\r\n\r\n`;
const end = `--${boundary}--\r\n`;

function* bytesOf(parts: Iterable<string | Uint8Array>): Generator<Uint8Array> {
  for (const part of parts) yield typeof part === 'string' ? new TextEncoder().encode(part) : part;
}
const request = (parts: Iterable<string | Uint8Array>): Request =>
  new Request('http://concord.test/', {
    method: 'POST',
    headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
    body: Readable.toWeb(Readable.from(bytesOf(parts), { objectMode: false })) as BodyInit,
    ...{ duplex: 'half' },
  });
const freshFolder = (): string => join(mkdtempSync(join(tmpdir(), 'concord-upload-')), 'form');

it('writes what was sent under names of its own, with its size and hash', async () => {
  const folder = freshFolder();
  const hidden = '../../etc/passwd';
  const parts = [head('word'), 'harbour\r\n', head('sent', hidden), 'one\r\n', head('sent', 'b.csv'), 'two,2\r\n', end];
  const { typed, stored, mistake } = await storeForm(request(parts), upload, folder);
  expect(mistake).toBeUndefined();
  expect({ ...typed }).toEqual({ word: 'harbour' });
  expect(stored.map(({ name, size }) => [name, size])).toEqual([
    ['passwd', 3],
    ['b.csv', 5],
  ]);
  expect(stored.map(({ path }) => dirname(path))).toEqual([folder, folder]);
  expect(stored.map(({ path }) => basename(path))).toEqual(['0', '1']);
  expect(stored[1]?.sha256).toBe(createHash('sha256').update('two,2').digest('hex'));
  expect(stored.map(({ path }) => readFileSync(path, 'utf8'))).toEqual(['one', 'two,2']);
});

it('does not hold 300 MB in memory', async () => {
  const chunk = new Uint8Array(1 << 20).fill(97);
  function* long() {
    yield head('sent', 'long.csv');
    for (let sent = 0; sent < 300; sent += 1) yield chunk;
    yield `\r\n${end}`;
  }
  let most = 0;
  const before = process.memoryUsage().rss;
  const watch = setInterval(() => (most = Math.max(most, process.memoryUsage().rss - before)), 20);
  const { stored } = await storeForm(request(long()), upload, freshFolder());
  clearInterval(watch);
  expect(stored[0]?.size).toBe(300 * (1 << 20));
  expect(most).toBeLessThan(150_000_000);
}, 60_000);

const none = 'Choose the files';
it.each([
  ['nothing chosen', [head('sent', ''), '\r\n', end], none],
  ['the field left out', [head('word'), 'x\r\n', end], none],
  ['an empty one', [head('sent', 'a.csv'), '\r\n', end], 'a.csv is empty. Choose files that are not empty'],
  [
    'one too many',
    [...['a', 'b', 'c', 'd'].flatMap((name) => [head('sent', name), 'x\r\n']), end],
    'Choose 3 files at most',
  ],
])('keeps no file of a form with %s, and says why', async (_, parts, sentence) => {
  const folder = freshFolder();
  expect(await storeForm(request(parts), upload, folder)).toMatchObject({ stored: [], mistake: sentence });
  expect(existsSync(folder)).toBe(false);
});

it.each([
  ['cut off in a file', [head('sent', 'a.csv'), 'one,tw'], 'did not arrive whole'],
  ['cut off in a boundary', [head('sent', 'a.csv'), `one\r\n--${boundary}`], 'did not arrive whole'],
  ['empty', [''], 'did not arrive whole'],
  ['with another boundary', ['--other\r\n\r\n--other--\r\n'], 'did not arrive whole'],
  ['with a file in a field that takes none', [head('word', 'a.csv'), 'x\r\n', end], 'where this page takes none'],
  ['with NUL in a field', [head('word'), 'a\0b\r\n', head('sent', 'a'), 'x\r\n', end], 'cannot be kept'],
  ['not UTF-8 in a field', [head('word'), new Uint8Array([255, 254]), '\r\n', end], 'cannot be read'],
  ['of 10,000 fields', [...Array.from({ length: 10_000 }, () => `${head('a')}\r\n`), end], 'more than this page takes'],
  ['with a field of 300 kB', [head('a'), 'x'.repeat(300_000), '\r\n', end], 'more than this page takes'],
])('leaves nothing of a form %s', async (_, parts, sentence) => {
  const folder = freshFolder();
  await expect(storeForm(request(parts), upload, folder)).rejects.toThrow(sentence);
  expect(existsSync(folder)).toBe(false);
});

it('leaves nothing of files that are too much together, though each is not', async () => {
  const folder = freshFolder();
  const parts = ['a', 'b', 'c'].flatMap((name) => [head('sent', name), 'x'.repeat(400), '\r\n']);
  const sent = storeForm(request([...parts, end]), { ...upload, mostBytes: 1_000 }, folder);
  await expect(sent).rejects.toThrow('The files may have 1 kB together. Send fewer at a time.');
  expect(existsSync(folder)).toBe(false);
});

it('leaves nothing where a sender goes away', async () => {
  const folder = freshFolder();
  function* leaving() {
    yield head('sent', 'a.csv');
    yield 'one,two';
    throw new Error('gone');
  }
  await expect(storeForm(request(leaving()), upload, folder)).rejects.toThrow('did not arrive whole');
  expect(existsSync(folder)).toBe(false);
});

it('says when there is no room, and leaves nothing', () => {
  const folder = freshFolder();
  const program = join(dirname(folder), 'program.ts');
  writeFileSync(
    program,
    `import { storeForm } from ${JSON.stringify(new URL('large-upload.ts', import.meta.url).href)};
    const body = ${JSON.stringify(head('sent', 'a.csv'))} + 'x'.repeat(3_000_000) + ${JSON.stringify(`\r\n${end}`)};
    const headers = { 'content-type': 'multipart/form-data; boundary=${boundary}' };
    await storeForm(new Request('http://concord.test/', { method: 'POST', headers, body }), ${JSON.stringify(upload)}, ${JSON.stringify(folder)})
      .catch((error) => console.log(error.status, error.message));`,
  );
  // A system that lets nobody write a file over a megabyte is as full as a disk.
  const { stdout, stderr } = spawnSync('bash', ['-c', 'ulimit -f 1024; exec "$0" "$1"', process.execPath, program], {
    encoding: 'utf8',
  });
  expect(`${stdout}${stderr}`.trim()).toBe('507 There is no room for these files. Nothing was saved.');
  expect(existsSync(folder)).toBe(false);
});
