import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createWriteStream, existsSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import papa from 'papaparse';
import { afterAll, describe, expect, it } from 'vitest';
import { prepareText, textLimits } from './text-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'concord-text-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const source = join(folder, 'sent.csv');
const copy = join(folder, 'copy.csv');

async function prepare(bytes: string | Uint8Array, limits = textLimits) {
  rmSync(copy, { force: true });
  writeFileSync(source, bytes);
  return await prepareText(source, copy, limits);
}
async function prepared(bytes: string | Uint8Array) {
  const outcome = await prepare(bytes);
  if (!outcome.done) throw new Error(outcome.sentence);
  return { ...outcome.value, text: readFileSync(outcome.value.path, 'utf8'), copied: existsSync(copy) };
}
async function sentence(bytes: string | Uint8Array, limits = textLimits) {
  const outcome = await prepare(bytes, limits);
  expect(existsSync(copy)).toBe(false);
  return outcome.done ? 'nothing is wrong' : outcome.sentence;
}
const latin1 = (text: string) => Buffer.from(text, 'latin1');

describe('a clean file', () => {
  it('is read where it is', async () => {
    const text = 'Month,Place\n2024-01,Café\n\n2024-02,"A ""B"",\nC"\n';
    expect(await prepared(text)).toEqual({
      path: source,
      copied: false,
      text,
      sha256: createHash('sha256').update(text).digest('hex'),
      bytes: Buffer.byteLength(text),
      encoding: 'utf-8',
      newline: 'lf',
      delimiter: ',',
      header: ['Month', 'Place'],
      headerLine: 1,
      records: 2,
      padded: false,
    });
  });

  it('says whether a cell begins or ends with a space, or is empty within quotes', async () => {
    const text = fc.string({ unit: fc.constantFrom(' ', '"', ',', 'x', '\n', 'é'), maxLength: 4 });
    const cell = fc.tuple(text, fc.boolean());
    const isQuoted = ([words, always]: readonly [string, boolean]) => always || /[",\n]/.test(words);
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 4 }),
        fc.constantFrom('', '\n'),
        async (rows, end) => {
          const lines = rows.map((row) =>
            row.map((each) => (isQuoted(each) ? `"${each[0].replaceAll('"', '""')}"` : each[0])).join(','),
          );
          const expected = rows.flat().some((each) => /^ | $/.test(each[0]) || (each[0] === '' && isQuoted(each)));
          const { copied, padded } = await prepared(`a,b\n${lines.join('\n')}${end}`);
          expect({ copied, padded }).toEqual({ copied: false, padded: expected });
        },
      ),
      { numRuns: 150 },
    );
  });

  it.each([
    ['a,b\n1,2', 1],
    ['a,b', 0],
    ['a\n1\n2\n', 2],
    ['a,b\n"1\r\n2",3\n', 1],
    [`a,b\n${'1,2\n'.repeat(3_000_000)}`, 3_000_000],
    [`a,b\n${'"1",2\n'.repeat(2_000_000)}`, 2_000_000],
  ])('%# counts records', async (text, records) => {
    expect(await prepared(text)).toMatchObject({ copied: false, records });
  });
});

