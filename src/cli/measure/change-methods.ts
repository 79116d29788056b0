import {
  classicalDecomposition,
  compareRates,
  countChart,
  countRegression,
  countTrend,
  daysBetweenChart,
  earsC1,
  eTest,
  exactRateRatio,
  exactRateRatioP,
  farrington,
  farringtonFlexible,
  fitGlm,
  inControlRunLength,
  loessDecomposition,
  mannKendall,
  meanBreaks,
  poissonChangepoints,
  poissonCusum,
  poissonCusumThreshold,
  refuse,
  scoreStatistic,
  scoreTest,
  standardisedCusum,
  successiveDispersion,
  tabularCusum,
  theilSen,
  waldRateRatio,
  waldRiskRatio,
  xmrChart,
  trendVerdict,
} from '../../measures/index.ts';
import { z } from 'zod';
import { maybe, numberColumn, numbersColumn, textColumn } from './columns.ts';
import { choice, list, lists, number, numbers, object, optional, text, whole, wordOr, yesNo } from './field.ts';
import { method, type Method } from './method.ts';
import { area, level, pair, under } from './shape.ts';

const exposed = (what: string) =>
  object(
    { events: whole(0, Number.MAX_SAFE_INTEGER, 'events'), exposure: z.number().positive() },
    `{"events", "exposure"} ${what}`,
  );
const twoPeriods = {
  area: area('a comparison of its own'),
  beforeEvents: numberColumn('events before'),
  beforeExposure: numberColumn('length of the period before, or people, or both'),
  afterEvents: numberColumn('events after'),
  afterExposure: numberColumn('the same for the period after'),
};
const two = { first: exposed('of the first period or group'), second: exposed('of the second') };
const twoColumns = {
  area: area('a comparison of its own'),
  firstEvents: numberColumn('events of the first'),
  firstExposure: numberColumn('its length, or people, or both'),
  secondEvents: numberColumn('events of the second'),
  secondExposure: numberColumn('the same of the second'),
};
const twoExample = { first: { events: 11, exposure: 800 }, second: { events: 21, exposure: 3011 } };
const twoRow = {
  rows: 'each',
  columns: twoColumns,
  label: 'area',
  fromCells: (cells: Parameters<typeof pair>[0]) => ({
    first: pair(cells, 'first', 'events', 'exposure'),
    second: pair(cells, 'second', 'events', 'exposure'),
  }),
  exampleCsv: { lines: ['firstEvents,firstExposure,secondEvents,secondExposure', '11,800,21,3011'] },
} as const;
const noEvents = () => refuse('no-events', 'There are no events in either, so the rates cannot be compared.');
const anyEvents = ({ first, second }: { first: { events: number }; second: { events: number } }) =>
  first.events + second.events > 0;

