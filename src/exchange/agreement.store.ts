import { sql, type RawBuilder, type SqlBool } from 'kysely';
import type { IsoDate, MarkingLevel } from '../duty/index.ts';
import type { ReadWork, Work } from '../platform/database/work.ts';
import {
  endingDays,
  isLive,
  type Agreement,
  type AgreementState,
  type AgreementWanted,
  type Level,
  type Term,
} from './agreement.ts';
import type { Gateway } from './gateway.ts';
import type { SourceName } from './source.ts';

/** Of the partnership's tables only `partnership.shared_organisation` is named here. */
type Reads = ReadWork<'exchange' | 'partnership'>;
type Writes = Work<'exchange' | 'partnership'>;

type PartyRow = Agreement['parties'][number];

const partiesOf = sql<readonly PartyRow[]>`(
  select coalesce(jsonb_agg(jsonb_build_object('organisationId', p.organisation_id, 'name', o.name, 'role', p.role)
    order by lower(o.name), p.id), '[]')
  from exchange.agreement_party p join partnership.shared_organisation o on o.id = p.organisation_id
  where p.agreement_id = a.id)`;
const sourcesOf = sql<SourceName[]>`(
  select coalesce(array_agg(s.source order by s.source), '{}') from exchange.agreement_source s where s.agreement_id = a.id)`;

const agreements = (work: Reads) =>
  work
    .selectFrom('exchange.agreement as a')
    .selectAll('a')
    .select([partiesOf.as('parties'), sourcesOf.as('sources')]);
type AgreementRow = Awaited<ReturnType<ReturnType<typeof agreements>['execute']>>[number];

const agreementOf = (row: AgreementRow): Agreement => ({
  id: row.id,
  title: row.title,
  purpose: row.purpose,
  level: row.level as Level,
  gateway: row.gateway as Gateway,
  marking: { level: row.marking as MarkingLevel, handling: row.handling },
  signedOn: row.signed_on,
  starts: row.starts,
  ends: row.ends,
  reviewDue: row.review_due,
  endedOn: row.ended_on,
  endedBecause: row.ended_because,
  notes: row.notes,
  follows: row.follows_id,
  parties: row.parties,
  sources: row.sources,
});

/** @throws where there is no such agreement in the bound partnership */
export async function getAgreement(work: Reads, id: string): Promise<Agreement> {
  return agreementOf(await agreements(work).where('a.id', '=', id).executeTakeFirstOrThrow());
}

/** Undefined where the bound partnership has none of that id, or it is no id at all. */
export async function findAgreement(work: Reads, id: string): Promise<Agreement | undefined> {
  const row = await agreements(work)
    .where(sql<string>`a.id::text`, '=', id)
    .executeTakeFirst();
  return row === undefined ? undefined : agreementOf(row);
}

/** The agreements that name a source, in whatever state: what `coverFor` chooses from and says why not. */
export async function findAgreements(
  work: Reads,
  { source }: { readonly source: SourceName },
): Promise<readonly Agreement[]> {
  const rows = await agreements(work)
    .where((is) =>
      is.exists(
        is
          .selectFrom('exchange.agreement_source as s')
          .select('s.id')
          .whereRef('s.agreement_id', '=', 'a.id')
          .where('s.source', '=', source),
      ),
    )
    .orderBy(sql`lower(a.title)`)
    .orderBy('a.id')
    .execute();
  return rows.map(agreementOf);
}

/** Those of them that hold on a day. */
export async function findLiveAgreements(
  work: Reads,
  { source, day }: { readonly source: SourceName; readonly day: IsoDate },
): Promise<readonly Agreement[]> {
  return (await findAgreements(work, { source })).filter((agreement) => isLive(agreement, day));
}

/** The last day of an agreement, as `lastDayOf` knows it. */
const lastDay = sql<IsoDate | null>`least(a.ends, a.ended_on)`;

/** The state on a day, by the rule of `stateOn`. */
export const stateInSql = (day: IsoDate): RawBuilder<AgreementState> => sql<AgreementState>`case
  when ${lastDay} < ${day}::date then 'ended'
  when a.signed_on is null or a.signed_on > ${day}::date then 'draft'
  when a.starts > ${day}::date then 'ahead'
  when ${lastDay} <= ${day}::date + ${endingDays}::int then 'ending'
  else 'live' end`;

export interface AgreementFilter {
  readonly words?: string | undefined;
  /** `current`: all that have not ended. */
  readonly state: AgreementState | 'current' | 'all';
  readonly source?: SourceName | undefined;
}

export const agreementOrders = ['title', 'starts', 'ends', 'review'] as const;
export interface AgreementOrder {
  readonly by: (typeof agreementOrders)[number];
  readonly descending: boolean;
}

