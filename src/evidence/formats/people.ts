import type { ColumnRule } from '../../platform/releases/table.ts';

/** Sex as the sources write it, in words and in the codes of the NHS and the police. */
const sexes = [
  'Male',
  'Female',
  'Other',
  'Unknown',
  'Not stated',
  'Indeterminate',
  'M',
  'F',
  'U',
  'X',
  '1',
  '2',
  '9',
] as const;

/** Nobody older is on record in England; a greater number is a year of birth or a slip. */
const oldest = 120;

export const ageColumn = (header: string, name: string, meaning: string): ColumnRule => ({
  header,
  name,
  type: 'integer',
  between: [0, oldest],
  mayLack: true,
  meaning,
});

export const sexColumn = (header: string, name: string, meaning: string): ColumnRule => ({
  header,
  name,
  type: 'text',
  oneOf: sexes,
  mayLack: true,
  meaning,
});

export const flagColumn = (header: string, name: string, meaning: string): ColumnRule => ({
  header,
  name,
  type: 'flag',
  mayLack: true,
  meaning,
});

/** A code or a few words from a list that the sender keeps. */
export const textColumn = (header: string, name: string, meaning: string): ColumnRule => ({
  header,
  name,
  type: 'text',
  mayLack: true,
  meaning,
});

export const pseudonymColumn = (header: string, name: string, meaning: string): ColumnRule => ({
  header,
  name,
  type: 'pseudonym',
  mayLack: true,
  meaning,
});

/** Codes of LSOAs and of the areas above them, as the Office for National Statistics writes them. */
export const areaCode = {
  pattern: '[EWSNK]\\d{8}|9[59]\\d*[A-Z0-9]*',
  sentence: 'is not the code of an area such as E01012670',
} as const;
