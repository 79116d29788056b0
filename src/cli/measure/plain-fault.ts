import type { z } from 'zod';
import { quoted } from './columns.ts';

const wanted: Readonly<Record<string, string>> = {
  number: 'a number',
  int: 'a whole number',
  string: 'a text',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  null: 'null',
};

/** `bands[3].events` */
export const pathText = (path: readonly PropertyKey[]): string =>
  path.map((step, i) => (typeof step === 'number' ? `[${step}]` : `${i > 0 ? '.' : ''}${String(step)}`)).join('');

const at = (value: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>(
    (inside, step) =>
      typeof inside === 'object' && inside !== null && Object.hasOwn(inside, step)
        ? (inside as Record<PropertyKey, unknown>)[step]
        : undefined,
    value,
  );

function seen(value: unknown): string {
  if (typeof value === 'string') return `the text ${quoted(value)}`;
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object' && value !== null ? 'an object' : String(value);
}

/** What would be right, or nothing when there is no saying. */
function need(issue: z.core.$ZodIssue): string | undefined {
  switch (issue.code) {
    case 'invalid_type':
      return wanted[issue.expected];
    case 'invalid_value':
      return issue.values.length === 1 ? String(issue.values[0]) : `one of ${issue.values.map(String).join(', ')}`;
    case 'too_small':
      return `a number of at least ${String(issue.minimum)}`;
    case 'too_big':
      return `a number of at most ${String(issue.maximum)}`;
    case 'invalid_union': {
      const each = issue.errors.flatMap(([first]) => (first === undefined ? [] : [need(first) ?? []].flat()));
      return [...new Set(each)].join(' or ');
    }
    case 'invalid_format':
      return 'Infinity';
    default:
      return undefined;
  }
}

/** A fault that Zod found, in a sentence without a full stop: what is wrong with which field. */
export function plainFault(issue: z.core.$ZodIssue, input: unknown, fields: readonly string[]): string {
  const name = pathText(issue.path) || 'the input';
  if (issue.code === 'unrecognized_keys')
    return `there is no field ${issue.keys.slice(0, 5).map(quoted).join(', ')}${issue.path.length > 0 ? ` in ${name}` : `: the fields are ${fields.join(', ')}`}`;
  const value = at(input, issue.path);
  if (value === undefined) return `${name} is missing`;
  const right = need(issue);
  return right === undefined ? `${name}: ${issue.message}` : `${name}: ${right} is needed, and this is ${seen(value)}`;
}
