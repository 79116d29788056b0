import { z } from 'zod';
import { formatMonth, isMonth, monthNames, type IsoDate, type Month } from '../duty/index.ts';
import { nameField, textField } from '../partnership/index.ts';
import { codeList, dayField, dayOf, many } from './definition-form.ts';
import {
  comparators,
  orderedBreaks,
  periodTypes,
  polarities,
  units,
  whyUnitDoesNotFit,
  type Counted,
  type Denominator,
  type IndicatorWanted,
  type MethodBreak,
} from './indicator.ts';
import { formatNames, type DisclosureClass } from './source.ts';
import { flags, type Selection } from './violence-kinds.ts';

export const disclosureClasses = ['open', 'standard', 'health'] as const satisfies readonly DisclosureClass[];
export const disclosureLabels: Readonly<Record<DisclosureClass, string>> = {
  open: 'Open: its owner publishes it already',
  standard: 'Standard: small numbers are hidden',
  health: 'Health: numbers from 1 to 7 are hidden, the rest rounded to 5',
};

export const countedBy = ['all', 'definition', 'kind', 'rows'] as const;
export const countedLabels: Readonly<Record<(typeof countedBy)[number], string>> = {
  all: 'Every row of the source',
  definition: 'What counts as serious violence',
  kind: 'One kind of it',
  rows: 'Rows that you name',
};
export const denominatorsOf = ['none', 'population', 'all-rows'] as const;
export const denominatorLabels: Readonly<Record<(typeof denominatorsOf)[number], string>> = {
  none: 'Nothing',
  population: 'The people who live in the area',
  'all-rows': 'All rows of the source',
};

const ageField = () =>
  z
    .string()
    .trim()
    .regex(/^\d{0,3}$/, 'Enter an age in whole years, such as 10')
    .default('')
    .transform((age) => (age === '' ? null : Number(age)));

export const indicatorForm = z.object({
  name: nameField('the name of the indicator'),
  why: textField(2_000),
  source: z.enum(formatNames, 'Choose a source'),
  counted: z.enum(countedBy, 'Choose what is counted'),
  kind: z.string().max(60).default(''),
  codes: codeList,
  categories: textField(4_000),
  flags: many(z.enum(flags)),
  denominator: z.enum(denominatorsOf, 'Choose what it is set against'),
  agesFrom: ageField(),
  agesTo: ageField(),
  unit: z.enum(units, 'Choose a unit'),
  polarity: z.enum(polarities, 'Choose which direction is better'),
  period: z.enum(periodTypes, 'Choose a period'),
  target: z
    .string()
    .trim()
    .regex(/^(\d{1,9}(\.\d{1,4})?)?$/, 'Enter a number, such as 12 or 34.5')
    .default('')
    .transform((value) => (value === '' ? null : Number(value))),
  targetBy: dayField(),
  comparator: z.enum(comparators, 'Choose what to compare it with'),
  breaks: textField(4_000),
  owner: textField(200),
  disclosure: z.enum(disclosureClasses, 'Choose how small numbers are kept'),
});
export type IndicatorTyped = z.infer<typeof indicatorForm>;

export const changeIndicatorForm = indicatorForm.extend({ version: z.string().max(60).default('') });
/** An empty day takes the watch up again. */
export const endIndicatorForm = z.object({
  endedOn: dayField(),
});

/** The indicator that a form asks for, or what is wrong with it by field. */
export function indicatorWanted(
  form: IndicatorTyped,
): { readonly wanted: IndicatorWanted } | { readonly errors: Readonly<Record<string, string>> } {
  const breaks = breaksOf(form.breaks ?? '');
  const denominator = denominatorOf(form);
  const unit = whyUnitDoesNotFit(form.unit, denominator);
  const [from, to] = [form.agesFrom, form.agesTo];
  const errors: Record<string, string> = {
    ...(form.counted === 'kind' && form.kind === '' && { kind: 'Choose a kind of violence' }),
    ...(form.counted === 'rows' &&
      form.codes.length + form.flags.length === 0 &&
      form.categories === null && { codes: 'Name the rows: by codes, by what the source calls them, or by marks' }),
    ...(unit !== undefined && { unit }),
    ...(from !== null &&
      to !== null &&
      to < from && { agesTo: 'The highest age is below the lowest. Enter a higher one' }),
    ...(form.target !== null &&
      form.targetBy === null && { targetBy: 'Enter the day by which the target is to be met' }),
    ...(form.target === null && form.targetBy !== null && { target: 'Enter the number that is to be met by then' }),
    ...(typeof breaks === 'string' && { breaks }),
  };
  if (typeof breaks === 'string' || Object.keys(errors).length > 0) return { errors };
  return {
    wanted: {
      name: form.name,
      why: form.why,
      source: form.source,
      counted: countedOf(form),
      denominator,
      unit: form.unit,
      polarity: form.polarity,
      period: form.period,
      target: targetOf(form.target, dayOf(form.targetBy)),
      comparator: form.comparator,
      breaks,
      owner: form.owner,
      disclosure: form.disclosure,
    },
  };
}

