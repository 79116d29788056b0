import { z } from 'zod';
import type { Outcome } from './outcome.ts';
import { refused, done } from './outcome.ts';

/** Ten bytes of chance, of which a version 7 identifier uses 74 bits. */
export const uuidV7RandomBytes = 10;

/**
 * A version 7 UUID (RFC 9562 section 5.7): 48 bits of Unix time, version, 12 bits of chance, variant, 62 bits of chance.
 * They sort by the moment of their making. The moment and the chance are arguments, since pure code has neither.
 *
 * @throws RangeError when the moment does not fit 48 bits or there are not exactly ten bytes
 */
export function uuidV7(unixMilliseconds: number, randomBytes: Uint8Array): string {
  if (!Number.isInteger(unixMilliseconds) || unixMilliseconds < 0 || unixMilliseconds >= 2 ** 48) {
    throw new RangeError(`${unixMilliseconds} is not a moment that 48 bits can hold`);
  }
  if (randomBytes.length !== uuidV7RandomBytes) {
    throw new RangeError(`A version 7 identifier takes ${uuidV7RandomBytes} random bytes, not ${randomBytes.length}`);
  }
  const chance = Uint8Array.from(randomBytes);
  chance[0] = ((chance[0] ?? 0) & 0x0f) | 0x70; // version 7
  chance[2] = ((chance[2] ?? 0) & 0x3f) | 0x80; // variant 0b10
  const hex =
    unixMilliseconds.toString(16).padStart(12, '0') +
    Array.from(chance, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

const uuidShape = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/** Whether a text is a UUID as we write it: RFC 9562, lower case, any version (partners' records bring their own). */
export function isUuid(text: string): boolean {
  return uuidShape.test(text);
}

export const uuidSchema = z.string().refine(isUuid, 'Use an identifier of 36 characters in lower case');

export const slugLength = { shortest: 2, longest: 60 } as const;

const slugShape = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;

/**
 * Whether a text can name something in an address: lower case letters and digits in words joined by single hyphens,
 * 2 to 60 characters, and not of the shape of a UUID, so that an address says which of the two it holds.
 */
export function isSlug(text: string): boolean {
  return (
    text.length >= slugLength.shortest &&
    text.length <= slugLength.longest &&
    slugShape.test(text) &&
    !/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/.test(text)
  );
}

/** Reads a slug that a person typed. `reserved` holds the first parts of addresses that are taken (`health`, `oruk`). */
export function parseSlug(typed: string, reserved: ReadonlySet<string>): Outcome<string, 'not-valid' | 'conflict'> {
  const text = typed.trim();
  if (!isSlug(text)) {
    return refused(
      'not-valid',
      'Enter a short name for addresses: 2 to 60 lower case letters, digits and single hyphens, such as blackpool',
    );
  }
  if (reserved.has(text))
    return refused('conflict', `Choose another short name: ${text} is an address of Concord itself`);
  return done(text);
}

/**
 * The slug that a name suggests: "Bath and North East Somerset" gives `bath-and-north-east-somerset`. Accents are
 * dropped, `&` becomes "and", apostrophes vanish, and a long name is cut at the end of a word. It may be reserved or
 * taken: `parseSlug` and the store say so.
 */
export function slugOf(name: string): Outcome<string, 'not-valid'> {
  const words =
    name
      .slice(0, 1000)
      .normalize('NFKD')
      .replace(/\p{M}/gu, '')
      .toLowerCase()
      .replace(/['’‘]/g, '')
      .replaceAll('&', ' and ')
      .match(/[a-z0-9]+/g) ?? [];
  let slug = '';
  for (const word of words) {
    const longer = slug === '' ? word.slice(0, slugLength.longest) : `${slug}-${word}`;
    if (longer.length > slugLength.longest) break;
    slug = longer;
  }
  if (isSlug(slug)) return done(slug);
  return refused('not-valid', 'Enter a name with at least two letters or digits');
}
