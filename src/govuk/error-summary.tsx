import type { JSX } from 'preact';
import type { Attributes } from './attributes.ts';
import { classNames } from './class-names.ts';
import { isPresent, type Content } from './content.ts';

export interface ErrorSummaryItem {
  readonly text: Content;
  /** `#` and the id of the field; the script moves the focus there. */
  readonly href?: string | undefined;
  readonly attributes?: Attributes | undefined;
}

export interface ErrorSummaryProps {
  readonly titleText?: Content;
  readonly descriptionText?: Content;
  readonly errorList?: readonly ErrorSummaryItem[] | undefined;
  readonly disableAutoFocus?: boolean | undefined;
  readonly classes?: string | undefined;
  readonly attributes?: Attributes | undefined;
}

/** At the top of a page that came back with errors. The words are those beside the fields. */
export function ErrorSummary(props: ErrorSummaryProps): JSX.Element {
  const errors = props.errorList ?? [];
  return (
    <div
      class={classNames('govuk-error-summary', props.classes)}
      data-disable-auto-focus={props.disableAutoFocus?.toString()}
      {...props.attributes}
      data-module="govuk-error-summary"
    >
      {/* The alert is inside: the script focuses the outer element, and both at once lose words in screen readers. */}
      <div role="alert">
        <h2 class="govuk-error-summary__title">{props.titleText ?? 'There is a problem'}</h2>
        <div class="govuk-error-summary__body">
          {isPresent(props.descriptionText) && <p>{props.descriptionText}</p>}
          {errors.length > 0 && (
            <ul class="govuk-list govuk-error-summary__list">
              {errors.map((error) => (
                <li>
                  {error.href === undefined ? (
                    error.text
                  ) : (
                    <a href={error.href} {...error.attributes}>
                      {error.text}
                    </a>
                  )}
                </li>
              ))}
            </ul>
          )}
        </div>
      </div>
    </div>
  );
}
