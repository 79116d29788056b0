import { done, refused, type Outcome } from '../duty/index.ts';
import { columnName, isCodeOf, type AreaColumn } from './area-column.ts';
import { gridToDegrees, isInBritain } from './british-point.ts';
import { placesTable, type Place } from './reference-tables.ts';
import {
  boundaryLicence,
  cleaned,
  headerOf,
  statisticsOffice,
  type LayoutName,
  type ReferenceTable,
} from './reference.ts';

export type Ring = readonly (readonly number[])[];
/** An area as GeoJSON has it (RFC 7946), always with several polygons. */
export interface Boundary {
  readonly code: string;
  readonly name: string;
  readonly polygons: readonly (readonly Ring[])[];
}

export interface BoundaryRelease extends Pick<ReferenceTable, 'vintage' | 'title' | 'publisher' | 'licence' | 'notes'> {
  readonly kind: 'boundaries';
  readonly layout: LayoutName & 'boundaries';
  /** `lsoa21`, `lad24`, `ward25`. */
  readonly level: string;
  readonly boundaries: readonly Boundary[];
}

/** The same text for the same boundaries, in the order of their codes. */
export function geoJsonOf(boundaries: readonly Boundary[]): string {
  const features = boundaries.map(({ code, name, polygons }) =>
    JSON.stringify({
      type: 'Feature',
      properties: { code, name },
      geometry: { type: 'MultiPolygon', coordinates: polygons },
    }),
  );
  return `{"type":"FeatureCollection","features":[\n${features.join(',\n')}\n]}\n`;
}

/** Reads back what `geoJsonOf` wrote. */
export function boundariesFrom(text: string): readonly Boundary[] {
  const { features } = JSON.parse(text) as {
    readonly features: readonly {
      readonly properties: { readonly code: string; readonly name: string };
      readonly geometry: { readonly coordinates: Boundary['polygons'] };
    }[];
  };
  return features.map(({ properties, geometry }) => ({ ...properties, polygons: geometry.coordinates }));
}

interface Feature {
  readonly properties: Readonly<Record<string, unknown>>;
  readonly geometry: { readonly type: string; readonly coordinates: unknown } | null;
}

/**
 * Reads GeoJSON: boundaries of areas, or places. Metres of the British National Grid, in which the Open Geography portal
 * also gives them, become degrees.
 * @param vintage the year of boundaries whose columns do not say it
 */
export function readGeoJson(text: string, vintage?: string): Outcome<BoundaryRelease | ReferenceTable, 'not-valid'> {
  const features = featuresIn(text);
  if (!features.done) return features;
  const names = Object.keys(features.value[0]?.properties ?? {});
  const header = headerOf(names);
  const code = header.areas.find(
    ({ holds, level }) => holds === 'code' && names.some((name) => sameLevelName(name, level, header.areas)),
  );
  return code === undefined
    ? readPlaces(features.value, names)
    : readBoundaries(features.value, { names, code, areas: header.areas, vintage });
}

/** The column of the area itself has a name beside it: `LSOA21CD` with `LSOA21NM`, and not the `LADCD` that it lies in. */
const sameLevelName = (name: string, level: AreaColumn['level'], areas: readonly AreaColumn[]): boolean =>
  name !== '' && areas.some((each) => each.level === level && each.holds === 'name');

function featuresIn(text: string): Outcome<readonly Feature[], 'not-valid'> {
  const strange = refused('not-valid', 'This is JSON, but not GeoJSON with a list of features. Nothing was added.');
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return refused(
      'not-valid',
      'This begins like JSON and is not: it may have been cut off on the way. Nothing was added.',
    );
  }
  if (!isRecord(parsed) || parsed['type'] !== 'FeatureCollection' || !Array.isArray(parsed['features'])) return strange;
  const features: Feature[] = [];
  for (const each of parsed['features'] as readonly unknown[]) {
    if (!isRecord(each)) return strange;
    const { properties, geometry } = each;
    features.push({
      properties: isRecord(properties) ? properties : {},
      geometry:
        isRecord(geometry) && typeof geometry['type'] === 'string'
          ? { type: geometry['type'], coordinates: geometry['coordinates'] }
          : null,
    });
  }
  return features.length === 0
    ? refused('not-valid', 'There is no feature in the file. Nothing was added.')
    : done(features);
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const textIn = (value: unknown): string =>
  typeof value === 'string' ? cleaned(value) : typeof value === 'number' ? String(value) : '';

function readBoundaries(
  features: readonly Feature[],
  {
    names,
    code,
    areas,
    vintage,
  }: {
    readonly names: readonly string[];
    readonly code: AreaColumn & { readonly place: number };
    readonly areas: readonly (AreaColumn & { readonly place: number })[];
    readonly vintage: string | undefined;
  },
): Outcome<BoundaryRelease, 'not-valid'> {
  const year = code.vintage ?? (/^\d{4}$/.test(vintage ?? '') ? Number(vintage) : null);
  if (year === null)
    return refused(
      'not-valid',
      'The year of the boundaries is not in the file. Say it: --vintage 2021. Nothing was added.',
    );
  const codeName = names[code.place] ?? '';
  const called = names[areas.find((each) => each.level === code.level && each.holds === 'name')?.place ?? -1] ?? '';
  const found = new Map<string, Boundary>();
  for (const [number, { properties, geometry }] of features.entries()) {
    const own = textIn(properties[codeName]);
    if (!isCodeOf(code.level, own))
      return refused(
        'not-valid',
        `Feature ${number + 1}: “${own.slice(0, 40)}” is no code of such an area. Nothing was added.`,
      );
    if (found.has(own)) return refused('not-valid', `${own} is drawn twice. Nothing was added.`);
    const polygons = polygonsIn(geometry);
    if (polygons === undefined)
      return refused(
        'not-valid',
        `${own} has no outline, or one with corners outside Great Britain. Nothing was added.`,
      );
    found.set(own, { code: own, name: textIn(properties[called]), polygons });
  }
  const level = columnName({ ...code, vintage: year, holds: 'code' });
  return done({
    kind: 'boundaries',
    layout: 'boundaries',
    level,
    vintage: String(year),
    title: `Boundaries of ${levelTitles[code.level] ?? code.level} of ${year}`,
    publisher: `${statisticsOffice}, Open Geography portal`,
    licence: boundaryLicence,
    boundaries: [...found.values()].sort((a, b) => (a.code < b.code ? -1 : 1)),
    notes: [],
  });
}

