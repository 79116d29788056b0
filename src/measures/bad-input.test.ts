/* eslint-disable @typescript-eslint/no-explicit-any, @typescript-eslint/no-unsafe-argument, @typescript-eslint/no-unsafe-return -- what is passed is wrong on purpose */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as face from './index.ts';

/** A value that is passed as it is: what another measure made, or what tells progress. */
class Fixed {
  readonly value: unknown;
  constructor(value: unknown) {
    this.value = value;
  }
}
const fixed = (value: unknown): Fixed => new Fixed(value);
const made = <T>(answer: T | face.Refusal): T => {
  if (face.isRefusal(answer)) throw new Error(answer.sentence);
  return answer;
};
const twice = (...numbers: number[]): number[] => [...numbers, ...numbers];
const course = (length: number, of: (i: number) => number): number[] => Array.from({ length }, (_, i) => of(i));

const window = { westMetres: 0, eastMetres: 100, southMetres: 0, northMetres: 100 };
const points = { eastings: [20, 21, 80, 81, 50, 35], northings: [50, 52, 50, 51, 10, 90] };
const grid = { columns: 3, rows: 2, cellMetres: 50, westMetres: 0, southMetres: 0 };
const neighbours = made(face.neighboursFromLists([[1], [0, 2], [1, 3], [2, 4], [3, 5], [4]]));
const panel = Array.from({ length: 24 }, (_, i) => ({
  unit: `U${i % 4}`,
  time: i >> 2,
  treated: i % 4 < 2,
  post: i >= 12,
  count: (i % 4 < 2 && i >= 12 ? 50 : 100) + (i % 5),
}));
const knoxBands = { distanceBreaksMetres: [0, 10, 200], dayBreaks: [0, 4, 20], metric: 'euclidean' as const };
const knox = made(face.prepareKnox(points, [0, 2, 9, 11, 20, 31], knoxBands));
const scanInput = {
  centres: { eastings: [0, 9, 99, 200, 300], northings: [0, 0, 0, 0, 0] },
  cases: [9, 9, 1, 1, 1],
  population: [10, 10, 10, 10, 10],
  expected: [1, 1, 1, 1, 1],
};
const scan = made(face.prepareSpatialScan(scanInput, 0.5));
const spaceTimeInput = {
  places: { eastings: [0, 9, 99], northings: [0, 0, 0] },
  countsByPeriod: [
    [2, 2, 2],
    [2, 2, 2],
    [2, 2, 2],
    [9, 2, 2],
  ],
};
const spaceTime = made(face.prepareSpaceTimeScan(spaceTimeInput));
const even = { places: 5, events: 7 };
const gini = made(face.prepareGiniBootstrap([5, 5, 0, 0]));
const harm = {
  counts: [
    [1, 20],
    [0, 3],
  ],
  weights: [5475, 1],
};
const harmTable = made(face.prepareHarmRanks(harm));
const placeboPanel = {
  treated: [2, 4, 9],
  donors: [
    [1, 3, 4],
    [3, 6, 5],
    [2, 5, 5],
  ],
  periodsBefore: 2,
};
const placebo = made(face.preparePlacebo(placeboPanel, 0.5));
const design = { rows: 6, columns: 2, values: Float64Array.of(1, 0, 1, 1, 1, 2, 1, 3, 1, 4, 1, 5) };
const burst = course(21, (i) => i * 3 + (i % 3) * 0.4);
const spreadEvents = {
  points: { eastings: course(21, (i) => (i * 37) % 100), northings: course(21, (i) => (i * 61) % 100) },
  times: burst,
  window,
  days: 100,
};
const tables = {
  cells: [
    { id: 'a', count: 2 },
    { id: 'b', count: 7 },
    { id: 'c', count: 8 },
    { id: 't', count: 17 },
  ],
  relations: [{ total: 't', parts: ['a', 'b', 'c'] }],
};
const displacement = {
  treated: { before: 60, after: 40 },
  control: { before: 50, after: 52 },
  buffer: { before: 20, after: 22 },
  bufferControl: { before: 30, after: 31 },
  periodLengths: { before: 12, after: 12 },
  level: 0.95,
};
const exceedance = { counts: course(60, (i) => 16 + (i % 4)), at: 59, pointsPerYear: 12, yearsBack: 3, halfWindow: 2 };
const months = course(36, (i) => 40 + ((i * 7) % 12) + i);
const exposed = { events: 11, exposure: 800 };
const other = { events: 21, exposure: 3011 };

