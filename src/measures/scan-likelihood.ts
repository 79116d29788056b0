/**
 * The log likelihood ratio of a cluster that holds `cases` of `total` where `expected` belong: 0 unless there are more than
 * expected. c ln(c/E) + (C − c) ln((C − c)/(C − E)). Kulldorff (1997), Communications in Statistics 26, 1481-1496.
 *
 * @example scanLogLikelihoodRatio(10, 5, 100).toFixed(4) // => '2.0654'
 */
export function scanLogLikelihoodRatio(cases: number, expected: number, total: number): number {
  if (!(cases > expected)) return 0;
  const outside = total - cases;
  return cases * Math.log(cases / expected) + (outside > 0 ? outside * Math.log(outside / (total - expected)) : 0);
}

/** The Monte Carlo p: the observed maximum counts as one of the draws. */
export function monteCarloP(observed: number, maxima: ArrayLike<number>): number {
  let atLeast = 0;
  for (let i = 0; i < maxima.length; i++) if ((maxima[i] ?? 0) >= observed) atLeast++;
  return (1 + atLeast) / (1 + maxima.length);
}
