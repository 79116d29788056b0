import { nearestNeighbourIndex } from '../../../src/measures/nearest-neighbour-index.ts';
import type { MapWindow } from '../../../src/measures/planar-points.ts';
import { isRefusal } from '../../../src/measures/refusal.ts';
import { ripleyK } from '../../../src/measures/ripley-k.ts';
import { spatialCentre } from '../../../src/measures/spatial-centre.ts';
import type { Adapter } from '../adapter.ts';
import { pointTable } from '../point-table.ts';

export const run: Adapter = (input, question) => {
  const points = pointTable(question, input.points);
  const [westMetres, eastMetres, southMetres, northMetres] = input.window;
  const window: MapWindow = { westMetres, eastMetres, southMetres, northMetres };
  const index = nearestNeighbourIndex(points, window);
  const centre = spatialCentre(points);
  if (isRefusal(index) || isRefusal(centre)) return { answer: index };
  const k = (edge: 'none' | 'border' | 'isotropic') => {
    const found = ripleyK(points, window, input.r, edge);
    return isRefusal(found) ? found : found.K;
  };
  return {
    answer: {
      nearest_neighbour_index: index.index,
      nearest_neighbour_index_donnelly: index.indexDonnelly,
      K_none: k('none'),
      K_border: k('border'),
      K_isotropic: k('isotropic'),
      mean_centre: [centre.meanEasting, centre.meanNorthing],
      standard_distance: centre.standardDistanceMetres,
    },
  };
};