/** Did it change between two periods? */
export const comparisonMethods: readonly Method[] = [
  method({
    of: 'trendVerdict',
    file: 'trend-verdict.ts',
    summary: 'The words that a series has earned, by rules',
    fields: {
      points: whole(0, 1_000_000, 'how many points the series has'),
      meanCount: number('events of a point, on average'),
      exceeds: yesNo('whether the latest point is above what was expected'),
      recordingChangedAtLatest: optional(yesNo('whether the way of counting changed at the latest point')),
      changes: list(
        object({
          pointsAgo: number('points from the latest one back'),
          direction: choice(['rise', 'fall'], 'direction of the change'),
          named: text('name of the point'),
        }),
        'for each change of level {"pointsAgo", "direction": rise or fall, "named"}',
      ),
      annualChangePercent: optional(
        object(
          {
            estimate: number('estimate'),
            lower: number('lower limit'),
            upper: number('upper limit'),
            level: number('level'),
          },
          '{"estimate", "lower", "upper", "level"}: the yearly change of the model of the trend, in per cent',
        ),
      ),
    },
    example: {
      points: 36,
      meanCount: 80,
      exceeds: false,
      changes: [],
      annualChangePercent: { estimate: 6, lower: 2, upper: 10, level: 0.95 },
    },
    run: ({ annualChangePercent = null, recordingChangedAtLatest, ...series }) =>
      trendVerdict({
        ...series,
        annualChangePercent,
        ...(recordingChangedAtLatest !== undefined && { recordingChangedAtLatest }),
      }),
  }),
  method({
    name: 'rate-comparison',
    of: 'compareRates',
    file: 'rate-comparison.ts',
    summary: 'Whether a rate changed between two periods: ratio, interval and score E-test',
    fields: {
      before: object(
        { events: number('events'), exposure: number('length') },
        '{"events", "exposure"} of the period before',
      ),
      after: object({ events: number('events'), exposure: number('length') }, 'the same of the period after'),
      level: optional(level),
    },
    rows: 'each',
    columns: twoPeriods,
    label: 'area',
    fromCells: (cells) => ({
      before: pair(cells, 'before', 'events', 'exposure'),
      after: pair(cells, 'after', 'events', 'exposure'),
    }),
    example: { before: { events: 5, exposure: 1 }, after: { events: 14, exposure: 1 } },
    exampleCsv: { lines: ['beforeEvents,beforeExposure,afterEvents,afterExposure', '5,1,14,1'] },
    run: compareRates,
  }),
  method({
    of: 'eTest',
    file: 'e-test.ts',
    summary: 'The E-test’s p value that two rates are the same',
    fields: { ...two, form: optional(choice(['score', 'wald'], 'score unless given; wald is the published form')) },
    ...twoRow,
    example: twoExample,
    run: ({ first, second, form }) => under('p', eTest(first, second, form)),
  }),
  method({
    of: 'scoreTest',
    file: 'e-test.ts',
    summary: 'The score test’s p value that two rates are the same, for large counts',
    fields: two,
    ...twoRow,
    example: twoExample,
    run: (input) => (anyEvents(input) ? under('p', scoreTest(input.first, input.second)) : noEvents()),
  }),
  method({
    of: 'scoreStatistic',
    file: 'e-test.ts',
    summary: 'The score statistic of two rates, in standard deviations',
    fields: two,
    ...twoRow,
    example: twoExample,
    run: (input) => (anyEvents(input) ? under('statistic', scoreStatistic(input.first, input.second)) : noEvents()),
  }),
  method({
    of: 'exactRateRatio',
    file: 'rate-ratio.ts',
    summary: 'The ratio of two rates with conditional exact limits',
    fields: { ...two, level: number('confidence, such as 0.95') },
    ...twoRow,
    exampleCsv: { ...twoRow.exampleCsv, options: ['--level 0.95'] },
    example: { ...twoExample, level: 0.95 },
    run: (input) => (anyEvents(input) ? exactRateRatio(input.first, input.second, input.level) : noEvents()),
  }),
  method({
    of: 'exactRateRatioP',
    file: 'rate-ratio.ts',
    summary: 'The conditional exact p value that two rates are the same',
    fields: two,
    ...twoRow,
    example: twoExample,
    run: (input) => (anyEvents(input) ? under('p', exactRateRatioP(input.first, input.second)) : noEvents()),
  }),
  method({
    of: 'waldRateRatio',
    file: 'rate-ratio.ts',
    summary: 'The ratio of two rates with limits on the log scale, for counts from 10 up',
    fields: { ...two, level: number('confidence, such as 0.95') },
    ...twoRow,
    exampleCsv: { ...twoRow.exampleCsv, options: ['--level 0.95'] },
    example: { ...twoExample, level: 0.95 },
    run: ({ first, second, level: confidence }) => waldRateRatio(first, second, confidence),
  }),
  method({
    of: 'waldRiskRatio',
    file: 'rate-ratio.ts',
    summary: 'The ratio of two risks with limits on the log scale, where a person counts once',
    fields: { ...two, level: number('confidence, such as 0.95') },
    ...twoRow,
    exampleCsv: { ...twoRow.exampleCsv, options: ['--level 0.95'] },
    example: { ...twoExample, level: 0.95 },
    run: ({ first, second, level: confidence }) => waldRiskRatio(first, second, confidence),
  }),
];

