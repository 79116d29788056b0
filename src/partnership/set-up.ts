import { z } from 'zod';
import { slugOf } from '../duty/index.ts';

/** First parts of addresses that belong to Concord itself. No partnership may live there; a test holds it to the routes. */
export const reservedAddresses: readonly string[] = [
  'assets',
  'health',
  'home',
  'l',
  'openapi-json',
  'oruk',
  'set-up',
  'sign-in',
  'sign-out',
];

/** What the first administrator of an empty installation is asked for. */
export const setUpForm = z.object({
  partnership: z
    .string()
    .trim()
    .max(200, 'Enter a name of at most 200 characters')
    .refine((name) => slugOf(name).done, 'Enter the name of your partnership'),
  kind: z.enum(['area', 'hub'], 'Choose what you set up').default('area'),
  name: z.string().trim().min(1, 'Enter your name').max(200, 'Enter a name of at most 200 characters'),
  email: z.email('Enter an email address, such as name@council.gov.uk').max(254, 'Enter a shorter email address'),
  // Length is what protects (NCSC: three random words), so nothing else is asked for.
  password: z
    .string()
    .min(12, 'Enter a password of at least 12 characters, such as three random words')
    .max(1_000, 'Enter a shorter password'),
});

/** The address of a partnership, made from its name: "Safer Sefton Together" lives at `/safer-sefton-together`. */
export function addressFor(name: string): string {
  const slug = slugOf(name);
  if (!slug.done) return 'partnership';
  return reservedAddresses.includes(slug.value) ? `${slug.value}-partnership` : slug.value;
}
