import type { Figure, FigureRow } from './figure.ts';
import type { DisclosureClass } from './source.ts';

/** Who is to see a figure: who works on it, the partners under an agreement, everybody. */
export const audiences = ['restricted', 'partner', 'public'] as const;
export type Audience = (typeof audiences)[number];

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
  /** What was hidden, how and why; null where nothing was. */
  readonly hiddenSentence: string | null;
}
