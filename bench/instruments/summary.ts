export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  return Number.isInteger(middle)
    ? ((sorted[middle - 1] ?? Number.NaN) + (sorted[middle] ?? Number.NaN)) / 2
    : (sorted[Math.floor(middle)] ?? Number.NaN);
}

export interface Rate {
  readonly perSecond: number;
  readonly p50Milliseconds: number;
  readonly p99Milliseconds: number;
}

export function rateOf(milliseconds: readonly number[], seconds: number): Rate {
  const sorted = Float64Array.from(milliseconds).sort();
  return {
    perSecond: sorted.length / seconds,
    p50Milliseconds: nearestRank(sorted, 0.5),
    p99Milliseconds: nearestRank(sorted, 0.99),
  };
}

const nearestRank = (sorted: Float64Array, share: number): number =>
  sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;

/** Each figure by itself: the median over the rounds. */
export const medianRate = (rounds: readonly Rate[]): Rate => ({
  perSecond: median(rounds.map(({ perSecond }) => perSecond)),
  p50Milliseconds: median(rounds.map(({ p50Milliseconds }) => p50Milliseconds)),
  p99Milliseconds: median(rounds.map(({ p99Milliseconds }) => p99Milliseconds)),
});

/**
 * Measures several things in turn, round after round (A B C A B C …), so that whatever else the machine does falls on all
 * of them alike.
 */
export async function inTurn<Name extends string>(
  things: Readonly<Record<Name, () => Promise<Rate>>>,
  rounds: number,
): Promise<Readonly<Record<Name, Rate>>> {
  const names = Object.keys(things) as Name[];
  const measured = new Map<Name, Rate[]>(names.map((name) => [name, []]));
  for (let round = 1; round <= rounds; round += 1)
    for (const name of names) {
      measured.get(name)?.push(await things[name]());
    }
  return Object.fromEntries(names.map((name) => [name, medianRate(measured.get(name) ?? [])])) as Record<Name, Rate>;
}

/** The value that this share of all values does not exceed. */
export const percentile = (values: readonly number[], share: number): number =>
  nearestRank(Float64Array.from(values).sort(), share);
