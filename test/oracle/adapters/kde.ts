import {
  likelihoodBandwidth,
  meanSquareErrorBandwidth,
  normalReferenceWidth,
  scottBandwidth,
} from '../../../src/measures/bandwidth.ts';
import { gaussianDensityAt, quarticDensityAt, type KernelDensity } from '../../../src/measures/kernel-density.ts';
import type { MapWindow } from '../../../src/measures/planar-points.ts';
import { isRefusal, type Refusal } from '../../../src/measures/refusal.ts';
import type { Adapter } from '../adapter.ts';
import { pointTable } from '../point-table.ts';

const density = (found: KernelDensity | Refusal) => (isRefusal(found) ? found : found.perSquareMetre);

export const run: Adapter = (input, question) => {
  const points = pointTable(question, input.points);
  const [westMetres, eastMetres, southMetres, northMetres] = input.window;
  const window: MapWindow = { westMetres, eastMetres, southMetres, northMetres };
  const places = {
    eastings: input.evaluate_at.map((place: number[]) => place[0]),
    northings: input.evaluate_at.map((place: number[]) => place[1]),
  };
  const reference = normalReferenceWidth(points);
  const sigma: number = input.gaussian_sigma;
  const bandwidths = question.tolerance['bandwidths'];
  return {
    answer: {
      quartic: density(quarticDensityAt(points, places, input.quartic_bandwidth)),
      gaussian: density(gaussianDensityAt(points, places, sigma)),
      gaussian_at_points: density(gaussianDensityAt(points, points, sigma)),
      gaussian_at_points_edge_uniform: density(gaussianDensityAt(points, points, sigma, { edge: 'uniform', window })),
      gaussian_at_points_edge_diggle: density(gaussianDensityAt(points, points, sigma, { edge: 'diggle', window })),
      bandwidths: {
        scott: scottBandwidth(points),
        diggle: meanSquareErrorBandwidth(points, window),
        ppl: likelihoodBandwidth(points, window),
        nrd_x: isRefusal(reference) ? reference : reference[0],
        nrd_y: isRefusal(reference) ? reference : reference[1],
      },
    },
    notCompared: { check: 'how far other packages lie from the definition: not ours to match' },
    ...(typeof bandwidths === 'number' && { tolerances: { bandwidths: { rel: bandwidths } } }),
  };
};
