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