const levelTitles: Readonly<Partial<Record<AreaColumn['level'], string>>> = {
  lsoa: 'LSOAs',
  msoa: 'MSOAs',
  ward: 'wards',
  lad: 'authorities',
  pfa: 'police force areas',
  csp: 'community safety partnerships',
  icb: 'integrated care boards',
  region: 'regions',
};

/** Undefined where a ring has fewer than three corners, or a corner is no number or not in Great Britain. */
function polygonsIn(geometry: Feature['geometry']): Boundary['polygons'] | undefined {
  if (geometry === null) return undefined;
  const raw =
    geometry.type === 'Polygon'
      ? [geometry.coordinates]
      : geometry.type === 'MultiPolygon'
        ? geometry.coordinates
        : undefined;
  if (!Array.isArray(raw)) return undefined;
  const polygons: Ring[][] = [];
  for (const polygon of raw as readonly unknown[]) {
    if (!Array.isArray(polygon)) return undefined;
    const rings: Ring[] = [];
    for (const ring of polygon as readonly unknown[]) {
      const corners = cornersIn(ring);
      if (corners === undefined) return undefined;
      rings.push(corners);
    }
    if (rings.length === 0) return undefined;
    polygons.push(rings);
  }
  return polygons.length === 0 ? undefined : polygons;
}

function cornersIn(ring: unknown): Ring | undefined {
  if (!Array.isArray(ring) || ring.length < 3) return undefined;
  const corners: (readonly number[])[] = [];
  for (const corner of ring as readonly unknown[]) {
    const [x, y] = Array.isArray(corner) ? (corner as readonly unknown[]) : [];
    if (typeof x !== 'number' || typeof y !== 'number') return undefined;
    const isGrid = Math.abs(x) > 360 || Math.abs(y) > 360;
    const point = isGrid ? gridToDegrees(x, y) : { longitude: x, latitude: y };
    if (point === undefined || !isInBritain(point.longitude, point.latitude)) return undefined;
    corners.push(isGrid ? [round(point.longitude), round(point.latitude)] : [x, y]);
  }
  return corners;
}

/** To a decimetre. */
const round = (degrees: number): number => Math.round(degrees * 1e6) / 1e6;

const nameKeys = ['name', 'school_nam', 'university', 'library_si', 'distname', 'site_name'] as const;
const typeKeys = ['phase', 'typology_e', 'classifica', 'type', 'sitetheme'] as const;

/** Points with names; of an outline, the middle of its corners. */
function readPlaces(features: readonly Feature[], names: readonly string[]): Outcome<ReferenceTable, 'not-valid'> {
  const nameKey = nameKeys.find((key) => names.includes(key));
  if (nameKey === undefined)
    return refused('not-valid', 'The features have neither the code and name of an area nor the name of a place.');
  const typeKey = typeKeys.find((key) => names.includes(key));
  const places = features.map(({ properties, geometry }): Place => {
    const point = middleOf(geometry);
    return {
      id: '',
      name: textIn(properties[nameKey]),
      type: typeKey === undefined ? '' : textIn(properties[typeKey]),
      postcode: textIn(properties['postcode']),
      lsoa: '',
      longitude: point?.[0] ?? null,
      latitude: point?.[1] ?? null,
    };
  });
  return placesTable({
    title: placeTitles[nameKey],
    publisher: 'As in the file: not stated',
    vintage: 'undated',
    places,
  });
}

const placeTitles: Readonly<Record<(typeof nameKeys)[number], string>> = {
  name: 'Places',
  school_nam: 'Schools and colleges',
  university: 'Universities',
  library_si: 'Libraries',
  distname: 'Functional sites',
  site_name: 'Open spaces and play spaces',
};

function middleOf(geometry: Feature['geometry']): readonly [number, number] | undefined {
  const corners: (readonly [number, number])[] = [];
  const walk = (value: unknown): void => {
    if (!Array.isArray(value)) return;
    const [x, y] = value as readonly unknown[];
    if (typeof x === 'number' && typeof y === 'number') corners.push([x, y]);
    else for (const each of value as readonly unknown[]) walk(each);
  };
  walk(geometry?.coordinates);
  if (corners.length === 0) return undefined;
  const mean = (place: 0 | 1) => corners.reduce((sum, corner) => sum + corner[place], 0) / corners.length;
  const [longitude, latitude] = [mean(0), mean(1)];
  return isInBritain(longitude, latitude) ? [longitude, latitude] : undefined;
}
