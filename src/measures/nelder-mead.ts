export interface Minimum {
  readonly at: readonly number[];
  readonly value: number;
}

/**
 * Finds a low point of a function of a few numbers without its derivatives. A function may answer Infinity outside its range.
 *
 * The simplex of Nelder and Mead (1965), Computer Journal 7, 308-313, started anew where it stopped until that gains nothing:
 * a simplex may shrink onto a point that is not a minimum.
 *
 * @example minimise(([x = 0]) => (x - 3) ** 2, [0]).at[0].toFixed(4) // => '3.0000'
 */
export function minimise(
  of: (at: readonly number[]) => number,
  start: readonly number[],
  { step = 0.3, tolerance = 1e-9, restarts = 4 } = {},
): Minimum {
  let best: Minimum = { at: start, value: of(start) };
  for (let round = 0; round <= restarts; round++) {
    const found = descend(of, best, step / (round + 1), tolerance);
    const gain = best.value - found.value;
    best = found;
    if (round > 0 && gain < 1e-7) break;
  }
  return best;
}

function descend(of: (at: readonly number[]) => number, start: Minimum, step: number, tolerance: number): Minimum {
  const size = start.at.length;
  const points: Minimum[] = [start];
  for (let i = 0; i < size; i++) {
    let at = start.at.map((value, j) => (i === j ? value + step : value));
    // Stepping off the edge would leave the simplex flat.
    if (!Number.isFinite(of(at))) at = start.at.map((value, j) => (i === j ? value - step : value));
    points.push({ at, value: of(at) });
  }
  const most = 400 * size;
  for (let moves = 0; moves < most; moves++) {
    points.sort((a, b) => a.value - b.value);
    const [lowest] = points;
    const highest = points[size];
    const second = points[size - 1];
    if (!lowest || !highest || !second) break;
    const width = Math.max(
      ...points.map((point) => Math.max(...point.at.map((value, j) => Math.abs(value - (lowest.at[j] ?? 0))))),
    );
    if (width < 1e-7 || (highest.value - lowest.value < tolerance && width < 1e-4)) break;
    const centre = lowest.at.map(
      (_, j) => points.slice(0, size).reduce((sum, point) => sum + (point.at[j] ?? 0), 0) / size,
    );
    const along = (share: number): Minimum => {
      const at = centre.map((value, j) => value + share * ((highest.at[j] ?? 0) - value));
      return { at, value: of(at) };
    };
    const reflected = along(-1);
    let next: Minimum | undefined;
    if (reflected.value < lowest.value) {
      const expanded = along(-2);
      next = expanded.value < reflected.value ? expanded : reflected;
    } else if (reflected.value < second.value) next = reflected;
    else {
      const contracted = along(reflected.value < highest.value ? -0.5 : 0.5);
      if (contracted.value < Math.min(reflected.value, highest.value)) next = contracted;
    }
    if (next) points[size] = next;
    else {
      for (let i = 1; i <= size; i++) {
        const at = (points[i] ?? lowest).at.map((value, j) => ((lowest.at[j] ?? 0) + value) / 2);
        points[i] = { at, value: of(at) };
      }
    }
  }
  return points.reduce((low, point) => (point.value < low.value ? point : low), start);
}
