// The heavy methods at three sizes each, with an input of their own making.
import { auditDisclosure, protectTables, type SafeTables } from '../../src/measures/disclosure-control.ts';
import { cellCounts } from '../../src/measures/cell-counts.ts';
import { dbscan } from '../../src/measures/dbscan.ts';
import { eTestP } from '../../src/measures/e-test.ts';
import { fitGlm } from '../../src/measures/generalised-linear-model.ts';
import { giStar } from '../../src/measures/gi-star.ts';
import { quarticDensityGrid } from '../../src/measures/kernel-density.ts';
import { crossTable } from '../../src/measures/linked-tables.ts';
import { loessDecomposition } from '../../src/measures/loess-decomposition.ts';
import { mannKendall } from '../../src/measures/mann-kendall.ts';
import { matrixOf } from '../../src/measures/matrix.ts';
import { benjaminiHochberg } from '../../src/measures/multiple-testing.ts';
import { combineKnox, type KnoxBands, prepareKnox } from '../../src/measures/near-repeat.ts';
import { polygonIndex, polygonOfPoints } from '../../src/measures/point-in-polygon.ts';
import { poissonChangepoints } from '../../src/measures/poisson-changepoints.ts';
import { drawGamma, drawPoisson, randomStream } from '../../src/measures/random.ts';
import { isRefusal, type Refusal } from '../../src/measures/refusal.ts';
import { combineSpaceTimeScan, prepareSpaceTimeScan } from '../../src/measures/space-time-scan.ts';
import { combineSpatialScan, prepareSpatialScan } from '../../src/measures/spatial-scan.ts';
import { gridNeighbours } from '../../src/measures/spatial-neighbours.ts';
import { replicatesOn } from './replicates.ts';
import { areasWithCases, clusteredEvents, daysInMonth, monthlyCounts, raggedAreas } from './towns.ts';

type Columns = Readonly<Record<string, ArrayLike<number>>>;

/** An input made ready, so that only the method itself is timed. */
export interface Ready {
  /** Gives a figure that a right answer must have: what R finds on the same input, or what may not be. */
  readonly work: () => number | Promise<number>;
  /** The input as R reads it: a file of numbers for each name. */
  readonly tables?: () => Readonly<Record<string, Columns>>;
}

export interface Beside {
  /** The call in R. */
  readonly call: string;
  /** Where R is too slow for the greatest size. */
  readonly size?: number;
  readonly under?: number;
  /** How far R's figure may lie from ours, as a share of it. */
  readonly agree: number;
}

export interface HeavyMethod {
  readonly metric: string;
  readonly sizes: readonly [number, number, number];
  readonly sizeText: (size: number) => string;
  readonly underSeconds: number;
  readonly underMegabytes?: number;
  readonly beside?: Beside;
  readonly prepare: (size: number) => Ready;
}

const workers = 2;
const simulations = 999;
const whole = (value: number): string => Math.round(value).toLocaleString('en-GB');

function sure<T extends object>(answer: T | Refusal): T {
  if (isRefusal(answer)) throw new Error(answer.sentence);
  return answer;
}

const greatest = (values: ArrayLike<number>): number => {
  let most = -Infinity;
  for (let i = 0; i < values.length; i += 1) most = Math.max(most, values[i] ?? -Infinity);
  return most;
};

// 300 columns of 200 m cells, and a row for each 1,042 events: 260,500 events on 75,000 cells at the most.
function gridOf(cells: number) {
  const grid = { columns: 300, rows: Math.round(cells / 300), cellMetres: 200, westMetres: 0, southMetres: 0 };
  const extent = { widthMetres: 60_000, heightMetres: 200 * grid.rows };
  return { grid, events: clusteredEvents(Math.round(cells * 3.472), extent, randomStream(1)) };
}
const gridText = (cells: number): string => `${whole(cells * 3.472)} events, ${whole(cells)} cells`;
const eventsAs = ({ eastings, northings }: { eastings: Float64Array; northings: Float64Array }): Columns => ({
  east: eastings,
  north: northings,
});

