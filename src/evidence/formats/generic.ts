import { expressing, type SourceFormat } from '../source.ts';
import { countBreakdowns, countCautions, countColumns, countStandard, textColumn } from './columns.ts';

/** Anything that is counted. */
export const generic: SourceFormat = {
  name: 'generic',
  version: 1,
  title: 'Counts from any other source',
  about:
    'A table that says how many of what, where and when. For what no other format holds: made from a partner’s own table by a mapping, or written as it is.',
  level: 'counts',
  disclosure: 'standard',
  areas: 'codes of any kind of area, one kind a file',
  usualLagDays: 60,
  everyMonths: 1,
  rules: {
    columns: [
      ...countColumns('Category', 'What is counted.'),
      textColumn('Detail', 'detail', 'A second heading below the category.'),
      textColumn('Place Type', 'place_type', 'Kind of place.'),
      textColumn('Weekday', 'weekday', 'Day of the week, where the partner counts by it.'),
      textColumn('Time of Day', 'time_of_day', 'Part of the day, where the partner counts by it.'),
    ],
    standard: countStandard,
  },
  counts: { one: 'case', many: 'cases' },
  breakdowns: [...countBreakdowns, 'detail', 'place_type', 'weekday', 'time_of_day'],
  expresses: expressing(
    {
      place: { can: 'by-proxy', proxy: 'the area that the partner counts by' },
      sex: { can: 'by-proxy', proxy: 'sex, where the table has it' },
      ethnicity: { can: 'by-proxy', proxy: 'ethnic group, where the table has it' },
    },
    'Concord does not know what this source counts: a definition may take its categories by name, and says why',
  ),
  cautions: [
    ...countCautions,
    'What a category means is known to the partner only. Write it into the note of the mapping.',
  ],
};
