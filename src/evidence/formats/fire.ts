import { expressing, type SourceFormat } from '../source.ts';
import {
  areaColumn,
  degreeColumns,
  flagColumn,
  gridColumns,
  pointsOfRows,
  pointsWhole,
  textColumn,
} from './columns.ts';

/** Incidents of a fire and rescue service that SI 2007/1831 names (items 3 and 4). */
export const fire: SourceFormat = {
  name: 'fire',
  version: 1,
  title: 'Fire and rescue incidents',
  about:
    'One row for each deliberate fire, malicious call, attack on staff, or fire in a home without a working alarm. Sent by the fire and rescue service.',
  level: 'records',
  disclosure: 'standard',
  areas: 'LSOA codes of the incident; a point is placed in an LSOA when the file is loaded',
  usualLagDays: 30,
  everyMonths: 1,
  rules: {
    columns: [
      {
        header: 'Incident Date and Time',
        aliases: ['Incident Date Time', 'Date and Time', 'Call Date Time', 'Incident Date'],
        name: 'happened_at',
        type: 'moment',
        required: true,
        meaning: 'When the call came. Its month is the month of the row.',
      },
      {
        header: 'Category',
        aliases: ['Incident Category', 'Incident Type'],
        name: 'incident_category',
        type: 'text',
        required: true,
        oneOf: [
          'Deliberate primary fire: vehicle',
          'Deliberate primary fire: not a vehicle',
          'Deliberate secondary fire',
          'Violence towards staff',
          'Dwelling fire without a working alarm',
          'Malicious call',
        ],
        meaning: 'One of six kinds. A service that uses other words is read through a mapping.',
      },
      areaColumn('LSOA Code', 'lsoa_code', 'Small area of the incident.', ['LSOA']),
      ...gridColumns('of the incident'),
      ...degreeColumns('of the incident'),
      textColumn('Property Type', 'property_type', 'What was on fire.'),
      flagColumn('Casualties', 'casualties', 'Whether somebody was hurt.'),
      textColumn('Service', 'fire_service', 'Name of the fire and rescue service.'),
    ],
    rows: pointsWhole,
    standard: {
      month: 'happened_at',
      area: 'lsoa_code',
      points: pointsOfRows,
      category: { column: 'incident_category' },
      provider: { column: 'fire_service' },
    },
  },
  counts: { one: 'incident', many: 'incidents' },
  breakdowns: ['property_type', 'casualties'],
  expresses: expressing(
    {
      violence: {
        can: 'by-proxy',
        proxy: 'deliberate fires, which are violence against property, and attacks on staff',
      },
      'time-of-day': { can: 'fully' },
      day: { can: 'fully' },
      place: { can: 'fully' },
    },
    'the service records a fire or a call: no offence, no weapon, no victim and no suspect',
  ),
  cautions: [
    'Deliberate is what the officer in charge thought at the fire. The police may see it another way.',
    'Some incidents are also in the police’s crimes as arson. Do not add the two.',
  ],
};
