// Cody's rational approximations to the error function (W. J. Cody, Mathematics of Computation 23, 1969), in the form
// for the normal integral; correct to about 16 digits in both tails.
const centreTop = [
  0.065682337918207449113, 2.2352520354606839287, 161.02823106855587881, 1067.6894854603709582, 18154.981253343561249,
];
const centreBottom = [1, 47.20258190468824187, 976.09855173777669322, 10260.932208618978205, 45507.789335026729956];
const middleTop = [
  1.0765576773720192317e-8, 0.39894151208813466764, 8.8831497943883759412, 93.506656132177855979, 597.27027639480026226,
  2494.5375852903726711, 6848.1904505362823326, 11602.651437647350124, 9842.7148383839780218,
];
const middleBottom = [
  1, 22.266688044328115691, 235.38790178262499861, 1519.377599407554805, 6485.558298266760755, 18615.571640885098091,
  34900.952721145977266, 38912.003286093271411, 19685.429676859990727,
];

const rootTwoPi = 2.50662827463100050242;

function polynomial(coefficients: readonly number[], x: number): number {
  let sum = 0;
  for (const coefficient of coefficients) sum = sum * x + coefficient;
  return sum;
}

/**
 * The probability of a standard normal value above z, with all its digits in the far tail.
 *
 * 1 − Φ(z) = ½ erfc(z/√2). Unit: none, a probability from 0 to 1. Not for a small sample’s mean: use the t distribution.
 * Source: NIST Digital Library of Mathematical Functions, chapter 7.
 *
 * @example normalUpper(1.959963984540054).toFixed(12) // => '0.025000000000'
 */
export function normalUpper(z: number): number {
  const x = Math.abs(z);
  if (Number.isNaN(z)) return z;
  if (x < 0.67448975) {
    const square = x * x;
    return 0.5 - (z * polynomial(centreTop, square)) / polynomial(centreBottom, square);
  }
  let tail: number;
  if (x > 39) tail = 0;
  else {
    // exp(−x²/2) in two parts, so that the rounding of x² does not spoil it.
    const head = Math.trunc(x * 16) / 16;
    const scale = Math.exp(-head * head * 0.5) * Math.exp(-(x - head) * (x + head) * 0.5);
    if (x < 5.656854249492381) tail = (scale * polynomial(middleTop, x)) / polynomial(middleBottom, x);
    else {
      // Laplace's continued fraction: past 5.66 forty levels are more than double precision needs.
      let fraction = x;
      for (let k = 40; k >= 1; k -= 1) fraction = x + k / fraction;
      tail = scale / (fraction * rootTwoPi);
    }
  }
  return z > 0 ? tail : 1 - tail;
}

/**
 * The probability of a standard normal value at or below z.
 *
 * Φ(z) = ½ erfc(−z/√2). Unit: none, a probability from 0 to 1. Not for a small sample’s mean: use the t distribution.
 * Source: NIST Digital Library of Mathematical Functions, chapter 7.
 *
 * @example normalCumulative(1.959963984540054).toFixed(12) // => '0.975000000000'
 */
export function normalCumulative(z: number): number {
  return normalUpper(-z);
}

/**
 * The two-sided p value of a standard normal statistic.
 *
 * p = 2(1 − Φ(|z|)). Unit: none, a probability from 0 to 1. Not for a small sample’s mean: use the t distribution. Source:
 * NIST Digital Library of Mathematical Functions, chapter 7.
 *
 * @example normalTwoSided(1.959963984540054).toFixed(12) // => '0.050000000000'
 */
export function normalTwoSided(z: number): number {
  return Math.min(1, 2 * normalUpper(Math.abs(z)));
}

/**
 * The height of the standard normal curve at z.
 *
 * φ(z) = e^(−z²/2)/√(2π). Unit: one over that of z. Not for a small sample’s mean: use the t distribution. Source: NIST
 * Digital Library of Mathematical Functions, chapter 7.
 *
 * @example normalDensity(0).toFixed(9) // => '0.398942280'
 */
export function normalDensity(z: number): number {
  return Math.exp(-0.5 * z * z) / rootTwoPi;
}

/**
 * The z below which a share p of the standard normal lies: Hastings' approximation (Abramowitz & Stegun 1964, 26.2.23),
 * then Halley's steps against the exact integral.
 *
 * z = Φ⁻¹(p). Unit: standard deviations. Not for a p of 0 or 1, where it is infinite. Source: Abramowitz & Stegun 1964,
 * 26.2.23.
 *
 * @example normalQuantile(0.975).toFixed(9) // => '1.959963985'
 */
export function normalQuantile(p: number): number {
  if (Number.isNaN(p) || p < 0 || p > 1) return Number.NaN;
  if (p === 0) return -Infinity;
  if (p === 1) return Infinity;
  if (p === 0.5) return 0;
  const tail = Math.min(p, 1 - p);
  const t = Math.sqrt(-2 * Math.log(tail));
  let z = t - (2.515517 + t * (0.802853 + t * 0.010328)) / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308)));
  for (let step = 0; step < 3; step += 1) {
    const miss = (normalUpper(z) - tail) / normalDensity(z);
    if (!Number.isFinite(miss)) break;
    z += miss / (1 - 0.5 * z * miss);
  }
  return p < 0.5 ? -z : z;
}

/**
 * The z that leaves (1 − level)/2 in each tail: 1.959964 for 0.95.
 *
 * z = Φ⁻¹((1 + level)/2). Unit: standard deviations. Not for a small sample’s mean: use the t distribution. Source: NIST
 * Digital Library of Mathematical Functions, chapter 7.
 *
 * @example normalDeviate(0.95).toFixed(6) // => '1.959964'
 */
export function normalDeviate(level: number): number {
  return -normalQuantile((1 - level) / 2);
}
