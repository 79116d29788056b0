import { isRefusal } from '../../measures/refusal.ts';

/** As JSON has it: typed arrays as lists. */
export function plain(value: unknown): unknown {
  if (ArrayBuffer.isView(value)) return Array.from(value as Float64Array);
  if (Array.isArray(value)) return typeof value[0] === 'number' ? value : value.map(plain);
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, plain(part)]));
  return value;
}

const mostRows = 60;

type Row = Readonly<Record<string, unknown>>;
const isObject = (value: unknown): value is Row => typeof value === 'object' && value !== null && !Array.isArray(value);
const isScalar = (value: unknown): boolean => typeof value !== 'object' || value === null;
const isEstimate = (value: unknown): value is Row =>
  isObject(value) && 'estimate' in value && 'lower' in value && 'upper' in value;

/** `simulatedMean` → `simulated mean` */
const words = (key: string): string =>
  key.replaceAll(/(?<=[a-z\d])[A-Z](?=[a-z\d])/g, (letter) => ` ${letter.toLowerCase()}`);

function figure(value: unknown): string {
  if (typeof value !== 'number') return typeof value === 'string' || typeof value === 'boolean' ? String(value) : '–';
  if (Number.isInteger(value) && Math.abs(value) < 1e15) return String(value);
  return Number.isFinite(value) ? String(Number(value.toPrecision(6))) : 'no limit';
}

function cell(value: unknown): string {
  if (isRefusal(value)) return value.sentence;
  if (isEstimate(value)) {
    const level = typeof value['level'] === 'number' ? `, ${figure(100 * value['level'])} %` : '';
    return `${figure(value['estimate'])} (${figure(value['lower'])} to ${figure(value['upper'])}${level})`;
  }
  if (Array.isArray(value)) return value.every(isScalar) ? value.map(figure).join(' ') : value.map(cell).join('; ');
  if (isObject(value))
    return Object.entries(value)
      .map(([key, part]) => `${words(key)} ${cell(part)}`)
      .join(', ');
  return figure(value);
}

const numeric = (text: string): boolean => /^[-–\d]/.test(text);

function table(rows: readonly Row[]): string[] {
  const keys = [...new Set(rows.slice(0, mostRows).flatMap((row) => Object.keys(row)))];
  const shown = rows.slice(0, mostRows).map((row) => keys.map((key) => (key in row ? cell(row[key]) : '')));
  const head = keys.map(words);
  const widths = keys.map((_key, k) => Math.max(...[head, ...shown].map((row) => (row[k] ?? '').length)));
  const right = keys.map((_key, k) => shown.every((row) => row[k] === '' || numeric(row[k] ?? '')));
  const line = (row: readonly string[]) =>
    row
      .map((text, k) => (right[k] === true ? text.padStart(widths[k] ?? 0) : text.padEnd(widths[k] ?? 0)))
      .join('  ')
      .trimEnd();
  const more = rows.length - shown.length;
  return [line(head), ...shown.map(line), ...(more > 0 ? [`… and ${more} more rows: --json prints all.`] : [])];
}

/** Lists of the same length stand side by side. */
function sideBySide(lists: readonly (readonly [string, readonly unknown[]])[]): string[][] {
  const byLength = Map.groupBy(lists, ([, values]) => values.length);
  return [...byLength].map(([length, same]) =>
    table(
      Array.from({ length: Math.min(length, mostRows + 1) }, (_, i) => ({
        '#': i,
        ...Object.fromEntries(same.map(([key, values]) => [key, values[i]])),
      })).concat(Array.from({ length: Math.max(0, length - mostRows - 1) }, () => ({ '#': 0 }))),
    ),
  );
}

/** How far below its top a result is shown: what lies deeper is for programs. */
const deepest = 1;

const isMatrix = (value: Row): boolean => 'rows' in value && 'columns' in value && 'values' in value;

/** A result for people: figures, then lists side by side, then tables, each with its name. */
export function resultText(value: unknown): string {
  return blocks(plain(value), '', 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n');
}

function blocks(value: unknown, title: string, depth: number): string[][] {
  if (isRefusal(value)) return [[title === '' ? value.sentence : `${title}: ${value.sentence}`]];
  if (Array.isArray(value)) {
    const heading = title === '' ? [] : [`${title}:`];
    if (value.length === 0) return [[title === '' ? 'none' : `${title}: none`]];
    // A table of lists, such as bands of distance by bands of days.
    if (value.every((each) => Array.isArray(each) && each.every(isObject)))
      return [[...heading, ...table(value.flat().filter(isObject))]];
    if (value.every(isObject)) return [[...heading, ...table(value)]];
    return sideBySide([[title === '' ? 'value' : title, value]]);
  }
  if (!isObject(value)) return [[title === '' ? figure(value) : `${title}: ${figure(value)}`]];
  if (depth > deepest || isMatrix(value)) return [[`${title}: with --json`]];
  if (isEstimate(value) && title !== '') {
    const { estimate: _e, lower: _l, upper: _u, level: _v, ...rest } = value;
    return [[`${title}: ${cell(value)}`], ...(Object.keys(rest).length > 0 ? blocks(rest, title, depth) : [])];
  }
  const entries = Object.entries(value).filter(([key]) => key !== 'method' || title !== '');
  const under = (key: string) => (title === '' ? words(key) : `${title}, ${words(key)}`);
  const short = ([, part]: readonly [string, unknown]) =>
    isScalar(part) || isEstimate(part) || isRefusal(part) || (Array.isArray(part) && part.length === 0);
  const lists = entries.flatMap(([key, part]) =>
    Array.isArray(part) && part.length > 0 && part.every(isScalar) ? [[under(key), part as unknown[]] as const] : [],
  );
  const figures = entries.filter(short);
  const width = Math.max(0, ...figures.map(([key]) => words(key).length));
  const rest = entries.filter(([key, part]) => !short([key, part]) && !lists.some(([name]) => name === under(key)));
  const own = figures.map(([key, part]) => `${words(key).padEnd(width)}  ${Array.isArray(part) ? 'none' : cell(part)}`);
  return [
    ...(own.length > 0 ? [[...(title === '' ? [] : [`${title}:`]), ...own]] : []),
    ...sideBySide(lists),
    ...rest.flatMap(([key, part]) => blocks(part, under(key), depth + 1)),
  ];
}
