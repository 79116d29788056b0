import { sql, type RawBuilder, type SqlBool } from 'kysely';
import type { ReadWork } from '../platform/database/work.ts';
import { publishedTaxonomies, publishedTerms } from './prevention-terms.ts';
import type { StandardObject } from './standard.ts';

type Reads = ReadWork<'published'>;

/** Whose copies: those of one partnership, or of the whole installation, each identifier once. */
export type Scope = { readonly partnership: string } | 'installation';

const inScope = (scope: Scope, table: string): RawBuilder<SqlBool> =>
  scope === 'installation'
    ? sql<SqlBool>`${sql.ref(`${table}.leads`)}`
    : sql<SqlBool>`${sql.ref(`${table}.partnership_id`)} = ${scope.partnership}`;
const allOf = (conditions: readonly RawBuilder<SqlBool>[]): RawBuilder<SqlBool> => sql.join(conditions, sql` and `);

/** The rows of a query, in its order: PostgreSQL keeps the order of the one query that a select is made of. */
const rowsIn = <R extends object>(work: Reads, query: RawBuilder<unknown>): Promise<R[]> =>
  work
    .selectFrom(sql<R>`(${query})`.as('found'))
    .selectAll()
    .execute() as unknown as Promise<R[]>;

async function countIn(work: Reads, from: RawBuilder<unknown>): Promise<number> {
  const [row] = await rowsIn<{ count: number }>(work, sql`select count(*)::int as count from ${from}`);
  return row?.count ?? 0;
}

export interface ServiceQuery {
  readonly search?: string | undefined;
  readonly taxonomyTermId?: string | undefined;
  readonly taxonomyId?: string | undefined;
  readonly organizationId?: string | undefined;
  /** A moment in ISO form. */
  readonly modifiedAfter?: string | undefined;
  readonly minimumAge?: number | undefined;
  readonly maximumAge?: number | undefined;
  /** Whether it takes somebody of this age. */
  readonly age?: number | undefined;
  readonly day?: string | undefined;
  readonly startTime?: string | undefined;
  readonly endTime?: string | undefined;
}

export interface PlaceQuery extends ServiceQuery {
  /** Metres of the British National Grid. */
  readonly near?: { readonly easting: number; readonly northing: number } | undefined;
  readonly metres?: number | undefined;
  /** Whose service area holds this, where it names one by an area. */
  readonly postcode?: string | undefined;
}

/** Filters are cumulative: all of them hold. */
function conditionsOf(query: ServiceQuery): readonly RawBuilder<SqlBool>[] {
  const found: RawBuilder<SqlBool>[] = [];
  const { day, startTime, endTime } = query;
  if (query.search !== undefined) found.push(sql<SqlBool>`s.words @@ websearch_to_tsquery('english', ${query.search})`);
  if (query.taxonomyTermId !== undefined) found.push(sql<SqlBool>`s.term_ids @> array[${query.taxonomyTermId}::uuid]`);
  if (query.taxonomyId !== undefined) found.push(sql<SqlBool>`s.taxonomy_ids @> array[${query.taxonomyId}::uuid]`);
  if (query.organizationId !== undefined) found.push(sql<SqlBool>`s.organization_id = ${query.organizationId}::uuid`);
  if (query.modifiedAfter !== undefined)
    found.push(sql<SqlBool>`s.last_modified >= ${query.modifiedAfter}::timestamptz`);
  if (query.minimumAge !== undefined) found.push(sql<SqlBool>`s.minimum_age >= ${query.minimumAge}`);
  if (query.maximumAge !== undefined) found.push(sql<SqlBool>`s.maximum_age <= ${query.maximumAge}`);
  if (query.age !== undefined)
    found.push(
      sql<SqlBool>`coalesce(s.minimum_age, 0) <= ${query.age} and coalesce(s.maximum_age, 1000) >= ${query.age}`,
    );
  // One schedule fulfils all that is asked of schedules.
  if (day !== undefined || startTime !== undefined || endTime !== undefined)
    found.push(sql<SqlBool>`exists (
      select from jsonb_array_elements(s.document->'schedules') as t(schedule) where ${allOf([
        ...(day === undefined
          ? []
          : [sql<SqlBool>`${day} = any (string_to_array(replace(upper(t.schedule->>'byday'), ' ', ''), ','))`]),
        ...(startTime === undefined ? [] : [sql<SqlBool>`left(t.schedule->>'opens_at', 5) >= ${startTime}`]),
        ...(endTime === undefined ? [] : [sql<SqlBool>`left(t.schedule->>'closes_at', 5) <= ${endTime}`]),
      ])})`);
  return found;
}

