/** Corners of a closed ring in whole tenths of a pixel, the first not repeated at the end: x, y, x, y, … */
export type Ring = readonly number[];

/** One number for a corner: the widest picture has 24,000 tenths, so two of them fit the small integers that are fast keys. */
const cornerAt = (ring: Ring, index: number): number => {
  const at = (index * 2 + ring.length) % ring.length;
  return ((ring[at] ?? 0) << 15) | (ring[at + 1] ?? 0);
};

const cornersOf = (ring: Ring): number => ring.length / 2;

/** Corners where the ways of two rings part: there a border between neighbours begins or ends. */
function junctionsOf(rings: readonly Ring[]): ReadonlySet<number> {
  const neighbours = new Map<number, readonly [number, number]>();
  const junctions = new Set<number>();
  for (const ring of rings)
    for (let index = 0; index < cornersOf(ring); index++) {
      const corner = cornerAt(ring, index);
      const [one, other] = [cornerAt(ring, index - 1), cornerAt(ring, index + 1)];
      const known = neighbours.get(corner);
      if (known === undefined) neighbours.set(corner, [one, other]);
      else if (!((known[0] === one && known[1] === other) || (known[0] === other && known[1] === one)))
        junctions.add(corner);
    }
  return junctions;
}

/** How far a corner lies from the straight way between two others, squared. */
function awaySquared(ring: readonly number[], at: number, from: number, to: number): number {
  const [x1 = 0, y1 = 0] = [ring[from * 2], ring[from * 2 + 1]];
  const dx = (ring[to * 2] ?? 0) - x1;
  const dy = (ring[to * 2 + 1] ?? 0) - y1;
  const px = (ring[at * 2] ?? 0) - x1;
  const py = (ring[at * 2 + 1] ?? 0) - y1;
  const long = dx * dx + dy * dy;
  const share = long === 0 ? 0 : Math.min(1, Math.max(0, (px * dx + py * dy) / long));
  return (px - share * dx) ** 2 + (py - share * dy) ** 2;
}

/** Leaves out corners that lie within the tolerance of the way without them. Source: Douglas and Peucker (1973). */
function thinned(way: readonly number[], tolerance: number): readonly number[] {
  const last = way.length / 2 - 1;
  const kept = new Uint8Array(last + 1);
  kept[0] = kept[last] = 1;
  const open: (readonly [number, number])[] = [[0, last]];
  for (let part = open.pop(); part !== undefined; part = open.pop()) {
    const [from, to] = part;
    let farthest = tolerance * tolerance;
    let found = -1;
    for (let at = from + 1; at < to; at++) {
      const away = awaySquared(way, at, from, to);
      if (away > farthest) [farthest, found] = [away, at];
    }
    if (found < 0) continue;
    kept[found] = 1;
    open.push([from, found], [found, to]);
  }
  return way.filter((_, index) => kept[index >> 1] === 1);
}

const turned = (way: readonly number[]): number[] => {
  const back: number[] = [];
  for (let index = way.length - 2; index >= 0; index -= 2) back.push(way[index] ?? 0, way[index + 1] ?? 0);
  return back;
};

/** The same way gives the same corners from whichever side it is walked, so neighbours keep one border. */
function thinnedAlike(way: readonly number[], tolerance: number): readonly number[] {
  const corners = way.length / 2;
  for (let index = 0; index < corners; index++) {
    const ahead = cornerAt(way, index);
    const behind = cornerAt(way, corners - 1 - index);
    if (ahead !== behind) return ahead < behind ? thinned(way, tolerance) : turned(thinned(turned(way), tolerance));
  }
  return thinned(way, tolerance);
}

/** The corners from one to another, both included, past the end of the ring if need be. */
function stretchOf(ring: Ring, from: number, to: number): number[] {
  const way: number[] = [];
  for (let index = from; index <= to; index++) {
    const at = (index * 2) % ring.length;
    way.push(ring[at] ?? 0, ring[at + 1] ?? 0);
  }
  return way;
}

/**
 * Rings with fewer corners, in which neighbours still share their borders: no slit and no overlap comes between them.
 *
 * Each border, from one junction to the next, is thinned once and the same for both sides. A ring may come back with fewer than
 * three corners: it was smaller than the tolerance. Unit of both: tenths of a pixel.
 */
export function withThinnedBorders(rings: readonly Ring[], tolerance: number): readonly Ring[] {
  const junctions = junctionsOf(rings);
  return rings.map((ring) => {
    const count = cornersOf(ring);
    if (count < 3) return ring;
    const cuts = Array.from({ length: count }, (_, index) => index).filter((index) =>
      junctions.has(cornerAt(ring, index)),
    );
    if (cuts.length === 0) {
      // An island, or the hole that holds it: both begin at the corner with the smallest number.
      let first = 0;
      for (let index = 1; index < count; index++) if (cornerAt(ring, index) < cornerAt(ring, first)) first = index;
      cuts.push(first);
    }
    return cuts.flatMap((from, index) => {
      const to = cuts[index + 1] ?? (cuts[0] ?? 0) + count;
      return thinnedAlike(stretchOf(ring, from, to), tolerance).slice(0, -2);
    });
  });
}

/** The edges that only one ring has, as ways: the coast and the outer border. */
export function outerWays(rings: readonly Ring[]): readonly (readonly number[])[] {
  const known = new Map<number, number>();
  // Corners by the order in which they come, so that two of them fit one number.
  const numbered = rings.map((ring) =>
    Array.from({ length: cornersOf(ring) }, (_, index) => {
      const corner = cornerAt(ring, index);
      const number = known.get(corner) ?? known.size;
      known.set(corner, number);
      return number;
    }),
  );
  const edgesOf = (numbers: readonly number[]): readonly number[] =>
    numbers.map((one, index) => {
      const other = numbers[index + 1] ?? numbers[0] ?? 0;
      return Math.min(one, other) * known.size + Math.max(one, other);
    });
  const edges = numbered.map(edgesOf);
  const seen = new Map<number, number>();
  for (const edge of edges.flat()) seen.set(edge, (seen.get(edge) ?? 0) + 1);
  const ways: number[][] = [];
  for (const [place, ring] of rings.entries()) {
    let isOpen = false;
    for (const [index, edge] of (edges[place] ?? []).entries()) {
      const isOuter = seen.get(edge) === 1;
      if (isOuter && isOpen) ways.at(-1)?.push(...stretchOf(ring, index + 1, index + 1));
      else if (isOuter) ways.push(stretchOf(ring, index, index + 1));
      isOpen = isOuter;
    }
  }
  return ways;
}
