type Attributes = Readonly<Record<string, string | number | undefined>>;

/** Stands before the name of every id until the whole drawing is known. Text cannot hold it: `escaped` takes it out. */
export const idMark = '\u0001';

/** What XML 1.0 has no place for, and marks that turn the direction of everything behind them. */
const unwritable = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u202a-\u202e\ufffe\uffff]/g;
const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Text of others as XML may hold it. */
export const escaped = (text: string): string => quoted(text.toWellFormed().replace(unwritable, ''));

/** Attributes are words of ours, among them the mark of ids. */
const quoted = (words: string): string => words.replace(/[&<>"]/g, (sign) => entities[sign] ?? sign);

/** A length in the drawing: tenths of a pixel are enough for the eye, and keep the last digits of a machine's sine out of the bytes. */
export function pixels(length: number): string {
  if (!Number.isFinite(length)) throw new RangeError(`not a length: ${length}`);
  return String(Math.round(length * 10) / 10 || 0);
}

/** An element. Numbers are lengths; only presentation attributes are used, as a strict content policy takes away inline styles. */
export function element(name: string, attributes: Attributes, ...children: readonly string[]): string {
  let start = `<${name}`;
  for (const [key, value] of Object.entries(attributes)) {
    if (value === undefined) continue;
    start += ` ${key}="${typeof value === 'number' ? pixels(value) : quoted(value)}"`;
  }
  return children.length === 0 ? `${start}/>` : `${start}>${children.join('')}</${name}>`;
}

export const group = (attributes: Attributes, ...children: readonly string[]): string =>
  element('g', attributes, ...children);

export const line = (x1: number, y1: number, x2: number, y2: number, attributes: Attributes): string =>
  element('line', { x1, y1, x2, y2, ...attributes });

export const rectangle = (x: number, y: number, width: number, height: number, attributes: Attributes): string =>
  element('rect', { x, y, width: Math.max(0, width), height: Math.max(0, height), ...attributes });

/** A way through points: `M1 2L3 4`. */
export const wayThrough = (points: readonly (readonly [number, number])[]): string =>
  points.map(([x, y], index) => `${index === 0 ? 'M' : 'L'}${pixels(x)} ${pixels(y)}`).join('');

interface TextOptions {
  readonly size: number;
  readonly anchor?: 'start' | 'middle' | 'end' | undefined;
  readonly isBold?: boolean | undefined;
  readonly fill?: string | undefined;
  /** A white edge, for text that lies on lines. */
  readonly hasHalo?: boolean | undefined;
  readonly transform?: string | undefined;
}

/** A line of text; `y` is its base line. */
export function text(x: number, y: number, words: string, options: TextOptions): string {
  const halo = options.hasHalo
    ? { 'paint-order': 'stroke', stroke: '#ffffff', 'stroke-width': 3, 'stroke-linejoin': 'round' }
    : {};
  return element(
    'text',
    {
      x,
      y,
      'font-size': options.size,
      'text-anchor': options.anchor === 'start' ? undefined : options.anchor,
      'font-weight': options.isBold ? '700' : undefined,
      fill: options.fill,
      transform: options.transform,
      ...halo,
    },
    escaped(words),
  );
}

/** Lines of text one under another; `y` is the base line of the first. */
export const textLines = (
  x: number,
  y: number,
  lines: readonly string[],
  lineHeight: number,
  options: TextOptions,
): readonly string[] => lines.map((words, index) => text(x, y + index * lineHeight, words, options));
