// Robust STL trusts a point by its residual over six times the median residual. The reference program (netlib's stl, which R
// runs) takes that median by a partial sort (Singleton 1969) asked for its two middle positions in falling order. When a split
// falls between the two, only the shorter side is put in order, so that its "median" of an even number of residuals can be a
// little off. Every published robust STL figure carries this; ours must agree with them, so we walk the same path.

function swap(a: Float64Array, i: number, j: number): void {
  const kept = a[i] ?? 0;
  a[i] = a[j] ?? 0;
  a[j] = kept;
}

// Splits first..last about the median of its ends and middle: all up to `left` are at most it, all from `right` at least it.
function split(a: Float64Array, first: number, last: number): { left: number; right: number } {
  const at = (i: number): number => a[i] ?? 0;
  // The middle as counted from 1, as the reference does.
  const middle = Math.floor((first + last + 2) / 2) - 1;
  if (at(first) > at(middle)) swap(a, first, middle);
  if (at(last) < at(middle)) {
    swap(a, last, middle);
    if (at(first) > at(middle)) swap(a, first, middle);
  }
  const pivot = at(middle);
  let left = last;
  let right = first;
  for (;;) {
    do left -= 1;
    while (at(left) > pivot);
    do right += 1;
    while (at(right) < pivot);
    if (right > left) return { left, right };
    swap(a, left, right);
  }
}

/**
 * The sum of the two middle residuals as the reference program of STL finds them. The argument is put in (part) order.
 *
 * @example middleResiduals(Float64Array.of(3, 1, 2)) // => 4
 */
export function middleResiduals(residuals: Float64Array): number {
  const n = residuals.length;
  const high = n >> 1;
  const low = n - high - 1;
  let first = 0;
  let last = n - 1;
  while (first < last) {
    if (first > 0 && last - first <= 10) {
      residuals.subarray(first, last + 1).sort();
      break;
    }
    const { left, right } = split(residuals, first, last);
    const shorterIsLeft = left - first <= last - right;
    if (shorterIsLeft ? low <= left : high < right) last = left;
    else first = right;
  }
  return (residuals[high] ?? 0) + (residuals[low] ?? 0);
}
