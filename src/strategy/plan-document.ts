import { z } from 'zod';
import type { IsoDate } from '../duty/index.ts';
import { closings, statuses, themes, tiers, type Action } from './action.ts';

/** The plan as everybody may read it, by page and by machine: never an owner's name, an address, a reason or an update. */
export const planDocument = z.strictObject({
  format: z.literal('concord-plan').describe('What this document is'),
  version: z.literal(1).describe('Of the format'),
  partnership: z.string().describe('The address of the partnership'),
  name: z.string().describe('The name of the partnership'),
  publishedOn: z.iso.date().describe('The day on which the plan was put out as it stands here'),
  aims: z
    .array(z.strictObject({ id: z.uuid(), title: z.string(), words: z.string().nullable() }))
    .describe('Aims of the strategy'),
  priorities: z
    .array(
      z.strictObject({ id: z.uuid(), title: z.string(), words: z.string().nullable(), lead: z.string().nullable() }),
    )
    .describe('Priorities of the partnership, with the group that leads'),
  actions: z
    .array(
      z.strictObject({
        id: z.uuid(),
        number: z.int().min(1),
        title: z.string(),
        about: z.string().nullable(),
        aims: z.array(z.uuid()),
        priorities: z.array(z.uuid()),
        lead: z.string().nullable().describe('Organisation that leads'),
        partners: z.array(z.string()),
        from: z.string().nullable().describe('As people write it: early 2026'),
        due: z.string().nullable().describe('As people write it: late 2026'),
        dueLatest: z.iso.date().nullable().describe('The latest day that these words can mean'),
        status: z.enum(statuses),
        isLate: z.boolean(),
        theme: z.enum(themes),
        tiers: z.array(z.enum(tiers)),
        specified: z.boolean().describe('Named for a relevant authority under s.8(5)'),
        closedOn: z.iso.date().nullable(),
        result: z.string().nullable().describe('What came of it, once it has closed'),
      }),
    )
    .describe('What will be done, or was'),
});
export type PlanShown = z.infer<typeof planDocument>;

interface PlanParts {
  readonly partnership: { readonly slug: string; readonly name: string };
  readonly day: IsoDate;
  readonly axes: readonly {
    readonly id: string;
    readonly axis: 'aim' | 'priority';
    readonly title: string;
    readonly words: string | null;
    readonly leadName: string | null;
  }[];
  readonly actions: readonly Action[];
  /** Names of organisations that the public may know, by id. */
  readonly names: ReadonlyMap<string, string>;
}

/** The plan as it goes out. An organisation that is not shown to the public is left out, not named otherwise. */
export function planShown({ partnership, day, axes, actions, names }: PlanParts): PlanShown {
  const on = (axis: 'aim' | 'priority') => axes.filter((each) => each.axis === axis);
  const ids = (axis: 'aim' | 'priority') => new Set(on(axis).map(({ id }) => id));
  const [aims, priorities] = [ids('aim'), ids('priority')];
  return {
    format: 'concord-plan',
    version: 1,
    partnership: partnership.slug,
    name: partnership.name,
    publishedOn: day,
    aims: on('aim').map(({ id, title, words }) => ({ id, title, words })),
    priorities: on('priority').map(({ id, title, words, leadName }) => ({ id, title, words, lead: leadName })),
    actions: actions.map((action) => ({
      id: action.id,
      number: action.number,
      title: action.title,
      about: action.about,
      aims: action.aimIds.filter((id) => aims.has(id)),
      priorities: action.aimIds.filter((id) => priorities.has(id)),
      lead: action.leadId === null ? null : (names.get(action.leadId) ?? null),
      partners: action.partnerIds.flatMap((id) => names.get(id) ?? []),
      from: action.starts?.text ?? null,
      due: action.due?.text ?? null,
      dueLatest: action.due?.latest ?? null,
      status: action.status,
      isLate: action.closedOn === null && action.due?.latest != null && action.due.latest < day,
      theme: action.theme,
      tiers: [...action.tiers],
      specified: action.isNamed,
      closedOn: action.closedOn,
      result: action.result,
    })),
  };
}

/** How the plan stands, in one sentence of small words. */
export function planSentence(plan: PlanShown): string {
  const closed = plan.actions.filter(({ status }) => (closings as readonly string[]).includes(status)).length;
  const late = plan.actions.filter(({ isLate }) => isLate).length;
  const open = plan.actions.length - closed;
  return `${open} ${open === 1 ? 'thing is' : 'things are'} being done or planned, ${closed} ${closed === 1 ? 'is' : 'are'} finished, and ${late} ${late === 1 ? 'is' : 'are'} late.`;
}
