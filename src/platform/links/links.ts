import { createHmac, timingSafeEqual } from 'node:crypto';

/** What a signed link is good for: one purpose, on one record, in one partnership, until one moment. */
export interface LinkClaim {
  readonly id: string;
  readonly purpose: string;
  /** The partnership's id: inside the signature, so a link of one partnership opens nothing in another. */
  readonly partnership: string;
  /** Unix time in seconds. */
  readonly expires: number;
}

/** Signs and reads links. The record of what was issued, used or called back is in `links.store.ts`. */
export interface Links {
  /** The part of the address behind `/l/`. */
  readonly sign: (claim: LinkClaim) => string;
  /** The claim, when the signature is ours, the purpose is the asked one and the time has not come; else why not. */
  readonly read: (token: string, purpose: string, moment: Date) => LinkClaim | 'not-ours' | 'expired';
}

/** @param key a secret of this installation; whoever has it can make links */
export function linksSignedWith(key: string): Links {
  const signatureOf = (text: string): Buffer => createHmac('sha256', key).update(`concord link v1\n${text}`).digest();
  return {
    sign({ id, purpose, partnership, expires }) {
      const parts = [id, purpose, partnership, String(expires)];
      // A part with a dot in it could be read as two.
      if (!Number.isSafeInteger(expires) || parts.some((part) => part.includes('.')))
        throw new RangeError('a link has four parts without a dot, the last of them whole seconds');
      const text = parts.join('.');
      return `${spelt(text)}.${signatureOf(text).toString('base64url')}`;
    },
    read(token, purpose, moment) {
      const [body, signature, ...rest] = token.split('.');
      if (body === undefined || signature === undefined || rest.length > 0 || token.length > 600) return 'not-ours';
      const text = Buffer.from(body, 'base64url').toString('utf8');
      const given = Buffer.from(signature, 'base64url');
      // The reader of base64 forgives much: only the spelling that we gave out is ours.
      if (spelt(text) !== body || given.toString('base64url') !== signature) return 'not-ours';
      const right = signatureOf(text);
      if (given.length !== right.length || !timingSafeEqual(given, right)) return 'not-ours';
      const [id, meant, partnership, expires, ...more] = text.split('.');
      if (
        id === undefined ||
        meant !== purpose ||
        partnership === undefined ||
        expires === undefined ||
        more.length > 0
      )
        return 'not-ours';
      if (Number(expires) * 1_000 <= moment.getTime()) return 'expired';
      return { id, purpose, partnership, expires: Number(expires) };
    },
  };
}

const spelt = (text: string): string => Buffer.from(text).toString('base64url');
