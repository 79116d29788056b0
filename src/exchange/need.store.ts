import { sql, type SqlBool } from 'kysely';
import { daysBetween, formatDate, type IsoDate } from '../duty/index.ts';
import type { ReadWork } from '../platform/database/work.ts';
import { eachOrTogether, type NeedRow } from '../platform/needs.ts';
import { stateInSql } from './agreement.store.ts';
import { endingDays, type AgreementState } from './agreement.ts';

/** Those who can change agreements, and whoever answers for lawful sharing. */
const keepers = ['administrator', 'coordinator', 'analyst', 'information-governance'] as const;

const inState = (day: IsoDate, ...states: readonly AgreementState[]) =>
  sql<SqlBool>`${stateInSql(day)} in (${sql.join(states)})`;

const agreements = (work: ReadWork<'exchange'>) =>
  work
    .selectFrom('exchange.agreement as a')
    .select(['a.id', 'a.title', 'a.starts', 'a.review_due'])
    .select(sql<IsoDate>`least(a.ends, a.ended_on)`.as('lastDay'))
    .orderBy(sql`lower(a.title)`)
    .orderBy('a.id');

/** What of the agreements may need somebody. */
export const exchangeNeeds: readonly NeedRow<'exchange'>[] = [
  {
    about: 'Agreements that end soon and that nothing follows',
    roles: keepers,
    async find({ work, today }) {
      const ending = await agreements(work)
        .where(inState(today, 'ending'))
        .where(
          sql<SqlBool>`not exists (select from exchange.agreement next
            where next.follows_id = a.id and not (next.signed_on is null and next.ended_on is not null))`,
        )
        .execute();
      return ending.map(({ id, title, lastDay }) => ({
        words: `Renew the agreement “${title}”`,
        because: `It ends ${inDays(today, lastDay)}, on ${formatDate(lastDay)}. From the day after, nothing can be loaded under it.`,
        href: `/agreements/${id}`,
        due: lastDay,
      }));
    },
  },
  {
    about: 'Agreements that are not signed',
    roles: keepers,
    async find({ work, today }) {
      const drafts = await agreements(work).where(inState(today, 'draft')).where('a.signed_on', 'is', null).execute();
      return eachOrTogether(
        drafts,
        ({ id, title, starts }) => ({
          words: `Have the agreement “${title}” signed`,
          because: 'Until then nothing can be loaded under it.',
          href: `/agreements/${id}`,
          due: starts,
        }),
        (count) => ({ words: `Have ${count} agreements signed`, href: '/agreements?state=draft', due: null }),
      );
    },
  },
  {
    about: 'Agreements that are due for review',
    roles: keepers,
    async find({ work, today }) {
      const due = await agreements(work)
        .where(inState(today, 'live'))
        .where(sql<SqlBool>`a.review_due <= ${today}::date + ${endingDays}::int`)
        .execute();
      return due.map(({ id, title, review_due }) => ({
        words: `Review the agreement “${title}”`,
        because:
          review_due === null ? undefined : `It ${review_due < today ? 'was' : 'is'} due ${formatDate(review_due)}.`,
        href: `/agreements/${id}`,
        due: review_due,
      }));
    },
  },
];

function inDays(today: IsoDate, last: IsoDate): string {
  const days = daysBetween(today, last);
  return days === 0 ? 'today' : days === 1 ? 'tomorrow' : `in ${days} days`;
}
