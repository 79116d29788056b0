import { cellCounts } from '../../../src/measures/cell-counts.ts';
import { generalG } from '../../../src/measures/general-g.ts';
import { giStar } from '../../../src/measures/gi-star.ts';
import { globalMoran, localMoran } from '../../../src/measures/moran.ts';
import { isRefusal } from '../../../src/measures/refusal.ts';
import { gridNeighbours } from '../../../src/measures/spatial-neighbours.ts';
import type { Adapter } from '../adapter.ts';
import { pointTable } from '../point-table.ts';
import { answered } from '../../answered.ts';

interface Input {
  points: string;
  cell: number;
  nx: number;
  ny: number;
  origin: [number, number];
}

export const run: Adapter = (input: Input, question) => {
  const { eastings, northings } = pointTable(question, input.points);
  const grid = { columns: input.nx, rows: input.ny };
  const counted = cellCounts(eastings, northings, {
    ...grid,
    cellMetres: input.cell,
    westMetres: input.origin[0],
    southMetres: input.origin[1],
  });
  if (isRefusal(counted)) return { answer: counted };
  const { counts } = counted;
  const queen = answered(gridNeighbours(grid, 1.5));
  const star = giStar(counts, queen);
  const local = localMoran(counts, queen);
  const moran = globalMoran(counts, queen);
  const general = generalG(counts, queen);
  const z = (result: ReturnType<typeof giStar>) => (isRefusal(result) ? result : result.z);
  if (isRefusal(star) || isRefusal(local) || isRefusal(moran) || isRefusal(general)) return { answer: star };
  return {
    answer: {
      counts,
      gi_star: star.z,
      gi: z(giStar(counts, queen, { withSelf: false })),
      p_two_sided: star.pTwoSided,
      p_bh: star.qValue,
      hot_at_bh05: [...star.z.keys()].filter((i) => star.z[i]! > 0 && star.qValue[i]! <= 0.05),
      gi_star_rook: z(giStar(counts, answered(gridNeighbours(grid, 1)))),
      // How far the band reaches stands in its name: gi_star_band_2.1_cells.
      ...Object.fromEntries(
        Object.keys(question.expected as object)
          .map((name) => /^gi_star_band_([\d.]+)_cells$/.exec(name))
          .filter((named) => named !== null)
          .map(([name, reach]) => [name, z(giStar(counts, answered(gridNeighbours(grid, Number(reach)))))]),
      ),
      local_moran: {
        I: local.I,
        E: local.expected,
        var: local.variance,
        // spdep gives no deviate to a cell that holds exactly the mean: its index has no variance. Ours stands out by nothing.
        z: Array.from(local.z, (one, i) => (local.variance[i] === 0 ? null : one)),
        quadrant: local.quadrant,
      },
      moran: {
        I: moran.I,
        E: moran.expected,
        var: moran.variance,
        z: moran.z,
        p_greater: moran.pGreater,
      },
      getis_ord_general_G: { G: general.G, z: [[general.z]] },
    },
  };
};
