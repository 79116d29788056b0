import { h, type ComponentChild } from 'preact';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { parseFragment, type DefaultTreeAdapterTypes as Tree } from 'parse5';

const { resolve } = createRequire(import.meta.url);
export const componentsFolder = dirname(dirname(resolve('govuk-frontend/dist/govuk/components/button/fixtures.json')));

export type Json = string | number | boolean | null | undefined | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [name: string]: Json;
}

/** One published example: the macro's options and the HTML that it made of them. */
export interface Fixture {
  readonly name: string;
  readonly options: JsonObject;
  readonly html: string;
  /** Not shown on the Design System's website. */
  readonly hidden: boolean;
}

/** All that govuk-frontend publishes for a component, those hidden from its website too. */
export function fixturesOf(component: string): readonly Fixture[] {
  const file = `${componentsFolder}/${component}/fixtures.json`;
  return (JSON.parse(readFileSync(file, 'utf8')) as { fixtures: Fixture[] }).fixtures;
}

function nodeOf(node: Tree.ChildNode): ComponentChild {
  if ('tagName' in node) {
    const attributes = Object.fromEntries(node.attrs.map(({ name, value }) => [name, value]));
    return h(node.tagName, attributes, ...node.childNodes.map(nodeOf));
  }
  return 'value' in node ? node.value : null;
}

/** The macros take strings of HTML where our components take nodes. Nothing but this test turns one into the other. */
export function nodesOf(html: string): readonly ComponentChild[] {
  return parseFragment(html).childNodes.map(nodeOf);
}

/** Options that are only `{ text }` or `{ html }` in the macros are content itself in our components. */
const contentOptions = new Set(
  'afterInput afterInputs beforeInput beforeInputs conditional content contentLicence heading summary'.split(' '),
);

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The macro's options as our props: `text` and `html` are one, content; `titleText` and `titleHtml` are one, `titleText`. */
export function propsOf(options: JsonObject): Record<string, unknown> {
  const props: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(options)) {
    if (name === 'html' || name.endsWith('Html')) continue;
    if (name === 'attributes' || name === 'wrapperAttributes') props[name] = value;
    else if (Array.isArray(value)) props[name] = value.map(itemOf);
    else if (isObject(value)) props[name] = contentOptions.has(name) ? propsOf(value)['text'] : propsOf(value);
    else if (value !== null) props[name] = contentOptions.has(name) && !value ? undefined : value;
  }
  for (const [name, value] of Object.entries(options)) {
    // The macros let `html` win over `text`.
    if (typeof value !== 'string' || value === '') continue;
    if (name === 'html') props['text'] = nodesOf(value);
    else if (name.endsWith('Html')) props[name.replace(/Html$/, 'Text')] = nodesOf(value);
  }
  return props;
}

function itemOf(item: Json): unknown {
  if (Array.isArray(item)) return item.map(itemOf);
  // What the macros pass over, `''` and `{}`, our types refuse; what may be left out is false, null or undefined.
  if (item === '' || (isObject(item) && Object.keys(item).length === 0)) return null;
  return isObject(item) ? propsOf(item) : item;
}
