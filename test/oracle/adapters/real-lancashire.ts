import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { toNationalGrid } from '../../../src/measures/british-national-grid.ts';
import { cellCounts } from '../../../src/measures/cell-counts.ts';
import { concentration, leastShareOfPlaces } from '../../../src/measures/concentration.ts';
import { countTrend } from '../../../src/measures/count-regression.ts';
import { empiricalBayesRates } from '../../../src/measures/empirical-bayes.ts';
import { giStar } from '../../../src/measures/gi-star.ts';
import { harmIndex } from '../../../src/measures/harm.ts';
import { mannKendall } from '../../../src/measures/mann-kendall.ts';
import { crudeRate } from '../../../src/measures/rate.ts';
import { isRefusal } from '../../../src/measures/refusal.ts';
import { gridNeighbours } from '../../../src/measures/spatial-neighbours.ts';
import { xmrChart } from '../../../src/measures/xmr-chart.ts';
import type { Adapter, Question } from '../adapter.ts';
import { causeLabels } from './spc-xmr.ts';
import { answered } from '../../answered.ts';

interface Input {
  readonly folder: string;
  readonly lsoa_list: string;
  readonly last_12_months: readonly string[];
  readonly harm_weights: Readonly<Record<string, number>>;
}

const violence = 'Violence and sexual offences';
const cellMetres = 500;

/** What is counted, not estimated: a tolerance would let a lost row pass. */
const exact = [
  'load',
  'month_by_type',
  'series.*.counts',
  'concentration_violence.lsoas',
  'concentration_violence.events',
  'concentration_violence.top10',
  'rates_violence.significantly_high',
  'rates_violence.top10.*.count',
  'rates_violence.top10.*.population',
  ...['cell', 'origin', 'nx', 'ny', 'points_used', 'hot_cells_bh05', 'cold_cells_bh05'].map(
    (name) => `hot_spots_violence.${name}`,
  ),
  ...['ix', 'iy', 'count'].map((name) => `hot_spots_violence.top15.*.${name}`),
  'harm_top10.*.count',
];

function must<T>(answer: T): Exclude<T, { refused: true }> {
  if (isRefusal(answer)) throw new Error(answer.sentence);
  return answer as Exclude<T, { refused: true }>;
}

