import type { JSX } from 'preact';
import type { Attributes } from './attributes.ts';
import { ChoicesGroup, type ChoicesProps } from './choices.tsx';
import { classNames } from './class-names.ts';
import type { Listed } from './content.ts';
import { Input, type InputProps } from './input.tsx';

export interface DateInputItem {
  readonly name?: string | undefined;
  readonly id?: string | undefined;
  readonly label?: string | undefined;
  readonly value?: string | number | undefined;
  /** Which of the parts is wrong; all of them where none says so. */
  readonly error?: boolean | undefined;
  readonly inputmode?: InputProps['inputmode'];
  readonly autocomplete?: string | undefined;
  readonly pattern?: string | undefined;
  readonly classes?: string | undefined;
  readonly attributes?: Attributes | undefined;
}

export interface DateInputProps extends ChoicesProps {
  readonly id: string;
  readonly namePrefix?: string | undefined;
  /** False where that part is not asked for. */
  readonly day?: DateInputItem | false | undefined;
  readonly month?: DateInputItem | false | undefined;
  readonly year?: DateInputItem | false | undefined;
  /** Other parts, in another order. */
  readonly items?: Listed<DateInputItem> | undefined;
  /** What was typed, by the name of the part, kept as it was typed. */
  readonly values?: Readonly<Record<string, string | number | undefined>> | undefined;
}

type Part = 'day' | 'month' | 'year';

interface NamedItem extends DateInputItem {
  readonly part: Part | undefined;
  readonly fieldName: string;
}

function isMarked(item: DateInputItem): boolean {
  return item.error === true || (item.classes?.includes('govuk-input--error') ?? false);
}

/** The parts in their order, each with its name. */
function partsOf(props: DateInputProps): readonly NamedItem[] {
  const parts = (['day', 'month', 'year'] as const).map((part) => ({ part, item: props[part] ?? {} }));
  const named = (part: Part | undefined, item: DateInputItem): NamedItem => ({
    ...item,
    part,
    fieldName: item.name ?? part ?? '',
  });
  if (props.items === undefined || props.items.length === 0)
    return parts.flatMap(({ part, item }) => (item === false ? [] : [named(part, item)]));
  return props.items.flatMap((item) => {
    if (!item) return [];
    const known = parts.find(
      ({ part, item: other }) =>
        item.name !== undefined && (item.name === part || (other !== false && other.name === item.name)),
    );
    const value = item.value ?? (known && known.item !== false ? known.item.value : undefined);
    return [named(known?.part, { ...item, value })];
  });
}

function widthOf(item: NamedItem): string | false {
  if (item.classes?.includes('govuk-input--width-')) return false;
  return `govuk-input--width-${item.part === 'year' ? 4 : 2}`;
}

interface PartProps {
  readonly item: NamedItem;
  readonly field: DateInputProps;
  /** The error is about the date as a whole. */
  readonly isWholeWrong: boolean;
}

function DatePart({ item, field, isWholeWrong }: PartProps): JSX.Element {
  const isWrong = isMarked(item) || (item.error !== false && isWholeWrong);
  const isSaid = item.classes?.includes('govuk-input--error') ?? false;
  const name = field.namePrefix === undefined ? item.fieldName : `${field.namePrefix}-${item.fieldName}`;
  return (
    <div class="govuk-date-input__item">
      <Input
        label={{
          text: item.label ?? item.fieldName.charAt(0).toUpperCase() + item.fieldName.slice(1).toLowerCase(),
          classes: 'govuk-date-input__label',
        }}
        id={item.id ?? `${field.id}-${item.fieldName}`}
        classes={classNames(
          'govuk-date-input__input',
          isWrong && !isSaid && 'govuk-input--error',
          widthOf(item),
          item.classes,
        )}
        name={name}
        value={item.value ?? field.values?.[name]}
        inputmode={item.inputmode ?? 'numeric'}
        autocomplete={item.autocomplete}
        pattern={item.pattern}
        attributes={item.attributes}
      />
    </div>
  );
}

export function DateInput(props: DateInputProps): JSX.Element {
  const items = partsOf(props);
  const isWholeWrong = Boolean(props.errorMessage) && !items.some(isMarked);
  return (
    // JAWS reads the description of a fieldset of text fields only with this role.
    <ChoicesGroup id={props.id} field={props} role="group">
      <div class={classNames('govuk-date-input', props.classes)} {...props.attributes} id={props.id}>
        {props.formGroup?.beforeInputs}
        {items.map((item) => (
          <DatePart item={item} field={props} isWholeWrong={isWholeWrong} />
        ))}
        {props.formGroup?.afterInputs}
      </div>
    </ChoicesGroup>
  );
}
