import type { IsoDate } from '../duty/index.ts';
import type { AssessmentRecords } from '../evidence/assessment.ts';
import type { PlanShown } from '../strategy/plan-document.ts';

/** What the published plan will have done and by which organisation, and what came of what has ended. */
export function planSaid(
  plan: { readonly publishedOn: IsoDate; readonly shown: PlanShown } | undefined,
  asOf: IsoDate,
): Pick<AssessmentRecords, 'actions' | 'progress'> {
  if (plan === undefined || plan.publishedOn > asOf) return { actions: [], progress: [] };
  const isClosed = ({ status }: PlanShown['actions'][number]) => status === 'done' || status === 'stopped';
  const by = (lead: string | null) => lead ?? 'the partnership';
  return {
    actions: plan.shown.actions
      .filter((action) => !isClosed(action))
      .map(({ title, lead, due }) => ({ words: title, by: due === null ? by(lead) : `${by(lead)}, by ${due}` })),
    progress: plan.shown.actions.filter(isClosed).map(({ title, status, result, lead }) => ({
      words: `${title}: ${status}${result === null ? '' : `. ${result}`}`,
      by: by(lead),
    })),
  };
}
