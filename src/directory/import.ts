import { addMonths, isIsoDate, type IsoDate } from '../duty/index.ts';
import { ownTaxonomies, publishedTerm, termsOf } from './prevention-terms.ts';
import { preventionSchema, type Prevention } from './prevention.ts';
import { idOf, stableId } from './standard-1.ts';
import { listIn, objectIn, textIn, type StandardObject } from './standard.ts';

/** Most services of one import: as many as a region has, and a bound for memory. */
export const mostImported = 200_000;

/** Most pages of one feed that are asked for. */
export const mostPages = 2_000;

/** The address of another page of a feed: HSDS-UK 3.0 and 1.0 both count from 1 in `page`. */
export function nextPage(address: string, page: number): URL {
  const url = new URL(address);
  url.searchParams.set('page', String(page));
  return url;
}

/** From where, as the records keep it: without a query or a name and password, which may be a secret. */
export function originOf(address: string): string {
  const { origin, pathname } = new URL(address);
  return `${origin}${pathname}`.slice(0, 500);
}

/** A service of a feed and the id under which it is kept. */
export interface Incoming {
  readonly id: string;
  readonly document: StandardObject;
  /** Another service before it in the feed has the same id: it is kept beside, and shown to nobody until somebody decides. */
  readonly isRepeated: boolean;
}

export type ReadFeed =
  | { readonly services: readonly Incoming[]; readonly repeated: number }
  /** Why nothing was imported, in a sentence. */
  | { readonly fault: string };

const isObject = (value: unknown): value is StandardObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The services of one file or answer: a page of HSDS-UK 3.0 or 1.0, a list, one service, or one object a line. */
export function servicesIn(text: string): readonly unknown[] | { readonly fault: string } {
  const trimmed = text.replace(/^\uFEFF/, '').trim();
  if (trimmed === '') return { fault: 'is empty' };
  let value: unknown;
  try {
    value = JSON.parse(trimmed);
  } catch (error) {
    const lines = trimmed.split('\n');
    if (lines.length > 1 && lines.slice(0, 2).every(isLine)) return linesOf(lines);
    const isPage = /^<(!doctype|html)/i.test(trimmed);
    return {
      fault: isPage
        ? 'is a web page and no feed: the publisher may have answered with an error'
        : `is no JSON, or stops half way (${(error as Error).message.slice(0, 120)})`,
    };
  }
  if (Array.isArray(value)) return value as readonly unknown[];
  if (!isObject(value)) return { fault: 'holds no services' };
  for (const field of ['contents', 'content', 'services'])
    if (Array.isArray(value[field])) return value[field] as unknown[];
  const service = objectIn(value, 'service') ?? value;
  return typeof service['name'] === 'string' && service['id'] !== undefined
    ? [service]
    : { fault: 'holds no services: neither “contents” (3.0), nor “content” (1.0), nor a list, nor one service' };
}

const isLine = (line: string): boolean => line.trim().startsWith('{') && line.trim().endsWith('}');
function linesOf(lines: readonly string[]): readonly unknown[] | { readonly fault: string } {
  const found: unknown[] = [];
  for (const [place, line] of lines.entries()) {
    if (line.trim() === '') continue;
    try {
      found.push(JSON.parse(line));
    } catch {
      return { fault: `is no JSON from line ${place + 1} on, or stops there` };
    }
  }
  return found;
}

/** How many there are on all pages, where the answer says so. */
export function pagesOf(text: string): { readonly pages: number; readonly items: number | undefined } | undefined {
  try {
    const value: unknown = JSON.parse(text);
    if (!isObject(value)) return undefined;
    const [pages, items] = [
      value['total_pages'] ?? value['totalPages'],
      value['total_items'] ?? value['totalElements'],
    ];
    return typeof pages === 'number' ? { pages, items: typeof items === 'number' ? items : undefined } : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Reads the files of a feed as one. Whatever cannot be kept as a service stops all of it: a feed that is half there would
 * look like services that have closed.
 */
export function readFeed(parts: readonly { readonly name: string; readonly text: string }[]): ReadFeed {
  const services: Incoming[] = [];
  const seen = new Map<string, string>();
  let repeated = 0;
  for (const { name, text } of parts) {
    const found = servicesIn(text);
    if ('fault' in found) return { fault: `${name} ${found.fault}. Nothing was imported.` };
    for (const [place, each] of found.entries()) {
      const where = `${name}, entry ${place + 1}`;
      if (!isObject(each)) return { fault: `${where} is no service. Nothing was imported.` };
      const given = each['id'];
      if (
        (typeof given !== 'string' && typeof given !== 'number') ||
        String(given).trim() === '' ||
        String(given).length > 300
      )
        return { fault: `${where} has no id. Nothing was imported.` };
      const content = JSON.stringify(each);
      if (content.length > 900_000) return { fault: `${where} is longer than a service can be. Nothing was imported.` };
      if (content.includes('\\u0000'))
        return { fault: `${where} holds a character that cannot be kept. Nothing was imported.` };
      const id = idOf(String(given).trim());
      const before = seen.get(id);
      if (before === content) continue;
      if (before === undefined) {
        seen.set(id, content);
        services.push({ id, document: each, isRepeated: false });
      } else {
        repeated += 1;
        services.push({ id: stableId(id, 'repeated', content), document: each, isRepeated: true });
      }
      if (services.length > mostImported)
        return {
          fault: `The feed has more than ${mostImported.toLocaleString('en-GB')} services. Nothing was imported.`,
        };
    }
  }
  return services.length === 0 ? { fault: 'The feed has no services. Nothing was imported.' } : { services, repeated };
}

const ownSlugs = new Map(
  ownTaxonomies.flatMap((taxonomy) =>
    termsOf(taxonomy).flatMap(({ slug }) => {
      const term = publishedTerm(taxonomy, slug);
      return term === undefined ? [] : [[term.id, { taxonomy, slug }] as const];
    }),
  ),
);
/** Whether a term is one of Concord's own taxonomies. */
export const isOwnTerm = (id: string | undefined): boolean => id !== undefined && ownSlugs.has(id);

/** What violence prevention adds, where the feed comes from another Concord: its terms are ours. */
export function preventionIn(document: StandardObject): Prevention {
  const found: Record<string, string[]> = {};
  for (const attribute of listIn(document, 'attributes')) {
    const term = objectIn(attribute, 'taxonomy_term');
    const own = ownSlugs.get(textIn(attribute, 'taxonomy_term_id') ?? (term && textIn(term, 'id')) ?? '');
    if (own !== undefined) (found[own.taxonomy] ??= []).push(own.slug);
  }
  return preventionSchema.parse(found);
}

/** When the publisher checked an entry, and until when that holds: six months. Null where it does not say, or says what cannot be. */
export function assuranceIn(
  document: StandardObject,
  today: IsoDate,
): { readonly verifiedOn: IsoDate; readonly verifyBy: IsoDate } | null {
  const day = textIn(document, 'assured_date')?.slice(0, 10);
  if (day === undefined || !isIsoDate(day) || day > today || day < '2000-01-01') return null;
  return { verifiedOn: day, verifyBy: addMonths(day, 6) };
}
