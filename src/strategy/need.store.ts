import { sql, type SqlBool } from 'kysely';
import { addDays, formatDate, type IsoDate } from '../duty/index.ts';
import type { ReadWork } from '../platform/database/work.ts';
import { eachOrTogether, type NeedRow } from '../platform/needs.ts';
import { freshDays, freshSince } from './action.ts';
import { endingDays } from './grant.ts';

/** Who keeps strategy and plan. */
const keepers = ['coordinator', 'prevention-lead'] as const;

const openActions = (work: ReadWork<'strategy'>) =>
  work.selectFrom('strategy.action').select(['id', 'title', 'due_latest']).where('closed_on', 'is', null);

/** How long before its day a review is asked for, in days. */
const reviewDays = 60;

/** What of strategy, plan and money may need somebody. */
export const strategyNeeds: readonly NeedRow<'strategy'>[] = [
  {
    about: 'Actions that are late',
    roles: keepers,
    async find({ work, today }) {
      const late = await openActions(work)
        .where('due_latest', '<', today)
        .orderBy('due_latest')
        .orderBy('id')
        .execute();
      return eachOrTogether(
        late,
        ({ id, title, due_latest }) => ({
          words: `Say what becomes of “${title}”`,
          because: `It was to be done by ${formatDate(due_latest ?? today)}.`,
          href: `/actions/${id}`,
          due: due_latest,
        }),
        (count, rows) => ({
          words: `Look at ${count} actions that are late`,
          href: '/plan?state=late',
          due: rows[0]?.due_latest ?? null,
        }),
      );
    },
  },
  {
    about: 'Actions of which nobody has said anything for a quarter of a year',
    roles: keepers,
    async find({ work, today }) {
      const stale = await openActions(work)
        .where(sql<SqlBool>`updated_on is null or updated_on < ${freshSince(today)}::date`)
        .orderBy('id')
        .execute();
      return eachOrTogether(
        stale,
        ({ id, title }) => ({
          words: `Ask how “${title}” stands`,
          because: `There was no update for ${freshDays} days.`,
          href: `/actions/${id}`,
          due: null,
        }),
        (count) => ({ words: `Ask how ${count} actions stand`, href: '/plan?state=stale', due: null }),
      );
    },
  },
  {
    about: 'Comments on a draft that have no reply',
    roles: keepers,
    async find({ work }) {
      const rows = await work
        .selectFrom('strategy.comment as c')
        .innerJoin('strategy.strategy as s', 's.id', 'c.strategy_id')
        .select(['s.id', 's.title', sql<number>`count(*)::int`.as('count')])
        .where('c.reply', 'is', null)
        .where('s.state', '=', 'comment')
        .groupBy(['s.id', 's.title'])
        .execute();
      return rows.map(({ id, title, count }) => ({
        words: `Reply to ${count === 1 ? 'a comment' : `${count} comments`} on “${title}”`,
        href: `/strategies/${id}`,
        due: null,
      }));
    },
  },
  {
    about: 'Strategies that are due for review',
    roles: keepers,
    async find({ work, today }) {
      const due = await work
        .selectFrom('strategy.strategy')
        .select(['id', 'title', 'review_due'])
        .where('state', '=', 'published')
        .where('review_due', '<=', addDays(today, reviewDays))
        .execute();
      return due.map(({ id, title, review_due }) => ({
        words: `Review “${title}”`,
        because: 'A strategy is kept under review (s.8(7)), and looked at every year.',
        href: `/strategies/${id}`,
        due: review_due,
      }));
    },
  },
  {
    about:
      'Work that builds on what is rated harmful without a reason, or on too little evidence without an evaluation',
    roles: keepers,
    async find({ work }) {
      const rows = await work
        .selectFrom('strategy.approach_use as u')
        .innerJoin('strategy.approach as p', 'p.id', 'u.approach_id')
        .leftJoin('strategy.action as a', 'a.id', 'u.action_id')
        .leftJoin('strategy.intervention as i', 'i.id', 'u.intervention_id')
        .select(['p.impact', 'u.action_id', 'u.intervention_id', sql<string>`coalesce(a.title, i.title)`.as('title')])
        .where('a.closed_on', 'is', null)
        .where(sql<SqlBool>`coalesce(i.state, 'running') <> 'ended'`)
        .where(
          sql<SqlBool>`(p.impact = 'harmful' and u.override is null
            or p.impact = 'insufficient' and not exists (select from strategy.evaluation e
              where e.state <> 'stopped' and (e.action_id = u.action_id or e.intervention_id = u.intervention_id)))`,
        )
        .orderBy('u.id')
        .execute();
      return rows.map(({ impact, action_id, intervention_id, title }) => ({
        words: impact === 'harmful' ? `Say why “${title}” goes on` : `Plan how “${title}” will be evaluated`,
        because:
          impact === 'harmful'
            ? 'What it builds on is rated harmful.'
            : 'There is not enough evidence for what it builds on.',
        href: action_id === null ? `/interventions/${intervention_id ?? ''}` : `/actions/${action_id}`,
        due: null,
      }));
    },
  },
  {
    about: 'Grants that end soon',
    roles: keepers,
    async find({ work, today }) {
      const ending = await work
        .selectFrom('strategy.grant_fund')
        .select(['id', 'name', 'ends', 'may_carry_over'])
        .where('state', '=', 'awarded')
        .where('ends', '>=', today)
        .where('ends', '<=', addDays(today, endingDays))
        .execute();
      return ending.map(({ id, name, ends, may_carry_over }) => ({
        words: `Decide what follows “${name}”`,
        because: because(ends, may_carry_over),
        href: `/grants/${id}`,
        due: ends,
      }));
    },
  },
];

const because = (ends: IsoDate | null, mayCarryOver: boolean): string =>
  `It ends on ${ends === null ? '' : formatDate(ends)}.${mayCarryOver ? '' : ' What is left then is lost.'}`;
