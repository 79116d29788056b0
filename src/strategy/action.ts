import { addDays, daysBetween, type IsoDate, type PartialDate } from '../duty/index.ts';

export const statuses = ['planned', 'under-way', 'at-risk', 'blocked', 'done', 'stopped'] as const;
export type Status = (typeof statuses)[number];
export const statusLabels: Readonly<Record<Status, string>> = {
  planned: 'Planned',
  'under-way': 'Under way',
  'at-risk': 'At risk',
  blocked: 'Blocked',
  done: 'Done',
  stopped: 'Stopped',
};
/** What an owner may say in an update: an action is closed on a page of its own, with its result. */
export const openStatuses = ['planned', 'under-way', 'at-risk', 'blocked'] as const satisfies readonly Status[];
export type OpenStatus = (typeof openStatuses)[number];
export const closings = ['done', 'stopped'] as const satisfies readonly Status[];
export type Closing = (typeof closings)[number];

export const origins = ['under-way', 'changed', 'new'] as const;
export type Origin = (typeof origins)[number];
export const originLabels: Readonly<Record<Origin, string>> = {
  'under-way': 'Already under way',
  changed: 'Changed for this plan',
  new: 'New',
};

export const fundings = ['funded', 'within-budgets', 'unfunded'] as const;
export type Funding = (typeof fundings)[number];
export const fundingLabels: Readonly<Record<Funding, string>> = {
  funded: 'Funded',
  'within-budgets': 'Within existing budgets',
  unfunded: 'Not funded',
};

/** The themes of the example's action plan (paper 000, 6.5). */
export const themes = ['strategic-objectives', 'prevention', 'enforcement', 'cultural-transformation'] as const;
export type Theme = (typeof themes)[number];
export const themeLabels: Readonly<Record<Theme, string>> = {
  'strategic-objectives': 'Strategic objectives',
  prevention: 'Prevention',
  enforcement: 'Enforcement',
  'cultural-transformation': 'Cultural transformation',
};

export const tiers = ['primary', 'secondary', 'tertiary'] as const;
export type Tier = (typeof tiers)[number];
export const tierLabels: Readonly<Record<Tier, string>> = {
  primary: 'Primary: for everybody, before anything happens',
  secondary: 'Secondary: for people at more risk than others',
  tertiary: 'Tertiary: for people already involved',
};

export interface ActionWanted {
  readonly title: string;
  readonly about: string | null;
  readonly leadId: string | null;
  readonly owner: string | null;
  readonly ownerEmail: string | null;
  readonly starts: PartialDate | null;
  readonly due: PartialDate | null;
  readonly origin: Origin;
  readonly funding: Funding;
  readonly costPence: number | null;
  readonly status: Status;
  readonly reason: string | null;
  readonly theme: Theme;
  readonly tiers: readonly Tier[];
  /** Placed by the strategy on a relevant authority (s.8(5)). */
  readonly isNamed: boolean;
  readonly needsDecision: string | null;
  readonly evidence: string | null;
  readonly indicatorId: string | null;
  readonly effect: string | null;
  readonly effectBy: PartialDate | null;
  /** Of both axes. */
  readonly aimIds: readonly string[];
  readonly partnerIds: readonly string[];
  readonly needsIds: readonly string[];
}

export interface Action extends ActionWanted {
  readonly id: string;
  readonly number: number;
  readonly leadName: string | null;
  readonly closedOn: IsoDate | null;
  readonly result: string | null;
  readonly learned: string | null;
  readonly updatedOn: IsoDate | null;
}

export const actionName = ({ number }: { readonly number: number }): string => `A${number}`;
export const isOpen = ({ status }: { readonly status: Status }): boolean => status !== 'done' && status !== 'stopped';

/** After the latest day that its words can mean, and still open. What has no day is never late: see `lacksOf`. */
export const isLate = (action: Pick<Action, 'status' | 'due'>, today: IsoDate): boolean =>
  isOpen(action) && action.due?.latest != null && action.due.latest < today;

/** An update is fresh for this many days. */
export const freshDays = 90;

/** Open, and nobody has said anything for longer than an update is fresh. */
export const isStale = (action: Pick<Action, 'status' | 'updatedOn'>, today: IsoDate): boolean =>
  isOpen(action) && (action.updatedOn === null || daysBetween(action.updatedOn, today) > freshDays);

/** The last day before which an update is no longer fresh. */
export const freshSince = (today: IsoDate): IsoDate => addDays(today, -freshDays);

/** What keeps an action out of a published plan, in words: "an owner". A closed one lacks nothing. */
export function lacksOf(
  action: Pick<Action, 'status' | 'owner' | 'leadId' | 'due'> & { readonly hasAim: boolean },
): readonly string[] {
  if (!isOpen(action)) return [];
  return [
    ...(action.hasAim ? [] : ['an aim']),
    ...(action.leadId === null ? ['a lead organisation'] : []),
    ...(action.owner === null ? ['an owner'] : []),
    // "To be confirmed" is no date: without a latest day nothing is ever late.
    ...(action.due?.latest == null ? ['a date'] : []),
  ];
}

/** Why an action cannot be closed so, by field. Nothing closes without what came of it and what was learned. */
export function whyNotClosed({
  result,
  learned,
}: {
  readonly result: string | null;
  readonly learned: string | null;
}): Readonly<Record<string, string>> {
  return {
    ...(result === null && { result: 'Enter what came of it. Say so where nothing did' }),
    ...(learned === null && { learned: 'Enter what was learned' }),
  };
}

/** A circle of actions that wait for one another has no beginning. @param needs what each needs, by id */
export function waitsForItself(id: string, needs: ReadonlyMap<string, readonly string[]>): boolean {
  const seen = new Set<string>();
  const ahead = [...(needs.get(id) ?? [])];
  for (let next = ahead.pop(); next !== undefined; next = ahead.pop()) {
    if (next === id) return true;
    if (seen.has(next)) continue;
    seen.add(next);
    ahead.push(...(needs.get(next) ?? []));
  }
  return false;
}

/** A cell of the matrix: which open actions serve both an aim and a priority. */
export interface MatrixCell {
  readonly aimId: string;
  readonly priorityId: string;
  readonly count: number;
}

/** The cells of the matrix in which nothing is done, as findings. */
export function emptyCells<A extends { readonly id: string; readonly title: string }>(
  aims: readonly A[],
  priorities: readonly A[],
  cells: readonly MatrixCell[],
): readonly { readonly aim: A; readonly priority: A }[] {
  const filled = new Set(
    cells.filter(({ count }) => count > 0).map(({ aimId, priorityId }) => `${aimId} ${priorityId}`),
  );
  return aims.flatMap((aim) =>
    priorities.filter(({ id }) => !filled.has(`${aim.id} ${id}`)).map((priority) => ({ aim, priority })),
  );
}
