import { addDays, type IsoDate } from '../duty/index.ts';
import type { Span } from './span.ts';

/** A post with whose it is. */
export interface HeldInTurn extends Span {
  readonly personId: string;
  readonly name: string;
  readonly hasLivedExperience: boolean;
  readonly id: string;
  readonly title: string;
  readonly organisation: string;
}

export const turns = ['joined', 'moved', 'left'] as const;
export type Turn = (typeof turns)[number];

/** One thing that happened to one person. */
export interface TurnTaken {
  readonly turn: Turn;
  readonly personId: string;
  readonly name: string;
  readonly hasLivedExperience: boolean;
  /** The first day that the words of the date allow for a beginning, the last one for an end. */
  readonly on: IsoDate;
  readonly from: HeldInTurn | undefined;
  readonly to: HeldInTurn | undefined;
}

const beginOf = ({ since }: Span): string => since?.earliest ?? '0000';
const endOf = ({ until }: Span): string => until?.latest ?? '9999';
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/**
 * Who joined, moved and left between two days, by the posts that they held: whoever begins a post while holding another,
 * or on the day after one, has moved; whoever begins from nothing has joined; whoever ends the last one has left. A post
 * of which the beginning is not known began before anybody asks.
 */
export function turnoverOf(posts: readonly HeldInTurn[], from: IsoDate, to: IsoDate): readonly TurnTaken[] {
  const byPerson = new Map<string, HeldInTurn[]>();
  for (const post of posts) byPerson.set(post.personId, [...(byPerson.get(post.personId) ?? []), post]);
  return [...byPerson.values()]
    .flatMap((held) => turnsOf(held).filter(({ on }) => from <= on && on <= to))
    .sort((a, b) => compare(a.on, b.on) || compare(a.name, b.name) || turns.indexOf(a.turn) - turns.indexOf(b.turn));
}

function turnsOf(held: readonly HeldInTurn[]): readonly TurnTaken[] {
  const whose = (post: HeldInTurn) => ({
    personId: post.personId,
    name: post.name,
    hasLivedExperience: post.hasLivedExperience,
  });
  const begun = held.flatMap((post): readonly TurnTaken[] => {
    const on = beginOf(post);
    if (on === '0000') return [];
    const before = held
      .filter((other) => other !== post && isBefore(other, post) && endOf(other) >= addDays(on, -1))
      .sort((a, b) => compare(endOf(a), endOf(b)) || compare(beginOf(b), beginOf(a)))[0];
    return [{ turn: before === undefined ? 'joined' : 'moved', ...whose(post), on, from: before, to: post }];
  });
  const ended = held.flatMap((post): readonly TurnTaken[] => {
    const on = endOf(post);
    if (on === '9999') return [];
    const goesOn = held.some(
      (other) =>
        other !== post &&
        beginOf(other) <= addDays(on, 1) &&
        (endOf(other) > on || (endOf(other) === on && isBefore(post, other))),
    );
    return goesOn ? [] : [{ turn: 'left', ...whose(post), on, from: post, to: undefined }];
  });
  return [...begun, ...ended];
}

/** Two that begin on one day are told apart by their ids, so that only one of them follows the other. */
const isBefore = (a: HeldInTurn, b: HeldInTurn): boolean =>
  compare(beginOf(a), beginOf(b)) < 0 || (beginOf(a) === beginOf(b) && a.id < b.id);
