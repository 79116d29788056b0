import { sql, type SqlBool } from 'kysely';
import type { IsoDate } from '../duty/index.ts';
import { reading, type ReadWork, type Work } from '../platform/database/work.ts';
import { plainText } from './plain-text.ts';
import { preventionSchema, type Prevention, type Visibility } from './prevention.ts';
import { publicCopyOf, type Entry } from './published.ts';
import { textIn, type Fault, type StandardObject } from './standard.ts';

type Reads = ReadWork<'directory' | 'partnership'>;
type Writes = Work<'directory' | 'partnership'>;

/** An entry with what the partnership keeps beside it. */
export interface Kept extends Entry {
  readonly name: string;
  readonly organisationId: string | null;
  readonly heldBack: readonly Fault[];
  readonly origin: string | null;
  readonly version: number;
}

export type How = 'added' | 'imported' | 'changed' | 'verified' | 'confirmed' | 'corrected' | 'undone' | 'withdrawn';

/** An entry as it is to be. */
export interface Wanted {
  readonly id: string;
  readonly document: StandardObject;
  readonly prevention: Prevention;
  readonly visibility: Visibility;
  readonly state: Entry['state'];
  readonly verifier: string | null;
  readonly verifiedOn: IsoDate | null;
  readonly verifyBy: IsoDate | null;
  readonly organisationId: string | null;
  readonly origin: string | null;
}

interface Row {
  readonly id: string;
  readonly document: unknown;
  readonly prevention: unknown;
  readonly name: string;
  readonly visibility: string;
  readonly state: string;
  readonly organisation_id: string | null;
  readonly verifier: string | null;
  readonly verified_on: string | null;
  readonly verify_by: string | null;
  readonly held_back: unknown;
  readonly origin: string | null;
  readonly version: number;
  readonly changed_at: string;
}

const keptOf = (row: Row): Kept => ({
  id: row.id,
  document: row.document as StandardObject,
  prevention: preventionSchema.parse(row.prevention),
  name: row.name,
  visibility: row.visibility as Visibility,
  state: row.state as Entry['state'],
  organisationId: row.organisation_id,
  verifier: row.verifier,
  verifiedOn: row.verified_on,
  verifyBy: row.verify_by,
  heldBack: row.held_back as readonly Fault[],
  origin: row.origin,
  version: row.version,
  changedAt: new Date(row.changed_at).toISOString(),
});

/** @throws where there is no such entry in the bound partnership */
export async function getService(work: Reads, id: string): Promise<Kept> {
  return keptOf(await work.selectFrom('directory.service').selectAll().where('id', '=', id).executeTakeFirstOrThrow());
}

/** Holds an entry until the unit of work ends, so that two who change it take turns. */
export async function holdService(work: Writes, id: string): Promise<Kept> {
  return keptOf(
    await work.selectFrom('directory.service').selectAll().where('id', '=', id).forUpdate().executeTakeFirstOrThrow(),
  );
}

/** Those of the entries that are there, by id. */
export async function findServices(work: Reads, ids: readonly string[]): Promise<ReadonlyMap<string, Kept>> {
  if (ids.length === 0) return new Map();
  const rows = await work.selectFrom('directory.service').selectAll().where('id', 'in', ids).execute();
  return new Map(rows.map((row) => [row.id, keptOf(row)]));
}

export interface ServiceFilter {
  readonly words?: string | undefined;
  readonly state: 'all' | 'stale' | 'held-back' | 'draft' | 'withdrawn' | 'live' | 'proposals';
  readonly visibility?: Visibility | undefined;
  /** Those who keep the directory see confidential entries; others do not learn that there are any. */
  readonly withConfidential: boolean;
}

export interface Listed {
  readonly id: string;
  readonly name: string;
  readonly provider: string | null;
  readonly visibility: Visibility;
  readonly state: Entry['state'];
  readonly verifyBy: IsoDate | null;
  readonly heldBack: number;
  readonly proposals: number;
}

