import type { JSX } from 'preact';
import type { Attributes } from './attributes.ts';
import { classNames } from './class-names.ts';
import { isPresent, type Content } from './content.ts';

export interface LabelOptions {
  readonly text: Content;
  /** For a page that asks one question: the label is its heading. */
  readonly isPageHeading?: boolean | undefined;
  readonly classes?: string | undefined;
  readonly attributes?: Attributes | undefined;
}

export interface LabelProps extends Omit<LabelOptions, 'text'> {
  readonly children?: Content;
  readonly for?: string | undefined;
}

export function Label(props: LabelProps): JSX.Element | null {
  if (!isPresent(props.children)) return null;
  const label = (
    <label class={classNames('govuk-label', props.classes)} {...props.attributes} for={props.for}>
      {props.children}
    </label>
  );
  return props.isPageHeading ? <h1 class="govuk-label-wrapper">{label}</h1> : label;
}