export interface Slice {
  readonly limit: number;
  readonly offset: number;
}
/** What a list shows of each: one-to-one fields, or the whole. */
export type Detail = 'listed' | 'full';

export interface Found {
  readonly contents: readonly StandardObject[];
  readonly count: number;
}

const sizes = {
  services: { all: 'services', leading: 'leads' },
  places: { all: 'places', leading: 'leads_places' },
  providers: { all: 'providers', leading: 'leads_providers' },
} as const;
/** How many there are in all, as kept: nobody counts 100,000 for a page of 50. */
const keptSize = (scope: Scope, what: keyof typeof sizes): RawBuilder<number> =>
  scope === 'installation'
    ? sql<number>`(select coalesce(sum(z.${sql.ref(sizes[what].leading)}), 0)::int from published.directory_size z)`
    : sql<number>`(select coalesce(sum(z.${sql.ref(sizes[what].all)}), 0)::int from published.directory_size z
        where z.partnership_id = ${scope.partnership})`;

async function sizeOf(work: Reads, scope: Scope, what: keyof typeof sizes): Promise<number> {
  const [row] = await rowsIn<{ size: number }>(work, sql`select ${keptSize(scope, what)} as size`);
  return row?.size ?? 0;
}

/** A page as the text of its objects, joined by commas: it goes out as it was kept, and nobody reads it on the way. */
export interface FoundText {
  readonly contents: string;
  /** On this page. */
  readonly size: number;
  /** On all pages. */
  readonly count: number;
}

/** What was found is counted in the same pass; only a page behind the last has nobody to say how many there are. */
async function textOf(
  work: Reads,
  rows: RawBuilder<unknown>,
  offset: number,
  count: () => Promise<number>,
): Promise<FoundText> {
  const [found] = await rowsIn<{ contents: string | null; size: number; count: number | null }>(
    work,
    sql`
    select string_agg(part.value::text, ',' order by part.place) as contents, count(*)::int as size,
      max(part.count) as count from (${rows}) part`,
  );
  return {
    contents: found?.contents ?? '',
    size: found?.size ?? 0,
    count: found?.count ?? (offset === 0 ? 0 : await count()),
  };
}

/** One page of services, by identifier. */
export async function findPublishedServices(
  work: Reads,
  scope: Scope,
  query: ServiceQuery,
  detail: Detail,
  { limit, offset }: Slice,
): Promise<FoundText> {
  const conditions = conditionsOf(query);
  const where = allOf([inScope(scope, 's'), ...conditions]);
  const isPlain = conditions.length === 0;
  const column = sql.ref(detail === 'full' ? 's.document' : 's.listed');
  // Identifiers first: a page far behind then passes over an index and not over documents.
  return textOf(
    work,
    sql`
    select ${column} as value, page.id as place, page.count from (
      select s.partnership_id, s.id, ${isPlain ? keptSize(scope, 'services') : sql`(count(*) over ())::int`} as count
      from published.service s where ${where} order by s.id limit ${limit} offset ${offset}
    ) page join published.service s on s.partnership_id = page.partnership_id and s.id = page.id`,
    offset,
    () => (isPlain ? sizeOf(work, scope, 'services') : countIn(work, sql`published.service s where ${where}`)),
  );
}

