import {
  cellCounts,
  dbscan,
  densityRatio,
  emergingHotSpots,
  floatingCatchment,
  gaussianDensityAt,
  gaussianShares,
  generalG,
  giStar,
  giStarDeviates,
  globalMoran,
  gridNeighbours,
  isRefusal,
  likelihoodBandwidth,
  localMoran,
  meanSquareErrorBandwidth,
  nearestNeighbourDistances,
  nearestNeighbourIndex,
  neighboursFromLists,
  normalReferenceWidth,
  polygonIndex,
  polygonOfPoints,
  quarticDensityAt,
  quarticDensityGrid,
  refuse,
  ripleyK,
  scottBandwidth,
  spatialCentre,
  toNationalGrid,
  toWgs84Degrees,
  type Refusal,
  type SpatialNeighbours,
} from '../../measures/index.ts';
import type { PlanarPoints } from '../../measures/planar-points.ts';
import { runReplicates } from '../../platform/workers/run-replicates.ts';
import { distinct, maybe, numberColumn, numbersColumn, numbersIn, textColumn, type Cells } from './columns.ts';
import { choice, list, lists, number, numbers, object, optional, whole, yesNo } from './field.ts';
import { method, type Method } from './method.ts';
import { draws, pointColumns, points, pointsOf, seed, under, windowFields, windowOf } from './shape.ts';

const mostCells = 4_000_000;

/** What says which places lie beside which: lists, or a grid in which the places are the cells. */
const beside = {
  neighbours: optional(lists('for each place those beside it, counted from 0')),
  columns: optional(whole(1, 4000, 'columns of the grid, when the places are its cells')),
  rows: optional(whole(1, 4000, 'rows of the grid; cells go from west to east, then row by row from south to north')),
  inside: optional(numbers('1 for each cell inside the boundary and 0 for others, which have no value')),
  withinCells: optional(
    number('cell widths within which cells are neighbours: 1.5 (all eight) unless given, 1 for the four'),
  ),
};

interface Beside {
  readonly neighbours?: readonly (readonly number[])[];
  readonly columns?: number;
  readonly rows?: number;
  readonly inside?: readonly number[];
  readonly withinCells?: number;
}

function neighboursOf({ neighbours, columns, rows, inside, withinCells = 1.5 }: Beside): SpatialNeighbours | Refusal {
  if (neighbours !== undefined) return neighboursFromLists(neighbours);
  if (columns === undefined || rows === undefined)
    return refuse(
      'no-neighbours',
      'It needs to know which places lie side by side: give neighbours, or columns and rows.',
    );
  if (columns * rows > mostCells) return refuse('too-many-cells', `A grid may have ${mostCells} cells at most.`);
  if (!(withinCells >= 1 && withinCells <= 20))
    return refuse('bad-reach', 'Cells are neighbours within 1 to 20 cell widths.');
  if (inside !== undefined && inside.length !== columns * rows)
    return refuse('mismatched-lengths', 'There is not one mark of inside or outside for each cell of the grid.');
  const grid = { columns, rows, ...(inside && { inside: Uint8Array.from(inside) }) };
  return gridNeighbours(grid, withinCells);
}

/** Runs a measure of places beside each other. */
const withNeighbours = <T>(input: Beside, act: (neighbours: SpatialNeighbours) => T): T | Refusal => {
  const found = neighboursOf(input);
  return isRefusal(found) ? found : act(found);
};

interface Places extends Beside {
  readonly values?: readonly number[];
  readonly points?: PlanarPoints;
  readonly cellMetres?: number;
  readonly westMetres?: number;
  readonly southMetres?: number;
}

