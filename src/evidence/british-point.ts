import { isRefusal, toWgs84Degrees } from '../measures/index.ts';

/** Round Britain and a little beyond; what is said to be elsewhere was put there to say that nobody knows. */
export const isInBritain = (longitude: number, latitude: number): boolean =>
  longitude >= -9 && longitude <= 2.5 && latitude >= 49 && latitude <= 61;

/** Metres of the British National Grid as degrees (WGS 84); undefined for a point off the grid. */
export function gridToDegrees(
  easting: number,
  northing: number,
): { readonly longitude: number; readonly latitude: number } | undefined {
  const points = toWgs84Degrees([easting], [northing]);
  if (isRefusal(points)) return undefined;
  const [longitude, latitude] = [points.longitudes[0], points.latitudes[0]];
  return longitude === undefined || latitude === undefined ? undefined : { longitude, latitude };
}