/** Identifier and day of change of every service that a query finds: what a harvester compares. */
export async function findMinimalServices(work: Reads, scope: Scope, query: ServiceQuery): Promise<Found> {
  const rows = await rowsIn<{ id: string; modified: string }>(
    work,
    sql`
    select s.id, s.last_modified as modified from published.service s
    where ${allOf([inScope(scope, 's'), ...conditionsOf(query)])} order by s.id limit 200000`,
  );
  return {
    contents: rows.map(({ id, modified }) => ({ id, modified_date: new Date(modified).toISOString() })),
    count: rows.length,
  };
}

/** The next services behind an identifier, for an answer that runs on. */
export async function servicesAfter(
  work: Reads,
  scope: Scope,
  query: ServiceQuery,
  detail: Detail,
  after: string | undefined,
  limit: number,
): Promise<readonly { readonly id: string; readonly value: StandardObject }[]> {
  const column = sql.ref(detail === 'full' ? 's.document' : 's.listed');
  const conditions = [inScope(scope, 's'), ...conditionsOf(query)];
  if (after !== undefined) conditions.push(sql<SqlBool>`s.id > ${after}::uuid`);
  const rows = await rowsIn<{ id: string; value: StandardObject }>(
    work,
    sql`
    select s.id, ${column} as value from published.service s where ${allOf(conditions)} order by s.id limit ${limit}`,
  );
  return rows;
}

export async function findPublishedService(work: Reads, scope: Scope, id: string): Promise<StandardObject | undefined> {
  const rows = await rowsIn<{ document: StandardObject }>(
    work,
    sql`
    select s.document from published.service s where s.id = ${id}::uuid and ${inScope(scope, 's')}`,
  );
  return rows[0]?.document;
}

function placeConditions(scope: Scope, query: PlaceQuery): RawBuilder<SqlBool> {
  const conditions = [inScope(scope, 'p'), ...conditionsOf(query)];
  const { near, metres, postcode } = query;
  if (near !== undefined && metres !== undefined)
    conditions.push(
      sql<SqlBool>`p.place <@ circle(point(${near.easting}::float8, ${near.northing}::float8), ${metres}::float8)`,
    );
  else if (postcode !== undefined)
    // A service area that is given by postcodes holds one or does not; any other covers what its words say, which we cannot ask.
    conditions.push(sql<SqlBool>`(s.document->'service_areas' is null or exists (
      select from jsonb_array_elements(s.document->'service_areas') as a(area)
      where a.area->>'extent_type' is distinct from 'postcodes'
        or ${postcode} like any (select replace(upper(trim(part)), ' ', '') || '%'
          from string_to_array(a.area->>'extent', ',') as part where length(trim(part)) >= 2)))`);
  return allOf(conditions);
}
const joinedPlaces = sql`published.service_place p
  join published.service s on s.partnership_id = p.partnership_id and s.id = p.service_id`;
/** Where nothing is asked of the services themselves, nobody looks each of them up. */
const placesFor = (query: PlaceQuery): RawBuilder<unknown> =>
  conditionsOf(query).length > 0 ||
  ((query.near === undefined || query.metres === undefined) && query.postcode !== undefined)
    ? joinedPlaces
    : sql`published.service_place p`;

/** One page of services at locations: by identifier, or the nearest first where it is asked near a point. */
export async function findPublishedPlaces(
  work: Reads,
  scope: Scope,
  query: PlaceQuery,
  detail: Detail,
  { limit, offset }: Slice,
): Promise<FoundText> {
  const where = placeConditions(scope, query);
  const from = placesFor(query);
  const isPlain = Object.values(query).every((value) => value === undefined);
  const column = sql.ref(detail === 'full' ? 'p.document' : 'p.listed');
  const order =
    query.near === undefined
      ? sql`p.id`
      : sql`p.place <-> point(${query.near.easting}::float8, ${query.near.northing}::float8), p.id`;
  return textOf(
    work,
    sql`
    select page.value, row_number() over () as place, page.count from (
      select ${column} as value, ${isPlain ? keptSize(scope, 'places') : sql`(count(*) over ())::int`} as count
      from ${from} where ${where} order by ${order} limit ${limit} offset ${offset}) page`,
    offset,
    () => (isPlain ? sizeOf(work, scope, 'places') : countIn(work, sql`${from} where ${where}`)),
  );
}

