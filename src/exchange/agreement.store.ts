import { sql } from 'kysely';
import type { IsoDate, MarkingLevel } from '../duty/index.ts';
import type { ReadWork, Work } from '../platform/database/work.ts';
import { isLive, type Agreement, type AgreementWanted, type Level } from './agreement.ts';
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
