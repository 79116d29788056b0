import type { Boundary } from './reference-boundaries.ts';

/** To a metre: files of the same boundaries round their corners differently. */
const nearest = 1e5;

/**
 * Which areas touch, if only at a corner (queen contiguity): those of which the outlines share a point. By the places in
 * `areas`, without the area itself. Outlines that were generalised one by one share none; those of the Open Geography portal
 * were generalised together.
 */
export function touchingAreas(areas: readonly Pick<Boundary, 'polygons'>[]): readonly (readonly number[])[] {
  const at = new Map<string, number[]>();
  for (const [place, { polygons }] of areas.entries())
    for (const ring of polygons.flat())
      for (const [longitude = 0, latitude = 0] of ring) {
        const corner = `${Math.round(longitude * nearest)} ${Math.round(latitude * nearest)}`;
        const here = at.get(corner) ?? [];
        if (here.at(-1) !== place) here.push(place);
        at.set(corner, here);
      }
  const lists = areas.map(() => new Set<number>());
  for (const here of at.values())
    for (const one of here) for (const other of here) if (one !== other) lists[one]?.add(other);
  return lists.map((list) => [...list].sort((a, b) => a - b));
}
