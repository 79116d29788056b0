/** What a cell of a published table says. A symbol is never zero, and what is blank is neither. */
export type TableCell =
  | { readonly state: 'value'; readonly value: number }
  /** Known to be less than `below`, and not said: `<5`. */
  | { readonly state: 'low'; readonly below: number }
  | { readonly state: 'hidden' | 'confidential' | 'not-available' | 'absent' };

/**
 * Symbols as British official statistics write them: the shorthand in brackets of the Government Analysis Function
 * ("Using symbols in tables", 2017), those of the earlier harmonised list, and what NHS and police tables use.
 */
const symbols = new Map<string, Exclude<TableCell['state'], 'value' | 'low'>>([
  ['', 'absent'],
  ['*', 'hidden'],
  ['**', 'hidden'],
  ['suppressed', 'hidden'],
  ['hidden', 'hidden'],
  ['c', 'confidential'],
  ['[c]', 'confidential'],
  ['confidential', 'confidential'],
  ['-', 'not-available'],
  ['–', 'not-available'],
  ['—', 'not-available'],
  ['--', 'not-available'],
  [':', 'not-available'],
  ['.', 'not-available'],
  ['..', 'not-available'],
  ['...', 'not-available'],
  ['…', 'not-available'],
  ['x', 'not-available'],
  ['[x]', 'not-available'],
  ['z', 'not-available'],
  ['[z]', 'not-available'],
  ['n/a', 'not-available'],
  ['na', 'not-available'],
  ['#n/a', 'not-available'],
]);

const low = /^(<|≤|<=|under|less than|fewer than|up to)\s*(\d{1,6})$|^(\d{1,6}) or (?:fewer|less)$/;
const plain = /^[-+−]?(\d+|\d{1,3}([, \u00a0\u202f]\d{3})+)(\.\d+)?(e[-+]?\d{1,3})?$|^[-+−]?\.\d+$/;

/**
 * Reads a cell: `1,234`, `£12.50`, `(5)` as accountants write -5, `12.5%` as 0.125, and symbols. Undefined for text that
 * is neither.
 */
export function parseTableCell(text: string): TableCell | undefined {
  const word = text.trim().toLowerCase();
  const state = symbols.get(word);
  if (state !== undefined) return { state };
  const [, sign, below, orFewer] = low.exec(word) ?? [];
  if (below !== undefined) return { state: 'low', below: Number(below) + (/^(≤|<=|up to)$/.test(sign ?? '') ? 1 : 0) };
  if (orFewer !== undefined) return { state: 'low', below: Number(orFewer) + 1 };
  const accounting = /^\((.+)\)$/.exec(word)?.[1];
  const bare = (accounting ?? word).replace(/^([-+−]?)£/, '$1');
  const percent = bare.endsWith('%');
  const digits = percent ? bare.slice(0, -1).trim() : bare;
  if (digits.length > 40 || !plain.test(digits)) return undefined;
  const number = Number(digits.replaceAll(/[, \u00a0\u202f]/g, '').replace('−', '-'));
  const value = (accounting === undefined ? number : -number) / (percent ? 100 : 1);
  return Number.isFinite(value) ? { state: 'value', value } : undefined;
}
