import { z } from 'zod';
import { addDays, exactDate, formatDate, type PartialDate } from '../duty/index.ts';
import { dateField, tickField } from './form.ts';

export const becameForm = z.object({
  how: z.enum(['known', 'new', 'ended'], 'Choose what happened'),
  successor: z.union([z.uuid(), z.literal('')]).default(''),
  names: z.string().max(2_000, 'Enter shorter names').default(''),
  on: dateField().refine((date) => date !== null, 'Enter the first day on which it was so'),
  carry: tickField(),
});

/** The last day before a change on that day. Of a month or a season nothing nearer is known, so its words stay. */
export function dayBefore(on: PartialDate): PartialDate {
  if (on.earliest === null || on.earliest !== on.latest) return on;
  return exactDate(addDays(on.earliest, -1));
}

export interface Succession {
  readonly predecessor: string;
  readonly successor: string;
}

/** Whether `later` came from `earlier`, over however many steps. */
export function cameFrom(all: readonly Succession[], later: string, earlier: string): boolean {
  const seen = new Set<string>();
  const open = [later];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (id === earlier) return true;
    if (seen.has(id)) continue;
    seen.add(id);
    open.push(...all.filter(({ successor }) => successor === id).map(({ predecessor }) => predecessor));
  }
  return false;
}

/** Why one organisation cannot have become another, or undefined where it can. */
export function whyNoSuccession(
  all: readonly Succession[],
  from: { readonly id: string; readonly name: string },
  to: { readonly id: string; readonly name: string; readonly ended: PartialDate | null },
  on: PartialDate,
): string | undefined {
  if (from.id === to.id) return `${from.name} cannot become itself. Choose another organisation`;
  if (all.some(({ predecessor, successor }) => predecessor === from.id && successor === to.id))
    return `It is in the register already that ${from.name} became ${to.name}`;
  if (cameFrom(all, from.id, to.id))
    return `${from.name} came from ${to.name}, so it cannot become it. Choose another organisation`;
  if (to.ended?.latest != null && on.earliest !== null && to.ended.latest < on.earliest)
    return `${to.name} ended by ${formatDate(to.ended.latest)}, before that day. Choose another organisation or another day`;
  return undefined;
}
