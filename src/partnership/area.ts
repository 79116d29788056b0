import { z } from 'zod';
import { areaKindLabels, findAreaKind, isVintageOf, nestsIn, parseAreaCode, typedAs } from '../duty/index.ts';
import { chosenField, dateField, nameField, untilField } from './form.ts';
import { endsBeforeItBegins, type Span } from './span.ts';

/** An area in which the partnership acts. */
export interface AreaHeld extends Span {
  readonly id: string;
  readonly code: string;
  readonly name: string;
  readonly vintage: number;
  readonly withinId: string | null;
  readonly withinName: string | null;
}

export const areaForm = z.object({
  code: z.string('Enter the code of the area').pipe(typedAs(parseAreaCode)),
  name: nameField('the name of the area'),
  vintage: z.coerce
    .number('Enter the year of the boundaries, such as 2023')
    .int('Enter the year of the boundaries, such as 2023')
    .min(1974, 'Enter a year from 1974 on')
    .max(2100, 'Enter the year of the boundaries, such as 2023'),
  within: chosenField(),
  since: dateField(),
  until: untilField(),
});

export type AreaTyped = z.infer<typeof areaForm>;

/** Why an area cannot be kept so, or undefined where it can. */
export function whyNoArea(
  area: AreaTyped,
  others: readonly AreaHeld[],
): { readonly field: string; readonly sentence: string } | undefined {
  const kind = findAreaKind(area.code);
  if (kind === undefined)
    return { field: 'code', sentence: 'Enter an area code of nine characters, such as E06000009' };
  if (!isVintageOf(kind, area.vintage))
    return {
      field: 'vintage',
      sentence: `There are no boundaries of ${area.vintage} for a ${areaKindLabels[kind].toLowerCase()}. Enter another year`,
    };
  if (endsBeforeItBegins(area))
    return { field: 'until', sentence: 'The end is before the beginning. Enter a later day' };
  if (others.some(({ code, vintage }) => code === area.code && vintage === area.vintage))
    return { field: 'code', sentence: `${area.code} with boundaries of ${area.vintage} is in the list already` };
  if (area.within === null) return undefined;
  const outer = others.find(({ id }) => id === area.within);
  const outerKind = outer === undefined ? undefined : findAreaKind(outer.code);
  if (outer === undefined || outerKind === undefined)
    return { field: 'within', sentence: 'Choose an area of the list' };
  if (!nestsIn(kind, outerKind))
    return {
      field: 'within',
      sentence: `${outer.name} is a ${areaKindLabels[outerKind].toLowerCase()}: a ${areaKindLabels[kind].toLowerCase()} does not lie within one`,
    };
  return undefined;
}

export const kindLabelOf = (code: string): string => {
  const kind = findAreaKind(code);
  return kind === undefined ? 'Area' : areaKindLabels[kind];
};
