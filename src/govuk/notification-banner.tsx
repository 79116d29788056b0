import type { JSX } from 'preact';
import type { Attributes } from './attributes.ts';
import { classNames } from './class-names.ts';
import { isPlainText, isPresent, type Content } from './content.ts';
import { headingTag, type HeadingLevel } from './heading-level.ts';

export interface NotificationBannerProps {
  /** Plain text is set as a heading line; nodes bring their own paragraphs. */
  readonly children?: Content;
  /** After something was done: it is read out at once and takes the focus. */
  readonly type?: 'success' | undefined;
  readonly titleText?: Content;
  readonly titleHeadingLevel?: HeadingLevel | undefined;
  /** Needed where a page has two banners: ids are used once. */
  readonly titleId?: string | undefined;
  readonly role?: 'alert' | 'region' | undefined;
  readonly disableAutoFocus?: boolean | undefined;
  readonly classes?: string | undefined;
  readonly attributes?: Attributes | undefined;
}

export function NotificationBanner(props: NotificationBannerProps): JSX.Element {
  const isSuccess = props.type === 'success';
  const titleId = props.titleId ?? 'govuk-notification-banner-title';
  const Heading = headingTag(props.titleHeadingLevel ?? 2);
  return (
    <div
      class={classNames('govuk-notification-banner', isSuccess && 'govuk-notification-banner--success', props.classes)}
      role={props.role ?? (isSuccess ? 'alert' : 'region')}
      aria-labelledby={titleId}
      data-module="govuk-notification-banner"
      data-disable-auto-focus={props.disableAutoFocus?.toString()}
      {...props.attributes}
    >
      <div class="govuk-notification-banner__header">
        <Heading class="govuk-notification-banner__title" id={titleId}>
          {props.titleText ?? (isSuccess ? 'Success' : 'Important')}
        </Heading>
      </div>
      <div class="govuk-notification-banner__content">
        {isPlainText(props.children) && isPresent(props.children) ? (
          <p class="govuk-notification-banner__heading">{props.children}</p>
        ) : (
          props.children
        )}
      </div>
    </div>
  );
}
