import { z } from 'zod';
import type { IsoDate } from '../duty/index.ts';
import { ownTaxonomies, termsOf, type OwnTaxonomy } from './prevention-terms.ts';

export const tiers = ['primary', 'secondary', 'tertiary'] as const;
export type Tier = (typeof tiers)[number];

const slugs = (taxonomy: OwnTaxonomy) => {
  const known = new Set(termsOf(taxonomy).map(({ slug }) => slug));
  return z
    .array(z.string().refine((slug) => known.has(slug), `is no word of this list`))
    .max(30)
    .default([]);
};
const day = z.iso.date() as unknown as z.ZodType<IsoDate>;

/** What violence prevention adds to an entry: words of the taxonomies, and facts that go out of date, with their day. */
export const preventionSchema = z.object({
  tier: z.array(z.enum(tiers)).max(3).default([]),
  reach: slugs('reach'),
  need: slugs('need'),
  violence: slugs('violence'),
  factor: slugs('factor'),
  audience: slugs('audience'),
  route: slugs('route'),
  approach: slugs('approach'),
  /** How to refer, in plain words. */
  howToRefer: z.string().max(2_000).nullable().default(null),
  /** Of the approach, never of the service: what a toolkit says, and when it was looked up. */
  evidence: z
    .object({
      scheme: z.string().max(100),
      rating: z.enum(['harmful', 'no effect', 'low', 'moderate', 'high', 'insufficient']),
      /** 1 to 3 in the Youth Endowment Fund's toolkit. */
      cost: z.int().min(1).max(3).nullable().default(null),
      ratedOn: day,
    })
    .nullable()
    .default(null),
  capacity: z
    .object({
      /** Places in all, and how many of them are free. */
      places: z.int().min(0).max(1_000_000).nullable().default(null),
      free: z.int().min(0).max(1_000_000).nullable().default(null),
      waitingDays: z.int().min(0).max(3_650).nullable().default(null),
      checkedOn: day,
    })
    .nullable()
    .default(null),
  fundingEnds: day.nullable().default(null),
});
export type Prevention = z.infer<typeof preventionSchema>;
export const noPrevention: Prevention = preventionSchema.parse({});

export const visibilities = ['public', 'address-withheld', 'professionals', 'confidential'] as const;
export type Visibility = (typeof visibilities)[number];
export const visibilityLabels: Readonly<Record<Visibility, string>> = {
  public: 'Public',
  'address-withheld': 'Place withheld',
  professionals: 'Professionals only',
  confidential: 'Confidential',
};

/** An entry is stale once its day has passed, or when nobody ever answered for it. */
export const isStale = (verifyBy: IsoDate | null, today: IsoDate): boolean => verifyBy === null || verifyBy < today;

/** Every term of the taxonomies that an entry carries. */
export const slugsOf = (prevention: Prevention): readonly (readonly [OwnTaxonomy, string])[] =>
  ownTaxonomies.flatMap((taxonomy) => prevention[taxonomy].map((slug) => [taxonomy, slug] as const));
