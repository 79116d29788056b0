import { expressing, type SourceFormat } from '../source.ts';
import { policeUkStreet } from './police-uk-street.ts';

const streetColumn = (name: string) => policeUkStreet.rules.columns.filter((column) => column.name === name);

/** Outcomes of crimes as data.police.uk publishes them, a file a force and month. */
export const policeUkOutcomes: SourceFormat = {
  name: 'police-uk-outcomes',
  version: 1,
  title: 'Outcomes of crimes (data.police.uk)',
  about:
    'Each outcome that a force gave to a crime, in the month of the outcome. Published by the Home Office as open data. A crime may have several outcomes.',
  level: 'records',
  disclosure: 'open',
  areas: policeUkStreet.areas,
  usualLagDays: 60,
  everyMonths: 1,
  rules: {
    columns: [
      ...streetColumn('crime_id'),
      { header: 'Month', name: 'month', type: 'month', required: true, meaning: 'When the outcome was given.' },
      ...['reported_by', 'falls_within', 'longitude', 'latitude', 'location', 'lsoa_code', 'lsoa_name'].flatMap(
        streetColumn,
      ),
      {
        header: 'Outcome type',
        name: 'outcome_type',
        type: 'text',
        required: true,
        meaning: 'What became of it, in the words of data.police.uk.',
      },
    ],
    rows: [{ together: ['longitude', 'latitude'] }],
    standard: {
      month: 'month',
      area: 'lsoa_code',
      points: [{ x: 'longitude', y: 'latitude', grid: 'wgs84' }],
      category: { column: 'outcome_type' },
      provider: { column: 'falls_within' },
    },
  },
  counts: { one: 'outcome', many: 'outcomes' },
  distinct: {
    option: 'crime-id',
    column: 'crime_id',
    caution: 'Different crimes that had an outcome in the period; each once, however many outcomes it had.',
  },
  breakdowns: [],
  expresses: expressing(
    { place: { can: 'by-proxy', proxy: 'the LSOA of a map point near the place' } },
    'an outcome names no type of crime, no person and no day; the type stands in the street-level file under the same Crime ID',
  ),
  cautions: [
    'A month is the month of the outcome and not of the crime, so outcomes of a month are not a share of its crimes.',
    'One crime may have several outcomes over time.',
    'Places are map points near where it happened, so nothing is said about a street or an address.',
  ],
};
