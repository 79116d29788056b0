import { describe, expect, it } from 'vitest';
import { takesGzip } from './server.ts';

describe('a packed answer goes to whoever takes it', () => {
  it.each([
    'gzip',
    'GZIP',
    'deflate, gzip, br',
    'gzip;q=0.1',
    'br;q=1.0, gzip; q=0.8, *;q=0',
    '*',
    'identity;q=0.5, *;q=0.1',
  ])('%j', (header) => expect(takesGzip(header)).toBe(true));
  it.each([
    '',
    'identity',
    'br',
    'gzip;q=0',
    'gzip; q=0.000',
    '*;q=0',
    'gzip;q=0, *',
    'not-gzip',
    'gzipped',
    'gzip;q=rubbish',
    ',;=,',
  ])('not %j', (header) => expect(takesGzip(header)).toBe(false));
});
