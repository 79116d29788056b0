import type { IsoDate } from '../duty/index.ts';
import type { ReadWork } from '../platform/database/work.ts';
import type { PlanShown } from './plan-document.ts';

/** The plan that a partnership has put out; undefined where it has not. */
export async function publishedPlan(
  work: ReadWork<'published'>,
  partnership: string,
): Promise<{ readonly publishedOn: IsoDate; readonly shown: PlanShown } | undefined> {
  const row = await work
    .selectFrom('published.plan')
    .select(['published_on', 'shown'])
    .where('partnership_id', '=', partnership)
    .executeTakeFirst();
  return row === undefined ? undefined : { publishedOn: row.published_on, shown: row.shown as unknown as PlanShown };
}

/** Names of organisations that the public may know, by id. */
export async function publicNames(
  work: ReadWork<'published'>,
  partnership: string,
): Promise<ReadonlyMap<string, string>> {
  const rows = await work
    .selectFrom('published.member')
    .select(['organisation_id', 'name'])
    .distinct()
    .where('partnership_id', '=', partnership)
    .execute();
  return new Map(rows.map(({ organisation_id, name }) => [organisation_id, name]));
}
