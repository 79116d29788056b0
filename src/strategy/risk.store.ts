import { sql } from 'kysely';
import type { IsoDate } from '../duty/index.ts';
import type { ReadWork, Work } from '../platform/database/work.ts';
import type { Scored } from './risk.ts';

export interface RiskWanted {
  readonly title: string;
  readonly cause: string | null;
  readonly owner: string;
  readonly likelihood: number;
  readonly impact: number;
  readonly aimId: string | null;
  readonly actionId: string | null;
  readonly reviewDue: IsoDate | null;
}

export interface Risk extends RiskWanted, Scored {
  readonly id: string;
  readonly aimTitle: string | null;
  readonly actionTitle: string | null;
  readonly closedOn: IsoDate | null;
  readonly closedBecause: string | null;
}

const risks = (work: ReadWork<'strategy'>) =>
  work
    .selectFrom('strategy.risk as r')
    .leftJoin('strategy.aim as m', 'm.id', 'r.aim_id')
    .leftJoin('strategy.action as a', 'a.id', 'r.action_id')
    .selectAll('r')
    .select(['m.title as aim_title', 'a.title as action_title']);
type Row = Awaited<ReturnType<ReturnType<typeof risks>['execute']>>[number];

const riskOf = (row: Row): Risk => ({
  id: row.id,
  title: row.title,
  cause: row.cause,
  owner: row.owner,
  likelihood: row.likelihood,
  impact: row.impact,
  likelihoodBefore: row.likelihood_before,
  impactBefore: row.impact_before,
  aimId: row.aim_id,
  actionId: row.action_id,
  aimTitle: row.aim_title,
  actionTitle: row.action_title,
  reviewDue: row.review_due,
  closedOn: row.closed_on,
  closedBecause: row.closed_because,
});

/** Open ones by their score, the highest first. */
export async function listRisks(work: ReadWork<'strategy'>): Promise<readonly Risk[]> {
  const rows = await risks(work)
    .where('r.closed_on', 'is', null)
    .orderBy(sql`r.likelihood * r.impact`, 'desc')
    .orderBy('r.impact', 'desc')
    .orderBy('r.id')
    .limit(500)
    .execute();
  return rows.map(riskOf);
}

/** @throws where the bound partnership has none of that id */
export async function getRisk(work: ReadWork<'strategy'>, id: string): Promise<Risk> {
  return riskOf(await risks(work).where('r.id', '=', id).executeTakeFirstOrThrow());
}

const columnsOf = (wanted: RiskWanted) => ({
  title: wanted.title,
  cause: wanted.cause,
  owner: wanted.owner,
  likelihood: wanted.likelihood,
  impact: wanted.impact,
  aim_id: wanted.aimId,
  action_id: wanted.actionId,
  review_due: wanted.reviewDue,
});

export async function addRisk(work: Work<'strategy'>, wanted: RiskWanted & { readonly id?: string }): Promise<string> {
  const { id } = await work
    .insertInto('strategy.risk')
    .values({ ...(wanted.id !== undefined && { id: wanted.id }), ...columnsOf(wanted) })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

/** A new score keeps the one before it, so that the trend can be seen. */
export async function changeRisk(work: Work<'strategy'>, before: Risk, wanted: RiskWanted): Promise<void> {
  const isScored = before.likelihood !== wanted.likelihood || before.impact !== wanted.impact;
  await work
    .updateTable('strategy.risk')
    .set({
      ...columnsOf(wanted),
      ...(isScored && { likelihood_before: before.likelihood, impact_before: before.impact }),
    })
    .where('id', '=', before.id)
    .execute();
}

export async function closeRisk(work: Work<'strategy'>, id: string, on: IsoDate, because: string): Promise<void> {
  await work
    .updateTable('strategy.risk')
    .set({ closed_on: on, closed_because: because })
    .where('id', '=', id)
    .execute();
}
