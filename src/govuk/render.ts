import { Fragment, isValidElement, type ComponentChildren, type FunctionComponent, type VNode } from 'preact';

/**
 * The HTML of a page's nodes. Our pages are functions from a model to nodes, rendered once: no state, no hooks, no context,
 * no handlers. So this writes exactly what Preact's own renderer writes for them (`render.test.tsx` holds the two together)
 * in a third of its time, and refuses what such a page cannot mean.
 *
 * @throws on a class component, a handler, an object as an attribute, or an attribute that is not spelled as in HTML
 */
export function render(node: ComponentChildren): string {
  if (typeof node === 'string') return escaped(node);
  if (node === null || node === undefined || typeof node === 'boolean') return '';
  if (typeof node !== 'object') return String(node);
  if (Array.isArray(node)) {
    let html = '';
    for (const child of node as readonly ComponentChildren[]) html += render(child);
    return html;
  }
  // What JSX made carries a mark that nothing read from a form or the records can carry; any other object prints nothing.
  return isValidElement(node) ? nodeHtml(node) : '';
}

type Props = Readonly<Record<string, unknown>> & { readonly children?: ComponentChildren };

function nodeHtml({ type, props }: VNode<Props>): string {
  if (typeof type === 'string') return elementHtml(type, props);
  if (type === Fragment) return render(props.children);
  return render((type as FunctionComponent<Props>)(props));
}

function elementHtml(name: string, props: Props): string {
  const tag = tagOf(name);
  let start: Start = tag;
  let attributes = '';
  let content: string | undefined;
  for (const attribute in props) {
    if (attribute === 'children') continue;
    const value = props[attribute];
    if (attribute === 'class' && attributes === '' && typeof value === 'string') start = classed(tag, value);
    else if (attribute === 'dangerouslySetInnerHTML') content = (value as { readonly __html: string }).__html;
    else if (attribute === 'value' && name === 'textarea') content = render(value as ComponentChildren);
    else attributes += attributeHtml(attribute, value);
  }
  content ??= render(props.children);
  if (content === '' && tag.isVoid) return `${start.open}${attributes}/>`;
  return (attributes === '' ? start.whole : `${start.open}${attributes}>`) + content + tag.end;
}

function attributeHtml(name: string, value: unknown): string {
  if (value === undefined || value === null) return '';
  if (typeof value === 'string' || typeof value === 'number')
    return value === '' ? bare(name) : written(name) + escaped(String(value)) + '"';
  if (typeof value !== 'boolean') throw new TypeError(`The attribute “${name}” is neither text nor a number.`);
  if (isEnumerated(name)) return `${written(name)}${value}"`;
  return value ? bare(name) : '';
}

/** Its states are the words true and false (`aria-…`, `data-…`), where the mere presence of another means true. */
const isEnumerated = (name: string): boolean => name.includes('-') || name === 'draggable' || name === 'spellcheck';

/** How an attribute begins in the page, such as ` class="`; looked at once for each name, not each time. */
const attributeStarts = new Map<string, string>();
const mostAttributes = 2_000;
/** What SVG spells with capitals; and one name of HTML, where they do not matter, that JSX spells so. */
const spelledWithCapitals = new Set(
  (
    'dateTime viewBox preserveAspectRatio gradientUnits gradientTransform patternUnits patternTransform ' +
    'patternContentUnits clipPathUnits maskUnits maskContentUnits markerWidth markerHeight markerUnits refX refY ' +
    'textLength lengthAdjust startOffset spreadMethod pathLength'
  ).split(' '),
);

function written(name: string): string {
  const known = attributeStarts.get(name);
  if (known !== undefined) return known;
  if (!/^[a-z][\w:.-]*$/i.test(name) || (/[A-Z]/.test(name) && !spelledWithCapitals.has(name)))
    throw new TypeError(`Write the attribute “${name}” as HTML does.`);
  const start = ` ${name === 'dateTime' ? 'datetime' : name}="`;
  if (attributeStarts.size < mostAttributes) attributeStarts.set(name, start);
  return start;
}

const bare = (name: string): string => written(name).slice(0, -2);

/** The beginning of a start tag, and the same where nothing more comes: `<p class="govuk-body"` and `<p class="govuk-body">`. */
interface Start {
  readonly open: string;
  readonly whole: string;
}

interface Tag extends Start {
  readonly end: string;
  /** Has no content and no end tag. */
  readonly isVoid: boolean;
  readonly byClass: Map<string, Start>;
}

const tags = new Map<string, Tag>();
const mostTags = 500;
const mostClasses = 200;
const voids = new Set('area base br col embed hr img input link meta param source track wbr'.split(' '));

function tagOf(name: string): Tag {
  const known = tags.get(name);
  if (known !== undefined) return known;
  if (!/^[a-z][\w-]*$/i.test(name)) throw new TypeError(`“${name}” is not the name of an element.`);
  const tag = {
    open: `<${name}`,
    whole: `<${name}>`,
    end: `</${name}>`,
    isVoid: voids.has(name),
    byClass: new Map<string, Start>(),
  };
  if (tags.size < mostTags) tags.set(name, tag);
  return tag;
}

/** A long page says a few of these hundreds of times. A string made of fewer pieces is also sent sooner. */
function classed(tag: Tag, names: string): Start {
  const known = tag.byClass.get(names);
  if (known !== undefined) return known;
  const open = tag.open + attributeHtml('class', names);
  const start = { open, whole: `${open}>` };
  if (tag.byClass.size < mostClasses) tag.byClass.set(names, start);
  return start;
}

const mustEscape = /["&<]/;
const entities: Readonly<Record<string, string>> = { '"': '&quot;', '&': '&amp;', '<': '&lt;' };
const escaped = (text: string): string =>
  mustEscape.test(text) ? text.replace(/["&<]/g, (sign) => entities[sign] ?? sign) : text;
