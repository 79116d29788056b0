import type { JSX } from 'preact';
import type { Attributes } from './attributes.ts';
import { classNames } from './class-names.ts';
import { isPlainText, isPresent, type Content } from './content.ts';
import { headingTag, type HeadingLevel } from './heading-level.ts';

export interface FeedbackProps {
  readonly titleText: Content;
  readonly headingLevel?: HeadingLevel | undefined;
  /** Plain text is set as a paragraph; nodes bring their own. */
  readonly children?: Content;
  readonly classes?: string | undefined;
  readonly attributes?: Attributes | undefined;
}

export function Feedback(props: FeedbackProps): JSX.Element {
  const Heading = headingTag(props.headingLevel ?? 2);
  return (
    <div class={classNames('govuk-feedback govuk-width-container', props.classes)} {...props.attributes}>
      <div class="govuk-grid-row">
        <div class="govuk-grid-column-two-thirds">
          <Heading class="govuk-feedback__title">{props.titleText}</Heading>
          {isPresent(props.children) && (
            <div class="govuk-feedback__body">
              {isPlainText(props.children) ? <p class="govuk-body">{props.children}</p> : props.children}
            </div>
          )}
        </div>
      </div>
    </div>
  );
}
