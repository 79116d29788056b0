import { sql } from 'kysely';
import type { IsoDate } from '../duty/index.ts';
import { inPartnership, type ReadWork, type Work } from '../platform/database/work.ts';
import { addPartnership, giveRoles } from '../platform/identity/account.store.ts';
import { runs } from './register.store.ts';

/** What the register holds today, and where the partnership stands among others. */
export interface WhoWeAre {
  readonly kind: 'hub' | 'area';
  readonly hub: { readonly slug: string; readonly name: string } | null;
  /** Of a hub: its local partnerships, with what each has published. */
  readonly localPartnerships: readonly {
    readonly slug: string;
    readonly name: string;
    readonly members: number;
    readonly bodies: number;
  }[];
  readonly otherNames: readonly { readonly id: string; readonly name: string }[];
  readonly areas: number;
  readonly members: number;
  readonly people: number;
  readonly bodies: number;
}

export async function getWhoWeAre(
  work: ReadWork<'partnership' | 'platform' | 'published'>,
  partnership: string,
  today: IsoDate,
): Promise<WhoWeAre> {
  const { kind, hubSlug, hubName } = await work
    .selectFrom('platform.partnership as here')
    .leftJoin('platform.partnership as hub', 'hub.id', 'here.hub_id')
    .select(['here.kind', 'hub.slug as hubSlug', 'hub.name as hubName'])
    .where('here.id', '=', partnership)
    .executeTakeFirstOrThrow();
  const localPartnerships = await work
    .selectFrom('published.partnership as local')
    .select(['local.slug', 'local.name'])
    .select([
      sql<number>`(select count(distinct m.organisation_id) from published.member m where m.partnership_id = local.id)`.as(
        'members',
      ),
      sql<number>`(select count(*) from published.body b where b.partnership_id = local.id)`.as('bodies'),
    ])
    .where('local.hub_id', '=', partnership)
    .orderBy(sql`lower(local.name)`)
    .execute();
  const otherNames = await work
    .selectFrom('partnership.other_name')
    .select(['id', 'name'])
    .where('organisation_id', 'is', null)
    .where('body_id', 'is', null)
    .orderBy(sql`lower(name)`)
    .execute();
  const counts = await work
    .selectNoFrom([
      sql<number>`(select count(*) from partnership.area a where ${runs('a', today)})`.as('areas'),
      sql<number>`(select count(distinct m.organisation_id) from partnership.membership m where ${runs('m', today)})`.as(
        'members',
      ),
      sql<number>`(select count(*) from partnership.person p where coalesce(p.left_on->>'latest', '9999') >= ${today})`.as(
        'people',
      ),
      sql<number>`(select count(*) from partnership.body b where ${runs('b', today)})`.as('bodies'),
    ])
    .executeTakeFirstOrThrow();
  return {
    kind: kind === 'hub' ? 'hub' : 'area',
    hub: hubSlug === null || hubName === null ? null : { slug: hubSlug, name: hubName },
    localPartnerships,
    otherNames,
    ...counts,
  };
}

/**
 * Makes a local partnership under a hub. Whoever makes it becomes its administrator, so that it is nobody's for no moment.
 * @returns false where the address is taken
 */
export async function addLocalPartnership(
  work: Work<'identity' | 'platform' | 'published'>,
  made: { readonly hub: string; readonly slug: string; readonly name: string; readonly by: string },
): Promise<boolean> {
  const taken = await work
    .selectFrom('platform.partnership')
    .select('id')
    .where('slug', '=', made.slug)
    .executeTakeFirst();
  if (taken !== undefined) return false;
  const id = await addPartnership(work, { slug: made.slug, name: made.name, hub: made.hub });
  await inPartnership(work, id, (bound) => giveRoles(bound, id, [{ person: made.by, role: 'administrator' }]));
  return true;
}

export async function isHub(work: ReadWork<'platform'>, partnership: string): Promise<boolean> {
  const { kind } = await work
    .selectFrom('platform.partnership')
    .select('kind')
    .where('id', '=', partnership)
    .executeTakeFirstOrThrow();
  return kind === 'hub';
}
