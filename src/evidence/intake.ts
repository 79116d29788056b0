import { formatMonth, monthsIn, type Month } from '../duty/index.ts';
import type { FormatName } from './source.ts';

/** What a load is, from the files that somebody sent to the release that they became or did not become. */
export const intakeStates = ['checking', 'ready', 'loaded', 'refused', 'failed', 'left'] as const;
export type IntakeState = (typeof intakeStates)[number];

export const intakeStateWords: Readonly<Record<IntakeState, string>> = {
  checking: 'Being checked',
  ready: 'Waiting for a decision',
  loaded: 'Loaded',
  refused: 'Cannot be read',
  failed: 'Check failed',
  left: 'Not loaded',
};

/** How the files are to be read. */
export interface IntakeOptions {
  /** Rows of other months are no part of it; null: whatever months are in the files. */
  readonly onlyMonth: Month | null;
  readonly replaceMonths: boolean;
  readonly mapping: string | null;
  /** The agreement that was chosen; null: the one that covers it. */
  readonly agreementId: string | null;
  /** The partner who sent them; null or not there: nobody said. */
  readonly senderId?: string | null;
}

export interface IntakeWanted extends IntakeOptions {
  readonly source: FormatName;
}

/**
 * What a load that is being checked shows: its job may have ended without a word, because somebody stopped it or whatever
 * ran it was killed at each try.
 */
export function stateShown(state: IntakeState, job: string | undefined): IntakeState {
  if (state !== 'checking' || job === undefined) return state;
  if (job === 'cancelled') return 'left';
  return job === 'failed' ? 'failed' : state;
}

/** The rows of a load as a sum: what was read is what became of it. */
export interface RowSum {
  readonly read: number;
  readonly accepted: number;
  readonly quarantined: number;
  readonly alreadyLoaded: number;
  readonly outside: number;
}

/** A cell of the change list: how many there were of a category in a month, and how many there are. */
export interface Change {
  readonly month: Month;
  readonly category: string;
  readonly before: number;
  readonly after: number;
}

/** Where most changes comes first; of equals, the earlier month, then the category. */
export function largestFirst(changes: readonly Change[]): readonly Change[] {
  const size = ({ before, after }: Change): number => Math.abs(after - before);
  return [...changes].sort((a, b) => size(b) - size(a) || order(a.month, b.month) || order(a.category, b.category));
}

const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/**
 * What a load leaves out between its first month and its last, a sentence for each provider. Only of a source that comes
 * month by month: quarters stand in their first month, and schools have holidays.
 */
export function skippedInWords(
  months: readonly { readonly month: Month; readonly provider: string | null }[],
  everyMonths: 1 | 3 | 12,
): readonly string[] {
  if (everyMonths !== 1) return [];
  return [...Map.groupBy(months, ({ provider }) => provider)].flatMap(([provider, own]) => {
    const there = own.map(({ month }) => month).sort();
    const [from, to] = [there[0], there.at(-1)];
    if (from === undefined || to === undefined) return [];
    const skipped = monthsIn({ from, to }).filter((month) => !there.includes(month));
    if (skipped.length === 0) return [];
    const named = skipped.slice(0, 6).map((month) => formatMonth(month));
    const more = skipped.length > named.length ? ` and ${skipped.length - named.length} more` : '';
    return [
      `${named.join(', ')}${more} ${skipped.length === 1 ? 'is' : 'are'} not in these files${provider === null ? '' : ` from ${provider}`}, but months before and after are. Ask the sender whether something was forgotten. A month without rows counts as missing, never as nought.`,
    ];
  });
}
