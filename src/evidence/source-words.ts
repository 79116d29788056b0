import type { ColumnRule } from '../platform/releases/table.ts';
import type { Aspect, DisclosureClass, Expression, SourceFormat } from './source.ts';

export const aspectLabels: Readonly<Record<Aspect, string>> = {
  offence: 'Which offence it was',
  violence: 'Violence',
  homicide: 'Homicide',
  weapon: 'A weapon was used',
  knife: 'A knife was used',
  firearm: 'A firearm was used',
  'domestic-abuse': 'Domestic abuse',
  sexual: 'Sexual offences',
  robbery: 'Robbery',
  alcohol: 'Alcohol played a part',
  drugs: 'Drugs played a part',
  'public-space': 'Public space',
  'age-of-victim': 'Age of the victim',
  'age-of-suspect': 'Age of the suspect',
  sex: 'Sex',
  ethnicity: 'Ethnic group',
  'time-of-day': 'Time of day',
  day: 'Day',
  place: 'Place',
  'repeat-victim': 'The same victim again',
  harm: 'Weight of harm',
};

export function expressionWords(expression: Expression): string {
  switch (expression.can) {
    case 'fully':
      return 'Yes';
    case 'by-proxy':
      return `By proxy: ${expression.proxy}`;
    case 'not':
      return 'No';
  }
}

/** Why it cannot say what it cannot: one sentence for the format, since all share it. */
export const whyNotSaid = ({ expresses }: SourceFormat): string | undefined =>
  Object.values(expresses).find((each) => each.can === 'not')?.because;

export const everyWords: Readonly<Record<SourceFormat['everyMonths'], string>> = {
  1: 'Every month',
  3: 'Every quarter',
  12: 'Every year',
};

export const disclosureWords: Readonly<Record<DisclosureClass, string>> = {
  open: 'Published openly already: nothing is hidden, unless it is joined with other data',
  standard: 'Counts from 1 to 4 are hidden',
  health: 'Counts from 1 to 7 are hidden, and the rest is rounded to 5',
};

export const levelWords: Readonly<Record<SourceFormat['level'], string>> = {
  records: 'Single events, each a row',
  counts: 'Counts',
};

const typeWords: Readonly<Record<ColumnRule['type'], string>> = {
  text: 'Text',
  hex: 'Hexadecimal digits',
  month: 'Month: 2022-06',
  period: 'Month, quarter or year: 2022-06, 2022/23 Q1, 2022/23',
  date: 'Date: 2022-06-30 or 30/06/2022',
  moment: 'Date and time: 2022-06-30 23:15 or 30/06/2022 23:15',
  integer: 'Whole number',
  number: 'Number',
  flag: 'Yes or no',
  pseudonym: 'Keyed pseudonym, 16 to 128 digits and letters',
  count: 'Whole number, or a symbol: * <5 low c -',
};

/** What a value of a column has to be, in phrases. */
export function ruleWords(rule: ColumnRule): readonly string[] {
  const { type, required, mayLack, oneOf, between, longest, isFreeText, matches, example } = rule;
  return [
    typeWords[type],
    ...(required === true ? ['must be filled'] : []),
    ...(mayLack === true ? ['the column may be missing'] : []),
    ...(oneOf === undefined ? [] : [`one of: ${oneOf.join('; ')}`]),
    ...(between === undefined
      ? []
      : [`from ${between[0].toLocaleString('en-GB')} to ${between[1].toLocaleString('en-GB')}`]),
    ...(longest === undefined ? [] : [`at most ${longest.toLocaleString('en-GB')} characters`]),
    ...(matches === undefined || example === undefined ? [] : [`such as ${example}`]),
    ...(isFreeText === true ? ['left out where it may name somebody'] : []),
  ];
}

/** What has to hold between the columns, in sentences. */
export function betweenColumns({ rules: { rows = [], columns } }: SourceFormat): readonly string[] {
  const header = (name: string) => columns.find((column) => column.name === name)?.header ?? name;
  return rows.map((rule) =>
    'notBefore' in rule
      ? `${header(rule.notBefore)} is not before ${header(rule.than)}.`
      : `${rule.together.map(header).join(' and ')} are both filled or both empty.`,
  );
}
