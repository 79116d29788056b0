import type { JSX } from 'preact';
import type { Attributes } from './attributes.ts';
import { classNames } from './class-names.ts';
import { Field, fieldDescribedBy, fieldId, type FieldProps } from './field.tsx';

export interface TextareaProps extends FieldProps {
  readonly value?: string | undefined;
  readonly rows?: number | undefined;
  readonly autocomplete?: string | undefined;
  readonly spellcheck?: boolean | undefined;
  readonly disabled?: boolean | undefined;
  readonly classes?: string | undefined;
  readonly attributes?: Attributes | undefined;
}

export function Textarea(props: TextareaProps): JSX.Element {
  const id = fieldId(props);
  // The HTML parser drops a line break right after the tag: the writer's own first empty line needs one before it.
  const value = props.value?.startsWith('\n') ? `\n${props.value}` : props.value;
  return (
    <Field field={props}>
      {props.formGroup?.beforeInput}
      <textarea
        class={classNames('govuk-textarea', Boolean(props.errorMessage) && 'govuk-textarea--error', props.classes)}
        id={id}
        name={props.name}
        rows={props.rows ?? 5}
        spellcheck={props.spellcheck}
        disabled={props.disabled}
        aria-describedby={fieldDescribedBy(id, props)}
        autocomplete={props.autocomplete}
        {...props.attributes}
      >
        {value}
      </textarea>
      {props.formGroup?.afterInput}
    </Field>
  );
}
