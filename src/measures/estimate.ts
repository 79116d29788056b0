/** An estimate never travels without its interval. `level` is the confidence, such as 0.95. */
export interface Estimate {
  readonly estimate: number;
  readonly lower: number;
  readonly upper: number;
  readonly level: number;
}

/** An estimate of which a side may be without bound, such as a ratio to a count of nought: `null` means no bound. */
export interface OpenEstimate {
  readonly estimate: number | null;
  readonly lower: number;
  readonly upper: number | null;
  readonly level: number;
}

/** The method that made a result, and its version: raised whenever the same figures would give another answer. */
export interface Method {
  readonly name: string;
  readonly version: string;
}
