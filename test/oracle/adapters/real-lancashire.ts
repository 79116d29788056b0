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

type Row = Readonly<Record<string, string>>;

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

function countBy(values: Iterable<string>): Map<string, number> {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
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
    features: { properties: { LSOA11CD: string }; geometry: { coordinates: unknown } }[];
  };
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
  return { codes: file.features.map((feature) => feature.properties.LSOA11CD).sort(), longitudes, latitudes };
}

function hotSpots(areas: Areas, rows: readonly Row[]): unknown {
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
  const located = rows.filter((row) => row['Longitude'] !== '');
  const points = must(
    toNationalGrid(
      located.map((row) => Number(row['Longitude'])),
      located.map((row) => Number(row['Latitude'])),
    ),
  );
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
    points_used: located.length - outside,
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
  const rows = files.flatMap((name) => [...question.csv(join(input.folder, name))]);
  const areas = areasOf(question, input.lsoa_list);
  const inside = new Set(areas.codes);
  const months = [...new Set(rows.map((row) => row['Month']!))].sort();
  const types = [...new Set(rows.map((row) => row['Crime type']!))].sort();
  const byMonth = countBy(rows.map((row) => `${row['Month']!}|${row['Crime type']!}`));
  const courseOf = (type: string): number[] => months.map((month) => byMonth.get(`${month}|${type}`) ?? 0);

  const withId = rows.filter((row) => row['Crime ID'] !== '');
  const repeats = (keys: readonly string[]): number => keys.length - new Set(keys).size;

  const latest = new Set(input.last_12_months);
  const year = rows.filter((row) => latest.has(row['Month']!));
  const violent = year.filter((row) => row['Crime type'] === violence);
  const byArea = countBy(violent.map((row) => row['LSOA code']!));
  const counts = areas.codes.map((code) => byArea.get(code) ?? 0);
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

  const byAreaAndType = countBy(year.map((row) => `${row['LSOA code']!}|${row['Crime type']!}`));
  const weighted = Object.entries(input.harm_weights);
  const harm = must(
    harmIndex({
      counts: areas.codes.map((code) => weighted.map(([type]) => byAreaAndType.get(`${code}|${type}`) ?? 0)),
      weights: weighted.map(([, weight]) => weight),
    }),
  ).areas.map((area, i) => ({ lsoa: areas.codes[i]!, count: area.count, harm: area.harm }));

  return {
    answer: {
      load: {
        rows: rows.length,
        files: files.length,
        months,
        no_location: rows.filter((row) => row['Longitude'] === '').length,
        no_lsoa: rows.filter((row) => row['LSOA code'] === '').length,
        outside_area: rows.filter((row) => row['LSOA code'] !== '' && !inside.has(row['LSOA code']!)).length,
        no_crime_id: rows.length - withId.length,
        repeated_crime_id_rows: repeats(withId.map((row) => row['Crime ID']!)),
        rows_exact_duplicates_with_id: repeats(withId.map((row) => JSON.stringify(Object.values(row)))),
      },
      month_by_type: Object.fromEntries(types.map((type) => [type, courseOf(type)])),
      series: Object.fromEntries(
        Object.keys((question.expected as { series: object }).series).map((type) => [
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
      hot_spots_violence: hotSpots(areas, violent),
      harm_top10: top(harm, (row) => row.harm),
    },
    tolerances: {
      // Kendall's Fortran works in single precision, as the notes of mann-kendall say.
      'series.*.mann_kendall.p': { rel: 2e-4 },
      ...Object.fromEntries(exact.map((place) => [place, {}])),
    },
  };
};
