import { sql } from 'kysely';
import type { ReadWork, Work } from '../platform/database/work.ts';
import type { Grade, Stage, TheoryArrow, TheoryStep } from './theory.ts';

/** Most steps of one theory: more is no picture any more. */
export const mostSteps = 200;

/** The theory of change of the partnership, in the order in which it was written. */
export async function theoryOf(
  work: ReadWork<'strategy'>,
): Promise<{ readonly steps: readonly TheoryStep[]; readonly arrows: readonly TheoryArrow[] }> {
  const steps = await work
    .selectFrom('strategy.theory_step')
    .select(['id', 'stage', 'words', 'action_id as actionId', 'measure_id as measureId'])
    .orderBy('place')
    .orderBy('id')
    .execute();
  const arrows = await work
    .selectFrom('strategy.theory_arrow')
    .select(['id', 'from_id as fromId', 'to_id as toId', 'assumption', 'grade', 'risk'])
    .orderBy('id')
    .execute();
  return {
    steps: steps.map((step) => ({ ...step, stage: step.stage as Stage })),
    arrows: arrows.map((arrow) => ({ ...arrow, grade: arrow.grade as Grade })),
  };
}

/** Whether there was room for another. */
export async function addTheoryStep(
  work: Work<'strategy'>,
  step: Omit<TheoryStep, 'id'> & { readonly id?: string },
): Promise<boolean> {
  await sql`select pg_advisory_xact_lock(7285, hashtext(partnership.bound()::text))`.execute(work);
  const { count, last } = await work
    .selectFrom('strategy.theory_step')
    .select([sql<number>`count(*)::int`.as('count'), sql<number>`coalesce(max(place), 0)`.as('last')])
    .executeTakeFirstOrThrow();
  if (count >= mostSteps) return false;
  await work
    .insertInto('strategy.theory_step')
    .values({
      ...(step.id !== undefined && { id: step.id }),
      stage: step.stage,
      place: last + 1,
      words: step.words,
      action_id: step.actionId,
      measure_id: step.measureId,
    })
    .execute();
  return true;
}

/** Draws an arrow, or puts other words on the one that is there. */
export async function keepArrow(work: Work<'strategy'>, arrow: Omit<TheoryArrow, 'id'>): Promise<void> {
  const { assumption, grade, risk } = arrow;
  await work
    .insertInto('strategy.theory_arrow')
    .values({ from_id: arrow.fromId, to_id: arrow.toId, assumption, grade, risk })
    .onConflict((there) =>
      there.columns(['partnership_id', 'from_id', 'to_id']).doUpdateSet({ assumption, grade, risk }),
    )
    .execute();
}

/** Takes a step away, with its arrows. */
export async function removeTheoryStep(work: Work<'strategy'>, id: string): Promise<void> {
  await work.deleteFrom('strategy.theory_step').where('id', '=', id).returning('id').executeTakeFirstOrThrow();
}

/** Whether orphans and untested assumptions keep a strategy from being published. */
export async function theoryBlocks(work: ReadWork<'strategy'>): Promise<boolean> {
  const row = await work
    .selectFrom('strategy.setting')
    .select('theory_blocks')
    .orderBy('kept_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.theory_blocks ?? false;
}

export async function keepTheoryBlocks(work: Work<'strategy'>, blocks: boolean): Promise<void> {
  await work.insertInto('strategy.setting').values({ theory_blocks: blocks }).execute();
}
