import { sql } from 'kysely';
import type { IsoDate } from '../duty/index.ts';
import type { ReadWork } from '../platform/database/work.ts';
import type { PlacedService } from './need-beside.ts';
import { preventionSchema, type Tier } from './prevention.ts';
import { gridOf } from './published.ts';
import { listIn, objectIn, type StandardObject } from './standard.ts';

export interface ServicesOfTier {
  /** Entries that everybody may see, with a place that everybody may know. */
  readonly placed: readonly PlacedService[];
  /**
   * All other entries of the tier: by phone or online, for professionals, with their place withheld, and confidential ones for
   * those who keep the directory. They are counted for the whole area and never located, so no two maps differ by one of them.
   */
  readonly areaWide: number;
}

/** Live services of a tier whose funding has not ended. Where one is, is read of public entries alone. */
export async function servicesOfTier(
  work: ReadWork<'directory'>,
  tier: Tier,
  { today, withConfidential }: { readonly today: IsoDate; readonly withConfidential: boolean },
): Promise<ServicesOfTier> {
  const of = work
    .selectFrom('directory.service')
    .where('state', '=', 'live')
    .where(sql<boolean>`prevention->'tier' ? ${tier}`)
    .where(sql<boolean>`coalesce(prevention->>'fundingEnds', '9999-12-31') >= ${today}`);
  const open = await of.select(['document', 'prevention']).where('visibility', '=', 'public').orderBy('id').execute();
  const { others } = await of
    .select(sql<number>`count(*)::int`.as('others'))
    .where('visibility', '<>', 'public')
    .where((is) => (withConfidential ? is.val(true) : is('visibility', '<>', 'confidential')))
    .executeTakeFirstOrThrow();
  let without = 0;
  const placed = open.flatMap(({ document, prevention }): readonly PlacedService[] => {
    const points = listIn(document as StandardObject, 'service_at_locations').flatMap((place) => {
      const location = objectIn(place, 'location');
      return (location === undefined ? undefined : gridOf(location)) ?? [];
    });
    if (points.length === 0) without += 1;
    const places = preventionSchema.parse(prevention).capacity?.places ?? null;
    // Several doors share the places of the service.
    return points.map((point) => ({ ...point, places: places === null ? null : places / points.length }));
  });
  return { placed, areaWide: others + without };
}
