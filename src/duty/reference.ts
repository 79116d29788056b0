import { z } from 'zod';
import { isSlug, isUuid } from './identifier.ts';
import type { Outcome } from './outcome.ts';
import { refused, done } from './outcome.ts';

/** Points at a record without knowing the slice that keeps it: the knots of the golden thread. */
export interface Ref {
  /** What it is, in the singular and in kebab-case: `action`, `needs-assessment`. */
  readonly kind: string;
  /** A UUID, a slug, or the 64 hexadecimal digits of a content hash. */
  readonly id: string;
}

const longestKind = 40;

function isKind(text: string): boolean {
  return text.length <= longestKind && /^[a-z]+(?:-[a-z]+)*$/.test(text);
}

function isId(text: string): boolean {
  return isUuid(text) || isSlug(text) || /^[0-9a-f]{64}$/.test(text);
}

export const refSchema: z.ZodType<Ref> = z.strictObject({
  kind: z.string().refine(isKind, 'Name the kind of record in lower case, such as action'),
  id: z.string().refine(isId, 'Use the identifier or the short name of the record'),
});

/** `action/0190a5e4-…`, the form that addresses and audit entries carry. */
export function formatRef(ref: Ref): string {
  return `${ref.kind}/${ref.id}`;
}

export function parseRef(text: string): Outcome<Ref, 'not-valid'> {
  const slash = text.indexOf('/');
  const kind = text.slice(0, Math.max(slash, 0));
  const id = text.slice(slash + 1);
  if (isKind(kind) && isId(id)) return done({ kind, id });
  return refused('not-valid', 'Enter a reference as kind/identifier, such as strategy/2024-to-2027');
}

export function sameRef(a: Ref, b: Ref): boolean {
  return a.kind === b.kind && a.id === b.id;
}
