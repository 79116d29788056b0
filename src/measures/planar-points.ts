import { refuse, type Refusal } from './refusal.ts';

/** Events as points of the British National Grid, in metres: the i-th event lies at (eastings[i], northings[i]). */
export interface PlanarPoints {
  readonly eastings: ArrayLike<number>;
  readonly northings: ArrayLike<number>;
}

/** A rectangle of the map in metres. */
export interface MapWindow {
  readonly westMetres: number;
  readonly eastMetres: number;
  readonly southMetres: number;
  readonly northMetres: number;
}

/** Farther than this lies nothing that a partnership looks at; a slip of the keyboard may still lie far off. */
const farthestMetres = 1e12;

function areOnEarth(coordinates: ArrayLike<number>): boolean {
  for (let i = 0; i < coordinates.length; i++) {
    if (!(Math.abs(coordinates[i] ?? Number.NaN) <= farthestMetres)) return false;
  }
  return true;
}

/** True for a distance of the map: from a thousandth of a millimetre up to as far as the earth reaches. */
export function isDistance(metres: number): boolean {
  return metres >= 1e-6 && metres <= farthestMetres;
}

/** Refuses lists of coordinates that differ in length, hold too few points, or hold what is not a number. */
export function refusePoints({ eastings, northings }: PlanarPoints, atLeast = 1): Refusal | undefined {
  if (eastings.length !== northings.length) {
    return refuse('mismatched-lengths', 'The lists of eastings and northings differ in length.');
  }
  if (eastings.length < atLeast) {
    return refuse('too-few-points', `There are ${eastings.length} points; this needs at least ${atLeast}.`);
  }
  if (!areOnEarth(eastings) || !areOnEarth(northings)) {
    return refuse('not-finite', 'Some of the coordinates are missing or lie off the earth.');
  }
  return undefined;
}

/** Refuses a window without area, or with points outside it. */
export function refuseWindow(window: MapWindow, { eastings, northings }: PlanarPoints): Refusal | undefined {
  const { westMetres, eastMetres, southMetres, northMetres } = window;
  const placed = areOnEarth([westMetres, eastMetres, southMetres, northMetres]);
  if (!placed || !isDistance(eastMetres - westMetres) || !isDistance(northMetres - southMetres)) {
    return refuse('bad-window', 'The study area needs a width and a height above nought.');
  }
  for (let i = 0; i < eastings.length; i++) {
    const x = eastings[i] ?? 0;
    const y = northings[i] ?? 0;
    if (x < westMetres || x > eastMetres || y < southMetres || y > northMetres) {
      return refuse('outside-window', 'Some of the points lie outside the study area.');
    }
  }
  return undefined;
}

export function windowArea({ westMetres, eastMetres, southMetres, northMetres }: MapWindow): number {
  return (eastMetres - westMetres) * (northMetres - southMetres);
}

/** Whether events lie where they happened, or were moved to the nearest of a list of points, as police.uk does. */
export type Placing = 'true' | 'snapped';

/** Refuses points that were moved: two events at one of them need not have been near each other. */
export function refuseSnapped(placing: Placing): Refusal | undefined {
  if (placing === 'true') return undefined;
  return refuse(
    'snapped-points',
    'The places were moved to the nearest map point before they were published, so nothing can be said of addresses or of short distances.',
  );
}
