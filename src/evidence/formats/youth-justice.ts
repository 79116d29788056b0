import { expressing, type SourceFormat } from '../source.ts';
import { countBreakdowns, countCautions, countColumns, countStandard, textColumn } from './columns.ts';

/** Caseload and indicators of youth justice services. */
export const youthJustice: SourceFormat = {
  name: 'youth-justice',
  version: 1,
  title: 'Youth justice (counts)',
  about:
    'How many children a youth justice service worked with, by what is measured: caseload, first-time entrants, serious youth violence and the key performance indicators. Sent each quarter.',
  level: 'counts',
  disclosure: 'standard',
  areas: 'codes of the authorities of the youth justice service',
  usualLagDays: 60,
  everyMonths: 3,
  rules: {
    columns: [
      ...countColumns(
        'Measure',
        'What is counted: Caseload, First-time entrants, Serious youth violence, or a key performance indicator.',
      ),
      textColumn('Offence Group', 'offence_group', 'Group of the main offence: robbery, violence, drugs.'),
      textColumn('Gravity', 'gravity', 'Gravity score of the main offence.'),
      textColumn('Outcome', 'outcome', 'Outcome or kind of work.'),
    ],
    standard: countStandard,
  },
  counts: { one: 'child', many: 'children' },
  breakdowns: [...countBreakdowns, 'offence_group', 'gravity', 'outcome'],
  expresses: expressing(
    {
      violence: {
        can: 'by-proxy',
        proxy: 'children whose main offence is violence, counted when they were dealt with',
      },
      robbery: { can: 'by-proxy', proxy: 'children whose main offence is robbery' },
      drugs: { can: 'by-proxy', proxy: 'children whose main offence is a drug offence' },
      'age-of-suspect': { can: 'by-proxy', proxy: 'age group, where the table has it' },
      sex: { can: 'by-proxy', proxy: 'sex, where the table has it' },
      ethnicity: { can: 'by-proxy', proxy: 'ethnic group, where the table has it' },
    },
    'children who are worked with are counted, not offences, and by quarter and authority only',
  ),
  cautions: [
    ...countCautions,
    'Serious youth violence is robbery, violence or a drug offence by a child with a gravity score of 5 or more. Check the definition of the year.',
  ],
};
