import { isRefusal, toNationalGrid } from '../measures/index.ts';

/**
 * A place given as latitude and longitude in degrees, such as a browser says where it is: `53.61, -1.22`. Rounded to a
 * hundredth of a degree, about a kilometre, whatever was sent: nobody has to know it better to find help near.
 * @returns metres of the British National Grid; undefined where it is no such text or lies outside of Britain
 */
export function pointNamed(
  text: string,
): { readonly title: string; readonly kind: 'town'; readonly easting: number; readonly northing: number } | undefined {
  const [, north, east] = /^(-?\d{1,2}(?:\.\d{1,15})?),\s*(-?\d{1,3}(?:\.\d{1,15})?)$/.exec(text.trim()) ?? [];
  if (north === undefined || east === undefined) return undefined;
  const rounded = (degrees: string) => Math.round(Number(degrees) * 100) / 100;
  const points = toNationalGrid([rounded(east)], [rounded(north)]);
  if (isRefusal(points)) return undefined;
  const [easting, northing] = [points.eastings[0] ?? Number.NaN, points.northings[0] ?? Number.NaN];
  return Number.isFinite(easting) && Number.isFinite(northing)
    ? { title: 'where you are', kind: 'town', easting, northing }
    : undefined;
}
