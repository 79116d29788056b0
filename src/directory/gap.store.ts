import { sql } from 'kysely';
import type { IsoDate } from '../duty/index.ts';
import type { ReadWork, Work } from '../platform/database/work.ts';
import { enoughReports, mostReportsADay, type Gap, type GapAge, type GapState, type GapWanted } from './gap.ts';
import { personalIn } from './plain-text.ts';
import type { Tier } from './prevention.ts';

type Reads = ReadWork<'directory'>;
type Writes = Work<'directory'>;

/** Keeps what somebody reported under the gap that it belongs to. @returns undefined where today's reports are full */
export async function reportGap(work: Writes, wanted: GapWanted, today: IsoDate): Promise<string | undefined> {
  const { count } = await work
    .selectFrom('directory.gap_report')
    .select(sql<number>`count(*)::int`.as('count'))
    .where('reported_on', '=', today)
    .executeTakeFirstOrThrow();
  if (count >= mostReportsADay) return undefined;
  const { area, tier, need, age } = wanted;
  await sql`
    insert into directory.gap (area, tier, need, age) values (${area}, ${tier}, ${need}, ${age})
    on conflict (partnership_id, lower(area), tier, need, age) do nothing`.execute(work);
  const { id } = await work
    .selectFrom('directory.gap')
    .select('id')
    .where(sql`lower(area)`, '=', area.toLowerCase())
    .where('tier', '=', tier)
    .where('need', '=', need)
    .where('age', '=', age)
    .executeTakeFirstOrThrow();
  await work
    .insertInto('directory.gap_report')
    .values({
      gap_id: id,
      seen: wanted.seen === '' ? null : wanted.seen,
      flags: [...personalIn(wanted.seen)],
      reported_on: today,
    })
    .execute();
  await publishGaps(work);
  return id;
}

const publishGaps = (work: Writes) => sql`select directory.publish_gaps(${enoughReports}::int)`.execute(work);

const gaps = (work: Reads) =>
  work
    .selectFrom('directory.gap as g')
    .select(['g.id', 'g.area', 'g.tier', 'g.need', 'g.age', 'g.state', 'g.owner', 'g.note'])
    .select([
      sql<number>`(select count(*)::int from directory.gap_report r where r.gap_id = g.id)`.as('reports'),
      sql<string | null>`(select max(r.reported_on) from directory.gap_report r where r.gap_id = g.id)`.as('lastOn'),
    ]);
type GapRow = Awaited<ReturnType<ReturnType<typeof gaps>['execute']>>[number];
const gapOf = (row: GapRow): Gap => ({
  ...row,
  tier: row.tier as Tier,
  age: row.age as GapAge,
  state: row.state as GapState,
});

/** Open gaps first, then by how many reported them. */
export async function listGaps(work: Reads, most = 500): Promise<readonly Gap[]> {
  const rows = await gaps(work)
    .orderBy(sql`g.state = 'closed'`)
    .orderBy('reports', 'desc')
    .orderBy('g.need')
    .orderBy('g.id')
    .limit(most)
    .execute();
  return rows.map(gapOf);
}

export interface GapReport {
  readonly id: string;
  readonly seen: string | null;
  readonly flags: readonly string[];
  readonly reportedOn: IsoDate;
}

/** @throws where there is no such gap in the bound partnership */
export async function getGap(work: Reads, id: string): Promise<Gap & { readonly said: readonly GapReport[] }> {
  const row = await gaps(work).where('g.id', '=', id).executeTakeFirstOrThrow();
  const said = await work
    .selectFrom('directory.gap_report')
    .select(['id', 'seen', 'flags', 'reported_on'])
    .where('gap_id', '=', id)
    .orderBy('reported_on', 'desc')
    .orderBy('id')
    .limit(200)
    .execute();
  return {
    ...gapOf(row),
    said: said.map(({ reported_on, ...report }) => ({ ...report, reportedOn: reported_on })),
  };
}

export async function changeGap(
  work: Writes,
  id: string,
  { state, owner, note }: { readonly state: GapState; readonly owner: string; readonly note: string },
): Promise<void> {
  await work
    .updateTable('directory.gap')
    .set({ state, owner: owner === '' ? null : owner, note: note === '' ? null : note })
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  await publishGaps(work);
}

/** Takes the words out of a report: they may name a person. That it was reported stays. */
export async function clearReport(work: Writes, gapId: string, reportId: string): Promise<void> {
  await work
    .updateTable('directory.gap_report')
    .set({ seen: null, flags: [] })
    .where('id', '=', reportId)
    .where('gap_id', '=', gapId)
    .executeTakeFirstOrThrow();
}

/** What everybody may know of the gaps of a partnership. */
export async function publicGaps(
  work: ReadWork<'published'>,
  partnership: string,
): Promise<readonly Pick<Gap, 'id' | 'area' | 'tier' | 'need' | 'age' | 'state'>[]> {
  const rows = await work
    .selectFrom('published.gap')
    .select(['id', 'area', 'tier', 'need', 'age', 'state'])
    .where('partnership_id', '=', partnership)
    .orderBy('need')
    .orderBy('area')
    .orderBy('id')
    .limit(500)
    .execute();
  return rows.map((row) => ({
    ...row,
    tier: row.tier as Tier,
    age: row.age as GapAge,
    state: row.state as GapState,
  }));
}
