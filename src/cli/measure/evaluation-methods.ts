import {
  detectableChange,
  differenceInDifferences,
  eventStudy,
  evidenceStrength,
  interruptedTimeSeries,
  returnToMean,
  syntheticControl,
  weightedDisplacementDifference,
  weightedDisplacementQuotient,
  weightedHarmDifference,
} from '../../measures/index.ts';
import { runReplicates } from '../../platform/workers/run-replicates.ts';
import { distinct, maybe, numberColumn, numbersIn, textColumn, textsIn, yesNoColumn, type Cells } from './columns.ts';
import { choice, list, lists, number, numbers, object, optional, text, whole, yesNo } from './field.ts';
import { method, type Method } from './method.ts';
import { area, draws, level, pair, seed } from './shape.ts';

const beforeAfter = (means: string) => object({ before: number('before'), after: number('after') }, means);
const places = {
  treated: beforeAfter('{"before", "after"}: events of the treated area'),
  control: beforeAfter('the same of its control'),
};
const pairColumns = (name: string, means: string) => ({
  [`${name}Before`]: numberColumn(`events of ${means} before`),
  [`${name}After`]: numberColumn(`and after`),
});
const maybeColumns = (name: string, means: string) =>
  Object.fromEntries(Object.entries(pairColumns(name, means)).map(([key, column]) => [key, maybe(column)]));

const panel = list(
  object({
    unit: text('name of the area'),
    time: number('number of the period'),
    treated: yesNo('whether the area is treated'),
    post: yesNo('whether the period is after the start'),
    count: number('count of events'),
  }),
  'for each area and period {"unit", "time", "treated", "post", "count"}',
);
const panelColumns = {
  unit: textColumn('name of the area'),
  time: numberColumn('number of the period'),
  treated: yesNoColumn('whether the area is treated'),
  post: yesNoColumn('whether the period is after the start'),
  count: numberColumn('count of events'),
};
const panelOf = ({ unit = [], time = [], treated = [], post = [], count = [] }: Cells) => ({
  rows: unit.map((name, i) => ({ unit: name, time: time[i], treated: treated[i], post: post[i], count: count[i] })),
});
const panelRows = Array.from({ length: 24 }, (_, i) => ({
  unit: `U${i % 4}`,
  time: i >> 2,
  treated: i % 4 < 2,
  post: i >= 12,
  count: (i % 4 < 2 && i >= 12 ? 50 : 100) + ((i * 7) % 5),
}));
const panelLines = [
  'unit,time,treated,post,count',
  ...panelRows.map(
    ({ unit, time, treated, post, count }) =>
      `${unit},${time},${treated ? 'yes' : 'no'},${post ? 'yes' : 'no'},${count}`,
  ),
];

const courses = {
  treated: numbers('figure of the treated area in each period; a rate, not a count'),
  donors: lists('a list for each other area: its figure in each period'),
  periodsBefore: whole(0, 100_000, 'how many periods, from the first, lie before the start'),
};
const courseColumns = {
  area: textColumn('name of the area'),
  period: numberColumn('number of the period'),
  value: numberColumn('figure of the area in the period; a rate, not a count'),
  treated: yesNoColumn('whether the area is the treated one'),
};

/** Per area the figures in the order of the periods; those of the treated area apart. */
function coursesOf(cells: Cells) {
  const areas = textsIn(cells, 'area');
  const periods = numbersIn(cells, 'period');
  const values = numbersIn(cells, 'value');
  const isTreated = cells['treated'] ?? [];
  const order = [...values.keys()].sort((a, b) => (periods[a] ?? 0) - (periods[b] ?? 0));
  const course = (name: string) => order.filter((i) => areas[i] === name).map((i) => values[i] ?? 0);
  const treated = distinct(areas.filter((_name, i) => isTreated[i] === true));
  return {
    // More than one treated area is no design for this method: their courses on end differ in length from the donors'.
    treated: treated.flatMap(course),
    donors: donorsOf(cells).map(course),
  };
}
const donorsOf = (cells: Cells): readonly string[] => {
  const isTreated = cells['treated'] ?? [];
  return distinct(textsIn(cells, 'area').filter((_name, i) => isTreated[i] === false));
};

const courseExample = {
  treated: [2, 4, 9],
  donors: [
    [1, 3, 4],
    [3, 6, 5],
    [2, 5, 5],
  ],
  periodsBefore: 2,
};
const courseCsv = {
  lines: [
    'area,period,value,treated',
    ...[courseExample.treated, ...courseExample.donors].flatMap((values, area) =>
      values.map((value, period) => `${'TABC'.charAt(area)},${period + 1},${value},${area === 0 ? 'yes' : 'no'}`),
    ),
  ],
  options: ['--periods-before 2'],
};
const monthly = Array.from({ length: 48 }, (_, i) => (i < 24 ? 200 : 100) + (i % 5));

