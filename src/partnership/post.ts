import { z } from 'zod';
import {
  exactDate,
  formatDate,
  formatPartialDate,
  parsePartialDate,
  type IsoDate,
  type PartialDate,
} from '../duty/index.ts';
import { chosenField, dateField, nameField, tickField, untilField } from './form.ts';
import { nameOn, type OtherName } from './organisation.ts';
import { dayBefore } from './succession.ts';
import { describeSpan, endsBeforeItBegins, isAhead, isOver, overlap, runsOn, type Span } from './span.ts';

/** The title under which somebody acts for an organisation, as it was at that time. */
export interface Post extends Span {
  readonly id: string;
  readonly organisationId: string;
  /** The organisation as it is called today, and what it was called before. */
  readonly organisation: string;
  readonly otherNames: readonly OtherName[];
  readonly title: string;
}

export type PostWanted = Pick<Post, 'organisationId' | 'title' | 'since' | 'until'>;

/** A field that is wrong, and the sentence that says so. */
export interface Mistake {
  readonly field: string;
  readonly sentence: string;
}

const organisationField = () => chosenField().refine((id) => id !== null, 'Choose the organisation');

export const postForm = z.object({
  organisation: organisationField(),
  title: nameField('the title of the post'),
  since: dateField(),
  until: untilField(),
});

/** A move: the posts that go on beside the new one are ticked, all others end. */
export const moveForm = postForm.omit({ until: true }).extend({
  keep: z
    .union([z.uuid(), z.array(z.uuid())])
    .default([])
    .transform((ids) => (typeof ids === 'string' ? [ids] : ids)),
  version: z.string().max(60).default(''),
});

export const mistakeForm = z.object({ sure: tickField() });

/** The posts that may be held on a day, those that are held for certain first, then the later ones first. */
export function postsOn<P extends Span>(posts: readonly P[], day: IsoDate): readonly P[] {
  return posts
    .filter((post) => runsOn(post, day))
    .sort((a, b) => Number(isCertain(b, day)) - Number(isCertain(a, day)) || compare(beginOf(b), beginOf(a)));
}

const beginOf = ({ since }: Span): string => since?.earliest ?? '0000';
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Whether it runs on the day whatever the words of its dates leave open. A beginning that is not known was long ago. */
function isCertain({ since, until }: Span, day: IsoDate): boolean {
  const begun = since === null ? '0000' : (since.latest ?? since.earliest ?? '0000');
  const going = until === null ? '9999' : (until.earliest ?? until.latest ?? '9999');
  return begun <= day && day <= going;
}

/**
 * What a person was on a day, in words; undefined when they held no post. "Head of Public Protection" of two posts at
 * once is joined by "and"; where the words of the dates leave open which of two it was ("until December 2023", "since
 * December 2023", asked of the 15th), by "or".
 */
export function titleOn(posts: readonly (Span & Pick<Post, 'title'>)[], day: IsoDate): string | undefined {
  const held = postsOn(posts, day);
  if (held.length === 0) return undefined;
  const certain = held.filter((post) => isCertain(post, day));
  const open = held.filter((post) => !certain.includes(post));
  if (certain.length === 0) return distinct(open).join(' or ');
  const sure = distinct(certain).join(' and ');
  return open.length === 0 ? sure : `${sure}, and perhaps ${distinct(open).join(' or ')}`;
}
const distinct = (posts: readonly Pick<Post, 'title'>[]): readonly string[] => [
  ...new Set(posts.map(({ title }) => title)),
];

/** The organisation as it was called when the post was held: on the day that is asked about, or else on its last day. */
export function organisationNameOf(post: Post, day: IsoDate): string {
  const at = isOver(post, day) ? (post.until?.latest ?? day) : day;
  return nameOn({ name: post.organisation, otherNames: post.otherNames }, at);
}

const sameWords = (a: string, b: string): boolean =>
  a.trim().replaceAll(/\s+/g, ' ').toLowerCase() === b.trim().replaceAll(/\s+/g, ' ').toLowerCase();

/** Whether two are the same post: the same title at the same organisation, whatever the dates. */
export const isSamePost = (
  a: Pick<PostWanted, 'organisationId' | 'title'>,
  b: Pick<PostWanted, 'organisationId' | 'title'>,
): boolean => a.organisationId === b.organisationId && sameWords(a.title, b.title);

