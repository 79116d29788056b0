import type { IsoDate } from '../duty/index.ts';
import type { ReadWork, Work } from './database/work.ts';

export interface InstallationRow {
  readonly name: string;
  readonly mode: 'example' | 'live';
  /** The day on which the clocks of an example stand; null where the real day counts. */
  readonly today: IsoDate | null;
}

/** What this installation is; undefined before its first start. */
export async function findInstallation(work: ReadWork<'platform'>): Promise<InstallationRow | undefined> {
  return work
    .selectFrom('platform.installation')
    .select(['name', 'mode', 'today'])
    .$narrowType<InstallationRow>()
    .executeTakeFirst();
}

export async function nameInstallation(work: Work<'platform'>, row: InstallationRow): Promise<void> {
  await work.insertInto('platform.installation').values(row).execute();
}

/** Every partnership of the installation, in the order of their addresses. */
export async function listPartnerships(
  work: ReadWork<'platform'>,
): Promise<readonly { readonly id: string; readonly slug: string; readonly name: string }[]> {
  return work.selectFrom('platform.partnership').select(['id', 'slug', 'name']).orderBy('slug').execute();
}

/** @throws NoResultError where there is no such partnership */
export const getPartnership = (
  work: ReadWork<'platform'>,
  id: string,
): Promise<{ readonly id: string; readonly slug: string; readonly name: string }> =>
  work.selectFrom('platform.partnership').select(['id', 'slug', 'name']).where('id', '=', id).executeTakeFirstOrThrow();
