import type { IsoDate, Role } from '../duty/index.ts';
import type { ReadWork, Schema } from './database/work.ts';

/** Something that waits for somebody: one line of their home. */
export interface Need {
  /** What to do, as a sentence that is a link: "Choose a chair for the Scrutiny Committee". */
  readonly words: string;
  /** Why, or what it is about, as a sentence of its own. */
  readonly because?: string | undefined;
  /** Behind the address of the partnership: `/bodies/…`. */
  readonly href: `/${string}`;
  /** The day by which it should be done; null where it has none. */
  readonly due: IsoDate | null;
  /** It holds up other people, or something is broken: it stands first, whatever its day. */
  readonly isUrgent?: boolean;
}

/** Who asks, and when. */
export interface Asking<S extends Schema> {
  readonly work: ReadWork<S>;
  /** Id of the person's account. */
  readonly person: string;
  /** The day on which the partnership's clocks run. */
  readonly today: IsoDate;
}

/**
 * One row of a slice's table of what may need somebody. Each slice exports such a table and knows no other; `src/web/needs.ts`
 * puts them together, and the home of a person asks the rows of their roles.
 */
export interface NeedRow<S extends Schema> {
  /** What is looked for. */
  readonly about: string;
  readonly roles: readonly Role[];
  readonly find: (asking: Asking<S>) => Promise<readonly Need[]>;
}

/** What needs somebody who holds these roles: nothing twice, in the order in which it needs them. */
export async function needsOf(
  rows: readonly NeedRow<Schema>[],
  roles: readonly Role[],
  asking: Asking<Schema>,
): Promise<readonly Need[]> {
  const found: Need[] = [];
  // One after the other: they share one connection.
  for (const row of rows) if (row.roles.some((role) => roles.includes(role))) found.push(...(await row.find(asking)));
  const once = [...new Map(found.map((need) => [`${need.href} ${need.words}`, need])).values()];
  return once.sort((a, b) => rank(a) - rank(b) || (a.due ?? '').localeCompare(b.due ?? ''));
}

/** Urgent things, then those with a day, the earliest first, then the rest as the slices gave them. */
const rank = ({ isUrgent, due }: Need): number => (isUrgent === true ? 0 : due !== null ? 1 : 2);

/** A few of a kind stand each for itself; many are one line. */
export function eachOrTogether<T>(
  rows: readonly T[],
  one: (row: T) => Need,
  together: (count: number, rows: readonly T[]) => Need,
): readonly Need[] {
  return rows.length > 4 ? [together(rows.length, rows)] : rows.map(one);
}
