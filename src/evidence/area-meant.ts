import { done, parseAreaCode, refused, type Outcome } from '../duty/index.ts';
import type { AreaBook, BookArea } from './area-book.ts';

/** The one area that a name or a code means; or those that it could mean. */
export function areaMeant(
  book: AreaBook,
  words: string,
): Outcome<string, 'not-valid'> & { readonly found?: readonly BookArea[] } {
  // What a list offers is a name and its code: "Blackpool (E06000009)".
  const code = parseAreaCode(/\(([A-Z]\d{8})\)$/.exec(words)?.[1] ?? words);
  if (code.done) return code;
  const found = book.search(words);
  const exact = found.filter(({ name }) => name.toLowerCase() === words.toLowerCase());
  const [one] = exact.length === 1 ? exact : found;
  if (one !== undefined && (exact.length === 1 || found.length === 1)) return done(one.code);
  const sentence =
    words === ''
      ? 'Enter the name or the code of the area'
      : found.length === 0
        ? `No area is called “${words}”. Check the spelling, or enter its code`
        : `Several areas could be “${words}”. Choose one of them`;
  return { ...refused('not-valid', sentence), found };
}
