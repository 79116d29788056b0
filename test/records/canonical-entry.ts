import { createHash } from 'node:crypto';

type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json };

/**
 * Canonical JSON by the words of RFC 8785, written again here so that a test has something to compare with: names in
 * order of their UTF-16 code units, no space, in strings only what section 3.2.2.2 names is escaped.
 */
export function canonicalText(value: Json): string {
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'number') {
    if (!Number.isSafeInteger(value)) throw new RangeError('an entry holds whole numbers only');
    return String(value);
  }
  if (typeof value === 'string') return quoted(value);
  if (Array.isArray(value)) return `[${value.map(canonicalText).join(',')}]`;
  const members = Object.entries(value as Readonly<Record<string, Json>>).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${members.map(([name, member]) => `${quoted(name)}:${canonicalText(member)}`).join(',')}}`;
}

const short: Readonly<Record<number, string>> = { 8: 'b', 9: 't', 10: 'n', 12: 'f', 13: 'r', 34: '"', 92: '\\' };

function quoted(text: string): string {
  let out = '';
  for (let k = 0; k < text.length; k += 1) {
    const unit = text.charCodeAt(k);
    if (short[unit] !== undefined) out += `\\${short[unit]}`;
    else if (unit < 0x20) out += `\\u00${unit < 16 ? '0' : '1'}${'0123456789abcdef'.charAt(unit % 16)}`;
    else out += text.charAt(k);
  }
  return `"${out}"`;
}

/** The hash of an entry by the words of the contract: SHA-256 of `prev` followed by the entry without `hash`. */
export function contractHash(entry: { readonly [name: string]: Json; readonly prev: string }): string {
  const without = Object.fromEntries(Object.entries(entry).filter(([name]) => name !== 'hash'));
  return createHash('sha256')
    .update(`${entry.prev}${canonicalText(without)}`, 'utf8')
    .digest('hex');
}