const targetOf = (value: number | null, by: IsoDate | null) => (value === null || by === null ? null : { value, by });

function countedOf({ counted, kind, codes, categories, flags: marked }: IndicatorTyped): Counted {
  if (counted === 'all') return { by: 'all' };
  if (counted === 'definition') return { by: 'definition', kind: null };
  if (counted === 'kind') return { by: 'definition', kind };
  const named = linesOf(categories ?? '');
  return {
    by: 'rows',
    ...(codes.length > 0 && { offenceCodes: codes }),
    ...(named.length > 0 && { categories: named }),
    ...(marked.length > 0 && { flags: marked }),
  };
}

function denominatorOf({ denominator, agesFrom, agesTo }: IndicatorTyped): Denominator {
  if (denominator !== 'population') return { of: denominator };
  return {
    of: 'population',
    ages: agesFrom === null && agesTo === null ? null : { from: agesFrom ?? 0, to: agesTo },
  };
}

const linesOf = (text: string): readonly string[] =>
  text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '');

/** A break a line: the month, then what changed. "2018-04 one method for all forces", "April 2018: …". */
function breaksOf(text: string): readonly MethodBreak[] | string {
  const breaks: MethodBreak[] = [];
  for (const [place, line] of linesOf(text).entries()) {
    const read = breakOf(line);
    if (read === undefined)
      return `Line ${place + 1}: begin with a month and say what changed, such as: April 2018: one method for all forces`;
    breaks.push(read);
  }
  return orderedBreaks(breaks) ?? 'Each month once: put two changes of one month in one line';
}

function breakOf(line: string): MethodBreak | undefined {
  const read = /^(?:(\d{4}-\d\d)|(\p{L}+) (\d{4}))[\s:,–-]+(\S.*)$/u.exec(line);
  if (read === null) return undefined;
  const [, iso, name = '', year = '', words = ''] = read;
  const place = monthNames.findIndex((each) => each.toLowerCase() === name.toLowerCase()) + 1;
  const month: Month = iso ?? `${year}-${String(place).padStart(2, '0')}`;
  return isMonth(month) ? { month, words } : undefined;
}

/** An indicator as its form shows it. */
export function typedIndicator(indicator: IndicatorWanted): Readonly<Record<string, string | string[]>> {
  const { counted, denominator } = indicator;
  const ages = denominator.of === 'population' ? denominator.ages : null;
  const rows: Selection = counted.by === 'rows' ? counted : {};
  return {
    name: indicator.name,
    why: indicator.why ?? '',
    source: indicator.source,
    counted: counted.by === 'definition' && counted.kind !== null ? 'kind' : counted.by,
    kind: counted.by === 'definition' ? (counted.kind ?? '') : '',
    codes: (rows.offenceCodes ?? []).join(', '),
    categories: (rows.categories ?? []).join('\n'),
    flags: [...(rows.flags ?? [])],
    denominator: denominator.of,
    agesFrom: ages === null ? '' : String(ages.from),
    agesTo: ages?.to == null ? '' : String(ages.to),
    unit: indicator.unit,
    polarity: indicator.polarity,
    period: indicator.period,
    target: indicator.target === null ? '' : String(indicator.target.value),
    targetBy: indicator.target?.by ?? '',
    comparator: indicator.comparator,
    breaks: indicator.breaks.map(({ month, words }) => `${formatMonth(month)}: ${words}`).join('\n'),
    owner: indicator.owner ?? '',
    disclosure: indicator.disclosure,
  };
}
