import { addMoney, daysBetween, subtractMoney, type IsoDate, type Pence } from '../duty/index.ts';

export const grantStates = ['bid', 'awarded', 'refused', 'ended'] as const;
export type GrantState = (typeof grantStates)[number];
export const grantStateLabels: Readonly<Record<GrantState, string>> = {
  bid: 'Bid made',
  awarded: 'Awarded',
  refused: 'Bid refused',
  ended: 'Ended',
};

export const lineKinds = ['allocated', 'committed', 'spent', 'forecast'] as const;
export type LineKind = (typeof lineKinds)[number];
export const lineKindLabels: Readonly<Record<LineKind, string>> = {
  allocated: 'Allocated',
  committed: 'Committed',
  spent: 'Spent',
  forecast: 'Forecast still to be spent',
};

/** Officers’ time, or what is bought for people. */
export const categories = ['labour', 'non-labour'] as const;
export type Category = (typeof categories)[number];
export const categoryLabels: Readonly<Record<Category, string>> = { labour: 'Labour', 'non-labour': 'Non-labour' };

export interface GrantLine {
  readonly kind: LineKind;
  readonly category: Category;
  readonly pence: Pence;
}

export interface GrantMoney {
  readonly labourPence: Pence;
  readonly nonLabourPence: Pence;
}

/** What became of the money of one category, in pence; what is left is below zero where more went out than came in. */
export interface Reconciled {
  readonly budget: Pence;
  readonly allocated: Pence;
  readonly committed: Pence;
  readonly spent: Pence;
  readonly forecast: Pence;
  readonly unallocated: Pence;
  readonly left: Pence;
}

/** Every line in exactly one sum, and the sums of the categories are those of the whole, to the penny. */
export function reconcile(
  grant: GrantMoney,
  lines: readonly GrantLine[],
): Readonly<Record<Category | 'whole', Reconciled>> {
  const of = (budget: Pence, own: readonly GrantLine[]): Reconciled => {
    const sum = (kind: LineKind) => addMoney(...own.filter((line) => line.kind === kind).map(({ pence }) => pence));
    const [allocated, committed, spent, forecast] = [sum('allocated'), sum('committed'), sum('spent'), sum('forecast')];
    return {
      budget,
      allocated,
      committed,
      spent,
      forecast,
      unallocated: subtractMoney(budget, allocated),
      left: subtractMoney(budget, spent),
    };
  };
  const only = (category: Category) => lines.filter((line) => line.category === category);
  return {
    labour: of(grant.labourPence, only('labour')),
    'non-labour': of(grant.nonLabourPence, only('non-labour')),
    whole: of(addMoney(grant.labourPence, grant.nonLabourPence), lines),
  };
}

/** Within so many days of its end a grant is shown as ending. */
export const endingDays = 90;

/** What somebody should know of a grant on a day, in sentences. */
export function warningsOf(
  grant: GrantMoney & {
    readonly state: GrantState;
    readonly starts: IsoDate | null;
    readonly ends: IsoDate | null;
    readonly mayCarryOver: boolean;
  },
  lines: readonly GrantLine[],
  today: IsoDate,
): readonly string[] {
  if (grant.state !== 'awarded') return [];
  const { whole } = reconcile(grant, lines);
  const warnings: string[] = [];
  const days = grant.ends === null ? null : daysBetween(today, grant.ends);
  if (days !== null && days >= 0 && days <= endingDays)
    warnings.push(`It ends in ${days} ${days === 1 ? 'day' : 'days'}`);
  if (days !== null && days < 0) warnings.push('It has ended');
  if (whole.left < 0 || whole.unallocated < 0) warnings.push('More has gone out than came in');
  const expected = addMoney(whole.spent, whole.forecast);
  const isLastQuarter = days !== null && days <= 92;
  if (isLastQuarter && expected < whole.budget)
    warnings.push(
      grant.mayCarryOver
        ? 'Less is forecast than there is'
        : 'Less is forecast than there is, and what is left cannot be carried over',
    );
  return warnings;
}
