import { sql } from 'kysely';
import type { NeedRow } from '../needs.ts';

/** After so many days without a check somebody should ask for one. */
const checkDays = 30;

/** What of the audit may need somebody. */
export const auditNeeds: readonly NeedRow<'platform'>[] = [
  {
    about: 'An audit that nobody checked for a while',
    roles: ['administrator', 'information-governance'],
    async find({ work }) {
      const last = await work
        .selectFrom('platform.job')
        .select(sql<boolean>`ended_at > now() - make_interval(days => ${checkDays})`.as('isRecent'))
        .where('kind', '=', 'audit-check')
        .where('state', '=', 'done')
        .orderBy('ended_at', 'desc')
        .limit(1)
        .executeTakeFirst();
      if (last?.isRecent === true) return [];
      return [
        {
          words: 'Check the audit',
          because:
            last === undefined ? 'It has not been checked yet.' : `Its last check was more than ${checkDays} days ago.`,
          href: '/audit',
          due: null,
        },
      ];
    },
  },
];