function add(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

/** What the month files hold, summed up file by file: a large force has more rows than fit in memory. */
interface Load {
  rows: number;
  unlocated: number;
  withoutArea: number;
  outside: number;
  withId: number;
  readonly ids: Set<string>;
  readonly rowsWithId: Set<string>;
  readonly months: Set<string>;
  readonly types: Set<string>;
  readonly byMonthAndType: Map<string, number>;
  /** Of the year that is looked at. */
  readonly byAreaAndType: Map<string, number>;
  readonly violence: { readonly longitudes: number[]; readonly latitudes: number[] };
}

function loadFiles(
  question: Question,
  paths: readonly string[],
  inside: ReadonlySet<string>,
  year: ReadonlySet<string>,
) {
  const load: Load = {
    rows: 0,
    unlocated: 0,
    withoutArea: 0,
    outside: 0,
    withId: 0,
    ids: new Set(),
    rowsWithId: new Set(),
    months: new Set(),
    types: new Set(),
    byMonthAndType: new Map(),
    byAreaAndType: new Map(),
    violence: { longitudes: [], latitudes: [] },
  };
  const digest = (text: string): string => createHash('sha1').update(text).digest('base64');
  for (const path of paths)
    for (const row of question.csv(path)) {
      const [month, type, area] = [row['Month']!, row['Crime type']!, row['LSOA code']!];
      load.rows += 1;
      load.months.add(month);
      load.types.add(type);
      add(load.byMonthAndType, `${month}|${type}`);
      if (row['Longitude'] === '') load.unlocated += 1;
      if (area === '') load.withoutArea += 1;
      else if (!inside.has(area)) load.outside += 1;
      if (row['Crime ID'] !== '') {
        load.withId += 1;
        load.ids.add(digest(row['Crime ID']!));
        load.rowsWithId.add(digest(JSON.stringify(Object.values(row))));
      }
      if (!year.has(month)) continue;
      add(load.byAreaAndType, `${area}|${type}`);
      if (type !== violence || row['Longitude'] === '') continue;
      load.violence.longitudes.push(Number(row['Longitude']));
      load.violence.latitudes.push(Number(row['Latitude']));
    }
  return load;
}

function monthNumber(month: string): number {
  const [year, number] = month.split('-').map(Number);
  return 12 * year! + number!;
}

function daysOf(month: string): number {
  const [year, number] = month.split('-').map(Number);
  return new Date(Date.UTC(year!, number, 0)).getUTCDate();
}

function seriesOf(counts: readonly number[], months: readonly string[]): unknown {
  const first = monthNumber(months[0]!);
  const chart = must(xmrChart(counts));
  const trend = must(
    countTrend({
      counts,
      exposure: months.map(daysOf),
      times: months.map((month) => monthNumber(month) - first + 1),
    }),
  );
  const { tau, pTwoSided } = must(mannKendall(counts));
  return {
    counts,
    xmr: {
      mean: chart.points[0]!.mean,
      lower: chart.points[0]!.lower,
      upper: chart.points[0]!.upper,
      special_cause: chart.points.map((point) => causeLabels[point.specialCause]),
    },
    trend: {
      per_month_log: trend.regression.poisson.coefficients[1],
      se: trend.regression.quasiStandardErrors[1],
      dispersion: trend.dispersion,
      annual_percent_change: trend.quasiPoisson.estimate,
    },
    mann_kendall: { tau, p: pTwoSided },
  };
}

// The ten first by a figure; equal figures in the order of the codes.
function top<T extends { readonly lsoa: string }>(rows: readonly T[], by: (row: T) => number, many = 10): T[] {
  return [...rows].sort((a, b) => by(b) - by(a) || (a.lsoa < b.lsoa ? -1 : 1)).slice(0, many);
}

interface Areas {
  readonly codes: readonly string[];
  readonly longitudes: readonly number[];
  readonly latitudes: readonly number[];
}

function areasOf(question: Question, path: string): Areas {
  const file = JSON.parse(question.text(path)) as {
    features: { properties: Readonly<Record<string, string>>; geometry: { coordinates: unknown } }[];
  };
  // The name of the code's field says the census: LSOA11CD, LSOA21CD.
  const code = Object.keys(file.features[0]?.properties ?? {}).find((name) => /^LSOA\d\dCD$/.test(name)) ?? '';
  const longitudes: number[] = [];
  const latitudes: number[] = [];
  function visit(part: unknown): void {
    if (!Array.isArray(part)) return;
    if (typeof part[0] === 'number') {
      longitudes.push(part[0]);
      latitudes.push(Number(part[1]));
    } else part.forEach(visit);
  }
  for (const feature of file.features) visit(feature.geometry.coordinates);
  return { codes: file.features.map((feature) => feature.properties[code]!).sort(), longitudes, latitudes };
}

function hotSpots(areas: Areas, located: Load['violence']): unknown {
  // The four corners of the box in degrees, as the notes say: wider than the box of the shapes in metres.
  const box = (values: readonly number[]): [number, number] => [
    values.reduce((a, b) => Math.min(a, b)),
    values.reduce((a, b) => Math.max(a, b)),
  ];
  const [west0, east0] = box(areas.longitudes);
  const [south0, north0] = box(areas.latitudes);
  const corners = must(toNationalGrid([west0, west0, east0, east0], [south0, north0, south0, north0]));
  const edge = (values: ArrayLike<number>, pick: (a: number, b: number) => number): number =>
    Math.floor(Array.from(values).reduce((a, b) => pick(a, b)) / cellMetres);
  const west = edge(corners.eastings, Math.min);
  const south = edge(corners.northings, Math.min);
  const nx = edge(corners.eastings, Math.max) - west + 1;
  const ny = edge(corners.northings, Math.max) - south + 1;
  const points = must(toNationalGrid(located.longitudes, located.latitudes));
  const place = {
    columns: nx,
    rows: ny,
    cellMetres,
    westMetres: west * cellMetres,
    southMetres: south * cellMetres,
  };
  const { counts, outside } = must(cellCounts(points.eastings, points.northings, place));
  const { z, qValue } = must(giStar(counts, answered(gridNeighbours({ columns: nx, rows: ny }, 1.5))));
  const cells = [...z.keys()].map((i) => ({ lsoa: String(i), i }));
  return {
    cell: cellMetres,
    origin: [place.westMetres, place.southMetres],
    nx,
    ny,
    points_used: located.longitudes.length - outside,
    hot_cells_bh05: cells.filter(({ i }) => z[i]! > 0 && qValue[i]! <= 0.05).length,
    cold_cells_bh05: cells.filter(({ i }) => z[i]! < 0 && qValue[i]! <= 0.05).length,
    top15: top(cells, ({ i }) => z[i]!, 15).map(({ i }) => ({
      ix: i % nx,
      iy: Math.floor(i / nx),
      count: counts[i],
      gi_star: z[i],
    })),
  };
}

export const run: Adapter = (given, question) => {
  const input: Input = given;
  const folder = question.path(input.folder);
  const files = readdirSync(folder)
    .filter((name) => name.endsWith('-street.csv.gz'))
    .sort();
  const areas = areasOf(question, input.lsoa_list);
  const paths = files.map((name) => join(input.folder, name));
  const load = loadFiles(question, paths, new Set(areas.codes), new Set(input.last_12_months));
  const months = [...load.months].sort();
  const types = [...load.types].sort();
  const courseOf = (type: string): number[] => months.map((month) => load.byMonthAndType.get(`${month}|${type}`) ?? 0);
  const counts = areas.codes.map((code) => load.byAreaAndType.get(`${code}|${violence}`) ?? 0);
  const spread = must(concentration(counts));

  const people = new Map(
    question
      .csv('population/mid2020_lsoa11_single_year_of_age.csv.gz')
      .map((row) => [row['lsoa11_code']!, Number(row['total_population'])]),
  );
  const population = areas.codes.map((code) => people.get(code)!);
  const smoothed = must(empiricalBayesRates({ events: counts, population }));
  const overall = smoothed.overall * 1000;
  const rates = areas.codes.map((lsoa, i) => {
    const rate = must(crudeRate({ events: counts[i]!, population: population[i]!, per: 1000 }));
    return {
      lsoa,
      count: counts[i]!,
      population: population[i]!,
      rate: rate.estimate,
      lower: rate.lower,
      upper: rate.upper,
      eb_rate: smoothed.global[i]! * 1000,
    };
  });

  const weighted = Object.entries(input.harm_weights);
  const harm = must(
    harmIndex({
      counts: areas.codes.map((code) => weighted.map(([type]) => load.byAreaAndType.get(`${code}|${type}`) ?? 0)),
      weights: weighted.map(([, weight]) => weight),
    }),
  ).areas.map((area, i) => ({ lsoa: areas.codes[i]!, count: area.count, harm: area.harm }));

  return {
    answer: {
      load: {
        rows: load.rows,
        files: files.length,
        months,
        no_location: load.unlocated,
        no_lsoa: load.withoutArea,
        outside_area: load.outside,
        no_crime_id: load.rows - load.withId,
        repeated_crime_id_rows: load.withId - load.ids.size,
        rows_exact_duplicates_with_id: load.withId - load.rowsWithId.size,
      },
      month_by_type: Object.fromEntries(types.map((type) => [type, courseOf(type)])),
      series: Object.fromEntries(
        Object.keys((question.expected as { series?: object }).series ?? {}).map((type) => [
          type,
          seriesOf(courseOf(type), months),
        ]),
      ),
      concentration_violence: {
        lsoas: areas.codes.length,
        events: spread.events,
        gini: spread.gini,
        generalised_gini: spread.generalisedGini,
        share_of_lsoas_with_25pc: leastShareOfPlaces(counts, 0.25),
        share_of_lsoas_with_50pc: leastShareOfPlaces(counts, 0.5),
        top10: top(rates, (row) => row.count).map(({ lsoa, count }) => ({ lsoa, count })),
      },
      rates_violence: {
        overall_per_1000: overall,
        significantly_high: rates.filter((row) => row.lower > overall).length,
        top10: top(rates, (row) => row.rate),
      },
      hot_spots_violence: hotSpots(areas, load.violence),
      harm_top10: top(harm, (row) => row.harm),
    },
    tolerances: {
      // Kendall's Fortran works in single precision, as the notes of mann-kendall say.
      'series.*.mann_kendall.p': { rel: 2e-4 },
      ...Object.fromEntries(exact.map((place) => [place, {}])),
    },
  };
};
