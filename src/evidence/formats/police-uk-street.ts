import { expressing, type SourceFormat } from '../source.ts';
import { crimeTypes } from './police-uk.ts';

const proxy = 'the type “Violence and sexual offences”, which also holds common assault, harassment and stalking';

/** Street-level crime as data.police.uk publishes it, a file a force and month. */
export const policeUkStreet: SourceFormat = {
  name: 'police-uk-street',
  version: 1,
  title: 'Street-level crime (data.police.uk)',
  about:
    'Crime and anti-social behaviour that forces recorded, by month, type and a point near where it happened. Published by the Home Office as open data.',
  level: 'records',
  disclosure: 'open',
  areas: 'LSOA codes: of 2011 in older months, of 2021 in newer ones',
  usualLagDays: 60,
  everyMonths: 1,
  rules: {
    columns: [
      {
        header: 'Crime ID',
        name: 'crime_id',
        type: 'hex',
        example: 'c0ffee'.padEnd(64, '0'),
        meaning: 'Names the crime. Anti-social behaviour has none, and one crime may have several rows.',
      },
      { header: 'Month', name: 'month', type: 'month', required: true, meaning: 'When it was recorded.' },
      {
        header: 'Reported by',
        name: 'reported_by',
        type: 'text',
        required: true,
        meaning: 'The force that sent it.',
      },
      {
        header: 'Falls within',
        name: 'falls_within',
        type: 'text',
        required: true,
        meaning: 'The force in whose area it happened, as the sender says.',
      },
      {
        header: 'Longitude',
        name: 'longitude',
        type: 'number',
        decimals: 6,
        between: [-9, 2.5],
        example: '-2.5',
        meaning: 'Of a map point near the place, never the place itself.',
      },
      {
        header: 'Latitude',
        name: 'latitude',
        type: 'number',
        decimals: 6,
        between: [49, 61],
        example: '53.4',
        meaning: 'Of a map point near the place, never the place itself.',
      },
      { header: 'Location', name: 'location', type: 'text', meaning: 'The name of the map point.' },
      {
        header: 'LSOA code',
        name: 'lsoa_code',
        type: 'text',
        example: 'E01012670',
        matches: { pattern: '[A-Z0-9]{2,9}', sentence: 'is not the code of an area' },
        meaning: 'The small area of the map point. Empty where the place is not known.',
      },
      { header: 'LSOA name', name: 'lsoa_name', type: 'text', meaning: 'Its name.' },
      {
        header: 'Crime type',
        name: 'crime_type',
        type: 'text',
        required: true,
        oneOf: crimeTypes,
        meaning: 'One of the fourteen types.',
      },
      {
        header: 'Last outcome category',
        name: 'last_outcome_category',
        type: 'text',
        meaning: 'The newest outcome when the file was published.',
      },
      { header: 'Context', name: 'context', type: 'text', longest: 1000, meaning: 'Hardly ever filled.' },
    ],
    standard: {
      month: 'month',
      area: 'lsoa_code',
      category: { column: 'crime_type' },
      provider: { column: 'falls_within' },
    },
  },
  counts: { one: 'crime', many: 'crimes' },
  distinct: {
    option: 'crime-id',
    column: 'crime_id',
    caution: 'Anti-social behaviour has no Crime ID, so it is not in this count.',
  },
  breakdowns: ['last_outcome_category'],
  expresses: expressing(
    {
      violence: { can: 'by-proxy', proxy },
      sexual: { can: 'by-proxy', proxy },
      robbery: { can: 'fully' },
      weapon: { can: 'by-proxy', proxy: 'the type “Possession of weapons”, which is carrying and not use' },
      'domestic-abuse': {
        can: 'not',
        because: 'data.police.uk publishes one type for violence and sexual offences without a domestic abuse flag',
      },
      drugs: { can: 'by-proxy', proxy: 'the type “Drugs”: drug offences, not offences under their influence' },
      place: { can: 'by-proxy', proxy: 'the LSOA of a map point near the place' },
    },
    'data.police.uk publishes one type for violence and sexual offences, a month and a map point: no offence, flag, day, time, age or person',
  ),
  cautions: [
    'Rows are counted. One crime may have several rows, and a Crime ID may repeat.',
    'Places are map points near where it happened, so nothing is said about a street or an address.',
    'Months only: nothing can be said about days, weekdays or hours.',
  ],
};
