import { expressing, type SourceFormat } from '../source.ts';
import { countBreakdowns, countCautions, countColumns, countStandard, textColumn } from './columns.ts';

/** Admissions as counts, already under the disclosure control of their sender (SI 2007/1831, items 9 and 10). */
export const hospitalAdmissions: SourceFormat = {
  name: 'hospital-admissions',
  version: 1,
  title: 'Hospital admissions (counts)',
  about:
    'How many admissions a hospital or the integrated care board counted by cause: assault (ICD-10 X85 to Y09, with X99 for a sharp object), drugs (F10 to F19), alcohol (T51, Y90, Y91) and domestic abuse. Small numbers are hidden before it is sent.',
  level: 'counts',
  disclosure: 'health',
  areas: 'codes of the areas where people live, or outward postcodes',
  usualLagDays: 92,
  everyMonths: 3,
  rules: {
    columns: [
      ...countColumns(
        'Cause',
        'Code of the cause such as X99, a range of codes such as X85-Y09, or words such as Domestic abuse.',
      ),
      {
        header: 'Outward Postcode',
        aliases: ['Outcode', 'Postcode District'],
        name: 'outward_postcode',
        example: 'ZE9',
        type: 'text',
        mayLack: true,
        matches: {
          pattern: '[A-Z]{1,2}[0-9][0-9A-Z]?',
          sentence: 'is not the first half of a postcode: the second half must not be sent',
        },
        meaning: 'First half of the postcode where people live, as SI 2007/1831 prescribes.',
      },
      textColumn('Count Basis', 'basis', 'What is counted: finished admission episodes, admissions or people.'),
    ],
    standard: countStandard,
  },
  counts: { one: 'admission', many: 'admissions' },
  breakdowns: [...countBreakdowns, 'outward_postcode', 'basis'],
  expresses: expressing(
    {
      violence: { can: 'by-proxy', proxy: 'admissions for assault, which are the worst injuries only' },
      knife: { can: 'by-proxy', proxy: 'cause X99: a sharp object, which is more than knives' },
      weapon: { can: 'by-proxy', proxy: 'causes X93 to X99 and Y00' },
      firearm: { can: 'by-proxy', proxy: 'causes X93 to X95' },
      'domestic-abuse': { can: 'by-proxy', proxy: 'admissions that the hospital put down to domestic abuse' },
      sexual: { can: 'by-proxy', proxy: 'cause Y05' },
      alcohol: { can: 'by-proxy', proxy: 'causes T51, Y90 and Y91' },
      drugs: { can: 'by-proxy', proxy: 'causes F10 to F19' },
      'age-of-victim': { can: 'by-proxy', proxy: 'age group, where the table has it' },
      sex: { can: 'by-proxy', proxy: 'sex, where the table has it' },
      ethnicity: { can: 'by-proxy', proxy: 'ethnic group, where the table has it' },
      place: { can: 'by-proxy', proxy: 'where people live, not where it happened' },
    },
    'an admission is not an offence: it is counted by cause and area, without day, offender or crime',
  ),
  cautions: [
    ...countCautions,
    'The area is where people live and not where they were hurt.',
    'X99 leaves out accidents (W25, W26), self-harm (X78) and what is undetermined (Y28).',
    'Sub-national numbers from 1 to 7 are hidden, and others may be rounded to 5 (rule of HES since 2018).',
  ],
};
