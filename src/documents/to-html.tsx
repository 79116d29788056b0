import { readFileSync } from 'node:fs';
import type { ComponentChildren } from 'preact';
import { written } from './arrangement.ts';
import type { DocumentModel } from './model.ts';
import { DocumentParts } from './parts.tsx';

const file = (name: string): string => readFileSync(new URL(name, import.meta.url), 'utf8');

/** Rules for the class names of `DocumentParts`, on screen and in print. */
export const documentStyles: string = file('document.css');
const pageStyles = file('page.css');

export interface HtmlOptions {
  /** Writes nodes as HTML, with every text of others escaped. */
  readonly render: (node: ComponentChildren) => string;
  /** The typeface as WOFF2, so that the file looks alike on every machine. Without it the reader's own sans serif is used. */
  readonly fonts?: { readonly regular: Uint8Array; readonly bold: Uint8Array } | undefined;
}

const face = (weight: string, woff2: Uint8Array): string =>
  `@font-face{font-family:'Source Sans 3';font-weight:${weight};src:url(data:font/woff2;base64,${Buffer.from(woff2).toString('base64')}) format('woff2')}`;

/** Style as the content of an element: whoever writes nodes escapes three signs, which would not be undone there. */
function styleText(sheets: readonly string[]): string {
  const css = sheets.join('\n');
  if (/["&<]/.test(css)) throw new Error('A style sheet of documents holds a sign that HTML escapes');
  return css;
}

/**
 * A document as one HTML file that opens from a folder: style, typeface and pictures inside, no script, nothing from a network.
 * The same model gives the same bytes.
 *
 * @throws RangeError as `DocumentParts`
 */
export function toHtml(model: DocumentModel, { render, fonts }: HtmlOptions): string {
  const faces = fonts === undefined ? [] : [face('400', fonts.regular), face('600 900', fonts.bold)];
  const marking = <strong>{written(model.marking)}</strong>;
  const page = (
    <html lang="en-GB">
      <head>
        <meta charset="utf-8" />
        <title>{`${written(model.title)} – ${written(model.publisher)}`}</title>
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="dcterms.date" content={model.asOf} />
        <style>{styleText([...faces, pageStyles, documentStyles])}</style>
      </head>
      <body>
        <header>
          <a class="concord-page__skip" href="#main-content">
            Skip to the text
          </a>
          <p class="concord-page__marking">{marking}</p>
        </header>
        <main id="main-content">
          <DocumentParts model={model} />
        </main>
        <footer>
          <p class="concord-page__marking">{marking}</p>
        </footer>
      </body>
    </html>
  );
  return `<!doctype html>\n${render(page)}\n`;
}
