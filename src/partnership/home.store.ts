import { sql } from 'kysely';
import type { IsoDate } from '../duty/index.ts';
import type { ReadWork } from '../platform/database/work.ts';
import { runs } from './register.store.ts';

export interface PublicPartnership {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
  readonly kind: 'hub' | 'area';
  /** The hub that it belongs to. */
  readonly hub: string | null;
  /** Names of the areas in which it acts, in alphabetical order. */
  readonly areas: readonly string[];
}

/** Every partnership of the installation, by name. @param place part of a name: of the partnership, of one of its areas, or another name of it */
export function publicPartnerships(work: ReadWork<'published'>, place = ''): Promise<readonly PublicPartnership[]> {
  const like = `%${place.toLowerCase().replaceAll(/[\\%_]/g, '\\$&')}%`;
  return work
    .selectFrom('published.partnership as here')
    .select([
      'here.id',
      'here.slug',
      'here.name',
      'here.kind',
      'here.hub_id as hub',
      sql<
        string[]
      >`array(select a.name from published.area a where a.partnership_id = here.id order by lower(a.name))`.as('areas'),
    ])
    .where(
      sql<boolean>`lower(here.name) like ${like}
        or exists (select from published.area a where a.partnership_id = here.id and lower(a.name) like ${like})
        or exists (select from published.other_name n where n.partnership_id = here.id and lower(n.name) like ${like})`,
    )
    .orderBy(sql`lower(here.name)`)
    .$narrowType<{ kind: 'hub' | 'area' }>()
    .execute();
}

export interface PublicMember {
  readonly organisation: string;
  readonly name: string;
  readonly website: string | null;
  /** A kind of authority. */
  readonly capacity: string;
  /** '' where it is a member in all areas. */
  readonly area: string;
}

export interface PublicBody {
  readonly name: string;
  readonly kind: string;
  readonly purpose: string | null;
  readonly frequency: string;
  readonly isOwn: boolean;
  readonly chair: string | null;
}

export interface PublicRegister {
  readonly members: readonly PublicMember[];
  readonly bodies: readonly PublicBody[];
  readonly areas: readonly string[];
  readonly otherNames: readonly string[];
  readonly contactName: string | null;
  readonly contactEmail: string | null;
  readonly contactPhone: string | null;
  /** The hub that it belongs to. */
  readonly hub: { readonly slug: string; readonly name: string } | undefined;
  /** Of a hub: the partnerships that it brings together. */
  readonly partnerships: readonly { readonly slug: string; readonly name: string }[];
}

/** What the public may know of a partnership. */
export async function publicRegister(work: ReadWork<'published'>, partnership: string): Promise<PublicRegister> {
  const here = await work
    .selectFrom('published.partnership')
    .select(['hub_id', 'contact_name as contactName', 'contact_email as contactEmail', 'contact_phone as contactPhone'])
    .where('id', '=', partnership)
    .executeTakeFirstOrThrow();
  const { hub_id, ...contact } = here;
  const hub =
    hub_id === null
      ? undefined
      : await work
          .selectFrom('published.partnership')
          .select(['slug', 'name'])
          .where('id', '=', hub_id)
          .executeTakeFirst();
  const partnerships = await work
    .selectFrom('published.partnership')
    .select(['slug', 'name'])
    .where('hub_id', '=', partnership)
    .orderBy(sql`lower(name)`)
    .execute();
  const members = await work
    .selectFrom('published.member')
    .select(['organisation_id as organisation', 'name', 'website', 'capacity', 'area_name as area'])
    .where('partnership_id', '=', partnership)
    .orderBy(sql`lower(name)`)
    .orderBy('organisation_id')
    .orderBy('area_name')
    .execute();
  const bodies = await work
    .selectFrom('published.body')
    .select(['name', 'kind', 'purpose', 'frequency', 'is_own as isOwn', 'chair'])
    .where('partnership_id', '=', partnership)
    .orderBy('is_own', 'desc')
    .orderBy(sql`lower(name)`)
    .execute();
  const areas = await work
    .selectFrom('published.area')
    .select('name')
    .where('partnership_id', '=', partnership)
    .orderBy(sql`lower(name)`)
    .execute();
  const names = await work
    .selectFrom('published.other_name')
    .select('name')
    .where('partnership_id', '=', partnership)
    .orderBy(sql`lower(name)`)
    .execute();
  return {
    ...contact,
    hub,
    partnerships,
    members,
    bodies,
    areas: areas.map(({ name }) => name),
    otherNames: names.map(({ name }) => name),
  };
}

/** How far the register has come: how many of each kind stand in it today. */
export interface SetUpState {
  readonly areas: number;
  readonly organisations: number;
  readonly people: number;
  readonly bodies: number;
  /** Whether somebody is named who answers for the public pages. */
  readonly hasContact: boolean;
}

export async function setUpState(work: ReadWork<'partnership'>, today: IsoDate): Promise<SetUpState> {
  const count = async (rows: Promise<{ readonly n: number }>): Promise<number> => (await rows).n;
  const all = sql<number>`count(*)::int`.as('n');
  return {
    areas: await count(
      work.selectFrom('partnership.area as area').select(all).where(runs('area', today)).executeTakeFirstOrThrow(),
    ),
    organisations: await count(
      work.selectFrom('partnership.organisation').select(all).where('ended', 'is', null).executeTakeFirstOrThrow(),
    ),
    people: await count(
      work.selectFrom('partnership.person').select(all).where('left_on', 'is', null).executeTakeFirstOrThrow(),
    ),
    bodies: await count(
      work.selectFrom('partnership.body as body').select(all).where(runs('body', today)).executeTakeFirstOrThrow(),
    ),
    hasContact:
      (await work
        .selectFrom('partnership.look')
        .select('version')
        .where('contact_name', 'is not', null)
        .executeTakeFirst()) !== undefined,
  };
}
