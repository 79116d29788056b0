// A seeded generator of our own, because every Monte Carlo must give the same bytes for one seed on any machine and with
// any number of workers: each replicate draws from a stream of its own, named by seed and replicate number.

/** A source of chance that repeats exactly for the same seed and stream. */
export interface Random {
  /** A number from 0 up to, not including, 1, with 53 bits. */
  readonly next: () => number;
  /** A whole number from 0 up to, not including, `count`. */
  readonly below: (count: number) => number;
}

// The finaliser of MurmurHash3: every bit of the input reaches every bit of the output.
function mixed(value: number): number {
  let h = value | 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}

/**
 * A stream of random numbers: xoshiro128** (Blackman & Vigna 2021), its state filled from the hash of seed and stream.
 * Use one stream a replicate, so that the work can be shared out in any order.
 *
 * State = hash(seed, stream). Unit: numbers from 0 to 1. Not for secrets: whoever sees a few numbers can foretell the
 * rest. Source: Blackman & Vigna 2021.
 *
 * @example randomStream(1, 0).below(1) // => 0
 */
export function randomStream(seed: number, stream = 0): Random {
  // Both halves of a safe integer count, so that seeds 2^32 apart differ.
  let hash = mixed(seed >>> 0);
  hash = mixed(hash ^ Math.floor(seed / 4294967296) ^ 0x9e3779b9);
  hash = mixed((hash + (stream >>> 0)) | 0);
  hash = mixed((hash ^ Math.floor(stream / 4294967296)) + 0x6a09e667);
  let a = mixed(hash + 0x9e3779b9);
  let b = mixed(hash ^ a ^ mixed(stream ^ 0x3c6ef372));
  let c = mixed(hash + b + 0xdaa66d2b);
  let d = mixed(seed ^ c ^ 0x78dde6e4) | 1;

  function bits(): number {
    const product = Math.imul(b, 5);
    const result = Math.imul((product << 7) | (product >>> 25), 9);
    const shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = (d << 11) | (d >>> 21);
    return result >>> 0;
  }
  function next(): number {
    const high = bits() >>> 5;
    const low = bits() >>> 6;
    return (high * 67108864 + low) / 9007199254740992;
  }
  for (let i = 0; i < 8; i += 1) bits();
  return { next, below: (count) => Math.floor(next() * count) };
}

/**
 * Puts a typed or plain array of numbers in random order, in place (Fisher & Yates, as Durstenfeld 1964 wrote it).
 *
 * Each of the n! orders with P = 1/n!. Unit: that of the values. Not for secrets. Source: Fisher & Yates 1938; Durstenfeld
 * 1964.
 *
 * @example ((values) => (shuffle(values, randomStream(1)), values.sort()))([1, 2, 3]) // => [1, 2, 3]
 */
export function shuffle(
  values: number[] | Float64Array | Int32Array | Uint32Array | Uint16Array,
  random: Random,
): void {
  for (let i = values.length - 1; i > 0; i -= 1) {
    const j = random.below(i + 1);
    const kept = values[i] ?? 0;
    values[i] = values[j] ?? 0;
    values[j] = kept;
  }
}

/**
 * A standard normal draw (Marsaglia's polar method; the second of the pair is not kept, so that each draw stands alone).
 *
 * Mean = 0, standard deviation = 1. Unit: none. Not for secrets. Source: Marsaglia & Bray 1964.
 *
 * @example Math.abs(drawNormal(randomStream(1))) < 9 // => true
 */
export function drawNormal(random: Random): number {
  for (;;) {
    const u = 2 * random.next() - 1;
    const v = 2 * random.next() - 1;
    const s = u * u + v * v;
    if (s > 0 && s < 1) return u * Math.sqrt((-2 * Math.log(s)) / s);
  }
}

/**
 * A gamma draw with this shape and scale 1 (Marsaglia & Tsang 2000).
 *
 * Density x^(shape−1) e^(−x)/Γ(shape), mean = shape. Unit: none. Not for secrets. Source: Marsaglia & Tsang 2000.
 *
 * @example drawGamma(2, randomStream(1)) > 0 // => true
 */
export function drawGamma(shape: number, random: Random): number {
  if (shape < 1) return drawGamma(shape + 1, random) * Math.pow(1 - random.next(), 1 / shape);
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const x = drawNormal(random);
    const v = (1 + c * x) ** 3;
    if (v <= 0) continue;
    const u = 1 - random.next();
    if (Math.log(u) < 0.5 * x * x + d - d * v + d * Math.log(v)) return d * v;
  }
}

/**
 * A Poisson draw. Exact for every mean: large means are halved by drawing the time of a middle event (Ahrens & Dieter 1974),
 * small ones multiply uniforms (Knuth).
 *
 * P(K = k) = meanᵏ e^(−mean)/k!. Unit: events. Not for secrets. Source: Ahrens & Dieter 1974; Knuth 1969.
 *
 * @example drawPoisson(0, randomStream(1)) // => 0
 */
export function drawPoisson(mean: number, random: Random): number {
  let rest = mean;
  let count = 0;
  while (rest > 12) {
    const middle = Math.floor(rest * 0.875);
    const time = drawGamma(middle, random);
    if (time > rest) return count + drawBinomial(middle - 1, rest / time, random);
    rest -= time;
    count += middle;
  }
  const limit = Math.exp(-rest);
  let product = random.next();
  while (product > limit) {
    product *= random.next();
    count += 1;
  }
  return count;
}

/**
 * A binomial draw: n trials, each with probability p. Halved by beta draws of the middle order statistic, then counted.
 *
 * P(K = k) = C(n, k) pᵏ (1−p)ⁿ⁻ᵏ. Unit: successes. Not for secrets. Source: Devroye 1986, Non-Uniform Random Variate
 * Generation.
 *
 * @example drawBinomial(5, 1, randomStream(1)) // => 5
 */
export function drawBinomial(n: number, p: number, random: Random): number {
  let trials = n;
  let chance = p;
  let count = 0;
  while (trials > 24) {
    const a = 1 + Math.floor(trials / 2);
    const b = trials + 1 - a;
    const x = drawGamma(a, random);
    const cut = x / (x + drawGamma(b, random));
    if (cut >= chance) {
      trials = a - 1;
      chance /= cut;
    } else {
      count += a;
      trials = b - 1;
      chance = (chance - cut) / (1 - cut);
    }
  }
  for (let i = 0; i < trials; i += 1) if (random.next() < chance) count += 1;
  return count;
}

/**
 * How `n` events fall over cells with these weights (a multinomial draw), written into `counts`.
 * Binomial draws, cell by cell, so the time depends on the cells and not on the events.
 *
 * Σ counts = n, each in the mean n × weight/Σ weights. Unit: events a cell. Not for weights below 0. Source: Devroye 1986,
 * Non-Uniform Random Variate Generation.
 *
 * @example ((counts) => (drawMultinomial(7, [1, 0], counts, randomStream(1)), counts))([0, 0]) // => [7, 0]
 */
export function drawMultinomial(
  n: number,
  weights: ArrayLike<number>,
  counts: { [index: number]: number },
  random: Random,
): void {
  let rest = 0;
  for (let i = 0; i < weights.length; i += 1) rest += weights[i] ?? 0;
  let left = n;
  for (let i = 0; i < weights.length; i += 1) {
    const weight = weights[i] ?? 0;
    const drawn = i === weights.length - 1 || weight >= rest ? left : drawBinomial(left, weight / rest, random);
    counts[i] = weight > 0 ? drawn : 0;
    left -= counts[i] ?? 0;
    rest -= weight;
  }
}
