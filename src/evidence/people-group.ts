/** How people can be told apart in a column of a source, and in a population. */
export type GroupKind = 'ethnicity' | 'sex';

/** People of an area by group, as far as a population is loaded. */
export interface GroupsOfPeople {
  readonly groups: readonly { readonly name: string; readonly persons: number }[];
  /** With which the others are compared, unless another is asked for: the largest. */
  readonly reference: string;
  /** Words for the passport: "Census 2021, ethnic groups (ONS)". */
  readonly source: string;
}

export const groupKindOf = (column: string): GroupKind | undefined =>
  column.endsWith('ethnicity') ? 'ethnicity' : column.endsWith('sex') || column === 'gender' ? 'sex' : undefined;

/** Of the ethnic categories of the NHS data dictionary, and of the self-defined codes of the police (16+1). */
const codes: readonly (readonly [RegExp, string])[] = [
  [/^([abc]|w[1-9]|ic[12])$/, 'White'],
  [/^([defg]|m[1-9])$/, 'Mixed'],
  // Chinese is an Asian group since the Census of 2011; both lists of codes are older.
  [/^([hjklr]|a[1-9]|o1|ic[45])$/, 'Asian'],
  [/^([mnp]|b[1-9]|ic3)$/, 'Black'],
  [/^(s|o[2-9]|ic6)$/, 'Other'],
];

/** In the order in which they are tried: "White and Asian" is a mixed group, "Other Asian" an Asian one. */
const words: readonly (readonly [RegExp, string])[] = [
  [/not stated|unknown|not known|refused|declined|not recorded|prefer not|understood/, ''],
  [/mixed|multiple|white (and|&) (black|asian)/, 'Mixed'],
  [/asian|indian(?! ocean)|pakistan|bangladesh|chinese/, 'Asian'],
  [/black|caribbean|african/, 'Black'],
  [/white|gypsy|traveller|roma|irish|european/, 'White'],
  [/other|arab|middle eastern/, 'Other'],
];

const sexes: readonly (readonly [RegExp, string])[] = [
  [/^(female|f|2|woman|girl)$/, 'Female'],
  [/^(male|m|1|man|boy)$/, 'Male'],
];

/** The group that a value means: one of the five of the Census for ethnicity. Undefined where the value tells none. */
export function groupOf(kind: GroupKind, value: string | null): string | undefined {
  const text = (value ?? '').trim().toLowerCase();
  for (const [pattern, group] of kind === 'sex' ? sexes : [...codes, ...words])
    if (pattern.test(text)) return group === '' ? undefined : group;
  return undefined;
}
