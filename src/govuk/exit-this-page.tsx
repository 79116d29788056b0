import type { JSX } from 'preact';
import type { Attributes } from './attributes.ts';
import { Button } from './button.tsx';
import { classNames } from './class-names.ts';
import { isPresent, type Content } from './content.ts';

export interface ExitThisPageProps {
  readonly children?: Content;
  readonly redirectUrl?: string | undefined;
  readonly id?: string | undefined;
  readonly activatedText?: string | undefined;
  readonly timedOutText?: string | undefined;
  readonly pressTwoMoreTimesText?: string | undefined;
  readonly pressOneMoreTimeText?: string | undefined;
  readonly classes?: string | undefined;
  readonly attributes?: Attributes | undefined;
}

/** Leaves at once for a page that gives nothing away; pressing Shift three times does the same. */
export function ExitThisPage(props: ExitThisPageProps): JSX.Element {
  const wording = {
    'data-i18n.activated': props.activatedText,
    'data-i18n.timed-out': props.timedOutText,
    'data-i18n.press-two-more-times': props.pressTwoMoreTimesText,
    'data-i18n.press-one-more-time': props.pressOneMoreTimeText,
  };
  return (
    <div
      class={classNames('govuk-exit-this-page', props.classes)}
      data-module="govuk-exit-this-page"
      {...props.attributes}
      id={props.id ?? props.attributes?.id}
      {...wording}
    >
      <Button
        classes="govuk-button--warning govuk-exit-this-page__button govuk-js-exit-this-page-button"
        href={props.redirectUrl ?? 'https://www.bbc.co.uk/weather'}
        attributes={{ rel: 'nofollow noreferrer' }}
      >
        {isPresent(props.children) ? (
          props.children
        ) : (
          <>
            <span class="govuk-visually-hidden">Emergency</span> Exit this page
          </>
        )}
      </Button>
    </div>
  );
}