/** One page of the entries: what has to be looked at first, then by name; and how many there are on all pages. */
export async function listServices(
  work: Reads,
  today: IsoDate,
  { words, state, visibility, withConfidential }: ServiceFilter,
  page: { readonly limit: number; readonly offset: number },
): Promise<{ readonly services: readonly Listed[]; readonly count: number }> {
  const waiting = sql<number>`(select count(*) from directory.proposal p where p.service_id = s.id and p.state = 'waiting')`;
  let query = work
    .selectFrom('directory.service as s')
    .select(['s.id', 's.name', 's.visibility', 's.state', 's.verify_by'])
    .select([
      sql<string | null>`s.document->'organization'->>'name'`.as('provider'),
      sql<number>`jsonb_array_length(s.held_back)`.as('heldBack'),
      waiting.as('proposals'),
      sql<number>`count(*) over ()`.as('count'),
    ]);
  if (words !== undefined) {
    const like = `%${words.toLowerCase().replaceAll(/[\\%_]/g, '\\$&')}%`;
    query = query.where(
      sql<SqlBool>`(lower(s.name) like ${like} or lower(s.document->'organization'->>'name') like ${like})`,
    );
  }
  if (!withConfidential) query = query.where('s.visibility', '<>', 'confidential');
  if (visibility !== undefined) query = query.where('s.visibility', '=', visibility);
  if (state === 'stale')
    query = query.where(sql<SqlBool>`s.state = 'live' and (s.verify_by is null or s.verify_by < ${today}::date)`);
  else if (state === 'held-back') query = query.where(sql<SqlBool>`s.held_back <> '[]'`);
  else if (state === 'proposals') query = query.where(sql<SqlBool>`${waiting} > 0`);
  else if (state !== 'all') query = query.where('s.state', '=', state);
  const rows = await query
    .orderBy(sql`lower(s.name)`)
    .orderBy('s.id')
    .limit(page.limit)
    .offset(page.offset)
    .execute();
  return {
    services: rows.map((row) => ({
      id: row.id,
      name: row.name,
      provider: row.provider,
      visibility: row.visibility as Visibility,
      state: row.state as Entry['state'],
      verifyBy: row.verify_by,
      heldBack: row.heldBack,
      proposals: row.proposals,
    })),
    count: rows[0]?.count ?? 0,
  };
}

/**
 * Keeps entries as they are to be, with a version of each, and publishes what is public of them, in this unit of work.
 * Entries that stay as they are get no new version. Many at once go in a few statements.
 * @returns how many are new, changed and as before, and what was held back of each
 */
export async function keepServices(
  work: Writes,
  wanted: readonly Wanted[],
  { how, by, moment }: { readonly how: How; readonly by: string; readonly moment: Date },
): Promise<{ readonly added: number; readonly changed: number; readonly same: number; readonly heldBack: number }> {
  const before = await findServices(
    reading(work),
    wanted.map(({ id }) => id),
  );
  const at = moment.toISOString();
  const news = wanted.flatMap((each) => {
    const was = before.get(each.id);
    if (was !== undefined && isSame(was, each)) return [];
    const entry = { ...each, changedAt: at };
    const { copy, faults } = publicCopyOf(entry);
    const isPublic = each.visibility === 'public' || each.visibility === 'address-withheld';
    return [{ entry, copy, faults: isPublic ? faults.slice(0, 100) : [], version: (was?.version ?? 0) + 1 }];
  });
  if (news.length === 0) return { added: 0, changed: 0, same: wanted.length, heldBack: 0 };
  const rows = news.map(({ entry, faults, version }) => ({
    id: entry.id,
    document: entry.document,
    prevention: entry.prevention,
    name: plainText(textIn(entry.document, 'name') ?? '').slice(0, 500),
    visibility: entry.visibility,
    state: entry.state,
    organisation_id: entry.organisationId,
    verifier: entry.verifier,
    verified_on: entry.verifiedOn,
    verify_by: entry.verifyBy,
    held_back: faults,
    origin: entry.origin,
    version,
    changed_at: at,
    how,
    by,
  }));
  const asTable = sql`jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(id uuid, document jsonb, prevention jsonb,
    name text, visibility text, state text, organisation_id uuid, verifier text, verified_on date, verify_by date,
    held_back jsonb, origin text, version int, changed_at timestamptz, how text, by text)`;
  await sql`
    insert into directory.service (id, document, prevention, name, visibility, state, organisation_id, verifier,
      verified_on, verify_by, held_back, origin, version, changed_at)
    select id, document, prevention, name, visibility, state, organisation_id, verifier, verified_on, verify_by,
      held_back, origin, version, changed_at from ${asTable}
    on conflict (partnership_id, id) do update set document = excluded.document, prevention = excluded.prevention,
      name = excluded.name, visibility = excluded.visibility, state = excluded.state,
      organisation_id = excluded.organisation_id, verifier = excluded.verifier, verified_on = excluded.verified_on,
      verify_by = excluded.verify_by, held_back = excluded.held_back, origin = excluded.origin,
      version = excluded.version, changed_at = excluded.changed_at`.execute(work);
  await sql`
    insert into directory.service_version (service_id, version, how, document, prevention, visibility, state, by)
    select id, version, how, document, prevention, visibility, state, by from ${asTable}`.execute(work);
  const copies = news.flatMap(({ entry, copy }) => (copy === undefined || entry.state !== 'live' ? [] : [copy]));
  const gone = news
    .filter(({ entry, copy }) => copy === undefined || entry.state !== 'live')
    .map(({ entry }) => entry.id);
  if (gone.length > 0) await sql`select directory.unpublish(${sql.val(gone)}::uuid[])`.execute(work);
  if (copies.length > 0) await sql`select directory.publish(${JSON.stringify(copies)}::jsonb)`.execute(work);
  const added = news.filter(({ entry }) => !before.has(entry.id)).length;
  return {
    added,
    changed: news.length - added,
    same: wanted.length - news.length,
    heldBack: news.reduce((sum, { faults }) => sum + faults.length, 0),
  };
}

