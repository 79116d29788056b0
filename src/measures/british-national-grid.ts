import type { Method } from './estimate.ts';
import { areFinite } from './input.ts';
import { refuse, type Refusal } from './refusal.ts';

// Own code instead of a projection library: one datum shift and one projection, against a package of thousands.

export interface NationalGridPoints {
  readonly method: Method;
  readonly eastings: Float64Array;
  readonly northings: Float64Array;
}

export interface GeographicPoints {
  readonly method: Method;
  readonly longitudes: Float64Array;
  readonly latitudes: Float64Array;
}

interface Ellipsoid {
  readonly a: number;
  readonly e2: number;
}

const wgs84: Ellipsoid = ellipsoid(6378137, 6378137 * (1 - 1 / 298.257223563));
const airy1830: Ellipsoid = ellipsoid(6377563.396, 6356256.909);
const radians = Math.PI / 180;

// OSGB36 to WGS84 (EPSG:1314): metres, seconds of arc and parts per million; used backwards for WGS84 to OSGB36.
const shift = {
  x: 446.448,
  y: -125.157,
  z: 542.06,
  rx: (0.15 / 3600) * radians,
  ry: (0.247 / 3600) * radians,
  rz: (0.842 / 3600) * radians,
  scale: 1 - 20.489e-6,
};

// The National Grid (EPSG:27700): true origin 49° N 2° W at 400 km E, −100 km N; scale on the central meridian.
const origin = { latitude: 49 * radians, longitude: -2 * radians, easting: 400_000, northing: -100_000 };
const centralScale = 0.9996012717;

function ellipsoid(a: number, b: number): Ellipsoid {
  return { a, e2: 1 - (b * b) / (a * a) };
}

// Krüger's series of the transverse Mercator to the sixth order of n: below a micrometre over Britain.
const n = (airy1830.a - 6356256.909) / (airy1830.a + 6356256.909);
const meridianRadius = (airy1830.a / (1 + n)) * (1 + n ** 2 / 4 + n ** 4 / 64 + n ** 6 / 256);
const forward = [
  n / 2 - (2 / 3) * n ** 2 + (5 / 16) * n ** 3 + (41 / 180) * n ** 4 - (127 / 288) * n ** 5 + (7891 / 37800) * n ** 6,
  (13 / 48) * n ** 2 - (3 / 5) * n ** 3 + (557 / 1440) * n ** 4 + (281 / 630) * n ** 5 - (1983433 / 1935360) * n ** 6,
  (61 / 240) * n ** 3 - (103 / 140) * n ** 4 + (15061 / 26880) * n ** 5 + (167603 / 181440) * n ** 6,
  (49561 / 161280) * n ** 4 - (179 / 168) * n ** 5 + (6601661 / 7257600) * n ** 6,
  (34729 / 80640) * n ** 5 - (3418889 / 1995840) * n ** 6,
  (212378941 / 319334400) * n ** 6,
];
const backward = [
  n / 2 - (2 / 3) * n ** 2 + (37 / 96) * n ** 3 - (1 / 360) * n ** 4 - (81 / 512) * n ** 5 + (96199 / 604800) * n ** 6,
  (1 / 48) * n ** 2 + (1 / 15) * n ** 3 - (437 / 1440) * n ** 4 + (46 / 105) * n ** 5 - (1118711 / 3870720) * n ** 6,
  (17 / 480) * n ** 3 - (37 / 840) * n ** 4 - (209 / 4480) * n ** 5 + (5569 / 90720) * n ** 6,
  (4397 / 161280) * n ** 4 - (11 / 504) * n ** 5 - (830251 / 7257600) * n ** 6,
  (4583 / 161280) * n ** 5 - (108847 / 3991680) * n ** 6,
  (20648693 / 638668800) * n ** 6,
];

interface Cartesian {
  readonly x: number;
  readonly y: number;
  readonly z: number;
}

