import { sql } from 'kysely';
import type { ReadWork } from '../platform/database/work.ts';

export interface PublicPartnership {
  readonly slug: string;
  readonly name: string;
}

/** Every partnership of the installation, by name. */
export const publicPartnerships = (work: ReadWork<'published'>): Promise<readonly PublicPartnership[]> =>
  work
    .selectFrom('published.partnership')
    .select(['slug', 'name'])
    .orderBy(sql`name collate "C"`)
    .execute();
