import type { Ref } from './reference.ts';
import { sameRef } from './reference.ts';

/** A record on the golden thread, as a page names it. */
export interface Knot {
  readonly ref: Ref;
  readonly title: string;
  /** Behind the address of the partnership: `/actions/…`. */
  readonly href: `/${string}`;
  /** How it stands, in a word or two; null where that says nothing. */
  readonly state: string | null;
}

/**
 * What a slice knows of the thread round a record: the record itself, where it is the slice's own, and what of the slice
 * stands before and after it. A slice may know something after a record of another slice, so several answer for one.
 */
export interface ThreadLinks {
  readonly knot: Knot | undefined;
  readonly before: readonly Knot[];
  readonly after: readonly Knot[];
}

export const noLinks: ThreadLinks = { knot: undefined, before: [], after: [] };

/** A record that hangs on nothing, and what it lacks: "an aim". */
export interface Orphan {
  readonly knot: Knot;
  readonly lacks: string;
}

const once = (knots: readonly Knot[]): readonly Knot[] =>
  knots.filter((knot, at) => knots.findIndex(({ ref }) => sameRef(ref, knot.ref)) === at);

/** What all slices know together, each record once; undefined where none of them knows the record itself. */
export function foldLinks(parts: readonly ThreadLinks[]): (ThreadLinks & { readonly knot: Knot }) | undefined {
  const knot = parts.find((part) => part.knot !== undefined)?.knot;
  if (knot === undefined) return undefined;
  const others = (knots: readonly Knot[]) => once(knots).filter(({ ref }) => !sameRef(ref, knot.ref));
  return {
    knot,
    before: others(parts.flatMap(({ before }) => before)),
    after: others(parts.flatMap(({ after }) => after)),
  };
}
