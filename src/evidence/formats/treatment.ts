import { expressing, type SourceFormat } from '../source.ts';
import { countBreakdowns, countCautions, countColumns, countStandard, textColumn } from './columns.ts';

/** People in treatment (SI 2007/1831, item 11). */
export const treatment: SourceFormat = {
  name: 'treatment',
  version: 1,
  title: 'Drug and alcohol treatment (counts)',
  about:
    'How many people are in treatment for drugs or alcohol, how many began and ended it, and how many came to a first appointment for mental illness. Sent by the integrated care board or the council.',
  level: 'counts',
  disclosure: 'health',
  areas: 'codes of the authorities where people live',
  usualLagDays: 60,
  everyMonths: 3,
  rules: {
    columns: [
      ...countColumns(
        'Measure',
        'What is counted: In treatment, Began treatment, Completed, Waiting, Mental illness first attendances.',
      ),
      textColumn('Substance', 'substance', 'Opiates, non-opiates, alcohol, or both.'),
    ],
    standard: countStandard,
  },
  counts: { one: 'person', many: 'people' },
  breakdowns: [...countBreakdowns, 'substance'],
  expresses: expressing(
    {
      alcohol: { can: 'by-proxy', proxy: 'people in treatment for alcohol, which is not alcohol in an offence' },
      drugs: { can: 'by-proxy', proxy: 'people in treatment for drugs, which is not drugs in an offence' },
      sex: { can: 'by-proxy', proxy: 'sex, where the table has it' },
      ethnicity: { can: 'by-proxy', proxy: 'ethnic group, where the table has it' },
    },
    'treatment says who gets help: no violence, no offence and no harm',
  ),
  cautions: [
    ...countCautions,
    'In treatment is counted on a day or over a year: look which, and add nothing.',
    'Fewer in treatment may mean less need or less help.',
  ],
};