/** One good call of every measure: the arguments from which the wrong ones are made. */
const measures: Record<string, readonly unknown[]> = {
  accuracyAtAreaShare: [fixed(made(face.predictionAccuracy({ seen: [3, 1], predicted: [2, 1], areas: [1, 1] }))), 0.5],
  aoristicWeek: [
    [
      { fromMinutes: 30, toMinutes: 90 },
      { fromMinutes: 30, toMinutes: 30 },
    ],
  ],
  auditDisclosure: [tables, ['a'], { hideTo: 4, hiddenAtLeast: 1 }],
  benjaminiHochberg: [[0.01, 0.02, 0.03]],
  benjaminiYekutieli: [[0.01, 0.02, 0.03]],
  bonferroni: [[0.01, 0.02, 0.03]],
  byarLimits: [12, 0.95],
  cellCounts: [[50, 120, 950], [50, 50, 50], grid],
  classicalDecomposition: [twice(1, 3, 1, 3), { period: 2, model: 'multiplicative' }],
  cohensKappa: [{ first: ['a', 'a', 'b', 'b'], second: ['a', 'a', 'b', 'a'], level: 0.95 }],
  combineEvenLorenz: [fixed([made(face.evenLorenzReplicates(even, 1, 0, 9))])],
  combineGiniBootstrap: [fixed(gini), fixed([made(face.giniBootstrapReplicates(gini, 1, 0, 9))]), 1],
  combineHarmRanks: [fixed(harmTable), fixed([made(face.harmRankReplicates(harmTable, 1, 0, 9))]), 1],
  combinePlacebo: [fixed(placebo), fixed([made(face.placeboReplicates(placebo, 0, 3))])],
  evenLorenzReplicates: [fixed(even), 1, 0, 9],
  giniBootstrapReplicates: [fixed(gini), 1, 0, 9],
  harmRankReplicates: [fixed(harmTable), 1, 0, 9],
  placeboReplicates: [fixed(placebo), 0, 3],
  prepareEvenLorenz: [even],
  prepareGiniBootstrap: [[5, 5, 0, 0], 0.95],
  prepareHarmRanks: [{ ...harm, level: 0.9 }],
  preparePlacebo: [placeboPanel, 0.5],
  combineKnox: [fixed(knox), fixed([made(face.knoxReplicates(knox, 1, 0, 19))]), 1],
  combineSpaceTimeScan: [fixed(spaceTime), fixed([made(face.spaceTimeScanReplicates(spaceTime, 1, 0, 19))]), 1],
  combineSpatialScan: [fixed(scan), fixed([made(face.spatialScanReplicates(scan, 1, 0, 19))]), 1, { mostClusters: 5 }],
  compareRates: [{ before: { events: 15, exposure: 1 }, after: { events: 14, exposure: 1 }, level: 0.95 }],
  concentration: [[6, 2, 1, 1, 0]],
  costOfCrime: [{ counts: [[2], [3]], unitCosts: [{ pounds: 100, actualPerRecorded: 4 }], deflator: 1.5 }],
  countChart: [
    [2, 1, 3, 2, 1, 2, 3, 1, 2, 2, 1, 12],
    { exposure: course(12, (i) => 30 + (i % 2)), baselinePoints: 11, coverage: 0.998 },
  ],
  countRegression: [{ design, counts: [3, 5, 4, 8, 9, 12], exposure: [30, 31, 30, 31, 30, 31], lag: 2 }],
  countTrend: [
    {
      counts: months,
      exposure: course(36, (i) => 30 + (i % 2)),
      times: course(36, (i) => i + 1),
      pointsPerYear: 12,
      harmonics: 1,
      lag: 6,
      level: 0.95,
    },
  ],
  crossTable: [
    [
      { name: 'area', parents: { Total: ['A', 'B'] } },
      { name: 'type', parents: {} },
    ],
    [
      { codes: ['A', 'x'], count: 3 },
      { codes: ['B', 'x'], count: 4 },
    ],
  ],
  crudeRate: [{ events: 30, population: 70250, per: 1000, level: 0.95 }],
  daysBetweenChart: [[30, 41, 25, 38, 29, 33, 400], { baselineGaps: 6, coverage: 0.998 }],
  dbscan: [points, { withinMetres: 5, minPoints: 2 }],
  densityRatio: [[2, 2], [4, 0.01], 0.1],
  detectableChange: [
    { before: 200, after: 200, comparison: { before: 100, after: 100 }, dispersion: 1.2, power: 0.8, level: 0.95 },
  ],
  differenceInDifferences: [{ rows: panel, seed: 1, draws: 50, level: 0.95 }],
  directlyStandardisedRate: [
    {
      bands: [
        { events: 10, population: 1000, standard: 3 },
        { events: 80, population: 2000, standard: 1 },
      ],
      per: 1000,
      level: 0.95,
    },
  ],
  eTest: [exposed, other],
  earsC1: [{ counts: [2, 2, 2, 4, 6, 6, 6, 11], at: 7, baseline: 7, alpha: 0.001 }],
  emergingHotSpots: [Array.from({ length: 12 }, (_, t) => [9, 0, 1, 0, t, 2]), fixed(neighbours), { alpha: 0.05 }],
  empiricalBayesRates: [{ events: [2, 18, 5], population: [100, 100, 80], neighbours: [[1], [0, 2], [1]] }],
  evenLorenzCurve: [
    { places: 5, events: 7 },
    { seed: 1, draws: 9 },
  ],
  eventStudy: [{ rows: panel, level: 0.95 }],
  evidenceStrength: ['displacement-difference'],
  exactPoissonLimits: [4, 0.95],
  exactRateRatio: [exposed, other, 0.95],
  exactRateRatioP: [exposed, other],
  farrington: [{ ...exceedance, alpha: 0.01 }],
  farringtonFlexible: [{ ...exceedance, alpha: 0.005, seasons: 3, leftOut: 3 }],
  fitGlm: [
    {
      design,
      response: [3, 5, 4, 8, 9, 12],
      family: 'poisson',
      offset: [0, 0, 0, 0, 0, 0],
      weights: [1, 1, 1, 1, 1, 1],
      start: [1, 0],
    },
  ],
  floatingCatchment: [
    { eastings: [0, 900], northings: [0, 0], people: [500, 20] },
    { eastings: [300], northings: [400], capacity: [10] },
    1_000,
  ],
  fleschKincaidGrade: [{ words: 120, sentences: 6, syllables: 192 }],
  fleschReadingEase: [{ words: 120, sentences: 6, syllables: 192 }],
  funnelPlot: [{ events: [10, 20, 40], population: [1000, 2000, 4000], per: 1000, winsorise: 0.1 }],
  funnelPoint: [{ events: 3, overall: 3.7, per: 1000, level: 0.95 }],
  gaussianDensityAt: [points, points, 30, { edge: 'diggle', window }],
  gaussianShares: [points, window, 30],
  generalG: [[9, 8, 1, 0, 2, 3], fixed(neighbours)],
  generalisedGiniInterval: [[5, 5, 0, 0], { seed: 1, draws: 19, level: 0.95 }],
  giStar: [[9, 8, 1, 0, 2, 3], fixed(neighbours)],
  giStarDeviates: [[9, 8, 1, 0, 2, 3], fixed(neighbours)],
  globalMoran: [[9, 8, 1, 0, 2, 3], fixed(neighbours)],
  gridNeighbours: [{ columns: 3, rows: 3, inside: Uint8Array.of(1, 1, 1, 0, 1, 1, 1, 1, 1) }, 1.5],
  harmIndex: [
    {
      counts: [
        [1, 20],
        [0, 3],
      ],
      weights: [5475, 1],
      graveWeight: 365,
    },
  ],
  harmRankIntervals: [
    {
      counts: [
        [1, 20],
        [0, 3],
      ],
      weights: [5475, 1],
      seed: 1,
      draws: 20,
      level: 0.9,
    },
  ],
  hawkesLogLikelihood: [[1, 2], 4, { mu: 0.5, alpha: 0.1, beta: 1 }],
  hawkesSpaceTime: [
    spreadEvents,
    { level: 0.95, background: 'even', longestDelayDays: 25, shortestDelayDays: 0.2, leastSigmaMetres: 5 },
  ],
  hawkesSpaceTimeLogLikelihood: [
    { points: { eastings: [10, 20], northings: [10, 20] }, times: [1, 5], window, days: 10 },
    { mu: 1e-6, theta: 0.1, omega: 1, sigmaMetres: 100 },
  ],
  hawkesTemporal: [burst, 100, { level: 0.95, shortestDelayDays: 0.2, longestDelayDays: 25 }],
  holm: [[0.01, 0.02, 0.03]],
  inControlRunLength: [{ expected: 4, rateRatio: 1.5, threshold: 3, steps: 20 }],
  indirectlyStandardisedRatio: [
    { bands: [{ events: 12, population: 100, reference: { events: 60, population: 1000 } }], level: 0.95 },
  ],
  interruptedTimeSeries: [
    {
      counts: months,
      startsAt: 20,
      exposure: course(36, (i) => 30 + (i % 2)),
      pointsPerYear: 12,
      harmonics: 1,
      lag: 6,
      level: 0.95,
      seed: 1,
      draws: 20,
    },
  ],
  knoxReplicates: [fixed(knox), 1, 0, 9],
  knoxTest: [points, [0, 2, 9, 11, 20, 31], { ...knoxBands, permutations: 9, seed: 1 }],
  leastShareOfPlaces: [[6, 2, 1, 1], 0.5],
  likelihoodBandwidth: [points, window, { steps: 4 }],
  localMoran: [[9, 8, 1, 0, 2, 3], fixed(neighbours)],
  loessDecomposition: [months, { period: 12, seasonalWindow: 13, robust: true }],
  lorenzCurve: [[6, 2, 1, 1]],
  mannKendall: [course(12, (i) => (i * 5) % 7)],
  meanBreaks: [[1, 2, 1, 2, 1, 2, 1, 9, 8, 9, 8, 9, 8, 9], { trim: 0.15 }],
  meanSquareErrorBandwidth: [points, window],
  mostSimilarGroups: [
    {
      variables: [
        [0, 1],
        [1, 3],
        [9, 2],
        [4, 4],
      ],
      weights: [1, 2],
      size: 2,
    },
  ],
  nearestNeighbourDistances: [points, 10_000],
  nearestNeighbourIndex: [points, window],
  neighboursFromLists: [[[1], [0, 2], [1]]],
  normalReferenceWidth: [points],
  overdispersion: [{ observed: [10, 20, 39], expected: [10, 21, 30], winsorise: 0.1 }],
  placeboTest: [
    {
      treated: [2, 4, 9],
      donors: [
        [1, 3, 4],
        [3, 6, 5],
        [2, 5, 5],
      ],
      periodsBefore: 2,
    },
    { level: 0.5 },
  ],
  poissonChangepoints: [
    [9, 10, 11, 10, 9, 11, 10, 31, 30, 29, 31, 30, 28, 30],
    { expected: course(14, () => 1), penalty: 'scaled', leastSegment: 6, level: 0.95 },
  ],
  poissonCusum: [[3, 9], { expected: [3, 4], rateRatio: 2, threshold: 3 }],
  poissonCusumThreshold: [{ expected: 4, rateRatio: 1.5, runLength: 20 }],
  poissonLimits: [12, 0.95],
  polygonIndex: [
    [
      { rings: [[0, 0, 9, 0, 0, 9]] },
      {
        rings: [
          [9, 0, 9, 9, 0, 9, 9, 0],
          [8, 8, 8, 7, 7, 8],
        ],
      },
    ],
  ],
  polygonOfPoints: [fixed(made(face.polygonIndex([{ rings: [[0, 0, 9, 0, 0, 9]] }]))), points],
  predictionAccuracy: [{ seen: [3, 1], predicted: [2, 1], areas: [1, 1] }],
  prepareKnox: [points, [0, 2, 9, 11, 20, 31], knoxBands],
  prepareSpaceTimeScan: [spaceTimeInput, { mostPlaces: 2, mostPeriods: 2 }],
  prepareSpatialScan: [scanInput, 0.5],
  proportionFunnelLimits: [0.5, 100, 0.95],
  proportionStandings: [
    [90, 10, 10],
    [100, 100, 100],
  ],
  protectTables: [tables, { hideTo: 4, hiddenAtLeast: 1 }, { steps: 100 }],
  quarticDensityAt: [points, points, 30],
  quarticDensityGrid: [points, grid, 30],
  publishableRate: [{ events: 30, population: 70250, per: 1000, level: 0.95 }],
  rake: [{ levels: [[0], [0], [1]], targets: [[0.5, 0.5]], least: 0.3, most: 3 }],
  readability: ['The cat sat on the mat. It was 3 o’clock.'],
  relativeRateIndex: [
    {
      groups: [
        { name: 'A', events: 20, population: 1000 },
        { name: 'B', events: 30, population: 500 },
      ],
      reference: 'A',
      per: 1000,
      level: 0.95,
      unknownEvents: 3,
    },
  ],
  reproductionNumber: [
    [3, 1, 3, 0, 0, 0, 3, 0],
    {
      serialMeanDays: 4,
      serialStandardDeviationDays: 2.5,
      windowDays: 7,
      priorMean: 5,
      priorStandardDeviation: 5,
      level: 0.95,
    },
  ],
  responsesForMargin: [{ margin: 0.05, share: 0.5, population: 2000, level: 0.95 }],
  returnToMean: [{ events: [4, 6, 20], population: [100, 100, 100], picked: 2 }],
  ripleyK: [points, window, [4, 6]],
  roundTables: [tables, { base: 5, rounding: 'random', seed: 1, hideTo: 4 }],
  scoreStatistic: [exposed, other],
  scoreTest: [exposed, other],
  scottBandwidth: [points],
  serialIntervalByDay: [4, 2.5, 9],
  shareOfCrimeInTop: [[6, 2, 1, 1], 0.25],
  smogGrade: [{ polysyllables: 36, sentences: 30 }],
  spaceTimeScan: [spaceTimeInput, { simulations: 9, seed: 1, mostPlaces: 2, mostPeriods: 2 }],
  spaceTimeScanReplicates: [fixed(spaceTime), 1, 0, 9],
  spatialCentre: [points],
  spatialScan: [scanInput, { maxPopulationShare: 0.5, simulations: 9, seed: 1 }],
  spatialScanReplicates: [fixed(scan), 1, 0, 9],
  standardisedCusum: [[4, 4, 4, 40], { baselinePoints: 3, transform: 'rossi', reference: 1.04, threshold: 2.26 }],
  standingAmongPeers: [5, [1, 9, 3]],
  successiveDispersion: [
    [9, 10, 11, 10, 9, 10],
    [10, 10, 10, 10, 10, 10],
  ],
  surveyMargin: [{ responses: 139, share: 0.5, population: 2000, level: 0.95 }],
  syntheticControl: [
    {
      treated: [2, 4, 3],
      donors: [
        [1, 3, 4],
        [3, 5, 6],
      ],
      periodsBefore: 2,
    },
  ],
  tabularCusum: [[1, 3, 1, 3, 9], { baselinePoints: 4, allowance: 0.5, threshold: 5 }],
  theilSen: [[1, 3, 5, 7, 4], { times: [0, 1, 2, 3, 4], level: 0.95 }],
  toNationalGrid: [
    [-0.1276, -2.4],
    [51.5072, 53.8],
  ],
  toWgs84Degrees: [
    [530033, 400000],
    [180381, 400000],
  ],
  trendVerdict: [
    {
      points: 36,
      meanCount: 80,
      exceeds: false,
      changes: [{ pointsAgo: 3, direction: 'rise', named: 'March 2024' }],
      annualChangePercent: { estimate: 6, lower: 2, upper: 10, level: 0.95 },
    },
  ],
  waldRateRatio: [exposed, other, 0.95],
  waldRiskRatio: [exposed, other, 0.95],
  weightedDisplacementDifference: [displacement],
  weightedDisplacementQuotient: [displacement],
  weightedHarmDifference: [[{ estimate: -10, standardError: 5, weight: 10 }], 0.95],
  wilsonProportion: [{ count: 2, whole: 40, per: 100, level: 0.95 }],
  xmrChart: [[9, 11, 9, 11, 9, 11, 9, 11, 9, 11, 9, 30], { rebaseAt: [6], baselinePoints: 6 }],
};

