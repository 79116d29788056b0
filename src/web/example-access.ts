import { addDays, type IsoDate } from '../duty/index.ts';
import { itemsToReview } from '../partnership/access-review.routes.ts';
import { decide, endReview, listItems, startReview } from '../partnership/access-review.store.ts';
import { dayInEngland } from '../platform/clock.ts';
import type { Records } from '../platform/database/database.ts';
import { reading } from '../platform/database/work.ts';
import {
  exampleAccounts,
  exampleInvitation,
  exampleNewcomer,
  exampleReview,
  type ExampleAccount,
} from '../platform/identity/example-accounts.ts';
import { invitationEnds } from '../platform/identity/invitation.ts';
import { addInvitation } from '../platform/identity/invitation.store.ts';

/** In the middle of a day that many days before, as days are counted in England, whatever the hour and the clock's season. */
const daysBefore = (moment: Date, days: number): string => `${addDays(dayInEngland(moment), -days)}T11:00:00.000Z`;

/** Most look in every few days; the councillor has not for long, and the newcomer not yet. */
export function lastSignInOf({ id, role }: ExampleAccount, moment: Date): string | null {
  if (id === exampleNewcomer.id) return null;
  return daysBefore(moment, role === 'councillor' ? 120 : 1 + (Number(id.slice(-2)) % 12));
}

/** An invitation that is open, a review of access that was finished, and one in which two people are left. */
export async function loadExampleAccess(
  records: Records,
  partnership: string,
  { moment, today }: { readonly moment: Date; readonly today: IsoDate },
): Promise<void> {
  const by = idOf('information-governance');
  await records.write({ door: 'concord_member', actor: by, partnership }, async ({ work, audit }) => {
    const reviewing = work<'partnership' | 'platform'>();
    await addInvitation(reviewing, partnership, {
      ...exampleInvitation,
      by: idOf('administrator'),
      expires: invitationEnds(moment),
    });
    const items = await itemsToReview(reading(reviewing), today, moment);
    const isToDecide = ({ account }: { readonly account: string }) =>
      account === exampleNewcomer.id || account === idOf('councillor');
    const keep = async (review: string, left: (item: { readonly account: string }) => boolean) => {
      for (const item of await listItems(reading(reviewing), review, { limit: 100, offset: 0 }))
        if (!left(item)) await decide(reviewing, item.id, { madeFrom: null, decision: 'keep', reason: null, by });
    };
    const before = items.filter(({ person }) => person.id !== exampleNewcomer.id);
    const finished = await startReview(reviewing, partnership, { by, today: '2026-02-26', items: before });
    await keep(finished ?? '', () => false);
    await endReview(reviewing, finished ?? '', { by, today: '2026-03-02' });
    await startReview(reviewing, partnership, {
      id: exampleReview.id,
      by,
      today,
      items: items.map((item) =>
        item.person.id === idOf('councillor') ? { ...item, id: exampleReview.itemId } : item,
      ),
    });
    await keep(exampleReview.id, isToDecide);
    audit({ action: 'ACCESS_REVIEW_STARTED', subject: `access-review/${exampleReview.id}`, outcome: 'done' });
  });
}

const idOf = (role: ExampleAccount['role']): string =>
  exampleAccounts.find((account) => account.role === role)?.id ?? '';
