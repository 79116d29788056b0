import type { JSX } from 'preact';
import type { Attributes } from './attributes.ts';
import { classNames } from './class-names.ts';
import type { Listed } from './content.ts';
import { Field, fieldDescribedBy, fieldId, type FieldProps } from './field.tsx';

export interface SelectItem {
  readonly text: string | number;
  /** The text where none is given. */
  readonly value?: string | number | undefined;
  readonly selected?: boolean | undefined;
  readonly disabled?: boolean | undefined;
  readonly attributes?: Attributes | undefined;
}

export interface SelectProps extends FieldProps {
  readonly items: Listed<SelectItem>;
  /** The value of the item that is chosen. */
  readonly value?: string | number | undefined;
  readonly disabled?: boolean | undefined;
  readonly classes?: string | undefined;
  readonly attributes?: Attributes | undefined;
}

function isSelected(item: SelectItem, value: string | number | undefined): boolean {
  if (item.selected !== undefined) return item.selected;
  return value !== undefined && value !== '' && String(item.value ?? item.text) === String(value);
}

export function Select(props: SelectProps): JSX.Element {
  const id = fieldId(props);
  return (
    <Field field={props}>
      {props.formGroup?.beforeInput}
      <select
        class={classNames('govuk-select', props.classes, Boolean(props.errorMessage) && 'govuk-select--error')}
        id={id}
        name={props.name}
        disabled={props.disabled}
        aria-describedby={fieldDescribedBy(id, props)}
        {...props.attributes}
      >
        {props.items.map(
          (item) =>
            item && (
              <option
                value={item.value === undefined ? undefined : String(item.value)}
                selected={isSelected(item, props.value)}
                disabled={item.disabled}
                {...item.attributes}
              >
                {item.text}
              </option>
            ),
        )}
      </select>
      {props.formGroup?.afterInput}
    </Field>
  );
}