/**
 * Functions of mathematics: where their argument has no meaning they answer NaN, as Math does (of no values, nothing), and
 * at the ends of a distribution they may be infinite. They never throw and never run on.
 */
const mathematics: Record<string, readonly unknown[]> = {
  betaCumulative: [0.5, 2, 2],
  betaQuantile: [0.5, 3, 3],
  betaUpper: [0.25, 1, 1],
  betaUpperQuantile: [0.25, 1, 1],
  binomialCumulative: [2, 4, 0.5],
  binomialProbability: [2, 4, 0.5],
  binomialQuantile: [0.5, 10, 0.5],
  binomialUpper: [2, 4, 0.5],
  chiSquaredCumulative: [3.84, 1],
  chiSquaredQuantile: [0.95, 1],
  chiSquaredUpper: [3.84, 1],
  chiSquaredUpperQuantile: [0.05, 1],
  fCumulative: [4.1, 2, 10],
  fQuantile: [0.95, 2, 10],
  fUpper: [4.1, 2, 10],
  gammaCumulative: [0.7, 1, 1],
  gammaDensity: [0.5, 1, 4],
  gammaQuantile: [0.5, 1, 1],
  gammaUpper: [0.7, 1, 1],
  negativeBinomialCumulative: [1, 1, 1],
  negativeBinomialProbability: [0, 1, 1],
  negativeBinomialQuantile: [0.995, 20, 5.5],
  negativeBinomialUpper: [1, 1, 1],
  normalCumulative: [1.96],
  normalDensity: [0],
  normalDeviate: [0.95],
  normalQuantile: [0.975],
  normalTwoSided: [1.96],
  normalUpper: [1.96],
  poissonCumulative: [0, 2],
  poissonProbability: [0, 2],
  poissonQuantile: [0.999, 20],
  poissonUpper: [0, 2],
  quantile: [[1, 2, 3, 4], 0.5],
  quantileOfSorted: [[1, 2, 3, 4], 0.5],
  tCumulative: [2.2, 10],
  tQuantile: [0.975, 10],
  tTwoSided: [2.2, 10],
  tUpper: [2.2, 10],
};

