const entitiesByName: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  ndash: '–',
  mdash: '—',
  rsquo: '’',
  lsquo: '‘',
  rdquo: '”',
  ldquo: '“',
  pound: '£',
  hellip: '…',
  bull: '•',
};

function decoded(whole: string, name: string): string {
  if (!name.startsWith('#')) return entitiesByName[name.toLowerCase()] ?? whole;
  const code = name[1]?.toLowerCase() === 'x' ? Number.parseInt(name.slice(2), 16) : Number.parseInt(name.slice(1), 10);
  const isSafe = code >= 32 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff);
  return isSafe ? String.fromCodePoint(code) : ' ';
}

/**
 * The words of a text that may hold HTML: paragraphs and items of lists become lines, everything else of the markup goes,
 * and so do scripts, styles, and marks that turn the direction of text or hide in it. Never longer than what was given.
 */
export function plainText(given: string): string {
  const looksLikeHtml = /<\/?[a-z!][^<>]*>|&(#\d+|#x[\da-f]+|[a-z]+);/i.test(given);
  const words = looksLikeHtml
    ? given
        .replaceAll(/<(script|style|template)\b[^<>]*>[^]*?(<\/\1\s*>|$)/gi, ' ')
        .replaceAll(/<!--[^]*?(-->|$)/g, ' ')
        .replaceAll(/<li\b[^<>]*>/gi, '\n• ')
        .replaceAll(/<\/?(p|div|br|h[1-6]|ul|ol|tr|table|section|article|blockquote)\b[^<>]*>/gi, '\n')
        .replaceAll(/<\/?[a-z!][^<>]*>/gi, '')
        .replaceAll(/&(#\d{1,7}|#x[\da-f]{1,6}|[a-z]{2,8});/gi, decoded)
    : given;
  return words
    .replaceAll(
      /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g,
      '',
    )
    .replaceAll(/[ \t\u00a0\r]+/g, ' ')
    .replaceAll(/ ?\n ?/g, '\n')
    .replaceAll(/\n{3,}/g, '\n\n')
    .trim();
}

/** What may be about one person in words that anybody can type; names of what was found, never the words. */
export function personalIn(text: string): readonly string[] {
  const found: string[] = [];
  if (/(?<!\d)(?:\+44\s?|0)7\d{3}[\s-]?\d{3}[\s-]?\d{3}(?!\d)/.test(text)) found.push('a mobile number');
  if (/[\w.+-]+@[\w-]+\.[\w.]+/.test(text)) found.push('an email address');
  if (/\b[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z]\s?\d{2}\s?\d{2}\s?\d{2}\s?[A-D]\b/i.test(text))
    found.push('a national insurance number');
  if (/\b\d{3}\s?\d{3}\s?\d{4}\b/.test(text)) found.push('a long number, perhaps an NHS number');
  if (/\b(?:born|date of birth|dob)\b/i.test(text) || /\b\d{1,2}[/.]\d{1,2}[/.](?:19|20)\d{2}\b/.test(text))
    found.push('a date, perhaps of birth');
  if (
    /\b(?:[Mm]y|[Hh]is|[Hh]er|[Tt]heir) (?:son|daughter|child|brother|sister|neighbour|partner|husband|wife)\b[^.]{0,40}\b[A-Z][a-z]+\b/.test(
      text,
    )
  )
    found.push('a person, perhaps by name');
  if (/\b(?:Mr|Mrs|Ms|Miss|Dr)\.? [A-Z][a-z]+/.test(text)) found.push('a person by name');
  if (postcodeIn(text)) found.push('a postcode');
  return found;
}

const postcode = /\b[A-Z]{1,2}\d[A-Z\d]?\s*\d[A-Z]{2}\b/i;
export const postcodeIn = (text: string): boolean => postcode.test(text);

/** A postcode as the tables have it: in capitals, without spaces; undefined where it is none. */
export function postcodeKey(typed: string): string | undefined {
  const key = typed.toUpperCase().replaceAll(/[^A-Z0-9]/g, '');
  return /^[A-Z]{1,2}\d[A-Z\d]?\d[A-Z]{2}$/.test(key) ? key : undefined;
}