/** Did it work? */
export const evaluationMethods: readonly Method[] = [
  method({
    of: 'evidenceStrength',
    file: 'evidence-strength.ts',
    summary: 'How strong the evidence of a design can be, by the Maryland scale',
    fields: {
      design: choice(
        [
          'before-and-after',
          'interrupted-time-series',
          'displacement-difference',
          'synthetic-control',
          'difference-in-differences',
          'randomised-trial',
        ],
        'the design of the evaluation',
      ),
    },
    example: { design: 'displacement-difference' },
    run: ({ design }) => evidenceStrength(design),
  }),
  method({
    of: 'returnToMean',
    file: 'return-to-mean.ts',
    summary: 'How far an area that was picked for a peak will fall back by itself',
    fields: {
      events: numbers('count of events in each area that could have been picked'),
      population: numbers('number of people of each'),
      picked: whole(0, 1_000_000, 'place of the area that was picked, the first being 0'),
    },
    example: { events: [4, 6, 20], population: [100, 100, 100], picked: 2 },
    run: returnToMean,
  }),
  method({
    name: 'interrupted-time-series',
    of: 'interruptedTimeSeries',
    file: 'interrupted-time-series.ts',
    summary: 'Whether the level or the slope of a monthly count changed when something started',
    fields: {
      counts: numbers('count of each month, in their order'),
      startsAt: whole(0, 100_000, 'place, counted from 0, of the first month after the start'),
      exposure: optional(numbers('days of each month, times people for a rate')),
      pointsPerYear: optional(number('12 unless given')),
      harmonics: optional(number('waves of the season, 1 unless given')),
      lag: optional(number('months of autocorrelation that the errors allow for, 6 unless given')),
      level: optional(level),
      seed,
      draws: optional(draws('draws for the interval of what was prevented, 1000 unless given')),
    },
    columns: {
      month: maybe(textColumn('the month, for the reader')),
      count: numberColumn('count of the month'),
      exposure: maybe(numberColumn('days of the month, times people for a rate')),
    },
    fromCells: ({ count, exposure }) => ({ counts: count, exposure }),
    example: { counts: monthly, startsAt: 24 },
    exampleCsv: { lines: ['count', ...monthly.map(String)], options: ['--starts-at 24'] },
    run: interruptedTimeSeries,
  }),
  method({
    name: 'displacement',
    of: 'weightedDisplacementDifference',
    file: 'displacement.ts',
    summary: 'How many more or fewer events an area and its buffer had than their controls lead to expect',
    fields: {
      ...places,
      buffer: optional(beforeAfter('the same of the area to which crime may have moved')),
      bufferControl: optional(beforeAfter('and of its control')),
      periodLengths: optional(beforeAfter('length of each period, any unit')),
      level: optional(level),
    },
    rows: 'each',
    columns: {
      area: area('a comparison of its own'),
      ...pairColumns('treated', 'the treated area'),
      ...pairColumns('control', 'its control'),
      ...maybeColumns('buffer', 'the buffer'),
      ...maybeColumns('bufferControl', 'the buffer’s control'),
      ...maybeColumns('periodLengths', 'nothing: the length of the period'),
    },
    label: 'area',
    fromCells: (cells) => ({
      treated: pair(cells, 'treated', 'before', 'after'),
      control: pair(cells, 'control', 'before', 'after'),
      buffer: pair(cells, 'buffer', 'before', 'after'),
      bufferControl: pair(cells, 'bufferControl', 'before', 'after'),
      periodLengths: pair(cells, 'periodLengths', 'before', 'after'),
    }),
    example: { treated: { before: 60, after: 40 }, control: { before: 50, after: 52 } },
    exampleCsv: { lines: ['treatedBefore,treatedAfter,controlBefore,controlAfter', '60,40,50,52'] },
    run: weightedDisplacementDifference,
  }),
  method({
    of: 'weightedDisplacementQuotient',
    file: 'displacement.ts',
    summary: 'How the buffer moved for each unit by which the treated area moved',
    fields: { ...places, buffer: beforeAfter('the same of the area to which crime may have moved') },
    rows: 'each',
    columns: {
      area: area('a comparison of its own'),
      ...pairColumns('treated', 'the treated area'),
      ...pairColumns('buffer', 'the buffer'),
      ...pairColumns('control', 'their control'),
    },
    label: 'area',
    fromCells: (cells) => ({
      treated: pair(cells, 'treated', 'before', 'after'),
      buffer: pair(cells, 'buffer', 'before', 'after'),
      control: pair(cells, 'control', 'before', 'after'),
    }),
    example: {
      treated: { before: 60, after: 40 },
      buffer: { before: 20, after: 20 },
      control: { before: 50, after: 50 },
    },
    exampleCsv: {
      lines: ['treatedBefore,treatedAfter,bufferBefore,bufferAfter,controlBefore,controlAfter', '60,40,20,20,50,50'],
    },
    run: weightedDisplacementQuotient,
  }),
  method({
    of: 'weightedHarmDifference',
    file: 'displacement.ts',
    summary: 'The change in harm over several kinds of offence',
    fields: {
      changes: list(
        object({ estimate: number('change'), standardError: number('its error'), weight: number('weight') }),
        'for each offence {"estimate", "standardError", "weight"}',
      ),
      level: optional(level),
    },
    columns: {
      estimate: numberColumn('change of the offence, events'),
      standardError: numberColumn('its standard error'),
      weight: numberColumn('weight of the offence, days'),
    },
    fromCells: ({ estimate = [], standardError = [], weight = [] }) => ({
      changes: estimate.map((each, i) => ({ estimate: each, standardError: standardError[i], weight: weight[i] })),
    }),
    example: { changes: [{ estimate: -10, standardError: 5, weight: 10 }] },
    exampleCsv: { lines: ['estimate,standardError,weight', '-10,5,10'] },
    run: (input) => weightedHarmDifference(input.changes, input.level),
  }),
  method({
    name: 'difference-in-differences',
    of: 'differenceInDifferences',
    file: 'difference-in-differences.ts',
    summary: 'Whether treated areas changed more than comparison areas did',
    fields: {
      rows: panel,
      level: optional(level),
      seed,
      draws: optional(draws('assignments tried, when there are too many to try each; 999 unless given')),
    },
    columns: panelColumns,
    fromCells: panelOf,
    example: { rows: panelRows },
    exampleCsv: { lines: panelLines },
    run: differenceInDifferences,
  }),
  method({
    of: 'eventStudy',
    file: 'difference-in-differences.ts',
    summary: 'The treated areas’ course over that of the comparison areas, period by period',
    fields: { rows: panel, level: optional(level) },
    columns: panelColumns,
    fromCells: panelOf,
    example: { rows: panelRows },
    exampleCsv: { lines: panelLines },
    run: eventStudy,
  }),
  method({
    name: 'synthetic-control',
    of: 'syntheticControl',
    file: 'synthetic-control.ts',
    summary: 'The mix of other areas that ran like the treated one before, and how it departed after',
    fields: courses,
    columns: courseColumns,
    names: donorsOf,
    fromCells: coursesOf,
    example: courseExample,
    exampleCsv: courseCsv,
    run: syntheticControl,
  }),
  method({
    of: 'placeboTest',
    file: 'synthetic-control.ts',
    summary: 'A synthetic control ranked among the same done to every other area',
    fields: { ...courses, level: optional(level) },
    columns: courseColumns,
    names: donorsOf,
    fromCells: coursesOf,
    workers: true,
    example: courseExample,
    exampleCsv: courseCsv,
    run: (input, how) => runReplicates('placebo-test', input, how),
  }),
  method({
    of: 'detectableChange',
    file: 'detectable-change.ts',
    summary: 'The smallest change that a comparison of before and after would find',
    fields: {
      before: number('events expected before'),
      after: number('events expected after, if nothing changes'),
      comparison: optional(beforeAfter('{"before", "after"} of a comparison area')),
      dispersion: optional(number('variance over that of chance, 1 unless given')),
      power: optional(number('chance of finding it, 0.8 unless given')),
      level: optional(level),
    },
    rows: 'each',
    columns: {
      area: area('a design of its own'),
      before: numberColumn('events expected before'),
      after: numberColumn('events expected after, if nothing changes'),
      ...maybeColumns('comparison', 'the comparison area'),
    },
    label: 'area',
    fromCells: (cells) => ({
      before: cells['before']?.[0],
      after: cells['after']?.[0],
      comparison: pair(cells, 'comparison', 'before', 'after'),
    }),
    example: { before: 200, after: 200 },
    exampleCsv: { lines: ['before,after', '200,200'] },
    run: detectableChange,
  }),
];
