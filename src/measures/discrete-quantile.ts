/**
 * The least whole number k from 0 up at which `cumulative(k)` reaches p, searched outwards from a guess.
 * A sliver of tolerance keeps a p that is itself a computed cumulative from landing one step too far, as R does.
 */
export function leastAtOrAbove(p: number, guess: number, step: number, cumulative: (k: number) => number): number {
  // Past this there are no steps of one, and a guess is all that can be had.
  if (!(guess < 2 ** 51)) return guess > 0 ? Math.round(guess) : Number.NaN;
  const target = p * (1 - 64 * Number.EPSILON);
  let stride = Math.max(1, Math.round(step));
  let high = Math.max(0, Math.round(guess));
  while (cumulative(high) < target) {
    high += stride;
    stride *= 2;
  }
  let low = high;
  stride = Math.max(1, Math.round(step));
  while (low >= 0 && cumulative(low) >= target) {
    high = low;
    low -= stride;
    stride *= 2;
  }
  low = Math.max(low, -1);
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (cumulative(middle) >= target) high = middle;
    else low = middle;
  }
  return high;
}
