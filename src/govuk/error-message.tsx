import type { JSX } from 'preact';
import type { Attributes } from './attributes.ts';
import { classNames } from './class-names.ts';
import type { Content } from './content.ts';

export interface ErrorMessageOptions {
  readonly text: Content;
  /** What a screen reader says first; empty for nothing. */
  readonly visuallyHiddenText?: string | undefined;
  readonly classes?: string | undefined;
  readonly attributes?: Attributes | undefined;
}

export interface ErrorMessageProps extends Omit<ErrorMessageOptions, 'text'> {
  readonly children?: Content;
  readonly id?: string | undefined;
}

export function ErrorMessage({ visuallyHiddenText = 'Error', ...props }: ErrorMessageProps): JSX.Element {
  return (
    <p
      class={classNames('govuk-error-message', props.classes)}
      {...props.attributes}
      id={props.id ?? props.attributes?.id}
    >
      {visuallyHiddenText !== '' && (
        <>
          <span class="govuk-visually-hidden">{visuallyHiddenText}:</span>{' '}
        </>
      )}
      {props.children}
    </p>
  );
}
