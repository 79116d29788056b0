import type { JSX } from 'preact';
import type { Attributes } from './attributes.ts';
import { Button } from './button.tsx';
import { classNames } from './class-names.ts';
import { fieldId, type FieldProps } from './field.tsx';
import { Input } from './input.tsx';

export interface PasswordInputProps extends FieldProps {
  readonly value?: string | undefined;
  readonly disabled?: boolean | undefined;
  readonly autocomplete?: 'current-password' | 'new-password' | undefined;
  readonly button?: { readonly classes?: string | undefined } | undefined;
  readonly showPasswordText?: string | undefined;
  readonly hidePasswordText?: string | undefined;
  readonly showPasswordAriaLabelText?: string | undefined;
  readonly hidePasswordAriaLabelText?: string | undefined;
  readonly passwordShownAnnouncementText?: string | undefined;
  readonly passwordHiddenAnnouncementText?: string | undefined;
  readonly classes?: string | undefined;
  readonly attributes?: Attributes | undefined;
}

export function PasswordInput(props: PasswordInputProps): JSX.Element {
  const id = fieldId(props);
  const { classes, attributes, beforeInput, afterInput } = props.formGroup ?? {};
  const wording = {
    'data-i18n.show-password': props.showPasswordText,
    'data-i18n.hide-password': props.hidePasswordText,
    'data-i18n.show-password-aria-label': props.showPasswordAriaLabelText,
    'data-i18n.hide-password-aria-label': props.hidePasswordAriaLabelText,
    'data-i18n.password-shown-announcement': props.passwordShownAnnouncementText,
    'data-i18n.password-hidden-announcement': props.passwordHiddenAnnouncementText,
  };
  const button = (
    <Button
      type="button"
      classes={classNames(
        'govuk-button--secondary govuk-password-input__toggle govuk-js-password-input-toggle',
        props.button?.classes,
      )}
      // Without the script there is nothing to toggle: the script takes `hidden` away.
      attributes={{
        'aria-controls': id,
        'aria-label': props.showPasswordAriaLabelText ?? 'Show password',
        hidden: true,
      }}
    >
      {props.showPasswordText ?? 'Show'}
    </Button>
  );
  return (
    <Input
      formGroup={{
        classes: classNames('govuk-password-input', classes),
        attributes: { 'data-module': 'govuk-password-input', ...wording, ...attributes },
        beforeInput,
        afterInput: (
          <>
            {button}
            {afterInput}
          </>
        ),
      }}
      inputWrapper={{ classes: 'govuk-password-input__wrapper' }}
      label={props.label}
      hint={props.hint}
      classes={classNames('govuk-password-input__input govuk-js-password-input-input', props.classes)}
      errorMessage={props.errorMessage}
      id={id}
      name={props.name}
      type="password"
      spellcheck={false}
      autocapitalize="none"
      autocomplete={props.autocomplete ?? 'current-password'}
      value={props.value}
      disabled={props.disabled}
      describedBy={props.describedBy}
      attributes={props.attributes}
    />
  );
}