/** One page of the agreements, and how many there are on all of them. */
export async function listAgreements(
  work: Reads,
  day: IsoDate,
  filter: AgreementFilter,
  order: AgreementOrder,
  page: { readonly limit: number; readonly offset: number },
): Promise<{ readonly agreements: readonly Agreement[]; readonly count: number }> {
  let query = agreements(work).select(sql<number>`count(*) over ()`.as('count'));
  if (filter.words !== undefined) {
    const like = `%${filter.words.toLowerCase().replaceAll(/[\\%_]/g, '\\$&')}%`;
    query = query.where(
      sql<SqlBool>`(lower(a.title) like ${like} or lower(a.purpose) like ${like} or exists (
        select from exchange.agreement_party p join partnership.shared_organisation o on o.id = p.organisation_id
        where p.agreement_id = a.id and lower(o.name) like ${like}))`,
    );
  }
  const { source } = filter;
  if (source !== undefined)
    query = query.where(
      sql<SqlBool>`exists (select from exchange.agreement_source s where s.agreement_id = a.id and s.source = ${source})`,
    );
  const state = stateInSql(day);
  if (filter.state === 'current') query = query.where(sql<SqlBool>`${state} <> 'ended'`);
  else if (filter.state !== 'all') query = query.where(sql<SqlBool>`${state} = ${filter.state}`);
  const direction = order.descending ? 'desc' : 'asc';
  const days = { starts: sql`a.starts`, ends: lastDay, review: sql`a.review_due` };
  if (order.by !== 'title') query = query.orderBy(days[order.by], (by) => by[direction]().nullsLast());
  const rows = await query
    .orderBy(sql`lower(a.title)`, order.by === 'title' ? direction : 'asc')
    .orderBy('a.id')
    .limit(page.limit)
    .offset(page.offset)
    .execute();
  return { agreements: rows.map(agreementOf), count: rows[0]?.count ?? 0 };
}

/** The agreements that renew one. */
export async function followersOf(
  work: Reads,
  id: string,
): Promise<readonly (Term & { readonly id: string; readonly title: string })[]> {
  const rows = await work
    .selectFrom('exchange.agreement')
    .select(['id', 'title', 'signed_on', 'starts', 'ends', 'ended_on'])
    .where('follows_id', '=', id)
    .orderBy('added_at')
    .execute();
  return rows.map(({ signed_on, ended_on, ...row }) => ({ ...row, signedOn: signed_on, endedOn: ended_on }));
}

/** Organisations to choose a party from. */
export const partyChoices = (work: Reads): Promise<readonly { readonly id: string; readonly name: string }[]> =>
  work
    .selectFrom('partnership.shared_organisation')
    .select(['id', 'name'])
    .orderBy(sql`lower(name)`)
    .execute();

/**
 * Holds an agreement until the unit of work ends, so that two who change, end or renew it take turns.
 * @throws where there is no such agreement in the bound partnership
 */
export async function holdAgreement(work: Writes, id: string): Promise<void> {
  await work.selectFrom('exchange.agreement').select('id').where('id', '=', id).forUpdate().executeTakeFirstOrThrow();
}

export async function changeAgreement(work: Writes, id: string, wanted: AgreementWanted): Promise<void> {
  await work.updateTable('exchange.agreement').set(columnsOf(wanted)).where('id', '=', id).execute();
  await keepParts(work, id, wanted);
}

export async function endAgreement(work: Writes, id: string, endedOn: IsoDate, because: string): Promise<void> {
  await work
    .updateTable('exchange.agreement')
    .set({ ended_on: endedOn, ended_because: because })
    .where('id', '=', id)
    .execute();
}

/** The example names its own ids; all others get one. */
export async function addAgreement(
  work: Writes,
  added: AgreementWanted & { readonly id?: string; readonly follows?: string | null },
): Promise<string> {
  const { id } = await work
    .insertInto('exchange.agreement')
    .values({
      ...(added.id !== undefined && { id: added.id }),
      ...columnsOf(added),
      follows_id: added.follows ?? null,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await keepParts(work, id, added);
  return id;
}

/** Rows that stay as they are keep their ids, so that the history shows only what changed. */
async function keepParts(work: Writes, id: string, { parties, sources }: AgreementWanted): Promise<void> {
  await work
    .deleteFrom('exchange.agreement_party')
    .where('agreement_id', '=', id)
    .$if(parties.length > 0, (query) =>
      query.where(
        'organisation_id',
        'not in',
        parties.map(({ organisationId }) => organisationId),
      ),
    )
    .execute();
  for (const { organisationId, role } of parties)
    await work
      .insertInto('exchange.agreement_party')
      .values({ agreement_id: id, organisation_id: organisationId, role })
      .onConflict((there) => there.columns(['partnership_id', 'agreement_id', 'organisation_id']).doUpdateSet({ role }))
      .execute();
  await work
    .deleteFrom('exchange.agreement_source')
    .where('agreement_id', '=', id)
    .$if(sources.length > 0, (query) => query.where('source', 'not in', sources))
    .execute();
  for (const source of sources)
    await work
      .insertInto('exchange.agreement_source')
      .values({ agreement_id: id, source })
      .onConflict((there) => there.doNothing())
      .execute();
}

const columnsOf = (agreement: AgreementWanted) => ({
  title: agreement.title,
  purpose: agreement.purpose,
  level: agreement.level,
  gateway: agreement.gateway,
  marking: agreement.marking.level,
  handling: [...agreement.marking.handling],
  signed_on: agreement.signedOn,
  starts: agreement.starts,
  ends: agreement.ends,
  review_due: agreement.reviewDue,
  notes: agreement.notes,
});