/** No numbers in, or no numbers out: nothing to refuse. Draws of chance take parameters that a measure has checked. */
const parts = new Set(
  'cellId isRefusal refuse localMinutes sentencesIn wordsIn randomStream shuffle drawBinomial drawGamma drawMultinomial drawNormal drawPoisson'.split(
    ' ',
  ),
);

const wrongNumbers = [Number.NaN, Infinity, -Infinity, -1, 0, 0.5, 1, 2, 1e9, 2 ** 53, 1e308, -1e308, undefined, null];
const wrongTexts = ['', 'x'];

type Path = readonly (string | number)[];

/** Every number, text and list of the arguments, by the way to it. */
function places(value: unknown, path: Path = []): { path: Path; value: unknown }[] {
  if (value instanceof Fixed || typeof value === 'function') return [];
  if (typeof value === 'number' || typeof value === 'string') return [{ path, value }];
  if (typeof value !== 'object' || value === null) return [];
  const below = Object.entries(value).flatMap(([key, one]) => places(one, [...path, key]));
  const isList = (Array.isArray(value) || ArrayBuffer.isView(value)) && path.length > 0;
  return isList ? [{ path, value }, ...below] : below;
}

/** A copy of the arguments, with what stands at one place changed. */
function changed(value: any, path: Path, change: (old: any) => unknown): any {
  const [step, ...rest] = path;
  if (step === undefined) return change(value);
  if (ArrayBuffer.isView(value)) return changed(Array.from(value as unknown as number[]), path, change);
  if (Array.isArray(value))
    return value.map((one, i) => (String(i) === String(step) ? changed(one, rest, change) : one));
  return { ...value, [step]: changed(value[step], rest, change) };
}

