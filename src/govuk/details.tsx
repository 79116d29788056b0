import type { JSX } from 'preact';
import type { Attributes } from './attributes.ts';
import { classNames } from './class-names.ts';
import type { Content } from './content.ts';

export interface DetailsProps {
  readonly summaryText: Content;
  readonly children?: Content;
  readonly open?: boolean | undefined;
  readonly id?: string | undefined;
  readonly classes?: string | undefined;
  readonly attributes?: Attributes | undefined;
}

export function Details(props: DetailsProps): JSX.Element {
  return (
    <details
      class={classNames('govuk-details', props.classes)}
      {...props.attributes}
      id={props.id ?? props.attributes?.id}
      open={props.open}
    >
      <summary class="govuk-details__summary">
        <span class="govuk-details__summary-text">{props.summaryText}</span>
      </summary>
      <div class="govuk-details__text">{props.children}</div>
    </details>
  );
}
