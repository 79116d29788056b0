import {
  accuracyAtAreaShare,
  concentration,
  hawkesLogLikelihood,
  hawkesSpaceTime,
  hawkesSpaceTimeLogLikelihood,
  hawkesTemporal,
  isRefusal,
  leastShareOfPlaces,
  lorenzCurve,
  predictionAccuracy,
  refuse,
  relativeRateIndex,
  reproductionNumber,
  serialIntervalByDay,
  shareOfCrimeInTop,
  type Refusal,
} from '../../measures/index.ts';
import { runReplicates } from '../../platform/workers/run-replicates.ts';
import { dayColumn, maybe, numberColumn, textColumn, type Cells } from './columns.ts';
import { choice, edges, given, list, number, numbers, object, optional, text, whole, yesNo } from './field.ts';
import { method, type Method } from './method.ts';
import { draws, level, pointColumns, points, pointsOf, seed, under, windowFields, windowOf } from './shape.ts';

const counts = numbers('count of events of each place, those without events too');
const countColumns = {
  place: maybe(textColumn('name of the place, for the reader')),
  count: numberColumn('count of events of the place, 0 included'),
};
const countsOf = ({ count }: Cells) => ({ counts: count });
const lines = ['count', '6', '2', '1', '1'];

/** Concentration */
export const concentrationMethods: readonly Method[] = [
  method({
    name: 'concentration',
    of: 'concentration',
    file: 'concentration.ts',
    summary: 'How unevenly events fall over places: the Gini index and its generalised form',
    fields: { counts },
    columns: countColumns,
    fromCells: countsOf,
    example: { counts: [6, 2, 1, 1] },
    exampleCsv: { lines },
    run: ({ counts: all }) => concentration(all),
  }),
  method({
    of: 'generalisedGiniInterval',
    file: 'concentration.ts',
    summary: 'The generalised Gini index with an interval by bootstrap',
    fields: {
      counts,
      seed,
      draws: optional(draws('how often the events are drawn again, 999 unless given')),
      level: optional(level),
    },
    columns: countColumns,
    fromCells: countsOf,
    workers: true,
    example: { counts: [6, 2, 1, 1] },
    exampleCsv: { lines },
    run: (input, how) => runReplicates('generalised-gini-interval', input, how),
  }),
  method({
    of: 'leastShareOfPlaces',
    file: 'concentration.ts',
    summary: 'The least share of places that holds a share of the events',
    fields: { counts, shareOfCrime: number('share of the events: 0.25, 0.5, 0.8') },
    columns: countColumns,
    fromCells: countsOf,
    example: { counts: [6, 2, 1, 1], shareOfCrime: 0.5 },
    exampleCsv: { lines, options: ['--share-of-crime 0.5'] },
    run: ({ counts: all, shareOfCrime }) => under('shareOfPlaces', leastShareOfPlaces(all, shareOfCrime)),
  }),
  method({
    of: 'shareOfCrimeInTop',
    file: 'concentration.ts',
    summary: 'The share of events in the top share of places',
    fields: { counts, shareOfPlaces: number('share of the places: 0.01, 0.05') },
    columns: countColumns,
    fromCells: countsOf,
    example: { counts: [6, 2, 1, 1], shareOfPlaces: 0.25 },
    exampleCsv: { lines, options: ['--share-of-places 0.25'] },
    run: ({ counts: all, shareOfPlaces }) => under('shareOfCrime', shareOfCrimeInTop(all, shareOfPlaces)),
  }),
  method({
    of: 'lorenzCurve',
    file: 'concentration.ts',
    summary: 'The Lorenz curve: the share of events held by the places with fewest',
    fields: { counts },
    columns: countColumns,
    fromCells: countsOf,
    example: { counts: [6, 2, 1, 1] },
    exampleCsv: { lines },
    run: ({ counts: all }) => under('curve', lorenzCurve(all)),
  }),
  method({
    of: 'evenLorenzCurve',
    file: 'concentration.ts',
    summary: 'The Lorenz curve that chance alone would show',
    fields: {
      places: whole(0, 10_000_000, 'how many places there are'),
      events: whole(0, Number.MAX_SAFE_INTEGER, 'how many events'),
      seed,
      draws: optional(draws('how often the events are drawn, 99 unless given')),
    },
    workers: true,
    example: { places: 4, events: 10 },
    run: async (input, how) => under('curve', await runReplicates('even-lorenz-curve', input, how)),
  }),
];

