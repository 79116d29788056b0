import type { JSX } from 'preact';
import type { Attributes } from './attributes.ts';
import { classNames } from './class-names.ts';
import type { Content } from './content.ts';

export interface WarningTextProps {
  readonly children?: Content;
  readonly iconFallbackText?: string | undefined;
  readonly classes?: string | undefined;
  readonly attributes?: Attributes | undefined;
}

export function WarningText(props: WarningTextProps): JSX.Element {
  return (
    <div class={classNames('govuk-warning-text', props.classes)} {...props.attributes}>
      <span class="govuk-warning-text__icon" aria-hidden="true">
        !
      </span>{' '}
      <strong class="govuk-warning-text__text">
        <span class="govuk-visually-hidden">{props.iconFallbackText ?? 'Warning'}</span> {props.children}
      </strong>
    </div>
  );
}
