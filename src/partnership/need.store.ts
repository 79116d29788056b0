import { sql } from 'kysely';
import { formatPartialDate, type IsoDate } from '../duty/index.ts';
import { eachOrTogether, type NeedRow } from '../platform/needs.ts';
import { dateOf, runs } from './register.store.ts';

/** How far ahead a home looks, in days. */
const reviewDays = 60;
const meetingDays = 30;

const keepers = ['administrator', 'coordinator'] as const;
const clerks = ['coordinator', 'democratic-services'] as const;

/** A day so many days later, as SQL. */
const later = (day: IsoDate, days: number) => sql<string>`(${day}::date + ${days}::int)::text`;

/** What of the register may need somebody. */
export const partnershipNeeds: readonly NeedRow<'partnership'>[] = [
  {
    about: 'Bodies of the partnership that have no chair',
    roles: [...keepers, 'democratic-services'],
    async find({ work, today }) {
      const bodies = await work
        .selectFrom('partnership.body as body')
        .select(['body.id', 'body.name'])
        .where('body.is_own', '=', true)
        .where(runs('body', today))
        .where((where) =>
          where.not(
            where.exists(
              where
                .selectFrom('partnership.seat as seat')
                .select('seat.id')
                .whereRef('seat.body_id', '=', 'body.id')
                .where('seat.role', '=', 'chair')
                .where(runs('seat', today)),
            ),
          ),
        )
        .orderBy(sql`lower(body.name)`)
        .execute();
      return eachOrTogether(
        bodies,
        ({ id, name }) => ({ words: `Choose a chair for ${name}`, href: `/bodies/${id}`, due: null }),
        (count) => ({ words: `Choose chairs for ${count} bodies`, href: '/bodies', due: null }),
      );
    },
  },
  {
    about: 'Terms of reference that are due for review',
    roles: clerks,
    async find({ work, today }) {
      const bodies = await work
        .selectFrom('partnership.body as body')
        .select(['body.id', 'body.name', 'body.terms_review'])
        .where(runs('body', today))
        .where(sql<string>`body.terms_review->>'latest'`, '<=', later(today, reviewDays))
        .orderBy(sql`body.terms_review->>'latest'`)
        .execute();
      return bodies.map(({ id, name, terms_review }) => {
        const date = dateOf(terms_review);
        const due = date?.latest ?? null;
        const isOver = due !== null && due < today;
        return {
          words: `Review the terms of ${name}`,
          because: date === null ? undefined : `${isOver ? 'They were' : 'They are'} due ${formatPartialDate(date)}.`,
          href: `/bodies/${id}`,
          due,
        };
      });
    },
  },
  {
    about: 'Memberships that end soon',
    roles: keepers,
    async find({ work, today }) {
      const ending = await work
        .selectFrom('partnership.membership as membership')
        .innerJoin('partnership.organisation as organisation', 'organisation.id', 'membership.organisation_id')
        .distinctOn(['organisation.id'])
        .select(['organisation.id', 'organisation.name', 'membership.until'])
        .where(runs('membership', today))
        .where(sql<string>`membership.until->>'latest'`, '<=', later(today, reviewDays))
        .orderBy('organisation.id')
        .orderBy(sql`membership.until->>'latest'`)
        .execute();
      return ending.map(({ id, name, until }) => {
        const date = dateOf(until);
        return {
          words: `Decide whether ${name} stays a member`,
          because: date === null ? undefined : `Its membership ends ${formatPartialDate(date)}.`,
          href: `/organisations/${id}`,
          due: date?.latest ?? null,
        };
      });
    },
  },
  {
    about: 'People of whom no post is known',
    roles: keepers,
    async find({ work, today }) {
      const people = await work
        .selectFrom('partnership.person as person')
        .select(['person.id', 'person.name'])
        .where('person.left_on', 'is', null)
        .where('person.has_lived_experience', '=', false)
        .where((where) =>
          where.not(
            where.exists(
              where
                .selectFrom('partnership.post as post')
                .select('post.id')
                .whereRef('post.person_id', '=', 'person.id')
                .where(runs('post', today)),
            ),
          ),
        )
        .orderBy(sql`lower(person.name)`)
        .limit(1_000)
        .execute();
      return eachOrTogether(
        people,
        ({ id, name }) => ({
          words: `Say which post ${name} holds, or that they left`,
          href: `/people/${id}`,
          due: null,
        }),
        (count) => ({
          words: `Say which posts ${count === 1_000 ? 'many' : count} people hold, or that they left`,
          href: '/people',
          due: null,
        }),
      );
    },
  },
  {
    about: 'Meetings that come of the partnership’s bodies',
    roles: clerks,
    find: ({ work, today }) => meetingsThatCome(work, today),
  },
  {
    about: 'Meetings that come of bodies in which one has a seat',
    roles: [
      'administrator',
      'analyst',
      'officer',
      'prevention-lead',
      'partner',
      'councillor',
      'hub',
      'information-governance',
    ],
    find: ({ work, today, person }) => meetingsThatCome(work, today, person),
  },
];

/** @param account only of bodies in which whoever signs in so has a seat */
async function meetingsThatCome(
  work: Parameters<NeedRow<'partnership'>['find']>[0]['work'],
  today: IsoDate,
  account?: string,
) {
  let query = work
    .selectFrom('partnership.meeting as meeting')
    .innerJoin('partnership.body as body', 'body.id', 'meeting.body_id')
    .select(['body.id', 'body.name', 'meeting.on_day'])
    .where(sql<string>`meeting.on_day->>'latest'`, '>=', today)
    .where(sql<string>`meeting.on_day->>'earliest'`, '<=', later(today, meetingDays))
    .orderBy(sql`meeting.on_day->>'earliest'`)
    .limit(20);
  if (account !== undefined)
    query = query.where((where) =>
      where.exists(
        where
          .selectFrom('partnership.seat as seat')
          .innerJoin('partnership.person as person', 'person.id', 'seat.person_id')
          .select('seat.id')
          .whereRef('seat.body_id', '=', 'body.id')
          .where('person.account_id', '=', account)
          .where(runs('seat', today)),
      ),
    );
  const meetings = await query.execute();
  return meetings.map(({ id, name, on_day }) => {
    const date = dateOf(on_day);
    return {
      words: `Prepare for the meeting of ${name}`,
      because: date === null ? undefined : `It is on ${formatPartialDate(date)}.`,
      href: `/bodies/${id}` as const,
      due: date?.earliest ?? null,
    };
  });
}
