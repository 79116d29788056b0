import type { JSX } from 'preact';
import type { Attributes } from './attributes.ts';
import { classNames } from './class-names.ts';
import { optionsOf, type Content, type OrContent } from './content.ts';
import { describedBy } from './described-by.ts';
import { ErrorMessage, type ErrorMessageOptions } from './error-message.tsx';
import { Hint, type HintOptions } from './hint.tsx';
import { Label, type LabelOptions } from './label.tsx';

export interface FormGroupOptions {
  readonly classes?: string | undefined;
  readonly attributes?: Attributes | undefined;
  readonly beforeInput?: Content;
  readonly afterInput?: Content;
}

/** What every field with one control has. */
export interface FieldProps {
  readonly name: string;
  /** The name where none is given. */
  readonly id?: string | undefined;
  readonly label: OrContent<LabelOptions>;
  readonly hint?: OrContent<HintOptions> | undefined;
  readonly errorMessage?: OrContent<ErrorMessageOptions> | undefined;
  /** Ids of what describes the field besides its own hint and error. */
  readonly describedBy?: string | undefined;
  readonly formGroup?: FormGroupOptions | undefined;
}

export function fieldId(field: Pick<FieldProps, 'id' | 'name'>): string {
  return field.id ?? field.name;
}

export function fieldDescribedBy(id: string, field: Pick<FieldProps, 'describedBy' | 'hint' | 'errorMessage'>) {
  return describedBy(
    field.describedBy,
    Boolean(field.hint) && `${id}-hint`,
    Boolean(field.errorMessage) && `${id}-error`,
  );
}

export function HintAndError({
  id,
  hint,
  errorMessage,
}: {
  readonly id: string;
  readonly hint: FieldProps['hint'];
  readonly errorMessage: FieldProps['errorMessage'];
}): JSX.Element {
  const hinted = hint ? optionsOf(hint) : undefined;
  const failed = errorMessage ? optionsOf(errorMessage) : undefined;
  return (
    <>
      {hinted && (
        <Hint id={`${id}-hint`} classes={hinted.classes} attributes={hinted.attributes}>
          {hinted.text}
        </Hint>
      )}
      {failed && (
        <ErrorMessage
          id={`${id}-error`}
          classes={failed.classes}
          attributes={failed.attributes}
          visuallyHiddenText={failed.visuallyHiddenText}
        >
          {failed.text}
        </ErrorMessage>
      )}
    </>
  );
}

export function FormGroup({
  hasError,
  formGroup,
  children,
}: {
  readonly hasError: boolean;
  readonly formGroup: Pick<FormGroupOptions, 'classes' | 'attributes'> | undefined;
  readonly children: Content;
}): JSX.Element {
  return (
    <div
      class={classNames('govuk-form-group', hasError && 'govuk-form-group--error', formGroup?.classes)}
      {...formGroup?.attributes}
    >
      {children}
    </div>
  );
}

/** Label, hint and error above the control that is given as children. */
export function Field({ field, children }: { readonly field: FieldProps; readonly children: Content }): JSX.Element {
  const id = fieldId(field);
  const label = optionsOf(field.label);
  return (
    <FormGroup hasError={Boolean(field.errorMessage)} formGroup={field.formGroup}>
      <Label for={id} classes={label.classes} isPageHeading={label.isPageHeading} attributes={label.attributes}>
        {label.text}
      </Label>
      <HintAndError id={id} hint={field.hint} errorMessage={field.errorMessage} />
      {children}
    </FormGroup>
  );
}
