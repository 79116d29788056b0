import { expressing, type SourceFormat } from '../source.ts';
import { countBreakdowns, countCautions, countColumns, countStandard, textColumn } from './columns.ts';

/** Caseload and reoffending of the Probation Service. */
export const probation: SourceFormat = {
  name: 'probation',
  version: 1,
  title: 'Probation (counts)',
  about:
    'How many people the Probation Service supervises, by group of offence and risk, and how many of a cohort offended again. Sent each quarter.',
  level: 'counts',
  disclosure: 'standard',
  areas: 'codes of the authorities where people live',
  usualLagDays: 90,
  everyMonths: 3,
  rules: {
    columns: [
      ...countColumns('Measure', 'What is counted: Caseload, Starts, Cohort, Reoffended.'),
      textColumn('Offence Group', 'offence_group', 'Group of the main offence.'),
      textColumn('Risk', 'risk', 'Risk of serious harm: low, medium, high, very high.'),
      textColumn('Supervision', 'supervision', 'Community order, suspended sentence, licence.'),
    ],
    standard: countStandard,
  },
  counts: { one: 'person', many: 'people' },
  breakdowns: [...countBreakdowns, 'offence_group', 'risk', 'supervision'],
  expresses: expressing(
    {
      violence: { can: 'by-proxy', proxy: 'people under supervision for violence, counted long after the offence' },
      sexual: { can: 'by-proxy', proxy: 'people under supervision for a sexual offence' },
      robbery: { can: 'by-proxy', proxy: 'people under supervision for robbery' },
      'age-of-suspect': { can: 'by-proxy', proxy: 'age group, where the table has it' },
      sex: { can: 'by-proxy', proxy: 'sex, where the table has it' },
      ethnicity: { can: 'by-proxy', proxy: 'ethnic group, where the table has it' },
    },
    'people under supervision are counted, not offences, and by quarter and authority only',
  ),
  cautions: [
    ...countCautions,
    'A caseload is counted on a day: the numbers of four quarters must not be added.',
    'A cohort is followed for a year or more, so its reoffending is known late.',
  ],
};
