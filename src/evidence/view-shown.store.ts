import type { ReadWork } from '../platform/database/work.ts';
import type { Releases } from '../platform/releases/ask.ts';
import type { AreaBook } from './area-book.ts';
import { outlinesOf } from './boundary.store.ts';
import type { ViewShown } from './view-document.ts';
import { shownOf } from './view-shown.ts';
import type { View } from './view.ts';

/** All that is shown of a view, with a map where it is broken down by area and their outlines are loaded. */
export async function showView(
  work: ReadWork<'evidence'>,
  view: View,
  { code, book, releases }: { readonly code: string; readonly book: AreaBook; readonly releases: Releases },
): Promise<ViewShown> {
  const isByArea = view.figure.question.by.length === 1 && view.figure.question.by[0] === 'area';
  const areas = isByArea ? view.rows.flatMap(({ area }) => (typeof area === 'string' ? [area] : [])) : [];
  const { boundaries } = areas.length === 0 ? { boundaries: [] } : await outlinesOf(work, releases.folder, areas, book);
  return shownOf(view, code, book, boundaries);
}