describe('a file in another dialect or encoding comes out in the one', () => {
  const clean = 'Name,Kind\nWyre Café,fire\n';
  const marked = (mark: number[], text: Buffer) => Buffer.from([...mark, ...text]);
  it.each([
    ['CRLF', 'Name,Kind\r\nWyre Café,fire\r\n', { newline: 'crlf' }],
    ['CR', 'Name,Kind\rWyre Café,fire\r', { newline: 'cr' }],
    ['CR without an end', 'Name,Kind\rWyre Café,fire', { newline: 'cr' }],
    ['one CRLF', 'Name,Kind\nWyre Café,fire\r\n', { newline: 'mixed' }],
    ['a mark', '\uFEFFName,Kind\nWyre Café,fire\n', { encoding: 'utf-8-with-mark', newline: 'lf' }],
    ['semicolons', 'Name;Kind\nWyre Café;fire\n', { delimiter: ';' }],
    ['tabs', 'Name\tKind\nWyre Café\tfire\n', { delimiter: '\t' }],
    ['pipes', 'Name|Kind\nWyre Café|fire\n', { delimiter: '|' }],
    ['what Excel calls sep', 'sep=;\r\nName;Kind\r\nWyre Café;fire\r\n', { delimiter: ';', headerLine: 2 }],
    ['empty lines above', '\n\r\nName,Kind\nWyre Café,fire\n', { headerLine: 3, newline: 'lf' }],
    ['UTF-16 LE', marked([0xff, 0xfe], Buffer.from(clean, 'utf16le')), { encoding: 'utf-16le' }],
    ['UTF-16 BE', marked([0xfe, 0xff], Buffer.from(clean, 'utf16le').swap16()), { encoding: 'utf-16be' }],
    ['Windows-1252', latin1(clean), { encoding: 'windows-1252' }],
  ])('%s', async (_, bytes, found) => {
    const read = await prepared(bytes);
    expect(read).toMatchObject({ copied: true, text: clean, header: ['Name', 'Kind'], records: 1, ...found });
    expect(read.sha256).toBe(createHash('sha256').update(bytes).digest('hex'));
  });

  it('has the characters that Windows-1252 has and Latin-1 has not', async () => {
    const { text } = await prepared(Buffer.from([0x61, 0x0a, 0x80, 0x93, 0x31, 0x94, 0x0a]));
    expect(text).toBe('a\n€“1”\n');
  });

  it('quotes what would be read differently with commas, and understands stray quotes that close on their line', async () => {
    const { text } = await prepared('a;b\n1,5;5" pipe\n"x" ;"say "no" please"\n"l1\r\nl2";""\n');
    expect(text).toBe('a,b\n"1,5","5"" pipe"\n"x","say ""no"" please"\n"l1\r\nl2",""\n');
  });

  it('is rewritten from where it stops being clean, and what stands before is as it was', async () => {
    const before = `Month,Place\n${'2024-01,"A, B"\n2024-02,C\n'.repeat(400_000)}`;
    const behind = '2024-04,D\n'.repeat(800_000);
    const sent = Buffer.concat([Buffer.from(before), latin1(`2024-03,Caf\xe9\r\n${behind}`)]);
    const read = await prepared(sent);
    expect(read.sha256).toBe(createHash('sha256').update(sent).digest('hex'));
    expect(read.text === `${before}2024-03,Café\n${behind}`).toBe(true);
    expect(read).toMatchObject({ records: 1_600_001, encoding: 'windows-1252', newline: 'mixed' });
  });

  it('has room for a cell that comes in many pieces and doubles when it is quoted', async () => {
    const quotes = '"'.repeat(8_000_000);
    const outcome = await prepare(Buffer.from(`\uFEFFa,b\nx${quotes},1\n`, 'utf16le'), { lineBytes: 33_554_432 });
    expect(outcome.done).toBe(true);
    expect(readFileSync(copy, 'latin1') === `a,b\n"x${quotes}${quotes}",1\n`).toBe(true);
  });

  it('keeps lines where they were, so that a line can be told', async () => {
    const { text } = await prepared('a,b\r\n\r\n"1\r\n2",3\r\n\r\n4,5\r\n');
    expect(text.split('\n').indexOf('4,5')).toBe(5);
  });
});