/** The same with the value of each place: as given, or the events counted in the cells of the grid. */
function ofPlaces<T>(
  { values, points: events, cellMetres, westMetres, southMetres, ...places }: Places,
  act: (values: ArrayLike<number>, neighbours: SpatialNeighbours) => T,
): T | Refusal {
  const { columns, rows, inside } = places;
  if (values !== undefined) return withNeighbours(places, (found) => act(values, found));
  if (events === undefined) return refuse('no-values', 'It needs the values of the places, or points to count.');
  if (
    columns === undefined ||
    rows === undefined ||
    cellMetres === undefined ||
    westMetres === undefined ||
    southMetres === undefined
  )
    return refuse(
      'no-grid',
      'Points are counted in a grid: give columns, rows, cellMetres, westMetres and southMetres.',
    );
  const grid = { columns, rows, cellMetres, westMetres, southMetres };
  const counted = tooManyCells(grid) ?? cellCounts(events.eastings, events.northings, grid);
  if (isRefusal(counted)) return counted;
  return withNeighbours(places, (found) =>
    act(inside === undefined ? counted.counts : counted.counts.filter((_count, cell) => inside[cell] === 1), found),
  );
}

const namesOf = ({ place = [] }: Cells) => place;
const line = {
  fields: {
    values: optional(numbers('count (or other figure) of each place')),
    points: optional(points),
    ...beside,
    cellMetres: optional(number('side of a cell, metres, for points')),
    westMetres: optional(number('west side of the grid, metres, for points')),
    southMetres: optional(number('south side of the grid, metres, for points')),
  },
  columns: {
    place: maybe(textColumn('name of the place, named in the answer')),
    value: maybe(numberColumn('count (or other figure) of the place')),
    neighbours: maybe(numbersColumn('rows of the places beside it, counted from 0')),
    easting: maybe(numberColumn('instead of a value, where a row is an event to be counted in a grid: metres east')),
    northing: maybe(numberColumn('and north')),
  },
  names: namesOf,
  fromCells: ({ value, neighbours, easting, northing }: Cells) => ({
    values: value,
    neighbours,
    points: easting && northing && { eastings: easting, northings: northing },
  }),
  example: { values: [9, 8, 1, 0], neighbours: [[1], [0, 2], [1, 3], [2]] },
  exampleCsv: { lines: ['value,neighbours', '9,1', '8,0 2', '1,1 3', '0,2'] },
};

const gridFields = {
  columns: whole(1, 4000, 'columns of the grid'),
  rows: whole(1, 4000, 'rows of the grid'),
  cellMetres: number('side of a cell, metres'),
  westMetres: number('west side of the grid, metres'),
  southMetres: number('south side of the grid, metres'),
};
const gridExample = { columns: 2, rows: 1, cellMetres: 100, westMetres: 0, southMetres: 0 };
const gridOptions = ['--columns 2', '--rows 1', '--cell-metres 100', '--west-metres 0', '--south-metres 0'];
const tooManyCells = ({ columns, rows }: { readonly columns: number; readonly rows: number }) =>
  columns * rows > mostCells ? refuse('too-many-cells', `A grid may have ${mostCells} cells at most.`) : undefined;

const pointLines = ['easting,northing', '20,50', '21,50', '80,50', '81,50'];
const fourPoints = { eastings: [20, 21, 80, 81], northings: [50, 50, 50, 50] };
const square = { westMetres: 0, eastMetres: 100, southMetres: 0, northMetres: 100 };
const squareOptions = ['--west-metres 0', '--east-metres 100', '--south-metres 0', '--north-metres 100'];
const ofPoints = (cells: Cells) => ({ points: pointsOf(cells) });

/** Counts of each period (outer list) at each place, from rows of one place in one period. */
function countsByPeriod(cells: Cells, placeOf: readonly number[], places: number): number[][] {
  const periods = numbersIn(cells, 'period');
  const inOrder = [...distinct(periods)].sort((a, b) => a - b);
  const table = inOrder.map(() => new Array<number>(places).fill(0));
  const rowOf = new Map(inOrder.map((period, i) => [period, i]));
  for (const [i, count] of numbersIn(cells, 'count').entries()) {
    const row = table[rowOf.get(periods[i] ?? 0) ?? -1];
    const place = placeOf[i] ?? 0;
    if (row !== undefined && place in row) row[place] = (row[place] ?? 0) + count;
  }
  return table;
}

