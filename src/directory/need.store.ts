import { sql } from 'kysely';
import { addDays, formatDate } from '../duty/index.ts';
import { eachOrTogether, type NeedRow } from '../platform/needs.ts';
import { referrers } from './referral.ts';

const keepers = ['coordinator', 'prevention-lead'] as const;

/** What of the directory needs somebody. */
export const directoryNeeds: readonly NeedRow<'directory'>[] = [
  {
    about: 'Changes that providers proposed',
    roles: keepers,
    async find({ work }) {
      const rows = await work
        .selectFrom('directory.proposal as p')
        .innerJoin('directory.service as s', 's.id', 'p.service_id')
        .select(['p.id', 's.name', 's.visibility'])
        .where('p.state', '=', 'waiting')
        .orderBy('p.made_at')
        .limit(50)
        .execute();
      return eachOrTogether(
        rows,
        ({ id, name, visibility }) => ({
          words:
            visibility === 'confidential'
              ? 'Look at what a provider changed'
              : `Look at what the provider of “${name}” changed`,
          because: 'Until then the public sees the entry as it was.',
          href: `/directory/proposals/${id}`,
          due: null,
        }),
        (count) => ({
          words: `Look at what ${count} providers changed`,
          href: '/directory?state=proposals',
          due: null,
        }),
      );
    },
  },
  {
    about: 'Entries of the directory that are due to be checked',
    roles: keepers,
    async find({ work, today }) {
      const { count, first } = await work
        .selectFrom('directory.service')
        .select([sql<number>`count(*)::int`.as('count'), sql<string | null>`min(verify_by)`.as('first')])
        .where('state', '=', 'live')
        .where((is) => is.or([is('verify_by', 'is', null), is('verify_by', '<=', addDays(today, 14))]))
        .executeTakeFirstOrThrow();
      return count === 0
        ? []
        : [
            {
              words: `Have ${count} ${count === 1 ? 'entry' : 'entries'} of the directory checked`,
              because: 'The public sees which entries nobody has checked lately.',
              href: '/directory?state=stale',
              due: first,
            },
          ];
    },
  },
  {
    about: 'Gaps that nobody looks at yet',
    roles: keepers,
    async find({ work }) {
      const { count } = await work
        .selectFrom('directory.gap')
        .select(sql<number>`count(*)::int`.as('count'))
        .where('state', '=', 'new')
        .where('owner', 'is', null)
        .executeTakeFirstOrThrow();
      return count === 0
        ? []
        : [
            {
              words: `Give ${count} ${count === 1 ? 'gap' : 'gaps'} in services an owner`,
              href: '/directory/gaps',
              due: null,
            },
          ];
    },
  },
  {
    about: 'Referrals of one’s own that had no answer in time, and referrals to answer',
    roles: referrers,
    async find({ work, person, today }) {
      const rows = await work
        .selectFrom('directory.referral')
        .select(['id', 'sent_by', 'sent_on', 'answer_by', 'state'])
        .where((is) =>
          is.or([
            is.and([is('sent_by', '=', person), is('answer_by', '<', today)]),
            is.and([is('sent_to', '=', person), is('state', '=', 'sent')]),
          ]),
        )
        .orderBy('answer_by')
        .limit(20)
        .execute();
      return rows.map(({ id, sent_by, sent_on, answer_by }) =>
        sent_by === person
          ? {
              words: `Ask what became of the referral that you sent on ${formatDate(sent_on)}`,
              because: 'No answer came by the day that was agreed.',
              href: `/referrals/${id}` as const,
              due: answer_by,
              isUrgent: true,
            }
          : {
              words: `Answer the referral that was sent to you on ${formatDate(sent_on)}`,
              href: `/referrals/${id}` as const,
              due: answer_by,
            },
      );
    },
  },
];