const timeColumn = numberColumn('when it happened, in days from the start, parts of a day too');
const eventsOf = (cells: Cells) => ({ points: pointsOf(cells), times: cells['time'] });
const hawkesFields = {
  points,
  times: numbers('when each happened, in days from the start, rising'),
  ...windowFields,
  days: number('length of the period, days'),
};
// Pairs of events close to each other, and far from the next.
const scattered = Array.from({ length: 24 }, (_, i) => ({
  easting: ((Math.floor(i / 2) * 317) % 900) + (i % 2) * 20,
  northing: ((Math.floor(i / 2) * 571) % 900) + (i % 2) * 15,
  time: Math.floor(i / 2) * 7 + (i % 2) * 0.5 + 1 + ((i * 7) % 5) / 10,
}));
const spread = {
  points: {
    eastings: scattered.map(({ easting }) => easting),
    northings: scattered.map(({ northing }) => northing),
  },
  times: scattered.map(({ time }) => time),
  westMetres: 0,
  eastMetres: 1000,
  southMetres: 0,
  northMetres: 1000,
  days: 100,
};
const spreadLines = [
  'easting,northing,time',
  ...scattered.map(({ easting, northing, time }) => `${easting},${northing},${time}`),
];
const spreadOptions = [
  '--west-metres 0',
  '--east-metres 1000',
  '--south-metres 0',
  '--north-metres 1000',
  '--days 100',
];
// Thirty events of which pairs come close to each other.
const paired = Array.from({ length: 30 }, (_, i) => Math.floor(i / 2) * 7 + (i % 2) * 0.6 + ((i * 37) % 11) / 7).sort(
  (a, b) => a - b,
);