const isSame = (was: Kept, wanted: Wanted): boolean =>
  was.visibility === wanted.visibility &&
  was.state === wanted.state &&
  was.verifier === wanted.verifier &&
  was.verifiedOn === wanted.verifiedOn &&
  was.verifyBy === wanted.verifyBy &&
  was.organisationId === wanted.organisationId &&
  sorted(was.document) === sorted(wanted.document) &&
  sorted(was.prevention) === sorted(wanted.prevention);

/** As text in an order of its own: the records keep no order of fields. */
const sorted = (value: unknown): string =>
  JSON.stringify(value, (_, item: unknown) =>
    typeof item === 'object' && item !== null && !Array.isArray(item)
      ? Object.fromEntries(Object.entries(item).sort(([a], [b]) => (a < b ? -1 : 1)))
      : item,
  );

/** The whole entries, in the order of their ids: some at a time. */
export async function exportedAfter(
  work: Reads,
  after: string | undefined,
  limit: number,
): Promise<readonly { readonly id: string; readonly document: StandardObject }[]> {
  const rows = await work
    .selectFrom('directory.service')
    .select(['id', 'document'])
    .where('state', '<>', 'withdrawn')
    .$if(after !== undefined, (query) => query.where('id', '>', after ?? ''))
    .orderBy('id')
    .limit(limit)
    .execute();
  return rows.map(({ id, document }) => ({ id, document: document as StandardObject }));
}

export interface Version {
  readonly version: number;
  readonly how: How;
  readonly by: string;
  readonly at: string;
  readonly visibility: Visibility;
  readonly state: Entry['state'];
  readonly document: StandardObject;
  readonly prevention: Prevention;
}

/** What an entry was, the newest first. */
export async function versionsOf(work: Reads, id: string, most = 50): Promise<readonly Version[]> {
  const rows = await work
    .selectFrom('directory.service_version')
    .selectAll()
    .where('service_id', '=', id)
    .orderBy('version', 'desc')
    .limit(most)
    .execute();
  return rows.map((row) => ({
    version: row.version,
    how: row.how as How,
    by: row.by,
    at: row.at,
    visibility: row.visibility as Visibility,
    state: row.state as Entry['state'],
    document: row.document as StandardObject,
    prevention: preventionSchema.parse(row.prevention),
  }));
}

/** Names of people by the ids of their accounts; what is no id is nobody's. */
export async function namesOf(
  work: ReadWork<'platform'>,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const people = [...new Set(ids.filter((id) => id.length === 36))];
  if (people.length === 0) return new Map();
  const rows = await work
    .selectFrom('platform.shared_person')
    .select(['id', 'name'])
    .where('id', 'in', people)
    .execute();
  return new Map(rows.map(({ id, name }) => [id, name]));
}

/** Organisations of the register to choose the provider from. */
export const organisationChoices = (
  work: ReadWork<'partnership'>,
): Promise<readonly { readonly id: string; readonly name: string }[]> =>
  work
    .selectFrom('partnership.shared_organisation')
    .select(['id', 'name'])
    .orderBy(sql`lower(name)`)
    .execute();
