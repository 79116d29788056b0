import { slugOf } from '../duty/index.ts';

/** First parts of addresses that belong to Concord itself. No partnership may live there; a test holds it to the routes. */
export const reservedAddresses: readonly string[] = [
  'account',
  'accessibility',
  'assets',
  'cookies',
  'health',
  'home',
  'l',
  'openapi-json',
  'oruk',
  'privacy',
  'set-up',
  'sign-in',
  'sign-out',
  'u',
];

/** The address of a partnership, made from its name: "Safer Sefton Together" lives at `/safer-sefton-together`. */
export function addressFor(name: string): string {
  const slug = slugOf(name);
  if (!slug.done) return 'partnership';
  return reservedAddresses.includes(slug.value) ? `${slug.value}-partnership` : slug.value;
}