/** Near repeats and contagion (dated events only) */
export const contagionMethods: readonly Method[] = [
  method({
    name: 'near-repeat',
    of: 'knoxTest',
    file: 'near-repeat.ts',
    summary:
      'Near repeats (Knox test): whether events close in place are also closer in time than chance would have them',
    fields: {
      points,
      days: numbers('the day of each event, a whole number'),
      distanceBreaksMetres: edges('edges of the distance bands in metres, rising, each band [from, to)'),
      dayBreaks: edges('edges of the bands of days between two events'),
      metric: given(choice(['euclidean', 'manhattan'], 'how distance is measured'), 'euclidean'),
      permutations: optional(draws('how often the dates are shuffled, 999 unless given')),
      seed,
    },
    columns: { ...pointColumns, day: dayColumn('the day of the event: a date, or a whole number of days') },
    fromCells: (cells) => ({ points: pointsOf(cells), days: cells['day'] }),
    workers: true,
    example: {
      points: { eastings: [0, 50, 900, 910], northings: [0, 0, 0, 0] },
      days: [0, 2, 9, 40],
      distanceBreaksMetres: [0, 100, null],
      dayBreaks: [0, 4, null],
      permutations: 99,
    },
    exampleCsv: {
      lines: ['easting,northing,day', '0,0,0', '50,0,2', '900,0,9', '910,0,40'],
      options: ['--distance-breaks-metres 0,100,Infinity', '--day-breaks 0,4,Infinity', '--permutations 99'],
    },
    run: (input, how) => runReplicates('near-repeat', input, how),
  }),
  method({
    name: 'hawkes-temporal',
    of: 'hawkesTemporal',
    file: 'hawkes-temporal.ts',
    summary: 'How much each event raises the chance of another soon after',
    fields: {
      times: numbers('when each happened, in days from the start, rising'),
      end: number('length of the period, days'),
      level: optional(level),
      shortestDelayDays: optional(number('shortest mean delay looked for, days')),
      longestDelayDays: optional(number('longest, days')),
    },
    columns: { time: timeColumn },
    fromCells: ({ time }) => ({ times: time }),
    example: { times: paired, end: 120 },
    exampleCsv: { lines: ['time', ...paired.map(String)], options: ['--end 120'] },
    run: ({ times, end, ...options }) => hawkesTemporal(times, end, options),
  }),
  method({
    of: 'hawkesLogLikelihood',
    file: 'hawkes-temporal.ts',
    summary: 'The log likelihood of event times under a rate that jumps with each event',
    fields: {
      times: numbers('when each happened, in days from the start, rising'),
      end: number('length of the period, days'),
      mu: number('background events a day'),
      alpha: number('jump of the rate after an event, a day'),
      beta: number('how fast it fades, a day'),
    },
    columns: { time: timeColumn },
    fromCells: ({ time }) => ({ times: time }),
    example: { times: [1, 2], end: 4, mu: 0.5, alpha: 0, beta: 1 },
    exampleCsv: { lines: ['time', '1', '2'], options: ['--end 4', '--mu 0.5', '--alpha 0', '--beta 1'] },
    run: ({ times, end, ...rates }) => finite(hawkesLogLikelihood(times, end, rates)),
  }),
  method({
    name: 'hawkes-space-time',
    of: 'hawkesSpaceTime',
    file: 'hawkes-space-time.ts',
    summary: 'How many further events each event sets off nearby and soon after',
    fields: {
      ...hawkesFields,
      level: optional(level),
      background: optional(choice(['even', 'smoothed'], 'even unless given: show both')),
      backgroundMetres: optional(number('smoothing of the background, metres')),
      longestDelayDays: optional(number('longest mean delay looked for, days')),
      shortestDelayDays: optional(number('shortest, days')),
      leastSigmaMetres: optional(number('least spread looked for, metres')),
      greatestSigmaMetres: optional(number('greatest, metres')),
    },
    columns: { ...pointColumns, time: timeColumn },
    fromCells: eventsOf,
    example: spread,
    exampleCsv: { lines: spreadLines, options: spreadOptions },
    run: ({ points: all, times, days, westMetres, eastMetres, southMetres, northMetres, ...options }) =>
      hawkesSpaceTime(
        { points: all, times, days, window: { westMetres, eastMetres, southMetres, northMetres } },
        options,
      ),
  }),
  method({
    of: 'hawkesSpaceTimeLogLikelihood',
    file: 'hawkes-space-time.ts',
    summary: 'The log likelihood of events in place and time under a kernel of contagion',
    fields: {
      ...hawkesFields,
      mu: number('background events a square metre a day'),
      theta: number('direct follow-on events an event'),
      omega: number('how fast they come, a day'),
      sigmaMetres: number('how far they lie, metres'),
      edge: optional(yesNo('correct at the edge of the study area; yes unless given')),
    },
    columns: { ...pointColumns, time: timeColumn },
    fromCells: eventsOf,
    example: { ...spread, mu: 1e-6, theta: 0, omega: 1, sigmaMetres: 100 },
    exampleCsv: {
      lines: spreadLines,
      options: [...spreadOptions, '--mu 1e-6', '--theta 0', '--omega 1', '--sigma-metres 100'],
    },
    run: ({ points: all, times, days, edge, mu, theta, omega, sigmaMetres, ...window }) =>
      finite(
        hawkesSpaceTimeLogLikelihood(
          { points: all, times, days, window: windowOf(window) },
          { mu, theta, omega, sigmaMetres },
          edge === undefined ? {} : { edge },
        ),
      ),
  }),
  method({
    name: 'reproduction-number',
    of: 'reproductionNumber',
    file: 'reproduction-number.ts',
    summary: 'By how many further events each was followed, window by window: an analogy from epidemics',
    fields: {
      eventsByDay: numbers('count of events of each day, in their order'),
      serialMeanDays: number('mean days from an event to those it sets off'),
      serialStandardDeviationDays: number('their standard deviation'),
      windowDays: number('length of each window, days'),
      priorMean: optional(number('mean of the prior, 5 unless given')),
      priorStandardDeviation: optional(number('its standard deviation, 5 unless given')),
      level: optional(level),
    },
    columns: { day: maybe(textColumn('the day, for the reader')), count: numberColumn('count of events of the day') },
    fromCells: ({ count }) => ({ eventsByDay: count }),
    example: {
      eventsByDay: [3, 1, 3, 0, 0, 0, 3, 0],
      serialMeanDays: 4,
      serialStandardDeviationDays: 2.5,
      windowDays: 7,
    },
    exampleCsv: {
      lines: ['count', '3', '1', '3', '0', '0', '0', '3', '0'],
      options: ['--serial-mean-days 4', '--serial-standard-deviation-days 2.5', '--window-days 7'],
    },
    run: ({ eventsByDay, ...options }) => reproductionNumber(eventsByDay, options),
  }),
  method({
    of: 'serialIntervalByDay',
    file: 'reproduction-number.ts',
    summary: 'A serial interval spread over whole days',
    fields: {
      meanDays: number('mean days from an event to those it sets off'),
      standardDeviationDays: number('their standard deviation'),
      days: whole(1, 100_000, 'how many days'),
    },
    example: { meanDays: 4, standardDeviationDays: 2.5, days: 3 },
    run: ({ meanDays, standardDeviationDays, days }) =>
      under('shareByDay', serialIntervalByDay(meanDays, standardDeviationDays, days)),
  }),
];

