/**
 * The quantile of values by linear interpolation between the nearest two (R's type 7, the default of R, NumPy and Excel).
 * The values need not be sorted. Of none it is nothing.
 *
 * q = x₍ⱼ₎ + (h − j)(x₍ⱼ₊₁₎ − x₍ⱼ₎), h = (n − 1) share + 1, j = ⌊h⌋. Unit: that of the values. Not for fewer values than
 * one over the share. Source: Hyndman & Fan 1996, type 7.
 *
 * @example quantile([1, 2, 3, 4], 0.5) // => 2.5
 */
export function quantile(values: ArrayLike<number>, share: number): number | undefined {
  return quantileOfSorted(Float64Array.from(values).sort(), share);
}

/**
 * The same of values already in rising order.
 *
 * Formula = that of {@link quantile}. Unit: that of the values. Not for values in another order, which it does not notice.
 * Source: Hyndman & Fan 1996, type 7.
 *
 * @example quantileOfSorted([1, 2, 3, 4], 0.25) // => 1.75
 */
export function quantileOfSorted(sorted: ArrayLike<number>, share: number): number | undefined {
  const at = (sorted.length - 1) * Math.min(1, Math.max(0, share));
  const low = sorted[Math.floor(at)];
  const high = sorted[Math.ceil(at)];
  if (low === undefined || high === undefined) return undefined;
  return low + (at - Math.floor(at)) * (high - low);
}
