import { sql } from 'kysely';
import type { ReadWork } from '../platform/database/work.ts';

/** Who answers for the public pages of a partnership. */
export interface Answerable {
  readonly slug: string;
  readonly name: string;
  /** All null where the partnership has named nobody yet. */
  readonly contactName: string | null;
  readonly contactEmail: string | null;
  readonly contactPhone: string | null;
}

/** Those of the installation, by name. @param partnership only this one */
export async function answerable(work: ReadWork<'published'>, partnership?: string): Promise<readonly Answerable[]> {
  let rows = work
    .selectFrom('published.partnership')
    .select([
      'slug',
      'name',
      'contact_name as contactName',
      'contact_email as contactEmail',
      'contact_phone as contactPhone',
    ]);
  if (partnership !== undefined) rows = rows.where('slug', '=', partnership);
  return rows.orderBy(sql`name collate "C"`).execute();
}