describe('a file that is refused', () => {
  it.each([
    ['', 'The file is empty'],
    ['\n\n\r\n', 'nothing but empty lines'],
    ['a,b\n1,2\n3,\0\n', 'Line 3 holds a NUL'],
    [Buffer.from('a,b\n1,2\n', 'utf16le'), 'Line 1 holds a NUL character, which no text has. It may be UTF-16'],
    ['  <!DOCTYPE html><html><title>502', 'This is a web page'],
    ['<html><body>', 'This is a web page'],
    ['<!---->'.repeat(500), 'This is an XML document'],
    ['<?xml version="1.0"?><rows/>', 'This is an XML document'],
    ['<?xml version="1.0"?>\n<html xmlns="http://www.w3.org/1999/xhtml">', 'This is a web page'],
    [Buffer.from('\uFEFF<html>', 'utf16le'), 'This is a web page'],
    ['{"error": "no"}', 'This is JSON'],
    ['[{"a":1}]', 'This is JSON'],
    ['%PDF-1.7', 'This is a PDF'],
    [latin1('PK\x03\x04'), 'This is a zip file'],
    [latin1(`PK\x03\x04${'0'.repeat(26)}[Content_Types].xml`), 'This is an Excel file'],
    [latin1('\x1f\x8b\x08'), 'This is a compressed file (gzip)'],
    [latin1('\xd0\xcf\x11\xe0'), 'This is an old Excel file'],
    [latin1('a\ncaf\xc3\xa9\nx\ncaf\xe9\n'), 'Line 2 is in UTF-8, and line 4 is not'],
    [latin1('a\ncaf\xe9\nx\r\ncaf\xc3\xa9\n'), 'Line 4 is in UTF-8, and line 2 is not'],
    [latin1('\xef\xbb\xbfa\ncaf\xe9\n'), 'The file says that it is in UTF-8, and line 2 is not'],
    [Buffer.from([0xff, 0xfe, 0x61, 0x00, 0x0a, 0x00, 0x00, 0xd8, 0x61, 0x00]), 'says that it is UTF-16'],
    ['a,b\n1,2\n3,"4\n5,6\n7,8\n', 'In record 3 a quote (") opens on line 3 and does not close'],
    ['a,b\n1,"2\n3,4\n5,"6"\n', 'In record 2 a quote (") opens on line 2'],
    ['a,b\n"1" x,2\n3,4\n5,"6"\n', 'In record 2 a quote (") opens on line 2'],
    ['a,b\n"1" x,2\n3,"\n', 'In record 2 a quote (") opens on line 2'],
    ['a,b\r\n1,"2\r\n3,4\r\n', 'In record 2 a quote (") opens on line 2'],
  ])('%j', async (bytes, expected) => {
    expect(await sentence(bytes)).toContain(expected);
  });

  it('for the length of a line or a record', async () => {
    const long = 'x'.repeat(65);
    const limits = { lineBytes: 64 };
    expect(await sentence(`a,b\n1,2\n${long},1\n`, limits)).toContain('Line 3 is longer than 64 bytes');
    expect(await sentence(`a;b\r\n1;2\r\n${long}`, limits)).toContain('Line 3 is longer than 64 bytes');
    expect(await sentence(`a,b\n1,"${'x\n'.repeat(40)}"\n`, limits)).toContain('a quote (") opens on line 2');
    expect(await sentence(`a,b\n${'x'.repeat(62)},1\n`, limits)).toBe('nothing is wrong');
  });

  it.each([
    ['200 MB line', 'a,b\n'],
    ['200 MB line in a file with CRLF', 'a,b\r\n'],
    ['200 MB line in quotes', 'a,b\n1,"'],
    ['200 MB line of UTF-16', Buffer.from('\uFEFFa,b\n', 'utf16le')],
  ])('%s, in bounded memory', async (_, start) => {
    const stream = createWriteStream(source);
    stream.write(start);
    const block = Buffer.alloc(1_048_576, 'x');
    for (let written = 0; written < 200; written += 1) if (!stream.write(block)) await once(stream, 'drain');
    stream.end();
    await once(stream, 'close');
    const before = process.memoryUsage.rss();
    const outcome = await prepareText(source, copy);
    expect(outcome.done ? '' : outcome.sentence).toMatch(/is longer than 1,048,576 bytes|does not close/);
    expect(process.memoryUsage.rss() - before).toBeLessThan(100 * 1_048_576);
    truncateSync(source);
  });
});

it('reads back any table from any dialect and encoding', async () => {
  const character = fc.constantFrom(...' abcé€"\n\r,;\t|\'-0'.split(''));
  const cell = fc.string({ unit: character, maxLength: 6 });
  const tables = fc
    .integer({ min: 2, max: 4 })
    .chain((width) => fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 6 }));
  const windows = (text: string) => latin1(text.replaceAll('€', '\x80'));
  const encodings: Record<string, (text: string) => Buffer> = {
    'utf-8': (text) => Buffer.from(text),
    'utf-8-with-mark': (text) => Buffer.from(`\uFEFF${text}`),
    'utf-16le': (text) => Buffer.from(`\uFEFF${text}`, 'utf16le'),
    'utf-16be': (text) => Buffer.from(`\uFEFF${text}`, 'utf16le').swap16(),
    'windows-1252': windows,
  };
  await fc.assert(
    fc.asyncProperty(
      tables,
      fc.constantFrom(',', ';', '\t', '|'),
      fc.constantFrom('\n', '\r\n', '\r'),
      fc.constantFrom(...Object.keys(encodings)),
      fc.boolean(),
      async (rows, delimiter, newline, encoding, quotes) => {
        const names = rows[0]!.map((_, at) => `c${at}`);
        const text = papa.unparse([names, ...rows], { delimiter, newline, quotes });
        const read = await prepared(encodings[encoding]!(text));
        const parsed = papa.parse<string[]>(read.text, { delimiter: ',', newline: '\n' }).data;
        expect(parsed.slice(0, rows.length + 1)).toEqual([names, ...rows]);
        expect(read).toMatchObject({ delimiter, header: names, records: rows.length });
      },
    ),
    { seed: 11, numRuns: 400 },
  );
});

it('answers whatever bytes are sent, and leaves no copy after a refusal', async () => {
  const byte = fc.oneof(fc.constantFrom(0x0a, 0x0d, 0x22, 0x2c, 0x3b, 0x41, 0xc3, 0xa9, 0xff, 0xfe, 0x00), fc.nat(255));
  await fc.assert(
    fc.asyncProperty(fc.array(byte, { maxLength: 60 }), async (bytes) => {
      const outcome = await prepare(Uint8Array.from(bytes));
      expect(existsSync(copy)).toBe(outcome.done && outcome.value.path === copy);
    }),
    { seed: 13, numRuns: 1_000 },
  );
});