/** The ways to spoil what stands at a place. */
function spoiled(value: unknown): ((old: any) => unknown)[] {
  if (typeof value === 'number') return wrongNumbers.map((wrong) => () => wrong);
  if (typeof value === 'string') return wrongTexts.map((wrong) => () => wrong);
  const first = (list: any): any => Array.from(list)[0];
  return [
    () => [],
    (list) => Array.from(list).slice(0, 1),
    (list) => Array.from(list).slice(0, -1),
    (list) => [...Array.from(list), ...Array.from(list).slice(0, 1)],
    (list) => Array.from(list).reverse(),
    // All the same, and all nought.
    (list) => Array.from(list).map(() => first(list)),
    (list) => Array.from(list).map((one) => (typeof one === 'number' ? 0 : one)),
    (list) => Array.from(list).map((one) => (typeof one === 'number' ? 1e308 : one)),
    (list) => Array.from(list).map((one, i) => (typeof one === 'number' && i > 0 ? -one : one)),
  ];
}

/** Ends of bands that are open say so: those of Knox cells, and the options that were passed in. */
const mayBeInfinite = new Set([
  // Of a placebo that fits perfectly.
  'ratios',
  'toMetres',
  'toDays',
  'expectedWithin',
  'spreadWithin',
  'windowShare',
  'bands',
  'innerDistances',
  'innerDays',
  'relations',
]);

