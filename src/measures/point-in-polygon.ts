import { refusePoints, type PlanarPoints } from './planar-points.ts';
import { refuse, type Refusal } from './refusal.ts';

/** An area as its rings: x and y in turn, first point repeated at the end or not; holes and islands are rings like others. */
export interface Polygon {
  readonly rings: readonly ArrayLike<number>[];
}

/** Polygons made ready for many points. Plain arrays, so it can be sent to a worker as it is. */
export interface PolygonIndex {
  readonly polygons: number;
  readonly west: number;
  readonly south: number;
  readonly cellWidth: number;
  readonly cellHeight: number;
  readonly columns: number;
  readonly rows: number;
  /** Per cell of the map, the polygons whose box touches it. */
  readonly cellStarts: Int32Array;
  readonly cellPolygons: Int32Array;
  /** Per polygon: its box (west, south, east, north) and its bands from south to north. */
  readonly boxes: Float64Array;
  readonly bandStarts: Int32Array;
  /** Per band, the edges that cross it: edgeStarts[band] … as x1, y1, x2, y2. */
  readonly edgeStarts: Int32Array;
  readonly edges: Float64Array;
}

const edgesPerBand = 2;

/**
 * Sorts polygons for the question in which of them a point lies: polygons into the cells of a map, the edges of each
 * polygon into bands from south to north, so that a point meets a handful of edges and not thousands.
 *
 * Bands = ⌊(y − south)/height⌋ of each edge. Unit: that of the coordinates. Not for rings that cross themselves, whose
 * inside is a matter of taste. Source: our own; the rule is of {@link polygonOfPoints}.
 *
 * @example polygonIndex([{ rings: [[0, 0, 9, 0, 0, 9]] }]).polygons // => 1
 */
export function polygonIndex(polygons: readonly Polygon[]): PolygonIndex | Refusal {
  if (polygons.length === 0) return refuse('no-polygons', 'There are no areas to look in.');
  const boxes = new Float64Array(polygons.length * 4);
  for (const [number, { rings }] of polygons.entries()) {
    let west = Infinity;
    let south = Infinity;
    let east = -Infinity;
    let north = -Infinity;
    for (const ring of rings) {
      if (ring.length < 6 || ring.length % 2 !== 0) {
        return refuse('bad-polygon', 'The outline of an area has fewer than three corners, or half a corner.');
      }
      for (let i = 0; i < ring.length; i += 2) {
        const x = ring[i] ?? 0;
        const y = ring[i + 1] ?? 0;
        if (!Number.isFinite(x) || !Number.isFinite(y)) {
          return refuse('not-finite', 'Some of the corners of the areas are missing or not finite.');
        }
        west = Math.min(west, x);
        east = Math.max(east, x);
        south = Math.min(south, y);
        north = Math.max(north, y);
      }
    }
    if (west > east) return refuse('bad-polygon', 'An area has no outline.');
    boxes.set([west, south, east, north], number * 4);
  }

  const bandStarts = new Int32Array(polygons.length + 1);
  const edgeStarts: number[] = [];
  const edges: number[] = [];
  for (const [number, { rings }] of polygons.entries()) {
    const south = boxes[number * 4 + 1] ?? 0;
    const height = (boxes[number * 4 + 3] ?? 0) - south;
    const corners = rings.reduce((sum, ring) => sum + ring.length / 2, 0);
    const bands = Math.max(1, Math.floor(corners / edgesPerBand));
    const inBand: number[][] = Array.from({ length: bands }, () => []);
    const bandAt = (y: number) => Math.min(bands - 1, Math.floor(((y - south) / height) * bands));
    for (const ring of rings) {
      let x1 = ring[ring.length - 2] ?? 0;
      let y1 = ring[ring.length - 1] ?? 0;
      for (let i = 0; i < ring.length; i += 2) {
        const x2 = ring[i] ?? 0;
        const y2 = ring[i + 1] ?? 0;
        // A level edge is crossed by no level ray.
        if (y1 !== y2) {
          const last = bandAt(Math.max(y1, y2));
          for (let band = bandAt(Math.min(y1, y2)); band <= last; band++) inBand[band]?.push(x1, y1, x2, y2);
        }
        x1 = x2;
        y1 = y2;
      }
    }
    for (const list of inBand) {
      edgeStarts.push(edges.length);
      for (const value of list) edges.push(value);
    }
    bandStarts[number + 1] = edgeStarts.length;
  }
  edgeStarts.push(edges.length);

  let west = Infinity;
  let south = Infinity;
  let east = -Infinity;
  let north = -Infinity;
  for (let number = 0; number < polygons.length; number++) {
    west = Math.min(west, boxes[number * 4] ?? 0);
    south = Math.min(south, boxes[number * 4 + 1] ?? 0);
    east = Math.max(east, boxes[number * 4 + 2] ?? 0);
    north = Math.max(north, boxes[number * 4 + 3] ?? 0);
  }
  // Some sixteen cells a polygon: small ones then share a cell with few others.
  const side = Math.min(1024, Math.max(1, Math.ceil(4 * Math.sqrt(polygons.length))));
  const cellWidth = (east - west) / side || 1;
  const cellHeight = (north - south) / side || 1;
  const cellOf = (value: number, from: number, width: number) =>
    Math.max(0, Math.min(side - 1, Math.floor((value - from) / width)));
  const inCell: number[][] = Array.from({ length: side * side }, () => []);
  for (let number = 0; number < polygons.length; number++) {
    const top = cellOf(boxes[number * 4 + 3] ?? 0, south, cellHeight);
    const right = cellOf(boxes[number * 4 + 2] ?? 0, west, cellWidth);
    for (let row = cellOf(boxes[number * 4 + 1] ?? 0, south, cellHeight); row <= top; row++) {
      for (let column = cellOf(boxes[number * 4] ?? 0, west, cellWidth); column <= right; column++) {
        inCell[column + side * row]?.push(number);
      }
    }
  }
  const cellStarts = new Int32Array(side * side + 1);
  for (const [cell, list] of inCell.entries()) cellStarts[cell + 1] = (cellStarts[cell] ?? 0) + list.length;
  return {
    polygons: polygons.length,
    west,
    south,
    cellWidth,
    cellHeight,
    columns: side,
    rows: side,
    cellStarts,
    cellPolygons: Int32Array.from(inCell.flat()),
    boxes,
    bandStarts,
    edgeStarts: Int32Array.from(edgeStarts),
    edges: Float64Array.from(edges),
  };
}

