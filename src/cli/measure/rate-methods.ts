import {
  byarLimits,
  crudeRate,
  directlyStandardisedRate,
  empiricalBayesRates,
  exactPoissonLimits,
  indirectlyStandardisedRatio,
  poissonLimits,
  publishableRate,
  wilsonProportion,
} from '../../measures/index.ts';
import { maybe, numberColumn, numbersColumn, numbersIn, textColumn } from './columns.ts';
import { choice, list, lists, number, numbers, object, optional } from './field.ts';
import { method, type Method } from './method.ts';
import { area, countLimits, level, rowsOf } from './shape.ts';

const band = { events: number('events in the band'), population: number('people in the band') };
const bandColumns = {
  area: area('standardised apart'),
  band: maybe(textColumn('its name, for the reader')),
  events: numberColumn('events in the band'),
  population: numberColumn('people in the band'),
};
const per = number('people for whom the rate is given: 1000, 100000 …');

/** How much, and how sure? */
export const rateMethods: readonly Method[] = [
  method({
    name: 'rates-ci',
    of: 'crudeRate',
    file: 'rate.ts',
    summary: 'The crude rate of events for so many people, with its interval',
    fields: {
      events: number('count of events'),
      population: number('people (or person-time)'),
      per,
      level: optional(level),
      interval: optional(
        choice(['exact', 'by-count'], 'exact for every count, or exact under 10 events and Byar’s from there'),
      ),
    },
    rows: 'each',
    columns: {
      area: area('a rate of its own'),
      events: numberColumn('count of events'),
      population: numberColumn('people'),
    },
    label: 'area',
    fromCells: rowsOf('events', 'population'),
    example: { events: 30, population: 70250, per: 1000 },
    exampleCsv: { lines: ['area,events,population', 'A,30,70250', 'B,4,9800'], options: ['--per 1000'] },
    run: crudeRate,
  }),
  method({
    of: 'publishableRate',
    file: 'rate.ts',
    summary: 'The crude rate as a published view may show it: none for fewer than 500 people or 5 events',
    fields: {
      events: number('count of events'),
      population: number('people (or person-time)'),
      per,
      level: optional(level),
    },
    rows: 'each',
    columns: {
      area: area('a rate of its own'),
      events: numberColumn('count of events'),
      population: numberColumn('people'),
    },
    label: 'area',
    fromCells: rowsOf('events', 'population'),
    example: { events: 30, population: 70250, per: 1000 },
    exampleCsv: { lines: ['area,events,population', 'A,30,70250', 'B,4,9800'], options: ['--per 1000'] },
    run: publishableRate,
  }),
  method({
    of: 'wilsonProportion',
    file: 'wilson.ts',
    summary: 'A proportion with Wilson’s interval, for those who can count once only',
    fields: {
      count: number('how many have it'),
      whole: number('how many there are'),
      per: optional(number('what the proportion is given of: 1, or 100 for per cent')),
      level: optional(level),
    },
    rows: 'each',
    columns: {
      area: area('a proportion of its own'),
      count: numberColumn('how many have it'),
      whole: numberColumn('how many there are'),
    },
    label: 'area',
    fromCells: rowsOf('count', 'whole'),
    example: { count: 2, whole: 40, per: 100 },
    exampleCsv: { lines: ['area,count,whole', 'A,2,40'], options: ['--per 100'] },
    run: wilsonProportion,
  }),
  method({
    of: 'poissonLimits',
    file: 'poisson-interval.ts',
    summary: 'The limits of a count: exact below 10 events, Byar’s from 10 on',
    fields: countLimits,
    rows: 'each',
    columns: { events: numberColumn('count of events') },
    fromCells: rowsOf('events'),
    example: { events: 9, level: 0.95 },
    exampleCsv: { lines: ['events', '9', '30'], options: ['--level 0.95'] },
    run: (input) => poissonLimits(input.events, input.level),
  }),
  method({
    of: 'exactPoissonLimits',
    file: 'poisson-interval.ts',
    summary: 'Garwood’s exact limits of a count',
    fields: countLimits,
    rows: 'each',
    columns: { events: numberColumn('count of events') },
    fromCells: rowsOf('events'),
    example: { events: 0, level: 0.95 },
    exampleCsv: { lines: ['events', '0'], options: ['--level 0.95'] },
    run: (input) => exactPoissonLimits(input.events, input.level),
  }),
  method({
    of: 'byarLimits',
    file: 'poisson-interval.ts',
    summary: 'Byar’s limits of a count',
    fields: countLimits,
    rows: 'each',
    columns: { events: numberColumn('count of events') },
    fromCells: rowsOf('events'),
    example: { events: 10, level: 0.95 },
    exampleCsv: { lines: ['events', '10'], options: ['--level 0.95'] },
    run: (input) => byarLimits(input.events, input.level),
  }),
  method({
    name: 'standardised-rates',
    of: 'directlyStandardisedRate',
    file: 'standardised-rate.ts',
    summary: 'The rate an area would have if its age bands were of a standard’s sizes',
    fields: {
      bands: list(object({ ...band, standard: number('the band in the standard population') }), 'the age bands'),
      per,
      level: optional(level),
    },
    columns: { ...bandColumns, standard: numberColumn('the band in the standard population') },
    label: 'area',
    fromCells: ({ events = [], population = [], standard = [] }) => ({
      bands: events.map((_, i) => ({ events: events[i], population: population[i], standard: standard[i] })),
    }),
    example: {
      bands: [
        { events: 10, population: 1000, standard: 3 },
        { events: 80, population: 2000, standard: 1 },
      ],
      per: 1000,
    },
    exampleCsv: {
      lines: ['band,events,population,standard', '10-17,10,1000,3', '18-24,80,2000,1'],
      options: ['--per 1000'],
    },
    run: directlyStandardisedRate,
  }),
  method({
    of: 'indirectlyStandardisedRatio',
    file: 'standardised-rate.ts',
    summary: 'Events observed over those expected at a reference’s rate in each age band',
    fields: {
      bands: list(object({ ...band, reference: object(band, 'the same band of the reference') }), 'the age bands'),
      level: optional(level),
    },
    columns: {
      ...bandColumns,
      referenceEvents: numberColumn('events in the reference’s band'),
      referencePopulation: numberColumn('people in the reference’s band'),
    },
    label: 'area',
    fromCells: ({ events = [], population = [], referenceEvents = [], referencePopulation = [] }) => ({
      bands: events.map((_, i) => ({
        events: events[i],
        population: population[i],
        reference: { events: referenceEvents[i], population: referencePopulation[i] },
      })),
    }),
    example: { bands: [{ events: 12, population: 100, reference: { events: 60, population: 1000 } }] },
    exampleCsv: { lines: ['events,population,referenceEvents,referencePopulation', '12,100,60,1000'] },
    run: indirectlyStandardisedRatio,
  }),
  method({
    name: 'empirical-bayes',
    of: 'empiricalBayesRates',
    file: 'empirical-bayes.ts',
    summary: 'Area rates drawn towards the overall rate, the more the smaller the area',
    fields: {
      events: numbers('count of events, an area each'),
      population: numbers('people, an area each'),
      neighbours: optional(lists('for each area those next to it, counted from 0')),
    },
    columns: {
      area: area('named in the answer'),
      events: numberColumn('count of events'),
      population: numberColumn('people'),
      neighbours: maybe(numbersColumn('rows of the areas next to it, counted from 0')),
    },
    names: ({ area: names = [] }) => names,
    fromCells: (cells) => ({
      events: numbersIn(cells, 'events'),
      population: numbersIn(cells, 'population'),
      neighbours: cells['neighbours'],
    }),
    example: { events: [2, 18], population: [100, 100] },
    exampleCsv: { lines: ['events,population', '2,100', '18,100'] },
    run: empiricalBayesRates,
  }),
];