/** What is wrong with an answer: a number that is none, or a refusal that no reader would understand. */
function faultOf(answer: unknown, at = 'answer'): string | undefined {
  if (typeof answer === 'number') return Number.isFinite(answer) ? undefined : `${at} is ${answer}`;
  if (typeof answer !== 'object' || answer === null) return undefined;
  if (face.isRefusal(answer)) {
    if (!/^[a-z]+(-[a-z0-9]+)*$/.test(answer.reason)) return `${at} has the reason "${answer.reason}"`;
    // A sentence or two: a capital, a full stop, words enough to say what is wrong, and nothing that a program printed.
    const plain =
      /^[A-Z][^\n]{19,}\.$/.test(answer.sentence) && !/NaN|undefined|null|Infinity|\be\+/.test(answer.sentence);
    return plain ? undefined : `${at} says "${answer.sentence}"`;
  }
  if ('method' in answer) {
    const { name, version } = answer.method as face.Method;
    if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(name) || !/^[1-9]\d*$/.test(version)) return `${at} is of no method`;
  }
  const list = ArrayBuffer.isView(answer) ? (answer as unknown as number[]) : undefined;
  for (const [key, one] of list?.entries() ?? Object.entries(answer)) {
    if (mayBeInfinite.has(String(key))) continue;
    const fault = faultOf(one, `${at}.${key}`);
    if (fault !== undefined) return fault;
  }
  return undefined;
}

