import { type Tails, devianceTerm, stirlingError } from './gamma-function.ts';

/** Γ(n+1) / (Γ(x+1) Γ(n−x+1)) p^x q^(n−x): the binomial density, for real 0 ≤ x ≤ n, with q = 1 − p given for its digits (Loader 2000). */
export function binomialTerm(x: number, n: number, p: number, q: number): number {
  if (p === 0) return x === 0 ? 1 : 0;
  if (q === 0) return x === n ? 1 : 0;
  const y = n - x;
  if (x === 0) return Math.exp(n * (p < 0.1 ? Math.log1p(-p) : Math.log(q)));
  if (y === 0) return Math.exp(n * (q < 0.1 ? Math.log1p(-q) : Math.log(p)));
  const log = stirlingError(n) - stirlingError(x) - stirlingError(y) - devianceTerm(x, n * p) - devianceTerm(y, n * q);
  return Math.exp(log) * Math.sqrt(n / (2 * Math.PI * x * y));
}

/** Past this the fraction is too long: a million steps and more. */
const largestSum = 1e11;

function betaFraction(a: number, b: number, x: number): number {
  const most = 1000 + 30 * Math.sqrt(Math.max(a, b));
  let c = 1;
  let d = 1 - ((a + b) * x) / (a + 1);
  if (Math.abs(d) < 1e-300) d = 1e-300;
  d = 1 / d;
  let fraction = d;
  for (let m = 1; m < most; m += 1) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 + even * d;
    if (Math.abs(d) < 1e-300) d = 1e-300;
    c = 1 + even / c;
    if (Math.abs(c) < 1e-300) c = 1e-300;
    d = 1 / d;
    fraction *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 + odd * d;
    if (Math.abs(d) < 1e-300) d = 1e-300;
    c = 1 + odd / c;
    if (Math.abs(c) < 1e-300) c = 1e-300;
    d = 1 / d;
    const delta = d * c;
    fraction *= delta;
    if (Math.abs(delta - 1) < 1e-16) break;
  }
  return fraction;
}

/**
 * The regularised incomplete beta function: lower I_x(a, b) and upper 1 − I_x(a, b), for a, b > 0.
 * `y` is 1 − x, for callers who know it with more digits. Lentz's continued fraction (Abramowitz & Stegun 1964, 26.5.8).
 *
 * @example incompleteBeta(2, 3, 0.5).lower.toFixed(12) // => '0.687500000000'
 */
export function incompleteBeta(a: number, b: number, x: number, y = 1 - x): Tails {
  if (!(a > 0 && b > 0 && a + b <= largestSum) || Number.isNaN(x) || Number.isNaN(y))
    return { lower: Number.NaN, upper: Number.NaN };
  if (x <= 0) return { lower: 0, upper: 1 };
  if (y <= 0) return { lower: 1, upper: 0 };
  const front = ((a * b) / (a + b)) * binomialTerm(a, a + b, x, y);
  if (x < (a + 1) / (a + b + 2)) {
    const lower = Math.min(1, (front / a) * betaFraction(a, b, x));
    return { lower, upper: 1 - lower };
  }
  const upper = Math.min(1, (front / b) * betaFraction(b, a, y));
  return { lower: 1 - upper, upper };
}

/**
 * The x at which I_x(a, b) = p. For p above one half pass `upper` as well (1 − p, exact). Newton steps inside a bracket.
 *
 * @example inverseIncompleteBeta(2, 2, 0.5).toFixed(12) // => '0.500000000000'
 */
export function inverseIncompleteBeta(a: number, b: number, p: number, upper = 1 - p): number {
  if (!(a > 0 && b > 0 && a + b <= largestSum && p >= 0 && upper >= 0)) return Number.NaN;
  if (p <= 0) return 0;
  if (upper <= 0) return 1;
  let low = 0;
  let high = 1;
  let x = a / (a + b);
  for (let step = 0; step < 400; step += 1) {
    const tails = incompleteBeta(a, b, x);
    const miss = p <= upper ? tails.lower - p : upper - tails.upper;
    if (miss > 0) high = x;
    else low = x;
    const slope = (((a * b) / (a + b)) * binomialTerm(a, a + b, x, 1 - x)) / (x * (1 - x));
    let next = x - miss / slope;
    if (Math.abs(next - x) <= 4e-16 * x) return next;
    // Below a tenth of the bracket, fall by powers: a quantile may lie at 1e-100.
    if (!(next > low && next < high)) next = low === 0 && high < 1 ? high / 16 : (low + high) / 2;
    if (next === x || Number.isNaN(next)) return next;
    x = next;
  }
  return x;
}