function cartesianOf(latitude: number, longitude: number, { a, e2 }: Ellipsoid): Cartesian {
  const sine = Math.sin(latitude);
  const cosine = Math.cos(latitude);
  const normal = a / Math.sqrt(1 - e2 * sine * sine);
  return {
    x: normal * cosine * Math.cos(longitude),
    y: normal * cosine * Math.sin(longitude),
    z: normal * (1 - e2) * sine,
  };
}

function geographicOf({ x, y, z }: Cartesian, { a, e2 }: Ellipsoid): { latitude: number; longitude: number } {
  const fromAxis = Math.sqrt(x * x + y * y);
  let latitude = Math.atan2(z, fromAxis * (1 - e2));
  // Each round gains some five digits near the ground.
  for (let round = 0; round < 6; round++) {
    const sine = Math.sin(latitude);
    latitude = Math.atan2(z + (e2 * a * sine) / Math.sqrt(1 - e2 * sine * sine), fromAxis);
  }
  return { latitude, longitude: Math.atan2(y, x) };
}

/** Position-vector rotation by small angles, as the published parameters mean it. */
function toWgs84({ x, y, z }: Cartesian): Cartesian {
  const { rx, ry, rz, scale } = shift;
  return {
    x: shift.x + scale * (x - rz * y + ry * z),
    y: shift.y + scale * (rz * x + y - rx * z),
    z: shift.z + scale * (-ry * x + rx * y + z),
  };
}

/** The transposed rotation: its square is below a tenth of a millimetre, which the published transformation leaves out too. */
function toOsgb36(point: Cartesian): Cartesian {
  const { rx, ry, rz, scale } = shift;
  const x = (point.x - shift.x) / scale;
  const y = (point.y - shift.y) / scale;
  const z = (point.z - shift.z) / scale;
  return { x: x + rz * y - ry * z, y: -rz * x + y + rx * z, z: ry * x - rx * y + z };
}

const eccentricity = Math.sqrt(airy1830.e2);

/** Latitude on the sphere that keeps angles, as its hyperbolic sine. */
function conformal(latitude: number): number {
  return Math.sinh(Math.asinh(Math.tan(latitude)) - eccentricity * Math.atanh(eccentricity * Math.sin(latitude)));
}

function project(latitude: number, longitude: number): { xi: number; eta: number } {
  const tangent = conformal(latitude);
  const east = longitude - origin.longitude;
  const xi0 = Math.atan2(tangent, Math.cos(east));
  const eta0 = Math.asinh(Math.sin(east) / Math.sqrt(tangent * tangent + Math.cos(east) ** 2));
  let xi = xi0;
  let eta = eta0;
  for (const [i, coefficient] of forward.entries()) {
    const order = 2 * (i + 1);
    xi += coefficient * Math.sin(order * xi0) * Math.cosh(order * eta0);
    eta += coefficient * Math.cos(order * xi0) * Math.sinh(order * eta0);
  }
  return { xi, eta };
}

const originXi = project(origin.latitude, origin.longitude).xi;

function unproject(xi: number, eta: number): { latitude: number; longitude: number } {
  let xi0 = xi;
  let eta0 = eta;
  for (const [i, coefficient] of backward.entries()) {
    const order = 2 * (i + 1);
    xi0 -= coefficient * Math.sin(order * xi) * Math.cosh(order * eta);
    eta0 -= coefficient * Math.cos(order * xi) * Math.sinh(order * eta);
  }
  const tangent = Math.sin(xi0) / Math.sqrt(Math.sinh(eta0) ** 2 + Math.cos(xi0) ** 2);
  let latitude = Math.atan(tangent);
  // Newton's steps on the tangent of the conformal latitude (Karney 2011, equation 19).
  for (let round = 0; round < 5; round++) {
    const now = conformal(latitude);
    const slope =
      ((1 - airy1830.e2) * Math.sqrt(1 + now * now) * Math.cos(latitude)) / (1 - airy1830.e2 * Math.sin(latitude) ** 2);
    latitude = Math.atan(Math.tan(latitude) + (tangent - now) / slope);
  }
  return { latitude, longitude: origin.longitude + Math.atan2(Math.sinh(eta0), Math.cos(xi0)) };
}

