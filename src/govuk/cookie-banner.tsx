import type { JSX } from 'preact';
import type { Attributes } from './attributes.ts';
import { Button } from './button.tsx';
import { classNames } from './class-names.ts';
import { isPlainText, isPresent, type Content } from './content.ts';

export interface CookieBannerAction {
  readonly text: string;
  readonly type?: 'button' | 'submit' | undefined;
  /** With an address it is a link, or a link like a button if the type says so. */
  readonly href?: string | undefined;
  readonly name?: string | undefined;
  readonly value?: string | undefined;
  readonly classes?: string | undefined;
  readonly attributes?: Attributes | undefined;
}

export interface CookieBannerMessage {
  readonly headingText?: Content;
  /** Plain text is set as a paragraph; nodes bring their own. */
  readonly text?: Content;
  readonly actions?: readonly CookieBannerAction[] | undefined;
  readonly hidden?: boolean | undefined;
  readonly role?: 'alert' | undefined;
  readonly classes?: string | undefined;
  readonly attributes?: Attributes | undefined;
}

export interface CookieBannerProps {
  readonly messages: readonly CookieBannerMessage[];
  readonly ariaLabel?: string | undefined;
  readonly hidden?: boolean | undefined;
  readonly classes?: string | undefined;
  readonly attributes?: Attributes | undefined;
}

function Action({ action }: { readonly action: CookieBannerAction }): JSX.Element {
  const { text, type, href, ...others } = action;
  if (href !== undefined && type !== 'button') {
    return (
      <a class={classNames('govuk-link', action.classes)} href={href} {...action.attributes}>
        {text}
      </a>
    );
  }
  return (
    <Button type={type ?? 'button'} href={href} {...others}>
      {text}
    </Button>
  );
}

function Message({ message }: { readonly message: CookieBannerMessage }): JSX.Element {
  return (
    <div
      class={classNames('govuk-cookie-banner__message', message.classes, 'govuk-width-container')}
      role={message.role}
      {...message.attributes}
      hidden={message.hidden}
    >
      <div class="govuk-grid-row">
        <div class="govuk-grid-column-two-thirds">
          {isPresent(message.headingText) && (
            <h2 class="govuk-cookie-banner__heading govuk-heading-m">{message.headingText}</h2>
          )}
          <div class="govuk-cookie-banner__content">
            {isPlainText(message.text) ? <p class="govuk-body">{message.text}</p> : message.text}
          </div>
        </div>
      </div>
      {message.actions && (
        <div class="govuk-button-group">
          {message.actions.map((action) => (
            <Action action={action} />
          ))}
        </div>
      )}
    </div>
  );
}

export function CookieBanner(props: CookieBannerProps): JSX.Element {
  return (
    <div
      class={classNames('govuk-cookie-banner', props.classes)}
      data-nosnippet=""
      role="region"
      aria-label={props.ariaLabel ?? 'Cookie banner'}
      hidden={props.hidden}
      {...props.attributes}
    >
      {props.messages.map((message) => (
        <Message message={message} />
      ))}
    </div>
  );
}