const show = (value: unknown): string =>
  JSON.stringify(value, (_, one: unknown) =>
    one instanceof Fixed
      ? 'fixed'
      : typeof one === 'number' && !Number.isFinite(one)
        ? String(one)
        : one === undefined
          ? 'absent'
          : one,
  ).slice(0, 600);

/** Calls a measure, and says what is wrong with what came of it. */
function tried(name: string, given: readonly unknown[]): string | undefined {
  const call = (face as unknown as Record<string, (...given: unknown[]) => unknown>)[name]!;
  const began = performance.now();
  let answer: unknown;
  try {
    answer = call(...given.map((one) => (one instanceof Fixed ? one.value : one)));
  } catch (error) {
    return `${name} threw ${String(error).slice(0, 200)} for ${show(given)}`;
  }
  const seconds = (performance.now() - began) / 1000;
  // Far above what any takes, for a machine that does much else.
  if (seconds > 20) return `${name} took ${seconds.toFixed(1)} s for ${show(given)}`;
  const silent = typeof answer === 'number' || answer === undefined;
  const fault = name in mathematics ? (silent ? undefined : 'no number') : faultOf(answer);
  return fault === undefined ? undefined : `${name}: ${fault} for ${show(given)}`;
}

const all: [string, readonly unknown[]][] = [...Object.entries(measures), ...Object.entries(mathematics)];

