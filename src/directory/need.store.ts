import { sql } from 'kysely';
import { addDays } from '../duty/index.ts';
import { eachOrTogether, type NeedRow } from '../platform/needs.ts';

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
];
