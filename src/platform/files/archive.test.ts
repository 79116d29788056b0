import { randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateRawSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { zipFile, type ZipEntry } from '../../../test/files/zip-file.ts';
import { archiveLimits, unpack } from './archive.ts';

const home = mkdtempSync(join(tmpdir(), 'concord-archive-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));
const path = join(home, 'sent');
const folder = join(home, 'unpacked');

async function unpacked(bytes: Buffer, limits = archiveLimits) {
  rmSync(folder, { recursive: true, force: true });
  writeFileSync(path, bytes);
  const outcome = await unpack({ path, name: 'crimes.csv.gz' }, folder, limits);
  if (outcome.done) return outcome.value.map((file) => ({ ...file, text: readFileSync(file.path, 'utf8') }));
  // Nothing is left behind, neither in the folder nor beside it.
  expect(existsSync(folder)).toBe(false);
  expect(readdirSync(home)).toEqual(['sent']);
  return outcome.sentence;
}
const table = 'Month,Place\n2024-01,A\n';
const plain: ZipEntry = { name: 'a.csv', content: table };

describe('gzip', () => {
  it('of one member', async () => {
    expect(await unpacked(gzipSync(table))).toEqual([
      { path: join(folder, '00001'), name: 'crimes.csv', bytes: table.length, kind: 'text', text: table },
    ]);
  });
  it('of several, and of a spreadsheet', async () => {
    expect(await unpacked(Buffer.concat([gzipSync('a,b\n'), gzipSync('1,2\n')]))).toMatchObject([
      { text: 'a,b\n1,2\n' },
    ]);
    const sheet = zipFile([{ name: '[Content_Types].xml', content: '<Types/>' }]);
    expect(await unpacked(gzipSync(sheet))).toMatchObject([{ kind: 'xlsx' }]);
  });
  const whole = gzipSync(randomBytes(300_000).toString('hex'));
  it.each([
    ['cut off', whole.subarray(0, 200_000), 'ends before its end: it was cut off on the way'],
    ['cut off in its last bytes', whole.subarray(0, -3), 'ends before its end: it was cut off on the way'],
    [
      'cut off in its second member',
      Buffer.concat([gzipSync('a'), whole.subarray(0, -30)]),
      'it was cut off on the way',
    ],
    ['damaged', Buffer.concat([whole.subarray(0, -8), Buffer.alloc(8, 1)]), 'The gzip file is damaged'],
    ['in gzip', gzipSync(gzipSync(table)), '“crimes.csv” in the archive is an archive itself'],
    ['over the ratio', gzipSync(Buffer.alloc(40_000_000)), 'More than 200 times as many bytes'],
  ])('%s is refused', async (_, bytes, sentence) => {
    expect(await unpacked(bytes)).toContain(sentence);
  });
  it('over the limit is refused', async () => {
    expect(await unpacked(whole, { ...archiveLimits, unpackedBytes: 500_000 })).toContain('More than 500,000 bytes');
  });
});

describe('zip', () => {
  it('keeps names for people and gives names of its own', async () => {
    const entries = [
      { name: 'north/', content: '', stored: true, mode: 0o040755 },
      { name: 'north/Ünsafe name?.csv', content: table },
      { name: '__MACOSX/north/._a.csv', content: 'x' },
      { name: 'south\\a.csv', content: 'a,b\n1,2\n', stored: true },
      { name: 'far.csv', content: 'c\n3\n', zip64: true },
      { name: 'empty.csv', content: '' },
    ];
    expect(await unpacked(zipFile(entries))).toEqual([
      { path: join(folder, '00001'), name: 'north/Ünsafe name?.csv', bytes: table.length, kind: 'text', text: table },
      { path: join(folder, '00002'), name: 'south/a.csv', bytes: 8, kind: 'text', text: 'a,b\n1,2\n' },
      { path: join(folder, '00003'), name: 'far.csv', bytes: 4, kind: 'text', text: 'c\n3\n' },
      { path: join(folder, '00004'), name: 'empty.csv', bytes: 0, kind: 'text', text: '' },
    ]);
  });

  const outside = 'which leads out of its folder';
  it.each<[string, Buffer, string]>([
    ['a path upwards', zipFile([plain, { name: '../b.csv', content: 'x' }]), outside],
    ['a path upwards on the way', zipFile([{ name: 'a/../../b.csv', content: 'x' }]), outside],
    ['a path upwards, Windows fashion', zipFile([{ name: 'a\\..\\..\\b.csv', content: 'x' }]), outside],
    ['an absolute path', zipFile([{ name: '/etc/passwd', content: 'x' }]), outside],
    ['a drive', zipFile([{ name: 'C:\\b.csv', content: 'x' }]), outside],
    ['NUL in a name', zipFile([{ name: 'a.csv\0.exe', content: 'x' }]), outside],
    ['a link', zipFile([{ name: 'a.csv', content: '/etc/passwd', mode: 0o120777 }]), 'is a link and not a file'],
    ['a device', zipFile([{ name: 'a.csv', content: '', mode: 0o020666 }]), 'is a link and not a file'],
    ['encryption', zipFile([{ ...plain, encrypted: true }]), 'The zip file is encrypted. Send it without a password'],
    ['one name twice', zipFile([plain, { ...plain, name: 'A.CSV' }]), 'two files called “A.CSV”'],
    ['a zip in it', zipFile([{ name: 'b.zip', content: zipFile([plain]) }]), '“b.zip” in the archive is an archive'],
    ['a gzip in it', zipFile([{ name: 'b', content: gzipSync('x') }]), '“b” in the archive is an archive itself'],
    ['no file', zipFile([]), 'There is no file in the zip file'],
    ['a wrong check sum', zipFile([{ ...plain, crc: 7 }]), '“a.csv” in the zip file is damaged'],
    ['more than it says', zipFile([{ ...plain, saidBytes: 3 }]), '“a.csv” in the zip file is damaged'],
    ['another packing', zipFile([{ ...plain, method: 12 }]), 'is packed in a way that cannot be read here'],
    ['its end cut off', zipFile([plain]).subarray(0, -12), 'it was cut off on the way'],
    ['garbage behind its start', Buffer.concat([Buffer.from('PK\x03\x04'), randomBytes(500)]), 'it was cut off'],
    ['a bomb', zipFile([{ name: 'a.csv', content: Buffer.alloc(30_000_000) }]), 'More than 200 times as many bytes'],
    [
      'a bomb in many pieces',
      zipFile(Array.from({ length: 40 }, (_, at) => ({ name: `${at}.csv`, content: Buffer.alloc(1_000_000) }))),
      'More than 200 times as many bytes',
    ],
    [
      'a bomb on many levels',
      zipFile([{ name: '1.zip', content: zipFile([{ name: '2.zip', content: deflateRawSync(Buffer.alloc(9_999)) }]) }]),
      '“1.zip” in the archive is an archive itself',
    ],
  ])('with %s is refused, and leaves nothing behind', async (_, bytes, sentence) => {
    expect(await unpacked(bytes)).toContain(sentence);
  });

  it('of too many files is refused', async () => {
    const entries = Array.from({ length: 11 }, (_, at) => ({ name: `${at}`, content: '' }));
    expect(await unpacked(zipFile(entries), { ...archiveLimits, entries: 10 })).toContain('more than 10 files');
  });

  it('is unpacked in bounded memory', async () => {
    const line = `${randomBytes(60).toString('hex')},${randomBytes(60).toString('hex')}\n`;
    const packed = zipFile([
      { name: 'a.csv', content: Buffer.alloc(150_000_000, line + randomBytes(40_000).toString('hex')) },
    ]);
    rmSync(folder, { recursive: true, force: true });
    writeFileSync(path, packed);
    const before = process.memoryUsage.rss();
    const outcome = await unpack({ path, name: 'a.zip' }, folder, { ...archiveLimits, ratio: 2_000 });
    expect(outcome.done && outcome.value[0]?.bytes).toBe(150_000_000);
    expect(process.memoryUsage.rss() - before).toBeLessThan(80_000_000);
  });
});

it('is no place for anything else', async () => {
  expect(await unpacked(Buffer.from(table))).toBe('The file is neither a zip file nor a gzip file');
});

it('answers whatever became of an archive on the way', async () => {
  const zip = zipFile([plain, { name: 'b.csv', content: table.repeat(50), zip64: true }]);
  const changes = fc.array(fc.tuple(fc.nat(zip.length - 1), fc.nat(255)), { minLength: 1, maxLength: 4 });
  await fc.assert(
    fc.asyncProperty(changes, fc.boolean(), async (changed, gzipped) => {
      const bytes = gzipped ? gzipSync(table.repeat(50)) : Buffer.from(zip);
      for (const [at, byte] of changed) bytes[at % bytes.length] = byte;
      expect(typeof (await unpacked(bytes))).toMatch(/string|object/);
    }),
    { seed: 17, numRuns: 500 },
  );
}, 30_000);