describe('bad input', () => {
  it('is tried on every public function', () => {
    const functions = Object.entries(face).flatMap(([name, value]) => (typeof value === 'function' ? [name] : []));
    const listed = [...all.map(([name]) => name), ...parts];
    expect(functions.filter((name) => !listed.includes(name))).toEqual([]);
    expect(listed.filter((name) => !functions.includes(name))).toEqual([]);
  });

  it.each(all)('%s answers good input with numbers', (name, good) => {
    expect(tried(name, good)).toBeUndefined();
    const call = (face as unknown as Record<string, (...given: unknown[]) => unknown>)[name]!;
    const given = good.map((one) => (one instanceof Fixed ? one.value : one));
    const before = structuredClone(given);
    const answer = call(...given);
    expect(face.isRefusal(answer) ? answer.sentence : 'answered').toBe('answered');
    // The same again gives the same, and nothing passed in was changed.
    expect(call(...given)).toEqual(answer);
    expect(given).toEqual(before);
  });

  it.each(all)(
    '%s meets every wrong value with a sentence',
    (name, good) => {
      const faults: string[] = [];
      for (const { path, value } of places(good)) {
        for (const spoil of spoiled(value)) {
          const fault = tried(name, changed(good, path, spoil) as unknown[]);
          if (fault !== undefined) faults.push(fault);
        }
      }
      expect(faults).toEqual([]);
    },
    60_000,
  );

  it.each(all)(
    '%s meets several wrong values at once with a sentence',
    (name, good) => {
      const where = places(good);
      if (where.length === 0) return;
      fc.assert(
        fc.property(fc.array(fc.tuple(fc.nat(1000), fc.nat(1000)), { minLength: 2, maxLength: 4 }), (choices) => {
          let given: any = good;
          for (const [at, how] of choices) {
            const { path, value } = where[at % where.length]!;
            const ways = spoiled(value);
            try {
              given = changed(given, path, ways[how % ways.length]!);
            } catch {
              // An earlier change took this place away.
            }
          }
          expect(tried(name, given as unknown[])).toBeUndefined();
        }),
        { seed: 20260101, numRuns: 60 },
      );
    },
    60_000,
  );
});
