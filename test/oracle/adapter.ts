/** One thing as JSON has it. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** The tolerance of an oracle file as written there: `rel` and `abs`, and now and then keys or words of its own. */
export type Tolerance = Readonly<Record<string, unknown>>;

/** What an adapter may ask about the case it is given. */
export interface Question {
  readonly id: string;
  /** The name of the method's folder. */
  readonly folder: string;
  /** For adapters that judge for themselves (a pattern of cells, a Monte Carlo p); never to copy an answer from. */
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- the shape is the folder's business
  readonly expected: any;
  readonly tolerance: Tolerance;
  /** The text of a file that the input names (unzipped when it ends in .gz). */
  readonly text: (path: string) => string;
  /** Its rows, keyed by its header: plain or quoted CSV. */
  readonly csv: (path: string) => readonly Readonly<Record<string, string>>[];
  /** The full address of a file or a folder that the input names. */
  readonly path: (path: string) => string;
}

/** What our measures say to a case. */
export interface Answer {
  /** In the shape of `expected`. Keys that `expected` lacks are allowed; keys that it has are compared. */
  readonly answer: unknown;
  /**
   * Parts of `expected` that are not ours to match, with the reason: another package's opinion shown beside the right one.
   * Keys are paths such as `e_test_ptools` or `*.midp`, where `*` stands for any one step; a path covers all below it.
   */
  readonly notCompared?: Readonly<Record<string, string>>;
  /** Other tolerances for parts of `expected`, by the same kind of path (the longest that matches wins). */
  readonly tolerances?: Readonly<Record<string, { readonly rel?: number; readonly abs?: number }>>;
  /** What the adapter found wrong by its own judgement, such as a property that does not hold. */
  readonly faults?: readonly string[];
  /** How many things the adapter judged for itself: without this, a case in which nothing is compared fails. */
  readonly judged?: number;
}

/** Translates one method's cases into calls of our measures. It computes nothing that a measure should. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- the shape of an input is the folder's business
export type Adapter = (input: any, question: Question) => Answer | Promise<Answer>;
