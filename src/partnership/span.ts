import { formatPartialDate, type IsoDate, type PartialDate } from '../duty/index.ts';

/** From when to when something is so. Null at the beginning: not known. Null at the end: it goes on. */
export interface Span {
  readonly since: PartialDate | null;
  readonly until: PartialDate | null;
}

/** Before and after every day that people write. ISO dates are compared as text. */
const longAgo = '0000';
const farAhead = '9999';

/** Whether it may be so on this day: where the words leave days open, they count. The same rule as `partnership.runs_on`. */
export function runsOn({ since, until }: Span, day: IsoDate): boolean {
  return (since?.earliest ?? longAgo) <= day && (until?.latest ?? farAhead) >= day;
}

/** Whether it is over for certain on this day. */
export const isOver = ({ until }: Span, day: IsoDate): boolean => (until?.latest ?? farAhead) < day;

/** Whether it has not begun for certain on this day. */
export const isAhead = ({ since }: Span, day: IsoDate): boolean => (since?.earliest ?? longAgo) > day;

/**
 * Whether two are so at the same time for certain. "Until December 2023" and "from December 2023" may follow each other,
 * so they do not overlap; two that both go on do, and so do two of which nothing is known.
 */
export function overlap(a: Span, b: Span): boolean {
  return beginsBy(a) <= endsFrom(b) && beginsBy(b) <= endsFrom(a);
}
/** The day on which it has begun for certain; a beginning that is not known was long ago. */
const beginsBy = ({ since }: Span): string => (since === null ? longAgo : (since.latest ?? since.earliest ?? longAgo));
/** The last day on which it goes on for certain. */
const endsFrom = ({ until }: Span): string =>
  until === null ? farAhead : (until.earliest ?? until.latest ?? farAhead);

/** Whether it goes on past an end for certain. */
export const outlasts = (span: Span, end: PartialDate): boolean => endsFrom(span) > (end.latest ?? farAhead);

/** Whether it ends before it begins, whatever the words leave open. */
export function endsBeforeItBegins({ since, until }: Span): boolean {
  return (since?.earliest ?? longAgo) > (until?.latest ?? farAhead);
}

/** "since early 2024", "March 2021 to 6 December 2023", "until 1 July 2022", "" when neither is known. */
export function describeSpan({ since, until }: Span): string {
  if (since === null) return until === null ? '' : `until ${wordsOf(until)}`;
  return until === null ? `since ${wordsOf(since)}` : `${wordsOf(since)} to ${wordsOf(until)}`;
}
/** Without the preposition that people wrote and that stands here again. */
const wordsOf = (date: PartialDate): string => formatPartialDate(date).replace(/^(since|from|by|until) /i, '');
