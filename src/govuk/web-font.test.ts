import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { brotliDecompressSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { webFont } from './web-font.ts';

const file = '@expo-google-fonts/source-sans-3/400Regular/SourceSans3_400Regular.ttf';
const trueType = readFileSync(createRequire(import.meta.url).resolve(file));

/** Reads a WOFF2 file as the Recommendation tells a decoder to, apart from how we write it. */
function tablesOfWoff2(font: Buffer): ReadonlyMap<string, Buffer> {
  let at = 48;
  const entries: { tag: string; length: number }[] = [];
  for (let index = 0; index < font.readUInt16BE(12); index += 1) {
    const flags = font.readUInt8(at++);
    let tag = { 10: 'glyf', 11: 'loca' }[flags & 0x3f];
    if ((flags & 0x3f) === 63) tag = font.toString('latin1', at, (at += 4));
    expect(flags >> 6).toBe(tag === 'glyf' || tag === 'loca' ? 3 : 0);
    let length = 0;
    for (let byte = 0x80; byte & 0x80;) {
      byte = font.readUInt8(at++);
      length = length * 128 + (byte & 0x7f);
    }
    entries.push({ tag: tag!, length });
  }
  const stream = brotliDecompressSync(font.subarray(at, at + font.readUInt32BE(20)));
  let from = 0;
  const tables = new Map(entries.map(({ tag, length }) => [tag, stream.subarray(from, (from += length))]));
  expect(from).toBe(stream.length);
  return tables;
}

describe('a web font', () => {
  const woff2 = Buffer.from(webFont(trueType));

  it('says what it is and how long it is', () => {
    expect(woff2.toString('latin1', 0, 4)).toBe('wOF2');
    expect(woff2.readUInt32BE(8)).toBe(woff2.length);
    expect(woff2.length % 4).toBe(0);
    expect(woff2.length).toBeLessThan(0.4 * trueType.length);
  });

  it('holds every table of the font, byte for byte, but for the mark that it was compressed', () => {
    const tables = tablesOfWoff2(woff2);
    expect(tables.size).toBe(trueType.readUInt16BE(4));
    for (let entry = 12; entry < 12 + 16 * tables.size; entry += 16) {
      const tag = trueType.toString('latin1', entry, entry + 4);
      const offset = trueType.readUInt32BE(entry + 8);
      const expected = Buffer.from(trueType.subarray(offset, offset + trueType.readUInt32BE(entry + 12)));
      if (tag === 'head') expected.writeUInt16BE(expected.readUInt16BE(16) | 0x0800, 16);
      expect(tables.get(tag)!.equals(expected), tag).toBe(true);
    }
  });

  it('keeps the pair that decoders look for together, glyphs first', () => {
    const tags = [...tablesOfWoff2(woff2).keys()];
    expect(tags.indexOf('loca')).toBeGreaterThan(tags.indexOf('glyf'));
  });
});
