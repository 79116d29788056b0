import { wantedOf } from '../evidence/intake.store.ts';
import type { Records } from '../platform/database/database.ts';
import { listPartnerships } from '../platform/installation.store.ts';
import type { ReleaseFolder } from '../platform/releases/releases.ts';

const system = { door: 'concord_member', actor: 'system', partnership: undefined } as const;

/**
 * Removes what processes that were killed left in the folder of the releases: files that no release of any partnership and
 * no load that is under way names, and that are older than a day.
 * @returns how many files and folders went
 */
export async function sweepReleases(records: Records, folder: ReleaseFolder, moment: Date): Promise<number> {
  const partnerships = await records.read(system, ({ work }) => listPartnerships(work<'platform'>()));
  const wanted = [];
  for (const { id } of partnerships)
    wanted.push(
      await records.read({ ...system, partnership: id }, ({ work }) => wantedOf(work<'evidence' | 'platform'>())),
    );
  return folder.sweep(
    {
      parts: new Set(wanted.flatMap(({ parts }) => parts)),
      waiting: new Set(wanted.flatMap(({ waiting }) => waiting)),
    },
    moment,
  );
}
