import { z } from 'zod';
import { postcodeKey } from './plain-text.ts';

/** What the feed takes: the parameters of the live specification and those of the published UK profile, together. */

export const perPageUsually = 50;
export const perPageMost = 500;

const empty = (value: unknown) => (value === '' ? undefined : value);
const optional = <T extends z.ZodType>(type: T) => z.preprocess(empty, type.optional());
const flag = z
  .preprocess(empty, z.enum(['true', 'false', '1', '0', 'True', 'False', 'TRUE', 'FALSE']).optional())
  .transform((value) => value === '1' || value?.toLowerCase() === 'true');
const whole = optional(z.coerce.number().int().min(1).max(10_000_000));
const age = optional(z.coerce.number().min(0).max(200));
const id = optional(z.guid().transform((value) => value.toLowerCase()));
const words = optional(z.string().max(300));
const time = optional(
  z
    .string()
    .regex(/^([01]?\d|2[0-4]):[0-5]\d(:[0-5]\d)?$/)
    .transform((value) => value.padStart(value.indexOf(':') === 1 ? value.length + 1 : 0, '0').slice(0, 5)),
);
const days = {
  monday: 'MO',
  tuesday: 'TU',
  wednesday: 'WE',
  thursday: 'TH',
  friday: 'FR',
  saturday: 'SA',
  sunday: 'SU',
};
const day = optional(
  z
    .string()
    .transform(
      (value) => Object.entries(days).find(([name]) => name === value.toLowerCase())?.[1] ?? value.toUpperCase(),
    )
    .pipe(z.string().regex(/^([+-]?\d{0,2})(MO|TU|WE|TH|FR|SA|SU)$/)),
);
/** A plus that was sent as it is arrives as a space. */
const moment = optional(
  z
    .string()
    .max(40)
    .transform((value) => value.trim().replace(/ (?=\d{2}:?\d{2}$)/, '+'))
    .refine((value) => /^\d{4}-\d{2}-\d{2}/.test(value) && !Number.isNaN(Date.parse(value)))
    .transform((value) => new Date(Date.parse(value)).toISOString()),
);

const pages = {
  page: whole.transform((value) => value ?? 1),
  per_page: whole,
  /** As the validator of 2025 writes it. */
  perPage: whole,
  format: optional(z.enum(['json', 'ndjson'])).transform((value) => value ?? 'json'),
};
const ofServices = {
  search: words,
  taxonomy_term_id: id,
  taxonomy_id: id,
  organization_id: id,
  modified_after: moment,
  full: flag,
  minimum_age: age,
  maximum_age: age,
  /** Our own: whether it takes somebody of this age. */
  age,
  day,
  start_time: time,
  end_time: time,
};
export const servicesQuery = z.object({ ...pages, ...ofServices, minimal: flag });
export const placesQuery = z.object({
  ...pages,
  ...ofServices,
  postcode: optional(
    z
      .string()
      .max(20)
      .transform((value, context) => {
        const key = postcodeKey(value);
        if (key === undefined) context.addIssue({ code: 'custom', message: 'is no postcode' });
        return key ?? '';
      }),
  ),
  proximity: optional(z.coerce.number().min(0).max(1_000_000)),
});
export const organizationsQuery = z.object({ ...pages, search: words, full: flag, full_service: flag });
export const organizationQuery = z.object({ full_service: flag });
export const taxonomiesQuery = z.object({ ...pages, search: words });
export const termsQuery = z.object({ ...pages, search: words, taxonomy_id: id, parent_id: id, top_only: flag });
export const feedId = z.guid().transform((value) => value.toLowerCase());

export interface PageAsked {
  readonly page: number;
  readonly per_page?: number | undefined;
  readonly perPage?: number | undefined;
}

export const sliceOf = ({ page, per_page, perPage }: PageAsked) => {
  const limit = Math.min(per_page ?? perPage ?? perPageUsually, perPageMost);
  return { limit, offset: (page - 1) * limit };
};

/** The page as HSDS-UK 3.0 envelopes it. `size` is how many stand on this page. */
export const envelopeOf = (
  { contents, count }: { readonly contents: readonly unknown[]; readonly count: number },
  page: number,
  limit: number,
) => {
  const total = Math.ceil(count / limit);
  return {
    total_items: count,
    total_pages: total,
    page_number: page,
    size: contents.length,
    first_page: page === 1,
    last_page: page >= total,
    empty: contents.length === 0,
    contents,
  };
};

/** The same around a page that comes as text. */
export function envelopeText(
  { contents, size, count }: { readonly contents: string; readonly size: number; readonly count: number },
  page: number,
  limit: number,
): string {
  const around = JSON.stringify({
    ...envelopeOf({ contents: Array.from({ length: size }), count }, page, limit),
    contents: undefined,
  });
  return `${around.slice(0, -1)},"contents":[${contents}]}`;
}