/** A likelihood of nothing has no logarithm. */
const finite = (logLikelihood: number | Refusal): unknown =>
  isRefusal(logLikelihood) || Number.isFinite(logLikelihood)
    ? under('logLikelihood', logLikelihood)
    : refuse('not-finite', 'These events cannot have come about with these rates.');

const cells = {
  seen: numbers('events seen in each cell, which the map had not seen'),
  predicted: numbers('events that the map foretold there'),
  areas: numbers('size of each cell, any unit'),
};
const cellColumns = {
  seen: numberColumn('events seen in the cell'),
  predicted: numberColumn('events foretold there'),
  area: numberColumn('size of the cell'),
};
const cellsOf = ({ seen, predicted, area }: Cells) => ({ seen, predicted, areas: area });
const cellExample = { seen: [3, 1], predicted: [2, 1], areas: [1, 1] };
const cellLines = ['seen,predicted,area', '3,2,1', '1,1,1'];

/** Does a map predict? */
export const predictionMethods: readonly Method[] = [
  method({
    name: 'prediction-accuracy',
    of: 'predictionAccuracy',
    file: 'prediction-accuracy.ts',
    summary: 'How well a map foretold where crime fell: PAI, PEI and RRI, cell by cell',
    fields: cells,
    columns: cellColumns,
    fromCells: cellsOf,
    example: cellExample,
    exampleCsv: { lines: cellLines },
    run: predictionAccuracy,
  }),
  method({
    of: 'accuracyAtAreaShare',
    file: 'prediction-accuracy.ts',
    summary: 'The same where the chosen cells cover at most a share of the area',
    fields: { ...cells, share: number('share of the area: 0.005, 0.01, 0.02, 0.05') },
    columns: cellColumns,
    fromCells: cellsOf,
    example: { ...cellExample, share: 0.5 },
    exampleCsv: { lines: cellLines, options: ['--share 0.5'] },
    run: ({ share, ...map }) => {
      const accuracy = predictionAccuracy(map);
      if (isRefusal(accuracy)) return accuracy;
      return (
        accuracyAtAreaShare(accuracy, share) ??
        refuse('share-too-small', 'The first cell alone covers more than this share of the area.')
      );
    },
  }),
];

/** Disproportionality */
export const disproportionalityMethods: readonly Method[] = [
  method({
    name: 'relative-rate-index',
    of: 'relativeRateIndex',
    file: 'relative-rate-index.ts',
    summary: 'The rate of each group over that of a reference group',
    fields: {
      groups: list(
        object({ name: text('its name'), events: number('events'), population: number('people') }),
        'for each group {"name", "events", "population"}',
      ),
      reference: text('name of the reference group'),
      per: number('people for whom rates are given: 1000'),
      level: optional(level),
      unknownEvents: optional(number('events of people whose group is not known')),
    },
    columns: {
      name: textColumn('name of the group'),
      events: numberColumn('events of the group'),
      population: numberColumn('people of the group'),
    },
    fromCells: ({ name = [], events = [], population = [] }) => ({
      groups: name.map((each, i) => ({ name: each, events: events[i], population: population[i] })),
    }),
    example: {
      groups: [
        { name: 'A', events: 20, population: 1000 },
        { name: 'B', events: 30, population: 500 },
      ],
      reference: 'A',
      per: 1000,
    },
    exampleCsv: {
      lines: ['name,events,population', 'A,20,1000', 'B,30,500'],
      options: ['--reference A', '--per 1000'],
    },
    run: relativeRateIndex,
  }),
];
