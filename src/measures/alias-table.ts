import { type Random, drawMultinomial } from './random.ts';

/** Draws the numbers 0, 1, 2 … with chances in proportion to weights, in constant time (Walker 1977; Vose 1991). */
export function aliasDraw(weights: ArrayLike<number>): (random: Random) => number {
  const size = weights.length;
  let total = 0;
  for (let i = 0; i < size; i++) total += weights[i] ?? 0;
  const share = Float64Array.from({ length: size }, (_, i) => ((weights[i] ?? 0) * size) / total);
  const keep = new Float64Array(size).fill(1);
  const alias = Int32Array.from({ length: size }, (_, i) => i);
  const small: number[] = [];
  const large: number[] = [];
  for (let i = 0; i < size; i++) ((share[i] ?? 0) < 1 ? small : large).push(i);
  while (small.length > 0 && large.length > 0) {
    const less = small.pop() ?? 0;
    const more = large.pop() ?? 0;
    keep[less] = share[less] ?? 0;
    alias[less] = more;
    share[more] = (share[more] ?? 0) - (1 - (share[less] ?? 0));
    ((share[more] ?? 0) < 1 ? small : large).push(more);
  }
  // What rounding leaves over is as good as whole, unless it never had any weight.
  for (const i of small) if ((weights[i] ?? 0) === 0) keep[i] = 0;
  return (random) => {
    const at = random.next() * size;
    const column = Math.floor(at);
    return at - column < (keep[column] ?? 1) ? column : (alias[column] ?? 0);
  };
}

/**
 * Draws how so many events fall over cells with these weights, written into `counts`: event by event while they are few, cell by
 * cell when they are many. Which of the two depends on the figures alone, so the same seed gives the same bytes.
 */
export function multinomialDraw(
  events: number,
  weights: ArrayLike<number>,
): (counts: Float64Array, random: Random) => void {
  if (events > 200 * weights.length) return (counts, random) => drawMultinomial(events, weights, counts, random);
  const draw = aliasDraw(weights);
  return (counts, random) => {
    counts.fill(0);
    for (let i = 0; i < events; i++) {
      const cell = draw(random);
      counts[cell] = (counts[cell] ?? 0) + 1;
    }
  };
}
