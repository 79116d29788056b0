import type { VNode } from 'preact';
import { render } from '../../src/govuk/render.ts';
import { parse, parseFragment, type DefaultTreeAdapterTypes as Tree } from 'parse5';

/** An element as a test asks about it: what a browser would make of the HTML, not what we wrote. */
export interface Rendered {
  readonly tag: string;
  readonly text: string;
  attribute(name: string): string | undefined;
  readonly attributes: Readonly<Record<string, string>>;
  readonly parent: Rendered | undefined;
  readonly children: readonly Rendered[];
  /** Itself left out, in the order of the page. */
  all(tag?: string): readonly Rendered[];
  hasClass(name: string): boolean;
}

function textOf(node: Tree.Node): string {
  if (node.nodeName === '#text' && 'value' in node) return node.value;
  return 'childNodes' in node ? node.childNodes.map(textOf).join('') : '';
}

function wrap(node: Tree.ParentNode, parent: Rendered | undefined): Rendered {
  const attributes = 'attrs' in node ? Object.fromEntries(node.attrs.map(({ name, value }) => [name, value])) : {};
  const children: Rendered[] = [];
  const self: Rendered = {
    tag: 'tagName' in node ? node.tagName : '#root',
    text: textOf(node).replace(/\s+/g, ' ').trim(),
    attributes,
    attribute: (name) => attributes[name],
    parent,
    children,
    all: (tag) => children.flatMap((child) => [...(!tag || child.tag === tag ? [child] : []), ...child.all(tag)]),
    hasClass: (name) => (attributes['class'] ?? '').split(' ').includes(name),
  };
  for (const child of node.childNodes) if ('tagName' in child) children.push(wrap(child, self));
  return self;
}

export function rendered(node: VNode): Rendered {
  return wrap(parseFragment(render(node)), undefined);
}

export function renderedDocument(html: string): Rendered {
  return wrap(parse(html), undefined);
}

export function only(found: readonly Rendered[]): Rendered {
  const [first, ...others] = found;
  if (!first || others.length > 0) throw new Error(`expected one element, found ${String(found.length)}`);
  return first;
}
