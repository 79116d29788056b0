import type { JSX } from 'preact';
import type { Attributes } from './attributes.ts';
import { classNames } from './class-names.ts';
import { isPresent, optionsOf, type Content, type OrContent } from './content.ts';
import { Field, fieldDescribedBy, fieldId, type FieldProps } from './field.tsx';

export interface AffixOptions {
  readonly text: Content;
  readonly classes?: string | undefined;
  readonly attributes?: Attributes | undefined;
}

export interface InputProps extends FieldProps {
  readonly type?: 'text' | 'email' | 'tel' | 'url' | 'search' | 'password' | 'number' | 'time' | undefined;
  readonly value?: string | number | undefined;
  readonly inputmode?: 'none' | 'text' | 'decimal' | 'numeric' | 'tel' | 'search' | 'email' | 'url' | undefined;
  readonly autocomplete?: string | undefined;
  readonly autocapitalize?: 'none' | 'sentences' | 'words' | 'characters' | undefined;
  readonly pattern?: string | undefined;
  readonly spellcheck?: boolean | undefined;
  readonly disabled?: boolean | undefined;
  readonly prefix?: OrContent<AffixOptions> | undefined;
  readonly suffix?: OrContent<AffixOptions> | undefined;
  readonly inputWrapper?: { readonly classes?: string | undefined; readonly attributes?: Attributes } | undefined;
  readonly classes?: string | undefined;
  readonly attributes?: Attributes | undefined;
}

function Affix({ side, affix }: { readonly side: 'prefix' | 'suffix'; readonly affix: OrContent<AffixOptions> }) {
  const { text, classes, attributes } = optionsOf(affix);
  if (!isPresent(text)) return null;
  return (
    <div class={classNames(`govuk-input__${side}`, classes)} aria-hidden="true" {...attributes}>
      {text}
    </div>
  );
}

export function Input(props: InputProps): JSX.Element {
  const id = fieldId(props);
  const { beforeInput, afterInput } = props.formGroup ?? {};
  // Preact types each `type` of input apart; ours share their attributes.
  const type = (props.type ?? 'text') as 'text';
  const input = (
    <input
      class={classNames('govuk-input', props.classes, Boolean(props.errorMessage) && 'govuk-input--error')}
      id={id}
      name={props.name}
      type={type}
      spellcheck={props.spellcheck}
      value={props.value}
      disabled={props.disabled}
      aria-describedby={fieldDescribedBy(id, props)}
      autocomplete={props.autocomplete}
      autocapitalize={props.autocapitalize}
      pattern={props.pattern}
      inputmode={props.inputmode}
      {...props.attributes}
    />
  );
  const isWrapped = [props.prefix, props.suffix, beforeInput, afterInput].some(Boolean);
  return (
    <Field field={props}>
      {isWrapped ? (
        <div
          class={classNames('govuk-input__wrapper', props.inputWrapper?.classes)}
          {...props.inputWrapper?.attributes}
        >
          {beforeInput}
          {props.prefix && <Affix side="prefix" affix={props.prefix} />}
          {input}
          {props.suffix && <Affix side="suffix" affix={props.suffix} />}
          {afterInput}
        </div>
      ) : (
        input
      )}
    </Field>
  );
}
