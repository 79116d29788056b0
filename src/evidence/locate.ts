import { isRefusal, polygonIndex, polygonOfPoints, type Polygon } from '../measures/index.ts';
import type { Boundary } from './reference-boundaries.ts';
import { gridToDegrees } from './british-point.ts';

/** Says in which area a point lies. */
export interface Locator {
  /** @returns the code of the area; undefined in the sea, abroad, and for what is no point */
  readonly at: (longitude: number, latitude: number) => string | undefined;
  /** The same for metres of the British National Grid. */
  readonly onGrid: (easting: number, northing: number) => string | undefined;
  /** Many at once. */
  readonly all: (longitudes: ArrayLike<number>, latitudes: ArrayLike<number>) => readonly (string | undefined)[];
}

/**
 * Sorts boundaries for the question in which of them a point lies. A point on a border that two areas share belongs to one
 * of them. Boundaries that are generalised or end at the coast leave some points of the shore in no area.
 * @throws RangeError when a boundary is no outline; what was added as a reference release was checked for that
 */
export function openLocator(boundaries: readonly Boundary[]): Locator {
  const nowhere = {
    at: () => undefined,
    onGrid: () => undefined,
    all: (longitudes: ArrayLike<number>) => Array.from(longitudes, () => undefined),
  };
  if (boundaries.length === 0) return nowhere;
  const index = polygonIndex(boundaries.map(polygonOf));
  if (isRefusal(index)) throw new RangeError(index.sentence);
  const code = (place: number | undefined): string | undefined => boundaries[place ?? -1]?.code;
  const isPoint = (longitude: number, latitude: number) => Math.abs(longitude) <= 180 && Math.abs(latitude) <= 90;
  const at = (longitude: number, latitude: number): string | undefined => {
    if (!isPoint(longitude, latitude)) return undefined;
    const found = polygonOfPoints(index, { eastings: [longitude], northings: [latitude] });
    return isRefusal(found) ? undefined : code(found[0]);
  };
  return {
    at,
    onGrid(easting, northing) {
      const point = gridToDegrees(easting, northing);
      return point === undefined ? undefined : at(point.longitude, point.latitude);
    },
    all(longitudes, latitudes) {
      const found = polygonOfPoints(index, { eastings: longitudes, northings: latitudes });
      if (isRefusal(found))
        return Array.from(longitudes, (longitude, place) => at(longitude, latitudes[place] ?? Number.NaN));
      return Array.from(found, code);
    },
  };
}

/** Outlines that end at the coast are drawn simply: a pier or a promenade may lie so far outside of them. */
const shoreMetres = 1_000;
const metresOfLatitude = 111_320;

/** Whether a point lies in an area, or as near to one as a simply drawn coast may be off. */
export function isNearLand(
  { at }: Pick<Locator, 'at'>,
  x: number,
  y: number,
  grid: 'wgs84' | 'british-national-grid',
): boolean {
  const point = grid === 'wgs84' ? { longitude: x, latitude: y } : gridToDegrees(x, y);
  if (point === undefined) return false;
  const { longitude, latitude } = point;
  if (at(longitude, latitude) !== undefined) return true;
  const north = shoreMetres / metresOfLatitude;
  const east = north / Math.cos((latitude * Math.PI) / 180);
  return Array.from({ length: 16 }, (_, turn) => {
    const [angle, far] = [(turn * Math.PI) / 4, turn < 8 ? 1 : 0.5];
    return at(longitude + Math.cos(angle) * east * far, latitude + Math.sin(angle) * north * far);
  }).some((code) => code !== undefined);
}

/** Holes and islands are rings like others: a point is inside where it is inside an odd number of them. */
const polygonOf = ({ polygons }: Boundary): Polygon => ({
  rings: polygons.flatMap((rings) =>
    rings.map((ring) => {
      const flat = new Float64Array(ring.length * 2);
      for (const [place, corner] of ring.entries()) flat.set([corner[0] ?? 0, corner[1] ?? 0], place * 2);
      return flat;
    }),
  ),
});