const knoxBands: KnoxBands = {
  distanceBreaksMetres: [0, 1, 201, 401, 601],
  dayBreaks: [0, 4, 8, 15, 29],
  metric: 'euclidean',
};

const sixty = 60;
const seriesOf = (count: number): readonly Float64Array[] => {
  const random = randomStream(3);
  return Array.from({ length: count }, () => monthlyCounts(sixty, 5 + 200 * random.next() ** 3, random));
};
const seriesText = (count: number): string => `${whole(count)} series of ${sixty} months`;
const seriesAs = (series: readonly Float64Array[]): Columns =>
  Object.fromEntries(series.map((counts, i) => [`s${i}`, counts]));

function knoxWork(events: ReturnType<typeof clusteredEvents>, days: Int32Array, permutations: number) {
  return async (): Promise<number> => {
    const pairs = sure(prepareKnox(events, days, knoxBands));
    const tallies = await replicatesOn(workers, 'knox', pairs, permutations);
    return sure(combineKnox(pairs, tallies, 1)).cells[1]?.[0]?.observedPairs ?? 0;
  };
}

export const methods: Readonly<Record<string, HeavyMethod>> = {
  'gi-star': {
    metric: 'Gi* with neighbours and BH, events counted',
    sizes: [18_750, 37_500, 75_000],
    sizeText: gridText,
    underSeconds: 0.1,
    beside: { call: 'spdep::localG', agree: 1e-6 },
    prepare(cells) {
      const { grid, events } = gridOf(cells);
      return {
        work() {
          const { counts } = sure(cellCounts(events.eastings, events.northings, grid));
          return greatest(sure(giStar(counts, sure(gridNeighbours(grid)))).z);
        },
        tables: () => ({ events: eventsAs(events), grid: { columns: [grid.columns], rows: [grid.rows] } }),
      };
    },
  },
  kde: {
    metric: 'exact quartic kernel density, 800 m',
    sizes: [18_750, 37_500, 75_000],
    sizeText: gridText,
    underSeconds: 0.5,
    // The other is an approximation, on a grid as coarse as ours: the totals agree, the peaks less well.
    beside: { call: 'spatstat::density.ppp (by fast Fourier transform)', under: 1, agree: 0.05 },
    prepare(cells) {
      const { grid, events } = gridOf(cells);
      return {
        work: () => greatest(sure(quarticDensityGrid(events, grid, 800)).perSquareMetre) * 1e6,
        tables: () => ({ events: eventsAs(events), grid: { columns: [grid.columns], rows: [grid.rows] } }),
      };
    },
  },
  knox: {
    metric: `Knox test, ${simulations} permutations on ${workers} workers`,
    sizes: [5_000, 10_000, 20_000],
    sizeText: (events) => `${whole(events)} events`,
    underSeconds: 15,
    underMegabytes: 250,
    beside: { call: 'surveillance::knox', size: 1_000, agree: 0 },
    prepare(count) {
      const random = randomStream(2);
      const side = 15_000;
      const events = clusteredEvents(count, { widthMetres: side, heightMetres: side }, random);
      const days = Int32Array.from({ length: count }, () => random.below(365));
      return {
        work: knoxWork(events, days, simulations),
        tables: () => ({ events: { ...eventsAs(events), day: days } }),
      };
    },
  },
  'spatial-scan': {
    metric: `Kulldorff's scan, ${simulations} simulations on ${workers} workers`,
    sizes: [425, 850, 1_700],
    sizeText: (areas) => `${whole(areas)} areas`,
    underSeconds: 7,
    prepare(areas) {
      const { centres, population, countsByPeriod } = areasWithCases(areas, 12, 1, 4);
      const cases = Float64Array.from(population, (_people, i) => countsByPeriod.reduce((sum, at) => sum + at[i]!, 0));
      return {
        async work() {
          const zones = sure(prepareSpatialScan({ centres, cases, population }));
          const maxima = await replicatesOn(workers, 'spatial-scan', zones, simulations);
          return sure(combineSpatialScan(zones, maxima, 1)).clusters.length;
        },
      };
    },
  },
  'space-time-scan': {
    metric: `space-time permutation scan, 24 months, zones to 50 places, ${simulations} replicates on ${workers} workers`,
    sizes: [425, 850, 1_700],
    sizeText: (areas) => `${whole(areas)} areas`,
    underSeconds: 30,
    prepare(areas) {
      const { centres, countsByPeriod } = areasWithCases(areas, 24, 4, 5);
      return {
        async work() {
          const zones = sure(prepareSpaceTimeScan({ places: centres, countsByPeriod }, { mostPlaces: 50 }));
          const maxima = await replicatesOn(workers, 'space-time-scan', zones, simulations);
          return sure(combineSpaceTimeScan(zones, maxima, 1)).cluster?.p ?? 1;
        },
      };
    },
  },
  polygons: {
    metric: 'points in polygons, with the index',
    sizes: [125_000, 250_000, 500_000],
    sizeText: (points) => `${whole(points)} points, 4,347 areas`,
    underSeconds: 1.4,
    beside: { call: 'sf::st_join', under: 0.5, agree: 0 },
    prepare(count) {
      const extent = { widthMetres: 60_000, heightMetres: 50_000 };
      const areas = raggedAreas(69, 63, extent, 6);
      const events = clusteredEvents(count, extent, randomStream(6));
      return {
        work() {
          const found = polygonOfPoints(sure(polygonIndex(areas)), events);
          // Areas from 1, as R counts; nowhere is 0.
          return sure(found).reduce((sum, area) => sum + area + 1, 0);
        },
        tables: () => ({
          events: eventsAs(events),
          rings: {
            area: areas.flatMap(({ rings: [ring = []] }, i) => Array.from({ length: ring.length / 2 }, () => i + 1)),
            east: areas.flatMap(({ rings: [ring = []] }) => ring.filter((_value, k) => k % 2 === 0)),
            north: areas.flatMap(({ rings: [ring = []] }) => ring.filter((_value, k) => k % 2 === 1)),
          },
        }),
      };
    },
  },
  glm: {
    metric: 'Poisson regressions with season and days',
    sizes: [500, 1_000, 2_000],
    sizeText: seriesText,
    underSeconds: 1,
    beside: { call: 'stats::glm', under: 0.5, agree: 1e-6 },
    prepare(count) {
      const series = seriesOf(count);
      const design = matrixOf(
        Array.from({ length: sixty }, (_none, t) => [1, t, Math.cos((Math.PI * t) / 6), Math.sin((Math.PI * t) / 6)]),
      );
      const offset = Float64Array.from({ length: sixty }, (_none, t) => Math.log(daysInMonth(t)));
      return {
        work: () =>
          series.reduce(
            (sum, response) =>
              sum + (sure(fitGlm({ design, response, offset, family: 'poisson' })).coefficients[0] ?? 0),
            0,
          ),
        tables: () => ({ series: seriesAs(series), offset: { offset } }),
      };
    },
  },
  stl: {
    metric: 'STL, periodic, robust',
    sizes: [500, 1_000, 2_000],
    sizeText: seriesText,
    underSeconds: 1.2,
    beside: { call: 'stats::stl', under: 2, agree: 1e-6 },
    prepare(count) {
      const series = seriesOf(count);
      return {
        work: () =>
          series.reduce((sum, counts) => {
            const parts = sure(loessDecomposition(counts, { period: 12, seasonalWindow: 'periodic', robust: true }));
            return sum + (parts.trend[30] ?? 0);
          }, 0),
        tables: () => ({ series: seriesAs(series) }),
      };
    },
  },
  pelt: {
    metric: 'change points (PELT’s optimum)',
    sizes: [500, 1_000, 2_000],
    sizeText: seriesText,
    underSeconds: 0.6,
    prepare(count) {
      const series = seriesOf(count);
      return {
        work: () => series.reduce((sum, counts) => sum + sure(poissonChangepoints(counts)).changes.length, 0),
      };
    },
  },
  screening: {
    metric: 'score E-test, Mann-Kendall and BH, 5 offence groups, 36 months',
    sizes: [8_750, 17_500, 35_000],
    sizeText: (areas) => `${whole(areas)} areas`,
    underSeconds: 5,
    prepare(areas) {
      const random = randomStream(8);
      const means = [6, 2, 1, 0.6, 0.2];
      const series = Array.from({ length: areas * 5 }, (_none, i) =>
        monthlyCounts(36, (means[i % 5] ?? 1) * drawGamma(1.5, random), random, {
          // One in fifty has doubled.
          level: (month) => (i % 50 === 0 && month >= 24 ? 2 : 1),
        }),
      );
      return {
        work() {
          const byTest = series.map((counts) => {
            const before = { events: counts.subarray(12, 24).reduce((a, b) => a + b, 0), exposure: 365 };
            const after = { events: counts.subarray(24, 36).reduce((a, b) => a + b, 0), exposure: 365 };
            return [eTestP(before, after), sure(mannKendall(counts)).pTwoSided] as const;
          });
          return [0, 1].reduce((found, test) => {
            const q = sure(benjaminiHochberg(Float64Array.from(byTest, (p) => p[test] ?? 1)));
            return found + q.reduce((sum, value) => sum + (value < 0.05 ? 1 : 0), 0);
          }, 0);
        },
      };
    },
  },
  dbscan: {
    metric: 'DBSCAN, 75 m, 10 points',
    sizes: [25_000, 50_000, 100_000],
    sizeText: (points) => `${whole(points)} points`,
    underSeconds: 0.5,
    beside: { call: 'dbscan::dbscan', agree: 0 },
    prepare(count) {
      const events = clusteredEvents(count, { widthMetres: 60_000, heightMetres: 50_000 }, randomStream(9));
      return {
        work: () => sure(dbscan(events, { withinMetres: 75, minPoints: 10 })).clusters,
        tables: () => ({ events: eventsAs(events) }),
      };
    },
  },
  suppression: {
    metric: 'tables protected, the audit included',
    sizes: [10, 20, 40],
    sizeText: (areas) => `${areas} areas × 12 offences × 3 levels`,
    underSeconds: 5,
    prepare(areas) {
      const tables = denseTables(areas);
      return { work: () => sure(protectTables(tables, { hideTo: 4 })).restricted.secondary.length };
    },
  },
  'suppression-audit': {
    metric: 'a pattern audited by one who has not made it',
    sizes: [10, 20, 40],
    sizeText: (areas) => `${areas} areas × 12 offences × 3 levels`,
    underSeconds: 5,
    prepare(areas) {
      const tables = denseTables(areas);
      const { cells }: SafeTables = sure(protectTables(tables, { hideTo: 4 }));
      const hidden = cells.filter(({ state }) => state === 'hidden').map(({ id }) => id);
      return {
        work() {
          const { exposed } = sure(auditDisclosure(tables, hidden, { hideTo: 4 }));
          if (exposed.length > 0) throw new Error(`${exposed.length} small counts of a protected table are exposed.`);
          return exposed.length;
        },
      };
    },
  },
};

function denseTables(areas: number) {
  const random = randomStream(10);
  const names = (letter: string, count: number) => Array.from({ length: count }, (_none, i) => `${letter}${i}`);
  const [places, offences, levels] = [names('A', areas), names('O', 12), names('L', 3)];
  const weight = (codes: readonly string[], shape: number) =>
    new Map(codes.map((code) => [code, drawGamma(shape, random) / shape]));
  const weights = [weight(places, 2), weight(offences, 1), weight(levels, 3)];
  const counts = places.flatMap((place) =>
    offences.flatMap((offence) =>
      levels.map((level) => {
        const codes = [place, offence, level];
        const mean = codes.reduce((product, code, d) => product * (weights[d]?.get(code) ?? 1), 10);
        return { codes, count: drawPoisson(mean, random) };
      }),
    ),
  );
  const dimensions = [
    { name: 'area', parents: { Total: places } },
    { name: 'offence', parents: { Total: offences } },
    { name: 'level', parents: { Total: levels } },
  ];
  return sure(crossTable(dimensions, counts));
}
