import type { AreaBook } from './area-book.ts';
import { formatOf } from './formats/index.ts';
import { documentOf, type ViewShown } from './view-document.ts';
import { pictureOf } from './view-picture.ts';
import type { Boundary } from './reference-boundaries.ts';
import type { View } from './view.ts';

/**
 * All that is shown of a view.
 * @param code version of Concord that worked the figure out
 * @param outlines of the areas by which it is broken down, as far as they are loaded
 */
export function shownOf(
  view: View,
  code: string,
  book: Pick<AreaBook, 'find'>,
  outlines: readonly Boundary[] = [],
): ViewShown {
  const document = documentOf(view, code);
  const { source, distinct } = view.figure.question;
  const format = formatOf(source);
  const areas = new Set([document.area, ...view.rows.flatMap(({ area }) => (area === undefined ? [] : [area]))]);
  const names = Object.fromEntries(
    [...areas].flatMap((code) => {
      const name = book.find(code)?.name;
      return name === undefined ? [] : [[code, name] as const];
    }),
  );
  const about = {
    source: { title: format.title, counts: distinct ? 'different Crime IDs' : format.counts.many },
    names,
  };
  return { document, ...about, picture: pictureOf(document, about, outlines) };
}