export async function placesAfter(
  work: Reads,
  scope: Scope,
  query: PlaceQuery,
  detail: Detail,
  after: string | undefined,
  limit: number,
): Promise<readonly { readonly id: string; readonly value: StandardObject }[]> {
  const column = sql.ref(detail === 'full' ? 'p.document' : 'p.listed');
  const behind = after === undefined ? sql<SqlBool>`true` : sql<SqlBool>`p.id > ${after}::uuid`;
  const rows = await rowsIn<{ id: string; value: StandardObject }>(
    work,
    sql`
    select p.id, ${column} as value from ${placesFor(query)} where ${placeConditions(scope, query)} and ${behind}
    order by p.id limit ${limit}`,
  );
  return rows;
}

export async function findPublishedPlace(work: Reads, scope: Scope, id: string): Promise<StandardObject | undefined> {
  const rows = await rowsIn<{ document: StandardObject }>(
    work,
    sql`
    select p.document from published.service_place p where p.id = ${id}::uuid and ${inScope(scope, 'p')} limit 1`,
  );
  return rows[0]?.document;
}

const servicesOf = sql`(select coalesce(jsonb_agg(s.document order by s.id), '[]') from published.service s
  where s.partnership_id = o.partnership_id and s.organization_id = o.id)`;

/** One page of organisations. `services`: with all that each provides. */
export async function findProviders(
  work: Reads,
  scope: Scope,
  {
    search,
    full,
    services,
  }: { readonly search?: string | undefined; readonly full: boolean; readonly services: boolean },
  { limit, offset }: Slice,
): Promise<Found> {
  const conditions = [inScope(scope, 'o')];
  if (search !== undefined) conditions.push(sql<SqlBool>`o.words @@ websearch_to_tsquery('english', ${search})`);
  const where = allOf(conditions);
  const count =
    search === undefined
      ? await sizeOf(work, scope, 'providers')
      : await countIn(work, sql`published.provider o where ${where}`);
  const lists = sql`'organization_identifiers' - 'attributes'`;
  const value = full || services ? sql`o.document` : sql`o.document - ${lists}`;
  const rows = await rowsIn<{ value: StandardObject }>(
    work,
    sql`
    select ${services ? sql`${value} || jsonb_build_object('services', ${servicesOf})` : value} as value
    from published.provider o where ${where} order by o.id limit ${limit} offset ${offset}`,
  );
  return { contents: rows.map((row) => row.value), count };
}

export async function findProvider(
  work: Reads,
  scope: Scope,
  id: string,
  services: boolean,
): Promise<StandardObject | undefined> {
  const value = services ? sql`o.document || jsonb_build_object('services', ${servicesOf})` : sql`o.document`;
  const rows = await rowsIn<{ value: StandardObject }>(
    work,
    sql`
    select ${value} as value from published.provider o where o.id = ${id}::uuid and ${inScope(scope, 'o')} limit 1`,
  );
  return rows[0]?.value;
}

/** Concord's own terms and those that imported services brought, each identifier once. */
const everyTerm = (scope: Scope) => sql`(
  select (t.term->>'id')::uuid as id, (t.term->>'taxonomy_id')::uuid as taxonomy_id, null::uuid as parent_id,
    t.term->>'name' as name, t.term as document
  from jsonb_array_elements(${JSON.stringify(publishedTerms)}::jsonb) as t(term)
  union all
  select distinct on (i.id) i.id, i.taxonomy_id, i.parent_id, i.name, i.document from published.taxonomy_term i
  where ${scope === 'installation' ? sql`true` : sql`i.partnership_id = ${scope.partnership}`}
) as every_term`;
const everyTaxonomy = (scope: Scope) => sql`(
  select (t.taxonomy->>'id')::uuid as id, t.taxonomy->>'name' as name, t.taxonomy as document
  from jsonb_array_elements(${JSON.stringify(publishedTaxonomies)}::jsonb) as t(taxonomy)
  union all
  select i.taxonomy_id, min(i.document->>'taxonomy'), jsonb_build_object('id', i.taxonomy_id,
    'name', coalesce(min(nullif(i.document->>'taxonomy', '')), 'A taxonomy of another publisher'),
    'description', coalesce('Terms of ' || min(nullif(i.document->>'taxonomy', '')) || ', as services that were read in carry them.',
      'Terms that services that were read in carry.'))
  from published.taxonomy_term i
  where i.taxonomy_id is not null and ${scope === 'installation' ? sql`true` : sql`i.partnership_id = ${scope.partnership}`}
  group by i.taxonomy_id
) as every_taxonomy`;

