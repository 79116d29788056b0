import { dueForAsking } from '../directory/proposal.store.ts';
import { referralsDue } from '../directory/referral.store.ts';
import { referralCare } from '../directory/referral.job.ts';
import { directoryReminders } from '../directory/remind.job.ts';
import type { IsoDate } from '../duty/index.ts';
import type { ReadUnit, Records } from '../platform/database/database.ts';
import { listPartnerships } from '../platform/installation.store.ts';
import type { JobDefinition } from '../platform/jobs/job.ts';
import { isAskedSince } from '../platform/jobs/job.store.ts';
import type { Jobs } from '../platform/jobs/jobs.ts';

interface Daily {
  readonly definition: JobDefinition;
  readonly title: string;
  /** How much there is to do: where it is nothing, no job is asked for. */
  readonly due: (unit: ReadUnit, today: IsoDate) => Promise<number>;
}

/** Work that nobody has to ask for. */
const dailies: readonly Daily[] = [
  {
    definition: directoryReminders,
    title: 'Ask providers whether their entries are right',
    due: async ({ work }, today) => (await dueForAsking(work<'directory' | 'partnership'>(), today)).length,
  },
  {
    definition: referralCare,
    title: 'Delete referrals whose day has come, and tell senders of silence',
    due: ({ work }, today) => referralsDue(work<'directory'>(), today),
  },
];

/**
 * Asks for the daily work of every partnership that has some, once a day however often it is called.
 * @returns how many jobs were asked for
 */
export async function askDaily(records: Records, jobs: Jobs, today: IsoDate): Promise<number> {
  const system = { door: 'concord_member', actor: 'system' } as const;
  const partnerships = await records.read({ ...system, partnership: undefined }, ({ work }) =>
    listPartnerships(work<'platform'>()),
  );
  let asked = 0;
  for (const { id } of partnerships)
    for (const { definition, title, due } of dailies) {
      const entry = { ...system, partnership: id };
      const isDue = await records.read(
        entry,
        async (unit) =>
          !(await isAskedSince(unit.work<'platform'>(), definition.kind, today)) && (await due(unit, today)) > 0,
      );
      if (!isDue) continue;
      await records.write(entry, async ({ work, audit }) => {
        const job = await jobs.ask(work<'platform'>(), {
          definition,
          payload: {},
          title,
          partnership: id,
          askedBy: 'system',
        });
        audit({ action: 'DAILY_WORK_ASKED', subject: `job/${job}`, outcome: 'done' });
      });
      asked += 1;
    }
  return asked;
}
