import { emergingHotSpots } from '../../../src/measures/emerging-hot-spots.ts';
import { isRefusal } from '../../../src/measures/refusal.ts';
import { gridNeighbours } from '../../../src/measures/spatial-neighbours.ts';
import type { Adapter } from '../adapter.ts';
import { answered } from '../../answered.ts';

interface Input {
  nx: number;
  ny: number;
  counts_by_period: number[][];
  alpha: number;
}

export const run: Adapter = (input: Input) => {
  const neighbours = answered(gridNeighbours({ columns: input.nx, rows: input.ny }, 1.5));
  const found = emergingHotSpots(input.counts_by_period, neighbours, { alpha: input.alpha });
  if (isRefusal(found)) return { answer: found };
  return {
    answer: {
      gi_star_by_period: found.giStarByPeriod.map((z) => [...z]),
      mk_S: found.trendS,
      mk_z: found.trendZ,
      mk_p: found.trendP,
      category: found.category,
    },
    notCompared: { sfdep_category: 'another package’s rules, which ignore the sign (see the notes)' },
  };
};
