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

interface Input {
  points: string;
  window: [number, number, number, number];
  evaluate_at: [number, number][];
  quartic_bandwidth: number;
  gaussian_sigma: number;
}

export const run: Adapter = (input: Input, question) => {
  const points = pointTable(question, input.points);
  const [westMetres, eastMetres, southMetres, northMetres] = input.window;
  const window: MapWindow = { westMetres, eastMetres, southMetres, northMetres };
  const places = {
    eastings: input.evaluate_at.map(([x]) => x),
    northings: input.evaluate_at.map(([, y]) => y),
  };
  const reference = normalReferenceWidth(points);
  const sigma = input.gaussian_sigma;
  const bandwidths = question.tolerance['bandwidths'];
  return {
    answer: {
      quartic: density(quarticDensityAt(points, places, input.quartic_bandwidth)),
      gaussian: density(gaussianDensityAt(points, places, sigma)),
      gaussian_at_points: density(gaussianDensityAt(points, points, sigma)),
      gaussian_at_points_edge_uniform: density(gaussianDensityAt(points, points, sigma, { edge: 'uniform', window })),
      gaussian_at_points_edge_diggle: density(gaussianDensityAt(points, points, sigma, { edge: 'diggle', window })),
      check: {},
      bandwidths: {
        scott: scottBandwidth(points),
        diggle: meanSquareErrorBandwidth(points, window),
        ppl: likelihoodBandwidth(points, window),
        nrd_x: isRefusal(reference) ? reference : reference[0],
        nrd_y: isRefusal(reference) ? reference : reference[1],
      },
    },
    notCompared: Object.fromEntries(
      [
        'spatialkde_unscaled_ratio_to_quartic',
        'spatstat_pixel_gaussian_max_rel_diff',
        'spatstat_pixel_quartic_max_rel_diff',
      ].map((name) => [`check.${name}`, 'how far another package lies from the definition: not ours to match']),
    ),
    ...(typeof bandwidths === 'number' && { tolerances: { bandwidths: { rel: bandwidths } } }),
  };
};
