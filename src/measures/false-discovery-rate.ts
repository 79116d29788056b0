/**
 * Turns the p values of many tests into q values: the share of false findings among all as small (Benjamini-Hochberg).
 *
 * q of the i-th smallest of m = min over k ≥ i of m p(k)/k. Benjamini and Hochberg (1995), JRSS B 57, 289-300.
 *
 * @example benjaminiHochberg([0.01, 0.02, 0.5]).join() // => '0.03,0.03,0.5'
 */
export function benjaminiHochberg(pValues: ArrayLike<number>): Float64Array {
  const sorted = Float64Array.from(pValues).sort();
  const tests = sorted.length;
  const q = new Float64Array(tests);
  let least = 1;
  for (let rank = tests; rank >= 1; rank--) {
    least = Math.min(least, ((sorted[rank - 1] ?? 1) * tests) / rank);
    q[rank - 1] = least;
  }
  // Equal p values have equal q, so the place of a p among the sorted is found again instead of carried along.
  return Float64Array.from(pValues, (p) => {
    let low = 0;
    let high = tests - 1;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((sorted[middle] ?? 0) < p) low = middle + 1;
      else high = middle;
    }
    return q[low] ?? 1;
  });
}
