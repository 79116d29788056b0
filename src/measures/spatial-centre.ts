import type { Method } from './estimate.ts';
import { refusePoints, type PlanarPoints } from './planar-points.ts';
import type { Refusal } from './refusal.ts';

export interface SpatialCentre {
  readonly method: Method;
  readonly meanEasting: number;
  readonly meanNorthing: number;
  /** √(Σ d²/n), d the distance of each event from the mean centre. */
  readonly standardDistanceMetres: number;
}

/**
 * Finds the mean centre of events and how far they spread from it.
 *
 * One number for a whole town hides two hot spots as the empty street between them: use it to compare periods, not to name
 * a place. Standard distance = √(Σd²/n) round the mean centre. Unit: metres. Not for two hot spots. Source: Bachi (1963).
 *
 * @example spatialCentre({ eastings: [0, 6], northings: [0, 8] }).standardDistanceMetres // => 5
 */
export function spatialCentre(points: PlanarPoints): SpatialCentre | Refusal {
  const bad = refusePoints(points);
  if (bad) return bad;
  const { eastings, northings } = points;
  const n = eastings.length;
  let x = 0;
  let y = 0;
  for (let i = 0; i < n; i++) {
    x += (eastings[i] ?? 0) / n;
    y += (northings[i] ?? 0) / n;
  }
  let squares = 0;
  for (let i = 0; i < n; i++) squares += ((eastings[i] ?? 0) - x) ** 2 + ((northings[i] ?? 0) - y) ** 2;
  return {
    method: { name: 'spatial-centre', version: '1' },
    meanEasting: x,
    meanNorthing: y,
    standardDistanceMetres: Math.sqrt(squares / n),
  };
}