const month = maybe(textColumn('the month, for the reader'));
const counts = numbers('count of each month (or other period), in their order');
const countColumns = { month, count: numberColumn('count of the month') };
const exposureColumn = maybe(numberColumn('days of the month, times people for a rate'));
const series = numbers('figure of each month (or other period), in their order');
const seriesColumns = { month, value: numberColumn('figure of the month') };
const valuesOf = ({ value }: Readonly<Record<string, readonly unknown[]>>) => ({ values: value });
const seriesOf = ({ value }: Readonly<Record<string, readonly unknown[]>>) => ({ series: value });
const countsOf = ({ count }: Readonly<Record<string, readonly unknown[]>>) => ({ counts: count });
const column = (name: string, values: readonly number[]) => [name, ...values.map(String)];
const twelve = [9, 11, 9, 11, 9, 11, 9, 11, 9, 11, 9, 30];
const twoYears = [8, 9, 12, 14, 15, 16, 15, 14, 12, 10, 9, 8, 9, 10, 12, 15, 15, 17, 16, 14, 13, 10, 9, 9];
const level5 = Array.from({ length: 60 }, (_, i) => (i === 59 ? 40 : 14 + (i % 5)));
const past = {
  counts,
  at: whole(0, 100_000, 'which point to judge, counted from 0'),
  pointsPerYear: whole(1, 366, '12 for months, 52 for weeks'),
  yearsBack: whole(1, 100, 'how many past years to learn from, three or more'),
  halfWindow: whole(0, 26, 'points on each side of the same time in past years'),
  alpha: optional(number('chance of a false alarm')),
};
const pastExample = { counts: level5, at: 59, pointsPerYear: 12, yearsBack: 3, halfWindow: 2 };
const pastOptions = ['--at 59', '--points-per-year 12', '--years-back 3', '--half-window 2'];
const matrix = (design: readonly (readonly number[])[]) => ({
  rows: design.length,
  columns: design[0]?.length ?? 0,
  values: Float64Array.from(design.flat()),
});
const uneven = (design: readonly (readonly number[])[]) =>
  design.some((row) => row.length !== design[0]?.length)
    ? refuse('mismatched-lengths', 'The rows of the design differ in length.')
    : undefined;

