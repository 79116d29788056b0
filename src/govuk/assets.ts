import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { gzipSync } from 'node:zlib';
import { webFont } from './web-font.ts';

/** The address at which a browser finds a file of ours, by its name. */
export type AssetHref = (name: string) => string;

export interface Asset {
  readonly name: string;
  /** Holds a hash of the bytes, so that it may be kept for ever. */
  readonly href: string;
  readonly type: string;
  readonly bytes: Uint8Array;
  /** The same for those who accept gzip, where that is worth it: fonts are packed already. */
  readonly gzip?: Uint8Array;
}

const { resolve } = createRequire(import.meta.url);
const installed = (file: string) => readFileSync(resolve(file));
const ours = (file: string) => readFileSync(new URL(file, import.meta.url), 'utf8');

const fontStack = '"Source Sans 3",Arial,sans-serif';

/** Replaces what must be there: an upgrade that no longer has it is seen at once, not by a missing font. */
function replaceEach(text: string, wanted: string | RegExp, by: string): string {
  const replaced = text.replaceAll(wanted, by);
  if (replaced === text) throw new Error(`govuk-frontend no longer holds ${String(wanted)}`);
  return replaced;
}

function withHrefs(text: string, assetHref: AssetHref): string {
  return text.replaceAll(/asset:([\w.-]+)/g, (_match, name: string) => assetHref(name));
}

/** govuk-frontend's own stylesheet without what is only for GOV.UK: its font and the crest. */
function govukStyles(): string {
  let css = installed('govuk-frontend/dist/govuk/govuk-frontend.min.css').toString('utf8');
  css = replaceEach(css, /@font-face\{[^}]*\}/g, '');
  css = replaceEach(css, 'font-family:GDS Transport,arial,sans-serif', `font-family:${fontStack}`);
  css = replaceEach(css, 'font-family:sans-serif', `font-family:${fontStack}`); // in print
  css = replaceEach(css, 'url(/assets/images/govuk-crest.svg)', 'none');
  css = replaceEach(css, /\/\*# sourceMappingURL=.*?\*\//g, '');
  // 19 pixels at any width there; here 16 on a phone.
  css = replaceEach(css, 'line-height:1.3157894737', 'line-height:var(--concord-body-line)');
  return replaceEach(css, 'font-size:1.1875rem', 'font-size:var(--concord-body-size)');
}

export function stylesheet(assetHref: AssetHref, further = ''): Uint8Array {
  return Buffer.from(`${govukStyles()}\n${withHrefs(ours('concord.css'), assetHref)}\n${further}`);
}

/** The script that stands first in the body: see `concord.js`. */
export function script(assetHref: AssetHref): Uint8Array {
  return Buffer.from(withHrefs(ours('concord.js'), assetHref));
}

/** Source Sans 3 as WOFF2, for what has to hold its own typeface. Made at each call: ask once. */
export function webFonts(): { readonly regular: Uint8Array; readonly bold: Uint8Array } {
  const font = (style: string) =>
    webFont(installed(`@expo-google-fonts/source-sans-3/${style}/SourceSans3_${style}.ttf`));
  return { regular: font('400Regular'), bold: font('700Bold') };
}

/**
 * Every file that our pages ask for, each under an address with its hash, in the order in which they name each other:
 * those that a stylesheet or a script points to come before it. Read from the disk at each call: ask once. `further` are rules
 * of others for what stands inside of our pages.
 */
export function assets(base = '/assets', further = ''): readonly Asset[] {
  const made: Asset[] = [];
  const href: AssetHref = (name) => {
    const found = made.find((asset) => asset.name === name);
    if (!found) throw new Error(`no asset named ${name}`);
    return found.href;
  };
  const add = (name: string, type: string, bytes: Uint8Array) => {
    const hash = createHash('sha256').update(bytes).digest('hex').slice(0, 16);
    const href = `${base}/${name.replace(/(?=\.[^.]+$)/, `.${hash}`)}`;
    made.push({ name, type, bytes, href, ...(!type.startsWith('font/') && { gzip: gzipSync(bytes, { level: 9 }) }) });
  };
  const { regular, bold } = webFonts();
  add('source-sans-3-regular.woff2', 'font/woff2', regular);
  add('source-sans-3-bold.woff2', 'font/woff2', bold);
  const govuk = installed('govuk-frontend/dist/govuk/govuk-frontend.min.js').toString('utf8');
  add('govuk-frontend.min.js', 'text/javascript', Buffer.from(govuk.replace(/\/\/# sourceMappingURL=.*\s*$/, '')));
  add('concord.svg', 'image/svg+xml', Buffer.from(ours('concord.svg')));
  add('concord.css', 'text/css', stylesheet(href, further));
  add('concord.js', 'text/javascript', script(href));
  return made;
}