function refuseLists(first: ArrayLike<number>, second: ArrayLike<number>): Refusal | undefined {
  if (first.length !== second.length)
    return refuse('mismatched-lengths', 'The two lists of coordinates differ in length.');
  return areFinite(first) && areFinite(second)
    ? undefined
    : refuse('not-finite', 'Some of the coordinates are missing or not finite.');
}

/**
 * Turns longitudes and latitudes (WGS84, as police.uk and phones give them) into metres on the British National Grid.
 *
 * Seven-parameter Helmert shift (EPSG:1314) to Airy 1830, then the transverse Mercator of EPSG:27700. Within 2 to 5 m of
 * the Ordnance Survey's OSTN15, far inside the error of snapped points; not for surveying. Refuses points outside the box
 * round Britain and its waters, which are nearly always swapped or missing coordinates. Formula: E = E₀ + F₀ · easting of
 * the transverse Mercator projection, N likewise. Unit: metres from degrees. Source: Ordnance Survey (2020), A guide to
 * coordinate systems in Great Britain; Karney (2011), Journal of Geodesy 85, 475-485.
 *
 * @example toNationalGrid([-0.1276], [51.5072]).eastings[0].toFixed(0) // => '530043'
 */
export function toNationalGrid(
  longitudes: ArrayLike<number>,
  latitudes: ArrayLike<number>,
): NationalGridPoints | Refusal {
  const bad = refuseLists(longitudes, latitudes);
  if (bad) return bad;
  const eastings = new Float64Array(longitudes.length);
  const northings = new Float64Array(longitudes.length);
  for (let i = 0; i < eastings.length; i++) {
    const longitude = longitudes[i] ?? 0;
    const latitude = latitudes[i] ?? 0;
    if (longitude < -12 || longitude > 6 || latitude < 48 || latitude > 62) {
      return refuse('outside-britain', 'Some of the coordinates lie outside Britain: they may be swapped or missing.');
    }
    const old = geographicOf(toOsgb36(cartesianOf(latitude * radians, longitude * radians, wgs84)), airy1830);
    const { xi, eta } = project(old.latitude, old.longitude);
    eastings[i] = origin.easting + centralScale * meridianRadius * eta;
    northings[i] = origin.northing + centralScale * meridianRadius * (xi - originXi);
  }
  return { method: { name: 'helmert-to-national-grid', version: '1' }, eastings, northings };
}

/**
 * Turns metres on the British National Grid into longitudes and latitudes (WGS84): the way back of {@link toNationalGrid}.
 *
 * The inverse of E = E₀ + F₀ · easting, N likewise. Unit: degrees from metres. Not for surveying. Source: as there.
 *
 * @example toWgs84Degrees([530033], [180381]).latitudes[0].toFixed(4) // => '51.5074'
 */
export function toWgs84Degrees(eastings: ArrayLike<number>, northings: ArrayLike<number>): GeographicPoints | Refusal {
  const bad = refuseLists(eastings, northings);
  if (bad) return bad;
  const longitudes = new Float64Array(eastings.length);
  const latitudes = new Float64Array(eastings.length);
  for (let i = 0; i < longitudes.length; i++) {
    const easting = eastings[i] ?? 0;
    const northing = northings[i] ?? 0;
    if (easting < -300_000 || easting > 1_000_000 || northing < -300_000 || northing > 1_400_000) {
      return refuse('outside-britain', 'Some of the coordinates lie outside the British National Grid.');
    }
    const scaled = centralScale * meridianRadius;
    const old = unproject((northing - origin.northing) / scaled + originXi, (easting - origin.easting) / scaled);
    const now = geographicOf(toWgs84(cartesianOf(old.latitude, old.longitude, airy1830)), wgs84);
    longitudes[i] = now.longitude / radians;
    latitudes[i] = now.latitude / radians;
  }
  return { method: { name: 'national-grid-to-wgs84', version: '1' }, longitudes, latitudes };
}