/** Why a person cannot hold this post beside the others; undefined where nothing is against it. */
export function whyNoPost(name: string, wanted: PostWanted, others: readonly Post[]): Mistake | undefined {
  if (endsBeforeItBegins(wanted))
    return { field: 'until', sentence: 'The end is before the beginning. Enter the end of the post after its start' };
  const same = others.find((other) => isSamePost(other, wanted) && overlap(other, wanted));
  if (same === undefined) return undefined;
  const when = describeSpan(same);
  return {
    field: 'title',
    sentence: `${name} is “${same.title}” at ${same.organisation} already${when === '' ? '' : `, ${when}`}. Change that post, or enter another title or other dates`,
  };
}

/** What the next title may be: whoever acted in a post is often appointed to it. Something to look at, and to put right. */
export function suggestedTitle(title: string): string {
  const substantive = title.replace(/^(acting|interim|temporary)\s+/i, '').replace(/\s+\((acting|interim)\)$/i, '');
  return substantive === '' ? title : substantive.charAt(0).toUpperCase() + substantive.slice(1);
}

export interface Ending {
  readonly id: string;
  readonly until: PartialDate;
}

/**
 * Moves a person to another post in one step: what they hold ends the day before the new post begins. Where only a month
 * or a year is known, the old one ends and the new one begins in it.
 * @param held the posts of the person; those that are over by then, and those in `keep`, stay as they are
 */
export function decideMove(
  name: string,
  wanted: PostWanted,
  held: readonly Post[],
  keep: readonly string[],
): { readonly endings: readonly Ending[] } | { readonly mistake: Mistake } {
  const { since } = wanted;
  if (since === null || since.earliest === null || since.latest === null)
    return {
      mistake: { field: 'since', sentence: 'Enter the day, the month or the year in which the new post begins' },
    };
  const last = dayBefore(since);
  const ending = held.filter(
    (post) => !keep.includes(post.id) && (post.until?.latest ?? '9999') > (last.latest ?? '9999'),
  );
  const later = ending.find((post) => endsBeforeItBegins({ since: post.since, until: last }));
  if (later !== undefined)
    return {
      mistake: {
        field: 'since',
        sentence: `${name} is “${later.title}” ${describeSpan(later)}, which is not before the new post. Enter a later day, or choose that the post goes on`,
      },
    };
  const ended = new Set(ending.map(({ id }) => id));
  const after = held.map((post) => (ended.has(post.id) ? { ...post, until: last } : post));
  const mistake = whyNoPost(name, wanted, after);
  return mistake === undefined ? { endings: ending.map(({ id }) => ({ id, until: last })) } : { mistake };
}

/**
 * What ends when somebody leaves: every post and seat that would go on after that day. One that only begins later cannot
 * end before it begins, so it has to be taken out first.
 * @param left the last day
 */
export function decideLeaving<T extends Span & { readonly id: string; readonly what: string }>(
  name: string,
  held: readonly T[],
  left: PartialDate | null,
  today: IsoDate,
): { readonly endings: readonly T[]; readonly left: PartialDate } | { readonly mistake: Mistake } {
  if (left === null || left.latest === null || left.earliest === null)
    return { mistake: { field: 'on', sentence: `Enter the last day of ${name}, such as ${formatDate(today)}` } };
  const endings = held.filter(({ until }) => (until?.latest ?? '9999') > (left.latest ?? '9999'));
  const later = endings.find(({ since }) => (since?.earliest ?? '0000') > (left.latest ?? '9999'));
  if (later !== undefined)
    return {
      mistake: {
        field: 'on',
        sentence: `${later.what} begins after ${formatPartialDate(left)}. Enter a later day, or remove that first`,
      },
    };
  return { endings, left };
}

/**
 * What becomes of posts and seats when the details of their holder are removed: what goes on ends today, and what has not
 * begun is dropped, for nobody will hold it.
 */
export function decideRemoval<T extends Span>(
  held: readonly T[],
  today: IsoDate,
): { readonly ending: readonly T[]; readonly dropped: readonly T[]; readonly on: PartialDate } {
  const going = held.filter((one) => !isOver(one, today));
  return {
    ending: going.filter((one) => !isAhead(one, today)),
    dropped: going.filter((one) => isAhead(one, today)),
    on: exactDate(today),
  };
}

/** The day that somebody asks about. Words that may mean several days are none; then it is today, with the reason. */
export function readDay(typed: string, today: IsoDate): { readonly day: IsoDate; readonly mistake?: string } {
  if (typed.trim() === '') return { day: today };
  const read = parsePartialDate(typed);
  if (!read.done) return { day: today, mistake: read.sentence };
  const { earliest, latest } = read.value;
  if (earliest === null || earliest !== latest)
    return { day: today, mistake: 'Enter one day, such as 15 July 2023. This is how it is today' };
  return { day: earliest };
}
