import { sql } from 'kysely';
import { holdsMonth, type Month, type Period } from '../duty/index.ts';
import { personOf } from '../platform/database/person-of.ts';
import type { ReadWork, Work } from '../platform/database/work.ts';
import type { LivePart } from '../platform/releases/ask.ts';
import type { RowCounts } from '../platform/releases/checked.ts';
import type { Part } from '../platform/releases/releases.ts';
import type { FormatName } from './source.ts';

/** What is known of a release: what it was made from and what it holds. The rows are in its parts. */
export interface Release {
  readonly id: string;
  readonly source: FormatName;
  readonly formatVersion: number;
  /** Hash of the Parquet file; of the list of hashes where there are several. */
  readonly parquet: string;
  readonly mapping: string | null;
  readonly agreementId: string | null;
  readonly months: readonly Month[];
  readonly replacesMonths: boolean;
  readonly rows: RowCounts;
  readonly notes: ReleaseNotes;
  readonly importedBy: string;
  readonly importedAt: string;
}

export interface ReleaseNotes {
  readonly reasons?: readonly { readonly column: string; readonly sentence: string; readonly rows: number }[];
  readonly screened?: number;
  readonly unknownColumns?: readonly string[];
}

/** A table that a release was made of. */
export interface ReleaseFile extends RowCounts {
  readonly name: string;
  /** Of the table itself, whether it came plain, packed or in an archive. */
  readonly sha256: string;
  /** Of the file that was sent. */
  readonly sentSha256: string;
}

export interface NewRelease extends Omit<Release, 'importedAt'> {
  readonly files: readonly ReleaseFile[];
  readonly parts: readonly Part[];
  readonly counts: readonly {
    readonly month: Month;
    readonly provider: string | null;
    readonly rows: number;
    readonly unlocated: number;
  }[];
}

/** Until the end of the unit of work nobody else of the partnership adds a release. */
export async function lockReleases(work: Work<'evidence'>): Promise<void> {
  await sql`select pg_advisory_xact_lock(7278, hashtext(current_setting('concord.partnership', true)))`.execute(work);
}

/**
 * Writes a release down, unless it is there: whoever loads the same files gets the same release. Where it replaces months,
 * what earlier releases of the source have of the same months and providers counts no more. Called under `lockReleases`.
 * @returns whether it is new
 */
export async function addRelease(work: Work<'evidence'>, release: NewRelease): Promise<boolean> {
  const { rows } = release;
  const added = await work
    .insertInto('evidence.release')
    .values({
      id: release.id,
      source: release.source,
      format_version: release.formatVersion,
      parquet: release.parquet,
      mapping: release.mapping,
      agreement_id: release.agreementId,
      months: [...release.months],
      replaces_months: release.replacesMonths,
      rows_read: rows.read,
      rows_accepted: rows.accepted,
      rows_quarantined: rows.quarantined,
      rows_already_loaded: rows.alreadyLoaded,
      rows_outside: rows.outside,
      rows_unlocated: rows.unlocated,
      notes: JSON.stringify(release.notes),
      imported_by: release.importedBy,
    })
    .onConflict((conflict) => conflict.columns(['partnership_id', 'id']).doNothing())
    .returning('id')
    .executeTakeFirst();
  if (added === undefined) return false;
  await inChunks(release.files, (files, from) =>
    work
      .insertInto('evidence.release_file')
      .values(
        files.map(({ name, sha256, sentSha256, ...counts }, place) => ({
          release_id: release.id,
          place: from + place,
          name,
          sha256,
          sent_sha256: sentSha256,
          rows: JSON.stringify(counts),
        })),
      )
      .execute(),
  );
  await inChunks(release.parts, (parts, from) =>
    work
      .insertInto('evidence.release_part')
      .values(
        parts.map(({ months, ...part }, place) => ({
          ...part,
          release_id: release.id,
          place: from + place,
          months: [...months],
        })),
      )
      .execute(),
  );
  if (release.replacesMonths)
    await sql`
      update evidence.release_month m set superseded_by = ${release.id}
      from evidence.release r
      where r.partnership_id = m.partnership_id and r.id = m.release_id and r.source = ${release.source}
        and m.superseded_by is null
        and (m.month, m.provider) in (select * from unnest(${release.counts.map(({ month }) => month)}::text[], ${release.counts.map(({ provider }) => provider ?? '')}::text[]))`.execute(
      work,
    );
  await inChunks(release.counts, (counts) =>
    work
      .insertInto('evidence.release_month')
      .values(counts.map(({ provider, ...each }) => ({ ...each, provider: provider ?? '', release_id: release.id })))
      .execute(),
  );
  return true;
}