/** Trend, season, change */
export const seriesMethods: readonly Method[] = [
  method({
    name: 'spc-xmr',
    of: 'xmrChart',
    file: 'xmr-chart.ts',
    summary: 'The XmR control chart, with the rules of NHS England: which months are unusual',
    fields: {
      values: series,
      rebaseAt: optional(numbers('points, counted from 0, at which new limits begin')),
      baselinePoints: optional(number('limits from the first so many points of each part')),
      screenRanges: optional(yesNo('leave extreme moving ranges out of the limits, once; yes unless given')),
      improvement: optional(choice(['decrease', 'increase', 'neither'], 'which way is good')),
    },
    columns: seriesColumns,
    names: ({ month: months = [] }) => months,
    fromCells: valuesOf,
    example: { values: twelve },
    exampleCsv: { lines: column('value', twelve) },
    run: ({ values, ...options }) => xmrChart(values, options),
  }),
  method({
    of: 'countChart',
    file: 'count-chart.ts',
    summary: 'The control chart for small counts, with exact Poisson limits',
    fields: {
      counts,
      exposure: optional(numbers('days of each month, times people for a rate')),
      baselinePoints: optional(number('limits from the first so many points')),
      coverage: optional(number('share of ordinary points within the limits, 0.998 unless given')),
    },
    columns: { ...countColumns, exposure: exposureColumn },
    names: ({ month: months = [] }) => months,
    fromCells: ({ count, exposure }) => ({ counts: count, exposure }),
    example: { counts: [2, 1, 3, 2, 1, 2, 3, 1, 2, 2, 1, 12] },
    exampleCsv: { lines: column('count', [2, 1, 3, 2, 1, 2, 3, 1, 2, 2, 1, 12]) },
    run: ({ counts: all, ...options }) => countChart(all, options),
  }),
  method({
    of: 'daysBetweenChart',
    file: 'days-between-chart.ts',
    summary: 'The chart of days between the rarest events: did they grow unusually short or long?',
    fields: {
      daysBetween: numbers('days from each event to the next'),
      baselineGaps: optional(number('limits from the first so many gaps')),
      coverage: optional(number('share of ordinary gaps within the limits, 0.998 unless given')),
    },
    columns: { days: numberColumn('days from one event to the next') },
    fromCells: ({ days }) => ({ daysBetween: days }),
    example: { daysBetween: [30, 41, 25, 38, 29, 33, 400], baselineGaps: 6 },
    exampleCsv: { lines: column('days', [30, 41, 25, 38, 29, 33, 400]), options: ['--baseline-gaps 6'] },
    run: ({ daysBetween, ...options }) => daysBetweenChart(daysBetween, options),
  }),
  method({
    name: 'exceedance-farrington',
    of: 'farringtonFlexible',
    file: 'exceedance.ts',
    summary: 'The flexible Farrington algorithm: is a count above what past years foretell?',
    fields: {
      ...past,
      seasons: whole(1, 366, 'parts of the year: 10 for weeks, 1 for months'),
      leftOut: whole(0, 1000, 'points just before that are not learned from'),
    },
    columns: countColumns,
    fromCells: countsOf,
    example: { ...pastExample, seasons: 1, leftOut: 3 },
    exampleCsv: { lines: column('count', level5), options: [...pastOptions, '--seasons 1', '--left-out 3'] },
    run: farringtonFlexible,
  }),
  method({
    of: 'farrington',
    file: 'exceedance.ts',
    summary: 'Farrington’s algorithm as first published, for comparison',
    fields: past,
    columns: countColumns,
    fromCells: countsOf,
    example: pastExample,
    exampleCsv: { lines: column('count', level5), options: pastOptions },
    run: farrington,
  }),
  method({
    of: 'earsC1',
    file: 'exceedance.ts',
    summary: 'Whether a count lies far above the few points before it, for the shortest series',
    fields: {
      counts,
      at: whole(0, 100_000, 'which point to judge, counted from 0'),
      baseline: optional(whole(2, 100_000, 'points before it to compare with')),
      alpha: optional(number('chance of a false alarm')),
    },
    columns: countColumns,
    fromCells: countsOf,
    example: { counts: [2, 2, 2, 4, 6, 6, 6, 11], at: 7 },
    exampleCsv: { lines: column('count', [2, 2, 2, 4, 6, 6, 6, 11]), options: ['--at 7'] },
    run: earsC1,
  }),
  method({
    name: 'change-cusum',
    of: 'poissonCusum',
    file: 'cumulative-sum.ts',
    summary: 'The sum that grows while counts speak for a changed rate: slow drifts',
    fields: {
      counts,
      expected: numbers('count expected of each point, or of all when it is one number in a list'),
      rateRatio: number('the change to watch for: 1.5 for a rise, 0.67 for a fall'),
      threshold: number('the sum at which it alarms: see poisson-cusum-threshold'),
    },
    columns: { ...countColumns, expected: maybe(numberColumn('count expected of the month')) },
    fromCells: ({ count, expected }) => ({ counts: count, expected }),
    example: { counts: [3, 9], expected: [3], rateRatio: 2, threshold: 3 },
    exampleCsv: { lines: column('count', [3, 9]), options: ['--expected 3', '--rate-ratio 2', '--threshold 3'] },
    run: ({ counts: all, expected, ...options }) =>
      poissonCusum(all, { expected: expected.length === 1 ? (expected[0] ?? 0) : expected, ...options }),
  }),
  method({
    of: 'poissonCusumThreshold',
    file: 'cumulative-sum.ts',
    summary: 'The threshold at which a Poisson CUSUM alarms about once in so many points by chance',
    fields: {
      expected: number('count expected of a point'),
      rateRatio: number('the change to watch for'),
      runLength: optional(number('points until a false alarm, 60 unless given')),
    },
    example: { expected: 4, rateRatio: 1.5 },
    run: (design) => under('threshold', poissonCusumThreshold(design)),
  }),
  method({
    of: 'inControlRunLength',
    file: 'cumulative-sum.ts',
    summary: 'After how many points a Poisson CUSUM alarms by chance',
    fields: {
      expected: number('count expected of a point'),
      rateRatio: number('the change to watch for'),
      threshold: number('the sum at which it alarms'),
      steps: optional(whole(1, 2000, 'steps of the grid that the sum is rounded to')),
    },
    example: { expected: 4, rateRatio: 1.5, threshold: 3 },
    run: (design) => under('points', inControlRunLength(design)),
  }),
  method({
    of: 'tabularCusum',
    file: 'cumulative-sum.ts',
    summary: 'The sums of how far a series lies above and below its baseline',
    fields: {
      values: series,
      baselinePoints: number('the first so many points are the baseline'),
      allowance: optional(number('standard deviations that do not count, 0.5 unless given')),
      threshold: optional(number('standard deviations at which it alarms')),
    },
    columns: seriesColumns,
    fromCells: valuesOf,
    example: { values: [1, 3, 1, 3, 9], baselinePoints: 4 },
    exampleCsv: { lines: column('value', [1, 3, 1, 3, 9]), options: ['--baseline-points 4'] },
    run: ({ values, ...options }) => tabularCusum(values, options),
  }),
  method({
    of: 'standardisedCusum',
    file: 'cumulative-sum.ts',
    summary: 'A CUSUM on standardised counts, as public health agencies use it',
    fields: {
      counts,
      baselinePoints: number('the first so many points are the baseline'),
      transform: choice(['standard', 'rossi'], 'how counts are brought to a normal scale'),
      reference: optional(number('allowance k, 1.04 unless given')),
      threshold: optional(number('threshold h, 2.26 unless given')),
    },
    columns: countColumns,
    fromCells: countsOf,
    example: { counts: [4, 4, 4, 40], baselinePoints: 3, transform: 'standard' },
    exampleCsv: { lines: column('count', [4, 4, 4, 40]), options: ['--baseline-points 3', '--transform standard'] },
    run: ({ counts: all, ...options }) => standardisedCusum(all, options),
  }),
  method({
    name: 'changepoint',
    of: 'poissonChangepoints',
    file: 'poisson-changepoints.ts',
    summary: 'When the level of a series of counts changed',
    fields: {
      counts,
      expected: optional(numbers('what each point would be at a constant level: days × season, any scale')),
      penalty: optional(
        choice(['scaled', 'bic', 'mbic'], 'scaled unless given; the others see too much in large series'),
      ),
      leastSegment: optional(number('shortest stretch, 6 unless given')),
      single: optional(yesNo('at most one change')),
      level: optional(level),
    },
    columns: { ...countColumns, expected: maybe(numberColumn('what the month would be at a constant level')) },
    names: ({ month: months = [] }) => months,
    fromCells: ({ count, expected }) => ({ counts: count, expected }),
    example: { counts: [9, 10, 11, 10, 9, 11, 10, 31, 30, 29, 31, 30, 28, 30] },
    exampleCsv: { lines: column('count', [9, 10, 11, 10, 9, 11, 10, 31, 30, 29, 31, 30, 28, 30]) },
    run: ({ counts: all, ...options }) => poissonChangepoints(all, options),
  }),
  method({
    of: 'meanBreaks',
    file: 'mean-breaks.ts',
    summary: 'When the mean of a series changed (Bai and Perron): a second opinion',
    fields: { values: series, trim: optional(number('least share of the points in a stretch, 0.15 unless given')) },
    columns: seriesColumns,
    fromCells: valuesOf,
    example: { values: [1, 2, 1, 2, 1, 2, 1, 9, 8, 9, 8, 9, 8, 9] },
    exampleCsv: { lines: column('value', [1, 2, 1, 2, 1, 2, 1, 9, 8, 9, 8, 9, 8, 9]) },
    run: ({ values, ...options }) => meanBreaks(values, options),
  }),
  method({
    of: 'successiveDispersion',
    file: 'poisson-changepoints.ts',
    summary: 'How much more a series varies from month to month than Poisson counts do',
    fields: { counts, means: numbers('mean of each point') },
    columns: { ...countColumns, mean: numberColumn('mean of the month') },
    fromCells: ({ count, mean }) => ({ counts: count, means: mean }),
    example: { counts: [9, 10, 11, 10, 9, 10], means: [10, 10, 10, 10, 10, 10] },
    exampleCsv: { lines: ['count,mean', '9,10', '10,10', '11,10', '10,10', '9,10', '10,10'] },
    run: ({ counts: all, means }) => under('dispersion', successiveDispersion(all, means)),
  }),
  method({
    name: 'seasonal-decomposition',
    of: 'loessDecomposition',
    file: 'loess-decomposition.ts',
    summary: 'A series taken apart into trend, season and remainder with loess (STL)',
    fields: {
      series,
      period: number('points in a cycle: 12 for months'),
      seasonalWindow: wordOr(
        'periodic',
        'periodic for the same season every year, else the years over which it may drift (odd, 7 or more)',
      ),
      robust: optional(yesNo('trust outlying points less')),
    },
    columns: seriesColumns,
    names: ({ month: months = [] }) => months,
    fromCells: seriesOf,
    example: { series: twoYears, period: 12, seasonalWindow: 'periodic' },
    exampleCsv: { lines: column('value', twoYears), options: ['--period 12', '--seasonal-window periodic'] },
    run: ({ series: all, ...options }) => loessDecomposition(all, options),
  }),
  method({
    of: 'classicalDecomposition',
    file: 'classical-decomposition.ts',
    summary: 'A series taken apart into trend, season and remainder by moving averages',
    fields: {
      series,
      period: number('points in a cycle: 12 for months'),
      model: optional(choice(['additive', 'multiplicative'], 'additive unless given')),
    },
    columns: seriesColumns,
    fromCells: seriesOf,
    example: { series: [1, 3, 1, 3, 1, 3], period: 2 },
    exampleCsv: { lines: column('value', [1, 3, 1, 3, 1, 3]), options: ['--period 2'] },
    run: ({ series: all, ...options }) => classicalDecomposition(all, options),
  }),
  method({
    of: 'countTrend',
    file: 'count-regression.ts',
    summary: 'The trend of a monthly count: per cent a year, with its interval',
    fields: {
      counts,
      exposure: optional(numbers('days of each month, times people for a rate')),
      times: optional(numbers('numbers of the months, where some are missing')),
      pointsPerYear: optional(number('12 unless given')),
      harmonics: optional(number('waves of the season')),
      lag: optional(number('months of autocorrelation that the robust errors allow for')),
      level: optional(level),
    },
    columns: { ...countColumns, exposure: exposureColumn, time: maybe(numberColumn('number of the month')) },
    fromCells: ({ count, exposure, time }) => ({ counts: count, exposure, times: time }),
    example: { counts: twoYears },
    exampleCsv: { lines: column('count', twoYears) },
    run: countTrend,
  }),
  method({
    name: 'count-regression',
    of: 'countRegression',
    file: 'count-regression.ts',
    summary: 'Poisson and negative binomial regression of counts on any design',
    fields: {
      design: lists('a row of figures for each count, 1 first for the constant'),
      counts,
      exposure: optional(numbers('days of each row, times people for a rate')),
      lag: optional(number('rows of autocorrelation that the robust errors allow for')),
    },
    columns: {
      count: numberColumn('count of the row'),
      design: numbersColumn('figures of the row, 1 first for the constant'),
      exposure: exposureColumn,
    },
    fromCells: ({ count, design, exposure }) => ({ counts: count, design, exposure }),
    example: {
      design: [
        [1, 0],
        [1, 1],
        [1, 2],
        [1, 3],
      ],
      counts: [10, 12, 15, 17],
    },
    exampleCsv: { lines: ['count,design', '10,1 0', '12,1 1', '15,1 2', '17,1 3'] },
    run: ({ design, ...rest }) => uneven(design) ?? countRegression({ design: matrix(design), ...rest }),
  }),
  method({
    of: 'fitGlm',
    file: 'generalised-linear-model.ts',
    summary: 'A model of counts with a log link: what the regressions stand on',
    fields: {
      design: lists('a row of figures for each count, 1 first for the constant'),
      response: numbers('count of each row'),
      offset: optional(numbers('added to the linear predictor: ln of days or people')),
      weights: optional(numbers('how much each row counts')),
      negativeBinomialSize: optional(number('size of the negative binomial; Poisson when it is left out')),
    },
    columns: {
      response: numberColumn('count of the row'),
      design: numbersColumn('figures of the row, 1 first for the constant'),
      offset: maybe(numberColumn('added to the linear predictor')),
    },
    example: { design: [[1], [1], [1]], response: [2, 4, 6] },
    exampleCsv: { lines: ['response,design', '2,1', '4,1', '6,1'] },
    run: ({ design, negativeBinomialSize, ...rest }) =>
      uneven(design) ??
      fitGlm({
        design: matrix(design),
        family: negativeBinomialSize === undefined ? 'poisson' : { negativeBinomialSize },
        ...rest,
      }),
  }),
  method({
    of: 'mannKendall',
    name: 'mann-kendall',
    file: 'mann-kendall.ts',
    summary: 'Whether a series rises or falls steadily, whatever the shape',
    fields: { series },
    columns: seriesColumns,
    fromCells: seriesOf,
    example: { series: twelve },
    exampleCsv: { lines: column('value', twelve) },
    run: ({ series: all }) => mannKendall(all),
  }),
  method({
    of: 'theilSen',
    name: 'theil-sen',
    file: 'theil-sen.ts',
    summary: 'The steady change of a series as the median of all slopes',
    fields: { series, times: optional(numbers('time of each point, 0 1 2 … unless given')), level: optional(level) },
    columns: { ...seriesColumns, time: maybe(numberColumn('time of the point')) },
    fromCells: ({ value, time }) => ({ series: value, times: time }),
    example: { series: twelve },
    exampleCsv: { lines: column('value', twelve) },
    run: ({ series: all, ...options }) => theilSen(all, options),
  }),
];
