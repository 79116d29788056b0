import type { IsoDate } from '../duty/index.ts';
import { gapWords, type Gap } from '../directory/gap.ts';
import type { AssessmentRecords } from '../evidence/assessment.ts';
import type { PlanShown } from '../strategy/plan-document.ts';

/** What the published plan will have done and by which organisation, and what came of what has ended. */
export function planSaid(
  plan: { readonly publishedOn: IsoDate; readonly shown: PlanShown } | undefined,
  asOf: IsoDate,
): Pick<AssessmentRecords, 'actions' | 'progress'> {
  if (plan === undefined || plan.publishedOn > asOf) return { actions: [], progress: [] };
  const isClosed = ({ status }: PlanShown['actions'][number]) => status === 'done' || status === 'stopped';
  const by = (lead: string | null) => (lead === null ? 'nobody is named to lead it' : `led by ${lead}`);
  return {
    actions: plan.shown.actions
      .filter((action) => !isClosed(action))
      .map(({ title, lead, due }) => ({ words: title, by: due === null ? by(lead) : `${by(lead)}, by ${due}` })),
    progress: plan.shown.actions.filter(isClosed).map(({ title, status, result, lead }) => ({
      // A number that stands on no figure stays in the plan, where it can be asked about.
      words: `${title}: ${status}${result === null || /\d/.test(result) ? '' : `. ${result}`}`,
      by: by(lead),
    })),
  };
}

/** Gaps in help that enough people put on record, but those that are closed. */
export const gapsSaid = (
  gaps: readonly Pick<Gap, 'area' | 'tier' | 'need' | 'age' | 'state'>[],
): AssessmentRecords['gaps'] =>
  gaps
    .filter(({ state }) => state !== 'closed')
    .map((gap) => ({
      words: gapWords(gap),
      by: gap.state === 'planned' ? 'help is planned' : 'put on record by people who looked',
    }));
