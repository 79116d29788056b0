import { addMonths, daysBetween, type IsoDate, type PartialDate } from '../duty/index.ts';
import { isOver, type Span } from './span.ts';

/** How often who has access is gone through. A choice of this house: quarterly. */
const monthsBetweenReviews = 3;
const daysUntilStale = 90;

export const accessFlags = ['left', 'never-signed-in', 'not-for-90-days', 'post-changed', 'not-in-register'] as const;
export type AccessFlag = (typeof accessFlags)[number];

/** What a reviewer should look at. */
export const flagWords: Readonly<Record<AccessFlag, string>> = {
  left: 'Has left, says the register',
  'never-signed-in': 'Never signed in',
  'not-for-90-days': `Not signed in for ${daysUntilStale} days`,
  'post-changed': 'Post changed since the role was given',
  'not-in-register': 'Not in the register of people',
};

export interface PersonToReview {
  /** The days, in England, of the last sign-in and of the first role that is held. */
  readonly lastSignedInOn: IsoDate | null;
  readonly rolesSince: IsoDate | null;
  /** Null where the register does not know the person. */
  readonly registered: {
    readonly leftOn: PartialDate | null;
    /** When the posts that they hold now began. */
    readonly postsSince: readonly (PartialDate | null)[];
  } | null;
}

/**
 * @param days `today` is the day on which the partnership's clocks run, by which the register counts; `signedIn` is the
 *   real day, by which sign-ins count
 */
export function flagsOf(
  { lastSignedInOn, rolesSince, registered }: PersonToReview,
  days: { readonly today: IsoDate; readonly signedIn: IsoDate },
): readonly AccessFlag[] {
  const isFlagged: Readonly<Record<AccessFlag, boolean>> = {
    left: registered?.leftOn != null && isOver(leaving(registered.leftOn), days.today),
    'never-signed-in': lastSignedInOn === null,
    'not-for-90-days': lastSignedInOn !== null && daysBetween(lastSignedInOn, days.signedIn) >= daysUntilStale,
    'post-changed':
      rolesSince !== null &&
      (registered?.postsSince ?? []).some((since) => since?.earliest != null && since.earliest > rolesSince),
    'not-in-register': registered === null,
  };
  return accessFlags.filter((flag) => isFlagged[flag]);
}

/** The last day is a day of work still. */
const leaving = (leftOn: PartialDate): Span => ({ since: null, until: leftOn });

/** When access has to be gone through again; never reviewed, it is due now. */
export function nextReview(
  lastEndedOn: IsoDate | null,
  today: IsoDate,
): { readonly due: IsoDate; readonly isOverdue: boolean } {
  if (lastEndedOn === null) return { due: today, isOverdue: true };
  const due = addMonths(lastEndedOn, monthsBetweenReviews);
  return { due, isOverdue: due < today };
}
