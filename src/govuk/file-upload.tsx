import type { JSX } from 'preact';
import type { Attributes } from './attributes.ts';
import type { PluralForms } from './character-count.tsx';
import { classNames } from './class-names.ts';
import { Field, fieldDescribedBy, fieldId, type FieldProps } from './field.tsx';

export interface FileUploadProps extends FieldProps {
  readonly multiple?: boolean | undefined;
  readonly disabled?: boolean | undefined;
  /** Files can be dropped on it where the script runs. */
  readonly javascript?: boolean | undefined;
  readonly wrapperClasses?: string | undefined;
  readonly wrapperAttributes?: Attributes | undefined;
  readonly chooseFilesButtonText?: string | undefined;
  readonly dropInstructionText?: string | undefined;
  readonly multipleFilesChosenText?: PluralForms | undefined;
  readonly noFileChosenText?: string | undefined;
  readonly enteredDropZoneText?: string | undefined;
  readonly leftDropZoneText?: string | undefined;
  readonly classes?: string | undefined;
  readonly attributes?: Attributes | undefined;
}

export function FileUpload(props: FileUploadProps): JSX.Element {
  const id = fieldId(props);
  const chosen = Object.entries(props.multipleFilesChosenText ?? {});
  const wording = {
    'data-i18n.choose-files-button': props.chooseFilesButtonText,
    'data-i18n.no-file-chosen': props.noFileChosenText,
    ...Object.fromEntries(chosen.map(([form, text]) => [`data-i18n.multiple-files-chosen.${form}`, text])),
    'data-i18n.drop-instruction': props.dropInstructionText,
    'data-i18n.entered-drop-zone': props.enteredDropZoneText,
    'data-i18n.left-drop-zone': props.leftDropZoneText,
  };
  const input = (
    <input
      class={classNames('govuk-file-upload', props.classes, Boolean(props.errorMessage) && 'govuk-file-upload--error')}
      id={id}
      name={props.name}
      type="file"
      disabled={props.disabled}
      multiple={props.multiple}
      aria-describedby={fieldDescribedBy(id, props)}
      {...props.attributes}
    />
  );
  return (
    <Field field={props}>
      {props.formGroup?.beforeInput}
      {props.javascript ? (
        <div
          class={classNames('govuk-file-upload-wrapper', props.wrapperClasses)}
          data-module="govuk-file-upload"
          {...wording}
          {...props.wrapperAttributes}
        >
          {input}
        </div>
      ) : (
        input
      )}
      {props.formGroup?.afterInput}
    </Field>
  );
}
