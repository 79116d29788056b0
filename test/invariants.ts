import fc from 'fast-check';

/** Rows with another order of them: `taken` puts any list that belongs to the rows into it. */
export interface Mixed<T> {
  readonly rows: readonly T[];
  readonly order: readonly number[];
}

export function mixed<T>(rows: fc.Arbitrary<T[]>): fc.Arbitrary<Mixed<T>> {
  return rows.chain((list) => {
    const places = [...list.keys()];
    return fc
      .shuffledSubarray(places, { minLength: places.length, maxLength: places.length })
      .map((order) => ({ rows: list, order }));
  });
}

export function taken<T>(list: ArrayLike<T>, order: readonly number[]): T[] {
  return order.map((i) => list[i]!);
}

/** Every number of an answer, however deep; what is `null` or text is left out. */
export function numbersIn(answer: unknown): readonly number[] {
  if (typeof answer === 'number') return [answer];
  if (ArrayBuffer.isView(answer)) return Array.from(answer as unknown as ArrayLike<number>);
  if (typeof answer !== 'object' || answer === null) return [];
  return Object.values(answer).flatMap(numbersIn);
}

/** The numbers of an answer that are not finite: none should be. */
export function notFinite(answer: unknown): readonly number[] {
  return numbersIn(answer).filter((value) => !Number.isFinite(value));
}

/** Whether two numbers are the same but for rounding. */
export function alike(a: number, b: number, slack = 1e-9): boolean {
  return Math.abs(a - b) <= slack * Math.max(1, Math.abs(a), Math.abs(b));
}

interface Interval {
  readonly estimate: number | null;
  readonly lower: number | null;
  readonly upper: number | null;
}

/** Whether an estimate lies in its own interval; `null` is an end without bound. */
export function holdsItself({ estimate, lower, upper }: Interval): boolean {
  const value = estimate ?? Infinity;
  const slack = 1e-9 * Math.max(1, Math.abs(estimate ?? 1));
  return (lower ?? -Infinity) <= value + slack && value <= (upper ?? Infinity) + slack;
}
