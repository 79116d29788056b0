import fc from 'fast-check';
import { Fragment, h, type ComponentChildren, type VNode } from 'preact';
import { renderToString } from 'preact-render-to-string';
import { describe, expect, it } from 'vitest';
import { render } from './render.ts';

const names = ['id', 'class', 'href', 'title', 'aria-label', 'aria-hidden', 'data-x', 'tabindex', 'disabled', 'hidden'];
const text = fc.string({ unit: 'grapheme', maxLength: 12 });
const awkward = fc.constantFrom('', ' ', '<b>', '&amp;', '"', "'", '–', '</p>', '\n', '0');
const value = fc.oneof(text, awkward, fc.integer(), fc.boolean(), fc.constantFrom(null, undefined));
const props = fc.dictionary(fc.constantFrom(...names), value, { maxKeys: 4 });
const Component = (given: { readonly children?: ComponentChildren }) => <em class="x">{given.children}</em>;

/** As somebody may write who does not heed the types. */
const written = h as (tag: string, props: object | null) => VNode;

const { node } = fc.letrec<{ node: ComponentChildren; children: ComponentChildren }>((tie) => ({
  children: fc.array(tie('node'), { maxLength: 3 }),
  node: fc.oneof(
    { maxDepth: 5 },
    fc.oneof(text, awkward, fc.integer(), fc.boolean(), fc.constantFrom(null, undefined)),
    fc
      .tuple(fc.constantFrom('p', 'td', 'svg', 'select', 'option', 'h1'), props, tie('children'))
      .map(([tag, given, children]) => h(tag, given, children)),
    fc.tuple(fc.constantFrom('br', 'input', 'img'), props).map(([tag, given]) => h(tag, given)),
    fc.tuple(fc.constant('textarea'), props, value).map(([tag, given, typed]) => h(tag, { ...given, value: typed })),
    tie('children').map((children) => h(Component, null, children)),
    tie('children').map((children) => h(Fragment, null, children)),
    tie('children'),
  ),
}));

describe('the renderer of pages', () => {
  it('writes what the renderer of Preact writes', () => {
    fc.assert(
      fc.property(node, (given) => {
        expect(render(given)).toBe(renderToString(h(Fragment, null, given)));
      }),
      { numRuns: 2_000 },
    );
  });

  it.each<[string, VNode]>([
    ['a drawing', <svg viewBox="0 0 1 1" stroke-width={2} aria-hidden />],
    ['a moment', <time dateTime="2026-11-24">today</time>],
    ['a choice', <option value="" selected={false} />],
    ['words that were switched off', <p draggable={false} spellcheck={false} hidden={false} />],
    ['trusted text', <b dangerouslySetInnerHTML={{ __html: '<i>ours</i>' }} />],
    ['an object from elsewhere', <p>{{ type: 'script', props: { children: 'alert(1)' } }}</p>],
  ])('… %s too', (_, given) => {
    expect(render(given)).toBe(renderToString(given));
  });

  it.each<[string, VNode]>([
    ['an attribute that HTML spells otherwise', written('p', { className: 'x' })],
    ['a name that would end the tag', written('p', { 'a><script>': 'x' })],
    ['an element that would', written('p><script', null)],
    ['a handler', written('p', { onclick: () => undefined })],
    ['an object as an attribute', written('p', { style: { color: 'red' } })],
    ['another object', written('p', { title: new Date(0) })],
  ])('refuses %s', (_, given) => expect(() => render(given)).toThrow(TypeError));

  it('never takes text for HTML, at any length of a list', () => {
    const cells = Array.from({ length: 300 }, (_, i) => <td class={`"<${i}>`}>{`<${i}>`}</td>);
    expect(render(cells)).toBe(renderToString(<>{cells}</>));
  });
});
