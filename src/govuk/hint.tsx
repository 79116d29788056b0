import type { JSX } from 'preact';
import type { Attributes } from './attributes.ts';
import { classNames } from './class-names.ts';
import type { Content } from './content.ts';

export interface HintOptions {
  readonly text: Content;
  readonly classes?: string | undefined;
  readonly attributes?: Attributes | undefined;
}

export interface HintProps extends Omit<HintOptions, 'text'> {
  readonly children?: Content;
  readonly id?: string | undefined;
}

export function Hint(props: HintProps): JSX.Element {
  return (
    <div class={classNames('govuk-hint', props.classes)} {...props.attributes} id={props.id ?? props.attributes?.id}>
      {props.children}
    </div>
  );
}
