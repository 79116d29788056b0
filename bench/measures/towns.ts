// Made-up places for the benches: the same bytes for the same seed, clustered as events on a map are.
import { drawGamma, drawNormal, drawPoisson, type Random, randomStream } from '../../src/measures/random.ts';

export interface Events {
  readonly eastings: Float64Array;
  readonly northings: Float64Array;
}

export interface Extent {
  readonly widthMetres: number;
  readonly heightMetres: number;
}

/** Events round a few hundred centres of very different weight, some of them anywhere. */
export function clusteredEvents(count: number, extent: Extent, random: Random, spreadMetres = 400): Events {
  const centres = Array.from({ length: 200 }, () => ({
    east: random.next() * extent.widthMetres,
    north: random.next() * extent.heightMetres,
  }));
  const reach: number[] = [];
  for (const _centre of centres) reach.push((reach.at(-1) ?? 0) + drawGamma(0.5, random));
  const eastings = new Float64Array(count);
  const northings = new Float64Array(count);
  // A little inside, for programs differ on a point that lies on an outline.
  const within = (value: number, most: number): number => Math.min(most - 0.01, Math.max(0.01, value));
  for (let i = 0; i < count; i += 1) {
    const mark = random.next() * (reach.at(-1) ?? 0);
    const centre = random.next() < 0.85 ? centres[reach.findIndex((sum) => sum > mark)] : undefined;
    const east = centre ? centre.east + spreadMetres * drawNormal(random) : random.next() * extent.widthMetres;
    const north = centre ? centre.north + spreadMetres * drawNormal(random) : random.next() * extent.heightMetres;
    eastings[i] = within(east, extent.widthMetres);
    northings[i] = within(north, extent.heightMetres);
  }
  return { eastings, northings };
}

/** The days of each month from January of a year that is no leap year. */
export const daysInMonth = (month: number): number =>
  [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month % 12] ?? 30;

/** Monthly counts: long and short months, a summer, and a little more noise from month to month than chance alone makes. */
export function monthlyCounts(
  months: number,
  mean: number,
  random: Random,
  { level = () => 1, extraNoise = 0.04, seasonSize = 0.15, later = 3 }: MonthlyOptions = {},
): Float64Array {
  return Float64Array.from({ length: months }, (_none, month) => {
    const season = 1 + seasonSize * Math.sin((2 * Math.PI * (month - later)) / 12);
    const noise = Math.exp(extraNoise * drawNormal(random));
    return drawPoisson((mean * season * noise * level(month) * daysInMonth(month)) / 30.4, random);
  });
}

interface MonthlyOptions {
  /** How many times the mean each month has. */
  readonly level?: (month: number) => number;
  /** Standard deviation of the logarithm. */
  readonly extraNoise?: number;
  readonly seasonSize?: number;
  /** The month in which the season climbs through its middle. */
  readonly later?: number;
}

/** Areas with a centre, people, and cases by month: some areas are far busier than others. */
export function areasWithCases(areas: number, periods: number, casesAMonth: number, seed: number) {
  const random = randomStream(seed);
  const centres = {
    eastings: Float64Array.from({ length: areas }, () => random.next() * 30_000),
    northings: Float64Array.from({ length: areas }, () => random.next() * 30_000),
  };
  const population = Float64Array.from({ length: areas }, () => 1_000 + Math.floor(1_200 * random.next()));
  const busy = Float64Array.from({ length: areas }, () => drawGamma(1.5, random) / 1.5);
  const byArea = Array.from(busy, (times) => monthlyCounts(periods, casesAMonth * times, random));
  const countsByPeriod = Array.from({ length: periods }, (_none, period) =>
    Float64Array.from(byArea, (counts) => counts[period] ?? 0),
  );
  return { centres, population, countsByPeriod };
}

/** A country of areas like torn paper: neighbours share a ragged edge, and no place lies in two. */
export function raggedAreas(columns: number, rows: number, { widthMetres, heightMetres }: Extent, seed: number) {
  const width = widthMetres / columns;
  const height = heightMetres / rows;
  // An outer edge is straight, so that the areas fill the extent.
  const corner = (column: number, row: number): [number, number] => {
    const random = randomStream(seed, 1 + column + row * (columns + 1));
    const [east, north] = [random.next() - 0.5, random.next() - 0.5];
    return [
      (column + (column > 0 && column < columns ? 0.5 * east : 0)) * width,
      (row + (row > 0 && row < rows ? 0.5 * north : 0)) * height,
    ];
  };
  const edge = (from: [number, number], to: [number, number], name: number, outer: boolean): [number, number][] => {
    const random = randomStream(seed + 1, name);
    return Array.from({ length: 12 }, (_none, step): [number, number] => {
      const along = step / 12;
      const off = outer || step === 0 ? 0 : 0.06 * (random.next() - 0.5);
      const [dx, dy] = [to[0] - from[0], to[1] - from[1]];
      return [from[0] + along * dx - off * dy, from[1] + along * dy + off * dx];
    });
  };
  const across = (column: number, row: number) =>
    edge(corner(column, row), corner(column + 1, row), 2 * (column + row * columns), row === 0 || row === rows);
  const up = (column: number, row: number) =>
    edge(
      corner(column, row),
      corner(column, row + 1),
      2 * (column + row * (columns + 1)) + 1,
      column === 0 || column === columns,
    );
  const backwards = (points: [number, number][], end: [number, number]) => [end, ...points.slice(1).reverse()];
  return Array.from({ length: columns * rows }, (_none, area) => {
    const column = area % columns;
    const row = Math.floor(area / columns);
    return {
      rings: [
        [
          ...across(column, row),
          ...up(column + 1, row),
          ...backwards(across(column, row + 1), corner(column + 1, row + 1)),
          ...backwards(up(column, row), corner(column, row + 1)),
        ].flat(),
      ],
    };
  });
}
