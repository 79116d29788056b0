import { WrongUse } from '../command.ts';
import { named } from './input-text.ts';

/** No method takes an input deeper than five levels. */
const deepest = 32;
/** Lists, objects and fields: each costs many times its length in memory. Numbers do not count. */
const mostParts = 1_000_000;

/** @throws WrongUse that names the line */
export function readJson(file: string, text: string): unknown {
  refuseCostly(file, text);
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    if (text.trim() === '') throw new WrongUse(`${named(file)} is empty: it must hold a JSON document.`);
    const at = /line (\d+) column (\d+)/.exec((error as Error).message);
    const place = at === null ? placeOf(text, faultAt(text)) : { line: at[1] ?? '', column: at[2] ?? '' };
    throw new WrongUse(
      `${named(file)} is not JSON: it cannot be read from line ${place.line}, column ${place.column} on.`,
    );
  }
}

function placeOf(text: string, at: number): { line: number; column: number } {
  return { line: linesIn(text, at), column: at - text.lastIndexOf('\n', at - 1) };
}

/** Where a text stops being JSON: for a character out of place the engine says what it is, and not where. */
function faultAt(text: string): number {
  let at = 0;
  const skipSpace = () => {
    while (/[ \t\r\n]/.test(text[at] ?? '')) at += 1;
  };
  const isNext = (character: string): boolean => {
    skipSpace();
    if (text[at] !== character) return false;
    at += 1;
    return true;
  };
  const string = (): boolean => {
    skipSpace();
    if (text[at] !== '"') return false;
    at = endOfString(text, at) + 1;
    return at <= text.length;
  };
  const members = (close: string, member: () => boolean): boolean => {
    if (isNext(close)) return true;
    do if (!member()) return false;
    while (isNext(','));
    return isNext(close);
  };
  const value = (): boolean => {
    skipSpace();
    if (isNext('{')) return members('}', () => string() && isNext(':') && value());
    if (isNext('[')) return members(']', value);
    if (text[at] === '"') return string();
    const word = /(?:-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)/y;
    word.lastIndex = at;
    if (!word.test(text)) return false;
    at = word.lastIndex;
    return true;
  };
  if (value()) skipSpace();
  return Math.min(at, text.length);
}

const linesIn = (text: string, to: number): number => {
  let lines = 1;
  for (let at = text.indexOf('\n'); at !== -1 && at < to; at = text.indexOf('\n', at + 1)) lines += 1;
  return lines;
};

// Before parsing, for then it would be too late.
function refuseCostly(file: string, text: string): void {
  let depth = 0;
  let parts = 0;
  for (let i = 0; i < text.length; i += 1) {
    const code = text.charCodeAt(i);
    if (code === 0x22) i = endOfString(text, i);
    else if (code === 0x5b || code === 0x7b) {
      depth += 1;
      parts += 1;
      if (depth > deepest)
        throw new WrongUse(
          `Line ${linesIn(text, i)} of ${named(file)} is nested deeper than ${deepest} levels, the most that is read.`,
        );
    } else if (code === 0x5d || code === 0x7d) depth -= 1;
    else if (code === 0x3a) parts += 1;
    if (parts > mostParts)
      throw new WrongUse(
        `${named(file)} has more than a million lists, objects and fields, the most that is read. Give it as .csv.`,
      );
  }
}

/** The place of the quotation mark that closes the string that opens here. */
function endOfString(text: string, from: number): number {
  let at = from + 1;
  while (at < text.length && text[at] !== '"') at += text[at] === '\\' ? 2 : 1;
  return at;
}

/** The line of a JSON text on which the value with this path stands, or the value that lacks it. */
export function lineOfPath(text: string, path: readonly PropertyKey[]): number {
  let at = 0;
  const skipSpace = () => {
    while (/\s/.test(text[at] ?? '')) at += 1;
  };
  const skipValue = () => {
    let depth = 0;
    for (; at < text.length; at += 1) {
      const character = text[at] ?? '';
      if (character === '"') at = endOfString(text, at);
      else if (character === '[' || character === '{') depth += 1;
      else if (character === ']' || character === '}') {
        if (depth === 0) return;
        depth -= 1;
      } else if (character === ',' && depth === 0) return;
    }
  };
  for (const step of path) {
    skipSpace();
    const outside = at;
    at += 1;
    let found = false;
    for (let index = 0; at < text.length; index += 1) {
      skipSpace();
      if (text[at] === ']' || text[at] === '}') break;
      if (typeof step === 'number') found = index === step;
      else {
        const close = endOfString(text, at);
        found = text.slice(at, close + 1) === JSON.stringify(step);
        at = close + 1;
        skipSpace();
        at += 1;
      }
      if (found) break;
      skipValue();
      if (text[at] === ',') at += 1;
    }
    if (!found) {
      at = outside;
      break;
    }
  }
  skipSpace();
  return linesIn(text, at);
}
