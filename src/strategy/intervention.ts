import {
  addMoney,
  formatPeriod,
  lastDayIn,
  parsePeriod,
  periodOf,
  shiftMonth,
  type IsoDate,
  type Month,
  type Pence,
} from '../duty/index.ts';
import { isRefusal, protectTables, type LinkedCell, type Relation } from '../measures/index.ts';

export const hows = ['run', 'procured'] as const;
export type How = (typeof hows)[number];
export const howLabels: Readonly<Record<How, string>> = {
  run: 'Run by a partner',
  procured: 'Bought under a contract',
};

export const interventionStates = ['planned', 'running', 'ended'] as const;
export type InterventionState = (typeof interventionStates)[number];
export const interventionStateLabels: Readonly<Record<InterventionState, string>> = {
  planned: 'Planned',
  running: 'Running',
  ended: 'Ended',
};

/** What becomes of people, in the order in which it does. Counts of a quarter, never persons. */
export const stages = ['referred', 'started', 'completed', 'outcome'] as const;
export type Stage = (typeof stages)[number];
export const stageLabels: Readonly<Record<Stage, string>> = {
  referred: 'Referred',
  started: 'Started',
  completed: 'Completed',
  outcome: 'Outcome reached',
};

export type Counts = Readonly<Record<Stage, number>>;

/** A quarter goes by its first month: 2026-04 is April to June 2026. */
export type Quarter = Month;

export interface QuarterWanted extends Counts {
  readonly quarter: Quarter;
  readonly spentPence: Pence | null;
  readonly words: string | null;
}

export interface QuarterKept extends QuarterWanted {
  /** Decided when it was kept: what nobody below the restricted audience is shown. */
  readonly hidden: readonly Hidden[];
}

type QuarterCounts = Counts & { readonly quarter: Quarter };

/** A count of the quarter, or the sum of that stage up to the end of the quarter. */
export type Hidden = Stage | `total-${Stage}`;
const totalOf = (stage: Stage): Hidden => `total-${stage}`;
const everything: readonly Hidden[] = [...stages, ...stages.map(totalOf)];

const isQuarter = (month: Month): boolean => ['01', '04', '07', '10'].includes(month.slice(5));
export const formatQuarter = (quarter: Quarter): string => formatPeriod(periodOf(quarter, shiftMonth(quarter, 2)));
export const quarterAfter = (quarter: Quarter): Quarter => shiftMonth(quarter, 3);
const endOf = (quarter: Quarter): IsoDate => lastDayIn(periodOf(quarter, shiftMonth(quarter, 2)));

/** The last quarter that is over on a day. */
export function lastQuarterBefore(today: IsoDate): Quarter {
  const month = today.slice(0, 7);
  const into = (Number(month.slice(5)) - 1) % 3;
  return shiftMonth(month, -into - 3);
}

/** A quarter as people write it: its first month, or its months; undefined where it is none. */
export function parseQuarter(typed: string): Quarter | undefined {
  const text = typed.trim();
  if (/^\d{4}-\d\d$/.test(text)) return isQuarter(text) ? text : undefined;
  const read = parsePeriod(text);
  if (!read.done || !isQuarter(read.value.from) || read.value.to !== shiftMonth(read.value.from, 2)) return undefined;
  return read.value.from;
}

/** More than ten years are no intervention any more, and too many to check. */
export const mostQuarters = 40;

/**
 * Why a quarter cannot be kept, by field. Quarters come one after another: one that came between two would give itself away as
 * the difference of the sums.
 * @param kept those that are there, in their order
 */
export function whyNotQuarter(
  wanted: Counts & { readonly quarter: Quarter },
  kept: readonly { readonly quarter: Quarter }[],
  today: IsoDate,
): Readonly<Record<string, string>> {
  const last = kept.at(-1)?.quarter;
  const isThere = kept.some(({ quarter }) => quarter === wanted.quarter);
  const errors: Record<string, string> = {};
  if (!isQuarter(wanted.quarter)) errors['quarter'] = 'Choose a quarter: it begins in January, April, July or October';
  else if (endOf(wanted.quarter) >= today)
    errors['quarter'] = `${formatQuarter(wanted.quarter)} is not over. Enter it when it is`;
  else if (!isThere && last !== undefined && wanted.quarter !== quarterAfter(last))
    errors['quarter'] =
      `The next quarter is ${formatQuarter(quarterAfter(last))}. Enter the quarters one after another, with 0 where nobody came`;
  else if (!isThere && kept.length >= mostQuarters)
    errors['quarter'] = `There are ${mostQuarters} quarters already. Begin a new intervention`;
  if (wanted.outcome > wanted.completed)
    errors['outcome'] =
      'More people reached the outcome than completed it. Enter how many of those who completed it did';
  return errors;
}

