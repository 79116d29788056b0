import { toNationalGrid, toWgs84Degrees } from '../../../src/measures/british-national-grid.ts';
import { isRefusal } from '../../../src/measures/refusal.ts';
import type { Adapter } from '../adapter.ts';

export const run: Adapter = (input, question) => {
  const grid = toNationalGrid(input.lon, input.lat);
  if (isRefusal(grid)) return { answer: grid };
  const back = toWgs84Degrees(grid.eastings, grid.northings);
  if (isRefusal(back)) return { answer: back };
  const metres = question.tolerance['abs_m'];
  const degrees = question.tolerance['reverse_abs_deg'];
  const faults: string[] = [];
  for (const [i, longitude] of back.longitudes.entries()) {
    const off = Math.max(Math.abs(longitude - input.lon[i]), Math.abs(back.latitudes[i]! - input.lat[i]));
    if (!(off <= Number(degrees))) faults.push(`back.${i}: ${off} degrees off`);
  }
  return {
    answer: { easting: grid.eastings, northing: grid.northings },
    tolerances: { easting: { abs: Number(metres) }, northing: { abs: Number(metres) } },
    notCompared: {
      epsg_default_easting: 'what another path of transformation gives, shown beside',
      epsg_default_northing: 'what another path of transformation gives, shown beside',
    },
    faults,
  };
};
