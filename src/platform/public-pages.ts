import type { ReadWork } from './database/work.ts';

/** A page of a partnership that everybody may read, as its public home leads there. */
export interface PublicPage {
  readonly words: string;
  /** What is on it, as one sentence. */
  readonly about: string;
  /** Behind the address of the partnership: `/strategy`. */
  readonly href: `/${string}`;
}

/**
 * One row of a slice's table of what it publishes. Each slice exports such a table and knows no other;
 * `src/web/public-pages.ts` puts them together, and the public home of a partnership shows those that have something.
 */
export interface PublicPageRow {
  readonly find: (work: ReadWork<'published'>, partnership: string) => Promise<PublicPage | undefined>;
}