/** PostgreSQL takes 65,535 values in one statement. */
async function inChunks<T>(rows: readonly T[], insert: (rows: readonly T[], from: number) => Promise<unknown>) {
  for (let from = 0; from < rows.length; from += 2_000) await insert(rows.slice(from, from + 2_000), from);
}

/** The releases of this partnership, newest first. */
export async function listReleases(work: ReadWork<'evidence'>, source?: string): Promise<readonly Release[]> {
  const rows = await releases(work)
    .$if(source !== undefined, (query) => query.where('r.source', '=', source ?? ''))
    .orderBy('r.imported_at', 'desc')
    .orderBy('r.id')
    .execute();
  return rows.map(releaseOf);
}

const releases = (work: ReadWork<'evidence'>) => work.selectFrom('evidence.release as r').selectAll('r');

function releaseOf(row: Awaited<ReturnType<ReturnType<typeof releases>['execute']>>[number]): Release {
  return {
    id: row.id,
    source: row.source as FormatName,
    formatVersion: row.format_version,
    parquet: row.parquet,
    mapping: row.mapping,
    agreementId: row.agreement_id,
    months: row.months,
    replacesMonths: row.replaces_months,
    rows: {
      read: row.rows_read,
      accepted: row.rows_accepted,
      quarantined: row.rows_quarantined,
      alreadyLoaded: row.rows_already_loaded,
      outside: row.rows_outside,
      unlocated: row.rows_unlocated,
    },
    notes: row.notes as unknown as ReleaseNotes,
    importedBy: row.imported_by,
    importedAt: new Date(row.imported_at).toISOString(),
  };
}

/** @throws where there is no such release in the bound partnership */
export async function getRelease(work: ReadWork<'evidence'>, id: string): Promise<Release> {
  return releaseOf(await releases(work).where('r.id', '=', id).executeTakeFirstOrThrow());
}

export async function findRelease(work: ReadWork<'evidence'>, id: string): Promise<Release | undefined> {
  const row = await releases(work).where('r.id', '=', id).executeTakeFirst();
  return row === undefined ? undefined : releaseOf(row);
}

/** The parts of one release, in order. */
export async function partsOfRelease(work: ReadWork<'evidence'>, id: string): Promise<readonly Part[]> {
  return work
    .selectFrom('evidence.release_part')
    .select(['sha256', 'bytes', 'rows', 'months'])
    .where('release_id', '=', id)
    .orderBy('place')
    .execute();
}

/** Who a release was loaded by, as people call them. */
export async function importerOf(work: ReadWork<'evidence' | 'platform'>, id: string): Promise<string> {
  const { name } = await work
    .selectFrom('evidence.release as r')
    .leftJoin('platform.shared_person as person', (join) =>
      join.on('person.id', '=', personOf(sql.ref('r.imported_by'))),
    )
    .select(sql<string>`coalesce(person.name, r.imported_by)`.as('name'))
    .where('r.id', '=', id)
    .executeTakeFirstOrThrow();
  return name;
}

/** What a release holds, by month and provider, and which later release took the place of it. */
export async function monthsOfRelease(
  work: ReadWork<'evidence'>,
  id: string,
): Promise<
  readonly {
    readonly month: Month;
    readonly provider: string | null;
    readonly rows: number;
    readonly unlocated: number;
    readonly supersededBy: string | null;
  }[]
> {
  const rows = await work
    .selectFrom('evidence.release_month')
    .select(['month', 'provider', 'rows', 'unlocated', 'superseded_by as supersededBy'])
    .where('release_id', '=', id)
    .orderBy('month')
    .orderBy('provider')
    .execute();
  return rows.map((row) => ({ ...row, provider: row.provider === '' ? null : row.provider }));
}

/** What of a source counted just before a release came, and just after. */
export async function partsAround(
  work: ReadWork<'evidence'>,
  { id, source }: Pick<Release, 'id' | 'source'>,
): Promise<{ readonly before: readonly LivePart[]; readonly after: readonly LivePart[] }> {
  const inOrder = await work
    .selectFrom('evidence.release')
    .select('id')
    .where('source', '=', source)
    .orderBy('imported_at')
    .orderBy('id')
    .execute();
  const order = new Map(inOrder.map((release, place) => [release.id, place]));
  const placeOf = (release: string): number => order.get(release) ?? Infinity;
  const parts = await partsWithReplaced(work, source);
  const upTo = (last: number): readonly LivePart[] =>
    parts
      .filter(({ release }) => placeOf(release) <= last)
      .map(({ sha256, months, replaced }) => ({
        sha256,
        months,
        without: replaced.filter(({ by }) => placeOf(by) <= last).map(({ month, provider }) => ({ month, provider })),
      }));
  return { before: upTo(placeOf(id) - 1), after: upTo(placeOf(id)) };
}

