import type { JSX } from 'preact';
import type { FieldProps } from './field.tsx';
import { Input } from './input.tsx';

export interface PartialDateInputProps extends FieldProps {
  /** As it was typed. */
  readonly value?: string | undefined;
}

/** For a date of which only a part may be known: what people write, in one field, read by the server. */
export function PartialDateInput(props: PartialDateInputProps): JSX.Element {
  return (
    <Input
      {...props}
      hint={props.hint ?? 'For example, 27 March 2024, March 2024, early 2024 or 2024'}
      classes="govuk-input--width-20"
      autocomplete="off"
      spellcheck={false}
    />
  );
}
