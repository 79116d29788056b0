import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isSlug, isUuid, parseSlug, slugOf, uuidSchema, uuidV7 } from './identifier.ts';

const moments = fc.integer({ min: 0, max: 2 ** 48 - 1 });
const chances = fc.uint8Array({ minLength: 10, maxLength: 10 });

describe('a version 7 UUID', () => {
  it('is that of RFC 9562, appendix A.6', () => {
    // Tuesday 22 February 2022 14:22:22 GMT-05:00; rand_a 0xCC3, rand_b 0x18C4DC0C0C07398F
    const chance = Uint8Array.of(0x0c, 0xc3, 0x18, 0xc4, 0xdc, 0x0c, 0x0c, 0x07, 0x39, 0x8f);
    expect(uuidV7(0x017f22e279b0, chance)).toBe('017f22e2-79b0-7cc3-98c4-dc0c0c07398f');
    expect(0x017f22e279b0).toBe(Date.parse('2022-02-22T14:22:22-05:00'));
  });

  it('has its version and variant whatever the chance, and leaves the chance as it was', () => {
    fc.assert(
      fc.property(moments, chances, (moment, chance) => {
        const before = [...chance];
        const uuid = uuidV7(moment, chance);
        expect(isUuid(uuid)).toBe(true);
        expect(uuid[14]).toBe('7');
        expect(parseInt(uuid.replaceAll('-', '').slice(0, 12), 16)).toBe(moment);
        expect([...chance]).toEqual(before);
      }),
    );
  });

  it('sorts by its moment', () => {
    fc.assert(
      fc.property(moments, moments, chances, chances, (a, b, x, y) => {
        fc.pre(a !== b);
        expect(uuidV7(a, x) < uuidV7(b, y)).toBe(a < b);
      }),
    );
  });

  it('uses each of its 74 bits of chance', () => {
    const zero = uuidV7(0, new Uint8Array(10));
    let bits = 0;
    for (let bit = 0; bit < 80; bit += 1) {
      const chance = new Uint8Array(10);
      chance[bit >> 3] = 1 << (bit & 7);
      if (uuidV7(0, chance) !== zero) bits += 1;
    }
    expect(bits).toBe(74);
  });

  it.each([-1, 2 ** 48, 0.5, NaN])('refuses the moment %d', (moment) => {
    expect(() => uuidV7(moment, new Uint8Array(10))).toThrow(RangeError);
  });

  it.each([0, 9, 11])('refuses %i bytes of chance', (length) => {
    expect(() => uuidV7(0, new Uint8Array(length))).toThrow(RangeError);
  });
});

describe('a UUID', () => {
  it.each([
    // RFC 9562, appendix A: versions 1, 3, 4, 5, 6
    ['c232ab00-9414-11ec-b3c8-9f6bdeced846', true],
    ['5df41881-3aed-3515-88a7-2f4a814cf09e', true],
    ['919108f7-52d1-4320-9bac-f847db4148a8', true],
    ['2ed6657d-e927-568b-95e1-2665a8aea6a2', true],
    ['1ec9414c-232a-6b00-b3c8-9f6bdeced846', true],
    ['919108F7-52D1-4320-9BAC-F847DB4148A8', false],
    ['919108f7-52d1-0320-9bac-f847db4148a8', false],
    ['919108f7-52d1-4320-1bac-f847db4148a8', false],
    ['00000000-0000-0000-0000-000000000000', false],
    ['919108f752d143209bacf847db4148a8', false],
    ['919108f7-52d1-4320-9bac-f847db4148a8\n', false],
    ['', false],
  ])('%j: %s', (text, is) => {
    expect(isUuid(text)).toBe(is);
    expect(uuidSchema.safeParse(text).success).toBe(is);
  });
});

describe('a slug', () => {
  it.each([
    'blackpool',
    'e06000009',
    '2024',
    'needs-assessment-2024',
    'a1',
    'a'.repeat(60),
    'case-919108f7-52d1-4320-9bac-f847db4148a8',
    '919108f7-52d1-4320-9bac-f847db4148a8-2',
  ])('%s is one', (text) => {
    expect(isSlug(text)).toBe(true);
  });

  it.each([
    ...['', 'a', 'a'.repeat(61), 'Blackpool', 'a--b', '-a', 'a-', 'a_b', 'a b', 'a/b', 'a.b', 'é', 'аb', 'a\n'],
    '919108f7-52d1-4320-9bac-f847db4148a8',
    '00000000-0000-0000-0000-000000000000',
  ])('%j is none', (text) => {
    expect(isSlug(text)).toBe(false);
  });

  it('is not the first part of an address that is taken', () => {
    const reserved = new Set(['health', 'oruk']);
    expect(parseSlug(' sefton ', reserved)).toEqual({ done: true, value: 'sefton' });
    expect(parseSlug('health', reserved)).toMatchObject({
      reason: 'conflict',
      sentence: 'Choose another short name: health is an address of Concord itself',
    });
    expect(parseSlug('Sefton', reserved)).toMatchObject({
      reason: 'not-valid',
      sentence:
        'Enter a short name for addresses: 2 to 60 lower case letters, digits and single hyphens, such as blackpool',
    });
  });
});

describe('the slug that a name suggests', () => {
  it.each([
    ['Bath and North East Somerset', 'bath-and-north-east-somerset'],
    ['Kingston upon Hull, City of', 'kingston-upon-hull-city-of'],
    ['St. Helens', 'st-helens'],
    ['King’s Lynn & West Norfolk', 'kings-lynn-and-west-norfolk'],
    ['Ynys Môn', 'ynys-mon'],
    ['BSafe Blackpool: 2024', 'bsafe-blackpool-2024'],
    [
      'The partnership of the councils of Lancashire for the prevention of serious violence',
      'the-partnership-of-the-councils-of-lancashire-for-the',
    ],
    ['x'.repeat(100), 'x'.repeat(60)],
  ])('%s gives %s', (name, slug) => {
    expect(slugOf(name)).toEqual({ done: true, value: slug });
  });

  it.each(['', '!!', 'A', '安全'])('%j gives none', (name) => {
    expect(slugOf(name)).toEqual({
      done: false,
      reason: 'not-valid',
      sentence: 'Enter a name with at least two letters or digits',
    });
  });

  it('is always a slug, and its own slug', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 120 }), (name) => {
        const outcome = slugOf(name);
        if (!outcome.done) return;
        expect(isSlug(outcome.value)).toBe(true);
        expect(slugOf(outcome.value)).toEqual(outcome);
      }),
    );
  });
});