export async function filesOfRelease(work: ReadWork<'evidence'>, id: string): Promise<readonly ReleaseFile[]> {
  const rows = await work
    .selectFrom('evidence.release_file')
    .select(['name', 'sha256', 'sent_sha256', 'rows'])
    .where('release_id', '=', id)
    .orderBy('place')
    .execute();
  return rows.map(({ name, sha256, sent_sha256, rows: counts }) => ({
    name,
    sha256,
    sentSha256: sent_sha256,
    ...(counts as unknown as RowCounts),
  }));
}

/** Which of these files are in a release of the source already, by hash: the release that has them. */
export async function releasesOfFiles(
  work: ReadWork<'evidence'>,
  source: string,
  hashes: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (hashes.length === 0) return new Map();
  const rows = await work
    .selectFrom('evidence.release_file as f')
    .innerJoin('evidence.release as r', (join) =>
      join.onRef('r.partnership_id', '=', 'f.partnership_id').onRef('r.id', '=', 'f.release_id'),
    )
    .select(['f.sha256', 'f.release_id'])
    .where('r.source', '=', source)
    .where('f.sha256', '=', sql<string>`any(${[...hashes]})`)
    .execute();
  return new Map(rows.map((row) => [row.sha256, row.release_id]));
}

/**
 * The parts of a source that have rows of a period, each with what later releases have replaced in it. With `releases`, the
 * parts of those releases as they were: what an old figure was made from.
 */
export async function livePartsOf(
  work: ReadWork<'evidence'>,
  asked: { readonly source: string; readonly period?: Period; readonly releases?: readonly string[] },
): Promise<readonly (LivePart & { readonly release: string })[]> {
  const parts = await partsWithReplaced(work, asked.source);
  const { period } = asked;
  return parts
    .filter((part) => asked.releases === undefined || asked.releases.includes(part.release))
    .filter(({ months }) => period === undefined || months.some((month) => holdsMonth(period, month)))
    .map(({ release, sha256, months, replaced }) => ({
      release,
      sha256,
      months,
      without: asked.releases === undefined ? replaced.map(({ month, provider }) => ({ month, provider })) : [],
    }));
}

/** Every part of a source, the oldest release first, with the months in it that a later release took the place of. */
async function partsWithReplaced(
  work: ReadWork<'evidence'>,
  source: string,
): Promise<
  readonly {
    readonly release: string;
    readonly sha256: string;
    readonly months: readonly Month[];
    readonly replaced: readonly { readonly month: Month; readonly provider: string; readonly by: string }[];
  }[]
> {
  const parts = await work
    .selectFrom('evidence.release_part as p')
    .innerJoin('evidence.release as r', (join) =>
      join.onRef('r.partnership_id', '=', 'p.partnership_id').onRef('r.id', '=', 'p.release_id'),
    )
    .select(['p.release_id', 'p.sha256', 'p.months'])
    .where('r.source', '=', source)
    .orderBy('r.imported_at')
    .orderBy('r.id')
    .orderBy('p.place')
    .execute();
  const replaced = await work
    .selectFrom('evidence.release_month as m')
    .innerJoin('evidence.release as r', (join) =>
      join.onRef('r.partnership_id', '=', 'm.partnership_id').onRef('r.id', '=', 'm.release_id'),
    )
    .select(['m.release_id', 'm.month', 'm.provider', 'm.superseded_by as by'])
    .where('r.source', '=', source)
    .where('m.superseded_by', 'is not', null)
    .$narrowType<{ by: string }>()
    .orderBy('m.month')
    .orderBy('m.provider')
    .execute();
  const of = Map.groupBy(replaced, (row) => row.release_id);
  return parts.map(({ release_id, ...part }) => ({ ...part, release: release_id, replaced: of.get(release_id) ?? [] }));
}

/** What is there of a source by month and provider, of releases that count today. */
export async function monthsOf(
  work: ReadWork<'evidence'>,
  source: string,
): Promise<
  readonly {
    readonly release: string;
    readonly month: Month;
    readonly provider: string;
    readonly rows: number;
    readonly unlocated: number;
  }[]
> {
  const rows = await work
    .selectFrom('evidence.release_month as m')
    .innerJoin('evidence.release as r', (join) =>
      join.onRef('r.partnership_id', '=', 'm.partnership_id').onRef('r.id', '=', 'm.release_id'),
    )
    .select(['m.release_id as release', 'm.month', 'm.provider', 'm.rows', 'm.unlocated'])
    .where('r.source', '=', source)
    .where('m.superseded_by', 'is', null)
    .orderBy('m.month')
    .orderBy('m.provider')
    .orderBy('m.release_id')
    .execute();
  return rows.map((row) => ({ ...row, rows: row.rows, unlocated: row.unlocated }));
}
