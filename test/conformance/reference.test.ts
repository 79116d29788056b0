import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { referencePages } from '../../tools/reference.ts';

const folder = new URL('../../docs/reference/', import.meta.url);

describe('docs/reference says what the code says (else: npm run docs)', () => {
  it.each([...referencePages()])('%s', (name, text) => {
    const file = new URL(name, folder);
    expect(existsSync(file) ? readFileSync(file, 'utf8') : 'missing').toBe(text);
  });
});
