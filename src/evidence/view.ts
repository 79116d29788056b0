import type { Role } from '../duty/index.ts';
import type { Figure, FigureRow } from './figure.ts';
import type { DisclosureClass } from './source.ts';

/** Who is to see a figure: who works on it, the partners under an agreement, everybody. */
export const audiences = ['restricted', 'partner', 'public'] as const;
export type Audience = (typeof audiences)[number];

export const audienceLabels: Readonly<Record<Audience, { readonly label: string; readonly who: string }>> = {
  restricted: {
    label: 'Restricted',
    who: 'Administrators, coordinators and analysts of the partnership. All numbers are shown',
  },
  partner: { label: 'Partners', who: 'Everybody with a role in the partnership. Small numbers are hidden' },
  public: { label: 'Public', who: 'Everybody, without signing in. Small numbers are hidden' },
};

/** Who works on figures, and so sees what nobody has checked. */
export const mayWorkOnFigures = ['administrator', 'coordinator', 'analyst'] as const satisfies readonly Role[];
/** Who may let a view out. What is out cannot be taken back. */
export const mayPublish = ['administrator', 'coordinator'] as const satisfies readonly Role[];

/** Whether somebody with these roles may see a view. What was let out is seen by those for whom it was. */
export function maySee(
  roles: readonly Role[],
  { audience, isOut }: { readonly audience: Audience; readonly isOut: boolean },
): boolean {
  if (isOut && audience === 'public') return true;
  if (isOut && audience === 'partner' && roles.length > 0) return true;
  return mayWorkOnFigures.some((role) => roles.includes(role));
}

/** How small numbers are kept from telling about a person: by source and by who is to see it. */
export interface DisclosureRule {
  readonly name: string;
  readonly version: string;
  /** Counts from one to this are hidden; 0 hides none. */
  readonly hiddenUpTo: number;
  /** All other counts are rounded to a multiple of this; 1 leaves them. */
  readonly roundedTo: number;
}

const none: DisclosureRule = { name: 'none', version: '1', hiddenUpTo: 0, roundedTo: 1 };
const rules: Readonly<Record<DisclosureClass, DisclosureRule>> = {
  // Its owner publishes it already, so hiding it again would only pretend.
  open: { ...none, name: 'open-data' },
  standard: { name: 'one-to-four', version: '1', hiddenUpTo: 4, roundedTo: 1 },
  // HES and ECDS since September 2018.
  health: { name: 'one-to-seven-then-fives', version: '1', hiddenUpTo: 7, roundedTo: 5 },
};

/** The rule for a source and an audience. What leaves the restricted tier is controlled, also on its way to a partner. */
export const ruleFor = (source: DisclosureClass, audience: Audience): DisclosureRule =>
  audience === 'restricted' ? none : rules[source];

/** What someone may see of a figure. */
export interface View {
  /** `sha256:…` of figure, audience, rule and ledger. */
  readonly id: string;
  readonly figure: Figure;
  readonly audience: Audience;
  readonly rule: DisclosureRule;
  /** Head of the published-view ledger against which it was controlled; null where nothing was published yet. */
  readonly ledger: string | null;
  readonly rows: readonly FigureRow[];
  /** What a reader must know, with no number that the view hides. */
  readonly notes: readonly string[];
  /** What was hidden, how and why; null where nothing was. */
  readonly hiddenSentence: string | null;
}
