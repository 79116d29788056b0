import { sql } from 'kysely';
import { isRefusal, toNationalGrid } from '../measures/index.ts';
import type { Work } from '../platform/database/work.ts';
import { postcodeKey } from './plain-text.ts';

export interface PlaceGiven {
  readonly title: string;
  readonly kind: 'postcode' | 'town';
  readonly longitude: number;
  readonly latitude: number;
}

/** The key under which a place is found: a postcode without spaces, a town in small letters. */
export const placeKey = (typed: string): string =>
  postcodeKey(typed) ?? typed.trim().toLowerCase().replaceAll(/\s+/g, ' ').slice(0, 200);

/** Keeps postcodes and towns for everybody; one that is there already moves. @returns how many lie in Britain */
export async function keepPlaces(work: Work<'published'>, places: readonly PlaceGiven[]): Promise<number> {
  const rows = new Map<string, { key: string; title: string; kind: string; x: number; y: number }>();
  for (const { title, kind, longitude, latitude } of places) {
    const points = toNationalGrid([longitude], [latitude]);
    const key = placeKey(title);
    if (isRefusal(points) || key === '') continue;
    rows.set(key, { key, title: title.slice(0, 200), kind, x: points.eastings[0] ?? 0, y: points.northings[0] ?? 0 });
  }
  await sql`
    insert into published.place (key, title, kind, place)
    select key, title, kind, point(x, y)
    from jsonb_to_recordset(${JSON.stringify([...rows.values()])}::jsonb)
      as p(key text, title text, kind text, x float8, y float8)
    on conflict (key) do update set title = excluded.title, kind = excluded.kind, place = excluded.place`.execute(work);
  return rows.size;
}

const townTypes =
  /^(city|town|village|suburb|hamlet|suburban area|other settlement|borough|neighbourhood|locality|island)$/i;

/** Postcodes and towns of a table of places, column by column: what stands there of schools and surgeries has a postcode, too. */
export function placesOfTable(
  names: readonly string[],
  types: readonly string[],
  postcodes: readonly string[],
  longitudes: ArrayLike<number>,
  latitudes: ArrayLike<number>,
): readonly PlaceGiven[] {
  const found = new Map<string, PlaceGiven>();
  for (let at = 0; at < longitudes.length; at += 1) {
    const [longitude, latitude] = [longitudes[at] ?? Number.NaN, latitudes[at] ?? Number.NaN];
    if (!Number.isFinite(longitude) || !Number.isFinite(latitude)) continue;
    const postcode = postcodes[at] ?? '';
    const key = postcodeKey(postcode);
    // The middle of a postcode is nearer the truth than one address in it.
    if (key !== undefined && (types[at] === 'Postcode' || !found.has(key)))
      found.set(key, { title: `${key.slice(0, -3)} ${key.slice(-3)}`, kind: 'postcode', longitude, latitude });
    const name = names[at] ?? '';
    if (townTypes.test(types[at] ?? '') && name !== '' && !found.has(placeKey(name)))
      found.set(placeKey(name), { title: name, kind: 'town', longitude, latitude });
  }
  return [...found.values()];
}
