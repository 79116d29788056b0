import { renderToString } from 'preact-render-to-string';
import { parse, type DefaultTreeAdapterMap } from 'parse5';
import { h } from 'preact';
import { beforeAll, describe, expect, it } from 'vitest';
import { DocumentParts, documentStyles, toHtml, type DocumentModel } from '../../src/documents/index.ts';
import { render, webFonts } from '../../src/govuk/index.ts';
import { hostileModel, nasty, sampleModel } from './sample-model.ts';

type Node = DefaultTreeAdapterMap['node'];
type Element = DefaultTreeAdapterMap['element'];

const elementsIn = (node: Node): readonly Element[] =>
  'childNodes' in node
    ? [...('tagName' in node ? [node] : []), ...node.childNodes.flatMap((child) => elementsIn(child))]
    : [];
const attribute = (element: Element, name: string): string | undefined =>
  element.attrs.find((one) => one.name === name)?.value;
const textIn = (node: Node): string =>
  'value' in node ? node.value : 'childNodes' in node ? node.childNodes.map(textIn).join('') : '';

/** Parsed as browsers do, with every fault of the text told. */
function parsed(html: string) {
  const faults: string[] = [];
  const tree = parse(html, { onParseError: ({ code, startLine }) => faults.push(`${code} at ${startLine}`) });
  return { faults, elements: elementsIn(tree), text: textIn(tree) };
}

const fonts = webFonts();
const fileOf = (model: DocumentModel): string => toHtml(model, { render, fonts });

describe.each([
  ['an ordinary document', sampleModel],
  ['a hostile document', hostileModel],
])('%s as HTML', (_name, model) => {
  let html: string;
  let page: ReturnType<typeof parsed>;
  beforeAll(() => {
    html = fileOf(model);
    page = parsed(html);
  });
  const all = (name: string): readonly Element[] => page.elements.filter(({ tagName }) => tagName === name);

  it('is a whole page without a fault', () => {
    expect(page.faults).toEqual([]);
    expect(attribute(all('html')[0]!, 'lang')).toBe('en-GB');
    expect(all('h1')).toHaveLength(1);
    expect(all('main')).toHaveLength(1);
  });

  it('has each id once, and leads to nothing that is not there', () => {
    const ids = page.elements.flatMap((element) => attribute(element, 'id') ?? []);
    expect(ids.filter((id, at) => ids.indexOf(id) !== at)).toEqual([]);
    const inside = page.elements.flatMap((element) => [
      ...(attribute(element, 'href')?.startsWith('#') ? [attribute(element, 'href')!.slice(1)] : []),
      ...(attribute(element, 'aria-labelledby')?.split(' ') ?? []),
      ...element.attrs.flatMap(({ value }) => [...value.matchAll(/url\(#([^)]+)\)/g)].map(([, id]) => id!)),
    ]);
    expect(inside.length).toBeGreaterThan(0);
    expect(inside.filter((id) => !ids.includes(id))).toEqual([]);
  });

  it('runs nothing, and loads nothing from elsewhere', () => {
    for (const name of ['script', 'link', 'iframe', 'object', 'embed', 'img', 'base', 'form'])
      expect(all(name)).toEqual([]);
    const attributes = page.elements.flatMap(({ attrs }) => attrs);
    expect(attributes.filter(({ name }) => /^on|^style$|^src/.test(name))).toEqual([]);
    expect(attributes.filter(({ name, value }) => name === 'href' && !/^(#|https:\/\/|mailto:)/.test(value))).toEqual(
      [],
    );
    expect(html.match(/url\((?!#|data:font\/woff2;base64,)[^)]*\)|@import/g)).toBeNull();
  });

  it('has headings in order, none left out', () => {
    const levels = page.elements.flatMap(({ tagName }) => (/^h[1-6]$/.test(tagName) ? [Number(tagName[1])] : []));
    levels.forEach((level, at) => expect(level).toBeLessThanOrEqual((levels[at - 1] ?? 0) + 1));
  });

  it('says whose each row and column of a table is', () => {
    for (const table of all('table')) {
      const inner = elementsIn(table);
      expect(inner.filter(({ tagName }) => tagName === 'caption')).toHaveLength(1);
      const heads = inner.filter(({ tagName }) => tagName === 'th');
      expect(heads.every((head) => /^(row|col)$/.test(attribute(head, 'scope') ?? ''))).toBe(true);
      const widths = new Set(
        inner
          .filter(({ tagName }) => tagName === 'tr')
          .map((row) => elementsIn(row).filter(({ tagName }) => /^t[dh]$/.test(tagName)).length),
      );
      expect(widths.size).toBe(1);
    }
  });

  it('gives every picture words', () => {
    for (const svg of all('svg')) {
      expect(attribute(svg, 'role')).toBe('img');
      expect(attribute(svg, 'aria-label')?.length).toBeGreaterThan(10);
    }
  });

  it('is the same each time, and as the renderer of Preact writes it', () => {
    expect(fileOf(model)).toBe(html);
    const node = h(DocumentParts, { model });
    expect(parsed(render(node)).text).toBe(parsed(renderToString(node)).text);
  });
});

describe('what stands in it', () => {
  const page = parsed(fileOf(sampleModel));
  const hostile = parsed(fileOf(hostileModel));

  it('leads from each number to what it rests on, and back', () => {
    const numbers = page.elements.filter((element) => attribute(element, 'data-figure') !== undefined);
    expect(numbers.length).toBeGreaterThan(100);
    const lead = numbers.find((element) => textIn(element) === '11% (4% to 19%)')!;
    expect(attribute(lead, 'data-figure')).toBe('view-1');
    const note = page.elements.find((element) => `#${attribute(element, 'id')}` === attribute(lead, 'href'))!;
    expect(textIn(note)).toContain('Violence with injury, change on the year before');
    const back = elementsIn(note).find(({ tagName }) => tagName === 'a')!;
    expect(page.elements.some((element) => `#${attribute(element, 'id')}` === attribute(back, 'href'))).toBe(true);
  });

  it('counts paragraphs through a section of the first level', () => {
    const counted = page.elements.flatMap((element) => attribute(element, 'id')?.match(/^paragraph-(.+)$/)?.[1] ?? []);
    expect(counted).toEqual(['1-1', '1-2', '1-3', '1-4', '2-1', '3-1']);
  });

  it('keeps text that means harm as text, and drops what turns the direction of others', () => {
    expect(hostile.text).toContain(nasty);
    expect(hostile.text).toContain('مرحبا بالعالم');
    expect(hostile.text).toContain('w'.repeat(400));
    expect(hostile.text).not.toMatch(/[\u0000\u202e\ufffe]/);
    expect(hostile.elements.filter(({ tagName }) => tagName === 'tr').length).toBeGreaterThan(500);
    expect(hostile.elements.some((element) => attribute(element, 'href')?.includes('javascript'))).toBe(false);
  });

  it('has a rule for each of its class names, and no class without one', () => {
    const named = new Set(
      page.elements.flatMap((element) => (attribute(element, 'class') ?? '').split(' ').filter((name) => name !== '')),
    );
    const plain = ['concord-doc__section--2', 'concord-doc__cover--ample', 'concord-doc__table', 'concord-page'];
    const without = [...named].filter((name) => !documentStyles.includes(`.${name}`) && !/^concord-page/.test(name));
    expect(without.filter((name) => !plain.includes(name))).toEqual([]);
  });
});
