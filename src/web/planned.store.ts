import { publicGaps } from '../directory/gap.store.ts';
import type { IsoDate } from '../duty/index.ts';
import type { AssessmentRecords } from '../evidence/assessment.ts';
import type { ReadWork } from '../platform/database/work.ts';
import { publishedPlan } from '../strategy/public.store.ts';
import { gapsSaid, planSaid } from './plan-said.ts';

/** What the published plan will have done and by whom, what came of it, and the gaps that enough people put on record. */
export async function plannedHere(
  work: ReadWork<'published'>,
  partnership: string,
  asOf: IsoDate,
): Promise<Pick<AssessmentRecords, 'actions' | 'progress' | 'gaps'>> {
  const plan = await publishedPlan(work, partnership);
  return { ...planSaid(plan, asOf), gaps: gapsSaid(await publicGaps(work, partnership)) };
}
