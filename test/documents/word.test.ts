import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { toPdf, toWord } from '../../src/documents/index.ts';
import { elementsOf, hashOf, unzipped } from './package-parts.ts';
import { hostileModel, nasty, sampleModel } from './sample-model.ts';

const root = join(import.meta.dirname, '../..');

describe.each([
  ['an ordinary document', sampleModel],
  ['a hostile document', hostileModel],
])('%s as a Word file', (_name, model) => {
  let files: ReadonlyMap<string, Buffer>;
  let bytes: Buffer;
  const text = (path: string): string => files.get(path)!.toString('utf8');
  beforeAll(async () => {
    bytes = toWord(model);
    files = await unzipped(bytes);
  }, 30_000);

  it('is a package whose parts are well-formed, typed and all there', () => {
    const parts = [...files.keys()];
    expect(parts[0]).toBe('[Content_Types].xml');
    for (const path of parts.filter((name) => /\.(xml|rels|svg)$/.test(name))) elementsOf(text(path));
    const types = elementsOf(text('[Content_Types].xml'));
    const endings = new Set(types.map(({ attributes }) => attributes['Extension']));
    for (const path of parts) expect(endings).toContain(path.split('.').at(-1));
    for (const { attributes } of types)
      if (attributes['PartName'] !== undefined) expect(parts).toContain(attributes['PartName'].slice(1));
    const relations = elementsOf(text('word/_rels/document.xml.rels')).slice(1);
    const ids = relations.map(({ attributes }) => attributes['Id']);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { attributes } of relations)
      if (attributes['TargetMode'] !== 'External') expect(parts).toContain(`word/${attributes['Target']}`);
    for (const { attributes } of elementsOf(text('word/document.xml')))
      for (const [name, value] of Object.entries(attributes))
        if (/^r:(id|embed)$/.test(name)) expect(ids).toContain(value);
  });

  it('names no style, list, place or note that it does not have', () => {
    const body = elementsOf(text('word/document.xml'));
    const having = (path: string, element: string, attribute: string): ReadonlySet<string> =>
      new Set(
        elementsOf(text(path)).flatMap(({ name, attributes }) => (name === element ? [attributes[attribute]!] : [])),
      );
    const styles = having('word/styles.xml', 'w:style', 'w:styleId');
    const lists = new Set([...having('word/numbering.xml', 'w:num', 'w:numId'), '0']);
    const notes = having('word/endnotes.xml', 'w:endnote', 'w:id');
    const places = having('word/document.xml', 'w:bookmarkStart', 'w:name');
    const wanted: string[] = [];
    for (const { name, attributes } of body) {
      if (/^w:(pStyle|rStyle|tblStyle)$/.test(name) && !styles.has(attributes['w:val']!))
        wanted.push(attributes['w:val']!);
      if (name === 'w:numId' && !lists.has(attributes['w:val']!)) wanted.push(`list ${attributes['w:val']}`);
      if (name === 'w:endnoteReference' && !notes.has(attributes['w:id']!)) wanted.push(`note ${attributes['w:id']}`);
      const anchor = name === 'w:hyperlink' ? attributes['w:anchor'] : undefined;
      if (anchor !== undefined && !places.has(anchor)) wanted.push(anchor);
    }
    expect(wanted).toEqual([]);
    const ids = body.flatMap(({ name, attributes }) => (name === 'w:bookmarkStart' ? [attributes['w:id']!] : []));
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('refers to each note first in the order of their numbers, which is how Word counts them', () => {
    const references = elementsOf(text('word/document.xml')).flatMap(({ name, attributes }) =>
      name === 'w:endnoteReference' ? [Number(attributes['w:id'])] : [],
    );
    expect(references).toEqual(model.notes.map((_, at) => at + 1));
  });

  it('repeats the heads of tables, and keeps every row', () => {
    const body = elementsOf(text('word/document.xml'));
    const count = (wanted: string): number => body.filter(({ name }) => name === wanted).length;
    expect(count('w:tblHeader')).toBe(count('w:tbl'));
    const rows = text('word/document.xml')
      .split('<w:tbl>')
      .slice(1)
      .map((part) => part.split('</w:tbl>')[0]!.split('<w:tr>').length - 1);
    expect(Math.max(...rows)).toBe(model === hostileModel ? 501 : 121);
  });

  it('gives every picture words, and PNG for those who cannot read SVG', () => {
    const body = elementsOf(text('word/document.xml'));
    const drawings = body.filter(({ name }) => name === 'wp:docPr');
    expect(drawings.length).toBe(model === hostileModel ? 1 : 11);
    for (const { attributes } of drawings) expect(attributes['descr']!.length).toBeGreaterThan(10);
    const pictures = [...files].filter(([path]) => path.endsWith('.png'));
    expect(pictures).toHaveLength(drawings.length);
    // Portable Network Graphics, third edition, 5.2: the signature.
    for (const [, picture] of pictures) expect(picture.subarray(0, 8).toString('latin1')).toBe('\x89PNG\r\n\x1a\n');
  });

  it('has the same bytes each time', () => {
    expect(hashOf(toWord(model))).toBe(hashOf(bytes));
  });
});

it('keeps hostile text as text', async () => {
  const files = await unzipped(toWord(hostileModel));
  const body = files.get('word/document.xml')!.toString('utf8');
  const escaped = nasty
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
  expect(body).toContain(escaped);
  expect(files.get('word/header1.xml')!.toString('utf8')).toContain('PARTNERS ');
  expect(files.get('word/_rels/document.xml.rels')!.toString('utf8')).not.toContain('javascript');
});

it('PDF and Word have the same bytes in another process', () => {
  const program = `
    import { createHash } from 'node:crypto';
    import { toPdf, toWord } from './src/documents/index.ts';
    import { sampleModel } from './test/documents/sample-model.ts';
    for (const bytes of [toPdf(sampleModel), toWord(sampleModel)]) console.log(createHash('sha256').update(bytes).digest('hex'));`;
  const told = execFileSync(
    process.execPath,
    ['--import', './src/platform/load-tsx.mjs', '--input-type=module-typescript', '-e', program],
    { cwd: root, encoding: 'utf8', env: { ...process.env, TZ: 'Pacific/Auckland', LANG: 'C' } },
  );
  expect(told.trim().split('\n')).toEqual([hashOf(toPdf(sampleModel)), hashOf(toWord(sampleModel))]);
}, 60_000);

it('a PDF says that it is made to PDF/UA-1, in English, with its title', () => {
  const pdf = toPdf(hostileModel).toString('latin1');
  expect(pdf).toMatch(/<pdfuaid:part>1<\/pdfuaid:part>/);
  expect(pdf).toMatch(/\/Lang\s*\(en-GB\)/);
  expect(pdf).toMatch(/\/DisplayDocTitle true/);
  expect(pdf).toMatch(/\/Marked true/);
});
