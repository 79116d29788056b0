import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { assets, script, stylesheet } from './assets.ts';

const made = assets('/town/assets');
const text = (name: string) => Buffer.from(made.find((asset) => asset.name === name)!.bytes).toString('utf8');

describe('the assets', () => {
  it('point to nothing that they do not hold themselves', () => {
    const wanted = [...text('concord.css').matchAll(/url\(\s*['"]?([^'")]*)/g)].map(([, href]) => href);
    expect(wanted).toHaveLength(2);
    expect(made.map(({ href }) => href)).toEqual(expect.arrayContaining(wanted));
    const imported = [...text('concord.js').matchAll(/import\('([^']*)'\)/g)].map(([, href]) => href);
    expect(imported).toEqual([made.find(({ name }) => name === 'govuk-frontend.min.js')!.href]);
    for (const { name } of made.filter(({ type }) => type.startsWith('text/')))
      expect(text(name)).not.toMatch(/sourceMappingURL|asset:/);
  });

  it('have addresses that change with their bytes', () => {
    for (const { href, bytes } of made)
      expect(href).toContain(createHash('sha256').update(bytes).digest('hex').slice(0, 16));
    expect(new Set(made.map(({ href }) => href)).size).toBe(made.length);
    expect(made.every(({ href }) => href.startsWith('/town/assets/'))).toBe(true);
  });

  it('are not those of GOV.UK: neither its font nor the crown', () => {
    expect(text('concord.css')).not.toMatch(/GDS Transport|crest/i);
    expect(text('concord.css')).toContain('"Source Sans 3",Arial,sans-serif');
  });

  it('hold fonts that a browser can read', () => {
    const fonts = made.filter(({ type }) => type.startsWith('font/'));
    expect(fonts).toHaveLength(2);
    // OpenType, "Table Directory": sfntVersion 0x00010000 for TrueType outlines.
    for (const { bytes } of fonts) expect(Buffer.from(bytes.subarray(0, 4)).readUInt32BE()).toBe(0x00010000);
  });

  it('are the same bytes each time', () => {
    expect(assets('/town/assets')).toEqual(made);
  });

  it('take any address that they are given', () => {
    const href = (name: string) => `/elsewhere/${name}`;
    expect(Buffer.from(stylesheet(href)).toString()).toContain('/elsewhere/source-sans-3-');
    expect(Buffer.from(script(href)).toString()).toContain("import('/elsewhere/govuk-frontend.min.js')");
  });
});
