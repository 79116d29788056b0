import type { JSX } from 'preact';
import type { Attributes } from './attributes.ts';
import { classNames } from './class-names.ts';
import { fieldId } from './field.tsx';
import { Hint } from './hint.tsx';
import { Textarea, type TextareaProps } from './textarea.tsx';

/** One text for each plural form of the language: in English `one` and `other`. */
export type PluralForms = Readonly<
  Partial<Record<'zero' | 'one' | 'two' | 'few' | 'many' | 'other', string | undefined>>
>;

export interface CharacterCountProps extends Omit<TextareaProps, 'describedBy' | 'disabled' | 'autocomplete'> {
  readonly maxlength?: number | undefined;
  readonly maxwords?: number | undefined;
  /** Overrides what the limit implies. */
  readonly countType?: 'characters' | 'words' | 'spreadsheet' | undefined;
  /** The count is shown from this percentage of the limit on. */
  readonly threshold?: number | undefined;
  readonly countMessage?: { readonly classes?: string | undefined } | undefined;
  /** For those without the script; `%{count}` stands for the limit. */
  readonly textareaDescriptionText?: string | undefined;
  readonly charactersUnderLimitText?: PluralForms | undefined;
  readonly charactersAtLimitText?: string | undefined;
  readonly charactersOverLimitText?: PluralForms | undefined;
  readonly wordsUnderLimitText?: PluralForms | undefined;
  readonly wordsAtLimitText?: string | undefined;
  readonly wordsOverLimitText?: PluralForms | undefined;
}

function forms(key: string, texts: PluralForms | undefined): Attributes {
  return Object.fromEntries(Object.entries(texts ?? {}).map(([form, text]) => [`data-i18n.${key}.${form}`, text]));
}

/** The server still checks the length: the count is help, not a guard. */
export function CharacterCount(props: CharacterCountProps): JSX.Element {
  const id = fieldId(props);
  const limit = props.maxwords ?? props.maxlength;
  const countType = props.countType ?? (props.maxwords === undefined ? undefined : 'words');
  const unit = countType === 'words' ? 'words' : 'characters';
  const description = props.textareaDescriptionText ?? `You can enter up to %{count} ${unit}`;
  const { classes, attributes, beforeInput, afterInput } = props.formGroup ?? {};
  return (
    <Textarea
      id={id}
      name={props.name}
      describedBy={`${id}-info`}
      rows={props.rows}
      spellcheck={props.spellcheck}
      value={props.value}
      formGroup={{
        classes: classNames('govuk-character-count', classes),
        attributes: {
          'data-module': 'govuk-character-count',
          'data-maxlength': props.maxlength,
          'data-maxwords': props.maxwords,
          'data-threshold': props.threshold,
          'data-count-type': countType,
          // Without a limit here the script has one, and sets it into this text.
          ...(limit === undefined && forms('textarea-description', { other: props.textareaDescriptionText })),
          ...forms('characters-under-limit', props.charactersUnderLimitText),
          'data-i18n.characters-at-limit': props.charactersAtLimitText,
          ...forms('characters-over-limit', props.charactersOverLimitText),
          ...forms('words-under-limit', props.wordsUnderLimitText),
          'data-i18n.words-at-limit': props.wordsAtLimitText,
          ...forms('words-over-limit', props.wordsOverLimitText),
          ...attributes,
        },
        beforeInput,
        afterInput: (
          <>
            <Hint id={`${id}-info`} classes={classNames('govuk-character-count__message', props.countMessage?.classes)}>
              {limit !== undefined && description.replace('%{count}', String(limit))}
            </Hint>
            {afterInput}
          </>
        ),
      }}
      classes={classNames('govuk-js-character-count', props.classes)}
      label={props.label}
      hint={props.hint}
      errorMessage={props.errorMessage}
      attributes={props.attributes}
    />
  );
}
