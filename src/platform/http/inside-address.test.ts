import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { insideAddress } from './inside-address.ts';

describe('an address inside Concord', () => {
  it.each(['/home', '/haverness/audit?page=2&action=A%20B#entries', '/a/../b', '/@elsewhere.example', '/:80'])(
    'is %s',
    (address) => {
      expect(insideAddress(address)).toMatch(/^\/[^/\\]/);
    },
  );

  it.each([
    '',
    'home',
    '//elsewhere.example',
    '///elsewhere.example',
    '/\\elsewhere.example',
    '\\\\elsewhere.example',
    '/.//elsewhere.example',
    '/..//elsewhere.example',
    '/a/..//elsewhere.example',
    '/%2e//elsewhere.example',
    '/%2E%2e//elsewhere.example',
    '/.\\/elsewhere.example',
    '/\t/elsewhere.example',
    '/\n/elsewhere.example',
    '/\r\n//elsewhere.example',
    ' //elsewhere.example',
    'https://elsewhere.example',
    'https:elsewhere.example',
    'javascript:alert(1)',
    'data:text/html,x',
    'http://inside/',
  ])('is not %j', (address) => {
    expect(insideAddress(address)).toBeUndefined();
  });

  it('leads a browser to the place that it came from, whatever was typed', () => {
    const piece = fc.constantFrom(
      '/',
      '\\',
      '.',
      '..',
      '%2e',
      '%2f',
      '%5c',
      '\t',
      '\n',
      '\r',
      ' ',
      ':',
      '@',
      '?',
      '#',
      'x',
      'https:',
      'e.example',
    );
    const text = fc.array(piece, { maxLength: 9 }).map((parts) => `/${parts.join('')}`);
    fc.assert(
      fc.property(text, (typed) => {
        const address = insideAddress(typed);
        if (address === undefined) return;
        // A browser resolves the Location header against the page that it asked for.
        expect(new URL(address, 'https://concord.example/sign-in').origin).toBe('https://concord.example');
        expect(address).toMatch(/^[!-~]+$/);
      }),
      { numRuns: 2_000, seed: 42 },
    );
  });
});
