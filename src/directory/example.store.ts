import { sql } from 'kysely';
import type { IsoDate } from '../duty/index.ts';
import { reading, type Work } from '../platform/database/work.ts';
import { enoughReports } from './gap.ts';
import { flagsOf } from './service-form.ts';
import { getService } from './service.store.ts';

/** A gap of the example, whose ids are fixed. */
export async function loadGap(
  work: Work<'directory'>,
  gap: {
    readonly id: string;
    readonly area: string;
    readonly tier: string;
    readonly need: string;
    readonly age: string;
    readonly owner: string | null;
    readonly state: string;
  },
  reports: readonly { readonly id: string; readonly seen: string | null }[],
  today: IsoDate,
): Promise<void> {
  await work.insertInto('directory.gap').values(gap).execute();
  await work
    .insertInto('directory.gap_report')
    .values(reports.map(({ id, seen }) => ({ id, gap_id: gap.id, seen, reported_on: today })))
    .execute();
  await sql`select directory.publish_gaps(${enoughReports}::int)`.execute(work);
}

/** What a provider of the example proposed. */
export async function loadProposal(
  work: Work<'directory' | 'partnership'>,
  {
    id,
    service,
    change,
    note,
  }: { readonly id: string; readonly service: string; readonly change: object; readonly note: string },
): Promise<void> {
  const { document } = await getService(reading(work), service);
  const changed = { ...document, ...change };
  await work
    .insertInto('directory.proposal')
    .values({
      id,
      service_id: service,
      of_version: 1,
      document: JSON.stringify(changed),
      note,
      flags: [...flagsOf(document, changed)],
    })
    .execute();
}
