import { z } from 'zod';
import { formatDate } from '../duty/index.ts';
import { dayInEngland, systemClock } from '../platform/clock.ts';
import { getPartnership } from '../platform/installation.store.ts';
import { defineJob } from '../platform/jobs/job.ts';
import { queueMail } from '../platform/mail/outbox.store.ts';
import { forgetReferrals, takeSilentReferrals } from './referral.store.ts';

const counted = (count: number, one: string, many: string): string => `${count} ${count === 1 ? one : many}`;

/**
 * What has to be done about referrals each day: those whose day has come are deleted, and whoever sent one that had no answer
 * is told. The letter names nobody, not even the service.
 */
export const referralCare = defineJob({
  kind: 'referral-care',
  payload: z.object({}),
  retries: 3,
  async run({ partnership, read, write, equipment }) {
    const today = equipment.standsOn ?? dayInEngland(systemClock());
    const { slug } = await read(({ work }) => getPartnership(work<'platform'>(), partnership));
    const gone = await write(async ({ work, audit }) => {
      const count = await forgetReferrals(work<'directory'>(), today);
      if (count > 0) audit({ action: 'REFERRALS_DELETED', subject: `partnership/${partnership}`, outcome: 'done' });
      return count;
    });
    const silent = await write(async ({ work, audit }) => {
      const found = await takeSilentReferrals(work<'directory' | 'platform'>(), today);
      for (const { id, sentOn, email } of found)
        if (email !== null)
          await queueMail(work<'platform'>(), partnership, {
            recipient: email,
            subject: 'A referral of yours has had no answer',
            body: [
              'Hello,',
              '',
              `A referral that you sent on ${formatDate(sentOn)} has had no answer by the day that was agreed.`,
              'Please sign in, look at it, and speak with the other organisation:',
              `${equipment.origin}/${slug}/referrals/${id}`,
              '',
              'This letter says nothing about the person, and the link opens for your account only.',
            ].join('\n'),
          });
      if (found.length > 0) audit({ action: 'REFERRERS_TOLD', subject: `partnership/${partnership}`, outcome: 'done' });
      return found.length;
    });
    return {
      note: `${counted(gone, 'referral was', 'referrals were')} deleted, and ${counted(silent, 'sender was', 'senders were')} told of silence.`,
    };
  },
});
