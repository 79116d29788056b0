import type { AreaBook } from './area-book.ts';
import { formatOf } from './formats/index.ts';
import { offenceTitle } from './formats/offence-codes.ts';
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
    names: { ...names, ...offenceNames(source, view.rows) },
  };
  return { document, ...about, picture: pictureOf(document, about, outlines) };
}

/** Of offence codes, their titles with the code behind: no area has such a code. */
function offenceNames(source: string, rows: View['rows']): Readonly<Record<string, string>> {
  if (source !== 'force-extract' && source !== 'ho-recorded-crime') return {};
  return Object.fromEntries(
    rows.flatMap(({ category }) => {
      const title = category === undefined ? undefined : offenceTitle(category);
      return category === undefined || title === undefined ? [] : [[category, `${title} (${category})`] as const];
    }),
  );
}
