import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { linksSignedWith } from './links.ts';

const links = linksSignedWith('a key of this installation');
const expires = Date.UTC(2026, 6, 22, 12) / 1_000;
const claim = { id: 'a1', purpose: 'answer-referral', partnership: 'p1', expires };
const before = new Date(expires * 1_000 - 1);
const token = links.sign(claim);

describe('a signed link', () => {
  it('says what it was made for, until its moment comes', () => {
    expect(links.read(token, 'answer-referral', before)).toEqual(claim);
    expect(links.read(token, 'answer-referral', new Date(expires * 1_000))).toBe('expired');
    expect(links.read(token, 'answer-referral', new Date(expires * 1_000 + 1))).toBe('expired');
  });

  it('opens nothing for another purpose or under another key', () => {
    for (const purpose of ['', 'answer', 'answer-referral ', 'reset-password', 'a1'])
      expect(links.read(token, purpose, before)).toBe('not-ours');
    expect(linksSignedWith('another key').read(token, 'answer-referral', before)).toBe('not-ours');
  });

  it('is not ours when any one character of it is another, missing or added', () => {
    const characters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.=+/ \n\0é';
    for (let at = 0; at <= token.length; at += 1) {
      for (const character of characters) {
        if (token.charAt(at) !== character)
          expect(links.read(token.slice(0, at) + character + token.slice(at + 1), 'answer-referral', before)).toBe(
            'not-ours',
          );
        expect(links.read(token.slice(0, at) + character + token.slice(at), 'answer-referral', before)).toBe(
          'not-ours',
        );
      }
      if (at < token.length)
        expect(links.read(token.slice(0, at) + token.slice(at + 1), 'answer-referral', before)).toBe('not-ours');
    }
  });

  it('cannot be put together from the parts of two', () => {
    const other = links.sign({ ...claim, partnership: 'p2' });
    const [body] = token.split('.');
    const [, signature] = other.split('.');
    expect(links.read(`${body}.${signature}`, 'answer-referral', before)).toBe('not-ours');
    const later = Buffer.from(`a1.answer-referral.p1.${expires + 9}`).toString('base64url');
    expect(links.read(`${later}.${token.split('.')[1]}`, 'answer-referral', before)).toBe('not-ours');
  });

  it('is never made so that one part could be read as two', () => {
    expect(() => links.sign({ ...claim, purpose: 'answer-referral.p2' })).toThrow(RangeError);
    expect(() => links.sign({ ...claim, id: 'a.b' })).toThrow(RangeError);
    for (const never of [Number.NaN, Infinity, 1.5])
      expect(() => links.sign({ ...claim, expires: never })).toThrow(RangeError);
  });

  it('is not ours whatever is made up', () => {
    const made = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.stringMatching(/^[\w-]{0,80}\.[\w-]{43}$/),
      fc.base64String(),
    );
    fc.assert(
      fc.property(made, (text) => {
        expect(links.read(text, 'answer-referral', before)).toBe('not-ours');
      }),
      { numRuns: 500, seed: 7 },
    );
  });
});