/** The distinct places of the rows, and the place of each row. */
function distinctPlaces(cells: Cells): { eastings: number[]; northings: number[]; placeOf: number[] } {
  const eastings: number[] = [];
  const northings: number[] = [];
  const seen = new Map<string, number>();
  const norths = numbersIn(cells, 'northing');
  const placeOf = numbersIn(cells, 'easting').map((easting, i) => {
    const northing = norths[i] ?? 0;
    const key = `${easting} ${northing}`;
    const place = seen.get(key) ?? seen.size;
    if (place === seen.size) {
      seen.set(key, place);
      eastings.push(easting);
      northings.push(northing);
    }
    return place;
  });
  return { eastings, northings, placeOf };
}

const periodsOfSix = Array.from({ length: 10 }, () => [9, 0, 0, 0, 0, 0]);

/** Where? */
export const placeMethods: readonly Method[] = [
  method({
    name: 'gi-star',
    of: 'giStar',
    file: 'gi-star.ts',
    summary: 'Hot and cold spots: places that with their neighbours hold more or less than chance would put there',
    ...line,
    fields: { ...line.fields, withSelf: optional(yesNo('a place counts among its neighbours (Gi*); no for Gi')) },
    run: ({ withSelf, ...places }) =>
      ofPlaces(places, (all, found) => giStar(all, found, withSelf === undefined ? {} : { withSelf })),
  }),
  method({
    of: 'giStarDeviates',
    file: 'gi-star.ts',
    summary: 'The deviates of Gi* alone',
    ...line,
    fields: { ...line.fields, withSelf: optional(yesNo('a place counts among its neighbours (Gi*); no for Gi')) },
    run: ({ withSelf, ...places }) =>
      ofPlaces(places, (all, found) =>
        under('z', giStarDeviates(all, found, withSelf === undefined ? {} : { withSelf })),
      ),
  }),
  method({
    of: 'globalMoran',
    file: 'moran.ts',
    summary: 'Whether like lies beside like over the whole map, in one number',
    ...line,
    run: (places) => ofPlaces(places, (all, found) => globalMoran(all, found)),
  }),
  method({
    of: 'localMoran',
    file: 'moran.ts',
    summary: 'Whether each place is like its neighbours or unlike them',
    ...line,
    run: (places) => ofPlaces(places, (all, found) => localMoran(all, found)),
  }),
  method({
    of: 'generalG',
    file: 'general-g.ts',
    summary: 'Whether high values lie beside high ones, or low beside low, in one number',
    ...line,
    run: (places) => ofPlaces(places, (all, found) => generalG(all, found)),
  }),
  method({
    name: 'emerging-hot-spots',
    of: 'emergingHotSpots',
    file: 'emerging-hot-spots.ts',
    summary: 'Which places are new, lasting, growing or fading hot spots',
    fields: {
      countsByPeriod: lists('a list for each period: the count of each place'),
      ...beside,
      alpha: optional(number('level at which a period is hot, 0.05 unless given')),
    },
    columns: {
      place: numberColumn('number of the place, from 0: its cell in the grid'),
      period: numberColumn('number of the period, equal steps'),
      count: numberColumn('count of the place in the period; those that no row names are 0'),
    },
    fromCells: (cells) => {
      const placeOf = numbersIn(cells, 'place');
      const places = placeOf.reduce((most, place) => Math.max(most, place), 0) + 1;
      return { countsByPeriod: places > mostCells ? undefined : countsByPeriod(cells, placeOf, places) };
    },
    example: { countsByPeriod: periodsOfSix, columns: 6, rows: 1 },
    exampleCsv: {
      lines: [
        'place,period,count',
        ...periodsOfSix.flatMap((row, t) => row.map((count, place) => `${place},${t + 1},${count}`)),
      ],
      options: ['--columns 6', '--rows 1'],
    },
    run: ({ countsByPeriod: all, alpha, ...places }) =>
      withNeighbours(places, (found) => emergingHotSpots(all, found, alpha === undefined ? {} : { alpha })),
  }),
  method({
    name: 'spatial-scan',
    of: 'spatialScan',
    file: 'spatial-scan.ts',
    summary: 'The circles of areas with the greatest excess of cases, and whether chance makes one',
    fields: {
      centres: points,
      cases: numbers('cases of each area'),
      population: numbers('people of each area'),
      expected: optional(numbers('cases expected of each area, in proportion to people unless given')),
      maxPopulationShare: optional(number('greatest share of all people in a circle, 0.25 unless given')),
      simulations: optional(draws('simulations, 999 unless given')),
      seed,
    },
    columns: {
      area: maybe(textColumn('name of the area, named in the answer')),
      ...pointColumns,
      cases: numberColumn('cases of the area'),
      population: numberColumn('people of the area'),
      expected: maybe(numberColumn('cases expected of the area')),
    },
    names: ({ area = [] }) => area,
    fromCells: (cells) => ({
      centres: pointsOf(cells),
      cases: cells['cases'],
      population: cells['population'],
      expected: cells['expected'],
    }),
    workers: true,
    example: {
      centres: { eastings: [0, 9, 99, 200, 300], northings: [0, 0, 0, 0, 0] },
      cases: [9, 9, 1, 1, 1],
      population: [1, 1, 1, 1, 1],
      maxPopulationShare: 0.5,
      simulations: 99,
    },
    exampleCsv: {
      lines: ['easting,northing,cases,population', '0,0,9,1', '9,0,9,1', '99,0,1,1', '200,0,1,1', '300,0,1,1'],
      options: ['--max-population-share 0.5', '--simulations 99'],
    },
    run: (input, how) => runReplicates('spatial-scan', input, how),
  }),
  method({
    name: 'space-time-scan',
    of: 'spaceTimeScan',
    file: 'space-time-scan.ts',
    summary: 'The neighbouring places and the run of periods with the greatest excess, and whether chance makes one',
    fields: {
      places: points,
      countsByPeriod: lists('a list for each period: the cases of each place'),
      mostPlaces: optional(whole(1, 100_000, 'places in the largest zone, 8 unless given')),
      mostPeriods: optional(whole(1, 100_000, 'periods in the longest window, half of them unless given')),
      windows: optional(choice(['retrospective', 'prospective'], 'every window, or only those that last until now')),
      simulations: optional(draws('simulations, 999 unless given')),
      seed,
    },
    columns: {
      ...pointColumns,
      period: numberColumn('number of the period'),
      count: numberColumn('cases at the place in the period; those that no row names are 0'),
    },
    fromCells: (cells) => {
      const { placeOf, ...places } = distinctPlaces(cells);
      return { places, countsByPeriod: countsByPeriod(cells, placeOf, places.eastings.length) };
    },
    workers: true,
    example: {
      places: { eastings: [0, 9, 99], northings: [0, 0, 0] },
      countsByPeriod: [
        [2, 2, 2],
        [2, 2, 2],
        [2, 2, 2],
        [9, 2, 2],
      ],
      simulations: 99,
    },
    exampleCsv: {
      lines: [
        'easting,northing,period,count',
        ...[0, 9, 99].flatMap((x) => [1, 2, 3, 4].map((t) => `${x},0,${t},${x === 0 && t === 4 ? 9 : 2}`)),
      ],
      options: ['--simulations 99'],
    },
    run: (input, how) => runReplicates('space-time-scan', input, how),
  }),
  method({
    name: 'kde',
    of: 'quarticDensityGrid',
    file: 'kernel-density.ts',
    summary: 'Events smoothed into a density over a grid, by the exact quartic kernel',
    fields: { points, ...gridFields, bandwidthMetres: number('radius at which an event stops counting, metres') },
    columns: pointColumns,
    fromCells: ofPoints,
    example: { points: { eastings: [50], northings: [50] }, ...gridExample, bandwidthMetres: 100 },
    exampleCsv: { lines: ['easting,northing', '50,50'], options: [...gridOptions, '--bandwidth-metres 100'] },
    run: ({ points: all, bandwidthMetres, ...grid }) =>
      tooManyCells(grid) ?? quarticDensityGrid(all, grid, bandwidthMetres),
  }),
  method({
    of: 'quarticDensityAt',
    file: 'kernel-density.ts',
    summary: 'Events smoothed into a density at places of your own, by the exact quartic kernel',
    fields: { points, places: points, bandwidthMetres: number('radius at which an event stops counting, metres') },
    example: {
      points: { eastings: [0], northings: [0] },
      places: { eastings: [0, 100], northings: [0, 0] },
      bandwidthMetres: 100,
    },
    run: ({ points: all, places, bandwidthMetres }) => quarticDensityAt(all, places, bandwidthMetres),
  }),
  method({
    of: 'gaussianDensityAt',
    file: 'kernel-density.ts',
    summary: 'Events smoothed into a density at places of your own, by the Gaussian kernel',
    fields: {
      points,
      places: points,
      sigmaMetres: number('standard deviation of the kernel, metres'),
      edge: optional(choice(['none', 'uniform', 'diggle'], 'what is done at the edge of the study area')),
      window: optional(object(windowFields, 'the study area: westMetres, eastMetres, southMetres, northMetres')),
      leaveOneOut: optional(yesNo('leave out the event at the place itself')),
    },
    example: {
      points: { eastings: [0], northings: [0] },
      places: { eastings: [0], northings: [0] },
      sigmaMetres: 100,
    },
    run: ({ points: all, places, sigmaMetres, ...options }) => gaussianDensityAt(all, places, sigmaMetres, options),
  }),
  method({
    of: 'gaussianShares',
    file: 'kernel-density.ts',
    summary: 'The share of each point’s Gaussian kernel that falls inside the study area',
    fields: { points, ...windowFields, sigmaMetres: number('standard deviation of the kernel, metres') },
    columns: pointColumns,
    fromCells: ofPoints,
    example: { points: { eastings: [0], northings: [50] }, ...square, sigmaMetres: 1 },
    exampleCsv: { lines: ['easting,northing', '0,50'], options: [...squareOptions, '--sigma-metres 1'] },
    run: ({ points: all, sigmaMetres, ...window }) =>
      under('shares', gaussianShares(all, windowOf(window), sigmaMetres)),
  }),
  method({
    of: 'densityRatio',
    file: 'kernel-density.ts',
    summary: 'One density over another (crime over people), so that a map shows risk',
    fields: {
      eventsPerSquareMetre: numbers('density of events at each place'),
      peoplePerSquareMetre: numbers('density of people there'),
      floorPerSquareMetre: number('density of people under which no ratio is given'),
    },
    columns: {
      events: numberColumn('events a square metre'),
      people: numberColumn('people a square metre'),
    },
    fromCells: ({ events, people }) => ({ eventsPerSquareMetre: events, peoplePerSquareMetre: people }),
    example: { eventsPerSquareMetre: [2, 2], peoplePerSquareMetre: [4, 0.01], floorPerSquareMetre: 0.1 },
    exampleCsv: { lines: ['events,people', '2,4', '2,0.01'], options: ['--floor-per-square-metre 0.1'] },
    run: (input) =>
      under('ratio', densityRatio(input.eventsPerSquareMetre, input.peoplePerSquareMetre, input.floorPerSquareMetre)),
  }),
  method({
    of: 'likelihoodBandwidth',
    file: 'bandwidth.ts',
    summary: 'The bandwidth under which each event is best foretold by the others, metres',
    fields: { points, ...windowFields, steps: optional(whole(2, 1000, 'bandwidths that are tried, 16 unless given')) },
    columns: pointColumns,
    fromCells: ofPoints,
    example: { points: fourPoints, ...square },
    exampleCsv: { lines: pointLines, options: squareOptions },
    run: ({ points: all, steps, ...window }) =>
      under('bandwidthMetres', likelihoodBandwidth(all, windowOf(window), steps === undefined ? {} : { steps })),
  }),
  method({
    of: 'meanSquareErrorBandwidth',
    file: 'bandwidth.ts',
    summary: 'The bandwidth with the least mean square error of the density, metres',
    fields: { points, ...windowFields },
    columns: pointColumns,
    fromCells: ofPoints,
    example: { points: fourPoints, ...square },
    exampleCsv: { lines: pointLines, options: squareOptions },
    run: ({ points: all, ...window }) => under('bandwidthMetres', meanSquareErrorBandwidth(all, windowOf(window))),
  }),
  method({
    of: 'normalReferenceWidth',
    file: 'bandwidth.ts',
    summary: 'The normal reference rule for the kernel’s width along each axis, metres',
    fields: { points },
    columns: pointColumns,
    fromCells: ofPoints,
    example: { points: { eastings: [0, 1], northings: [0, 1] } },
    exampleCsv: { lines: ['easting,northing', '0,0', '1,1'] },
    run: ({ points: all }) => under('widthsMetres', normalReferenceWidth(all)),
  }),
  method({
    of: 'scottBandwidth',
    file: 'bandwidth.ts',
    summary: 'Scott’s rule for the bandwidth along each axis, metres',
    fields: { points },
    columns: pointColumns,
    fromCells: ofPoints,
    example: { points: { eastings: [0, 1], northings: [0, 1] } },
    exampleCsv: { lines: ['easting,northing', '0,0', '1,1'] },
    run: ({ points: all }) => under('bandwidthsMetres', scottBandwidth(all)),
  }),
  method({
    of: 'dbscan',
    file: 'dbscan.ts',
    summary: 'Clusters of any shape: events chained by so many neighbours within a distance',
    fields: {
      points,
      withinMetres: number('distance within which events are neighbours, metres'),
      minPoints: number('events within it that make a core, itself among them'),
    },
    columns: pointColumns,
    fromCells: ofPoints,
    example: { points: { eastings: [0, 1, 2, 90], northings: [0, 0, 0, 0] }, withinMetres: 5, minPoints: 3 },
    exampleCsv: {
      lines: ['easting,northing', '0,0', '1,0', '2,0', '90,0'],
      options: ['--within-metres 5', '--min-points 3'],
    },
    run: ({ points: all, ...options }) => dbscan(all, options),
  }),
  method({
    of: 'floatingCatchment',
    file: 'floating-catchment.ts',
    summary: 'How much of a service people can reach when others reach it too: the two-step floating catchment',
    fields: {
      demand: object(
        {
          eastings: numbers('metres east of the grid’s origin, one for each place'),
          northings: numbers('metres north of it, in the same order'),
          people: numbers('people of each place who may need it'),
        },
        'where people live',
      ),
      supply: object(
        {
          eastings: numbers('metres east of the grid’s origin, one for each service'),
          northings: numbers('metres north of it, in the same order'),
          capacity: numbers('how much each gives, such as places; 1 each where nobody knows'),
        },
        'where it is given',
      ),
      reachMetres: number('the distance that people go, metres'),
    },
    example: {
      demand: { eastings: [0], northings: [0], people: [500] },
      supply: { eastings: [300], northings: [400], capacity: [10] },
      reachMetres: 500,
    },
    run: ({ demand, supply, reachMetres }) => floatingCatchment(demand, supply, reachMetres),
  }),
  method({
    name: 'point-pattern',
    of: 'nearestNeighbourIndex',
    file: 'nearest-neighbour-index.ts',
    summary: 'Whether events lie nearer to each other than chance would put them',
    fields: { points, ...windowFields },
    columns: pointColumns,
    fromCells: ofPoints,
    example: { points: { eastings: [10, 13], northings: [10, 14] }, ...square },
    exampleCsv: { lines: ['easting,northing', '10,10', '13,14'], options: squareOptions },
    run: ({ points: all, ...window }) => nearestNeighbourIndex(all, windowOf(window)),
  }),
  method({
    of: 'nearestNeighbourDistances',
    file: 'nearest-neighbour-index.ts',
    summary: 'The distance from each event to its nearest other, metres',
    fields: { points, areaSquareMetres: number('size of the study area, square metres') },
    columns: pointColumns,
    fromCells: ofPoints,
    example: { points: { eastings: [0, 3, 3], northings: [0, 4, 4] }, areaSquareMetres: 100 },
    exampleCsv: { lines: ['easting,northing', '0,0', '3,4', '3,4'], options: ['--area-square-metres 100'] },
    run: ({ points: all, areaSquareMetres }) =>
      all.eastings.length < 2 || all.eastings.length !== all.northings.length || !(areaSquareMetres > 0)
        ? refuse('too-few-points', 'It needs two points or more, as many northings as eastings, and an area above 0.')
        : under('metres', nearestNeighbourDistances(all, areaSquareMetres)),
  }),
  method({
    of: 'ripleyK',
    file: 'ripley-k.ts',
    summary: 'At which distances events cluster',
    fields: {
      points,
      ...windowFields,
      radiiMetres: numbers('distances to look at, metres'),
      edge: optional(choice(['none', 'border', 'isotropic'], 'correction at the edge, isotropic unless given')),
    },
    columns: pointColumns,
    fromCells: ofPoints,
    example: { points: { eastings: [40, 43], northings: [50, 54] }, ...square, radiiMetres: [4, 6] },
    exampleCsv: { lines: ['easting,northing', '40,50', '43,54'], options: [...squareOptions, '--radii-metres 4,6'] },
    run: ({ points: all, radiiMetres, edge, ...window }) => ripleyK(all, windowOf(window), radiiMetres, edge),
  }),
  method({
    of: 'spatialCentre',
    file: 'spatial-centre.ts',
    summary: 'The mean centre of events and how far they spread from it',
    fields: { points },
    columns: pointColumns,
    fromCells: ofPoints,
    example: { points: { eastings: [0, 6], northings: [0, 8] } },
    exampleCsv: { lines: ['easting,northing', '0,0', '6,8'] },
    run: ({ points: all }) => spatialCentre(all),
  }),
  method({
    of: 'cellCounts',
    file: 'cell-counts.ts',
    summary: 'Events counted in the cells of a grid: the values that gi-star takes',
    fields: { points, ...gridFields },
    columns: pointColumns,
    fromCells: ofPoints,
    example: { points: { eastings: [50, 150, 950], northings: [50, 50, 50] }, ...gridExample },
    exampleCsv: { lines: ['easting,northing', '50,50', '150,50', '950,50'], options: gridOptions },
    run: ({ points: all, ...grid }) => tooManyCells(grid) ?? cellCounts(all.eastings, all.northings, grid),
  }),
  method({
    of: 'polygonOfPoints',
    file: 'point-in-polygon.ts',
    summary: 'In which polygon each point lies, −1 for none',
    fields: {
      points,
      polygons: list(
        object({ rings: lists('x y x y … of each ring') }),
        'for each polygon {"rings": [[x, y, x, y, …], …]}',
      ),
    },
    example: { points: { eastings: [1, 8], northings: [1, 8] }, polygons: [{ rings: [[0, 0, 9, 0, 0, 9]] }] },
    run: ({ points: all, polygons }) => {
      const index = polygonIndex(polygons);
      if (isRefusal(index)) return index;
      const found = polygonOfPoints(index, all);
      return isRefusal(found) ? found : { polygon: found };
    },
  }),
  method({
    name: 'projection',
    of: 'toNationalGrid',
    file: 'british-national-grid.ts',
    summary: 'Longitudes and latitudes as metres on the British National Grid',
    fields: {
      longitudes: numbers('degrees east of Greenwich (WGS84)'),
      latitudes: numbers('degrees north'),
    },
    columns: { longitude: numberColumn('degrees east (WGS84)'), latitude: numberColumn('degrees north') },
    fromCells: ({ longitude, latitude }) => ({ longitudes: longitude, latitudes: latitude }),
    example: { longitudes: [-0.1276], latitudes: [51.5072] },
    exampleCsv: { lines: ['longitude,latitude', '-0.1276,51.5072'] },
    run: ({ longitudes, latitudes }) => toNationalGrid(longitudes, latitudes),
  }),
  method({
    of: 'toWgs84Degrees',
    file: 'british-national-grid.ts',
    summary: 'Metres on the British National Grid as longitudes and latitudes',
    fields: { eastings: numbers('metres east'), northings: numbers('metres north') },
    columns: pointColumns,
    fromCells: pointsOf,
    example: { eastings: [530033], northings: [180381] },
    exampleCsv: { lines: ['easting,northing', '530033,180381'] },
    run: ({ eastings, northings }) => toWgs84Degrees(eastings, northings),
  }),
];
