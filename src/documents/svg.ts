/** A part of a picture: an element of SVG with its attributes, in the order of the file. */
export interface SvgElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly (SvgElement | string)[];
}

/** What draws, and nothing that runs, loads or leads elsewhere. */
const elements = new Set(
  (
    'svg g title desc defs pattern clipPath linearGradient radialGradient stop marker mask symbol ' +
    'path rect circle ellipse line polyline polygon text tspan'
  ).split(' '),
);
const attribute = /\s+([A-Za-z_][\w:.-]*)\s*=\s*(?:"([^"<]*)"|'([^'<]*)')/y;
const opening = /<([A-Za-z][\w:.-]*)/y;
const closing = /<\/([A-Za-z][\w:.-]*)\s*>/y;
const skipped = /<\?xml[^>]*\?>|<!--[\s\S]*?-->/y;
const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
const deepest = 100;

function unescaped(text: string): string {
  return text.replace(
    /&(?:#x([\da-f]{1,6})|#(\d{1,7})|(\w+));/gi,
    (whole, hex?: string, decimal?: string, name?: string) => {
      if (name !== undefined) return entities[name] ?? whole;
      const point = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
      return point > 0x1f && point <= 0x10ffff && !(point >= 0xd800 && point <= 0xdfff)
        ? String.fromCodePoint(point)
        : '';
    },
  );
}

/** Why a picture may not have this attribute. */
function attributeFault(name: string, value: string): string | undefined {
  if (/^on/i.test(name)) return 'it holds a script';
  if (/^(style|class)$/i.test(name)) return 'it holds a style, which pages refuse';
  if (/(^|:)href$/i.test(name) || /^(src|base)$/i.test(name)) return 'it leads to another address';
  if (/url\(\s*(?!#[\w.-]+\s*\))/i.test(value)) return 'it loads from another address';
  return undefined;
}

/** Reads an SVG file as a tree. A sentence says why it cannot stand in a document: not well formed, or not only drawing. */
export function readSvg(svg: string): { readonly root: SvgElement } | { readonly fault: string } {
  let at = 0;
  const match = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at;
    const found = pattern.exec(svg);
    if (found !== null) at = pattern.lastIndex;
    return found;
  };
  const open: { name: string; attributes: Record<string, string>; children: (SvgElement | string)[] }[] = [];
  let root: SvgElement | undefined;
  while (at < svg.length) {
    if (svg[at] !== '<') {
      const end = svg.indexOf('<', at);
      const text = svg.slice(at, end < 0 ? svg.length : end);
      at += text.length;
      const inside = open.at(-1);
      if (inside !== undefined) inside.children.push(unescaped(text));
      else if (text.trim() !== '') return { fault: 'it has text outside of the drawing' };
      continue;
    }
    if (match(skipped) !== null) continue;
    const closes = match(closing);
    if (closes !== null) {
      if (open.pop()?.name !== closes[1]) return { fault: `it closes ${closes[1] ?? ''} where that is not open` };
      continue;
    }
    const opens = match(opening);
    if (opens === null) return { fault: 'it is not well-formed XML' };
    const name = opens[1] ?? '';
    if (!elements.has(name)) return { fault: `it holds an element that is no drawing: ${name.slice(0, 40)}` };
    if (open.length === 0 && (root !== undefined || name !== 'svg')) return { fault: 'it is not one drawing' };
    if (open.length > deepest) return { fault: 'it is nested too deeply' };
    const attributes: Record<string, string> = {};
    for (let found = match(attribute); found !== null; found = match(attribute)) {
      const [, key = '', double, single] = found;
      const value = unescaped(double ?? single ?? '');
      const fault = attributeFault(key, value);
      if (fault !== undefined) return { fault };
      if (Object.hasOwn(attributes, key)) return { fault: `it says ${key} twice` };
      attributes[key] = value;
    }
    const ends = match(/\s*(\/?)>/y);
    if (ends === null) return { fault: 'it is not well-formed XML' };
    const element = { name, attributes, children: [] };
    open.at(-1)?.children.push(element);
    root ??= element;
    if (ends[1] !== '/') open.push(element);
  }
  if (root === undefined || open.length > 0) return { fault: 'it is not complete' };
  return { root };
}

/** Width and height in pixels, as the file says them or its view box does; 640 by 400 where neither is a size. */
export function svgSize({ attributes }: SvgElement): { readonly width: number; readonly height: number } {
  const [, , boxWidth, boxHeight] = (attributes['viewBox'] ?? '').split(/[\s,]+/).map(Number);
  const size = (said: string | undefined, box: number | undefined): number => {
    const length = Number.parseFloat(said ?? '');
    if (Number.isFinite(length) && length > 0 && !said?.endsWith('%')) return length;
    return box !== undefined && Number.isFinite(box) && box > 0 ? box : 0;
  };
  const [width, height] = [size(attributes['width'], boxWidth), size(attributes['height'], boxHeight)];
  return width > 0 && height > 0 ? { width, height } : { width: 640, height: 400 };
}

/** The drawing of a picture that was checked. Throws with the sentence where it was not. */
export function drawingOf({ id, svg }: { readonly id: string; readonly svg: string }): SvgElement {
  const read = readSvg(svg);
  if ('fault' in read) throw new RangeError(`The picture ${id} cannot stand in a document: ${read.fault}`);
  return read.root;
}
