const here = 'http://inside';

/**
 * An address inside Concord as a browser will read it, or undefined. The browser's own parser decides, for `//elsewhere`,
 * `/\elsewhere`, `/.//elsewhere` and `/<tab>/elsewhere` all lead to others.
 */
export function insideAddress(text: string): string | undefined {
  if (!text.startsWith('/') || !URL.canParse(text, here)) return undefined;
  const { origin, href } = new URL(text, here);
  const address = href.slice(here.length);
  return origin === here && !address.startsWith('//') ? address : undefined;
}
