import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ByteCache } from './byte-cache.ts';

const headers = { 'content-type': 'text/html' };
const textOf = (cache: ByteCache, address: string): string | undefined => {
  const kept = cache.find(address, false);
  return kept === undefined ? undefined : Buffer.from(kept.bytes).toString('utf8');
};

describe('the byte cache', () => {
  it('gives back what was kept, plain or packed, with its length in bytes', () => {
    const cache = new ByteCache(1_000, 10);
    cache.keep('/', headers, 'Große 👩‍🚒');
    const plain = cache.find('/', false)!;
    expect(Buffer.from(plain.bytes).toString('utf8')).toBe('Große 👩‍🚒');
    expect(plain.headers).toEqual({ ...headers, 'content-length': String(Buffer.byteLength('Große 👩‍🚒')) });
    const packed = cache.find('/', true)!;
    expect(gunzipSync(packed.bytes).toString('utf8')).toBe('Große 👩‍🚒');
    expect(packed.headers).toEqual({
      ...headers,
      'content-encoding': 'gzip',
      'content-length': String(packed.bytes.length),
    });
  });

  it('tells addresses apart by every character', () => {
    const cache = new ByteCache(1_000, 10);
    cache.keep('/a?b=1', headers, 'one');
    for (const other of ['/a', '/a?b=2', '/A?b=1', '/a?b=1&', '/a?b=1#x', '//a?b=1', '', '__proto__'])
      expect(cache.find(other, false)).toBeUndefined();
  });

  it('forgets after its time, by the clock that it was given', () => {
    let now = 0;
    const cache = new ByteCache(5_000, 10, () => now);
    cache.keep('/', headers, 'old');
    now = 5_000;
    expect(textOf(cache, '/')).toBe('old');
    now = 5_001;
    expect(textOf(cache, '/')).toBeUndefined();
    cache.keep('/', headers, 'new');
    now = 10_001;
    expect(textOf(cache, '/')).toBe('new');
  });

  it('packs anew what was kept anew', () => {
    const cache = new ByteCache(1_000, 10);
    cache.keep('/', headers, 'old');
    cache.find('/', true);
    cache.keep('/', headers, 'new');
    expect(gunzipSync(cache.find('/', true)!.bytes).toString('utf8')).toBe('new');
  });

  it('lets the oldest go, and nothing when a page is only kept anew', () => {
    const cache = new ByteCache(1_000, 2);
    cache.keep('/1', headers, 'one');
    cache.keep('/2', headers, 'two');
    cache.keep('/1', headers, 'one again');
    expect([textOf(cache, '/1'), textOf(cache, '/2')]).toEqual(['one again', 'two']);
    cache.keep('/3', headers, 'three');
    expect(['/1', '/2', '/3'].map((address) => textOf(cache, address))).toEqual(['one again', undefined, 'three']);
  });

  it('keeps nothing when it may not, nor under an address without measure', () => {
    const none = new ByteCache(1_000, 0);
    none.keep('/', headers, 'x');
    expect(none.find('/', false)).toBeUndefined();
    const cache = new ByteCache(1_000, 10);
    cache.keep(`/${'a'.repeat(500)}`, headers, 'x');
    expect(cache.find(`/${'a'.repeat(500)}`, false)).toBeUndefined();
  });

  it('is empty once it was cleared', () => {
    const cache = new ByteCache(1_000, 10);
    cache.keep('/', headers, 'x');
    cache.clear();
    expect(cache.find('/', true)).toBeUndefined();
  });

  it('never holds more than it may, and always the newest', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(20), { maxLength: 60 }), fc.integer({ min: 1, max: 6 }), (pages, most) => {
        const cache = new ByteCache(1_000, most, () => 0);
        for (const [k, page] of pages.entries()) cache.keep(`/${page}`, headers, `${page} at ${k}`);
        const newest = [...new Set([...pages].reverse())].slice(0, most);
        const held = Array.from({ length: 21 }, (_, page) => page).filter((page) => cache.find(`/${page}`, false));
        expect(held).toEqual([...newest].sort((a, b) => a - b));
        for (const page of held) expect(textOf(cache, `/${page}`)).toBe(`${page} at ${pages.lastIndexOf(page)}`);
      }),
      { seed: 5, numRuns: 300 },
    );
  });
});