/** Whether a polygon holds a point: it does when a ray to the east crosses its edges an odd number of times. */
function holds(index: PolygonIndex, polygon: number, x: number, y: number): boolean {
  const { boxes, bandStarts, edgeStarts, edges } = index;
  const south = boxes[polygon * 4 + 1] ?? 0;
  const north = boxes[polygon * 4 + 3] ?? 0;
  if (y < south || y > north || x < (boxes[polygon * 4] ?? 0) || x > (boxes[polygon * 4 + 2] ?? 0)) return false;
  const firstBand = bandStarts[polygon] ?? 0;
  const bands = (bandStarts[polygon + 1] ?? 0) - firstBand;
  const band = firstBand + Math.min(bands - 1, Math.floor(((y - south) / (north - south)) * bands));
  const end = edgeStarts[band + 1] ?? 0;
  let inside = false;
  for (let k = edgeStarts[band] ?? 0; k < end; k += 4) {
    const x1 = edges[k] ?? 0;
    const y1 = edges[k + 1] ?? 0;
    const x2 = edges[k + 2] ?? 0;
    const y2 = edges[k + 3] ?? 0;
    if (y1 > y !== y2 > y) {
      // From the lower end always, so that neighbours answer alike for their common edge, whichever way it is drawn.
      const crossing = y1 < y2 ? x1 + ((y - y1) / (y2 - y1)) * (x2 - x1) : x2 + ((y - y2) / (y1 - y2)) * (x1 - x2);
      if (x < crossing) inside = !inside;
    }
  }
  return inside;
}

/**
 * Says in which polygon each point lies, −1 for none; where polygons overlap, the first.
 *
 * A point on the line between two areas that share it belongs to exactly one of them. Coordinates of points and polygons
 * must be of one kind, both metres or both degrees. Even-odd rule (Shimrat 1962, corrected by Hacker 1962). Inside = an
 * odd number of edges to the east of the point. Unit: index of a polygon. Not for areas across the date line. Source:
 * Shimrat 1962; Hacker 1962.
 *
 * @example polygonOfPoints(polygonIndex([{ rings: [[0, 0, 9, 0, 0, 9]] }]), { eastings: [1, 8], northings: [1, 8] }).join() // => '0,-1'
 */
export function polygonOfPoints(index: PolygonIndex, points: PlanarPoints): Int32Array | Refusal {
  const bad = refusePoints(points, 0);
  if (bad) return bad;
  const { west, south, cellWidth, cellHeight, columns, rows, cellStarts, cellPolygons } = index;
  const found = new Int32Array(points.eastings.length).fill(-1);
  for (let i = 0; i < found.length; i++) {
    const x = points.eastings[i] ?? 0;
    const y = points.northings[i] ?? 0;
    const column = Math.min(columns - 1, Math.floor((x - west) / cellWidth));
    const row = Math.min(rows - 1, Math.floor((y - south) / cellHeight));
    if (column < 0 || row < 0) continue;
    const cell = column + columns * row;
    const end = cellStarts[cell + 1] ?? 0;
    for (let k = cellStarts[cell] ?? 0; k < end; k++) {
      const polygon = cellPolygons[k] ?? 0;
      if (holds(index, polygon, x, y)) {
        found[i] = polygon;
        break;
      }
    }
  }
  return found;
}
