import { daysBetween, type IsoDate } from '../duty/index.ts';
import type { Tier } from './action.ts';

export const approachKinds = ['approach', 'case-study'] as const;
export type ApproachKind = (typeof approachKinds)[number];
export const approachKindLabels: Readonly<Record<ApproachKind, string>> = {
  approach: 'Approach',
  'case-study': 'Case study',
};

export const approachImpacts = ['high', 'moderate', 'low', 'none', 'harmful', 'insufficient'] as const;
export type ApproachImpact = (typeof approachImpacts)[number];
export const approachImpactLabels: Readonly<Record<ApproachImpact, string>> = {
  high: 'High',
  moderate: 'Moderate',
  low: 'Low',
  none: 'No effect',
  harmful: 'Harmful',
  insufficient: 'Not enough evidence',
};

/** How sure the source is, one to five. */
export const securities: Readonly<Record<number, string>> = {
  1: '1: very low',
  2: '2: low',
  3: '3: moderate',
  4: '4: high',
  5: '5: very high',
};
/** One to three, as toolkits write it. */
export const approachCosts: Readonly<Record<number, string>> = {
  1: '1: low',
  2: '2: moderate',
  3: '3: high',
};

export const approachOrigins = ['own', 'default', 'file', 'hub'] as const;
export type ApproachOrigin = (typeof approachOrigins)[number];

export interface ApproachWanted {
  readonly kind: ApproachKind;
  readonly title: string;
  readonly about: string | null;
  readonly toldBy: string | null;
  readonly impact: ApproachImpact;
  readonly security: number | null;
  readonly cost: number | null;
  readonly tiers: readonly Tier[];
  readonly source: string;
  readonly sourceAddress: string | null;
  /** The day on which somebody held it against its source; null where nobody did. */
  readonly checkedOn: IsoDate | null;
  readonly isShared: boolean;
}

export type Checked = 'unverified' | 'checked' | 'long-ago';
export const checkedLabels: Readonly<Record<Checked, string>> = {
  unverified: 'Not verified',
  checked: 'Checked',
  'long-ago': 'Checked long ago',
};
/** Toolkits change: after so many days somebody should look again. */
const freshDays = 730;
export const checkedState = (checkedOn: IsoDate | null, today: IsoDate): Checked =>
  checkedOn === null ? 'unverified' : daysBetween(checkedOn, today) > freshDays ? 'long-ago' : 'checked';

/** What an approach asks of whoever builds on it. */
export type Asks = 'override' | 'evaluation' | 'nothing';
export const asksOf = (impact: ApproachImpact): Asks =>
  impact === 'harmful' ? 'override' : impact === 'insufficient' ? 'evaluation' : 'nothing';

/** Why an approach cannot be chosen so, by field. What is rated harmful is chosen with a reason that stays on record, or not at all. */
export const whyNotChosen = (
  approach: { readonly impact: ApproachImpact } | undefined,
  { override }: { readonly override: string | null },
): Readonly<Record<string, string>> => {
  if (approach === undefined) return { approachId: 'Choose from the list' };
  if (asksOf(approach.impact) === 'override' && override === null)
    return {
      override:
        'This approach is rated harmful: it may make things worse. Choose another, or enter why it is done all the same',
    };
  return {};
};
