import type { FormatName } from './source.ts';

/**
 * What relevant authorities have to share with each other, depersonalised and electronically, by the end of the quarter
 * after the one that it is of: the Crime and Disorder (Prescribed Information) Regulations 2007, SI 2007/1831.
 */
export interface PrescribedItem {
  readonly item: number;
  readonly what: string;
  readonly format: FormatName;
  /** How it comes into that format, where it is not made for it. */
  readonly how: string;
}

export const prescribedItems: readonly PrescribedItem[] = [
  {
    item: 1,
    what: 'Incidents of anti-social behaviour, transport and public safety',
    format: 'generic',
    how: 'A mapping counts the rows by month, small area and category. Anti-social behaviour also stands in police-uk-street.',
  },
  { item: 2, what: 'Crimes by sub-category, time, date and place', format: 'force-extract', how: 'As it is.' },
  { item: 3, what: 'Deliberate primary and secondary fires, violence towards staff', format: 'fire', how: 'As it is.' },
  { item: 4, what: 'Fires in homes without a working alarm, malicious calls', format: 'fire', how: 'As it is.' },
  {
    item: 5,
    what: 'Road collisions, with adults and children killed or hurt',
    format: 'generic',
    how: 'A mapping counts the rows; how bad they were is the category.',
  },
  { item: 6, what: 'Exclusions from school, permanent and fixed-term', format: 'exclusions', how: 'As it is.' },
  {
    item: 7,
    what: 'Racial incidents',
    format: 'generic',
    how: 'A mapping counts the rows by month and small area.',
  },
  {
    item: 8,
    what: 'Anti-social behaviour that the local authority found or was told of',
    format: 'generic',
    how: 'A mapping counts the rows by month, small area and category.',
  },
  {
    item: 9,
    what: 'Hospital admissions for assault, drugs and alcohol, by first half of the postcode',
    format: 'hospital-admissions',
    how: 'As counts. A list of admissions is counted by a mapping.',
  },
  {
    item: 10,
    what: 'Hospital admissions for domestic abuse',
    format: 'hospital-admissions',
    how: 'As counts, with “Domestic abuse” as the cause.',
  },
  {
    item: 11,
    what: 'First attendances for mental illness, and people in drug treatment',
    format: 'treatment',
    how: 'As counts, each as a measure of its own.',
  },
  { item: 12, what: 'Ambulance calls to crime and disorder', format: 'ambulance', how: 'As it is.' },
];