/** What looks odd and may be true: people may have been on their way before the first quarter. */
export function doubtsOf(quarters: readonly Counts[]): readonly string[] {
  const sum = totals(quarters);
  return [
    ...(sum.started > sum.referred ? ['More people started than were referred in these quarters.'] : []),
    ...(sum.completed > sum.started ? ['More people completed it than started in these quarters.'] : []),
  ];
}

export function totals(quarters: readonly Counts[]): Counts {
  const sum = (stage: Stage) => quarters.reduce((total, quarter) => total + quarter[stage], 0);
  return {
    referred: sum('referred'),
    started: sum('started'),
    completed: sum('completed'),
    outcome: sum('outcome'),
  };
}

/**
 * What must be hidden of each quarter and of the sums up to it from whoever sees it before anybody restricted does: small
 * counts, and as few others as it takes so that none can be worked out, from the sums, from the stages (those who completed
 * it without the outcome, those who were referred and have not started) or from what was shown when there were fewer quarters.
 * What was hidden once stays hidden, and what was shown once is known, also where it would be hidden now.
 *
 * Where a count is put right and is hidden then, the sums that hold it are hidden too, for good: the difference from the sums
 * that were shown before would give it away.
 * @param quarters in their order, none missing
 * @param hideTo the greatest small count; 0 hides nothing
 * @param before the quarters as they were kept: what was decided of those before the first that differs stands
 */
export function hiddenOf(
  quarters: readonly QuarterCounts[],
  hideTo: number,
  before: readonly (QuarterCounts & { readonly hidden: readonly Hidden[] })[] = [],
): ReadonlyMap<Quarter, readonly Hidden[]> {
  const decided = new Map<Quarter, readonly Hidden[]>();
  if (hideTo === 0) return new Map(quarters.map(({ quarter }) => [quarter, []]));
  const [now, then] = [withSums(quarters), withSums(before)];
  const old = new Map(before.map(({ quarter, hidden }, at) => [quarter, { hidden, counts: then[at] }]));
  const isAsItWas = (nth: number, name: Hidden): boolean => {
    const kept = old.get(quarters[nth]?.quarter ?? '');
    return kept?.counts !== undefined && kept.counts[name] === now[nth]?.[name];
  };
  const from = quarters.findIndex((_, nth) => !stages.every((stage) => isAsItWas(nth, stage)));
  /** Sums that hold a count which was put right and is hidden. */
  const lost = new Set<Hidden>();
  for (const [at, { quarter }] of quarters.entries()) {
    const stays = old.get(quarter)?.hidden ?? [];
    if (from === -1 || at < from) {
      decided.set(quarter, stays);
      continue;
    }
    const cells: LinkedCell[] = [];
    const relations: Relation[] = [];
    const id = (name: string, nth: number) => `${name} ${nth}`;
    for (const [nth, each] of quarters.slice(0, at + 1).entries()) {
      const kept = old.get(each.quarter);
      const sums = now[nth];
      if (sums === undefined) continue;
      const standing = (name: Hidden): Pick<LinkedCell, 'standing'> => {
        if (kept?.hidden.includes(name) === true) return { standing: 'unpublished' };
        if (isAsItWas(nth, name)) return { standing: 'published' };
        if (nth === at) return lost.has(name) ? { standing: 'unpublished' } : {};
        return { standing: decided.get(each.quarter)?.includes(name) === true ? 'unpublished' : 'published' };
      };
      for (const stage of stages) {
        cells.push({ id: id(stage, nth), count: each[stage], ...standing(stage) });
        cells.push({ id: id(totalOf(stage), nth), count: sums[totalOf(stage)], ...standing(totalOf(stage)) });
        relations.push({
          total: id(totalOf(stage), nth),
          parts: nth === 0 ? [id(stage, nth)] : [id(totalOf(stage), nth - 1), id(stage, nth)],
        });
      }
      const rest = (name: string, whole: Hidden, part: Hidden) => {
        const count = sums[whole] - sums[part];
        if (count < 0) return;
        cells.push({ id: id(name, nth), count, standing: 'unpublished' });
        relations.push({ total: id(whole, nth), parts: [id(part, nth), id(name, nth)] });
      };
      rest('without', 'completed', 'outcome');
      rest('total-without', 'total-completed', 'total-outcome');
      rest('total-waiting', 'total-referred', 'total-started');
      rest('total-on-the-way', 'total-started', 'total-completed');
    }
    const safe = protectTables({ cells, relations }, { hideTo }, { steps: 500 });
    // What cannot be made safe is not shown at all.
    const shown = new Set(
      isRefusal(safe) ? [] : safe.cells.flatMap((cell) => (cell.state === 'shown' ? [cell.id] : [])),
    );
    const hidden = everything.filter((name) => !shown.has(id(name, at)) || stays.includes(name));
    if (old.has(quarter))
      for (const stage of stages) if (!isAsItWas(at, stage) && hidden.includes(stage)) lost.add(totalOf(stage));
    decided.set(
      quarter,
      everything.filter((name) => hidden.includes(name) || lost.has(name)),
    );
  }
  return decided;
}

