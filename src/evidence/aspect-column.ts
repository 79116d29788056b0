import type { Aspect, SourceFormat } from './source.ts';

/**
 * The names under which formats keep what a definition may ask for. A format whose own column has none of them cannot be
 * narrowed by it, whatever it says it can express.
 */
const names: Partial<Readonly<Record<Aspect, readonly string[]>>> = {
  offence: ['offence_code'],
  'domestic-abuse': ['domestic_abuse'],
  knife: ['knife'],
  firearm: ['firearm'],
  alcohol: ['alcohol'],
  drugs: ['drugs'],
  'public-space': ['public_place'],
};

const isThere = (format: SourceFormat, name: string): boolean =>
  format.rules.columns.some((column) => column.name === name);

/**
 * The column of a format's releases that says something: the offence as a code, everything else as yes or no. The format's
 * own column for `category` has that name in the release.
 */
export function columnOf(format: SourceFormat, aspect: Aspect): string | undefined {
  const column = names[aspect]?.find((name) => isThere(format, name));
  const { category } = format.rules.standard;
  return column !== undefined && 'column' in category && category.column === column ? 'category' : column;
}

/** Columns with an age in whole years, of whoever was harmed and of whoever is suspected. */
export function ageColumns(format: SourceFormat): readonly string[] {
  return ['victim_age', 'suspect_age', 'age'].filter((name) =>
    format.rules.columns.some((column) => column.name === name && column.type === 'integer'),
  );
}