const likeOf = (search: string) => `%${search.replaceAll(/[\\%_]/g, '\\$&')}%`;

export interface TermQuery {
  readonly search?: string | undefined;
  readonly taxonomyId?: string | undefined;
  readonly parentId?: string | undefined;
  readonly topOnly: boolean;
}

export async function findTerms(work: Reads, scope: Scope, query: TermQuery, { limit, offset }: Slice): Promise<Found> {
  const conditions: RawBuilder<SqlBool>[] = [sql<SqlBool>`true`];
  if (query.search !== undefined)
    conditions.push(
      sql<SqlBool>`concat_ws(' ', every_term.name, every_term.document->>'description') ilike ${likeOf(query.search)}`,
    );
  if (query.taxonomyId !== undefined) conditions.push(sql<SqlBool>`every_term.taxonomy_id = ${query.taxonomyId}::uuid`);
  if (query.parentId !== undefined) conditions.push(sql<SqlBool>`every_term.parent_id = ${query.parentId}::uuid`);
  if (query.topOnly) conditions.push(sql<SqlBool>`every_term.parent_id is null`);
  return paged(work, sql`${everyTerm(scope)} where ${allOf(conditions)}`, 'every_term', { limit, offset });
}

export async function findTaxonomies(
  work: Reads,
  scope: Scope,
  search: string | undefined,
  slice: Slice,
): Promise<Found> {
  const condition =
    search === undefined
      ? sql`true`
      : sql`concat_ws(' ', every_taxonomy.name, every_taxonomy.document->>'description') ilike ${likeOf(search)}`;
  return paged(work, sql`${everyTaxonomy(scope)} where ${condition}`, 'every_taxonomy', slice);
}

async function paged(work: Reads, from: RawBuilder<unknown>, table: string, { limit, offset }: Slice): Promise<Found> {
  const rows = await rowsIn<{ value: StandardObject }>(
    work,
    sql`
    select ${sql.ref(`${table}.document`)} as value from ${from} order by ${sql.ref(`${table}.id`)} limit ${limit} offset ${offset}`,
  );
  return { contents: rows.map(({ value }) => value), count: await countIn(work, from) };
}

export async function findTerm(work: Reads, scope: Scope, id: string): Promise<StandardObject | undefined> {
  const rows = await rowsIn<{ document: StandardObject }>(
    work,
    sql`
    select document from ${everyTerm(scope)} where every_term.id = ${id}::uuid limit 1`,
  );
  return rows[0]?.document;
}

export async function findTaxonomy(work: Reads, scope: Scope, id: string): Promise<StandardObject | undefined> {
  const rows = await rowsIn<{ document: StandardObject }>(
    work,
    sql`
    select document from ${everyTaxonomy(scope)} where every_taxonomy.id = ${id}::uuid limit 1`,
  );
  return rows[0]?.document;
}

export interface KnownPlace {
  readonly title: string;
  readonly kind: 'postcode' | 'town';
  readonly easting: number;
  readonly northing: number;
}

/** A postcode or a town, by the key under which it stands. */
export async function findPlace(work: Reads, key: string): Promise<KnownPlace | undefined> {
  const row = await work
    .selectFrom('published.place')
    .select(['title', 'kind', sql<number>`place[0]`.as('easting'), sql<number>`place[1]`.as('northing')])
    .where('key', '=', key)
    .executeTakeFirst();
  return row === undefined ? undefined : { ...row, kind: row.kind as KnownPlace['kind'] };
}