/** The counts of each quarter, and their sums up to its end. */
function withSums(quarters: readonly Counts[]): readonly Readonly<Record<Hidden, number>>[] {
  const sums = { referred: 0, started: 0, completed: 0, outcome: 0 };
  return quarters.map(({ referred, started, completed, outcome }) => {
    sums.referred += referred;
    sums.started += started;
    sums.completed += completed;
    sums.outcome += outcome;
    return {
      ...{ referred, started, completed, outcome },
      'total-referred': sums.referred,
      'total-started': sums.started,
      'total-completed': sums.completed,
      'total-outcome': sums.outcome,
    };
  });
}

/** A count as somebody may see it. */
export type Seen = number | 'hidden';

export interface QuarterSeen {
  readonly quarter: Quarter;
  readonly counts: Readonly<Record<Stage, Seen>>;
  readonly spentPence: Pence | null;
  readonly words: string | null;
}

export interface Seeing {
  readonly quarters: readonly QuarterSeen[];
  /** Sums of all quarters; undefined where there is none. */
  readonly total: Readonly<Record<Stage, Seen>> | undefined;
}

/** What somebody sees of the quarters: all of them, or what was decided to be shown. */
export function seen(quarters: readonly QuarterKept[], seesAll: boolean): Seeing {
  const of = (counts: Counts, hidden: readonly Hidden[], name: (stage: Stage) => Hidden) => {
    const each = (stage: Stage): Seen => (!seesAll && hidden.includes(name(stage)) ? 'hidden' : counts[stage]);
    return {
      referred: each('referred'),
      started: each('started'),
      completed: each('completed'),
      outcome: each('outcome'),
    };
  };
  const last = quarters.at(-1);
  return {
    quarters: quarters.map((quarter) => ({
      quarter: quarter.quarter,
      counts: of(quarter, quarter.hidden, (stage) => stage),
      spentPence: quarter.spentPence,
      words: quarter.words,
    })),
    total: last === undefined ? undefined : of(totals(quarters), last.hidden, totalOf),
  };
}

export type CostOfCompletion =
  | { readonly pence: Pence; readonly sentence: string }
  | {
      readonly refused: 'nothing-kept' | 'hidden' | 'nobody-completed' | 'spending-not-known';
      readonly sentence: string;
    };

/** What was spent for each person who completed it, to the nearest penny; or why that cannot be said. */
export function costOfCompletion({ quarters, total }: Seeing): CostOfCompletion {
  if (total === undefined) return { refused: 'nothing-kept', sentence: 'No quarter is recorded yet.' };
  // First, so that what follows tells nothing of a number that is hidden.
  if (total.completed === 'hidden')
    return {
      refused: 'hidden',
      sentence: 'It is not shown: the number of people who completed it is hidden, and the cost would give it away.',
    };
  if (total.completed === 0)
    return {
      refused: 'nobody-completed',
      sentence: 'Nobody has completed it yet, so there is no cost of a completion.',
    };
  const known = quarters.flatMap(({ spentPence }) => spentPence ?? []);
  if (known.length < quarters.length)
    return {
      refused: 'spending-not-known',
      sentence: `What was spent is known for ${known.length} of ${quarters.length} quarters. Enter the others first.`,
    };
  const spent = addMoney(...known);
  return {
    pence: Math.round(spent / total.completed),
    sentence:
      'What was spent in these quarters, divided by those who completed it in them. It says what a completion cost, and not what it was worth.',
  };
}
