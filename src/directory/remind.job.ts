import { z } from 'zod';
import { dayInEngland, systemClock } from '../platform/clock.ts';
import { defineJob } from '../platform/jobs/job.ts';
import { getPartnership } from '../platform/installation.store.ts';
import { askProvider, dueForAsking } from './proposal.store.ts';

/** Writes to the providers whose entries are due to be checked. Run twice, it writes to nobody twice. */
export const directoryReminders = defineJob({
  kind: 'directory-reminders',
  payload: z.object({}),
  retries: 2,
  async run({ partnership, read, write, progress, signal, equipment }) {
    const moment = systemClock();
    const today = equipment.standsOn ?? dayInEngland(moment);
    const { found, due } = await read(async ({ work }) => ({
      found: await getPartnership(work<'platform'>(), partnership),
      due: await dueForAsking(work<'directory' | 'partnership'>(), today),
    }));
    for (const [place, id] of due.entries()) {
      signal.throwIfAborted();
      await write(async ({ work, audit }) => {
        const asker = {
          partnership: { ...found, id: partnership },
          links: equipment.links,
          origin: equipment.origin,
          moment,
        };
        await askProvider(work<'directory' | 'partnership' | 'platform'>(), id, asker, today);
        audit({ action: 'PROVIDER_ASKED', subject: `service/${id}`, outcome: 'done' });
      });
      progress(place + 1, due.length, 'letters written');
    }
    return {
      note:
        due.length === 0
          ? 'No entry is due to be checked.'
          : `${due.length} ${due.length === 1 ? 'letter' : 'letters'} to providers are in the outbox.`,
    };
  },
});
