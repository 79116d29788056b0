import { z } from 'zod';

/**
 * Why an expected request was refused. The web answers `not-found` with 404, `conflict` with 409, `not-valid` with 422
 * and `not-allowed` with 403. A fault (a broken disk, a bug) is thrown, never returned.
 */
export const refusalReasons = ['not-found', 'conflict', 'not-valid', 'not-allowed'] as const;
export type RefusalReason = (typeof refusalReasons)[number];

export interface Done<T> {
  readonly done: true;
  readonly value: T;
}

export interface Refused<R extends RefusalReason = RefusalReason> {
  readonly done: false;
  readonly reason: R;
  /** What happened and what to do about it, as the page shows it: "Enter the date of the meeting". */
  readonly sentence: string;
}

export type Outcome<T, R extends RefusalReason = RefusalReason> = Done<T> | Refused<R>;

export function done<T>(value: T): Done<T> {
  return { done: true, value };
}

export function refused<R extends RefusalReason>(reason: R, sentence: string): Refused<R> {
  return { done: false, reason, sentence };
}

/** What reads the words that a person typed. */
export type Parser<T> = (typed: string) => Outcome<T, 'not-valid'>;

/** A schema for a form field out of a parser, so that the sentence of a refusal is written in one place. */
export function typedAs<T>(parse: Parser<T>) {
  return z.string().transform((typed, context): T => {
    const outcome = parse(typed);
    if (outcome.done) return outcome.value;
    context.addIssue({ code: 'custom', message: outcome.sentence });
    return z.NEVER;
  });
}
