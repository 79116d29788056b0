/** What a measure answers when the figures given cannot carry the statistic. It is a value, not a fault: a page shows the sentence. */
export interface Refusal {
  readonly refused: true;
  /** A stable code in kebab case, for programs. */
  readonly reason: string;
  /** A plain English sentence that a page can show as it is. */
  readonly sentence: string;
}

/**
 * Makes a refusal.
 *
 * Refusal = reason and sentence. Unit: none. Not for faults of the program: throw those. Source: our own.
 *
 * @example refuse('no-events', 'There are no events in this period.').reason // => 'no-events'
 */
export function refuse(reason: string, sentence: string): Refusal {
  return { refused: true, reason, sentence };
}

/**
 * Tells a refusal from an answer.
 *
 * Refusal = an object with `refused` true. Unit: none. Not for errors that were thrown. Source: our own.
 *
 * @example isRefusal({ estimate: 1 }) // => false
 */
export function isRefusal(answer: unknown): answer is Refusal {
  return typeof answer === 'object' && answer !== null && 'refused' in answer && answer.refused === true;
}
