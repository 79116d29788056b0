import { sql, type RawBuilder, type SqlBool } from 'kysely';
import type { IsoDate } from '../duty/index.ts';
import type { ReadWork } from '../platform/database/work.ts';
import type { KnownPlace } from './feed.store.ts';
import { preventionSchema, type Prevention, type Tier } from './prevention.ts';
import type { StandardObject } from './standard.ts';

type Reads = ReadWork<'published'>;

export interface HelpQuery {
  readonly words?: string | undefined;
  readonly need?: string | undefined;
  readonly tier?: Tier | undefined;
  readonly age?: number | undefined;
  readonly near?: Pick<KnownPlace, 'easting' | 'northing'> | undefined;
}

export interface HelpFound {
  readonly id: string;
  readonly name: string;
  readonly provider: string | null;
  readonly about: string | null;
  readonly prevention: Prevention;
  readonly minimumAge: number | null;
  readonly maximumAge: number | null;
  readonly verifyBy: IsoDate | null;
  readonly status: string;
  /** Its nearest place; null where it has none that may be known: by phone, online, or not told. */
  readonly place: {
    readonly name: string | null;
    readonly easting: number;
    readonly northing: number;
    /** From where was asked; null where nobody asked near a place. */
    readonly metres: number | null;
  } | null;
}

/** Services for somebody who looks for help: those that are stale last, then the nearest, then by name. */
export async function findHelp(
  work: Reads,
  partnership: string,
  { words, need, tier, age, near }: HelpQuery,
  today: IsoDate,
  { limit, offset }: { readonly limit: number; readonly offset: number },
): Promise<{ readonly services: readonly HelpFound[]; readonly count: number }> {
  const conditions: RawBuilder<SqlBool>[] = [
    sql<SqlBool>`s.partnership_id = ${partnership}`,
    sql<SqlBool>`s.listed->>'status' in ('active', 'temporarily closed')`,
  ];
  if (words !== undefined) conditions.push(sql<SqlBool>`s.words @@ websearch_to_tsquery('english', ${words})`);
  if (need !== undefined) conditions.push(sql<SqlBool>`${need} = any (s.needs)`);
  if (tier !== undefined) conditions.push(sql<SqlBool>`${tier} = any (s.tiers)`);
  if (age !== undefined)
    conditions.push(sql<SqlBool>`coalesce(s.minimum_age, 0) <= ${age} and coalesce(s.maximum_age, 1000) >= ${age}`);
  const distance =
    near === undefined
      ? sql<number | null>`null::float8`
      : sql<number | null>`p.place <-> point(${near.easting}::float8, ${near.northing}::float8)`;
  const found = sql<{
    id: string;
    name: string;
    provider: string | null;
    about: string | null;
    prevention: unknown;
    minimum_age: number | null;
    maximum_age: number | null;
    verify_by: string | null;
    status: string;
    place_name: string | null;
    x: number | null;
    y: number | null;
    metres: number | null;
    count: number;
  }>`(
    select s.id, s.name, s.listed->'organization'->>'name' as provider, left(s.listed->>'description', 400) as about,
      s.prevention, s.minimum_age, s.maximum_age, s.verify_by, s.listed->>'status' as status, d.place_name, d.x, d.y,
      d.metres, count(*) over ()::int as count
    from published.service s left join lateral (
      select p.listed->'location'->>'name' as place_name, p.place[0] as x, p.place[1] as y, ${distance} as metres
      from published.service_place p
      where p.partnership_id = s.partnership_id and p.service_id = s.id and p.place is not null
      order by ${distance}, p.id limit 1
    ) d on true
    where ${sql.join(conditions, sql` and `)}
    order by (s.verify_by is null or s.verify_by < ${today}::date), d.metres nulls last, lower(s.name), s.id
    limit ${limit} offset ${offset})`;
  const rows = await work.selectFrom(found.as('found')).selectAll().execute();
  return {
    services: rows.map((row) => ({
      id: row.id,
      name: row.name,
      provider: row.provider,
      about: row.about,
      prevention: preventionSchema.parse(row.prevention),
      minimumAge: row.minimum_age,
      maximumAge: row.maximum_age,
      verifyBy: row.verify_by,
      status: row.status,
      place:
        row.x === null || row.y === null
          ? null
          : { name: row.place_name, easting: row.x, northing: row.y, metres: row.metres },
    })),
    count: rows[0]?.count ?? 0,
  };
}

export interface HelpService {
  readonly id: string;
  readonly document: StandardObject;
  readonly prevention: Prevention;
  readonly verifyBy: IsoDate | null;
}

/** @throws where the partnership publishes no such service */
export async function getHelp(work: Reads, partnership: string, id: string): Promise<HelpService> {
  const row = await work
    .selectFrom('published.service')
    .select(['id', 'document', 'prevention', 'verify_by'])
    .where('partnership_id', '=', partnership)
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  return {
    id: row.id,
    document: row.document as StandardObject,
    prevention: preventionSchema.parse(row.prevention),
    verifyBy: row.verify_by,
  };
}

export interface Town {
  readonly title: string;
  readonly easting: number;
  readonly northing: number;
}

/** Towns within a box, for the names on a map. */
export async function townsWithin(
  work: Reads,
  box: { readonly west: number; readonly south: number; readonly east: number; readonly north: number },
): Promise<readonly Town[]> {
  return work
    .selectFrom('published.place')
    .select(['title', sql<number>`place[0]`.as('easting'), sql<number>`place[1]`.as('northing')])
    .where('kind', '=', 'town')
    .where(
      sql<SqlBool>`place <@ box(point(${box.west}::float8, ${box.south}::float8), point(${box.east}::float8, ${box.north}::float8))`,
    )
    .orderBy('title')
    .limit(12)
    .execute();
}
