/** A straight scale with round ends and round steps. */
export interface Scale {
  readonly from: number;
  readonly to: number;
  readonly step: number;
  readonly ticks: readonly number[];
}

/** 1, 2 or 5 times a power of ten, next above. */
function roundStep(shortest: number): number {
  const power = 10 ** Math.floor(Math.log10(shortest));
  const share = shortest / power;
  return (share <= 1.000001 ? 1 : share <= 2.000001 ? 2 : share <= 5.000001 ? 5 : 10) * power;
}

/** Below this nothing is left to divide into steps: drawn as nought. */
const least = 1e-280;

/** A scale that holds all values, in at most about `parts` steps. Where all values are one, it still has a width. */
export function scaleOf(values: Iterable<number>, parts: number): Scale {
  let low = Infinity;
  let high = -Infinity;
  for (const each of values) {
    if (!Number.isFinite(each)) continue;
    const value = Math.abs(each) < least ? 0 : each;
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  if (low > high) [low, high] = [0, 1];
  if (high - low < 1e-9 * Math.max(1e-6, Math.abs(high), Math.abs(low))) {
    const room = Math.abs(high) > 0 ? Math.abs(high) / 2 : 1;
    [low, high] = low === 0 ? [0, room] : [low - room, high + room];
  }
  const step = roundStep((high - low) / parts);
  const first = Math.floor(low / step + 1e-9);
  const last = Math.ceil(high / step - 1e-9);
  const ticks = Array.from({ length: last - first + 1 }, (_, index) => (first + index) * step);
  return { from: first * step, to: last * step, step, ticks };
}

/** Where a value lies between two ends of the drawing. What lies outside the scale (an open interval) is drawn at its edge. */
export function placed(scale: Scale, start: number, end: number): (value: number) => number {
  return (value) => {
    const share = (Math.min(scale.to, Math.max(scale.from, value)) - scale.from) / (scale.to - scale.from);
    return start + share * (end - start);
  };
}
